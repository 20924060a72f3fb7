"""Clean Slate Atlas: questions on the law of clearing records, answered with citations.

from app import ask, compare
ask("When is a fine spent in England?", as_of=date(2026, 1, 1)).to_json()
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from app.ask import Atlas
from app.model import Answer, Comparison

__all__ = ["Answer", "Atlas", "Comparison", "ask", "compare"]


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
