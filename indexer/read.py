"""A user's file as text: PDF, DOCX, HTML, Markdown or plain text, told apart by content first and by ending second.

A file is hostile until it is read: its size, pages, unpacked size, nesting, characters and time are bounded. Whatever is wrong with it
comes out as a `ReadError` of one line that names the file, the fault and the next step. A file's name is only ever a name.
"""

from __future__ import annotations

import re
import stat
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from indexer.query import detect_language

MAX_BYTES = 50_000_000
MAX_PAGES = 2_000
MAX_CHARACTERS = 5_000_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
MAX_MEMBERS = 5_000
MAX_ELEMENTS = 500_000
MAX_SECONDS = 60.0


class ReadError(Exception):
    """A file cannot be used; the message is one line: the file, the fault, the next step."""


class Format(StrEnum):
    """What a file is, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. `pages` are the offsets of each page (PDF), `headings` those of the lines that the file marks as headings."""

    name: str
    format: Format
    text: str
    language: str
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


class Unreadable(Exception):
    """Fault and next step, before the file's name is put in front."""


Block = tuple[str, bool]
"""A stretch of text and whether it is a heading."""


def read(path: Path) -> Document:
    """The text of the file at `path`. Raises `ReadError`."""
    name = bare_name(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ReadError(f"{name}: is not a file; name a PDF, DOCX, HTML, Markdown or text file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ReadError(f"{name}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or "the path is not usable"
        raise ReadError(f"{name}: cannot be opened ({fault.lower()}); check the path and its permissions") from None
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """The text of a file's content; `name` serves its ending and to be shown. Raises `ReadError`."""
    name = bare_name(name)
    try:
        return _document(data, name)
    except Unreadable as fault:
        raise ReadError(f"{name}: {fault}") from None


def bare_name(name: str) -> str:
    """The last part of a path as one printable line of at most 120 characters."""
    last = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
    printable = "".join(char if char.isprintable() else " " for char in last)
    return " ".join(printable.split())[:120].strip(". ") or "unnamed"


def _document(data: bytes, name: str) -> Document:
    if len(data) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB; split it and give the part that matters")
    if not data.strip(b"\x00\t\r\n\f "):
        raise Unreadable("is empty; give a file that holds text")
    kind = _format(data, name)
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    if kind is Format.PDF:
        text, pages = _joined_pages(_pdf_pages(data))
    elif kind in (Format.DOCX, Format.HTML):
        text, headings = _joined_blocks(_docx_blocks(data) if kind is Format.DOCX else _html_blocks(_decoded(data)))
    else:
        text = _clean(_decoded(data))
        headings = _markdown_headings(text) if kind is Format.MARKDOWN else ()
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"holds more than {MAX_CHARACTERS:,} characters; split it and give the part that matters")
    if not any(char.isalnum() for char in text):
        raise Unreadable("holds no text (scanned pages?); run text recognition (OCR) on it first" if pages else "holds no words")
    return Document(name, kind, text, _language(text), pages, headings)


# -- which format -----------------------------------------------------------------------------------------------------------

_ENDINGS = {"pdf": Format.PDF, "docx": Format.DOCX, "html": Format.HTML, "htm": Format.HTML, "xhtml": Format.HTML}
_ENDINGS |= {"md": Format.MARKDOWN, "markdown": Format.MARKDOWN}
_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)


def _format(data: bytes, name: str) -> Format:
    """By magic bytes, else by the name's ending; a name that promises another format than the content holds is a fault."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return Format.DOCX
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("is protected by a password; save it without one" if locked else "is an old Office file; save it as DOCX or PDF")
    if data.startswith(b"{\\rtf"):
        raise Unreadable("is an RTF file; save it as DOCX or PDF")
    if _HTML_START.match(data):
        return Format.HTML
    named = _ENDINGS.get(name.rpartition(".")[2].lower(), Format.TEXT)
    if named in (Format.PDF, Format.DOCX):
        raise Unreadable(f"is named as {named.value.upper()} but holds none (damaged?); get the file again or give its text")
    return named


# -- plain text and Markdown ------------------------------------------------------------------------------------------------

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_MARKED_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S.*$", re.MULTILINE)


def _decoded(data: bytes) -> str:
    """The text of the bytes: by byte order mark, else UTF-8, else GB 18030 where that gives Chinese, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _legacy(data)
    if len(_UNPRINTABLE.findall(text[:20_000])) > len(text[:20_000]) / 200:
        raise Unreadable("is a binary file, not text; give a PDF, DOCX, HTML, Markdown or text file")
    return text


