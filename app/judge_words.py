"""Judges by words: terms that no law uses, and the sentence of law that speaks of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion, amounts_in
from app.bench import SPECIAL, Bench, Finding
from app.law import Line
from app.lexicon import lexicon
from app.polarity import denies, main_clause, negated, opposed
from app.quantities import COUNTED, LIMITED, counted, disagree, holds_all, is_unlimited
from corpus.model import FalseFriend
from indexer.tokens import words

DECIDES = 0.55
DENIES = 0.72
SHARED = 0.2
CONFIRMS = 0.8
"""The share of a claim's words that a sentence of law must hold to confirm it."""
CONSIDERED = 4
"""So many of the nearest sentences are looked at."""
ALIKE = (0.5, 0.3)
CITED_SHARE = 0.3
OF_LAW = 0.7
"""A provision's sentence must be nearer than one of our reading, which is about one dimension."""
_NO_TERM = re.compile(
    r"\bno law\b|translat|\bno such\b|\bhas no\b|does not exist|nobody|no (?:legal )?term", re.IGNORECASE
)
"""How the glossary says that a term is none of the law's."""


def meets(claim: Assertion, line: Line) -> bool:
    """Whether a sentence near to a claim carries all that the claim asserts: numbers, "only", the way, the bodies it names."""
    unmet = counted(claim.text, claim.language) - counted(line.text, line.language)
    if any(f"{number:g}" not in line.text and f"{number / 12:g}" not in line.text for _, number in unmet):
        return False
    if is_exclusive(claim.text) and not is_exclusive(line.text):
        return False
    held = lexicon().values_in(line.text)
    if any(said and not set(said) & set(held.get(way, ())) for way, said in claim.values.items() if way in TYPED):
        return False
    if lexicon().private.search(claim.text) is None:
        return True
    if lexicon().private.search(line.text) is None or (_FROM.search(line.text) and not _FROM.search(claim.text)):
        return False
    sees = set(claim.values.get("access_exceptions", ())) - set(held.get("access_exceptions", ()))
    return not sees and not (line.subjects - claim.subjects) & OFFICIAL


