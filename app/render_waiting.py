"""The waiting periods as a picture and as a table of bars, each bar with its authority. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.phrases import amount, shown_value
from app.render_desk import Desk
from app.ui_words import word
from app.waiting import Wait

SCALE = 20.0
"""Years at the right end; a longer period is drawn broken, with its length in words."""
_TICKS = (0, 1, 3, 5, 7, 10, 15, 20)
_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 860, 190, 26, 24, 34


def waiting_html(desk: Desk, waits: Sequence[Wait], narrowed: bool = False, turns: str = "") -> str:
    """The whole view: what the picture shows, the picture, and the table that says the same.

    The table of all places is folded until someone asks for it or narrows it. `turns` is HTML on changes of the law.
    """
    head = (
        f'<header><h2 tabindex="-1">{desk.word("waiting_title")}</h2>'
        f'<p class="subject">{desk.word("waiting_intro")}</p>'
        f'<p class="state"><span>{desk.word("law_on", date=desk.on(desk.day))}</span></p>{turns}</header>'
    )
    title = desk.word("waiting_table", count=len(waits))
    body = (
        f'{_picture(desk, waits)}<details class="shelf"{" open" if narrowed else ""}><summary>{title}</summary>'
        f"{_table(desk, waits)}</details>"
        if waits
        else f'<p class="message">{desk.word("waiting_none")}</p>'
    )
    return f'<article class="atlas waiting" lang="{desk.language}">{head}{body}</article>'


# -- the picture: a line for each place, a dot for each period -----------------------------------------------------------


def _picture(desk: Desk, waits: Sequence[Wait]) -> str:
    places: dict[str, list[Wait]] = {}
    for one in waits:
        if one.years is not None:
            places.setdefault(one.place, []).append(one)
    if not places:
        return ""
    height = _TOP + _ROW * len(places) + 8
    rows = "".join(_line(desk, place, group, _TOP + _ROW * at) for at, (place, group) in enumerate(places.items()))
    title = desk.word("waiting_picture")
    return (
        f'<figure class="strip"><figcaption>{title}</figcaption><div class="strip-box" tabindex="0" role="region" aria-label="{title}">'
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{title}">{_axis(desk, height)}{rows}</svg></div></figure>'
    )


def _axis(desk: Desk, height: float) -> str:
    marks = "".join(
        f'<line class="grid" x1="{_x(year):.1f}" x2="{_x(year):.1f}" y1="{_TOP - 8}" y2="{height - 6:.0f}"/>'
        f'<text class="tick" x="{_x(year):.1f}" y="{_TOP - 14}" text-anchor="middle">{year}</text>'
        for year in _TICKS
    )
    return f'<g aria-hidden="true">{marks}<text class="tick" x="{_LEFT - 14}" y="{_TOP - 14}" text-anchor="end">{desk.word("scale_years")}</text></g>'


def _line(desk: Desk, place: str, group: Sequence[Wait], top: float) -> str:
    y = top + _ROW / 2
    ordered = sorted(group, key=lambda one: one.years or 0)
    least, most = ordered[0], ordered[-1]
    said = word(
        "waiting_dots",
        desk.language,
        place=desk.place(place),
        count=len(group),
        least=_length(desk, least),
        most=_length(desk, most),
    )
    dots = "".join(_dot(desk, one, y) for one in ordered)
    name = desk.place(place)
    return (
        f'<g role="group" aria-label="{escape(said)}"><text class="name" x="{_LEFT - 14}" y="{y + 4:.1f}" text-anchor="end">'
        f"{escape(name if len(name) < 26 else name[:25] + '…')}</text>"
        f'<line class="range" x1="{_x(least.years or 0):.1f}" x2="{_x(most.years or 0):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>{dots}</g>'
    )


def _dot(desk: Desk, one: Wait, y: float) -> str:
    """A period as a link to its authority; a longer one than the scale is an arrow head at its end."""
    years = one.years or 0
    x = _x(years)
    said = f"{desk.place(one.place)}: {_length(desk, one)}, {one.detail.case.in_language(desk.language)}"
    shape = (
        f'<path class="dot beyond" d="M{x:.1f} {y - 5:.1f}l9 5l-9 5z"/>'
        if years > SCALE
        else f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    )
    target = f"#library/{escape(one.detail.authority)}@{desk.day.isoformat()}"
    return f'<a href="{target}" aria-label="{escape(said)}">{shape}<title>{escape(said)}</title></a>'


def _x(years: float) -> float:
    return _LEFT + min(years, SCALE) / SCALE * (_WIDTH - _LEFT - _RIGHT)


# -- the table of bars -------------------------------------------------------------------------------------------------


def _table(desk: Desk, waits: Sequence[Wait]) -> str:
    names = ("jurisdiction", "case", "period", "starts_head", "authority")
    heads = "".join(
        f'<th scope="col" class="{name}"><button type="button" data-sort>{desk.word(name)}</button></th>'
        for name in names
    )
    rows = "".join(_row(desk, one) for one in waits)
    return (
        f'<div class="table-box plain bars" tabindex="0" role="region" aria-label="{desk.word("waiting_title")}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(desk: Desk, one: Wait) -> str:
    detail = one.detail
    starts = escape(detail.starts.in_language(desk.language)) if detail.starts else "–"
    key = "" if one.years is None else f"{one.years:.4f}"
    return (
        f'<tr><th scope="row" data-sort="{escape(desk.place(one.place))}">{desk.link(one.place, desk.place(one.place))}</th>'
        f"<td>{escape(detail.case.in_language(desk.language))}</td>"
        f'<td data-sort="{key}"><strong>{escape(_length(desk, one))}</strong>{_bar(desk, one)}</td>'
        f'<td class="starts">{starts}</td><td>{desk.link(detail.authority, desk.cite(detail.authority))}</td></tr>'
    )


def _bar(desk: Desk, one: Wait) -> str:
    if one.years is None:
        return ""
    width = max(0.6, min(one.years, SCALE) / SCALE * 100)
    broken = one.years > SCALE
    end = '<path class="bar" d="M101 0l6 5l-6 5z"/>' if broken else ""
    note = f'<span class="hint">{desk.word("waiting_beyond")}</span>' if broken else ""
    return (
        f'<svg class="bar-box" viewBox="0 0 108 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" width="100" height="10"/><rect class="bar" width="{width:.2f}" height="10"/>{end}</svg>{note}'
    )


def _length(desk: Desk, one: Wait) -> str:
    value, unit = one.detail.value, one.detail.unit
    if isinstance(value, float | int) and unit:
        return amount(float(value), unit, desk.language)
    return shown_value(value, unit, desk.language)
