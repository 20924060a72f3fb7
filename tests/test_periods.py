"""How days are read, bounded and counted: every month end, leap days, both ways of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.periods import (
    NEVER,
    Days,
    Lengths,
    birthday,
    first_day_after,
    last_day,
    latest,
    read_days,
    shift,
    years_between,
)
from corpus.rules import Period

_DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))
_PERIODS = st.builds(Period, st.integers(0, 360), st.integers(0, 400))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-06-15", "2016-06-15", "2016-06-15"),
        ("2016-06", "2016-06-01", "2016-06-30"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("June 2016", "2016-06-01", "2016-06-30"),
        ("15 June 2016", "2016-06-15", "2016-06-15"),
        ("Feb 2020", "2020-02-01", "2020-02-29"),
        ("15. Juni 2016", "2016-06-15", "2016-06-15"),
        ("2016年6月", "2016-06-01", "2016-06-30"),
        ("2016-06/2016-09", "2016-06-01", "2016-09-30"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_known(text: str, first: str, last: str) -> None:
    assert read_days(text) == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["31.02.2016", "2016-02-30", "soon", "2016-13", "2017/2016", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar|ends before"):
        read_days(text)


@pytest.mark.parametrize(
    ("start", "period", "from_day", "after_day"),
    [
        ("2018-10-31", Period(12, 0), "2019-10-31", "2019-11-01"),
        ("2020-02-29", Period(12, 0), "2021-03-01", "2021-03-01"),
        ("2019-08-31", Period(6, 0), "2020-03-01", "2020-03-01"),
        ("2021-01-31", Period(1, 0), "2021-03-01", "2021-03-01"),
        ("2020-02-29", Period(48, 0), "2024-02-29", "2024-03-01"),
        ("2021-12-31", Period(0, 60), "2022-03-01", "2022-03-02"),
    ],
)
def test_a_period_ends_on_the_day_that_the_law_counts_to(
    start: str, period: Period, from_day: str, after_day: str
) -> None:
    day = date.fromisoformat(start)
    assert first_day_after(day, period, "from_day").isoformat() == from_day
    assert first_day_after(day, period, "after_day").isoformat() == after_day


@given(day=_DAYS, period=_PERIODS)
def test_the_two_ways_of_counting_differ_by_one_day_at_most(day: date, period: Period) -> None:
    gap = first_day_after(day, period, "after_day") - first_day_after(day, period, "from_day")
    assert timedelta(0) <= gap <= timedelta(days=1)


@given(day=_DAYS, period=_PERIODS, later=st.integers(0, 500))
def test_a_later_start_never_ends_earlier(day: date, period: Period, later: int) -> None:
    for counting in ("from_day", "after_day"):
        early = first_day_after(day, period, counting)  # type: ignore[arg-type]
        late = first_day_after(day + timedelta(days=later), period, counting)  # type: ignore[arg-type]
        assert early <= late


@given(day=_DAYS, months=st.integers(1, 360))
def test_the_last_day_of_a_term_is_the_day_before_it_is_over(day: date, months: int) -> None:
    assert last_day(day, Period(months, 0)) + timedelta(days=1) == first_day_after(day, Period(months, 0), "from_day")


def test_an_unknown_length_has_no_latest_end() -> None:
    found = shift(Days(date(2020, 1, 1), date(2020, 1, 1)), Lengths(Period(6, 0), None), "from_day")
    assert found == Days(date(2020, 7, 1), date.max)


def test_never_is_later_than_any_day() -> None:
    assert latest(Days(date(2020, 1, 1), date(2020, 1, 1)), NEVER).never


def test_someone_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    assert birthday(date(2004, 2, 29), 18) == date(2022, 3, 1)
    assert years_between(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert years_between(date(2004, 2, 29), date(2022, 3, 1)) == 18


@given(period=_PERIODS)
def test_a_period_is_written_so_that_it_reads_back(period: Period) -> None:
    from corpus.rule_reader import period as read

    assert read(str(period)) == period
