"""The facts of a record that a question tells, as a record that `check` takes.

Words and patterns stand in `corpus/fact_words.yaml`. What is not told stays out, so that the rules ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import corpus
from app.told_dates import Told, told_days
from app.told_person import MAIN_DATES, birth, bound_offence, date_by_age
from app.told_sentences import plain_numbers, told_sentences
from corpus.rules import RuleBook

PATH = Path(corpus.__file__).parent / "fact_words.yaml"
MOST_ENTRIES = 8
FAR = 95
"""A day so far from every word of an event is that of the judgment or decision."""
_SUSPENDED = re.compile(r"bewährung|suspended|缓刑", re.IGNORECASE)
"""The end of probation is not yet the remission of a suspended sentence."""
_BREAKS = (
    r"[.;!?。；！？]\s|[。；！？]",
    r"\b(?:and then|then|later|afterwards|und dann|danach|später)\b|后来|然后|之后又|又",
    r",?\s+\b(?:and|und|plus|but|aber)\b\s+|并且|和|以及",
    r"[,，、]\s*",
)


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """What a question tells: the record, as far as it goes, and the offences that were read as ruling facts out."""

    record: dict[str, Any]
    inferred: tuple[str, ...] = ()
    dated: bool = True
    """Whether every entry has its day; without one only the questions are worth saying."""


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The words of `fact_words.yaml`, patterns still as text."""
    raw = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    assert isinstance(raw, dict)
    return raw


def found(pattern: str, text: str) -> re.Match[str] | None:
    """The first match of a pattern of the word list, in any case."""
    return re.search(pattern, text, re.IGNORECASE)


def speaks_of_a_record(question: str) -> bool:
    """Whether a question tells of someone to whom something happened, and does not ask about the law as such."""
    told = words()
    kinds = (*told["kinds"].values(), told["short_custody"]["pattern"])
    happened = any(found(pattern, question) for pattern in kinds) or any(
        found(one["pattern"], question) for name in ("sentences", "grades") for one in told[name]
    )
    return (
        (happened or found(told["bare"], question) is not None)
        and any(found(pattern, question) for pattern in told["told"])
        and not found(told["not_told"], question)
    )


def read_told(question: str, book: RuleBook, as_of: date, language: str = "en") -> ToldRecord | None:
    """The record that `question` tells under the fields of `book`; `None` if it names neither penalty nor outcome."""
    return _Reader(book, as_of, language).read(plain_numbers(question))


@dataclass
class _Part:
    """The stretch of a question that tells one entry, with its days."""

    text: str
    start: int
    days: list[tuple[str, Told]] = field(default_factory=list)


