"""Which importer reads a file: chosen by what the file is, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.sources import china, clml, dc, gii, newyork, uslm
from indexer.sources.model import MAX_BYTES, OfficialProvision, Origin, SourceError, coverage


@dataclass(frozen=True, slots=True)
class Importer:
    """A publisher's format: how it is recognised, how it is read, and which words of a file it has to keep."""

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, Origin], tuple[OfficialProvision, ...]]
    source_words: Callable[[bytes], Iterator[str]]


def _holds(*marks: bytes) -> Callable[[bytes, str], bool]:
    """Whether a file holds one of the marks near its beginning."""
    return lambda data, _: any(mark in data[:6_000] for mark in marks)


def _is_chinese(data: bytes, place: str) -> bool:
    return place == "cn" and not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"{", b"%PDF"))


def _is_new_york(data: bytes, place: str) -> bool:
    return place == "us-ny" and data.lstrip()[:1] == b"{"


IMPORTERS: tuple[Importer, ...] = (
    Importer("clml", _holds(b"http://www.legislation.gov.uk/namespaces/legislation"), clml.read, clml.source_words),
    Importer("gii", _holds(b"<dokumente"), gii.read, gii.source_words),
    Importer(
        "dc", _holds(b"code.dccouncil.us/schemas/dc-library", b"code.dccouncil.gov/schemas"), dc.read, dc.source_words
    ),
    Importer("uslm", _holds(b"xml.house.gov/schemas/uslm", b"schemas.gpo.gov/xml/uslm"), uslm.read, uslm.source_words),
    Importer("newyork", _is_new_york, newyork.read, newyork.source_words),
    Importer("china", _is_chinese, china.read, china.source_words),
)


def importer_for(data: bytes, origin: Origin) -> Importer:
    """The importer of a file. Raises `SourceError` if no publisher's format is recognised."""
    if len(data) > MAX_BYTES:
        raise SourceError(f"{origin.url}: has {len(data):,} bytes, at most {MAX_BYTES:,} are read; give a part of it")
    for one in IMPORTERS:
        if one.recognises(data, origin.jurisdiction):
            return one
    known = ", ".join(one.name for one in IMPORTERS)
    raise SourceError(
        f"{origin.url}: is in no publisher's format known here ({known}); add it with: python -m indexer add"
    )


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of a file, by whichever importer knows its format. Raises `SourceError`."""
    return importer_for(data, origin).read(data, origin)


def kept(data: bytes, origin: Origin, provisions: Iterable[OfficialProvision]) -> float:
    """The share (0 to 1) of a file's characters that its provisions keep."""
    return coverage(importer_for(data, origin).source_words(data), provisions)
