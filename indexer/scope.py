"""Whether what was found answers the question at all, before anything is said.

A similarity threshold alone does not tell a near miss from a hit ("the sentence for burglary in Michigan" is near to much). Beside
the encoder's score count: terms and cues of the corpus that the question holds, and its topic: which of the two lists of
corpus/scope.yaml it is like, by a linear rule over the encoder's vectors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from indexer.query import Query
from indexer.search import Hit, Index, Scores


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer (`outside`: against it)."""

    dense: float
    """the encoder's best score among the first five hits"""
    asked: float
    """the same, of the words by which people ask for them"""
    terms: float
    """glossary terms in the question, three at most"""
    core: float
    """1 if one of them is a core term of corpus/scope.yaml"""
    dimensions: float
    """dimensions it has cues of, two at most"""
    law: float
    """1 if a law is named"""
    place: float
    """1 if a place is named of which the corpus has law"""
    inside: float
    """likeness to the nearest question that the corpus answers, and to the nearest that it does not"""
    outside: float
    topic: float
    """the topic rule: about 1 inside, about -1 outside"""
    carried: float
    """the share of a German or Chinese question that has English words"""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A logistic rule over the signs, fitted on the tuning part of tests/gold (`python -m indexer evaluate --tune`)."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, signs: Signs) -> float:
        total = self.bias + sum(w * s for w, s in zip(self.weights, astuple(signs), strict=True))
        return 1 / (1 + math.exp(-total))


FITTED = Threshold(weights=(1.75, 1.51, 1.23, 0.7, 0.42, 0.76, 0.98, 2.25, -4.77, 2.25, 2.3), bias=-5.29)


def signs(index: Index, query: Query, hits: Sequence[Hit]) -> Signs:
    """The signs for a question and what was found for it."""
    vector = index.question_vector(query)
    inside, outside = index.example_vectors
    return Signs(
        dense=max((hit.dense for hit in hits[:5]), default=0.0),
        asked=max((hit.asked for hit in hits[:5]), default=0.0),
        terms=min(len(query.terms), 3),
        core=float(any(term.id in index.corpus.core_terms for term in query.terms)),
        dimensions=min(len(query.dimensions), 2),
        law=float(bool(query.laws)),
        place=float(any(has_law_of(index, place) for place in query.jurisdictions)),
        inside=_nearest(vector, inside),
        outside=_nearest(vector, outside),
        topic=0.0 if vector is None else index.topic_rule(vector),
        carried=index.understander.bridge.carried(query.question, query.asked_in),
    )


def _nearest(vector: Scores | None, examples: Scores) -> float:
    return 0.0 if vector is None or not len(examples) else float(np.max(examples @ vector))


def has_law_of(index: Index, place: str) -> bool:
    """Whether the corpus holds law of a place or of a part of it (for the UK, of England and Wales)."""
    return bool(index.places_with_law.intersection(index.corpus.family(place)))


def is_answered(index: Index, query: Query, hits: Sequence[Hit]) -> bool:
    """Whether a question gets an answer: a place named is covered, and what was found answers."""
    somewhere = not query.jurisdictions or any(has_law_of(index, place) for place in query.jurisdictions)
    return somewhere and bool(hits) and is_answerable(index, query, hits)


def is_answerable(index: Index, query: Query, hits: Sequence[Hit]) -> bool:
    """Whether the hits answer the question, as far as the signs tell."""
    if any(citation.id for citation in query.citations):
        return True
    if query.meaning_only:
        # What a term of the glossary means is answered by the glossary, however unlike its words are to those found.
        return True
    covered = [place for place in query.jurisdictions if has_law_of(index, place)]
    if query.dimensions and (query.chosen or len(covered) > 1):
        # Who sets a place beside the question, or compares covered places on a dimension, asks about this law.
        return True
    return FITTED.probability(signs(index, query, hits)) >= 0.5
