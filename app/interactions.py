"""How the times of several entries act on each other: entries that run at once may have to end together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app import periods
from app.meaning import evaluate, event
from app.others import still_running
from app.outcome import Outcome, Reason, earliest_of
from app.periods import NEVER, Days
from app.truth import FAILS, Missing, Truth, before_day, both, either, once
from app.view import View
from corpus.rules import Effect, Together


@dataclass(frozen=True, slots=True)
class End:
    """When the time of an entry ends, and what it may do to others."""

    id: str
    made: Days
    """The day of the entry, for instance of the conviction."""
    end: Days
    pull: Days | None
    """The end of that part of its time which holds others back; `None` where no part does."""
    never: bool
    holding: Truth
    held: Truth
    later: Truth
    """Whether it may be the later one of a pair that ends together."""
    lacking: tuple[Missing, ...] = ()
    """The facts that would narrow its end."""


@dataclass(frozen=True, slots=True)
class Held:
    """The end of an entry's time after all others have acted on it."""

    end: Days
    by: tuple[str, ...]
    """The entries that moved it."""
    missing: tuple[Missing, ...]


def end_together(
    entries: Sequence[End],
    never_holds: Literal["none", "later", "all"],
    meet: Sequence[Sequence[Truth]] | None = None,
) -> list[Held]:
    """Each entry's end, after every pair of entries whose times overlap has been made to end on the later day.

    Two times overlap if the later entry was made before the earlier one's time was over. Extensions act on: an entry held
    by a second is still running when a third is made. Bounds: the earliest end grows with what surely overlaps, the latest
    with what may. `meet` says of each two entries whether they meet, where that does not lie in their times.
    """
    state = list(entries)
    shut = [FAILS] * len(state)
    by: list[dict[str, None]] = [{} for _ in entries]
    missing: list[dict[Missing, None]] = [{} for _ in entries]
    changed = True
    while changed:
        changed = False
        for one in range(len(state)):
            for other in range(len(state)):
                if one == other or not _may_hold(state[other], state[one], never_holds):
                    continue
                overlap = meet[one][other] if meet else _overlap(state[one], state[other])
                moved, closed = _acted_on(state[one], shut[one], state[other], overlap)
                if moved != state[one] or closed != shut[one]:
                    lacking = (*_lacking(state[one], state[other]), *overlap.missing)
                    state[one], shut[one] = moved, closed
                    by[one][state[other].id] = None
                    missing[one].update(dict.fromkeys(lacking))
                    changed = True
    ends = [_shut_out(entry.end, closed) for entry, closed in zip(state, shut, strict=True)]
    return [Held(end, tuple(names), tuple(lacks)) for end, names, lacks in zip(ends, by, missing, strict=True)]


def _acted_on(held: End, shut: Truth, holder: End, overlap: Truth) -> tuple[End, Truth]:
    """The held entry after the holder has acted: its end moved, or, by a holder that never ends, itself shut out.

    Shutting out leaves the entry's own time as it is: it acts on further entries by that time alone.
    """
    if not holder.never:
        return _moved(held, holder, overlap), shut
    holds = _holds(held, holder, overlap)
    if shut.holds is True or holds is False:
        return held, shut
    return held, Truth(holds)


def _shut_out(end: Days, shut: Truth) -> Days:
    return end if shut.holds is False else NEVER if shut.holds else Days(end.first, NEVER.last)


def _may_hold(holder: End, held: End, never_holds: str) -> bool:
    if held.never or holder.pull is None or holder.holding.holds is False or held.held.holds is False:
        return False
    if not holder.never or never_holds == "all":
        return True
    return never_holds == "later" and before_day(holder.made, held.made) is not True


def _moved(held: End, holder: End, overlap: Truth) -> End:
    assert holder.pull is not None
    holds = _holds(held, holder, overlap)
    if holds is False:
        return held
    first = max(held.end.first, holder.pull.first) if holds else held.end.first
    end = Days(first, max(held.end.last, holder.pull.last))
    if end == held.end:
        return held
    pull = None if held.pull is None else Days(max(held.pull.first, end.first), max(held.pull.last, end.last))
    return replace(held, end=end, pull=pull)


def _holds(held: End, holder: End, overlap: Truth) -> bool | None:
    """Whether the one holds the other: their times overlap, and each is of a kind that ends together."""
    return both((overlap, _later(held, holder), holder.holding, held.held)).holds


def _overlap(one: End, other: End) -> Truth:
    """Whether the later of two entries was made before the time of the earlier was over."""
    parts = (before_day(other.made, one.end), before_day(one.made, other.end))
    if False in parts:
        return FAILS
    return Truth(True if parts == (True, True) else None)


def _later(one: End, other: End) -> Truth:
    """Whether the later of two entries is such that the pair ends together; of one day, either may be."""
    before = before_day(one.made, other.made)
    after = before_day(other.made, one.made)
    if before is True:
        return other.later
    return one.later if after is True else either((one.later, other.later))


def _lacking(held: End, holder: End) -> tuple[Missing, ...]:
    return (*holder.holding.missing, *held.held.missing, *_later(held, holder).missing, *holder.lacking)


# -- what that makes of the outcomes -------------------------------------------------------------------------------------


def ended_together(
    together: Together,
    effect: Effect,
    views: Sequence[View],
    outcomes: Sequence[list[Outcome]],
    pulls: Sequence[Days | None],
) -> list[list[Outcome]]:
    """The outcomes of each entry after those whose times run at once have been made to end together."""
    ends = [_end(together, effect, view, own, pull) for view, own, pull in zip(views, outcomes, pulls, strict=True)]
    running = together.running
    meet = None
    if running:
        meet = [[still_running(running, view, other.entry) for other in views] for view in views]
    return [
        [_extended(outcome, result.end, result.by, result.missing, together) for outcome in own] if result.by else own
        for own, result in zip(outcomes, end_together(ends, together.never_holds, meet), strict=True)
    ]


def _end(together: Together, effect: Effect, view: View, own: list[Outcome], pull: Days | None) -> End:
    never = bool(own) and all(outcome.never for outcome in own)
    return End(
        id=view.entry.id,
        made=event(effect.event, view).days,
        end=earliest_of(own) if own else Days(date.min, date.min),
        pull=NEVER if never else pull,
        never=never,
        holding=evaluate(together.holding, view),
        held=evaluate(together.held, view),
        later=evaluate(together.later, view),
        lacking=once(lack for outcome in own for lack in outcome.missing),
    )


def _extended(
    outcome: Outcome, end: Days, by: tuple[str, ...], missing: tuple[Missing, ...], together: Together
) -> Outcome:
    days = periods.latest(outcome.days, end)
    if outcome.never or (days == outcome.days and not missing):
        return outcome
    reason = Reason("extended", together.authorities, together.because, day=days, other=", ".join(by))
    never = days.first == date.max and not missing and outcome.settled
    changed = replace(
        outcome,
        days=days,
        never=never,
        missing=outcome.missing if days.exact else once((*outcome.missing, *missing)),
        reasons=(*outcome.reasons, reason) if days != outcome.days else outcome.reasons,
    )
    open_end = changed.settled and not (changed.may_be_barred or never or days.exact)
    return replace(changed, held_open=True) if open_end else changed
