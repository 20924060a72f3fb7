"""Build the index: corpus and the user's texts to passages, vectors and lexical indexes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.model import Corpus
from indexer import store
from indexer.added import added_passages
from indexer.embed import Embedder, Vectors
from indexer.lexical import Lexical, unit_words
from indexer.official import official_passages
from indexer.passages import DISPLAY_LANGUAGES, Passage, passages
from indexer.split import Piece, pieces
from indexer.store import Manifest, PieceRow


def build(corpus: Corpus, embedder: Embedder, folder: Path, progress: bool = False) -> Manifest:
    """Write the index of `corpus` and of the texts added under `folder`; only new or changed words are embedded.

    The index is written aside and moved into place, so that an interrupted build leaves the old one whole.
    """
    everything = [*passages(corpus), *official_passages(corpus, folder), *added_passages(folder)]
    cut = [(row, piece) for row, passage in enumerate(everything) for piece in _pieces(corpus, passage, embedder)]
    hashes = [_hash(embedder.name, piece.words) for _, piece in cut]
    vectors = _vectors(
        embedder, [piece.words for _, piece in cut], hashes, store.known_vectors(folder, embedder.name), progress
    )
    rows = [PieceRow(row, p.start, p.end, p.kind, digest) for (row, p), digest in zip(cut, hashes, strict=True)]
    examples = embedder.encode([*corpus.inside, *corpus.outside])
    groups = units(everything)
    manifest = Manifest(
        format=store.FORMAT,
        corpus_hash=content_hash(corpus, everything),
        model=embedder.name,
        dimension=embedder.dimension,
        passages=len(everything),
        units=len(groups),
        pieces=len(rows),
        built_on=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    with store.replacing(folder) as aside:
        store.write(aside, manifest, everything, rows, vectors, examples)
        for language in DISPLAY_LANGUAGES:
            documents = [unit_words([everything[row] for row in group], language) for group in groups]
            Lexical.build(documents).save(store.lexical_folder(aside, language))
    return manifest


def is_current(corpus: Corpus, folder: Path, model: str) -> bool:
    """Whether the index in `folder` was built from this corpus (and the added texts) with this model."""
    try:
        manifest = store.read_manifest(folder)
    except store.IndexUnusable:
        return False
    expected = content_hash(corpus, [*passages(corpus), *official_passages(corpus, folder), *added_passages(folder)])
    return manifest.model == model and manifest.corpus_hash == expected


def units(all_passages: Sequence[Passage]) -> list[list[int]]:
    """Rows of passages that say the same in different languages, in the order of their first passage."""
    groups: dict[str, list[int]] = {}
    for row, passage in enumerate(all_passages):
        groups.setdefault(passage.unit, []).append(row)
    return list(groups.values())


def content_hash(corpus: Corpus, all_passages: Iterable[Passage]) -> str:
    """A hash of everything that the index is made from."""
    digest = hashlib.sha256(json.dumps([corpus.inside, corpus.outside], ensure_ascii=False).encode())
    for passage in all_passages:
        digest.update(json.dumps(passage.to_json(), ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _pieces(corpus: Corpus, passage: Passage, embedder: Embedder) -> Iterable[Piece]:
    """What of a passage is embedded: English alone, since the encoder reads no other language."""
    if passage.language != "en" and passage.kind.value != "user_text":
        return ()
    place = corpus.jurisdictions.get(passage.jurisdiction)
    return pieces(passage, place.name.en if place else "", embedder.token_count, embedder.max_tokens)


def _hash(model: str, words: str) -> str:
    return hashlib.blake2b(f"{model}\n{words}".encode(), digest_size=12).hexdigest()


def _vectors(
    embedder: Embedder, texts: Sequence[str], hashes: Sequence[str], known: dict[str, Vectors], progress: bool
) -> Vectors:
    fresh = {digest: text for text, digest in zip(texts, hashes, strict=True) if digest not in known}
    if fresh:
        known = known | dict(zip(fresh, embedder.encode(list(fresh.values()), progress=progress), strict=True))
    return np.array([known[digest] for digest in hashes], dtype=np.float32).reshape(len(hashes), embedder.dimension)
