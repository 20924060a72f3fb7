"""legislation.gov.uk: Crown Legislation Markup Language (Acts, Orders, Regulations), revised or as enacted.

One provision for each subsection, for a section's own words, and for each paragraph of a schedule. Where a section has one
wording for England and Wales and another for Scotland, each is a provision with its own extent. The publisher's dates are
the days on which this version starts and on which the next one starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from indexer.sources.markup import first, parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Open Government Licence v3.0"
_TERRITORY = {"uk-ew": "E", "uk-sct": "S", "uk-nir": "N.I."}
_CONTAINERS = re.compile(
    r"Primary|Secondary|Body|EUBody|Schedules?|ScheduleBody|Part|Chapter|Pblock|PsubBlock|P[12]group|Group|Appendix|"
    r"Attachment(s|Group)?"
)
_SILENT = ("CommentaryRef", "FootnoteRef")
_BLOCKS = re.compile(
    r"P[1-7]?|P[1-7]para|P[1-3]group|Para|Text|ListItem|(Un)?[oO]rderedList|BlockAmendment|BlockExtract|BlockText|AppendText|"
    r"Tabular|table|Part|Chapter|Schedule|ScheduleBody|Pblock|PsubBlock|TitleBlock|Title|Number|Formula|Where|Figure|"
    r"Reference|Comment|Signatory|Signee"
)
_NUMBERED = re.compile(r"P[2-7]$")


@dataclass(frozen=True)
class _Place:
    """Where the walk stands: what holds for everything below."""

    base: str
    context: tuple[str, ...] = ()
    heading: str = ""
    extent: str = ""
    start: date | None = None
    end: date | None = None
    status: State = State.IN_FORCE


@dataclass
class _File:
    """What is read of one file."""

    origin: Origin
    valid: date | None
    changed: date | None
    comments: dict[str, str]
    versions: dict[str, Any]
    found: list[OfficialProvision] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """ids of the notes that some provision keeps"""
    loose: dict[str, tuple[_Place, Lines, list[str]]] = field(default_factory=dict)


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of the file that is text, heading, note or footnote; contents lists repeat them and are left out."""
    root = parse(data, "legislation.gov.uk file")
    for child in root:
        if tag(child) not in ("Metadata", "Contents", "Resources"):
            yield from texts(child)


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one file that extend to the origin's territory. Raises `SourceError`."""
    root = parse(data, origin.url)
    if tag(root) != "Legislation":
        raise SourceError(
            f"{origin.url}: holds {tag(root)}, not the text of legislation; ask for data.xml of the law itself"
        )
    file = _File(origin, _valid(root), _modified(root), _notes(root), _versions(root))
    for child in root:
        if tag(child) in ("Primary", "Secondary", "EURetained"):
            _walk(child, _Place(origin.instrument, extent=root.get("RestrictExtent") or ""), file)
    _keep_loose(file)
    _keep_stray_notes(file)
    wanted = _TERRITORY.get(origin.jurisdiction)
    return unique(one for one in file.found if _extends_to(one, wanted))


def _extends_to(one: OfficialProvision, territory: str | None) -> bool:
    return territory is None or not one.extent or territory in one.extent.split("+")


# -- the file's own facts --------------------------------------------------------------------------------------------


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _valid(root: Any) -> date | None:
    found = (_day(one.text) for name in ("valid", "modified", "date") for one in root.iter(f"{{*}}{name}"))
    return next((day for day in found if day), None)


def _modified(root: Any) -> date | None:
    return next((_day(one.text) for one in root.iter("{*}modified") if _day(one.text)), None)


def _notes(root: Any) -> dict[str, str]:
    kept = {}
    for note in root.iter("{*}Commentary", "{*}Footnote"):
        if note.get("id"):
            kept[note.get("id")] = words(note)
    return kept


def _versions(root: Any) -> dict[str, Any]:
    return {one.get("id"): one for one in root.iter("{*}Version") if one.get("id")}


# -- the walk --------------------------------------------------------------------------------------------------------


def _walk(element: Any, place: _Place, file: _File) -> None:
    place = _entered(element, place, file)
    for child in element:
        name = tag(child)
        if name == "P1":
            _section(child, place, file)
        elif _CONTAINERS.fullmatch(name):
            _walk(child, place, file)
        elif name not in ("Number", "Title", "TitleBlock"):
            _loose(child, place, file)
    for version in (element.get("AltVersionRefs") or "").split():
        if version in file.versions:
            _walk(file.versions[version], replace(place, heading="", extent=""), file)


