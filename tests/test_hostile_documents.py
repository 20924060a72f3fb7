"""Documents that want to stop, fool or fill the machine, put to the whole analysis: bounded time and memory, one clear line, nothing kept."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from pathlib import Path

import docx
import pytest
from analysis_figures import TODAY

from app import analyze
from app.analysis_model import Analysis
from app.errors import InputError
from indexer import layouts
from indexer import read as reading

TRUE = "In England a fine becomes spent after 12 months."


def of(data: bytes, name: str) -> Analysis:
    return analyze(data, as_of=TODAY, name=name)


def fault(data: bytes, name: str) -> str:
    """The one line with which a document is refused."""
    with pytest.raises(InputError) as caught:
        of(data, name)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{name}: ")
    return line


def pdf(pages: int, text: str = TRUE) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=1)
    for _ in range(pages):
        canvas.drawString(50, 700, text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def word(text: str, **members: bytes) -> bytes:
    """A Word file with one paragraph, and further members in its archive."""
    document = docx.Document()
    document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def picture(text: str) -> bytes:
    """A page of text as a picture, as a scanner gives it."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1654, 600), 255)
    ImageDraw.Draw(image).text((80, 120), text, fill=0, font=ImageFont.load_default(44))
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def scan(text: str) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawImage(ImageReader(io.BytesIO(picture(text))), 30, 500, width=540, height=196)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


# -- too much ----------------------------------------------------------------------------------------------------------


def test_ten_thousand_pages_are_refused_before_they_are_read() -> None:
    begun = time.monotonic()

    assert f"more than {layouts.MAX_PAGES:,} pages".replace(",", "") in fault(pdf(10_000), "long.pdf").replace(",", "")
    assert time.monotonic() - begun < 60


def test_fifty_megabytes_of_text_are_refused_without_fifty_times_the_memory() -> None:
    data = (TRUE.encode() + b" ") * (50_000_000 // (len(TRUE) + 1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    line = fault(data, "large.txt")

    assert "larger than" in line or "more than" in line
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_bomb_in_a_word_file_is_refused_before_it_is_unpacked() -> None:
    assert "ZIP bomb" in fault(word(TRUE, word__media__zeros=bytes(300_000_000)), "bomb.docx")


def test_deep_html_is_refused_and_wide_html_is_read() -> None:
    assert "nested too deeply" in fault(b"<html><body>" + b"<div>" * 40_000 + TRUE.encode(), "deep.html")

    wide = b"<html><body>" + b"<p>Nothing here.</p>" * 2_000 + f"<p>{TRUE}</p></body></html>".encode()
    assert TRUE in of(wide, "wide.html").text


# -- locked and broken ---------------------------------------------------------------------------------------------------


def test_a_pdf_with_a_password_asks_for_one_without() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, encrypt=StandardEncryption("secret", ownerPassword="owner", canPrint=0))
    canvas.drawString(50, 700, TRUE)
    canvas.save()

    assert "password" in fault(written.getvalue(), "locked.pdf")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_pdf_that_breaks_off_is_read_or_said_to_be_damaged(cut: float) -> None:
    data = pdf(3)[: int(len(pdf(3)) * cut)]
    try:
        said = of(data, "cut.pdf").text
    except InputError as error:
        said = str(error)

    assert any(words in said for words in (TRUE, "damaged", "scanned", "no words"))


# -- a scan ----------------------------------------------------------------------------------------------------------------


def test_a_scan_without_text_recognition_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.read.shutil.which", lambda name: None)

    assert "scanned pages" in fault(scan(TRUE), "scan.pdf")


@pytest.mark.skipif(reading.shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_is_read_by_tesseract_and_said_to_be_one() -> None:
    analysis = of(scan(TRUE), "scan.pdf")

    assert "Tesseract" in analysis.notes[0]
    assert [claim.verdict.value for claim in analysis.claims] == ["supported"]


# -- what would like to run ------------------------------------------------------------------------------------------------


def test_macros_and_embedded_objects_of_a_word_file_are_never_looked_at() -> None:
    macro = b"Attribute VB_Name = 'AutoOpen'\nSub AutoOpen()\nShell \"calc\"\nEnd Sub"
    analysis = of(
        word(TRUE, word__vbaProject_bin=macro, word__embeddings__object1_bin=b"MZ" + bytes(500)), "macro.docx"
    )

    assert analysis.text.strip() == TRUE
    assert "AutoOpen" not in str(analysis.to_json())


def test_formulas_and_fields_are_only_characters() -> None:
    formula = "=cmd|' /C calc'!A0"
    analysis = of(f"{formula}\n\n{TRUE}".encode(), "formula.txt")

    assert formula in analysis.text
    assert len(analysis.claims) == 1


def test_scripts_styles_and_frames_of_a_page_are_no_text() -> None:
    page = (
        "<html><head><script>document.title='In England a fine becomes spent after 9 months.'</script><style>p{}</style></head><body>"
        f"<iframe src='http://127.0.0.1/x'></iframe><img src=x onerror=alert(1)><p onclick='go()'>{TRUE}</p>"
        "<noscript>Turn it on.</noscript><object data='x.swf'></object></body></html>"
    )
    analysis = of(page.encode(), "active.html")

    assert [claim.text for claim in analysis.claims] == [TRUE]
    assert "onerror" not in analysis.text
    assert "9 months" not in analysis.text


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..\\..\\x.txt", "/dev/null", "con\x00.txt"])
def test_a_name_never_becomes_a_path(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = of(TRUE.encode(), name).name

    assert not set("/\\\x00") & set(shown)
    assert list(tmp_path.iterdir()) == []


def test_members_of_an_archive_are_not_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    data = io.BytesIO(word(TRUE))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("../../escaped.txt", b"out")

    assert of(data.getvalue(), "slip.docx").text.strip() == TRUE
    assert list(tmp_path.iterdir()) == []


# -- letters that hide -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u2060", "\u00ad"])
def test_zero_width_characters_do_not_hide_a_false_number(mark: str) -> None:
    (claim,) = of(
        f"In England a fine be{mark}comes sp{mark}ent after eight{mark}een mon{mark}ths.".encode(), "thin.txt"
    ).claims or (None,)

    assert claim is None or claim.verdict.value != "supported"


def test_text_from_right_to_left_keeps_its_offsets() -> None:
    text = f"\u202e{TRUE}\u202c \u0627\u0644\u0633\u062c\u0644 {TRUE}"
    analysis = of(text.encode(), "rtl.txt")

    assert all(analysis.text[one.start : one.end] == one.text for one in analysis.claims)
    assert analysis.claims


# -- time ------------------------------------------------------------------------------------------------------------------


def test_a_memo_of_twenty_pages_is_read_in_good_time() -> None:
    from bench import memo

    of(TRUE.encode(), "warm.txt")
    begun = time.monotonic()
    analysis = of(memo(20), "memo.md")

    assert len(analysis.claims) >= 40
    assert time.monotonic() - begun < 40, "ten seconds on two free cores"
