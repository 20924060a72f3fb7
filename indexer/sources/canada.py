"""Canada: consolidated Acts and regulations in the XML of the Department of Justice (laws-lois.justice.gc.ca).

One provision for each subsection, for a section's own words, and for each schedule. Every element names the first day on
which its words are in force, so that a provision is law from the latest of those days. Transitional provisions of amending
Acts stand behind the Act that they amend: they are read when the origin's `part` names their Act ("2010, c. 5").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from indexer.sources.markup import first, parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Law of Canada, reproduced under the Reproduction of Federal Law Order (SI/97-5); not an official version"
_LIMS = "{http://justice.gc.ca/lims}"
_NOTES = ("HistoricalNote", "Footnote")
_HEAD = ("Label", "MarginalNote")
_INLINE = re.compile(
    r"XRef(External|Internal)|Emphasis|Language|Defin(edTerm|ition)(En|Fr|EnOnly|FrOnly|Ref)|Sup|Sub|FootnoteRef|Repealed|"
    r"Leader|MathML.*|Ins|Del|BilingualItem(En|Fr)|FormBlank"
)
_LABELLED = ("Paragraph", "Subparagraph", "Clause", "Subclause", "Subsubclause", "Provision", "Item", "Subsection")
_GONE = re.compile(r"^\[Repealed\b[^\]]*\]$", re.IGNORECASE)


@dataclass
class _File:
    """What is read of one file: what holds for all of it, and the provisions found so far."""

    origin: Origin
    version: date | None
    context: tuple[str, ...] = ()
    found: list[OfficialProvision] = field(default_factory=list)


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of title, preamble, provisions, schedules and notes."""
    for child in parse(data, "Justice Laws file"):
        if tag(child) not in ("Identification", "RecentAmendments"):
            yield from texts(child)


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one Act or regulation, or of the part that the origin names. Raises `SourceError`."""
    root = parse(data, origin.url)
    if tag(root) not in ("Statute", "Regulation"):
        raise SourceError(f"{origin.url}: holds {tag(root)}, not an Act or regulation; fetch the law's XML")
    file = _File(origin, _day(root.get(f"{_LIMS}pit-date")))
    if origin.part:
        _related(root, file)
        if not file.found:
            raise SourceError(f"{origin.url}: holds no provision of {origin.part}; look whether it has moved")
        return unique(file.found)
    _front(root, file)
    for child in root:
        name = tag(child)
        if name == "Body":
            _body(child, origin.instrument, file)
        elif name == "Schedule":
            _schedule(child, file)
    return unique(file.found)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _since(elements: Iterable[Any]) -> date | None:
    """The first day on which all words of the elements are in force together."""
    days = (_day(one.get(f"{_LIMS}inforce-start-date")) for element in elements for one in element.iter())
    return max((day for day in days if day), default=None)


# -- the whole -------------------------------------------------------------------------------------------------------


def _front(root: Any, file: _File) -> None:
    """The titles, and the words before the first section."""
    lines, known = Lines(), first(root, "Identification")
    heading = (
        next((words(one) for one in known if tag(one) in ("ShortTitle", "LongTitle")), "") if known is not None else ""
    )
    before = [child for child in root if tag(child) in ("Introduction", "Order")]
    for child in before:
        _Body(file.origin.instrument, lines).inside(child)
    notes = tuple(note for child in before for note in _history(child))
    _put(file, file.origin.instrument, "", heading, lines, State.FRONT, None, notes)


def _body(body: Any, base: str, file: _File) -> None:
    levels: list[str] = []
    for child in body:
        if tag(child) == "Heading":
            depth = int(child.get("level") or 1)
            levels = [*levels[: depth - 1], words(child)]
            file.context = tuple(levels)
        elif tag(child) == "Section":
            _section(child, base, file)
        else:
            lines = Lines()
            _Body(base, lines).say(child)
            _put(file, base, "", "", lines, State.FRONT, None)


def _schedule(schedule: Any, file: _File) -> None:
    """A schedule as one provision; the sections that it holds are provisions below it. Others' provisions stand in front."""
    head, lines = first(schedule, "ScheduleFormHeading"), Lines()
    if schedule.get("id"):  # related provisions, amendments not in force: law of other Acts
        apart = f"{file.origin.instrument}/{slug(schedule.get('id'))}"
        _Body(apart, lines).inside(schedule)
        _put(file, apart, "", "", lines, State.FRONT, None, _history(schedule))
        return
    label = words(first(head, "Label")) if head is not None and first(head, "Label") is not None else "Schedule"
    number = slug(label.lower().replace("schedule", "").strip()) or "1"
    base = f"{file.origin.instrument}/sch-{number}"
    file.context = (words(head),) if head is not None else (label,)
    sections = list(schedule.iter("Section"))
    for child in schedule:
        if tag(child) not in ("ScheduleFormHeading", *_NOTES) and not sections:
            _Body(base, lines).say(child)
    _put(file, base, label, "", lines, State.IN_FORCE, _since([schedule]), _history(schedule))
    for section in sections:
        _section(section, base, file)
    file.context = ()


