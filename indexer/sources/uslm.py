"""United States Code in USLM, as the Office of the Law Revision Counsel releases each title.

One provision for each subsection, or for a section without any. Every level has its number in `value`; words that stand after a
list (`continuation`) stay after it. Credits, notes and footnotes are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.sources.markup import first, parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Work of the United States Government, no copyright (17 U.S.C. 105)"
_LEVELS = ("subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "level")
_LARGER = ("title", "subtitle", "part", "subpart", "chapter", "subchapter", "division", "subdivision")
_NOTES = ("sourceCredit", "notes", "note", "footnote")
_BLOCKS = (*_LEVELS, "chapeau", "content", "continuation", "p", "table", "quotedContent", "heading", "num")
_GONE = re.compile(r"^\[?(?:Repealed|Omitted|Transferred|Vacant|Reserved)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Title:
    origin: Origin
    version: date | None


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of the sections with their headings and notes; contents lists repeat them and are left out."""
    for section in parse(data, "United States Code file").iter("{*}section"):
        if not _is_quoted(section):
            yield from texts(section)


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one title, or of the part of it that the file holds. Raises `SourceError`."""
    root = parse(data, origin.url)
    if tag(root) not in ("uscDoc", "lawDoc", "document"):
        raise SourceError(f"{origin.url}: holds {tag(root)}, not a title of the Code; fetch the title's USLM file")
    title = _Title(origin, _created(root))
    found: list[OfficialProvision] = []
    for section in root.iter("{*}section"):
        if not _is_quoted(section):
            found += _section(section, title)
    if not found:
        raise SourceError(f"{origin.url}: holds no section; fetch the title's USLM file")
    return unique(found)


def _created(root: Any) -> date | None:
    for one in root.iter("{*}created"):
        try:
            return date.fromisoformat((one.text or "")[:10])
        except ValueError:
            continue
    return None


def _is_quoted(section: Any) -> bool:
    """Whether a section is quoted within another provision or a note."""
    return any(tag(one) in ("quotedContent", *_NOTES, "section") for one in section.iterancestors())


def _context(section: Any) -> tuple[str, ...]:
    above = [one for one in section.iterancestors() if tag(one) in _LARGER]
    return tuple(" ".join(words(part) for part in one if tag(part) in ("num", "heading")) for one in reversed(above))


def _number(element: Any) -> str:
    number = first(element, "num")
    if number is None:
        return ""
    return str(number.get("value") or words(number).strip("§. ()[]—"))


def _section(section: Any, title: _Title) -> list[OfficialProvision]:
    number, head = _number(section), first(section, "heading")
    base = f"{title.origin.instrument}/{slug(number)}"
    heading = words(head, without=_NOTES) if head is not None else ""
    context = _context(section)
    own, subsections = Lines(), []
    for child in section:
        if tag(child) == "subsection" and _number(child):
            subsections.append(child)
        elif tag(child) not in ("num", "heading", *_NOTES):
            _Body(base, own).say(child)
    written = words(first(section, "num")) if first(section, "num") is not None else ""
    found = [_provision(title, base, written, heading, context, own)] if own or not subsections else []
    for child in subsections:
        key, lines = f"{base}/{slug(_number(child))}", Lines()
        _Body(key, lines).inside(child)
        found.append(_provision(title, key, f"{written} {words(first(child, 'num'))}", heading, context, lines))
    notes = tuple(words(one) for one in section.iter() if tag(one) in _NOTES and _is_outermost(one))
    return [replace(found[0], notes=notes), *found[1:]]


def _is_outermost(note: Any) -> bool:
    return not any(tag(one) in _NOTES for one in note.iterancestors())


class _Body:
    """Says the levels of a section line by line."""

    def __init__(self, base: str, lines: Lines) -> None:
        self._base = base
        self._lines = lines

    def inside(self, element: Any) -> None:
        """What stands in a level beside its own number; its heading is the first line."""
        self._lines.say(element.text or "")
        for child in element:
            if tag(child) not in ("num", *_NOTES):
                self.say(child)
            self._lines.say(child.tail or "")

    def say(self, element: Any) -> None:
        """One element with everything in it."""
        name = tag(element)
        if name == "table":
            say_rows(element, self._lines)
        elif name in _LEVELS and _number(element):
            self._level(element)
        elif any(tag(one) in _BLOCKS for one in element.iterdescendants()):
            number = first(element, "num")
            if number is not None:  # of a section that is quoted
                self._lines.label(words(number))
            self.inside(element)
        else:
            self._lines.say(words(element, without=_NOTES))

    def _level(self, element: Any) -> None:
        outer = self._base
        self._base = f"{outer}/{slug(_number(element))}"
        with self._lines.part(self._base):
            self._lines.label(words(first(element, "num")))
            self.inside(element)
        self._base = outer


def _provision(
    title: _Title, own_id: str, number: str, heading: str, context: tuple[str, ...], lines: Lines
) -> OfficialProvision:
    text = lines.text
    gone = _GONE.match(heading) or _GONE.match(text) or not text
    return OfficialProvision(
        id=own_id,
        instrument=title.origin.instrument,
        number=number,
        heading=heading,
        context=context,
        text=text,
        language="en",
        extent="",
        in_force_from=None,
        in_force_to=None,
        status=State.REPEALED if gone else State.IN_FORCE,
        url=title.origin.url,
        version_date=title.version,
        changed_on=None,
        licence=LICENCE,
        retrieved_on=title.origin.retrieved_on,
        parts=tuple(lines.parts),
    )
