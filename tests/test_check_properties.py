"""What must hold of every rule book for any record: drawn records, all jurisdictions with rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.check import check_record
from app.errors import InputError
from corpus.rule_load import load_rules
from corpus.rules import Field, RuleBook

BOOKS = load_rules()
DAY = date(2026, 11, 25)
_DAYS = st.dates(date(1990, 1, 1), date(2026, 6, 30))
_SPECIAL_DAYS = st.sampled_from(
    [date(2020, 2, 29), date(2019, 8, 31), date(2023, 10, 28), date(2021, 12, 31), date(2022, 1, 1)]
)
_LENGTHS = st.sampled_from(
    ["P30D", "P1M", "P3M", "P6M", "P1Y", "P12M", "P1Y6M", "P2Y", "P30M", "P4Y", "P4Y1M", "P5Y", "P10Y"]
)

pytestmark = pytest.mark.parametrize("place", sorted(BOOKS))
examples = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _value(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case "date":
            return st.one_of(_DAYS, _SPECIAL_DAYS).map(date.isoformat)
        case "duration":
            return _LENGTHS
        case "boolean":
            return st.booleans()
        case "number":
            return st.integers(0, 400)
        case "choice":
            return st.sampled_from([choice.value for choice in field.choices] or [None])
        case "text":
            return st.sampled_from(["242", "3929", "29", "A-1"])


def _facts(book: RuleBook, scope: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = [field for field in book.fields.values() if field.scope == scope]
    return st.fixed_dictionaries({}, optional={field.name: _value(field) for field in fields})


def _entry(book: RuleBook) -> st.SearchStrategy[dict[str, Any]]:
    sentences = st.lists(_facts(book, "sentence"), max_size=3)
    return st.builds(lambda facts, sentences: {**facts, "sentences": sentences}, _facts(book, "entry"), sentences)


def _records(place: str, most: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    book = BOOKS[place]
    entries = st.lists(_entry(book), min_size=1, max_size=most)
    return st.builds(
        lambda person, entries: {
            "jurisdiction": place,
            **person,
            "entries": [{**entry, "id": f"e{number}"} for number, entry in enumerate(entries)],
        },
        _facts(book, "person"),
        entries,
    )


def _checked(record: dict[str, Any], day: date = DAY) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Outcomes by entry, effect and rules; a drawn record that contradicts itself is passed over."""
    try:
        check = check_record(record, BOOKS, day).to_json()
    except InputError:
        assume(False)
    return {
        (result["entry"], outcome["effect"], outcome["track"]): outcome
        for result in check["results"]
        for outcome in result["outcomes"]
    }


def _bounds(outcome: dict[str, Any]) -> tuple[str, str]:
    """Earliest and latest day; never comes last of all."""
    if outcome["status"] == "never":
        return "9999-12-31", "9999-12-31"
    unsure = outcome["status"] in ("needs_information", "not_covered")
    last = outcome["not_after"] or "9999-12-31"
    return outcome["not_before"] or "0001-01-01", "9999-12-31" if unsure else last


@examples
@given(data=st.data())
def test_every_record_gets_a_definite_status_and_every_statement_of_law_an_authority(
    place: str, data: st.DataObject
) -> None:
    record = data.draw(_records(place))
    for outcome in _checked(record).values():
        if outcome["status"] in ("reached", "future") and outcome["not_before"] and outcome["not_after"]:
            assert outcome["not_before"] <= outcome["not_after"]
        if outcome["date"]:
            reached = outcome["date"] <= DAY.isoformat()
            assert outcome["status"] == ("reached" if reached else "future")
        if outcome["status"] == "needs_information":
            assert outcome["missing"], outcome
        if outcome["status"] != "not_covered":
            assert all(step["citations"] or step.get("url") for step in outcome["steps"])


@examples
@given(data=st.data())
def test_an_entry_taken_away_delays_no_other(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place))
    assume(len(record["entries"]) > 1)
    whole = _checked(record)
    fewer = _checked({**record, "entries": record["entries"][:-1]})
    removed = record["entries"][-1]["id"]
    settled = ("reached", "future", "never")
    for key, outcome in fewer.items():
        if key[0] == removed or key not in whole or outcome["rules"] != whole[key]["rules"]:
            continue  # another rule of the same track may have become the one that applies
        if whole[key]["status"] in settled:
            assert _bounds(outcome)[0] <= _bounds(whole[key])[0], (key, outcome, whole[key])


@examples
@given(data=st.data())
def test_the_day_asked_about_moves_nothing_but_the_status(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place))
    first, second = _checked(record, DAY), _checked(record, DAY + timedelta(days=30))
    for key in first.keys() & second.keys():
        for part in ("date", "not_before", "not_after", "rules"):
            if first[key]["status"] == second[key]["status"]:
                assert first[key][part] == second[key][part]


@examples
@given(data=st.data())
def test_more_facts_never_widen_a_range(place: str, data: st.DataObject) -> None:
    record = data.draw(_records(place, most=2))
    entry = record["entries"][0]
    stated = [name for name in entry if name not in ("id", "sentences")]
    assume(stated)
    left_out = data.draw(st.sampled_from(stated))
    poorer = {**record, "entries": [{k: v for k, v in entry.items() if k != left_out}, *record["entries"][1:]]}
    rich, poor = _checked(record), _checked(poorer)
    for key in rich.keys() & poor.keys():
        if rich[key]["status"] == "not_covered" or poor[key]["status"] == "not_covered":
            continue
        (low, high), (poor_low, poor_high) = _bounds(rich[key]), _bounds(poor[key])
        assert poor_low <= low, (left_out, poor[key], rich[key])
        assert high <= poor_high, (left_out, poor[key], rich[key])
