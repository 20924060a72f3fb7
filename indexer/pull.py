"""Official texts from files or publishers into the index's folder: all of an order's instruments, or none.

What has changed since the last time is told as a diff for each provision, and restatements that were checked before the
publisher's last change are named.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.model import Corpus
from indexer import official
from indexer.official import Fetched, Kept
from indexer.sources import registry
from indexer.sources.match import instruments_of
from indexer.sources.model import MAX_BYTES, OfficialProvision, Origin, SourceError, State, section_of
from indexer.sources.publishers import publisher_of

MAX_FILES = 2_000
_ENDINGS = (".xml", ".txt", ".md", ".docx", ".json", ".htm", ".html", ".pdf")


@dataclass(frozen=True, slots=True)
class Received:
    """One file of an instrument, and what its publisher said of it."""

    instrument: str
    url: str
    data: bytes
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a pull did for one instrument."""

    instrument: str
    provisions: int
    beside: int
    """How many stand beside a restated section: these are indexed, the others kept."""
    coverage: float
    changes: tuple[str, ...]
    stale: tuple[str, ...]


def from_folder(corpus: Corpus, folder: Path, wanted: Sequence[str]) -> list[Received]:
    """The files under `folder` that hold one of the wanted instruments (any, if none is named). Raises `SourceError`."""
    if not folder.is_dir():
        raise SourceError(f"{folder}: is no folder; name the one with the downloaded files")
    paths = [one for one in sorted(folder.rglob("*")) if one.suffix.lower() in _ENDINGS and one.is_file()]
    if len(paths) > MAX_FILES:
        raise SourceError(f"{folder}: holds more than {MAX_FILES:,} files; name the folder of one publisher")
    found = []
    for path in paths:
        if path.stat().st_size > MAX_BYTES:
            continue
        data = path.read_bytes()
        for instrument in instruments_of(data, corpus, path.relative_to(folder)):
            if not wanted or instrument in wanted:
                found.append(Received(instrument, path.name, data))
    missing = sorted(set(wanted) - {one.instrument for one in found})
    if missing or not found:
        named = ", ".join(missing) or "any instrument of the corpus"
        raise SourceError(
            f"{folder}: no file in it holds {named}; put the publisher's file there (a page or PDF under the instrument's "
            "name, such as us-md+crim-proc.html), or leave out --from"
        )
    return found


def read(corpus: Corpus, received: Iterable[Received], day: date) -> list[Kept]:
    """Each instrument's provisions from all its files. Raises `SourceError` naming the file that cannot be read."""
    groups: dict[str, list[Received]] = {}
    for one in received:
        groups.setdefault(one.instrument, []).append(one)
    return [_read_one(corpus, instrument, files, day) for instrument, files in groups.items()]


def _read_one(corpus: Corpus, instrument: str, files: Sequence[Received], day: date) -> Kept:
    provisions: tuple[OfficialProvision, ...] = ()
    fetched = []
    for one in files:
        origin = origin_of(corpus, instrument, one.url, day)
        fresh = registry.read(one.data, origin)
        provisions = official.merged(provisions, fresh)
        # Of an Act with several wordings only those of the place are kept, so the share is measured on all.
        apart = origin.part or instrument.startswith("uk-")
        everything = replace(origin, instrument=f"{instrument.split('-')[0].split('/')[0]}/whole", part="")
        whole = registry.read(one.data, everything) if apart else fresh
        share = registry.kept(one.data, everything if apart else origin, whole)
        digest = hashlib.sha256(one.data).hexdigest()
        fetched.append(Fetched(one.url, digest, one.etag, one.last_modified, round(share, 4)))
    _check_that_it_is_the_law(corpus, instrument, provisions, files[0].url)
    return Kept(instrument, tuple(fetched), provisions)


def origin_of(corpus: Corpus, instrument: str, url: str, day: date) -> Origin:
    """What an importer has to know of a file of the instrument."""
    known = publisher_of(instrument)
    language = (known.language if known else "") or corpus.instruments[instrument].languages[0]
    return Origin(instrument, url, day, language, known.part if known else "")


def _check_that_it_is_the_law(
    corpus: Corpus, instrument: str, provisions: Iterable[OfficialProvision], url: str
) -> None:
    """A page that holds none of the sections that are restated is another page: raises `SourceError`."""
    ours = {section_of(one.id) for one in corpus.provisions if one.instrument == instrument}
    if ours and not ours & {section_of(one.id) for one in provisions}:
        raise SourceError(
            f"{url}: holds none of the provisions of {instrument} that are restated here; look whether the address has changed"
        )


