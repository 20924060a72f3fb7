"""An answer as a file: Markdown, Word, PDF. All three say what the screen says, with its numbers and in its order."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from app.report import markdown
from app.report_docx import allowed
from app.ui_words import word

CJK = re.compile(r"[　-〿㐀-鿿豈-﫿＀-￯]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, with the numbers of its sources; `place` is set where a new jurisdiction begins."""

    text: str
    numbers: tuple[int, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """One source: its number, its citation with link, how far it can be trusted, and its text."""

    number: int
    citation: str
    standing: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an answer says, ready to be set."""

    language: str
    question: str
    state: str
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]
    authorities: tuple[Authority, ...]
    disclaimer: str


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """A kind of file that an answer can be taken away as."""

    suffix: str
    name: str
    media_type: str
    write: Callable[[Sheet], bytes]


def marks(numbers: tuple[int, ...]) -> str:
    """The numbers of the sources as they stand behind a statement."""
    return "".join(f"[{number}]" for number in numbers)


# -- Markdown --------------------------------------------------------------------------------------------------------------


def markdown_bytes(sheet: Sheet) -> bytes:
    """The answer in Markdown (UTF-8)."""
    lines = [f"# {markdown(sheet.question)}", "", f"*{markdown(sheet.state)}*", ""]
    for one in sheet.statements:
        lines += [f"## {markdown(one.place)}", ""] if one.place else []
        lines += [f"{markdown(one.text)} {markdown(marks(one.numbers))}".strip(), ""]
    if sheet.notes:
        lines += [f"## {word('notes', sheet.language)}", "", *(f"- {markdown(note)}" for note in sheet.notes), ""]
    if sheet.authorities:
        lines += [f"## {word('sources', sheet.language)}", ""]
    for source in sheet.authorities:
        lines += [f"{markdown(f'[{source.number}]')} **{markdown(source.citation)}**  ", markdown(source.standing), ""]
        lines += [f"> {markdown(source.text)}", ""]
    return "\n".join([*lines, f"*{markdown(sheet.disclaimer)}*", ""]).encode("utf-8")


# -- Word ------------------------------------------------------------------------------------------------------------------


def docx_bytes(sheet: Sheet) -> bytes:
    """The answer as a Word document, with a font that also has Chinese signs."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
    document.core_properties.title, document.core_properties.author = allowed(sheet.question)[:200], "Clean Slate Atlas"
    document.add_heading(allowed(sheet.question), 1)
    document.add_paragraph(sheet.state)
    for one in sheet.statements:
        if one.place:
            document.add_heading(one.place, 2)
        document.add_paragraph(allowed(one.text) + " ").add_run(marks(one.numbers)).font.superscript = True
    if sheet.notes:
        document.add_heading(word("notes", sheet.language), 2)
    for note in sheet.notes:
        document.add_paragraph(allowed(note), style="List Bullet")
    if sheet.authorities:
        document.add_heading(word("sources", sheet.language), 2)
    for source in sheet.authorities:
        document.add_paragraph().add_run(allowed(f"[{source.number}] {source.citation}")).bold = True
        document.add_paragraph(allowed(source.standing))
        document.add_paragraph(allowed(source.text), style="Quote")
    document.add_paragraph(sheet.disclaimer)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


# -- PDF -------------------------------------------------------------------------------------------------------------------


def pdf_bytes(sheet: Sheet) -> bytes:
    """The answer as a PDF; Chinese in the Song typeface that every PDF reader supplies."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    wrap = "CJK" if sheet.language == "zh" else None
    styles = {
        name: ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.45, spaceAfter=after, leftIndent=indent, wordWrap=wrap
        )
        for name, font, size, after, indent in (
            ("title", "Times-Bold", 16, 6, 0),
            ("heading", "Times-Bold", 12, 4, 0),
            ("text", "Times-Roman", 11, 7, 0),
            ("small", "Times-Roman", 9, 3, 0),
            ("quote", "Times-Roman", 9, 9, 14),
        )
    }
    kept = io.BytesIO()
    document = SimpleDocTemplate(
        kept,
        pagesize=A4,
        leftMargin=2.4 * cm,
        rightMargin=2.4 * cm,
        title=_plain(sheet.question)[:200],
        author="Clean Slate Atlas",
    )
    document.build([Paragraph(_set(text), styles[style]) for style, text in _lines(sheet)])
    return kept.getvalue()


def _lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The paragraphs of the PDF, each with its style."""
    yield "title", sheet.question
    yield "small", sheet.state
    for one in sheet.statements:
        if one.place:
            yield "heading", one.place
        yield "text", f"{one.text} {marks(one.numbers)}"
    if sheet.notes:
        yield "heading", word("notes", sheet.language)
    for note in sheet.notes:
        yield "small", f"· {note}"
    if sheet.authorities:
        yield "heading", word("sources", sheet.language)
    for source in sheet.authorities:
        yield "text", f"[{source.number}] {source.citation}"
        yield "small", source.standing
        yield "quote", source.text
    yield "small", sheet.disclaimer


def _plain(text: str) -> str:
    return allowed(unicodedata.normalize("NFC", text))


def _set(text: str) -> str:
    """The text, escaped, with Chinese signs (and whatever the Latin typeface lacks) in the Chinese typeface."""
    parts = []
    for chunk in re.split(f"({CJK.pattern})", _plain(text)):
        if CJK.fullmatch(chunk):
            parts.append(f'<font name="STSong-Light">{escape(chunk)}</font>')
        else:
            parts += [_latin(char) for char in chunk]
    return "".join(parts).replace("\n", "<br/>")


def _latin(char: str) -> str:
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        return f'<font name="STSong-Light">{escape(char)}</font>'
    return escape(char)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANSWER_FORMATS = (
    AnswerFormat("docx", "DOCX", _WORD, docx_bytes),
    AnswerFormat("pdf", "PDF", "application/pdf", pdf_bytes),
    AnswerFormat("md", "Markdown", "text/markdown;charset=utf-8", markdown_bytes),
)
