"""The versions of a provision and what changed between them, sentence by sentence."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.passages import Kind, Passage
from indexer.search import Index
from indexer.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Version:
    """One version, and the sentences that left and came against the version before (none for the first)."""

    passage: Passage
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def to_json(self, language: str = "en") -> dict[str, Any]:
        passage = self.passage
        return {
            "id": passage.id,
            "citation": passage.cited_as(language),
            "kind": passage.kind.value,
            "language": passage.language,
            "heading": passage.heading,
            "text": passage.text,
            "status": passage.status,
            "in_force_from": passage.span.first.isoformat() if passage.span.first else None,
            "in_force_to": passage.span.last.isoformat() if passage.span.last else None,
            "source": passage.source or None,
            "removed": list(self.removed),
            "added": list(self.added),
        }


def history(index: Index, wanted: str, language: str) -> list[Version]:
    """All versions of the provision (or of those below it), provision by provision, restatement first, oldest first."""
    ids = [one for one in index.by_id if one == wanted or one.startswith(f"{wanted}/")]
    found: list[Version] = []
    for one in ids:
        for kind in (Kind.STATUTE, Kind.OFFICIAL_TEXT):
            found += _of_kind([passage for passage in index.by_id[one] if passage.kind is kind], language)
    return found


def _of_kind(passages: list[Passage], language: str) -> list[Version]:
    """The versions in the reader's language where there are any, else in English, else in the law's own."""
    spoken = {passage.language for passage in passages}
    chosen = next((one for one in (language, "en", *sorted(spoken)) if one in spoken), "")
    same = sorted((one for one in passages if one.language == chosen), key=lambda one: one.span.first or date.min)
    return [Version(one, *_difference(same[at - 1], one)) if at else Version(one) for at, one in enumerate(same)]


def _difference(before: Passage, after: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = (
        [passage.text[start:end] for start, end in sentence_spans(passage.text, passage.language)]
        for passage in (before, after)
    )
    lines = list(difflib.ndiff(old, new))
    removed = tuple(line[2:] for line in lines if line.startswith("- "))
    return removed, tuple(line[2:] for line in lines if line.startswith("+ "))
