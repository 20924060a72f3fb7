"""Citations of American court decisions, as eyecite reads them."""

from __future__ import annotations

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
            found.append(((max(first, 0), min(last, len(text))), citation.span()))
    return found