TYPED = ("trigger", "reoffending", "civil_effect")
"""Dimensions whose value a sentence must name itself to confirm one."""
_FROM = re.compile(r"\bhid(?:es?|den)\b|\bwithh\w+|\bclosed\s+to\b|verb(?:irgt|orgen)|隐藏", re.IGNORECASE)
"""Words by which a sentence keeps something from those that it names."""
OFFICIAL = frozenset({"children_work", "profession", "police"})
"""A sentence on such employers says nothing on employers as such."""


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
        """The sentence of law nearest in what it speaks of; the verdict is whether both affirm the same and count the same."""
        lines = [line for line in self._lines(claim, place) if line.language == claim.language]
        lines = [line for line in lines if self._shared(claim, line) >= SHARED]
        if claim.dimension:
            lines = [line for line in lines if line.dimension in (claim.dimension, "")]
        scored = sorted(((self._likeness(claim, line), line) for line in lines), key=lambda one: -one[0])
        for score, line in scored[:CONSIDERED]:
            if score < (OF_LAW if line.of_law else DECIDES):
                continue
            verdict = self._compared_words(claim, line, score)
            if verdict is not None:
                because = say(
                    "agrees" if verdict is Verdict.SUPPORTED else "is_otherwise",
                    claim.language,
                    case=self.cite(line.id),
                    law=line.text,
                )
                return Finding(verdict, because, None, line.text, (self._quote(line),))
        return None

    def _lines(self, claim: Assertion, place: str) -> list[Line]:
        day = self._day_of(claim)
        return [line for line in self.law.lines(place, claim.language) if line.span.holds_on(day)]

    def _compared_words(self, claim: Assertion, line: Line, score: float) -> Verdict | None:
        """Whether a sentence near to a claim says the same or the contrary; `None` if it leaves that open."""
        same_language = claim.language == line.language
        differs = disagree(claim.text, line.text, claim.language)
        opposite = opposed(claim.text, line.text, claim.language) if same_language else False
        if opposite or differs:
            lengths = differs and bool(claim.periods)  # another length of time may be one of something else
            special = line.subjects & SPECIAL - claim.subjects - claim.context
            plain = score >= DENIES and opposite != differs and not (lengths or special) and self._alike(claim, line)
            return Verdict.CONTRADICTED if plain else None
        if not _denies_alike(claim, line):
            return None
        return Verdict.SUPPORTED if meets(claim, line) else None

    def _alike(self, claim: Assertion, line: Line) -> bool:
        """Whether a claim and a sentence hold much of each other's words: only then does one negation decide."""
        own = frozenset(words(claim.text, claim.language))
        common = len(own & line.words)
        return common >= ALIKE[0] * len(own) and common >= ALIKE[1] * len(line.words)

    def _by_count(self, claim: Assertion, place: str) -> Finding | None:
        """The number of convictions that may be cleared, where claim and law both count them."""
        if claim.periods:
            return None
        said = {(kind, n) for kind, n in counted(claim.text, claim.language) if kind in COUNTED}
        kinds = {kind for kind, _ in said} or {s for s in words(claim.text, claim.language) if s in COUNTED}
        if not (said and LIMITED.search(claim.text)) and not is_unlimited(claim.text):
            return None
        limits = [
            line
            for line in self._lines(claim, place)
            if line.language == claim.language and LIMITED.search(line.text)
            and {k for k, _ in counted(line.text, line.language)} & kinds and self._shared(claim, line) >= SHARED
        ]  # fmt: skip
        if not limits:
            return None
        equal = [line for line in limits if said and said <= counted(line.text, line.language)]
        line = self._nearest(claim, equal or limits)
        if not equal and self._shared(claim, line) < CITED_SHARE:
            return None
        verdict = Verdict.SUPPORTED if equal else Verdict.CONTRADICTED
        because = say("agrees" if equal else "is_otherwise", claim.language, case=self.cite(line.id), law=line.text)
        number = ", ".join(f"{n:g}" for _, n in sorted(said)) or "∞"
        return Finding(verdict, because, number, line.text, (self._quote(line),))

    def confirmed(self, claim: Assertion, places: Sequence[str]) -> Finding | None:
        """A sentence of law that says all that a claim says, numbers included: it outweighs any reading of typed values."""
        if claim.periods:
            return None  # lengths of time are looked for beside their case
        own = frozenset(words(claim.text, claim.language))
        best: tuple[float, Line] | None = None
        for line in (line for place in places for line in self._lines(claim, place)):
            if line.language != claim.language or len(own) < 4:
                continue
            share = len(own & line.words) / len(own)
            if share < CONFIRMS or (best is not None and share <= best[0]):
                continue
            if not (meets(claim, line) and holds_all(claim.text, line.text, claim.language)) or opposed(
                claim.text, line.text, claim.language
            ):
                continue
            if denies(claim.text) != denies(line.text) or is_exclusive(claim.text) != is_exclusive(line.text):
                continue
            if len(counted(line.text, line.language)) <= len(counted(claim.text, claim.language)) + 1:
                best = share, line
        if best is None:
            return None
        line = best[1]
        because = say("agrees", claim.language, case=self.cite(line.id))
        return Finding(Verdict.SUPPORTED, because, None, line.text, (self._quote(line),))

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


def is_exclusive(text: str) -> bool:
    return lexicon().exclusive.search(text) is not None


def _denies_alike(claim: Assertion, line: Line) -> bool:
    """Whether a claim and a sentence both affirm, or both deny the same, and the sentence not for special cases alone."""
    if denies(main_clause(claim.text)) != denies(main_clause(line.text)):
        return False
    under = negated(claim.text, claim.language)
    if not under:
        return True
    if line.subjects & SPECIAL and not (claim.subjects | claim.context) & SPECIAL:
        return False
    return (
        bool(under & negated(line.text, line.language)) or lexicon().subjects["exclusion"].search(line.text) is not None
    )
