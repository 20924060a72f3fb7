"""What all forms of the report of an analysis share: titles in three languages, one-line heads, the text cut where claims begin and end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from app.analysis_model import Analysis, Claim, Reference, Verdict

_TITLES = {
    "title": ("Analysis of {name}", "Analyse von {name}", "{name}的分析"),
    "claims": ("Claims", "Behauptungen", "说法"),
    "references": ("References", "Fundstellen", "引用"),
    "profile": ("Dimensions addressed", "Behandelte Dimensionen", "涉及的维度"),
    "silent": ("Left open", "Offen gelassen", "未涉及"),
    "near": ("Nearest law elsewhere", "Nächstes Recht anderswo", "其他法域最接近的规定"),
    "text": ("The text, annotated", "Der Text mit Anmerkungen", "带标注的正文"),
    "notes": ("Notes", "Hinweise", "说明"),
    "says": ("Document: {value}", "Dokument: {value}", "文中:{value}"),
    "law": ("Law: {value}", "Recht: {value}", "法律:{value}"),
    "page": ("page {n}", "Seite {n}", "第{n}页"),
    "document": (
        "{format}, {characters} characters; law applied: {date}",
        "{format}, {characters} Zeichen; angewandtes Recht: {date}",
        "{format},{characters}个字符;适用法律日期:{date}",
    ),
}
_VERDICTS = {
    Verdict.SUPPORTED: ("supported", "gestützt", "有依据"),
    Verdict.IMPRECISE: ("imprecise", "ungenau", "不准确"),
    Verdict.CONTRADICTED: ("contradicted", "widerlegt", "与法律不符"),
    Verdict.OUTDATED: ("outdated", "überholt", "已过时"),
    Verdict.NOT_COVERED: ("not covered", "nicht entscheidbar", "未涵盖"),
}
COLOURS = {
    Verdict.SUPPORTED: ("#d6f0d6", "BRIGHT_GREEN"),
    Verdict.IMPRECISE: ("#fdf0c4", "YELLOW"),
    Verdict.CONTRADICTED: ("#f9d0d0", "RED"),
    Verdict.OUTDATED: ("#e2d7f5", "VIOLET"),
    Verdict.NOT_COVERED: ("#e8e8e8", "GRAY_25"),
}


def word_of(entry: str, analysis: Analysis, **filled: object) -> str:
    text = _TITLES[entry][_at(analysis)]
    for key, value in filled.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def _at(analysis: Analysis) -> int:
    return ("en", "de", "zh").index(analysis.language) if analysis.language in ("en", "de", "zh") else 0


def head_of(claim: Claim, analysis: Analysis) -> str:
    """One line: verdict, place, dimension, page."""
    parts = [_VERDICTS[claim.verdict][_at(analysis)], claim.type.value, claim.jurisdiction or "", claim.dimension or ""]
    if claim.page:
        parts.append(word_of("page", analysis, n=claim.page))
    return " · ".join(part for part in parts if part)


def values_of(claim: Claim, analysis: Analysis) -> list[str]:
    found = []
    if claim.document_value:
        found.append(word_of("says", analysis, value=claim.document_value))
    if claim.law_value:
        found.append(word_of("law", analysis, value=claim.law_value))
    return found


def target_of(reference: Reference) -> str:
    return reference.id or reference.note


def summary_of(analysis: Analysis) -> str:
    return word_of("document", analysis, format=analysis.format, characters=len(analysis.text), date=analysis.as_of)


# -- the annotated text ----------------------------------------------------------------------------------------------------


def stretches(analysis: Analysis) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """The text cut where claims begin and end: a piece, the claims that cover it, and those that end with it."""
    borders = {0, len(analysis.text)}
    for claim in analysis.claims:
        borders |= {claim.start, claim.end}
    order = sorted(borders)
    for start, end in itertools.pairwise(order):
        covering = [n for n, claim in enumerate(analysis.claims, 1) if claim.start <= start and end <= claim.end]
        ending = [n for n in covering if analysis.claims[n - 1].end == end]
        yield analysis.text[start:end], tuple(covering), tuple(ending)


def annotated(analysis: Analysis) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...], Verdict | None]]:
    """The text in pieces: each with the claims that cover it, those that end with it, and the gravest verdict, if any."""
    for piece, covering, ending in stretches(analysis):
        yield piece, covering, ending, gravest(analysis, covering) if covering else None


_GRAVITY = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.IMPRECISE, Verdict.SUPPORTED, Verdict.NOT_COVERED)


def gravest(analysis: Analysis, numbers: tuple[int, ...]) -> Verdict:
    verdicts = [analysis.claims[n - 1].verdict for n in numbers]
    return min(verdicts, key=_GRAVITY.index)


def counterpart_lines(analysis: Analysis) -> list[tuple[str, str, str]]:
    """For each counterpart: dimension with the document's value, place with its own, and authorities."""
    return [
        (f"{one.dimension}: {one.document_value}", f"{one.jurisdiction}: {one.value}", ", ".join(one.citations))
        for one in analysis.counterparts
    ]
