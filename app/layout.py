"""A document's text as paragraphs and sentences, with the heading above and the page on which each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.read import Document
from indexer.sentences import sentence_spans

LONG_LINE = 160
"""A line longer than this is a paragraph of its own: nobody wraps text so late."""
MAX_HEADING = 110
MAX_SENTENCE = 1_500

_HAN = re.compile(r"[一-鿿]")
_CLOSED = re.compile(r"[.!?:;。！？：；…][\"'”’)\]」』）]*\s*$")
_OPENS = re.compile(
    r"\s*(?:[-*•–]\s|#{1,6}\s|\(?[\dA-Za-z]{1,3}[.)]\s|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十百\d]+[章节条]|§)"
)
_HEADING_MARK = re.compile(r"^\s*#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document; `paragraph` counts from 0, `heading` is empty where there is none."""

    start: int
    end: int
    text: str
    language: str
    paragraph: int
    heading: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and whether it is only a heading."""

    start: int
    end: int
    is_heading: bool


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of a document in order, headings among them."""
    marked = {start for start, _ in document.headings}
    for start, end in _paragraph_spans(document.text):
        text = document.text[start:end]
        yield Paragraph(start, end, start in marked or _looks_like_heading(text))


def sentences(document: Document) -> list[Sentence]:
    """All sentences of the document in order; headings are none, but stand with the sentences below them."""
    found: list[Sentence] = []
    heading = ""
    page_starts = [start for start, _ in document.pages]
    for number, paragraph in enumerate(paragraphs(document)):
        text = document.text[paragraph.start : paragraph.end]
        if paragraph.is_heading:
            heading = _HEADING_MARK.sub("", text).strip()
            continue
        language = _language(text, document.language)
        for first, last in sentence_spans(text, "zh" if language == "zh" else "en"):
            start = paragraph.start + first
            for begin, end in _bounded(document.text, start, paragraph.start + last):
                page = bisect_right(page_starts, begin) or None if page_starts else None
                found.append(Sentence(begin, end, document.text[begin:end], language, number, heading, page))
    return found


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without end (a table, a list of names) in stretches that can be handled."""
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > 0 else start + MAX_SENTENCE
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    for block in re.finditer(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*", text):
        lines = list(re.finditer(r"[^\n]+", block.group()))
        widest = max(len(line.group()) for line in lines)
        begin = lines[0].start()
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            if following is None or _ends_paragraph(line.group(), following.group(), widest):
                start, end = block.start() + begin, block.start() + line.end()
                if text[start:end].strip():
                    lead = len(text[start:end]) - len(text[start:end].lstrip())
                    yield start + lead, start + len(text[start:end].rstrip())
                begin = following.start() if following is not None else 0


def _ends_paragraph(line: str, following: str, widest: int) -> bool:
    """Whether a line break is the end of a paragraph and not only of a line that was too long for its page."""
    if len(line) > LONG_LINE or len(following) > LONG_LINE or _OPENS.match(following) or _HEADING_MARK.match(line):
        return True
    short = len(line.rstrip()) < 0.75 * widest
    if _CLOSED.search(line):
        return short or bool(_HAN.search(line))
    starts_anew = following.lstrip()[:1].isupper() or bool(_HAN.match(following.lstrip()))
    return short and starts_anew


def _looks_like_heading(text: str) -> bool:
    bare = text.strip()
    if _HEADING_MARK.match(bare):
        return True
    limit = 30 if _HAN.search(bare) else MAX_HEADING
    ends_open = not re.search(r"[.!?;,。！？；，…][\"'”’)\]」』）]*$", bare)
    return "\n" not in bare and 2 < len(bare) <= limit and ends_open and not bare.startswith(("- ", "* ", "• "))


def _language(text: str, fallback: str) -> str:
    """The language of a paragraph: Chinese by its script, else that of the document."""
    letters = sum(char.isalpha() for char in text)
    if letters and sum(1 for _ in _HAN.finditer(text)) / letters > 0.3:
        return "zh"
    if fallback != "zh":
        return fallback
    return "de" if re.search(r"\b(?:der|die|das|und|nicht|wird)\b", text) else "en"
