"""Judges by values: hidden or destroyed, automatic or on petition, may it be denied, who still sees it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import (
    DESTROYS,
    DISTINCTIVE,
    HIDES,
    Finding,
    sentences_of,
    values_of,
)
from app.judge_words import Wording
from app.lexicon import lexicon
from app.phrases import shown_value
from corpus.model import Detail, Position
from indexer.tokens import words

_ABLE = re.compile(r"\b(?:can|may|kann|können|darf|dürfen|möglich|possible)\b|不能|不可以|不得|无法", re.IGNORECASE)
"""Words by which a text denies that something can be done, and not only that it need be."""
CLEARED = re.compile(
    r"\bseal|\bexpung|\bspent\b|\beras|\bset(?:ting)? aside\b|"
    r"\bconceal|\bclear(?:ed|ance|ing)?\b|\brehabilit|\bdelet|\bpardon|\brecord suspension|\brelief\b|\bvacat|\bhidden\b|\bdestroy"
    r"|tilg|lösch|\bgesperrt|\bentfernt|\bverborgen|封存|消除|消灭|失效|隐藏|涂销|删除|撤销|复权",
    re.IGNORECASE,
)
"""Words for the clearing itself."""
_ATTRIBUTE = re.compile(
    r"\b(?:sealed|expunged|erased|spent|dismissed|cleared)\s+(?:\w+\s+){0,2}(?:records?|convictions?|files?|entr(?:y|ies)|cases?|information|items?)\b|\bgetilgte\w*\s+\w+|(?:被|已)封存的(?:记录|犯罪)",
    re.IGNORECASE,
)
"""A record named by what became of it."""
NEARBY = 70
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
_CONFINED = re.compile(
    r"\b(?:only|confined|limited|restricted)\s+(?:to|for|where|if|after|in)\b|\bnur\s+(?:für|bei|wenn|in)\b|\bbeschränkt\s+auf|只有|仅限",
    re.IGNORECASE,
)
_NEAR = frozenset({"blocks", "extends", "restarts"})
"""Effects of a new conviction that come near each other."""


class Values(Wording):
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
                aside = dimension != claim.dimension and claim.dimension in order and claim.values.get(claim.dimension)
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
        holds = position.value in ("yes", "partly")
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

    def _nature(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        """Hidden, destroyed, kept: the law's own word is right, another word of the same kind is imprecise."""
        denied = claim.denied & said
        if "kept" in said or (denied & DESTROYS and not (said - denied) & DESTROYS):
            if held & DESTROYS:
                return Verdict.IMPRECISE if held & (HIDES | {"mixed"}) else Verdict.CONTRADICTED
            return Verdict.SUPPORTED
        said &= HIDES | DESTROYS | {"set_aside"}
        if not said:
            return None
        position = self._position(place, "legal_nature", claim)
        if (
            position is not None
            and held & DESTROYS
            and "mixed" not in held
            and {"kept", "sealing"} & set(lexicon().values_in(position.lead.en).get("legal_nature", ()))
        ):
            held = (held - {"expungement"} if "erasure" in said else held) | {
                "sealing"
            }  # an "expungement" that only seals
        own_word = said - denied == {"expungement"} and "expungement" in self.law.terms(place)
        if said & DESTROYS - denied and not held & (DESTROYS | {"mixed"}) and not own_word:
            return Verdict.CONTRADICTED
        if denied == said:
            return Verdict.CONTRADICTED if said & held else Verdict.SUPPORTED
        said -= denied
        if said <= held:
            return Verdict.SUPPORTED
        if said & held:
            return Verdict.IMPRECISE
        if said <= {"expungement", "sealing", "set_aside"} and said <= self.law.terms(place):
            return Verdict.SUPPORTED  # the law's own word for it, whatever it does
        same_kind = (said & HIDES and held & HIDES) or (said & DESTROYS and held & DESTROYS)
        if same_kind or "mixed" in held or "set_aside" in held:
            return Verdict.IMPRECISE
        return Verdict.CONTRADICTED

    def _trigger(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        ways = held & {"automatic", "petition"} | ({"automatic", "petition"} if "both" in held else set())
        if not ways:
            return Verdict.CONTRADICTED if "none" in held and not claim.denied & said else None
        if "petition" in said & claim.denied & ways and _ABLE.search(claim.text):
            return Verdict.CONTRADICTED
        said = said - claim.denied or said
        if said <= claim.denied and len(said) == 1:
            # That nobody need apply says that it is automatic; "not automatic" where both ways exist is too narrow.
            if "petition" in said:
                return Verdict.SUPPORTED if "automatic" in ways else Verdict.CONTRADICTED
            return Verdict.CONTRADICTED if said == ways else (Verdict.IMPRECISE if said & ways else Verdict.SUPPORTED)
        if "automatic" in ways and said == {"petition"} and len(ways) == 2:
            if lexicon().exclusive.search(claim.text):
                return Verdict.CONTRADICTED
            if lexicon().necessity.search(claim.text):
                return Verdict.IMPRECISE
        if claim.absolute and len(said) == 1 and len(ways) == 2:
            return Verdict.IMPRECISE
        if said & ways:
            return self._effect(claim, place)
        return Verdict.CONTRADICTED

    def _effect(self, claim: Assertion, place: str) -> Verdict:
        """An automatic or requested "sealing" is imprecise where what follows is erasure or set-aside."""
        position = self._position(place, "legal_nature", claim)
        said = set(claim.values.get("legal_nature", ()))
        if position is None or not said:
            return Verdict.SUPPORTED
        found = self._nature(replace(claim, denied=frozenset()), said, values_of(position), place)
        return Verdict.SUPPORTED if found in (None, Verdict.SUPPORTED) else Verdict.IMPRECISE

    def _access(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        yes = held & {"yes", "partly"}
        if not yes and "no" not in held:
            return None
        if "free" in said:
            return Verdict.CONTRADICTED if not claim.denied & {"free"} else Verdict.SUPPORTED
        if (
            _after_erasure(claim)
            and (cell := self._position(place, "legal_nature", claim))
            and "erasure" in values_of(cell)
        ):
            return Verdict.CONTRADICTED if "yes" in said else Verdict.SUPPORTED
        if "no" in said and "yes" not in said:
            return Verdict.CONTRADICTED if yes else Verdict.SUPPORTED
        if not yes:
            return Verdict.CONTRADICTED
        nature = self._position(place, "legal_nature", claim) if claim.group else None
        gone = (
            nature is not None
            and nature.value in (*DESTROYS, "mixed")
            and values_of(nature) & DESTROYS
            and claim.subjects & {"police", "courts"}
        )
        return Verdict.IMPRECISE if gone else Verdict.SUPPORTED

    def _civil(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        """May the person deny, must they disclose? Posts and bodies with rights of their own are left to the sentences."""
        if held <= {"silent", "unknown"}:
            return None
        if claim.subjects & {"children_work", "profession"}:
            exempt = self._position(place, "access_exceptions", claim)
            if exempt is None or exempt.value not in ("yes", "partly"):
                return None
            return Verdict.SUPPORTED if "no" in said else Verdict.CONTRADICTED
        if claim.subjects & {"police", "courts"}:
            return None
        general = self._position(place, "civil_effect", claim)
        if general is None or general.value == "partly":
            return Verdict.IMPRECISE
        return Verdict.SUPPORTED if general.value in said else Verdict.CONTRADICTED

    def _plain(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        """Values that are right or wrong, where the words of the cell may tell more than its one value."""
        position = self._position(place, "reoffending", claim)
        if position is not None and held & set(values_of(position)):
            held = held | set(lexicon().values_in(f"{position.lead.en} {position.text.en}").get("reoffending", ()))
        if "silent" in held and not said & held:
            return Verdict.CONTRADICTED if not said <= claim.denied else None
        if said & held:
            return Verdict.CONTRADICTED if said & held <= claim.denied else Verdict.SUPPORTED
        if said <= claim.denied:
            return Verdict.SUPPORTED
        return Verdict.IMPRECISE if said & _NEAR and held & _NEAR else Verdict.CONTRADICTED


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


def _after_erasure(claim: Assertion) -> bool:
    """Whether a claim speaks of the time when the record has been erased."""
    gone = "erasure" in claim.values.get("legal_nature", ()) and "erasure" not in claim.denied
    return gone and re.search(r"\b(?:after|once|nach|sobald)\b|以后|之后|后", claim.text, re.IGNORECASE) is not None
