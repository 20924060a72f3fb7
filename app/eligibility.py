"""What the rules do with each entry of a record: which effect, by which way, from which day, and why.

The engine reads rules as data and names no jurisdiction. For each effect, in the order of the rule book, every rule that
may apply to an entry gives an outcome: a day within bounds, the reasons that lead to it, and the facts that are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app import periods
from app.conditions import Missing, Truth, View, When, both, either, evaluate, event, length, negated, still_running
from app.errors import RuleConflict
from app.interactions import End, end_together
from app.periods import NEVER, Days
from app.record import Entry, Record
from corpus.model import Words
from corpus.rules import Bar, Condition, Effect, Event, Hold, Period, Rule, RuleBook, Together, Wait


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


@dataclass(frozen=True, slots=True)
class _Time:
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


def assess(record: Record, book: RuleBook, as_of: date) -> tuple[Outcome, ...]:
    """Every outcome of every entry under the rules in force on `as_of`, in the record's and the rule book's order.

    Raises `RuleConflict` where two rows of the rule book collide.
    """
    reached: dict[str, Sequence[When]] = {}
    found: list[Outcome] = []
    for effect in book.effects:
        outcomes = _at_rest(effect, record, book, as_of, reached)
        found.extend(outcome for entry in record.entries for outcome in outcomes[entry.id])
    order = {entry.id: number for number, entry in enumerate(record.entries)}
    return tuple(sorted(found, key=lambda outcome: order[outcome.entry]))


def reached_days(record: Record, outcomes: Sequence[Outcome]) -> dict[str, Sequence[When]]:
    """For each effect among the outcomes the day of each entry, in the record's order."""
    return {
        effect: [
            _reached([o for o in outcomes if o.effect.id == effect and o.entry == entry.id]) for entry in record.entries
        ]
        for effect in dict.fromkeys(outcome.effect.id for outcome in outcomes)
    }


def _at_rest(
    effect: Effect, record: Record, book: RuleBook, as_of: date, reached: dict[str, Sequence[When]]
) -> dict[str, list[Outcome]]:
    """The outcomes of an effect, noted in `reached`.

    Where a condition asks which entries are still on the way to this very effect (`running:`), the answer depends on the
    outcomes themselves. At first no entry is taken to run; every entry that is found to run can only lengthen others, so
    that the days grow until they stand still.
    """
    for _ in range(2 * len(record.entries) + 2):
        outcomes = _effect(effect, record, book, as_of, reached)
        before = reached.get(effect.id)
        reached[effect.id] = [_reached(outcomes[entry.id]) for entry in record.entries]
        if not effect.asks_itself or reached[effect.id] == before:
            break
    return outcomes


def _effect(
    effect: Effect, record: Record, book: RuleBook, as_of: date, reached: dict[str, Sequence[When]]
) -> dict[str, list[Outcome]]:
    outcomes: dict[str, list[Outcome]] = {}
    pulls: dict[str, Days | None] = {}
    for entry in record.entries:
        view = View(record, book, entry, None, effect.event, dict(reached))
        outcomes[entry.id] = []
        for rule in _in_force(effect.rules, as_of):
            assessed = _rule(rule, effect, view, as_of)
            if assessed is None:
                continue
            outcome, pull = assessed
            outcomes[entry.id].append(outcome)
            pulls[entry.id] = _later(pulls.get(entry.id), pull)
        outcomes[entry.id] = _merged(outcomes[entry.id])
    for together in effect.together:
        if together.span.holds_on(as_of):
            outcomes = _end_together(together, effect, record, book, outcomes, pulls, reached)
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


RowT = TypeVar("RowT", Wait, Bar, Hold)


def _rows(rows: Sequence[RowT], rule: Rule, as_of: date) -> list[RowT]:
    """The rows in force on the day; for a rule that begins later, on its first day."""
    day = max(as_of, rule.span.first or as_of)
    return [row for row in rows if row.span.holds_on(day)]


# -- one rule, one entry -----------------------------------------------------------------------------------------------


