"""A document cut into parts that can be quoted: under the nearest heading, on paragraph and sentence borders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.read import Document, Format
from indexer.sentences import sentence_spans

MAX_PART = 1_200
_WINDOW = 3_000
_HEADING_LENGTH = 160

_SpanOf = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text, and the heading that it stands under (empty if there is none)."""

    start: int
    end: int
    heading: str


_NUMBERED = re.compile(
    r"""^[ \t\u3000]*(?P<label>
        第[〇零一二三四五六七八九十百千\d]+[编章节条](?:之[一二三四五六七八九十]+)?(?=[ \t\u3000]|$)
        (?:[ \u3000][^\n。；，：]{1,30}$)?
      | (?:§§?|Art\.|Article|Artikel|Section|Sec\.|Chapter|Part|Schedule|Kapitel|Abschnitt|Teil|Anlage)
        [ \u00a0]?[\dIVX][\w.()/-]{0,12}
        (?:[ \u00a0:–—-][^\n]{0,90}[^\n.;:,\s])?[ \t]*$
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CLOSED = re.compile(r"[.;:!?。；：！？)）\]”」]\s*$|\n\s*\n\s*$|^\s*$")


def parts(document: Document) -> Iterator[Part]:
    """The parts of the document in order; together they hold all its words but the lines marked as headings."""
    for heading, start, end in _sections(document):
        for first, last in _packed(_units(document.text, start, end, document.language)):
            yield Part(first, last, heading)


def _sections(document: Document) -> Iterator[tuple[str, int, int]]:
    """Heading, start and end of each section. Headings that follow each other directly head one section together."""
    text, at, heading = document.text, 0, ""
    for first, last, label in _runs(document):
        if text[at:first].strip():
            yield heading, at, first
        heading, at = label, last
    if text[at:].strip():
        yield heading, at, len(text)


def _runs(document: Document) -> Iterator[tuple[int, int, str]]:
    """Where each run of marked headings starts, where its section's words begin, and its label.

    Headings of plain text and PDF are guessed, so their lines stay among the words, as do headings with nothing below.
    """
    text = document.text
    if document.format in (Format.PDF, Format.TEXT):
        for match in _NUMBERED.finditer(text):
            if _CLOSED.search(text[max(0, match.start() - 80) : match.start()].rstrip(" \t\u3000")):
                yield match.start("label"), match.start("label"), _label(match["label"])
        return
    run: list[_SpanOf] = []
    for span in document.headings:
        if run and text[run[-1][1] : span[0]].strip():
            yield run[0][0], run[-1][1], _joined(text, run)
            run = []
        run.append(span)
    if run and text[run[-1][1] :].strip():
        yield run[0][0], run[-1][1], _joined(text, run)


def _joined(text: str, run: list[_SpanOf]) -> str:
    return ": ".join(_label(text[start:end]) for start, end in run)


def _label(line: str) -> str:
    bare = " ".join(line.strip().strip("#").split())
    return bare if len(bare) <= _HEADING_LENGTH else bare[: _HEADING_LENGTH - 1] + "…"


def _units(text: str, start: int, end: int, language: str) -> Iterator[_SpanOf]:
    """Paragraphs; the sentences of those that are too long; halves of sentences that are too long."""
    for first, last in _paragraphs(text, start, end):
        if last - first <= MAX_PART:
            yield first, last
            continue
        for sentence in _sentences(text, first, last, language):
            yield from _halves(text, *sentence)


def _paragraphs(text: str, start: int, end: int) -> Iterator[_SpanOf]:
    at = start
    for gap in re.finditer(r"\n[^\S\n]*\n", text[start:end]):
        yield from _trimmed(text, at, start + gap.start())
        at = start + gap.end()
    yield from _trimmed(text, at, end)


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[_SpanOf]:
    """Sentences that together cover the stretch, found window by window: the time grows with the length alone."""
    at = start
    while at < end:
        window = text[at : min(at + _WINDOW, end)]
        borders = [at + first for first, _ in sentence_spans(window, language)][1:]
        if at + _WINDOW < end:
            stop = borders[-1] if borders else at + len(window)
            borders = borders[:-1]
        else:
            stop = end
        for first, last in zip([at, *borders], [*borders, stop], strict=True):
            yield from _trimmed(text, first, last)
        at = stop


def _halves(text: str, start: int, end: int) -> Iterator[_SpanOf]:
    while end - start > MAX_PART:
        gap = text.rfind(" ", start + MAX_PART // 2, start + MAX_PART)
        cut = gap if gap > 0 else start + MAX_PART
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[_SpanOf]:
    """The stretch without white space at its edges, if anything is left."""
    piece = text[start:end]
    if bare := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(bare)


def _packed(units: Iterator[_SpanOf]) -> Iterator[_SpanOf]:
    """Neighbours put together while they fit."""
    start, end = -1, -1
    for first, last in units:
        if start >= 0 and last - start > MAX_PART:
            yield start, end
            start = -1
        start = first if start < 0 else start
        end = last
    if start >= 0:
        yield start, end
