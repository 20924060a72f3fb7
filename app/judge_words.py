"""Judges by words: terms that no law uses, and the sentence of law that speaks of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion, amounts_in
from app.bench import (
    Bench,
    Finding,
    denies,
)
from app.law import Line
from app.lexicon import lexicon
from corpus.model import FalseFriend
from indexer.tokens import words

DECIDES = 0.55
DENIES = 0.72
SHARED = 0.2
OF_LAW = 0.62
"""A provision's sentence must be nearer than one of our reading, which is about one dimension."""
_NO_TERM = re.compile(
    r"\bno law\b|translat|\bno such\b|\bhas no\b|does not exist|nobody|no (?:legal )?term", re.IGNORECASE
)
"""How the glossary says that a term is none of the law's."""


class Wording(Bench):
    """Holds the words of a claim against the glossary and against the sentences of the law."""

    def _misnomer(self, claim: Assertion) -> Finding | None:
        """A term that no law uses, or two terms taken for one, as the glossary warns."""
        low = claim.text.lower()
        families = {one for place in claim.places for one in self.corpus.family(place)}
        families |= {self.corpus.jurisdictions[p].parent or p for p in claim.places}
        for term in self.corpus.terms:
            for friend in term.false_friends:
                name = friend.term.lower()
                if name not in low or (
                    term.jurisdictions and families and not families.intersection(term.jurisdictions)
                ):
                    continue
                misnomer = self._is_no_term(friend) and not self._is_term(name)
                if not misnomer and not self._equates(low, term.term.in_language(claim.language), name):
                    continue
                why = friend.why.in_language(claim.language)
                evidence = Evidence(
                    f"x/commentary/term-{term.id}", why, term.term.in_language(claim.language), "commentary"
                )
                return Finding(Verdict.IMPRECISE, why, friend.term, term.term.in_language(claim.language), (evidence,))
        return None

    def _is_term(self, name: str) -> bool:
        """Whether a false friend is itself a good term, only of something else: the law or the glossary uses it."""
        return name in self.law.vocabulary

    @staticmethod
    def _is_no_term(friend: FalseFriend) -> bool:
        return _NO_TERM.search(friend.why.en) is not None

    def _equates(self, low: str, one: str, other: str) -> bool:
        names = [one.lower(), *(w for w in one.lower().split() if len(w) > 5)]
        names += [w + "ing" for w in ("seal",)] if "seal" in one.lower() else []
        for template in lexicon().equates:
            for name in names:
                for a, b in ((name, other), (other, name)):
                    if re.search(template.replace("{a}", re.escape(a)).replace("{b}", re.escape(b)), low):
                        return True
        return False

    def _by_sentence(self, claim: Assertion, place: str) -> Finding | None:
        """The sentence of law nearest in what it speaks of; the verdict is whether both affirm or both deny."""
        day = self._day_of(claim)
        lines = [line for line in self.law.lines(place, claim.language) if line.span.holds_on(day)]
        if claim.dimension:
            lines = [line for line in lines if line.dimension in (claim.dimension, "")]
        lines = [line for line in lines if self._shared(claim, line) >= SHARED]
        scored = sorted(((self._likeness(claim, line), line) for line in lines), key=lambda one: -one[0])
        if not scored or scored[0][0] < DECIDES:
            return None
        score, line = scored[0]
        if line.of_law and not line.dimension and score < OF_LAW:
            return None
        agrees = denies(_main(claim.text)) == denies(_main(line.text))
        if not agrees and score < DENIES:
            return None
        verdict = Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED
        because = say("agrees" if agrees else "is_otherwise", claim.language, case=self.cite(line.id), law=line.text)
        return Finding(verdict, because, None, line.text, (self._quote(line),))

    def _nearest(self, claim: Assertion, lines: Sequence[Line]) -> Line:
        return max(lines, key=lambda line: self._likeness(claim, line))

    def _likeness(self, claim: Assertion, line: Line) -> float:
        """Between 0 and 1: the share of what a claim speaks of that a sentence speaks of too, by subjects and by words."""
        if not claim.subjects:
            return 0.0
        common = len(claim.subjects & line.subjects)
        # A sentence that speaks of much more than the claim says less about it.
        subjects = common / len(claim.subjects) * (0.6 + 0.4 * common / max(len(line.subjects), 1))
        own = frozenset(words(claim.text, claim.language))
        shared = self._shared(claim, line) if line.language == claim.language else subjects / 2
        bonus = 0.1 if claim.dimension and line.dimension == claim.dimension else 0.0
        numbers = 0.1 if claim.amounts and set(claim.amounts) & set(amounts_in(line.text)) else 0.0
        return 0.6 * subjects + 0.8 * shared * min(1.0, len(own) / 4) + bonus + numbers

    def _shared(self, claim: Assertion, line: Line) -> float:
        """The share of a claim's own words that a sentence of the same language holds; neutral across languages."""
        own = frozenset(words(claim.text, claim.language))
        if not own or line.language != claim.language:
            return SHARED
        return len(own & line.words) / len(own)


_BESIDE = re.compile(
    r",\s+(?:die|der|das|den|denen|deren|dessen|welche\w*|wenn|falls|sofern|soweit|solange|which|who|whose|whom|that|if|unless|where)\b[^,.;]*",
    re.IGNORECASE,
)


def _main(text: str) -> str:
    """A sentence without the clauses that only qualify it: their negations deny nothing of what it says."""
    return _BESIDE.sub(" ", text)
