"""What of the law that a page shows changed shortly before its day, or will change after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from app.dated import events
from app.render import day as day_text
from app.ui_words import word
from corpus.citations import Citations
from corpus.model import Corpus, Span

AT_SIGHT = 4
"""How many provisions or points a note names before it counts the rest."""
_HERE = "\x00"
"""Stands for the links while the sentence around them is escaped."""


WORDS = {"changed": "turn_before", "changes": "turn_later", "ends": "turn_end"}
"""What is said of each event; what is not law on the day asked for is not shown at all."""


def turns_html(
    corpus: Corpus, citations: Citations, ids: Iterable[str], as_of: date, language: str, recent: bool = True
) -> str:
    """The changes as notes, one for each day and direction; empty if there are none. Without `recent`, only later ones."""
    groups: dict[tuple[date, str], list[str]] = {}
    for one in dict.fromkeys(ids):
        for event, day in events(_spans(corpus, one), as_of):
            if event in WORDS and (recent or event != "changed"):
                groups.setdefault((day, event), []).append(one)
    notes = "".join(
        f"<li>{_note(corpus, citations, group, word(WORDS[event], language, date=_shown(day, language), what=_HERE), as_of, language)}</li>"
        for (day, event), group in sorted(groups.items())
    )
    return f'<ul class="turns" lang="{language}">{notes}</ul>' if notes else ""


def _spans(corpus: Corpus, one: str) -> list[Span]:
    """When the versions of a provision or position are law."""
    return [version.span for version in corpus.versions(one)] or [p.span for p in corpus.positions if p.id == one]


def _shown(day: date, language: str) -> str:
    return day_text(day.isoformat(), language)


def _note(corpus: Corpus, citations: Citations, ids: Sequence[str], told: str, as_of: date, language: str) -> str:
    """One note; what changes is linked to its page in the library, which shows the versions."""
    joint = "、" if language == "zh" else ", "
    names = list(_names(corpus, citations, ids, language))
    links = joint.join(
        f'<a href="#library/{escape(one)}@{as_of.isoformat()}">{escape(name)}</a>'
        for one, name in zip(ids[:AT_SIGHT], names, strict=False)
    )
    rest = len(names) - AT_SIGHT
    more = escape(word("and_more", language, count=rest)) if rest > 0 else ""
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
