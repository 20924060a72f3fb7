"""The comparison as files: CSV and XLSX with one line per cell, DOCX to read. All three say what the table says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from app.phrases import phrase, shown_value
from app.ui_words import word

Json = Mapping[str, Any]
Cite = Callable[[str], str]

_COLUMNS = ("dimension", "jurisdiction", "value", "finding", "authorities", "doubt")
_WIDTHS = (24, 22, 24, 90, 50, 50)


def write_csv(comparison: Json, path: Path, cite: Cite = str) -> None:
    """Write the comparison as CSV (UTF-8 with byte order mark, as spreadsheets expect)."""
    path.write_bytes(csv_bytes(comparison, cite))


def write_docx(comparison: Json, path: Path, cite: Cite = str) -> None:
    """Write the comparison as a Word document."""
    path.write_bytes(docx_bytes(comparison, cite))


def write_xlsx(comparison: Json, path: Path, cite: Cite = str) -> None:
    """Write the comparison as an Excel workbook."""
    path.write_bytes(xlsx_bytes(comparison, cite))


def csv_bytes(comparison: Json, cite: Cite = str) -> bytes:
    """One line per cell, quoted, with no cell that a spreadsheet would run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_head(comparison))
    writer.writerows([_harmless(value) for value in line] for line in _lines(comparison, cite))
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(comparison: Json, cite: Cite = str) -> bytes:
    """One line per cell, as text, with the head frozen."""
    book = Workbook()
    sheet = book.create_sheet(word("comparison", comparison["language"]), 0)
    del book["Sheet"]
    for row, line in enumerate([_head(comparison), *_lines(comparison, cite)], start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row == 1)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def docx_bytes(comparison: Json, cite: Cite = str) -> bytes:
    """A heading per dimension, the line on what differs, and a table of findings with their authorities."""
    language = str(comparison["language"])
    document = docx.Document()
    _page(document)
    title = f"{word('comparison', language)}: {', '.join(row['name'] for row in comparison['rows'])}"
    document.core_properties.title, document.core_properties.author = title, "Clean Slate Atlas"
    document.add_heading(title, 0)
    document.add_paragraph(f"{word('law_on', language, date=comparison['as_of'])}. {phrase('disclaimer', language)}")
    differs = {one["dimension"]: str(one["text"]) for one in comparison["differences"]}
    for dimension in comparison["dimensions"]:
        document.add_heading(comparison["dimension_names"][dimension], 1)
        if dimension in differs:
            document.add_paragraph(differs[dimension])
        _findings(document, comparison, dimension, cite)
    if comparison["notes"]:
        document.add_heading(word("notes", language), 1)
        for note in comparison["notes"]:
            document.add_paragraph(note, style="List Bullet")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that a comparison can be taken away as."""

    suffix: str
    media_type: str
    write: Callable[[Json, Cite], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = (
    Format("csv", "text/csv;charset=utf-8", csv_bytes),
    Format("docx", f"{_OFFICE}.wordprocessingml.document", docx_bytes),
    Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", xlsx_bytes),
)


def _head(comparison: Json) -> list[str]:
    return [word(column, comparison["language"]) for column in _COLUMNS]


def _lines(comparison: Json, cite: Cite) -> Iterator[list[str]]:
    """One line per cell, dimension by dimension as on the screen."""
    for dimension in comparison["dimensions"]:
        for row in comparison["rows"]:
            finding = _finding(row["cells"].get(dimension), comparison["language"], cite)
            yield [comparison["dimension_names"][dimension], row["name"], *finding]


def _finding(cell: Json | None, language: str, cite: Cite) -> list[str]:
    """The short value, the text with its cases, the authorities and the doubt of a cell."""
    if cell is None:
        return ["", word("no_cell", language), "", ""]
    value = "" if cell["value"] is None else shown_value(cell["value"], cell["unit"], language)
    cases = [_case(detail, language, cite) for detail in cell.get("details") or ()]
    return [value, "\n".join([cell["text"], *cases]), "; ".join(map(cite, cell["citations"])), cell.get("doubt") or ""]


def _case(detail: Json, language: str, cite: Cite) -> str:
    shown = detail.get("shown") or shown_value(detail["value"], detail["unit"], language)
    starts = f", {word('starts', language)}: {detail['starts']}" if detail.get("starts") else ""
    return f"- {shown}: {detail['case']}{starts} [{'; '.join(map(cite, detail['citations']))}]"


def _harmless(value: str) -> str:
    """The value, with an apostrophe before anything that a spreadsheet would run as a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _page(document: Document) -> None:
    """Landscape pages and a font that also has Chinese signs."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.size = Pt(10)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")


def _findings(document: Document, comparison: Json, dimension: str, cite: Cite) -> None:
    language = str(comparison["language"])
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, ("jurisdiction", "value", "finding", "authorities"), strict=True):
        cell.paragraphs[0].add_run(word(column, language)).bold = True
    for row in comparison["rows"]:
        value, text, authorities, doubt = _finding(row["cells"].get(dimension), language, cite)
        said = f"{text}\n{word('doubt', language)}: {doubt}" if doubt else text
        for cell, content in zip(table.add_row().cells, (row["name"], value, said, authorities), strict=True):
            cell.text = content
    for column_widths in table.rows:
        for cell, width in zip(column_widths.cells, (3.5, 3.5, 12.7, 6), strict=True):
            cell.width = Cm(width)
