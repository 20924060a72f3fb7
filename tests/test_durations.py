"""Durations in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.durations import durations


def found(text: str) -> list[tuple[float, str]]:
    return [(one.value, one.unit) for one in durations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("why does it wait seven years", [(7, "years")]),
        ("an 18 month sentence", [(18, "months")]),
        ("a 7-year wait", [(7, "years")]),
        ("2.5 years", [(2.5, "years")]),
        ("after a year and six weeks", [(1, "years"), (6, "weeks")]),
        ("ninety days", [(90, "days")]),
        ("nach drei Jahren", [(3, "years")]),
        ("Freiheitsstrafe von 2 Jahren 6 Monaten", [(2, "years"), (6, "months")]),
        ("eines Jahres", [(1, "years")]),
        ("fünfzehn Tage", [(15, "days")]),
        ("五年后", [(5, "years")]),
        ("十五日拘留", [(15, "days")]),
        ("三个月", [(3, "months")]),
        ("20年", [(20, "years")]),
    ],
)
def test_a_duration_is_read_in_words_and_figures(text: str, expected: list[tuple[float, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["in 2019", "2019年", "2026年1月1日", "in the year 2019", "90 Tagessätze", "s 6(4)", "第136条", "Art. 136", ""],
)
def test_what_is_no_duration_is_not_taken_for_one(text: str) -> None:
    assert found(text) == []


@given(st.integers(min_value=1, max_value=120), st.sampled_from(["years", "months", "weeks", "days"]))
def test_every_number_with_a_unit_is_read_back(number: int, unit: str) -> None:
    text = f"it takes {number} {unit} to pass"
    (one,) = durations(text)

    assert (one.value, one.unit, text[one.start : one.end]) == (number, unit, f"{number} {unit}")


@pytest.mark.parametrize(("text", "months"), [("two years", 24), ("3 Monate", 3), ("五年", 60)])
def test_durations_are_compared_in_months(text: str, months: float) -> None:
    (one,) = durations(text)

    assert one.months == months
