"""Calendar dates as documents write them, in English, German and Chinese. A day that is not written is never invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.citations import han_number

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan feb mär apr mai jun jul aug sept okt nov dez",
)
MONTHS = {name: number for names in _NAMES for number, name in enumerate(names.split(), 1)}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    r"(?<!\d)(?:(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)|(?P<y2>\d{4})\s*年\s*(?P<m2>\d{1,2})\s*月(?:\s*(?P<d2>\d{1,2})\s*[日号])?"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<m3>{_MONTH})\.?,?\s+(?P<y3>\d{{4}})|(?P<m4>{_MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})"
    rf"|(?P<d5>\d{{1,2}})\.(?P<m5>\d{{1,2}})\.(?P<y5>\d{{4}})|(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y6>\d{{4}})|(?P<m7>{_MONTH})\.?,?\s+(?:of\s+)?(?P<y7>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: ISO text to the precision that it has, the day if it names one."""

    text: str
    day: date | None
    ambiguous: bool
    """3/4/2020 is another day on each side of the Atlantic."""


def find_dates(text: str, month_first: bool = False) -> list[Written]:
    """Every date in `text`, in order; `month_first` decides how 3/4/2020 is read."""
    text = _HAN_DATE.sub(_in_digits, text)
    return [one for _, _, one in dated(text, month_first)]


def dated(text: str, month_first: bool = False) -> Iterator[tuple[int, int, Written]]:
    """Every date in figures or with a month's name, with where it stands in `text`."""
    for match in _DATE.finditer(text):
        if (one := _written(match, month_first)) is not None:
            yield match.start(), match.end(), one


_HAN_DATE = re.compile(r"([二〇零一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")


def _in_digits(match: re.Match[str]) -> str:
    """二〇二三年三月五日 in figures."""
    year = "".join(str("零一二三四五六七八九".index(char.replace("〇", "零"))) for char in match[1])
    return f"{year}年{han_number(match[2])}月{han_number(match[3])}日"


def _written(match: re.Match[str], month_first: bool) -> Written | None:
    if match["a"]:
        first, second = int(match["a"]), int(match["b"])
        month, day = (first, second) if month_first or second > 12 else (second, first)
        return _day(int(match["y6"]), month, day, first <= 12 and second <= 12 and first != second)
    for n in "1234567":
        if n != "6" and match[f"y{n}"]:
            month = _month(match[f"m{n}"])
            day_text = match[f"d{n}"] if n != "7" else None
            if day_text is None:
                return Written(f"{match[f'y{n}']}-{month:02}", None, False) if 1 <= month <= 12 else None
            return _day(int(match[f"y{n}"]), month, int(day_text), False)
    return None


def _month(text: str) -> int:
    return MONTHS.get(text.lower()) or (int(text) if text.isdigit() else 0)


def _day(year: int, month: int, day: int, ambiguous: bool) -> Written | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Written(found.isoformat(), found, ambiguous)
