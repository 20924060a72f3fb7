"""What the page does with what is typed: strings in, HTML out. It knows nothing of how the page is laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from app.ask import Atlas
from app.changing import turns_html
from app.check import check_record
from app.errors import CorpusError, IndexUnusable, InputError, ModelError, RuleConflict, one_line
from app.render import Json, Neighbour, Shelf, message
from app.render_table import comparison_html, table_html
from app.ui_words import LANGUAGE_NAMES, USERS, examples, word
from corpus.model import Jurisdiction
from corpus.rule_load import load_rules
from corpus.rules import RuleBook

MOST_CHARACTERS = 2000
FEWEST_PLACES, MOST_PLACES = 2, 12
MOST_CHOSEN = 20
"""How many places or points of a link are read."""
COMPARE_PREFIX = "compare?"
Choices = list[tuple[str, str]]


class Page:
    """The atlas that opens in the background, and what all tabs need of it; the comparison, and the endpoints for programs."""

    def __init__(self, atlas_source: Callable[[], Atlas]) -> None:
        workers = ThreadPoolExecutor(2, "atlas")
        self._opening: Future[Atlas] = workers.submit(atlas_source)
        self._books = workers.submit(self._read_books)
        self._warming = workers.submit(self._warm)

    def compare(self, places: Sequence[str], dimensions: Sequence[str], day: str, language: str) -> Iterator[str]:
        """The comparison as HTML; before it, if the atlas is still opening, a line that says so."""
        yield from self.in_turn(language, lambda: self._comparison(places, dimensions, day, language))

    def linked(self, address: str, on: str) -> tuple[list[str], list[str], str]:
        """Places, points and day of a link to a comparison; those that there are not are left out."""
        given = parse_qs(address.removeprefix("#").removeprefix(COMPARE_PREFIX), max_num_fields=10)
        places = {id_ for _, id_ in self.compare_places("en")}
        points = {id_ for _, id_ in self.dimensions("en")}
        wanted = {key: (given.get(key) or [""])[0].split(",")[:MOST_CHOSEN] for key in ("in", "points")}
        return (
            [one for one in wanted["in"] if one in places],
            [one for one in wanted["points"] if one in points],
            (given.get("on") or [on])[0][:10],
        )

    # -- for programs: the JSON of the commands; faults are one line --------------------------------------------------

    def ask_json(
        self, question: str, jurisdictions: Sequence[str] | None = None, as_of: str = "", language: str = ""
    ) -> dict[str, Any]:
        """The object that `cleanslate ask --json` prints, or `{"error": …}`."""
        return _told(
            lambda: self._atlas.ask(
                question, read_day(as_of, "en"), tuple(jurisdictions or ()), language or None
            ).to_json()
        )

    def compare_json(
        self, jurisdictions: Sequence[str], dimensions: Sequence[str] | None = None, as_of: str = "", language: str = ""
    ) -> dict[str, Any]:
        """The object that `cleanslate compare --json` prints, or `{"error": …}`."""
        return _told(
            lambda: self._atlas.compare(
                tuple(jurisdictions), tuple(dimensions or ()), as_of=read_day(as_of, "en"), language=language or "en"
            ).to_json()
        )

    def check_json(self, record: dict[str, Any], as_of: str = "", language: str = "") -> dict[str, Any]:
        """The object that `cleanslate check --json` prints, or `{"error": …}`."""
        return _told(lambda: check_record(record, self.books(), read_day(as_of, "en"), language or "en").to_json())

    def show_json(self, provision: str, as_of: str = "", language: str = "") -> dict[str, Any]:
        """The object that `cleanslate show --json` prints, or `{"error": …}`."""
        spoken = language or "en"
        return _told(
            lambda: {
                "passages": [one.to_json(spoken) for one in self._atlas.show(provision, read_day(as_of, "en"), spoken)]
            }
        )

    def wait(self) -> None:
        """Return when the atlas is open or has failed to open."""
        self._opening.exception()

    def ask_places(self, language: str) -> Choices:
        """The jurisdictions that questions can be narrowed to, by name; none before the atlas is open."""
        return [(one.name.in_language(language), one.id) for one in self._jurisdictions() if one.covered]

    def compare_places(self, language: str) -> Choices:
        """The jurisdictions that have a column in the comparison."""
        having = {position.jurisdiction for position in self._opened.corpus.positions} if self._opened else set()
        return [(one.name.in_language(language), one.id) for one in self._jurisdictions() if one.id in having]

    def dimensions(self, language: str) -> Choices:
        """The points of comparison, by name."""
        known = self._opened.corpus.dimensions.values() if self._opened else ()
        return [(one.name.in_language(language), one.id) for one in known]

    def coverage(self, language: str) -> str:
        """The line at the foot: what is covered, or why nothing can be answered; empty before that is known."""
        if not self._opening.done():
            return ""
        failure = self._opening.exception()
        if isinstance(failure, Exception):
            return message(one_line(failure))
        having = {provision.jurisdiction for provision in self._atlas.corpus.provisions}
        names = [one.name.in_language(language) for one in self._jurisdictions() if one.id in having]
        places = ("、" if language == "zh" else ", ").join(names)
        return f'<p class="coverage">{escape(word("coverage", language, places=places))}</p>'

    @property
    def is_warm(self) -> bool:
        """Whether the encoder and the word lists of all languages are loaded too, so that no answer waits for them."""
        return self._warming.done()

    @property
    def is_open(self) -> bool:
        """Whether the atlas is open, so that nothing has to wait for it."""
        return self._opened is not None

    def atlas(self) -> Atlas:
        """The atlas, waited for. Raises what opening it raised."""
        return self._atlas

    def shelf(
        self,
        name: str,
        as_of: date,
        language: str,
        known: Sequence[Json] = (),
        around: Callable[[str], Sequence[Neighbour]] | None = None,
    ) -> Shelf:
        """An empty shelf whose passages are those known, or found in the corpus as of a day; `around` finds what stands beside one."""

        def find(passage_id: str) -> Json | None:
            try:
                shown = self._atlas.show(passage_id, as_of, language)
            except InputError:
                return None
            found: list[Json] = [source.to_json(language) for source in shown]
            exact = next((one for one in found if one["id"] == passage_id), None)
            return exact or self._section(passage_id, found, language)

        return Shelf(name, language, known, find, as_of, around)

    def turns(self, ids: Iterable[str], as_of: date, language: str) -> str:
        """Notes on what of some provisions and positions changed shortly before a day or changes after it; empty for nothing."""
        return turns_html(self._atlas.corpus, self._atlas.citations, ids, as_of, language)

    def names(self, language: str) -> dict[str, str]:
        """The names of the jurisdictions; none before the atlas is open."""
        return self._names(language)

    def books(self) -> Mapping[str, RuleBook]:
        """The rule books, waited for. Raises `CorpusError`."""
        return self._books.result()

    def _read_books(self) -> Mapping[str, RuleBook]:
        self.wait()  # the corpus is read once, and both stand on it
        return load_rules()

    def _warm(self) -> None:
        """Ask the first example in each language: whatever answers load on first use is then loaded."""
        if (atlas := self._opened) is None:
            return  # why it did not open is said to whoever asks
        for _, language in LANGUAGE_NAMES:
            with suppress(InputError, ModelError):
                atlas.ask(examples(USERS[0], language)[0], date.today(), language=language)

    @property
    def _atlas(self) -> Atlas:
        """The atlas, waited for. Raises what opening it raised."""
        return self._opening.result()

    @property
    def _opened(self) -> Atlas | None:
        """The atlas if it is open by now."""
        return self._opening.result() if self._opening.done() and not self._opening.exception() else None

    def _jurisdictions(self) -> list[Jurisdiction]:
        return list(self._opened.corpus.jurisdictions.values()) if self._opened else []

    def in_turn(self, language: str, work: Callable[[], str]) -> Iterator[str]:
        """What `work` returns, or its fault as a message; before it, if the atlas is still opening, a line that says so."""
        if not self.is_warm:
            yield message(word("loading", language), "loading")
        try:
            yield work()
        except (InputError, CorpusError, IndexUnusable, ModelError) as error:
            yield message(one_line(error))

    def _comparison(self, places: Sequence[str], dimensions: Sequence[str], day: str, language: str) -> str:
        if not FEWEST_PLACES <= len(places) <= MOST_PLACES:
            raise InputError(word("choose_places", language, count=len(places)))
        as_of = read_day(day, language)
        atlas = self._atlas
        comparison = atlas.compare(tuple(places), tuple(dimensions), as_of=as_of, language=language).to_json()
        shelf = self.shelf("compare", as_of, language)
        cells = [f"{row['jurisdiction']}/position/{one}" for row in comparison["rows"] for one in row["cells"]]
        return comparison_html(
            comparison,
            shelf,
            self._names(language),
            lambda one: atlas.citations.display(one, language),
            self.turns(cells, as_of, language),
            compare_address(places, dimensions, as_of),
        )

    def table(self, comparison: Json | None, shelf: Shelf, language: str) -> str:
        """The comparison that belongs to an answer; empty if there is none."""
        if comparison is None:
            return ""
        heading = f"<h3>{word('comparison', language)}</h3>"
        return f'<section class="compared">{heading}{table_html(comparison, shelf)}</section>'

    def _section(self, section: str, parts: Sequence[Json], language: str) -> Json | None:
        """A section that is stored in parts, as one passage to read."""
        if not parts:
            return None
        text = "\n\n".join(f"{one['citation']}: {one['text']}" for one in parts)
        cited = self._atlas.citations.display(section, language)
        return {**parts[0], "id": section, "citation": cited, "text": text, "highlights": [], "other_language": None}

    def _names(self, language: str) -> dict[str, str]:
        return {one.id: one.name.in_language(language) for one in self._jurisdictions()}


def compare_address(places: Sequence[str], dimensions: Sequence[str], as_of: date) -> str:
    """What stands behind the `#` of a link to a comparison: places, points of comparison if some were chosen, the day."""
    given = {"in": ",".join(places), "points": ",".join(dimensions), "on": as_of.isoformat()}
    return COMPARE_PREFIX + urlencode({key: value for key, value in given.items() if value}, quote_via=quote, safe=",")


def _told(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return act()
    except (InputError, CorpusError, IndexUnusable, ModelError, RuleConflict) as error:
        return {"error": one_line(error)}


def read_day(text: str | None, language: str) -> date:
    """The date that was typed; today where the field is empty (or `None`), as it is until the page has filled it.

    Raises `InputError` in the language of the page.
    """
    typed = (text or "").strip()
    try:
        return date.fromisoformat(typed) if typed else date.today()
    except ValueError:
        raise InputError(word("bad_date", language, given=typed[:40], example="2026-01-31")) from None
