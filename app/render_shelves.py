"""What is not a provision: coverage, a place, positions, the glossary and notes as HTML. Everything is escaped here."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from app.phrases import shown_value
from app.render import safe_url
from app.render_desk import Desk, facts_html, link_group, note_link, page, position_link, term_link
from app.ui_words import word
from corpus.model import LANGUAGES, Basis, FalseFriend, Jurisdiction, Note, Position, Provision, Term

_ADDRESS = re.compile(r"https?://[^\s;,)]+[^\s;,).]")


def coverage_html(desk: Desk) -> str:
    """The first page: what the library holds, jurisdiction by jurisdiction."""
    corpus = desk.library.corpus
    held: dict[str, list[Provision]] = {}
    for one in corpus.provisions:
        held.setdefault(one.jurisdiction, []).append(one)
    cells = {(one.jurisdiction, one.dimension) for one in corpus.positions}
    positions = Counter(place for place, _ in cells)
    rows = "".join(
        _coverage_row(desk, one, held[one.id], positions[one.id])
        for one in corpus.jurisdictions.values()
        if one.covered and one.id in held
    )
    names = ("library_place", "laws", "provisions", "positions", "checked_on", "basis_short", "missing_yet")
    heads = "".join(
        f'<th scope="col"><button type="button" data-sort>{desk.word(name)}</button></th>' for name in names
    )
    later = [
        one.name.in_language(desk.language)
        for one in corpus.jurisdictions.values()
        if not one.covered and one.languages and not one.not_enacted
    ]
    comma = "、" if desk.language == "zh" else ", "
    shelves = "".join(
        f"<li>{desk.link(target, word(key, desk.language))} <span>{count}</span></li>"
        for target, key, count in (
            ("glossary", "glossary", len(corpus.terms)),
            ("notes", "commentary_notes", len(corpus.notes)),
        )
    )
    more = f'<p class="hint">{desk.word("not_covered_places")}: {escape(comma.join(later))}</p>' if later else ""
    body = (
        f'<header><h2 tabindex="-1">{desk.word("coverage_title")}</h2><p class="subject">{desk.word("coverage_intro")}</p></header>'
        f'<ul class="shelves">{shelves}</ul>'
        f'<div class="table-box plain" tabindex="0" role="region" aria-label="{desk.word("coverage_title")}">'
        f'<table class="coverage-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}'
    )
    return page(desk, [], body)


def _coverage_row(desk: Desk, place: Jurisdiction, provisions: list[Provision], positions: int) -> str:
    laws = " · ".join(
        desk.link(law, desk.library.corpus.instruments[law].short) for law in desk.library.instruments_of(place.id)
    )
    missing = place.missing.in_language(desk.language) if place.missing else "–"
    count = len({one.id for one in provisions})
    checked = place.checked_on.isoformat() if place.checked_on else ""
    return (
        f'<tr><th scope="row" data-sort="{escape(desk.place(place.id))}">{desk.link(place.id, desk.place(place.id))}</th>'
        f'<td class="laws">{laws}</td><td class="count" data-sort="{count}">{count}</td>'
        f'<td class="count" data-sort="{positions}">{positions}</td>'
        f'<td class="day" data-sort="{checked}">{escape(desk.on_short(place.checked_on)) or "–"}</td>'
        f'<td class="bases">{_bases(desk, provisions)}</td>'
        f"<td><details><summary>{desk.word('missing_yet')}</summary>{escape(missing)}</details></td></tr>"
    )


def _bases(desk: Desk, provisions: list[Provision]) -> str:
    """How many provisions rest on what; one whose versions differ counts by the weakest."""
    order = tuple(Basis)
    weakest: dict[str, Basis] = {}
    for one in provisions:
        weakest[one.id] = max(weakest.get(one.id, order[0]), one.basis, key=order.index)
    counted = Counter(weakest.values())
    shown = [desk.word(f"basis_{one.value}", count=counted[one]) for one in order if counted[one]]
    return ("、" if desk.language == "zh" else ", ").join(shown)


def place_html(desk: Desk, place_id: str) -> str:
    """A jurisdiction: its laws, its cells of the comparison, its terms and notes, and what is missing."""
    corpus = desk.library.corpus
    place = corpus.jurisdictions[place_id]
    laws = "".join(_law_line(desk, law) for law in desk.library.instruments_of(place_id))
    cells = [corpus.position(place_id, dimension, desk.day) for dimension in corpus.dimensions]
    positions = "".join(_cell_line(desk, cell) for cell in cells if cell)
    facts = {
        "checked_on": escape(desk.on(place.checked_on)),
        "source": f'<span lang="en">{escape(place.source)}</span>' if place.source else "",
        "missing_yet": escape(place.missing.in_language(desk.language)) if place.missing else "",
    }
    terms = link_group(
        desk, "glossary", [term_link(desk, one) for one in corpus.terms if place_id in one.jurisdictions]
    )
    notes = link_group(
        desk,
        "commentary_notes",
        [
            note_link(desk, one)
            for one in corpus.notes
            if place_id in one.jurisdictions or one.id.startswith(place_id + "/")
        ],
    )
    body = (
        f'<header><h2 tabindex="-1">{escape(desk.place(place_id))}</h2></header><div class="desk"><div class="reading">'
        f'{_titled(desk, "laws", f"""<ul class="contents">{laws}</ul>""" if laws else "")}'
        f'{_titled(desk, "positions", f"""<ul class="cells">{positions}</ul>""" if positions else "")}'
        f'{facts_html(desk, facts)}</div><aside class="linked" aria-label="{desk.word("links")}">{terms}{notes}</aside></div>'
    )
    return page(desk, [(place_id, desk.place(place_id))], body)


def _titled(desk: Desk, key: str, body: str) -> str:
    return f"<section><h3>{desk.word(key)}</h3>{body}</section>" if body else ""


def _law_line(desk: Desk, law_id: str) -> str:
    law = desk.library.corpus.instruments[law_id]
    count = len(desk.library.provisions_of(law_id))
    title = law.title.in_language(desk.language)
    ended = f' <span class="away">{escape(desk.days(law.span.first, law.span.last))}</span>' if law.span.last else ""
    return (
        f'<li>{desk.link(law_id, law.short, "cited")} <span class="of">{escape(title)}</span>'
        f' <span class="count">{count}</span>{ended}</li>'
    )


def _cell_line(desk: Desk, cell: Position) -> str:
    name = desk.library.corpus.dimensions[cell.dimension].name.in_language(desk.language)
    value = "" if cell.value is None else shown_value(cell.value, cell.unit, desk.language)
    chip = f'<span class="value">{escape(value)}</span> ' if value else ""
    return f"<li>{desk.link(cell.id, name, 'cited')} {chip}<p>{escape(cell.lead.in_language(desk.language))}</p></li>"


# -- a position --------------------------------------------------------------------------------------------------------


def position_html(desk: Desk, place: str, dimension: str) -> str:
    """One cell of the comparison on the day, in three languages, with its typed values and authorities."""
    corpus = desk.library.corpus
    versions = [one for one in corpus.positions if (one.jurisdiction, one.dimension) == (place, dimension)]
    cell = corpus.position(place, dimension, desk.day)
    about = corpus.dimensions[dimension]
    head = (
        f'<header><h2 tabindex="-1">{escape(desk.place(place))}: {escape(about.name.in_language(desk.language))}</h2>'
        f'<p class="subject">{escape(about.question.in_language(desk.language))}</p></header>'
    )
    marks = ("", ' aria-current="true"')
    days = "".join(
        f"<li{marks[one is cell]}>{desk.link(one.id, desk.days(one.span.first, one.span.last), on=one.span.first or one.span.last or desk.day)}</li>"
        for one in sorted(versions, key=lambda one: str(one.span.first or ""))
    )
    chosen = (
        f'<nav class="versions" aria-label="{desk.word("versions")}"><h3>{desk.word("versions")}</h3><ol>{days}</ol></nav>'
        if len(versions) > 1
        else ""
    )
    body = _cell(desk, cell) if cell else f'<p class="message">{desk.word("no_cell")}</p>'
    crumbs = [(place, desk.place(place)), ("", about.name.in_language(desk.language))]
    return page(desk, crumbs, f"{head}{chosen}{body}")


def _cell(desk: Desk, cell: Position) -> str:
    order = [desk.language, *(one for one in LANGUAGES if one != desk.language)]
    texts = "".join(
        f'<section><h3 class="tongue">{desk.word(f"name_{one}")}</h3><blockquote lang="{one}">'
        f"<strong>{escape(cell.lead.in_language(one))}</strong>\n{escape(cell.text.in_language(one))}</blockquote></section>"
        for one in order
    )
    value = "" if cell.value is None else shown_value(cell.value, cell.unit, desk.language)
    doubt = (
        f'<p class="doubt"><strong>{desk.word("doubt")}</strong> {escape(cell.doubt.in_language(desk.language))}</p>'
        if cell.doubt
        else ""
    )
    rests = [f"{desk.link(one, desk.cite(one), 'cited')}" for one in cell.authorities]
    chip = f'<p class="state"><span class="value">{escape(value)}</span></p>' if value else ""
    kind = f'<p class="kind"><span class="tag">{desk.word("position")}</span> {desk.word("position_means")}</p>'
    facts = {
        "checked_on": escape(desk.on(cell.checked_on)),
        "reviewed_on": escape(desk.on(cell.reviewed_on)),
    }
    return (
        f'{kind}{chip}<div class="texts three">{texts}</div>{doubt}{_details(desk, cell)}'
        f'<div class="linked wide">{link_group(desk, "rests_on", rests)}</div>{facts_html(desk, facts)}'
    )


def _details(desk: Desk, cell: Position) -> str:
    if not cell.details:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.case.in_language(desk.language))}</td>"
        f"<td><strong>{escape(shown_value(one.value, one.unit, desk.language))}</strong></td>"
        f"<td>{escape(one.starts.in_language(desk.language)) if one.starts else '–'}</td>"
        f"<td>{desk.link(one.authority, desk.cite(one.authority))}</td></tr>"
        for one in cell.details
    )
    heads = "".join(f'<th scope="col">{desk.word(key)}</th>' for key in ("case", "value", "starts_head", "authority"))
    return (
        f'<div class="table-box plain" tabindex="0" role="region" aria-label="{desk.word("value")}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


# -- glossary and notes ------------------------------------------------------------------------------------------------


def glossary_html(desk: Desk, term_id: str = "") -> str:
    """All terms, three languages side by side, with a filter; or one term."""
    terms = sorted(desk.library.corpus.terms, key=lambda one: one.term.in_language(desk.language).casefold())
    name = (("glossary", word("glossary", desk.language)),)
    chosen = next((one for one in terms if one.id == term_id), None)
    if chosen:
        title = chosen.term.in_language(desk.language)
        body = f'<header><h2 tabindex="-1">{escape(title)}</h2></header>{_term(desk, chosen, level=3)}'
        return page(desk, [*name, (f"glossary/{term_id}", title)], body)
    rows = "".join(_term(desk, one, level=3) for one in terms)
    body = (
        f'<header><h2 tabindex="-1">{desk.word("glossary")}</h2><p class="subject">{desk.word("glossary_intro")}</p></header>'
        f'<p class="filter"><label for="glossary-filter">{desk.word("glossary_filter")}</label>'
        f'<input type="search" id="glossary-filter" data-filter=".term" autocomplete="off" spellcheck="false">'
        f'<output for="glossary-filter" data-count="{desk.word("glossary_count", count="#")}"'
        f' data-none="{desk.word("no_term")}">{desk.word("glossary_count", count=len(terms))}</output></p>'
        f'<div class="terms">{rows}</div>'
    )
    return page(desk, name, body)


def _term(desk: Desk, one: Term, level: int) -> str:
    columns = "".join(
        f'<div lang="{language}"><h{level}>{escape(one.term.in_language(language))}</h{level}>'
        f"{_also(desk, one, language)}<p>{escape(one.definition.in_language(language))}</p></div>"
        for language in LANGUAGES
    )
    friends = "".join(_false_friend(desk, friend) for friend in one.false_friends)
    warn = f'<div class="friends"><h4>{desk.word("false_friends")}</h4><ul>{friends}</ul></div>' if friends else ""
    places = "".join(f"<li>{desk.link(place, desk.place(place))}</li>" for place in one.jurisdictions)
    rests = "".join(f"<li>{desk.link(cited, desk.cite(cited))}</li>" for cited in one.authorities)
    foot = f'<ul class="tags">{places}{rests}</ul>' if places or rests else ""
    return (
        f'<section class="term" id="term-{escape(one.id)}"><div class="tongues">{columns}</div>{warn}{foot}</section>'
    )


def _also(desk: Desk, one: Term, language: str) -> str:
    aliases = one.aliases.get(language, ())
    comma = "、" if language == "zh" else ", "
    return f'<p class="also">{escape(comma.join(aliases))}</p>' if aliases else ""


def _false_friend(desk: Desk, friend: FalseFriend) -> str:
    return f"<li><strong>{escape(friend.term)}</strong> {escape(friend.why.in_language(desk.language))}</li>"


def notes_list_html(desk: Desk) -> str:
    """All commentary notes, by kind."""
    kinds: dict[str, list[Note]] = {}
    for one in desk.library.corpus.notes:
        kinds.setdefault(one.kind, []).append(one)
    parts = "".join(
        f'<section><h3>{_kind(desk, kind)} <span class="count">{len(notes)}</span></h3><ul class="contents">'
        f"{''.join(f'<li>{note_link(desk, one)}</li>' for one in sorted(notes, key=lambda one: one.title))}</ul></section>"
        for kind, notes in kinds.items()
    )
    head = f'<header><h2 tabindex="-1">{desk.word("commentary_notes")}</h2><p class="subject">{desk.word("notes_intro")}</p></header>'
    return page(desk, [("notes", word("commentary_notes", desk.language))], head + parts)


def note_html(desk: Desk, note: Note) -> str:
    """A commentary note with its sources and what it is about."""
    corpus = desk.library.corpus
    about = [desk.link(one, desk.cite(one), "cited") for one in note.about]
    places = [desk.link(one, desk.place(one)) for one in note.jurisdictions if one in corpus.jurisdictions]
    positions = [
        position_link(desk, cell)
        for one in note.jurisdictions
        if note.dimension and (cell := corpus.position(one, note.dimension, desk.day))
    ]
    facts = {
        "note_sources": f'<span lang="en">{_with_links(note.sources)}</span>',
        "basis": desk.word(note.basis.value),
        "checked_on": escape(desk.on(note.checked_on)),
    }
    body = (
        f'<header><h2 tabindex="-1" lang="en">{escape(note.title)}</h2></header><div class="desk"><div class="reading">'
        f'<p class="kind"><span class="tag">{_kind(desk, note.kind)}</span> {desk.word("commentary_means")}</p>'
        f'<blockquote lang="en">{escape(note.text)}</blockquote>{facts_html(desk, facts)}</div>'
        f'<aside class="linked" aria-label="{desk.word("links")}">{link_group(desk, "about", [*about, *positions, *places])}</aside></div>'
    )
    return page(desk, [("notes", word("commentary_notes", desk.language)), (note.id, note.title)], body)


def _kind(desk: Desk, kind: str) -> str:
    return (
        desk.word(f"kind_{kind}") if kind in ("history", "argument", "study", "practice", "article") else escape(kind)
    )


def _with_links(text: str) -> str:
    """The text, escaped, its web addresses as links."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        address = safe_url(found.group(0))
        parts += [escape(text[at : found.start()])]
        parts += [f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address} ↗</a>']
        at = found.end()
    return "".join([*parts, escape(text[at:])])
