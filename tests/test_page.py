"""The page as its users meet it: in a real browser, over the real corpus, and what it renders and exports."""

from __future__ import annotations

import csv
import io
import threading
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from conftest import WAIT, served
from playwright.sync_api import Browser, Page, expect

from app import Atlas
from app.errors import InputError
from app.export import csv_bytes, write_csv, write_docx, write_xlsx
from app.page import read_day
from app.render import Shelf, answer_html, marked, safe_url
from app.ui_words import EXAMPLES, USERS, WORDS, nearest_language, word

QUESTIONS = {
    "en": "What does s 6(4) ROA 1974 say?",
    "de": "Was regelt § 34 Abs. 1 BZRG?",
    "zh": "治安管理处罚法第136条规定了什么？",
}
COMPARED = {
    "as_of": "2026-11-25",
    "language": "en",
    "dimensions": ["waiting_period"],
    "dimension_names": {"waiting_period": "Waiting period"},
    "rows": [
        {
            "jurisdiction": place,
            "name": name,
            "cells": {
                "waiting_period": {
                    "text": f"{lead} And more.",
                    "lead": lead,
                    "value": [3.0, 8.0],
                    "unit": "years",
                    "citations": [f"{place}/law/1"],
                    "doubt": None,
                    "details": [],
                }
            },
        }
        for place, name, lead in (("de", "Germany", '=HYPERLINK("x")'), ("cn", "中国", "三年，“封存”。"))
    ],
    "differences": [{"dimension": "waiting_period", "text": "Waiting period: Germany: 3, 8 years."}],
    "notes": ["A note."],
}


# ---- what is rendered ------------------------------------------------------------------------------------------------


def test_the_supporting_stretch_is_marked_and_everything_is_escaped() -> None:
    assert marked("a <b> & c", [[2, 5]]) == "a <mark>&lt;b&gt;</mark> &amp; c"


def test_stretches_that_overlap_or_run_over_the_end_are_marked_once() -> None:
    assert marked("abcdef", [[4, 99], [0, 3], [2, 5]]) == "<mark>abc</mark><mark>de</mark><mark>f</mark>"


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    assert safe_url("javascript:alert(1)") == ""
    assert safe_url("https://example.org/?a=1&b=2") == "https://example.org/?a=1&amp;b=2"


def test_markup_in_any_field_of_an_answer_stays_text() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    passage = dict.fromkeys(
        ("jurisdiction", "instrument", "citation", "heading", "text", "doubt", "source", "id"), evil
    )
    passage |= {"kind": "statute", "language": "en", "basis": "copy", "url": evil, "checked_on": "2026-01-01"}
    dates: dict[str, Any] = {"in_force_from": None, "in_force_to": None}
    answer = {
        "question": evil, "language": "en", "as_of": "2026-01-01", "status": "answered", "notes": [evil],
        "answer": [{"text": evil, "jurisdiction": evil, "citations": [evil]}], "passages": [passage | dates],
    }  # fmt: skip

    html = answer_html(answer, Shelf("ask", "en", [passage | dates], lambda _: None), {})

    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_citation_that_leads_nowhere_gets_no_number() -> None:
    assert Shelf("ask", "en", [], lambda _: None).links(["de/bzrg/999"]) == ""


def test_every_word_of_the_page_exists_in_three_languages() -> None:
    lacking = [key for key, words in WORDS.items() if len(words) != 3 or not all(words)]
    assert lacking == []
    assert set(EXAMPLES) == set(USERS)


def test_the_language_of_the_page_follows_the_browser() -> None:
    assert [nearest_language(one) for one in ("de-AT,de;q=0.9", "fr-FR,zh-CN;q=0.8", "fr", "")] == [
        "de",
        "zh",
        "en",
        "en",
    ]


def test_a_date_that_cannot_be_read_is_answered_in_the_language_of_the_page() -> None:
    with pytest.raises(InputError, match="ist kein Datum"):
        read_day("gestern", "de")


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_date_that_is_not_given_is_today(nothing: str | None) -> None:
    assert read_day(nothing, "en") == date.today()


