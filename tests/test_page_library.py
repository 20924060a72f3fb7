"""The library and the two pictures as their users meet them: what they say, and how they are walked through in a browser."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import WAIT
from playwright.sync_api import Page, expect

from app.changing import turns_html
from app.library import Library
from app.page_library import LibraryPage
from app.page_pictures import Pictures
from app.ui_words_library import LIBRARY_WORDS
from app.waiting import waits
from app.word_diff import word_diff
from corpus import Corpus, load
from corpus.citations import Citations
from indexer.passages import Kind

TODAY = "2026-11-25"


class _Opened:
    """The page's atlas without an index: the library needs none."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.index = SimpleNamespace(by_id={})
        self.citations = Citations(corpus)

    def atlas(self) -> Any:
        return self


@pytest.fixture(scope="module")
def library() -> LibraryPage:
    return LibraryPage(_Opened(load()))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def books() -> Library:
    return Library(load(), Citations(load()))


# ---- what is compared ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("A fine is spent after 12 months.", "A small fine is spent after 6 months, always."),
        ("封存三年", "封存五年后"),
        ("", "x"),
    ],
)
def test_what_a_difference_keeps_is_each_text_byte_for_byte(earlier: str, later: str) -> None:
    runs = word_diff(earlier, later)

    assert "".join(run.text for run in runs if run.change != "new").split() == earlier.split()
    assert "".join(run.text for run in runs if run.change != "gone") == later


def test_a_changed_number_is_one_change_and_the_words_around_it_are_none() -> None:
    assert [run for run in word_diff("after 12 months", "after 6 months") if run.change != "same"] == [
        ("gone", "12"),
        ("new", "6"),
    ]


# ---- what the library says -------------------------------------------------------------------------------------------


def test_the_day_decides_which_version_is_read(library: LibraryPage) -> None:
    before = library.open("uk-ew/roa-1974/5/2@2023-10-27", TODAY, "en").html
    after = library.open("uk-ew/roa-1974/5/2@2023-10-28", TODAY, "en").html

    assert "In force on 27 October 2023" in before
    assert "In force on 28 October 2023" in after
    assert before.split("<blockquote")[1] != after.split("<blockquote")[1]


def test_law_that_has_not_begun_has_ended_or_was_never_commenced_is_said_not_to_be_law(library: LibraryPage) -> None:
    assert "begins on 1 January 2026" in library.open("cn/psapl-2025/136@2025-12-31", TODAY, "en").html
    assert "brought into force" in library.open("uk-ew/pcsc-2022/98", TODAY, "en").html
    ended = next(one for one in load().provisions if one.instrument == "cn/psapl-2012")
    assert "badge away" in library.open(ended.id, TODAY, "en").html


def test_the_law_stands_beside_its_english_rendering_in_its_own_language_first(library: LibraryPage) -> None:
    html = library.open("de/bzrg/34/2", TODAY, "zh").html

    assert html.index('<blockquote lang="de">') < html.index('<blockquote lang="en">')


def test_links_lead_both_ways(books: Library) -> None:
    cited = books.cited_by("uk-ew/roa-1974/6/4")

    assert "uk-ew/roa-1974/6/5" in cited.provisions
    assert "uk-ew/roa-1974/1/1/b" in books.cites("uk-ew/roa-1974/6/4")
    assert all((cited.positions, cited.terms, cited.notes))
    assert all("uk-ew/roa-1974/6/4" in one.about for one in cited.notes)


def test_neighbours_lead_through_a_whole_law_and_end_at_its_ends(books: Library) -> None:
    ids = books.provisions_of("de/bzrg")
    walked = [ids[0]]
    while (after := books.neighbours(walked[-1])[1]) is not None:
        walked.append(after)

    assert tuple(walked) == ids
    assert books.neighbours(ids[0])[0] is None


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_every_kind_of_page_opens_in_every_language(library: LibraryPage, language: str) -> None:
    note = load().notes[0].id
    for target in (
        "",
        "glossary",
        "notes",
        "us-ny",
        "de/bzrg",
        "us-mi/position/trigger",
        note,
        "glossary/record-sealing",
    ):
        html = library.open(target, TODAY, language).html
        assert '<h2 tabindex="-1"' in html, target
        assert f'class="atlas library" lang="{language}"' in html
        assert 'class="message"' not in html, target


