"""Clean Slate Atlas: questions on the law of clearing records, answered with citations.

from app import ask, compare
ask("When is a fine spent in England?", as_of=date(2026, 1, 1)).to_json()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from app.ask import Atlas
from app.check import Check, check_record
from app.model import Answer, Comparison
from corpus.rule_load import load_rules

__all__ = ["Answer", "Atlas", "Check", "Comparison", "ask", "check", "compare"]


@lru_cache(maxsize=1)
def _atlas() -> Atlas:
    return Atlas.open()


def ask(question: str, *, as_of: date, jurisdictions: Sequence[str] = (), language: str | None = None) -> Answer:
    """The answer to `question` under the law in force on `as_of`."""
    return _atlas().ask(question, as_of, jurisdictions, language)


def compare(
    jurisdictions: Sequence[str], dimensions: Sequence[str] = (), *, as_of: date, language: str = "en"
) -> Comparison:
    """The comparison table of `jurisdictions` on `as_of`."""
    return _atlas().compare(jurisdictions, dimensions, as_of=as_of, language=language)


def check(record: Mapping[str, Any], *, as_of: date, language: str = "en") -> Check:
    """What the law does with each entry of `record` (see `cleanslate schema record`) under the rules of `as_of`."""
    return check_record(record, load_rules(), as_of, language)
