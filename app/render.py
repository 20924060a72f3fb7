"""Answers and passages as HTML. Every string from outside is escaped here; nothing else writes markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from typing import Any, Literal

from babel.dates import format_date

from app.ui_words import word

Json = Mapping[str, Any]
AT_SIGHT = 4
"""How many numbers stand behind a statement before the rest are folded away."""
CARDS_AT_SIGHT = 6
"""How many sources stand open to the eye before the rest are folded away; their numbers open them all the same."""
_LOCALES = {"en": "en_GB", "de": "de_DE", "zh": "zh_Hans_CN"}
_PASSAGE_LANGUAGES = ("en", "de", "zh")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The provision before or after another: `key` names which, in the words of the page."""

    key: str
    citation: str
    heading: str
    text: str
    language: str


class Shelf:
    """Passages in the order in which they are first cited; a passage's place is the number that the reader sees."""

    def __init__(
        self,
        name: str,
        language: str,
        known: Iterable[Json],
        find: Callable[[str], Json | None],
        as_of: date | None = None,
        around: Callable[[str], Sequence[Neighbour]] | None = None,
    ) -> None:
        self.name = name
        self.language = language
        self.as_of = as_of
        self.around = around
        self._known = {str(passage["id"]): passage for passage in known}
        self._find = find
        self._shelved: dict[str, Json | None] = {}
        self._numbers: dict[str, int] = {}

    def link(self, passage_id: str) -> str:
        """A numbered link to a passage; empty if there is no such passage."""
        number = self.number(passage_id)
        if number is None:
            return ""
        label = word("source_number", self.language, number=number, citation=self.citation(passage_id))
        return (
            f'<a class="cite" href="#{self.anchor(number)}" data-passage="{self.anchor(number)}"'
            f' title="{escape(self.citation(passage_id))}" aria-label="{escape(label)}">{number}</a>'
        )

    def links(self, passage_ids: Iterable[str]) -> str:
        """The links for one statement, as a superscript group."""
        found = [link for link in map(self.link, passage_ids) if link]
        first, rest = (found[:AT_SIGHT], found[AT_SIGHT:]) if len(found) > AT_SIGHT + 1 else (found, [])
        more = f'<details class="more"><summary>+{len(rest)}</summary>{"".join(rest)}</details>' if rest else ""
        return f'<span class="cites">{"".join(first)}{more}</span>' if found else ""

    def number(self, passage_id: str) -> int | None:
        """The number of a passage, which is shelved if it was not."""
        if passage_id not in self._shelved:
            self._shelved[passage_id] = self._known.get(passage_id) or self._find(passage_id)
            if self._shelved[passage_id] is not None:
                self._numbers[passage_id] = len(self._numbers) + 1
        return self._numbers.get(passage_id)

    def citation(self, passage_id: str) -> str:
        passage = self._shelved.get(passage_id)
        return str(passage["citation"]) if passage else passage_id

    def anchor(self, number: int) -> str:
        return f"{self.name}-p{number}"

    def shelved(self, after: int = 0) -> Iterator[tuple[int, Json]]:
        """Numbers and passages, from `after` on; passages that are shelved meanwhile come too."""
        while after < len(self._numbers):
            passage_id = list(self._numbers)[after]
            passage = self._shelved[passage_id]
            after += 1
            if passage is not None:
                yield after, passage

    def cards(self, names: Mapping[str, str], after: int = 0) -> str:
        """The shelved passages as cards that open."""
        return "".join(self._cards(names, after))

    def first_cards(self, names: Mapping[str, str]) -> str:
        """The same, all but the first folded away: an answer may rest on more provisions than one reads in a row."""
        cards = self._cards(names, 0)
        first, rest = (
            (cards[:CARDS_AT_SIGHT], cards[CARDS_AT_SIGHT:]) if len(cards) > CARDS_AT_SIGHT + 2 else (cards, [])
        )
        if not rest:
            return "".join(first)
        more = word("more_sources", self.language, count=len(rest))
        return f'{"".join(first)}<details class="further"><summary>{more}</summary>{"".join(rest)}</details>'

    def _cards(self, names: Mapping[str, str], after: int) -> list[str]:
        return [_card(self, number, passage, names) for number, passage in self.shelved(after)]

    def cards_by_place(self, names: Mapping[str, str]) -> str:
        """The same, folded away by jurisdiction: a table has more authorities than one reads in a row."""
        places: dict[str, list[str]] = {}
        for number, passage in self.shelved():
            places.setdefault(str(passage["jurisdiction"]), []).append(_card(self, number, passage, names))
        return "".join(
            f'<details class="shelf"><summary>{escape(names.get(place, place))}'
            f'<span class="count">{len(cards)}</span></summary>{"".join(cards)}</details>'
            for place, cards in places.items()
        )


