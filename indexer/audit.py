"""Our restatement compared with the publisher's text: numbers, days, lengths of time, references, and what is in force.

What a restatement names must stand in the official text of the same section; what the official provision names should stand
in some restatement of it. A difference is a question to a reader, not a verdict: a restatement may name a date of change
that the text itself does not bear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.citations import Citations, Pinpoint
from corpus.model import Corpus, Provision, Status
from indexer import figures
from indexer.foreign import in_english_figures
from indexer.sources.model import OfficialProvision, State, section_of

_NAMED: tuple[tuple[str, Callable[[str], Iterable[object]]], ...] = (
    ("length of time", figures.spans),
    ("day", figures.days),
    ("number", figures.numbers),
)


_BESIDE = re.compile(
    r"^\(?\d+[a-z]?[.)]\s|^(?:\(\d+[a-z]?\)\s*)?\d+[a-z]?(?:\.|°)\s|^\d+[a-z]?\s(?=[A-ZÄÖÜ])"  # the number of a list item
    r"|\((?:ABl|BGBl|OJ|Abl)\b[^)]*\)|\bvom \d{1,2}\. \w+ \d{4}|\b(?:EU|EG|EC)\) (?:Nr\. )?\d+/\d+",  # where another act is published
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. `side` says whose text has the value: `ours` or `official`."""

    id: str
    language: str
    side: str
    kind: str
    value: str
    place: str

    def __str__(self) -> str:
        told = {
            "ours": f"the restatement names {self.kind} {self.value}, the official text does not",
            "official": f"the official text names {self.kind} {self.value}, no restatement of it does",
            "state": self.value,
        }[self.side]
        return f"{self.place}: {self.id} ({self.language}): {told}"


class Text:
    """The official text of one instrument, to be asked by id."""

    def __init__(self, provisions: Sequence[OfficialProvision]) -> None:
        self.provisions = [one for one in provisions if one.status is not State.FRONT]
        self.known = {one.id for one in self.provisions} | {p.id for one in self.provisions for p in one.parts}
        self._sections: dict[str, list[OfficialProvision]] = {}
        for one in self.provisions:
            self._sections.setdefault(section_of(one.id), []).append(one)

    def section(self, provision_id: str) -> list[OfficialProvision]:
        """Everything that stands under the section of a provision."""
        return self._sections.get(section_of(provision_id), [])

    def of(self, provision_id: str) -> list[OfficialProvision]:
        """The official provision of that id, or the one that has it as a part, or those below it."""
        same = self.section(provision_id)
        exact = [one for one in same if one.id == provision_id or any(p.id == provision_id for p in one.parts)]
        below = [one for one in same if one.id.startswith(f"{provision_id}/")]
        above = [one for one in same if provision_id.startswith(f"{one.id}/")]
        return exact or below or above

    @property
    def day(self) -> date | None:
        """The first day on which the text is law as far as the file says: the version's, or a later commencement."""
        version = max((one.version_date for one in self.provisions if one.version_date), default=None)
        starts = [one.in_force_from for one in self.provisions if one.in_force_from]
        return max(version, min(starts)) if version and starts else version


def audit(corpus: Corpus, instrument: str, provisions: Sequence[OfficialProvision]) -> list[Finding]:
    """What differs between the restatements of an instrument and its official text, in the corpus's order."""
    text, citations = Text(provisions), Citations(corpus)
    day = text.day
    ours = [one for one in corpus.provisions if one.instrument == instrument and _comparable(one, day)]
    ours = [one for one in ours if text.section(one.id)]
    found: list[Finding] = []
    borders = _borders(corpus, instrument)
    for provision in ours:
        found += _state(provision, text, day)
        found += _ours_not_theirs(provision, text, citations, borders.get(section_of(provision.id), set()))
    found += _theirs_not_ours(ours, text)
    return list(dict.fromkeys(found))


def _comparable(provision: Provision, day: date | None) -> bool:
    """Whether a restatement is of the law on the day of the official text (or of today's, if that has no day)."""
    return provision.span.holds_on(day) if day else provision.span.last is None


def _state(provision: Provision, text: Text, day: date | None) -> Iterator[Finding]:
    """Whether the official text has the provision, and whether it is in force."""

    def told(words: str) -> Finding:
        return Finding(provision.id, provision.language, "state", "state", words, str(provision.place))

    counterparts = text.of(provision.id)
    if provision.id not in text.known and not any(one.id.startswith(provision.id) for one in counterparts):
        yield told("the official text has no provision of this number")
    elif counterparts and all(one.status is State.REPEALED for one in counterparts) and provision.text:
        yield told("the official text marks it as repealed")
    elif all(one.status is State.PROSPECTIVE for one in counterparts) and provision.status is Status.IN_FORCE:
        yield told("the official text marks it as not yet in force")
    starts = [one.in_force_from for one in counterparts if one.id == provision.id and one.in_force_from]
    if (
        starts
        and provision.span.first
        and provision.span.first > max(starts)
        and (not day or provision.span.first > day)
    ):
        yield told(f"restated as in force from {provision.span.first}, officially from {max(starts)}")


