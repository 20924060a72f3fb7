"""The law's types: what the corpus files say, once they are read and found sound.

All types are frozen; languages are the codes `en`, `de`, `zh`; dates are `datetime.date`;
`in_force_to` is the last day in force, `None` means still in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

LANGUAGES = ("en", "de", "zh")


class Basis(StrEnum):
    """How well the restated text was checked."""

    OFFICIAL = "official"
    COPY = "copy"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Status(StrEnum):
    """Whether an enacted provision has been commenced."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the corpus, for error messages."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something holds; open ends are `None`."""

    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Span) -> bool:
        starts_before_end = other.last is None or self.first is None or self.first <= other.last
        ends_after_start = self.last is None or other.first is None or other.first <= self.last
        return starts_before_end and ends_after_start


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the three languages."""

    en: str
    de: str
    zh: str

    def in_language(self, language: str) -> str:
        return {"en": self.en, "de": self.de, "zh": self.zh}[language]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place whose law is in the corpus, or which is known not to be."""

    id: str
    name: Words
    aliases: tuple[str, ...]
    parent: str | None
    languages: tuple[str, ...]
    covered: bool
    checked_on: date | None
    source: str
    missing: Words | None
    """What is not (yet) covered; for places that are not covered at all, why."""
    not_enacted: bool = False
    """The place has no law of this kind: an answer in itself."""
    own_law: tuple[str, ...] = ()
    """Words that say that its own law is meant, and not that of its parts ("federal")."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order or other text that people cite."""

    id: str
    jurisdiction: str
    style: str
    title: Words
    short: str
    names: tuple[str, ...]
    languages: tuple[str, ...]
    url: str
    url_pattern: str | None
    span: Span
    covers: str
    outside: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in one language and one version, in our own words."""

    id: str
    instrument: str
    jurisdiction: str
    language: str
    heading: str
    context: str
    """Heading of the section that the provision belongs to; empty for the section itself."""
    text: str
    span: Span
    status: Status
    basis: Basis
    source: str
    url: str
    checked_on: date
    reviewed_on: date | None
    doubt: str
    search: tuple[str, str, str]
    """Words by which people look for it, English, German, Chinese; never shown as law."""
    cite: str
    place: Place


@dataclass(frozen=True, slots=True)
class Detail:
    """One typed value of a position: a period for a class of cases, with its authority."""

    case: Words
    value: float | str
    unit: str | None
    starts: Words | None
    authority: str


@dataclass(frozen=True, slots=True)
class Position:
    """One cell of the comparison: a jurisdiction on a dimension, on given days."""

    jurisdiction: str
    dimension: str
    span: Span
    value: float | str | tuple[float, ...] | None
    unit: str | None
    details: tuple[Detail, ...]
    lead: Words
    text: Words
    authorities: tuple[str, ...]
    doubt: Words | None
    checked_on: date
    reviewed_on: date | None
    place: Place

    @property
    def id(self) -> str:
        return f"{self.jurisdiction}/position/{self.dimension}"


@dataclass(frozen=True, slots=True)
class Note:
    """A commentary note in our words, with its sources named."""

    id: str
    title: str
    text: str
    kind: str
    dimension: str | None
    jurisdictions: tuple[str, ...]
    about: tuple[str, ...]
    sources: str
    basis: Basis
    checked_on: date
    search: tuple[str, str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """A term that is taken for this one, and why it is not."""

    term: str
    why: Words


@dataclass(frozen=True, slots=True)
class Term:
    """A term of art in three languages."""

    id: str
    term: Words
    aliases: Mapping[str, tuple[str, ...]]
    definition: Words
    jurisdictions: tuple[str, ...]
    authorities: tuple[str, ...]
    false_friends: tuple[FalseFriend, ...]
    place: Place

    def names(self, language: str) -> tuple[str, ...]:
        return (self.term.in_language(language), *self.aliases.get(language, ()))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the fourteen questions by which regimes are compared."""

    id: str
    name: Words
    question: Words
    definition: Words
    cues: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Everyday words for one thing in the three languages."""

    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Corpus:
    """Everything the corpus files say. Built by `corpus.load`, never by hand outside tests."""

    jurisdictions: Mapping[str, Jurisdiction]
    instruments: Mapping[str, Instrument]
    provisions: tuple[Provision, ...]
    positions: tuple[Position, ...]
    notes: tuple[Note, ...]
    terms: tuple[Term, ...]
    dimensions: Mapping[str, Dimension]
    synonyms: tuple[Synonyms, ...]
    styles: Mapping[str, object] = field(default_factory=dict)
    core_terms: tuple[str, ...] = ()
    """Ids of glossary terms that by themselves show that a question is about clearing or disclosing a record."""
    inside: tuple[str, ...] = ()
    """Questions such as the corpus answers, and (`outside`) such as it does not."""
    outside: tuple[str, ...] = ()

    @cached_property
    def _versions(self) -> Mapping[str, tuple[Provision, ...]]:
        found: dict[str, list[Provision]] = {}
        for provision in self.provisions:
            found.setdefault(provision.id, []).append(provision)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def provision_ids(self) -> frozenset[str]:
        return frozenset(self._versions)

    def versions(self, provision_id: str) -> tuple[Provision, ...]:
        """All versions and languages of a provision, in file order; empty if there is none."""
        return self._versions.get(provision_id, ())

    def in_force(self, provision_id: str, day: date) -> tuple[Provision, ...]:
        """The language versions of a provision that are in force on `day`."""
        return tuple(p for p in self.versions(provision_id) if p.span.holds_on(day) and p.status is Status.IN_FORCE)

    def below(self, provision_id: str) -> Iterator[Provision]:
        """The provision itself and everything under it, in file order."""
        prefix = provision_id + "/"
        return (p for p in self.provisions if p.id == provision_id or p.id.startswith(prefix))

    def position(self, jurisdiction: str, dimension: str, day: date) -> Position | None:
        """The cell for a jurisdiction and dimension on `day`, or `None`."""
        for position in self.positions:
            same_cell = position.jurisdiction == jurisdiction and position.dimension == dimension
            if same_cell and position.span.holds_on(day):
                return position
        return None

    def family(self, jurisdiction: str) -> tuple[str, ...]:
        """The jurisdiction and all below it (`uk` holds `uk-ew`, `uk-sct`, …)."""
        children = [j.id for j in self.jurisdictions.values() if j.parent == jurisdiction]
        return (jurisdiction, *(name for child in children for name in self.family(child)))
