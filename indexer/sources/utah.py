"""Utah: the Utah Code in the XML of its Legislature (le.utah.gov), a title, a chapter, a part or a section.

One provision for each subsection, or for a section without any. A subsection's number repeats that of its section; words
that follow a subsection close the level above it. Sections enacted for a later day stand beside those in force, each with
its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from indexer.sources.markup import first, parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Law of the State of Utah, no copyright (Georgia v. Public.Resource.Org, 2020)"
_LARGER = ("title", "chapter", "part", "subpart")
_NOTES = ("histories", "history")
_BESIDE = (*_NOTES, "catchline", "effdate", "enddate")
_GONE = re.compile(r"^\W*(?:repealed|renumbered|reserved)\b", re.IGNORECASE)


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of headings, sections and histories."""
    yield from texts(parse(data, "Utah Code file"), without=("effdate", "enddate"))


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of the sections that a file holds. Raises `SourceError`."""
    root = parse(data, origin.url)
    sections = [root] if tag(root) == "section" else list(root.iter("{*}section"))
    if not sections:
        raise SourceError(f"{origin.url}: holds no section of the Utah Code; fetch the chapter's XML")
    found = [one for section in sections for one in _section(section, origin)]
    return unique([*_front(root, found, origin), *found])


def _front(root: Any, found: list[OfficialProvision], origin: Origin) -> list[OfficialProvision]:
    """Histories of whole chapters and parts, which are no law."""
    lines = Lines()
    for one in root.iter():
        if tag(one) in _LARGER:
            for child in one:
                if tag(child) in (*_NOTES, "catchline"):
                    lines.say(words(child))
    if not lines:
        return []
    return [
        replace(
            found[0],
            id=origin.instrument,
            number="",
            heading="",
            context=(),
            text=lines.text,
            notes=(),
            parts=(),
            status=State.FRONT,
        )
    ]


def _context(section: Any) -> tuple[str, ...]:
    above = [one for one in section.iterancestors() if tag(one) in _LARGER]
    return tuple(_label(one) for one in reversed(above))


def _label(larger: Any) -> str:
    name = first(larger, "catchline")
    title = words(name) if name is not None else ""
    return f"{tag(larger).capitalize()} {larger.get('number') or ''} {title}".strip()


def _day(element: Any, name: str) -> date | None:
    """The day that an element gives for itself."""
    found = first(element, name)
    try:
        return datetime.strptime(words(found), "%m/%d/%Y").date() if found is not None else None
    except ValueError:
        return None


def _version(section: Any) -> date | None:
    """The day of the section's version, else of the chapter's or part's that it stands in."""
    return next((day for one in (section, *section.iterancestors()) if (day := _day(one, "effdate"))), None)


def _section(section: Any, origin: Origin) -> list[OfficialProvision]:
    number = str(section.get("number") or "")
    base, own = f"{origin.instrument}/{slug(number)}", Lines()
    subsections = [child for child in section if tag(child) == "subsection"]
    _Body(base, own).inside(section, without=("subsection",))
    found = [_provision(section, origin, base, number, own)] if own or not subsections else []
    for child in subsections:
        mark, lines = _mark(child), Lines()
        below = f"{base}/{slug(mark)}"
        lines.label(f"({mark})")
        _Body(below, lines).inside(child)
        lines.say(child.tail or "")
        found.append(_provision(section, origin, below, f"{number}({mark})", lines))
    notes = tuple(words(one) for one in section.iter() if tag(one) in _NOTES and tag(one.getparent()) not in _NOTES)
    return [replace(found[0], notes=notes), *found[1:]]


def _mark(subsection: Any) -> str:
    """The subsection's own mark: the last part of its number, "77-40a-205(1)(a)" or "(a)"."""
    return str((re.findall(r"[\w.]+", subsection.get("number") or "") or ["0"])[-1])


class _Body:
    """Says the levels of a section line by line."""

    def __init__(self, base: str, lines: Lines) -> None:
        self._base = base
        self._lines = lines

    def inside(self, element: Any, without: tuple[str, ...] = ()) -> None:
        """What stands in an element beside its histories; elements in `without` are left out with what follows them."""
        held = element.text or ""
        for child in element:
            name = tag(child)
            if name in ("subsection", "table"):
                self._lines.say(held)
                held = "" if name in without else child.tail or ""
                if name not in without:
                    self.say(child)
            else:
                held += ("" if name in _BESIDE else words(child) or " ") + (child.tail or "")
        self._lines.say(held)

    def say(self, element: Any) -> None:
        """One table or subsection with everything in it."""
        if tag(element) == "table":
            say_rows(element, self._lines)
            return
        outer, mark = self._base, _mark(element)
        self._base = f"{outer}/{slug(mark)}"
        with self._lines.part(self._base):
            self._lines.label(f"({mark})")
            self.inside(element)
        self._base = outer


def _provision(section: Any, origin: Origin, own_id: str, number: str, lines: Lines) -> OfficialProvision:
    text, name = lines.text, first(section, "catchline")
    heading, version = words(name) if name is not None else "", _version(section)
    later = version is not None and version > origin.retrieved_on > date.min
    gone = not text or _GONE.match(text) or _GONE.match(heading)
    return OfficialProvision(
        id=own_id,
        instrument=origin.instrument,
        number=f"§ {number}",
        heading=heading,
        context=_context(section),
        text=text,
        language="en",
        extent="",
        in_force_from=_day(section, "effdate"),
        in_force_to=_day(section, "enddate"),
        status=State.REPEALED if gone else State.PROSPECTIVE if later else State.IN_FORCE,
        url=origin.url,
        version_date=version,
        changed_on=version,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
        parts=tuple(lines.parts),
    )
