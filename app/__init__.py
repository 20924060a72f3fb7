"""Clean Slate Atlas: questions on the law of clearing records, answered with citations.

from app import analyze, ask, check, compare
ask("When is a fine spent in England?", as_of=date(2026, 1, 1)).to_json()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.analysis_model import Analysis
from app.ask import Atlas
from app.check import Check, check_record
from app.model import Answer, Comparison
from corpus.rule_load import load_rules

__all__ = ["Analysis", "Answer", "Atlas", "Check", "Comparison", "analyze", "ask", "check", "compare"]


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


def analyze(source: Path | str | bytes, *, as_of: date, name: str = "") -> Analysis:
    """What a document cites and claims, held against the law of `as_of`.

    `source` is the path of a file, or its content; `name` is then what to call it. Raises `InputError` with one line.
    """
    from app.analyze import analyze_source

    return analyze_source(source, as_of, name)
