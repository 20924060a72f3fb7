"""For a regime that a bill or paper describes: on each dimension that it addresses, the jurisdictions whose law comes nearest.

Distances are taken between typed values alone: lengths of time in months, words such as `automatic`, `yes`, `sealing`. Where a document
names no value that can be compared, or the law of no place has one, there is no counterpart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.analysis_model import Counterpart, ProfileEntry
from app.assertions import role_of
from app.lexicon import lexicon
from app.phrases import amount, shown_value
from corpus.model import Corpus, Position
from indexer.durations import Duration, durations

MOST = 3
_YES_NO = frozenset({"yes", "no", "partly", "silent"})
_MONTHS = {"years": 12.0, "months": 1.0, "weeks": 7 / 30.44, "days": 1 / 30.44}
_FAR = 1.0
"""A place at this distance or beyond is no counterpart."""


def counterparts(
    profile: Sequence[ProfileEntry], corpus: Corpus, as_of: date, language: str, home: str | None = None
) -> tuple[Counterpart, ...]:
    """For each dimension of `profile` at most three places, nearest first; `home`, the place that the document is about, is left out."""
    named = {d: [e.text for e in profile if e.dimension == d] for d in dict.fromkeys(e.dimension for e in profile)}
    said = {dimension: _Said.of(dimension, texts) for dimension, texts in named.items()}
    cells = [p for p in corpus.positions if p.dimension in said and p.span.holds_on(as_of) and p.jurisdiction != home]
    gaps = {(cell.dimension, cell.jurisdiction): said[cell.dimension].distance(cell) for cell in cells}
    found: list[Counterpart] = []
    for dimension, one in said.items():
        near = [c for c in cells if c.dimension == dimension and gaps[dimension, c.jurisdiction] < _FAR]
        near.sort(key=lambda c: (gaps[c.dimension, c.jurisdiction], _overall(gaps, c.jurisdiction), c.jurisdiction))
        found += [_counterpart(cell, one, gaps[dimension, cell.jurisdiction], language) for cell in near[:MOST]]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a document says on one dimension: lengths of time, or words that are values of it."""

    lengths: tuple[Duration, ...]
    values: frozenset[str]

    @classmethod
    def of(cls, dimension: str, texts: Sequence[str]) -> _Said:
        lengths = tuple(_periods(texts)) if dimension == "waiting_period" else ()
        return cls(lengths, frozenset() if lengths else _values(dimension, texts))

    def distance(self, cell: Position) -> float:
        if self.lengths:
            return _between([one.months for one in self.lengths], _lengths(cell))
        return _apart(self.values, cell) if self.values else math.inf

    def shown(self, language: str) -> str:
        if self.lengths:
            return ", ".join(amount(one.value, one.unit, language) for one in self.lengths)
        return ", ".join(shown_value(one, None, language) for one in sorted(self.values))


def _overall(gaps: Mapping[tuple[str, str], float], place: str) -> float:
    """How far a place is on all dimensions together: of equally near ones the more alike regime comes first."""
    own = [min(gap, _FAR) for (_, where), gap in gaps.items() if where == place]
    return sum(own) / len(own)


def _counterpart(cell: Position, said: _Said, gap: float, language: str) -> Counterpart:
    return Counterpart(
        dimension=cell.dimension,
        document_value=said.shown(language),
        jurisdiction=cell.jurisdiction,
        value=shown_value(cell.value, cell.unit, language),
        text=cell.lead.in_language(language),
        id=cell.id,
        citations=tuple(cell.authorities[:3]),
        distance=round(gap, 3),
    )


def _periods(texts: Iterable[str]) -> list[Duration]:
    """The waiting periods that a document names, each length once, shortest first."""
    named = {one.months: one for text in texts for one in durations(text) if role_of(text, one) in ("period", None)}
    return [named[months] for months in sorted(named)]


def _values(dimension: str, texts: Sequence[str]) -> frozenset[str]:
    """The values on a dimension that a document affirms; that it has rules of the kind at all where no word tells more."""
    affirmed = {
        value
        for text in texts
        for value in lexicon().values_in(text).get(dimension, [])
        if value not in lexicon().denied_in(text)
    }
    if affirmed or dimension in ("waiting_period", "period_start", "legal_nature", "trigger", "covered_records"):
        return frozenset(affirmed)
    denied = any(lexicon().absent.search(text) for text in texts)
    return frozenset({"no" if denied else "yes"})


def _lengths(cell: Position) -> list[float]:
    """The typed lengths of time of a cell, in months."""
    listed = [d.value * _MONTHS[d.unit] for d in cell.details if isinstance(d.value, float) and d.unit in _MONTHS]
    return sorted(set(listed))


def _between(said: Sequence[float], held: Sequence[float]) -> float:
    """How far apart two sets of lengths are: the mean of the ratios between each and the nearest of the other set."""
    if not said or not held:
        return math.inf

    def off(one: float, others: Sequence[float]) -> float:
        return min(abs(math.log((one + 1) / (other + 1))) for other in others)

    return (sum(off(one, held) for one in said) / len(said) + sum(off(one, said) for one in held) / len(held)) / 2


def _apart(said: frozenset[str], cell: Position) -> float:
    """The share of values that only one of the two has; "both" is automatic and on petition."""
    held = {cell.value} if isinstance(cell.value, str) else set()
    held |= {d.value for d in cell.details if isinstance(d.value, str)}
    if "both" in held:
        held = (held - {"both"}) | {"automatic", "petition"}
    if said <= _YES_NO and held & {"partly"}:
        return 0.5
    held -= {"mixed", "unknown"}
    return 1 - len(said & held) / len(said | held) if held else math.inf
