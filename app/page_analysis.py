"""What the tab that analyses a document does: a file or a text in, HTML out. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.analysis_model import Analysis
from app.analyze import analyze_source
from app.check import check_record
from app.errors import CorpusError, IndexUnusable, InputError, RuleConflict, one_line
from app.field_words import in_plain_words
from app.page import Page, read_day
from app.render import message
from app.render_analysis import analysis_html
from app.render_check import check_html
from app.ui_words import word

MOST_PASTED = 400_000
Shown = tuple[str, dict[str, Any] | None]
"""HTML, and the record that was found, if any."""


class AnalysisPage:
    """Analyses documents over the page's atlas."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def analyse(self, file: str | None, pasted: str, day: str, language: str) -> Iterator[Shown]:
        """The analysis of an uploaded file, which is deleted, or of pasted text."""
        yield message(word("loading_document", language), "loading"), None
        try:
            yield self._shown(file, pasted, day, language)
        except (InputError, CorpusError, IndexUnusable) as error:
            yield message(one_line(error)), None
        finally:
            if file:
                Path(file).unlink(missing_ok=True)

    def check(self, record: dict[str, Any] | None, day: str, language: str) -> str:
        """The check of a record that was found in the document."""
        if record is None:
            return ""
        try:
            as_of = read_day(day, language)
            books = self._page.books()
            checked = check_record(record, books, as_of, language)
            if book := books.get(str(record.get("jurisdiction"))):
                checked = in_plain_words(checked, book, language)
        except (InputError, RuleConflict) as error:
            return message(one_line(error))
        return check_html(checked, self._page.shelf("found", as_of, language), self._page.names(language))

    def _shown(self, file: str | None, pasted: str, day: str, language: str) -> Shown:
        as_of = read_day(day, language)
        source: Path | bytes = Path(file) if file else self._text(pasted, language).encode()
        analysis = analyze_source(source, as_of, f"{word('pasted', language)}.txt")
        return self._html(analysis, language, as_of), analysis.record

    def _text(self, pasted: str, language: str) -> str:
        if not pasted.strip():
            raise InputError(word("no_document", language))
        if len(pasted) > MOST_PASTED:
            raise InputError(word("too_much_text", language, count=len(pasted), most=MOST_PASTED))
        return pasted

    def _html(self, analysis: Analysis, language: str, as_of: Any) -> str:
        self._page.wait()
        dimensions = {id_: name for name, id_ in self._page.dimensions(language)}
        shelf, names = self._page.shelf("analysis", as_of, language), self._page.names(language)
        evidence = (one.id for claim in analysis.claims for one in claim.evidence)
        return analysis_html(analysis, shelf, names, dimensions, self._page.turns(evidence, as_of, language))
