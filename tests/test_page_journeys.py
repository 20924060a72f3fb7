"""Whole journeys over the page: every tab in three languages, its address, files, slow and broken connections, and no network at all."""

from __future__ import annotations

import io
import socket
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from conftest import WAIT, served
from gradio_client import Client
from playwright.sync_api import Browser, Page, expect

from app import Atlas
from app.ui_words import word

pytestmark = pytest.mark.browser
DOCUMENTS = Path(__file__).parent / "documents"
LANGUAGES = ("en", "de", "zh")
SWITCH = {"en": "English", "de": "Deutsch", "zh": "中文"}
PLACES = {"en": ("Germany", "Michigan"), "de": ("Deutschland", "Michigan"), "zh": ("德国", "密歇根州")}
ENGLAND = {"en": "England and Wales", "de": "England und Wales", "zh": "英格兰和威尔士"}
FALSE = "In England, a fine becomes spent after three years."
TABLE = "#compare?in=us-il,cn&points=trigger&on=2026-11-25"


def _tab(page: Page, name: str, language: str = "en") -> None:
    page.get_by_role("tab", name=word(f"{name}_tab", language), exact=True).click()


def _is_chosen(page: Page, name: str, language: str = "en") -> None:
    tab = page.get_by_role("tab", name=word(f"{name}_tab", language), exact=True)
    expect(tab).to_have_attribute("aria-selected", "true", timeout=WAIT)


# ---- three languages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_leads_to_its_answer_in_the_language_of_the_page(page: Page, language: str) -> None:
    page.locator("#language label", has_text=SWITCH[language]).click()
    expect(page.locator("#ask")).to_have_text(word("ask", language), timeout=WAIT)

    _tab(page, "compare", language)
    for name in PLACES[language]:
        page.locator("#compare-places input").click()
        page.keyboard.type(name)
        page.get_by_role("option", name=name).first.click()
    page.locator("#compare-places input").blur()
    page.locator("#compare").click()
    expect(page.locator("#comparison thead th[data-at]")).to_have_text(list(PLACES[language]), timeout=WAIT)

    _tab(page, "check", language)
    page.locator("#check-place input").click()
    page.get_by_role("option", name=ENGLAND[language]).click()
    page.locator("#check-continue").click()
    page.locator("#check-choice label").first.click(timeout=WAIT)
    page.locator("#check-continue").click()
    page.locator("#check-result-now").click(timeout=WAIT)
    result = page.locator("#check-result article")
    expect(result).to_have_attribute("lang", language, timeout=WAIT)
    assert result.locator(".glance a").count() == result.locator(".outcome").count() > 1

    _tab(page, "analyse", language)
    page.locator("#pasted textarea").fill(FALSE)
    page.locator("#analyse").click()
    finding = page.locator("#analysis .finding.contradicted .badge")
    expect(finding.first).to_have_text(word("verdict_contradicted", language), timeout=WAIT)

    _tab(page, "library", language)
    page.locator("#library-find input, #library-find textarea").fill("s 6(4) ROA 1974")
    page.keyboard.press("Enter")
    expect(page.locator("#library article")).to_have_attribute("lang", language, timeout=WAIT)
    expect(page.locator("#library h2")).to_have_text("ROA 1974 s 6(4)", timeout=WAIT)


# ---- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["compare", "check", "analyse", "library"])
def test_a_tab_survives_reload_and_the_back_button_leaves_it(page: Page, name: str) -> None:
    _tab(page, name)
    assert page.evaluate("location.hash") == f"#{name}"

    page.reload()
    _is_chosen(page, name)
    page.go_back()

    _is_chosen(page, "ask")
    page.go_forward()
    _is_chosen(page, name)


def test_a_comparison_has_a_link_that_names_what_changes_and_the_tabs_keep_their_addresses(
    unopened: Page, address: str
) -> None:
    page = unopened
    page.goto(address + TABLE)
    expect(page.locator("#comparison thead th[data-at]")).to_have_text(["Illinois", "China"], timeout=WAIT)
    expect(page.locator("#comparison .turns li")).to_have_count(2)
    expect(page.locator("#comparison .turns")).to_contain_text("Will change on 1 January 2028: Illinois")

    page.locator("#comparison .turns a").last.click()
    expect(page.locator("#library h2")).to_have_text("Illinois: Automatic or on petition", timeout=WAIT)
    _tab(page, "compare")
    assert page.evaluate("location.hash") == TABLE
    page.go_back()
    _is_chosen(page, "library")


