"""Judges by changes of the law: what became of an offence, when a law was made, what is law by now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion, amounts_in
from app.bench import (
    Finding,
    sentences_of,
)
from app.judge_values import Values
from app.law import Line
from app.lexicon import lexicon
from corpus.model import Instrument

_FORMER = re.compile(
    r"\b(?:earlier|former|previous|first|original)\s+(?:bills?|drafts?|proposals?)|früher\w*\s+entw", re.IGNORECASE
)
_INTRODUCED = ("juveniles", "access_exceptions", "reoffending", "sanctions", "remedies", "exclusions", "trigger")


class Changes(Values):
    """Holds what a claim tells of the history of the law against its dated versions."""

    def _by_change(self, claim: Assertion, place: str) -> Finding | None:
        """Conduct said to be no longer an offence: is there a provision in force that punishes it, or one that ended it?"""
        words_of = lexicon()
        subjects = claim.subjects & {"drugs", "homosexual", "theft", "sexual"}
        if not subjects or not (words_of.ended.search(claim.text) or words_of.change.search(claim.text)):
            return None
        about = {
            p.id for p in self.corpus.provisions if p.jurisdiction == place and lexicon().subjects_in(p.text) & subjects
        }
        lines = [line for line in self.law.lines(place, "en") if line.of_law and line.id in about]
        day = self._day_of(claim)
        adopted = date(day.year + 1, 12, 31) if claim.years and words_of.change.search(claim.text) else day
        ending = [
            line for line in lines
            if words_of.ended.search(line.text) and not words_of.punishes.search(line.text) and not words_of.reversed.search(line.text)
        ]  # fmt: skip
        ended = [line for line in ending if line.span.holds_on(day) or line.span.holds_on(adopted)]
        former = [line for line in ending if line.span.last and line.span.last < day]
        if words_of.ended.search(claim.text):
            punished = [
                line
                for line in lines
                if line.subjects & subjects and words_of.punishes.search(line.text) and line.span.holds_on(day)
            ]
            if ended:
                return self._ended(claim, place, ended[0])
            if former:
                back = next(
                    (line for line in lines if words_of.reversed.search(line.text) and line.span.holds_on(day)),
                    former[0],
                )
                because = say(
                    "was_law",
                    claim.language,
                    said=self.cite(former[0].id),
                    date=str(former[0].span.last),
                    now=self.cite(back.id),
                )
                return Finding(Verdict.OUTDATED, because, None, back.text, (self._quote(former[0]), self._quote(back)))
            if punished:
                chosen = self._nearest(claim, punished)
                return Finding(
                    Verdict.CONTRADICTED,
                    say("still_offence", claim.language),
                    claim.text[:80],
                    chosen.text,
                    (self._quote(chosen),),
                )
            return None
        return self._reclassified(claim, lines)

    def _ended(self, claim: Assertion, place: str, line: Line) -> Finding:
        instrument = "/".join(line.id.split("/")[:2])
        narrow = [p for p in self.corpus.provisions if p.instrument == instrument and lexicon().extent.search(p.text)]
        wider = any(place != one and place in self.corpus.family(one) for one in claim.places)
        if narrow and wider:
            return Finding(
                Verdict.IMPRECISE, say("narrower", claim.language, place=self._name(place, claim.language)), None, narrow[0].text,
                (self._quote(line), Evidence(narrow[0].id, narrow[0].text, self.cite(narrow[0].id), "statute")),
            )  # fmt: skip
        return Finding(
            Verdict.SUPPORTED,
            say("agrees", claim.language, case=self.cite(line.id)),
            None,
            line.text,
            (self._quote(line),),
        )

    def _reclassified(self, claim: Assertion, lines: Sequence[Line]) -> Finding | None:
        """An offence said to have been made lighter: the law that did it, and a later one that took it back."""
        if not claim.subjects & {"misdemeanor", "felony"}:
            return None
        named = [line for line in lines if "/".join(line.id.split("/")[:2]) in claim.instruments] or list(lines)
        named = [line for line in named if not lexicon().reversed.search(line.text)]
        near = [
            line
            for line in named
            if line.subjects & {"misdemeanor", "felony"} and set(claim.amounts) <= set(amounts_in(line.text))
        ]
        if not near:
            return None
        chosen = self._nearest(claim, near)
        later = [
            line for line in lines
            if line.span.first and (chosen.span.first or date.min) < line.span.first <= self.as_of
            and line.id.split("/")[:2] != chosen.id.split("/")[:2] and lexicon().reversed.search(line.text)
        ]  # fmt: skip
        if later and not claim.years:
            return Finding(
                Verdict.OUTDATED,
                say("changed_since", claim.language, date=str(later[0].span.first)),
                None,
                later[0].text,
                (self._quote(chosen), self._quote(later[0])),
            )
        hedged = lexicon().partial.search(chosen.text) and not claim.partial
        verdict = Verdict.IMPRECISE if hedged else Verdict.SUPPORTED
        because = say("partly" if hedged else "agrees", claim.language, case=self.cite(chosen.id), law=chosen.text)
        return Finding(
            verdict,
            because,
            ", ".join(claim.amounts) or None,
            chosen.text,
            tuple(self._quote(one) for one in (chosen, *later[:1])),
        )

    def _by_date(self, claim: Assertion) -> Finding | None:
        """The year in which a law is said to have been made or to have come into force."""
        if not claim.instruments or not claim.years or not lexicon().change.search(claim.text):
            return None
        for law in claim.instruments:
            instrument = self.corpus.instruments[law]
            known = {day.year for day in (instrument.span.first,) if day}
            provisions = [p for p in self.corpus.provisions if p.instrument == law]
            known |= {p.span.first.year for p in provisions if p.span.first}
            named = " ".join((instrument.title.en, *instrument.names, *(p.text for p in provisions[:400])))
            told = {year for year in claim.years if str(year) in named}
            right = [year for year in claim.years if year in known or year in told]
            former = [one for one in self._siblings(law) if one.span.first and one.span.first.year in claim.years]
            if former and not [year for year in claim.years if year in known]:
                line = next((p for p in self.corpus.provisions if p.instrument == former[0].id and p.text), None)
                evidence = (Evidence(line.id, sentences_of(line)[0], self.cite(line.id), "statute"),) if line else ()
                because = say("other_date", claim.language, case=instrument.short, date=str(instrument.span.first))
                return Finding(
                    Verdict.OUTDATED, because, ", ".join(map(str, claim.years)), str(instrument.span.first), evidence
                )
            first = str(instrument.span.first or min(known, default="–"))
            verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED if known else None
            if verdict is None:
                continue
            line = next((p for p in provisions if p.text and any(str(y) in p.text for y in claim.years)), None) or next(
                (p for p in provisions if p.text), None
            )
            evidence = (Evidence(line.id, sentences_of(line)[0], self.cite(line.id), "statute"),) if line else ()
            because = say("agrees" if right else "other_date", claim.language, case=instrument.short, date=first)
            return Finding(verdict, because, ", ".join(map(str, claim.years)), first, evidence)
        return None

    def _siblings(self, law: str) -> list[Instrument]:
        """Earlier laws of the same name."""
        names = set(self.corpus.instruments[law].names)
        return [
            one
            for one in self.corpus.instruments.values()
            if one.id != law and one.span.last and names & set(one.names)
        ]

    def already_law(self, claim: Assertion) -> Finding | None:
        """For what a document asks to be introduced: the law of the place, where it has it already, wholly or in part."""
        if not lexicon().introduces.search(claim.text) or claim.dimension not in _INTRODUCED or len(claim.places) != 1:
            return None
        places = self.places_of(claim)
        position = self._position(places[0], claim.dimension, claim) if len(places) == 1 else None
        if position is None or position.value in ("no", "none", "unknown"):
            return None
        held = {str(position.value), *(str(d.value) for d in position.details)}
        wholly = not held & {"silent", "no", "none", "partly"}
        if not wholly and held <= {"silent", "no", "none", "unknown"}:
            return None
        lead = position.lead.in_language(claim.language)
        evidence = Evidence(position.id, lead, self.cite(position.id), "position")
        verdict = Verdict.OUTDATED if wholly else Verdict.IMPRECISE
        because = say(
            "already_law" if wholly else "partly_law", claim.language, case=self._dimension(claim.dimension, claim)
        )
        return Finding(verdict, because, None, lead, (evidence,))

    def enacted(self, claim: Assertion, place: str) -> Finding | None:
        """For what a document calls a proposal: since when the place has had a law of that kind in force."""
        if claim.negated or _FORMER.search(claim.text):
            return None
        position = self._position(place, claim.dimension or "waiting_period", claim) or self._position(
            place, "trigger", claim
        )
        if position is None or position.span.first is None or position.span.first > self.as_of:
            return None
        lead = position.lead.in_language(claim.language)
        evidence = Evidence(position.id, lead, self.cite(position.id), "position")
        because = say("enacted", claim.language, date=position.span.first.isoformat())
        return Finding(Verdict.OUTDATED, because, claim.modality, position.span.first.isoformat(), (evidence,))
