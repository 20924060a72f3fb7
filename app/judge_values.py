"""Judges by values: hidden or destroyed, automatic or on petition, may it be denied, who still sees it."""

from __future__ import annotations

import re

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import (
    CASES,
    DESTROYS,
    DISTINCTIVE,
    Finding,
    sentences_of,
    values_of,
)
from app.judge_cells import Cells
from app.lexicon import lexicon
from app.phrases import shown_value
from app.polarity import excludes
from corpus.model import Detail, Position
from indexer.tokens import words

CLEARED = re.compile(
    r"\bseal|\bexpung|\bspent\b|\beras|\bset(?:s|ting)? aside\b|"
    r"\bconceal|\bclear(?:s|ed|ance|ing)?\b|\brehabilit|\bdelet|\bpardon|\brecord suspension|\brelief\b|\bvacat|\bhidden\b|\bdestroy"
    r"|tilg|lösch|\bgesperrt|\bentfern|\bverborgen|封存|消除|消灭|失效|隐藏|涂销|删除|撤销|复权",
    re.IGNORECASE,
)
"""Words for the clearing itself."""
_ATTRIBUTE = re.compile(
    r"\b(?:sealed|expunged|erased|spent|dismissed|cleared)\s+(?:\w+\s+){0,2}(?:records?|convictions?|files?|entr(?:y|ies)|cases?|information|items?)\b|\bgetilgte\w*\s+\w+|(?:被|已)封存的(?:记录|犯罪)",
    re.IGNORECASE,
)
"""A record named by what became of it."""
NEARBY = 70
_CONFINED = re.compile(
    r"\b(?:only|confined|limited|restricted)\s+(?:to|for|where|if|after|in)\b|\bnur\s+(?:für|bei|wenn|in)\b|\bbeschränkt\s+auf|只有|仅限",
    re.IGNORECASE,
)