def _borders(corpus: Corpus, instrument: str) -> dict[str, set[object]]:
    """For each section the days on which its versions begin and end: a text does not bear them, a restatement may."""
    law = corpus.instruments[instrument].span
    found: dict[str, set[object]] = {}
    for one in corpus.provisions:
        if one.instrument == instrument:
            for day in (one.span.first, one.span.last, law.first, law.last):
                near = () if day is None else (day - timedelta(1), day, day + timedelta(1))
                found.setdefault(section_of(one.id), set()).update(near)
    return found


def _ours_not_theirs(
    provision: Provision, text: Text, citations: Citations, borders: Collection[object]
) -> Iterator[Finding]:
    """Values of a restatement that stand nowhere in the official section, its notes or its headings."""
    official = "\n".join(f"{one.heading}\n{_figured(one)}\n{' '.join(one.notes)}" for one in text.section(provision.id))
    for kind, values in _NAMED:
        there = set(values(official)) | _loosely(kind, official)
        for value in dict.fromkeys(values(provision.text)):
            if value not in there and value not in borders:
                yield Finding(provision.id, provision.language, "ours", kind, str(value), str(provision.place))
    for pin in citations.pinpoints(provision.text):
        if not _is_there(pin, provision, official, text, citations):
            written = provision.text[pin.start : pin.end]
            yield Finding(provision.id, provision.language, "ours", "reference", written, str(provision.place))


def _figured(official: OfficialProvision) -> str:
    """The official words, with figures that can be compared where the law is in French or Dutch."""
    return in_english_figures(official.text, official.language)


def _loosely(kind: str, text: str) -> set[object]:
    """A bare number may stand in the other text within a citation, a length of time or an age; lengths and days stay strict.

    A length of whole years is there where the other text names an age by its bare number ("under 18").
    """
    if kind == "number":
        months = {int(span.split()[0].split(".")[0]) for span in figures.spans(text)}
        years = {count // 12 for count in months if count % 12 == 0}
        return {*months, *years, *(int(one) for one in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text))}
    return {f"{age * 12} months" for age in figures.numbers(text) if age > 10} if kind == "length of time" else set()


def _is_there(pin: Pinpoint, provision: Provision, official: str, text: Text, citations: Citations) -> bool:
    """Whether a reference stands in the official section, or leads within the same law to what the official text has."""
    number = f"sch-{pin.number}" if pin.schedule else pin.number
    for depth in range(len(pin.parts), 0, -1):
        if "/".join((provision.instrument, number, *pin.parts[:depth])) in text.known:
            return depth == len(pin.parts) or _lies_below(pin.parts[depth:], official)
    within = any(one.startswith(f"{provision.instrument}/{number}") for one in text.known)
    named = {one.number for one in citations.pinpoints(official)}
    in_words = pin.number in named or pin.number.upper() in official or pin.number in official
    return in_words or (within and not pin.parts)


def _lies_below(parts: Sequence[str], official: str) -> bool:
    """Items that the publisher's text does not mark may still stand in its words."""
    return all(f"({part})" in official.lower() or f"{part})" in official.lower() for part in parts)


def _theirs_not_ours(ours: Sequence[Provision], text: Text) -> Iterator[Finding]:
    """Values of official provisions that no restatement of the same section names; one finding for each."""
    by_section: dict[str, list[Provision]] = {}
    for one in ours:
        by_section.setdefault(section_of(one.id), []).append(one)
    for restated in by_section.values():
        whole = "\n".join(f"{one.heading}\n{one.text}" for one in restated)
        ids = {one.id for one in restated}
        for official in text.section(restated[0].id):
            if official.status is State.IN_FORCE and _is_restated(official, ids):
                yield from _missing(official, whole, restated[0])


def _is_restated(official: OfficialProvision, ids: Iterable[str]) -> bool:
    return any(
        one == official.id or one.startswith(f"{official.id}/") or official.id.startswith(f"{one}/") for one in ids
    )


def _missing(official: OfficialProvision, restated: str, first: Provision) -> Iterator[Finding]:
    for kind, values in _NAMED:
        there = set(values(restated)) | _loosely(kind, restated)
        for value in dict.fromkeys(values(_BESIDE.sub("", _figured(official)))):
            if value not in there:
                yield Finding(official.id, official.language, "official", kind, str(value), first.place.path)
