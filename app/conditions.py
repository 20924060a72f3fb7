"""What the conditions, lengths and events of a rule book mean for a record: true, false or unknown, never a guess.

Every result carries the facts that it lacked. Unknown survives `all` and `any`: a false part settles an `all`, a true part
an `any`, whatever is unknown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import periods
from app.periods import NEVER, UNKNOWN_DAY, Days, Lengths
from app.record import NOT_APPLICABLE, Entry, Record, Sentence, Value
from corpus import rules
from corpus.rules import Condition, Event, Period, RuleBook, Span_

_CONVICTION = rules.On("conviction_date")


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A fact that the record does not state: where it would stand, and the name of its field."""

    path: str
    field: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A three-valued result: `holds` is `None` where it is unknown, and `missing` says for want of which facts."""

    holds: bool | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A day within bounds, and the facts that would narrow them. `applies` is false for an event that there never was."""

    days: Days
    missing: tuple[Missing, ...] = ()
    applies: bool = True
    held_open: bool = False
    """Something that is the case now keeps the event back for an unknown time."""


@dataclass(frozen=True, slots=True)
class HowLong:
    """A length within bounds, and the facts that would narrow them."""

    lengths: Lengths
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What a condition looks at: a record, one entry of it, perhaps one sentence, and the results reached before."""

    record: Record
    book: RuleBook
    entry: Entry
    sentence: Sentence | None = None
    effect_event: Event = _CONVICTION
    reached: Mapping[str, Sequence[When]] | None = None
    """For each effect above, and the effect itself as far as it is known: the day of each entry in the record's order, and
    what it depends on."""
    window: Days | None = None
    """From the earliest start to the latest end of the entry's own waiting time, where a condition asks `within`."""
    surely: Days | None = None
    """From the latest start to the earliest end of it."""

    def at(self, entry: Entry) -> View:
        return replace(self, entry=entry, sentence=None)

    def value(self, field: str) -> tuple[Value | None, Missing]:
        """The stated fact, or `None` with the place where it is missing."""
        scope = self.book.fields[field].scope
        if scope == "person":
            return self.record.facts.get(field), Missing(field, field)
        if scope == "entry" or self.sentence is None:
            return self.entry.facts.get(field), Missing(f"{self.entry.path}.{field}", field)
        return self.sentence.facts.get(field), Missing(f"{self.sentence.path}.{field}", field)


def both(truths: Iterable[Truth]) -> Truth:
    """All of them hold."""
    missing: list[Missing] = []
    unknown = False
    for truth in truths:
        if truth.holds is False:
            return Truth(False)
        if truth.holds is None:
            unknown = True
            missing.extend(truth.missing)
    return Truth(None, _once(missing)) if unknown else Truth(True)


def either(truths: Iterable[Truth]) -> Truth:
    """At least one of them holds."""
    return negated(both(negated(truth) for truth in truths))


def negated(truth: Truth) -> Truth:
    """It does not hold."""
    return truth if truth.holds is None else Truth(not truth.holds)


def _once(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing))


# -- conditions --------------------------------------------------------------------------------------------------------


def evaluate(condition: Condition | None, view: View) -> Truth:
    """Whether the condition holds of the view; no condition always holds."""
    if condition is None:
        return Truth(True)
    if not _on_facts_alone(condition, view.record.known):
        return _evaluated(condition, view)
    key = (id(condition), view.sentence.path if view.sentence else view.entry.path)
    if key not in view.record.known:
        view.record.known[key] = _evaluated(condition, view)
    found: Truth = view.record.known[key]
    return found


def _on_facts_alone(condition: Condition, known: dict[tuple[int, str], Any]) -> bool:
    """Whether the condition looks at nothing but the entry and the person: not at other entries nor at days reached."""
    key = (id(condition), "")
    if key not in known:
        match condition:
            case rules.All(parts) | rules.AnyOf(parts):
                known[key] = all(_on_facts_alone(part, known) for part in parts)
            case rules.Not(part) | rules.Sentences(_, part):
                known[key] = _on_facts_alone(part, known)
            case _:
                known[key] = isinstance(condition, rules.Test | rules.Code)
    return bool(known[key])


