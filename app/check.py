"""Check a record: read it, assess it by the rules, and say the result entry by entry with reasons and what is missing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.check_words import day_text, days_text, event_text, period_text, say
from app.dated import rule_notes
from app.eligibility import assess, reached_days
from app.errors import InputError
from app.meaning import evaluate
from app.outcome import Outcome, Reason
from app.periods import Days
from app.record import Entry, Record, read_record
from app.stretches import Moment, Stretch, moments, stretches
from app.truth import Missing, When
from app.view import View
from corpus.rules import Effect, Event, If, Remark, RuleBook

Status = Literal["reached", "future", "never", "not_covered", "needs_information"]
_SENTENCES_QUESTION = {
    "en": "Which sentences or orders were passed for this entry?",
    "de": "Welche Strafen oder Maßnahmen wurden für diesen Eintrag verhängt?",
    "zh": "就本记录判处了哪些刑罚或措施?",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One reason, with the provisions that it rests on."""

    text: str
    citations: tuple[str, ...]
    url: str = ""

    def to_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"text": self.text, "citations": list(self.citations)}
        return shown | ({"url": self.url} if self.url else {})


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is missing: where it belongs in the record, its field, and the question to ask."""

    path: str
    field: str
    question: str

    def to_json(self) -> dict[str, str]:
        return {"field": self.path, "question": self.question}


@dataclass(frozen=True, slots=True)
class Result:
    """One outcome of one entry, in words."""

    effect: str
    effect_name: str
    meaning: str
    track: str
    rules: tuple[str, ...]
    title: str
    status: Status
    date: datetime.date | None
    not_before: datetime.date | None
    not_after: datetime.date | None
    steps: tuple[Step, ...]
    missing: tuple[Question, ...]
    next_steps: tuple[Step, ...]
    stretches: tuple[Stretch, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "effect": self.effect,
            "effect_name": self.effect_name,
            "meaning": self.meaning,
            "track": self.track,
            "rules": list(self.rules),
            "title": self.title,
            "status": self.status,
            "date": _iso(self.date),
            "not_before": _iso(self.not_before),
            "not_after": _iso(self.not_after),
            "steps": [step.to_json() for step in self.steps],
            "missing": [question.to_json() for question in self.missing],
            "next_steps": [step.to_json() for step in self.next_steps],
        }


@dataclass(frozen=True, slots=True)
class EntryResult:
    """All outcomes of one entry."""

    entry: str
    label: str
    outcomes: tuple[Result, ...]
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to a record."""

    jurisdiction: str
    as_of: date
    language: str
    results: tuple[EntryResult, ...]
    notes: tuple[Step, ...] = field(default=())
    changes: tuple[str, ...] = ()
    """Rules applied that changed shortly before the day, or change later."""

    def to_json(self) -> dict[str, Any]:
        return {
            "jurisdiction": self.jurisdiction,
            "as_of": self.as_of.isoformat(),
            "results": [
                {"entry": result.entry, "label": result.label, "outcomes": [o.to_json() for o in result.outcomes]}
                for result in self.results
            ],
            "notes": [*(note.text for note in self.notes), *self.changes],
        }


def check_record(raw: Any, books: Mapping[str, RuleBook], as_of: date, language: str = "en") -> Check:
    """What the law of the record's jurisdiction does with each entry. Raises `InputError` or `RuleConflict`."""
    record = read_record(raw, books)
    _not_after(record, as_of)
    book = books[record.jurisdiction]
    outcomes = assess(record, book, as_of)
    teller = _Teller(record, book, as_of, language, reached_days(record, outcomes))
    weights = Counter(m.field for outcome in outcomes if not outcome.never for m in outcome.missing)
    results = tuple(
        EntryResult(
            entry.id,
            _label(entry),
            teller.results(entry, [o for o in outcomes if o.entry == entry.id], weights),
            moments(entry, book, language),
        )
        for entry in record.entries
    )
    named = {outcome.effect.id for outcome in outcomes}
    changes = rule_notes((effect for effect in book.effects if effect.id in named), as_of, language)
    return Check(record.jurisdiction, as_of, language, results, teller.notes(), tuple(changes))


def _not_after(record: Record, as_of: date) -> None:
    """A record speaks of the past: what was made after the day that is asked about cannot be judged by it."""
    for entry in record.entries:
        for name in ("conviction_date", "given_on", "disposition_date"):
            value = entry.facts.get(name)
            if isinstance(value, Days) and value.first > as_of:
                raise InputError(
                    f"{entry.path}.{name}: lies after {as_of.isoformat()}, the day asked about; correct it, or ask as of a later day"
                )


