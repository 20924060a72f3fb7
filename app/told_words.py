"""The facts that were understood from a question, in words, so that a reader sees at once what was taken wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from babel.dates import format_date

from app.check_words import days_text, period_text
from app.periods import read_days
from app.phrases import shown_value
from app.told import ToldRecord
from app.told_dates import EARLIEST
from app.told_person import MAIN_DATES
from corpus.rule_reader import period
from corpus.rules import RuleBook

_PLUS = {"en": " and ", "de": " und ", "zh": "、"}


def facts_text(told: ToldRecord, book: RuleBook, place: str, language: str) -> str:
    """The facts as understood, so that a reader sees at once what was taken wrongly."""
    record = told.record
    parts = [place]
    parts += [
        f"{book.fields[k].label.in_language(language)}: {_value(k, v, book, language)}"
        for k, v in record.items()
        if k not in ("jurisdiction", "entries")
    ]
    for number, entry in enumerate(record["entries"], 1):
        facts = [_kind_name(entry, book, language)]
        facts += [
            f"{book.fields[k].label.in_language(language)}: {_value(k, v, book, language)}"
            for k, v in entry.items()
            if k not in ("kind", "sentences") and v is not False and not str(v).startswith(EARLIEST)
        ]
        facts += [_sentence(one, book, language) for one in entry.get("sentences", ())]
        lead = f"({number}) " if len(record["entries"]) > 1 else ""
        parts.append(lead + (", " if language != "zh" else "、").join(facts))
    return ("; " if language != "zh" else "；").join(parts)


def _kind_name(entry: Mapping[str, Any], book: RuleBook, language: str) -> str:
    choice = book.fields["kind"].choice(entry["kind"])
    return re.split(r"\s*[(（]", choice.name.in_language(language))[0] if choice else str(entry["kind"])


def _sentence(sentence: Mapping[str, Any], book: RuleBook, language: str) -> str:
    choice = book.fields["type"].choice(sentence["type"])
    said = [_short(choice.name.in_language(language)) if choice else str(sentence["type"])]
    for key, value in sentence.items():
        if key == "length" or (isinstance(value, str) and key != "type"):
            said.append(_value(key, value, book, language))
        elif key != "type":
            label = book.fields[key].label.in_language(language)
            amount = f"{label}{value:g}" if language == "zh" else f"{value:g} {label}"
            said.append(label if value is True else amount)
    return " ".join(said)


def _short(name: str) -> str:
    """The name of a choice without what explains it: "imprisonment (also suspended): prison, …" is "imprisonment"."""
    return re.split(r"\s*[(:（:,，、]", name)[0].strip() or name


def told_day(iso: str, language: str) -> str:
    """A day as told: a whole month or year by its name, anything else as days."""
    days = read_days(iso)
    if re.fullmatch(r"\d{4}", iso):
        return f"{iso}年" if language == "zh" else iso
    if re.fullmatch(r"\d{4}-\d\d", iso):
        return str(format_date(days.first, "y年M月" if language == "zh" else "MMMM y", locale=language))
    return days_text(days, language)


def _value(name: str, value: Any, book: RuleBook, language: str) -> str:
    if isinstance(value, bool):
        return shown_value("yes" if value else "no", None, language)
    match book.fields[name].type:
        case "date":
            return told_day(value, language)
        case "duration":
            return period_text(period(value), language)
        case "choice":
            choice = book.fields[name].choice(value)
            return choice.name.in_language(language) if choice else str(value)
    return str(value)


def entry_name(entry: Mapping[str, Any], book: RuleBook, language: str) -> str:
    """An entry in a few words: what was imposed, and when."""
    what = _PLUS[language].join(_sentence(one, book, language) for one in entry.get("sentences", ())) or _short_kind(
        entry, book, language
    )
    day = entry.get(MAIN_DATES[entry["kind"]]) or entry.get("arrest_date")
    return f"{what} ({told_day(day, language)})" if day else what


def _short_kind(entry: Mapping[str, Any], book: RuleBook, language: str) -> str:
    outcome = book.fields["outcome"].choice(entry["outcome"]) if "outcome" in entry else None
    if outcome is not None:
        return outcome.name.in_language(language)
    grade = book.fields["grade"].choice(entry["grade"]) if "grade" in entry else None
    return _short(grade.name.in_language(language)) if grade else _kind_name(entry, book, language)
