"""What is read from a user's file, and what a hostile or broken file is answered with."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from indexer import layouts
from indexer import read as reading
from indexer.read import Format, ReadError, read, read_bytes

ENGLISH = "A fine becomes spent twelve months after the day of conviction. The period starts on that day."
GERMAN = "Die Frist beginnt mit dem Tag des ersten Urteils. Eine Verlängerung ist nur in gesetzlichen Fällen möglich."
CHINESE = "违反治安管理的记录应当予以封存，不得向任何单位和个人提供或者公开。"

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def pdf(*pages: str, encrypt: str = "") -> bytes:
    """A small PDF with one line of text on each page, and a broken encryption entry if asked for."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 40 700 Td ({words}) Tj ET" if words else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {encrypt} >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return out + f"{head}{table}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF\n".encode()


def word_file(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def fault(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    return str(caught.value)


# -- what is read ----------------------------------------------------------------------------------------------------


def test_a_pdf_keeps_the_place_of_each_page() -> None:
    document = read_bytes(pdf(ENGLISH, "The second page."), "note.pdf")

    assert document.format == "pdf"
    assert document.language == "en"
    assert [document.text[start:end] for start, end in document.pages] == [ENGLISH, "The second page."]


def test_a_docx_gives_paragraphs_and_tables_in_order_and_its_headings() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("Waiting periods", level=1)
        document.add_paragraph(ENGLISH)
        table = document.add_table(rows=2, cols=2)
        for row, words in zip(table.rows, (("Fine", "1 year"), ("Prison", "7 years")), strict=True):
            row.cells[0].text, row.cells[1].text = words
        document.add_paragraph("After the table.")

    document = read_bytes(word_file(fill), "paper.docx")

    assert document.text == f"Waiting periods\n\n{ENGLISH}\n\nFine | 1 year\n\nPrison | 7 years\n\nAfter the table."
    assert [document.text[start:end] for start, end in document.headings] == ["Waiting periods"]


def test_a_docx_is_read_as_its_tracked_changes_leave_it() -> None:
    def fill(document: docx.document.Document) -> None:
        from docx.oxml import parse_xml

        ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
        moved, put_in = f"<w:moveFrom>{run.format('five')}</w:moveFrom>", f"<w:ins>{run.format('seven')}</w:ins>"
        inner = f"{run.format('The period is ')}{moved}{put_in}{run.format(' years.')}"
        document.element.body.insert(0, parse_xml(f"<w:p {ns}>{inner}</w:p>"))

    assert read_bytes(word_file(fill), "draft.docx").text == "The period is seven years."


def test_a_web_page_gives_its_words_without_menus_and_scripts() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>t</title><script>var x = 1;</script></head><body><nav>Home | Shop</nav>"
        f"<h1>Spent convictions</h1><p>{ENGLISH}\nIt goes on <b>here</b>.</p>"
        "<p>Another &lt;paragraph&gt; &sect; 5.</p></body></html>"
    )

    document = read_bytes(page.encode(), "page.html")

    assert document.format is Format.HTML
    assert f"{ENGLISH} It goes on here." in document.text
    assert "Another <paragraph> § 5." in document.text
    assert "Shop" not in document.text
    assert "var x" not in document.text
    assert "Spent convictions" in [document.text[start:end] for start, end in document.headings]


def test_markdown_is_read_as_it_is_with_its_headings_known() -> None:
    text = f"# Notes\n\n{ENGLISH}\n\n## More\n\nEnd.\n"

    document = read_bytes(text.encode(), "notes.md")

    assert document.text == text
    assert [document.text[start:end] for start, end in document.headings] == ["# Notes", "## More"]


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (CHINESE, "zh")])
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert read_bytes(text.encode(), "text.txt").language == language


def test_a_long_english_text_is_not_taken_for_german_because_it_says_was_and_die() -> None:
    text = "The record was sealed before the court. The rule may die out. " + ENGLISH * 40 + " It was so."

    assert read_bytes(text.encode(), "text.txt").language == "en"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (("\ufeff" + GERMAN).encode(), GERMAN),
        (GERMAN.encode("cp1252"), GERMAN),
        (CHINESE.encode("gb18030"), CHINESE),
        (CHINESE.encode("utf-16"), CHINESE),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_older_encodings_and_line_breaks_are_understood(data: bytes, text: str) -> None:
    assert read_bytes(data, "text.txt").text == text


def test_content_decides_over_the_ending_of_the_name() -> None:
    assert read_bytes(pdf(ENGLISH), "note.txt").format is Format.PDF
    assert read_bytes(f"<html><body><p>{ENGLISH}</p></body></html>".encode(), "note.txt").format is Format.HTML
    assert read_bytes(word_file(lambda d: d.add_paragraph(ENGLISH) and None), "note").format is Format.DOCX


