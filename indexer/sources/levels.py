"""Paragraphs with typed numbers, "(1)" or "A." or "1°", told apart by level, where a publisher's file does not mark them.

A scheme names the levels by an example of their first number, outermost first: `("(1)", "(a)", "(i)")`. A number counts only
where it follows the last one of its level or opens the next level, so that "(i)" after "(h)" is a letter and after "(a)" a
figure. What is not sure stays text without a part of its own: a wrong pinpoint is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.sources.model import Lines, OfficialPart, slug

_KINDS = {
    "1": r"\d{1,3}(?:[a-z]{1,2}(?![a-z])|\.\d{1,2})?",
    "a": r"[a-z]{1,2}",
    "i": "[ivxl]+",
    "A": "[A-Z]{1,2}",
    "I": "[IVXL]+",
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one top-level paragraph: its number as written ("" for words before the first), text and parts."""

    mark: str
    text: str
    parts: tuple[OfficialPart, ...]


def groups(base: str, lines: Iterable[str], scheme: Sequence[str]) -> list[Group]:
    """The paragraphs of a section with the id `base`, split at the scheme's first level; deeper levels become parts."""
    found: list[tuple[str, list[tuple[tuple[str, ...], str]]]] = []
    levels = _Levels(scheme)
    for line in lines:
        marks = levels.opened(line)
        if not found or (marks and levels.is_outermost(marks)):
            top = marks[0][1] if marks and levels.is_outermost(marks) else ""
            found.append((top, []))
        # A paragraph without a number closes the whole of what stands above it, not the last item.
        found[-1][1].append((levels.place if marks else levels.place[:1], line))
    return [_group(base, top, placed) for top, placed in found]


def _group(base: str, top: str, placed: Sequence[tuple[tuple[str, ...], str]]) -> Group:
    """One paragraph's lines, each level a part that ends where the next of its level or a higher one begins."""
    said, above = Lines(), 1 if top else 0
    own = f"{base}/{slug(top)}" if top else base
    _say(said, own, [(place[above:], line) for place, line in placed])
    return Group(top, said.text, tuple(said.parts))


def _say(said: Lines, own: str, placed: Sequence[tuple[tuple[str, ...], str]]) -> None:
    at = 0
    while at < len(placed):
        place, line = placed[at]
        if not place:
            said.say(line)
            at += 1
            continue
        same = next((end for end in range(at, len(placed)) if placed[end][0][:1] != place[:1]), len(placed))
        part = f"{own}/{slug(place[0])}"
        with said.part(part):
            _say(said, part, [(one[1:], words) for one, words in placed[at:same]])
        at = same


class _Levels:
    """Which levels are open, and the last number of each."""

    def __init__(self, scheme: Sequence[str]) -> None:
        self._scheme = [_pattern(one) for one in scheme]
        self._open: list[tuple[int, str]] = []

    @property
    def place(self) -> tuple[str, ...]:
        """The numbers that the last line stands under, outermost first."""
        return tuple(mark for _, mark in self._open)

    def is_outermost(self, marks: Sequence[tuple[int, str]]) -> bool:
        return marks[0][0] == 0

    def opened(self, line: str) -> list[tuple[int, str]]:
        """The levels and numbers that a line opens, and opens them."""
        marks, rest = [], line.lstrip()
        while found := self._next(rest):
            level, mark, length = found
            self._open = [*(one for one in self._open if one[0] < level), (level, mark)]
            marks.append((level, mark))
            rest = rest[length:]
        return marks

    def _next(self, text: str) -> tuple[int, str, int] | None:
        matches = [(level, m) for level, (pattern, _) in enumerate(self._scheme) if (m := pattern.match(text))]
        last = dict(self._open)
        deepest = max(last, default=-1)
        follows = [(at, m) for at, m in matches if at in last and _follows(last[at], m[1], self._scheme[at][1])]
        opens = [(at, m) for at, m in matches if at > deepest and _is_first(m[1], self._scheme[at][1])]
        later = [
            (at, m)
            for at, m in matches
            if at in last and _value(m[1], self._scheme[at][1]) > _value(last[at], self._scheme[at][1])
        ]
        for chosen in (follows[-1:], opens[:1], later[-1:]):
            if chosen:
                level, match = chosen[0]
                return level, match[1], match.end()
        return None


