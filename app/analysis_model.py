"""What the analysis of a document finds. `to_json` gives exactly the objects of the contract.

All offsets are characters of the text that was analysed; `text` is always that slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the law of the corpus says of a claim."""

    SUPPORTED = "supported"
    IMPRECISE = "imprecise"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NOT_COVERED = "not_covered"


class Kind(StrEnum):
    """What a claim is about; only claims of law are held against the law."""

    LAW = "law"
    FACT = "fact"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Reference:
    """A law or case cited. `id` is a provision of the corpus, or `None` with a `note` that says why."""

    text: str
    start: int
    end: int
    id: str | None
    note: str
    kind: str = "provision"
    """`provision`, `law` (named as a whole) or `case`."""
    instrument: str | None = None
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "id": self.id,
            "note": self.note,
            "kind": self.kind,
            "instrument": self.instrument,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, quoted byte for byte, that decides a claim or is offered as context."""

    id: str
    quote: str
    citation: str = ""
    kind: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "quote": self.quote, "citation": self.citation, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that can be checked, and what comes of checking it."""

    text: str
    start: int
    end: int
    jurisdiction: str | None
    dimension: str | None
    type: Kind
    verdict: Verdict
    because: str
    document_value: str | None = None
    law_value: str | None = None
    evidence: tuple[Evidence, ...] = ()
    modality: str = "rule"
    """`rule`, `past`, `proposal`, `forecast` or `reported`."""
    date: str | None = None
    """The year of which the claim speaks, where it names one."""
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "jurisdiction": self.jurisdiction,
            "dimension": self.dimension,
            "type": self.type.value,
            "verdict": self.verdict.value,
            "because": self.because,
            "document_value": self.document_value,
            "law_value": self.law_value,
            "evidence": [one.to_json() for one in self.evidence],
            "modality": self.modality,
            "date": self.date,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A stretch of the document that addresses one of the fourteen dimensions."""

    dimension: str
    start: int
    end: int
    text: str
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "dimension": self.dimension,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A place whose law on one dimension comes near to what the document says, with its cell and authorities."""

    dimension: str
    document_value: str
    jurisdiction: str
    value: str
    text: str
    id: str
    citations: tuple[str, ...]
    distance: float
    """0 for the same typed values; below 1."""

    def to_json(self) -> dict[str, Any]:
        return {
            "dimension": self.dimension,
            "document_value": self.document_value,
            "jurisdiction": self.jurisdiction,
            "value": self.value,
            "text": self.text,
            "id": self.id,
            "citations": list(self.citations),
            "distance": self.distance,
        }


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one document; `text` is what the offsets count in."""

    name: str
    format: str
    language: str
    kind: str
    text: str
    as_of: str
    document_date: str | None
    references: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = ()
    profile: tuple[ProfileEntry, ...] = ()
    silent: tuple[str, ...] = ()
    """Dimensions that the regime described in the document leaves open; empty unless it describes one."""
    counterparts: tuple[Counterpart, ...] = ()
    """For a bill or a paper that describes a regime: where the law comes nearest, dimension by dimension."""
    record: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    pages: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "document": {
                "name": self.name,
                "format": self.format,
                "language": self.language,
                "characters": len(self.text),
                "kind": self.kind,
                "date": self.document_date,
                "pages": self.pages,
            },
            "as_of": self.as_of,
            "references": [one.to_json() for one in self.references],
            "claims": [one.to_json() for one in self.claims],
            "record": self.record,
            "profile": [one.to_json() for one in self.profile],
            "silent": list(self.silent),
            "counterparts": [one.to_json() for one in self.counterparts],
            "notes": list(self.notes),
        }