def _entered(element: Any, place: _Place, file: _File) -> _Place:
    """The place inside a container: its title, and its dates where it is a section's group."""
    number, title = first(element, "Number"), first(element, "Title")
    block = first(element, "TitleBlock")
    title = first(block, "Title") if title is None and block is not None else title
    name, head = tag(element), (words(title) if title is not None else "")
    place = _dated(element, place, file, own_dates=name in ("P1group", "Version"))
    if name in ("P1group", "P2group", "Version"):
        return replace(place, heading=head) if head else place
    label = " ".join(filter(None, (words(number) if number is not None else "", head)))
    if name == "Schedule":
        mark = slug(re.sub(r"(?i)schedule", "", words(number) if number is not None else ""))
        place = replace(place, base=f"{file.origin.instrument}/sch{'-' + mark if mark else ''}")
    return replace(place, context=(*place.context, label)) if label else place


def _dated(element: Any, place: _Place, file: _File, own_dates: bool) -> _Place:
    start, end = _day(element.get("RestrictStartDate")), _day(element.get("RestrictEndDate"))
    if own_dates and (start or end):
        place = replace(place, start=start, end=end - timedelta(days=1) if end else None)
    extent = element.get("RestrictExtent") or place.extent
    return replace(place, extent=extent, status=_status(element, place.status, start, file))


def _status(element: Any, inherited: State, start: date | None, file: _File) -> State:
    said = element.get("Status") or ""
    if said == "Prospective":
        return State.PROSPECTIVE
    if said in ("Repealed", "Discarded"):
        return State.REPEALED
    if element.get("Match") == "false":
        later = start is not None and file.valid is not None and start > file.valid
        return State.PROSPECTIVE if later else State.REPEALED
    return inherited


def _section(p1: Any, place: _Place, file: _File) -> None:
    """A section (or article, or paragraph of a schedule): its own words, and its subsections."""
    place = _dated(p1, place, file, own_dates=True)
    number = _number(p1)
    base = f"{place.base}/{slug(number)}" if number else place.base
    lines = Lines()
    subsections: list[Any] = []
    inner = _Body(base, lines, subsections)
    inner.walk(p1)
    notes = _notes_in(p1, file, stop=subsections)
    if number and (lines or not subsections):
        file.found.append(_provision(p1, place, file, base, number, lines, notes))
    elif lines or notes:
        _put_loose(p1, place, lines, notes, file)
    for p2 in subsections:
        _subsection(p2, place, base, number, file)


def _subsection(p2: Any, place: _Place, base: str, number: str, file: _File) -> None:
    place = _dated(p2, place, file, own_dates=True)
    own = _number(p2)
    lines = Lines()
    _Body(f"{base}/{slug(own)}", lines, None).walk(p2)
    pinpoint = f"{number}({own})" if number else f"({own})"
    notes = _notes_in(p2, file)
    file.found.append(_provision(p2, place, file, f"{base}/{slug(own)}", pinpoint, lines, notes))


def _number(element: Any) -> str:
    number = first(element, "Pnumber")
    return words(number, without=_SILENT).strip("()") if number is not None else ""


class _Body:
    """Says the words of a provision line by line; subsections are put aside if a list is given for them."""

    def __init__(self, base: str, lines: Lines, aside: list[Any] | None) -> None:
        self._base = base
        self._lines = lines
        self._aside = aside
        self._amending = 0

    def walk(self, element: Any) -> None:
        if element.text and element.text.strip():
            self._lines.say(element.text)
        for child in element:
            self.say(child)
            if child.tail and child.tail.strip():
                self._lines.say(child.tail)

    def say(self, child: Any) -> None:
        """One element of the text, with everything in it."""
        name = tag(child)
        if name == "Pnumber" and not self._amending:
            return
        if name == "P2" and self._aside is not None and not self._amending and _number(child):
            self._aside.append(child)
        elif _NUMBERED.match(name) or (name == "P1" and self._amending):
            self._numbered(child)
        elif name == "ListItem":
            self._item(child)
        elif name in ("BlockAmendment", "InlineAmendment", "BlockExtract") and _has_blocks(child):
            self._amendment(child)
        elif name in ("Tabular", "table"):
            self._table(child)
        elif name == "Pnumber":
            self._lines.label(f"({words(child).strip('()')})")
        elif _has_blocks(child):
            self.walk(child)
        else:
            self._lines.say(words(child, without=_SILENT))

    def _numbered(self, element: Any) -> None:
        own = _number(element)
        if self._amending or not own:
            self.walk(element)
            return
        outer, self._base = self._base, f"{self._base}/{slug(own)}"
        with self._lines.part(self._base):
            self._lines.label(f"({own})")
            self.walk(element)
        self._base = outer

    def _item(self, item: Any) -> None:
        mark = item.get("NumberOverride") or _counted(item)
        if mark:
            self._lines.label(f"({mark.strip('()')})")
        self.walk(item)

    def _amendment(self, element: Any) -> None:
        self._amending += 1
        self._lines.label("“")
        self.walk(element)
        self._lines.append("”")
        self._amending -= 1

    def _table(self, element: Any) -> None:
        for child in element.iter("{*}Number", "{*}Title"):
            self._lines.say(words(child))
        say_rows(element, self._lines)


