"""What publishers offer today of the instruments that are asked for: fetched, unchanged, to be saved by hand, or nowhere.

Whoever names instruments gets all of them or an error. Whoever asks for all gets a line for each: one publisher that is out
of order does not keep the others back, but every instrument is fetched whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from corpus.model import Corpus
from indexer import official
from indexer.fetch import Answer, Fetcher, Unreachable
from indexer.official import Fetched, Kept
from indexer.pull import Received, read
from indexer.sources.addresses import NeedsFile, NoAddress, addresses
from indexer.sources.model import SourceError


class Outcome(StrEnum):
    """What came of asking for an instrument."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    NEEDS_FILE = "needs a file"
    NO_ADDRESS = "no address"
    FAILED = "failed"


@dataclass
class Offered:
    """The files that have changed, and of every instrument what came of it; `why` is a line where nothing was fetched."""

    received: list[Received] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    def lost(self, instrument: str, outcome: Outcome, error: Exception) -> None:
        """Nothing of the instrument is kept."""
        self.received = [one for one in self.received if one.instrument != instrument]
        self.outcomes[instrument] = outcome
        self.why[instrument] = str(error)

    def lines(self) -> list[str]:
        """One line for each instrument that was not fetched, then the numbers."""
        said = [
            f"{instrument}: {outcome.value}{self._because(instrument)}"
            for instrument, outcome in self.outcomes.items()
            if outcome is not Outcome.FETCHED
        ]
        counted = Counter(self.outcomes.values())
        numbers = ", ".join(f"{counted[one]} {one.value}" for one in Outcome if counted[one])
        return [*said, f"{len(self.outcomes)} instruments: {numbers}"]

    def _because(self, instrument: str) -> str:
        why = self.why.get(instrument, "").removeprefix(f"{instrument}: ")
        return f" ({why})" if why else ""


def offered(corpus: Corpus, folder: Path, wanted: Sequence[str], fetcher: Fetcher) -> Offered:
    """The wanted instruments' files that have changed. Raises `SourceError` for the first that cannot be had."""
    found, asking = Offered(), _Asking(corpus, folder, fetcher)
    for instrument in wanted:
        asking.add(instrument, found)
    return found


def all_offered(corpus: Corpus, folder: Path, fetcher: Fetcher) -> Offered:
    """What there is of every instrument. Raises `SourceError` only where no publisher at all can be reached."""
    found, asking = Offered(), _Asking(corpus, folder, fetcher)
    for instrument in corpus.instruments:
        try:
            asking.add(instrument, found)
        except NeedsFile as error:
            found.lost(instrument, Outcome.NEEDS_FILE, error)
        except NoAddress as error:
            found.lost(instrument, Outcome.NO_ADDRESS, error)
        except Unreachable as error:
            if not asking.reached:
                raise
            found.lost(instrument, Outcome.FAILED, error)
        except SourceError as error:
            found.lost(instrument, Outcome.FAILED, error)
    return found


def read_each(corpus: Corpus, found: Offered, day: date) -> list[Kept]:
    """The provisions of every instrument that can be read; of the others `found` says why not."""
    fresh: list[Kept] = []
    for instrument in [one for one, outcome in found.outcomes.items() if outcome is Outcome.FETCHED]:
        try:
            fresh += read(corpus, [one for one in found.received if one.instrument == instrument], day)
        except SourceError as error:
            found.lost(instrument, Outcome.FAILED, error)
    return fresh


@dataclass
class _Asking:
    """Asks publishers, each address once."""

    corpus: Corpus
    folder: Path
    fetcher: Fetcher
    reached: bool = False
    _pages: dict[str, str] = field(default_factory=dict)
    _down: dict[str, SourceError] = field(default_factory=dict)
    _answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    def add(self, instrument: str, found: Offered) -> None:
        """Fetch one instrument whole, and note what came of it."""
        kept = official.kept(self.folder, instrument)
        known = {one.url: one for one in kept.files} if kept else {}
        answers = [self._asked(url, known.get(url)) for url in addresses(self.corpus, instrument, self._page)]
        fresh = [one for one in answers if one.data is not None and not _is_same(one, known.get(one.url))]
        found.received += [Received(instrument, one.url, one.data or b"", one.etag, one.last_modified) for one in fresh]
        found.outcomes[instrument] = Outcome.FETCHED if fresh else Outcome.UNCHANGED

    def _page(self, url: str) -> str:
        if url not in self._pages:
            self._pages[url] = (self._asked(url, None).data or b"").decode("utf-8", errors="replace")
        return self._pages[url]

    def _asked(self, url: str, known: Fetched | None) -> Answer:
        host = url.split("/")[2]
        if host in self._down:  # asked for in vain a moment ago
            raise Unreachable(str(self._down[host]))
        question = (url, known.etag if known else "", known.last_modified if known else "")
        if question not in self._answers:
            try:
                self._answers[question] = self.fetcher.get(*question)
            except Unreachable as error:
                self._down[host] = error
                raise
            self.reached = True
        return self._answers[question]


def _is_same(answer: Answer, known: Fetched | None) -> bool:
    return known is not None and hashlib.sha256(answer.data or b"").hexdigest() == known.sha256
