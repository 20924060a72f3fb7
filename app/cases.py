"""Citations of American court decisions, as eyecite reads them."""

from __future__ import annotations

from typing import Any

Span = tuple[int, int]


def us_cases(text: str) -> list[tuple[Span, Span]]:
    """For every case cited in `text` the stretch with the parties' names, and that of volume, reporter and page alone."""
    import logging

    from eyecite import get_citations
    from eyecite.models import FullCaseCitation

    logging.getLogger("eyecite").setLevel(logging.ERROR)
    found = []
    for citation in get_citations(text):
        if isinstance(citation, FullCaseCitation):
            first, last = citation.full_span()
            found.append(((max(first, 0), min(last, len(text))), _core(citation)))
    return found


def _core(citation: Any) -> Span:
    """Where volume, reporter and page stand; the library gives no types for it."""
    first, last = citation.span()
    return int(first), int(last)
