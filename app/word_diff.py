"""What one text has that another has not, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Change = Literal["same", "gone", "new"]
_WORDS = re.compile(r"[一-鿿]|\s+|[^\W一-鿿]+(?:[.’'-][^\W一-鿿]+)*|[^\w\s]")


class Run(NamedTuple):
    """A stretch of text that both have, or only the earlier (`gone`) or the later (`new`)."""

    change: Change
    text: str


def word_diff(earlier: str, later: str) -> list[Run]:
    """The two texts as one list of runs; the runs that are not `gone` are the later text, byte for byte.

    A Chinese character counts as a word.
    """
    before, after = _WORDS.findall(earlier), _WORDS.findall(later)
    runs: list[Run] = []
    for kind, start, end, to_start, to_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(after[to_start:to_end])))
            continue
        if end > start:
            runs.append(Run("gone", "".join(before[start:end])))
        if to_end > to_start:
            runs.append(Run("new", "".join(after[to_start:to_end])))
    return _joined(runs)


def _joined(runs: list[Run]) -> list[Run]:
    """Changes with nothing but a space between them are read as one change."""
    whole: list[Run] = []
    for index, run in enumerate(runs):
        lone_space = run.change == "same" and not run.text.strip() and 0 < index < len(runs) - 1
        whole += [Run("gone", run.text), Run("new", run.text)] if lone_space else [run]
    gathered: list[Run] = []
    gone = new = ""
    for run in [*whole, Run("same", "")]:
        if run.change == "gone":
            gone += run.text
        elif run.change == "new":
            new += run.text
        else:
            gathered += [Run("gone", gone)] * bool(gone) + [Run("new", new)] * bool(new) + [run] * bool(run.text)
            gone = new = ""
    return gathered
