"""Days that are known only within bounds, and how the law counts periods from them.

A day is a `Days` range from the earliest to the latest day it can be; a day known exactly has both the same. `date.min`
and `date.max` stand for "no bound"; a range whose earliest day is `date.max` never comes.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import get_month_names

from corpus.rules import Counting, Period

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS = {
    name.lower().rstrip("."): number
    for language in ("en", "de")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}
_HAN = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?")


class Days(NamedTuple):
    """The day lies between `first` and `last`, both included."""

    first: date = date.min
    last: date = date.max

    @property
    def exact(self) -> bool:
        return self.first == self.last

    @property
    def bounded(self) -> bool:
        return self.first > date.min and self.last < date.max

    @property
    def never(self) -> bool:
        return self.first == date.max


UNKNOWN_DAY = Days()
NEVER = Days(date.max, date.max)


class Lengths(NamedTuple):
    """A length between `least` and `most`; `most` is `None` where it has no bound."""

    least: Period
    most: Period | None


def read_days(text: str) -> Days:
    """The days that `text` may mean: `2016-06-15`, `2016-06`, `2016`, `June 2016`, `15 June 2016`, `Juni 2016`, `2016年6月`,
    or an interval `2016-06/2016-09`. Raises `ValueError` with the fault."""
    text = text.strip()
    if "/" in text:
        first, _, last = text.partition("/")
        begin, end = read_days(first), read_days(last)
        if end.last < begin.first:
            raise ValueError(f"{text!r} ends before it begins")
        return Days(begin.first, end.last)
    parts = _parts(text)
    if parts is None:
        raise ValueError(f"{text!r} is not a date; write 2016-06-15, or 2016-06 or 2016 if you know no more")
    return _within(text, *parts)


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    if match := _ISO.fullmatch(text) or _HAN.fullmatch(text):
        year, month, day = match.groups()
        return int(year), int(month) if month else None, int(day) if day else None
    words = re.fullmatch(r"(?:(\d{1,2})\.?\s+)?([^\W\d]+)\.?,?\s+(?:(\d{1,2}),\s+)?(\d{4})", text)
    if words and (named := _MONTHS.get(words[2].lower())):
        day = words[1] or words[3]
        return int(words[4]), named, int(day) if day else None
    return None


def _within(text: str, year: int, month: int | None, day: int | None) -> Days:
    try:
        if month is None:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        raise ValueError(
            f"{text!r} is not a day of the calendar; correct it, or leave out what you do not know"
        ) from None


def first_day_after(start: date, period: Period, counting: Counting) -> date:
    """The first day on which a period that begins at `start` is over.

    `from_day`: the day itself is the first day of the period ("12 months beginning with the day"), so a year from
    31 October runs to 30 October. `after_day`: the period begins on the day after, so it runs to 31 October.
    A month that lacks the day ends on its last day, in both ways of counting.
    """
    if start in (date.min, date.max):
        return start
    end, clipped = _add_months(start, period.months)
    end = _add_days(end, period.days)
    if counting == "from_day" and not (clipped and not period.days):
        return end
    return _add_days(end, 1)


def last_day(start: date, period: Period) -> date:
    """The last day of a period whose first day is `start`."""
    over = first_day_after(start, period, "from_day")
    return over if over in (date.min, date.max) else over - timedelta(days=1)


def shift(days: Days, lengths: Lengths, counting: Counting) -> Days:
    """`first_day_after` over both bounds."""
    first = first_day_after(days.first, lengths.least, counting)
    last = date.max if lengths.most is None else first_day_after(days.last, lengths.most, counting)
    return Days(first, last)


def next_day(days: Days) -> Days:
    """The day after, over both bounds."""
    return Days(*(day if day in (date.min, date.max) else _add_days(day, 1) for day in (days.first, days.last)))


def day_before(days: Days) -> Days:
    """The day before, over both bounds."""
    return Days(*(day if day in (date.min, date.max) else day - timedelta(days=1) for day in (days.first, days.last)))


def latest(*ranges: Days) -> Days:
    """The latest of several days."""
    return Days(max(r.first for r in ranges), max(r.last for r in ranges))


def earliest(*ranges: Days) -> Days:
    """The earliest of several days."""
    return Days(min(r.first for r in ranges), min(r.last for r in ranges))


def years_between(born: date, day: date) -> int:
    """Completed years of age on `day`; someone born on 29 February is a year older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which the age is reached."""
    if born in (date.min, date.max):
        return born
    day, clipped = _add_months(born, age * 12)
    return _add_days(day, 1) if clipped else day


def _add_months(day: date, months: int) -> tuple[date, bool]:
    """The same day of a later month, and whether that month had to be cut to its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9998:
        return date.max, False
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)), day.day > length


def _add_days(day: date, number: int) -> date:
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return date.max
