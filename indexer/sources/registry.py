"""Which importer reads a file: chosen by what the file is, never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.sources import canada, china, clml, dc, general, gii, michigan, newyork, uslm, utah, virginia
from indexer.sources.model import MAX_BYTES, OfficialProvision, Origin, SourceError, coverage

_UTAH = re.compile(rb"<(?:title|chapter|part|section)\s[^>]*number=\"\d+[A-Za-z]?(?:-[\w.-]+)?\"[^>]*>")


@dataclass(frozen=True, slots=True)
class Importer:
    """A publisher's format: how it is recognised, how it is read, and which words of a file it has to keep."""

    name: str
    recognises: Callable[[bytes, Origin], bool]
    read: Callable[[bytes, Origin], tuple[OfficialProvision, ...]]
    source_words: Callable[[bytes, Origin], Iterator[str]]


def _holds(*marks: bytes) -> Callable[[bytes, Origin], bool]:
    """Whether a file holds one of the marks near its beginning."""
    return lambda data, _: any(mark in head(data) for mark in marks)


def head(data: bytes) -> bytes:
    """The beginning of a file, without the zeros of a file in UTF-16."""
    return data[:12_000].replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data[:6_000]


def _alone(source_words: Callable[[bytes], Iterator[str]]) -> Callable[[bytes, Origin], Iterator[str]]:
    return lambda data, _: source_words(data)


def _is_chinese(data: bytes, origin: Origin) -> bool:
    return origin.jurisdiction == "cn" and not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"%PDF"))


def _is_json_of(place: str) -> Callable[[bytes, Origin], bool]:
    return lambda data, origin: origin.jurisdiction == place and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"


IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "clml", _holds(b"http://www.legislation.gov.uk/namespaces/legislation"), clml.read, _alone(clml.source_words)
    ),
    Importer("gii", _holds(b"<dokumente"), gii.read, _alone(gii.source_words)),
    Importer(
        "dc",
        _holds(b"code.dccouncil.us/schemas/dc-library", b"code.dccouncil.gov/schemas"),
        dc.read,
        _alone(dc.source_words),
    ),
    Importer(
        "uslm", _holds(b"xml.house.gov/schemas/uslm", b"schemas.gpo.gov/xml/uslm"), uslm.read, _alone(uslm.source_words)
    ),
    Importer("canada", _holds(b'xmlns:lims="http://justice.gc.ca/lims"'), canada.read, _alone(canada.source_words)),
    Importer("michigan", _holds(b"<MCLChapterInfo", b"<MCLSectionInfo"), michigan.read, _alone(michigan.source_words)),
    Importer("utah", lambda data, origin: is_utah(data), utah.read, _alone(utah.source_words)),
    Importer("virginia", _is_json_of("us-va"), virginia.read, _alone(virginia.source_words)),
    Importer("newyork", _is_json_of("us-ny"), newyork.read, _alone(newyork.source_words)),
    Importer("china", _is_chinese, china.read, _alone(china.source_words)),
    Importer("general", lambda data, origin: general.is_known(origin), general.read, general.source_words),
)


def is_utah(data: bytes) -> bool:
    """Whether a file is a part of the Utah Code in its publisher's XML."""
    return bool(_UTAH.search(data[:2_000])) and b"<catchline>" in data[:20_000]


def importer_for(data: bytes, origin: Origin) -> Importer:
    """The importer of a file. Raises `SourceError` if no publisher's format is recognised."""
    if len(data) > MAX_BYTES:
        raise SourceError(f"{origin.url}: has {len(data):,} bytes, at most {MAX_BYTES:,} are read; give a part of it")
    for one in IMPORTERS:
        if one.recognises(data, origin):
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
    return coverage(importer_for(data, origin).source_words(data, origin), provisions)
