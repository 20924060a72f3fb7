"""What the library tab does with each step: an address of the library in, a page of it out. It keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape

from app.errors import CorpusError, IndexUnusable, InputError, ModelError, one_line
from app.library import Library, law_of
from app.page import Page, read_day
from app.render import message
from app.render_desk import Desk, Official, page
from app.render_library import law_html, provision_html
from app.render_shelves import coverage_html, glossary_html, note_html, notes_list_html, place_html, position_html
from app.ui_words import word
from corpus.model import Provision
from indexer.passages import Kind

Choices = list[tuple[str, str]]
LONGEST = 200


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What the tab shows: the page, and the controls as they stand for it."""

    html: str
    day: str
    place: str | None = None
    law: str | None = None
    laws: Choices | None = None


class LibraryPage:
    """The library over the page's atlas. An address is `TARGET@DAY`; the day may be left out, and then `today` is taken."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def is_open(self) -> bool:
        """Whether a page can be shown at once."""
        return self._page.is_open

    @cached_property
    def _library(self) -> Library:
        atlas = self._page.atlas()
        return Library(atlas.corpus, atlas.citations)

    def open(self, address: str, today: str, language: str) -> LibraryView:
        """The page at an address; a message in place of one that does not exist."""
        target, _, day = address.strip().partition("@")
        day = day or today
        try:
            as_of = read_day(day, language)
            desk = Desk(self._library, as_of, language, lambda one: self._official(one, as_of))
            return self._view(desk, target.strip("/"))
        except (InputError, CorpusError, IndexUnusable, ModelError) as error:
            return LibraryView(message(one_line(error)), day)

    def _official(self, provision: Provision, day: date) -> Official | None:
        """The publisher's text that was pulled of a provision, or of the section that holds it, as of a day."""
        index = self._page.atlas().index
        ours = (one for one in index.by_id.get(provision.id, ()) if one.kind is Kind.STATUTE)
        found = next((beside for one in ours if (beside := index.beside(one, day))), None)
        if found is None:
            return None
        start, end = next(
            ((start, end) for one, start, end in found.parts if one == provision.id), (0, len(found.text))
        )
        return Official(found.text, found.language, found.source, start, end)

    def find(self, written: str, language: str) -> str:
        """The target that a citation means; what was typed if it means none."""
        text = written.strip()[:LONGEST]
        try:
            found = self._library.citations.resolve(text)
        except (CorpusError, IndexUnusable, ModelError):
            return text
        return found.id if found and found.id else text

    def places(self, language: str) -> Choices:
        """The jurisdictions that the library has law of, by name; none before the atlas is open."""
        return self._page.ask_places(language)

    def laws(self, place: str, language: str) -> Choices:
        """The laws of a jurisdiction: short name and title."""
        laws = self._library.corpus.instruments
        ids = self._library.instruments_of(place)
        return [(f"{laws[one].short} · {laws[one].title.in_language(language)}", one) for one in ids]

    def _view(self, desk: Desk, target: str) -> LibraryView:
        html = self._html(desk, target)
        parts = target.split("/")
        place = (
            parts[0]
            if parts[0] in desk.library.corpus.jurisdictions and desk.library.instruments_of(parts[0])
            else None
        )
        law = law_of(target) if law_of(target) in desk.library.corpus.instruments else None
        laws = self.laws(place, desk.language) if place else []
        return LibraryView(html, desk.day.isoformat(), place, law, laws)

    def _html(self, desk: Desk, target: str) -> str:
        corpus = desk.library.corpus
        fixed: dict[str, Callable[[Desk], str]] = {
            "": coverage_html,
            "glossary": glossary_html,
            "notes": notes_list_html,
        }
        if target in fixed:
            return fixed[target](desk)
        if target.startswith("glossary/"):
            return glossary_html(desk, target.removeprefix("glossary/"))
        if target in corpus.jurisdictions and (corpus.jurisdictions[target].covered):
            return place_html(desk, target)
        if target in corpus.instruments:
            return law_html(desk, target)
        if target in desk.library.citations.known:
            return provision_html(desk, target)
        return self._shelved(desk, target)

    def _shelved(self, desk: Desk, target: str) -> str:
        """A position or a note; a message where there is none."""
        corpus = desk.library.corpus
        place, _, rest = target.partition("/position/")
        if place in corpus.jurisdictions and rest in corpus.dimensions:
            return position_html(desk, place, rest)
        note = next((one for one in corpus.notes if one.id == target), None)
        if note:
            return note_html(desk, note)
        given = word("nothing_here", desk.language, given=target[:LONGEST])
        return page(
            desk,
            [],
            f'<h2 tabindex="-1" class="unseen">{desk.word("library_tab")}</h2><p class="message">{escape(given)}</p>',
        )
