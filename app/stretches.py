"""The stretches of time behind an outcome, for the picture: the period of the law, and what lengthens it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.outcome import Outcome
from app.periods import Days
from app.record import Entry
from corpus.rules import RuleBook


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` to `last`; kind: `period` (runs by the law), `longer` (what comes on top of it)."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the record itself, by the label of its field; between `first` and `last` where it is known roughly."""

    label: str
    first: date
    last: date


def moments(entry: Entry, book: RuleBook, language: str) -> tuple[Moment, ...]:
    """The days that an entry states (offence, conviction, release …), in order of time."""
    stated = (_moment(name, value, book, language) for facts in _facts(entry) for name, value in facts.items())
    return tuple(sorted({one for one in stated if one is not None}, key=lambda one: (one.first, one.label)))


def _facts(entry: Entry) -> Iterator[Mapping[str, object]]:
    yield entry.facts
    yield from (sentence.facts for sentence in entry.sentences or ())


def _moment(name: str, value: object, book: RuleBook, language: str) -> Moment | None:
    if not isinstance(value, Days) or not value.bounded:
        return None
    return Moment(book.fields[name].label.in_language(language), value.first, value.last)


def stretches(outcome: Outcome) -> tuple[Stretch, ...]:
    """The longest period that runs for an outcome, then what other entries and holds put on top; empty where no day is known."""
    waits = [
        Stretch("period", reason.start.first, reason.day.first)
        for reason in outcome.reasons
        if reason.start and reason.day and reason.start.bounded and date.min < reason.day.first < date.max
    ]
    if not waits:
        return ()
    first = max(waits, key=lambda one: one.last)
    end = outcome.days.first
    longer = first.last < end < date.max
    return (first, Stretch("longer", first.last, end)) if longer else (first,)
