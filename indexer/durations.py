"""Durations in words or figures, in English, German and Chinese ("seven years", "3 Monate", "五年")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.citations import han_number

_ENGLISH = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_GERMAN = [
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
]
NUMBER_WORDS = {word: number for words in (_ENGLISH, _GERMAN) for number, word in enumerate(words, 1)} | {
    "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "dreißig": 30, "sechzig": 60, "neunzig": 90,
    "a": 1, "an": 1, "eine": 1, "einen": 1, "einem": 1, "eines": 1, "einer": 1,
}  # fmt: skip
_UNITS = {
    "years": (r"years?|yrs?|Jahre?[ns]?", "年"),
    "months": (r"months?|Monate?[ns]?", "个月|月"),
    "weeks": (r"weeks?|Wochen?", "周(?!岁)|星期"),
    "days": (r"days?|Tage?n?", "[天日]"),
}
_LATIN_UNIT = "|".join(f"(?P<{unit}>{latin})" for unit, (latin, _) in _UNITS.items())
_HAN_UNIT = "|".join(f"(?P<{unit}>{han})" for unit, (_, han) in _UNITS.items())
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_LATIN = re.compile(rf"(?<![\w.,])(?P<number>\d+(?:\.5)?|{_WORDS})[\s-]*(?:{_LATIN_UNIT})(?![a-zäöüß])", re.IGNORECASE)
_HALF = re.compile(
    rf"(?<![\w.,])(?:(?P<number>{_WORDS})\s+and\s+a\s+half\s+(?P<unit>years|months)|a\s+(?P<one>year)\s+and\s+a\s+half|(?P<word>ein|zwei|drei|vier|fünf|sechs|ander)(?:einhalb|thalb)(?:e|en)?\s+(?P<einheit>Jahre?n?|Monate?n?))(?![a-zäöüß])",
    re.IGNORECASE,
)
"""Two and a half years, zweieinhalb Jahre."""
_HAN = re.compile(
    rf"(?<![\d一二三四五六七八九十]月)(?<![\d一二三四五六七八九十百])(?P<number>\d+|[一二两三四五六七八九十百]+)\s*(?:{_HAN_UNIT})(?!\d*[月日代底初])"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as named in a text."""

    value: float
    unit: str
    start: int
    end: int

    @property
    def months(self) -> float:
        return self.value * {"years": 12, "months": 1, "weeks": 7 / 30.44, "days": 1 / 30.44}[self.unit]


def durations(text: str) -> Iterator[Duration]:
    """Every duration named in `text`. Calendar years ("2019年", "in 2019") are none."""
    for match in _HALF.finditer(text):
        whole = match["number"] or match["word"] or "one"
        value = 1.0 if whole.lower() in ("ander", "one") else float(NUMBER_WORDS[whole.lower()])
        unit = (match["unit"] or match["one"] or match["einheit"]).lower()
        yield Duration(value + 0.5, "years" if unit[0] in "yj" else "months", match.start(), match.end())
    halves = [match.span() for match in _HALF.finditer(text)]
    for match in (*_LATIN.finditer(text), *_HAN.finditer(text)):
        if any(start <= match.start() < end for start, end in halves):
            continue
        unit = next(unit for unit in _UNITS if match[unit])
        number = match["number"].lower()
        value = NUMBER_WORDS.get(number) or (float(number) if number[0].isdigit() else han_number(number))
        if not (unit == "years" and value > 120):
            yield Duration(float(value), unit, match.start(), match.end())
