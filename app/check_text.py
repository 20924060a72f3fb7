"""A check as plain text for the shell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.check import Check, EntryResult, Result, Step
from app.check_words import day_text
from corpus.citations import Citations

_STATUS = {
    "reached": {"en": "REACHED", "de": "ERREICHT", "zh": "已达到"},
    "future": {"en": "NOT YET", "de": "NOCH NICHT", "zh": "尚未"},
    "never": {"en": "NEVER", "de": "NIE", "zh": "永不"},
    "not_covered": {"en": "NOT COVERED", "de": "NICHT ERFASST", "zh": "未收录"},
    "needs_information": {"en": "MORE IS NEEDED", "de": "ANGABEN FEHLEN", "zh": "需要更多信息"},
}
_WORDS = {
    "from": {"en": "from {day}", "de": "ab {day}", "zh": "自{day}起"},
    "between": {"en": "between {first} and {last}", "de": "zwischen {first} und {last}", "zh": "{first}至{last}之间"},
    "not_before": {"en": "not before {first}", "de": "nicht vor {first}", "zh": "不早于{first}"},
    "entry": {"en": "Entry", "de": "Eintrag", "zh": "记录"},
    "ask": {"en": "Missing:", "de": "Es fehlt:", "zh": "缺少:"},
    "because": {"en": "Because:", "de": "Denn:", "zh": "理由："},
    "so": {"en": "Therefore: {name}", "de": "Also: {name}", "zh": "因此：{name}"},
    "open": {"en": "Not settled until known:", "de": "Offen, solange nicht bekannt ist:", "zh": "尚需知道："},
    "next": {"en": "Next steps:", "de": "Nächste Schritte:", "zh": "下一步:"},
    "advice": {
        "en": "General information, not legal advice.",
        "de": "Allgemeine Information, keine Rechtsberatung.",
        "zh": "一般信息,并非法律意见。",
    },
}


def status_text(status: str, language: str) -> str:
    """The status in words."""
    return _STATUS[status][language]


def when_text(result: Result, language: str) -> str:
    """The day of an outcome, or its bounds; empty where nothing is known."""
    if result.status == "never":
        return ""
    if result.date:
        return _WORDS["from"][language].format(day=day_text(result.date, language))
    first = day_text(result.not_before, language) if result.not_before else ""
    last = day_text(result.not_after, language) if result.not_after else ""
    if first and last and first != last:
        return _WORDS["between"][language].format(first=first, last=last)
    return _WORDS["not_before"][language].format(first=first) if first else ""


def check_text(check: Check, citations: Citations) -> str:
    """The whole check, entry by entry."""
    return "\n".join(_lines(check, citations))


def explained(check: Check, citations: Citations) -> str:
    """The derivation of each outcome, step by step, from the rule to the day, with its authorities."""
    return "\n".join(_derivations(check, citations))


def _derivations(check: Check, citations: Citations) -> Iterator[str]:
    language = check.language
    for result in check.results:
        yield _heading(result, language)
        yield from (f"  {moment.label}: {_range(moment.first, moment.last, language)}" for moment in result.moments)
        for outcome in result.outcomes:
            yield f"\n  {outcome.effect_name}. {outcome.meaning}"
            yield f"  {_WORDS['because'][language]}"
            yield from (f"    {n}. {_step(step, citations, language)}" for n, step in enumerate(outcome.steps, 1))
            name = f"{_effect(outcome, language)} ({status_text(outcome.status, language)})"
            yield f"  {_WORDS['so'][language].format(name=name)}"
            if outcome.missing:
                yield f"  {_WORDS['open'][language]}"
                yield from (f"    ? {question.question} ({question.path})" for question in outcome.missing)
        yield ""
    yield from _ending(check, citations)


def _range(first: date, last: date, language: str) -> str:
    days = [day_text(day, language) for day in dict.fromkeys((first, last))]
    return " – ".join(days)


def _lines(check: Check, citations: Citations) -> Iterator[str]:
    language = check.language
    for result in check.results:
        yield _heading(result, language)
        for outcome in result.outcomes:
            yield f"  [{status_text(outcome.status, language)}] {_effect(outcome, language)}"
            yield from (f"    - {_step(step, citations, language)}" for step in outcome.steps)
            if outcome.missing:
                yield f"    {_WORDS['ask'][language]}"
                yield from (f"    ? {question.question} ({question.path})" for question in outcome.missing)
            if outcome.next_steps:
                yield f"    {_WORDS['next'][language]}"
                yield from (f"    > {_step(step, citations, language)}" for step in outcome.next_steps)
        yield ""
    yield from _ending(check, citations)


def _heading(result: EntryResult, language: str) -> str:
    return f"{_WORDS['entry'][language]} {result.entry}{': ' + result.label if result.label else ''}"


def _effect(outcome: Result, language: str) -> str:
    when = when_text(outcome, language)
    return f"{outcome.effect_name}{', ' + when if when else ''}"


def _ending(check: Check, citations: Citations) -> Iterator[str]:
    yield from (f"* {_step(note, citations, check.language)}" for note in check.notes)
    yield from (f"* {change}" for change in check.changes)
    yield _WORDS["advice"][check.language]


def _step(step: Step, citations: Citations, language: str) -> str:
    shown = "; ".join(citations.display(id_, language) for id_ in step.citations)
    return f"{step.text}{f' [{shown}]' if shown else ''}{f' <{step.url}>' if step.url else ''}"
