"""Where an answer leads: two or three further questions that the collection answers for the same place, and what a reader types next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from app.ask import Atlas
from app.model import Answer
from app.ui_words import word
from corpus.model import Term

MOST = 3
FROM_DIMENSIONS = 2
ASKED_NEXT = (
    "trigger",
    "exclusions",
    "period_start",
    "access_exceptions",
    "civil_effect",
    "reoffending",
    "waiting_period",
    "legal_nature",
    "covered_records",
    "sanctions",
    "later_proceedings",
    "remedies",
    "foreign",
    "juveniles",
)
"""The points of comparison, in the order in which a reader usually comes to them."""


def places_of(answer: Answer) -> tuple[str, ...]:
    """The jurisdictions that an answer speaks of, in its order."""
    return tuple(dict.fromkeys(one.jurisdiction for one in answer.answer if one.jurisdiction))


def suggestions(atlas: Atlas, answer: Answer, as_of: date) -> tuple[str, ...]:
    """Up to three questions after an answer, which the collection answers for the same place."""
    places = places_of(answer)
    if not places:
        return ()
    points = tuple(islice(_points(atlas, answer, places, as_of), FROM_DIMENSIONS))
    return (*points, *islice(_terms(atlas, answer, places, as_of), MOST - len(points)))


def followed(atlas: Atlas, typed: str, kept: Sequence[str], as_of: date) -> tuple[str, ...]:
    """The jurisdictions for a follow-up: those that it names by itself (then none are chosen for it), or the kept ones."""
    if not typed.strip():
        return tuple(kept)
    named = atlas.index.understander.read(typed, as_of).jurisdictions
    return () if named else tuple(kept)


def _points(atlas: Atlas, answer: Answer, places: Sequence[str], as_of: date) -> Iterator[str]:
    """The questions of points that the answer does not deal with and the place has a finding on."""
    dealt = set(atlas.index.understander.read(answer.question, as_of, places, answer.language).dimensions[:2])
    dealt |= {cited.rpartition("/")[2] for one in answer.answer for cited in one.citations if "/position/" in cited}
    for dimension in ASKED_NEXT:
        if dimension in dealt or dimension not in atlas.corpus.dimensions:
            continue
        if atlas.corpus.position(places[0], dimension, as_of) is not None:
            yield atlas.corpus.dimensions[dimension].question.in_language(answer.language)


def _terms(atlas: Atlas, answer: Answer, places: Sequence[str], as_of: date) -> Iterator[str]:
    """Questions for the terms of art that the answer uses without explaining them."""
    language = answer.language
    said = " ".join(one.text for one in answer.answer).casefold()
    asked = answer.question.casefold()
    for term in atlas.corpus.terms:
        name = _name_in(term, said, language)
        if not name or name.casefold() in asked or not set(places) & set(term.jurisdictions):
            continue
        question = word("what_means", language, term=name)
        if atlas.ask(question, as_of, places, language).answer:
            yield question


def _name_in(term: Term, said: str, language: str) -> str:
    """The name by which a text mentions the term; empty if it does not."""
    shortest = 2 if language == "zh" else 5
    return next((one for one in term.names(language) if len(one) >= shortest and one.casefold() in said), "")
