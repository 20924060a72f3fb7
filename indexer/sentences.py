"""Sentence borders in legal prose, as character spans, for English, German and Chinese.

A general sentencizer cuts after "No." and runs on after "2022."; legal prose is full of both. The rule here: a full stop,
question mark or exclamation mark ends a sentence if white space and a capital, digit, bracket or dash follows, unless the word
before it is an abbreviation, a single letter, or a day of the month. A line of a list is a sentence of its own.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "abs",
        "art",
        "arts",
        "aufl",
        "bd",
        "bgbl",
        "buchst",
        "bzw",
        "ca",
        "cal",
        "cf",
        "ch",
        "co",
        "cl",
        "colo",
        "conn",
        "cons",
        "dec",
        "del",
        "d.c",
        "dr",
        "e.g",
        "eg",
        "ed",
        "etc",
        "evtl",
        "feb",
        "ff",
        "fl",
        "ggf",
        "govt",
        "hr",
        "hrsg",
        "i.e",
        "ill",
        "inc",
        "incl",
        "insb",
        "jan",
        "jr",
        "lit",
        "ltd",
        "mass",
        "md",
        "mich",
        "mr",
        "mrs",
        "ms",
        "mt",
        "n.y",
        "nr",
        "no",
        "nos",
        "okla",
        "ore",
        "p",
        "pa",
        "para",
        "paras",
        "pp",
        "pt",
        "r",
        "reg",
        "regs",
        "rn",
        "rspr",
        "s",
        "sch",
        "sec",
        "sect",
        "sept",
        "sog",
        "ss",
        "st",
        "stat",
        "subsec",
        "u.a",
        "u.s",
        "u.k",
        "v",
        "vgl",
        "vs",
        "v.m",
        "z.b",
        "usw",
        "a.a",
        "d.h",
        "i.d.r",
        "i.s.d",
        "i.v.m",
        "m.w.n",
        "z.t",
        "oct",
        "nov",
        "aug",
        "pa.c.s",
        "n.j.s.a",
    ]
)
_END_LATIN = re.compile(r"[.!?][\"'”’)\]]*(?:\[\^?\d{1,3}\]|[¹²³⁴-⁹⁰]{1,3})*(?=\s+[\"'“„(\[–—-]?\s?[A-ZÄÖÜ0-9§])")
_END_HAN = re.compile(r"[。!?！？；;][”」』)）]*")
_MONTHS = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*(?:[-*•]|\(?\w{1,3}[).]) )[^\n]+)*")


def sentence_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of `text`; white space and list bullets at the edges are left out."""
    spans: list[tuple[int, int]] = []
    for block in _PARAGRAPH.finditer(text):
        cuts = _han_cuts(block.group()) if language == "zh" else _latin_cuts(block.group())
        begin = 0
        for cut in [*cuts, len(block.group())]:
            spans.append(_trimmed(text, block.start() + begin, block.start() + cut))
            begin = cut
    return tuple(span for span in spans if span[0] < span[1])


def _han_cuts(block: str) -> list[int]:
    return [match.end() for match in _END_HAN.finditer(block)]


def _latin_cuts(block: str) -> list[int]:
    return [match.end() for match in _END_LATIN.finditer(block) if not _runs_on(block, match)]


def _runs_on(block: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation or an ordinal instead of ending a sentence."""
    if match.group()[0] != ".":
        return False
    words = block[max(0, match.start() - 40) : match.start()].split()
    word = words[-1].lstrip("([\"'“„").lower() if words else ""
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return True
    following = block[match.end() : match.end() + 40].lstrip()
    return word.isdigit() and len(word) <= 2 and re.match(_MONTHS, following) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = re.match(r"\s*(?:[-*•]\s+)?", piece)
    start += lead.end() if lead else 0
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
