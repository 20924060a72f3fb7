"""XML of publishers, read without trust: no entities, no network, bounded size and depth."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from indexer.sources.model import MAX_BYTES, Lines, SourceError


def parse(data: bytes, name: str) -> Any:
    """The root element. Raises `SourceError` for what is no XML, is too large, or defines entities of its own."""
    from lxml import etree  # type: ignore[import-untyped]  # ships no types

    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{name}: has {len(data):,} bytes, at most {MAX_BYTES:,} are read; give the part that matters"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = " ".join(str(error).split())[:100]
        raise SourceError(f"{name}: is no whole XML file ({fault}); fetch it again") from None
    document = root.getroottree().docinfo.internalDTD
    if document is not None and any(True for _ in document.iterentities()):
        raise SourceError(f"{name}: defines entities of its own, which no publisher here does; do not use this file")
    return root


def tag(element: Any) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Any, without: Collection[str] = ()) -> str:
    """All words in an element, white space put together; elements named in `without` are left out."""
    return " ".join("".join(_texts(element, without)).split())


def _texts(element: Any, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if tag(child) not in without:
            yield from _texts(child, without)
        yield child.tail or ""


def texts(element: Any, without: Collection[str] = ()) -> Iterator[str]:
    """Every stretch of words of an element as it stands in the file, elements named in `without` left out."""
    for text in _texts(element, without):
        if text.strip():
            yield text


def first(element: Any, *names: str) -> Any:
    """The first child with one of the names, or `None`."""
    return next((child for child in element if tag(child) in names), None)


def say_rows(table: Any, lines: Lines) -> None:
    """A table's rows as lines, cells divided by a bar."""
    for row in table.iter():
        if tag(row) in ("tr", "row"):
            cells = [words(cell) for cell in row]
            if any(cells):
                lines.say(" | ".join(cells))


def fragment(markup: str, name: str) -> Any:
    """Markup that stands as text within a file, as one element. Raises `SourceError` for what is nested beyond reason."""
    from lxml import etree, html

    try:
        return html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(
            f"{name}: the text within it cannot be read ({type(error).__name__}); fetch it again"
        ) from None
