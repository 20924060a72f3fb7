"""The limits by which a text tells one case from another: lengths of sentences in months, daily rates of fines."""

from __future__ import annotations

import re
from functools import lru_cache

from app.assertions import role_of
from indexer.durations import durations

MONTHS = {"years": 12.0, "months": 1.0, "weeks": 7 / 30.44, "days": 1 / 30.44}

_BETWEEN = re.compile(
    r"(?:more than|over|mehr als|über|超过)\s+(\d+|one|two|three|six)\s+(?:and|und|to|bis)\s+(?:up to|at most|not more than|höchstens|bis zu)?\s*",
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:more than|over|exceeding|longer than|above|mehr als|über|länger als|超过)\s*$", re.IGNORECASE)
_UP_TO = re.compile(
    r"(?:up to|at most|not more than|no more than|not exceeding|under|less than|höchstens|bis zu|nicht mehr als|unter|不超过)\s*(?:and including\s*)?$",
    re.IGNORECASE,
)
_OR_LESS = re.compile(r"\W*(?:or (?:less|under|shorter)|oder weniger|以下)", re.IGNORECASE)
_OR_MORE = re.compile(r"\W*(?:or (?:more|longer)|oder mehr|und mehr|以上)", re.IGNORECASE)
_SMALL = {"one": 1.0, "two": 2.0, "three": 3.0, "six": 6.0}


@lru_cache(maxsize=20_000)
def interval_of(text: str) -> tuple[float, float] | None:
    """The lengths of sentence, in months, that a text limits: (more than, up to); `None` if it limits none."""
    low, high = 0.0, float("inf")
    for one in durations(text):
        before = text[: one.start]
        between = [m for m in _BETWEEN.finditer(text) if m.end() == one.start]
        if between:
            word = between[0][1].lower()
            return (_SMALL.get(word) or float(word)) * MONTHS[one.unit], one.months
        if role_of(text, one) not in ("sentence", None):
            continue
        if _UP_TO.search(before) or _OR_LESS.match(text, one.end):
            high = min(high, one.months)
        elif _OVER.search(before) or _OR_MORE.match(text, one.end):
            low = max(low, one.months)
    return (low, high) if low > 0 or high < float("inf") else None


_RATES = re.compile(r"(?P<n>\d{1,3})\s*(?:daily\s+rates?|Tagess[aä]tze\w*|日额|个日额)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def rates_of(text: str) -> tuple[float, float] | None:
    """The daily rates of a fine that a text limits: (more than, up to); a bare number is that number."""
    match = _RATES.search(text)
    if match is None:
        return None
    number, before = float(match["n"]), text[: match.start()]
    if _UP_TO.search(before) or _OR_LESS.match(text, match.end()):
        return 0.0, number
    if _OVER.search(before) or _OR_MORE.match(text, match.end()):
        return number, float("inf")
    return number - 0.01, number
