"""An interview that builds a record: one question at a time, only those that the rules and earlier answers make necessary.

The state is the list of answers given so far; everything else follows from it, so that going back is dropping the last
answer and changing one is replacing it. Nothing is stored here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from app.check import check_record
from app.errors import InputError
from app.interview_words import ask_word
from app.periods import read_days
from app.record import NOT_APPLICABLE, read_record
from app.told_dates import told_days
from corpus.rules import Field, RuleBook
from indexer.durations import durations

UNKNOWN = "unknown"
Kind = Literal["place", "choice", "yes_no", "date", "duration", "number", "text", "sentences"]
_FIRST = {
    "conviction": ("offence", "conviction_date", "sentences"),
    "caution": ("offence", "given_on"),
    "penalty_notice": ("offence", "given_on"),
    "administrative": ("offence", "given_on"),
    "non_conviction": ("offence", "disposition_date"),
}
"""What is asked of every entry of a kind before the rules say what else they need."""
_NONE = ("none", "never", "keine", "keiner", "keines", "keins", "nie", "nein", "no", "无", "没有")
_SLASHED = re.compile(r"\b(\d{4})[/.](\d\d)[/.](\d\d)\b")
_PATH = re.compile(r"entries\[(\d+)\](?:\.sentences\[(\d+)\])?\.(\w+)$")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: the place in the record, and the JSON value; `None` for "I don't know"."""

    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next, in words, and how it may be answered."""

    path: str
    kind: Kind
    text: str
    help: str
    options: tuple[tuple[str, str], ...]
    """Label and value of each option."""
    entry: int
    """The number of the entry, from 1; 0 for questions about the person."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers so far. `closed`: the person has no further entry to add."""

    given: tuple[Given, ...] = ()
    closed: bool = False

    def answer(self, path: str, value: Any) -> Interview:
        """With one more answer, or another answer in the place of an earlier one; what came after a changed one is dropped
        where it may no longer fit."""
        for number, given in enumerate(self.given):
            if given.path == path:
                if given.value == value:
                    return self
                kept = self.given[number + 1 :] if not _shapes(path) else ()
                return replace(self, given=(*self.given[:number], Given(path, value), *kept), closed=False)
        return replace(self, given=(*self.given, Given(path, value)))

    def back(self) -> Interview:
        """Without the last answer."""
        return Interview(self.given[:-1]) if not self.closed else replace(self, closed=False)

    def another(self) -> Interview:
        """With a further entry begun."""
        return replace(self, given=(*self.given, Given(f"entries[{self.entries}]", {})), closed=False)

    def finish(self) -> Interview:
        """With no further entry."""
        return replace(self, closed=True)

    @property
    def entries(self) -> int:
        return max((int(m.group(1)) + 1 for g in self.given if (m := re.match(r"entries\[(\d+)\]", g.path))), default=0)

    def record(self) -> dict[str, Any]:
        """The record that the answers state; what is unknown is left out."""
        record: dict[str, Any] = {"entries": [{} for _ in range(max(1, self.entries))]}
        for given in self.given:
            if given.value is not None:
                _put(record, given)
        return record

    def answered(self, path: str) -> bool:
        return any(given.path == path for given in self.given)


def _shapes(path: str) -> bool:
    """Whether the later questions hang on this answer."""
    return path == "jurisdiction" or path.endswith((".kind", ".sentences"))


def _put(record: dict[str, Any], given: Given) -> None:
    match = _PATH.match(given.path)
    if match is None:
        if not given.path.startswith("entries["):
            record[given.path] = given.value
        return
    entry = record["entries"][int(match[1])]
    if match[3] == "sentences":
        entry["sentences"] = [{"type": type_} for type_ in given.value]
    elif match[2] is None:
        entry[match[3]] = given.value
    elif int(match[2]) < len(entry.get("sentences") or ()):
        entry["sentences"][int(match[2])][match[3]] = given.value


# -- what to ask -------------------------------------------------------------------------------------------------------


def next_question(
    interview: Interview, books: Mapping[str, RuleBook], names: Mapping[str, str], as_of: date, language: str
) -> Question | None:
    """The next question; `None` when the rules need nothing more that the person may know.

    `names` are the names of the jurisdictions that have rules.
    """
    if not interview.answered("jurisdiction"):
        options = tuple(sorted((names.get(id_, id_), id_) for id_ in books))
        text, help_ = ask_word("place", language), ask_word("place_help", language)
        return Question("jurisdiction", "place", text, help_, options, 0)
    record = interview.record()
    book = books[record["jurisdiction"]]
    for path in _opening(interview, record):
        if not interview.answered(path):
            return question_at(path, book, language)
    for path in _missing(record, books, as_of):
        if not interview.answered(path):
            return question_at(path, book, language)
    return None


def _opening(interview: Interview, record: dict[str, Any]) -> list[str]:
    """The first questions about each entry."""
    paths = []
    for number, entry in enumerate(record["entries"]):
        prefix = f"entries[{number}]"
        paths.append(f"{prefix}.kind")
        paths += [f"{prefix}.{name}" for name in _FIRST.get(entry.get("kind", ""), ("offence",))]
    return paths


