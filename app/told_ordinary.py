"""The ordinary case: what follows if a person was grown up and the yes/no questions that are still open were answered the usual way.

That is a supposition said as such beside the result ("provided that none of this is so: …"), never a fact of the record.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from app.check import Check, Result, check_record
from app.errors import InputError
from app.periods import read_days
from app.phrases import phrase
from app.told import words
from corpus.rules import Field, RuleBook

GROWN_UP = 25
"""No law here treats a person of this age as a juvenile or young adult."""
ACT_WITHIN = 4
"""Years before the judgment in which an act is supposed to lie."""
ROUNDS = 5
NEUTRAL = ("none_of_these", "neither", "none", "not_drug")
"""Values by which a choice field says that no listed group is meant."""
_PATH = re.compile(r"(?:entries\[(\d+)\]\.)?(?:sentences\[(\d+)\]\.)?(\w+)$")
_AGE, _ACT, _FINAL = "born", "offence_date", "final_date"

Key = tuple[str, str, tuple[str, ...]]
"""An outcome of a record: entry, effect, rules."""


def key_of(entry: str, outcome: Result) -> Key:
    """By what an outcome is found again in another check of the same record."""
    return entry, outcome.effect, outcome.rules


@dataclass
class Ordinary:
    """A check under the supposition, what is supposed, and for which outcome each supposition was needed."""

    check: Check
    supposed: dict[str, bool | str] = field(default_factory=dict)
    """Fields with the value supposed; dates with an empty text."""
    needed: dict[Key, set[str]] = field(default_factory=dict)

    def outcome(self, entry: str, before: Result) -> Result | None:
        """What becomes of an open outcome; `None` where the supposition does not settle it or only closes the door."""
        found = self._of(entry)
        same = [one for one in found if _same_way(one, before)]
        if not same:
            others = [one for one in found if one.effect == before.effect]
            same = others[:1] if all(one.status == "never" for one in others) else []
        return next((one for one in same if self._says_more(one, before)), None)

    def vanished(self, entry: str, before: Result) -> bool:
        """Whether the rules of an outcome do not apply in the ordinary case (those for juveniles, for instance)."""
        return not any(_same_way(one, before) for one in self._of(entry))

    def _of(self, entry: str) -> tuple[Result, ...]:
        return next((result.outcomes for result in self.check.results if result.entry == entry), ())

    def _says_more(self, one: Result, before: Result) -> bool:
        bounds = (one.not_before, one.not_after)
        if one.status == "never":
            only_dates = all(value == "" for value in self.supposed.values())
            return only_dates or one.rules != before.rules
        if one.status == "future":
            return None not in bounds and bounds != (before.not_before, before.not_after)
        if before.status == "future":
            return False
        if one.status == "reached":
            return True
        return one.not_before is not None and (before.not_before is None or one.not_before > before.not_before)

    def words(self, entry: str, before: Result, book: RuleBook, language: str) -> str:
        """What is supposed for an outcome, in words."""
        needed = self.needed.get(key_of(entry, before), set())
        names = [name for name in self.supposed if name in needed]
        parts = [
            self._date_words(name, language)
            for name in (_AGE, _ACT, _FINAL)
            if name in names and self.supposed[name] == ""
        ]
        for value, frame in ((False, "assumed_no"), (True, "assumed_yes")):
            labels = [book.fields[name].label.in_language(language) for name in names if self.supposed[name] is value]
            if labels:
                frame = "assumed_none" if frame == "assumed_no" and len(labels) > 1 else frame
                parts.append(phrase(frame, language, labels=("、" if language == "zh" else ", ").join(labels)))
        parts += [
            self._chosen(book.fields[n], language)
            for n in names
            if n in book.fields and book.fields[n].type == "choice"
        ]
        return ("；" if language == "zh" else "; ").join(parts)

    @staticmethod
    def _date_words(name: str, language: str) -> str:
        frame = {_AGE: "assumed_age", _ACT: "assumed_act", _FINAL: "assumed_final"}[name]
        return phrase(frame, language, years=ACT_WITHIN)

    def _chosen(self, one: Field, language: str) -> str:
        choice = one.choice(str(self.supposed[one.name]))
        assert choice is not None
        return f"{one.label.in_language(language)}: {choice.name.in_language(language)}"


def _same_way(one: Result, before: Result) -> bool:
    """Whether an outcome comes by rules that an open outcome left possible."""
    return one.effect == before.effect and bool(one.rules) and set(one.rules) <= set(before.rules)


def suppose(record: Mapping[str, Any], book: RuleBook, check: Check) -> Ordinary | None:
    """The ordinary case of a record that leaves facts open; `None` if nothing can be supposed."""
    try:
        return _Supposer(record, book, check).run()
    except InputError:
        return None


class _Supposer:
    """Answers open questions round by round, as the rules come to ask them."""

    def __init__(self, record: Mapping[str, Any], book: RuleBook, check: Check) -> None:
        self.raw: dict[str, Any] = copy.deepcopy(dict(record))
        self.book = book
        self.result = Ordinary(check)

    def run(self) -> Ordinary | None:
        for _ in range(ROUNDS):
            paths = self._open()
            changed = [self._answer(path) for path in paths]
            if not any(changed):
                break
            self.result.check = self._checked(self.raw)
        return self.result if self.result.supposed else None

    def _open(self) -> list[str]:
        """The questions of the outcomes that are not settled; for which outcome each is asked is kept."""
        paths: dict[str, None] = {}
        for entry in self.result.check.results:
            for outcome in entry.outcomes:
                if outcome.status not in ("needs_information", "future"):
                    continue
                for question in outcome.missing:
                    paths.setdefault(question.path)
                    self.result.needed.setdefault(key_of(entry.entry, outcome), set()).add(question.field)
        return list(paths)

    def _checked(self, raw: Mapping[str, Any]) -> Check:
        before = self.result.check
        return check_record(raw, {self.book.jurisdiction: self.book}, before.as_of, before.language)

    def _answer(self, path: str) -> bool:
        """Suppose the usual answer to a question; whether there is one."""
        match = _PATH.match(path)
        if match is None or match[3] not in self.book.fields:
            return False
        where: dict[str, Any] = self.raw["entries"][int(match[1])] if match[1] else self.raw
        if match[2]:
            where = where["sentences"][int(match[2])]
        name = match[3]
        if name in where:
            return False
        value = self._dates(name, where) if self.book.fields[name].type == "date" else self._usual(where, name)
        if value is None:
            return False
        where[name] = value
        self.result.supposed.setdefault(name, "" if self.book.fields[name].type == "date" else value)
        return True

    def _usual(self, where: dict[str, Any], name: str) -> bool | str | None:
        """No, or yes where no would close or delay what is open and yes would not ("has everything been done?")."""
        one = self.book.fields[name]
        if one.type == "choice":
            return next((choice.value for choice in one.choices if choice.value in NEUTRAL), None)
        if one.type != "boolean" or name in words()["never_supposed"]:
            return None
        closed = {}
        for value in (False, True):
            where[name] = value
            closed[value] = self._closed(self._checked(self.raw))
        del where[name]
        return closed[True] < closed[False] and closed[False] > self._closed(self.result.check)

    @staticmethod
    def _closed(check: Check) -> int:
        return sum(
            outcome.status == "never" or (outcome.status == "future" and outcome.not_after is None)
            for entry in check.results
            for outcome in entry.outcomes
        )

    def _dates(self, name: str, where: Mapping[str, Any]) -> str | None:
        """A range for a date: born long enough ago, the act not long before the judgment, the judgment soon final."""
        if name == _AGE:
            return self._grown_up()
        main = next((where[one] for one in ("conviction_date", "given_on", "disposition_date") if one in where), None)
        if main is None:
            return None
        days = read_days(main)
        if name == _ACT:
            return f"{(days.first - relativedelta(years=ACT_WITHIN)).isoformat()}/{days.last.isoformat()}"
        last = days.last + relativedelta(years=1) if days.bounded else date.max
        if name == _FINAL and last <= self.result.check.as_of:
            return f"{days.first.isoformat()}/{last.isoformat()}"
        return None

    def _grown_up(self) -> str | None:
        """Birth dates by which the person was grown up on every day that the record names, the act included."""
        days = [
            read_days(value).first
            for entry in self.raw["entries"]
            for name, value in entry.items()
            if isinstance(value, str) and name.endswith(("_date", "_on"))
        ]
        if not days:
            return None
        last = min(days) - relativedelta(years=GROWN_UP + ACT_WITHIN + 1)
        return f"{(last - relativedelta(years=30)).isoformat()}/{last.isoformat()}"
