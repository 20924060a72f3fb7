"""One rule, one entry: whether it applies, what shuts it, how long it waits, and what keeps the effect back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app import periods
from app.meaning import evaluate, event
from app.outcome import Outcome, Reason
from app.periods import NEVER, Days
from app.truth import FAILS, Missing, Truth, either, once
from app.view import View
from app.waiting_times import restarted, rows_in_force, waited
from corpus.rules import Effect, Rule


def ruled(rule: Rule, effect: Effect, view: View, as_of: date) -> tuple[Outcome, Days | None] | None:
    """The outcome of a rule for the view's entry; `None` where the rule does not apply to it."""
    applies = evaluate(rule.applies, view)
    if applies.holds is False:
        return None
    time = waited(rule, view, as_of)
    if time.covered:
        time = restarted(rule, time, view, as_of)
        view = view.waiting(time.window, time.surely)
    barred = [(bar, evaluate(bar.when, view)) for bar in rows_in_force(rule.bars, rule, as_of)]
    shut = [bar for bar, truth in barred if truth.holds is True]
    if shut:
        reasons = tuple(Reason("barred", bar.authorities, bar.because) for bar in shut)
        return _outcome(view, effect, rule, applies, NEVER, reasons, never=True), None
    if not time.covered:
        return None
    bars = either(truth for _, truth in barred) if barred else FAILS
    days, missing, reasons, held_open = _held(rule, time.end, view, as_of)
    held_open = held_open or time.held_open
    floor = rule.span.first
    if floor is not None and floor > as_of and days.first < floor:
        reasons = (*reasons, Reason("floor", rule.authorities, day=Days(floor, floor)))
        days = periods.latest(days, Days(floor, floor))
    clear = tuple(a for bar, truth in barred if truth.holds is False for a in bar.authorities)
    if clear:
        reasons = (*reasons, Reason("clear", tuple(dict.fromkeys(clear))))
    unknown = () if days.exact and not held_open else (*time.missing, *missing)
    outcome = _outcome(view, effect, rule, applies, days, (*time.reasons, *reasons), held_open=held_open)
    missing = once((*applies.missing, *bars.missing, *unknown))
    outcome = _settled(replace(outcome, missing=missing, may_be_barred=bars.holds is None))
    if not rule.waits:
        # A rule of bars alone: where none of them holds it says nothing.
        return (replace(outcome, days=Days(date.min, date.max)), None) if bars.holds is None else None
    if outcome.settled and days.never and not held_open:
        outcome = replace(outcome, never=True)
    return outcome, (periods.latest(time.pull, days) if time.pull == time.end else time.pull)


def _settled(outcome: Outcome) -> Outcome:
    """A day that never comes is said so; one that no missing fact would narrow waits for something still to happen."""
    if outcome.days.never and outcome.surely_applies:
        return replace(outcome, never=True, missing=())
    open_end = outcome.settled and not outcome.may_be_barred and not outcome.days.exact
    return replace(outcome, held_open=True) if open_end else outcome


def _outcome(
    view: View,
    effect: Effect,
    rule: Rule,
    applies: Truth,
    days: Days,
    reasons: tuple[Reason, ...],
    *,
    never: bool = False,
    held_open: bool = False,
) -> Outcome:
    return Outcome(view.entry.id, effect, (rule,), days, never, held_open, applies.holds is True, False, (), reasons)


def _held(rule: Rule, end: Days, view: View, as_of: date) -> tuple[Days, tuple[Missing, ...], tuple[Reason, ...], bool]:
    """The day after everything that holds the effect back."""
    missing: list[Missing] = []
    reasons: list[Reason] = []
    held_open = False
    for hold in rows_in_force(rule.holds, rule, as_of):
        truth = evaluate(hold.when, view)
        if truth.holds is False:
            continue
        missing.extend(truth.missing)
        if hold.until is None and hold.on is None:
            end = Days(end.first, date.max)
            held_open = held_open or truth.holds is True
            if truth.holds is True:
                reasons.append(Reason("held_open", hold.authorities, hold.because))
            continue
        what = hold.on if hold.on is not None else hold.until
        assert what is not None
        found = event(what, view)
        if not found.applies:
            continue
        day = found.days if hold.on is not None else periods.next_day(found.days)
        missing.extend(found.missing)
        held_open = held_open or (truth.holds is True and found.held_open)
        later = periods.latest(end, day)
        if truth.holds is None:
            later = Days(end.first, later.last)
        if later != end and truth.holds is True:
            reasons.append(Reason("held", hold.authorities, hold.because, day=later))
        end = later
    return end, tuple(missing), tuple(reasons), held_open
