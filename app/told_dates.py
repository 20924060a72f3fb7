"""Days as people tell them in a question: "in March 2019", "five years ago", "vor drei Jahren", "去年", each with its place in the text.

A day that is not told is never invented: what is vague becomes a range, written as `app/periods.py` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from app.dates import dated
from indexer.durations import NUMBER_WORDS, durations

EARLIEST = "1930-01-01"


@dataclass(frozen=True, slots=True)
class Told:
    """A day or range of days in a text; `iso` is what a record takes."""

    start: int
    end: int
    iso: str


_YEAR = re.compile(
    r"(?<![\d.,/§$£€-])(?P<y>19[3-9]\d|20[0-4]\d)(?![\d/-]|[.,]\d)(?!\s*(?:个月|元|euro|dollars|pounds|\$))",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:(?:between|zwischen)\s+(?P<c>(?:19[3-9]|20[0-4])\d)\s*(?:and|und)|(?P<a>(?:19[3-9]|20[0-4])\d)\s*(?:or|to|oder|bis|[-–/至到或]))\s*(?P<b>(?:19[3-9]|20[0-4])\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    r"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])[/.](?P<y>(?:19[3-9]|20[0-4])\d)(?!\d)|(?<!\d)(?P<y_>(?:19[3-9]|20[0-4])\d)-(?P<m_>0[1-9]|1[0-2])(?![\d-])"
)
_SEASON = re.compile(
    r"(?P<s>spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|early|late|mid|anfang|mitte|ende)(?:\s+of|[ -])?\s*(?P<y>(?:19[3-9]|20[0-4])\d)(?!\d)",
    re.IGNORECASE,
)
_MONTHS_OF = {
    "spring": (3, 6), "frühjahr": (3, 6), "frühling": (3, 6), "summer": (6, 9), "sommer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "herbst": (9, 12),
    "early": (1, 5), "anfang": (1, 4), "mid": (4, 9), "mitte": (4, 9), "late": (8, 12), "ende": (9, 12),
}  # fmt: skip
_AGO = re.compile(
    r"(?P<more>more than|over|at least|mehr als|über)?\s*(?P<n>\d+|_NUMBER_)\s+(?P<u>years?|yrs?|months?|weeks?|days?)\s+(?:ago|back)\b"
    r"|\bvor\s+(?P<more2>mehr als|über|gut)?\s*(?P<n2>\d+|_NUMBER_)\s+(?P<u2>jahr\w*|monat\w*|woche\w*|tag\w*)"
    r"|(?P<n3>\d+|[一二两三四五六七八九十]+)\s*(?P<half>年半)?(?P<u3>年|个月|周|天)?\s*(?:多)?(?:以)?前".replace(
        "_NUMBER_", "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    ),
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?P<last_year>last year|letztes jahr|letzten jahres|im vergangenen jahr|voriges jahr)\b|\b(?P<this_year>this year|dieses jahr|in diesem jahr)\b"
    r"|\b(?P<last_month>last month|letzten monat|im letzten monat)\b|(?P<y1>去年)|(?P<y2>前年)|(?P<y0>今年)|(?P<m1>上个月)",
    re.IGNORECASE,
)
_HAN_YEAR_MONTH = re.compile(
    r"(?P<w>去年|前年|今年)\s*(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:(?P<d>\d{1,2})[日号])?"
)
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12}


def told_days(text: str, as_of: date, month_first: bool) -> list[Told]:
    """Every day told in `text`, in order; relative ones are reckoned from `as_of`. `month_first`: how 3/4/2020 is read."""
    found: list[Told] = []
    for one in _candidates(text, as_of, month_first):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda told: told.start)


def _candidates(text: str, as_of: date, month_first: bool) -> Iterator[Told]:
    """The more exact ones first: of two that overlap the earlier one given here counts."""
    for start, end, written in dated(text, month_first):
        yield Told(start, end, written.text)
    for match in _MONTH_YEAR.finditer(text):
        yield Told(match.start(), match.end(), f"{match['y'] or match['y_']}-{int(match['m'] or match['m_']):02}")
    for match in _YEARS.finditer(text):
        if (first := match["a"] or match["c"]) < match["b"]:
            yield Told(match.start(), match.end(), f"{first}/{match['b']}")
    for match in _SEASON.finditer(text):
        if months := _MONTHS_OF.get(match["s"].lower()):
            yield Told(match.start(), match.end(), f"{match['y']}-{months[0]:02}/{match['y']}-{months[1]:02}")
    for match in _HAN_YEAR_MONTH.finditer(text):
        year = as_of.year - {"今年": 0, "去年": 1, "前年": 2}[match["w"]]
        month = _HAN_DIGITS.get(match["m"]) or int(match["m"])
        day = f"-{int(match['d']):02}" if match["d"] else ""
        yield Told(match.start(), match.end(), f"{year}-{month:02}{day}")
    yield from _ago(text, as_of)
    for match in _RELATIVE.finditer(text):
        yield Told(match.start(), match.end(), _relative(str(match.lastgroup), as_of))
    for match in _YEAR.finditer(text):
        yield Told(match.start(), match.end(), match["y"])


def _ago(text: str, as_of: date) -> Iterator[Told]:
    for match in _AGO.finditer(text):
        number = (match["n"] or match["n2"] or match["n3"] or "").lower()
        unit = (match["u"] or match["u2"] or match["u3"] or ("年" if match["half"] else "")).lower()
        if not unit:
            continue
        count = NUMBER_WORDS.get(number) or next((int(d.value) for d in durations(f"{number}年")), 0)
        if count:
            more = bool(match["more"] or match["more2"])
            yield Told(match.start(), match.end(), _reckoned(count, unit, more, as_of))


def _reckoned(count: int, unit: str, more: bool, as_of: date) -> str:
    """The range that "five years ago" may mean: people round to whole units, mostly down."""
    name = {
        "y": "years",
        "j": "years",
        "年": "years",
        "w": "weeks",
        "周": "weeks",
        "d": "days",
        "t": "days",
        "天": "days",
    }.get(unit[0], "months")
    last = as_of - relativedelta(**{name: count})  # type: ignore[arg-type]
    if more:
        return f"{EARLIEST}/{last.isoformat()}"
    slack = (
        relativedelta(months=6)
        if name == "years"
        else relativedelta(days=15)
        if name == "months"
        else relativedelta(days=3)
    )
    first = as_of - relativedelta(**{name: count + 1}) + relativedelta(days=1)  # type: ignore[arg-type]
    return f"{first.isoformat()}/{min(last + slack, as_of).isoformat()}"


def _relative(name: str, as_of: date) -> str:
    match name:
        case "last_year" | "y1":
            return str(as_of.year - 1)
        case "y2":
            return str(as_of.year - 2)
        case "this_year" | "y0":
            return f"{as_of.year}-01-01/{as_of.isoformat()}"
    return (as_of.replace(day=1) - relativedelta(days=1)).strftime("%Y-%m")
