"""What of the law that a page shows changed shortly before its day, or will change after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from app.render import day as day_text
from app.ui_words import word
from corpus.citations import Citations
from corpus.model import Corpus, Position, Provision

RECENT = timedelta(days=730)
"""Two years: how long a reader may still have the earlier law in mind, or a record that fell under it."""
AT_SIGHT = 4
"""How many provisions or points a note names before it counts the rest."""
_HERE = "\x00"
"""Stands for the links while the sentence around them is escaped."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which a provision or position changes; `later` if that is after the day that is asked about."""

    id: str
    day: date
    later: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """All that changes on one day."""

    ids: tuple[str, ...]
    day: date
    later: bool


def turns(corpus: Corpus, ids: Iterable[str], as_of: date) -> Iterator[Turn]:
    """The last change within two years before `as_of` and the next one after it, of each id; first versions are no change."""
    begun = _beginnings(corpus)
    for one in dict.fromkeys(ids):
        days = sorted(begun.get(one, ()))
        before = [day for day in days if day <= as_of]
        after = [day for day in days if day > as_of]
        if len(before) > 1 and as_of - before[-1] < RECENT:
            yield Turn(one, before[-1], later=False)
        if before and after:
            yield Turn(one, after[0], later=True)


def turns_html(
    corpus: Corpus, citations: Citations, ids: Iterable[str], as_of: date, language: str, recent: bool = True
) -> str:
    """The changes as notes, one for each day and direction; empty if there are none. Without `recent`, only later ones."""
    groups: dict[tuple[bool, date], list[str]] = {}
    for turn in turns(corpus, ids, as_of):
        if recent or turn.later:
            groups.setdefault((turn.later, turn.day), []).append(turn.id)
    notes = "".join(
        f"<li>{_note(corpus, citations, Turns(tuple(group), day, later), as_of, language)}</li>"
        for (later, day), group in sorted(groups.items())
    )
    return f'<ul class="turns" lang="{language}">{notes}</ul>' if notes else ""


def _beginnings(corpus: Corpus) -> dict[str, set[date]]:
    """The first days of all versions of provisions and positions; one without a day began before all others."""
    begun: dict[str, set[date]] = {}
    versions: list[Provision | Position] = [*corpus.provisions, *corpus.positions]
    for one in versions:
        begun.setdefault(one.id, set()).add(one.span.first or date.min)
    return begun


def _note(corpus: Corpus, citations: Citations, turns: Turns, as_of: date, language: str) -> str:
    """One note; what changes is linked to its page in the library, which shows the versions."""
    joint = "、" if language == "zh" else ", "
    names = list(_names(corpus, citations, turns.ids, language))
    links = joint.join(
        f'<a href="#library/{escape(one)}@{as_of.isoformat()}">{escape(name)}</a>'
        for one, name in zip(turns.ids[:AT_SIGHT], names, strict=False)
    )
    rest = len(names) - AT_SIGHT
    more = escape(word("and_more", language, count=rest)) if rest > 0 else ""
    key = "turn_later" if turns.later else "turn_before"
    told = word(key, language, date=day_text(turns.day.isoformat(), language), what=_HERE)
    return escape(told).replace(_HERE, links + more)


def _names(corpus: Corpus, citations: Citations, ids: Sequence[str], language: str) -> Iterator[str]:
    """Provisions as they are cited; positions by their points, the place before the first of each place."""
    last = ""
    for one in ids:
        place, _, dimension = one.partition("/position/")
        if not dimension:
            yield citations.display(one, language)
            continue
        name = corpus.dimensions[dimension].name.in_language(language)
        colon = ":" if language == "zh" else ": "
        yield name if place == last else f"{corpus.jurisdictions[place].name.in_language(language)}{colon}{name}"
        last = place
