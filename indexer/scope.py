"""Whether what was found answers the question at all, before anything is said.

A similarity threshold alone does not tell a near miss from a hit. Beside the encoder's score count: how much of the question the
best passages hold between them, and whether the question speaks of records, clearing or disclosure (terms and cues of the corpus).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from indexer.query import Query
from indexer.search import Hit, Index


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer. All but the counts lie between 0 and 1."""

    dense: float
    coverage: float
    terms: float
    dimensions: float
    law: float
    inside: float
    """likeness to the questions that the corpus answers (corpus/scope.yaml), and to those that it does not"""
    outside: float
    carried: float
    """the share of a German or Chinese question that has English words"""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A logistic rule over the signs, fitted on the tuning part of tests/gold (`python -m indexer evaluate --fit`)."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, signs: Signs) -> float:
        total = self.bias + sum(w * s for w, s in zip(self.weights, astuple(signs), strict=True))
        return 1 / (1 + math.exp(-total))


FITTED = Threshold(weights=(2.5, 0.2, 2.0, 0.4, 0.1, 3.0, -3.0, 1.0), bias=-3.8)


def signs(index: Index, query: Query, hits: Sequence[Hit]) -> Signs:
    """The signs for a question and what was found for it."""
    return Signs(
        dense=max((hit.dense for hit in hits[:5]), default=0.0),
        coverage=index.coverage(query, hits[:5]),
        terms=min(len(query.terms), 3),
        dimensions=min(len(query.dimensions), 2),
        law=float(bool(query.laws) or any(citation.id for citation in query.citations)),
        inside=index.similarity(query, index.corpus.inside),
        outside=index.similarity(query, index.corpus.outside),
        carried=index.understander.bridge.carried(query.question, query.language),
    )


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
    return FITTED.probability(signs(index, query, hits)) >= 0.5
