"""The comparison as HTML: a table on wide screens, cards on narrow ones (the style sheet decides which)."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape

from app.export import FORMATS, Format
from app.phrases import shown_value
from app.render import Json, Shelf, day, notes_html
from app.ui_words import word


def comparison_html(
    comparison: Json,
    shelf: Shelf,
    names: Mapping[str, str],
    cite: Callable[[str], str],
    turns: str = "",
    address: str = "",
) -> str:
    """The whole answer of the second tab: what differs, the table, downloads, notes and the authorities.

    `turns` is HTML on changes of the law around the day; `address` is what a link to the table has behind its `#`.
    """
    language = str(comparison["language"])
    table = table_html(comparison, shelf)
    at = f' data-address="{escape(address)}"' if address else ""
    return (
        f'<article class="atlas comparison" lang="{language}"{at}><header>'
        f'<h2 tabindex="-1">{" · ".join(escape(row["name"]) for row in comparison["rows"])}</h2>'
        f'<p class="state"><span>{word("law_on", language, date=day(comparison["as_of"], language))}</span>'
        f"{_downloads(comparison, cite)}</p>{turns}{_only_differences(comparison)}</header>"
        f"{table}{notes_html(comparison['notes'], language)}"
        f'<aside class="sources" aria-label="{word("authorities", language)}"><h3>{word("authorities", language)}</h3>'
        f'<p class="hint">{word("authorities_hint", language)}</p>'
        f"{shelf.cards_by_place(names)}</aside></article>"
    )


def table_html(comparison: Json, shelf: Shelf) -> str:
    """Dimensions down, jurisdictions across; under each dimension the line on what differs."""
    language = str(comparison["language"])
    heads = "".join(
        f'<th scope="col" role="columnheader" data-at="{at}">{escape(row["name"])}</th>'
        for at, row in enumerate(comparison["rows"])
    )
    differs = {one["dimension"]: str(one["text"]) for one in comparison.get("differences", ())}
    body = "".join(
        _line(comparison, dimension, differs.get(dimension, ""), shelf) for dimension in comparison["dimensions"]
    )
    return (
        f'<div class="table-box" tabindex="0" role="region" aria-label="{word("comparison", language)}">'
        f'<table role="table" style="--columns:{len(comparison["rows"])}"><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader">{word("dimension", language)}'
        f"{_sorter(word('sort_names', language))}</th>{heads}</tr></thead>"
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _line(comparison: Json, dimension: str, differs: str, shelf: Shelf) -> str:
    language = str(comparison["language"])
    name = comparison.get("dimension_names", {}).get(dimension, dimension)
    values = [_value(row, dimension, language) for row in comparison["rows"]]
    usual = _usual(values)
    cells = "".join(
        _cell(row, dimension, language, shelf, at, apart=bool(usual and value and value != usual))
        for at, (row, value) in enumerate(zip(comparison["rows"], values, strict=True))
    )
    summary = differs.removeprefix(f"{name}: ").removeprefix(f"{name}:")
    line = f'<span class="differs"><span class="label">{word("differences", language)}</span> {escape(summary)}</span>'
    same = len(set(values)) == 1
    tag = f'<span class="{"same" if same else "unlike"}">{word("same_for_all" if same else "differs_here", language)}</span>'
    sorter = _sorter(word("sort_columns", language, dimension=name))
    unfolded = ' class="unfolded"' if len(comparison["dimensions"]) == 1 else ""
    return (
        f'<tr role="row" data-dimension="{escape(dimension)}"{unfolded}{" data-same" if same else ""}>'
        f'<th scope="row" role="rowheader">'
        f"{escape(name)}{sorter}{tag if len(values) > 1 else ''}{line if differs and not same else ''}"
        f"{_brief(comparison, name, values)}</th>{cells}</tr>"
    )


def _brief(comparison: Json, name: str, values: list[str]) -> str:
    """A line of the table for a narrow screen: each place with its value, and a button that unfolds the cells below."""
    language = str(comparison["language"])
    rows = "".join(
        f"<div><dt>{escape(row['name'])}</dt><dd>{escape(value) or '–'}</dd></div>"
        for row, value in zip(comparison["rows"], values, strict=True)
    )
    told = escape(f"{word('more', language)}: {name}")
    button = (
        f'<button type="button" class="unfold" data-unfold aria-expanded="false" aria-label="{told}">'
        f"{word('more', language)}</button>"
        if len(comparison["dimensions"]) > 1
        else ""
    )
    return f'<div class="brief"><dl>{rows}</dl>{button}</div>'


def _sorter(label: str) -> str:
    """The button that puts the jurisdictions in the order of one line of the table."""
    return (
        f'<button type="button" class="sorter" data-sort-columns data-order="" aria-pressed="false"'
        f' aria-label="{escape(label)}" title="{escape(label)}"></button>'
    )


def _only_differences(comparison: Json) -> str:
    if len(comparison["dimensions"]) < 2 or len(comparison["rows"]) < 2:
        return ""
    return f'<p class="only"><label><input type="checkbox"> {word("only_differences", str(comparison["language"]))}</label></p>'


def _value(row: Json, dimension: str, language: str) -> str:
    """The typed value of a cell in words; empty for an empty cell."""
    cell = row["cells"].get(dimension)
    return "" if cell is None or cell["value"] is None else shown_value(cell["value"], cell["unit"], language)


def _usual(values: list[str]) -> str:
    """The value that most cells have; empty if none has a majority."""
    known = [value for value in values if value]
    if len(known) < 3:
        return ""
    value, count = Counter(known).most_common(1)[0]
    return value if count * 2 > len(known) else ""


def _order(cell: Json, shown: str) -> str:
    """By what a cell is put in order: its shortest period in days, else its words."""
    value, days = (
        cell["value"],
        {"years": 365.25, "months": 30.4375, "weeks": 7.0, "days": 1.0}.get(cell["unit"] or "", 1.0),
    )
    numbers = value if isinstance(value, list | tuple) else [value]
    if numbers and all(isinstance(number, float | int) for number in numbers):
        return f"{min(numbers) * days:.1f}"
    return shown


def _cell(row: Json, dimension: str, language: str, shelf: Shelf, at: int, apart: bool) -> str:
    cell = row["cells"].get(dimension)
    place = f'<span class="place" aria-hidden="true">{escape(row.get("name") or row["jurisdiction"])}</span>'
    if cell is None:
        return (
            f'<td role="cell" data-at="{at}" data-sort="">{place}<p class="empty">{word("no_cell", language)}</p></td>'
        )
    links = shelf.links(cell["citations"])
    lead = cell.get("lead") or cell["text"]
    value = _value(row, dimension, language)
    note = (
        f' <span class="apart-note">≠ <span class="unseen">{word("stands_alone", language)}</span></span>'
        if apart
        else ""
    )
    chip = f'<span class="value">{escape(value)}{note}</span>' if value else ""
    doubt = (
        f'<p class="doubt"><strong>{word("doubt", language)}</strong> {escape(cell["doubt"])}</p>'
        if cell.get("doubt")
        else ""
    )
    return (
        f'<td role="cell" class="{"apart" if apart else ""}" data-at="{at}" data-sort="{escape(_order(cell, value))}"'
        f' data-jurisdiction="{escape(row["jurisdiction"])}">{place}{chip}'
        f'<p class="lead">{escape(lead)}</p>{_in_full(cell, lead, language, shelf)}{doubt}'
        f"{links}</td>"
    )


def _in_full(cell: Json, lead: str, language: str, shelf: Shelf) -> str:
    """What the cell says beyond its first sentence: the typed values case by case, then the rest of the text."""
    rest = str(cell["text"]).removeprefix(lead).strip()
    details = "".join(_detail(one, language, shelf) for one in cell.get("details") or ())
    if not rest and not details:
        return ""
    listed = f"<ul>{details}</ul>" if details else ""
    text = f"<p>{escape(rest)}</p>" if rest else ""
    return f'<details class="full"><summary>{word("more", language)}</summary>{listed}{text}</details>'


def _detail(detail: Json, language: str, shelf: Shelf) -> str:
    shown = detail.get("shown") or shown_value(detail["value"], detail["unit"], language)
    starts = f" ({word('starts', language)}: {escape(detail['starts'])})" if detail.get("starts") else ""
    return (
        f"<li><strong>{escape(shown)}</strong> {escape(detail['case'])}{starts}{shelf.links(detail['citations'])}</li>"
    )


def _downloads(comparison: Json, cite: Callable[[str], str]) -> str:
    """Links that carry the files in themselves: nothing is written on the server."""
    language = str(comparison["language"])
    stem = f"clean-slate-atlas-{comparison['as_of']}"
    links = "".join(
        f'<a download="{stem}.{form.suffix}" href="{_data(form, comparison, cite)}">'
        f'<span class="unseen">{word("download", language)} </span>{form.suffix.upper()}</a>'
        for form in FORMATS
    )
    label = f'<span class="label" aria-hidden="true">{word("download", language)}</span>'
    return f'<span class="downloads">{label}{links}</span>'


def _data(form: Format, comparison: Json, cite: Callable[[str], str]) -> str:
    return f"data:{form.media_type};base64,{b64encode(form.write(comparison, cite)).decode()}"
