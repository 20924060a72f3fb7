"""One statement of a document as its words read: places, values, lengths of time, subjects, before any law is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.analysis_model import Kind, Reference
from app.layout import Sentence
from app.lexicon import lexicon
from indexer.durations import NUMBER_WORDS, Duration, durations
from indexer.query import Understander

YEAR = re.compile(r"(?<![\d.,$£€-])(1[89]\d\d|20[0-4]\d)(?![\d%])(?:s\b)?")
_AMOUNT = re.compile(
    r"(?:[$£€¥]|NZ\$|US\$|EUR|USD)\s?(\d[\d,.]*\d|\d)|(\d[\d,.]*)\s?(?:dollars?|pounds?|euros?|yuan|元|美元|欧元|grams?|Gramm|克|g\b|daily\s+rates|Tagess[aä]tze\w*)"
)
_LEADING = re.compile(
    r"(?:In|Under|Nach|In der|Im|在)\s*(?P<a>[^,，]{2,40})[,，]\s*|In (?P<b>[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2})\s+(?!and\b|und\b|or\b)"
)
_COMPARED = re.compile(
    r"\b(?:unlike|than|compared\s+(?:with|to)|as\s+opposed\s+to|in\s+contrast\s+(?:to|with)|similar\s+to|not|anders\s+als|im\s+(?:Gegensatz|Unterschied)\s+zu\w?)"
    r"(?:\s+(?:in|the|under|der|dem|das|die|den))*\s+[A-ZÄÖÜ][\w.-]+(?:\s+[A-Z][\w.-]+)?|(?:不同于|有别于|不像|与)[^，,。]{2,8}(?:不同|相反|相比)"
)
"""Another place set beside the one that a sentence is about."""
_EXCLUDED = frozenset({"sexual", "violent", "drugs", "supervision", "pending", "felony"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement, read: everything that its words say, before any law is looked at."""

    start: int
    end: int
    text: str
    sentence: Sentence
    kind: Kind
    modality: str
    places: tuple[str, ...]
    """Ids of the places it speaks of; empty for a group of places."""
    group: bool
    instruments: tuple[str, ...]
    references: tuple[Reference, ...]
    dimension: str | None
    values: dict[str, list[str]]
    starts: tuple[str, ...]
    periods: tuple[Duration, ...]
    measures: tuple[Duration, ...]
    """Lengths of sentences, ages: conditions of the rule, not its period."""
    years: tuple[int, ...]
    amounts: tuple[str, ...]
    subjects: frozenset[str]
    negated: bool
    denied: frozenset[str]
    """Values that it denies."""
    absolute: bool
    partial: bool
    explicit_place: bool = True
    context: frozenset[str] = frozenset()
    """What the sentences before it in the paragraph, and its heading, speak of."""
    near: bool = False
    """Whether the text just before it speaks of clearing: a length of time that nothing tells to be another is a period of it."""

    @property
    def language(self) -> str:
        return self.sentence.language


def named_places(text: str, understander: Understander) -> tuple[str, ...]:
    """Places named one by one, not as parts of a group such as "European and American countries".

    Where a sentence opens with a place ("In New York, a conviction from New Jersey …"), it is that one's law.
    """
    text = _COMPARED.sub(" ", lexicon().groups.sub(" ", text))
    named = understander.places(text)
    leading = _LEADING.match(text) if len(named) > 1 else None
    first = understander.places(leading["a"] or leading["b"]) if leading else ()
    if leading and first and not understander.places(" ".join(text[leading.end() :].split()[:1])):
        return first
    return named


def without(text: str, inside: Sequence[Reference], offset: int) -> str:
    """The text with what is cited blanked out, so that the year of an Act's name is no year of the claim."""
    for one in inside:
        first, last = one.start - offset, one.end - offset
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def with_durations(assertion: Assertion) -> Assertion:
    """Lengths of time sorted by what they measure: the rule's own period, or a sentence or age that it depends on."""
    periods: list[Duration] = []
    measures: list[Duration] = []
    text = assertion.text
    named = sorted(durations(text), key=lambda d: d.start)
    named = sorted([*named, *_elliptic(text, named)], key=lambda d: d.start)
    limits = [one for one in named if _LIMIT.search(text[: one.start]) and role_of(text, one) in (None, "period")]
    for one in named:
        role = role_of(text, one)
        limiting = len(limits) < len(named) or lexicon().negation.search(text) or "unspent" in text.lower()
        if one in limits and limiting and not _RUNS.match(text[one.end :]):
            measures.append(one)
        elif role == "period" or (role is None and (assertion.near or lexicon().clearing.search(text) or measures)):
            periods.append(one)
        elif role in ("sentence", "age"):
            measures.append(one)
    return replace(assertion, periods=tuple(periods), measures=tuple(measures))


