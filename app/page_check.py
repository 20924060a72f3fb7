"""What the tab that checks a record does with each step: an interview in, a view out. It keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.check import Check, check_record
from app.errors import InputError, one_line
from app.field_words import in_plain_words
from app.interview import Interview, Question, next_question, question_at, read_answer, validate
from app.page import Page, read_day
from app.render import message
from app.render_check import check_html, question_html, summary_html, turning_point_html
from app.ui_words import word
from corpus.rules import RuleBook


@dataclass(frozen=True, slots=True)
class View:
    """What the tab shows: the state, the next question, the answers, a problem, a result."""

    interview: Interview
    question: Question | None
    asking: str
    answers: str
    problem: str = ""
    result: str = ""
    may_show: bool = False


class CheckPage:
    """The steps of the interview over the page's atlas."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _books(self) -> Mapping[str, RuleBook]:
        return self._page.books()

    def open(self, interview: Interview, day: str, language: str) -> View:
        """The interview when the page is opened; waits for the collection, which knows the names of places."""
        self._page.wait()
        return self._view(interview, day, language)

    def show(self, interview: Interview, day: str, language: str) -> View:
        """The interview as it stands."""
        return self._view(interview, day, language)

    def go_on(
        self, interview: Interview, day: str, language: str, place: Any, choice: Any, several: Any, typed: Any
    ) -> View:
        """With the answer that was given to the question shown."""
        question = self._question(interview, day, language)
        if question is None:
            return self._view(interview, day, language)
        raw = {"place": place, "choice": choice, "yes_no": choice, "sentences": several}.get(question.kind, typed)
        try:
            if raw is None or raw == "":
                raise InputError(word("no_answer", language))
            month_first = str(interview.record().get("jurisdiction", "")).startswith("us")
            value = read_answer(question, raw, language, read_day(day, language), month_first)
            answered = interview.answer(question.path, value)
            validate(answered, self._books, language)
        except InputError as error:
            return self._view(interview, day, language, one_line(error))
        return self._view(answered, day, language)

    def unknown(self, interview: Interview, day: str, language: str) -> View:
        """With "I don't know" for the question shown."""
        question = self._question(interview, day, language)
        return self._view(interview.answer(question.path, None) if question else interview, day, language)

    def back(self, interview: Interview, day: str, language: str) -> View:
        """Without the last answer."""
        return self._view(interview.back(), day, language)

    def another(self, interview: Interview, day: str, language: str) -> View:
        """With a further entry."""
        return self._view(interview.another(), day, language)

    def again(self, interview: Interview, day: str, language: str) -> View:
        """From the beginning."""
        return self._view(Interview(), day, language)

    def change(self, interview: Interview, day: str, language: str, path: str) -> View:
        """Back at an earlier question; the answers after it stay where they still fit."""
        kept = tuple(given for given in interview.given if given.path != path)
        question = (
            question_at(path, self._book(interview), language)
            if path != "jurisdiction" and self._known(interview)
            else None
        )
        return self._view(Interview(kept) if question else Interview(), day, language, question=question)

    def result(self, interview: Interview, day: str, language: str) -> View:
        """The check of the record that the answers state."""
        try:
            as_of = read_day(day, language)
            checked = check_record(interview.record(), self._books, as_of, language)
        except InputError as error:
            return self._view(interview, day, language, one_line(error))
        shelf, names = self._page.shelf("check", as_of, language), self._page.names(language)
        turns = self._page.turns(_cited(checked), as_of, language)
        plain = in_plain_words(checked, self._book(interview), language)
        return replace(
            self._view(interview, day, language), result=check_html(plain, shelf, names, turns), may_show=True
        )

    def _question(self, interview: Interview, day: str, language: str) -> Question | None:
        """The question that is shown; none where the answers contradict each other, which the view says."""
        try:
            return next_question(interview, self._books, self._page.names(language), read_day(day, language), language)
        except InputError:
            return None

    def _known(self, interview: Interview) -> bool:
        return interview.answered("jurisdiction")

    def _book(self, interview: Interview) -> RuleBook:
        return self._books[interview.record()["jurisdiction"]]

    def _view(
        self, interview: Interview, day: str, language: str, problem: str = "", question: Question | None = None
    ) -> View:
        names = self._page.names(language)
        try:
            question = question or next_question(interview, self._books, names, read_day(day, language), language)
        except InputError as error:
            problem = one_line(error)
        known = self._known(interview)
        asking = question_html(question, language) if question else turning_point_html(language)
        answers = summary_html(interview, self._book(interview) if known else None, names, language)
        kinds = any(given.path.endswith(".kind") for given in interview.given)
        return View(interview, question, asking, answers, message(problem) if problem else "", may_show=kinds)


def _cited(check: Check) -> Iterator[str]:
    """The provisions on which the outcomes rest."""
    for result in check.results:
        for outcome in result.outcomes:
            for step in outcome.steps:
                yield from step.citations
