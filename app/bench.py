"""What all judges of claims share: the law, the two days, the cells and how a verdict is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.law import Law, Line
from app.lexicon import lexicon
from corpus.model import Position, Provision
from indexer.sentences import sentence_spans
from indexer.tokens import words

HIDES = frozenset({"sealing", "limited_access", "concealment", "spent"})
DESTROYS = frozenset({"erasure", "expungement"})
DISTINCTIVE = frozenset(
    [
        "fine",
        "custody",
        "misdemeanor",
        "felony",
        "summary",
        "juvenile",
        "sexual",
        "violent",
        "drugs",
        "arrest",
        "administrative",
        "certificate",
        "erasure",
        "restitution",
    ]
)
"""Subjects that tell one case of a period from another."""
SPECIAL = frozenset({"juvenile", "sexual", "violent", "drugs", "life", "caution"})
"""Subjects that a general statement does not mean unless it says so."""
CASES = frozenset(
    [
        "felony",
        "misdemeanor",
        "summary",
        "sexual",
        "violent",
        "drugs",
        "arrest",
        "caution",
        "life",
        "custody",
        "supervision",
        "pending",
        "exclusion",
        "juvenile",
        "administrative",
        "fine",
    ]
)
"""Subjects that limit a statement to records of one kind."""
SAME_MONTHS = 0.2


@dataclass(frozen=True, slots=True)
class Finding:
    """What one judge says of a claim."""

    verdict: Verdict
    because: str
    document_value: str | None = None
    law_value: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Bench:
    """The law on which claims are judged, and how it is quoted."""

    def __init__(
        self,
        law: Law,
        cite: Callable[[str], str],
        as_of: date,
        written: date | None,
        meant: Mapping[str, str] | None = None,
    ) -> None:
        """`meant`: for a whole such as a kingdom of several laws, the part whose law the document speaks of."""
        self.corpus = law.corpus
        self.law = law
        self.cite = cite
        self.as_of = as_of
        self.written = written
        self.meant = meant or {}

    def places_of(self, claim: Assertion) -> list[str]:
        """The covered places that a claim is held against."""
        return self.law.places(self.law.parts_meant(claim.places, self.meant), claim.group, claim.text)

    def _across(
        self, claim: Assertion, places: Sequence[str], judge: Callable[[Assertion, str], Finding | None]
    ) -> Finding | None:
        """One verdict from those for each place: "some" needs some, "all" needs all."""
        findings = [(place, found) for place in places if (found := judge(claim, place)) is not None]
        if not findings:
            return None
        if len(places) == 1:
            return findings[0][1]
        holding = [(p, f) for p, f in findings if f.verdict is Verdict.SUPPORTED]
        failing = [(p, f) for p, f in findings if f.verdict is not Verdict.SUPPORTED]
        evidence = tuple(e for _, f in (*holding[:2], *failing[:3]) for e in f.evidence[:1])
        if not failing or (claim.partial and len(holding) > 1):
            return replace(holding[0][1], evidence=evidence)
        if all(f.verdict is Verdict.CONTRADICTED for _, f in failing) and not holding:
            return replace(failing[0][1], evidence=evidence)
        if all(f.verdict is Verdict.OUTDATED for _, f in failing) and not holding:
            return replace(failing[0][1], evidence=evidence)
        names = ", ".join(self._name(p, claim.language) for p, _ in failing[:4])
        values = "; ".join(f"{self._name(p, claim.language)}: {f.law_value}" for p, f in findings[:6] if f.law_value)
        return Finding(
            Verdict.IMPRECISE,
            say("not_everywhere", claim.language, places=names),
            findings[0][1].document_value,
            values or None,
            evidence,
        )

    def _name(self, place: str, language: str) -> str:
        return self.corpus.jurisdictions[place].name.in_language(language)

    def _position(self, place: str, dimension: str, claim: Assertion) -> Position | None:
        day = self._day_of(claim)
        versions = self.law.positions(place, dimension)
        return next(
            (p for p in versions if p.span.holds_on(day)), versions[0] if versions and day == self.as_of else None
        )

    def _dimension(self, dimension: str, claim: Assertion) -> str:
        return self.corpus.dimensions[dimension].name.in_language(claim.language)

    def _day_of(self, claim: Assertion) -> date:
        """The day whose law a claim is about: the year that it names for a rule of the past, else the day of the check."""
        coming = [year for year in claim.years if year > self.as_of.year and since(claim.text, year)]
        if coming:
            return date(max(coming), 12, 31)
        past = [year for year in claim.years if year < self.as_of.year and not since(claim.text, year)]
        if past and (claim.modality == "past" or lexicon().change.search(claim.text)):
            year = max(past)
            return date(year, 12, 31) if claim.modality != "past" else date(year, 1, 1)
        return self.as_of

    def _quote(self, line: Line) -> Evidence:
        return Evidence(line.id, line.text, self.cite(line.id), "statute" if line.of_law else "position")

    def context(self, claim: Assertion) -> tuple[Evidence, ...]:
        """The note of commentary that speaks of the same things, offered as context and never as proof."""
        best: tuple[float, Evidence] | None = None
        own = frozenset(words(claim.text, "en")) if claim.language == "en" else frozenset()
        family = {one for place in claim.places for one in self.corpus.family(place)}
        for note in self.corpus.notes:
            if family and not family.intersection(note.jurisdictions):
                continue
            subjects, held = self.law.note_words(note.id)
            share = len(own & held) / len(own) if own else 0.0
            score = share + 0.1 * len(claim.subjects & subjects)
            if score >= 0.45 and (best is None or score > best[0]):
                best = score, Evidence(note.id, note.text.split("\n")[0], note.title, "commentary")
        return (best[1],) if best else ()


def since(text: str, year: int) -> bool:
    """Whether a year only tells since when a rule has held that still holds."""
    return (
        re.search(rf"\b(?:since|seit|from|ab)\W+(?:\w+\W+){{0,3}}{year}|自\s*{year}", text, re.IGNORECASE) is not None
    )


def sentences_of(provision: Provision) -> list[str]:
    return [provision.text[start:end] for start, end in sentence_spans(provision.text, provision.language)] or [
        provision.text
    ]


def values_of(position: Position) -> set[str]:
    held = {position.value} if isinstance(position.value, str) else set()
    return held | {d.value for d in position.details if isinstance(d.value, str)}
