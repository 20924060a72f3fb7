"""Provisions that were broken, as people and courts write them: whether a text cites one within given ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Number = tuple[tuple[int, str], ...]
_NUMBER = re.compile(r"\d+[a-z]{0,3}(?:[-.:/]\d+[a-z]{0,3})*(?:[-.:/]\d+[a-z]{0,3})*", re.IGNORECASE)


def cites(text: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    """Whether the text cites a provision between the first and the last of one of the ranges, both included."""
    cited = list(_cited(text))
    return any(_in_range(number, words, *_bounds(low, high)) for number, words in cited for low, high in ranges)


def _cited(text: str) -> Iterator[tuple[Number, str]]:
    """Each number that a text cites, with the words around it; a title's number ("18 Pa.C.S. 3929") is none."""
    for piece in re.split(r"[,;]|\band\b|\bund\b|、", text):
        numbers = _NUMBER.findall(piece)
        words = " ".join(re.findall(r"[^\W\d_]{2,}[\w.]*", piece)).casefold()
        named_title = len(numbers) > 1 and re.match(r"\s*\d+\s+[A-Z]", piece) is not None
        for number in numbers[1:2] if named_title else numbers[:1]:
            yield _number(number), words


def _in_range(number: Number, words: str, act: str, first: Number, last: Number) -> bool:
    if act and words and act not in words:
        return False
    return first <= number <= last or number[: len(last)] == last or number[: len(first)] == first


@lru_cache(maxsize=4096)
def _bounds(low: str, high: str) -> tuple[str, Number, Number]:
    """The act that a range of a rule book names, and its first and last number."""
    act, _, first = low.rpartition(" ")
    return act.casefold(), _number(first), _number(high.split(" ")[-1])


def _number(text: str) -> Number:
    return tuple((int(digits), letters) for digits, letters in re.findall(r"(\d+)([a-z]*)", text.lower()))
