"""The user's own texts: read once, kept beside the index, cut into passages at every build.

    added/<collection>/<slug>.json     one document: what was read, its collection, the day it was added; nothing else

They stay on this machine. Removing a collection removes its files; the next build then drops its words from the index.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from corpus.model import Span
from indexer.outline import Part, parts
from indexer.passages import Kind, Passage
from indexer.read import Document, Format, ReadError, read
from indexer.store import IndexUnusable, added_folder

OWN = "own"


@dataclass(frozen=True, slots=True)
class Added:
    """A document as it is kept. Its id is `user/<collection>/<slug>`."""

    collection: str
    slug: str
    added_on: date
    document: Document

    @property
    def id(self) -> str:
        return f"user/{self.collection}/{self.slug}"


def added_passages(folder: Path) -> Iterator[Passage]:
    """The passages of all texts added to the index in `folder`, in the order of their ids."""
    for added in _kept(folder):
        for number, part in enumerate(parts(added.document), start=1):
            yield _passage(added, number, part)


def add(paths: Sequence[Path], folder: Path, collection: str = OWN, added_on: date | None = None) -> list[str]:
    """The ids of the documents added; all are, or none is. A file of the same name takes the place of the earlier one.

    Raises `ReadError`. The index must be built anew before the texts are found.
    """
    place = added_folder(folder) / _collection(collection)
    day = added_on or datetime.now(UTC).date()
    documents = [read(path) for path in paths]
    if twice := _first_repeated([document.name for document in documents]):
        raise ReadError(f"{twice}: two files have this name; rename one or add them to different collections")
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        slugs = _slugs(place, documents)
        fresh = [Added(place.name, slug, day, doc) for slug, doc in zip(slugs, documents, strict=True)]
        _write_all(place, fresh)
    except OSError as error:
        raise ReadError(f"{place}: cannot be written ({error.strerror}); choose another folder with --index") from None
    return [one.id for one in fresh]


def remove(collection: str, folder: Path) -> int:
    """The number of documents removed with their collection. Raises `ReadError` if there is no such collection."""
    name = _collection(collection)
    place = added_folder(folder) / name
    if not place.is_dir():
        known = ", ".join(collections(folder)) or "none"
        raise ReadError(f"{name}: there is no such collection; there is: {known}")
    count = len(list(place.glob("*.json")))
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise ReadError(f"{place}: cannot be removed ({error.strerror}); delete the folder yourself") from None
    return count


def collections(folder: Path) -> dict[str, list[str]]:
    """The names of the documents in each collection."""
    found: dict[str, list[str]] = {}
    for added in _kept(folder):
        found.setdefault(added.collection, []).append(added.document.name)
    return found


# -- names ---------------------------------------------------------------------------------------------------


def _collection(name: str) -> str:
    slug = _slug(name)
    if not slug:
        raise ReadError(f"{name[:40]!r}: is no name for a collection; use letters, digits and hyphens")
    return slug


def _slug(name: str) -> str:
    """The name in lower-case letters, digits and hyphens, at most 60 characters; letters of any script."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded)[:60].strip("-")


def _slugs(place: Path, documents: Sequence[Document]) -> list[str]:
    """A slug for each document: the one it had before, else one that no other document has."""
    taken = {path.stem: _load(path).document.name for path in sorted(place.glob("*.json"))}
    chosen: list[str] = []
    for document in documents:
        base = _slug(document.name.rpartition(".")[0] or document.name) or "text"
        candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        slug = next((slug for slug, name in taken.items() if name == document.name), None)
        slug = slug or next(one for one in candidates if one not in taken)
        taken[slug] = document.name
        chosen.append(slug)
    return chosen


def _first_repeated(names: Sequence[str]) -> str | None:
    return next((name for at, name in enumerate(names) if name in names[:at]), None)


# -- files ---------------------------------------------------------------------------------------------------


def _kept(folder: Path) -> Iterator[Added]:
    for path in sorted(added_folder(folder).glob("*/*.json")):
        yield _load(path)


def _write_all(place: Path, fresh: Sequence[Added]) -> None:
    """Write every file aside, then move all into place, so that a full disk leaves none half added."""
    aside = [(place / f"{one.slug}.json.new", place / f"{one.slug}.json") for one in fresh]
    try:
        for one, (new, _) in zip(fresh, aside, strict=True):
            new.write_text(json.dumps(_plain(one), ensure_ascii=False), encoding="utf-8")
        for new, final in aside:
            new.replace(final)
    finally:
        for new, _ in aside:
            new.unlink(missing_ok=True)
        if not any(place.iterdir()):
            place.rmdir()


def _plain(added: Added) -> dict[str, Any]:
    return {"collection": added.collection, "added_on": added.added_on.isoformat(), "document": asdict(added.document)}


def _load(path: Path) -> Added:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        stored = plain["document"]
        spans = {key: tuple((start, end) for start, end in stored[key]) for key in ("pages", "headings")}
        document = Document(**{**stored, **spans, "format": Format(stored["format"])})
        return Added(path.parent.name, path.stem, date.fromisoformat(plain["added_on"]), document)
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexUnusable(f"{path}: this added text is damaged; delete the file and add the text again") from None


# -- passages ------------------------------------------------------------------------------------------------


def _passage(added: Added, number: int, part: Part) -> Passage:
    document, own_id = added.document, f"{added.id}/{number}"
    heading = part.heading or document.name
    return Passage(
        id=own_id,
        unit=f"{own_id}@",
        jurisdiction="user",
        instrument="",
        citation=_citation(document, number, part),
        heading=heading,
        context=document.name if heading != document.name else "",
        text=document.text[part.start : part.end],
        kind=Kind.USER_TEXT,
        language=document.language,
        span=Span(),
        status="in_force",
        basis="",
        checked_on=added.added_on.isoformat(),
        reviewed_on="",
        url="",
        doubt="",
        source=document.name,
        dimension="",
        jurisdictions=("user",),
        citations=(own_id,),
        search=("", "", ""),
    )


def _citation(document: Document, number: int, part: Part) -> tuple[str, str, str]:
    """The document and the page (PDF), or which part of it this is, in English, German and Chinese."""
    name = document.name
    on = [page for page, (start, end) in enumerate(document.pages, start=1) if start < part.end and part.start < end]
    if not on:
        return f"{name}, part {number}", f"{name}, Teil {number}", f"{name}，第{number}部分"
    if len(on) == 1:
        return f"{name}, p. {on[0]}", f"{name}, S. {on[0]}", f"{name}，第{on[0]}页"
    first, last = on[0], on[-1]
    return f"{name}, pp. {first}–{last}", f"{name}, S. {first}–{last}", f"{name}，第{first}–{last}页"
