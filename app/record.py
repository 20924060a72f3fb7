"""The record that a person states: parsed, checked for faults and contradictions, and described as a JSON Schema.

Fields come from `corpus/record.yaml` and the rule book of the jurisdiction; nothing here knows a jurisdiction.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import InputError
from app.periods import Days, read_days
from corpus.rule_reader import period
from corpus.rules import Field, Period, RuleBook, Scope

NOT_APPLICABLE = "none"
"""What a date field says where there was no such event."""

CONSECUTIVE_TO = "consecutive_to"
"""The field of an entry that names the entry after whose term its own runs."""

Value = Days | Period | bool | float | str
"""A stated fact; `NOT_APPLICABLE` for an event that there never was."""
Facts = Mapping[str, Value]
MAX_ENTRIES = 200
MAX_SENTENCES = 50


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or order of an entry."""

    facts: Facts
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record, with its sentences."""

    id: str
    facts: Facts
    sentences: tuple[Sentence, ...] | None
    """`None` where the record does not say which sentences there were."""
    path: str
    number: int
    """Its place among the entries, from 0."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record in one jurisdiction, as far as it is known."""

    jurisdiction: str
    facts: Facts
    entries: tuple[Entry, ...]
    known: dict[int, dict[Any, Any]] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """What stated facts alone came to by a rule book, so that it is worked out once; see `app/view.py`."""


def read_record(raw: Any, books: Mapping[str, RuleBook]) -> Record:
    """The record that the JSON value `raw` states. Raises `InputError`: place, fault, next step."""
    if not isinstance(raw, dict):
        raise InputError('record: is not a JSON object; begin with {"jurisdiction": …}; see cleanslate schema record')
    book = _book(raw.get("jurisdiction"), books)
    reader = _Reader(book)
    entries = _items(raw.get("entries"), "entries", MAX_ENTRIES)
    if not entries:
        raise InputError("entries: a record needs at least one entry; see cleanslate schema record")
    record = Record(
        jurisdiction=book.jurisdiction,
        facts=reader.facts(raw, "person", "", {"jurisdiction", "entries", "notes"}),
        entries=tuple(reader.entry(entry, number) for number, entry in enumerate(entries)),
    )
    _contradictions(record)
    return record


def _book(name: Any, books: Mapping[str, RuleBook]) -> RuleBook:
    known = ", ".join(sorted(books))
    if not isinstance(name, str):
        raise InputError(f"jurisdiction: is missing; give one of {known}")
    if name not in books:
        raise InputError(f"jurisdiction: no rules for {name!r}; give one of {known}")
    return books[name]


class _Reader:
    """Reads the facts of one record by the fields of its rule book."""

    def __init__(self, book: RuleBook) -> None:
        self.fields = book.fields

    def entry(self, raw: Any, number: int) -> Entry:
        path = f"entries[{number}]"
        if not isinstance(raw, dict):
            raise InputError(f"{path}: is not an object; see cleanslate schema record")
        sentences = None
        if raw.get("sentences") is not None:
            sentences = tuple(
                self._sentence(item, f"{path}.sentences[{index}]")
                for index, item in enumerate(_items(raw["sentences"], f"{path}.sentences", MAX_SENTENCES))
            )
        facts = self.facts(raw, "entry", path + ".", {"id", "sentences", "notes", "uncertain", "only"})
        facts = {**self._only(raw.get("only"), f"{path}.only"), **facts}
        return Entry(str(raw.get("id") or number + 1), facts, sentences, path, number)

    def _only(self, raw: Any, path: str) -> dict[str, Value]:
        """All yes/no facts of an entry, where the record lists those that are true."""
        if raw is None:
            return {}
        known = {name for name, one in self.fields.items() if _yes_no(one)}
        named = [str(name) for name in _items(raw, path, len(known))]
        for name in named:
            if name not in known:
                raise InputError(f"{path}: {name} is no yes/no field of an entry{_nearest(name, sorted(known))}")
        return {name: name in named for name in known}

    def _sentence(self, raw: Any, path: str) -> Sentence:
        if not isinstance(raw, dict):
            raise InputError(f"{path}: is not an object; see cleanslate schema record")
        return Sentence(self.facts(raw, "sentence", path + ".", {"notes"}), path)

    def facts(self, raw: Mapping[str, Any], scope: Scope, prefix: str, structural: set[str]) -> Facts:
        known = {name: field for name, field in self.fields.items() if field.scope == scope}
        found: dict[str, Value] = {}
        for key, value in raw.items():
            if key in structural or value is None:
                continue
            if key not in known:
                raise InputError(f"{prefix}{key}: is no field here{_nearest(key, known)}; see cleanslate schema record")
            found[key] = _value(known[key], value, f"{prefix}{key}")
        return found


