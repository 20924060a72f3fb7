"""The fields of a record by the names that people read: remarks and questions are also for those who write records as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.check import Check, Step
from corpus.rules import RuleBook

_HINT = re.compile(r"\s*(?:Write none\b[^.?]*\.|(?<=[.?])\s*none, wenn\b[^.?]*\.|如[^。?？]*请填\s*none\s*。)")
"""How a record's file says that something never happened."""


def in_plain_words(check: Check, book: RuleBook, language: str) -> Check:
    """The check with fields named as the interview names them: remarks are also for those who write records as files."""
    fields = {name: field.label.in_language(language) for name, field in book.fields.items() if "_" in name}
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(fields, key=len, reverse=True)))})\b")
    marks = "„“" if language == "de" else "“”"

    def plain(steps: Sequence[Step]) -> tuple[Step, ...]:
        return tuple(
            replace(one, text=found.sub(lambda match: f"{marks[0]}{fields[match[0]]}{marks[1]}", one.text))
            for one in steps
        )

    results = tuple(
        replace(
            result,
            outcomes=tuple(
                replace(one, steps=plain(one.steps), next_steps=plain(one.next_steps)) for one in result.outcomes
            ),
        )
        for result in check.results
    )
    return replace(check, results=results, notes=plain(check.notes))


def without_hint(question: str) -> str:
    """A question without the sentence on how a record's file says "never", for a reader who answers in words."""
    return _HINT.sub("", question).strip()
