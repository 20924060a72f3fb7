"""The typed waiting periods of the comparison, and the kinds of case that their words name. No period stands here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.model import Corpus, Detail

DIMENSION = "waiting_period"
_IN_YEARS: Mapping[str, float] = {"years": 1, "months": 1 / 12, "weeks": 7 / 365.25, "days": 1 / 365.25}

CLASSES: Mapping[str, str] = {
    "felony": r"felon|indict|\bcrimes?\b(?!.*convention)",
    "misdemeanour": r"misdemean|d[ée]lit|summary|disorderly",
    "minor": r"infraction|violation|contravention|petty|traffic|ordinance|endorsement",
    "fine": r"\bfines?\b|monetary penalty",
    "custody": r"custod|prison|imprison|\bjail|deprivation of liberty|detention|youth sentence",
    "community": r"community|probation|supervision|suspended|conditional (?:sentence|discharge)|\border\b",
    "no_conviction": r"acquit|dismiss|without conviction|arrest|nolle|caution|no charge|without a charge|without charge|diversion|deferr|no indictment"
    r"|alternatives to prosecution",
    "drugs": r"drug|marijuana|cannabis",
    "sexual": r"sex",
    "young": r"under 18|under eighteen|under twenty|under 2\d|juvenile|minor\b|youth",
}
"""Words of the English case by which it is found under a class. A case may stand under several, or under none."""
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in CLASSES.items()}


@dataclass(frozen=True, slots=True)
class Wait:
    """One typed period: the place, the case, and its length in years; `None` where the law gives no number."""

    place: str
    detail: Detail
    years: float | None
    classes: tuple[str, ...]


def waits(corpus: Corpus, day: date, wanted: str = "", places: tuple[str, ...] = ()) -> Iterator[Wait]:
    """The periods of the positions of `day`, jurisdiction by jurisdiction; of one class or some places if they are named."""
    for place in corpus.jurisdictions:
        position = corpus.position(place, DIMENSION, day) if not places or place in places else None
        for detail in position.details if position else ():
            one = Wait(place, detail, _years(detail), _classes(detail.case.en))
            if not wanted or wanted in one.classes:
                yield one


def _years(detail: Detail) -> float | None:
    if isinstance(detail.value, str) or detail.unit is None or detail.unit not in _IN_YEARS:
        return None
    return detail.value * _IN_YEARS[detail.unit]


def _classes(case: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _PATTERNS.items() if pattern.search(case))
