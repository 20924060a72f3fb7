"""From the corpus to an index, and from a question to ranked passages."""

from indexer.build import build
from indexer.search import Hit, Index
from indexer.store import IndexUnusable

__all__ = ["Hit", "Index", "IndexUnusable", "build"]