class _Teller:
    """Puts outcomes into words."""

    def __init__(
        self, record: Record, book: RuleBook, as_of: date, language: str, reached: Mapping[str, Sequence[When]]
    ) -> None:
        self.record, self.book, self.as_of, self.language, self.reached = record, book, as_of, language, reached

    def notes(self) -> tuple[Step, ...]:
        view = View(self.record, self.book, self.record.entries[0])
        return self._remarks(self.book.remarks, view, None)

    def results(self, entry: Entry, outcomes: Sequence[Outcome], weights: Counter[str]) -> tuple[Result, ...]:
        if not outcomes:
            return (self._no_rule(),)
        return tuple(self._result(entry, outcome, weights) for outcome in outcomes)

    def _no_rule(self) -> Result:
        effect = self.book.effects[0]
        step = Step(say("no_rule", self.language), ())
        return Result(
            effect.id, self._name(effect), effect.meaning.in_language(self.language), effect.rules[0].track, (), "",
            "not_covered", None, None, None, (step,), (), (),
        )  # fmt: skip

    def _name(self, effect: Effect) -> str:
        return effect.name.in_language(self.language)

    def _result(self, entry: Entry, outcome: Outcome, weights: Counter[str]) -> Result:
        status = _status(outcome, self.as_of)
        view = View(self.record, self.book, entry, None, outcome.effect.event, self.reached)
        exact = outcome.days.exact and status in ("reached", "future") and not outcome.held_open
        bounds = outcome.days if status != "never" else Days()
        return Result(
            effect=outcome.effect.id,
            effect_name=self._name(outcome.effect),
            meaning=outcome.effect.meaning.in_language(self.language),
            track=outcome.rules[0].track,
            rules=tuple(rule.id for rule in outcome.rules),
            title="; ".join(rule.title.in_language(self.language) for rule in outcome.rules),
            status=status,
            date=outcome.days.first if exact else None,
            not_before=bounds.first if bounds.first > date.min else None,
            not_after=bounds.last if bounds.last < date.max else None,
            steps=self._steps(outcome, view, status),
            missing=() if status == "never" or exact else self._questions(outcome, weights),
            next_steps=self._next_steps(outcome, view, status),
            stretches=() if status == "never" else stretches(outcome),
        )

    def _steps(self, outcome: Outcome, view: View, status: Status) -> tuple[Step, ...]:
        frame = "applies" if outcome.surely_applies else "may_apply"
        steps = [
            Step(say(frame, self.language, title=rule.title.in_language(self.language)), rule.authorities)
            for rule in outcome.rules
        ]
        steps += [self._reason(reason, view) for reason in outcome.reasons]
        for rule in outcome.rules:
            steps += self._remarks(rule.remarks, view, status)
        return tuple(steps)

    def _next_steps(self, outcome: Outcome, view: View, status: Status) -> tuple[Step, ...]:
        steps = (step for rule in outcome.rules for step in self._remarks(rule.next_steps, view, status))
        return tuple(dict.fromkeys(steps))

    def _remarks(self, remarks: Sequence[Remark], view: View, status: Status | None) -> tuple[Step, ...]:
        return tuple(
            Step(remark.text.in_language(self.language), remark.authorities, remark.url)
            for remark in remarks
            if (not remark.status or status in remark.status) and evaluate(remark.when, view).holds is not False
        )

    def _event(self, event: Event, view: View) -> str:
        def counts(part: Event) -> bool:
            return not (isinstance(part, If) and evaluate(part.when, view).holds is False)

        return event_text(event, self.book, self.language, counts)

    def _reason(self, reason: Reason, view: View) -> Step:
        label = reason.words.in_language(self.language) if reason.words else ""
        values: dict[str, object] = {
            "label": f"{label}: " if label and self.language != "zh" else f"{label}:" if label else "",
            "words": label,
            "other": reason.other,
            "period": period_text(reason.period, self.language) if reason.period else "",
            "event": self._event(reason.start_event, view) if reason.start_event else "",
            "start": days_text(reason.start, self.language) if reason.start else "",
            "day": days_text(reason.day, self.language) if reason.day else "",
        }
        frame = reason.kind
        if frame == "held" and reason.day and not reason.day.never and reason.day.first > date.min:
            values["day"] = day_text(reason.day.first, self.language)
        elif frame == "wait" and reason.period and reason.day == Days():
            frame = "wait_unknown"
        if frame == "wait" and not reason.period:
            frame = "day" if reason.day and reason.day.exact else "wait_open"
            frame = "never_comes" if reason.day and reason.day.never else frame
        return Step(say(frame, self.language, **values), reason.authorities)

    def _questions(self, outcome: Outcome, weights: Counter[str]) -> tuple[Question, ...]:
        """The missing facts, first those on which most outcomes of the record depend."""
        ordered = sorted(outcome.missing, key=lambda missing: -weights[missing.field])
        return tuple(Question(m.path, m.field, self._question(m)) for m in ordered)

    def _question(self, missing: Missing) -> str:
        if missing.field == "sentences":
            return _SENTENCES_QUESTION[self.language]
        return self.book.fields[missing.field].question.in_language(self.language)


def _status(outcome: Outcome, as_of: date) -> Status:
    """Reached or future where the bounds of the day settle it, whatever else is unknown."""
    if outcome.never or outcome.days.never:
        return "never"
    if outcome.may_be_barred or not outcome.surely_applies:
        return "needs_information"
    if outcome.days.last <= as_of:
        return "reached"
    if outcome.days.first > as_of and (outcome.days.bounded or outcome.held_open):
        return "future"
    return "future" if outcome.held_open else "needs_information"


def _label(entry: Entry) -> str:
    offence = entry.facts.get("offence")
    return str(offence) if isinstance(offence, str) else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
