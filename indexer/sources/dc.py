"""D.C. Council, law-xml: sections of the D.C. Code, and laws, in the Council's own XML.

A section file of the library is the code as it stood when the library began; the laws that amend it are files of their own.
A section of titles/99 marked (Perm) is the permanent text beside temporary law. One provision for each first level of
paragraphs; annotations are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from indexer.sources.markup import first, parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Law of the District of Columbia, no copyright"
_BLOCKS = ("para", "text", "table", "section", "include", "heading", "num", "aftertext", "container")
_DAYS = re.compile(r"((?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)\.? (\d{1,2}), (\d{4})")
_GONE = re.compile(r"^\[?\(?(?:repealed|expired|omitted|reserved|transferred)\b", re.IGNORECASE)


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of the file but the data of a law's passage."""
    yield from texts(parse(data, "D.C. Council file"), without=("meta",))


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of a section of the code, or of a law. Raises `SourceError`."""
    root = parse(data, origin.url)
    if tag(root) not in ("section", "document"):
        raise SourceError(f"{origin.url}: holds {tag(root)}, not a section or a law; give the section's file")
    found: list[OfficialProvision] = []
    version = _version(root)
    if tag(root) == "section":
        _section(root, origin.instrument, (), origin, version, found)
    else:
        _document(root, origin, version, found)
    return unique(found)


def _version(root: Any) -> date | None:
    """The last day on which a law noted in the file took effect, or else was noted in its history.

    A permanent text that temporary law overrides does not say since when it is the law: it has no date.
    """
    number = first(root, "num")
    if number is not None and words(number).endswith("(Perm)"):
        return None
    days = [_iso(one.get("eff")) for one in root.iter("{*}annotation") if one.get("eff")]
    days += [_iso(one.text) for one in root.iter("{*}effective")]
    if not any(days):
        history = [words(one) for one in root.iter("{*}annotation") if one.get("type") == "History"]
        days = [_written(*found) for line in history for found in _DAYS.findall(line)]
    return max((day for day in days if day), default=None)


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _written(month: str, day: str, year: str) -> date | None:
    try:
        return datetime.strptime(f"{month[:3]} {day} {year}", "%b %d %Y").date()
    except ValueError:
        return None


def _document(root: Any, origin: Origin, version: date | None, found: list[OfficialProvision]) -> None:
    """A law: its titles and formula, then its sections wherever they stand."""
    lines = Lines()
    for child in root:
        if tag(child) in ("num", "heading", "text"):
            lines.say(words(child))
    one = _provision(origin, origin.instrument, "", "", (), lines, version)
    found.append(replace(one, status=State.FRONT))
    _containers(root, origin.instrument, (), origin, version, found)


def _containers(
    element: Any,
    base: str,
    context: tuple[str, ...],
    origin: Origin,
    version: date | None,
    found: list[OfficialProvision],
) -> None:
    for child in element:
        if tag(child) == "section":
            _section(child, base, context, origin, version, found)
        elif tag(child) in ("container", "annotations"):
            _container(child, base, context, origin, version, found)


def _container(
    element: Any,
    base: str,
    context: tuple[str, ...],
    origin: Origin,
    version: date | None,
    found: list[OfficialProvision],
) -> None:
    if tag(element) == "annotations":
        found[0] = replace(found[0], notes=(*found[0].notes, *_annotations(element)))
        return
    label = " ".join(words(one) for one in element if tag(one) in ("prefix", "num", "heading"))
    loose = Lines()
    for one in element:
        if tag(one) in ("text", "para", "table"):
            _Body(base, loose).say(one)
    found[0] = replace(found[0], text="\n".join(filter(None, (found[0].text, label, loose.text))))
    _containers(element, base, (*context, label), origin, version, found)


def _section(
    section: Any,
    base: str,
    context: tuple[str, ...],
    origin: Origin,
    version: date | None,
    found: list[OfficialProvision],
) -> None:
    number, head = first(section, "num"), first(section, "heading")
    written = words(number) if number is not None else ""
    key = slug(re.sub(r"\(Perm\)$", "", written))
    base = f"{base}/{key}" if key else base
    own, notes, paragraphs = Lines(), [], []
    for child in section:
        name = tag(child)
        if name == "annotations":
            notes += _annotations(child)
        elif name == "text" and words(child).startswith("*NOTE"):
            notes.append(words(child))
        elif name == "para" and _mark(child):
            paragraphs.append(child)
        elif child is not number and child is not head:
            _Body(base, own).say(child)
    heading = words(head) if head is not None else ""
    whole = [_provision(origin, base, written, heading, context, own, version)] if own or not paragraphs else []
    for para in paragraphs:
        mark, lines = _mark(para), Lines()
        _Body(f"{base}/{slug(mark)}", lines).inside(para)
        whole.append(_provision(origin, f"{base}/{slug(mark)}", f"{written}{mark}", heading, context, lines, version))
    found += [replace(whole[0], notes=tuple(notes)), *whole[1:]]


def _mark(para: Any) -> str:
    number = first(para, "num")
    return words(number) if number is not None else ""


def _annotations(element: Any) -> list[str]:
    return [words(one) for one in element if words(one)]


class _Body:
    """Says paragraphs line by line."""

    def __init__(self, base: str, lines: Lines) -> None:
        self._base = base
        self._lines = lines

    def inside(self, para: Any) -> None:
        """What stands in a paragraph beside its own number."""
        self._lines.say(para.text or "")
        for child in para:
            if tag(child) != "num":
                self.say(child)
            self._lines.say(child.tail or "")

    def say(self, element: Any) -> None:
        """One element with everything in it."""
        name = tag(element)
        if name == "table":
            say_rows(element, self._lines)
        elif name == "para" and _mark(element):
            self._paragraph(element)
        elif any(tag(one) in _BLOCKS for one in element.iterdescendants()):
            number = first(element, "num")
            if number is not None:
                self._lines.label(words(number))
            self.inside(element)
        else:
            self._lines.say(words(element))

    def _paragraph(self, para: Any) -> None:
        mark, outer = _mark(para), self._base
        self._base = f"{outer}/{slug(mark)}"
        with self._lines.part(self._base):
            self._lines.label(mark)
            self.inside(para)
        self._base = outer


def _provision(
    origin: Origin, own_id: str, number: str, heading: str, context: tuple[str, ...], lines: Lines, version: date | None
) -> OfficialProvision:
    text = lines.text
    gone = _GONE.match(text) or _GONE.match(heading) or (number and not text)
    return OfficialProvision(
        id=own_id,
        instrument=origin.instrument,
        number=number,
        heading=heading,
        context=context,
        text=text,
        language="en",
        extent="",
        in_force_from=None,
        in_force_to=None,
        status=State.REPEALED if gone else State.IN_FORCE,
        url=origin.url,
        version_date=version,
        changed_on=version,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
        parts=tuple(lines.parts),
    )