def _evaluated(condition: Condition, view: View) -> Truth:
    match condition:
        case rules.All(parts):
            return both(evaluate(part, view) for part in parts)
        case rules.AnyOf(parts):
            return either(evaluate(part, view) for part in parts)
        case rules.Not(part):
            return negated(evaluate(part, view))
        case rules.Test():
            return _test(condition, view)
        case rules.Sentences(quantifier, where):
            return _sentences(quantifier, where, view)
        case rules.Entries():
            return _entries(condition, view)
        case rules.Code(ranges):
            return _code(ranges, view)
        case rules.Age():
            return _age(condition, view)
        case rules.Length(of, op, bound):
            found = length(of, view)
            least, most = found.lengths.least.size_by(view.book.month), _size(found.lengths.most, view.book.month)
            return _ordered(op, least, most, bound.size_by(view.book.month), found.missing)


def _test(test: rules.Test, view: View) -> Truth:
    value, missing = view.value(test.field)
    if test.op == "known":
        return Truth((value is not None) == test.values[0])
    if value is None:
        return Truth(None, (missing,))
    if value == NOT_APPLICABLE:
        return Truth(False)
    bound = test.values[0]
    match value:
        case Days():
            return _date_test(test, value, missing)
        case Period() if isinstance(bound, Period) and test.op != "is":
            size = value.size_by(view.book.month)
            return _ordered(test.op, size, size, bound.size_by(view.book.month), (missing,))
        case float() if isinstance(bound, float) and test.op != "is":
            return _ordered(test.op, value, value, bound, (missing,))
        case str():
            return Truth(value.casefold() in {str(v).casefold() for v in test.values})
    return Truth(value in test.values)


def _date_test(test: rules.Test, value: Days, missing: Missing) -> Truth:
    bound = test.values[0]
    assert isinstance(bound, date)
    if test.op == "is":
        return (
            Truth(None, (missing,))
            if value.first <= bound <= value.last and not value.exact
            else Truth(value.first == bound)
        )
    before = before_day(value, Days(bound, bound))
    truth = Truth(before, () if before is not None else (missing,))
    return truth if test.op in ("before", "under") else negated(truth)


def before_day(one: Days, other: Days) -> bool | None:
    """Whether `one` lies before `other`; `None` where their bounds leave it open."""
    if one.last < other.first:
        return True
    return False if one.first >= other.last else None


def _ordered(op: str, least: float, most: float, bound: float, missing: tuple[Missing, ...]) -> Truth:
    """Compare a number between `least` and `most` with `bound`."""
    low, high = {
        "over": (least > bound, most > bound),
        "at_least": (least >= bound, most >= bound),
        "under": (most < bound, least < bound),
        "up_to": (most <= bound, least <= bound),
    }[op]
    return Truth(True) if low else Truth(False) if not high else Truth(None, missing)


def _sentences(quantifier: str, where: Condition, view: View) -> Truth:
    if view.entry.sentences is None:
        return Truth(None, (Missing(f"{view.entry.path}.sentences", "sentences"),))
    truths = [evaluate(where, replace(view, sentence=sentence)) for sentence in view.entry.sentences]
    if quantifier == "every":
        return both(truths) if truths else Truth(False)
    some = either(truths)
    return some if quantifier == "some" else negated(some)


