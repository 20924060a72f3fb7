"""What the rules do with each entry of a record: which effect, by which way, from which day, and why.

The engine reads rules as data and names no jurisdiction. For each effect, in the order of the rule book, every rule that
may apply to an entry gives an outcome: a day within bounds, the reasons that lead to it, and the facts that are missing.

    assess ── each effect, until its days stand still (_at_rest)
                └─ each entry, each rule in force: ruling.ruled ── waiting_times.waited, restarted; bars; holds
                └─ outcomes of one way made one: outcome.merged
                └─ entries that end together: interactions.ended_together
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app import conditions, events, others, periods  # noqa: F401  (the first three give the forms their meaning)
from app.interactions import ended_together
from app.outcome import Outcome, merged, reached_day
from app.periods import Days
from app.record import Record
from app.ruling import ruled
from app.truth import When
from app.view import View
from corpus.rules import Effect, Rule, RuleBook


@dataclass(frozen=True, slots=True)
class _Case:
    """What is assessed, by which rules, as of which day, and the days reached so far."""

    record: Record
    book: RuleBook
    as_of: date
    reached: dict[str, Sequence[When]] = field(default_factory=dict)

    def views(self, effect: Effect) -> list[View]:
        """Each entry as the effect sees it, by what has been reached so far."""
        first = View(self.record, self.book, self.record.entries[0], None, effect.event, dict(self.reached))
        return [first.at(entry) for entry in self.record.entries]


def assess(record: Record, book: RuleBook, as_of: date) -> tuple[Outcome, ...]:
    """Every outcome of every entry under the rules in force on `as_of`, in the record's and the rule book's order.

    Raises `RuleConflict` where two rows of the rule book collide.
    """
    case = _Case(record, book, as_of)
    by_effect = [_at_rest(effect, case) for effect in book.effects]
    return tuple(outcome for entry in record.entries for found in by_effect for outcome in found[entry.number])


def reached_days(record: Record, outcomes: Sequence[Outcome]) -> dict[str, Sequence[When]]:
    """For each effect among the outcomes the day of each entry, in the record's order."""
    by_place: dict[str, dict[str, list[Outcome]]] = {}
    for outcome in outcomes:
        by_place.setdefault(outcome.effect.id, {}).setdefault(outcome.entry, []).append(outcome)
    return {
        effect: [reached_day(by_entry.get(entry.id, ())) for entry in record.entries]
        for effect, by_entry in by_place.items()
    }


def _at_rest(effect: Effect, case: _Case) -> list[list[Outcome]]:
    """The outcomes of an effect for each entry, noted in `case.reached`.

    Where a condition asks which entries are still on the way to this very effect (`running:`), the answer depends on the
    outcomes themselves. At first no entry is taken to run; every entry that is found to run can only lengthen others, so
    that the days grow until they stand still.
    """
    outcomes: list[list[Outcome]] = []
    for _ in range(2 * len(case.record.entries) + 2):
        outcomes = _outcomes(effect, case)
        before = case.reached.get(effect.id)
        case.reached[effect.id] = [reached_day(own) for own in outcomes]
        if not effect.asks_itself or case.reached[effect.id] == before:
            break
    return outcomes


def _outcomes(effect: Effect, case: _Case) -> list[list[Outcome]]:
    """The outcomes of an effect for each entry, by what has been reached so far."""
    views, rules = case.views(effect), list(_in_force(effect.rules, case.as_of))
    outcomes: list[list[Outcome]] = []
    pulls: list[Days | None] = []
    for view in views:
        assessed = [found for rule in rules if (found := ruled(rule, effect, view, case.as_of))]
        outcomes.append(merged([outcome for outcome, _ in assessed]))
        pulling = [pull for _, pull in assessed if pull is not None]
        pulls.append(periods.latest(*pulling) if pulling else None)
    for together in effect.together:
        if together.span.holds_on(case.as_of):
            outcomes = ended_together(together, effect, views, outcomes, pulls)
    return outcomes


def _in_force(rules: Sequence[Rule], as_of: date) -> Iterator[Rule]:
    """Each rule in the version of the day; a rule that is enacted for later counts if no version of it is in force."""
    for rule in rules:
        if rule.span.holds_on(as_of):
            yield rule
        elif rule.span.first is not None and rule.span.first > as_of >= rule.enacted:
            others = [other for other in rules if other.id == rule.id and other is not rule]
            if not any(other.span.holds_on(as_of) for other in others):
                first = min(
                    [rule, *others],
                    key=lambda r: r.span.first or date.min if (r.span.first or date.min) > as_of else date.max,
                )
                if first is rule:
                    yield rule
