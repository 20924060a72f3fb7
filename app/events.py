"""The events of a rule book: on which day something happened, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app import periods
from app.lengths import from_here
from app.meaning import evaluate, event, length, means
from app.periods import NEVER, UNKNOWN_DAY, Days
from app.record import NOT_APPLICABLE
from app.terms import with_joined
from app.truth import HowLong, Missing, Truth, When, once
from app.view import View
from corpus import rules


@means(rules.On)
def _on(what: rules.On, view: View) -> When:
    value, missing = view.value(what.field)
    if value == NOT_APPLICABLE:
        return When(NEVER, (), applies=False)
    if isinstance(value, Days):
        return When(value, () if value.exact else (missing,))
    return When(UNKNOWN_DAY, (missing,))


@means(rules.Day)
def _day(what: rules.Day, view: View) -> When:
    return When(Days(what.day, what.day))


@means(rules.Pick)
def _picked(what: rules.Pick, view: View) -> When:
    return _pick(what.how, [event(part, view) for part in what.events])


def _pick(how: str, found: Sequence[When]) -> When:
    found = [when for when in found if when.applies]
    if not found:
        return When(NEVER, (), applies=False)
    if how == "first_known":
        return next((when for when in found if when.days != UNKNOWN_DAY), found[0])
    pick = periods.latest if how == "latest" else periods.earliest
    days = pick(*(when.days for when in found))
    return When(days, () if days.exact else once(m for when in found for m in when.missing))


@means(rules.If)
def _if(what: rules.If, view: View) -> When:
    return _counting(event(what.event, view), evaluate(what.when, view))


def _counting(when: When, truth: Truth) -> When:
    """An event that counts only where the condition holds. Where that is unknown it may count or not."""
    if truth.holds is False:
        return When(NEVER, (), applies=False)
    if truth.holds is True or not when.applies:
        return when
    return When(Days(date.min, when.days.last), once((*truth.missing, *when.missing)))


@means(rules.Shift)
def _shift(what: rules.Shift, view: View) -> When:
    return _shifted(event(what.event, view), _running_length(what.length, view), what.to)


def _running_length(span: rules.Span_, view: View) -> HowLong:
    """A length that begins with an event; a term that begins with one sentence holds it and those that follow it."""
    if view.sentence is not None and isinstance(span, rules.OfSentences) and span.how == "term":
        return from_here(span, view)
    return length(span, view)


def _shifted(when: When, long: HowLong, to: str) -> When:
    if not when.applies:
        return when
    days = periods.shift(when.days, long.lengths, "from_day")
    return When(periods.day_before(days) if to == "last_day" else days, once((*when.missing, *long.missing)))


@means(rules.Birthday)
def _birthday(what: rules.Birthday, view: View) -> When:
    born, missing = view.value("born")
    if not isinstance(born, Days):
        return When(UNKNOWN_DAY, (missing,))
    days = Days(periods.birthday(born.first, what.age), periods.birthday(born.last, what.age))
    return When(days, () if born.exact else (missing,))


@means(rules.OutcomeOf)
def _outcome_of(what: rules.OutcomeOf, view: View) -> When:
    ends = (view.reached or {}).get(what.effect, ())
    return ends[view.entry.number] if view.entry.number < len(ends) else When(UNKNOWN_DAY)


@means(rules.OverSentences)
def _over_sentences(what: rules.OverSentences, view: View) -> When:
    """The latest over the entry's sentences, and over those of other entries that are one term with them."""
    found = []
    for joined, entry in with_joined(view):
        if entry.sentences is None:
            if entry is view.entry:
                return When(UNKNOWN_DAY, (Missing(f"{entry.path}.sentences", "sentences"),))
            found.append(_counting(When(UNKNOWN_DAY), joined))
            continue
        there = view if entry is view.entry else view.at(entry)
        for here in map(there.of, entry.sentences):
            counts = evaluate(what.where, here)
            if joined.holds is not True and counts.holds is not False:
                counts = Truth(None, once((*joined.missing, *counts.missing)))
            found.append(_counting(event(what.event, here), counts))
    return _pick("latest", found)
