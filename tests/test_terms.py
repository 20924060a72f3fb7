"""Entries whose terms follow one another: what may be stated, and how long the whole is."""

from __future__ import annotations

from typing import Any

import pytest

from app import eligibility  # noqa: F401  (its forms have their meaning)
from app.errors import InputError
from app.meaning import length
from app.periods import Lengths
from app.record import read_record
from app.view import View
from corpus import rules
from corpus.rule_load import load_rules
from corpus.rules import Period

BOOKS = load_rules()
TERM = rules.OfSentences("term", rules.Test("type", "is", ("custody",)))


def view(*entries: dict[str, Any], number: int = 0, place: str = "uk-ew") -> View:
    common = {"kind": "conviction", "conviction_date": "2018-01-10"}
    record = read_record({"jurisdiction": place, "entries": [{**common, **entry} for entry in entries]}, BOOKS)
    return View(record, BOOKS[place], record.entries[number])


def custody(months: int, **facts: Any) -> dict[str, Any]:
    return {"sentences": [{"type": "custody", "length": f"P{months}M"}], **facts}


def months(least: int, most: int | None) -> Lengths:
    return Lengths(Period(least, 0), None if most is None else Period(most, 0))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_entry_of_a_chain_has_the_term_of_the_whole(number: int) -> None:
    chain = [custody(6, consecutive_to="none"), custody(4, consecutive_to="1"), custody(2, consecutive_to="2")]

    assert length(TERM, view(*chain, number=number)).lengths == months(12, 12)


def test_of_two_terms_that_follow_the_same_one_the_longer_counts() -> None:
    tree = [custody(6, consecutive_to="none"), custody(4, consecutive_to="1"), custody(2, consecutive_to="1")]

    assert length(TERM, view(*tree)).lengths == months(10, 10)


def test_what_is_not_said_is_a_range_and_asked_for_at_both_entries() -> None:
    found = length(TERM, view(custody(6), custody(4)))

    assert found.lengths == months(6, 10)
    assert {m.path for m in found.missing} == {"entries[0].consecutive_to", "entries[1].consecutive_to"}


@pytest.mark.parametrize(
    "other",
    [
        custody(4, consecutive_to="none"),
        custody(4, conviction_date="2019-01-10"),
        custody(4, case="T2"),
        {"sentences": [{"type": "fine"}]},
    ],
)
def test_an_entry_that_cannot_be_of_the_same_term_is_not_added(other: dict[str, Any]) -> None:
    found = length(TERM, view(custody(6, case="T1", consecutive_to="none"), other))

    assert (found.lengths, found.missing) == (months(6, 6), ())


def test_a_custodial_entry_whose_length_is_unknown_leaves_the_whole_open() -> None:
    unknown = {"sentences": [{"type": "custody"}], "consecutive_to": "1"}

    assert length(TERM, view(custody(6, consecutive_to="none"), unknown)).lengths == months(6, None)


def test_where_the_law_adds_no_terms_of_other_entries_each_stands_alone() -> None:
    term = rules.OfSentences("term", rules.Test("type", "is", ("imprisonment",)))
    prison = [{"type": "imprisonment", "length": "P6M"}]
    found = length(term, view({"sentences": prison}, {"sentences": prison, "consecutive_to": "1"}, place="de"))

    assert found.lengths == months(6, 6)


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([custody(6, consecutive_to="9")], r"^entries\[0\]\.consecutive_to: '9' is the id of no entry; give "),
        ([custody(6, consecutive_to="1")], r"^entries\[0\]\.consecutive_to: goes round in a circle; give "),
        ([custody(6, consecutive_to="2"), custody(4, consecutive_to="1")], "goes round in a circle"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_place(entries: list[dict[str, Any]], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        view(*entries)