class _Reader:
    def __init__(self, book: RuleBook, as_of: date, language: str) -> None:
        self.book, self.as_of, self.language = book, as_of, language
        self.inferred: list[str] = []

    def read(self, text: str) -> ToldRecord | None:
        days = told_days(text, self.as_of, self.book.jurisdiction.startswith("us"))
        roles = [(self._role(text, one, days), one) for one in days]
        parts = self._parts(text, roles)
        entries = list(self._entries(parts))
        if not entries:
            return None
        record: dict[str, Any] = {
            "jurisdiction": self.book.jurisdiction,
            **self._person(text, roles, entries),
            "entries": entries,
        }
        told = all(any(name.endswith(("_date", "_on")) for name in entry) for entry in entries)
        return ToldRecord(record, tuple(dict.fromkeys(self.inferred)), told)

    # -- days ----------------------------------------------------------------------------------------------------------

    def _role(self, text: str, day: Told, days: Sequence[Told]) -> str:
        """The event to whose words a day stands nearest; words beyond another day count for that one."""
        best, role = FAR, "main"
        for name, pattern in words()["events"].items():
            if name not in ("main", "born") and name not in self.book.fields:
                continue
            for match in re.finditer(pattern, text, re.IGNORECASE):
                distance = _distance(match.span(), (day.start, day.end))
                between = text[min(match.end(), day.end) : max(match.start(), day.start)]
                distance += 40 * len(re.findall(r"[.;。；]|\b(?:and|then|und|dann|before|after|nach)\b|[,，]", between))
                nearer = min(
                    _distance(match.span(), (d.start, d.end)) + (0 if match.end() <= d.start else 8) for d in days
                )
                if name != "main" and nearer < _distance(match.span(), (day.start, day.end)) - 8:
                    distance += 100
                if (
                    name != "main"
                    and match.start() > day.end + 2
                    and any(0 <= d.start - match.end() <= 25 for d in days)
                ):
                    distance += 100
                distance += 200 * sum(_between(other, match.span(), day) for other in days if other is not day)
                if distance < best or (distance == best and role == "main"):
                    best, role = distance, name
        return role

    def _parts(self, text: str, roles: Sequence[tuple[str, Told]]) -> list[_Part]:
        """The text cut into entries: a new one begins where a second day of a judgment or decision is told."""
        starts = [0]
        last: Told | None = None
        for role, day in roles:
            if (
                role == "sentence_date"
                and last is not None
                and _has(text[last.start - 40 if last.start > 40 else 0 : day.start], r"convict|guilty|pled|plead")
            ):
                continue
            if role not in ("main", "sentence_date"):
                continue
            if last is not None:
                starts.append(_cut(text, last.end, day.start))
            last = day
        starts = starts[:MOST_ENTRIES]
        parts = [_Part(text[a:b], a) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        for role, day in roles:
            next(part for part in reversed(parts) if part.start <= day.start).days.append((role, day))
        return parts

    # -- one entry -----------------------------------------------------------------------------------------------------

    def _entries(self, parts: Sequence[_Part]) -> Iterator[dict[str, Any]]:
        """The entries of the parts; a part that only adds a day ("… in 2010 and 2014") tells the one before it again."""
        before: dict[str, Any] | None = None
        for part in parts:
            entry = self._entry(part)
            if entry is None and before is not None and any(role == "main" for role, _ in part.days):
                undated = {k: v for k, v in before.items() if not k.endswith(("_date", "_on"))}
                entry = {**undated, **self._days(part, before["kind"])}
            if entry is not None:
                yield from (dict(entry) for _ in range(self._times(part.text)))
            before = entry or before

    def _entry(self, part: _Part) -> dict[str, Any] | None:
        sentences = told_sentences(part.text, self.book, words(), [one for _, one in part.days], part.start)
        kind = self._kind(part.text, bool(sentences))
        short = self._short_custody(part.text, sentences)
        if short:
            kind = short["kind"]
            if not any(one["type"] in (short["type"], *words()["administrative_instead"]) for one in sentences):
                sentences.append({"type": short["type"]})
        grade = self._listed("grade", words()["grades"], part.text)
        graded = any(found(one["pattern"], part.text) for one in words()["grades"])
        named = any(found(one["pattern"], part.text) for name in ("offences", "flags") for one in words()[name])
        if not graded and (kind is None or (kind == "conviction" and not sentences and not named)):
            # "A conviction from 2006" alone says too little for any date.
            return None
        kind = kind or "conviction"
        entry: dict[str, Any] = {"kind": kind}
        entry.update(self._days(part, kind))
        if grade:
            entry["grade"] = grade
        if kind == "non_conviction" and (outcome := self._outcome(part.text)):
            entry["outcome"] = outcome
        if sentences and kind in ("conviction", "administrative"):
            entry["sentences"] = self._administrative(sentences) if kind == "administrative" else sentences
        entry.update(short.get("set", {}))
        entry.update(self._flags(part.text, "entry"))
        entry.update({k: v for k, v in self._ruled_out(part.text).items() if k not in entry})
        return entry

    def _kind(self, text: str, has_sentence: bool) -> str | None:
        kinds = {choice.value for choice in self.book.fields["kind"].choices}
        used = {value for name, value in self.book.used if name == "kind"}
        told = [name for name, pattern in words()["kinds"].items() if name in kinds and found(pattern, text)]
        if "conviction" in told and has_sentence and "administrative" not in told:
            return "conviction"
        for kind in told:
            if kind != "administrative" or kind in used:
                return str(kind)
        return "conviction" if has_sentence else None

    def _short_custody(self, text: str, sentences: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """What custody of some days alone says where a place knows it as a penalty of the police; else nothing."""
        told: Mapping[str, Any] = words()["short_custody"]
        known = self.book.fields["type"].choice(told["type"]) is not None
        longer = any(not re.fullmatch(r"P\d+D", one.get("length", "P1D")) for one in sentences)
        return told if known and not longer and found(told["pattern"], text) else {}

    def _administrative(self, sentences: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The penalties by the names that they have where no court imposed them, as far as the place knows these."""
        instead = words()["administrative_instead"]
        known = self.book.fields["type"].choice
        return [
            {**one, "type": name} if (name := instead.get(one["type"])) and known(name) else one for one in sentences
        ]

    def _outcome(self, text: str) -> str | None:
        known = {choice.value for choice in self.book.fields["outcome"].choices}
        told = (str(name) for name, p in words()["outcomes"].items() if name in known and found(p, text))
        return next(told, None)

    def _listed(self, name: str, listed: Sequence[Mapping[str, Any]], text: str) -> str | None:
        """The first value of a choice field that the text names and this place knows."""
        known = {choice.value for choice in self.book.fields[name].choices} if name in self.book.fields else set()
        for one in listed:
            bare = re.sub(one["never_in"], " ", text, flags=re.IGNORECASE) if one.get("never_in") else text
            value: str | None = next((value for value in one["values"] if value in known), None)
            if value and not known & set(one.get("not_beside", ())) and found(one["pattern"], bare):
                return str(value)
        return None

    def _days(self, part: _Part, kind: str) -> dict[str, str]:
        main = MAIN_DATES[kind]
        given: dict[str, str] = {}
        for role, day in part.days:
            if role == "born":
                continue
            name = main if role == "main" or (role == "sentence_date" and main not in given) else role
            if name == "arrest_date" and kind == "conviction":
                continue
            given.setdefault(name, day.iso)
        if "sentence_completed_on" in given:
            # Whoever has completed the whole sentence has completed probation too.
            given.setdefault("supervision_ended_on", given["sentence_completed_on"])
        elif "supervision_ended_on" in given and not _SUSPENDED.search(part.text):
            given["sentence_completed_on"] = given["supervision_ended_on"]
        return {name: iso for name, iso in given.items() if name in self.book.fields}

    def _flags(self, text: str, scope: str) -> dict[str, bool | str]:
        """Facts that a few words tell outright."""
        told: dict[str, bool | str] = {}
        for one in words()["flags"]:
            if found(one["pattern"], text):
                told.update({k: v for k, v in one["set"].items() if self._scope(k) == scope and k not in told})
        return told

    def _ruled_out(self, text: str) -> dict[str, bool]:
        """Yes/no facts that the name of the offence settles."""
        out: dict[str, bool] = {}
        named = [
            one
            for one in words()["offences"]
            if found(one["pattern"], text) and not (one["never"] and found(one["never"], text))
        ]
        for one in named[:1] if len(named) == 1 else []:
            out = {name: False for name in one["rules_out"] if self._scope(name) == "entry"}
            if out:
                self.inferred.append(one["name"][self.language])
        return out

    def _scope(self, name: str) -> str:
        return self.book.fields[name].scope if name in self.book.fields else ""

    def _person(
        self, text: str, roles: Sequence[tuple[str, Told]], entries: Sequence[dict[str, Any]]
    ) -> dict[str, Any]:
        """What is told of the person; ages told complete the days of the entries."""
        born = next((day.iso for role, day in roles if role == "born"), None) or birth(text, entries, self.as_of)
        for entry in entries:
            date_by_age(text, entry, born, self.as_of)
            if "offence_date" in self.book.fields:
                bound_offence(entry, born)
        return {**({"born": born} if born else {}), **self._flags(text, "person")}

    @staticmethod
    def _times(text: str) -> int:
        """How many like entries are told: "two misdemeanors in 2012"."""
        match = found(
            r"\b(?P<n>two|three|four|five|2|3|4|5)\s+(?:\w+\s+){0,2}(?:convictions|felonies|misdemeano\w+s|cautions|fines|charges|cases)\b",
            text,
        )
        return {"two": 2, "three": 3, "four": 4, "five": 5}.get(match["n"].lower()) or int(match["n"]) if match else 1


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


def _between(other: Told, cue: tuple[int, int], day: Told) -> bool:
    return min(cue[1], day.end) <= other.start and other.end <= max(cue[0], day.start)


def _has(text: str, pattern: str) -> bool:
    return found(pattern, text) is not None


def _cut(text: str, first: int, last: int) -> int:
    """Where one entry ends and the next begins between two days: at the strongest mark, else right after the first."""
    for pattern in _BREAKS:
        marks = [match.end() for match in re.finditer(pattern, text[first:last], re.IGNORECASE)]
        if marks:
            return first + marks[0]
    return first
