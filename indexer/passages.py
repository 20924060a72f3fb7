"""From the corpus to passages: what can be found, quoted and cited.

A `Passage` is one provision (or position, note, user's text) in one language and one version.
Passages that say the same thing in different languages share a `unit`: the search ranks units, the reader sees passages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.citations import Citations
from corpus.model import LANGUAGES, Corpus, Note, Position, Provision, Span, Term

DISPLAY_LANGUAGES = ("en", "de", "zh")


class Kind(StrEnum):
    """What a passage is, always shown with it."""

    STATUTE = "statute"
    """our restatement of a provision"""
    OFFICIAL_TEXT = "official_text"
    """the publisher's own words"""
    POSITION = "position"
    """our cell of the comparison"""
    COMMENTARY = "commentary"
    USER_TEXT = "user_text"
    """a text that the user has added"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable text. `span` are the days on which it is law; `citations` are the ids it rests on (itself, for a provision)."""

    id: str
    unit: str
    jurisdiction: str
    instrument: str
    citation: tuple[str, str, str]
    """How it is cited, in English, German and Chinese."""
    heading: str
    context: str
    text: str
    kind: Kind
    language: str
    span: Span
    status: str
    basis: str
    checked_on: str
    reviewed_on: str
    url: str
    doubt: str
    source: str
    dimension: str
    jurisdictions: tuple[str, ...]
    citations: tuple[str, ...]
    search: tuple[str, str, str]
    lead: str = ""
    """The one sentence that answers by itself (positions); it is the beginning of `text`."""
    parts: tuple[tuple[str, int, int], ...] = ()
    """Ids of numbered parts of an official text with their character offsets into `text`."""

    def cited_as(self, language: str) -> str:
        return self.citation[DISPLAY_LANGUAGES.index(language)]

    def to_json(self) -> dict[str, Any]:
        """Plain values for the index file."""
        plain = asdict(self)
        plain["span"] = [day.isoformat() if day else None for day in (self.span.first, self.span.last)]
        return plain

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Passage:
        first, last = (date.fromisoformat(day) if day else None for day in plain["span"])
        tuples = {key: tuple(plain[key]) for key in ("citation", "jurisdictions", "citations", "search")}
        tuples["parts"] = tuple((str(one), int(start), int(end)) for one, start, end in plain["parts"])
        return Passage(**{**plain, **tuples, "span": Span(first, last), "kind": Kind(plain["kind"])})


def passages(corpus: Corpus) -> Iterator[Passage]:
    """All passages of the corpus, in its order."""
    citations = Citations(corpus)
    for provision in corpus.provisions:
        yield _of_provision(corpus, citations, provision)
    for position in corpus.positions:
        for language in LANGUAGES:
            yield _of_position(corpus, position, language)
    for note in corpus.notes:
        yield _of_note(note)
    for term in corpus.terms:
        for language in LANGUAGES:
            yield _of_term(term, language)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_provision(corpus: Corpus, citations: Citations, provision: Provision) -> Passage:
    cited = tuple(citations.display(provision.id, language) for language in DISPLAY_LANGUAGES)
    return Passage(
        id=provision.id,
        unit=f"{provision.id}@{_day(provision.span.first)}",
        jurisdiction=provision.jurisdiction,
        instrument=provision.instrument,
        citation=(cited[0], cited[1], cited[2]),
        heading=provision.heading,
        context=provision.context,
        text=provision.text,
        kind=Kind.STATUTE,
        language=provision.language,
        span=provision.span,
        status=provision.status.value,
        basis=provision.basis.value,
        checked_on=_day(provision.checked_on),
        reviewed_on=_day(provision.reviewed_on),
        url=citations.url(provision),
        doubt=provision.doubt,
        source=provision.source,
        dimension="",
        jurisdictions=(provision.jurisdiction,),
        citations=(provision.id,),
        search=provision.search,
    )


_POSITION = {"en": "our comparison", "de": "unser Vergleich", "zh": "本库比较"}


def _of_position(corpus: Corpus, position: Position, language: str) -> Passage:
    dimension = corpus.dimensions[position.dimension]
    place = corpus.jurisdictions[position.jurisdiction].name
    cited = tuple(
        f"{place.in_language(one)}: {dimension.name.in_language(one)} ({_POSITION[one]})" for one in DISPLAY_LANGUAGES
    )
    joint = "" if language == "zh" else " "
    lead, rest = position.lead.in_language(language), position.text.in_language(language)
    return Passage(
        id=position.id,
        unit=f"{position.id}@{_day(position.span.first)}",
        jurisdiction=position.jurisdiction,
        instrument="",
        citation=(cited[0], cited[1], cited[2]),
        heading=dimension.name.in_language(language),
        context=place.in_language(language),
        text=f"{lead}{joint}{rest}",
        kind=Kind.POSITION,
        language=language,
        span=position.span,
        status="in_force",
        basis="",
        checked_on=_day(position.checked_on),
        reviewed_on=_day(position.reviewed_on),
        url="",
        doubt=position.doubt.in_language(language) if position.doubt else "",
        source="",
        dimension=position.dimension,
        jurisdictions=(position.jurisdiction,),
        citations=position.authorities,
        search=(dimension.question.en, dimension.question.de, dimension.question.zh),
        lead=lead,
    )


def _of_note(note: Note) -> Passage:
    return Passage(
        id=note.id,
        unit=f"{note.id}@",
        jurisdiction=note.id.split("/")[0],
        instrument="",
        citation=(note.title, note.title, note.title),
        heading=note.title,
        context="",
        text=note.text,
        kind=Kind.COMMENTARY,
        language="en",
        span=Span(),
        status="in_force",
        basis=note.basis.value,
        checked_on=_day(note.checked_on),
        reviewed_on="",
        url="",
        doubt="",
        source=note.sources,
        dimension=note.dimension or "",
        jurisdictions=note.jurisdictions,
        citations=(note.id,),
        search=note.search,
    )


_GLOSSARY = {"en": "glossary", "de": "Glossar", "zh": "术语表"}


TERM_PREFIX = "x/commentary/term-"


def term_id(term: Term) -> str:
    """A glossary entry is a note of commentary: our words on what a term means."""
    return f"{TERM_PREFIX}{term.id}"


def _of_term(term: Term, language: str) -> Passage:
    names = tuple(f"{term.term.in_language(one)} ({_GLOSSARY[one]})" for one in DISPLAY_LANGUAGES)
    joint = "" if language == "zh" else " "
    warnings = [friend.why.in_language(language) for friend in term.false_friends]
    aliases = [", ".join(term.aliases.get(one, ())) for one in DISPLAY_LANGUAGES]
    return Passage(
        id=term_id(term),
        unit=f"{term_id(term)}@",
        jurisdiction=term.jurisdictions[0] if len(term.jurisdictions) == 1 else "x",
        instrument="",
        citation=(names[0], names[1], names[2]),
        heading=term.term.in_language(language),
        context="",
        text=joint.join([term.definition.in_language(language), *warnings]),
        kind=Kind.COMMENTARY,
        language=language,
        span=Span(),
        status="in_force",
        basis="",
        checked_on="",
        reviewed_on="",
        url="",
        doubt="",
        source="",
        dimension="",
        jurisdictions=term.jurisdictions,
        citations=(term_id(term), *term.authorities),
        search=(aliases[0], aliases[1], aliases[2]),
        lead=term.definition.in_language(language),
    )
