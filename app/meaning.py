"""What a condition, an event or a length means: found by its form, and worked out once for each place of a record.

The meanings stand in `conditions`, `events`, `lengths` and `others`; each form is given its meaning by `means`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from app.truth import HOLDS, HowLong, Truth, When
from app.view import View
from corpus import rules
from corpus.rules import Condition, Event, Span_

Meaning = TypeVar("Meaning", bound=Callable[[Any, View], Any])
_MEANINGS: dict[type, Callable[[Any, View], Any]] = {}


_ON_DAYS, _ON_TIME, _ON_TERM = 1, 2, 4
"""What a form may rest on beside stated facts: on the day by which the effect compares entries, or on days that effects were
reached; on the entry's own waiting time; on terms that follow one another being added."""


class _Plan(NamedTuple):
    """How a form is worked out."""

    form: Any
    """Kept, so that no other form can take its identity; forms live as long as their rule books."""
    meaning: Callable[[Any, View], Any]
    rests: int


_PLANS: dict[int, _Plan] = {}


def means(form: type) -> Callable[[Meaning], Meaning]:
    """Give a form its meaning."""

    def given(meaning: Meaning) -> Meaning:
        _MEANINGS[form] = meaning
        return meaning

    return given


def evaluate(condition: Condition | None, view: View) -> Truth:
    """Whether the condition holds of the view; no condition always holds."""
    if condition is None:
        return HOLDS
    found: Truth = _worked_out(condition, view)
    return found


def event(what: Event, view: View) -> When:
    """The day of an event within bounds."""
    found: When = _worked_out(what, view)
    return found


def length(span: Span_, view: View) -> HowLong:
    """The length within bounds."""
    found: HowLong = _worked_out(span, view)
    return found


def turns_on_term(form: Condition | Event | Span_ | None) -> bool:
    """Whether a term of which other entries may be a part decides it."""
    return form is not None and bool(_plan(form).rests & _ON_TERM)


def _worked_out(form: Any, view: View) -> Any:
    plan = _PLANS.get(id(form)) or _plan(form)
    if plan.rests & _ON_TIME:
        return plan.meaning(form, view)
    store = view.memo.lap if plan.rests & _ON_DAYS else view.memo.facts
    key = (id(form), view.place)
    found = store.get(key)
    if found is None:
        found = store[key] = plan.meaning(form, view)
    return found


def _plan(form: Any) -> _Plan:
    plan = _PLANS.get(id(form))
    if plan is None:
        rests = _of_itself(form)
        for part in (getattr(form, part.name) for part in dataclasses.fields(form)):
            for one in part if isinstance(part, tuple) else (part,):
                if type(one) in _MEANINGS:
                    rests |= _plan(one).rests
        plan = _PLANS[id(form)] = _Plan(form, _MEANINGS[type(form)], rests)
    return plan


def _of_itself(form: Any) -> int:
    match form:
        case rules.OutcomeOf():
            return _ON_DAYS
        case rules.OfSentences(how="term"):
            return _ON_TERM
        case rules.Entries() | rules.OverEntries():
            compares = form.running or form.which in ("earlier", "later")
            return _ON_DAYS | _ON_TIME if form.which == "within" else _ON_DAYS if compares else 0
    return 0
