"""A check and its interview as HTML. Every string from outside is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from app.check import Check, EntryResult, Result, Step
from app.check_text import status_text, when_text
from app.check_words import period_text
from app.interview import Interview, Question, question_at
from app.render import Shelf, safe_url
from app.render_timeline import timeline_svg
from app.told_words import told_day
from app.ui_words import word
from corpus.rule_reader import period
from corpus.rules import RuleBook

MANY = 12
"""With more choices than this, the reader can narrow them by a word."""
SHOWN = ("reached", "future", "needs_information", "never", "not_covered")


def question_html(question: Question, language: str) -> str:
    """The question in words, with its help."""
    where = word("entry_number", language, number=question.entry) if question.entry else word("about_you", language)
    help_ = f'<p class="help">{escape(question.help)}</p>' if question.help else ""
    narrow = (
        f'<p class="filter"><label for="check-narrow">{word("narrow", language)}</label>'
        f'<input type="search" id="check-narrow" data-narrow autocomplete="off"></p>'
        if question.kind in ("sentences", "choice") and len(question.options) > MANY
        else ""
    )
    return (
        f'<div class="atlas asking" lang="{language}"><p class="where">{escape(where)}</p>'
        f'<h2 tabindex="-1">{escape(_asked(question, language))}</h2>{help_}{narrow}</div>'
    )


def _asked(question: Question, language: str) -> str:
    """The question; the word by which a record's file says "never" is that of the reader's language."""
    if question.kind != "date":
        return question.text
    return re.sub(r"\s?\bnone\b", {"en": " “none”", "de": " „keine“", "zh": "“无”"}[language], question.text)


def turning_point_html(language: str) -> str:
    """Everything about the entries so far is asked: another entry, or the result."""
    return (
        f'<div class="atlas asking" lang="{language}"><h2 tabindex="-1">{word("nothing_more", language)}</h2>'
        f'<p class="help">{word("nothing_more_help", language)}</p></div>'
    )


def summary_html(interview: Interview, book: RuleBook | None, names: Mapping[str, str], language: str) -> str:
    """The answers so far, each with a way to change it."""
    rows = "".join(
        _row(given.path, given.value, book, names, language) for given in interview.given if given.value != {}
    )
    if not rows:
        return ""
    return (
        f'<section class="atlas answers" lang="{language}"><h3>{word("your_answers", language)}</h3>'
        f"<dl>{rows}</dl></section>"
    )


def _row(path: str, value: object, book: RuleBook | None, names: Mapping[str, str], language: str) -> str:
    if path == "jurisdiction" or book is None:
        text, shown = word("place_short", language), names.get(str(value), str(value))
    else:
        question = question_at(path, book, language)
        number = f"{word('entry_number', language, number=question.entry)}: " if question.entry else ""
        text, shown = number + _label(path, book, language), _shown(question, value, language)
    change = word("change", language)
    return (
        f"<div><dt>{escape(text)}</dt><dd>{escape(shown)}</dd>"
        f'<dd class="change"><button type="button" data-change="{escape(path)}"'
        f' aria-label="{escape(f"{change}: {text}")}">{change}</button></dd></div>'
    )


def _label(path: str, book: RuleBook, language: str) -> str:
    name = path.rpartition(".")[2]
    return word("sentences_short", language) if name == "sentences" else book.fields[name].label.in_language(language)


def _shown(question: Question, value: object, language: str) -> str:
    """An answer in words, as the person reads it."""
    if value is None:
        return word("dont_know", language)
    labels = {given: label for label, given in question.options}
    if question.kind == "date":
        return told_day(str(value), language)
    if question.kind == "duration":
        return period_text(period(str(value)), language)
    if isinstance(value, bool):
        return labels["yes" if value else "no"]
    if isinstance(value, list):
        return ", ".join(labels.get(str(item), str(item)) for item in value) or word("none_of_them", language)
    return labels.get(str(value), f"{value:g}" if isinstance(value, float) else str(value))


# -- the result --------------------------------------------------------------------------------------------------------


def check_html(check: Check, shelf: Shelf, names: Mapping[str, str], turns: str = "") -> str:
    """The result entry by entry, the timeline, the notes, and the provisions behind it. `turns` is HTML on changes of the law."""
    language = check.language
    entries = "".join(_entry(result, shelf, language) for result in check.results)
    notes = "".join(f"<li>{_sentence(note, shelf)}</li>" for note in check.notes)
    notes_box = f'<section class="notes"><h3>{word("notes", language)}</h3><ul>{notes}</ul></section>' if notes else ""
    cards = shelf.first_cards(names)
    sources = (
        f'<aside class="sources" aria-label="{word("sources", language)}"><h3>{word("sources", language)}</h3>'
        f'<p class="hint">{word("sources_hint", language)}</p>{cards}</aside>'
        if cards
        else ""
    )
    return (
        f'<article class="atlas answer checked" lang="{language}"><header>'
        f'<h2 tabindex="-1">{word("check_result", language, place=names.get(check.jurisdiction, check.jurisdiction))}</h2>'
        f'<p class="state"><span>{word("law_on", language, date=_day(check.as_of, language))}</span>'
        f'<button type="button" class="print" data-print>{word("print", language)}</button></p>{turns}</header>'
        f'{_at_a_glance(check, language)}{timeline_svg(check)}<div class="columns"><div class="entries">{entries}{notes_box}'
        f'<p class="disclaimer">{word("disclaimer", language)}</p></div>{sources}</div></article>'
    )


def _day(day: date, language: str) -> str:
    from app.check_words import day_text

    return day_text(day, language)


def _at_a_glance(check: Check, language: str) -> str:
    """The answer before its reasons: for each entry what becomes of it and when, each line leading to its reasons."""
    if sum(len(result.outcomes) for result in check.results) < 2:
        return ""
    several = len(check.results) > 1
    parts = []
    for result in check.results:
        lines = "".join(
            f'<li><a href="#{_anchor(result, at)}" data-jump="{_anchor(result, at)}">'
            f'<span class="badge {outcome.status}">{escape(status_text(outcome.status, language))}</span>'
            f" <span><strong>{escape(outcome.effect_name)}</strong>"
            f' <span class="track">{escape(word(f"track_{outcome.track}", language))}</span></span>'
            f' <span class="when">{escape(when_text(outcome, language) or "")}</span></a></li>'
            for at, outcome in enumerate(_ordered(result))
        )
        heading = f"<h3>{_title(result, language)}</h3>" if several else ""
        parts.append(f"{heading}<ul>{lines}</ul>")
    return f'<nav class="glance" aria-label="{word("at_a_glance", language)}">{"".join(parts)}</nav>'


def _ordered(result: EntryResult) -> list[Result]:
    """What holds and what is to come before what is open and what never comes; the law's own order within each."""
    return sorted(result.outcomes, key=lambda outcome: SHOWN.index(outcome.status))


