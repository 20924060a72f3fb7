"""The days of a check as a picture: one line for each outcome, from the entry's day to the day of the effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from app.check import Check
from app.check_words import day_text
from app.ui_words import word

WIDTH, LEFT, ROW, TOP = 760, 220, 34, 30


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    first: date | None
    last: date | None
    status: str


def timeline_svg(check: Check) -> str:
    """The picture, with a text for those who do not see it; empty where no outcome has a day."""
    lines = list(_lines(check))
    days = [day for line in lines for day in (line.first, line.last) if day]
    if not days:
        return ""
    begin, end = min(*days, check.as_of), max(*days, check.as_of)
    margin = timedelta(days=max(60, (end - begin).days // 12))
    begin, end = begin - margin, end + margin
    height = TOP + ROW * len(lines) + 26
    rows = "".join(_row(number, line, begin, end, check.language) for number, line in enumerate(lines))
    return (
        f'<figure class="timeline"><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{_described(check, lines)}">'
        f"{_years(begin, end, height)}{_today(check, begin, end, height)}{rows}</svg></figure>"
    )


def _lines(check: Check) -> Iterator[_Line]:
    for result in check.results:
        for outcome in result.outcomes:
            if outcome.status in ("reached", "future") and (outcome.date or outcome.not_before):
                first = outcome.date or outcome.not_before
                last = outcome.date or outcome.not_after
                yield _Line(f"{result.entry} · {outcome.effect_name}", first, last, outcome.status)


def _at(day: date, begin: date, end: date) -> float:
    span = (end - begin).days or 1
    return LEFT + (day - begin).days / span * (WIDTH - LEFT - 20)


def _row(number: int, line: _Line, begin: date, end: date, language: str) -> str:
    y = TOP + ROW * number + ROW / 2
    first, last = line.first or begin, line.last or end
    x, x_last = _at(first, begin, end), _at(last, begin, end)
    label = escape(line.label if len(line.label) < 32 else line.label[:31] + "…")
    text = day_text(first, language)
    anchor = "end" if x > WIDTH - 150 else "start"
    offset = -9 if anchor == "end" else 9
    return (
        f'<text x="0" y="{y + 4:.0f}" class="name">{label}</text>'
        f'<line x1="{LEFT}" x2="{x:.1f}" y1="{y:.0f}" y2="{y:.0f}" class="wait {line.status}"/>'
        f'<line x1="{x:.1f}" x2="{max(x_last, x):.1f}" y1="{y:.0f}" y2="{y:.0f}" class="maybe"/>'
        f'<circle cx="{x:.1f}" cy="{y:.0f}" r="6" class="{line.status}"/>'
        f'<text x="{x + offset:.1f}" y="{y - 9:.0f}" text-anchor="{anchor}" class="day">{escape(text)}</text>'
    )


def _years(begin: date, end: date, height: int) -> str:
    step = max(1, (end.year - begin.year) // 8)
    marks = []
    for year in range(begin.year + 1, end.year + 1, step):
        x = _at(date(year, 1, 1), begin, end)
        marks.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - 22}" class="grid"/>'
            f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle" class="year">{year}</text>'
        )
    return "".join(marks)


def _today(check: Check, begin: date, end: date, height: int) -> str:
    x = _at(check.as_of, begin, end)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="12" y2="{height - 22}" class="today"/>'
        f'<text x="{x:.1f}" y="10" text-anchor="middle" class="today">{escape(day_text(check.as_of, check.language))}</text>'
    )


def _described(check: Check, lines: list[_Line]) -> str:
    days = "; ".join(f"{line.label}: {day_text(line.first, check.language)}" for line in lines if line.first)
    return escape(f"{word('timeline', check.language)}: {days}")
