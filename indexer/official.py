"""The publishers' texts beside ours: kept for each instrument, cut into passages at every build.

    official/<jurisdiction>+<instrument>.json     every version that was pulled, with source, licence and day of retrieval

A text is law from the day that the publisher gives for it, else from the day of its version, else from the day on which it
was first seen; where our restatement knows since when that wording holds, from then on. It ends where the next version, or a
later version of our restatement, begins.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from corpus.citations import Citations
from corpus.model import Corpus, Span
from indexer.passages import DISPLAY_LANGUAGES, Kind, Passage
from indexer.sources.model import OfficialPart, OfficialProvision, State, section_of
from indexer.store import IndexUnusable, official_folder

_DAYS = ("in_force_from", "in_force_to", "version_date", "changed_on", "retrieved_on")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file as it came: what is needed to ask for it again only if it has changed."""

    url: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """The official texts of one instrument."""

    instrument: str
    files: tuple[Fetched, ...]
    provisions: tuple[OfficialProvision, ...]


# -- files -----------------------------------------------------------------------------------------------------------


def kept(folder: Path, instrument: str) -> Kept | None:
    """What was pulled of an instrument before, or `None`. Raises `IndexUnusable` if the file is damaged."""
    path = _path(folder, instrument)
    return _load(path) if path.exists() else None


def all_kept(folder: Path) -> Iterator[Kept]:
    """Everything that was pulled, in the order of the instruments."""
    for path in sorted(official_folder(folder).glob("*.json")):
        yield _load(path)


def keep(folder: Path, fresh: Sequence[Kept]) -> None:
    """Put all into place, or none: every file is written aside before the first one is moved."""
    place = official_folder(folder)
    place.mkdir(parents=True, exist_ok=True)
    aside = [(_path(folder, one.instrument).with_suffix(".json.new"), _path(folder, one.instrument)) for one in fresh]
    try:
        for one, (new, _) in zip(fresh, aside, strict=True):
            new.write_text(json.dumps(asdict(one), ensure_ascii=False, default=_plain), encoding="utf-8")
        for new, final in aside:
            new.replace(final)
    finally:
        for new, _ in aside:
            new.unlink(missing_ok=True)


def _path(folder: Path, instrument: str) -> Path:
    return official_folder(folder) / f"{instrument.replace('/', '+')}.json"


