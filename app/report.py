"""The analysis of a document to read: plain text, Markdown, HTML and DOCX, with the document's own text annotated.

Everything from the document is escaped; nothing in a report runs, loads or links elsewhere.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from html import escape

from app.analysis_model import Analysis, Claim, Reference, Verdict

_TITLES = {
    "title": ("Analysis of {name}", "Analyse von {name}", "{name}的分析"),
    "claims": ("Claims", "Behauptungen", "说法"),
    "references": ("References", "Fundstellen", "引用"),
    "profile": ("Dimensions addressed", "Behandelte Dimensionen", "涉及的维度"),
    "silent": ("Left open", "Offen gelassen", "未涉及"),
    "text": ("The text, annotated", "Der Text mit Anmerkungen", "带标注的正文"),
    "notes": ("Notes", "Hinweise", "说明"),
    "says": ("Document: {value}", "Dokument: {value}", "文中:{value}"),
    "law": ("Law: {value}", "Recht: {value}", "法律:{value}"),
    "page": ("page {n}", "Seite {n}", "第{n}页"),
    "document": (
        "{format}, {characters} characters; law applied: {date}",
        "{format}, {characters} Zeichen; angewandtes Recht: {date}",
        "{format},{characters}个字符;适用法律日期:{date}",
    ),
}
_VERDICTS = {
    Verdict.SUPPORTED: ("supported", "gestützt", "有依据"),
    Verdict.IMPRECISE: ("imprecise", "ungenau", "不准确"),
    Verdict.CONTRADICTED: ("contradicted", "widerlegt", "与法律不符"),
    Verdict.OUTDATED: ("outdated", "überholt", "已过时"),
    Verdict.NOT_COVERED: ("not covered", "nicht entscheidbar", "未涵盖"),
}
_COLOURS = {
    Verdict.SUPPORTED: ("#d6f0d6", "BRIGHT_GREEN"),
    Verdict.IMPRECISE: ("#fdf0c4", "YELLOW"),
    Verdict.CONTRADICTED: ("#f9d0d0", "RED"),
    Verdict.OUTDATED: ("#e2d7f5", "VIOLET"),
    Verdict.NOT_COVERED: ("#e8e8e8", "GRAY_25"),
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~-])")


def report_bytes(analysis: Analysis, suffix: str) -> bytes:
    """The report as Markdown (`.md`), HTML (`.html`) or Word (`.docx`)."""
    if suffix == ".docx":
        return docx_bytes(analysis)
    text = html_text(analysis) if suffix == ".html" else markdown_text(analysis)
    return text.encode("utf-8")


def _word(entry: str, analysis: Analysis, **filled: object) -> str:
    text = _TITLES[entry][_at(analysis)]
    for key, value in filled.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def _at(analysis: Analysis) -> int:
    return ("en", "de", "zh").index(analysis.language) if analysis.language in ("en", "de", "zh") else 0


def _head(claim: Claim, analysis: Analysis) -> str:
    """One line: verdict, place, dimension, page."""
    parts = [_VERDICTS[claim.verdict][_at(analysis)], claim.type.value, claim.jurisdiction or "", claim.dimension or ""]
    if claim.page:
        parts.append(_word("page", analysis, n=claim.page))
    return " · ".join(part for part in parts if part)


def _values(claim: Claim, analysis: Analysis) -> list[str]:
    found = []
    if claim.document_value:
        found.append(_word("says", analysis, value=claim.document_value))
    if claim.law_value:
        found.append(_word("law", analysis, value=claim.law_value))
    return found


def _target(reference: Reference) -> str:
    return reference.id or reference.note


def _summary(analysis: Analysis) -> str:
    return _word("document", analysis, format=analysis.format, characters=len(analysis.text), date=analysis.as_of)


# -- plain text ------------------------------------------------------------------------------------------------------------


def analysis_text(analysis: Analysis) -> str:
    """The findings for the shell."""
    lines = [_word("title", analysis, name=analysis.name), _summary(analysis), ""]
    for number, claim in enumerate(analysis.claims, 1):
        lines.append(f"[{number}] {_head(claim, analysis)}")
        lines.append(f"    “{' '.join(claim.text.split())}”")
        lines.append(f"    {claim.because}")
        lines += [f"    {value}" for value in _values(claim, analysis)]
        lines += [f"    {one.citation or one.id}: {' '.join(one.quote.split())}" for one in claim.evidence[:2]]
    if analysis.references:
        lines += ["", _word("references", analysis)]
        lines += [f"    {' '.join(one.text.split())} → {_target(one)}" for one in analysis.references]
    if analysis.silent:
        lines += ["", f"{_word('silent', analysis)}: {', '.join(analysis.silent)}"]
    return "\n".join([*lines, "", *analysis.notes])


# -- Markdown --------------------------------------------------------------------------------------------------------------


def markdown_text(analysis: Analysis) -> str:
    """The report in Markdown; the text carries the numbers of the claims behind them."""
    lines = [f"# {markdown(_word('title', analysis, name=analysis.name))}", "", markdown(_summary(analysis)), ""]
    if analysis.claims:
        lines += [f"## {_word('claims', analysis)}", ""]
    for number, claim in enumerate(analysis.claims, 1):
        lines += [
            f"{number}. **{markdown(_head(claim, analysis))}**",
            f"   > {markdown(claim.text)}",
            "",
            f"   {markdown(claim.because)}",
        ]
        lines += [f"   - {markdown(value)}" for value in _values(claim, analysis)]
        lines += [f"   - {markdown(one.citation or one.id)}: “{markdown(one.quote)}”" for one in claim.evidence]
        lines.append("")
    if analysis.references:
        lines += [f"## {_word('references', analysis)}", ""]
        lines += [f"- {markdown(one.text)} → {markdown(_target(one))}" for one in analysis.references]
        lines.append("")
    lines += _markdown_profile(analysis)
    lines += [f"## {_word('text', analysis)}", ""]
    for piece, numbers, last in _stretches(analysis):
        lines.append(markdown(piece, keep_lines=True) + ("".join(f"**\\[{n}\\]**" for n in last) if numbers else ""))
    body = "\n".join(lines[: len(lines)])
    return "\n".join(
        [body, "", f"## {_word('notes', analysis)}", "", *(f"- {markdown(note)}" for note in analysis.notes), ""]
    )


def _markdown_profile(analysis: Analysis) -> list[str]:
    if not analysis.profile:
        return []
    lines = [f"## {_word('profile', analysis)}", ""]
    lines += [f"- **{markdown(entry.dimension)}**: {markdown(entry.text)}" for entry in analysis.profile]
    if analysis.silent:
        lines.append(f"- {_word('silent', analysis)}: {markdown(', '.join(analysis.silent))}")
    return [*lines, ""]


def markdown(text: str, keep_lines: bool = False) -> str:
    """The text as Markdown that shows it: nothing in it is markup."""
    plain = text if keep_lines else " ".join(text.split())
    return _MARKDOWN.sub(r"\\\1", plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# -- the annotated text ----------------------------------------------------------------------------------------------------


def _stretches(analysis: Analysis) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """The text cut where claims begin and end: a piece, the claims that cover it, and those that end with it."""
    borders = {0, len(analysis.text)}
    for claim in analysis.claims:
        borders |= {claim.start, claim.end}
    order = sorted(borders)
    for start, end in itertools.pairwise(order):
        covering = [n for n, claim in enumerate(analysis.claims, 1) if claim.start <= start and end <= claim.end]
        ending = [n for n in covering if analysis.claims[n - 1].end == end]
        yield analysis.text[start:end], tuple(covering), tuple(ending)


def annotated(analysis: Analysis) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...], Verdict | None]]:
    """The text in pieces: each with the claims that cover it, those that end with it, and the gravest verdict, if any."""
    for piece, covering, ending in _stretches(analysis):
        yield piece, covering, ending, _gravest(analysis, covering) if covering else None


_GRAVITY = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.IMPRECISE, Verdict.SUPPORTED, Verdict.NOT_COVERED)


def _gravest(analysis: Analysis, numbers: tuple[int, ...]) -> Verdict:
    verdicts = [analysis.claims[n - 1].verdict for n in numbers]
    return min(verdicts, key=_GRAVITY.index)


# -- HTML ------------------------------------------------------------------------------------------------------------------

_STYLE = (
    "body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "mark{padding:0 .1em;border-radius:.2em}blockquote{margin:.3em 0;padding-left:.8em;border-left:3px solid #bbb}"
    ".text{white-space:pre-wrap;border-top:1px solid #ccc;padding-top:1em}sup a{text-decoration:none}"
    "li{margin-bottom:1em}.value{color:#444}.quote{font-size:.93em}"
)


def html_text(analysis: Analysis) -> str:
    """The report as one page without scripts; marks in the text lead to the findings and back."""
    title = escape(_word("title", analysis, name=analysis.name))
    colours = "".join(f"mark.{verdict.value}{{background:{colour}}}" for verdict, (colour, _) in _COLOURS.items())
    parts = [
        f'<!doctype html><html lang="{escape(analysis.language)}"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}{colours}</style></head><body><h1>{title}</h1>",
        f"<p>{escape(_summary(analysis))}</p>",
        f"<h2>{_word('claims', analysis)}</h2><ol>" if analysis.claims else "",
        *(_html_claim(n, claim, analysis) for n, claim in enumerate(analysis.claims, 1)),
        "</ol>" if analysis.claims else "",
        _html_references(analysis),
        _html_profile(analysis),
        f'<h2>{_word("text", analysis)}</h2><div class="text">',
        *(_html_stretch(piece, numbers, last, analysis) for piece, numbers, last in _stretches(analysis)),
        f"</div><h2>{_word('notes', analysis)}</h2>",
        *(f"<p>{escape(note)}</p>" for note in analysis.notes),
        "</body></html>",
    ]
    return "".join(parts)


def _html_claim(number: int, claim: Claim, analysis: Analysis) -> str:
    values = "".join(f'<br><span class="value">{escape(value)}</span>' for value in _values(claim, analysis))
    quotes = "".join(
        f'<blockquote class="quote">{escape(one.quote)} <cite>{escape(one.citation or one.id)}</cite></blockquote>'
        for one in claim.evidence
    )
    return (
        f'<li id="f{number}"><mark class="{claim.verdict.value}">{escape(_head(claim, analysis))}</mark> '
        f'<a href="#t{number}">“{escape(claim.text)}”</a><br>{escape(claim.because)}{values}{quotes}</li>'
    )


def _html_references(analysis: Analysis) -> str:
    if not analysis.references:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.text)}</td><td>{escape(_target(one))}</td></tr>" for one in analysis.references
    )
    return f"<h2>{_word('references', analysis)}</h2><table>{rows}</table>"


def _html_profile(analysis: Analysis) -> str:
    if not analysis.profile:
        return ""
    rows = "".join(f"<tr><td>{escape(e.dimension)}</td><td>{escape(e.text)}</td></tr>" for e in analysis.profile)
    silent = f"<p>{_word('silent', analysis)}: {escape(', '.join(analysis.silent))}</p>" if analysis.silent else ""
    return f"<h2>{_word('profile', analysis)}</h2><table>{rows}</table>{silent}"


def _html_stretch(piece: str, numbers: tuple[int, ...], last: tuple[int, ...], analysis: Analysis) -> str:
    if not numbers:
        return escape(piece)
    verdict = _gravest(analysis, numbers)
    anchors = "".join(f'<a id="t{n}"></a>' for n in last)
    links = "".join(f'<sup><a href="#f{n}">{n}</a></sup>' for n in last)
    return f'{anchors}<mark class="{verdict.value}">{escape(piece)}</mark>{links}'


# -- DOCX ------------------------------------------------------------------------------------------------------------------


def docx_bytes(analysis: Analysis) -> bytes:
    """The report as a Word document; claims are highlighted in the text by verdict and numbered."""
    import docx
    from docx.enum.text import WD_COLOR_INDEX

    document = docx.Document()
    document.add_heading(allowed(_word("title", analysis, name=analysis.name)), 0)
    document.add_paragraph(allowed(_summary(analysis)))
    document.add_heading(_word("claims", analysis), 1)
    for number, claim in enumerate(analysis.claims, 1):
        document.add_heading(allowed(f"{number}. {_head(claim, analysis)}"), 3)
        document.add_paragraph(allowed(claim.text), style="Quote")
        document.add_paragraph(allowed(" ".join([claim.because, *_values(claim, analysis)])))
        for one in claim.evidence:
            document.add_paragraph(allowed(f"{one.citation or one.id}: {one.quote}"), style="List Bullet")
    document.add_heading(_word("references", analysis), 1)
    for reference in analysis.references:
        document.add_paragraph(allowed(f"{reference.text} → {_target(reference)}"), style="List Bullet")
    document.add_heading(_word("text", analysis), 1)
    paragraph = document.add_paragraph()
    for piece, numbers, last in _stretches(analysis):
        run = paragraph.add_run(allowed(piece))
        if numbers:
            run.font.highlight_color = WD_COLOR_INDEX[_COLOURS[_gravest(analysis, numbers)][1]]
        for n in last:
            paragraph.add_run(f"[{n}]").font.superscript = True
    document.add_heading(_word("notes", analysis), 1)
    for note in analysis.notes:
        document.add_paragraph(allowed(note))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def allowed(text: str) -> str:
    """The text without characters that XML does not allow."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