def _related(root: Any, file: _File) -> None:
    """The provisions of the amending Act that the origin's part names."""
    for piece in root.iter("RelatedOrNotInForce"):
        head = words(first(piece, "Heading")) if first(piece, "Heading") is not None else ""
        if re.match(rf"[—\s]*{re.escape(file.origin.part)},", head):
            file.context = (head,)
            for section in piece.iter("Section"):
                _section(section, file.origin.instrument, file)


# -- sections --------------------------------------------------------------------------------------------------------


def _section(section: Any, base: str, file: _File) -> None:
    label = first(section, "Label")
    number = words(label) if label is not None else ""
    key = f"{base}/{slug(number)}" if number else base
    heading, begin = _margin(section), len(file.found)
    own, rest = Lines(), []
    for child in section:
        if tag(child) == "Subsection" and first(child, "Label") is not None:
            rest.append(child)
        elif tag(child) not in ("Label", "MarginalNote", *_NOTES):
            _Body(key, own).say(child)
    stated = [child for child in section if child not in rest]
    if own or not rest:
        _put(file, key, number, heading, own, State.IN_FORCE, _since(stated))
    for child in rest:
        mark, lines = words(first(child, "Label")), Lines()
        below = f"{key}/{slug(mark)}"
        _Body(below, lines).inside(child, _HEAD)
        _put(
            file,
            below,
            f"{number}{mark}",
            _margin(child) or heading,
            lines,
            State.IN_FORCE,
            _since([child]),
            _history(child),
        )
    _note(file, begin, _history(section, deep=False), _heading_lost(heading, file.found[begin:]))


def _margin(element: Any) -> str:
    note = first(element, "MarginalNote")
    return words(note, without=_NOTES) if note is not None else ""


def _history(element: Any, deep: bool = True) -> tuple[str, ...]:
    """The publisher's notes on an element: where its words come from, and footnotes."""
    inner = element.iter() if deep else iter(element)
    return tuple(words(one) for one in inner if tag(one) in _NOTES)


def _heading_lost(heading: str, kept: list[OfficialProvision]) -> tuple[str, ...]:
    return (heading,) if heading and not any(one.heading == heading for one in kept) else ()


def _note(file: _File, at: int, *notes: tuple[str, ...]) -> None:
    one = file.found[at]
    file.found[at] = replace(one, notes=(*one.notes, *(note for group in notes for note in group)))


class _Body:
    """Says the levels of a section line by line."""

    def __init__(self, base: str, lines: Lines) -> None:
        self._base = base
        self._lines = lines

    def inside(self, element: Any, without: tuple[str, ...] = ()) -> None:
        """What stands in an element beside its notes and what `without` names."""
        for child in element:
            if tag(child) not in (*_NOTES, *without):
                self.say(child)

    def say(self, element: Any) -> None:
        """One element with everything in it."""
        name, label = tag(element), first(element, "Label")
        if name == "table":
            say_rows(element, self._lines)
        elif name in _LABELLED and label is not None:
            self._level(element, words(label))
        elif any(not _INLINE.fullmatch(tag(one)) for one in element):
            self.inside(element)
        else:
            self._lines.say(words(element))

    def _level(self, element: Any, mark: str) -> None:
        outer, note = self._base, _margin(element)
        self._base = f"{outer}/{slug(mark)}"
        with self._lines.part(self._base):
            if note:
                self._lines.say(note)
            self._lines.label(mark)
            self.inside(element, _HEAD)
        self._base = outer


def _put(
    file: _File,
    own_id: str,
    number: str,
    heading: str,
    lines: Lines,
    status: State,
    since: date | None,
    notes: tuple[str, ...] = (),
) -> None:
    text = lines.text
    gone = status is State.IN_FORCE and (not text or _GONE.match(text))
    file.found.append(
        OfficialProvision(
            id=own_id,
            instrument=file.origin.instrument,
            number=number,
            heading=heading,
            context=file.context,
            text=text,
            language=file.origin.language,
            extent="",
            in_force_from=since,
            in_force_to=None,
            status=State.REPEALED if gone else status,
            url=file.origin.url,
            version_date=file.version,
            changed_on=since,
            licence=LICENCE,
            retrieved_on=file.origin.retrieved_on,
            notes=notes,
            parts=tuple(lines.parts),
        )
    )
