"""A certificate, register extract, docket or penalty decision as a record that `check` takes.

Only what stands in the document is taken over; what had to be inferred or may be read in two ways is named in `uncertain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import corpus
from app.dates import find_dates
from app.docket_rows import CONTINUES, FIGURE, read_row
from corpus.citations import han_number
from corpus.rules import RuleBook
from corpus.yaml_text import read_yaml
from indexer.durations import Duration, durations
from indexer.read import Document

PATH = Path(corpus.__file__).parent / "record_words.yaml"
_TELLING = frozenset(
    {"offence", "sentence", "outcome", "court", "conviction_date", "offence_date", "offence_code", "case", "born"}
)
"""Fields by which a text that does not say what it is shows itself to be a record."""
ENOUGH = 3
"""A record labels at least so many fields."""
_DATES = frozenset(
    [
        "conviction_date",
        "sentence_date",
        "offence_date",
        "arrest_date",
        "charge_date",
        "final_date",
        "disposition_date",
        "given_on",
        "released_on",
        "supervision_ended_on",
        "sentence_completed_on",
        "paid_on",
        "born",
    ]
)
_DAY = (
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}"
    r"|[二〇一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
"""A whole date, as find_dates reads it."""
_STRONG = re.compile(r"^\s*(?:行政处罚决定书|刑事判决书|Strafbefehl)\s*$", re.IGNORECASE | re.MULTILINE)
_UNITS = {"years": "Y", "months": "M", "weeks": "W", "days": "D"}
_AMOUNT = re.compile(
    r"(?:[$£€¥]|EUR|GBP|USD)\s?(\d[\d,.]*)|(\d[\d,.]*)\s?(?:EUR|Euro|€|dollars?|pounds?|元)|([一二三四五六七八九十百千两]+)元"
)
_DAILY = re.compile(r"(\d+)\s+Tagessätze[n]?(?:\s+zu(?:\s+je)?\s+([\d.,]+)\s*(?:EUR|Euro|€))?", re.IGNORECASE)


@dataclass
class _Raw:
    """One entry as its lines tell it: fields by name, the stretch of text."""

    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    counted: str = ""
    """The line that counts it ("CONVICTION 1", "Charge 2 - …")."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    raw = read_yaml(PATH.read_text(encoding="utf-8"))
    assert isinstance(raw, dict)
    return raw


def looks_like_record(text: str) -> bool:
    """Whether a text is a record: it says what it is, and labels fields as records do."""
    labelled = {name for name, _, _ in _labelled(text)}
    signed = re.search(_words()["signs"], text[:3_000], re.IGNORECASE) is not None
    if labelled >= {"offence"} and len(labelled & _TELLING) >= ENOUGH and labelled & _DATES:
        return True
    titled = _STRONG.search(text[:200]) is not None and len(text) < 6_000
    return signed and (len(labelled) >= ENOUGH - 1 or titled)


def read_record(document: Document, places: Sequence[str], books: Mapping[str, RuleBook]) -> dict[str, Any] | None:
    """The record that a document shows, or `None` if it shows none. `places` are those that it names, the likeliest first."""
    if not looks_like_record(document.text):
        return None
    place = next((one for one in places if one in books), places[0] if places else None)
    reader = _Reader(place or "", books)
    person, raws = _entries(document.text)
    person = {**{k: v for k, v in reader.told(document.text).items() if k == "born"}, **person}
    entries = [entry for number, raw in enumerate(raws) if (entry := reader.entry(raw, number))]
    if not entries or place is None:
        return None
    record: dict[str, Any] = {"jurisdiction": place}
    if re.search(r"(?:balance|total|amount) due\W{0,3}\s*\$?0?\.00\b", document.text, re.IGNORECASE):
        for entry in entries:
            if "money_owed" in reader.known_fields():
                entry["money_owed"] = False
    if "born" in person and (born := reader.day(person["born"])):
        record["born"] = born[0]
    return {**record, "entries": entries}


def _labelled(text: str) -> Iterator[tuple[str, str, int]]:
    """Field, value and line of every "label: value"."""
    for number, line in enumerate(text.split("\n")):
        for cell in re.split(r"\s*\|\s*", line):
            match = re.match(r"\s*(?:\d{1,2}[.)]\s*)?(?P<label>[^:：]{2,40})\s*[:：]\s*(?P<value>.*\S)\s*$", cell)
            name = _label(match["label"]) if match else None
            if match and name:
                tells = name == "sentence" and not re.search(
                    r"sentenc|disposal|penalty|rechtsfolge|结果|内容", match["label"], re.IGNORECASE
                )
                yield name, f"{match['label'].strip()} {match['value']}" if tells else match["value"], number


