"""What the law does with the facts that a question tells: the check of that record, as statements and questions of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.check import Check, Result, Step, check_record
from app.check_words import day_text, say
from app.errors import InputError
from app.field_words import in_plain_words, without_hint
from app.model import Statement
from app.phrases import PHRASES, phrase
from app.told import ToldRecord, read_told
from app.told_ordinary import suppose
from app.told_words import entry_name, facts_text
from corpus.rules import RuleBook

MOST_OUTCOMES = 4
MOST_STEPS = 3
MOST_QUESTIONS = 4
_ORDER = ("reached", "future", "needs_information", "never", "not_covered")
_TRACKS = ("immediate", "automatic", "petition")


@dataclass(frozen=True, slots=True)
class Applied:
    """The facts of a question put through the rules of one place."""

    record: Mapping[str, Any]
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]
    settled: bool
    """Whether every entry's day is known and nothing is missing for its best outcome."""

    @property
    def useful(self) -> bool:
        """Whether something is said of the facts."""
        return bool(self.statements)


def apply(question: str, book: RuleBook, place: str, as_of: date, language: str) -> Applied | None:
    """The outcome for the facts that `question` tells; `None` if it tells none, or contradictory ones."""
    told = read_told(question, book, as_of, language)
    if told is None:
        return None
    try:
        check = in_plain_words(check_record(told.record, {book.jurisdiction: book}, as_of, language), book, language)
    except InputError as error:
        note = phrase("facts_contradict", language, fault=str(error))
        return Applied(told.record, (), (note,), False)
    return _Teller(question, told, book, check, place).applied()


class _Teller:
    """Puts a check of told facts into statements and notes."""

    def __init__(self, question: str, told: ToldRecord, book: RuleBook, check: Check, place: str) -> None:
        self.told, self.book, self.check, self.place = told, book, check, place
        self.language = check.language
        self.asked = _stems(question)
        self.ordinary = suppose(told.record, book, check) if told.dated else None
        self.ranked = [(entry, sorted(entry.outcomes, key=self._rank)) for entry in check.results]

    def applied(self) -> Applied:
        questions = self._questions()
        facts = facts_text(self.told, self.book, self.place, self.language)
        notes = [phrase("understood", self.language, facts=facts)]
        if self.told.inferred:
            notes.append(phrase("inferred", self.language, offence=", ".join(self.told.inferred)))
        if questions:
            asked = ("" if self.language == "zh" else " ").join(questions)
            notes.append(phrase("still_needed", self.language, questions=asked))
        statements = dict.fromkeys(self._statements()) if self.told.dated else {}
        settled = all(one[0].status in ("reached", "future", "never") for _, one in self.ranked if one)
        return Applied(self.told.record, tuple(statements), tuple(notes), self.told.dated and settled)

    def _rank(self, outcome: Result) -> tuple[int, int, int, int, date]:
        """What was asked about first, then what is surest, comes without an application, and is earliest."""
        wanted = len(self.asked & _stems(outcome.effect_name))
        day = outcome.date or outcome.not_before or date.max
        status = _ORDER.index(outcome.status)
        if outcome.status == "needs_information" and self._supposed(outcome) is None:
            status += 1
        effect = next(n for n, one in enumerate(self.book.effects) if one.id == outcome.effect)
        return -wanted, status, _TRACKS.index(outcome.track), effect, day

    def _supposed(self, outcome: Result) -> Result | None:
        """What becomes of an open outcome in the ordinary case."""
        if self.ordinary is None or not (outcome.status == "needs_information" or _is_range(outcome)):
            return None
        return self.ordinary.outcome(self._entry_of(outcome), outcome)

    def _entry_of(self, outcome: Result) -> str:
        return next(one.entry for one in self.check.results if any(outcome is other for other in one.outcomes))

    def _statements(self) -> Iterator[Statement]:
        for number, (_, outcomes) in enumerate(self.ranked):
            name = entry_name(self.told.record["entries"][number], self.book, self.language)
            shown = [o for o in outcomes if o.status != "not_covered" and _cited(o)]
            doors = {o.effect for o in shown if o.status not in ("never", "not_covered")}
            shown = [o for o in shown if o.status != "never" or o.effect not in doors]
            shown = self._without_doubles(shown)[:MOST_OUTCOMES]
            for outcome in shown:
                text = f"{name}{_DASH[self.language]}{outcome.effect_name}{_COLON[self.language]}{self._said(outcome)}"
                text = text[:1].upper() + text[1:]
                text = text if text.endswith((".", "。")) else text + ("。" if self.language == "zh" else ".")
                yield Statement(text, self.check.jurisdiction, _cited(outcome), quote=False)
            for step in self._reasons(shown):
                yield Statement(step.text, self.check.jurisdiction, step.citations, quote=False)

    def _without_doubles(self, outcomes: Sequence[Result]) -> list[Result]:
        """Without further ways to an effect that is settled by another rule on the same track, or in the ordinary case."""
        settled = {o.effect: o for o in reversed(outcomes) if self._settled(o)}
        return [
            o
            for o in outcomes
            if o.effect not in settled
            or o is settled[o.effect]
            or (o.track != settled[o.effect].track and not self._vanished(o))
        ]

    def _vanished(self, outcome: Result) -> bool:
        open_ = self.ordinary is not None and outcome.status == "needs_information"
        return self.ordinary is not None and open_ and self.ordinary.vanished(self._entry_of(outcome), outcome)

    def _settled(self, outcome: Result) -> bool:
        return outcome.status in ("reached", "future") or self._supposed(outcome) is not None

    def _said(self, outcome: Result) -> str:
        """When an outcome comes; if facts are missing, when it comes in the ordinary case, with what that supposes."""
        supposed = self._supposed(outcome)
        if self.ordinary is not None and supposed is None and self._vanished(outcome):
            assumed = self.ordinary.words(self._entry_of(outcome), outcome, self.book, self.language)
            return (
                phrase("told_only", self.language, title=outcome.title, assumed=assumed)
                if assumed
                else self._when(outcome)
            )
        if self.ordinary is None or supposed is None:
            return self._when(outcome)
        assumed = self.ordinary.words(self._entry_of(outcome), outcome, self.book, self.language)
        said = self._when(supposed).rstrip(".。")
        return phrase("told_provided", self.language, said=said, assumed=assumed) if assumed else said

    def _when(self, outcome: Result) -> str:
        key, values = _frame(outcome, self.check.as_of, self.language)
        if outcome.track == "petition" and f"{key}_petition" in PHRASES:
            key += "_petition"
        track = phrase(f"track_{outcome.track}", self.language)
        because = next((step.text for step in self._own_steps(outcome)), "")
        return phrase(key, self.language, track=track, title=outcome.title, because=because, **values)

    def _own_steps(self, outcome: Result) -> Iterator[Step]:
        """The reasons of an outcome without the frames that only name the rule."""
        empty = {
            say(frame, self.language, title=title)
            for frame in ("clear", "applies", "may_apply")
            for title in outcome.title.split("; ")
        }
        return (step for step in outcome.steps if step.citations and step.text not in empty)

    def _reasons(self, outcomes: Sequence[Result]) -> list[Step]:
        """Why the first outcome is as it is, and what to do."""
        if not outcomes:
            return []
        first = self._supposed(outcomes[0]) or outcomes[0]
        steps = [step for step in self._own_steps(first) if first.status != "never"][:MOST_STEPS]
        return steps + [step for step in first.next_steps if step.citations][:1]

    def _questions(self) -> list[str]:
        """What is missing for the outcomes that are not settled, each question once, those of the first outcomes first."""
        asked: dict[str, None] = {}
        several = len(self.ranked) > 1
        for entry, outcomes in self.ranked:
            for outcome in outcomes:
                for question in outcome.missing if outcome.status == "needs_information" else ():
                    text = without_hint(question.question)
                    asked.setdefault(f"({entry.entry}) {text}" if several else text)
        more = len(asked) - MOST_QUESTIONS
        rest = [phrase("more_questions", self.language, number=more)] if more > 0 else []
        return list(asked)[:MOST_QUESTIONS] + rest


