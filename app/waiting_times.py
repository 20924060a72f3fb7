"""Waiting times: the row of a rule's table that is an entry's, and the entries that start its time again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TypeVar

from app import periods
from app.errors import RuleConflict
from app.meaning import evaluate, event, length, turns_on_term
from app.outcome import Reason
from app.periods import NEVER, Days
from app.record import Entry
from app.terms import joined
from app.truth import Missing, Truth, When, both, negated, once
from app.view import View
from corpus.rules import Bar, Condition, Event, Hold, Rule, Wait


@dataclass(frozen=True, slots=True)
class Time:
    """The waiting time of an entry under one rule, before anything holds it back."""

    window: Days = field(default_factory=Days)
    """From the earliest start to the latest end."""
    surely: Days = field(default_factory=Days)
    """From the latest start to the earliest end."""
    end: Days = field(default_factory=Days)
    pull: Days | None = None
    """The end of the part that may hold other entries back."""
    missing: tuple[Missing, ...] = ()
    reasons: tuple[Reason, ...] = ()
    covered: bool = True
    held_open: bool = False


def waited(rule: Rule, view: View, as_of: date, not_before: Days | None = None) -> Time:
    """The waiting time by the rule's table; of several sentences the longest counts."""
    rows = rows_in_force(rule.waits, rule, as_of)
    if not rows:
        return Time(end=NEVER)
    parts = []
    by_entry = [row for row in rows if row.per == "entry"]
    if by_entry:
        parts.append(_subject(rule, by_entry, view, not_before))
    by_sentence = [row for row in rows if row.per == "sentence"]
    if by_sentence:
        parts.extend(_by_sentence(rule, by_sentence, view, not_before))
    covered = [part for part in parts if part.covered]
    if not covered:
        return Time(covered=False)
    time = _longest(covered)
    return replace(time, reasons=(*_one_term(rows, view, as_of), *time.reasons))


def _one_term(rows: Sequence[Wait], view: View, as_of: date) -> Iterator[Reason]:
    """That the terms of other entries count with this one, where the period turns on the term."""
    if not view.book.consecutive:
        return
    if any(turns_on_term(form) for row in rows for form in (row.when, row.length, row.start)):
        others = ", ".join(entry.id for entry in joined(view))
        for law in view.book.consecutive if others else ():
            if law.span.holds_on(as_of):
                yield Reason("joined", law.authorities, law.because, other=others)


RowT = TypeVar("RowT", Wait, Bar, Hold)


def rows_in_force(rows: Sequence[RowT], rule: Rule, as_of: date) -> list[RowT]:
    """The rows in force on the day; for a rule that begins later, on its first day."""
    day = max(as_of, rule.span.first or as_of)
    return [row for row in rows if row.span.holds_on(day)]


def _by_sentence(rule: Rule, rows: list[Wait], view: View, not_before: Days | None) -> Iterator[Time]:
    if view.entry.sentences is None:
        yield Time(missing=(Missing(f"{view.entry.path}.sentences", "sentences"),))
        return
    for sentence in view.entry.sentences:
        yield _subject(rule, rows, view.of(sentence), not_before)


def _longest(times: Sequence[Time]) -> Time:
    if len(times) == 1:
        return times[0]
    end = periods.latest(*(time.end for time in times))
    pulls = [time.pull for time in times if time.pull is not None]
    return Time(
        window=Days(min(t.window.first for t in times), max(t.window.last for t in times)),
        surely=Days(max(t.surely.first for t in times), max(t.surely.last for t in times)),
        end=end,
        pull=periods.latest(*pulls) if pulls else None,
        missing=once(chain.from_iterable([t.missing for t in times])),
        reasons=tuple(reason for t in times for reason in t.reasons),
        held_open=any(t.held_open for t in times),
    )


def _subject(rule: Rule, rows: Sequence[Wait], view: View, not_before: Days | None) -> Time:
    """The time of one entry or one sentence: the row that holds, or every row that may."""
    chosen: list[tuple[Wait, Truth, Time]] = []
    before: list[Truth] = []
    for row in rows:
        truth = evaluate(row.when, view)
        if row.otherwise:
            truth = both([truth, *(negated(earlier) for earlier in before)])
        before.append(truth)
        if truth.holds is not False:
            chosen.append((row, truth, _row(row, view, not_before)))
    sure = [(row, time) for row, truth, time in chosen if truth.holds is True]
    if len(sure) > 1 and not rule.longest:
        _refuse_conflict(rule, sure)
    if sure and not rule.longest:
        return _longest([time for _, time in sure[:1]])
    maybe = [time for _, truth, time in chosen if truth.holds is None]
    lacking = tuple(m for _, truth, _ in chosen if truth.holds is None for m in truth.missing)
    return _possible([time for _, time in sure], maybe, lacking)