def _label(label: str) -> str | None:
    bare = re.sub(r"[*_#]", "", label).strip()
    for name, pattern in _words()["labels"].items():
        if re.fullmatch(pattern, bare, re.IGNORECASE):
            return str(name)
    return None


def _entries(text: str) -> tuple[dict[str, str], list[_Raw]]:
    """What is said of the person, and the entries: a new one begins where a heading counts it or a field comes again."""
    person: dict[str, str] = {}
    raws = [_Raw()]
    labelled: dict[int, list[tuple[str, str]]] = {}
    for name, value, number in _labelled(text):
        labelled.setdefault(number, []).append((name, value))
    blank = False
    for number, line in enumerate(text.split("\n")):
        fields = [(name, value) for name, value in labelled.get(number, []) if name != "born"]
        person.update({name: value for name, value in labelled.get(number, []) if name == "born"})
        counted = re.match(_words()["entry"], line, re.IGNORECASE) is not None
        row = read_row(line)
        fields += row.fields if row else []
        about = row.number if row else _sentenced(line)
        if about and (back := _numbered(raws, about)) is not None:
            raws.remove(back)
            raws.append(back)  # what follows tells the sentence or end of a charge listed above
            counted = False
        elif row and about:
            counted, line = True, f"count {about}"
        again = any(
            name in raws[-1].fields and name not in ("sentence", "reference", "outcome", "date") for name, _ in fields
        )
        apart = blank and {"offence", "sentence"} & set(raws[-1].fields) and {n for n, _ in fields} & _DATES
        if (counted and (raws[-1].fields or raws[-1].counted)) or again or apart:
            raws.append(_Raw())
        if counted:
            raws[-1].counted = line.strip()
        line = FIGURE.sub(r"\1", line)
        if CONTINUES.match(line) and raws[-1].lines:
            raws[-1].lines[-1] += f" {line.strip()}"
            continue
        blank = not line.strip()
        for name, value in fields:
            raws[-1].fields[name] = f"{raws[-1].fields[name]}; {value}" if name in raws[-1].fields else value
        raws[-1].lines.append(line)
    return person, _with_head(raws)


def _with_head(raws: list[_Raw]) -> list[_Raw]:
    """What stands above the first entry (court, number of the case, day of filing) holds for all of them."""
    ordered = sorted(raws, key=lambda raw: _number_of(raw))
    head = ordered[0]
    if len(raws) < 2 or head.counted or {"offence", "sentence", "conviction_date", "given_on"} & set(head.fields):
        return ordered
    shared = {name: value for name, value in _patterns_in(head.text).items() if name in ("court", "case")}
    shared |= {name: value for name, value in head.fields.items() if name not in ("date", "born")}
    return [_Raw({**shared, **raw.fields}, raw.lines, raw.counted) for raw in ordered[1:]]


_GUILTY = re.compile(r"(?<!not )\bguilty\b|convicted|nolo contendere", re.IGNORECASE)
_SENTENCED = re.compile(r"sentenc\w*\b.{0,20}?\b(?:charge|count)\s+(?:no\.?\s*)?(\d+)", re.IGNORECASE)


def _sentenced(line: str) -> str | None:
    """The number of the charge whose sentence a line tells."""
    match = _SENTENCED.search(line)
    return match[1] if match else None


def _numbered(raws: Sequence[_Raw], number: str) -> _Raw | None:
    return next((raw for raw in raws if (m := re.search(r"\d+", raw.counted)) and m.group() == number), None)


def _number_of(raw: _Raw) -> int:
    match = re.match(r"\s*(?:charge|count)\s+(?:no\.?\s*)?(\d+)", raw.counted, re.IGNORECASE)
    return int(match[1]) if match else 0


def _patterns_in(text: str) -> dict[str, str]:
    """What a text in sentences tells without labels."""
    found = {}
    for name, pattern in _words()["patterns"].items():
        match = re.search(pattern.replace("{date}", _DAY), text, re.IGNORECASE | re.MULTILINE)
        if match:
            found[name] = next((value for value in match.groups() if value), "")
    return {name: " ".join(value.split()) for name, value in found.items() if value}


