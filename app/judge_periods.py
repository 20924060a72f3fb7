"""Judges by periods: of the rules of a place the one whose case a claim speaks of, and its length."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis_model import Evidence, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import (
    DISTINCTIVE,
    SAME_MONTHS,
    SPECIAL,
    Finding,
    sentences_of,
)
from app.judge_changes import Changes
from app.judge_values import CLEARED
from app.judge_words import meets
from app.law import Rule, is_period
from app.lexicon import lexicon
from app.period_fit import (
    ATTESTED,
    CITED,
    CLOSE,
    FAR,
    KINDS,
    NO_LAW,
    TRACKS,
    case_words,
    conflicts,
    fit,
    tells_case,
    with_context,
    without_rest,
)
from app.phrases import amount, shown_value
from app.polarity import denies
from app.quantities import holds_all
from indexer.durations import Duration, durations
from indexer.tokens import words


class Periods(Changes):
    """Holds the periods that a claim names against those of the law, of today and of other days."""

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

    def _by_cited_text(self, claim: Assertion) -> Finding | None:
        """The sentence of a provision cited that says what the claim says."""
        cited = [r.id for r in claim.references if r.kind == "provision" and r.id]
        if claim.periods or not cited:
            return None
        day = self._day_of(claim)
        lines = [
            line
            for place in dict.fromkeys(one.split("/")[0] for one in cited)
            for line in self.law.lines(place, claim.language)
            if line.of_law and line.span.holds_on(day) and any(f"{line.id}/".startswith(f"{one}/") for one in cited)
        ]
        same = [line for line in lines if line.language == claim.language and denies(line.text) == denies(claim.text)]
        same = [line for line in same if meets(claim, line)]
        line = max(same, key=lambda one: self._shared(claim, one), default=None)
        if line is None or self._shared(claim, line) < CITED:
            return None
        because = say("agrees", claim.language, case=self.cite(line.id))
        return Finding(Verdict.SUPPORTED, because, None, line.text, (self._quote(line),))

    def _period_in(self, claim: Assertion, rules: Sequence[Rule]) -> Finding | None:
        rules = [
            rule
            for rule in rules
            if any(
                is_period(rule.quote, d) and abs(d.months - rule.months) < SAME_MONTHS for d in durations(rule.quote)
            )
        ]
        return self._weighed(claim, claim.periods[0], rules) if rules else None

    def _by_period(self, claim: Assertion, place: str) -> Finding | None:
        """The claim's period against those of the place for the cases it speaks of."""
        if not claim.periods:
            return None
        rules = self.law.rules(place)
        position = self._position(place, "waiting_period", claim)
        if (
            not any(rule.span.holds_on(self._day_of(claim)) for rule in rules)
            and position is not None
            and position.value == "none"
            and CLEARED.search(claim.text)
        ):
            lead = position.lead.in_language(claim.language)
            said = amount(claim.periods[0].value, claim.periods[0].unit, claim.language)
            none = shown_value("none", None, claim.language)
            because = say("differs", claim.language, said=said, case=self._dimension("waiting_period", claim), law=none)
            return Finding(
                Verdict.CONTRADICTED,
                because,
                said,
                none,
                (Evidence(position.id, lead, self.cite(position.id), "position"),),
            )
        found = self._weighed(claim, claim.periods[0], rules)
        if found is None or found.verdict is Verdict.SUPPORTED:
            return found
        beside = with_context(claim)
        again = self._weighed(beside, claim.periods[0], rules) if beside is not None else None
        if again is not None and again.verdict is Verdict.SUPPORTED:
            return again
        return self._attested(claim, place) or found

    def _attested(self, claim: Assertion, place: str) -> Finding | None:
        """A sentence of law that names the claim's length of time beside the words by which the claim names its case."""
        period, own = claim.periods[0], case_words(claim.text, claim.language)
        if not own:
            return None
        ways = set(claim.values.get("trigger", ()))
        for line in self._lines(claim, place):
            named = line.lengths
            if line.language != claim.language or line.dimension == "waiting_period":
                continue  # the typed values of that cell were looked at already
            if not any(abs(one.months - period.months) < SAME_MONTHS for one in named):
                continue
            held_ways = set(lexicon().values_in(line.text).get("trigger", ()))
            if denies(line.text) or NO_LAW.search(line.text) or (ways and held_ways and not ways & held_ways):
                continue
            for n, one in enumerate(named):
                if abs(one.months - period.months) >= SAME_MONTHS:
                    continue
                first = named[n - 1].end if n else 0
                last = named[n + 1].start if n + 1 < len(named) else len(line.text)
                near = frozenset(words(line.text[first:last], line.language))
                if len(own & near) >= ATTESTED * len(own) and holds_all(claim.text, line.text, claim.language):
                    said = amount(period.value, period.unit, claim.language)
                    because = say("agrees", claim.language, case=self.cite(line.id))
                    return Finding(Verdict.SUPPORTED, because, said, line.text, (self._quote(line),))
        return None

    def _weighed(self, claim: Assertion, period: Duration, rules: Sequence[Rule]) -> Finding | None:
        day = self._day_of(claim)
        current = [rule for rule in rules if rule.span.holds_on(day)]
        of_kind = [
            rule
            for rule in current
            if rule.subjects & claim.subjects & (KINDS | SPECIAL) and not conflicts(claim, rule)
        ]
        current = of_kind or current
        current = without_rest(claim, current)
        others = [rule for rule in rules if not rule.span.holds_on(day)]
        if not current and not others:
            return None
        scored = sorted(((fit(claim, rule), rule) for rule in current), key=lambda one: -one[0])
        best = scored[0][0] if scored else 0.0
        same = [
            (fit, rule)
            for fit, rule in scored
            if abs(rule.months - period.months) < SAME_MONTHS and not conflicts(claim, rule)
        ]
        said = amount(period.value, period.unit, claim.language)
        if same and same[0][0] >= best - CLOSE:
            universal = claim.absolute and lexicon().universal.search(claim.text) is not None
            several = len({round(rule.months, 1) for _, rule in scored}) > 1
            bare = (
                several
                and not (claim.subjects & (DISTINCTIVE - TRACKS))
                and not claim.measures
                and (not tells_case(claim, same[0][1]) or universal)
            )
            verdict = Verdict.IMPRECISE if bare and not claim.partial else Verdict.SUPPORTED
            if verdict is Verdict.IMPRECISE and claim.absolute:
                verdict = Verdict.CONTRADICTED
            because = say(
                "agrees" if verdict is Verdict.SUPPORTED else "one_of_several",
                claim.language,
                case=self._case(same[0][1], claim),
            )
            return Finding(
                verdict, because, said, self._shown(same[0][1], claim), self._rule_evidence([same[0][1]], claim)
            )
        before = [
            rule for rule in others if abs(rule.months - period.months) < SAME_MONTHS and not conflicts(claim, rule)
        ]
        fits_before = sorted(before, key=lambda rule: -fit(claim, rule))
        fit_before = fit(claim, fits_before[0]) if fits_before else 0.0
        if fits_before and (not scored or fit_before >= best - 1.5) and (not same or fit_before > same[0][0]):
            return self._was(claim, said, fits_before[0], scored[0][1] if scored else None)
        if same and not _of_other_kind(claim, same[0][1], scored[0][1]):
            rule = same[0][1]
            near = same[0][0] >= best - FAR and tells_case(claim, rule)
            verdict = Verdict.SUPPORTED if near else Verdict.IMPRECISE
            because = say(
                "agrees" if verdict is Verdict.SUPPORTED else "one_of_several",
                claim.language,
                case=self._case(rule, claim),
            )
            return Finding(verdict, because, said, self._shown(rule, claim), self._rule_evidence([rule], claim))
        against = [rule for fit, rule in scored if fit >= best - 0.3 and not conflicts(claim, rule)][:3]
        if not against or not (claim.near or CLEARED.search(claim.text)):
            return None
        return Finding(
            Verdict.CONTRADICTED,
            say(
                "differs",
                claim.language,
                said=said,
                case=self._case(against[0], claim),
                law=self._shown(against[0], claim),
            ),
            said,
            "; ".join(dict.fromkeys(f"{self._case(rule, claim)}: {self._shown(rule, claim)}" for rule in against)),
            self._rule_evidence(against, claim),
        )

    def _was(self, claim: Assertion, said: str, old: Rule, new: Rule | None) -> Finding:
        """The value is that of another time: before (outdated), or, for a claim about the past, rightly so."""
        ended = old.span.last
        if ended is not None and ended < self.as_of:
            because = say(
                "was_law",
                claim.language,
                said=said,
                date=ended.isoformat(),
                now=self._shown(new, claim) if new else "–",
            )
            return Finding(
                Verdict.OUTDATED,
                because,
                said,
                self._shown(new, claim) if new else None,
                self._rule_evidence([old, *([new] if new else [])], claim),
            )
        because = say("not_yet", claim.language, date=old.span.first.isoformat() if old.span.first else "")
        return Finding(
            Verdict.CONTRADICTED,
            because,
            said,
            self._shown(new, claim) if new else None,
            self._rule_evidence([old], claim),
        )

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
            naming = [
                line
                for line in sentences_of(provision)
                if any(abs(d.months - rule.months) < SAME_MONTHS for d in durations(line))
            ]
            if naming:
                case = frozenset(words(rule.case, provision.language))
                line = max(naming, key=lambda one: len(case & frozenset(words(one, provision.language))))
                return Evidence(provision.id, line, self.cite(provision.id), "statute")
        if ordered:
            return Evidence(ordered[0].id, ordered[0].text, self.cite(ordered[0].id), "statute")
        return Evidence(wanted, rule.quote, self.cite(wanted), "position")


def _of_other_kind(claim: Assertion, rule: Rule, best: Rule) -> bool:
    """Whether a claim names a kind of penalty that the best rule is for and another rule with the same length is not."""
    named = claim.subjects & KINDS & best.subjects
    return bool(named) and not named & rule.subjects
