"""Numbers that a sentence counts things by ("two felonies", "90 daily rates", "under 18"), for holding two sentences together."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.durations import NUMBER_WORDS, durations
from indexer.tokens import words

_SKIPPED = r"(?:or\s+more|or\s+fewer|or\s+less|prior|other|such|separate|different|oder\s+mehr|frühere\w*|weitere\w*)"
_WORDS = "|".join(
    sorted((w for w in NUMBER_WORDS if w not in ("a", "an") and not w.startswith("ein")), key=len, reverse=True)
)
_COUNT = re.compile(
    rf"(?<![\w§.,:/-])(?P<number>\d{{1,4}}|{_WORDS})\s+(?:{_SKIPPED}\s+)*(?P<noun>[a-zäöüß]{{4,}})", re.IGNORECASE
)
_AGE = re.compile(
    r"(?:under|over|aged?|age\s+of|turn(?:s|ed)?|reach(?:es|ed)?|before|below|unter|über)\s+(?:the\s+age\s+of\s+)?(?P<a>\d\d|sixteen|eighteen|twenty-one|fourteen)(?!\d|[\s-]*(?:years?\s+(?:in|of\s+imp)|months?|days?|%|Monat|Tag))"
    r"|(?P<b>\d\d)\.\s+Lebensjahr|(?P<c>\d\d|十[二四六八]|二十)\s*周?岁",
    re.IGNORECASE,
)  # fmt: skip
_SPELT = {
    "fourteen": 14,
    "sixteen": 16,
    "eighteen": 18,
    "twenty-one": 21,
    "十二": 12,
    "十四": 14,
    "十六": 16,
    "十八": 18,
    "二十": 20,
}


@lru_cache(maxsize=20_000)
def counted(text: str, language: str) -> frozenset[tuple[str, float]]:
    """What a sentence counts and how many: stems of nouns, lengths of time in months, ages."""
    found: set[tuple[str, float]] = {("time", round(one.months, 2)) for one in durations(text)}
    spans = [(one.start, one.end) for one in durations(text)]
    for match in _COUNT.finditer(text):
        if any(start <= match.start("number") < end for start, end in spans):
            continue
        stems = words(match["noun"], language) if language != "zh" else []
        number = match["number"].lower()
        if stems and not (number.isdigit() and 1900 <= int(number) <= 2100):
            found.add((stems[0], float(NUMBER_WORDS.get(number) or number)))
    for match in _AGE.finditer(text):
        raw = (match["a"] or match["b"] or match["c"]).lower()
        found.add(("age", float(_SPELT.get(raw) or (raw if raw.isdigit() else 0))))
    return frozenset(found)


def disagree(one: str, other: str, language: str) -> bool:
    """Whether both sentences count the same kind of thing and have no number of it in common."""
    first, second = counted(one, language), counted(other, language)
    return any(
        not {n for k, n in first if k == kind} & {n for k, n in second if k == kind}
        for kind in {k for k, _ in first} & {k for k, _ in second}
    )


def holds_all(one: str, other: str, language: str) -> bool:
    """Whether `other` names every number that `one` counts by."""
    return counted(one, language) <= counted(other, language)


_UNLIMITED = re.compile(
    r"\bunlimited number|\bany number of|\bno (?:limit|cap)\b|\bno maximum|\bhowever many|\bregardless of (?:the )?number|"
    r"beliebig viele|unbegrenzt viele|ohne Begrenzung der Zahl|不限(?:次数|数量)|(?:次数|数量)不限",
    re.IGNORECASE,
)
LIMITED = re.compile(
    r"\bup to\b|\bat most\b|\bno more than\b|\bnot more than\b|\bmore than\b|\bonly\b|\bhöchstens|\bbis zu|nicht mehr als|不超过|至多|最多",
    re.IGNORECASE,
)
"""Words that make a number a limit."""
COUNTED = frozenset(
    ["feloni", "felon", "misdemeanor", "misdemeanour", "convict", "offens", "offenc", "crime", "verurteil", "straftat"]
)
"""Stems of what the law limits the number of."""


def is_unlimited(text: str) -> bool:
    """Whether a text says that a number has no limit."""
    return _UNLIMITED.search(text) is not None