def test_an_address_that_leads_nowhere_says_so_and_its_markup_stays_text(library: LibraryPage) -> None:
    html = library.open("de/<img src=x onerror=alert(1)>", TODAY, "en").html

    assert "<img" not in html
    assert "&lt;img" in html
    assert "is not a date" in library.open("de@gestern", TODAY, "en").html


def test_every_word_of_the_library_exists_in_three_languages() -> None:
    assert [key for key, words in LIBRARY_WORDS.items() if not all(words)] == []


# ---- the pictures ----------------------------------------------------------------------------------------------------


def test_every_typed_period_of_the_day_is_drawn_with_its_authority() -> None:
    pictures = Pictures(_Opened(load()))  # type: ignore[arg-type]
    html = pictures.waiting("", [], TODAY, "en")
    drawn = list(waits(load(), date.fromisoformat(TODAY)))

    assert html.count("<tr>") == len(drawn) + 1
    assert all(f"#library/{one.detail.authority}@{TODAY}" in html for one in drawn)
    assert html.count('class="bar-box"') == sum(one.years is not None for one in drawn)
    assert 0 < len(list(waits(load(), date.fromisoformat(TODAY), "felony"))) < len(drawn)


def test_a_state_without_law_here_claims_nothing_and_the_day_decides_the_rest() -> None:
    pictures = Pictures(_Opened(load()))  # type: ignore[arg-type]
    before, after = (pictures.states(day, "en") for day in ("2026-06-30", "2026-07-01"))

    assert "Texas: not covered" in after
    assert "us-tx/position" not in after
    assert "Virginia: on petition only" in before
    assert "Virginia: automatic, and on petition" in after
    assert after.count("<li style=") == 51


# ---- the day, and what changes around it ------------------------------------------------------------------------------


def _turns(ids: list[str], day: str, recent: bool = True) -> str:
    corpus = load()
    return turns_html(corpus, Citations(corpus), ids, date.fromisoformat(day), "en", recent)


def test_a_change_of_the_last_two_years_is_told_and_an_older_one_is_not() -> None:
    assert "Changed on 28 October 2023" in _turns(["uk-ew/roa-1974/5/2"], "2025-10-01")
    assert _turns(["uk-ew/roa-1974/5/2"], "2025-11-01") == ""


def test_a_later_change_is_told_whatever_day_is_asked_about_and_a_first_version_is_none() -> None:
    before = _turns(["uk-ew/roa-1974/5/2", "uk-ew/roa-1974/5/2"], "2020-01-01", recent=False)

    assert before.count("<li>") == 1
    assert "Will change on 28 October 2023" in before
    assert 'href="#library/uk-ew/roa-1974/5/2@2020-01-01"' in before
    assert _turns(["uk-ew/roa-1974/5/2"], "1970-01-01") == ""


def test_points_of_one_place_are_named_together_and_counted_beyond_four() -> None:
    html = _turns([f"cn/position/{one}" for one in load().dimensions], "2026-11-25")

    assert html.count("<li>") == 1
    assert html.count("China:") == 1
    assert "and 10 more" in html