def store(corpus: Corpus, folder: Path, fresh: Sequence[Kept]) -> list[Report]:
    """Keep what was read beside what was there, and say what changed. Nothing is changed if anything fails."""
    before = {one.instrument: official.kept(folder, one.instrument) for one in fresh}
    joined, reports = [], []
    for one in fresh:
        old = before[one.instrument]
        earlier = old.provisions if old else ()
        again = {file.url for file in one.files}
        files = (*(file for file in (old.files if old else ()) if file.url not in again), *one.files)
        joined.append(Kept(one.instrument, files, official.merged(earlier, one.provisions)))
        share = min((file.coverage for file in one.files), default=1.0)
        changes = dict(_changes(earlier, one.provisions)) if old else {}
        stale = (*_stale(corpus, one.provisions), *_overtaken(corpus, one.provisions, changes))
        beside = sum(map(official.beside(corpus), one.provisions))
        reports.append(Report(one.instrument, len(one.provisions), beside, share, tuple(changes.values()), stale))
    official.keep(folder, joined)
    return reports


# -- what changed ----------------------------------------------------------------------------------------------------


def _newest(provisions: Iterable[OfficialProvision]) -> dict[str, OfficialProvision]:
    kept: dict[str, OfficialProvision] = {}
    for one in sorted(provisions, key=lambda one: one.version_date or one.in_force_from or one.retrieved_on):
        if one.status is not State.FRONT:
            kept[one.id] = one
    return kept


def _changes(old: Iterable[OfficialProvision], new: Iterable[OfficialProvision]) -> Iterator[tuple[str, str]]:
    """The id and what is told of each provision whose newest words or state differ: removed and new lines."""
    before, after = _newest(old), _newest(new)
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if now is None or (was is not None and (was.text, was.status) == (now.text, now.status)):
            continue
        if was is None:
            yield key, f"{key}: new"
            continue
        lines = difflib.unified_diff(was.text.split("\n"), now.text.split("\n"), lineterm="", n=0)
        told = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        state = f" ({was.status.value} → {now.status.value})" if was.status is not now.status else ""
        yield key, "\n".join([f"{key}: changed{state}", *(f"  {line[0]} {line[1:]}" for line in told)])


def _stale(corpus: Corpus, provisions: Iterable[OfficialProvision]) -> Iterator[str]:
    """Restated provisions whose check is older than the last change that the publisher names."""
    for key, one in _newest(provisions).items():
        checked = [restated.checked_on for restated in corpus.versions(key) if restated.span.last is None]
        if checked and one.changed_on and one.changed_on > min(checked):
            yield f"check: {one.number} ({key}) changed on {one.changed_on}, restatement checked on {min(checked)}"


def _overtaken(corpus: Corpus, provisions: Iterable[OfficialProvision], changed: Collection[str]) -> Iterator[str]:
    """Restated provisions whose words have changed on a page that does not say when."""
    for key, one in _newest(provisions).items():
        checked = [restated.checked_on for restated in corpus.versions(key) if restated.span.last is None]
        if key in changed and checked and not one.changed_on and one.retrieved_on > min(checked):
            yield f"check: {one.number} ({key}) changed before {one.retrieved_on}, restatement checked on {min(checked)}"


def told(report: Report) -> str:
    """A report as lines for the shell."""
    head = (
        f"{report.instrument}: {report.provisions} provisions, {report.coverage:.2%} of the characters kept, "
        f"{report.beside} beside restated sections"
    )
    return "\n".join([head, *report.changes, *report.stale])


def to_audit(
    corpus: Corpus, folder: Path, saved: Path | None, wanted: Sequence[str]
) -> Iterator[tuple[str, str, tuple[OfficialProvision, ...]]]:
    """Name, instrument and provisions of each official text: of every saved file, or else of each version that was pulled."""
    if saved is not None:
        for one in from_folder(corpus, saved, wanted):
            yield one.url, one.instrument, registry.read(one.data, origin_of(corpus, one.instrument, one.url, date.min))
        return
    texts = [one for one in official.all_kept(folder) if not wanted or one.instrument in wanted]
    if not texts:
        raise SourceError(f"{folder}: holds no official text to compare with; fetch one with: python -m indexer pull")
    for kept in texts:
        for version in dict.fromkeys(one.version_date for one in kept.provisions):
            same = tuple(one for one in kept.provisions if one.version_date == version)
            yield f"version of {version or 'no date'}", kept.instrument, same
