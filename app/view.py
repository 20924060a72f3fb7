"""What a condition looks at: a record, one entry of it, perhaps one sentence, and the results reached before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.periods import Days
from app.record import Entry, Record, Sentence, Value
from app.truth import Missing, When
from corpus import rules
from corpus.rules import Event, RuleBook

_CONVICTION = rules.On("conviction_date")


@dataclass(slots=True)
class Memo:
    """What has been worked out already, so that nothing is worked out twice."""

    facts: dict[Any, Any]
    """By form and place, what rests on stated facts alone: it holds for all effects."""
    lap: dict[Any, Any] = field(default_factory=dict)
    """What rests on the day that an effect compares, or on days reached: it holds until one of these changes."""


@dataclass(slots=True, eq=False)
class View:
    """One place in a record from which a condition, an event or a length is read. Not changed once it is made."""

    record: Record
    book: RuleBook
    entry: Entry
    sentence: Sentence | None = None
    effect_event: Event = _CONVICTION
    reached: Mapping[str, Sequence[When]] | None = None
    """For each effect above, and the effect itself as far as it is known: the day of each entry in the record's order, and
    what it depends on."""
    window: Days | None = None
    """From the earliest start to the latest end of the entry's own waiting time, where a condition asks `within`."""
    surely: Days | None = None
    """From the latest start to the earliest end of it."""
    memo: Memo = field(init=False, repr=False)
    place: str = field(init=False, repr=False)
    """Where the view stands in the record."""

    def __post_init__(self) -> None:
        self.memo = Memo(self.record.known.setdefault(id(self.book), {}))
        self.place = self.sentence.path if self.sentence else self.entry.path

    def at(self, entry: Entry) -> View:
        """The same view of another entry."""
        key = (entry.path, self.window, self.surely)
        found: View | None = self.memo.lap.get(key)
        if found is None:
            found = self.memo.lap[key] = self._seen_from(entry, None, self.window, self.surely)
        return found

    def of(self, sentence: Sentence) -> View:
        """The same view of one sentence of the entry."""
        key = (sentence.path, self.window, self.surely)
        found: View | None = self.memo.lap.get(key)
        if found is None:
            found = self.memo.lap[key] = self._seen_from(self.entry, sentence, self.window, self.surely)
        return found

    def waiting(self, window: Days, surely: Days) -> View:
        """The same view with the entry's waiting time."""
        return self._seen_from(self.entry, self.sentence, window, surely)

    def _seen_from(self, entry: Entry, sentence: Sentence | None, window: Days | None, surely: Days | None) -> View:
        view = object.__new__(View)
        view.record, view.book, view.memo = self.record, self.book, self.memo
        view.effect_event, view.reached = self.effect_event, self.reached
        view.entry, view.sentence, view.window, view.surely = entry, sentence, window, surely
        view.place = sentence.path if sentence else entry.path
        return view

    def value(self, name: str) -> tuple[Value | None, Missing]:
        """The stated fact, or `None` with the place where it is missing."""
        scope = self.book.fields[name].scope
        if scope == "person":
            return self.record.facts.get(name), Missing(name, name)
        if scope == "entry" or self.sentence is None:
            return self.entry.facts.get(name), Missing(f"{self.entry.path}.{name}", name)
        return self.sentence.facts.get(name), Missing(f"{self.sentence.path}.{name}", name)
