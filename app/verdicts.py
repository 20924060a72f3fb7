"""A claim of law held against the law: supported, imprecise, contradicted, outdated, or not covered.

Each judge looks at one kind of content (a cited provision, a period, a value, a change of the law, a sentence that says the same)
and speaks only where typed values or words decide; where none speaks, the claim is not covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.claims import Assertion
from app.law import MONTHS, Law, Line, Rule, interval_of, is_period
from app.lexicon import lexicon
from app.phrases import amount, shown_value
from corpus.model import Detail, FalseFriend, Instrument, Position, Provision
from indexer.durations import Duration, durations
from indexer.tokens import words

HIDES = frozenset({"sealing", "limited_access", "concealment", "spent"})
DESTROYS = frozenset({"erasure", "expungement"})
DISTINCTIVE = frozenset(
    ["fine", "custody", "misdemeanor", "felony", "summary", "juvenile", "sexual", "violent", "drugs", "arrest", "administrative", "certificate", "erasure", "restitution"]
)
"""Subjects that tell one case of a period from another."""
SAME_MONTHS = 0.2
CLOSE = 0.75
DECIDES = 0.55
DENIES = 0.66
SHARED = 0.2
OF_LAW = 0.62
"""A provision's sentence must be nearer than one of our reading, which is about one dimension."""


