"""Conditions and events over several entries of a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.conditions import View, evaluate, event
from app.periods import Days
from app.record import read_record
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
