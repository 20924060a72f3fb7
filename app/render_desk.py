"""What every page of the library is written with: its links, its way, its facts. Every string from outside is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from app.library import Library
from app.render import day as day_text
from app.render import in_force, safe_url
from app.ui_words import word
from corpus.model import Note, Position, Provision, Term

AT_SIGHT = 8
"""How many links of one kind stand open before the rest are folded away."""


@dataclass(frozen=True, slots=True)
class Official:
    """The publisher's own text of a provision, or of the section that holds it; `start` and `end` bound the part that is meant."""

    text: str
    language: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of the library is written with: the books, the day that is asked for, the reader's language."""

    library: Library
    day: date
    language: str
    official: Callable[[Provision], Official | None] = lambda provision: None
    """The publisher's text of a provision on the day, where it was pulled."""

    def word(self, key: str, **values: object) -> str:
        return escape(word(key, self.language, **values))

    def link(self, target: str, text: str, classes: str = "", on: date | None = None) -> str:
        """A link to a page of the library on the day asked for, or on another."""
        name = f' class="{classes}"' if classes else ""
        return f'<a{name} href="#library/{escape(target)}@{(on or self.day).isoformat()}">{escape(text)}</a>'

    def cite(self, provision_id: str) -> str:
        return self.library.citations.display(provision_id, self.language)

    def place(self, place: str) -> str:
        known = self.library.corpus.jurisdictions.get(place)
        return known.name.in_language(self.language) if known else place

    def on(self, day: date | None) -> str:
        return day_text(day.isoformat() if day else None, self.language)

    def on_short(self, day: date | None) -> str:
        """The day with its month abbreviated, for tables."""
        return day_text(day.isoformat() if day else None, self.language, "medium")

    def days(self, first: date | None, last: date | None) -> str:
        return in_force(first.isoformat() if first else None, last.isoformat() if last else None, self.language)


def page(desk: Desk, crumbs: Sequence[tuple[str, str]], body: str) -> str:
    """A page of the library under the way that leads to it; `crumbs` are targets with their names."""
    steps = [desk.link(target, name) for target, name in [("", word("library_tab", desk.language)), *crumbs[:-1]]]
    here = [f'<span aria-current="page">{escape(crumbs[-1][1])}</span>'] if crumbs else []
    items = "".join(f"<li>{step}</li>" for step in [*steps, *here])
    return (
        f'<article class="atlas library" lang="{desk.language}">'
        f'<nav class="crumbs" aria-label="{desk.word("you_are_here")}"><ol>{items}</ol></nav>{body}</article>'
    )


def facts_html(desk: Desk, facts: dict[str, str]) -> str:
    """Named facts; the values are HTML. Empty values are left out."""
    rows = "".join(f"<div><dt>{desk.word(key)}</dt><dd>{value}</dd></div>" for key, value in facts.items() if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def publisher(desk: Desk, url: str) -> str:
    """The link to the publisher; empty for none."""
    address = safe_url(url)
    if not address:
        return ""
    return (
        f'<p class="actions"><a class="publisher" href="{address}" target="_blank" rel="noopener noreferrer">'
        f'{desk.word("publisher")}<span aria-hidden="true"> ↗</span><span class="unseen"> ({desk.word("new_window")})</span></a></p>'
    )


def link_group(desk: Desk, key: str, items: Iterable[str]) -> str:
    """Links of one kind under their heading; a long list is folded."""
    lines = [f"<li>{item}</li>" for item in items]
    if not lines:
        return ""
    open_, rest = (lines[:AT_SIGHT], lines[AT_SIGHT:]) if len(lines) > AT_SIGHT + 1 else (lines, [])
    more = f"<details><summary>+{len(rest)}</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return f"<section><h4>{desk.word(key)}</h4><ul>{''.join(open_)}</ul>{more}</section>"


def position_link(desk: Desk, one: Position) -> str:
    name = desk.library.corpus.dimensions[one.dimension].name.in_language(desk.language)
    return desk.link(one.id, f"{desk.place(one.jurisdiction)}: {name}")


def term_link(desk: Desk, one: Term) -> str:
    return desk.link(f"glossary/{one.id}", one.term.in_language(desk.language))


def note_link(desk: Desk, one: Note) -> str:
    link = desk.link(one.id, one.title)
    return f'<span lang="en">{link}</span>'