# ---- what is taken away ----------------------------------------------------------------------------------------------


def test_csv_holds_a_line_per_cell_and_nothing_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    compared = COMPARED | {"dimension_names": {"waiting_period": "@SUM(1)"}}

    lines = list(csv.reader(io.StringIO(csv_bytes(compared).decode("utf-8-sig"))))

    assert len(lines) == 3
    assert lines[1][0] == "'@SUM(1)"
    assert lines[1][3].startswith("'=HYPERLINK")
    assert lines[2][1:5] == ["中国", "3, 8 years", "三年，“封存”。 And more.", "cn/law/1"]


def test_the_three_files_say_the_same(tmp_path: Path) -> None:
    write_csv(COMPARED, tmp_path / "t.csv", str.upper)
    write_docx(COMPARED, tmp_path / "t.docx", str.upper)
    write_xlsx(COMPARED, tmp_path / "t.xlsx", str.upper)

    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    document = docx.Document(str(tmp_path / "t.docx"))

    assert "CN/LAW/1" in (tmp_path / "t.csv").read_text("utf-8-sig")
    assert [cell.value for cell in sheet[3]][1:3] == ["中国", "3, 8 years"]
    assert sheet["D2"].data_type == "s"
    assert [cell.text for cell in document.tables[0].rows[2].cells][0::3] == ["中国", "CN/LAW/1"]


# ---- in the browser --------------------------------------------------------------------------------------------------


def _ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.browser
@pytest.mark.parametrize("language", list(QUESTIONS))
def test_a_question_is_answered_in_its_language_and_its_citation_opens_the_passage(
    page: Page, page_atlas: Atlas, language: str
) -> None:
    expected = page_atlas.ask(QUESTIONS[language], date.today()).to_json()

    _ask(page, QUESTIONS[language])
    article = page.locator("#answer article")
    expect(article).to_have_attribute("lang", language, timeout=WAIT)
    article.locator(".statement .cite").first.click()

    card = article.locator(".passage.current")
    assert card.get_attribute("data-id") == expected["answer"][0]["citations"][0]
    assert card.get_attribute("open") is not None
    expect(card.locator("summary").first).to_be_in_viewport()
    mark = card.locator("mark").first
    expect(mark).to_be_visible()
    assert mark.inner_text().strip() in " ".join(one["text"] for one in expected["passages"])
    expect(article.locator(".badge")).to_have_text(word(expected["status"], language))


@pytest.mark.browser
def test_the_official_source_opens_apart_and_is_told_nothing(page: Page) -> None:
    _ask(page, QUESTIONS["en"])
    page.locator("#answer .statement .cite").first.click(timeout=WAIT)

    link = page.locator("#answer .passage.current a.publisher")

    expect(link).to_have_attribute("href", "https://www.legislation.gov.uk/ukpga/1974/53/section/6")
    expect(link).to_have_attribute("target", "_blank")
    assert "noopener" in str(link.get_attribute("rel"))


@pytest.mark.browser
def test_the_way_to_a_passage_and_back_can_be_gone_by_keyboard(page: Page) -> None:
    _ask(page, QUESTIONS["en"])
    cite = page.locator("#answer .statement .cite").first
    cite.focus(timeout=WAIT)

    page.keyboard.press("Enter")
    back = page.locator("#answer .passage.current [data-back]")
    back.focus()
    page.keyboard.press("Enter")

    expect(cite).to_be_focused()


@pytest.mark.browser
def test_markup_and_templates_in_a_question_stay_text(page: Page) -> None:
    question = "<img src=x onerror=\"document.title='taken'\"> ${document.title='taken'} {{value}} s 6(4) ROA 1974"

    _ask(page, question)

    expect(page.locator("#answer .asked")).to_have_text(question, timeout=WAIT)
    assert page.locator("#answer img").count() == 0
    assert page.title() == "Clean Slate Atlas"