def _has_blocks(element: Any) -> bool:
    return any(_BLOCKS.fullmatch(tag(one)) for one in element.iterdescendants()) or tag(element) in ("P1para", "P2para")


def _counted(item: Any) -> str:
    """The letter or figure of an item in an ordered list, by its place."""
    parent = item.getparent()
    kind = parent.get("Type") or ""
    if tag(parent) != "OrderedList" or kind not in ("alpha", "arabic", "roman"):
        return ""
    at = [one for one in parent if tag(one) == "ListItem"].index(item) + 1
    if kind == "arabic":
        return str(at)
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
    return chr(96 + at) if kind == "alpha" and at <= 26 else romans[at - 1] if at <= len(romans) else str(at)


# -- what is kept ----------------------------------------------------------------------------------------------------


def _notes_in(element: Any, file: _File, stop: list[Any] | None = None) -> list[str]:
    """The notes that a provision refers to, each once; those of its subsections stand with them."""
    apart = {id(one) for subsection in stop or () for one in subsection.iter()}
    refs = []
    for one in element.iter():
        if id(one) not in apart:
            refs += [one.get(key) for key in ("CommentaryRef", "Ref") if one.get(key)]
    group = element.getparent()
    title = first(group, "Title") if group is not None and tag(group) in ("P1group", "P2group") else None
    refs += [one.get("Ref") for one in title.iter("{*}CommentaryRef")] if title is not None else []
    own = [ref for ref in dict.fromkeys(refs) if ref in file.comments]
    file.used.update(own)
    return [file.comments[ref] for ref in own]


def _provision(
    element: Any, place: _Place, file: _File, own_id: str, number: str, lines: Lines, notes: list[str]
) -> OfficialProvision:
    text, status = lines.text, place.status
    if status is State.IN_FORCE and not re.sub(r"[\s.…]", "", text):
        status = State.REPEALED
    return OfficialProvision(
        id=own_id,
        instrument=file.origin.instrument,
        number=number,
        heading=place.heading,
        context=place.context,
        text=text,
        language="en",
        extent=place.extent,
        in_force_from=place.start,
        in_force_to=place.end,
        status=status,
        url=(element.get("DocumentURI") or file.origin.url).replace("http://", "https://", 1),
        version_date=file.valid,
        changed_on=place.start or file.changed,
        licence=LICENCE,
        retrieved_on=file.origin.retrieved_on,
        notes=tuple(notes),
        parts=tuple(lines.parts),
    )


def _loose(element: Any, place: _Place, file: _File) -> None:
    """Words that stand in no numbered provision: the title of the Act, a table of a schedule, signatures."""
    lines = Lines()
    _Body(place.base, lines, None).say(element)
    _put_loose(element, place, lines, _notes_in(element, file), file)


def _put_loose(element: Any, place: _Place, lines: Lines, notes: list[str], file: _File) -> None:
    first_place, kept, known = file.loose.setdefault(place.base, (replace(place, heading=""), Lines(), []))
    for label in (*place.context, place.heading):
        if label not in (*first_place.context, *kept.text.split("\n")):
            kept.say(label)
    for line in lines.text.split("\n"):
        kept.say(line)
    known.extend(notes)


def _keep_loose(file: _File) -> None:
    for base, (place, lines, notes) in file.loose.items():
        schedule = base.rpartition("/sch")[2] if "/sch" in base else ""
        number = f"Schedule {schedule.strip('-')}".strip() if "/sch" in base else ""
        element: dict[str, str] = {}
        one = _provision(element, place, file, base, number, lines, notes)
        status = one.status if number and one.text else State.FRONT
        file.found.append(replace(one, heading="", status=status, in_force_from=None, in_force_to=None))


def _keep_stray_notes(file: _File) -> None:
    """Notes on headings alone go to the front matter, so that no word is lost."""
    stray = [note for ref, note in file.comments.items() if ref not in file.used]
    if not stray:
        return
    one = _provision({}, _Place(file.origin.instrument), file, file.origin.instrument, "", Lines(), stray)
    front = next((at for at, kept in enumerate(file.found) if kept.id == one.id and kept.status is State.FRONT), None)
    if front is None:
        file.found.append(replace(one, status=State.FRONT))
    else:
        file.found[front] = replace(file.found[front], notes=(*file.found[front].notes, *stray))