_DASH = {"en": " – ", "de": " – ", "zh": " — "}
_COLON = {"en": ": ", "de": ": ", "zh": "："}


def _stems(text: str) -> set[str]:
    """Beginnings of the longer words of a text, two characters each in Chinese: enough to see which effect is asked about."""
    return {word.removeprefix("ge")[:4] for word in re.findall(r"[a-zäöüß]{5,}", text.lower())} | {
        text[i : i + 2] for i in range(len(text) - 1) if "一" <= text[i] <= "鿿" and "一" <= text[i + 1] <= "鿿"
    }


def _is_range(outcome: Result) -> bool:
    """Whether an outcome that is to come has no exact day yet."""
    return outcome.status == "future" and outcome.date is None


def _cited(outcome: Result) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for step in outcome.steps[:4] for c in step.citations))[:4]


def _frame(outcome: Result, as_of: date, language: str) -> tuple[str, dict[str, str]]:
    """Which frame says the day of an outcome, and the days that fill it."""
    first, last = outcome.not_before, outcome.not_after
    shown = {
        "day": day_text(outcome.date, language) if outcome.date else "",
        "first": day_text(first, language) if first else "",
        "last": day_text(last, language) if last else "",
    }
    match outcome.status:
        case "reached":
            return ("told_reached" if outcome.date else "told_reached_by"), shown
        case "future" if outcome.date:
            return "told_future", shown
        case "future":
            return ("told_future_between" if first and last else "told_future_open"), shown
        case "never":
            return "told_never", shown
    if last and last <= as_of:
        return "told_if_reached_by", shown
    if first and first > as_of:
        return "told_if_not_before", shown
    return ("told_between" if first and last else "told_if_from" if first else "told_open"), shown
