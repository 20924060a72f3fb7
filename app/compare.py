"""The comparison table: jurisdictions by dimensions, each cell a cited position, and a line on what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.dated import position_notes
from app.errors import InputError
from app.model import Cell, Comparison, Row
from app.phrases import phrase, shown_value
from corpus.model import Corpus, Detail, Position

MOST = 12


def compare(
    corpus: Corpus, jurisdictions: Sequence[str], dimensions: Sequence[str], as_of: date, language: str = "en"
) -> Comparison:
    """The table for two to twelve jurisdictions that have positions; all dimensions if none is named.

    Raises `InputError` for unknown names or the wrong number.
    """
    places, notes = _places(corpus, jurisdictions, language)
    wanted = _dimensions(corpus, dimensions)
    rows = []
    for place in places:
        cells = {}
        for dimension in wanted:
            position = corpus.position(place, dimension, as_of)
            if position is None:
                name = corpus.dimensions[dimension].name.in_language(language)
                notes.append(
                    phrase(
                        "no_position",
                        language,
                        place=corpus.jurisdictions[place].name.in_language(language),
                        dimension=name,
                    )
                )
            else:
                cells[dimension] = cell(position, language)
        rows.append(Row(place, corpus.jurisdictions[place].name.in_language(language), cells))
    names = {dimension: corpus.dimensions[dimension].name.in_language(language) for dimension in wanted}
    return Comparison(
        as_of=as_of.isoformat(),
        language=language,
        dimensions=tuple(wanted),
        dimension_names=names,
        rows=tuple(rows),
        differences=tuple(_differences(rows, names, language)),
        notes=tuple(notes),
        changes=tuple(position_notes(corpus, places, wanted, as_of, language)),
    )


def cell(position: Position, language: str) -> Cell:
    """A position in one language."""
    joint = "" if language == "zh" else " "
    lead, text = position.lead.in_language(language), position.text.in_language(language)
    return Cell(
        lead=lead,
        text=f"{lead}{joint}{text}",
        value=list(position.value) if isinstance(position.value, tuple) else position.value,
        unit=position.unit,
        citations=position.authorities,
        doubt=position.doubt.in_language(language) if position.doubt else "",
        details=tuple(_detail(detail, language) for detail in position.details),
    )


def _detail(detail: Detail, language: str) -> dict[str, object]:
    return {
        "case": detail.case.in_language(language),
        "value": detail.value,
        "unit": detail.unit,
        "shown": shown_value(detail.value, detail.unit, language),
        "starts": detail.starts.in_language(language) if detail.starts else None,
        "citations": [detail.authority],
    }


def with_positions(corpus: Corpus, place: str) -> list[str]:
    """The place itself if it has positions, else those below it that have (`uk` stands for `uk-ew`)."""
    having = {position.jurisdiction for position in corpus.positions}
    return [place] if place in having else [one for one in corpus.family(place) if one in having]


def _places(corpus: Corpus, jurisdictions: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    found: dict[str, None] = {}
    notes: list[str] = []
    for name in jurisdictions:
        if name not in corpus.jurisdictions:
            raise InputError(
                f"jurisdiction {name!r}: not known; use an id such as uk-ew, de, us-ny, or a name such as Germany"
            )
        having = with_positions(corpus, name)
        found.update(dict.fromkeys(having))
        if not having:
            notes.append(absent(corpus, name, language))
    if not 1 <= len(found) <= MOST or (len(found) == 1 and len(set(jurisdictions)) < 2):
        if not found and notes:
            raise InputError(f"jurisdictions: {' '.join(notes)} Choose two to {MOST} that are covered")
        raise InputError(f"jurisdictions: {len(found)} given, a comparison takes 2 to {MOST}; add or remove some")
    return list(found), notes


def absent(corpus: Corpus, place: str, language: str) -> str:
    """Why nothing can be said about a place."""
    jurisdiction = corpus.jurisdictions[place]
    name = jurisdiction.name.in_language(language)
    if jurisdiction.not_enacted:
        return phrase("not_enacted", language, place=name)
    if jurisdiction.missing and not jurisdiction.covered:
        return phrase("planned", language, place=name, missing=jurisdiction.missing.in_language(language))
    return phrase("elsewhere", language, place=name)


def _dimensions(corpus: Corpus, dimensions: Sequence[str]) -> list[str]:
    for dimension in dimensions:
        if dimension not in corpus.dimensions:
            raise InputError(f"dimension {dimension!r}: not known; use one of {', '.join(corpus.dimensions)}")
    return list(dict.fromkeys(dimensions)) or list(corpus.dimensions)


def _differences(rows: Sequence[Row], names: dict[str, str], language: str) -> list[tuple[str, str]]:
    """For each dimension one line: who has which typed value."""
    lines = []
    for dimension, name in names.items():
        groups: dict[str, list[str]] = {}
        for row in rows:
            if dimension in row.cells:
                one = row.cells[dimension]
                groups.setdefault(shown_value(one.value, one.unit, language), []).append(row.name)
        if len(groups) == 1 and len(rows) > 1:
            lines.append((dimension, phrase("same", language, dimension=name, value=next(iter(groups)))))
        elif groups:
            comma, colon, semicolon = ("、", ":", ";") if language == "zh" else (", ", ": ", "; ")
            values = semicolon.join(f"{comma.join(places)}{colon}{value}" for value, places in groups.items())
            lines.append((dimension, phrase("differs", language, dimension=name, values=values)))
    return lines