def _entries(condition: rules.Entries, view: View) -> Truth:
    matched = [
        (other, both((_related(condition, view, other), evaluate(condition.where, view.at(other)))))
        for other in view.record.entries
    ]
    matched = [(other, truth) for other, truth in matched if truth.holds is not False]
    least, most, lacking = _counted(matched, condition.per_case)
    missing = _once((*(lack for _, truth in matched if truth.holds is None for lack in truth.missing), *lacking))
    tests = []
    if condition.at_least is not None:
        tests.append(_ordered("at_least", least, most, condition.at_least, missing))
    if condition.at_most is not None:
        tests.append(_ordered("up_to", least, most, condition.at_most, missing))
    return both(tests)


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


def _related(condition: rules.Entries | rules.OverEntries, view: View, other: Entry) -> Truth:
    """Whether `other` stands to the entry as the condition's `which` and `running` ask."""
    truth = _which(condition.which, view, other)
    if condition.running is None or truth.holds is False or other is view.entry:
        return truth
    return both((truth, still_running(condition.running, view, other)))


def _which(which: str, view: View, other: Entry) -> Truth:
    if which == "all":
        return Truth(True)
    if other is view.entry:
        return Truth(False)
    if which in ("same_case", "other_cases"):
        same = _same_case(view, other)
        return same if which == "same_case" else negated(same)
    if which == "others":
        return Truth(True)
    own, theirs = event(view.effect_event, view), event(view.effect_event, view.at(other))
    missing = _once((*own.missing, *theirs.missing))
    if which == "within":
        return _inside(view, theirs, missing)
    one, two = (theirs, own) if which == "earlier" else (own, theirs)
    before = before_day(one.days, two.days)
    return Truth(before, () if before is not None else missing)


def _inside(view: View, theirs: When, missing: tuple[Missing, ...]) -> Truth:
    """Whether another entry's event lies after the start of this entry's time and before its end."""
    if view.window is None or view.surely is None:
        return Truth(False)
    if theirs.days.first > view.surely.first and theirs.days.last < view.surely.last:
        return Truth(True)
    possible = theirs.days.last > view.window.first and theirs.days.first < view.window.last
    return Truth(None, missing) if possible else Truth(False)


def _same_case(view: View, other: Entry) -> Truth:
    own, theirs = view.entry.facts.get("case"), other.facts.get("case")
    if own is None or theirs is None:
        lacking = view.entry if own is None else other
        return Truth(None, (Missing(f"{lacking.path}.case", "case"),))
    return Truth(own == theirs)


def still_running(effect: str, view: View, other: Entry) -> Truth:
    """Whether neither entry had reached the effect when the later of the two was made."""
    ends = (view.reached or {}).get(effect)
    if ends is None:
        return Truth(False)
    position = {entry.id: number for number, entry in enumerate(view.record.entries)}
    own, theirs = event(view.effect_event, view), event(view.effect_event, view.at(other))
    own_end, their_end = ends[position[view.entry.id]], ends[position[other.id]]
    parts = (before_day(theirs.days, own_end.days), before_day(own.days, their_end.days))
    missing = _once((*own.missing, *theirs.missing, *own_end.missing, *their_end.missing))
    return both(Truth(part, () if part is not None else missing) for part in parts)


def _age(condition: rules.Age, view: View) -> Truth:
    at = event(condition.at, view)
    born, lacking = view.value("born")
    if not isinstance(born, Days):
        return Truth(None, (lacking,))
    if not at.days.bounded:
        return Truth(None, at.missing)
    youngest = periods.years_between(born.last, at.days.first)
    oldest = periods.years_between(born.first, at.days.last)
    missing = _once((*at.missing, *(() if born.exact else (lacking,))))
    return _ordered(condition.op, youngest, oldest, condition.years, missing)


# -- provisions that were broken ---------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+[a-z]{0,3}(?:[-.:/]\d+[a-z]{0,3})*(?:[-.:/]\d+[a-z]{0,3})*", re.IGNORECASE)


def _code(ranges: tuple[tuple[str, str], ...], view: View) -> Truth:
    value, missing = view.value("offence_code")
    if not isinstance(value, str):
        return Truth(None, (missing,))
    return Truth(any(_in_range(number, words, low, high) for number, words in _cited(value) for low, high in ranges))


