"""The analysis of a document as one HTML page without scripts. Everything from the document is escaped; nothing loads or links elsewhere."""

from __future__ import annotations

from html import escape

from app.analysis_model import Analysis, Claim
from app.report_parts import (
    COLOURS,
    counterpart_lines,
    gravest,
    head_of,
    stretches,
    summary_of,
    target_of,
    values_of,
    word_of,
)

_STYLE = (
    "body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "mark{padding:0 .1em;border-radius:.2em}blockquote{margin:.3em 0;padding-left:.8em;border-left:3px solid #bbb}"
    ".text{white-space:pre-wrap;border-top:1px solid #ccc;padding-top:1em}sup a{text-decoration:none}"
    "li{margin-bottom:1em}.value{color:#444}.quote{font-size:.93em}"
)


def html_text(analysis: Analysis) -> str:
    """The report as one page without scripts; marks in the text lead to the findings and back."""
    title = escape(word_of("title", analysis, name=analysis.name))
    colours = "".join(f"mark.{verdict.value}{{background:{colour}}}" for verdict, (colour, _) in COLOURS.items())
    parts = [
        f'<!doctype html><html lang="{escape(analysis.language)}"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}{colours}</style></head><body><h1>{title}</h1>",
        f"<p>{escape(summary_of(analysis))}</p>",
        f"<h2>{word_of('claims', analysis)}</h2><ol>" if analysis.claims else "",
        *(_html_claim(n, claim, analysis) for n, claim in enumerate(analysis.claims, 1)),
        "</ol>" if analysis.claims else "",
        _html_references(analysis),
        _html_profile(analysis),
        _html_counterparts(analysis),
        f'<h2>{word_of("text", analysis)}</h2><div class="text">',
        *(_html_stretch(piece, numbers, last, analysis) for piece, numbers, last in stretches(analysis)),
        f"</div><h2>{word_of('notes', analysis)}</h2>",
        *(f"<p>{escape(note)}</p>" for note in analysis.notes),
        "</body></html>",
    ]
    return "".join(parts)


def _html_claim(number: int, claim: Claim, analysis: Analysis) -> str:
    values = "".join(f'<br><span class="value">{escape(value)}</span>' for value in values_of(claim, analysis))
    quotes = "".join(
        f'<blockquote class="quote">{escape(one.quote)} <cite>{escape(one.citation or one.id)}</cite></blockquote>'
        for one in claim.evidence
    )
    return (
        f'<li id="f{number}"><mark class="{claim.verdict.value}">{escape(head_of(claim, analysis))}</mark> '
        f'<a href="#t{number}">“{escape(claim.text)}”</a><br>{escape(claim.because)}{values}{quotes}</li>'
    )


def _html_references(analysis: Analysis) -> str:
    if not analysis.references:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.text)}</td><td>{escape(target_of(one))}</td></tr>" for one in analysis.references
    )
    return f"<h2>{word_of('references', analysis)}</h2><table>{rows}</table>"


def _html_profile(analysis: Analysis) -> str:
    if not analysis.profile:
        return ""
    rows = "".join(f"<tr><td>{escape(e.dimension)}</td><td>{escape(e.text)}</td></tr>" for e in analysis.profile)
    silent = f"<p>{word_of('silent', analysis)}: {escape(', '.join(analysis.silent))}</p>" if analysis.silent else ""
    return f"<h2>{word_of('profile', analysis)}</h2><table>{rows}</table>{silent}"


def _html_stretch(piece: str, numbers: tuple[int, ...], last: tuple[int, ...], analysis: Analysis) -> str:
    if not numbers:
        return escape(piece)
    verdict = gravest(analysis, numbers)
    anchors = "".join(f'<a id="t{n}"></a>' for n in last)
    links = "".join(f'<sup><a href="#f{n}">{n}</a></sup>' for n in last)
    return f'{anchors}<mark class="{verdict.value}">{escape(piece)}</mark>{links}'


def _html_counterparts(analysis: Analysis) -> str:
    if not analysis.counterparts:
        return ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in counterpart_lines(analysis)
    )
    return f"<h2>{word_of('near', analysis)}</h2><table>{rows}</table>"
