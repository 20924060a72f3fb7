"""New York: the Senate's open legislation service, a law or a section as JSON.

One provision for each subdivision ("1."), or for a section without any; lettered paragraphs are its parts. The service wraps
lines; a line that opens with no number goes on with the one before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Law of the State of New York; data of the Senate under CC BY 4.0 (check the publisher's terms)"
_SUBDIVISION = re.compile(r"^\s*(\d+(?:-[a-z])?)\.\s+(?=\S)")
_PARAGRAPH = re.compile(r"^\s*\(([a-z]+|\d{1,2})\)\s")


def source_words(data: bytes) -> Iterator[str]:
    """Every line and every title of the sections."""
    for one, context in _sections(_root(data, "open legislation file"), ()):
        yield str(one.get("title") or "")
        yield from context
        yield from _lines(one)


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one law, or of one section. Raises `SourceError`."""
    found = []
    for one, context in _sections(_root(data, origin.url), ()):
        found += _section(one, context, origin)
    if not found:
        raise SourceError(f"{origin.url}: holds no section; ask the service for the law with ?full=true")
    return unique(found)


def _root(data: bytes, name: str) -> dict[str, Any]:
    try:
        root = json.loads(data)
        result = root["result"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SourceError(f"{name}: is no whole answer of the open legislation service; fetch it again") from None
    if not isinstance(result, dict):
        raise SourceError(f"{name}: holds no law ({root.get('message', 'no result')}); check the key and the address")
    inner = result.get("documents")
    return inner if isinstance(inner, dict) and "docType" in inner else result


def _sections(document: dict[str, Any], context: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    if document.get("docType") == "SECTION":
        yield document, context
        return
    label = " ".join(str(document.get("title") or "").split())
    below = document.get("documents") or {}
    for child in below.get("items", []) if isinstance(below, dict) else []:
        yield from _sections(child, (*context, label) if label else context)


def _lines(section: dict[str, Any]) -> list[str]:
    text = str(section.get("text") or "").replace("\\n", "\n")
    return [line.strip() for line in text.split("\n") if line.strip()]


def _section(section: dict[str, Any], context: tuple[str, ...], origin: Origin) -> list[OfficialProvision]:
    number = str(section.get("docLevelId") or "")
    base = f"{origin.instrument}/{slug(number)}"
    groups: list[tuple[str, str, list[str]]] = []
    for line in _lines(section):
        opened = _SUBDIVISION.match(line)
        if opened:
            groups.append((f"{base}/{slug(opened[1])}", f"§ {number}({opened[1]})", [line]))
        elif not groups:
            groups.append((base, f"§ {number}", [line]))
        else:
            groups[-1][2].append(line)
    return [_provision(section, context, origin, *group) for group in groups or [(base, f"§ {number}", [])]]


def _provision(
    section: dict[str, Any], context: tuple[str, ...], origin: Origin, own_id: str, number: str, raw: list[str]
) -> OfficialProvision:
    lines, following = Lines(), "a"
    for paragraph in _joined(raw):
        mark = _PARAGRAPH.match(paragraph)
        # Only letters in their order are paragraphs for sure: (i) after (h) is a letter, after (a) it is a figure.
        if mark and mark[1] == following:
            following = chr(ord(following) + 1)
            with lines.part(f"{own_id}/{mark[1]}"):
                lines.say(paragraph)
        else:
            lines.say(paragraph)
    day = _day(section.get("activeDate"))
    return OfficialProvision(
        id=own_id,
        instrument=origin.instrument,
        number=number,
        heading=" ".join(str(section.get("title") or "").split()),
        context=context,
        text=lines.text,
        language="en",
        extent="",
        in_force_from=None,
        in_force_to=None,
        status=State.REPEALED if section.get("repealed") or not raw else State.IN_FORCE,
        url=origin.url,
        version_date=day,
        changed_on=day,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
        parts=tuple(lines.parts),
    )


def _joined(raw: list[str]) -> Iterator[str]:
    """Paragraphs whole again: lines that open with no number go on with the one before."""
    held = ""
    for line in raw:
        if held and (_PARAGRAPH.match(line) or _SUBDIVISION.match(line)):
            yield held
            held = line
        else:
            held = f"{held} {line}".strip()
    if held:
        yield held


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