_NO_TERM = re.compile(r"\bno law\b|translat|\bno such\b|\bhas no\b|does not exist|nobody|no (?:legal )?term", re.IGNORECASE)
"""How the glossary says that a term is none of the law's."""
_INTRODUCED = ("juveniles", "access_exceptions", "reoffending", "sanctions", "remedies", "exclusions", "trigger")
_IN_FORCE = re.compile(r"in(?:to)? force|(?:took|takes|take) effect|in kraft|施行|生效", re.IGNORECASE)
SPECIAL = frozenset({"juvenile", "sexual", "violent", "drugs", "restitution", "life", "caution"})
"""Subjects that a general statement does not mean unless it says so."""
_AFTER_NOT = re.compile(r"\b(?:not|never|nor|rather than|regardless of|whatever)\b[^.;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one judge says of a claim."""

    verdict: Verdict
    because: str
    document_value: str | None = None
    law_value: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Judge:
    """Holds claims against the law of two days: that of the document and that of the check."""

    def __init__(self, law: Law, cite: Callable[[str], str], as_of: date, written: date | None) -> None:
        self.corpus = law.corpus
        self.law = law
        self.cite = cite
        self.as_of = as_of
        self.written = written

    # -- one claim -----------------------------------------------------------------------------------------------------

    def judge(self, claim: Assertion) -> Finding:
        """The verdict on a claim of law."""
        places = self.law.places(claim.places, claim.group, claim.text)
        if not places and not claim.references:
            return self._uncovered(claim)
        term = self._misnomer(claim)
        found = self._of_law(claim, places)
        if term is not None:
            core_holds = found is not None and found.verdict is Verdict.SUPPORTED and self.rest_of(claim) is None
            return replace(term, verdict=Verdict.IMPRECISE if core_holds else Verdict.CONTRADICTED)
        if found is None:
            return Finding(Verdict.NOT_COVERED, say("silent", claim.language), evidence=self._context(claim))
        return self._softened(claim, places, found)

    def _of_law(self, claim: Assertion, places: Sequence[str]) -> Finding | None:
        """The first judge that can decide."""
        cited = self._by_citation(claim)
        if cited is not None:
            return cited
        if _IN_FORCE.search(claim.text) and (dated := self._by_date(claim)) is not None:
            return dated
        for judge in (self._by_comparison, self._by_threshold, self._by_exclusion, self._by_existence, self._by_period, self._by_change, self._by_start, self._by_value):
            found = self._across(claim, places, judge)
            if found is not None:
                return found
        return self._by_date(claim) or self._across(claim, places, self._by_sentence)

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
            Verdict.IMPRECISE, say("not_everywhere", claim.language, places=names), findings[0][1].document_value, values or None, evidence
        )

    def _name(self, place: str, language: str) -> str:
        return self.corpus.jurisdictions[place].name.in_language(language)

    def _uncovered(self, claim: Assertion) -> Finding:
        named = [self.corpus.jurisdictions[p] for p in claim.places]
        enacted = lexicon().change.search(claim.text) or "clean_slate" in claim.subjects or claim.values.get("trigger")
        if named and all(place.not_enacted for place in named) and enacted and not claim.negated:
            return Finding(Verdict.CONTRADICTED, say("not_enacted", claim.language, place=named[0].name.in_language(claim.language)))
        listed = ", ".join(place.name.in_language(claim.language) for place in named) or "?"
        return Finding(Verdict.NOT_COVERED, say("no_law", claim.language, place=listed), evidence=self._context(claim))

    # -- by the terms it uses ------------------------------------------------------------------------------------------

    def _misnomer(self, claim: Assertion) -> Finding | None:
        """A term that no law uses, or two terms taken for one, as the glossary warns."""
        low = claim.text.lower()
        families = {one for place in claim.places for one in self.corpus.family(place)}
        families |= {self.corpus.jurisdictions[p].parent or p for p in claim.places}
        for term in self.corpus.terms:
            for friend in term.false_friends:
                name = friend.term.lower()
                if name not in low or (term.jurisdictions and families and not families.intersection(term.jurisdictions)):
                    continue
                misnomer = self._is_no_term(friend) and not self._is_term(name)
                if not misnomer and not self._equates(low, term.term.in_language(claim.language), name):
                    continue
                why = friend.why.in_language(claim.language)
                evidence = Evidence(f"x/commentary/term-{term.id}", why, term.term.in_language(claim.language), "commentary")
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

    # -- by a provision cited ------------------------------------------------------------------------------------------

    def _by_citation(self, claim: Assertion) -> Finding | None:
        """What the provisions that a claim cites say of its numbers."""
        cited = [r for r in claim.references if r.kind == "provision" and r.id]
        missing = [r for r in claim.references if r.kind == "provision" and r.instrument and r.id is None]
        if missing and not cited and missing[0].note.startswith("does not exist"):
            return Finding(Verdict.CONTRADICTED, missing[0].note, missing[0].text)
        for reference in cited:
            assert reference.id is not None
            if claim.periods:
                found = self._period_in(claim, self.law.rules_of_provision(reference.id))
                if found is not None:
                    return found
        return None

    def _period_in(self, claim: Assertion, rules: Sequence[Rule]) -> Finding | None:
        rules = [rule for rule in rules if any(is_period(rule.quote, d) and abs(d.months - rule.months) < SAME_MONTHS for d in durations(rule.quote))]
        return self._weighed(claim, claim.periods[0], rules) if rules else None

    # -- by a comparison ---------------------------------------------------------------------------------------------------

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
        because = say("agrees" if holds else "is_otherwise", claim.language, case=self._dimension(dimension, claim), law=lead)
        verdict = Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

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
        found = self._across(rest, self.law.places(rest.places, rest.group, rest.text), self._by_comparison)
        return (rest, found) if found is not None else None

    # -- by the sentence from which on nothing is cleared ------------------------------------------------------------------

    def _by_threshold(self, claim: Assertion, place: str) -> Finding | None:
        """ "Sentences over four years never become spent": the periods of today, and the thresholds of other days."""
        if claim.periods or not claim.measures or not (_denies(claim.text) and "custody" in claim.subjects | _subjects_of(claim)):
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
            return Finding(verdict, because, said, f"{self._case(cleared[0], claim)}: {self._shown(cleared[0], claim)}", self._rule_evidence(cleared[:1], claim))
        if now:
            lead = now[0][0].lead.in_language(claim.language)
            return Finding(Verdict.SUPPORTED, say("agrees", claim.language, case=self._dimension("exclusions", claim)), said, said, (Evidence(now[0][0].id, lead, self.cite(now[0][0].id), "position"),))
        return None

    def _by_exclusion(self, claim: Assertion, place: str) -> Finding | None:
        """Something said never to be cleared, for which the law has a period (and no exclusion that says the same)."""
        asked = claim.subjects & (DISTINCTIVE - {"erasure", "certificate", "custody", "fine"})
        if claim.dimension not in ("exclusions", "juveniles") or claim.periods or claim.values.get("trigger") or not asked or not _denies(claim.text):
            return None
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
        if claim.dimension not in ("sanctions", "remedies", "foreign") or claim.periods or claim.amounts:
            return None
        position = self._position(place, claim.dimension, claim)
        if position is None or position.value not in ("yes", "partly", "no", "none", "silent"):
            return None
        there = position.value in ("yes", "partly")
        if _denies(claim.text) == there:
            verdict = Verdict.CONTRADICTED
        elif not there or claim.dimension in ("sanctions", "foreign"):
            verdict = Verdict.SUPPORTED
        else:
            return None
        lead = position.lead.in_language(claim.language)
        because = say("agrees" if verdict is Verdict.SUPPORTED else "is_otherwise", claim.language, case=self._dimension(claim.dimension, claim), law=lead)
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

    # -- by its period -------------------------------------------------------------------------------------------------

    def _by_period(self, claim: Assertion, place: str) -> Finding | None:
        """The claim's period against those of the place for the cases it speaks of."""
        if not claim.periods:
            return None
        rules = self.law.rules(place)
        position = self._position(place, "waiting_period", claim)
        if not any(rule.span.holds_on(self._day_of(claim)) for rule in rules) and position is not None and position.value == "none":
            lead = position.lead.in_language(claim.language)
            said = amount(claim.periods[0].value, claim.periods[0].unit, claim.language)
            none = shown_value("none", None, claim.language)
            because = say("differs", claim.language, said=said, case=self._dimension("waiting_period", claim), law=none)
            return Finding(Verdict.CONTRADICTED, because, said, none, (Evidence(position.id, lead, self.cite(position.id), "position"),))
        return self._weighed(claim, claim.periods[0], rules)

    def _weighed(self, claim: Assertion, period: Duration, rules: Sequence[Rule]) -> Finding | None:
        day = self._day_of(claim)
        current = [rule for rule in rules if rule.span.holds_on(day)]
        others = [rule for rule in rules if not rule.span.holds_on(day)]
        if not current and not others:
            return None
        scored = sorted(((self._fit(claim, rule), rule) for rule in current), key=lambda one: -one[0])
        best = scored[0][0] if scored else 0.0
        same = [(fit, rule) for fit, rule in scored if abs(rule.months - period.months) < SAME_MONTHS]
        said = amount(period.value, period.unit, claim.language)
        if same and same[0][0] >= best - CLOSE:
            several = len({round(rule.months, 1) for _, rule in scored}) > 1
            bare = several and not (claim.subjects & DISTINCTIVE) and not claim.measures and not self._tells_case(claim, same[0][1])
            verdict = Verdict.IMPRECISE if bare and not claim.partial else Verdict.SUPPORTED
            because = say("one_of_several" if verdict is Verdict.IMPRECISE else "agrees", claim.language, case=self._case(same[0][1], claim))
            return Finding(verdict, because, said, self._shown(same[0][1], claim), self._rule_evidence([same[0][1]], claim))
        before = [rule for rule in others if abs(rule.months - period.months) < SAME_MONTHS]
        fits_before = sorted(before, key=lambda rule: -self._fit(claim, rule))
        fit_before = self._fit(claim, fits_before[0]) if fits_before else 0.0
        if fits_before and (not scored or fit_before >= best - 1.5) and (not same or fit_before > same[0][0]):
            return self._was(claim, said, fits_before[0], scored[0][1] if scored else None)
        if not scored:
            return None
        against = [rule for fit, rule in scored if fit >= best - 0.3][:3]
        return Finding(
            Verdict.CONTRADICTED,
            say("differs", claim.language, said=said, case=self._case(against[0], claim), law=self._shown(against[0], claim)),
            said,
            "; ".join(dict.fromkeys(f"{self._case(rule, claim)}: {self._shown(rule, claim)}" for rule in against)),
            self._rule_evidence(against, claim),
        )

    def _was(self, claim: Assertion, said: str, old: Rule, new: Rule | None) -> Finding:
        """The value is that of another time: before (outdated), or, for a claim about the past, rightly so."""
        ended = old.span.last
        if ended is not None and ended < self.as_of:
            because = say("was_law", claim.language, said=said, date=ended.isoformat(), now=self._shown(new, claim) if new else "–")
            return Finding(Verdict.OUTDATED, because, said, self._shown(new, claim) if new else None, self._rule_evidence([old, *([new] if new else [])], claim))
        because = say("not_yet", claim.language, date=old.span.first.isoformat() if old.span.first else "")
        return Finding(Verdict.CONTRADICTED, because, said, self._shown(new, claim) if new else None, self._rule_evidence([old], claim))

    def _fit(self, claim: Assertion, rule: Rule) -> float:
        """How well the cases of a rule are those that a claim speaks of."""
        asked, held = claim.subjects & DISTINCTIVE, rule.subjects & DISTINCTIVE
        beyond = held - asked
        score = 2.0 * len(asked & held) - 2.0 * len(beyond & SPECIAL) - 0.4 * len(asked - held)
        score -= (0.4 if asked & held else 1.2) * len(beyond - SPECIAL)
        asked_for, held_for = interval_of(claim.text) or _point(claim), rule.interval
        if claim.measures and asked_for and held_for:
            score += _within(asked_for, held_for)
        elif claim.measures:
            numbers = {m.value for m in claim.measures} | {m.months for m in claim.measures}
            score += 1.6 * len(numbers & rule.numbers) if numbers & rule.numbers else (-0.8 if rule.numbers else 0.0)
        triggers = set(claim.values.get("trigger", ()))
        held_triggers = set(lexicon().values_in(rule.case).get("trigger", ()))
        if triggers and held_triggers:
            score += 0.6 if triggers & held_triggers else -0.9
        common = frozenset(words(claim.text, claim.language)) & frozenset(words(rule.case, claim.language))
        return score + min(0.25 * len(common), 1.5)

    def _tells_case(self, claim: Assertion, rule: Rule) -> bool:
        """Whether a claim names the case of a rule: the way to it, or two of its words."""
        triggers = set(claim.values.get("trigger", ()))
        case_triggers = set(lexicon().values_in(rule.case).get("trigger", ())) or ({"petition"} if "application" in rule.case else set())
        if triggers and triggers & case_triggers:
            return True
        common = frozenset(words(claim.text, claim.language)) & frozenset(words(rule.case, claim.language))
        return len([word for word in common if not word[0].isdigit()]) >= 2

    def _case(self, rule: Rule, claim: Assertion) -> str:
        return rule.shown.in_language(claim.language) if rule.shown else self.cite(rule.id)

    def _shown(self, rule: Rule, claim: Assertion) -> str:
        return amount(rule.value, rule.unit, claim.language)

    def _rule_evidence(self, rules: Sequence[Rule], claim: Assertion) -> tuple[Evidence, ...]:
        return tuple(self._evidence_of(rule.id, rule, claim) for rule in rules)

    def _evidence_of(self, wanted: str, rule: Rule, claim: Assertion) -> Evidence:
        """The sentence of the provision that names the period, in the reader's language where there is one."""
        below = [p for p in self.corpus.below(wanted) if p.span.overlaps(rule.span)]
        ordered = sorted(below, key=lambda p: (p.language != claim.language, p.id != wanted))
        for provision in ordered:
            for line in _sentences(provision):
                if any(abs(d.months - rule.months) < SAME_MONTHS for d in durations(line)):
                    return Evidence(provision.id, line, self.cite(provision.id), "statute")
        if ordered:
            return Evidence(ordered[0].id, ordered[0].text, self.cite(ordered[0].id), "statute")
        return Evidence(wanted, rule.quote, self.cite(wanted), "position")

    def _day_of(self, claim: Assertion) -> date:
        """The day whose law a claim is about: the year that it names for a rule of the past, else the day of the check."""
        past = [year for year in claim.years if year < self.as_of.year and not _since(claim.text, year)]
        if past and (claim.modality == "past" or lexicon().change.search(claim.text)):
            year = max(past)
            return date(year, 12, 31) if claim.modality != "past" else date(year, 1, 1)
        return self.as_of

    # -- by the event that starts the period -----------------------------------------------------------------------------

    def _by_start(self, claim: Assertion, place: str) -> Finding | None:
        if not claim.starts or claim.dimension != "period_start":
            return None
        return self.start_of(claim, place)

    def start_of(self, claim: Assertion, place: str) -> Finding | None:
        """The starting event that a claim names against those that the law of the place names."""
        position = self._position(place, "period_start", claim)
        if position is None or position.value in ("silent", "unknown"):
            return None
        said = set(claim.starts)
        lines = [position.lead.en, *(str(d.value) for d in position.details), *(d.starts.en for p in self.law.positions(place, "waiting_period") if p.span.holds_on(self._day_of(claim)) for d in p.details if d.starts)]
        held = {value for line in lines for value in _starts_in(_AFTER_NOT.sub(" ", line))}
        if not held:
            return None
        names = {"judgment": "sentencing", "sentencing": "judgment"}
        agrees = said & (held | {names.get(v, v) for v in held})
        lead = position.lead.in_language(claim.language)
        evidence = (Evidence(position.id, lead, self.cite(position.id), "position"),)
        verdict = Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED
        because = say("agrees" if agrees else "other_start", claim.language, case=self._dimension("period_start", claim))
        return Finding(verdict, because, ", ".join(sorted(said)), lead, evidence)

    def already_law(self, claim: Assertion) -> Finding | None:
        """For what a document asks to be introduced: the law of the place, where it has it already, wholly or in part."""
        if not lexicon().introduces.search(claim.text) or claim.dimension not in _INTRODUCED or len(claim.places) != 1:
            return None
        places = self.law.places(claim.places, claim.group, claim.text)
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
        because = say("already_law" if wholly else "partly_law", claim.language, case=self._dimension(claim.dimension, claim))
        return Finding(verdict, because, None, lead, (evidence,))

    def enacted(self, claim: Assertion, place: str) -> Finding | None:
        """For what a document calls a proposal: since when the place has had a law of that kind in force."""
        position = self._position(place, claim.dimension or "waiting_period", claim) or self._position(place, "trigger", claim)
        if position is None or position.span.first is None or position.span.first > self.as_of:
            return None
        lead = position.lead.in_language(claim.language)
        evidence = Evidence(position.id, lead, self.cite(position.id), "position")
        because = say("enacted", claim.language, date=position.span.first.isoformat())
        return Finding(Verdict.OUTDATED, because, claim.modality, position.span.first.isoformat(), (evidence,))

    # -- by a value on a dimension ---------------------------------------------------------------------------------------

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
                if found is not None:
                    return found
        return None

    def _value_on(self, claim: Assertion, place: str, dimension: str, said: list[str]) -> Finding | None:
        position = self._position(place, dimension, claim)
        if position is None or position.value in ("unknown", None):
            return None
        held = _values_of(position)
        if dimension == "legal_nature" and position.value == "mixed" and not claim.group and not claim.absolute:
            held = self._nature_of_case(claim, position) or held
        compare = {
            "legal_nature": self._nature,
            "trigger": self._trigger,
            "access_exceptions": self._access,
            "civil_effect": self._civil,
        }.get(dimension, self._plain)
        verdict = compare(claim, set(said), held, place)
        if verdict is None:
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

    def _exists(self, claim: Assertion, place: str, dimension: str) -> Finding | None:
        """That a place has rules of a kind at all ("certain offences are excluded")."""
        position = self._position(place, dimension, claim)
        if position is None or position.value not in ("yes", "partly", "no", "none"):
            return None
        holds = position.value in ("yes", "partly")
        lead = position.lead.in_language(claim.language)
        because = say("agrees" if holds else "is_otherwise", claim.language, case=self._dimension(dimension, claim), law=lead)
        verdict = Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
        return Finding(verdict, because, None, lead, (Evidence(position.id, lead, self.cite(position.id), "position"),))

    def _authority(self, position: Position, claim: Assertion) -> tuple[Evidence, ...]:
        for authority in position.authorities[:1]:
            below = sorted(self.corpus.below(authority), key=lambda p: p.language != claim.language)
            for provision in below:
                if provision.text and provision.span.holds_on(self.as_of):
                    return (Evidence(provision.id, _sentences(provision)[0], self.cite(provision.id), "statute"),)
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
        if position is not None and held & DESTROYS and "mixed" not in held and {"kept", "sealing"} & set(lexicon().values_in(position.lead.en).get("legal_nature", ())):
            held = (held - {"expungement"} if "erasure" in said else held) | {"sealing"}  # an "expungement" that only seals
        if said & DESTROYS - denied and not held & (DESTROYS | {"mixed"}):
            return Verdict.CONTRADICTED
        if denied == said:
            return Verdict.CONTRADICTED if said & held else Verdict.SUPPORTED
        said -= denied
        if said <= held:
            return Verdict.SUPPORTED
        if said & held:
            return Verdict.IMPRECISE
        same_kind = (said & HIDES and held & HIDES) or (said & DESTROYS and held & DESTROYS)
        if same_kind or "mixed" in held or "set_aside" in held:
            return Verdict.IMPRECISE
        return Verdict.CONTRADICTED

    def _trigger(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        ways = held & {"automatic", "petition"} | ({"automatic", "petition"} if "both" in held else set())
        if not ways:
            return Verdict.CONTRADICTED if "none" in held and not claim.denied & said else None
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
        found = self._nature(replace(claim, denied=frozenset()), said, _values_of(position), place)
        return Verdict.SUPPORTED if found in (None, Verdict.SUPPORTED) else Verdict.IMPRECISE

    def _access(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        yes = held & {"yes", "partly"}
        if not yes and "no" not in held:
            return None
        if "no" in said and "yes" not in said:
            return Verdict.CONTRADICTED if yes else Verdict.SUPPORTED
        if not yes:
            return Verdict.CONTRADICTED
        nature = self._position(place, "legal_nature", claim) if claim.group else None
        gone = nature is not None and nature.value in (*DESTROYS, "mixed") and _values_of(nature) & DESTROYS and claim.subjects & {"police", "courts"}
        return Verdict.IMPRECISE if gone else Verdict.SUPPORTED

    def _civil(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        """May the person deny, must they disclose? Posts and bodies with rights of their own are left to the sentences."""
        if (held <= {"silent", "unknown"}) or claim.subjects & {"children_work", "police", "courts"}:
            return None
        general = self._position(place, "civil_effect", claim)
        if general is None or general.value == "partly":
            return Verdict.IMPRECISE
        return Verdict.SUPPORTED if general.value in said else Verdict.CONTRADICTED

    def _plain(self, claim: Assertion, said: set[str], held: set[str], place: str) -> Verdict | None:
        if "silent" in held and not said & held:
            return Verdict.CONTRADICTED if not said <= claim.denied else None
        if said & held:
            return Verdict.CONTRADICTED if said & held <= claim.denied else Verdict.SUPPORTED
        return Verdict.SUPPORTED if said <= claim.denied else Verdict.CONTRADICTED

    def _position(self, place: str, dimension: str, claim: Assertion) -> Position | None:
        day = self._day_of(claim)
        versions = self.law.positions(place, dimension)
        return next((p for p in versions if p.span.holds_on(day)), versions[0] if versions and day == self.as_of else None)

    def _dimension(self, dimension: str, claim: Assertion) -> str:
        return self.corpus.dimensions[dimension].name.in_language(claim.language)

    # -- by what became of an offence --------------------------------------------------------------------------------------

    def _by_change(self, claim: Assertion, place: str) -> Finding | None:
        """Conduct said to be no longer an offence: is there a provision in force that punishes it, or one that ended it?"""
        words_of = lexicon()
        subjects = claim.subjects & {"drugs", "homosexual", "theft", "sexual"}
        if not subjects or not (words_of.ended.search(claim.text) or words_of.change.search(claim.text)):
            return None
        about = {p.id for p in self.corpus.provisions if p.jurisdiction == place and lexicon().subjects_in(p.text) & subjects}
        lines = [line for line in self.law.lines(place, "en") if line.of_law and line.id in about]
        day = self._day_of(claim)
        adopted = date(day.year + 1, 12, 31) if claim.years and words_of.change.search(claim.text) else day
        ended = [
            line for line in lines
            if words_of.ended.search(line.text) and not words_of.punishes.search(line.text)
            and (line.span.holds_on(day) or line.span.holds_on(adopted))
        ]  # fmt: skip
        if words_of.ended.search(claim.text):
            punished = [line for line in lines if line.subjects & subjects and words_of.punishes.search(line.text) and line.span.holds_on(day)]
            if ended:
                return self._ended(claim, place, ended[0])
            if punished:
                chosen = self._nearest(claim, punished)
                return Finding(Verdict.CONTRADICTED, say("still_offence", claim.language), claim.text[:80], chosen.text, (self._quote(chosen),))
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
        return Finding(Verdict.SUPPORTED, say("agrees", claim.language, case=self.cite(line.id)), None, line.text, (self._quote(line),))

    def _reclassified(self, claim: Assertion, lines: Sequence[Line]) -> Finding | None:
        """An offence said to have been made lighter: the law that did it, and a later one that took it back."""
        if not claim.subjects & {"misdemeanor", "felony"}:
            return None
        named = [line for line in lines if "/".join(line.id.split("/")[:2]) in claim.instruments] or list(lines)
        named = [line for line in named if not lexicon().reversed.search(line.text)]
        near = [line for line in named if line.subjects & {"misdemeanor", "felony"} and set(claim.amounts) <= set(_amounts(line.text))]
        if not near:
            return None
        chosen = self._nearest(claim, near)
        later = [
            line for line in lines
            if line.span.first and (chosen.span.first or date.min) < line.span.first <= self.as_of
            and line.id.split("/")[:2] != chosen.id.split("/")[:2] and lexicon().reversed.search(line.text)
        ]  # fmt: skip
        if later and not claim.years:
            return Finding(Verdict.OUTDATED, say("changed_since", claim.language, date=str(later[0].span.first)), None, later[0].text, (self._quote(chosen), self._quote(later[0])))
        hedged = lexicon().partial.search(chosen.text) and not claim.partial
        verdict = Verdict.IMPRECISE if hedged else Verdict.SUPPORTED
        because = say("partly" if hedged else "agrees", claim.language, case=self.cite(chosen.id), law=chosen.text)
        return Finding(verdict, because, ", ".join(claim.amounts) or None, chosen.text, tuple(self._quote(one) for one in (chosen, *later[:1])))

    # -- by the dates of a law -------------------------------------------------------------------------------------------

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
                evidence = (Evidence(line.id, _sentences(line)[0], self.cite(line.id), "statute"),) if line else ()
                because = say("other_date", claim.language, case=instrument.short, date=str(instrument.span.first))
                return Finding(Verdict.OUTDATED, because, ", ".join(map(str, claim.years)), str(instrument.span.first), evidence)
            first = str(instrument.span.first or min(known, default="–"))
            verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED if known else None
            if verdict is None:
                continue
            line = next((p for p in provisions if p.text and any(str(y) in p.text for y in claim.years)), None) or next((p for p in provisions if p.text), None)
            evidence = (Evidence(line.id, _sentences(line)[0], self.cite(line.id), "statute"),) if line else ()
            because = say("agrees" if right else "other_date", claim.language, case=instrument.short, date=first)
            return Finding(verdict, because, ", ".join(map(str, claim.years)), first, evidence)
        return None

    def _siblings(self, law: str) -> list[Instrument]:
        """Earlier laws of the same name."""
        names = set(self.corpus.instruments[law].names)
        return [one for one in self.corpus.instruments.values() if one.id != law and one.span.last and names & set(one.names)]

    # -- by a sentence that says the same ----------------------------------------------------------------------------------

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
        agrees = _denies(claim.text) == _denies(line.text)
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
        numbers = 0.1 if claim.amounts and set(claim.amounts) & set(_amounts(line.text)) else 0.0
        return 0.6 * subjects + 0.8 * shared * min(1.0, len(own) / 4) + bonus + numbers

    def _shared(self, claim: Assertion, line: Line) -> float:
        """The share of a claim's own words that a sentence of the same language holds; neutral across languages."""
        own = frozenset(words(claim.text, claim.language))
        if not own or line.language != claim.language:
            return SHARED
        return len(own & line.words) / len(own)

    # -- after the verdict -------------------------------------------------------------------------------------------------

    def _softened(self, claim: Assertion, places: Sequence[str], found: Finding) -> Finding:
        """ "All", "complete", "never" where the law knows exceptions is imprecise."""
        if found.verdict is not Verdict.SUPPORTED or not claim.absolute or claim.dimension in ("exclusions", "waiting_period"):
            return found
        watched = claim.subjects & {"employment", "police", "courts", "disclose", "publication", "children_work", "housing"}
        for place in places[:1]:
            for dimension in ("access_exceptions",) if watched else ("exclusions",):
                position = self._position(place, dimension, claim)
                if position is not None and self._value_for(claim, position) in ("yes", "partly") and not any(position.id == e.id for e in found.evidence):
                    lead = position.lead.in_language(claim.language)
                    evidence = (*found.evidence, Evidence(position.id, lead, self.cite(position.id), "position"))
                    return replace(found, verdict=Verdict.IMPRECISE, because=say("exceptions", claim.language), law_value=lead, evidence=evidence)
        return found

    def _value_for(self, claim: Assertion, position: Position) -> object:
        """The value of a position in the case that a claim speaks of."""
        cases = [(len(claim.subjects & lexicon().subjects_in(d.case.in_language(claim.language))), d) for d in position.details]
        best = max(cases, key=lambda one: one[0], default=None)
        return best[1].value if best and best[0] > 0 else position.value

    def _context(self, claim: Assertion) -> tuple[Evidence, ...]:
        return self.context(claim)

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

    def _quote(self, line: Line) -> Evidence:
        return Evidence(line.id, line.text, self.cite(line.id), "statute" if line.of_law else "position")


def _point(claim: Assertion) -> tuple[float, float] | None:
    """A sentence of a certain length, as a range."""
    if not claim.measures:
        return None
    months = max(m.months for m in claim.measures)
    return (months - 0.01, months)


def _within(asked: tuple[float, float], held: tuple[float, float]) -> float:
    """How well a range of sentences that a claim names lies in that of a rule."""
    if asked == held:
        return 2.5
    if held[0] <= asked[0] and asked[1] <= held[1]:
        return 1.5
    return 0.0 if asked[0] < held[1] and held[0] < asked[1] else -2.5


def _subjects_of(claim: Assertion) -> frozenset[str]:
    """A sentence so many years long is one of custody, whatever it is called."""
    return frozenset({"custody"}) if claim.measures else frozenset()


def _since(text: str, year: int) -> bool:
    """Whether a year only tells since when a rule has held that still holds."""
    return re.search(rf"\b(?:since|seit|from|ab)\W+(?:\w+\W+){{0,3}}{year}|自\s*{year}", text, re.IGNORECASE) is not None


def _sentences(provision: Provision) -> list[str]:
    from indexer.sentences import sentence_spans

    return [provision.text[start:end] for start, end in sentence_spans(provision.text, provision.language)] or [provision.text]


def _values_of(position: Position) -> set[str]:
    held = {position.value} if isinstance(position.value, str) else set()
    return held | {d.value for d in position.details if isinstance(d.value, str)}


def _starts_in(text: str) -> set[str]:
    found = {start.value for start in lexicon().starts if start.pattern.search(text) or start.pattern.search("from " + text)}
    low = text.lower()
    found |= {value for value, word in (("release", "release"), ("judgment", "judgment"), ("sentencing", "sentence"), ("completion", "end of"), ("completion", "completion")) if word in low}
    return found - ({"sentencing"} if "completion" in found and "imposition" not in low else set())


def _amounts(text: str) -> list[str]:
    from app.claims import amounts_in

    return amounts_in(text)


def _denies(text: str) -> bool:
    """Whether a sentence denies: an odd number of negations, an exclusion counting as one."""
    plain = re.sub(r"\bnot only\b|\bno later than\b|\bnot less than\b|\bno longer than\b|nicht nur|不仅", " ", text, flags=re.IGNORECASE)
    exclusion = lexicon().subjects["exclusion"]
    count = len(exclusion.findall(plain)) + len(lexicon().negation.findall(exclusion.sub(" ", plain)))
    return count > 0
