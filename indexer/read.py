"""A user's file as text: PDF, DOCX, HTML, Markdown or plain text, told apart by content first and by ending second.

A file is hostile until it is read: its size, pages, unpacked size, nesting, characters and time are bounded.
Whatever is wrong with it comes out as a `ReadError` of one line that names the file, the fault and the next step.
A file's name is only ever a name.
"""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.layouts import (
    MAX_CHARACTERS,
    UNPRINTABLE,
    Block,
    Scanned,
    Unreadable,
    docx_blocks,
    html_blocks,
    pdf_pages,
    pdf_pictures,
)
from indexer.query import detect_language

MAX_BYTES = 50_000_000


class ReadError(Exception):
    """A file cannot be used; the message is one line: the file, the fault, the next step."""


class ScanError(ReadError):
    """A PDF holds pictures of pages and no text; `recognized` reads it where Tesseract is installed."""


class Format(StrEnum):
    """What a file is, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, with the offsets of its pages (PDF) and of lines marked as headings (DOCX, HTML, Markdown)."""

    name: str
    format: Format
    text: str
    language: str
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


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
    except Scanned as fault:
        raise ScanError(f"{name}: {fault}") from None
    except Unreadable as fault:
        raise ReadError(f"{name}: {fault}") from None


MAX_SCANNED = 50
"""Pages of a scan that are recognised: each takes seconds."""


def recognized(data: bytes, name: str) -> Document | None:
    """The text of a scanned PDF as Tesseract reads it; `None` where Tesseract is not installed or finds no words."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    texts = []
    for picture in pdf_pictures(data, MAX_SCANNED):
        run = subprocess.run(
            [program, "stdin", "stdout", "-l", _recognizable(program)], input=picture, capture_output=True, timeout=120
        )
        texts.append(run.stdout.decode("utf-8", errors="replace"))
    text, pages = _joined_pages(texts)
    if not any(char.isalnum() for char in text):
        return None
    return Document(bare_name(name), Format.PDF, text, _language(text), pages)


def _recognizable(program: str) -> str:
    """Those of our languages for which Tesseract has data."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30).stdout.split()
    return "+".join(code for code in ("eng", "deu", "chi_sim") if code in listed) or "eng"


def bare_name(name: str) -> str:
    """The last part of a path as one printable line of at most 120 characters."""
    last = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
    printable = "".join(char if char.isprintable() else " " for char in last)
    line = " ".join(printable.split()).strip(". ")
    return (line if len(line) <= 120 else f"{line[:99]}…{line[-20:]}") or "unnamed"


def _document(data: bytes, name: str) -> Document:
    if len(data) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB; split it and give the part that matters")
    if not data.strip(b"\x00\t\r\n\f "):
        raise Unreadable("is empty; give a file that holds text")
    kind = _format(data, name)
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    if kind is Format.PDF:
        text, pages = _joined_pages(pdf_pages(data))
    elif kind in (Format.DOCX, Format.HTML):
        text, headings = _joined_blocks(docx_blocks(data) if kind is Format.DOCX else html_blocks(_decoded(data)))
    else:
        text = _clean(_decoded(data))
        headings = _markdown_headings(text) if kind is Format.MARKDOWN else ()
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"holds more than {MAX_CHARACTERS:,} characters; split it and give the part that matters")
    if not any(char.isalnum() for char in text):
        if pages:
            raise Scanned("holds no text (scanned pages?); run text recognition (OCR) on it first")
        raise Unreadable("holds no words; give a file that does")
    return Document(name, kind, text, _language(text), pages, headings)


# -- which format --------------------------------------------------------------------------------------------

_ENDINGS = {"pdf": Format.PDF, "docx": Format.DOCX, "html": Format.HTML, "htm": Format.HTML, "xhtml": Format.HTML}
_ENDINGS |= {"md": Format.MARKDOWN, "markdown": Format.MARKDOWN}
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)


def _format(data: bytes, name: str) -> Format:
    """By magic bytes, else by the name's ending; a name that promises PDF or DOCX where there is none is a fault."""
    named = _ENDINGS.get(name.rpartition(".")[2].lower(), Format.TEXT)
    if data.lstrip()[:5] == b"%PDF-" or (named is Format.PDF and b"%PDF-" in data[:1024]):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return Format.DOCX
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        old = "is an old Office file; save it as DOCX or PDF"
        raise Unreadable("is protected by a password; save it without one" if locked else old)
    if data.startswith(b"{\\rtf"):
        raise Unreadable("is an RTF file; save it as DOCX or PDF")
    if _HTML_START.match(data):
        return Format.HTML
    if named in (Format.PDF, Format.DOCX):
        raise Unreadable(f"is named {named.value.upper()} but holds none (damaged?); get it again or give its text")
    return named


# -- plain text and Markdown ---------------------------------------------------------------------------------

_MARKED_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S.*$", re.MULTILINE)


def _decoded(data: bytes) -> str:
    """The bytes as text: by byte order mark, else UTF-8, else GB 18030 where that gives Chinese, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _legacy(data)
    start = text[:20_000]
    if len(UNPRINTABLE.findall(start)) + start.count("\ufffd") > len(start) / 200:
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
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


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
    return "\n\n".join(parts), tuple(headings)


def _joined_pages(texts: Iterable[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The pages as one text, so that a sentence may run from one to the next, and where each stands."""
    parts: list[str] = []
    pages: list[tuple[int, int]] = []
    at = 0
    for part in (_clean(text).strip("\n") for text in texts):
        parts.append(part)
        pages.append((at, at + len(part)))
        at += len(part) + 1
    return "\n".join(parts), tuple(pages)


def _language(text: str) -> str:
    """The language that most stretches of the text are in: in a long text a few words look like another language's."""
    step = max(len(text) // 24, 240)
    stretches = [text[at : at + 240] for at in range(0, len(text), step)]
    readable = (stretch for stretch in stretches if re.search(r"[A-Za-zÄÖÜäöüß]{3}|[一-鿿]", stretch))
    votes = Counter(detect_language(stretch) for stretch in readable)
    return votes.most_common(1)[0][0] if votes else "en"
