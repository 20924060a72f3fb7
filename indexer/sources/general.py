"""Every other publisher: a page, a PDF, a Word file or plain text, cut into provisions as publishers.yaml says.

A line that opens as a section does begins one; numbered paragraphs in it are told apart by their order. Lines before the
first section and after the publisher's own closing words are front matter. A section that a table of contents names and the
text then has is taken from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.layouts import Unreadable, docx_blocks, html_blocks, pdf_pages
from indexer.sources.levels import Group, groups, joined, opens, with_labels
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique
from indexer.sources.publishers import Publisher, publisher_of

_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "})
_GONE = re.compile(
    r"^\W*(?:repealed|expired|reserved|omitted|abrogé|vervallen|aufgehoben|außer kraft getreten|weggefallen)\b",
    re.IGNORECASE,
)


@dataclass
class _Section:
    """A section as it is read: its number as written, its heading, its lines and the publisher's notes."""

    number: str
    heading: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def is_known(origin: Origin) -> bool:
    """Whether publishers.yaml says how the instrument's pages are cut."""
    known = publisher_of(origin.instrument)
    return known is not None and bool(known.section)


def source_words(data: bytes, origin: Origin) -> Iterator[str]:
    """Every line that the file shows; what opens a section and what closes it counts by itself."""
    known = _known(origin)
    for line in _lines(data, origin, known):
        opened = _opened(line, known)
        begun = _begun(line, opened) if opened else None
        for one in (*begun.notes, begun.heading, *begun.lines) if begun else (line,):
            yield from filter(None, _credited(one, known))


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one file. Raises `SourceError` where the file holds none or no way to cut it is known."""
    known = _known(origin)
    front, sections = _sections(_lines(data, origin, known), known)
    front, sections = _without_contents(front, sections)
    if not sections:
        raise SourceError(
            f"{origin.url}: no line opens as a section of {origin.instrument} does; save the page of the text itself"
        )
    found = [one for section in sections for one in _provisions(section, origin, known)]
    return unique([_front(front, found[0], origin), *found])


def _known(origin: Origin) -> Publisher:
    known = publisher_of(origin.instrument)
    if known is None or not known.section:
        raise SourceError(
            f"{origin.url}: how {origin.instrument} is cut is not known; give the publisher's structured file, "
            "or add it with: python -m indexer add"
        )
    return known


# -- lines -----------------------------------------------------------------------------------------------------------


def _lines(data: bytes, origin: Origin, known: Publisher) -> list[str]:
    """The file's lines, white space put together; wrapped lines of a PDF are whole again."""
    try:
        if data.lstrip()[:5] == b"%PDF-":
            raw = [line for page in pdf_pages(data) for line in page.splitlines()]
            return [line for line in _whole(map(_squeezed, raw), known) if line]
        if data[:4] == b"PK\x03\x04":
            blocks = [text for text, _ in docx_blocks(data)]
        elif re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<", data[:200]):
            blocks = [text for text, _ in html_blocks(_decoded(data), whole=True, without=known.without)]
        else:
            blocks = [_decoded(data)]
    except Unreadable as fault:
        raise SourceError(f"{origin.url}: {fault}") from None
    lines = (line for block in blocks for line in map(_squeezed, block.split("\n")) if line)
    return list(with_labels(lines, known.levels))


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _decoded(data: bytes) -> str:
    """By the encoding that the page names, else UTF-8, else Windows-1252."""
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4_000])
    for encoding in (named[1].decode("ascii") if named else "utf-8-sig", "utf-8-sig"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _whole(lines: Iterable[str], known: Publisher) -> Iterator[str]:
    """Lines put together again within each section; a heading and a note stand alone."""
    held: list[str] = []
    for line in lines:
        if _opened(line, known) or _is_note(line, known):
            yield from joined(held, known.levels)
            held = []
            yield line
        else:
            held.append(line)
    yield from joined(held, known.levels)


# -- sections --------------------------------------------------------------------------------------------------------


def _opened(line: str, known: Publisher) -> re.Match[str] | None:
    return re.match(known.section, line.translate(_DASHES))


def _is_note(line: str, known: Publisher) -> bool:
    return any(re.match(pattern, line) for pattern in known.notes)


def _credited(line: str, known: Publisher) -> tuple[str, str]:
    """A line, and the publisher's note that closes it."""
    found = next(
        (match for pattern in known.notes if pattern.endswith("$") and (match := re.search(pattern, line))), None
    )
    return (line[: found.start()].rstrip(), found[0].strip()) if found else (line, "")


def _sections(lines: Iterable[str], known: Publisher) -> tuple[list[str], list[_Section]]:
    """What stands before and beside the sections, and the sections."""
    front: list[str] = []
    found: list[_Section] = []
    ended = waits = False
    for line in lines:
        opened = _opened(line, known)
        ended = (ended or bool(known.ends and re.match(known.ends, line))) and not opened
        if opened:
            found.append(_begun(line, opened))
            waits = known.titled
        elif ended or not found:
            front.append(line)
        elif waits:
            found[-1].heading, waits = line, False
        elif _is_note(line, known):
            found[-1].notes.append(line)
        else:
            found[-1].lines.append(line)
    for one in found:
        cut = [_credited(line, known) for line in one.lines]
        one.lines, one.notes = [text for text, _ in cut if text], [*one.notes, *(note for _, note in cut if note)]
    return front, found


def _begun(line: str, opened: re.Match[str]) -> _Section:
    """A section from the line that opens it. Dashes count as hyphens in numbers alone: all else stays as it is written."""
    named = opened.groupdict()
    number = named.get("number") or "-".join(named[key] for key in sorted(named) if re.fullmatch(r"n\d", key))
    heading, rest = (line[opened.start(key) : opened.end(key)] if named.get(key) else "" for key in ("heading", "rest"))
    begin = min((opened.start(key) for key in ("heading", "rest") if named.get(key)), default=len(line))
    return _Section(number, heading.strip(), [rest.strip()] if rest.strip() else [], [line[:begin].strip()])


def _without_contents(front: list[str], sections: list[_Section]) -> tuple[list[str], list[_Section]]:
    """Of sections with one number, the one with most text; the others are lines of a table of contents."""
    best: dict[str, _Section] = {}
    for one in sections:
        if one.number not in best or _length(one) > _length(best[one.number]):
            best[one.number] = one
    for one in sections:
        if best[one.number] is not one:
            front += [*one.notes, one.heading, *one.lines]
    return [line for line in front if line], [one for one in sections if best[one.number] is one]


def _length(section: _Section) -> int:
    return sum(map(len, section.lines))


# -- provisions ------------------------------------------------------------------------------------------------------


def _provisions(section: _Section, origin: Origin, known: Publisher) -> list[OfficialProvision]:
    number, written = slug(section.number.replace(" ", "")), section.notes[0]
    base = "/".join(filter(None, (origin.instrument, known.under, number)))
    cut = groups(base, section.lines, known.levels) if known.levels else _uncut(section.lines)
    if known.counted:
        cut = [_placed(base, mark, lines, known) for mark, lines in _by_place(section.lines, known)]
    one = _plain(origin, known, base, section.number, section.heading)
    found = [
        replace(one, id=f"{base}/{slug(mark)}", number=f"{section.number}({mark})", text=text, parts=parts)
        if mark
        else replace(one, text=text, parts=parts)
        for mark, text, parts in ((group.mark, group.text, group.parts) for group in cut)
    ] or [replace(one, status=State.REPEALED)]
    if _GONE.match(section.heading) or (len(found) == 1 and _GONE.match(found[0].text)):
        found = [replace(one, status=State.REPEALED) for one in found]
    return [replace(found[0], notes=(written, *section.notes[1:])), *found[1:]]


def _by_place(lines: list[str], known: Publisher) -> Iterator[tuple[str, list[str]]]:
    """Paragraphs with their numbers, or without one with their place; words before a list and a lone paragraph have neither."""
    own, inner = known.levels[0], known.levels[1:]
    heads = [at for at, line in enumerate(lines) if not opens(line, inner)]
    for place, at in enumerate(heads, start=1):
        end = heads[place] if place < len(heads) else len(lines)
        introduces = place == 1 and place < len(heads) and opens(lines[heads[place]], [own])
        yield "" if len(heads) == 1 or introduces else opens(lines[at], [own]) or str(place), lines[at:end]


def _placed(base: str, mark: str, lines: list[str], known: Publisher) -> Group:
    """One paragraph with the items below it as parts."""
    below, said = f"{base}/{slug(mark)}" if mark else base, Lines()
    for line in lines:
        item = opens(line, known.levels[1:])
        if item:
            with said.part(f"{below}/{slug(item)}"):
                said.say(line)
        else:
            said.say(line)
    return Group(mark, said.text, tuple(said.parts))


def _uncut(lines: list[str]) -> list[Group]:
    said = Lines()
    for line in lines:
        said.say(line)
    return [Group("", said.text, ())] if lines else []


def _plain(origin: Origin, known: Publisher, base: str, number: str, heading: str) -> OfficialProvision:
    return OfficialProvision(
        id=base,
        instrument=origin.instrument,
        number=number,
        heading=heading,
        context=(),
        text="",
        language=origin.language,
        extent="",
        in_force_from=None,
        in_force_to=None,
        status=State.IN_FORCE,
        url=origin.url,
        version_date=None,
        changed_on=None,
        licence=known.licence,
        retrieved_on=origin.retrieved_on,
    )


def _front(lines: list[str], like: OfficialProvision, origin: Origin) -> OfficialProvision:
    return replace(
        like, id=origin.instrument, number="", heading="", text="\n".join(lines), notes=(), parts=(), status=State.FRONT
    )
