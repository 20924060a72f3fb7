"""What the program answers with. `to_json` gives exactly the objects of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from indexer.passages import Passage

Status = Literal["answered", "partly_answered", "not_covered"]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as shown beside an answer: with its score and the stretches that carry the answer."""

    passage: Passage
    score: float = 0.0
    highlights: tuple[tuple[int, int], ...] = ()
    other: Passage | None = None
    """The same provision in the other language of the corpus."""
    beside: Passage | None = None
    """For a restatement the publisher's text of that day, for a publisher's text our restatement."""

    def to_json(self, language: str = "en") -> dict[str, Any]:
        passage = self.passage
        first, last = passage.span.first, passage.span.last
        return {
            "id": passage.id,
            "jurisdiction": passage.jurisdiction,
            "instrument": passage.instrument,
            "citation": passage.cited_as(language),
            "heading": passage.heading,
            "context": passage.context,
            "text": passage.text,
            "kind": passage.kind.value,
            "language": passage.language,
            "in_force_from": first.isoformat() if first else None,
            "in_force_to": last.isoformat() if last else None,
            "checked_on": passage.checked_on or None,
            "reviewed_on": passage.reviewed_on or None,
            "url": passage.url or None,
            "score": round(self.score, 4),
            "basis": passage.basis or None,
            "doubt": passage.doubt or None,
            "source": passage.source or None,
            "authorities": list(passage.citations),
            "highlights": [list(span) for span in self.highlights],
            "other_language": {"language": self.other.language, "text": self.other.text} if self.other else None,
            "beside": self._beside(language) if self.beside else None,
        }

    def _beside(self, language: str) -> dict[str, Any]:
        """The counterpart with what is needed to cite it; `part` is where the provision stands in a longer official text."""
        assert self.beside is not None
        one = self.beside
        part = next(([start, end] for key, start, end in one.parts if key == self.passage.id), None)
        return {
            "id": one.id,
            "kind": one.kind.value,
            "citation": one.cited_as(language),
            "language": one.language,
            "heading": one.heading,
            "text": one.text,
            "part": part,
            "source": one.source or None,
            "url": one.url or None,
            "in_force_from": one.span.first.isoformat() if one.span.first else None,
            "in_force_to": one.span.last.isoformat() if one.span.last else None,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer. A quotation stands byte for byte in a passage; anything else is built from typed values."""

    text: str
    jurisdiction: str | None
    citations: tuple[str, ...]
    quote: bool = True

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "jurisdiction": self.jurisdiction,
            "citations": list(self.citations),
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a comparison."""

    lead: str
    text: str
    value: Any
    unit: str | None
    citations: tuple[str, ...]
    doubt: str = ""
    details: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "lead": self.lead,
            "value": self.value,
            "unit": self.unit,
            "citations": list(self.citations),
            "doubt": self.doubt or None,
            "details": [dict(detail) for detail in self.details],
        }


@dataclass(frozen=True, slots=True)
class Row:
    jurisdiction: str
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Jurisdictions by dimensions on a day, each cell cited, and what differs."""

    as_of: str
    language: str
    dimensions: tuple[str, ...]
    dimension_names: Mapping[str, str]
    rows: tuple[Row, ...]
    differences: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """Cells whose law changed shortly before the day, or changes later."""

    def to_json(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "language": self.language,
            "dimensions": list(self.dimensions),
            "dimension_names": dict(self.dimension_names),
            "rows": [
                {
                    "jurisdiction": row.jurisdiction,
                    "name": row.name,
                    "cells": {key: cell.to_json() for key, cell in row.cells.items()},
                }
                for row in self.rows
            ],
            "differences": [{"dimension": dimension, "text": text} for dimension, text in self.differences],
            "notes": list(self.notes),
            "changes": list(self.changes),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question."""

    question: str
    language: str
    as_of: str
    status: Status
    answer: tuple[Statement, ...] = ()
    comparison: Comparison | None = None
    passages: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    disclaimer: str = field(default="")
    records: tuple[Mapping[str, Any], ...] = ()
    """The facts that the question tells of someone's case, as `check` takes them; one record for each place."""

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "language": self.language,
            "as_of": self.as_of,
            "status": self.status,
            "answer": [statement.to_json() for statement in self.answer],
            "comparison": self.comparison.to_json() if self.comparison else None,
            "passages": [source.to_json(self.language) for source in self.passages],
            "notes": list(self.notes),
            "disclaimer": self.disclaimer,
            "records": [dict(record) for record in self.records],
        }