_LIMIT = re.compile(
    r"(?:\b(?:above|over|beyond|exceeding|more\s+than|longer\s+than|up\s+to|at\s+most|not\s+more\s+than|no\s+more\s+than|between|über|bis\s+zu|mehr\s+als|höchstens|zwischen)\s+"
    r"(?:(?:\w+\s+){1,2}(?:and|to|und|bis)\s+(?:up\s+to\s+|bis\s+zu\s+)?)?|(?:超过|不超过))$",
    re.IGNORECASE,
)
"""Words before a length of time that make it the limit of a sentence, where another is the period."""
_RUNS = re.compile(r"\W*(?:after|from|following|later|nach|ab)\b", re.IGNORECASE)
_SPELT = "|".join(w for w in sorted(NUMBER_WORDS, key=len, reverse=True) if not w.startswith(("a", "ein", "one")))
_BARE = re.compile(
    rf"(?:\b(?:after|takes?|needs?|is|are|and|or|of|nach|und|sind|beträgt)|[,;])\s+(?:automatically\s+)?(?P<number>\d{{1,2}}|{_SPELT})"
    r"(?=\s*[.,;)]|\s*$|\s+(?:for|if|when|where|on|bei|für|wenn|and|or|und|oder)\b)",
    re.IGNORECASE,
)


def _elliptic(text: str, named: Sequence[Duration]) -> Iterator[Duration]:
    """Numbers that leave out the unit of the length of time before them ("a fine takes five years, prison takes seven")."""
    for match in _BARE.finditer(text):
        before = [one for one in named if one.end <= match.start("number")]
        inside = any(one.start <= match.start("number") < one.end for one in named)
        if before and not inside and before[-1].unit == "years":
            word = match["number"].lower()
            value = float(NUMBER_WORDS.get(word) or word)
            if value <= 30:
                yield Duration(value, "years", match.start("number"), match.end("number"))


def role_of(text: str, duration: Duration) -> str | None:
    """What a length of time measures: `sentence`, `age`, `ago` or `period`; `None` if its neighbours do not tell."""
    before, after = text[max(0, duration.start - 60) : duration.start], text[duration.end : duration.end + 40]
    for role in lexicon().roles:
        if role.before.search(before) or role.after.search(after):
            return role.name
    return None


def dimension_of(assertion: Assertion, understander: Understander) -> str | None:
    """The dimension that a statement is about: what its values say, else what its words point to."""
    values, subjects = assertion.values, assertion.subjects
    if lexicon().unlawful.search(assertion.text):
        return "sanctions"
    if assertion.periods:
        return "waiting_period"
    if len(understander.places(assertion.text)) > 1 and len(assertion.places) == 1 and "foreign" not in subjects:
        return "foreign"
    if values.get("access_exceptions"):
        return "access_exceptions"
    if "repeat" in subjects and (values.get("reoffending") or "exclusion" not in subjects):
        return "reoffending"
    if "exclusion" in subjects and (
        subjects & _EXCLUDED or re.search(r"offen[cs]es|crimes|straftat|罪", assertion.text, re.IGNORECASE)
    ):
        return "exclusions"
    if assertion.denied & {"erasure", "sealing", "expungement", "spent", "set_aside"} and subjects & (
        _EXCLUDED | {"life", "custody"}
    ):
        return "exclusions"
    if assertion.starts and not values.get("trigger"):
        return "period_start"
    if "appeal" in subjects and values.get("trigger") != ["automatic"]:
        return "remedies"
    if values.get("civil_effect"):
        return "civil_effect"
    if "deny" in subjects and subjects & {"employment", "insurance", "education", "housing", "disclose", "deny"}:
        return "civil_effect"
    if values.get("trigger"):
        return "trigger"
    if set(values.get("legal_nature", ())) & {"kept", "erasure", "expungement"} and "repeat" not in subjects:
        return "legal_nature"
    ranked = understander.dimensions(assertion.text)
    if values.get("legal_nature") and (not ranked or ranked[0] in ("legal_nature", "covered_records")):
        return "legal_nature"
    if "juvenile" in subjects and "juveniles" in ranked[:2]:
        return "juveniles"
    return ranked[0] if ranked else ("legal_nature" if values.get("legal_nature") else None)


def _plain_amount(match: re.Match[str]) -> str:
    return (match[1] or match[2]).replace(",", "").rstrip(".")


def amounts_in(text: str) -> list[str]:
    """Sums of money and quantities that a text names, as plain numbers."""
    return [_plain_amount(match) for match in _AMOUNT.finditer(text)]
