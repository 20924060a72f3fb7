"""Conditions and events over several entries of a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app import eligibility  # noqa: F401  (its forms have their meaning)
from app.meaning import evaluate, event, length
from app.periods import Days, Lengths
from app.record import read_record
from app.view import View
from corpus import rules
from corpus.rule_load import load_rules

CONVICTION = rules.Test("kind", "is", ("conviction",))
BOOKS = load_rules()


def view(*entries: dict[str, Any]) -> View:
    record = read_record({"jurisdiction": "us-or", "entries": [{"kind": "conviction", **e} for e in entries]}, BOOKS)
    return View(record, BOOKS["us-or"], record.entries[0])


def at_least(number: int) -> rules.Entries:
    return rules.Entries(CONVICTION, "all", number, None, None, per_case=True)


@pytest.mark.parametrize(
    ("cases", "number", "expected"),
    [
        (("A", "A", "B"), 2, True),
        (("A", "A", "B"), 3, False),
        (("A", "A", None), 2, None),
        ((None, None), 2, None),
        ((None, None), 1, True),
        ((None,), 2, False),
    ],
)
def test_entries_of_one_case_count_once_and_one_without_number_may_belong_to_any(
    cases: tuple[str | None, ...], number: int, expected: bool | None
) -> None:
    truth = evaluate(at_least(number), view(*({"case": case} if case else {} for case in cases)))

    assert truth.holds is expected
    assert {m.field for m in truth.missing} == ({"case"} if expected is None else set())


def test_the_second_latest_conviction_per_case_passes_over_others_of_the_same_case() -> None:
    second = rules.OverEntries(rules.On("conviction_date"), None, "all", 2, per_case=True)
    record = view(
        {"case": "A", "conviction_date": "2010-05-01"},
        {"case": "B", "conviction_date": "2020-05-01"},
        {"case": "B", "conviction_date": "2019-05-01"},
    )

    assert event(second, record).days == Days(date(2010, 5, 1), date(2010, 5, 1))


def test_without_case_numbers_the_second_latest_conviction_is_known_only_at_the_latest() -> None:
    second = rules.OverEntries(rules.On("conviction_date"), None, "all", 2, per_case=True)
    found = event(second, view({"conviction_date": "2010-05-01"}, {"conviction_date": "2020-05-01"}))

    assert found.days == Days(date.min, date(2010, 5, 1))
    assert {m.field for m in found.missing} == {"case"}


def test_a_law_that_counts_a_month_as_thirty_days_takes_ninety_one_days_for_more_than_three_months() -> None:
    of = rules.OfSentences("total", None)
    up_to_3_months = rules.Length(of, "up_to", rules.Period(3, 0))
    there = view({"sentences": [{"length": "P91D"}]})
    thirty = replace(there, book=replace(there.book, month=30))

    assert evaluate(up_to_3_months, there).holds is True
    assert evaluate(up_to_3_months, thirty).holds is False


def test_a_length_over_entries_counts_nothing_below_its_least_number() -> None:
    years = rules.SumOverEntries(rules.Fixed(rules.Period(12, 0)), rules.Entries(CONVICTION, "all", 1, None, None), 2)

    assert length(years, view({})).lengths == Lengths(rules.Period(0, 0), rules.Period(0, 0))
    assert length(years, view({}, {})).lengths == Lengths(rules.Period(24, 0), rules.Period(24, 0))


def test_a_length_over_entries_keeps_open_what_another_entry_does_not_state() -> None:
    total = rules.OfSentences("total", None)
    entries = rules.Entries(CONVICTION, "all", 1, None, None)
    found = length(
        rules.SumOverEntries(total, entries, 1), view({"sentences": [{"length": "P1Y"}]}, {"sentences": [{}]})
    )

    assert found.lengths == Lengths(rules.Period(12, 0), None)
    assert [m.path for m in found.missing] == ["entries[1].sentences[0].length"]
