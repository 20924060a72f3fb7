"""What stands in a PDF, a DOCX file and a web page: pages of text, or blocks of text in order, within bounds.

Each reader turns what is wrong with a file into `Unreadable`: the fault and the next step; `read` adds the file's name.
"""

from __future__ import annotations

import logging
import re
import threading
import time
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

MAX_CHARACTERS = 5_000_000
MAX_PAGES = 2_000
MAX_UNPACKED = 200_000_000
MAX_XML = 40_000_000
MAX_RATIO = 100
MAX_MEMBERS = 5_000
MAX_TAGS = 1_000_000
MAX_SECONDS = 60.0

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")

Block = tuple[str, bool]
"""A stretch of text and whether it is a heading."""


class Unreadable(Exception):
    """Fault and next step, before the file's name is put in front."""


class Scanned(Unreadable):
    """A PDF of pictures of pages."""


# -- PDF -----------------------------------------------------------------------------------------------------

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe for use by several threads."""
_PASSWORD_NEEDED = 4
_BROKEN_WORD = re.compile(r"[\ufffe\x02][ \t]*\r?\n?")


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page."""
    import pypdfium2  # type: ignore[import-untyped]  # ships no types

    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD_NEEDED:
                raise Unreadable("is protected by a password; save it without one") from None
            raise Unreadable("is a damaged PDF; open it in a viewer and save or print it as PDF again") from None
        try:
            if len(pdf) > MAX_PAGES:
                raise Unreadable(f"has more than {MAX_PAGES:,} pages; split it and give the part that matters")
            return list(_page_texts(pdf))
        except pypdfium2.PdfiumError:
            raise Unreadable("has damaged pages; open it in a viewer and save or print it as PDF again") from None
        finally:
            pdf.close()


