"""Virginia: the Code of Virginia as the Division of Legislative Automated Systems gives a section in JSON.

One provision for each lettered subsection ("A."), or for a section without any; levels below are told apart by their order.
The paragraph of sources at the end of a section and the caveat behind it are notes. A number that does not exist comes as an
answer without chapters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from indexer.sources.levels import groups
from indexer.sources.markup import fragment
from indexer.sources.model import OfficialProvision, Origin, SourceError, State, slug

LICENCE = "Law of the Commonwealth of Virginia, no copyright (Georgia v. Public.Resource.Org, 2020)"
SCHEME = ("A.", "1.", "a.", "(1)", "(a)")
_HISTORY = re.compile(r"^(?:Code \d{4}|R\. P\. \d{4}|Acts \d{4}|(?:\d{4}(?:, Sp\. Sess\. [IV]+)?, cc?\. ))")
_GONE = re.compile(r"^(?:repealed|reserved|not in effect|not set out)\b", re.IGNORECASE)


def source_words(data: bytes) -> Iterator[str]:
    """Every paragraph and the title of the section."""
    for one in _sections(_root(data, "Virginia section file")):
        yield str(one.get("SectionTitle") or "")
        for line, _ in _paragraphs(str(one.get("Body") or "")):
            yield line


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one section. Raises `SourceError`."""
    root = _root(data, origin.url)
    found = [provision for one in _sections(root) for provision in _section(root, one, origin)]
    if not found:
        raise SourceError(
            f"{origin.url}: there is no section of this number; look whether it has been repealed or moved"
        )
    return tuple(found)


def _root(data: bytes, name: str) -> dict[str, Any]:
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError(f"{name}: is no whole answer of the Code of Virginia's service; fetch it again") from None
    if not isinstance(root, dict) or not isinstance(root.get("ChapterList"), list):
        raise SourceError(
            f"{name}: holds no section of the Code of Virginia; ask the service for the section's details"
        )
    return root


def _sections(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (one for one in root["ChapterList"] if isinstance(one, dict) and one.get("SectionNumber"))


def _paragraphs(body: str) -> list[tuple[str, bool]]:
    """The paragraphs of a section, and whether each is a note of the publisher."""
    if not body.strip():
        return []
    page = fragment(body, "Virginia section file")
    found: list[tuple[str, bool]] = []
    for one in page.iter("p", "tr", "h1", "h2", "h3", "h4"):
        line = (
            " | ".join(" ".join(cell.text_content().split()) for cell in one) if one.tag == "tr" else one.text_content()
        )
        if (line := " ".join(line.split())) and not any(up.tag in ("td", "th") for up in one.iterancestors()):
            found.append((line, "note" in (one.get("class") or "") or bool(_HISTORY.match(line))))
    return found or [(" ".join(page.text_content().split()), False)]


def _section(root: dict[str, Any], section: dict[str, Any], origin: Origin) -> list[OfficialProvision]:
    number = str(section["SectionNumber"]).strip()
    base, lines = f"{origin.instrument}/{slug(number.replace(':', '-'))}", _paragraphs(str(section.get("Body") or ""))
    text = [line for line, is_note in lines if not is_note]
    notes = tuple(line for line, is_note in lines if is_note)
    one = _plain(root, section, origin, base, number)
    found = [
        replace(
            one, id=f"{base}/{slug(group.mark)}", number=f"§ {number}({group.mark})", text=group.text, parts=group.parts
        )
        if group.mark
        else replace(one, text=group.text, parts=group.parts)
        for group in groups(base, text, SCHEME)
    ] or [replace(one, status=State.REPEALED)]
    return [replace(found[0], notes=notes), *found[1:]]


def _plain(root: dict[str, Any], section: dict[str, Any], origin: Origin, base: str, number: str) -> OfficialProvision:
    heading = " ".join(str(section.get("SectionTitle") or "").split())
    since = _since(heading)
    labels = [
        (root, "TitleNumber", "TitleName"),
        *((section, f"{one}Num", f"{one}Name") for one in ("Chapter", "Article")),
    ]
    context = tuple(" ".join(f"{where.get(num) or ''} {where.get(name) or ''}".split()) for where, num, name in labels)
    later = since is not None and since > origin.retrieved_on > date.min
    gone = _GONE.match(heading)
    return OfficialProvision(
        id=base,
        instrument=origin.instrument,
        number=f"§ {number}",
        heading=heading,
        context=tuple(label for label in context if label),
        text="",
        language="en",
        extent="",
        in_force_from=since,
        in_force_to=None,
        status=State.REPEALED if gone else State.PROSPECTIVE if later else State.IN_FORCE,
        url=origin.url,
        version_date=None,
        changed_on=None,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
    )


def _since(heading: str) -> date | None:
    """The day that a heading gives as its text's first ("(Effective July 1, 2026)")."""
    found = re.search(r"\(effective ([A-Z][a-z]+ \d{1,2}, \d{4})\)", heading, re.IGNORECASE)
    try:
        return datetime.strptime(found[1], "%B %d, %Y").date() if found else None
    except ValueError:
        return None
