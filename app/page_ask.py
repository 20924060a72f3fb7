"""What the tab that asks does: a question in, an answer with what follows from it out. It keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from app.answer_file import ANSWER_FORMATS, Authority, Sheet, Statement
from app.cite import FORMS, Citer, numbered
from app.errors import InputError
from app.follow_up import followed, places_of, suggestions
from app.library import Library
from app.model import Answer
from app.page import MOST_CHARACTERS, Page, read_day
from app.phrases import phrase
from app.render import Json, Neighbour, Shelf, answer_html, day, in_force
from app.render_take import file_address, follow_html, take_html
from app.ui_words import word
from corpus.model import Provision

PREFIX = "ask?"
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tab shows, and the jurisdictions that a follow-up keeps."""

    html: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its filters, as a link holds them."""

    question: str
    places: tuple[str, ...]
    day: str


class AskPage:
    """Questions over the page's atlas."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _library(self) -> Library:
        atlas = self._page.atlas()
        return Library(atlas.corpus, atlas.citations)

    @cached_property
    def _citer(self) -> Citer:
        atlas = self._page.atlas()
        return Citer(atlas.corpus, atlas.citations)

    def ask(self, question: str, places: Sequence[str], on: str, language: str) -> Iterator[Asked]:
        """The answer; before it, if the atlas is still opening, a line that says so. Nothing for no question from a link."""
        kept: list[tuple[str, ...]] = []

        def work() -> str:
            html, spoken_of = self._answer(question, places, on, language)
            kept.append(spoken_of)
            return html

        for html in self._page.in_turn(language, work):
            yield Asked(html, kept[-1] if kept else ())

    def follow(self, typed: str, kept: Sequence[str], on: str, language: str) -> Wanted:
        """A follow-up as a question of its own, with the jurisdictions that it keeps."""
        places: Sequence[str] = kept
        if len(typed) <= MOST_CHARACTERS:
            try:
                places = followed(self._page.atlas(), typed, kept, read_day(on, language))
            except InputError:
                places = kept  # the answer says what is wrong with the date or the question
        return Wanted(typed, tuple(places), on)

    def linked(self, address: str, on: str) -> Wanted:
        """The question and filters of a link; jurisdictions that there are not are left out."""
        given = parse_qs(address.removeprefix("#").removeprefix(PREFIX), max_num_fields=10)
        known = {place for _, place in self._page.ask_places("en")}
        places = (given.get("in") or [""])[0].split(",")[:MOST_PLACES]
        question = (given.get("q") or [""])[0][: MOST_CHARACTERS + 1]
        return Wanted(question, tuple(one for one in places if one in known), (given.get("on") or [on])[0][:10])

    def file(self, suffix: str, link: str) -> str:
        """The answer at a link as a file of a kind (a `data:` address); empty if there is no such answer or kind."""
        form = next((one for one in ANSWER_FORMATS if one.suffix == suffix), None)
        wanted = self.linked(link, "")
        if form is None or not wanted.question.strip():
            return ""
        try:
            as_of = read_day(wanted.day, "en")
            found = self._page.atlas().ask(wanted.question, as_of, wanted.places)
        except InputError:
            return ""
        answer, shelf = self._shelved(found, as_of)
        return file_address(form, self._sheet(answer, shelf, self._page.names(found.language)))

    # -- the answer ------------------------------------------------------------------------------------------------

    def _answer(self, question: str, places: Sequence[str], on: str, language: str) -> tuple[str, tuple[str, ...]]:
        if not question.strip():
            raise InputError(word("no_question", language))
        if len(question) > MOST_CHARACTERS:
            raise InputError(word("too_long", language, count=len(question), most=MOST_CHARACTERS))
        as_of = read_day(on, language)
        atlas = self._page.atlas()
        found = atlas.ask(question, as_of, tuple(places))
        answer, shelf = self._shelved(found, as_of)
        spoken = found.language
        names = self._page.names(spoken)
        table = self._page.table(answer["comparison"], shelf, spoken)
        tools = take_html(self._copies(answer, shelf), spoken) if answer["answer"] else ""
        further = follow_html(suggestions(atlas, found, as_of), spoken)
        link = address(question, places, as_of)
        return answer_html(answer, shelf, names, table, tools + further, link), places_of(found)

    def _shelved(self, found: Answer, as_of: date) -> tuple[Json, Shelf]:
        """The answer, and the shelf on which the passages that its statements cite have their numbers."""
        answer, spoken = found.to_json(), found.language
        dated = phrase("law_as_of", spoken, date=as_of.isoformat())  # the page says so above the answer already
        answer["notes"] = [note for note in answer["notes"] if note != dated]
        shelf = self._page.shelf("ask", as_of, spoken, answer["passages"], lambda one: self._around(one, as_of, spoken))
        for statement in answer["answer"]:
            for cited in statement["citations"]:
                shelf.number(cited)
        return answer, shelf

    def _sheet(self, answer: Json, shelf: Shelf, names: Json) -> Sheet:
        """The answer ready to be set; its sources are those that its statements cite, by their numbers on the screen."""
        language = str(answer["language"])
        cited = [(number, passage) for number, passage in shelf.shelved() if number <= _count(answer, shelf)]
        return Sheet(
            language,
            str(answer["question"]),
            f"{word(answer['status'], language)} · {word('law_on', language, date=day(answer['as_of'], language))}",
            tuple(_statements(answer, shelf, names)),
            tuple(answer["notes"]),
            tuple(
                Authority(
                    number, self._cited(passage, "plain", language), _standing(passage, language), passage["text"]
                )
                for number, passage in cited
            ),
            word("disclaimer", language),
        )

    def _copies(self, answer: Json, shelf: Shelf) -> dict[str, str]:
        """The statements and their citations as text, in each citation form."""
        language = str(answer["language"])
        said = "\n\n".join(
            f"{one['text']} {''.join(f'[{number}]' for number in _numbers(one, shelf))}".strip()
            for one in answer["answer"]
        )
        passages = [passage for number, passage in shelf.shelved() if number <= _count(answer, shelf)]
        on = word("law_on", language, date=day(answer["as_of"], language))
        return {
            form: f"{said}\n\n{numbered([self._cited(one, form, language) for one in passages])}\n\n{on}"
            for form in FORMS
        }

    def _cited(self, passage: Json, form: str, language: str) -> str:
        return self._citer.cite(str(passage["id"]), form, str(passage["citation"]), passage.get("url") or "", language)

    def _around(self, passage_id: str, as_of: date, language: str) -> tuple[Neighbour, ...]:
        """The provisions before and after, as far as they are law on the day."""
        before, after = self._library.neighbours(passage_id)
        found = []
        for key, wanted in (("before_it", before), ("after_it", after)):
            provision = self._in_force(wanted, as_of, language) if wanted else None
            if provision:
                cited = self._page.atlas().citations.display(provision.id, language)
                found.append(Neighbour(key, cited, provision.heading, provision.text, provision.language))
        return tuple(found)

    def _in_force(self, wanted: str, as_of: date, language: str) -> Provision | None:
        versions: Sequence[Provision] = self._page.atlas().corpus.in_force(wanted, as_of)
        return next((one for one in versions if one.language == language), versions[0] if versions else None)


