"""What is embedded: every English passage as pieces under the encoder's length, and each of its sentences by itself.

The pieces find the passage, the sentences find the one that answers; what people ask for, as its `search:` line has it, finds it
too. All carry the heading, so that none is out of context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.passages import Kind, Passage
from indexer.sentences import sentence_spans


class Stretch(StrEnum):
    """What an embedded stretch is."""

    TEXT = "text"
    """sentences of the passage, as many as the encoder reads at once"""
    SENTENCE = "sentence"
    ASKED = "asked"
    """none of its text: words by which people ask for it"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage's text and the words under which it is embedded."""

    start: int
    end: int
    kind: Stretch
    words: str


def prefix(passage: Passage, place: str) -> str:
    """Place, citation and headings, put before every embedded stretch."""
    heading = f"{passage.context}: {passage.heading}" if passage.context else passage.heading
    return f"{place}, {passage.cited_as('en')}. {heading}. " if place else f"{heading}. "


def pieces(passage: Passage, place: str, count: Callable[[str], int], limit: int) -> Iterator[Piece]:
    """Pieces of at most `limit` word pieces each, cut on sentence borders, then the single sentences."""
    head = prefix(passage, place)
    room = limit - count(head) - 2
    spans = [
        part for span in sentence_spans(passage.text, passage.language) for part in _fitting(passage, span, count, room)
    ]
    yield from _packed(passage, head, spans, count, room)
    if len(spans) > 1:
        for start, end in spans:
            yield Piece(start, end, Stretch.SENTENCE, f"{passage.heading}. {passage.text[start:end]}")
    if passage.search[0] and passage.kind is not Kind.POSITION:
        yield Piece(0, 0, Stretch.TEXT, f"{head}{passage.search[0]}")
    for asked in filter(None, map(str.strip, passage.search[0].split(","))):
        yield Piece(0, 0, Stretch.ASKED, f"{passage.heading}. {asked}")


def _packed(
    passage: Passage, head: str, spans: list[tuple[int, int]], count: Callable[[str], int], room: int
) -> Iterator[Piece]:
    start, end, used = -1, -1, 0
    whole = Stretch.SENTENCE if len(spans) == 1 else Stretch.TEXT
    for first, last in spans:
        size = count(passage.text[first:last])
        if start >= 0 and used + size > room:
            yield Piece(start, end, whole, head + passage.text[start:end])
            start, used = -1, 0
        start = first if start < 0 else start
        end, used = last, used + size
    if start >= 0:
        yield Piece(start, end, whole, head + passage.text[start:end])


def _fitting(
    passage: Passage, span: tuple[int, int], count: Callable[[str], int], room: int
) -> Iterator[tuple[int, int]]:
    """The sentence itself, or its halves if it is longer than the encoder reads."""
    start, end = span
    if end - start < 8 or count(passage.text[start:end]) <= min(room, 200):
        yield span
        return
    middle = passage.text.rfind(" ", start, (start + end) // 2)
    middle = middle if middle > start else (start + end) // 2
    yield from _fitting(passage, (start, middle), count, room)
    yield from _fitting(passage, (middle + 1 if passage.text[middle] == " " else middle, end), count, room)
