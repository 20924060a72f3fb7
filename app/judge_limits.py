"""Judges by limits: starting events, comparisons, thresholds, exclusions, whether there are sanctions or remedies at all."""

from __future__ import annotations

import re
from dataclasses import replace

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import (
    DISTINCTIVE,
    SAME_MONTHS,
    SPECIAL,
    Finding,
)
from app.judge_periods import Periods
from app.judge_values import CLEARED
from app.lexicon import lexicon
from app.limits import MONTHS
from app.phrases import amount
from app.polarity import denies, excludes, main_clause

EXISTS = re.compile(
    r"\bpunish\w*|\bliab\w+|\boffen[cs]e to\b|\bdamages\b|\bpenalt\w+|\bappeal\w*|\bremed\w+|"
    r"\bstrafbar|\bhaftet|schadensersatz|rechtsbehelf|beschwerde|责任|处罚|赔偿|申诉|复议",
    re.IGNORECASE,
)
"""Words by which a text says that there is a sanction or a remedy."""
_AFTER_NOT = re.compile(r"\b(?:not|never|nor|rather than|regardless of|whatever)\b[^.;]*", re.IGNORECASE)


class Limits(Periods):
    """Holds the conditions that a claim names against those of the law."""

    def _by_comparison(self, claim: Assertion, place: str) -> Finding | None:
        """ "Stricter for sexual offences", "longer for repeat offenders", "periods that differ by severity"."""
        words_of = lexicon()
        if claim.periods or claim.measures:
            return None
        day = self._day_of(claim)
        rules = [rule for rule in self.law.rules(place) if rule.span.holds_on(day)]
        if words_of.graded.search(claim.text):
            several = len({round(rule.months, 1) for rule in rules}) > 1
            return self._compared(claim, place, "waiting_period", several) if rules else None
        if not words_of.stricter.search(claim.text):
            return None
        special = claim.subjects & {"sexual", "violent", "drugs"}
        if special:
            longer = [r.months for r in rules if r.subjects & special]
            usual = [r.months for r in rules if not r.subjects & SPECIAL]
            if longer and usual:
                return self._compared(claim, place, "waiting_period", max(longer) > min(usual))
            return self._exists(claim, place, "exclusions")
        if "repeat" in claim.subjects:
            position = self._position(place, "reoffending", claim)
            if position is not None and position.value in ("extends", "restarts", "blocks", "unseals", "none"):
                return self._compared(claim, place, "reoffending", position.value != "none")
        return None

    def _compared(self, claim: Assertion, place: str, dimension: str, holds: bool) -> Finding | None:
        position = self._position(place, dimension, claim)
        if position is None:
            return None
        lead = position.lead.in_language(claim.language)
        because = say(
            "agrees" if holds else "is_otherwise", claim.language, case=self._dimension(dimension, claim), law=lead
        )
        verdict = Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

    def _by_life(self, claim: Assertion, place: str) -> Finding | None:
        """A sentence for life said to be cleared, or never to be, where the cell on exclusions names it."""
        position = self._position(place, "exclusions", claim)
        beside = claim.subjects & {"certificate", "juvenile"}
        if "life" not in claim.subjects or beside or position is None or not CLEARED.search(claim.text):
            return None
        if "life" not in _subjects_in(position.lead.en) or position.value not in ("yes", "partly"):
            return None
        return self._compared(claim, place, "exclusions", denies(main_clause(claim.text)))

    def _by_threshold(self, claim: Assertion, place: str) -> Finding | None:
        """ "Sentences over four years never become spent": the periods of today, and the thresholds of other days."""
        if (
            claim.periods
            or not claim.measures
            or not (denies(claim.text) and "custody" in claim.subjects | _subjects_of(claim))
        ):
            return None
        day, months = self._day_of(claim), max(m.months for m in claim.measures)
        cleared = [
            rule for rule in self.law.rules(place)
            if rule.span.holds_on(day) and "custody" in rule.subjects and months / 12 in rule.numbers and "juvenile" not in rule.subjects
        ]  # fmt: skip
        limits = [
            (p, d) for p in self.law.positions(place, "exclusions") for d in p.details
            if isinstance(d.value, float) and d.unit in MONTHS and abs(d.value * MONTHS[d.unit] - months) < SAME_MONTHS
        ]  # fmt: skip
        said = amount(claim.measures[-1].value, claim.measures[-1].unit, claim.language)
        now = [(p, d) for p, d in limits if p.span.holds_on(day)]
        before = [(p, d) for p, d in limits if p.span.last and p.span.last < day]
        if cleared:
            because = say("was_law", claim.language, said=said, date=str(before[0][0].span.last), now=self._shown(cleared[0], claim)) if before else say(
                "differs", claim.language, said=said, case=self._case(cleared[0], claim), law=self._shown(cleared[0], claim))  # fmt: skip
            verdict = Verdict.OUTDATED if before else Verdict.CONTRADICTED
            return Finding(
                verdict,
                because,
                said,
                f"{self._case(cleared[0], claim)}: {self._shown(cleared[0], claim)}",
                self._rule_evidence(cleared[:1], claim),
            )
        if now:
            lead = now[0][0].lead.in_language(claim.language)
            return Finding(
                Verdict.SUPPORTED,
                say("agrees", claim.language, case=self._dimension("exclusions", claim)),
                said,
                said,
                (Evidence(now[0][0].id, lead, self.cite(now[0][0].id), "position"),),
            )
        return None

    def _by_exclusion(self, claim: Assertion, place: str) -> Finding | None:
        """Something said never to be cleared, for which the law has a period (and no exclusion that says the same)."""
        asked = claim.subjects & (DISTINCTIVE - {"erasure", "certificate", "custody", "fine"})
        if (
            claim.dimension not in ("exclusions", "juveniles")
            or claim.periods
            or claim.values.get("trigger")
            or not asked
            or not denies(claim.text)
        ):
            return None
        position = self._position(place, "exclusions", claim)
        cases = (
            [(len((claim.subjects | claim.context) & _subjects_in(d.case.en)), d) for d in position.details]
            if position
            else []
        )
        fitting, detail = max(cases, key=lambda one: one[0], default=(0, None))
        if position and detail and fitting and detail.value in ("none", "no"):
            out = excludes(claim.text)
            if out is False:
                return self._compared(claim, place, "exclusions", True)
            lead = position.lead.in_language(claim.language)
            because = say("is_otherwise", claim.language, case=self._dimension("exclusions", claim), law=lead)
            evidence = (Evidence(position.id, lead, self.cite(position.id), "position"),)
            return Finding(Verdict.CONTRADICTED, because, None, lead, evidence)
        by_sentence = self._by_sentence(replace(claim, dimension="exclusions"), place)
        if by_sentence is not None and by_sentence.verdict is Verdict.SUPPORTED:
            return by_sentence
        day = self._day_of(claim)
        cleared = [rule for rule in self.law.rules(place) if rule.span.holds_on(day) and asked <= rule.subjects]
        if not cleared:
            return by_sentence
        shown = f"{self._case(cleared[0], claim)}: {self._shown(cleared[0], claim)}"
        because = say("is_otherwise", claim.language, case=self._dimension("waiting_period", claim), law=shown)
        return Finding(Verdict.CONTRADICTED, because, None, shown, self._rule_evidence(cleared[:1], claim))

    def _by_existence(self, claim: Assertion, place: str) -> Finding | None:
        """Sanctions or remedies said to exist, or not to."""
        if (
            claim.dimension not in ("sanctions", "remedies", "foreign", "later_proceedings")
            or claim.periods
            or claim.amounts
        ):
            return None
        position = self._position(place, claim.dimension, claim)
        if position is None or position.value not in ("yes", "partly", "no", "none", "silent"):
            return None
        there = position.value in ("yes", "partly")
        absent = lexicon().absent.search(claim.text) is not None
        if claim.dimension in ("sanctions", "remedies") and absent == bool(
            EXISTS.search(lexicon().absent.sub(" ", claim.text))
        ):
            return None  # neither said, or both
        if absent == there:
            told = EXISTS.search(claim.text) or (
                claim.dimension == "foreign" and CLEARED.search(claim.text)
                and position.value in ("no", "none")
            )  # fmt: skip
            if not absent and (denies(claim.text) or not told):
                return None
            verdict = Verdict.CONTRADICTED
        elif not there or (claim.dimension in ("sanctions", "foreign", "later_proceedings") and not denies(claim.text)):
            verdict = Verdict.SUPPORTED
        else:
            return None
        lead = position.lead.in_language(claim.language)
        because = say(
            "agrees" if verdict is Verdict.SUPPORTED else "is_otherwise",
            claim.language,
            case=self._dimension(claim.dimension, claim),
            law=lead,
        )
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

    def _by_start(self, claim: Assertion, place: str) -> Finding | None:
        if not claim.starts or claim.dimension != "period_start":
            return None
        return self.start_of(claim, place)

    def start_of(self, claim: Assertion, place: str) -> Finding | None:
        """The starting event that a claim names against those that the law of the place names."""
        position = self._position(place, "period_start", claim)
        if position is None or position.value in ("silent", "unknown"):
            return None
        said = _starts_in(_AFTER_NOT.sub(" ", claim.text)) & set(claim.starts)
        if not said:
            return None
        lines = [
            position.lead.en,
            *(str(d.value) for d in position.details),
            *(
                d.starts.en
                for p in self.law.positions(place, "waiting_period")
                if p.span.holds_on(self._day_of(claim))
                for d in p.details
                if d.starts
            ),
        ]
        held = {value for line in lines for value in _starts_in(_AFTER_NOT.sub(" ", line))}
        if not held:
            return None
        names = {"judgment": "sentencing", "sentencing": "judgment"}
        agrees = said & (held | {names.get(v, v) for v in held})
        lead = position.lead.in_language(claim.language)
        evidence = (Evidence(position.id, lead, self.cite(position.id), "position"),)
        verdict = Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED
        because = say(
            "agrees" if agrees else "other_start", claim.language, case=self._dimension("period_start", claim)
        )
        return Finding(verdict, because, ", ".join(sorted(said)), lead, evidence)


def _subjects_in(text: str) -> frozenset[str]:
    return lexicon().subjects_in(text)


def _subjects_of(claim: Assertion) -> frozenset[str]:
    """A sentence so many years long is one of custody, whatever it is called."""
    return frozenset({"custody"}) if claim.measures else frozenset()


def _starts_in(text: str) -> set[str]:
    found = {
        start.value for start in lexicon().starts if start.pattern.search(text) or start.pattern.search("from " + text)
    }
    low = text.lower()
    found |= {
        value
        for value, word in (
            ("release", "release"),
            ("judgment", "judgment"),
            ("sentencing", "sentence"),
            ("completion", "end of"),
            ("completion", "completion"),
        )
        if word in low
    }
    return found - ({"sentencing"} if "completion" in found and "imposition" not in low else set())