def _rule(rule: Rule, effect: Effect, view: View, as_of: date) -> tuple[Outcome, Days | None] | None:
    """The outcome of a rule for the view's entry; `None` where the rule does not apply to it."""
    applies = evaluate(rule.applies, view)
    if applies.holds is False:
        return None
    time = _waited(rule, view, as_of)
    if time.covered:
        time = _restarted(rule, time, view, as_of)
        view = replace(view, window=time.window, surely=time.surely)
    barred = [(bar, evaluate(bar.when, view)) for bar in _rows(rule.bars, rule, as_of)]
    shut = [bar for bar, truth in barred if truth.holds is True]
    if shut:
        reasons = tuple(Reason("barred", bar.authorities, bar.because) for bar in shut)
        return _outcome(view, effect, rule, applies, NEVER, reasons, never=True), None
    if not time.covered:
        return None
    bars = either(truth for _, truth in barred) if barred else Truth(False)
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
    missing = tuple(dict.fromkeys((*applies.missing, *bars.missing, *unknown)))
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


# -- waiting times -----------------------------------------------------------------------------------------------------


def _waited(rule: Rule, view: View, as_of: date, not_before: Days | None = None) -> _Time:
    """The waiting time by the rule's table; of several sentences the longest counts."""
    rows = _rows(rule.waits, rule, as_of)
    if not rows:
        return _Time(end=NEVER)
    parts = []
    by_entry = [row for row in rows if row.per == "entry"]
    if by_entry:
        parts.append(_subject(rule, by_entry, view, not_before))
    by_sentence = [row for row in rows if row.per == "sentence"]
    if by_sentence:
        parts.extend(_by_sentence(rule, by_sentence, view, not_before))
    covered = [part for part in parts if part.covered]
    if not covered:
        return _Time(covered=False)
    return _longest(covered)


def _by_sentence(rule: Rule, rows: list[Wait], view: View, not_before: Days | None) -> Iterator[_Time]:
    if view.entry.sentences is None:
        yield _Time(missing=(Missing(f"{view.entry.path}.sentences", "sentences"),))
        return
    for sentence in view.entry.sentences:
        yield _subject(rule, rows, replace(view, sentence=sentence), not_before)


def _longest(times: Sequence[_Time]) -> _Time:
    end = periods.latest(*(time.end for time in times))
    pulls = [time.pull for time in times if time.pull is not None]
    return _Time(
        window=Days(min(t.window.first for t in times), max(t.window.last for t in times)),
        surely=Days(max(t.surely.first for t in times), max(t.surely.last for t in times)),
        end=end,
        pull=periods.latest(*pulls) if pulls else None,
        missing=tuple(dict.fromkeys(m for t in times for m in t.missing)),
        reasons=tuple(reason for t in times for reason in t.reasons),
        held_open=any(t.held_open for t in times),
    )


def _subject(rule: Rule, rows: Sequence[Wait], view: View, not_before: Days | None) -> _Time:
    """The time of one entry or one sentence: the row that holds, or every row that may."""
    chosen: list[tuple[Wait, Truth, _Time]] = []
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


def _possible(sure: list[_Time], maybe: list[_Time], lacking: tuple[Missing, ...]) -> _Time:
    """Bounds over rows that surely count and rows that may."""
    if not sure and not maybe:
        return _Time(covered=False)
    whole = _longest([*sure, *maybe])
    if not maybe:
        return whole
    least = max((t.end.first for t in sure), default=min(t.end.first for t in maybe))
    return replace(
        whole,
        end=Days(least, whole.end.last),
        surely=Days(whole.surely.first, least),
        pull=None if whole.pull is None else Days(min(least, whole.pull.first), whole.pull.last),
        missing=tuple(dict.fromkeys((*lacking, *whole.missing))),
        reasons=whole.reasons if sure else (),
    )


def _refuse_conflict(rule: Rule, sure: Sequence[tuple[Wait, _Time]]) -> None:
    (one, first), *others = sure
    for other, time in others:
        if time.end != first.end:
            raise RuleConflict(
                f"{rule.place}: rule {rule.id}: {one.id} and {other.id} both hold for this entry and give different days;"
                f" make their conditions exclude each other, or write take: longest"
            )


def _row(row: Wait, view: View, not_before: Days | None) -> _Time:
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


def _counted(row: Wait, start: Event, view: View, not_before: Days | None) -> _Time:
    assert row.length is not None
    found, long = event(start, view), length(row.length, view)
    days = found.days if not_before is None else periods.latest(found.days, not_before)
    end = periods.shift(days, long.lengths, row.counting) if found.applies else NEVER
    whole = long.lengths.least if long.lengths.least == long.lengths.most else None
    reason = Reason("wait", row.authorities, row.label, whole, days, start, end)
    began = event(view.effect_event, view)
    began = began if began.applies and began.days.first > date.min else When(days, found.missing)
    return _time(row, began, end, (*found.missing, *long.missing), reason)