class Values(Cells):
    """Holds the values that a claim asserts against those of the cells."""

    def _by_value(self, claim: Assertion, place: str) -> Finding | None:
        order = ("civil_effect", "access_exceptions", "trigger", "waiting_period", "reoffending", "legal_nature")
        first = [claim.dimension] if claim.dimension in order else []
        if claim.dimension == "exclusions" and not claim.subjects & DISTINCTIVE - {"erasure", "certificate"}:
            return self._exists(claim, place, "exclusions")
        if claim.dimension in ("exclusions", "juveniles", "covered_records", "sanctions", "remedies", "foreign"):
            return None
        for dimension in dict.fromkeys([*(d for d in first if d), *order]):
            said = claim.values.get(dimension)
            if said and (dimension != "reoffending" or claim.dimension == "reoffending"):
                found = self._value_on(claim, place, dimension, said)
                aside = dimension != claim.dimension and (
                    (claim.dimension in order and claim.values.get(claim.dimension))
                    or claim.periods
                    or (dimension == "legal_nature" and claim.dimension == "reoffending")
                    or (claim.starts and claim.dimension == "period_start")
                )
                if found is not None:
                    # What it says on its own dimension was left open: that it is right on another is no support.
                    return None if aside and found.verdict is Verdict.SUPPORTED else found
        return None

    def _value_on(self, claim: Assertion, place: str, dimension: str, said: list[str]) -> Finding | None:
        position = self._position(place, dimension, claim)
        if position is None or position.value in ("unknown", None):
            return None
        held = values_of(position)
        if dimension == "legal_nature" and position.value == "mixed" and not claim.group and not claim.absolute:
            held = self._nature_of_case(claim, position) or held
        if dimension == "legal_nature":
            said = asserted_natures(claim)
            if not said or position.value == "none" or (claim.denied & set(said) and claim.subjects & CASES):
                return None  # that cases of one kind are not cleared says nothing on what clearing is
            if lexicon().private.search(claim.text) and lexicon().necessity.search(claim.text):
                return None  # nor what others must do with their copies
            if DESTROYS & set(said) and _CONFINED.search(claim.text):
                return None  # nor does what is confined to one kind of case
        compare = {
            "legal_nature": self._nature,
            "trigger": self._trigger,
            "access_exceptions": self._access,
            "civil_effect": self._civil,
        }.get(dimension, self._plain)
        verdict = compare(claim, set(said), held, place)
        if verdict is None:
            return None
        if verdict is not Verdict.SUPPORTED and self._is_beside(claim, position, said):
            return None
        shown = shown_value(position.value, position.unit, claim.language)
        kind = {Verdict.SUPPORTED: "agrees", Verdict.CONTRADICTED: "is_otherwise", Verdict.IMPRECISE: "partly"}[verdict]
        lead = position.lead.in_language(claim.language)
        return Finding(
            verdict,
            say(kind, claim.language, case=self._dimension(dimension, claim), law=shown),
            ", ".join(shown_value(v, None, claim.language) for v in said),
            shown,
            (Evidence(position.id, lead, self.cite(position.id), "position"), *self._authority(position, claim)),
        )

    def _is_beside(self, claim: Assertion, position: Position, said: list[str]) -> bool:
        """Whether a claim that differs from a cell may well speak of something that the cell's one value does not cover."""
        special = claim.subjects & (CASES - {"administrative", "juvenile", "fine", "exclusion"})
        text = f"{position.lead.en} {position.text.en}"
        told = set(lexicon().values_in(text).get(position.dimension, [])) - lexicon().denied_in(text)
        if position.dimension == "trigger":
            about = speaks_of_clearing(claim.text) or "petition" in claim.denied
            return not about or bool(special and set(said) <= told)
        if position.dimension == "waiting_period":
            return bool(special)
        return False

    def _nature_of_case(self, claim: Assertion, position: Position) -> set[str]:
        """Of several effects of the law the one of the case that a claim that a record is kept or destroyed speaks of; else the first."""
        if not set(claim.values.get("legal_nature", ())) & ({"kept"} | DESTROYS) or not position.details:
            return set()
        own = frozenset(words(claim.text, claim.language)) | claim.subjects

        def fit(detail: Detail) -> int:
            case = detail.case.in_language(claim.language)
            return len(own & (frozenset(words(case, claim.language)) | lexicon().subjects_in(case)))

        best = max(position.details, key=fit)
        said = set(claim.values["legal_nature"]) - claim.denied
        if "kept" in said or claim.denied & DESTROYS:
            return {best.value} if isinstance(best.value, str) else set()
        return set()

    def _value_for(self, claim: Assertion, position: Position) -> object:
        """The value of a position in the case that a claim speaks of."""
        cases = [
            (len(claim.subjects & lexicon().subjects_in(d.case.in_language(claim.language))), d)
            for d in position.details
        ]
        best = max(cases, key=lambda one: one[0], default=None)
        return best[1].value if best and best[0] > 0 else position.value

    def _exists(self, claim: Assertion, place: str, dimension: str) -> Finding | None:
        """That a place has rules of a kind at all ("certain offences are excluded")."""
        position = self._position(place, dimension, claim)
        if position is None or position.value not in ("yes", "partly", "no", "none"):
            return None
        holds = (position.value in ("yes", "partly")) == (excludes(claim.text) is not False)
        lead = position.lead.in_language(claim.language)
        because = say(
            "agrees" if holds else "is_otherwise", claim.language, case=self._dimension(dimension, claim), law=lead
        )
        verdict = Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

    def _authority(self, position: Position, claim: Assertion) -> tuple[Evidence, ...]:
        for authority in position.authorities[:1]:
            below = sorted(self.corpus.below(authority), key=lambda p: p.language != claim.language)
            for provision in below:
                if provision.text and provision.span.holds_on(self.as_of):
                    return (Evidence(provision.id, sentences_of(provision)[0], self.cite(provision.id), "statute"),)
        return ()


def asserted_natures(claim: Assertion) -> list[str]:
    """The natures that a claim asserts or denies, without those by which it only names a record."""
    bare = lexicon().mentions.sub(" ", claim.text)
    found = lexicon().values_in(bare).get("legal_nature", [])
    return [value for value in claim.values.get("legal_nature", ()) if value in found]


def speaks_of_clearing(text: str) -> bool:
    """Whether words of clearing stand near those of the way to it ("sealed automatically", "petition for expungement")."""
    text = _ATTRIBUTE.sub(" ", text)
    for way in lexicon().values:
        for match in way.pattern.finditer(text) if way.dimension == "trigger" else ():
            if CLEARED.search(text[max(0, match.start() - NEARBY) : match.end() + NEARBY]):
                return True
    return False
