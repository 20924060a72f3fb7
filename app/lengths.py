"""The lengths of a rule book: fixed ones, stated ones, and those over several sentences, within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.meaning import evaluate, length, means
from app.periods import Lengths
from app.record import Sentence
from app.terms import one_term
from app.truth import FAILS, HOLDS, HowLong, Missing, Truth, once
from app.view import View
from corpus import rules
from corpus.rules import Period

NOTHING = Period(0, 0)


@means(rules.Fixed)
def _fixed(span: rules.Fixed, view: View) -> HowLong:
    return HowLong(Lengths(span.period, span.period))


@means(rules.FromField)
def _from_field(span: rules.FromField, view: View) -> HowLong:
    return _stated(span.field, view)


def _stated(field: str, view: View) -> HowLong:
    value, missing = view.value(field)
    if isinstance(value, Period):
        return HowLong(Lengths(value, value))
    return HowLong(Lengths(NOTHING, None), (missing,))


@means(rules.Sum)
def _sum(span: rules.Sum, view: View) -> HowLong:
    return added([length(part, view) for part in span.parts])


def added(parts: Sequence[HowLong]) -> HowLong:
    """Several lengths one after the other."""
    least, most = NOTHING, NOTHING
    open_end = False
    for part in parts:
        least += part.lengths.least
        open_end = open_end or part.lengths.most is None
        most += part.lengths.most or NOTHING
    return HowLong(Lengths(least, None if open_end else most), once(m for part in parts for m in part.missing))


@means(rules.OfSentences)
def _of_sentences(span: rules.OfSentences, view: View) -> HowLong:
    """The combined length of the sentences of the entry, in a term with those of other entries that are one with it."""
    if span.how != "term":
        return _combined(span, view, view.entry.sentences)
    return one_term(view, lambda there: _combined(span, there, there.entry.sentences))


def from_here(span: rules.OfSentences, view: View) -> HowLong:
    """The term that begins with the view's sentence: of it and of all that follow it."""
    sentences = view.entry.sentences or ()
    rest = sentences[sentences.index(view.sentence) :] if view.sentence in sentences else sentences
    return one_term(
        view,
        lambda there: _combined(span, there, rest if there.entry is view.entry else there.entry.sentences),
        onward=True,
    )


def _combined(span: rules.OfSentences, view: View, sentences: Iterable[Sentence] | None) -> HowLong:
    if sentences is None:
        return HowLong(Lengths(NOTHING, None), (Missing(f"{view.entry.path}.sentences", "sentences"),))
    least, most, missing = NOTHING, NOTHING, list[Missing]()
    unbounded = False
    for here in map(view.of, sentences):
        counts = evaluate(span.where, here)
        if counts.holds is False:
            continue
        own = _stated(span.field, here)
        joined = _joined(span.how, here, first=most == NOTHING and least == NOTHING)
        missing.extend((*counts.missing, *own.missing, *joined.missing))
        unbounded = unbounded or own.lengths.most is None
        if counts.holds is True:
            least = least + own.lengths.least if joined.holds is True else _longer(least, own.lengths.least)
        top = own.lengths.most or NOTHING
        most = _longer(most, top) if joined.holds is False else most + top
    return HowLong(Lengths(least, None if unbounded else most), once(missing))


def _longer(one: Period, other: Period) -> Period:
    return other if other.size > one.size else one


def _joined(how: str, view: View, first: bool) -> Truth:
    """Whether a sentence adds to those before it."""
    if how == "total" or (first and how == "term"):
        return HOLDS
    if how == "longest":
        return FAILS
    runs, missing = view.value("runs")
    return Truth(None, (missing,)) if runs is None else Truth(runs == "consecutive")
