"""The lines of a certificate, extract or docket as raw entries: labelled fields, tables of charges, patterns of sentences in prose."""

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
from corpus.yaml_text import read_yaml

PATH = Path(corpus.__file__).parent / "record_words.yaml"
DATES = frozenset(
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
DAY = (
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}"
    r"|[二〇一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
"""A whole date, as find_dates reads it."""


@dataclass
class Raw:
    """One entry as its lines tell it: fields by name, the stretch of text."""

    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    counted: str = ""
    """The line that counts it ("CONVICTION 1", "Charge 2 - …")."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@lru_cache(maxsize=1)
def record_words() -> Mapping[str, Any]:
    """The labels and patterns of corpus/record_words.yaml."""
    raw = read_yaml(PATH.read_text(encoding="utf-8"))
    assert isinstance(raw, dict)
    return raw


def labelled_in(text: str) -> Iterator[tuple[str, str, int]]:
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
    for name, pattern in record_words()["labels"].items():
        if re.fullmatch(pattern, bare, re.IGNORECASE):
            return str(name)
    return None


def entries_in(text: str) -> tuple[dict[str, str], list[Raw]]:
    """What is said of the person, and the entries: a new one begins where a heading counts it or a field comes again."""
    person: dict[str, str] = {}
    raws = [Raw()]
    labelled: dict[int, list[tuple[str, str]]] = {}
    for name, value, number in labelled_in(text):
        labelled.setdefault(number, []).append((name, value))
    blank = False
    for number, line in enumerate(text.split("\n")):
        fields = [(name, value) for name, value in labelled.get(number, []) if name != "born"]
        person.update({name: value for name, value in labelled.get(number, []) if name == "born"})
        counted = re.match(record_words()["entry"], line, re.IGNORECASE) is not None
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
        apart = blank and {"offence", "sentence"} & set(raws[-1].fields) and {n for n, _ in fields} & DATES
        if (counted and (raws[-1].fields or raws[-1].counted)) or again or apart:
            raws.append(Raw())
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


def _with_head(raws: list[Raw]) -> list[Raw]:
    """What stands above the first entry (court, number of the case, day of filing) holds for all of them."""
    ordered = sorted(raws, key=lambda raw: _number_of(raw))
    head = ordered[0]
    if len(raws) < 2 or head.counted or {"offence", "sentence", "conviction_date", "given_on"} & set(head.fields):
        return ordered
    shared = {name: value for name, value in patterns_in(head.text).items() if name in ("court", "case")}
    shared |= {name: value for name, value in head.fields.items() if name not in ("date", "born")}
    return [Raw({**shared, **raw.fields}, raw.lines, raw.counted) for raw in ordered[1:]]


GUILTY = re.compile(r"(?<!not )\bguilty\b|convicted|nolo contendere", re.IGNORECASE)
_SENTENCED = re.compile(r"sentenc\w*\b.{0,20}?\b(?:charge|count)\s+(?:no\.?\s*)?(\d+)", re.IGNORECASE)


def _sentenced(line: str) -> str | None:
    """The number of the charge whose sentence a line tells."""
    match = _SENTENCED.search(line)
    return match[1] if match else None


def _numbered(raws: Sequence[Raw], number: str) -> Raw | None:
    return next((raw for raw in raws if (m := re.search(r"\d+", raw.counted)) and m.group() == number), None)


def _number_of(raw: Raw) -> int:
    match = re.match(r"\s*(?:charge|count)\s+(?:no\.?\s*)?(\d+)", raw.counted, re.IGNORECASE)
    return int(match[1]) if match else 0


def patterns_in(text: str) -> dict[str, str]:
    """What a text in sentences tells without labels."""
    found = {}
    for name, pattern in record_words()["patterns"].items():
        match = re.search(pattern.replace("{date}", DAY), text, re.IGNORECASE | re.MULTILINE)
        if match:
            found[name] = next((value for value in match.groups() if value), "")
    return {name: " ".join(value.split()) for name, value in found.items() if value}


def settled(fields: dict[str, str], raw: Raw) -> dict[str, str]:
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
        caution = re.search(record_words()["kinds"]["caution"], told, re.IGNORECASE)
        ended = re.search(record_words()["kinds"]["non_conviction"], fields.get("outcome", ""), re.IGNORECASE)
        fields.setdefault("given_on" if caution else "disposition_date" if ended else "conviction_date", bare)
    outcome = fields.get("outcome", "")
    if find_dates(outcome):
        ended = re.search(record_words()["kinds"]["non_conviction"], outcome, re.IGNORECASE)
        fields.setdefault("disposition_date" if ended else "conviction_date", outcome)
    if re.search(r"刑事判决书|Strafbefehl", raw.text) and "given_on" in fields and "given_on" not in raw.fields:
        fields.setdefault("conviction_date", fields["given_on"])
    return fields
