"""How well the case of a rule of law is the one that a claim speaks of."""

from __future__ import annotations

import re
from dataclasses import replace

from app.assertions import Assertion
from app.bench import DISTINCTIVE, SPECIAL
from app.judge_values import CLEARED
from app.law import Rule
from app.lexicon import lexicon
from app.limits import interval_of, rates_of
from indexer.durations import NUMBER_WORDS
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
NO_LAW = re.compile(
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


def case_words(text: str, language: str) -> frozenset[str]:
    """The words of a statement by which its case is told from others."""
    found = frozenset(words(CLEARED.sub(" ", text), language))
    return frozenset(w for w in found if w not in _GENERAL and not w[0].isdigit() and not durations_word(w))


def without_rest(claim: Assertion, rules: list[Rule]) -> list[Rule]:
    """The rules without those for "other" cases, where one limits just what the claim names ("fines up to 90 daily rates")."""
    rates, length = rates_of(claim.text), interval_of(claim.text) or _point(claim)
    exact = [
        rule for rule in rules if not conflicts(claim, rule)
        and ((rates and rule.rates and _within(rates, rule.rates) >= 1.5)
             or (claim.measures and length and rule.interval and _within(length, rule.interval) >= 1.5))
    ]  # fmt: skip
    kinds = frozenset(k for rule in exact for k in rule.subjects & (KINDS | TRACKS))
    rest = [rule for rule in rules if rule.rates is None and rule.interval is None and rule.subjects & kinds]
    return [rule for rule in rules if not exact or rule in exact or rule not in rest]


def conflicts(claim: Assertion, rule: Rule) -> bool:
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


def fit(claim: Assertion, rule: Rule) -> float:
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


def tells_case(claim: Assertion, rule: Rule) -> bool:
    """Whether a claim names the case of a rule: the way to it, or two of its words."""
    triggers = set(claim.values.get("trigger", ()))
    case_triggers = set(lexicon().values_in(rule.case).get("trigger", ())) or (
        {"petition"} if "application" in rule.case else set()
    )
    if triggers and triggers & case_triggers:
        return True
    common = case_words(claim.text, claim.language) & frozenset(words(rule.case, claim.language))
    telling = [w for w in common if not w[0].isdigit() and w not in _GENERAL and w not in NUMBER_WORDS]
    return len(telling) >= 1


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
