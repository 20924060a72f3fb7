"""What a rule book asks of the other entries of a record: how many there are, when the latest was, how long all are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from app import periods
from app.lengths import added
from app.meaning import evaluate, event, length, means
from app.periods import NEVER, Days, Lengths
from app.record import Entry
from app.truth import FAILS, HOLDS, HowLong, Missing, Truth, When, before_day, both, negated, once, ordered
from app.view import View
from corpus import rules
from corpus.rules import Period


@means(rules.Entries)
def _entries(condition: rules.Entries, view: View) -> Truth:
    matched = [
        (other, both((_related(condition, view, other), evaluate(condition.where, view.at(other)))))
        for other in view.record.entries
    ]
    matched = [(other, truth) for other, truth in matched if truth.holds is not False]
    least, most, lacking = _counted(matched, condition.per_case)
    tests = []
    if condition.at_least is not None:
        tests.append(ordered("at_least", least, most, condition.at_least, ()))
    if condition.at_most is not None:
        tests.append(ordered("up_to", least, most, condition.at_most, ()))
    counted = both(tests)
    if counted.holds is not None:
        return counted
    return Truth(None, once(chain(*(truth.missing for _, truth in matched), lacking)))


def _counted(matched: Sequence[tuple[Entry, Truth]], per_case: bool) -> tuple[int, int, tuple[Missing, ...]]:
    """The least and the greatest number of entries, or of cases; an entry without case number may belong to any case."""
    sure = [entry for entry, truth in matched if truth.holds is True]
    if not per_case:
        return len(sure), len(matched), ()
    without = [entry for entry, _ in matched if entry.facts.get("case") is None]
    known = {entry.facts["case"] for entry in sure if entry not in without}
    possible = {entry.facts["case"] for entry, _ in matched if entry not in without}
    lacking = tuple(Missing(f"{entry.path}.case", "case") for entry in without) if len(matched) > 1 else ()
    return len(known) or min(len(sure), 1), len(possible) + len(without), lacking


@means(rules.SumOverEntries)
def _summed(span: rules.SumOverEntries, view: View) -> HowLong:
    """The lengths of all entries that count: the least from those that surely do, the most from those that may."""
    sure: list[HowLong] = []
    possible: list[HowLong] = []
    missing: list[Missing] = []
    for other in view.record.entries:
        there = view.at(other)
        truth = both((_related(span.entries, view, other), evaluate(span.entries.where, there)))
        if truth.holds is not False:
            possible.append(length(span.of, there))
            missing.extend(truth.missing)
        if truth.holds is True:
            sure.append(possible[-1])
    least = added(sure).lengths.least if len(sure) >= span.at_least else Period(0, 0)
    whole = added(possible)
    most = whole.lengths.most if len(possible) >= span.at_least else Period(0, 0)
    return HowLong(Lengths(least, most), once((*missing, *whole.missing)) if least != most else ())


@means(rules.OverEntries)
def _over_entries(what: rules.OverEntries, view: View) -> When:
    """The n-th latest of an event over entries: bounds from those that surely count and those that may."""
    sure: dict[object, Days] = {}
    possible: dict[object, Days] = {}
    missing: list[Missing] = []
    for other in view.record.entries:
        truth = both((_related(what, view, other), evaluate(what.where, view.at(other))))
        found = event(what.event, view.at(other))
        if truth.holds is False or not found.applies:
            continue
        missing.extend((*truth.missing, *found.missing))
        case = other.facts.get("case") if what.per_case else None
        key = case if case is not None else other.path
        possible[key] = periods.latest(found.days, possible.get(key, found.days))
        if what.per_case and what.nth > 1 and case is None:
            missing.append(Missing(f"{other.path}.case", "case"))
        elif truth.holds is True:
            sure[key] = periods.latest(found.days, sure.get(key, found.days))
    return _nth(what.nth, list(sure.values()), list(possible.values()), once(missing))


def _nth(nth: int, sure: list[Days], possible: list[Days], missing: tuple[Missing, ...]) -> When:
    if len(possible) < nth:
        return When(NEVER, (), applies=False)
    last = sorted((days.last for days in possible), reverse=True)[nth - 1]
    if len(sure) < nth:
        return When(Days(date.min, last), missing)
    first = sorted((days.first for days in sure), reverse=True)[nth - 1]
    return When(Days(first, last), () if first == last else missing)


# -- how two entries stand to each other -------------------------------------------------------------------------------


def _related(condition: rules.Entries | rules.OverEntries, view: View, other: Entry) -> Truth:
    """Whether `other` stands to the entry as the condition's `which` and `running` ask."""
    truth = _which(condition.which, view, other)
    if condition.running is None or truth.holds is False or other is view.entry:
        return truth
    return both((truth, still_running(condition.running, view, other)))


def _which(which: str, view: View, other: Entry) -> Truth:
    if which == "all":
        return HOLDS
    if other is view.entry:
        return FAILS
    if which in ("same_case", "other_cases"):
        same = _same_case(view, other)
        return same if which == "same_case" else negated(same)
    if which == "others":
        return HOLDS
    own, theirs = event(view.effect_event, view), event(view.effect_event, view.at(other))
    if which == "within":
        return _inside(view, own, theirs)
    one, two = (theirs, own) if which == "earlier" else (own, theirs)
    before = before_day(one.days, two.days)
    return Truth(before, () if before is not None else once((*own.missing, *theirs.missing)))


def _inside(view: View, own: When, theirs: When) -> Truth:
    """Whether another entry's event lies after the start of this entry's time and before its end."""
    if view.window is None or view.surely is None:
        return FAILS
    if theirs.days.first > view.surely.first and theirs.days.last < view.surely.last:
        return HOLDS
    possible = theirs.days.last > view.window.first and theirs.days.first < view.window.last
    return Truth(None, once((*own.missing, *theirs.missing))) if possible else FAILS


def _same_case(view: View, other: Entry) -> Truth:
    own, theirs = view.entry.facts.get("case"), other.facts.get("case")
    if own is None or theirs is None:
        lacking = view.entry if own is None else other
        return Truth(None, (Missing(f"{lacking.path}.case", "case"),))
    return Truth(own == theirs)


def still_running(effect: str, view: View, other: Entry) -> Truth:
    """Whether neither entry had reached the effect when the later of the two was made."""
    key = (effect, view.entry.number, other.number)
    found: Truth | None = view.memo.lap.get(key)
    if found is None:
        found = view.memo.lap[key] = _neither_reached(effect, view, other)
    return found


def _neither_reached(effect: str, view: View, other: Entry) -> Truth:
    ends = (view.reached or {}).get(effect)
    if ends is None:
        return FAILS
    own, theirs = event(view.effect_event, view), event(view.effect_event, view.at(other))
    own_end, their_end = ends[view.entry.number], ends[other.number]
    parts = (before_day(theirs.days, own_end.days), before_day(own.days, their_end.days))
    if False in parts:
        return FAILS
    if parts == (True, True):
        return HOLDS
    return Truth(None, once((*own.missing, *theirs.missing, *own_end.missing, *their_end.missing)))
