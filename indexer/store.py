"""The index on disk: which files it has, what it remembers of itself, how it is replaced whole.

    manifest.json      format, corpus hash, model, dimension, counts, date
    passages.jsonl     one passage a line
    pieces.jsonl       one embedded stretch a line: passage row, start, end, what it is (text, sentence, asked), hash of its words
    examples.npy       vectors of the questions of corpus/scope.yaml, inside first
    vectors.faiss      one vector for each piece, same order
    bm25-en/ …         one lexical index for each language, over units in the order of their first passage

Only this module knows these names.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embed import Vectors
from indexer.lexical import Lexical
from indexer.passages import DISPLAY_LANGUAGES, Passage
from indexer.split import Stretch

FORMAT = 6
BUILD_COMMAND = "python -m indexer build"


class IndexUnusable(Exception):
    """The index cannot be used; the message names the place, the fault and the command that repairs it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index knows of itself."""

    format: int
    corpus_hash: str
    model: str
    dimension: int
    passages: int
    units: int
    pieces: int
    built_on: str


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One embedded stretch: which passage (row), where, and the hash of the words embedded."""

    passage: int
    start: int
    end: int
    kind: Stretch
    hash: str


class VectorIndex:
    """Exact inner products over the vectors of all pieces (FAISS)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, rows: NDArray[np.int64], count: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Scores and rows of the `count` vectors among `rows` that are nearest to `vector`, nearest first."""
        import faiss

        chosen: Any = faiss.SearchParameters
        near, found = self._index.search(vector[None, :], count, params=chosen(sel=faiss.IDSelectorBatch(rows)))
        there = found[0] >= 0
        return near[0][there], found[0][there]

    def row(self, number: int) -> Vectors:
        return np.asarray(self._index.reconstruct(number), dtype=np.float32)

    def rows(self) -> Vectors:
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32)


@dataclass(frozen=True)
class Stored:
    """An index as read from disk."""

    manifest: Manifest
    passages: tuple[Passage, ...]
    pieces: tuple[PieceRow, ...]
    vectors: VectorIndex
    examples: Vectors
    lexical: dict[str, Lexical]


def default_folder() -> Path:
    """CLEANSLATE_INDEX, or `.index` beside the corpus."""
    chosen = os.environ.get("CLEANSLATE_INDEX")
    return Path(chosen) if chosen else Path(__file__).parent.parent / ".index"


def added_folder(folder: Path) -> Path:
    """Where the user's own texts are kept, outside the part that a build replaces."""
    return folder / "added"


def official_folder(folder: Path) -> Path:
    """Where the publishers' texts are kept, likewise outside the part that a build replaces."""
    return folder / "official"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of the index when the block ends well; otherwise the old index stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("building-*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    try:
        yield aside
        current, old = folder / "current", folder / "old"
        shutil.rmtree(old, ignore_errors=True)
        if current.exists():
            current.rename(old)
        aside.rename(current)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write(
    folder: Path,
    manifest: Manifest,
    passages: Sequence[Passage],
    pieces: Sequence[PieceRow],
    vectors: Vectors,
    examples: Vectors,
) -> None:
    """Everything but the lexical indexes, into `folder`."""
    import faiss

    _write_lines(folder / "passages.jsonl", (passage.to_json() for passage in passages))
    _write_lines(folder / "pieces.jsonl", (list(asdict(piece).values()) for piece in pieces))
    np.save(folder / "examples.npy", examples)
    index = faiss.IndexFlatIP(manifest.dimension)
    index.add(vectors)
    faiss.write_index(index, str(folder / "vectors.faiss"))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")


def lexical_folder(folder: Path, language: str) -> Path:
    return folder / f"bm25-{language}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in `folder`. Raises `IndexUnusable` if there is none or it is of another format."""
    path = folder / "current" / "manifest.json"
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise IndexUnusable(f"{folder}: there is no index; build it with: {BUILD_COMMAND}") from None
    except (ValueError, TypeError):
        raise IndexUnusable(
            f"{path}: the manifest is damaged or of another format; rebuild with: {BUILD_COMMAND}"
        ) from None
    if manifest.format != FORMAT:
        raise IndexUnusable(
            f"{path}: format {manifest.format}, this version reads {FORMAT}; rebuild with: {BUILD_COMMAND}"
        )
    return manifest


def open_index(folder: Path) -> Stored:
    """The whole index. Raises `IndexUnusable` if a part is missing, damaged, or of another size than the manifest says."""
    import faiss

    manifest = read_manifest(folder)
    current = folder / "current"
    try:
        passages = tuple(Passage.from_json(row) for row in _read_lines(current / "passages.jsonl"))
        pieces = tuple(map(_piece, _read_lines(current / "pieces.jsonl")))
        vectors = VectorIndex(faiss.read_index(str(current / "vectors.faiss")))
        examples = np.load(current / "examples.npy")
        lexical = {
            language: Lexical.open(lexical_folder(current, language), manifest.units) for language in DISPLAY_LANGUAGES
        }
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError) as error:
        fault = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise IndexUnusable(f"{current}: the index is damaged ({fault}); rebuild with: {BUILD_COMMAND}") from None
    if (len(passages), len(pieces), vectors.size) != (manifest.passages, manifest.pieces, manifest.pieces):
        raise IndexUnusable(f"{current}: the index is incomplete; rebuild with: {BUILD_COMMAND}")
    return Stored(manifest, passages, pieces, vectors, examples, lexical)


def known_vectors(folder: Path, model: str) -> dict[str, Vectors]:
    """Vectors of an earlier index by the hash of their words, so that only what changed is embedded again."""
    import faiss

    try:
        manifest = read_manifest(folder)
        if manifest.model != model:
            return {}
        rows = [_piece(row) for row in _read_lines(folder / "current" / "pieces.jsonl")]
        index = VectorIndex(faiss.read_index(str(folder / "current" / "vectors.faiss")))
    except (IndexUnusable, OSError, EOFError, ValueError, TypeError, RuntimeError):
        return {}
    if index.size != len(rows):
        return {}
    return {row.hash: vector for row, vector in zip(rows, index.rows(), strict=True)}


def _piece(row: Sequence[Any]) -> PieceRow:
    passage, start, end, kind, digest = row
    return PieceRow(passage, start, end, Stretch(kind), digest)


def _write_lines(path: Path, rows: Iterator[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
