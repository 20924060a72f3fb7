"""The law as data: types, loader and citations. Imports nothing of the other packages."""

from corpus.load import CorpusError, load
from corpus.model import Corpus

__all__ = ["Corpus", "CorpusError", "load"]
