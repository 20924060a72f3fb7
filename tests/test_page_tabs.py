"""The tabs that check a record and analyse a document, in a real browser; and the whole page for everyone and for many at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import WAIT
from gradio_client import Client
from playwright.sync_api import Page, expect

from app.ui_words import word

pytestmark = pytest.mark.browser
FALSE_ARTICLE = Path(__file__).parent / "documents" / "england-false.md"
TABS = ("ask", "compare", "check", "analyse", "library")


def _open(page: Page, tab: str, language: str = "en") -> None:
    page.get_by_role("tab", name=word(f"{tab}_tab", language), exact=True).click()


def _go_on(page: Page) -> None:
    before = page.locator("#check-asking h2").inner_text()
    page.locator("#check-continue").click()
    page.wait_for_function(
        "before => document.querySelector('#check-asking h2')?.innerText !== before", arg=before, timeout=WAIT
    )


def _type(page: Page, text: str) -> None:
    page.locator("#check-typed textarea, #check-typed input").first.fill(text)
    _go_on(page)


def _has_no_serious_barriers(page: Page) -> None:
    page.wait_for_timeout(500)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]
    assert not serious, "\n".join(serious)


def _fine_in_england(page: Page) -> None:
    _open(page, "check")
    page.locator("#check-place input").click()
    page.get_by_role("option", name="England and Wales").click()
    _go_on(page)
    page.get_by_label("conviction by a court").check()
    _go_on(page)
    _type(page, "<b>theft</b> from a shop")
    _type(page, "2024-03-01")
    page.get_by_label("fine", exact=True).check()
    _go_on(page)


def test_an_interview_leads_to_a_day_with_its_provisions(page: Page) -> None:
    _fine_in_england(page)
    _type(page, "1990-05-05")
    page.locator("#check-result-now").click()
    result = page.locator("#check-result article")
    expect(result).to_be_visible(timeout=WAIT)
    expect(result.locator(".outcome.reached .when").first).to_contain_text("1 March 2025")
    expect(result.locator(".glance li").first).to_contain_text("1 March 2025")
    expect(result.locator(".outcome .why[open]")).to_have_count(1)
    result.locator(".glance a").last.click()
    expect(result.locator(".outcome .why[open]")).to_have_count(2)
    expect(result.locator(".entry h3").first).to_contain_text("<b>theft</b> from a shop")
    result.locator(".why .cite").first.click()
    expect(result.locator(".passage.current")).to_be_visible()
    expect(result.locator(".timeline svg")).to_be_visible()
    _has_no_serious_barriers(page)


def test_an_answer_can_be_changed_and_a_faulty_one_says_how_to_mend_it(page: Page) -> None:
    _fine_in_england(page)
    page.locator("#check-typed textarea, #check-typed input").first.fill("long ago")
    page.locator("#check-continue").click()
    expect(page.locator("#check-problem .message")).to_contain_text("write 2016-06-15", timeout=WAIT)
    page.locator('[data-change="entries[0].conviction_date"]').click()
    expect(page.locator("#check-asking h2")).to_contain_text("convicted", timeout=WAIT)


def test_the_interview_speaks_the_language_of_the_page(page: Page) -> None:
    page.get_by_label("Deutsch").check()
    expect(page.get_by_role("tab", name=word("check_tab", "de"))).to_be_visible(timeout=WAIT)
    _open(page, "check", "de")
    expect(page.locator("#check-asking h2")).to_have_text("Wo wurde der Fall behandelt?", timeout=WAIT)


def test_a_document_comes_back_with_marks_that_open_their_findings(page: Page) -> None:
    _open(page, "analyse")
    page.locator("#document input[type=file]").set_input_files(FALSE_ARTICLE)
    expect(page.locator("#document")).to_contain_text("england-false", timeout=WAIT)
    page.locator("#analyse").click()
    article = page.locator("#analysis article")
    expect(article).to_be_visible(timeout=3 * WAIT)
    article.locator("mark.contradicted").first.click()
    finding = article.locator(".finding.current")
    expect(finding).to_contain_text("12 months")
    _has_no_serious_barriers(page)
    article.locator('input[data-verdict="contradicted"]').uncheck()
    expect(article.locator(".finding.contradicted").first).to_be_hidden()
    with page.expect_download() as download:
        article.locator("a[download='analysis.md']").click()
    assert "England" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_document_that_cannot_be_read_says_so(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    _open(page, "analyse")
    page.locator("#document input[type=file]").set_input_files(broken)
    expect(page.locator("#document")).to_contain_text("broken", timeout=WAIT)
    page.locator("#analyse").click()
    expect(page.locator("#analysis .message.problem")).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_has_serious_barriers(page: Page, tab: str) -> None:
    if tab != "ask":
        _open(page, tab)
    _has_no_serious_barriers(page)


def test_a_comparison_and_a_provision_with_changes_have_no_serious_barriers(unopened: Page, address: str) -> None:
    page = unopened
    page.goto(f"{address}#compare?in=us-il,cn&points=trigger&on=2026-11-25")
    expect(page.locator("#comparison .turns a").first).to_be_visible(timeout=WAIT)
    _has_no_serious_barriers(page)
    page.goto(f"{address}#library/uk-ew/roa-1974/5/2@2024-10-28")
    expect(page.locator("#library .turns a").first).to_be_visible(timeout=WAIT)
    _has_no_serious_barriers(page)


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_is_wider_than_a_phone(phone: Page, tab: str) -> None:
    if tab != "ask":
        _open(phone, tab)
    phone.wait_for_timeout(300)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_twenty_people_at_once_are_all_answered(address: str) -> None:
    answers: list[Any] = []
    faults: list[str] = []

    def ask() -> None:
        try:
            client = Client(address, verbose=False)
            answers.append(client.predict("When is a fine spent in England?", api_name="/ask"))
        except Exception as error:
            faults.append(repr(error))

    people = [threading.Thread(target=ask) for _ in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=120)
    assert faults == []
    assert len(answers) == 20
    assert all(answer["status"] == "answered" for answer in answers)
