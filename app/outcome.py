"""What one rule does with one entry, and what several outcomes come to together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app import periods
from app.periods import NEVER, Days
from app.truth import Missing, When, once
from corpus.model import Words
from corpus.rules import Effect, Event, Period, Rule


@dataclass(frozen=True, slots=True)
class Reason:
    """One step on the way to a result, with its authorities.

    kind: `wait` · `restart` · `extended` · `held` · `held_open` · `barred` · `floor` · `clear`.
    """

    kind: str
    authorities: tuple[str, ...]
    words: Words | None = None
    period: Period | None = None
    start: Days | None = None
    start_event: Event | None = None
    day: Days | None = None
    other: str = ""
    """The id of the other entry that acts on this one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule does with one entry."""

    entry: str
    effect: Effect
    rules: tuple[Rule, ...]
    days: Days
    """The first day of the effect, within bounds."""
    never: bool
    held_open: bool
    """Something that is the case now keeps the effect back for an unknown time."""
    surely_applies: bool
    may_be_barred: bool
    """Whether the rule shuts the entry out is unknown."""
    missing: tuple[Missing, ...]
    reasons: tuple[Reason, ...]

    @property
    def settled(self) -> bool:
        """No missing fact can change the outcome."""
        return self.never or (self.surely_applies and not self.missing)

    @property
    def comes(self) -> Days:
        """The day of the effect, with "never" among its bounds where the rule may not give it at all."""
        if self.never:
            return NEVER
        open_end = self.may_be_barred or not self.surely_applies
        return Days(self.days.first, date.max) if open_end else self.days


def merged(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes that are open only because it is unknown which rule of a track applies become one, with the widest bounds."""
    sure = [outcome for outcome in outcomes if outcome.surely_applies]
    merged: list[Outcome] = list(sure)
    for track in dict.fromkeys(o.rules[0].track for o in outcomes if not o.surely_applies):
        open_ = [o for o in outcomes if not o.surely_applies and o.rules[0].track == track]
        possible = [o for o in open_ if not o.never] or open_[:1]
        first = possible[0]
        merged.append(
            replace(
                first,
                rules=tuple(o.rules[0] for o in possible),
                days=Days(min(o.days.first for o in possible), max(o.days.last for o in possible)),
                held_open=all(o.held_open for o in possible),
                missing=once(m for o in possible for m in o.missing),
                reasons=first.reasons if len(possible) == 1 else (),
            )
        )
    return sorted(merged, key=lambda o: o.never)


def earliest_of(outcomes: Sequence[Outcome]) -> Days:
    """The first day on which any of the outcomes gives the effect; never where there is none."""
    return periods.earliest(*(outcome.comes for outcome in outcomes)) if outcomes else NEVER


def reached_day(outcomes: Sequence[Outcome]) -> When:
    """The first day of the effect as an event for the effects below, with the facts that would narrow it."""
    days = earliest_of(outcomes)
    missing = () if days.exact else once(m for outcome in outcomes for m in outcome.missing)
    return When(days, missing, held_open=bool(outcomes) and all(outcome.held_open for outcome in outcomes))
