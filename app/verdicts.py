"""A claim of law held against the law: supported, imprecise, contradicted, outdated, or not covered.

Each judge looks at one kind of content (a cited provision, a period, a value, a change of the law, a sentence that says the same)
and speaks only where typed values or words decide; where none speaks, the claim is not covered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import CASES, Finding
from app.judge_limits import Limits
from app.lexicon import lexicon

_IN_FORCE = re.compile(r"in(?:to)? force|(?:took|takes|take) effect|in kraft|施行|生效", re.IGNORECASE)

_CONDITION = re.compile(
    r"\b(?:if|when|unless|eligible|erasable|qualifying|listed|other than|except|provided that|lesser|wenn|sofern|soweit|außer)\b|除外|符合|除.{1,20}外",
    re.IGNORECASE,
)
"""Words by which a passage limits what it says of every case."""


class Judge(Limits):
    """Holds claims against the law of the day of the check, and of the time of which they speak."""

    def judge(self, claim: Assertion) -> Finding:
        """The verdict on a claim of law."""
        places = self.places_of(claim)
        if not places and not claim.references:
            return self._uncovered(claim)
        term = self._misnomer(claim)
        found = self._settled(claim, places, self._of_law(claim, places))
        if term is not None:
            core_holds = found is not None and found.verdict is Verdict.SUPPORTED and self.rest_of(claim) is None
            return replace(term, verdict=Verdict.IMPRECISE if core_holds else Verdict.CONTRADICTED)
        if found is None:
            return Finding(Verdict.NOT_COVERED, say("silent", claim.language), evidence=self.context(claim))
        return self._elsewhere(claim, self._softened(claim, places, found))

    def _elsewhere(self, claim: Assertion, found: Finding) -> Finding:
        """For a whole judged by its principal part: where another part has other law, that is said."""
        if (
            found.verdict is not Verdict.SUPPORTED
            or len(claim.places) != 1
            or claim.places == self.law.parts_meant(claim.places, self.meant)
        ):
            return found
        part = self.places_of(claim)
        others = [p for p in self.law.parts(claim.places[0]) if p not in part]
        differing = [
            p for p in others if (f := self._of_law(claim, [p])) is not None and f.verdict is not Verdict.SUPPORTED
        ]
        if not differing:
            return found
        names = ", ".join(self._name(p, claim.language) for p in differing)
        return replace(found, because=f"{found.because} {say('not_in_parts', claim.language, places=names)}")

    def _settled(self, claim: Assertion, places: Sequence[str], found: Finding | None) -> Finding | None:
        """A finding against a claim stands only if no sentence of law says what the claim says, today or at an earlier time."""
        if found is None or found.verdict not in (Verdict.CONTRADICTED, Verdict.IMPRECISE) or len(places) != 1:
            return found
        if found.verdict is Verdict.CONTRADICTED and (confirmed := self.confirmed(claim, places)) is not None:
            return confirmed
        return self._once_right(claim, places, found) or found

    def _once_right(self, claim: Assertion, places: Sequence[str], found: Finding) -> Finding | None:
        """The same claim on the day of the document, and on the last day of each earlier state of the law."""
        if claim.years and (claim.modality == "past" or found.verdict is Verdict.IMPRECISE):
            return None
        days = {p.span.last for p in self.corpus.positions if p.jurisdiction == places[0] and p.span.last}
        days = {day for day in days if day < self.as_of and found.verdict is Verdict.CONTRADICTED}
        if self.written is not None and self.written < self.as_of:
            days.add(self.written)
        for day in sorted(days, reverse=True):
            then = Judge(self.law, self.cite, day, None)._of_law(claim, places)
            if then is not None and then.verdict is Verdict.SUPPORTED and _same_question(then, found):
                said = then.law_value or claim.text
                because = say("was_right", claim.language, date=day.isoformat(), now=found.law_value or "–")
                return Finding(
                    Verdict.OUTDATED, because, said, found.law_value, (*then.evidence[:1], *found.evidence[:1])
                )
        return None

    def _of_law(self, claim: Assertion, places: Sequence[str]) -> Finding | None:
        """The first judge that can decide."""
        cited = self._by_citation(claim)
        if cited is not None:
            return cited
        if _IN_FORCE.search(claim.text) and (dated := self._by_date(claim)) is not None:
            return dated
        for judge in (
            self._by_comparison,
            self._by_life,
            self._by_threshold,
            self._by_count,
            self._by_exclusion,
            self._by_existence,
            self._by_period,
            self._by_change,
            self._by_start,
            self._by_value,
        ):
            found = self._across(claim, places, judge)
            if found is not None:
                return found
        return self._by_cited_text(claim) or self._by_date(claim) or self._across(claim, places, self._by_sentence)

    def _uncovered(self, claim: Assertion) -> Finding:
        named = [self.corpus.jurisdictions[p] for p in claim.places]
        enacted = lexicon().change.search(claim.text) or "clean_slate" in claim.subjects or claim.values.get("trigger")
        if named and all(place.not_enacted for place in named) and enacted and not claim.negated:
            return Finding(
                Verdict.CONTRADICTED,
                say("not_enacted", claim.language, place=named[0].name.in_language(claim.language)),
            )
        listed = ", ".join(place.name.in_language(claim.language) for place in named) or "?"
        return Finding(Verdict.NOT_COVERED, say("no_law", claim.language, place=listed), evidence=self.context(claim))

    def also(self, claim: Assertion, decided: Finding) -> list[tuple[str, Finding]]:
        """What else a sentence asserts that the law contradicts, by dimension ("sealed after seven years and then destroyed")."""
        places = self.places_of(claim)
        found: list[tuple[str, Finding]] = []
        if len(places) != 1 or decided.verdict is Verdict.NOT_COVERED:
            return found
        for dimension in ("trigger", "legal_nature", "civil_effect"):
            said = claim.values.get(dimension)
            if not said or any(e.id.endswith(f"/position/{dimension}") for e in decided.evidence):
                continue
            other = self._value_on(claim, places[0], dimension, said)
            if other is not None and other.verdict is Verdict.CONTRADICTED:
                settled = self._settled(claim, places, other)
                if settled is other:
                    found.append((dimension, other))
        return found

    def rest_of(self, claim: Assertion) -> tuple[Assertion, Finding] | None:
        """What a sentence says beside a term that no law uses, where the law decides that too."""
        term = self._misnomer(claim)
        if term is None or term.document_value is None:
            return None
        after = [m.end() for m in re.finditer(re.escape(term.document_value), claim.text, re.IGNORECASE)]
        cut = re.search(r",\s*(?:with|and|mit|und)\s|[，,]", claim.text[after[-1] :]) if after else None
        if cut is None or not after:
            return None
        first = after[-1] + cut.end()
        text = claim.text[first:]
        words_of = lexicon()
        rest = replace(
            claim, start=claim.start + first, text=text, values=words_of.values_in(text), denied=words_of.denied_in(text),
            subjects=words_of.subjects_in(text), partial=words_of.partial.search(text) is not None,
        )  # fmt: skip
        found = self._across(rest, self.places_of(rest), self._by_comparison)
        return (rest, found) if found is not None else None

    def _softened(self, claim: Assertion, places: Sequence[str], found: Finding) -> Finding:
        """ "All", "complete", "never" where the law knows exceptions is imprecise."""
        universal = lexicon().universal.search(claim.text)
        if (
            found.verdict is not Verdict.SUPPORTED
            or not claim.absolute
            or claim.dimension == "exclusions"
            or (claim.dimension == "waiting_period" and (claim.subjects & CASES or not universal))
        ):
            return found
        watched = claim.subjects & {
            "employment",
            "police",
            "courts",
            "disclose",
            "publication",
            "children_work",
            "housing",
        }
        general = found.evidence and found.evidence[0].id.endswith(("/position/legal_nature", "/position/trigger"))
        if not general and any(_says_every(one.quote) for one in found.evidence[:1]):
            return found  # the law itself says "every"
        for place in places[:1]:
            for dimension in ("access_exceptions",) if watched else ("exclusions",):
                position = self._position(place, dimension, claim)
                if (
                    position is not None
                    and self._value_for(claim, position) in ("yes", "partly")
                    and not any(position.id == e.id for e in found.evidence)
                ):
                    lead = position.lead.in_language(claim.language)
                    evidence = (*found.evidence, Evidence(position.id, lead, self.cite(position.id), "position"))
                    return replace(
                        found,
                        verdict=Verdict.IMPRECISE,
                        because=say("exceptions", claim.language),
                        law_value=lead,
                        evidence=evidence,
                    )
        return found


def _says_every(quote: str) -> bool:
    """Whether a passage speaks of all cases without a condition."""
    return lexicon().absolute.search(quote) is not None and not _CONDITION.search(quote)


def _same_question(then: Finding, now: Finding) -> bool:
    """Whether two findings compare the same value of a claim, and not only likeness of words."""
    return then.document_value is not None and then.document_value == now.document_value