def day(value: str | None, language: str, form: Literal["long", "medium"] = "long") -> str:
    """An ISO date as the language writes it; empty for none."""
    if not value:
        return ""
    return str(format_date(date.fromisoformat(value), form, locale=_LOCALES[language]))


def marked(text: str, spans: Iterable[Sequence[int]]) -> str:
    """The text, escaped, with the given stretches in `<mark>`."""
    parts, at = [], 0
    for start, end in sorted((span[0], span[1]) for span in spans):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    return "".join([*parts, escape(text[at:])])


def safe_url(url: str | None) -> str:
    """The address, escaped, if it is one of the web; else empty."""
    return escape(url) if url and url.startswith(("https://", "http://")) else ""


def message(text: str, kind: str = "problem") -> str:
    """One line to the user in place of an answer."""
    return f'<div class="atlas"><p class="message {kind}" role="status">{escape(text)}</p></div>'


def in_force(first: str | None, last: str | None, language: str) -> str:
    """The days on which a passage is law, in words."""
    start, end = day(first, language), day(last, language)
    if start and end:
        return word("from_to", language, first=start, last=end)
    if start:
        return word("since", language, first=start)
    return word("until", language, last=end) if end else word("no_dates", language)


def notes_html(notes: Sequence[str], language: str) -> str:
    """The notes of an answer or comparison as a list; empty if there are none."""
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<section class="notes"><h3>{word("notes", language)}</h3><ul>{items}</ul></section>'


def answer_html(
    answer: Json, shelf: Shelf, names: Mapping[str, str], table: str = "", under: str = "", address: str = ""
) -> str:
    """An answer: badge, statements with numbered citations, table, notes, and the passages beside it.

    `under` is HTML that stands below the statements; `address` is what a link to the answer has behind its `#`.
    """
    language = str(answer["language"])
    statements = _statements(answer["answer"], shelf, names)
    cards = shelf.first_cards(names)
    cited = sum(1 for _ in shelf.shelved())
    for passage in answer["passages"]:
        shelf.number(str(passage["id"]))
    further = _further(shelf.cards(names, cited), language)
    status = str(answer["status"])
    at = f' data-address="{escape(address)}"' if address else ""
    return (
        f'<article class="atlas answer" lang="{language}"{at}>'
        f'<header><p class="asked">{escape(answer["question"])}</p>'
        f'<h2 tabindex="-1" class="unseen">{word("answer", language)}</h2>'
        f'<p class="state"><span class="badge {escape(status)}">{word(status, language)}</span>'
        f"<span>{word('law_on', language, date=day(answer['as_of'], language))}</span></p></header>"
        f'<div class="columns"><div class="statements">{statements}{notes_html(answer["notes"], language)}{under}</div>'
        f"{_sources(cards, further, language)}{table}</div></article>"
    )


def _statements(statements: Sequence[Json], shelf: Shelf, names: Mapping[str, str]) -> str:
    places = {one["jurisdiction"] for one in statements if one["jurisdiction"]}
    parts = []
    for place, group in groupby(statements, key=lambda one: one["jurisdiction"]):
        if place and len(places) > 1:
            parts.append(f"<h3>{escape(names.get(place, place))}</h3>")
        parts += [_statement(one, shelf, lead=not parts and not index) for index, one in enumerate(group)]
    return "".join(parts)


def _statement(statement: Json, shelf: Shelf, lead: bool) -> str:
    classes = " ".join(["statement", *(["lead"] if lead else []), *(["quote"] if statement.get("quote") else [])])
    title = f' title="{word("word_for_word", shelf.language)}"' if statement.get("quote") else ""
    return f'<div class="{classes}"{title}>{escape(statement["text"])}{shelf.links(statement["citations"])}</div>'


def _further(cards: str, language: str) -> str:
    if not cards:
        return ""
    return f'<details class="further"><summary>{word("further", language)}</summary>{cards}</details>'


def _sources(cards: str, further: str, language: str) -> str:
    if not cards and not further:
        return ""
    hint = f'<p class="hint">{word("sources_hint", language)}</p>' if cards else ""
    title = word("sources", language)
    return f'<aside class="sources" aria-label="{title}"><h3>{title}</h3>{hint}{cards}{further}</aside>'


def _card(shelf: Shelf, number: int, passage: Json, names: Mapping[str, str]) -> str:
    language = shelf.language
    heading = _heading(passage)
    kind, spoken, passage_id = (escape(passage[key]) for key in ("kind", "language", "id"))
    text = marked(passage["text"], passage.get("highlights") or ())
    return (
        f'<details class="passage {kind}" id="{shelf.anchor(number)}" data-id="{passage_id}">'
        f'<summary><span class="number">{number}</span><span class="title">'
        f'<span class="citation">{escape(passage["citation"])}</span>'
        f'<span class="heading" lang="{spoken}">{escape(heading)}</span></span></summary>'
        f'<div class="body">{_what(passage, language)}<blockquote lang="{spoken}">{text}</blockquote>'
        f"{_beside(passage, language)}{_doubt(passage.get('doubt'), language)}"
        f"{_other_language(passage, language)}{_around(shelf, passage)}"
        f"{_facts(shelf, passage, names)}{_actions(shelf, passage)}</div></details>"
    )


