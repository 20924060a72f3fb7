"""Errors that a user can mend: one line each that names the place, the fault and the next step."""

from __future__ import annotations

from corpus.load import CorpusError
from indexer.embed import ModelError
from indexer.store import IndexUnusable

__all__ = ["CorpusError", "IndexUnusable", "InputError", "ModelError", "RuleConflict", "one_line"]


class InputError(Exception):
    """What the user gave cannot be used; the message says why and what to give instead."""


class RuleConflict(Exception):
    """Two rows of a rule book hold for the same facts and give different days; both are named."""


def one_line(error: Exception) -> str:
    """The error as one line for the shell or the page."""
    if isinstance(error, CorpusError):
        more = f" (and {len(error.faults) - 1} more; list them with: python -m corpus)" if len(error.faults) > 1 else ""
        return f"{error.faults[0]}{more}"
    return " ".join(str(error).split())