def test_a_name_with_dots_and_slashes_is_only_a_name() -> None:
    assert read_bytes(ENGLISH.encode(), "../../etc/pass\nwd").name == "pass wd"
    assert read_bytes(ENGLISH.encode(), "..\\..\\boot.txt").name == "boot.txt"
    assert read_bytes(ENGLISH.encode(), "../..").name == "unnamed"


def test_whatever_is_read_can_be_written_as_utf8() -> None:
    document = read_bytes(b"<html><body><p>A &#xD800; word &#0; here</p></body></html>", "page.html")

    document.text.encode("utf-8")


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "empty.txt", "is empty"),
        (b" \n\n ", "blank.md", "is empty"),
        (b"*** --- ***", "signs.txt", "holds no words"),
        (PNG, "picture.txt", "is a binary file"),
        (b"\x7fELF\x02\x01\x01" + bytes(200) + b"code", "program", "is a binary file"),
        (zlib.compress(ENGLISH.encode() * 9) * 30, "data.html", "is a binary file"),
        (b"not a pdf at all", "named.pdf", "is named PDF but holds none"),
        (b"not a docx at all", "named.docx", "is named DOCX but holds none"),
        (b"%PDF-1.4\nand then nothing", "cut.pdf", "is a damaged PDF"),
        (pdf("", ""), "scan.pdf", "run text recognition (OCR)"),
        (b"PK\x03\x04 and then nothing", "cut.docx", "is a damaged DOCX"),
        (archive(readme=b"<a/>"), "other.docx", "is a ZIP file but no DOCX"),
        (archive(word__document=b"<a/>"), "hollow.docx", "is a damaged DOCX"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old.doc", "is an old Office file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked.docx", "is protected by a password"),
        (b"{\\rtf1 text}", "old.rtf", "is an RTF file"),
        (b"<html><body><script>x()</script></body></html>", "hollow.html", "holds no words"),
    ],
)
def test_one_line_names_a_file_that_cannot_be_used_the_fault_and_the_next_step(
    data: bytes, name: str, says: str
) -> None:
    message = fault(data, name)

    assert message.startswith(f"{name}: ")
    assert says in message
    assert ";" in message
    assert "\n" not in message


def test_an_encrypted_pdf_asks_for_one_without_a_password() -> None:
    empty = "00" * 32
    key = f"<< /Filter /Standard /V 1 /R 2 /O <{empty}> /U <{empty}> /P -4 >>"
    entry = f"/ID [<{empty[:32]}> <{empty[:32]}>] /Encrypt {key}"

    assert "is protected by a password" in fault(pdf(ENGLISH, encrypt=entry), "locked.pdf")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "a ZIP bomb?" in fault(archive(word__document=bytes(60_000_000)), "bomb.docx")


def test_entities_of_a_docx_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret words")

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("Before MARK after.")

    source, out = zipfile.ZipFile(BytesIO(word_file(fill))), BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                where = (tmp_path / "secret.txt").as_uri()
                declared = f'<!DOCTYPE d [<!ENTITY secret SYSTEM "{where}">]>\n<w:document'.encode()
                content = content.replace(b"<w:document", declared, 1).replace(b"MARK", b"&secret;")
            zipped.writestr(item, content)

    text = read_bytes(out.getvalue(), "entity.docx").text

    assert text.startswith("Before")
    assert "secret" not in text


def test_a_page_nested_too_deeply_is_refused() -> None:
    page = "<html><body>" + "<div>" * 50_000 + ENGLISH

    assert "is nested too deeply" in fault(page.encode(), "deep.html")


def test_too_many_pages_characters_tags_or_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MAX_PAGES", 2)
    monkeypatch.setattr(layouts, "MAX_TAGS", 5)
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 200)
    monkeypatch.setattr(reading, "MAX_BYTES", 5_000)

    assert "more than 2 pages" in fault(pdf("a", "b", "c"), "long.pdf")
    assert "more than 200 characters" in fault(ENGLISH.encode() * 3, "long.txt")
    assert "more than 5 tags" in fault(b"<html>" + b"<p>a" * 9, "long.html")
    assert "is larger than" in fault(b"a" * 5_001, "large.txt")


def test_a_pdf_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MAX_SECONDS", -1.0)

    assert "stopped at page 1" in fault(pdf(ENGLISH), "slow.pdf")


@pytest.mark.parametrize("path", ["missing.txt", "folder", "bad\0name"])
def test_a_path_that_is_no_file_is_said_to_be_none(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(ReadError, match=r"no such file|is not a file|cannot be opened"):
        read(tmp_path / path)


def test_a_web_page_whose_menu_is_never_closed_is_still_read() -> None:
    page = f"<html><body><nav><p>Release 87</p><h1>431.073</h1><div><p>{ENGLISH}</p></div></body></html>"

    assert ENGLISH in read_bytes(page.encode(), "page.html").text