def _settled(fields: dict[str, str], raw: _Raw) -> dict[str, str]:
    """Fields whose meaning the entry decides: a bare "date", the code and name of a charge, the day of a disposition."""
    fields.pop("born", None)
    told = " ".join((raw.counted, fields.get("outcome", ""), fields.get("sentence", "")))
    if charged := fields.pop("charged", ""):
        code, _, name = charged.partition(" - ")
        if name:
            fields.update(offence_code=code.strip(), offence=name.strip())
    if joined := re.match(
        r"(?P<code>\d[\w.-]*\d[\w.()-]*)\s+(?P<name>[A-Z][^()]{3,120}?)\s*(?:\((?P<grade>\w+)\))?\s*$",
        fields.get("offence", ""),
    ):
        fields.setdefault("offence_code", joined["code"])
        fields["offence"] = joined["name"]
    bare = fields.pop("date", "")
    if bare:
        caution = re.search(_words()["kinds"]["caution"], told, re.IGNORECASE)
        ended = re.search(_words()["kinds"]["non_conviction"], fields.get("outcome", ""), re.IGNORECASE)
        fields.setdefault("given_on" if caution else "disposition_date" if ended else "conviction_date", bare)
    outcome = fields.get("outcome", "")
    if find_dates(outcome):
        ended = re.search(_words()["kinds"]["non_conviction"], outcome, re.IGNORECASE)
        fields.setdefault("disposition_date" if ended else "conviction_date", outcome)
    if re.search(r"刑事判决书|Strafbefehl", raw.text) and "given_on" in fields and "given_on" not in raw.fields:
        fields.setdefault("conviction_date", fields["given_on"])
    return fields