def _heading(passage: Json) -> str:
    """The headings above the text; a cell of the comparison is named by its citation already."""
    parts = () if passage["kind"] == "position" else (passage.get("context"), passage["heading"])
    return " · ".join(part for part in parts if part)


def _what(passage: Json, language: str) -> str:
    kind = str(passage["kind"])
    return f'<p class="kind"><span class="tag">{word(kind, language)}</span> {word(f"{kind}_means", language)}</p>'


def _doubt(doubt: str | None, language: str) -> str:
    return f'<p class="doubt"><strong>{word("doubt", language)}</strong> {escape(doubt)}</p>' if doubt else ""


def _beside(passage: Json, language: str) -> str:
    """The publisher's text beside our restatement, or ours beside the publisher's; the part that was asked for is marked."""
    one = passage.get("beside")
    if not one:
        return ""
    part = [one["part"]] if one.get("part") else []
    lines = marked(one["text"], part).replace("\n", "<br>")
    kind = str(one["kind"])
    return (
        f'<details class="other {escape(kind)}" open><summary>{word(kind, language)}: {escape(one["citation"])}</summary>'
        f'<blockquote lang="{escape(one["language"])}">{lines}</blockquote>'
        f'<p class="hint">{escape(one.get("source") or "")}</p></details>'
    )


def _other_language(passage: Json, language: str) -> str:
    other = passage.get("other_language")
    if not other or other["language"] not in _PASSAGE_LANGUAGES:
        return ""
    name = word(f"in_{other['language']}", language)
    return (
        f'<details class="other"><summary>{name}</summary>'
        f'<blockquote lang="{other["language"]}">{escape(other["text"])}</blockquote></details>'
    )


def _around(shelf: Shelf, passage: Json) -> str:
    """The provisions before and after, folded away."""
    if shelf.around is None or passage["kind"] != "statute":
        return ""
    items = "".join(
        f'<p class="near">{escape(word(one.key, shelf.language, citation=one.citation))}'
        f"{f' · {escape(one.heading)}' if one.heading else ''}</p>"
        f'<blockquote lang="{escape(one.language)}">{escape(one.text)}</blockquote>'
        for one in shelf.around(str(passage["id"]))
    )
    return (
        f'<details class="around"><summary>{word("around", shelf.language)}</summary>{items}</details>' if items else ""
    )


def _facts(shelf: Shelf, passage: Json, names: Mapping[str, str]) -> str:
    """Where and when the passage is law, how it was checked, and what it rests on."""
    language = shelf.language
    place = str(passage["jurisdiction"])
    basis = passage.get("basis")
    rests_on = [one for one in passage.get("authorities") or () if one != passage["id"]]
    facts = {
        "jurisdiction": escape(names.get(place, place)),
        "in_force": in_force(passage["in_force_from"], passage["in_force_to"], language)
        if passage["kind"] != "commentary"
        else "",
        "basis": word(basis, language) if basis else "",
        "source": escape(passage.get("source") or ""),
        "checked_on": day(passage["checked_on"], language),
        "reviewed_on": day(passage.get("reviewed_on"), language),
        "rests_on": shelf.links(rests_on),
    }
    rows = "".join(
        f"<div><dt>{word(key, language)}</dt><dd>{value}</dd></div>" for key, value in facts.items() if value
    )
    return f'<dl class="facts">{rows}</dl>'


def _actions(shelf: Shelf, passage: Json) -> str:
    language = shelf.language
    url = safe_url(passage["url"])
    link = (
        f'<a class="publisher" href="{url}" target="_blank" rel="noopener noreferrer">{word("publisher", language)}'
        f'<span aria-hidden="true"> ↗</span><span class="unseen"> ({word("new_window", language)})</span></a>'
        if url
        else ""
    )
    return f'<p class="actions">{_in_library(shelf, passage)}{link}<button type="button" data-back>{word("back", language)}</button></p>'


def _in_library(shelf: Shelf, passage: Json) -> str:
    """The link to the passage's page in the library, on the day of the answer; texts that the library lacks have none."""
    if passage["kind"] not in ("statute", "position", "commentary"):
        return ""
    day_ = f"@{shelf.as_of.isoformat()}" if shelf.as_of else ""
    return f'<a class="to-library" href="#library/{escape(passage["id"])}{day_}">{word("open_in_library", shelf.language)}</a>'