def _cited(text: str) -> Iterator[tuple[str, str]]:
    """Each number that a text cites, with the words around it; a title's number ("18 Pa.C.S. 3929") is none."""
    for piece in re.split(r"[,;]|\band\b|\bund\b|、", text):
        numbers = _NUMBER.findall(piece)
        words = " ".join(re.findall(r"[^\W\d_]{2,}[\w.]*", piece)).casefold()
        named_title = len(numbers) > 1 and re.match(r"\s*\d+\s+[A-Z]", piece) is not None
        for number in numbers[1:2] if named_title else numbers[:1]:
            yield number.lower(), words


def _in_range(number: str, words: str, low: str, high: str) -> bool:
    act, _, low = low.rpartition(" ")
    if act and words and act.casefold() not in words:
        return False
    key, first, last = _key(number), _key(low.lower()), _key(high.split(" ")[-1].lower())
    return first <= key <= last or key[: len(last)] == last or key[: len(first)] == first


def _key(number: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(digits), letters) for digits, letters in re.findall(r"(\d+)([a-z]*)", number))


# -- lengths -----------------------------------------------------------------------------------------------------------


def length(span: Span_, view: View) -> HowLong:
    """The length within bounds."""
    match span:
        case rules.Fixed(fixed):
            return HowLong(Lengths(fixed, fixed))
        case rules.FromField(field):
            value, missing = view.value(field)
            if isinstance(value, Period):
                return HowLong(Lengths(value, value))
            return HowLong(Lengths(Period(0, 0), None), (missing,))
        case rules.Sum(parts):
            return _sum([length(part, view) for part in parts])
        case rules.OfSentences(how, where, field):
            return _of_sentences(how, where, field, view)
        case rules.SumOverEntries():
            return _summed(span, view)


def _sum(parts: Sequence[HowLong]) -> HowLong:
    least, most = Period(0, 0), Period(0, 0)
    open_end = False
    for part in parts:
        least += part.lengths.least
        open_end = open_end or part.lengths.most is None
        most += part.lengths.most or Period(0, 0)
    return HowLong(Lengths(least, None if open_end else most), _once(m for part in parts for m in part.missing))


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
    least = _sum(sure).lengths.least if len(sure) >= span.at_least else Period(0, 0)
    whole = _sum(possible)
    most = whole.lengths.most if len(possible) >= span.at_least else Period(0, 0)
    return HowLong(Lengths(least, most), _once((*missing, *whole.missing)) if least != most else ())


def _of_sentences(how: str, where: Condition | None, field: str, view: View) -> HowLong:
    """The combined length of the sentences that satisfy a condition."""
    nothing = Period(0, 0)
    if view.entry.sentences is None:
        return HowLong(Lengths(nothing, None), (Missing(f"{view.entry.path}.sentences", "sentences"),))
    least, most, missing = nothing, nothing, list[Missing]()
    unbounded = False
    for sentence in view.entry.sentences:
        here = replace(view, sentence=sentence)
        counts = evaluate(where, here)
        if counts.holds is False:
            continue
        missing.extend(counts.missing)
        own = length(rules.FromField(field), here)
        missing.extend(own.missing)
        unbounded = unbounded or own.lengths.most is None
        joined = _joined(how, here, first=most == nothing and least == nothing)
        missing.extend(joined.missing)
        if counts.holds is True:
            least = (
                least + own.lengths.least
                if joined.holds is True
                else max(least, own.lengths.least, key=lambda p: p.size)
            )
        top = own.lengths.most or nothing
        most = max(most, top, key=lambda p: p.size) if joined.holds is False else most + top
    return HowLong(Lengths(least, None if unbounded else most), _once(missing))


