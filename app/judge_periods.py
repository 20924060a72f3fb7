"""Judges by periods: of the rules of a place the one whose case a claim speaks of, and its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
from app.law import Rule, interval_of, is_period, rates_of
from app.lexicon import lexicon
from app.phrases import amount, shown_value
from app.polarity import denies
from app.quantities import holds_all
from indexer.durations import NUMBER_WORDS, Duration, durations
from indexer.tokens import words

CLOSE = 0.75
CITED = 0.25
"""The share of a claim's words that a provision must hold which the claim itself cites."""
_GENERAL = frozenset(
    [
        "convict",
        "record",
        "sentenc",
        "year",
        "offenc",
        "offens",
        "automat",
        "month",
        "verurteil",
        "straf",
        "jahr",
        "定罪",
        "记录",
        "犯罪",
    ]
)
"""Words of a case that tell no case from another."""
ATTESTED = 0.6
_NO_LAW = re.compile(
    r"\b(?:bills?|proposals?|drafts?|former\w*|earlier|until|before \d{4})\b|entw[uü]rf|früher|bis \d|草案|此前|以前",
    re.IGNORECASE,
)
"""Words of a sentence that tells what the law is not, or was."""
KINDS = frozenset(
    ["fine", "custody", "misdemeanor", "felony", "summary", "arrest", "administrative", "caution", "life"]
)
"""Subjects of which a case has one: a fine is no prison sentence."""
FAR = 2.5
"""A rule that fits a claim so much worse than another is not the one that it means alone."""
TRACKS = frozenset({"certificate", "erasure"})
"""Two ways in which a record ends, each with periods of its own."""


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
        period, own = claim.periods[0], self._case_words(claim.text, claim.language)
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
            if denies(line.text) or _NO_LAW.search(line.text) or (ways and held_ways and not ways & held_ways):
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

    def _case_words(self, text: str, language: str) -> frozenset[str]:
        """The words of a statement by which its case is told from others."""
        found = frozenset(words(CLEARED.sub(" ", text), language))
        return frozenset(w for w in found if w not in _GENERAL and not w[0].isdigit() and not durations_word(w))

    def _weighed(self, claim: Assertion, period: Duration, rules: Sequence[Rule]) -> Finding | None:
        day = self._day_of(claim)
        current = [rule for rule in rules if rule.span.holds_on(day)]
        of_kind = [
            rule
            for rule in current
            if rule.subjects & claim.subjects & (KINDS | SPECIAL) and not self._conflicts(claim, rule)
        ]
        current = of_kind or current
        current = self._without_rest(claim, current)
        others = [rule for rule in rules if not rule.span.holds_on(day)]
        if not current and not others:
            return None
        scored = sorted(((self._fit(claim, rule), rule) for rule in current), key=lambda one: -one[0])
        best = scored[0][0] if scored else 0.0
        same = [
            (fit, rule)
            for fit, rule in scored
            if abs(rule.months - period.months) < SAME_MONTHS and not self._conflicts(claim, rule)
        ]
        said = amount(period.value, period.unit, claim.language)
        if same and same[0][0] >= best - CLOSE:
            several = len({round(rule.months, 1) for _, rule in scored}) > 1
            bare = (
                several
                and not (claim.subjects & DISTINCTIVE)
                and not claim.measures
                and not self._tells_case(claim, same[0][1])
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
            rule
            for rule in others
            if abs(rule.months - period.months) < SAME_MONTHS and not self._conflicts(claim, rule)
        ]
        fits_before = sorted(before, key=lambda rule: -self._fit(claim, rule))
        fit_before = self._fit(claim, fits_before[0]) if fits_before else 0.0
        if fits_before and (not scored or fit_before >= best - 1.5) and (not same or fit_before > same[0][0]):
            return self._was(claim, said, fits_before[0], scored[0][1] if scored else None)
        if same:
            rule = same[0][1]
            verdict = Verdict.SUPPORTED if same[0][0] >= best - FAR else Verdict.IMPRECISE
            because = say(
                "agrees" if verdict is Verdict.SUPPORTED else "one_of_several",
                claim.language,
                case=self._case(rule, claim),
            )
            return Finding(verdict, because, said, self._shown(rule, claim), self._rule_evidence([rule], claim))
        against = [rule for fit, rule in scored if fit >= best - 0.3 and not self._conflicts(claim, rule)][:3]
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

    def _without_rest(self, claim: Assertion, rules: list[Rule]) -> list[Rule]:
        """The rules without those for "other" cases, where one limits just what the claim names ("fines up to 90 daily rates")."""
        rates, length = rates_of(claim.text), interval_of(claim.text) or _point(claim)
        exact = [
            rule for rule in rules if not self._conflicts(claim, rule)
            and ((rates and rule.rates and _within(rates, rule.rates) >= 1.5)
                 or (claim.measures and length and rule.interval and _within(length, rule.interval) >= 1.5))
        ]  # fmt: skip
        kinds = frozenset(k for rule in exact for k in rule.subjects & (KINDS | TRACKS))
        rest = [rule for rule in rules if rule.rates is None and rule.interval is None and rule.subjects & kinds]
        return [rule for rule in rules if not exact or rule in exact or rule not in rest]

    def _conflicts(self, claim: Assertion, rule: Rule) -> bool:
        """Whether a claim speaks of other cases than those of a rule."""
        asked, held = claim.subjects & KINDS, rule.subjects & KINDS
        if asked and held and not asked & held:
            return True
        if rule.subjects & SPECIAL - claim.subjects:
            return True
        tracks, held_tracks = claim.subjects & TRACKS, rule.subjects & TRACKS
        if tracks and held_tracks and not tracks & held_tracks:
            return True
        asked_for, held_for = interval_of(claim.text) or _point(claim), rule.interval
        if claim.measures and asked_for and held_for and _within(asked_for, held_for) < 0:
            return True
        rates, held_rates = rates_of(claim.text), rule.rates
        if rates and held_rates and _within(rates, held_rates) < 0:
            return True
        triggers = set(claim.values.get("trigger", ()))
        held_triggers = set(lexicon().values_in(rule.case).get("trigger", ()))
        return bool(triggers and held_triggers and not triggers & held_triggers)

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

    def _fit(self, claim: Assertion, rule: Rule) -> float:
        """How well the cases of a rule are those that a claim speaks of."""
        asked, held = claim.subjects & DISTINCTIVE, rule.subjects & DISTINCTIVE
        beyond = held - asked
        score = 2.0 * len(asked & held) - 2.0 * len(beyond & SPECIAL) - 0.4 * len(asked - held)
        score -= (0.4 if asked & held else 1.2) * len(beyond - SPECIAL)
        tracks, held_tracks = claim.subjects & TRACKS, rule.subjects & TRACKS
        score -= 2.0 * bool(tracks and held_tracks and not tracks & held_tracks)
        if claim.amounts and rule.numbers:
            score += 1.5 if {float(a) for a in claim.amounts if a.isdigit()} & rule.numbers else 0.0
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
        case_triggers = set(lexicon().values_in(rule.case).get("trigger", ())) or (
            {"petition"} if "application" in rule.case else set()
        )
        if triggers and triggers & case_triggers:
            return True
        common = frozenset(words(claim.text, claim.language)) & frozenset(words(rule.case, claim.language))
        telling = [w for w in common if not w[0].isdigit() and w not in _GENERAL and w not in NUMBER_WORDS]
        return len(telling) >= 1

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


def durations_word(word: str) -> bool:
    """Whether a comparable word is only a number or a unit of time."""
    return word in NUMBER_WORDS or word in _UNIT_WORDS


_UNIT_WORDS = frozenset(
    ["twelv", "month", "monat", "day", "tag", "week", "woch", "after", "period", "frist", "年", "个月", "月", "日"]
)


def with_context(claim: Assertion) -> Assertion | None:
    """The claim with what its paragraph speaks of, as far as it is silent on that itself; `None` if that adds nothing."""
    added = frozenset[str]()
    for group in (TRACKS, KINDS, frozenset({"juvenile"})):
        if not claim.subjects & group:
            added |= claim.context & group
    return replace(claim, subjects=claim.subjects | added, context=frozenset()) if added else None


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
