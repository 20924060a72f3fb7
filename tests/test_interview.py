"""The interview asks only what decides something, and its answers make a record that the rules take."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.check import check_record
from app.errors import InputError
from app.interview import Interview, next_question, question_at, read_answer, read_duration, validate
from app.render_check import question_html, summary_html
from corpus.rule_load import load_rules

BOOKS = load_rules()
DAY = date(2026, 11, 25)


def _ask(interview: Interview) -> Any:
    return next_question(interview, BOOKS, {}, DAY, "en")


def _told(answers: dict[str, Any]) -> tuple[Interview, list[str]]:
    """The interview in which every question is answered from `answers`, or with "I don't know"."""
    interview, asked = Interview(), []
    while (question := _ask(interview)) is not None:
        assert len(asked) < 60, asked
        asked.append(question.path)
        interview = interview.answer(question.path, answers.get(question.path))
    return interview, asked


def test_a_fine_in_england_is_settled_by_a_handful_of_questions() -> None:
    interview, asked = _told(
        {
            "jurisdiction": "uk-ew",
            "entries[0].kind": "conviction",
            "entries[0].offence": "theft",
            "entries[0].conviction_date": "2024-03-01",
            "entries[0].sentences": ["fine"],
            "born": "1990-01-01",
        }
    )
    assert "born" in asked
    assert not any("length" in path or "schedule_18" in path for path in asked)
    (result,) = check_record(interview.record(), BOOKS, DAY).results
    assert result.outcomes[0].date == date(2025, 3, 1)


def test_with_nothing_known_every_question_is_asked_once_and_the_interview_ends() -> None:
    _, asked = _told({"jurisdiction": "uk-ew", "entries[0].kind": "conviction"})
    assert len(asked) == len(set(asked))


def test_going_back_and_changing_an_answer_forgets_what_hung_on_it() -> None:
    interview, _ = _told(
        {"jurisdiction": "uk-ew", "entries[0].kind": "conviction", "entries[0].sentences": ["custody"]}
    )
    changed = interview.answer("entries[0].sentences", ["fine"])
    assert changed.record()["entries"][0]["sentences"] == [{"type": "fine"}]
    assert not any("length" in given.path for given in changed.given)
    assert interview.back().given == interview.given[:-1]


def test_a_further_entry_is_asked_about_from_the_beginning() -> None:
    interview, _ = _told({"jurisdiction": "uk-ew", "entries[0].kind": "caution"})
    assert _ask(interview.another()).path == "entries[1].kind"


def test_contradictions_are_met_while_answering() -> None:
    interview = Interview().answer("jurisdiction", "uk-ew").answer("entries[0].kind", "conviction")
    interview = interview.answer("entries[0].offence_date", "2020-01-01").answer(
        "entries[0].conviction_date", "2019-01-01"
    )
    with pytest.raises(InputError, match=r"passen nicht zusammen: .*„Tag der Verurteilung“.*„Tatzeit“"):
        validate(interview, BOOKS, "de")


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("6 months", "P6M"),
        ("1 year 6 months", "P1Y6M"),
        ("90 Tage", "P90D"),
        ("两年", "P2Y"),
        ("1年6个月", "P1Y6M"),
        ("P22M", "P22M"),
        ("18 Monate", "P18M"),
    ],
)
def test_lengths_are_read_in_words_of_three_languages(words: str, iso: str) -> None:
    assert read_duration(words, "en") == iso


def test_what_is_no_length_is_refused_with_an_example() -> None:
    with pytest.raises(InputError, match="6 Monate"):
        read_duration("lange", "de")


def test_none_as_a_date_says_that_there_was_no_such_event() -> None:
    question = question_at("entries[0].released_on", BOOKS["uk-ew"], "de")
    assert read_answer(question, "keine", "de", DAY) == "none"
    assert "keine" in question.help


@pytest.mark.parametrize(
    ("typed", "month_first", "iso"),
    [
        ("15.3.2021", False, "2021-03-15"),
        ("2021/03/15", False, "2021-03-15"),
        ("3/4/2020", False, "2020-04-03"),
        ("3/4/2020", True, "2020-03-04"),
        ("Juni 2016", False, "Juni 2016"),
        ("in March 2016", False, "2016-03"),
        ("去年", False, "2025"),
        ("2016-06/2016-09", False, "2016-06/2016-09"),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, month_first: bool, iso: str) -> None:
    question = question_at("entries[0].released_on", BOOKS["uk-ew"], "en")
    assert read_answer(question, typed, "en", DAY, month_first) == iso


@pytest.mark.parametrize("typed", ["gestern", "31.02.2021", "irgendwann"])
def test_what_is_no_day_is_refused_in_the_readers_language(typed: str) -> None:
    question = question_at("entries[0].released_on", BOOKS["uk-ew"], "de")
    with pytest.raises(InputError, match=f"„{typed}“ ist nicht als Datum lesbar"):
        read_answer(question, typed, "de", DAY)


def test_the_answers_are_summed_up_in_words() -> None:
    given = Interview().answer("jurisdiction", "uk-ew").answer("entries[0].kind", "conviction")
    given = given.answer("entries[0].conviction_date", "2015-03").answer("entries[0].sentences", ["custody"])
    shown = summary_html(given.answer("entries[0].sentences[0].length", "P14M"), BOOKS["uk-ew"], {}, "en")

    assert "March 2015" in shown
    assert "14 months" in shown


@pytest.mark.parametrize("place", ["de", "us-co", "us-pa"])
def test_the_sentences_of_a_law_are_offered_with_the_rest_last_and_never_alone(place: str) -> None:
    options = question_at("entries[0].sentences", BOOKS[place], "en").options

    assert len(options) > 1
    assert [value for _, value in options].index("other") == len(options) - 1


def test_the_word_for_never_in_a_question_about_a_day_is_the_readers() -> None:
    question = question_at("entries[0].paid_on", BOOKS["de"], "de")

    assert "„keine“" in question_html(question, "de")
    assert "none" not in question_html(question, "de")
