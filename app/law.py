"""What the law of a place says on a dimension on a day, in a form that a claim can be held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from app.assertions import role_of
from app.lexicon import lexicon
from app.limits import MONTHS, interval_of, rates_of
from corpus.model import LANGUAGES, Corpus, Position, Provision, Span, Words
from indexer.durations import Duration, durations
from indexer.sentences import sentence_spans
from indexer.tokens import words

_FEDERAL = re.compile(r"\bfederal\b|bundesrecht|bundesgesetz|联邦", re.IGNORECASE)
_STATES = re.compile(r"\bstates?\b|bundesstaaten|各州|一些州|许多州", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """One period of the law: for which cases, how long, and where it stands."""

    months: float
    value: float
    unit: str
    case: str
    """The cases it holds for, in all languages that the corpus has them in."""
    shown: Words | None
    id: str
    quote: str
    span: Span
    english: str = ""
    """The cases in English alone; one of the alternatives where `shown` lists several."""

    @property
    def subjects(self) -> frozenset[str]:
        return _subjects(self.case)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The sentences, in months, that it holds for: more than the first, up to the second."""
        return interval_of(self.english or self.case)

    @property
    def rates(self) -> tuple[float, float] | None:
        """The daily rates of the fines that it holds for."""
        return rates_of(self.english or self.case)

    @property
    def numbers(self) -> frozenset[float]:
        return frozenset(float(n) for n in _NUMBER.findall(self.case))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the law or of our reading of it."""

    id: str
    text: str
    language: str
    dimension: str
    span: Span
    of_law: bool
    """A provision, and not a position."""

    @property
    def subjects(self) -> frozenset[str]:
        return _subjects(self.text)

    @property
    def words(self) -> frozenset[str]:
        return _words(self.text, self.language)

    @property
    def lengths(self) -> tuple[Duration, ...]:
        """The lengths of time that it names, in order."""
        return _lengths(self.text)


@lru_cache(maxsize=60_000)
def _lengths(text: str) -> tuple[Duration, ...]:
    return tuple(sorted(durations(text), key=lambda one: one.start))


@lru_cache(maxsize=20_000)
def _subjects(text: str) -> frozenset[str]:
    return lexicon().subjects_in(text)


@lru_cache(maxsize=20_000)
def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(words(text, language if language in LANGUAGES else "en"))


OFTEN = 4


class Law:
    """The corpus, as claims look at it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @cached_property
    def _having(self) -> frozenset[str]:
        return frozenset(position.jurisdiction for position in self.corpus.positions)

    def places(self, named: Sequence[str], group: bool, text: str = "") -> list[str]:
        """Covered places that a statement is about: themselves, those within them, or all of them for a group.

        A federation's own law is meant where the words say so; its states where they speak of states.
        """
        if group:
            return sorted(self._having)
        found: list[str] = []
        for place in named:
            below = [p for p in self.corpus.family(place) if p in self._having and p != place]
            own = [place] if place in self._having else []
            if below and own:
                found.extend(own if _FEDERAL.search(text) else below if _STATES.search(text) else [*own, *below])
            else:
                found.extend(own or below)
        return list(dict.fromkeys(found))

    @lru_cache(maxsize=128)  # noqa: B019
    def terms(self, place: str) -> frozenset[str]:
        """Natures by whose names the provisions of a place often call what they do."""
        counts: dict[str, int] = {}
        for provision in self.corpus.provisions:
            if provision.jurisdiction == place and provision.language == "en":
                for value in lexicon().values_in(provision.text).get("legal_nature", ()):
                    counts[value] = counts.get(value, 0) + 1
        return frozenset(value for value, count in counts.items() if count >= OFTEN)

    def parts(self, place: str) -> list[str]:
        """The parts of a place that has no law of its own here, the principal one first; none for other places."""
        if place in self._having:
            return []
        return [
            one
            for one in self.corpus.jurisdictions
            if one in self._having and self.corpus.jurisdictions[one].parent == place
        ]

    def parts_meant(self, places: Sequence[str], meant: Mapping[str, str]) -> tuple[str, ...]:
        """The places, a whole without law of its own replaced by the part that the document means, else by the principal one."""
        return tuple(meant.get(place) or next(iter(self.parts(place)), place) for place in places)

    def positions(self, place: str, dimension: str) -> list[Position]:
        """All versions of one cell, the latest first."""
        found = [p for p in self.corpus.positions if p.jurisdiction == place and p.dimension == dimension]
        return sorted(found, key=lambda p: p.span.first or date.min, reverse=True)

    # -- periods -----------------------------------------------------------------------------------------------------

    @lru_cache(maxsize=512)  # noqa: B019  one Law lives as long as the program
    def rules(self, place: str) -> tuple[Rule, ...]:
        """All periods of a place on record, of every time."""
        found: list[Rule] = []
        for dimension in ("waiting_period", "juveniles", "access_exceptions"):
            for position in self.positions(place, dimension):
                found.extend(_rules_of(position))
        return tuple(found)

    def rules_of_provision(self, provision_id: str) -> list[Rule]:
        """Periods that a provision (or what stands below it) names."""
        return [rule for provision in self.corpus.below(provision_id) for rule in _rules_in(provision)]

    # -- sentences ---------------------------------------------------------------------------------------------------

    @lru_cache(maxsize=256)  # noqa: B019
    def lines(self, place: str, language: str) -> tuple[Line, ...]:
        """Every sentence of a place's positions and provisions in `language` (provisions also in English)."""
        found: list[Line] = []
        for position in self.corpus.positions:
            if position.jurisdiction == place:
                found.extend(_lines_of(position, language))
        having = {(p.id, p.span) for p in self.corpus.provisions if p.jurisdiction == place and p.language == language}
        for provision in self.corpus.provisions:
            if provision.jurisdiction != place:
                continue
            if provision.language == language or (
                provision.language == "en" and (provision.id, provision.span) not in having
            ):
                found.extend(_lines_in(provision))
        return tuple(found)

    @cached_property
    def _notes(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        texts = {note.id: f"{note.title} {note.text}" for note in self.corpus.notes}
        return {one: (lexicon().subjects_in(text), frozenset(words(text, "en"))) for one, text in texts.items()}

    def note_words(self, note_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The subjects and the words of a note of commentary."""
        return self._notes[note_id]

    @cached_property
    def vocabulary(self) -> str:
        """All words of provisions, positions and glossary terms in lower case, as one text to look terms up in."""
        texts = [p.text for p in self.corpus.provisions]
        texts += [w.in_language(one) for p in self.corpus.positions for w in (p.lead, p.text) for one in LANGUAGES]
        texts += [name for term in self.corpus.terms for one in LANGUAGES for name in term.names(one)]
        return "\n".join(texts).lower()


def _rules_of(position: Position) -> Iterator[Rule]:
    for detail in position.details:
        if isinstance(detail.value, float) and detail.unit in MONTHS:
            months = detail.value * MONTHS[detail.unit]
            if position.dimension != "waiting_period" and any(
                abs(one.months - months) < 0.1 for one in durations(detail.case.en)
            ):
                continue  # the limit of a sentence ("five years or less"), and no period
            for english, case in _alternatives(detail.case):
                yield Rule(
                    months, detail.value, detail.unit, case, detail.case, detail.authority or position.id,
                    position.lead.en, position.span, english,
                )  # fmt: skip


def _alternatives(case: Words) -> list[tuple[str, str]]:
    """The cases that a line of a table lists, divided by semicolons: each in English, and in all languages together."""
    pieces = [[one.strip() for one in re.split(r"[;；]", case.in_language(language))] for language in LANGUAGES]
    if len({len(one) for one in pieces}) > 1:
        pieces = [[case.in_language(language)] for language in LANGUAGES]
    english = pieces[list(LANGUAGES).index("en")]
    return [(english[n], " ".join(each)) for n, each in enumerate(zip(*pieces, strict=True))]


def _rules_in(provision: Provision) -> Iterator[Rule]:
    for start, end in sentence_spans(provision.text, provision.language):
        sentence = provision.text[start:end]
        for one in durations(sentence):
            case = f"{provision.heading}: {sentence}"
            yield Rule(
                one.months, one.value, one.unit, case, None, provision.id, sentence, provision.span,
            )  # fmt: skip


def is_period(text: str, duration: Duration) -> bool:
    """Whether a length of time in a sentence of law is a period, and not a sentence or an age."""
    return role_of(text, duration) not in ("sentence", "age")


def _lines_of(position: Position, language: str) -> Iterator[Line]:
    lead, text = position.lead.in_language(language), position.text.in_language(language)
    yield Line(position.id, lead, language, position.dimension, position.span, False)
    for start, end in sentence_spans(text, language):
        yield Line(position.id, text[start:end], language, position.dimension, position.span, False)


def _lines_in(provision: Provision) -> Iterator[Line]:
    for start, end in sentence_spans(provision.text, provision.language):
        yield Line(provision.id, provision.text[start:end], provision.language, "", provision.span, True)
