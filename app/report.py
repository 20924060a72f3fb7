"""The analysis of a document to read: for the shell and in Markdown, and the way to the other forms.

Everything from the document is escaped; nothing in a report runs, loads or links elsewhere.
"""

from __future__ import annotations

import re

from app.analysis_model import Analysis
from app.report_docx import docx_bytes
from app.report_html import html_text
from app.report_parts import annotated, counterpart_lines, head_of, stretches, summary_of, target_of, values_of, word_of

__all__ = ["analysis_text", "annotated", "docx_bytes", "html_text", "markdown", "markdown_text", "report_bytes"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~-])")


def report_bytes(analysis: Analysis, suffix: str) -> bytes:
    """The report as Markdown (`.md`), HTML (`.html`) or Word (`.docx`)."""
    if suffix == ".docx":
        return docx_bytes(analysis)
    text = html_text(analysis) if suffix == ".html" else markdown_text(analysis)
    return text.encode("utf-8")


def analysis_text(analysis: Analysis) -> str:
    """The findings for the shell."""
    lines = [word_of("title", analysis, name=analysis.name), summary_of(analysis), ""]
    for number, claim in enumerate(analysis.claims, 1):
        lines.append(f"[{number}] {head_of(claim, analysis)}")
        lines.append(f"    “{' '.join(claim.text.split())}”")
        lines.append(f"    {claim.because}")
        lines += [f"    {value}" for value in values_of(claim, analysis)]
        lines += [f"    {one.citation or one.id}: {' '.join(one.quote.split())}" for one in claim.evidence[:2]]
    if analysis.references:
        lines += ["", word_of("references", analysis)]
        lines += [f"    {' '.join(one.text.split())} → {target_of(one)}" for one in analysis.references]
    if analysis.silent:
        lines += ["", f"{word_of('silent', analysis)}: {', '.join(analysis.silent)}"]
    if analysis.counterparts:
        lines += ["", word_of("near", analysis)]
        lines += [f"    {said} → {held} ({authorities})" for said, held, authorities in counterpart_lines(analysis)]
    return "\n".join([*lines, "", *analysis.notes])


# -- Markdown --------------------------------------------------------------------------------------------------------------


def markdown_text(analysis: Analysis) -> str:
    """The report in Markdown; the text carries the numbers of the claims behind them."""
    lines = [f"# {markdown(word_of('title', analysis, name=analysis.name))}", "", markdown(summary_of(analysis)), ""]
    if analysis.claims:
        lines += [f"## {word_of('claims', analysis)}", ""]
    for number, claim in enumerate(analysis.claims, 1):
        lines += [
            f"{number}. **{markdown(head_of(claim, analysis))}**",
            f"   > {markdown(claim.text)}",
            "",
            f"   {markdown(claim.because)}",
        ]
        lines += [f"   - {markdown(value)}" for value in values_of(claim, analysis)]
        lines += [f"   - {markdown(one.citation or one.id)}: “{markdown(one.quote)}”" for one in claim.evidence]
        lines.append("")
    if analysis.references:
        lines += [f"## {word_of('references', analysis)}", ""]
        lines += [f"- {markdown(one.text)} → {markdown(target_of(one))}" for one in analysis.references]
        lines.append("")
    lines += _markdown_profile(analysis)
    lines += [f"## {word_of('text', analysis)}", ""]
    for piece, numbers, last in stretches(analysis):
        lines.append(markdown(piece, keep_lines=True) + ("".join(f"**\\[{n}\\]**" for n in last) if numbers else ""))
    body = "\n".join(lines[: len(lines)])
    return "\n".join(
        [body, "", f"## {word_of('notes', analysis)}", "", *(f"- {markdown(note)}" for note in analysis.notes), ""]
    )


def _markdown_profile(analysis: Analysis) -> list[str]:
    if not analysis.profile:
        return []
    lines = [f"## {word_of('profile', analysis)}", ""]
    lines += [f"- **{markdown(entry.dimension)}**: {markdown(entry.text)}" for entry in analysis.profile]
    if analysis.silent:
        lines.append(f"- {word_of('silent', analysis)}: {markdown(', '.join(analysis.silent))}")
    if analysis.counterparts:
        lines += ["", f"## {word_of('near', analysis)}", ""]
        lines += [
            f"- **{markdown(said)}** → {markdown(held)} ({markdown(authorities)})"
            for said, held, authorities in counterpart_lines(analysis)
        ]
    return [*lines, ""]


def markdown(text: str, keep_lines: bool = False) -> str:
    """The text as Markdown that shows it: nothing in it is markup."""
    plain = text if keep_lines else " ".join(text.split())
    return _MARKDOWN.sub(r"\\\1", plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
