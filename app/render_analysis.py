"""An analysis as HTML for the page: the text with coloured marks, the findings beside it. Every string is escaped here."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from html import escape

from app.analysis_model import Analysis, Claim, Kind, Verdict
from app.render import Shelf
from app.report import annotated, report_bytes
from app.ui_words import word

REPORTS = (
    (".html", "HTML", "text/html"),
    (".docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".md", "Markdown", "text/markdown"),
)


def analysis_html(
    analysis: Analysis, shelf: Shelf, names: Mapping[str, str], dimensions: Mapping[str, str], turns: str = ""
) -> str:
    """The whole result. `names` and `dimensions` name places and dimensions in the language of the page.

    `turns` is HTML on changes of the law around the day.
    """
    language = shelf.language
    findings = "".join(
        _finding(n, claim, shelf, names, dimensions, analysis.language) for n, claim in enumerate(analysis.claims, 1)
    )
    references = _references(analysis, shelf)
    profile = _profile(analysis, dimensions, language) + _counterparts(analysis, shelf, names, dimensions)
    record = _record(analysis, language)
    none_found = f"<p>{word('no_findings', language)}</p>"
    notes = "".join(f"<li>{escape(note)}</li>" for note in analysis.notes)
    notes_box = f'<section class="notes"><h3>{word("notes", language)}</h3><ul>{notes}</ul></section>' if notes else ""
    cards = shelf.cards(names)
    sources = f'<details class="shelf"><summary>{word("sources", language)}</summary>{cards}</details>' if cards else ""
    return (
        f'<article class="atlas answer analysed" lang="{language}"><header>'
        f'<h2 tabindex="-1">{escape(word("analysis_of", language, name=analysis.name))}</h2>'
        f'<p class="state"><span>{escape(_summary(analysis, language))}</span>{_downloads(analysis, language)}</p>{turns}</header>'
        f'{record}<div class="columns"><section class="document"><h3>{word("the_text", language)}</h3>'
        f'<div class="text" lang="{escape(analysis.language)}" tabindex="0">{_text(analysis)}</div></section>'
        f'<section class="findings"><h3>{word("findings", language)}</h3>{_filters(analysis, language)}'
        f"{findings or none_found}</section></div>"
        f"{references}{profile}{notes_box}{sources}</article>"
    )


def _summary(analysis: Analysis, language: str) -> str:
    pages = word("pages", language, count=analysis.pages) if analysis.pages else ""
    counted = word("characters", language, count=f"{len(analysis.text):,}")
    return " · ".join(part for part in (analysis.format, pages, counted) if part)


def _downloads(analysis: Analysis, language: str) -> str:
    links = "".join(
        f'<a download="analysis{suffix}" href="data:{media};base64,{b64encode(report_bytes(analysis, suffix)).decode()}">{name}</a>'
        for suffix, name, media in REPORTS
    )
    return f'<span class="downloads">{word("download", language)}{links}</span>'


def _text(analysis: Analysis) -> str:
    """The document's own text; each mark opens its finding."""
    parts = []
    for piece, numbers, ending, verdict in annotated(analysis):
        if verdict is None:
            parts.append(escape(piece))
            continue
        links = "".join(f'<a class="cite" href="#finding-{n}" data-finding="{n}">{n}</a>' for n in ending)
        parts.append(
            f'<mark class="{verdict.value}" data-claims="{" ".join(map(str, numbers))}">{escape(piece)}</mark>{links}'
        )
    return "".join(parts)


def _filters(analysis: Analysis, language: str) -> str:
    counts = Counter(claim.verdict for claim in analysis.claims)
    if len(counts) < 2:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" checked data-verdict="{verdict.value}">'
        f" {escape(word(f'verdict_{verdict.value}', language))} ({counts[verdict]})</label>"
        for verdict in Verdict
        if counts[verdict]
    )
    return (
        f'<fieldset class="filter"><legend class="unseen">{word("show_findings", language)}</legend>{boxes}</fieldset>'
    )


