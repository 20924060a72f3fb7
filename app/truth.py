"""True, false or unknown, never a guess: every result carries the facts that it lacked.

Unknown survives `both` and `either`: a false part settles the one, a true part the other, whatever is unknown beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from app.periods import Days, Lengths


class Missing(NamedTuple):
    """A fact that the record does not state: where it would stand, and the name of its field."""

    path: str
    field: str


class Truth(NamedTuple):
    """A three-valued result: `holds` is `None` where it is unknown, and `missing` says for want of which facts."""

    holds: bool | None
    missing: tuple[Missing, ...] = ()


class When(NamedTuple):
    """A day within bounds, and the facts that would narrow them. `applies` is false for an event that there never was."""

    days: Days
    missing: tuple[Missing, ...] = ()
    applies: bool = True
    held_open: bool = False
    """Something that is the case now keeps the event back for an unknown time."""


class HowLong(NamedTuple):
    """A length within bounds, and the facts that would narrow them."""

    lengths: Lengths
    missing: tuple[Missing, ...] = ()


HOLDS = Truth(True)
FAILS = Truth(False)


def both(truths: Iterable[Truth]) -> Truth:
    """All of them hold."""
    unknown: list[Truth] = []
    for truth in truths:
        if truth.holds is False:
            return FAILS
        if truth.holds is None:
            unknown.append(truth)
    if not unknown:
        return HOLDS
    return (
        unknown[0]
        if len(unknown) == 1
        else Truth(None, once(chain.from_iterable([truth.missing for truth in unknown])))
    )


def either(truths: Iterable[Truth]) -> Truth:
    """At least one of them holds."""
    return negated(both(negated(truth) for truth in truths))


def negated(truth: Truth) -> Truth:
    """It does not hold."""
    return truth if truth.holds is None else FAILS if truth.holds else HOLDS


def once(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """Each missing fact once, in the order of the first."""
    return tuple(dict.fromkeys(missing))


def before_day(one: Days, other: Days) -> bool | None:
    """Whether `one` lies before `other`; `None` where their bounds leave it open."""
    if one.last < other.first:
        return True
    return False if one.first >= other.last else None


def ordered(op: str, least: float, most: float, bound: float, missing: tuple[Missing, ...]) -> Truth:
    """Whether a number between `least` and `most` is `over`, `at_least`, `under` or `up_to` a bound."""
    match op:
        case "over":
            low, high = least > bound, most > bound
        case "at_least":
            low, high = least >= bound, most >= bound
        case "under":
            low, high = most < bound, least < bound
        case _:
            low, high = most <= bound, least <= bound
    return HOLDS if low else Truth(None, missing) if high else FAILS