def pdf_pictures(data: bytes, most: int, dots_per_inch: int = 200) -> Iterator[bytes]:
    """Each of the first `most` pages as a PNG picture."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        pdf = pypdfium2.PdfDocument(data)
        try:
            for number in range(min(len(pdf), most)):
                picture = BytesIO()
                pdf[number].render(scale=dots_per_inch / 72).to_pil().save(picture, "PNG")
                yield picture.getvalue()
        finally:
            pdf.close()


def _page_texts(pdf: Any) -> Iterator[str]:
    deadline, length = time.monotonic() + MAX_SECONDS, 0
    for number in range(len(pdf)):
        if time.monotonic() > deadline or length > MAX_CHARACTERS:
            raise Unreadable(f"holds too much (stopped at page {number + 1}); split it and give the part that matters")
        page = pdf[number]
        words = page.get_textpage()
        text = _BROKEN_WORD.sub("", words.get_text_range())
        length += len(text)
        yield text
        words.close()
        page.close()


# -- DOCX ----------------------------------------------------------------------------------------------------

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _T, _TAB, _R = (_WORD + tag for tag in ("p", "tbl", "tr", "tc", "t", "tab", "r"))
_BREAKS = (_WORD + "br", _WORD + "cr")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SAID = (_FALLBACK, _WORD + "del", _WORD + "moveFrom")
"""Second copies for old programs, and what tracked changes have taken out."""


def docx_blocks(data: bytes) -> list[Block]:
    """Paragraphs and table rows of a DOCX file in order, then its footnotes."""
    _check_archive(data)
    import docx
    from docx.oxml import parse_xml

    try:
        document = docx.Document(BytesIO(data))
        headed = {style.style_id for style in document.styles if re.match(r"Heading \d|Title", style.name or "")}
        blocks = list(_word_blocks(document.element.body, headed))
        for part in document.part.rels.values():
            if part.reltype.endswith("/footnotes") and not part.is_external:
                blocks += _word_blocks(parse_xml(part.target_part.blob), headed)
    except Exception:  # the library raises whatever a damaged part leads it to; all of it means the same to the user
        raise Unreadable("is a damaged DOCX file; open it in a word processor and save it again, or as PDF") from None
    return blocks


def _check_archive(data: bytes) -> None:
    """Nothing, if the archive is a Word document that does not swell when it is unpacked."""
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise Unreadable("is a damaged DOCX file; open it in a word processor and save it again, or as PDF") from None
    if not any(member.filename == "word/document.xml" for member in members):
        raise Unreadable("is a ZIP file but no DOCX; unpack it and give the files in it")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("is protected by a password; save it without one")
    size = sum(member.file_size for member in members)
    marked_up = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    too_large = len(members) > MAX_MEMBERS or size > MAX_UNPACKED or marked_up > MAX_XML
    if too_large or size > 1_000_000 + MAX_RATIO * len(data):
        raise Unreadable("unpacks to far more than its size (a ZIP bomb?); save it as PDF or text and give that")


def _word_blocks(root: Any, headed: set[str]) -> Iterator[Block]:
    for element in [found for found in root.iter(*_NOT_SAID) if found.getparent() is not None]:
        element.getparent().remove(element)
    yield from _inner_blocks(root, headed)


def _inner_blocks(element: Any, headed: set[str]) -> Iterator[Block]:
    """Blocks in order. The parser refuses more than 256 levels, so that the recursion ends."""
    for child in element:
        if child.tag == _P:
            style = child.find(f"{_WORD}pPr/{_WORD}pStyle")
            yield _paragraph(child), style is not None and style.get(_WORD + "val") in headed
        elif child.tag == _TBL:
            rows = (row for row in child.iter(_TR) if next(row.iterancestors(_TBL)) is child)
            yield from ((" | ".join(_cell(cell) for cell in row.iterchildren(_TC)), False) for row in rows)
        else:
            yield from _inner_blocks(child, headed)


def _cell(cell: Any) -> str:
    return " ".join(" ".join(_paragraph(part) for part in cell.iter(_P)).split())


def _paragraph(paragraph: Any) -> str:
    """The words of a paragraph, text boxes in it on lines of their own."""
    found: list[str] = []
    for part in paragraph.iter(_T, _TAB, *_BREAKS, _P):
        if part.tag == _T:
            found.append(part.text or "")
        elif part.tag == _TAB:
            found.append("\t" if part.getparent().tag == _R else "")
        elif part is not paragraph:
            found.append("\n")
    return "".join(found)


# -- HTML ----------------------------------------------------------------------------------------------------

_UNSEEN = ("script", "style", "template", "noscript", "svg", "head")
_BESIDE = ("nav", "footer", "aside", "form")
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = ("div", "section", "article", "main", "header", "blockquote", "figure", "ul", "ol", "dl", "table", "pre")
_LINES = ("p", "li", "dt", "dd", "tr", "br", "hr", "caption", *_TITLES, *_CONTAINERS)
_NEW_LINE = "\u2028"
"""Stands for a break until all white space of the source is put together."""


def html_blocks(text: str, whole: bool = False, without: Collection[str] = ()) -> list[Block]:
    """The lines of a page's main text; all that the page shows where the main text cannot be told from the rest.

    With `whole` always all that it shows; elements of a class in `without` are left out.
    """
    from lxml import etree, html  # type: ignore[import-untyped]  # ships no types

    tags = text.count("<")
    if tags > MAX_TAGS:
        raise Unreadable(f"has more than {MAX_TAGS:,} tags; split it and give the part that matters")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(UNPRINTABLE.sub("", text).encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, ValueError):
        raise Unreadable("holds no text; give a page that does") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("is nested too deeply or too large for a page; save it as PDF or text and give that")
    for element in [one for one in page.iter() if {*str(one.get("class") or "").split()} & {*without}]:
        if element.getparent() is not None:
            element.drop_tree()
    titles = {" ".join(title.text_content().split()) for title in page.iter(*_TITLES)}
    shown = _shown(page)
    main = _main_text(text) if tags < MAX_TAGS / 5 and not whole else ""
    # Less than a third is too little to be all that matters; with almost everything, only headings would be lost.
    chosen = main if len(shown) / 3 < len(main) < len(shown) * 0.8 else shown
    return [(line, " ".join(line.split()) in titles) for line in chosen.split("\n")]


def _main_text(text: str) -> str:
    """The main text as trafilatura sees it, which sometimes leaves out too much."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(text, include_comments=False, favor_recall=True) or ""


def _drop(page: Any, names: tuple[str, ...]) -> None:
    for element in list(page.iter(*names)):
        if element.getparent() is not None:
            element.drop_tree()


def _shown(page: Any) -> str:
    """What the page shows, menus and scripts left out, one line for each block."""
    _drop(page, _UNSEEN)
    beside = [found for found in page.iter(*_BESIDE) if next(found.iterancestors(*_BESIDE), None) is None]
    # A menu that was never closed holds the whole page.
    if 3 * sum(len(found.text_content()) for found in beside) < 2 * len(page.text_content()):
        _drop(page, _BESIDE)
    for element in page.iter(*_LINES):
        element.text = _NEW_LINE + (element.text or "")
        element.tail = _NEW_LINE + (element.tail or "")
    for cell in page.iter("td", "th"):
        cell.tail = " | " if cell.getnext() is not None else ""
    lines = (" ".join(line.split()) for line in page.text_content().split(_NEW_LINE))
    return "\n".join(line for line in lines if line)
