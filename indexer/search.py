"""One ranking over all units: encoder and BM25 joined, filtered by place, date and kind.

The encoder compares English with English; BM25 compares the question with the texts of its own language, and its English words
with the English texts. The three are joined by fixed weights (tuned on the tuning part of tests/gold, see `evaluate`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import LANGUAGES, Corpus
from indexer import store
from indexer.build import is_current, units
from indexer.embed import Embedder, SentenceTransformerEmbedder
from indexer.passages import TERM_PREFIX, Kind, Passage, term_id
from indexer.query import Intent, Query, Understander
from indexer.sentences import sentence_spans
from indexer.split import Stretch
from indexer.tokens import words

Scores = NDArray[np.float32]
COMPARED = ("legal_nature", "trigger", "waiting_period", "exclusions", "civil_effect", "access_exceptions")
"""The dimensions of a comparison that names none."""
CELLS = 2
"""Dimensions whose cells are kept among the first five."""
NEAREST = 400
"""Pieces of which the units are scored by the encoder; what lies further away scores 0."""
RIDGE = 0.3
"""Penalty of the topic rule: about a hundred examples stand against 384 dimensions."""
_OF_LAW = (Kind.STATUTE, Kind.OFFICIAL_TEXT)
HOMES = {"de": "de", "zh": "cn"}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each arm counts, and what a match of dimension or pinpoint adds."""

    dense: float = 1.0
    asked: float = 0.3
    """the encoder's nearness to the words by which people ask for a unit, beside that to its text"""
    own_language: float = 0.6
    english: float = 0.4
    alone: float = 0.8
    """BM25 for a question in English, where there is no second language to count"""
    dimension: float = 0.4
    compared: float = 0.6
    """the same where places are compared: then positions are what is asked for"""
    law: float = 0.1
    pinpoint: float = 2.0
    commentary: float = -0.1
    discussion: float = -0.1
    """the same where studies, history or arguments are asked for"""
    term: float = 0.0
    """added to the glossary's entry when a definition is asked for"""
    glossary: float = -0.5
    """added to the glossary's entries otherwise"""
    home: float = 0.4
    """added to German law for a German question, to Chinese law for a Chinese one, that names no place; and to a country's own
    law where the question says that it is meant"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, by character offsets into its text, and how well it answers."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found: its passages (one for each language) and its score."""

    passages: tuple[Passage, ...]
    score: float
    dense: float
    asked: float
    lexical: float

    @property
    def id(self) -> str:
        return self.passages[0].id

    def in_language(self, *languages: str) -> Passage:
        """The passage in the first of `languages` that there is, else the first."""
        for language in languages:
            for passage in self.passages:
                if passage.language == language:
                    return passage
        return self.passages[0]