def _joined(how: str, view: View, first: bool) -> Truth:
    """Whether a sentence adds to those before it."""
    if how == "total" or (first and how == "term"):
        return Truth(True)
    if how == "longest":
        return Truth(False)
    runs, missing = view.value("runs")
    return Truth(None, (missing,)) if runs is None else Truth(runs == "consecutive")


def _size(bound: Period | None, month: float) -> float:
    return float("inf") if bound is None else bound.size_by(month)


# -- events ------------------------------------------------------------------------------------------------------------


def event(what: Event, view: View) -> When:
    """The day of an event within bounds."""
    match what:
        case rules.On(field):
            return _on(field, view)
        case rules.Day(day):
            return When(Days(day, day))
        case rules.Pick(how, events):
            return _pick(how, [event(part, view) for part in events])
        case rules.If(part, when):
            return _if(event(part, view), evaluate(when, view))
        case rules.Shift(part, span, to):
            return _shift(event(part, view), length(span, view), to)
        case rules.Birthday(age):
            born, missing = view.value("born")
            if not isinstance(born, Days):
                return When(UNKNOWN_DAY, (missing,))
            days = Days(periods.birthday(born.first, age), periods.birthday(born.last, age))
            return When(days, () if born.exact else (missing,))
        case rules.OutcomeOf(effect):
            ends = (view.reached or {}).get(effect, ())
            number = view.record.entries.index(view.entry)
            return ends[number] if number < len(ends) else When(UNKNOWN_DAY)
        case rules.OverEntries():
            return _over_entries(what, view)
        case rules.OverSentences(part, where):
            return _over_sentences(part, where, view)


def _on(field: str, view: View) -> When:
    value, missing = view.value(field)
    if value == NOT_APPLICABLE:
        return When(NEVER, (), applies=False)
    if isinstance(value, Days):
        return When(value, () if value.exact else (missing,))
    return When(UNKNOWN_DAY, (missing,))


def _pick(how: str, found: Sequence[When]) -> When:
    found = [when for when in found if when.applies]
    if not found:
        return When(NEVER, (), applies=False)
    if how == "first_known":
        return next((when for when in found if when.days != UNKNOWN_DAY), found[0])
    pick = periods.latest if how == "latest" else periods.earliest
    days = pick(*(when.days for when in found))
    return When(days, () if days.exact else _once(m for when in found for m in when.missing))


def _if(when: When, truth: Truth) -> When:
    """An event that counts only where the condition holds. Where that is unknown it may count or not."""
    if truth.holds is False:
        return When(NEVER, (), applies=False)
    if truth.holds is True or not when.applies:
        return when
    return When(Days(date.min, when.days.last), _once((*truth.missing, *when.missing)))


def _shift(when: When, long: HowLong, to: str) -> When:
    if not when.applies:
        return when
    days = periods.shift(when.days, long.lengths, "from_day")
    missing = _once((*when.missing, *long.missing))
    return When(periods.day_before(days) if to == "last_day" else days, missing)


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
    return _nth(what.nth, list(sure.values()), list(possible.values()), _once(missing))


def _nth(nth: int, sure: list[Days], possible: list[Days], missing: tuple[Missing, ...]) -> When:
    if len(possible) < nth:
        return When(NEVER, (), applies=False)
    last = sorted((days.last for days in possible), reverse=True)[nth - 1]
    if len(sure) < nth:
        return When(Days(date.min, last), missing)
    first = sorted((days.first for days in sure), reverse=True)[nth - 1]
    return When(Days(first, last), () if first == last else missing)


def _over_sentences(part: Event, where: Condition | None, view: View) -> When:
    if view.entry.sentences is None:
        return When(UNKNOWN_DAY, (Missing(f"{view.entry.path}.sentences", "sentences"),))
    found = []
    for sentence in view.entry.sentences:
        here = replace(view, sentence=sentence)
        found.append(_if(event(part, here), evaluate(where, here)))
    return _pick("latest", found)
