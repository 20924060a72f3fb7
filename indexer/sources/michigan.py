"""Michigan: the Compiled Laws in the XML of the Legislature, one file for each chapter (UTF-16).

The text of a section is markup within text: paragraphs in `BodyText`, its history in `HistoryText`. Numbers of subsections
stand in the text, so that levels are told apart by their order. One provision for each subsection, or for a section without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from indexer.sources.levels import groups
from indexer.sources.markup import fragment, parse, tag
from indexer.sources.model import OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Law of the State of Michigan, no copyright (Georgia v. Public.Resource.Org, 2020)"
SCHEME = ("(1)", "(a)", "(i)", "(A)")
_NOTES = ("HistoryText", "EditorsNotes", "Commentary", "NotesToReviser")
_COMING = re.compile(r"\.(?:amended|added)$", re.IGNORECASE)
"""Marks the wording of a later day, which stands beside today's."""
_NUMBER = re.compile(r"^Sec\.\s*[\w.]+\s*")


def source_words(data: bytes) -> Iterator[str]:
    """Every line of text, heading, history and note of the sections."""
    for section in parse(data, "Michigan chapter file").iter("MCLSectionInfo"):
        yield section.findtext("CatchLine") or ""
        for name in ("BodyText", *_NOTES):
            yield from _lines(section.findtext(name) or "")


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one chapter. Raises `SourceError`."""
    root = parse(data, origin.url)
    found: list[OfficialProvision] = []
    for section in root.iter("MCLSectionInfo"):
        found += _section(section, origin)
    if not found:
        raise SourceError(f"{origin.url}: holds no section; fetch the chapter's XML")
    return unique(found)


def _lines(markup: str) -> list[str]:
    """The paragraphs of markup that is kept as text. Raises `SourceError` for markup that is broken or too large."""
    if "<" not in markup:
        return [line for line in (" ".join(one.split()) for one in markup.split("\n")) if line]
    page = fragment(markup, "Michigan chapter file")
    for one in page.iter("p", "paragraph", "tr", "br", "section-body", "historydata"):
        one.text, one.tail = f"\n{one.text or ''}", f"\n{one.tail or ''}"
    for cell in page.iter("td", "th"):
        cell.tail = " | " if cell.getnext() is not None else ""
    return [line for line in (" ".join(one.split()) for one in page.text_content().split("\n")) if line]


def _section(section: Any, origin: Origin) -> list[OfficialProvision]:
    number = _COMING.sub("", (section.findtext("MCLNumber") or "").strip())
    base, lines = f"{origin.instrument}/{slug(number)}", _lines(section.findtext("BodyText") or "")
    own = _NUMBER.match(lines[0]) if lines else None
    mark = own[0].strip() if own else ""
    body = [lines[0][own.end() :], *lines[1:]] if own else lines
    parts = groups(base, [line for line in body if line], SCHEME)
    notes = (*([mark] if mark else []), *(line for name in _NOTES for line in _lines(section.findtext(name) or "")))
    gone = (section.findtext("Repealed") or "").strip().lower() == "true" or not lines
    one = _plain(section, origin, number, base, State.REPEALED if gone else State.IN_FORCE)
    if not gone and one.in_force_from and one.in_force_from > origin.retrieved_on > date.min:
        one = replace(one, status=State.PROSPECTIVE)
    found = [
        replace(
            one, id=f"{base}/{slug(group.mark)}", number=f"{number}({group.mark})", text=group.text, parts=group.parts
        )
        if group.mark
        else replace(one, text=group.text, parts=group.parts)
        for group in parts
    ] or [one]
    return [replace(found[0], notes=notes), *found[1:]]


def _plain(section: Any, origin: Origin, number: str, base: str, status: State) -> OfficialProvision:
    changed = _changed(section)
    return OfficialProvision(
        id=base,
        instrument=origin.instrument,
        number=number,
        heading=" ".join((section.findtext("CatchLine") or "").split()),
        context=tuple(_label(one) for one in reversed([*section.iterancestors()]) if _label(one)),
        text="",
        language="en",
        extent="",
        in_force_from=changed,
        in_force_to=None,
        status=status,
        url=origin.url,
        version_date=changed,
        changed_on=changed,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
    )


def _label(element: Any) -> str:
    """What a chapter, an act or a division within it is called."""
    names = {
        "MCLChapterInfo": ("Name", "Title"),
        "MCLStatuteInfo": ("Name", "ShortTitle"),
        "MCLDivisionInfo": ("DivisionType", "DivisionNumber", "DivisionTitle"),
    }.get(tag(element), ())
    return " ".join(" ".join((element.findtext(name) or "").split()) for name in names).strip()


def _changed(section: Any) -> date | None:
    """The day on which the last change of the section took effect."""
    days = []
    for one in section.iter("EffectiveDate"):
        try:
            days.append(date.fromisoformat((one.text or "").strip()[:10]))
        except ValueError:
            continue
    return max((day for day in days if day.year > 1), default=None)
