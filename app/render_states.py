"""The states of the US as a map of tiles: whether the law acts of its own accord, or only on petition."""

from __future__ import annotations

from collections import Counter
from html import escape

from app.render_desk import Desk

_GRID = """
ak .. .. .. .. .. .. .. .. .. me
.. .. .. .. .. .. .. .. .. vt nh
.. wa id mt nd mn il wi mi ny ma
.. or nv wy sd ia in oh pa nj ct
.. ca ut co ne mo ky wv va md ri
.. .. az nm ks ar tn nc sc dc de
.. .. .. .. ok la ms al ga .. ..
hi .. .. .. tx .. .. .. .. fl ..
"""
"""Where each tile lies, roughly as on a map."""
SIGNS = {"automatic": "A", "both": "A+P", "petition": "P", "none": "–", "unknown": "?", "not_covered": ""}
"""Each kind has a sign, so that nothing hangs on its colour alone."""


def states_html(desk: Desk, turns: str = "") -> str:
    """The map with its legend, which counts the states of each kind. `turns` is HTML on changes of the law."""
    kinds = {f"us-{code}": state_kind(desk, f"us-{code}") for code in _codes()}
    counts = Counter(kinds.values())
    tiles = "".join(
        _tile(desk, f"us-{code}", kinds[f"us-{code}"], row, column)
        for row, line in enumerate(_GRID.split("\n")[1:-1], 1)
        for column, code in enumerate(line.split(), 1)
        if code != ".."
    )
    legend = "".join(
        f'<li><span class="key {kind}" aria-hidden="true">{sign}</span> '
        f"{desk.word('state_count', name=desk.word(f'state_{kind}'), count=counts[kind])}</li>"
        for kind, sign in SIGNS.items()
        if counts[kind] or kind == "none"
    )
    return (
        f'<article class="atlas states" lang="{desk.language}"><header><h2 tabindex="-1">{desk.word("states_title")}</h2>'
        f'<p class="subject">{desk.word("states_intro")}</p>'
        f'<p class="state"><span>{desk.word("law_on", date=desk.on(desk.day))}</span></p>{turns}</header>'
        f'<ul class="legend">{legend}</ul><ul class="tiles">{tiles}</ul></article>'
    )


def state_kind(desk: Desk, place: str) -> str:
    """`automatic`, `both`, `petition`, `none`, `unknown` (covered, no answer for the day) or `not_covered`."""
    known = desk.library.corpus.jurisdictions.get(place)
    if known is None or not known.covered:
        return "not_covered"
    cell = desk.library.corpus.position(place, "trigger", desk.day)
    return cell.value if cell and isinstance(cell.value, str) and cell.value in SIGNS else "unknown"


def _codes() -> list[str]:
    return [code for code in _GRID.split() if code != ".."]


def _tile(desk: Desk, place: str, kind: str, row: int, column: int) -> str:
    code = place.removeprefix("us-").upper()
    name, said = desk.place(place), desk.word(f"state_{kind}")
    inside = (
        f'<span class="code" aria-hidden="true">{code}</span><span class="sign" aria-hidden="true">{SIGNS[kind]}</span>'
        f'<span class="unseen">{escape(name)}: {said}</span>'
    )
    title = f' title="{escape(name)}: {said}"'
    box = (
        f'<span class="tile {kind}"{title}>{inside}</span>'
        if kind == "not_covered"
        else f'<a class="tile {kind}"{title} href="#library/{place}/position/trigger@{desk.day.isoformat()}">{inside}</a>'
    )
    return f'<li style="grid-row:{row};grid-column:{column}" data-state="{place}">{box}</li>'