def _time(row: Wait, began: When, end: Days, missing: tuple[Missing, ...], reason: Reason) -> _Time:
    return _Time(
        window=Days(began.days.first, end.last),
        surely=Days(began.days.last, end.first),
        end=end,
        pull=end if row.pulls else None,
        missing=tuple(dict.fromkeys(missing)),
        reasons=(reason,),
    )


def _restarted(rule: Rule, time: _Time, view: View, as_of: date) -> _Time:
    """The waiting time, begun again by each entry before its end that the rule says restarts it."""
    for restart in rule.restarts:
        for other, truth, at in _by_date(restart.where, restart.at, view):
            if at.days.last <= time.window.first or at.days.first >= time.end.last:
                continue
            sure = truth.holds is True and at.days.first > time.surely.first and at.days.last < time.end.first
            again = _waited(rule, view, as_of, at.days)
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
                missing=tuple(dict.fromkeys(missing)),
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


def _held(rule: Rule, end: Days, view: View, as_of: date) -> tuple[Days, tuple[Missing, ...], tuple[Reason, ...], bool]:
    """The day after everything that holds the effect back."""
    missing: list[Missing] = []
    reasons: list[Reason] = []
    held_open = False
    for hold in _rows(rule.holds, rule, as_of):
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


# -- several outcomes --------------------------------------------------------------------------------------------------


def _merged(outcomes: Sequence[Outcome]) -> list[Outcome]:
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
                missing=tuple(dict.fromkeys(m for o in possible for m in o.missing)),
                reasons=first.reasons if len(possible) == 1 else (),
            )
        )
    return sorted(merged, key=lambda o: o.never)


def _later(one: Days | None, other: Days | None) -> Days | None:
    return other if one is None else one if other is None else periods.latest(one, other)


def _earliest_of(outcomes: Sequence[Outcome]) -> Days:
    """The first day on which any of the outcomes gives the effect; never where there is none."""
    return periods.earliest(*(outcome.comes for outcome in outcomes)) if outcomes else NEVER


def _reached(outcomes: Sequence[Outcome]) -> When:
    """The first day of the effect as an event for the effects below, with the facts that would narrow it."""
    days = _earliest_of(outcomes)
    missing = () if days.exact else tuple(dict.fromkeys(m for outcome in outcomes for m in outcome.missing))
    return When(days, missing, held_open=bool(outcomes) and all(outcome.held_open for outcome in outcomes))


def _end_together(
    together: Together,
    effect: Effect,
    record: Record,
    book: RuleBook,
    outcomes: dict[str, list[Outcome]],
    pulls: dict[str, Days | None],
    reached: dict[str, Sequence[When]],
) -> dict[str, list[Outcome]]:
    """The outcomes after entries whose times run at once have been made to end together."""
    ends = []
    views = [View(record, book, entry, None, effect.event, dict(reached)) for entry in record.entries]
    for entry, view in zip(record.entries, views, strict=True):
        own = outcomes[entry.id]
        ends.append(
            End(
                id=entry.id,
                made=event(effect.event, view).days,
                end=_earliest_of(own) if own else Days(date.min, date.min),
                pull=NEVER if own and all(o.never for o in own) else pulls.get(entry.id),
                never=bool(own) and all(o.never for o in own),
                holding=evaluate(together.holding, view),
                held=evaluate(together.held, view),
                later=evaluate(together.later, view),
                lacking=tuple(dict.fromkeys(m for o in own for m in o.missing)),
            )
        )
    running = together.running
    meet = [[still_running(running, view, entry) for entry in record.entries] for view in views] if running else None
    changed = {}
    for end, result in zip(ends, end_together(ends, together.never_holds, meet), strict=True):
        own = outcomes[end.id]
        changed[end.id] = (
            [_extended(outcome, result.end, result.by, result.missing, together) for outcome in own]
            if result.by
            else own
        )
    return changed


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
        missing=outcome.missing if days.exact else tuple(dict.fromkeys((*outcome.missing, *missing))),
        reasons=(*outcome.reasons, reason) if days != outcome.days else outcome.reasons,
    )
    open_end = changed.settled and not (changed.may_be_barred or never or days.exact)
    return replace(changed, held_open=True) if open_end else changed
