"""How the times of several entries act on each other: entries that run at once may have to end together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.conditions import Missing, Truth, before_day, either
from app.periods import Days


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


@dataclass(frozen=True, slots=True)
class Held:
    """The end of an entry's time after all others have acted on it."""

    end: Days
    by: tuple[str, ...]
    """The entries that moved it."""
    missing: tuple[Missing, ...]


def end_together(entries: Sequence[End], never_holds: Literal["none", "later", "all"]) -> list[Held]:
    """Each entry's end, after every pair of entries whose times overlap has been made to end on the later day.

    Two times overlap if the later entry was made before the earlier one's time was over. Extensions act on: an entry held
    by a second is still running when a third is made. Bounds: the earliest end grows with what surely overlaps, the latest
    with what may.
    """
    state = list(entries)
    by: list[dict[str, None]] = [{} for _ in entries]
    missing: list[dict[Missing, None]] = [{} for _ in entries]
    changed = True
    while changed:
        changed = False
        for one in range(len(state)):
            for other in range(len(state)):
                if one == other or not _may_hold(state[other], state[one], never_holds):
                    continue
                moved = _moved(state[one], state[other])
                lacking = _lacking(state[one], state[other])
                if moved != state[one]:
                    state[one] = moved
                    by[one][state[other].id] = None
                    missing[one].update(dict.fromkeys(lacking))
                    changed = True
    return [Held(entry.end, tuple(names), tuple(lacks)) for entry, names, lacks in zip(state, by, missing, strict=True)]


def _may_hold(holder: End, held: End, never_holds: str) -> bool:
    if held.never or holder.pull is None or holder.holding.holds is False or held.held.holds is False:
        return False
    if not holder.never or never_holds == "all":
        return True
    return never_holds == "later" and before_day(holder.made, held.made) is not True


def _moved(held: End, holder: End) -> End:
    assert holder.pull is not None
    overlap = _overlap(held, holder)
    later = _later(held, holder)
    if overlap is False or later.holds is False:
        return held
    sure = overlap is True and later.holds is True and holder.holding.holds is True and held.held.holds is True
    first = max(held.end.first, holder.pull.first) if sure else held.end.first
    end = Days(first, max(held.end.last, holder.pull.last))
    if end == held.end:
        return held
    pull = None if held.pull is None else Days(max(held.pull.first, end.first), max(held.pull.last, end.last))
    return replace(held, end=end, pull=pull)


def _overlap(one: End, other: End) -> bool | None:
    """Whether the later of two entries was made before the time of the earlier was over."""
    parts = (before_day(other.made, one.end), before_day(one.made, other.end))
    if False in parts:
        return False
    return True if parts == (True, True) else None


def _later(one: End, other: End) -> Truth:
    """Whether the later of two entries is such that the pair ends together; of one day, either may be."""
    before = before_day(one.made, other.made)
    after = before_day(other.made, one.made)
    if before is True:
        return other.later
    return one.later if after is True else either((one.later, other.later))


def _lacking(held: End, holder: End) -> tuple[Missing, ...]:
    return (*holder.holding.missing, *held.held.missing, *_later(held, holder).missing)