def _finding(
    number: int,
    claim: Claim,
    shelf: Shelf,
    names: Mapping[str, str],
    dimensions: Mapping[str, str],
    written_in: str,
) -> str:
    """A finding: verdict and claim at sight, the reasons behind them."""
    language = shelf.language
    where = names.get(claim.jurisdiction or "", "")
    about = dimensions.get(claim.dimension or "", "")
    kind = word(f"claim_{claim.type.value}", language) if claim.type is not Kind.LAW else ""
    page = word("page_number", language, number=claim.page) if claim.page else ""
    facts = " · ".join(escape(part) for part in (where, about, kind, page) if part)
    values = _values(claim, language)
    verdict = word(f"verdict_{claim.verdict.value}", language)
    quotes = "".join(f"<blockquote>{escape(one.quote)} {shelf.links([one.id])}</blockquote>" for one in claim.evidence)
    return (
        f'<details class="finding {claim.verdict.value}" id="finding-{number}" data-verdict="{claim.verdict.value}">'
        f'<summary><span class="number">{number}</span><span class="badge {claim.verdict.value}">'
        f'{escape(verdict)}</span> <span class="heading">{facts}</span>'
        f'<span class="said" lang="{escape(written_in)}">“{escape(claim.text)}”</span></summary>'
        f'<div class="body"><p>{escape(claim.because)}</p>{values}{quotes}'
        f'<p class="actions"><button type="button" data-mark="{number}">{word("show_in_text", language)}</button></p></div></details>'
    )


def _values(claim: Claim, language: str) -> str:
    rows = "".join(
        f"<div><dt>{word(key, language)}</dt><dd>{escape(value)}</dd></div>"
        for key, value in (("document_says", claim.document_value), ("law_says", claim.law_value))
        if value
    )
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def _references(analysis: Analysis, shelf: Shelf) -> str:
    if not analysis.references:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.text)}</td><td>{shelf.links([one.id]) if one.id else ''}"
        f" {escape(shelf.citation(one.id) if one.id else one.note)}</td></tr>"
        for one in analysis.references
    )
    title = word("cited_laws", shelf.language)
    return (
        f'<details class="shelf"><summary>{title}<span class="count">{len(analysis.references)}</span></summary>'
        f'<div class="table-box plain"><table>{rows}</table></div></details>'
    )


def _profile(analysis: Analysis, dimensions: Mapping[str, str], language: str) -> str:
    if not analysis.profile:
        return ""
    named = Counter(entry.dimension for entry in analysis.profile)
    items = "".join(f"<li>{escape(dimensions.get(d, d))} ({count})</li>" for d, count in named.items())
    silent = ", ".join(dimensions.get(d, d) for d in analysis.silent)
    left = f"<p>{word('left_open', language)}: {escape(silent)}</p>" if silent else ""
    return f'<details class="shelf"><summary>{word("profile", language)}</summary><ul>{items}</ul>{left}</details>'


def _counterparts(analysis: Analysis, shelf: Shelf, names: Mapping[str, str], dimensions: Mapping[str, str]) -> str:
    """Where the law comes nearest to what a bill or paper says, dimension by dimension."""
    if not analysis.counterparts:
        return ""
    rows = "".join(
        f"<tr><td>{escape(dimensions.get(one.dimension, one.dimension))}: {escape(one.document_value)}</td>"
        f"<td>{escape(names.get(one.jurisdiction, one.jurisdiction))}: {escape(one.value)}</td>"
        f"<td>{shelf.links([one.id, *one.citations])}</td></tr>"
        for one in analysis.counterparts
    )
    title = word("nearest_law", shelf.language)
    return f'<details class="shelf"><summary>{title}</summary><div class="table-box plain"><table>{rows}</table></div></details>'


def _record(analysis: Analysis, language: str) -> str:
    if analysis.record is None:
        return ""
    count = len(analysis.record.get("entries", []))
    return f'<p class="message loading">{escape(word("record_found", language, count=count))}</p>'
