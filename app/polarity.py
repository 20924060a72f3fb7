"""Whether a sentence denies, and whether two sentences contradict each other: which words stand under a negation."""

from __future__ import annotations

import re
from functools import lru_cache

from app.lexicon import lexicon
from indexer.tokens import words

_REACH = 6
"""A negation reaches so many words (in Chinese: characters) ahead, and no further than its clause."""
_CLAUSE = re.compile(
    r"[,;:()，；：。（）]|\b(?:but|and\s+(?:it|they|the)|sondern|aber|while|unless|except|außer)\b", re.IGNORECASE
)
_NO_DENIAL = re.compile(
    r"\bnot only\b|\bno later than\b|\bnot later than\b|\bnot less than\b|\bno longer than\b|\bnot more than\b|\bno more than\b|nicht nur|nicht mehr als"
    r"|不仅|不超过|不满|未满|不得不|\b(?:not|n't)\s+(?:stop|prevent|bar|hinder|affect|preclude|keep)\w*\b|hindert\s+nicht|steht\s+nicht\s+entgegen",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r",\s+(?:die|der|das|den|denen|deren|dessen|welche\w*|wenn|falls|sofern|soweit|solange|which|who|whose|whom|that|if|unless|where)\b[^,.;]*",
    re.IGNORECASE,
)


def denies(text: str) -> bool:
    """Whether a sentence holds a negation or an exclusion."""
    plain = _NO_DENIAL.sub(" ", text)
    exclusion = lexicon().subjects["exclusion"]
    return bool(exclusion.search(plain) or lexicon().negation.search(plain))


def main_clause(text: str) -> str:
    """A sentence without the clauses that only qualify it: their negations deny nothing of what it says."""
    return _BESIDE.sub(" ", text)


@lru_cache(maxsize=20_000)
def negated(text: str, language: str) -> frozenset[str]:
    """The comparable words that stand under a negation."""
    plain = _NO_DENIAL.sub(" ", text)
    found: set[str] = set()
    for match in lexicon().negation.finditer(plain):
        rest = plain[match.end() :]
        cut = _CLAUSE.search(rest)
        ahead = rest[: cut.start()] if cut else rest
        ahead = ahead[: _REACH + 2] if language == "zh" else " ".join(ahead.split()[:_REACH])
        if language == "de":
            before = re.split(r"[,;:()]", plain[: match.start()])[-1]
            ahead = f"{' '.join(before.split()[-2:])} {ahead}"
        found.update(words(ahead, language))
    return frozenset(found)


def opposed(one: str, other: str, language: str) -> bool:
    """Whether one sentence denies a word that the other affirms, and they deny none in common."""
    first, second = negated(one, language), negated(other, language)
    excludes = lexicon().subjects["exclusion"]
    if first & second or (excludes.search(one) and second) or (excludes.search(other) and first):
        return False
    said, held = frozenset(words(one, language)), frozenset(words(other, language))
    return bool((first & (held - second)) | (second & (said - first)))
