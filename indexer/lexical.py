"""BM25 over units, one index for each language; a unit's heading and search words count more than its text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.passages import DISPLAY_LANGUAGES, Kind, Passage
from indexer.tokens import words

HEADING_WEIGHT = 3
SEARCH_WEIGHT = 2


def unit_words(passages: Sequence[Passage], language: str) -> list[str]:
    """All words of one unit in one language: text once, heading and context more often, search words of that language."""
    found: list[str] = []
    for passage in passages:
        # A position's question is the same for every place: its words tell none from another.
        if passage.kind is not Kind.POSITION:
            found += words(passage.search[DISPLAY_LANGUAGES.index(language)], language) * SEARCH_WEIGHT
        if passage.language == language:
            found += words(passage.text, language)
            found += words(f"{passage.heading} {passage.context}", language) * HEADING_WEIGHT
            if passage.kind is Kind.STATUTE:
                found += words(passage.citation[0], "en")
    return found


class Lexical:
    """One BM25 index: scores of all units for the words of a question."""

    def __init__(self, retriever: Any, size: int) -> None:
        self._retriever = retriever
        self._size = size

    @staticmethod
    def build(documents: Sequence[Sequence[str]]) -> Lexical:
        import bm25s

        retriever = bm25s.BM25(k1=1.2, b=0.6)
        retriever.index([list(document) or ["∅"] for document in documents], show_progress=False)
        return Lexical(retriever, len(documents))

    def save(self, folder: Path) -> None:
        self._retriever.save(str(folder))

    @staticmethod
    def open(folder: Path, size: int) -> Lexical:
        import bm25s

        return Lexical(bm25s.BM25.load(str(folder)), size)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """A score for each unit, 0 where no word is shared."""
        known = [word for word in query if word in self._retriever.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

    def knows(self, word: str) -> bool:
        """Whether any unit holds the word."""
        return word in self._retriever.vocab_dict
