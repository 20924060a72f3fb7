"""The words of corpus/analysis.yaml as patterns: what tells the statements of a document apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import corpus
from corpus.yaml_text import read_yaml

PATH = Path(corpus.__file__).parent / "analysis.yaml"
_NOTHING = r"(?!)"


@dataclass(frozen=True, slots=True)
class ValueWord:
    """Words that assert a value on a dimension."""

    dimension: str
    value: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Role:
    """Words before or behind a length of time that tell what it measures."""

    name: str
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """All patterns, ready to search with."""

    crime: re.Pattern[str]
    clearing: re.Pattern[str]
    strict: re.Pattern[str]
    weak: re.Pattern[str]
    elsewhere: re.Pattern[str]
    short_forms: re.Pattern[str]
    modality: Mapping[str, re.Pattern[str]]
    statistic: re.Pattern[str]
    anecdote: re.Pattern[str]
    law_verb: re.Pattern[str]
    strong_verb: re.Pattern[str]
    change: re.Pattern[str]
    evaluative: re.Pattern[str]
    absolute: re.Pattern[str]
    stricter: re.Pattern[str]
    graded: re.Pattern[str]
    introduces: re.Pattern[str]
    anaphora: re.Pattern[str]
    unlawful: re.Pattern[str]
    private: re.Pattern[str]
    asking: re.Pattern[str]
    universal: re.Pattern[str]
    exclusive: re.Pattern[str]
    necessity: re.Pattern[str]
    partial: re.Pattern[str]
    negation: re.Pattern[str]
    punishes: re.Pattern[str]
    ended: re.Pattern[str]
    reversed: re.Pattern[str]
    extent: re.Pattern[str]
    equates: tuple[str, ...]
    """Templates with places for two terms."""
    groups: re.Pattern[str]
    these_laws: re.Pattern[str]
    mentions: re.Pattern[str]
    absent: re.Pattern[str]
    roles: tuple[Role, ...]
    values: tuple[ValueWord, ...]
    starts: tuple[ValueWord, ...]
    subjects: Mapping[str, re.Pattern[str]]

    def subjects_in(self, text: str) -> frozenset[str]:
        """Ids of what a text speaks of (fines, employers, sexual offences, …)."""
        return frozenset(name for name, pattern in self.subjects.items() if pattern.search(text))

    def values_in(self, text: str) -> dict[str, list[str]]:
        """For each dimension the values that a text's words assert, in order."""
        found: dict[str, list[str]] = {}
        for word in self.values:
            if word.pattern.search(text) and word.value not in found.get(word.dimension, []):
                found.setdefault(word.dimension, []).append(word.value)
        return found

    def denied_in(self, text: str) -> frozenset[str]:
        """Values that a text denies ("is not destroyed"): a negation stands before them in the same clause."""
        denied: dict[str, list[bool]] = {}
        for word in self.values:
            for match in word.pattern.finditer(text):
                before = re.split(r"[,;:，；。：]", text[max(0, match.start() - 45) : match.start()])[-1]
                denials = list(self.negation.finditer(before))
                near = bool(denials) and _is_near(before[denials[-1].end() :])
                denied.setdefault(word.value, []).append(near or match.group().lower() == "unspent")
        found = {value for value, each in denied.items() if all(each)}
        return frozenset(found)


def _is_near(between: str) -> bool:
    """Whether a negation still reaches a word: at most four words, or eight Chinese characters, stand between."""
    han = sum("\u4e00" <= char <= "\u9fff" for char in between)
    return han <= 8 if han else len(between.split()) <= 4


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The patterns of corpus/analysis.yaml."""
    raw: dict[str, Any] = read_yaml(PATH.read_text(encoding="utf-8"))
    topic, modality = raw["topic"], raw["modality"]
    return Lexicon(
        crime=_pattern(topic["crime"]),
        clearing=_pattern(topic["clearing"]),
        strict=_pattern(topic["strict"]),
        weak=_pattern(topic["weak"]),
        elsewhere=_pattern(raw["elsewhere"], case=True),
        short_forms=_pattern(raw["short_forms"]),
        modality={name: _pattern(words) for name, words in modality.items()},
        **{name: _pattern(raw[name]) for name in _SINGLE},
        equates=tuple(_list(raw["equates"]["latin"]) + _list(raw["equates"]["han"])),
        roles=tuple(
            Role(name, _joined([one["before"]]), _joined([one["after"]])) for name, one in raw["roles"].items()
        ),
        values=tuple(_value(one, one["dimension"]) for one in raw["values"]),
        starts=tuple(_value(one, "period_start") for one in raw["starts"]),
        subjects={name: _pattern(words) for name, words in raw["subjects"].items()},
    )


_SINGLE = (
    "statistic",
    "anecdote",
    "law_verb",
    "strong_verb",
    "change",
    "evaluative",
    "absolute",
    "stricter",
    "graded",
    "introduces",
    "anaphora",
    "unlawful",
    "private",
    "asking",
    "universal",
    "exclusive",
    "necessity",
    "partial",
    "negation",
    "punishes",
    "ended",
    "reversed",
    "extent",
    "groups",
    "these_laws",
    "mentions",
    "absent",
)


def _value(raw: Mapping[str, str], dimension: str) -> ValueWord:
    return ValueWord(dimension, raw["value"], _pattern(raw))


def _pattern(raw: Mapping[str, Any], case: bool = False) -> re.Pattern[str]:
    """Latin alternatives as whole words, Chinese ones anywhere."""
    latin, han = _list(raw.get("latin")), _list(raw.get("han"))
    pieces = [rf"(?<!\w)(?:{one})(?!\w)" if not one.endswith("$") else one for one in latin] + han
    return re.compile("|".join(pieces) or _NOTHING, 0 if case else re.IGNORECASE)


def _joined(pieces: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(pieces), re.IGNORECASE)


def _list(raw: Any) -> list[str]:
    return [raw] if isinstance(raw, str) else list(raw or ())
