"""The types of eligibility rules: what a jurisdiction's `rules.yaml` says, once it is read and found sound.

A rule book is data: fields that a record may have, effects that the law knows, and for each effect the rules by which an
entry reaches it. Conditions, events and lengths are small closed vocabularies; `app/conditions.py` and `app/periods.py`
give them their meaning. No waiting time stands in Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from corpus.model import Place, Span, Words

FieldType = Literal["date", "duration", "boolean", "number", "choice", "text"]
Scope = Literal["person", "entry", "sentence"]
Track = Literal["automatic", "petition", "immediate"]
Counting = Literal["from_day", "after_day"]
Which = Literal["others", "all", "earlier", "later", "same_case", "other_cases", "within"]


MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar period: whole months and days, as ISO 8601 writes it (`P22M`, `P7Y`, `P60D`)."""

    months: int
    days: int
    in_months: bool = field(default=False, compare=False)
    """The law counts it in months ("12 months", not "1 year")."""

    @property
    def size(self) -> float:
        """Comparable length in days; a month counts as a twelfth of 365.25 days."""
        return self.size_by(MONTH)

    def size_by(self, month: float) -> float:
        """Comparable length in days where a law counts a month as so many."""
        return self.months * month + self.days

    def __add__(self, other: Period) -> Period:
        return Period(self.months + other.months, self.days + other.days)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = ((years, "Y"), (months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a choice field may take."""

    value: str
    name: Words
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A fact that a record may state of a person, an entry or a sentence."""

    name: str
    scope: Scope
    type: FieldType
    label: Words
    question: Words
    help: Words | None
    choices: tuple[Choice, ...]

    def choice(self, value: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)


# -- conditions --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Literal_ = bool | str | float | Period | date


@dataclass(frozen=True, slots=True)
class Test:
    """A field compared with a literal: `is` (one of), `over`, `at_least`, `under`, `up_to`, `before`, `since`."""

    field: str
    op: Literal["is", "over", "at_least", "under", "up_to", "before", "since", "known"]
    values: tuple[Literal_, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Some, every or no sentence of the entry satisfies a condition."""

    quantifier: Literal["some", "every", "none"]
    where: Condition


@dataclass(frozen=True, slots=True)
class Entries:
    """How many entries of the record satisfy a condition."""

    where: Condition
    which: Which
    at_least: int | None
    at_most: int | None
    running: str | None
    """Only entries of which neither had reached this effect when the later of the two was made."""
    per_case: bool = False
    """Entries of one case count once."""


@dataclass(frozen=True, slots=True)
class Code:
    """The provision that was broken lies in one of these ranges, as the field `offence_code` names it."""

    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Age:
    """The person's age in years on the day of an event."""

    at: Event
    op: Literal["under", "at_least"]
    years: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length taken from the sentences compared with a period."""

    of: Span_
    op: Literal["over", "at_least", "under", "up_to"]
    period: Period


Condition = All | AnyOf | Not | Test | Sentences | Entries | Code | Age | Length

# -- lengths -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that the law names."""

    period: Period


@dataclass(frozen=True, slots=True)
class FromField:
    """A period that the record names, in a duration field."""

    field: str


@dataclass(frozen=True, slots=True)
class OfSentences:
    """A length over several sentences: `term` (consecutive ones added, concurrent ones not), `total` or `longest`."""

    how: Literal["term", "total", "longest"]
    where: Condition | None
    field: str = "length"
    """The duration field of a sentence that is counted."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Several lengths one after the other."""

    parts: tuple[Span_, ...]


@dataclass(frozen=True, slots=True)
class SumOverEntries:
    """A length taken for each entry that satisfies a condition, all added; nothing if there are fewer than `at_least`."""

    of: Span_
    entries: Entries
    at_least: int


Span_ = Fixed | FromField | OfSentences | Sum | SumOverEntries

# -- events ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class On:
    """The day that a date field names."""

    field: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the law names."""

    day: date


@dataclass(frozen=True, slots=True)
class Pick:
    """The latest or earliest of several events, or the first of them that the record knows."""

    how: Literal["latest", "earliest", "first_known"]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class If:
    """An event that counts only where a condition holds."""

    event: Event
    when: Condition


@dataclass(frozen=True, slots=True)
class Shift:
    """The day on which a length that begins with an event ends: `last_day` of it, or the day `after` it."""

    event: Event
    length: Span_
    to: Literal["last_day", "after"]


@dataclass(frozen=True, slots=True)
class Birthday:
    """The day on which the person reaches an age."""

    age: int


@dataclass(frozen=True, slots=True)
class OutcomeOf:
    """The day on which the same entry reaches an effect that stands earlier in the rule book."""

    effect: str


@dataclass(frozen=True, slots=True)
class OverEntries:
    """The n-th latest of an event over the entries that satisfy a condition."""

    event: Event
    where: Condition | None
    which: Which
    nth: int
    per_case: bool = False
    """Of entries of one case only the latest counts."""
    running: str | None = None
    """Only entries of which, beside this one, neither had reached this effect when the later of the two was made."""


@dataclass(frozen=True, slots=True)
class OverSentences:
    """The latest of an event over the sentences of the entry that satisfy a condition."""

    event: Event
    where: Condition | None


Event = On | Day | Pick | If | Shift | Birthday | OutcomeOf | OverEntries | OverSentences

# -- rules -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wait:
    """One row of the law's table of periods: which entry or sentence it is for, and when its time is over.

    Exactly one of: a `length` that begins with `start`; `until` (time is over on the day after the event); `on` (on the day).
    """

    id: str
    per: Literal["entry", "sentence"]
    when: Condition | None
    otherwise: bool
    length: Span_ | None
    start: Event | None
    until: Event | None
    on: Event | None
    counting: Counting
    pulls: bool
    label: Words | None
    authorities: tuple[str, ...]
    span: Span
    place: Place


@dataclass(frozen=True, slots=True)
class Bar:
    """A condition that shuts a rule for good."""

    id: str
    when: Condition
    because: Words
    authorities: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Hold:
    """A condition that keeps the effect back: until an event, or as long as the condition holds."""

    id: str
    when: Condition | None
    until: Event | None
    on: Event | None
    because: Words
    authorities: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Restart:
    """Another entry before the time is over makes the waiting time begin again at that entry's event."""

    where: Condition
    at: Event
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence shown with an outcome: a doubt, a practice that lags behind, a step to take."""

    text: Words
    when: Condition | None
    status: tuple[str, ...]
    authorities: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of the law from an entry to an effect."""

    id: str
    effect: str
    track: Track
    title: Words
    applies: Condition | None
    bars: tuple[Bar, ...]
    waits: tuple[Wait, ...]
    longest: bool
    """Several waits may hold at once and the longest counts; otherwise two that differ are an error."""
    restarts: tuple[Restart, ...]
    holds: tuple[Hold, ...]
    remarks: tuple[Remark, ...]
    next_steps: tuple[Remark, ...]
    authorities: tuple[str, ...]
    span: Span
    enacted: date
    """From this day people can know that the rule will come; before, it does not appear."""
    place: Place


@dataclass(frozen=True, slots=True)
class Together:
    """Entries whose times run at once end together, on the latest day (for instance Rehabilitation of Offenders Act 1974 s 6(4))."""

    running: str | None
    """Two entries meet if neither had reached this effect above when the later was made; `None`: the effect itself."""
    holding: Condition | None
    """Which entries hold others back."""
    held: Condition | None
    """Which entries are held back."""
    later: Condition | None
    """What the later of two entries must be for the pair to end together."""
    never_holds: Literal["none", "later", "all"]
    """Whether an entry that never reaches the effect keeps others from it: none, only later on earlier ones, or any."""
    because: Words
    authorities: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Effect:
    """What the law does with an entry, in its own word."""

    id: str
    name: Words
    meaning: Words
    event: Event
    """The day of an entry that counts when times of several entries are compared."""
    rules: tuple[Rule, ...]
    together: tuple[Together, ...]
    asks_itself: bool = False
    """A condition of it asks which entries are still running towards this very effect."""


@dataclass(frozen=True, slots=True)
class Consecutive:
    """Terms of several entries that follow one another count as one term (Rehabilitation of Offenders Act 1974 s 5(7)(a))."""

    where: Condition
    """Of which sentences this is so."""
    because: Words
    authorities: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of one jurisdiction, with the fields that its records may have."""

    jurisdiction: str
    fields: dict[str, Field]
    effects: tuple[Effect, ...]
    used: frozenset[tuple[str, str]]
    """Each choice field with the values on which a rule turns."""
    remarks: tuple[Remark, ...]
    checked_on: date
    reviewed_on: date | None
    place: Place
    month: float = MONTH
    """How many days a month counts where lengths are compared."""
    consecutive: tuple[Consecutive, ...] = ()
