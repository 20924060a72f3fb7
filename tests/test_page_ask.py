"""What stands around an answer: links, further questions, neighbouring provisions, and how it is taken away."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import docx
import pdfplumber
import pytest
from conftest import WAIT
from playwright.sync_api import Page, expect

from app import Atlas
from app.answer_file import Authority, Sheet, Statement, docx_bytes, markdown_bytes, pdf_bytes
from app.errors import IndexUnusable
from app.follow_up import followed, suggestions
from app.page import Page as Served
from app.page_ask import AskPage, address
from app.render_take import follow_html, take_html
from indexer import embed

DAY = date(2026, 11, 25)
EVIL = "<img src=x onerror=alert(1)> & \"'"
QUESTION = "When does a fine become spent in England?"
SHEET = Sheet(
    "zh",
    "封存的期限<b>是多久？",
    "已回答",
    (Statement("罚款 twelve months – § 34 č", (1, 2), "England"),),
    ("说明 *一*",),
    (Authority(1, "ROA 1974 s 5", "本库转述", "Text <i>one</i>"), Authority(2, "《刑法》第100条", "本库转述", "条文")),
    "一般信息",
)


@pytest.fixture(scope="module")
def asker(page_atlas: Atlas) -> AskPage:
    served = Served(lambda: page_atlas)
    served.wait()
    return AskPage(served)


def _pdf_text(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(page.extract_text() for page in pdf.pages)


def test_the_three_files_say_the_same_and_run_nothing() -> None:
    word_text = "\n".join(one.text for one in docx.Document(io.BytesIO(docx_bytes(SHEET))).paragraphs)
    pdf_text = _pdf_text(pdf_bytes(SHEET))
    markdown = markdown_bytes(SHEET).decode()

    for text in (word_text, pdf_text):
        assert all(part in text for part in ("<b>", "[1][2]", "§ 34", "Text <i>one</i>", "《刑法》第100条", "一般信息"))
    assert "&lt;b&gt;" in markdown
    assert "\\*一\\*" in markdown
    assert "《刑法》第100条" in markdown


def test_markup_in_what_is_copied_stays_text() -> None:
    html = take_html({"plain": EVIL}, "en") + follow_html([EVIL], "en")
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&#x27;") == 3


def test_a_link_holds_question_and_filters_and_leads_back_to_them(asker: AskPage) -> None:
    link = address("Was gilt & wann? #1", ("de", "us-ny"), DAY)

    wanted = asker.linked("#" + link, "2020-01-01")

    assert link.startswith("ask?q=Was%20gilt%20%26%20wann%3F%20%231&in=de,us-ny&on=2026-11-25")
    assert (wanted.question, wanted.places, wanted.day) == ("Was gilt & wann? #1", ("de", "us-ny"), "2026-11-25")


def test_a_question_asked_before_the_day_is_filled_in_is_answered_for_today(asker: AskPage) -> None:
    shown = list(asker.ask("When is a fine spent in England?", (), "", "en"))[-1].html

    assert "is not a date" not in shown
    assert 'class="problem"' not in shown


def test_a_link_that_someone_tampered_with_fills_in_only_what_there_is(asker: AskPage) -> None:
    wanted = asker.linked("#ask?in=de,<b>,atlantis&q=x", "2026-01-01")
    assert (wanted.question, wanted.places, wanted.day) == ("x", ("de",), "2026-01-01")


def test_a_follow_up_keeps_the_place_unless_it_names_another(page_atlas: Atlas) -> None:
    assert followed(page_atlas, "Who still sees the record?", ("uk-ew",), DAY) == ("uk-ew",)
    assert followed(page_atlas, "And in Germany?", ("uk-ew",), DAY) == ()


@pytest.mark.parametrize(
    ("question", "place"),
    [(QUESTION, "uk-ew"), ("Was regelt § 34 Abs. 1 BZRG?", "de"), ("治安管理处罚法第136条规定了什么？", "cn")],
)
def test_every_further_question_is_answered_for_the_place(page_atlas: Atlas, question: str, place: str) -> None:
    further = suggestions(page_atlas, page_atlas.ask(question, DAY), DAY)

    assert 2 <= len(further) <= 3
    for one in further:
        answer = page_atlas.ask(one, DAY, (place,))
        assert answer.answer, one
        assert question != one


def test_what_has_no_place_has_no_further_questions(page_atlas: Atlas) -> None:
    assert suggestions(page_atlas, page_atlas.ask("How do I bake bread?", DAY), DAY) == ()


# ---- before the first question ------------------------------------------------------------------------------------------


def test_what_answers_need_is_loaded_before_anyone_asks() -> None:
    asked: list[str] = []

    def ask(question: str, as_of: date, language: str) -> None:
        asked.append(language)

    served = Served(lambda: SimpleNamespace(ask=ask))  # type: ignore[arg-type, return-value]
    assert served.books()
    for _ in range(200):
        if served.is_warm:
            break
        time.sleep(0.01)

    assert asked == ["en", "de", "zh"]


def test_an_atlas_that_does_not_open_is_warmed_in_vain_and_says_why_to_whoever_asks() -> None:
    def broken() -> Atlas:
        raise IndexUnusable("no index")

    html = list(Served(broken).in_turn("en", lambda: str(Served(broken).atlas())))

    assert "no index" in html[-1]


def test_the_encoder_is_loaded_once_however_many_ask_for_it_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(name: str) -> SimpleNamespace:
        time.sleep(0.05)
        loaded.append(name)
        return SimpleNamespace(max_seq_length=256)

    monkeypatch.setattr(embed, "_load", load)
    encoder = embed.SentenceTransformerEmbedder("some-model")
    with ThreadPoolExecutor(4) as people:
        lengths = list(people.map(lambda _: encoder.max_tokens, range(4)))

    assert loaded == ["some-model"]
    assert lengths == [256] * 4


# ---- in the browser --------------------------------------------------------------------------------------------------


def _asked(page: Page, question: str = QUESTION) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    expect(page.locator("#answer .asked")).to_have_text(question, timeout=WAIT)
    page.wait_for_function("location.hash.startsWith('#ask?')", timeout=WAIT)


@pytest.mark.browser
def test_further_questions_keep_the_place_and_back_and_reload_bring_answers_back(page: Page) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    _asked(page)
    suggestion = page.locator("[data-follow]").first
    text = suggestion.inner_text()
    suggestion.click()
    expect(page.locator("#answer .asked")).to_have_text(text, timeout=WAIT)
    expect(page.locator("#places .token")).to_have_text("England and Wales")
    page.locator("#follow-up input, #follow-up textarea").fill("Was gilt in Deutschland für die Tilgung?")
    page.keyboard.press("Enter")
    expect(page.locator("#answer .asked")).to_contain_text("Tilgung", timeout=WAIT)
    expect(page.locator("#places .token")).to_have_count(0)
    page.wait_for_function("location.hash.includes('Tilgung')", timeout=WAIT)
    page.go_back()
    expect(page.locator("#answer .asked")).to_have_text(text, timeout=WAIT)
    page.reload()
    expect(page.locator("#answer .asked")).to_have_text(text, timeout=WAIT)
    expect(page.locator("#places .token")).to_have_text("England and Wales")
    assert not [url for url in seen if "spent" in url or "Tilgung" in url]


@pytest.mark.browser
def test_an_answer_is_copied_with_oscola_citations_and_saved_as_pdf(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _asked(page)
    page.get_by_role("button", name="OSCOLA").click()
    expect(page.locator(".take output")).to_have_text("Copied.", timeout=WAIT)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Rehabilitation of Offenders Act 1974, s 5(2)" in copied
    lead = page.locator("#answer .statement.lead").evaluate("one => one.firstChild.textContent")
    assert lead in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    text = " ".join(_pdf_text(Path(download.value.path()).read_bytes()).split())
    assert " ".join(lead.split())[:60] in text


@pytest.mark.browser
def test_a_source_shows_the_provision_before_and_after(page: Page) -> None:
    _asked(page, "What does s 6(4) ROA 1974 say?")
    page.locator("#answer .statement .cite").first.click()
    card = page.locator("#answer .passage.current")
    card.locator(".around > summary").click()
    expect(card.locator(".around .near").nth(0)).to_contain_text("Before: ROA 1974 s 6(3A)")
    expect(card.locator(".around .near").nth(1)).to_contain_text("After: ROA 1974 s 6(5)")


@pytest.mark.browser
def test_the_enter_key_asks(page: Page) -> None:
    page.locator("#question textarea").click()
    page.keyboard.type("When is a fine spent in England?")
    page.keyboard.press("Enter")

    expect(page.locator("#answer article")).to_contain_text("When is a fine spent in England?", timeout=WAIT)