def _items(raw: Any, path: str, most: int) -> Sequence[Any]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise InputError(f"{path}: is not a list; see cleanslate schema record")
    if len(raw) > most:
        raise InputError(f"{path}: has more than {most} items; split the record")
    return raw


def _value(field: Field, raw: Any, path: str) -> Value:
    try:
        match field.type:
            case "date" if raw == NOT_APPLICABLE:
                return NOT_APPLICABLE
            case "date" if isinstance(raw, str):
                return read_days(raw)
            case "duration" if isinstance(raw, str):
                return period(raw)
            case "boolean" if isinstance(raw, bool):
                return raw
            case "number" if isinstance(raw, int | float) and not isinstance(raw, bool) and raw >= 0:
                return float(raw)
            case "choice" if isinstance(raw, str):
                return _choice(field, raw)
            case "text" if isinstance(raw, str | int) and len(str(raw)) <= 500:
                return str(raw).strip()
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    expected = {
        "date": 'a date such as "2016-06-15" or "2016-06"',
        "duration": 'a duration such as "P6M"',
        "boolean": "true or false; leave it out if unknown",
        "number": "a number of 0 or more",
        "choice": "one of the listed words",
        "text": "text of at most 500 characters",
    }[field.type]
    raise InputError(f"{path}: {raw!r} does not fit; give {expected}")


def _choice(field: Field, raw: str) -> str:
    values = [choice.value for choice in field.choices]
    if raw not in values:
        raise ValueError(
            f"{raw!r} is no value of it{_nearest(raw, values)}; values: {', '.join(values) or 'none here'}"
        )
    return raw


def _nearest(name: str, known: Mapping[str, Any] | Sequence[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}" if near else ""


# -- contradictions ----------------------------------------------------------------------------------------------------

_ORDER = (
    ("offence_date", "arrest_date"),
    ("offence_date", "charge_date"),
    ("offence_date", "conviction_date"),
    ("offence_date", "given_on"),
    ("offence_date", "disposition_date"),
    ("arrest_date", "conviction_date"),
    ("charge_date", "conviction_date"),
    ("conviction_date", "sentence_date"),
    ("conviction_date", "final_date"),
    ("conviction_date", "sentence_completed_on"),
    ("sentence_date", "sentence_completed_on"),
)
"""Pairs of dates of an entry of which the first cannot lie after the second."""


def _contradictions(record: Record) -> None:
    """Raise `InputError` on facts that cannot all be true."""
    born = record.facts.get("born")
    ids = [entry.id for entry in record.entries]
    for entry in record.entries:
        if ids.count(entry.id) > 1:
            raise InputError(f"{entry.path}.id: {entry.id!r} is the id of two entries; give each its own")
        for earlier, later in _ORDER:
            _in_order(entry, earlier, later)
        for name, day in _all_days(entry):
            if isinstance(born, Days) and day.last <= born.first:
                raise InputError(f"{entry.path}.{name}: lies not after the date of birth; correct one of them")
        _sentence_order(entry)
    _following(record)


def _following(record: Record) -> None:
    """Each entry follows another that there is, and none in the end itself."""
    after = {entry.id: entry.facts[CONSECUTIVE_TO] for entry in record.entries if CONSECUTIVE_TO in entry.facts}
    for entry in record.entries:
        place, other = f"{entry.path}.{CONSECUTIVE_TO}", after.get(entry.id)
        if other not in (None, NOT_APPLICABLE) and all(one.id != other for one in record.entries):
            raise InputError(f"{place}: {other!r} is the id of no entry; give the id of the entry it follows, or none")
        met = {entry.id}
        while other not in (None, NOT_APPLICABLE):
            if other in met:
                raise InputError(f"{place}: goes round in a circle; give the entry whose sentence comes first none")
            met.add(str(other))
            other = after.get(str(other))


def _in_order(entry: Entry, earlier: str, later: str) -> None:
    first, second = entry.facts.get(earlier), entry.facts.get(later)
    if isinstance(first, Days) and isinstance(second, Days) and second.last < first.first:
        raise InputError(f"{entry.path}.{later}: lies before {earlier}; correct one of them")


def _sentence_order(entry: Entry) -> None:
    for sentence in entry.sentences or ():
        starts, ends = sentence.facts.get("starts_on"), sentence.facts.get("ends_on")
        if isinstance(starts, Days) and isinstance(ends, Days) and ends.last < starts.first:
            raise InputError(f"{sentence.path}.ends_on: lies before starts_on; correct one of them")
        if ends is not None and sentence.facts.get("indefinite") is True:
            raise InputError(f"{sentence.path}.indefinite: is true beside ends_on; keep one of them")


def _all_days(entry: Entry) -> Iterator[tuple[str, Days]]:
    for facts in (entry.facts, *(sentence.facts for sentence in entry.sentences or ())):
        for name, value in facts.items():
            if isinstance(value, Days):
                yield name, value


# -- the JSON Schema ---------------------------------------------------------------------------------------------------


def record_schema(books: Mapping[str, RuleBook]) -> dict[str, Any]:
    """One JSON Schema (draft 2020-12) of the records of all jurisdictions, every field and value described."""
    fields = _all_fields(books)
    sentence = _object(fields, "sentence", {})
    entry = _object(
        fields,
        "entry",
        {
            "id": {"type": "string", "description": "Your own name for the entry; its number if left out."},
            "sentences": {
                "type": "array",
                "maxItems": MAX_SENTENCES,
                "description": "Every sentence and order for this entry. Leave it out if unknown; an empty list says that there was none.",
                "items": sentence,
            },
            "only": {
                "type": "array",
                "items": {"enum": [name for name, uses in fields.items() if _yes_no(uses[0][1])]},
                "description": "The yes/no facts that are true of this entry. With this list (it may be empty) all others count as false; without it, they are unknown.",
            },
            "uncertain": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Fields that were read from a document and are uncertain. Not used by the rules.",
            },
        },
    )
    person = _object(
        fields,
        "person",
        {
            "jurisdiction": {
                "type": "string",
                "enum": sorted(books),
                "description": "Whose law: the place where the case was dealt with.",
            },
            "entries": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_ENTRIES,
                "items": entry,
                "description": "All entries of the record in this jurisdiction, in any order. Entries act on each other, so a missing one can change a date.",
            },
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Record",
        "description": "The facts of a criminal or police record, as far as they are known. Leave out what is unknown: it is never taken for no.",
        **person,
        "required": ["jurisdiction", "entries"],
    }


