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


_OUT = re.compile(
    r"\bexclu\w+|\bineligible\b|\bnot\s+eligible\b|\bbarred\b|\bnever\s+(?:be\s+)?(?:seal|expung|eras|clear|spent|set\s+aside|become)\w*|\bcannot\s+(?:ever\s+)?be\s+(?:seal|expung|eras|clear|set)\w*"
    r"|ausgeschlossen|ausgenommen|schließt\b[^,;.]{0,60}\baus\b|排除|除外|(?:不得|不能|不予|无法|不可)(?:予以)?(?:封存|消除)|不在(?:封存|消除)(?:之列|范围)|不(?:适用|属于)封存",
    re.IGNORECASE,
)
_KEPT_IN = re.compile(
    r"\b(?:not|no|none|nothing|never|without|n't|nor|hardly)\b(?:\W+\w+){0,6}\W*$|\b(?:nicht|kein\w*|ohne|weder)\b(?:\W+\w+){0,6}\W*$|(?:没有|不|并未|未|并无|无)(?:任何)?\W?$",
    re.IGNORECASE,
)
_KEPT_AFTER = re.compile(r"^\s*(?:nicht|no\b|nothing\b|none\b|kein\w*)|^(?:任何)?一?类?也?没有", re.IGNORECASE)


def excludes(text: str) -> bool | None:
    """Whether a sentence says that something is left out of the clearing, or that it is not; `None` if it speaks of neither."""
    for match in _OUT.finditer(text):
        before = re.split(r"[,;:，；。：]", text[: match.start()])[-1]
        return not (_KEPT_IN.search(before) or _KEPT_AFTER.search(text[match.end() :]))
    return None


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