def _plain(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _load(path: Path) -> Kept:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        provisions = tuple(_provision(one) for one in plain["provisions"])
        return Kept(plain["instrument"], tuple(Fetched(**one) for one in plain["files"]), provisions)
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexUnusable(f"{path}: this official text is damaged; delete the file and pull it again") from None


def _provision(plain: dict[str, Any]) -> OfficialProvision:
    days = {key: date.fromisoformat(plain[key]) if plain[key] else None for key in _DAYS}
    parts = tuple(OfficialPart(**one) for one in plain["parts"])
    lists = {key: tuple(plain[key]) for key in ("context", "notes")}
    return OfficialProvision(**{**plain, **days, **lists, "parts": parts, "status": State(plain["status"])})


# -- versions --------------------------------------------------------------------------------------------------------


def merged(old: Iterable[OfficialProvision], new: Iterable[OfficialProvision]) -> tuple[OfficialProvision, ...]:
    """Old versions and new ones; a version of the same day takes the place of the earlier copy.

    A page that gives no day has a new version where its words differ from those last seen; else the first sight stands.
    """
    found: dict[tuple[object, ...], OfficialProvision] = {}
    seen: dict[tuple[str, str], OfficialProvision] = {}
    for one in (*old, *new):
        dated = one.version_date or one.in_force_from
        last = seen.get((one.id, one.extent))
        if dated or last is None or last.text != one.text:
            found[one.id, one.extent, *((one.version_date, one.in_force_from) if dated else (one.retrieved_on,))] = one
            seen[one.id, one.extent] = one
    return tuple(found.values())


def with_spans(corpus: Corpus, provisions: Iterable[OfficialProvision]) -> Iterator[tuple[OfficialProvision, Span]]:
    """Each provision with the days on which it is law; versions whose words are the same are one."""
    versions: dict[str, list[OfficialProvision]] = {}
    for one in provisions:
        versions.setdefault(one.id, []).append(one)
    for same in versions.values():
        same.sort(key=_seen)
        changed = [one for at, one in enumerate(same) if not at or one.text != same[at - 1].text]
        starts = [_start(corpus, one) for one in changed]
        for at in range(1, len(changed)):  # it did not hold yet on the day on which other words were seen
            if (starts[at] or date.min) <= _seen(changed[at - 1]):
                starts[at] = _seen(changed[at])
        for at, one in enumerate(changed):
            following = starts[at + 1] if at + 1 < len(changed) else None
            yield one, Span(starts[at], _end(corpus, one, starts[at], following))


def _seen(one: OfficialProvision) -> date:
    """The day on which a wording is known to have stood: its version's, else that of its retrieval."""
    return one.version_date or one.in_force_from or one.retrieved_on


def _start(corpus: Corpus, one: OfficialProvision) -> date | None:
    if one.in_force_from:
        return one.in_force_from
    known = [span.first for span in _restated(corpus, one.id) if span.first and span.holds_on(_seen(one))]
    return max(known, default=_seen(one))


def _end(corpus: Corpus, one: OfficialProvision, start: date | None, following: date | None) -> date | None:
    day = max(_seen(one), start or _seen(one))
    later = [span.first for span in _restated(corpus, one.id) if span.first and span.first > day]
    borders = [border - timedelta(days=1) for border in (*later, *([following] if following else []))]
    return min([*borders, *([one.in_force_to] if one.in_force_to else [])], default=None)


def _restated(corpus: Corpus, provision_id: str) -> list[Span]:
    return [one.span for one in corpus.below(provision_id)]


# -- passages --------------------------------------------------------------------------------------------------------


def beside(corpus: Corpus) -> Callable[[OfficialProvision], bool]:
    """Whether a provision stands in a section that is restated. A whole code is kept, but only such sections are searched."""
    restated = {section_of(one.id) for one in corpus.provisions}
    return lambda one: one.status is not State.FRONT and section_of(one.id) in restated


def official_passages(corpus: Corpus, folder: Path) -> Iterator[Passage]:
    """The passages of what was pulled into the index in `folder` beside restated sections: what is, was or will be law."""
    citations, is_beside = Citations(corpus), beside(corpus)
    for one in all_kept(folder):
        if one.instrument in corpus.instruments:
            for provision, span in with_spans(corpus, one.provisions):
                if provision.text and is_beside(provision) and provision.status in (State.IN_FORCE, State.PROSPECTIVE):
                    yield _passage(citations, provision, span)


def _passage(citations: Citations, one: OfficialProvision, span: Span) -> Passage:
    cited = tuple(citations.display(one.id, language) for language in DISPLAY_LANGUAGES)
    version = one.version_date.isoformat() if one.version_date else ""
    place = one.url.split("/")[2] if one.url.startswith("http") else one.url.rpartition("/")[2]
    return Passage(
        id=one.id,
        unit=f"{one.id}@official-{one.extent}-{version}",
        jurisdiction=one.instrument.split("/")[0],
        instrument=one.instrument,
        citation=(cited[0], cited[1], cited[2]),
        heading=one.heading,
        context=" · ".join(one.context),
        text=one.text,
        kind=Kind.OFFICIAL_TEXT,
        language=one.language,
        span=span,
        status="in_force" if one.status is State.IN_FORCE else "not_in_force",
        basis="official",
        checked_on=one.retrieved_on.isoformat(),
        reviewed_on="",
        url=one.url if one.url.startswith("http") else "",
        doubt="",
        source=f"{place}, version of {version or 'no date given'}, retrieved {one.retrieved_on}; {one.licence}",
        dimension="",
        jurisdictions=(one.instrument.split("/")[0],),
        citations=(one.id,),
        search=("", "", ""),
        parts=tuple((part.id, part.start, part.end) for part in one.parts),
    )


def without_day(one: OfficialProvision) -> OfficialProvision:
    """The provision as if retrieved on no day, to compare two retrievals."""
    return replace(one, retrieved_on=date.min)