def address(question: str, places: Sequence[str], as_of: date) -> str:
    """What stands behind the `#` of a link to an answer: the question, the jurisdictions chosen, the day."""
    given = {"q": question, "in": ",".join(places), "on": as_of.isoformat()}
    return PREFIX + urlencode({key: value for key, value in given.items() if value}, quote_via=quote, safe=",")


def _numbers(statement: Json, shelf: Shelf) -> tuple[int, ...]:
    return tuple(number for number in map(shelf.number, statement["citations"]) if number is not None)


def _count(answer: Json, shelf: Shelf) -> int:
    """The highest number that a statement bears; what is shelved after it was only found."""
    return max((number for one in answer["answer"] for number in _numbers(one, shelf)), default=0)


def _statements(answer: Json, shelf: Shelf, names: Json) -> Iterator[Statement]:
    several = len({one["jurisdiction"] for one in answer["answer"] if one["jurisdiction"]}) > 1
    last: Any = None
    for one in answer["answer"]:
        place = one["jurisdiction"]
        heading = str(names.get(place, place)) if several and place and place != last else ""
        last = place
        yield Statement(one["text"], _numbers(one, shelf), heading)


def _standing(passage: Json, language: str) -> str:
    """What kind of text a source is, since when it is law, and what it was checked against."""
    kind = word(passage["kind"], language)
    dates = (
        "" if passage["kind"] == "commentary" else in_force(passage["in_force_from"], passage["in_force_to"], language)
    )
    basis = f"{word('basis', language)}: {word(passage['basis'], language)}" if passage.get("basis") else ""
    checked = f"{word('checked_on', language)}: {day(passage['checked_on'], language)}" if passage["checked_on"] else ""
    return " · ".join(part for part in (kind, dates, basis, checked) if part)