class _Reader:
    """Turns raw entries into entries of one place's record."""

    def __init__(self, place: str, books: Mapping[str, RuleBook]) -> None:
        self.place = place
        self.book = books.get(place)
        self.books = books

    def entry(self, raw: _Raw, number: int) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        uncertain: list[str] = []
        fields = _settled({**self._from_patterns(raw.text), **raw.fields}, raw)
        for name, value in fields.items():
            if name in _DATES and (day := self.day(value)):
                found[name] = day[0]
                uncertain += [name] if day[1] else []
            elif name in ("offence", "offence_code", "court", "case"):
                found[name] = " ".join(value.split())[:200].strip(" .。")
        told = fields.get("decided") or fields.get("sentence") or fields.get("outcome") or ""
        sentences = list(self._sentences(told)) or list(self._sentences(raw.text))
        if "offence" not in found and "offence_date" not in found and not sentences:
            return None
        self._kind(raw, fields, found, uncertain)
        self._flags(found, uncertain)
        if sentences and found.get("kind") != "non_conviction":
            found["sentences"] = sentences
        if uncertain:
            found["uncertain"] = sorted(set(uncertain))
        return {"id": str(number + 1), **found}

    def told(self, text: str) -> dict[str, str]:
        """What a text in sentences tells without labels."""
        return self._from_patterns(text)

    def _from_patterns(self, text: str) -> dict[str, str]:
        return _patterns_in(text)

    def _kind(self, raw: _Raw, fields: Mapping[str, str], found: dict[str, Any], uncertain: list[str]) -> None:
        told = " ".join((fields.get("grade", ""), fields.get("outcome", ""), fields.get("sentence", ""), raw.text))
        if re.match(r"\s*conviction", raw.counted, re.IGNORECASE) or _GUILTY.search(fields.get("outcome", "")):
            found["kind"] = "conviction"
            self._grade(told, found)
            return
        for kind, pattern in _words()["kinds"].items():
            if re.search(pattern, told, re.IGNORECASE):
                found["kind"] = kind
                break
        else:
            found["kind"] = "conviction"
            if "conviction_date" not in found and not re.search(
                r"convict|guilty|verurteil|判决|定罪", told, re.IGNORECASE
            ):
                uncertain.append("kind")
        if found["kind"] == "non_conviction":
            outcome = next((o for o, p in _words()["outcomes"].items() if re.search(p, told, re.IGNORECASE)), None)
            if outcome:
                found["outcome"] = outcome
        if found["kind"] != "administrative" and found["kind"] != "caution":
            found.pop("given_on", None) if "given_on" not in raw.fields else None
        self._grade(told, found)

    def _grade(self, told: str, found: dict[str, Any]) -> None:
        known = self._choices("grade", "entry")
        graded = next((g for g, p in _words()["grades"].items() if re.search(p, told, re.IGNORECASE)), None)
        letter = (
            re.search(rf"class\s+([A-E])\s+{graded}|{graded}[\s,(]+class\s+([A-E])", told, re.IGNORECASE)
            if graded
            else None
        )
        level = re.search(r"\b[FM](\d)\b", told)
        if level and f"{graded}_{level[1]}" in known:
            found["grade"] = f"{graded}_{level[1]}"
        elif letter and f"{graded}_{(letter[1] or letter[2]).lower()}" in known:
            found["grade"] = f"{graded}_{(letter[1] or letter[2]).lower()}"
        elif graded in known:
            found["grade"] = graded

    def _flags(self, found: dict[str, Any], uncertain: list[str]) -> None:
        """Yes/no facts that the name of the offence tells; all of them are inferences."""
        names = self._fields("entry")
        for flag, pattern in _words()["flags"].items():
            if (
                "offence" in found
                and re.search(pattern, found["offence"], re.IGNORECASE)
                and (not names or flag in names)
            ):
                found[flag] = True
                uncertain.append(flag)

    # -- sentences ---------------------------------------------------------------------------------------------------

    def _sentences(self, text: str) -> Iterator[dict[str, Any]]:
        """Every sentence or order that a text names, each once, in the order of the text."""
        yield from (one for _, one in sorted(self._placed(text), key=lambda item: item[0]))

    def _placed(self, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
        taken: list[tuple[int, int]] = []
        for one in _words()["sentences"]:
            for match in re.finditer(one["pattern"], text, re.IGNORECASE):
                stretch = self._stretch(text, match.start(), match.end())
                if any(stretch[0] < end and start < stretch[1] for start, end in taken):
                    continue
                taken.append(stretch)
                behind = re.split(r"[;\n。]", text[stretch[1] :])[0]
                if one.get("never_after") and re.search(
                    one["never_after"], text[: match.start()].split("\n")[-1], re.IGNORECASE
                ):
                    continue
                yield match.start(), self._sentence(text[stretch[0] : stretch[1]], behind, one)

    @staticmethod
    def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
        """The words around a sentence's name, up to the next comma, "and" or line."""
        marks = ("\n", ";", " and ", " und ", "并处", ", ", "，", ",")
        first = max((text.rfind(mark, 0, start) + len(mark) for mark in marks if mark in text[:start]), default=0)
        after = re.search(r"\n|;|\sand\s|\sund\s|并处|，|,\s", text[end:])
        return first, end + after.start() if after else len(text)

    def _sentence(self, text: str, behind: str, told: Mapping[str, Any]) -> dict[str, Any]:
        known = self._choices("type", "sentence")
        kind = next((value for value in told["values"] if value in known), told["values"][-1] if not known else "other")
        found: dict[str, Any] = {"type": kind}
        lengths = sorted(durations(text), key=lambda d: d.start)
        daily = _DAILY.search(text)
        if daily:
            found["units"] = int(daily[1])
        elif lengths and kind not in ("fine", "compensation"):
            found["length"] = _iso(lengths)
        if kind in ("fine", "compensation", "geldstrafe") and not daily and (amount := _AMOUNT.search(text)):
            found["amount"] = _number(amount)
        until = re.search(rf"(?:sperre|until|bis(?: zum)?)\s+(?:bis\s+)?({_DAY})", text + behind, re.IGNORECASE)
        if until and (day := self.day(until[1])):
            found["ends_on"] = day[0]
        if told.get("may_be_suspended") and re.search(_words()["suspended"], text + behind, re.IGNORECASE):
            found["suspended"] = True
        return found

    # -- values ------------------------------------------------------------------------------------------------------

    def day(self, value: str) -> tuple[str, bool] | None:
        """The date that a value names as ISO text, and whether it can be read in two ways."""
        found = find_dates(value, month_first=self.place.startswith("us"))
        return (found[0].text, found[0].ambiguous and not self.place) if found else None

    def _fields(self, scope: str) -> set[str]:
        return {name for name, one in self.book.fields.items() if one.scope == scope} if self.book else set()

    def known_fields(self) -> set[str]:
        """The names of the fields of an entry that the rules of the place ask for."""
        return self._fields("entry")

    def _choices(self, name: str, scope: str) -> list[str]:
        """The values of a field for this place; for a place without rules those that all places share."""
        books = [self.book] if self.book else list(self.books.values())
        fields = [one for book in books if (one := book.fields.get(name)) is not None and one.scope == scope]
        listed = [[choice.value for choice in one.choices] for one in fields]
        return [value for value in listed[0] if all(value in other for other in listed)] if listed else []


def _iso(lengths: Sequence[Duration]) -> str:
    """A length of time as ISO 8601; years and months beside each other are one length."""
    first = lengths[0]
    text = f"P{first.value:g}{_UNITS[first.unit]}"
    if len(lengths) > 1 and first.unit == "years" and lengths[1].unit == "months" and lengths[1].start - first.end <= 5:
        text += f"{lengths[1].value:g}M"
    return text


def _number(match: re.Match[str]) -> float:
    if match[3]:
        return float(han_number(match[3]))
    digits = match[1] or match[2]
    german = (
        re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d\d)?|\d+,\d\d", digits)
        and "," in digits
        and re.search(r",\d\d$", digits)
    )
    plain = digits.replace(".", "").replace(",", ".") if german else digits.replace(",", "")
    return float(plain.rstrip("."))
