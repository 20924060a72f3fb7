"""The conditions of a rule book that look at one entry: its facts, its sentences, the provision, the person's age."""

from __future__ import annotations

from datetime import date

from app import periods
from app.codes import cites
from app.meaning import evaluate, event, length, means
from app.periods import Days
from app.record import NOT_APPLICABLE
from app.truth import FAILS, HOLDS, Missing, Truth, before_day, both, either, negated, once, ordered
from app.view import View
from corpus import rules
from corpus.rules import Period


@means(rules.All)
def _all(condition: rules.All, view: View) -> Truth:
    return both(evaluate(part, view) for part in condition.parts)


@means(rules.AnyOf)
def _any_of(condition: rules.AnyOf, view: View) -> Truth:
    return either(evaluate(part, view) for part in condition.parts)


@means(rules.Not)
def _not(condition: rules.Not, view: View) -> Truth:
    return negated(evaluate(condition.part, view))


@means(rules.Test)
def _test(test: rules.Test, view: View) -> Truth:
    value, missing = view.value(test.field)
    if test.op == "known":
        return Truth((value is not None) == test.values[0])
    if value is None:
        return Truth(None, (missing,))
    if value == NOT_APPLICABLE:
        return FAILS
    bound = test.values[0]
    match value:
        case Days():
            return _date_test(test, value, missing)
        case Period() if isinstance(bound, Period) and test.op != "is":
            size = value.size_by(view.book.month)
            return ordered(test.op, size, size, bound.size_by(view.book.month), (missing,))
        case float() if isinstance(bound, float) and test.op != "is":
            return ordered(test.op, value, value, bound, (missing,))
        case str():
            return (
                HOLDS if value in test.values else Truth(value.casefold() in {str(v).casefold() for v in test.values})
            )
    return Truth(value in test.values)


def _date_test(test: rules.Test, value: Days, missing: Missing) -> Truth:
    bound = test.values[0]
    assert isinstance(bound, date)
    if test.op == "is":
        if value.first <= bound <= value.last and not value.exact:
            return Truth(None, (missing,))
        return Truth(value.first == bound)
    before = before_day(value, Days(bound, bound))
    truth = Truth(before, () if before is not None else (missing,))
    return truth if test.op in ("before", "under") else negated(truth)


@means(rules.Sentences)
def _sentences(condition: rules.Sentences, view: View) -> Truth:
    if view.entry.sentences is None:
        return Truth(None, (Missing(f"{view.entry.path}.sentences", "sentences"),))
    truths = [evaluate(condition.where, view.of(sentence)) for sentence in view.entry.sentences]
    if condition.quantifier == "every":
        return both(truths) if truths else FAILS
    some = either(truths)
    return some if condition.quantifier == "some" else negated(some)


@means(rules.Code)
def _code(condition: rules.Code, view: View) -> Truth:
    value, missing = view.value("offence_code")
    if not isinstance(value, str):
        return Truth(None, (missing,))
    return Truth(cites(value, condition.ranges))


@means(rules.Age)
def _age(condition: rules.Age, view: View) -> Truth:
    at = event(condition.at, view)
    born, lacking = view.value("born")
    if not isinstance(born, Days):
        return Truth(None, (lacking,))
    if not at.days.bounded:
        return Truth(None, at.missing)
    youngest = periods.years_between(born.last, at.days.first)
    oldest = periods.years_between(born.first, at.days.last)
    missing = once((*at.missing, *(() if born.exact else (lacking,))))
    return ordered(condition.op, youngest, oldest, condition.years, missing)


@means(rules.Length)
def _length(condition: rules.Length, view: View) -> Truth:
    found, month = length(condition.of, view), view.book.month
    most = found.lengths.most
    least, longest = found.lengths.least.size_by(month), float("inf") if most is None else most.size_by(month)
    return ordered(condition.op, least, longest, condition.period.size_by(month), found.missing)