def _all_fields(books: Mapping[str, RuleBook]) -> dict[str, list[tuple[str, Field]]]:
    found: dict[str, list[tuple[str, Field]]] = {}
    for name, book in sorted(books.items()):
        for field in book.fields.values():
            found.setdefault(field.name, []).append((name, field))
    return found


def _object(fields: Mapping[str, list[tuple[str, Field]]], scope: Scope, structural: dict[str, Any]) -> dict[str, Any]:
    own = {
        name: _property(uses, shared=len({n for uses_ in fields.values() for n, _ in uses_}))
        for name, uses in fields.items()
        if uses[0][1].scope == scope
    }
    notes = {"notes": {"type": "string", "description": "Your own remark. Not used by the rules."}}
    return {"type": "object", "additionalProperties": False, "properties": {**structural, **own, **notes}}


def _yes_no(field: Field) -> bool:
    return field.scope == "entry" and field.type == "boolean"


def _property(uses: list[tuple[str, Field]], shared: int) -> dict[str, Any]:
    field = uses[0][1]
    where = "" if len(uses) == shared else f" Only for {', '.join(name for name, _ in uses)}."
    help_ = f" {field.help.en}" if field.help else ""
    described = {"description": f"{field.label.en[0].upper()}{field.label.en[1:]}. {field.question.en}{help_}{where}"}
    return {**_type(field, uses), **described}


def _type(field: Field, uses: list[tuple[str, Field]]) -> dict[str, Any]:
    match field.type:
        case "date":
            return {
                "type": ["string", "null"],
                "examples": ["2016-06-15", "2016-06", "2016", "June 2016", "2016-06/2016-09", NOT_APPLICABLE],
            }
        case "duration":
            return {"type": ["string", "null"], "format": "duration", "examples": ["P6M", "P22M", "P3Y6M"]}
        case "boolean":
            return {"type": ["boolean", "null"]}
        case "number":
            return {"type": ["number", "null"], "minimum": 0}
        case "choice":
            return {"oneOf": [*_choices(uses), {"type": "null", "description": "unknown"}]}
        case "text":
            return {"type": ["string", "null"], "maxLength": 500}


def _choices(uses: list[tuple[str, Field]]) -> list[dict[str, Any]]:
    """Each value once, with its meanings and the places that know it."""
    meanings: dict[str, dict[str, list[str]]] = {}
    for place, field in uses:
        for choice in field.choices:
            text = f"{choice.name.en}{': ' + choice.help.en if choice.help else ''}"
            meanings.setdefault(choice.value, {}).setdefault(text, []).append(place)
    everywhere = len(uses)
    return [
        {
            "const": value,
            "description": "; ".join(
                text if len(places) == everywhere else f"{text} ({', '.join(places)})" for text, places in texts.items()
            ),
        }
        for value, texts in meanings.items()
    ]