@lru_cache(maxsize=200)
def _pattern(example: str) -> tuple[re.Pattern[str], str]:
    """What matches the numbers of a level, and their kind, from its first number (alternatives divided by bars)."""
    ways = [(one, re.search(r"(?<![A-Za-z])[1aiAI](?![A-Za-z])", one)) for one in example.split("|")]
    if not all(found for _, found in ways) or len({found[0] for _, found in ways if found}) > 1:
        raise ValueError(f"{example!r}: is no first number of a level; write it as (1), (a), (i), A. or 1°")
    kind = next(found[0] for _, found in ways if found)
    before = "|".join(re.escape(one[: found.start()]) for one, found in ways if found)
    after = {one[found.end() :] for one, found in ways if found}.pop()
    end = rf"{re.escape(after)}\s*" if after.strip() else r"\.?(?:\s+|$)"
    return re.compile(rf"(?:{before})({_KINDS[kind]}){end}(?=\S|$)"), kind


def _is_first(mark: str, kind: str) -> bool:
    return _value(mark, kind) == _value(kind, kind)


def _follows(before: str, mark: str, kind: str) -> bool:
    """Whether a number is the next one: 2 or 1a after 1, b after a, (dd) after (cc)."""
    was, now = _value(before, kind), _value(mark, kind)
    return was < now <= int(was) + 1


def _value(mark: str, kind: str) -> float:
    """A number's place in its row; inserted ones ("1a") stand between."""
    if kind in "iI":
        return _roman(mark.lower())
    if kind in "aA":
        letters = mark.lower()
        if len(letters) == 2 and letters[0] == letters[1]:
            return 26 + ord(letters[0]) - 96
        return ord(letters[0]) - 96 + (0.01 * (ord(letters[1]) - 96) if len(letters) > 1 else 0)
    digits = re.match(r"\d+", mark)
    rest = mark[digits.end() :] if digits else ""
    inserted = sum(0.01 * (ord(char) - 96) for char in rest if char.isalpha())
    inserted += 0.01 * int(rest[1:]) if rest[:1] == "." else 0
    return (int(digits[0]) if digits else 0) + inserted


def _roman(mark: str) -> float:
    values = [_ROMAN.get(char, 0) for char in mark]
    return float(sum(-v if v < max(values[at + 1 :], default=0) else v for at, v in enumerate(values)))


def opens(line: str, scheme: Sequence[str]) -> str:
    """The number with which a line opens, of whichever level; "" if it opens with none."""
    matches = (_pattern(one)[0].match(line) for one in scheme)
    return next((found[1] for found in matches if found), "")


def with_labels(lines: Iterable[str], scheme: Sequence[str]) -> Iterator[str]:
    """Lines in which a number that stands alone, as in the first cell of a row, is put before the words that follow it."""
    patterns, held = [_pattern(one)[0] for one in scheme], ""
    for line in lines:
        bare = line.removesuffix(" |").strip()
        if bare == "|":
            continue
        cell, bar, rest = line.partition(" | ")
        if bar and any(one.fullmatch(cell) for one in patterns):
            line = bare = f"{cell} {rest}"
        if any(one.fullmatch(bare) for one in patterns):
            held = f"{held} {bare}".strip()
        else:
            yield f"{held} {line.removeprefix('| ')}".strip() if held else line
            held = ""
    if held:
        yield held


def joined(lines: Iterable[str], scheme: Sequence[str]) -> Iterator[str]:
    """Paragraphs whole again where a publisher wraps lines: a line goes on unless the one before is closed or it has a number."""
    patterns, held = [_pattern(one)[0] for one in scheme], ""
    for line in lines:
        if held and (re.search(r"[.:;!?。；：]['\"”’)]*$", held) or any(one.match(line.lstrip()) for one in patterns)):
            yield held
            held = line
        else:
            held = f"{held} {line}".strip()
    if held:
        yield held
