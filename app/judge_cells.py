"""How the value that a claim names meets that of a cell, dimension by dimension: nature, way, who sees it, what may be said."""

from __future__ import annotations

import re
from dataclasses import replace

from app.analysis_model import Verdict
from app.assertions import Assertion
from app.bench import CASES, DESTROYS, HIDES, values_of
from app.judge_words import Wording, is_exclusive
from app.lexicon import lexicon
from app.polarity import denies

_ABLE = re.compile(r"\b(?:can|may|kann|können|darf|dürfen|möglich|possible)\b|不能|不可以|不得|无法", re.IGNORECASE)
"""Words by which a text denies that something can be done, and not only that it need be."""
_UNMADE = re.compile(
    r"\b(?:never|not|n't)\s+(?:yet\s+)?(?:passed|enacted|adopted|made)\b|\b(?:nie|nicht|kein\w*)\b[^.;]{0,60}\b(?:verabschiedet|erlassen)|(?:从未|没有|尚未|未曾)(?:通过|制定|颁布)",
    re.IGNORECASE,
)
"""Words by which a text says that a law was never made."""
_PETITION_ALONE = re.compile(
    r"\bconvictions?\s+(?:are|is)\s+\w+\s+(?:on\s+(?:petition|application)\s+only|only\s+on\s+(?:petition|application))",
    re.IGNORECASE,
)
"""Words by which a cell says of convictions as such that a petition is the one way."""
_LIGHT = frozenset({"arrest", "drugs", "juvenile", "pending"})
_OPPOSITE = {"yes": "no", "no": "yes"}
_OFFICIAL = frozenset({"children_work", "profession", "police", "courts", "sexual", "juvenile", "publication"})
_NEAR = frozenset({"blocks", "extends", "restarts"})
"""Effects of a new conviction that come near each other."""


class Cells(Wording):
    """Compares values with cells; each method gives a verdict, or `None` where the cell leaves it open."""

    def _nature(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        """Hidden, destroyed, kept: the law's own word is right, another word of the same kind is imprecise."""
        denied = claim.denied & said
        cell = self._position(place, "legal_nature", claim)
        kept = "kept" in said or denied & DESTROYS
        if cell is not None and kept and (said & DESTROYS) <= denied & lexicon().denied_in(cell.lead.en):
            return Verdict.SUPPORTED  # the cell itself denies that anything is destroyed
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
            and {"kept", "sealing"} & _affirmed(position.lead.en)
        ):
            held = (held - {"expungement"} if "erasure" in said else held) | {
                "sealing"
            }  # an "expungement" that only seals
        own_word = said - denied == {"expungement"} and "expungement" in self.law.terms(place)
        if said & DESTROYS - denied and not held & (DESTROYS | {"mixed"}) and not own_word:
            return Verdict.CONTRADICTED
        if position is not None and (said - denied) & DESTROYS & lexicon().denied_in(position.lead.en):
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
        cell = self._position(place, "trigger", claim)
        if cell is not None and _UNMADE.search(claim.text) and lexicon().change.search(cell.lead.en):
            return Verdict.CONTRADICTED
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
        alone = cell is not None and _PETITION_ALONE.search(cell.lead.en) and not claim.subjects & _LIGHT
        if alone and len(said) == 1 and not said & claim.denied:
            return Verdict.SUPPORTED if said == {"petition"} else Verdict.CONTRADICTED
        if "automatic" in ways and said == {"petition"} and len(ways) == 2:
            if lexicon().exclusive.search(claim.text):
                return Verdict.CONTRADICTED
            if lexicon().necessity.search(claim.text):
                return Verdict.IMPRECISE
        if len(ways) == 2 and len(said) == 1 and self._is_aside(claim, said, place):
            return Verdict.CONTRADICTED if claim.negated or is_exclusive(claim.text) else Verdict.IMPRECISE
        if claim.absolute and len(said) == 1 and len(ways) == 2:
            return Verdict.IMPRECISE
        if said & ways:
            return self._effect(claim, place)
        return Verdict.CONTRADICTED

    def _is_aside(self, claim: Assertion, said: set[str], place: str) -> bool:
        """Whether the cell confines the way that a claim names to cases ("only discharges are …") of which the claim does not speak."""
        position = self._position(place, "trigger", claim)
        for clause in re.split(r"[;:]", position.lead.en) if position else ():
            ways = set(lexicon().values_in(clause).get("trigger", ())) - lexicon().denied_in(clause)
            if ways == said and lexicon().exclusive.search(clause):
                named = lexicon().subjects_in(clause) & (CASES - {"exclusion"})
                made = lexicon().change.search(claim.text)  # that there is such a law at all
                return (
                    bool(named or said == {"automatic"}) and not named & claim.subjects and not (claim.partial or made)
                )
        return False

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
        seen_by = lexicon().private.search(claim.text) and not claim.subjects & _OFFICIAL and not claim.group
        if seen_by and yes and said in ({"yes"}, {"no"}):
            return self._private(claim, said, place)
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

    def _private(self, claim: Assertion, said: set[str], place: str) -> Verdict | None:
        """Employers, landlords, the public: they see what is cleared only where the cell names them."""
        position = self._position(place, "access_exceptions", claim)
        cell = f"{position.lead.en} {position.text.en}" if position else ""
        named = [one for one in re.split(r"[.;]\s", cell) if lexicon().private.search(one) and not denies(one)]
        if any(not lexicon().subjects_in(one) & _OFFICIAL for one in named):
            return None
        sees = ("yes" in said) != bool(said & claim.denied)
        return Verdict.CONTRADICTED if sees else Verdict.SUPPORTED

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
        said = {_OPPOSITE[one] if one in claim.denied else one for one in said & _OPPOSITE.keys()} or said
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


def _affirmed(text: str) -> set[str]:
    """The natures that a sentence asserts, without those that it denies."""
    return set(lexicon().values_in(text).get("legal_nature", ())) - lexicon().denied_in(text)


def _after_erasure(claim: Assertion) -> bool:
    """Whether a claim speaks of the time when the record has been erased."""
    gone = "erasure" in claim.values.get("legal_nature", ()) and "erasure" not in claim.denied
    return gone and re.search(r"\b(?:after|once|nach|sobald)\b|以后|之后|后", claim.text, re.IGNORECASE) is not None