def _legacy(data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
    # Bytes of German umlauts also pass as GB 18030, but then few of the characters are Chinese.
    return text if len(re.findall("[一-鿿]", text)) > len(text) / 5 else data.decode("cp1252", errors="replace")


def _clean(text: str) -> str:
    """The text with one kind of line break and without characters that no page shows."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


def _markdown_headings(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _MARKED_HEADING.finditer(text))


def _joined_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The blocks as paragraphs, and where the headings among them stand."""
    parts: list[str] = []
    headings: list[tuple[int, int]] = []
    length = 0
    for raw, is_heading in blocks:
        part = _clean(raw).strip()
        if not part:
            continue
        if is_heading:
            headings.append((length, length + len(part)))
        parts.append(part)
        length += len(part) + 2
        if length > MAX_CHARACTERS + 2:
            break
    return "\n\n".join(parts), tuple(headings)


def _language(text: str) -> str:
    """The language that most stretches of the text are in: in a long text a few words look like another language's."""
    step = max(len(text) // 24, 240)
    stretches = [text[at : at + 240] for at in range(0, len(text), step)]
    votes = Counter(detect_language(stretch) for stretch in stretches if re.search(r"[A-Za-zÄÖÜäöüß]{3}|[一-鿿]", stretch))
    return votes.most_common(1)[0][0] if votes else "en"


# -- PDF --------------------------------------------------------------------------------------------------------------------

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe for use by several threads."""
_PASSWORD_NEEDED = 4
_BROKEN_WORD = re.compile(r"[\ufffe\x02][ \t]*\r?\n?")


def _pdf_pages(data: bytes) -> Iterator[str]:
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
            yield from _page_texts(pdf)
        except pypdfium2.PdfiumError:
            raise Unreadable("has damaged pages; open it in a viewer and save or print it as PDF again") from None
        finally:
            pdf.close()


def _page_texts(pdf: Any) -> Iterator[str]:
    deadline = time.monotonic() + MAX_SECONDS
    for number in range(len(pdf)):
        if time.monotonic() > deadline:
            raise Unreadable(f"takes too long to read (page {number + 1}); split it and give the part that matters")
        page = pdf[number]
        words = page.get_textpage()
        yield _clean(_BROKEN_WORD.sub("", words.get_text_range())).strip("\n")
        words.close()
        page.close()


def _joined_pages(texts: Iterable[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The pages as one text, so that a sentence may run from one to the next, and where each stands."""
    parts: list[str] = []
    pages: list[tuple[int, int]] = []
    at = 0
    for part in texts:
        parts.append(part)
        pages.append((at, at + len(part)))
        at += len(part) + 1
        if at > MAX_CHARACTERS + 1:
            break
    return "\n".join(parts), tuple(pages)


# -- DOCX -------------------------------------------------------------------------------------------------------------------

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _T, _TAB, _R = (_WORD + tag for tag in ("p", "tbl", "tr", "tc", "t", "tab", "r"))
_BREAKS = (_WORD + "br", _WORD + "cr")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SAID = (_FALLBACK, _WORD + "del", _WORD + "moveFrom")
"""Second copies for old programs, and what tracked changes have taken out."""


def _docx_blocks(data: bytes) -> list[Block]:
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
    if len(members) > MAX_MEMBERS or size > MAX_UNPACKED or size > 1_000_000 + MAX_RATIO * len(data):
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


# -- HTML -------------------------------------------------------------------------------------------------------------------

_HIDDEN = ("script", "style", "template", "noscript", "nav", "footer", "aside", "form", "svg", "head")
_LINES = "p div section article main blockquote pre ul ol li dl dt dd table tr h1 h2 h3 h4 h5 h6 br hr figure caption".split()
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")


def _html_blocks(text: str) -> list[Block]:
    """The lines of a page's main text; all that the page shows where the main text cannot be told from the rest."""
    from lxml import etree, html  # type: ignore[import-untyped]  # ships no types

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(_UNPRINTABLE.sub("", text).encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, ValueError):
        raise Unreadable("holds no text; give a page that does") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("is nested too deeply for a page; save it as PDF or text and give that")
    elements = sum(1 for _ in page.iter())
    if elements > MAX_ELEMENTS:
        raise Unreadable(f"has more than {MAX_ELEMENTS:,} elements; split it and give the part that matters")
    titles = {" ".join(title.text_content().split()) for title in page.iter(*_TITLES)}
    whole = _shown(page)
    main = _main_text(text) if elements < MAX_ELEMENTS / 5 else ""
    chosen = main if len(main) > len(whole) / 3 else whole
    return [(line, " ".join(line.split()) in titles) for line in chosen.split("\n")]


def _main_text(text: str) -> str:
    """The main text as trafilatura sees it, which sometimes leaves out too much."""
    import trafilatura

    return trafilatura.extract(text, include_comments=False, favor_recall=True) or ""


def _shown(page: Any) -> str:
    """What the page shows, menus and scripts left out, one line for each block."""
    for element in list(page.iter(*_HIDDEN)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in page.iter(*_LINES):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    for cell in page.iter("td", "th"):
        cell.tail = " | " if cell.getnext() is not None else ""
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
