"""Ages that a question tells ("when I was 16", "mit 17", "我17岁时"), as ranges of birth dates and as bounds of other days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from app.periods import Days, read_days
from app.told_dates import EARLIEST

MAIN_DATES = {
    "conviction": "conviction_date",
    "caution": "given_on",
    "penalty_notice": "given_on",
    "administrative": "given_on",
    "non_conviction": "disposition_date",
}
"""The day of an entry by its kind."""
_NOW_AGED = re.compile(
    r"""\b(?:I\ am|I'm|he\ is|she\ is|now|aged\ now|ich\ bin|er\ ist|sie\ ist)\s+(?:now\s+|jetzt\s+|heute\s+)?(?P<a>\d{1,2})\b
        (?!\s*(?:months|monate|jahre?\ (?:haft|nach)|tage|days|weeks))
      | (?:我|他|她)?(?:今年|现在|现年)(?P<b>\d{1,2})岁?""",
    re.IGNORECASE | re.VERBOSE,
)
_THEN_AGED = re.compile(
    r"""\b(?:when|while|als)\s+(?:I|he|she|ich|er|sie)\s+(?:was\s+)?(?:only\s+|just\s+|erst\s+)?(?P<a>\d{1,2})\b
      | \b(?:I|he|she)\s+was\s+(?:only\s+|just\s+)?(?P<e>\d{1,2})(?=\s*(?:years\ old|at\ the\ time|then|when|[,.;?]|and|$))
      | \b(?:at\ (?:the\ )?age\ (?:of\ )?|aged\ |at\ )(?P<b>\d{1,2})\b(?!\s*(?:%|months|years|days|am|pm|:))
      | \b(?:as\ a\ |when\ a\ )(?P<c>\d{1,2})[-\ ]year[-\ ]old
      | \b(?:mit|als)\s+(?P<d>\d{1,2})(?:\s+jahren|-jähriger?|\b(?!\s*(?:tages|monat|jahr|euro)))
      | (?P<f>\d{1,2})(?:周)?岁(?:时|的时候|那年|多)?""",
    re.IGNORECASE | re.VERBOSE,
)
YOUNGEST, OLDEST = 7, 99
GROWN_UP = 18


def birth(text: str, entries: Sequence[Mapping[str, Any]], as_of: date) -> str | None:
    """The range of birth dates that an age told of today or of the time of the first entry leaves."""
    if now := _NOW_AGED.search(text):
        return _birth(Days(as_of, as_of), _age(now))
    then, first = _THEN_AGED.search(text), entries[0]
    iso = first.get("offence_date") or first.get(MAIN_DATES[first["kind"]]) or first.get("arrest_date")
    return _birth(read_days(iso), _age(then)) if then and iso else None


def date_by_age(text: str, entry: dict[str, Any], born: str | None, as_of: date) -> None:
    """Who tells both ages ("I'm 22, when I was 16 …") tells within which years it was."""
    then = _THEN_AGED.search(text)
    if born is None or then is None or any(name.endswith(("_date", "_on")) for name in entry):
        return
    days = read_days(born)
    first = days.first + relativedelta(years=_age(then))
    last = days.last + relativedelta(years=_age(then) + 1)
    if first <= as_of:
        entry[MAIN_DATES[entry["kind"]]] = f"{first.isoformat()}/{min(last, as_of).isoformat()}"


def bound_offence(entry: dict[str, Any], born: str | None) -> None:
    """Who was under 18 when convicted was so at the offence as well: that bound is told, even if its day is not."""
    iso = entry.get("conviction_date")
    if born is None or iso is None or "offence_date" in entry:
        return
    birthday, judged = read_days(born), read_days(iso)
    adult = relativedelta(years=GROWN_UP)
    if judged.last < birthday.last + adult and judged.first < birthday.first + adult:
        entry["offence_date"] = f"{EARLIEST}/{judged.last.isoformat()}"


def _age(match: re.Match[str]) -> int:
    return int(next(group for group in match.groups() if group))


def _birth(days: Days, age: int) -> str | None:
    if not YOUNGEST <= age <= OLDEST or not days.bounded:
        return None
    first = days.first - relativedelta(years=age + 1) + relativedelta(days=1)
    return f"{first.isoformat()}/{(days.last - relativedelta(years=age)).isoformat()}"