@pytest.mark.browser
def test_what_cannot_be_read_is_said_in_one_line(page: Page) -> None:
    _ask(page, "x" * 2001)
    expect(page.locator("#answer .message")).to_contain_text("2001", timeout=WAIT)

    _ask(page, " ")
    expect(page.locator("#answer .message")).to_have_text("Please type a question first.", timeout=WAIT)


@pytest.mark.browser
def test_the_page_changes_its_language_and_an_example_is_asked_in_it(page: Page) -> None:
    page.locator("#language label", has_text="Deutsch").click()
    expect(page.locator("#ask")).to_have_text("Fragen", timeout=WAIT)
    assert page.evaluate("document.documentElement.lang") == "de"

    page.get_by_role("button", name="Was regelt § 34 Abs. 1 BZRG?").click()

    expect(page.locator("#answer article")).to_have_attribute("lang", "de", timeout=WAIT)
    expect(page.locator(".disclaimer")).to_have_count(1)


@pytest.mark.browser
def test_the_date_decides_which_law_is_shown(page: Page) -> None:
    page.locator("#as-of input").fill("2025-06-01")
    _ask(page, QUESTIONS["zh"])

    expect(page.locator("#answer .state")).to_contain_text("2025年6月1日", timeout=WAIT)
    expect(page.locator("#answer .badge.answered")).to_have_count(0)


def _compare(page: Page, *places: str) -> None:
    page.get_by_role("tab", name="Compare").click()
    for box, names in (("#compare-places", places), ("#dimensions", ("Waiting period",))):
        for name in names:
            page.locator(f"{box} input").click()
            page.keyboard.type(name)
            page.get_by_role("option", name=name).first.click()
        page.locator(f"{box} input").blur()
    page.locator("#compare").click()


@pytest.mark.browser
def test_a_comparison_is_cited_and_its_files_hold_what_the_screen_shows(page: Page, tmp_path: Path) -> None:
    _compare(page, "New York", "Michigan")
    table = page.locator("#comparison table")
    table.wait_for(timeout=WAIT)
    leads = table.locator("td .lead").all_inner_texts()
    for suffix in ("CSV", "DOCX"):
        with page.expect_download() as started:
            page.locator(".downloads a", has_text=suffix).click()
        started.value.save_as(tmp_path / f"t.{suffix.lower()}")
    table.locator("td > .cites .cite").first.click()

    lines = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"))))
    written = docx.Document(str(tmp_path / "t.docx")).tables[0]
    assert len(leads) == 2
    assert {line[1] for line in lines[1:]} == {"New York", "Michigan"}
    for lead, line, row in zip(leads, lines[1:], written.rows[1:], strict=True):
        assert lead in line[3]
        assert lead in row.cells[2].text
    opened = page.locator("#comparison .passage.current")
    assert str(opened.get_attribute("data-id")).startswith("us-")
    expect(opened.locator("blockquote").first).to_be_visible()
    expect(table.locator(".differs")).to_contain_text("New York")


@pytest.mark.browser
def test_one_place_is_no_comparison(page: Page) -> None:
    _compare(page, "Michigan")
    expect(page.locator("#comparison .message")).to_contain_text("2 to 12", timeout=WAIT)


@pytest.mark.browser
def test_nothing_runs_over_the_edge_of_a_phone(phone: Page) -> None:
    assert _fits(phone)

    _ask(phone, QUESTIONS["en"])
    phone.locator("#answer .statement .cite").first.click(timeout=WAIT)
    assert _fits(phone)

    _compare(phone, "New York", "Michigan")
    phone.locator("#comparison table").wait_for(timeout=WAIT)
    assert _fits(phone)


@pytest.mark.browser
def test_the_page_is_shown_before_the_atlas_is_open(browser: Browser, page_atlas: Atlas) -> None:
    gate = threading.Event()

    def slowly() -> Atlas:
        gate.wait(60)
        return page_atlas

    with served(slowly) as url:
        page = browser.new_page()
        page.goto(url)
        _ask(page, QUESTIONS["en"])
        expect(page.locator("#answer .loading")).to_be_visible(timeout=WAIT)
        gate.set()
        expect(page.locator("#answer article")).to_be_visible(timeout=WAIT)
        page.close()
