"""The sentences and penalties that a question tells, each with its length: "6 months suspended for two years", "判三缓四", "90 Tagessätze"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.told_dates import Told
from corpus.citations import han_number
from corpus.rules import RuleBook
from indexer.durations import NUMBER_WORDS, Duration, durations

_UNITS = {"years": "Y", "months": "M", "weeks": "W", "days": "D"}
_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_HALVES: tuple[tuple[str, Any], ...] = (
    (r"\ba year and a half\b|\bone and a half years?\b|\banderthalb jahre?n?\b|\beineinhalb jahre?n?\b", "18 months"),
    (r"\bhalf a year\b|\bein halbes jahr\b", "6 months"),
    (r"\b(?P<n>\d+|_NUMBER_)(?:\s+and a half|\s*1/2|½|einhalb)[\s-]+(?:years?|jahre?n?)\b".replace("_NUMBER_", _NUMBER), lambda m: f"{12 * _count(m['n']) + 6} months"),
    (r"\b(?P<n>\d+)[.,]5[\s-]+(?:years?|jahre?n?)\b", lambda m: f"{12 * int(m['n']) + 6} months"),
    (r"(?P<n>\d+|[一二两三四五六七八九十]+)年半(?!前)", lambda m: f"{12 * _count(m['n']) + 6}个月"),
    (r"(?<![一二三四五六七八九十\d])半年", "6个月"),
    (r"\b(?P<n>\d+)\s*(?P<u>mo|mos|mths?|yr|yrs)\b\.?", lambda m: f"{m['n']} {'months' if m['u'].lower().startswith('m') else 'years'}"),
    (r"\b(?P<n>\d+)(?P<u>m|y)\b(?!\s*euro)", lambda m: f"{m['n']} {'months' if m['u'].lower() == 'm' else 'years'}"),
    (r"判(?P<a>[一二两三四五六七八九十\d]+)缓(?P<b>[一二两三四五六七八九十\d]+)", lambda m: f"判{m['a']}年,缓刑{m['b']}年"),
)  # fmt: skip
_DAILY = re.compile(
    rf"(?P<n>\d+|{_NUMBER})\s*tagess?(?:ä|ae|a)tze\w*|(?P<n2>\d+)\s*(?:日|天|个?日额)的?罚金|罚金\s*(?P<n3>\d+)\s*(?:日|天)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;.!?。；！？]|,\s|[，]|\s(?:and|und|plus|with|mit|then)\s|并处|和|、")
_NEAR = 40


def plain_numbers(text: str) -> str:
    """The text with halves and abbreviations of lengths written out: "a year and a half" becomes "18 months"."""
    for pattern, instead in _HALVES:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return text


def _count(text: str) -> int:
    return NUMBER_WORDS.get(text.lower()) or (int(text) if text.isdigit() else int(han_number(text)))


def told_sentences(
    text: str, book: RuleBook, words: Mapping[str, Any], days: Sequence[Told], offset: int
) -> list[dict[str, Any]]:
    """The sentences of one entry under the kinds of sentence that `book` knows. `days` (placed in the whole question, of
    which `text` begins at `offset`) are no lengths."""
    return list(_Finder(text, book, words, [(d.start - offset, d.end - offset) for d in days]).sentences())


class _Finder:
    def __init__(self, text: str, book: RuleBook, words: Mapping[str, Any], days: Sequence[tuple[int, int]]) -> None:
        self.text, self.words, self.days = text, words, days
        self.known = [choice.value for choice in book.fields["type"].choices]
        self.lengths = [one for one in _joined(text) if self._is_length(one)]
        self.used: set[int] = set()

    def _is_length(self, length: tuple[int, int, str]) -> bool:
        start, end, _ = length
        before, after = self.text[:start], self.text[end : end + 18]
        return (
            not any(start < last and first < end for first, last in self.days)
            and not re.match(
                r"\s*(?:ago|back|later|earlier|after|old|of age|alt|später|岁|前|后)|-year-old", after, re.IGNORECASE
            )
            and not re.search(
                r"(?:\bvor|\bnach|\bafter|\bwithin|\bfor the (?:last|past)|\bseit|\bfor over|\bin)\s+$",
                before,
                re.IGNORECASE,
            )
            and not re.search(rf"(?:{self.words['probation_time']})$", before, re.IGNORECASE)
            and not re.match(r"['’]?s?\s*(?:probation period|bewährung\b(?!\w))", after, re.IGNORECASE)
        )

    def sentences(self) -> Iterator[dict[str, Any]]:
        """Every sentence named, each once, then a length that stands alone."""
        found: list[dict[str, Any]] = []
        taken: list[tuple[int, int]] = []
        for one in self.words["sentences"]:
            value = next((v for v in one["values"] if v in self.known), "other")
            bare = _masked(self.text, one.get("never_in"))
            for match in re.finditer(one["pattern"], bare, re.IGNORECASE):
                if any(match.start() < last and first < match.end() for first, last in taken):
                    continue
                length = self._length(match.start(), match.end())
                length = None if one.get("no_length") else length
                again = next((s for s in found if s["type"] == value), None)
                taken.append(match.span())
                if again is not None and (length is None or "length" not in again):
                    again.update({"length": length} if length else {})
                    continue
                found.append({"type": value, **({"length": length} if length and value != "fine" else {})})
        self._add_details(found)
        yield from found

    def _add_details(self, found: list[dict[str, Any]]) -> None:
        custody = next((v for v in self.words["custody"] if v in self.known), None)
        held = [
            s
            for s in found
            if s["type"]
            in (*self.words["custody"], "prison", "county_jail", "jail", "youth_sentence", "criminal_detention")
        ]
        suspended = re.search(self.words["suspended"], self.text, re.IGNORECASE)
        if not held and custody and (length := self._bare(suspended is not None)):
            runs = re.search(r"(?P<a>consecutive|nacheinander)|concurrent|gleichzeitig", self.text, re.IGNORECASE)
            more = self._bare(True) if runs else None
            held = [{"type": custody, "length": length}]
            if runs and more:
                held.append({"type": custody, "length": more, "runs": "consecutive" if runs["a"] else "concurrent"})
            found.extend(held)
        if held and suspended and not re.search(self.words["not_suspended"], self.text, re.IGNORECASE):
            held[0]["suspended"] = True
            found[:] = [s for s in found if s["type"] != "probation" or "length" in s]
        daily = _DAILY.search(self.text)
        if not held and suspended and found and found[0]["type"] == "fine":
            found[0]["suspended"] = True
        fine = next((s for s in found if s["type"] == "fine"), None)
        if daily and fine is not None:
            fine["units"] = _count(daily["n"] or daily["n2"] or daily["n3"])

    def _length(self, start: int, end: int) -> str | None:
        """The nearest length within the same clause that no other sentence has."""
        best: tuple[int, int] | None = None
        for number, (first, last, _) in enumerate(self.lengths):
            gap = max(0, first - end, start - last)
            between = self.text[min(last, end) : max(first, start)]
            if number in self.used or gap > _NEAR or _CLAUSE.search(between):
                continue
            if best is None or gap < best[0]:
                best = (gap, number)
        if best is None:
            return None
        self.used.add(best[1])
        return self.lengths[best[1]][2]

    def _bare(self, suspended: bool) -> str | None:
        """A length that no kind of sentence claims, told as something that was got, or as suspended."""
        for number, (start, end, iso) in enumerate(self.lengths):
            before = re.split(r"[;.!?。；]", self.text[max(0, start - 30) : start])[-1]
            told = suspended or re.search(self.words["bare"], before, re.IGNORECASE)
            if number in self.used or not told:
                continue
            around = self.text[max(0, start - 12) : end + 22]
            if not re.search(
                self.words["bare_never"],
                _masked(around, r"suspended.*|auf (?:\w+ jahre? )?bewährung|缓刑.*"),
                re.IGNORECASE,
            ):
                self.used.add(number)
                return iso
        return None


def _masked(text: str, pattern: str | None) -> str:
    return re.sub(pattern, lambda m: " " * len(m[0]), text, flags=re.IGNORECASE) if pattern else text


def _joined(text: str) -> list[tuple[int, int, str]]:
    """Lengths in a text as (start, end, ISO); years and months beside each other are one length."""
    found: list[tuple[int, int, str]] = []
    parts: list[Duration] = sorted(durations(text), key=lambda d: d.start)
    at = 0
    while at < len(parts):
        first = parts[at]
        iso, end = f"P{first.value:g}{_UNITS[first.unit]}", first.end
        if (
            at + 1 < len(parts)
            and first.unit == "years"
            and parts[at + 1].unit == "months"
            and parts[at + 1].start - end <= 6
        ):
            at += 1
            iso, end = f"{iso}{parts[at].value:g}M", parts[at].end
        found.append((first.start, end, iso))
        at += 1
    return found
