"""Numbers, days and references as texts name them, in a form that two texts can be compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.citations import han_number
from indexer.durations import NUMBER_WORDS, durations

_MONTHS = {
    "january januar": 1, "february februar": 2, "march märz": 3, "april": 4, "may mai": 5, "june juni": 6,
    "july juli": 7, "august": 8, "september": 9, "october oktober": 10, "november": 11, "december dezember": 12,
}  # fmt: skip
_MONTH = {name: number for names, number in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(_MONTH)
_DAYS = (
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<m>{_NAMES}) (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_NAMES}) (?P<d>\d{{1,2}}), (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日"),
)
_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_UNITS = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_ENGLISH_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ENGLISH_UNITS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True)
)
WORDS = {
    **{word: value for word, value in NUMBER_WORDS.items() if value > 1},
    **_TENS,
    **_ENGLISH_TENS,
    **{f"{unit}und{ten}": one + many for unit, one in _UNITS.items() for ten, many in _TENS.items()},
    **{f"{ten}-{unit}": many + one for unit, one in _ENGLISH_UNITS.items() for ten, many in _ENGLISH_TENS.items()},
    "hundert": 100,
    "hundertachtzig": 180,
}
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?=n?\b)", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w§.,/:-])(?:[€$£¥]\s?)?(\d{1,3}(?:[,. ]\d{3})+|\d+)(?![\w/:-]|[.,]\d)")
_HAN = re.compile(
    r"(?<![第之零〇一二三四五六七八九十百千万])([一二两三四五六七八九十百千]+)(?=周岁|以上周岁|元|倍|次|人|克|名|份|万)"
)
_REFERENCE = re.compile(
    r"(?:§§?|\b(?:Art(?:icles?|ikels?|\.)?|[Ss](?:ections?|ects?\.|s?\.?)|[Pp]aragraphs?|[Ss]ubsections?|Abs(?:atz|\.)|Nr\.|Nummern?|Buchstaben?|Satz|"
    r"Schedules?|Parts?|Chapters?|Teil|Abschnitt|Kapitel|Act|Law|Gesetz(?:es)? vom|no\.|S[äa]tz(?:e[sn]?)?))\s?(?:\d+[a-z]*(?:\([0-9A-Za-z]+\))*"
    r"(?:\s?(?:,|and|or|to|bis|und|oder|–|-)\s?)?)+|第[零一二三四五六七八九十百千\d]+[条款项章节编]|[(（](?:\d+[A-Za-z]?|[一二三四五六七八九十]+)[)）]"
)  # fmt: skip


def days(text: str) -> Iterator[date]:
    """Every calendar day that a text names in full."""
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            month = match["m"].lower()
            try:
                yield date(int(match["y"]), _MONTH.get(month) or int(month), int(match["d"]))
            except ValueError:
                continue


def spans(text: str) -> Iterator[str]:
    """Every length of time, as months or days ("12 months" and "one year" are the same)."""
    for one in durations(text):
        days_long = one.unit in ("days", "weeks")
        count = one.value * (7 if one.unit == "weeks" else 1) if days_long else one.months
        yield f"{count:g} {'days' if days_long else 'months'}"


def numbers(text: str) -> Iterator[int]:
    """Every other number from 2 on, in figures or words: amounts, ages, counts; not those of citations, days and durations."""
    rest = _without_durations(text)
    for pattern in (*_DAYS, _REFERENCE):
        rest = pattern.sub(" ", rest)
    for match in _FIGURE.finditer(rest):
        value = int(re.sub(r"\D", "", match[1]))
        if value > 1 and not 1900 <= value <= 2100:
            yield value
    yield from (WORDS[match[0].lower()] for match in _WORD.finditer(rest))
    yield from (value for match in _HAN.finditer(rest) if (value := han_number(match[1])) > 1)


def _without_durations(text: str) -> str:
    kept = list(text)
    for one in durations(text):
        kept[one.start : one.end] = " " * (one.end - one.start)
    return "".join(kept)