def _possible(sure: list[Time], maybe: list[Time], lacking: tuple[Missing, ...]) -> Time:
    """Bounds over rows that surely count and rows that may."""
    if not sure and not maybe:
        return Time(covered=False)
    whole = _longest([*sure, *maybe])
    if not maybe:
        return whole
    least = max((t.end.first for t in sure), default=min(t.end.first for t in maybe))
    return replace(
        whole,
        end=Days(least, whole.end.last),
        surely=Days(whole.surely.first, least),
        pull=None if whole.pull is None else Days(min(least, whole.pull.first), whole.pull.last),
        missing=once((*lacking, *whole.missing)),
        reasons=whole.reasons if sure else (),
    )


def _refuse_conflict(rule: Rule, sure: Sequence[tuple[Wait, Time]]) -> None:
    (one, first), *others = sure
    for other, time in others:
        if time.end != first.end:
            raise RuleConflict(
                f"{rule.place}: rule {rule.id}: {one.id} and {other.id} both hold for this entry and give different days;"
                f" make their conditions exclude each other, or write take: longest"
            )


def _row(row: Wait, view: View, not_before: Days | None) -> Time:
    """The time by one row of the table."""
    if row.length is not None and row.start is not None:
        return _counted(row, row.start, view, not_before)
    what = row.on if row.on is not None else row.until
    assert what is not None
    found = event(what, view)
    end = found.days if row.on is not None else periods.next_day(found.days)
    if not_before is not None:
        end = periods.latest(end, not_before)
    began = event(view.effect_event, view)
    reason = Reason("wait", row.authorities, row.label, start=found.days, start_event=what, day=end)
    return replace(_time(row, began, end, found.missing, reason), held_open=found.held_open)


def _counted(row: Wait, start: Event, view: View, not_before: Days | None) -> Time:
    assert row.length is not None
    found, long = event(start, view), length(row.length, view)
    days = found.days if not_before is None else periods.latest(found.days, not_before)
    end = periods.shift(days, long.lengths, row.counting) if found.applies else NEVER
    whole = long.lengths.least if long.lengths.least == long.lengths.most else None
    reason = Reason("wait", row.authorities, row.label, whole, days, start, end)
    began = event(view.effect_event, view)
    began = began if began.applies and began.days.first > date.min else When(days, found.missing)
    return _time(row, began, end, (*found.missing, *long.missing), reason)


def _time(row: Wait, began: When, end: Days, missing: tuple[Missing, ...], reason: Reason) -> Time:
    return Time(
        window=Days(began.days.first, end.last),
        surely=Days(began.days.last, end.first),
        end=end,
        pull=end if row.pulls else None,
        missing=once(missing),
        reasons=(reason,),
    )


def restarted(rule: Rule, time: Time, view: View, as_of: date) -> Time:
    """The waiting time, begun again by each entry before its end that the rule says restarts it."""
    for restart in rule.restarts:
        for other, truth, at in _by_date(restart.where, restart.at, view):
            if at.days.last <= time.window.first or at.days.first >= time.end.last:
                continue
            sure = truth.holds is True and at.days.first > time.surely.first and at.days.last < time.end.first
            again = waited(rule, view, as_of, at.days)
            first = again.end.first if sure else time.end.first
            end = Days(max(time.end.first, first), max(time.end.last, again.end.last))
            reason = Reason("restart", restart.authorities, start=at.days, day=end, other=other.id)
            missing = time.missing if sure else (*time.missing, *truth.missing, *at.missing)
            time = replace(
                time,
                end=end,
                window=Days(time.window.first, end.last),
                surely=Days(time.surely.first, end.first),
                pull=end if time.pull is not None else None,
                missing=once(missing),
                reasons=(*time.reasons, reason),
            )
    return time


def _by_date(where: Condition, at: Event, view: View) -> list[tuple[Entry, Truth, When]]:
    """The other entries that satisfy or may satisfy a condition, by the day of an event."""
    found = []
    for other in view.record.entries:
        if other is not view.entry:
            truth = evaluate(where, view.at(other))
            when = event(at, view.at(other))
            if truth.holds is not False and when.applies:
                found.append((other, truth, when))
    return sorted(found, key=lambda item: item[2].days.first)