class Index:
    """An opened index together with the corpus and the encoder it was built with."""

    def __init__(self, corpus: Corpus, stored: store.Stored, embedder: Embedder) -> None:
        self.corpus = corpus
        self.manifest = stored.manifest
        self.passages = stored.passages
        self.embedder = embedder
        self.weights = Weights()
        self._stored = stored
        self._encoded: dict[str, Scores] = {}
        self._groups = units(stored.passages)
        self._unit_of = np.zeros(len(stored.passages), dtype=np.int64)
        for unit, rows in enumerate(self._groups):
            self._unit_of[rows] = unit
        self._piece_units = np.array([self._unit_of[piece.passage] for piece in stored.pieces], dtype=np.int64)
        self._is_asked = np.array([piece.kind is Stretch.ASKED for piece in stored.pieces], dtype=np.bool_)
        self._first = [stored.passages[rows[0]] for rows in self._groups]

    @staticmethod
    def open(corpus: Corpus, folder: Path | None = None, embedder: Embedder | None = None) -> Index:
        """The index in `folder`. Raises `store.IndexUnusable` if it is missing, damaged, stale or of another model."""
        folder = folder or store.default_folder()
        encoder: Embedder = embedder or SentenceTransformerEmbedder()
        stored = store.open_index(folder)
        if stored.manifest.model != encoder.name:
            raise store.IndexUnusable(
                f"{folder}: built with model {stored.manifest.model}, asked for {encoder.name}; rebuild with: {store.BUILD_COMMAND}"
            )
        if not is_current(corpus, folder, encoder.name):
            raise store.IndexUnusable(
                f"{folder}: the corpus has changed since the index was built; rebuild with: {store.BUILD_COMMAND}"
            )
        return Index(corpus, stored, encoder)

    @cached_property
    def understander(self) -> Understander:
        return Understander(self.corpus, self._vocabulary())

    def _vocabulary(self) -> set[str]:
        import re

        found: set[str] = set()
        for passage in self.passages:
            if passage.language in ("en", "de"):
                found.update(re.findall(r"[A-Za-zÄÖÜäöüß]{4,}", f"{passage.heading} {passage.text}"))
            found.update(re.findall(r"[A-Za-zÄÖÜäöüß]{4,}", f"{passage.search[0]} {passage.search[1]}"))
        return found

    @cached_property
    def by_id(self) -> dict[str, tuple[Passage, ...]]:
        """All passages (languages and versions) of each id."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.id, []).append(passage)
        return {key: tuple(value) for key, value in found.items()}

    def beside(self, passage: Passage, day: date) -> Passage | None:
        """The publisher's text of a restated provision in force on `day` (or of what holds it), or the other way round."""
        if passage.kind is Kind.OFFICIAL_TEXT:
            same = [one for one in self.by_id[passage.id] if one.kind is Kind.STATUTE and one.span.holds_on(day)]
            return next((one for one in same if one.language == passage.language), same[0] if same else None)
        if passage.kind is not Kind.STATUTE:
            return None
        parts = passage.id.split("/")
        for depth in range(len(parts), 2, -1):
            for one in self.by_id.get("/".join(parts[:depth]), ()):
                holds = depth == len(parts) or any(part[0] == passage.id for part in one.parts)
                if one.kind is Kind.OFFICIAL_TEXT and holds and one.span.holds_on(day):
                    return one
        return None

    @cached_property
    def places_with_law(self) -> frozenset[str]:
        """Jurisdictions of which there are provisions or positions."""
        return frozenset(
            p.jurisdiction for p in self.passages if p.kind in (Kind.STATUTE, Kind.POSITION, Kind.OFFICIAL_TEXT)
        )

    # -- search --------------------------------------------------------------------------------------------------------

    def search(
        self, query: Query, limit: int = 10, weights: Weights | None = None, kinds: Collection[Kind] = ()
    ) -> list[Hit]:
        """The best units for `query` in force on its date and of the places it names, best first."""
        weights = weights or self.weights
        allowed = self._allowed(query, kinds)
        dense = self.dense_scores(query, allowed)
        lexical = self.lexical_scores(query, weights)
        asked = self.asked_scores(query, allowed)
        total = weights.dense * dense + weights.asked * asked + lexical + self._bonus(query, weights)
        total[~allowed] = -np.inf
        order = np.argsort(-total, kind="stable")[: 4 * limit]
        hits = [
            Hit(
                tuple(self.passages[row] for row in self._groups[unit]),
                float(total[unit]),
                float(dense[unit]),
                float(asked[unit]),
                float(lexical[unit]),
            )
            for unit in order
            if np.isfinite(total[unit])
        ]
        hits = _one_version_each(hits, query.language)
        spread = hits if query.intent is Intent.PINPOINT else _spread(hits)
        return _with_cells(spread, query)[:limit]

    def _allowed(self, query: Query, kinds: Collection[Kind]) -> NDArray[np.bool_]:
        places = {one for place in query.jurisdictions for one in (*self.corpus.family(place), *self._parents(place))}
        mask = np.zeros(len(self._groups), dtype=bool)
        for unit, passage in enumerate(self._first):
            in_force = passage.span.holds_on(query.as_of) and passage.status == "in_force"
            own = passage.kind is Kind.USER_TEXT
            here = _is_wanted(passage, query) if own else not places or _speaks_of(passage, places)
            mask[unit] = in_force and here and (not kinds or passage.kind in kinds)
        for unit, first in self._notes_from:
            mask[unit] &= query.as_of >= first
        return mask

    @cached_property
    def _notes_from(self) -> list[tuple[int, date]]:
        """Notes on law that began before they were written, and the day: before it they speak of what was not law yet."""
        units_of = {passage.id: unit for unit, passage in enumerate(self._first)}
        begun = {
            note.id: max((min(days) for days in map(self._first_days, note.about) if days), default=date.min)
            for note in self.corpus.notes
        }
        return [
            (units_of[note.id], begun[note.id])
            for note in self.corpus.notes
            if note.id in units_of and begun[note.id] <= note.checked_on
        ]

    def _first_days(self, provision_id: str) -> list[date]:
        """The first days of a provision's versions; where no day is given, it has always been law."""
        return [version.span.first or date.min for version in self.corpus.versions(provision_id)]

    @property
    def collections(self) -> frozenset[str]:
        """The names of the collections of the user's own texts."""
        return frozenset(passage.id.split("/")[1] for passage in self.passages if passage.kind is Kind.USER_TEXT)

    def _parents(self, place: str) -> tuple[str, ...]:
        parent = self.corpus.jurisdictions[place].parent if place in self.corpus.jurisdictions else None
        return (parent,) if parent == "uk" else ()

    def dense_scores(self, query: Query, allowed: NDArray[np.bool_]) -> Scores:
        """For each unit the cosine of its best stretch of text with the question's English words; 0 where none was near."""
        return self._nearest(query, allowed[self._piece_units] & ~self._is_asked)

    def asked_scores(self, query: Query, allowed: NDArray[np.bool_]) -> Scores:
        """The same with the words by which people ask for a unit."""
        return self._nearest(query, allowed[self._piece_units] & self._is_asked)

    def _nearest(self, query: Query, pieces: NDArray[np.bool_]) -> Scores:
        scores = np.zeros(len(self._groups), dtype=np.float32)
        rows = np.flatnonzero(pieces)
        if not query.english.strip() or not len(rows):
            return scores
        vector = self._encode(query.english)
        near, found = self._stored.vectors.nearest(vector, rows, min(len(rows), NEAREST))
        np.maximum.at(scores, self._piece_units[found], near)
        return scores

    def lexical_scores(self, query: Query, weights: Weights) -> Scores:
        """BM25 of the question in its own language and of its English words, each scaled by what a full match would give."""
        places = self._place_words(query)
        total = weights.english * self._scaled("en", [w for w in words(query.english, "en") if w not in places])
        if query.asked_in != "en":
            own = [w for w in words(query.question, query.asked_in) if w not in places]
            total = total + weights.own_language * self._scaled(query.asked_in, own)
        else:
            total = total * (weights.alone / weights.english if weights.english else 0.0)
        return np.asarray(total, dtype=np.float32)

    def _place_words(self, query: Query) -> frozenset[str]:
        """Names of the places asked about: the filter uses them, so that the ranking need not."""
        found = [self.corpus.jurisdictions[place] for place in query.jurisdictions]
        names = [
            (name, language)
            for j in found
            for language in LANGUAGES
            for name in (j.name.in_language(language), *j.aliases)
        ]
        return frozenset(word for name, language in names for word in words(name, language))

    def question_vector(self, query: Query) -> Scores | None:
        """The vector of a question's English words, or `None` if it has none."""
        return self._encode(query.english) if query.english.strip() else None

    @property
    def example_vectors(self) -> tuple[Scores, Scores]:
        """Vectors of the questions of corpus/scope.yaml: such as the corpus answers, and such as it does not."""
        inside = len(self.corpus.inside)
        return self._stored.examples[:inside], self._stored.examples[inside:]

    def topic_rule(self, vector: Scores) -> float:
        """Where a question lies on the line that ridge regression draws between the two lists: about 1 inside, -1 outside."""
        middle, weights = self._topic
        return float((vector - middle) @ weights)

    @cached_property
    def _topic(self) -> tuple[Scores, Scores]:
        inside, outside = self.example_vectors
        if not len(inside) or not len(outside):
            nothing = np.zeros(self.manifest.dimension, dtype=np.float32)
            return nothing, nothing
        middle = (inside.mean(axis=0) + outside.mean(axis=0)) / 2
        centred = np.vstack([inside, outside]) - middle
        targets = np.array([1.0] * len(inside) + [-1.0] * len(outside))
        # The dual form: as many unknowns as examples, which are fewer than dimensions.
        dual = np.linalg.solve(centred @ centred.T + RIDGE * np.eye(len(centred)), targets)
        return middle, np.asarray(centred.T @ dual, dtype=np.float32)

    def _scaled(self, language: str, tokens: Sequence[str]) -> Scores:
        scores = self._stored.lexical[language].scores(list(dict.fromkeys(tokens)))
        top = float(scores.max(initial=0.0))
        return scores / top if top > 0 else scores

    def _bonus(self, query: Query, weights: Weights) -> Scores:
        cited = {citation.id for citation in query.citations if citation.id}
        defined = {term_id(term) for term in query.terms} if query.intent is Intent.DEFINE else set()
        compared = query.intent is Intent.COMPARE
        wanted = query.dimensions or (COMPARED if compared else ())
        weight = weights.compared if compared else weights.dimension
        home = HOMES.get(query.asked_in) if not query.jurisdictions else None
        bonus = np.zeros(len(self._groups), dtype=np.float32)
        for unit, passage in enumerate(self._first):
            if passage.id in defined:
                bonus[unit] += weights.term
            elif passage.id.startswith(TERM_PREFIX):
                bonus[unit] += weights.glossary
            if passage.jurisdiction == home or passage.jurisdiction in query.own_law:
                bonus[unit] += weights.home
            if passage.kind is Kind.POSITION and passage.dimension in wanted:
                bonus[unit] += weight / (1 + wanted.index(passage.dimension))
            if passage.kind is Kind.COMMENTARY:
                bonus[unit] += weights.discussion if query.discussion else weights.commentary
            if passage.instrument in query.laws:
                bonus[unit] += weights.law
            if any(passage.id == one or passage.id.startswith(one + "/") for one in cited):
                bonus[unit] += weights.pinpoint - 0.01 * passage.id.count("/")
        return bonus

    def _encode(self, text: str) -> Scores:
        """The vector of a question; search and choice of sentences ask for the same one."""
        known = self._encoded.get(text)
        if known is None:
            known = np.asarray(self.embedder.encode([text])[0], dtype=np.float32)
            self._encoded.clear()
            self._encoded[text] = known
        return known

    # -- sentences -------------------------------------------------------------------------------------------------------

    def best_sentences(self, query: Query, hit: Hit, language: str) -> list[Sentence]:
        """The sentences of a hit's passage in `language`, best first: by the encoder where English, else by shared words.

        Where both languages have the same number of sentences, the encoder's judgement carries over from English.
        """
        passage = hit.in_language(language)
        spans = sentence_spans(passage.text, passage.language)
        shared = self._shared_words(query, passage, spans)
        english = hit.in_language("en")
        meaning = self._meaning(query, english)
        if passage.language != "en" and len(meaning) != len(spans):
            meaning = {}
        scored = [
            Sentence(start, end, meaning.get(at, 0.0) + 0.5 * shared[at] + (0.05 if at == 0 else 0.0))
            for at, (start, end) in enumerate(spans)
        ]
        return sorted(scored, key=lambda sentence: -sentence.score)

    def _meaning(self, query: Query, english: Passage) -> dict[int, float]:
        if english.language != "en" or not query.english.strip():
            return {}
        spans = {span: at for at, span in enumerate(sentence_spans(english.text, "en"))}
        vector = self._encode(query.english)
        row = self._row_of[english.unit, english.language]
        found: dict[int, float] = {}
        for piece in self._pieces_of[row]:
            stretch = self._stored.pieces[piece]
            at = spans.get((stretch.start, stretch.end))
            if at is not None and stretch.kind is Stretch.SENTENCE:
                found[at] = float(np.dot(vector, self._stored.vectors.row(piece)))
        return found

    @cached_property
    def _row_of(self) -> dict[tuple[str, str], int]:
        return {(passage.unit, passage.language): row for row, passage in enumerate(self.passages)}

    @cached_property
    def _pieces_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {row: [] for row in range(len(self.passages))}
        for piece, stretch in enumerate(self._stored.pieces):
            found[stretch.passage].append(piece)
        return found

    def _shared_words(self, query: Query, passage: Passage, spans: Sequence[tuple[int, int]]) -> list[float]:
        """For each sentence the share of the question's words that it holds, rare words counting more."""
        source = query.question if passage.language == query.asked_in else query.english
        asked = set(words(source, passage.language)) if passage.language in ("en", "de", "zh") else set()
        held = [set(words(passage.text[start:end], passage.language)) for start, end in spans]
        weight = {word: 1.0 / (1 + sum(word in one for one in held)) for word in asked}
        full = sum(weight.values()) or 1.0
        return [sum(weight[word] for word in asked & one) / full for one in held]

    def coverage(self, query: Query, hits: Sequence[Hit]) -> float:
        """The share of the question's English words, weighted by rarity, that the hits hold between them (0 to 1)."""
        asked = {word for word in words(query.english, "en") if not word.isdigit()}
        held: set[str] = set()
        for hit in hits:
            passage = hit.in_language("en")
            held.update(words(f"{passage.text} {passage.heading} {passage.context} {passage.search[0]}", "en"))
        weight = {word: self._rarity(word) for word in asked}
        full = sum(weight.values())
        return sum(weight[word] for word in asked & held) / full if full else 0.0

    def _rarity(self, word: str) -> float:
        counts, size = self._document_frequency, len(self._groups)
        return float(np.log(1 + size / (1 + counts.get(word, 0))))

    @cached_property
    def _document_frequency(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for rows in self._groups:
            held: set[str] = set()
            for row in rows:
                passage = self.passages[row]
                if passage.language == "en":
                    held.update(words(f"{passage.text} {passage.heading} {passage.search[0]}", "en"))
            for word in held:
                counts[word] = counts.get(word, 0) + 1
        return counts


def _speaks_of(passage: Passage, places: set[str]) -> bool:
    """Whether a passage is of one of the places; a glossary entry of no place in particular is of all."""
    general = passage.kind is Kind.COMMENTARY and not passage.jurisdictions
    return general or bool(places.intersection(passage.jurisdictions))


def _with_cells(hits: list[Hit], query: Query) -> list[Hit]:
    """The comparison's cells for what is asked stand among the first five, where they were found at all."""
    for dimension in query.dimensions[:CELLS]:
        cell = next(
            (hit for hit in hits if hit.passages[0].dimension == dimension and hit.passages[0].kind is Kind.POSITION),
            None,
        )
        if cell is not None and hits.index(cell) > 4 and query.jurisdictions:
            hits = [hit for hit in hits if hit is not cell]
            hits.insert(3, cell)
    return hits


def _spread(hits: list[Hit], most: int = 2) -> list[Hit]:
    """No more than `most` neighbours of one section ahead of what stands elsewhere; the others follow."""
    seen: dict[str, int] = {}
    first: list[Hit] = []
    later: list[Hit] = []
    for hit in hits:
        section = "/".join(hit.id.split("/")[:3]) if hit.passages[0].kind in _OF_LAW else hit.id
        seen[section] = seen.get(section, 0) + 1
        (first if seen[section] <= most else later).append(hit)
    return first + later


def _is_wanted(own: Passage, query: Query) -> bool:
    """Whether a text of the user's own is in a collection that is to be searched."""
    return query.collections is None or own.id.split("/")[1] in query.collections


def _one_version_each(hits: list[Hit], language: str) -> list[Hit]:
    """One hit for each id, where the best stands: the publisher's words if the reader reads them, else our restatement."""
    chosen: dict[str, Hit] = {}
    for hit in hits:
        first = chosen.setdefault(hit.id, hit)
        kinds = (first.passages[0].kind, hit.passages[0].kind)
        readable = Kind.OFFICIAL_TEXT in kinds and any(
            one.passages[0].kind is Kind.OFFICIAL_TEXT and one.passages[0].language == language for one in (first, hit)
        )
        wanted = Kind.OFFICIAL_TEXT if readable else Kind.STATUTE
        if hit.passages[0].kind is wanted and first.passages[0].kind is not wanted:
            chosen[hit.id] = replace(hit, score=first.score)
    return list(chosen.values())