# ---- files -----------------------------------------------------------------------------------------------------------


def _saved(page: Page, link: str) -> bytes:
    with page.expect_download() as started:
        page.locator(link).click()
    return Path(started.value.path()).read_bytes()


def test_the_sheet_of_a_comparison_and_the_reports_of_an_analysis_open_and_say_what_the_screen_says(
    unopened: Page, address: str
) -> None:
    page = unopened
    page.goto(address + TABLE)
    lead = page.locator("#comparison td .lead").first.inner_text(timeout=WAIT)
    sheet = openpyxl.load_workbook(io.BytesIO(_saved(page, '#comparison a[download$=".xlsx"]'))).worksheets[0]
    assert any(lead in str(cell.value) for row in sheet.iter_rows() for cell in row)

    _tab(page, "analyse")
    page.locator("#pasted textarea").fill(FALSE)
    page.locator("#analyse").click()
    because = page.locator("#analysis .finding .body p").first.text_content(timeout=WAIT)
    assert because
    word_file = docx.Document(io.BytesIO(_saved(page, '#analysis a[download$=".docx"]')))
    cells = [cell.text for table in word_file.tables for row in table.rows for cell in row.cells]
    assert any(because in text for text in [*(one.text for one in word_file.paragraphs), *cells])
    assert because in _saved(page, '#analysis a[download$=".html"]').decode()


# ---- connections that are slow, break off, or do not exist ------------------------------------------------------------


def test_on_a_slow_connection_the_page_comes_and_a_question_is_answered(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    slow = {"offline": False, "latency": 200, "downloadThroughput": 250_000, "uploadThroughput": 50_000}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.goto(address)
    page.locator("#foot .coverage").wait_for(timeout=3 * WAIT)
    page.locator("#question textarea").fill("What does s 6(4) ROA 1974 say?")
    page.locator("#ask").click()
    expect(page.locator("#answer article")).to_be_visible(timeout=3 * WAIT)
    context.close()


def test_an_upload_that_breaks_off_is_said_in_plain_words_and_can_be_tried_again(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}#analyse")
    document = page.locator("#document input[type=file]")
    page.route("**/upload*", lambda route: route.abort("connectionreset"))
    document.set_input_files(DOCUMENTS / "england-false.md", timeout=WAIT)
    expect(page.get_by_test_id("toast-text").first).to_have_text(word("connection_lost", "en"), timeout=WAIT)

    page.unroute("**/upload*")
    document.set_input_files(DOCUMENTS / "england-false.md")
    expect(page.locator("#document")).to_contain_text("england-false", timeout=WAIT)
    page.locator("#analyse").click()
    expect(page.locator("#analysis .finding").first).to_be_visible(timeout=WAIT)
    context.close()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every attempt to reach or to look up another machine; each is refused."""
    tried: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def is_here(host: object) -> bool:
        return host is None or str(host) in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "")

    def guarded(self: socket.socket, to: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(to[0]):
            tried.append(str(to))
            raise OSError(f"no network: {to}")
        connect(self, to)

    def looked_up(host: Any, *rest: Any, **more: Any) -> Any:
        if not is_here(host):
            tried.append(str(host))
            raise OSError(f"no network: {host}")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return tried


def test_the_server_starts_and_answers_without_a_network_and_asks_for_none(
    nobody: list[str], page_atlas: Atlas
) -> None:
    record = {"jurisdiction": "uk-ew", "entries": [{"kind": "caution", "given_on": "2020-01-01"}]}
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    assert nobody.pop().startswith("192.0.2.1")
    assert not nobody

    with served(lambda: page_atlas) as url:
        client = Client(url, verbose=False)
        assert client.predict("When is a fine spent in England?", api_name="/ask")["status"] == "answered"
        assert client.predict(["de", "us-mi"], api_name="/compare")["rows"]
        assert client.predict(record, api_name="/check")["results"]
        assert client.predict("s 6(4) ROA 1974", api_name="/show")["passages"]

    assert nobody == []
