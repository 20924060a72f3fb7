"""What every importer returns: the publisher's own words, provision by provision, with where and when they come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_BYTES = 60_000_000
"""The largest file that is read; a whole title of the United States Code has about 40 million bytes."""


class SourceError(Exception):
    """An official text cannot be had or read; the message is one line: place, fault, next step."""


class State(StrEnum):
    """Whether the words of a provision are law on the day of the version."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    PROSPECTIVE = "prospective"
    """enacted, not yet in force on that day"""
    FRONT = "front"
    """no rule: title, formula of enactment, contents, signatures"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which of our instruments a file holds, where it came from and when it was fetched."""

    instrument: str
    url: str
    retrieved_on: date
    language: str = "en"
    part: str = ""
    """Which part of the file is meant, where it holds several laws."""

    @property
    def jurisdiction(self) -> str:
        return self.instrument.split("/")[0]


@dataclass(frozen=True, slots=True)
class OfficialPart:
    """A numbered part within a provision's text, by character offsets."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OfficialProvision:
    """One provision in the publisher's words. `in_force_to` is the last day; dates that the publisher does not give are `None`."""

    id: str
    instrument: str
    number: str
    heading: str
    context: tuple[str, ...]
    """Headings of the parts, chapters or schedules that it stands in, outermost first."""
    text: str
    """One line for each paragraph, list item or table row, in the publisher's order; white space alone is changed."""
    language: str
    extent: str
    in_force_from: date | None
    in_force_to: date | None
    status: State
    url: str
    version_date: date | None
    changed_on: date | None
    """The last change that the publisher names, of the provision or else of the whole law."""
    licence: str
    retrieved_on: date
    notes: tuple[str, ...] = ()
    """Footnotes, notes of amendment and other words of the publisher that are not law."""
    parts: tuple[OfficialPart, ...] = ()

    @property
    def words(self) -> str:
        """Everything that the provision keeps of its source."""
        return "\n".join((*self.context, self.number, self.heading, self.text, *self.notes))


class Lines:
    """A text put together line by line, with the stretch of each numbered part."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._label = ""
        self.parts: list[OfficialPart] = []

    def label(self, words: str) -> None:
        """A number or quotation mark that stands before the next words."""
        joint = "" if not self._label or self._label.endswith("“") else " "
        self._label = f"{self._label}{joint}{words}"

    def say(self, words: str) -> None:
        """One line, if there are words; white space within it is put together."""
        line = " ".join(words.split())
        if not line:
            return
        joint = "" if self._label.endswith("“") or not self._label else " "
        self._put(f"{self._label}{joint}{line}")
        self._label = ""

    def append(self, words: str) -> None:
        """Words that close the last line, such as a quotation mark."""
        if self._lines:
            self._lines[-1] += words
            self._length += len(words)

    def _put(self, line: str) -> None:
        self._length += len(line) + (1 if self._lines else 0)
        self._lines.append(line)

    @contextmanager
    def part(self, part_id: str) -> Iterator[None]:
        """What is said inside is the part `part_id`."""
        start = self._length + (1 if self._lines else 0)
        yield
        if self._label:  # a number without words still stands in the text
            self._put(self._label)
            self._label = ""
        if self._length > start:
            self.parts.append(OfficialPart(part_id, start, self._length))

    @property
    def text(self) -> str:
        if self._label:
            self._put(self._label)
            self._label = ""
        return "\n".join(self._lines)

    def __bool__(self) -> bool:
        return bool(self._lines)


def slug(number: str) -> str:
    """An official number as part of an id: lower case, no symbols ("(1A)" is 1a, "2C:52-5.3" is 2c-52-5.3)."""
    bare = re.sub(r"[^\w.:-]", "", number.strip().lower().strip("()[]“”\"'."))
    return bare.replace(":", "-").strip(".-_")


def section_of(provision_id: str) -> str:
    """The id of the section (of a schedule, its paragraph) that holds a provision."""
    parts = provision_id.split("/")
    return "/".join(parts[: 4 if len(parts) > 3 and parts[2].startswith("sch-") else 3])


def squeezed(words: str) -> str:
    """The words without white space, for comparison."""
    return "".join(words.split())


def coverage(source: Iterable[str], provisions: Iterable[OfficialProvision]) -> float:
    """The share (0 to 1) of the source's characters, white space apart, that the provisions keep.

    A stretch of the source counts as often as it stands in both.
    """
    kept = squeezed("\n".join(provision.words for provision in provisions))
    wanted = Counter(filter(None, map(squeezed, source)))
    full = sum(len(stretch) * count for stretch, count in wanted.items())
    found = sum(len(stretch) * min(count, kept.count(stretch)) for stretch, count in wanted.items())
    return found / full if full else 1.0


def unique(provisions: Iterable[OfficialProvision]) -> tuple[OfficialProvision, ...]:
    """The provisions with numbers that occur twice told apart by a counter (`…/3-bis-2`), so that none is lost."""
    seen: Counter[tuple[str, str, date | None]] = Counter()
    kept = []
    for one in provisions:
        key = (one.id, one.extent, one.in_force_from)
        seen[key] += 1
        kept.append(one if seen[key] == 1 else _renamed(one, f"{one.id}-bis-{seen[key]}"))
    return tuple(kept)


def _renamed(one: OfficialProvision, new: str) -> OfficialProvision:
    from dataclasses import replace

    parts = tuple(replace(part, id=new + part.id[len(one.id) :]) for part in one.parts)
    return replace(one, id=new, parts=parts)