def _anchor(result: EntryResult, at: int) -> str:
    return f"outcome-{escape(result.entry)}-{at}"


def _title(result: EntryResult, language: str) -> str:
    label = f": {escape(result.label)}" if result.label else ""
    return f"{escape(word('entry_number', language, number=result.entry))}{label}"


def _entry(result: EntryResult, shelf: Shelf, language: str) -> str:
    outcomes = "".join(
        _outcome(outcome, shelf, language, _anchor(result, at), first=not at)
        for at, outcome in enumerate(_ordered(result))
    )
    return f'<section class="entry"><h3>{_title(result, language)}</h3>{outcomes}</section>'


def _outcome(outcome: Result, shelf: Shelf, language: str, anchor: str, first: bool) -> str:
    """One outcome. The reasons of the first stand open; those of the others open when they are asked for."""
    when = when_text(outcome, language)
    day = f'<p class="when">{escape(when)}</p>' if when else ""
    track = word(f"track_{outcome.track}", language)
    return (
        f'<div class="outcome {outcome.status}" id="{anchor}" tabindex="-1"><p class="verdict"><span class="badge {outcome.status}">'
        f"{escape(status_text(outcome.status, language))}</span> <strong>{escape(outcome.effect_name)}</strong>"
        f' <span class="track">{escape(track)}</span></p>{day}<p class="meaning">{escape(outcome.meaning)}</p>'
        f'<details class="why"{" open" if first and outcome.status != "not_covered" else ""}><summary>{word("why", language)}</summary>'
        f"<ol>{''.join(f'<li>{_sentence(step, shelf)}</li>' for step in outcome.steps)}</ol></details>"
        f"{_list('missing_title', [escape(q.question) for q in outcome.missing], language)}"
        f"{_list('next_title', [_sentence(step, shelf) for step in outcome.next_steps], language)}</div>"
    )


def _list(title: str, items: Sequence[str], language: str) -> str:
    if not items:
        return ""
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="{title}"><h4>{word(title, language)}</h4><ul>{rows}</ul></div>'


def _sentence(step: Step, shelf: Shelf) -> str:
    return f"{escape(step.text)}{shelf.links(step.citations)}{''.join(_link(step))}"


def _link(step: Step) -> Iterator[str]:
    if url := safe_url(step.url):
        host = escape(step.url.split("/")[2])
        yield f' <a href="{url}" target="_blank" rel="noopener noreferrer">{host} ↗</a>'
