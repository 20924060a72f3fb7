"""The analysis of a document as a Word file, its text highlighted by verdict."""

from __future__ import annotations

import io
import re

from app.analysis_model import Analysis
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


def docx_bytes(analysis: Analysis) -> bytes:
    """The report as a Word document; claims are highlighted in the text by verdict and numbered."""
    import docx
    from docx.enum.text import WD_COLOR_INDEX

    document = docx.Document()
    document.add_heading(allowed(word_of("title", analysis, name=analysis.name)), 0)
    document.add_paragraph(allowed(summary_of(analysis)))
    document.add_heading(word_of("claims", analysis), 1)
    for number, claim in enumerate(analysis.claims, 1):
        document.add_heading(allowed(f"{number}. {head_of(claim, analysis)}"), 3)
        document.add_paragraph(allowed(claim.text), style="Quote")
        document.add_paragraph(allowed(" ".join([claim.because, *values_of(claim, analysis)])))
        for one in claim.evidence:
            document.add_paragraph(allowed(f"{one.citation or one.id}: {one.quote}"), style="List Bullet")
    document.add_heading(word_of("references", analysis), 1)
    for reference in analysis.references:
        document.add_paragraph(allowed(f"{reference.text} → {target_of(reference)}"), style="List Bullet")
    if analysis.counterparts:
        document.add_heading(word_of("near", analysis), 1)
    for said, held, authorities in counterpart_lines(analysis):
        document.add_paragraph(allowed(f"{said} → {held} ({authorities})"), style="List Bullet")
    document.add_heading(word_of("text", analysis), 1)
    paragraph = document.add_paragraph()
    for piece, numbers, last in stretches(analysis):
        run = paragraph.add_run(allowed(piece))
        if numbers:
            run.font.highlight_color = WD_COLOR_INDEX[COLOURS[gravest(analysis, numbers)][1]]
        for n in last:
            paragraph.add_run(f"[{n}]").font.superscript = True
    document.add_heading(word_of("notes", analysis), 1)
    for note in analysis.notes:
        document.add_paragraph(allowed(note))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def allowed(text: str) -> str:
    """The text without characters that XML does not allow."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