def test_the_publishers_text_stands_beside_ours_and_only_the_part_that_is_meant() -> None:
    opened = _Opened(load())
    ours = SimpleNamespace(kind=Kind.STATUTE)
    theirs = SimpleNamespace(
        text="(1) Erster <b>. (2) Zweiter.", language="de", source="gazette", parts=(("de/bzrg/34/2", 15, 28),)
    )
    opened.index = SimpleNamespace(by_id={"de/bzrg/34/2": [ours]}, beside=lambda one, day: theirs)
    html = LibraryPage(opened).open("de/bzrg/34/2", TODAY, "en").html  # type: ignore[arg-type]

    column = html.split('<section class="official">')[1].split("</section>")[0]
    assert html.count('<section class="official">') == 1
    assert '<blockquote lang="de">(2) Zweiter.</blockquote>' in column
    assert "<mark> (2) Zweiter.</mark>" in column
    assert "&lt;b&gt;" in column
    assert html.index("official") < html.index('<h3 class="tongue">German')


# ---- in the browser --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_source_of_an_answer_opens_in_the_library_and_the_back_button_leads_back(
    unopened: Page, address: str
) -> None:
    page = unopened
    page.goto(address)
    page.locator("#foot .coverage").wait_for(timeout=WAIT)
    page.locator("#question textarea").fill("What does s 6(4) ROA 1974 say?")
    page.locator("#ask").click()
    page.locator("#answer .statement .cite").first.click(timeout=WAIT)
    page.locator("#answer .passage.current a.to-library").click()

    heading = page.locator("#library h2")
    expect(heading).to_have_text("ROA 1974 s 6(4)", timeout=WAIT)
    expect(heading).to_be_focused()
    page.go_back()
    expect(page.get_by_role("tab", name="Ask", exact=True)).to_have_attribute("aria-selected", "true")


@pytest.mark.browser
def test_an_address_of_the_library_opens_there_and_its_versions_can_be_chosen(unopened: Page, address: str) -> None:
    page = unopened
    page.goto(f"{address}#library/uk-ew/roa-1974/5/2")
    page.locator("#library .versions a").first.click(timeout=WAIT)

    expect(page.locator("#library .state")).to_contain_text("In force on 1 July 1975", timeout=WAIT)
    expect(page.locator("#library-as-of input")).to_have_value("1975-07-01")
    page.locator("#library-as-of input").fill("2020-01-01")
    expect(page.locator("#library .state")).to_contain_text("In force on 1 January 2020", timeout=WAIT)
    expect(page.locator("#library .changes[open] ins").first).to_be_visible()


@pytest.mark.browser
def test_the_glossary_is_filtered_and_the_map_leads_to_the_reasons(unopened: Page, address: str) -> None:
    page = unopened
    page.goto(f"{address}#library/glossary")
    field = page.locator("#glossary-filter")
    field.fill("Tilgung", timeout=WAIT)
    shown = page.locator("#library .term:visible")
    assert 0 < shown.count() < page.locator("#library .term").count()

    page.get_by_role("tab", name="Compare", exact=True).click()
    page.get_by_role("tab", name="US states").click()
    page.locator("[data-state=us-mi] a").click(timeout=WAIT)
    expect(page.locator("#library h2")).to_have_text("Michigan: Automatic or on petition", timeout=WAIT)


@pytest.mark.browser
def test_the_columns_of_a_comparison_change_places(unopened: Page, address: str) -> None:
    page = unopened
    page.goto(address)
    page.locator("#foot .coverage").wait_for(timeout=WAIT)
    page.get_by_role("tab", name="Compare", exact=True).click()
    for name in ("New Zealand", "Michigan"):
        page.locator("#compare-places input").click()
        page.keyboard.type(name)
        page.get_by_role("option", name=name).first.click()
    page.locator("#compare-places input").blur()
    page.locator("#compare").click()
    heads = page.locator("#comparison thead th[data-at]")
    expect(heads).to_have_text(["New Zealand", "Michigan"], timeout=WAIT)

    page.get_by_role("button", name="Sort the jurisdictions by: Waiting period").click()

    expect(heads).to_have_text(["Michigan", "New Zealand"])
    row = page.locator("tr[data-dimension=waiting_period] td").first
    expect(row).to_have_attribute("data-jurisdiction", "us-mi")
