"""The days of a check as a picture: for each entry its own days, then a line for each outcome with the period that runs,
what lengthens it, and the day of the effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from app.check import Check, EntryResult, Result
from app.check_words import day_text
from app.stretches import Moment, Stretch
from app.ui_words import word

WIDTH, LEFT, ROW, TOP = 760, 220, 34, 30
_PLAIN = """
svg { font: 13px sans-serif; background: #fff; } text { fill: #1c1c1c; } .year, .today { fill: #595959; font-size: 12px; }
.grid { stroke: #ddd; } line.today { stroke: #8a3b12; stroke-dasharray: 4 3; } .period { stroke: #9aa7b5; stroke-width: 4; }
.longer { stroke: #b3541e; stroke-width: 4; } .maybe { stroke: #a07400; stroke-width: 4; stroke-dasharray: 3 3; }
circle.reached { fill: #1b7a3d; } circle.future { fill: #a07400; } .moment { fill: #1c1c1c; } .entry { font-weight: bold; }
"""
"""How it looks as a file of its own; on the page the page's own style counts."""


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    moments: tuple[Moment, ...] = ()
    outcome: Result | None = None

    @property
    def days(self) -> Iterator[date]:
        for moment in self.moments:
            yield from (moment.first, moment.last)
        if self.outcome:
            yield from (day for one in self.outcome.stretches for day in (one.first, one.last))
            yield from (day for day in _ends(self.outcome) if day)


def timeline_svg(check: Check) -> str:
    """The picture as part of a page, with a text for those who do not see it; empty where no outcome has a day."""
    drawn = _drawn(check, "")
    return f'<figure class="timeline">{drawn}</figure>' if drawn else ""


def timeline_file(check: Check) -> str:
    """The picture as an SVG file of its own; empty where no outcome has a day."""
    return _drawn(check, f"<style>{_PLAIN}</style>")


def _drawn(check: Check, style: str) -> str:
    rows = [row for result in check.results for row in _rows(result, check.language)]
    days = [day for row in rows for day in row.days]
    if not any(row.outcome for row in rows):
        return ""
    begin, end = min(*days, check.as_of), max(*days, check.as_of)
    margin = timedelta(days=max(60, (end - begin).days // 12))
    begin, end = max(date.min + margin, begin) - margin, min(date.max - margin, end) + margin
    height = TOP + ROW * len(rows) + 26
    inside = "".join(_row(number, row, begin, end, check.language) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{_described(check, rows)}">'
        f"{style}{_years(begin, end, height)}{_today(check, begin, end, height)}{inside}</svg>"
    )


def _rows(result: EntryResult, language: str) -> Iterator[_Row]:
    """The rows of an entry: first its own days, then its outcomes that have a day; none where no outcome has one."""
    dated = [o for o in result.outcomes if o.status in ("reached", "future") and any(_ends(o))]
    if dated:
        named = (
            f"{result.entry}: {result.label}" if result.label else word("entry_number", language, number=result.entry)
        )
        yield _Row(named, moments=result.moments)
    yield from (_Row(f"  {outcome.effect_name}", outcome=outcome) for outcome in dated)


def _ends(outcome: Result) -> tuple[date | None, date | None]:
    """The bounds of the day of the effect."""
    return outcome.date or outcome.not_before, outcome.date or outcome.not_after


def _at(day: date, begin: date, end: date) -> float:
    span = (end - begin).days or 1
    return LEFT + (day - begin).days / span * (WIDTH - LEFT - 20)


def _row(number: int, row: _Row, begin: date, end: date, language: str) -> str:
    y = TOP + ROW * number + ROW / 2
    label = escape(row.label if len(row.label) < 32 else row.label[:31] + "…")
    inside = "".join(_mark(moment, y, begin, end, language) for moment in row.moments)
    if row.outcome:
        inside = _course(row.outcome, y, begin, end, language)
    kind = "name" if row.outcome else "name entry"
    indent = 12 if row.outcome else 0
    return f'<text x="{indent}" y="{y + 4:.0f}" class="{kind}">{label.strip()}</text>{inside}'


def _mark(moment: Moment, y: float, begin: date, end: date, language: str) -> str:
    """A day of the record as a small square, that says what it is when it is pointed at."""
    x = _at(moment.first, begin, end)
    told = f"{moment.label}: {day_text(moment.first, language)}"
    if moment.last > moment.first:
        told += f" – {day_text(moment.last, language)}"
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.0f}" width="8" height="8" class="moment"><title>{escape(told)}</title></rect>'


def _course(outcome: Result, y: float, begin: date, end: date, language: str) -> str:
    first, last = _ends(outcome)
    x = _at(first or begin, begin, end)
    x_last = max(_at(last or end, begin, end), x)
    right = x > WIDTH - 150
    runs = "".join(_run(one, y, begin, end, language) for one in outcome.stretches)
    return (
        f'{runs}<line x1="{x:.1f}" x2="{x_last:.1f}" y1="{y:.0f}" y2="{y:.0f}" class="maybe"/>'
        f'<circle cx="{x:.1f}" cy="{y:.0f}" r="6" class="{outcome.status}"/>'
        f'<text x="{x + (-9 if right else 9):.1f}" y="{y - 9:.0f}" text-anchor="{"end" if right else "start"}" class="day">'
        f"{escape(day_text(first or begin, language))}</text>"
    )


def _run(one: Stretch, y: float, begin: date, end: date, language: str) -> str:
    told = f"{word(f'stretch_{one.kind}', language)}: {day_text(one.first, language)} – {day_text(one.last, language)}"
    x, x_last = _at(one.first, begin, end), _at(one.last, begin, end)
    return f'<line x1="{x:.1f}" x2="{x_last:.1f}" y1="{y:.0f}" y2="{y:.0f}" class="{one.kind}"><title>{escape(told)}</title></line>'


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


def _described(check: Check, rows: list[_Row]) -> str:
    told = []
    for row in rows:
        told += [f"{moment.label}: {day_text(moment.first, check.language)}" for moment in row.moments]
        first = _ends(row.outcome)[0] if row.outcome else None
        told += [f"{row.label.strip()}: {day_text(first, check.language)}"] if first else []
    return escape(f"{word('timeline', check.language)}: {'; '.join(told)}")
