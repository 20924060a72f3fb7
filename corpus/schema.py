"""What the YAML files may contain: one strict shape for each kind of file.

Unknown keys and wrong types are faults. `load.py` turns these shapes into the types of `model.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from corpus.model import Basis, Words


class Shape(BaseModel):
    """A mapping in a corpus file; unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def _one_line(value: object) -> object:
    """Folded YAML blocks end lines where the editor did; the words do not."""
    return " ".join(value.split()) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_one_line)]


def _empty_list(value: object) -> object:
    return [] if value is None else value


class ThreeLanguages(Shape):
    en: Annotated[Line, Field(min_length=1)]
    de: Annotated[Line, Field(min_length=1)]
    zh: Annotated[Line, Field(min_length=1)]

    def words(self) -> Words:
        return Words(self.en, self.de, self.zh)


class WordLists(Shape):
    en: Annotated[list[str], BeforeValidator(_empty_list)] = []
    de: Annotated[list[str], BeforeValidator(_empty_list)] = []
    zh: Annotated[list[str], BeforeValidator(_empty_list)] = []

    def lists(self) -> dict[str, tuple[str, ...]]:
        return {"en": tuple(self.en), "de": tuple(self.de), "zh": tuple(self.zh)}


class JurisdictionShape(Shape):
    id: Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]{2,3})?$")]
    parent: str | None = None
    name: ThreeLanguages
    aliases: list[str] = []
    own_law: list[str] = []
    languages: list[Literal["en", "de", "zh", "fr", "nl"]]
    covered: bool
    checked_on: date | None = None
    source: Line = ""
    missing: ThreeLanguages | None = None
    not_enacted: bool = False


class State(Shape):
    name: ThreeLanguages
    aliases: list[str] = []


class Elsewhere(Shape):
    countries: dict[str, list[str]]
    states: dict[str, State]


class JurisdictionsFile(Shape):
    jurisdictions: list[JurisdictionShape]
    elsewhere: Elsewhere


class InstrumentShape(Shape):
    id: Annotated[str, Field(pattern=r"^[a-z-]+/[a-z0-9-]+$")]
    style: str
    title: ThreeLanguages
    short: str
    names: Annotated[list[str], Field(min_length=1)]
    languages: Annotated[list[Literal["en", "de", "zh", "fr", "nl"]], Field(min_length=1)]
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    url_pattern: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    covers: Line = ""
    outside: Line = ""


class InstrumentsFile(Shape):
    instruments: list[InstrumentShape]


Word = Literal[
    "automatic", "petition", "both", "none",
    "sealing", "expungement", "spent", "erasure", "set_aside", "concealment", "limited_access", "mixed",
    "yes", "no", "partly", "silent", "unknown",
    "extends", "restarts", "blocks", "unseals",
]  # fmt: skip
Unit = Literal["years", "months", "days"]


def _yes_no(value: object) -> object:
    """YAML reads a bare yes or no as a truth value; here they are words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class DetailShape(Shape):
    case: ThreeLanguages
    value: Annotated[Word | float | str, BeforeValidator(_yes_no)]
    unit: Unit | None = None
    starts: ThreeLanguages | None = None
    authority: str


class PositionShape(Shape):
    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    value: Annotated[Word | float | list[float], BeforeValidator(_yes_no)]
    unit: Unit | None = None
    details: list[DetailShape] = []
    lead: ThreeLanguages
    text: ThreeLanguages
    authorities: Annotated[list[str], Field(min_length=1)]
    doubt: ThreeLanguages | None = None


class PositionsFile(Shape):
    jurisdiction: str
    checked_on: date
    reviewed_on: date | None = None
    positions: dict[str, Annotated[list[PositionShape], Field(min_length=1)]]


class DimensionShape(Shape):
    id: str
    name: ThreeLanguages
    question: ThreeLanguages
    definition: ThreeLanguages
    cues: WordLists


class DimensionsFile(Shape):
    dimensions: list[DimensionShape]


class FalseFriendShape(Shape):
    term: str
    why: ThreeLanguages


class TermShape(Shape):
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    term: ThreeLanguages
    aliases: WordLists = WordLists()
    definition: ThreeLanguages
    jurisdictions: list[str] = []
    authorities: list[str] = []
    false_friends: list[FalseFriendShape] = []


class GlossaryFile(Shape):
    terms: list[TermShape]


class VocabularyFile(Shape):
    words: list[WordLists]


class ScopeFile(Shape):
    core: list[str]
    inside: Annotated[list[str], Field(min_length=1)]
    outside: Annotated[list[str], Field(min_length=1)]


class LawHeader(Shape):
    """Front matter of a law's file."""

    instrument: str
    language: Literal["en", "de", "zh", "fr", "nl"]
    checked_on: date
    basis: Basis
    source: Line
    reviewed_on: date | None = None


class ProvisionKeys(Shape):
    """The lines under a provision's heading."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    basis: Basis | None = None
    source: Line = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    cite: str = ""
    status: Literal["in_force", "not_in_force"] = "in_force"
    doubt: Line = ""
    search: str = ""


class NotesHeader(Shape):
    jurisdiction: str
    language: Literal["en"] = "en"
    checked_on: date
    reviewed_on: date | None = None


class NoteKeys(Shape):
    kind: Literal["history", "argument", "study", "practice", "article"]
    dimension: str | None = None
    jurisdictions: str = ""
    about: str = ""
    sources: Line
    basis: Basis
    search: str = ""
