"""What must hold of every rule book for any record: drawn records, all jurisdictions with rules."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.check import check_record
from app.errors import InputError
from app.periods import first_day_after
from corpus import rules
from corpus.model import Span
from corpus.rule_load import load_rules
from corpus.rules import Field, RuleBook

BOOKS = load_rules()
DAY = date(2026, 11, 25)
NEVER, UNKNOWN = "9999-12-31", "0001-01-01"
_DAYS = st.dates(date(1990, 1, 1), date(2026, 6, 30))
_SPECIAL_DAYS = st.sampled_from(
    [date(2020, 2, 29), date(2019, 8, 31), date(2023, 10, 28), date(2021, 12, 31), date(2022, 1, 1)]
)
_ROUGH_DAYS = st.sampled_from(["2016", "2019-02", "June 2021", "2018-11/2019-03"])
_LENGTHS = st.sampled_from(
    ["P30D", "P1M", "P3M", "P6M", "P1Y", "P12M", "P1Y6M", "P2Y", "P30M", "P4Y", "P4Y1M", "P5Y", "P10Y"]
)

everywhere = pytest.mark.parametrize("place", sorted(BOOKS))
examples = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
Record = dict[str, Any]
Bounds = tuple[str, str]


# -- records -----------------------------------------------------------------------------------------------------------


def _value(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case "date":
            return st.one_of(_DAYS.map(date.isoformat), _SPECIAL_DAYS.map(date.isoformat), _ROUGH_DAYS)
        case "duration":
            return _LENGTHS
        case "boolean":
            return st.booleans()
        case "number":
            return st.integers(0, 400)
        case "choice":
            return st.sampled_from([choice.value for choice in field.choices] or [None])
        case "text" if field.name == "consecutive_to":
            return st.sampled_from(["none", "e0", "e1", "e2"])
        case "text":
            return st.sampled_from(["242", "3929", "29", "A-1"])


def _facts(book: RuleBook, scope: str) -> st.SearchStrategy[Record]:
    fields = [field for field in book.fields.values() if field.scope == scope]
    return st.fixed_dictionaries({}, optional={field.name: _value(field) for field in fields})


def _entry(book: RuleBook) -> st.SearchStrategy[Record]:
    sentences = st.one_of(st.none(), st.lists(_facts(book, "sentence"), max_size=3))
    return st.builds(
        lambda kind, facts, sentences: {**kind, **facts, "sentences": sentences},
        st.sampled_from([{}, {"kind": "conviction"}]),
        st.one_of(st.just({}), _facts(book, "entry")),
        sentences,
    )


def _records(place: str, least: int = 1, most: int = 3) -> st.SearchStrategy[Record]:
    book = BOOKS[place]
    return st.builds(
        lambda person, entries: {
            "jurisdiction": place,
            **person,
            "entries": [{**entry, "id": f"e{number}"} for number, entry in enumerate(entries)],
        },
        _facts(book, "person"),
        st.lists(_entry(book), min_size=least, max_size=most),
    )


def _without(record: Record, number: int) -> Record:
    """The record without an entry, and without what others say of it."""
    gone = record["entries"][number]["id"]
    kept = [entry for entry in record["entries"] if entry["id"] != gone]
    return {
        **record,
        "entries": [{k: v for k, v in e.items() if (k, v) != ("consecutive_to", gone)} for e in kept],
    }


# -- outcomes ----------------------------------------------------------------------------------------------------------


def _outcomes(record: Record, day: date = DAY) -> list[tuple[str, dict[str, Any]]]:
    """Each outcome with the id of its entry; a drawn record that contradicts itself is passed over."""
    try:
        check = check_record(record, BOOKS, day).to_json()
    except InputError:
        assume(False)
        raise
    return [(result["entry"], outcome) for result in check["results"] for outcome in result["outcomes"]]


def _bounds(outcome: dict[str, Any]) -> Bounds:
    """Earliest and latest day; never comes last of all."""
    if outcome["status"] in ("never", "not_covered"):
        return NEVER, NEVER
    unsure = outcome["status"] == "needs_information"
    return outcome["not_before"] or UNKNOWN, NEVER if unsure else outcome["not_after"] or NEVER


def _earliest(record: Record) -> dict[tuple[str, str], Bounds]:
    """For each entry and effect the first day by whichever way of the law, within bounds."""
    found: dict[tuple[str, str], Bounds] = {}
    for entry, outcome in _outcomes(record):
        first, last = _bounds(outcome)
        known = found.get((entry, outcome["effect"]), (NEVER, NEVER))
        found[entry, outcome["effect"]] = min(first, known[0]), min(last, known[1])
    return found


@everywhere
@examples
@given(data=st.data())
def test_every_record_gets_a_definite_status_and_every_statement_of_law_an_authority(
    place: str, data: st.DataObject
) -> None:
    for _, outcome in _outcomes(data.draw(_records(place))):
        if outcome["status"] in ("reached", "future") and outcome["not_before"] and outcome["not_after"]:
            assert outcome["not_before"] <= outcome["not_after"]
        if outcome["date"]:
            reached = outcome["date"] <= DAY.isoformat()
            assert outcome["status"] == ("reached" if reached else "future")
        if outcome["status"] == "needs_information":
            assert outcome["missing"], outcome
        if outcome["status"] != "not_covered":
            assert all(step["citations"] or step.get("url") for step in outcome["steps"])


# -- other entries -----------------------------------------------------------------------------------------------------


HELPFUL = {"offence_abolished"}
"""Facts by which an entry helps others by law: New Zealand asks for no period where the last offence is one since abolished
(Criminal Records (Clean Slate) Act 2004 s 9). Entries that state one are left out here."""


def _assert_no_later(fewer: Record, whole: Record) -> None:
    """No entry of `fewer` comes later, at the earliest or at the latest, than in `whole`, which holds more entries."""
    assume(not any(entry.get(name) for entry in whole["entries"] for name in HELPFUL))
    after = _earliest(whole)
    for key, (first, last) in _earliest(fewer).items():
        if key in after:
            assert first <= after[key][0], (key, (first, last), after[key])
            assert last <= after[key][1], (key, (first, last), after[key])


@everywhere
@examples
@given(data=st.data())
def test_an_entry_taken_away_delays_no_other(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place, least=2))
    number = data.draw(st.integers(0, len(record["entries"]) - 1))
    _assert_no_later(_without(record, number), record)


@everywhere
@examples
@given(data=st.data())
def test_a_later_conviction_clears_no_earlier_entry_sooner(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place, most=2))
    later = data.draw(_entry(BOOKS[place]))
    days = {name: "2026-10-31" for name, field in BOOKS[place].fields.items() if field.type == "date"}
    convicted = {**later, **{k: days[k] for k in later if k in days}, "conviction_date": "2026-10-31"}
    again = {**convicted, "kind": "conviction", "id": "e9"}
    _assert_no_later(record, {**record, "entries": [*record["entries"], again]})


# -- facts -------------------------------------------------------------------------------------------------------------


def _parts(thing: Any, met: set[int] | None = None) -> Iterator[Any]:
    """Everything that a rule book is made of, each once."""
    met = set() if met is None else met
    if id(thing) in met:
        return
    met.add(id(thing))
    yield thing
    inner = thing if isinstance(thing, tuple) else ()
    if dataclasses.is_dataclass(thing):
        inner = tuple(getattr(thing, part.name) for part in dataclasses.fields(thing))
    for part in inner:
        yield from _parts(part, met)


def _taken_for_absent(place: str) -> set[str]:
    """Facts that a rule asks only whether they are stated: what is not stated is there taken for not given (RULES.md)."""
    return {part.field for part in _parts(BOOKS[place].effects) if isinstance(part, rules.Test) and part.op == "known"}


ABSENT = {place: _taken_for_absent(place) | {"jurisdiction", "entries", "id"} for place in BOOKS}


def _poorer(record: Record, data: st.DataObject) -> Record:
    """The record without some of the facts of the person, of each entry and of each sentence."""
    left_out = data.draw(st.sets(st.sampled_from(sorted(BOOKS[record["jurisdiction"]].fields)), min_size=1))
    left_out -= ABSENT[record["jurisdiction"]]

    def facts(of: Record) -> Record:
        return {name: value for name, value in of.items() if name not in left_out}

    entries = [
        {**facts(entry), "sentences": entry["sentences"] and [facts(one) for one in entry["sentences"]]}
        if number in touched
        else entry
        for touched in [data.draw(st.sets(st.integers(0, len(record["entries"]) - 1)))]
        for number, entry in enumerate(record["entries"])
    ]
    return {**facts(record), "entries": entries}


@everywhere
@examples
@given(data=st.data())
def test_more_facts_of_any_entry_never_widen_a_range(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place))
    rich, poor = _earliest(record), _earliest(_poorer(record, data))
    for key in rich.keys() | poor.keys():
        (low, high), (first, last) = rich.get(key, (NEVER, NEVER)), poor.get(key, (NEVER, NEVER))
        assert first <= low, (key, "with more facts", (low, high), "with fewer", (first, last))
        assert high <= last, (key, "with more facts", (low, high), "with fewer", (first, last))


# -- days --------------------------------------------------------------------------------------------------------------


def _changes(place: str) -> list[date]:
    """The days on which another version of a rule or a row of the rule book begins to count."""
    days = set()
    for part in _parts(BOOKS[place].effects):
        if isinstance(part, Span):
            days |= {part.first, part.last + timedelta(days=1) if part.last else None}
        if hasattr(part, "enacted"):
            days.add(part.enacted)
    return sorted(day for day in days if day is not None)


CHANGES = {place: _changes(place) for place in BOOKS}


@everywhere
@examples
@given(data=st.data())
def test_the_day_asked_about_moves_nothing_but_the_status(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place))
    first, second = sorted(data.draw(st.tuples(*[st.dates(DAY, date(2045, 12, 31))] * 2)))
    assume(not any(first < change <= second for change in CHANGES[place]))
    before, after = _outcomes(record, first), _outcomes(record, second)
    same = ("effect", "track", "rules", "date", "not_before", "not_after", "title")
    assert [(e, [o[part] for part in same]) for e, o in before] == [(e, [o[part] for part in same]) for e, o in after]


@everywhere
@examples
@given(data=st.data())
def test_a_day_that_is_named_is_the_first_on_which_the_effect_holds(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place))
    soon = next((change for change in CHANGES[place] if change > DAY), date.max)
    days = {date.fromisoformat(outcome["date"]) for _, outcome in _outcomes(record) if outcome["date"]}
    for day in sorted(day for day in days if DAY < day < soon)[:3]:
        eve = [o["status"] for _, o in _outcomes(record, day - timedelta(days=1)) if o["date"] == day.isoformat()]
        there = [o["status"] for _, o in _outcomes(record, day) if o["date"] == day.isoformat()]
        assert set(eve) == {"future"}
        assert set(there) == {"reached"}


def test_every_period_of_every_rule_book_ends_as_the_calendar_says_from_every_month_end_and_leap_day() -> None:
    periods = {part.period for book in BOOKS.values() for part in _parts(book.effects) if isinstance(part, rules.Fixed)}
    ends = [date(year, m, calendar.monthrange(year, m)[1]) for year in range(2015, 2025) for m in range(1, 13)]
    for period in periods:
        for end in ends:
            for day in (end - timedelta(days=1), end, end + timedelta(days=1)):
                over = day + relativedelta(months=period.months, days=period.days)
                last_of_shorter_month = (day + relativedelta(months=period.months)).day < day.day and not period.days
                next_day = over + timedelta(days=1)
                assert first_day_after(day, period, "after_day") == next_day
                assert first_day_after(day, period, "from_day") == (next_day if last_of_shorter_month else over)
