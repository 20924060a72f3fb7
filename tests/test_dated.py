"""As of a day: every command says where the law changed shortly before it, changes after it, or was not law on it."""

from __future__ import annotations

from datetime import date

import pytest

from app.check import check_record
from app.check_text import check_text
from app.compare import compare
from app.dated import provision_notes, rule_notes, time_notes
from app.plain import comparison_text
from corpus.citations import Citations
from corpus.load import load
from corpus.model import Corpus, Span
from corpus.rule_load import load_rules

OLD, NEW = Span(date(2000, 1, 1), date(2025, 12, 31)), Span(date(2026, 1, 1))


@pytest.fixture(scope="module")
def law() -> Corpus:
    return load()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(1999, 1, 1), ["X is in force only from 2000-01-01; on the date asked for it was not law."]),
        (date(2010, 1, 1), ["X changes after this date: a new version applies from 2026-01-01."]),
        (date(2025, 12, 31), ["X changes after this date: a new version applies from 2026-01-01."]),
        (date(2026, 1, 1), ["X changed on 2026-01-01; the version in force on 2026-01-01 is shown."]),
        (date(2029, 1, 1), []),
    ],
)
def test_a_note_says_what_happens_near_the_day(day: date, says: list[str]) -> None:
    assert time_notes("X", [OLD, NEW], day, "en") == says


def test_what_is_no_longer_law_and_what_ends_is_said() -> None:
    assert time_notes("X", [OLD], date(2026, 6, 1), "en") == [
        "X was in force until 2025-12-31; on the date asked for it is no longer law."
    ]
    assert time_notes("X", [OLD], date(2025, 6, 1), "de") == ["X gilt nur bis 2025-12-31."]
    assert time_notes("X", [Span()], date(2025, 6, 1), "zh") == []


def test_provisions_to_which_the_same_happens_are_one_note(law: Corpus) -> None:
    citations = Citations(law)

    before = provision_notes(law, citations, ["cn/psapl-2025/136", "cn/psapl-2025/23/2"], date(2025, 12, 31), "en")
    after = provision_notes(law, citations, ["uk-ew/roa-1974/5/2"], date(2023, 10, 28), "en")

    assert before == [
        "PSAPL 2025 art 136, PSAPL 2025 art 23(2) is in force only from 2026-01-01; on the date asked for it was not law."
    ]
    assert after == ["ROA 1974 s 5(2) changed on 2023-10-28; the version in force on 2023-10-28 is shown."]


def test_a_comparison_says_which_place_changes(law: Corpus) -> None:
    before = compare(law, ["de", "us-va"], ["waiting_period", "trigger"], date(2026, 6, 30))
    after = compare(law, ["de", "us-va"], ["waiting_period"], date(2026, 7, 1))

    assert len(before.changes) == 1
    assert before.changes[0].startswith("Virginia (Waiting period, ")
    assert before.changes[0].endswith("changes after this date: a new version applies from 2026-07-01.")
    assert "from 2026-07-01" in comparison_text(before).replace("\n  ", " ")
    assert after.to_json()["changes"] == [
        "Virginia (Waiting period) changed on 2026-07-01; the version in force on 2026-07-01 is shown."
    ]


def test_a_check_says_which_rule_changes() -> None:
    books = load_rules()
    record = {"jurisdiction": "us-dc", "entries": [{"id": "a", "conviction_date": "2010-01-01"}]}

    checked = check_record(record, books, date(2026, 11, 25))

    assert any("2027-10-01" in change for change in checked.changes)
    assert set(checked.changes) <= set(checked.to_json()["notes"])
    assert f"* {checked.changes[0]}" in check_text(checked, Citations(load()))


def test_notes_on_rules_name_real_days_only_whatever_the_day() -> None:
    for book in load_rules().values():
        for day in (date(1990, 1, 1), date(2026, 11, 25), date(2040, 1, 1)):
            for language in ("en", "de", "zh"):
                for note in rule_notes(book.effects, day, language):
                    assert "0001-01-01" not in note
