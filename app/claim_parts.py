"""Long sentences in parts: one statement for each period, each half, each clause that states law in a sentence of opinion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.analysis_model import Kind
from app.assertions import YEAR, Assertion, amounts_in, dimension_of, named_places, with_durations, without
from app.lexicon import lexicon
from indexer.query import Understander

_CLAUSES = re.compile(r"(?:(?!,\s+(?:while|but|whereas|and)\s|;|；|，而|，但|,\s+(?:während|aber)\s).)+", re.DOTALL)
_CUT = re.compile(
    r"[;；]\s*|,\s*(?:and|while|whereas|but|und|während|aber)\s+|[，、]\s*(?:而|并且|且)?|,\s+|\s+(?:and|und|while|whereas|or|oder)\s+|以及"
)
_PARTS = re.compile(
    r"[;；]\s*|,\s*(?:while|whereas|während|wohingegen)\s+|\s[-–—]\s|[,，]\s*(?=on the other hand|and does not|and did not|and seals?|and the )"
)
SHORTEST = 25


def clause_of_law(
    whole: Assertion, understander: Understander, is_law: Callable[[Assertion], bool]
) -> Assertion | None:
    """The clause of a sentence of opinion that states law all the same ("…, while the record itself remains intact …")."""
    lexicon()
    pieces = [m for m in _CLAUSES.finditer(whole.text) if len(m.group()) > 2 * SHORTEST]
    if len(pieces) < 2:
        return None
    for piece in pieces:
        lead = len(piece.group()) - len(piece.group().lstrip(" ,，"))
        part = narrowed(whole, piece.start() + lead, piece.end(), understander)
        if part.values and is_law(part):
            return replace(part, kind=Kind.LAW)
    return None


def split(whole: Assertion, understander: Understander, misnomers: re.Pattern[str]) -> Iterator[Assertion]:
    """A sentence that states several periods is as many claims; so are the halves that a semicolon divides."""
    if whole.kind is not Kind.LAW:
        yield whole
        if whole.kind is Kind.FACT:
            yield from law_within(whole, understander, misnomers)
        return
    borders = _borders(whole)
    for first, last in zip([0, *borders], [*borders, len(whole.text)], strict=True):
        part = whole.text[first:last]
        lead = len(part) - len(part.lstrip())
        bare = part.strip().rstrip(",，;；")
        if bare:
            yield narrowed(whole, first + lead, first + lead + len(bare), understander) if borders else whole


def law_within(whole: Assertion, understander: Understander, misnomers: re.Pattern[str]) -> Iterator[Assertion]:
    """The clause of a report that says what the law is or became ("… passed Proposition 47 in 2014, downgrading …")."""
    words = lexicon()
    pieces = list(re.finditer(r"[^,，;；:：]+", whole.text))
    named = [p for p in pieces if misnomers.search(p.group())]
    kept = named or [
        p
        for p in pieces
        if words.change.search(p.group()) or (words.strong_verb.search(p.group()) and amounts_in(p.group()))
    ]
    if not kept or not (named or whole.instruments or whole.amounts):
        return
    first, last = kept[0].start(), kept[-1].end()
    lead = len(whole.text[first:last]) - len(whole.text[first:last].lstrip())
    yield replace(narrowed(whole, first + lead, last, understander), kind=Kind.LAW)


def _borders(whole: Assertion) -> list[int]:
    borders: list[int] = []
    for one, following in zip(whole.periods, whole.periods[1:], strict=False):
        cuts = list(_CUT.finditer(whole.text, one.end, following.start))
        if cuts:
            borders.append(cuts[0].end())
    if borders:
        return borders
    for cut in _PARTS.finditer(whole.text):
        sides = (whole.text[: cut.start()], whole.text[cut.end() :])
        if all(len(side) > SHORTEST and lexicon().strong_verb.search(side) for side in sides):
            return [cut.end()]
    return []


def narrowed(whole: Assertion, first: int, last: int, understander: Understander) -> Assertion:
    """A part of a statement, which keeps the place, law and mood of the whole."""
    words, text = lexicon(), whole.text[first:last]
    shift = whole.start + first
    inside = tuple(r for r in whole.references if r.start >= shift and r.end <= whole.start + last)
    part = replace(
        whole,
        start=shift,
        end=whole.start + last,
        text=text,
        references=inside or whole.references[:1],
        values=words.values_in(text) or (whole.values if whole.periods else {}),
        starts=tuple(start.value for start in words.starts if start.pattern.search(text)),
        amounts=tuple(amounts_in(text)),
        subjects=words.subjects_in(text) or whole.subjects,
        context=whole.context | words.subjects_in(whole.text[:first]),
        negated=words.negation.search(text) is not None,
        denied=words.denied_in(text),
        absolute=words.absolute.search(text) is not None and not words.partial.search(text),
        partial=words.partial.search(text) is not None,
        years=tuple(int(year) for year in YEAR.findall(without(text, inside, shift))) or whole.years,
    )
    named = named_places(text, understander) if len(whole.places) > 1 else ()
    part = with_durations(replace(part, places=named or whole.places))
    inherited = whole.dimension if whole.periods else None
    return replace(part, dimension=dimension_of(part, understander) or inherited)