def _missing(record: dict[str, Any], books: Mapping[str, RuleBook], as_of: date) -> list[str]:
    """The facts that the rules still lack, first those on which most depends."""
    checked = check_record(record, books, as_of)
    return list(
        dict.fromkeys(
            question.path for result in checked.results for outcome in result.outcomes for question in outcome.missing
        )
    )


def question_at(path: str, book: RuleBook, language: str) -> Question:
    """The question about one place of the record."""
    match = _PATH.match(path)
    entry = int(match[1]) + 1 if match else 0
    name = match[3] if match else path
    if name == "sentences":
        options = _options(book.fields["type"], book, language)
        text, help_ = ask_word("sentences", language), ask_word("sentences_help", language)
        return Question(path, "sentences", text, help_, options, entry)
    field = book.fields[name]
    help_ = " ".join(
        part for part in (field.help.in_language(language) if field.help else "", _hint(field, language)) if part
    )
    return Question(
        path, _kind(field), field.question.in_language(language), help_, _options(field, book, language), entry
    )


def _kind(field: Field) -> Kind:
    return "yes_no" if field.type == "boolean" else field.type


def _hint(field: Field, language: str) -> str:
    return ask_word(f"{field.type}_hint", language) if field.type in ("date", "duration") else ""


def _options(field: Field, book: RuleBook, language: str) -> tuple[tuple[str, str], ...]:
    """The values that this law distinguishes, all if it distinguishes none; what is `other` comes last, and always."""
    if field.type == "boolean":
        return ((ask_word("yes", language), "yes"), (ask_word("no", language), "no"))
    used = [choice for choice in field.choices if (field.name, choice.value) in book.used and choice.value != "other"]
    shown = [choice for choice in used or field.choices if choice.value != "other"]
    shown += [choice for choice in field.choices if choice.value == "other"]
    return tuple((choice.name.in_language(language), choice.value) for choice in shown)


# -- reading an answer -------------------------------------------------------------------------------------------------


def read_answer(question: Question, raw: Any, language: str, as_of: date, month_first: bool = False) -> Any:
    """The JSON value that a typed or chosen answer states; `month_first`: how 3/4/2020 is read.

    Raises `InputError` in the language of the page.
    """
    match question.kind:
        case "yes_no":
            return raw == "yes"
        case "sentences":
            return list(raw or ())
        case "duration":
            return read_duration(str(raw), language)
        case "number":
            return _number(str(raw), language)
        case "date":
            return _date(str(raw).strip(), language, as_of, month_first)
    text = str(raw or "").strip()
    if not text:
        raise InputError(ask_word("empty", language))
    return text


def _date(text: str, language: str, as_of: date, month_first: bool) -> str:
    """The day or range that was typed, as a record's file writes it."""
    if text.lower().strip("“”„\"'. ") in _NONE:
        return NOT_APPLICABLE
    dashed = _SLASHED.sub(r"\1-\2-\3", text)
    told = told_days(dashed, as_of, month_first)
    for written in (dashed, told[0].iso if len(told) == 1 else ""):
        try:
            read_days(written)
        except ValueError:
            continue
        return written
    raise InputError(ask_word("bad_date", language, given=text[:40]))


def _number(text: str, language: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InputError(ask_word("bad_number", language)) from None


def read_duration(text: str, language: str) -> str:
    """The ISO duration that words such as "1 year 6 months" state. Raises `InputError`."""
    if re.fullmatch(r"P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?", text.strip()) and len(text.strip()) > 2:
        return text.strip()
    parts = sorted(durations(text), key=lambda found: found.start)
    letters = {"years": "Y", "months": "M", "weeks": "W", "days": "D"}
    months = sum(part.value * {"years": 12, "months": 1}.get(part.unit, 0) for part in parts)
    days = sum(part.value * {"weeks": 7, "days": 1}.get(part.unit, 0) for part in parts)
    if not parts or months % 1 or days % 1:
        raise InputError(ask_word("bad_duration", language))
    if len(parts) == 1 and parts[0].value % 1 == 0:
        return f"P{int(parts[0].value)}{letters[parts[0].unit]}"
    years, rest = divmod(int(months), 12)
    written = "".join(f"{number}{unit}" for number, unit in ((years, "Y"), (rest, "M"), (int(days), "D")) if number)
    return f"P{written}"


def validate(interview: Interview, books: Mapping[str, RuleBook], language: str) -> None:
    """Raise `InputError` in the language of the page if the answers so far contradict each other."""
    if not interview.answered("jurisdiction"):
        return
    try:
        read_record(interview.record(), books)
    except InputError as error:
        fields = books[interview.record()["jurisdiction"]].fields
        place, _, fault = str(error).partition(":")
        named = [place.rpartition(".")[2], *re.findall(r"[a-z_]+", fault.split(";")[0])]
        if "date of birth" in fault:
            named.append("born")
        labels = dict.fromkeys(fields[name].label.in_language(language) for name in named if name in fields)
        if not labels:
            raise
        marks = "„“" if language == "de" else "“”"
        named_fields = ", ".join(f"{marks[0]}{one}{marks[1]}" for one in labels)
        raise InputError(ask_word("contradiction", language, fields=named_fields)) from None
