"""The two pictures beside the comparison: a day in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from app.changing import turns_html
from app.errors import CorpusError, IndexUnusable, InputError, ModelError, one_line
from app.library import Library
from app.page import Page, read_day
from app.render import message
from app.render_desk import Desk
from app.render_states import states_html
from app.render_waiting import waiting_html
from app.ui_words import word
from app.waiting import CLASSES, waits

Choices = list[tuple[str, str]]


class Pictures:
    """The waiting periods and the map of the states over the page's atlas."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _library(self) -> Library:
        atlas = self._page.atlas()
        return Library(atlas.corpus, atlas.citations)

    def classes(self, language: str) -> Choices:
        """The kinds of case that the chart can be narrowed to, by name; the empty one is all."""
        return [(word(f"class_{one or 'all'}", language), one) for one in ("", *CLASSES)]

    def waiting(self, wanted: str, places: list[str], day: str, language: str) -> str:
        """The chart of waiting periods on a day, of one kind of case and some places if they are named."""
        try:
            desk = Desk(self._library, read_day(day, language), language)
        except (InputError, CorpusError, IndexUnusable, ModelError) as error:
            return message(one_line(error))
        found = tuple(waits(desk.library.corpus, desk.day, wanted or "", tuple(places or ())))
        changed = self._turns(desk, {one.place for one in found}, "waiting_period")
        return waiting_html(desk, found, narrowed=bool(wanted or places), turns=changed)

    def states(self, day: str, language: str) -> str:
        """The map of the states on a day."""
        try:
            desk = Desk(self._library, read_day(day, language), language)
        except (InputError, CorpusError, IndexUnusable, ModelError) as error:
            return message(one_line(error))
        return states_html(
            desk,
            self._turns(desk, (one for one in desk.library.corpus.jurisdictions if one.startswith("us-")), "trigger"),
        )

    def _turns(self, desk: Desk, places: Iterable[str], dimension: str) -> str:
        """What of one point of comparison changes after the day; who has changed it lately is too long a list."""
        cells = [f"{place}/position/{dimension}" for place in sorted(places)]
        library = desk.library
        return turns_html(library.corpus, library.citations, cells, desk.day, desk.language, recent=False)
