"""The comparison: a row for each place, a cited cell for each dimension, a line on what differs."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import TODAY

from app.ask import Atlas
from app.compare import compare
from app.errors import InputError
from corpus import Corpus

PLACES = ("uk-ew", "de", "cn", "us-ny", "us-pa", "us-mi", "us-ut", "us-ca")


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_every_cell_of_the_first_eight_places_is_filled_and_cited(language: str, corpus: Corpus) -> None:
    table = compare(corpus, PLACES, [], TODAY, language)

    assert [row.jurisdiction for row in table.rows] == list(PLACES)
    assert list(table.dimensions) == list(corpus.dimensions)
    empty = [
        f"{row.jurisdiction} {dimension}"
        for row in table.rows
        for dimension in table.dimensions
        if not (row.cells[dimension].text and row.cells[dimension].citations)
    ]
    assert empty == []
    assert table.notes == ()


@pytest.mark.encoder
def test_every_citation_of_a_cell_leads_to_a_passage(corpus: Corpus, atlas: Atlas) -> None:
    table = compare(corpus, PLACES, [], TODAY)
    cited = {one for row in table.rows for cell in row.cells.values() for one in cell.citations}
    detailed = {
        one
        for row in table.rows
        for cell in row.cells.values()
        for detail in cell.details
        for one in detail["citations"]
    }

    assert len(cited) > 100
    assert [one for one in sorted(cited | detailed) if not atlas.resolves(one)] == []


def test_a_line_says_who_has_which_value(corpus: Corpus) -> None:
    table = compare(corpus, ["us-ny", "cn"], ["waiting_period"], TODAY)

    assert [dimension for dimension, _ in table.differences] == ["waiting_period"]
    text = table.differences[0][1]
    assert text.startswith("Waiting period: ")
    assert all(word in text for word in ("New York", "China", "3, 8 years"))


def test_what_is_the_same_everywhere_is_said_to_be_the_same(small_corpus: Corpus) -> None:
    both = compare(small_corpus, ["de", "us-ny"], ["remedies"], TODAY)

    assert len(both.rows) == 1
    assert "the law is silent" in both.differences[0][1]


def test_a_place_without_cells_is_named_and_not_made_up(small_corpus: Corpus) -> None:
    table = compare(small_corpus, ["de", "jp"], ["remedies"], TODAY)

    assert [row.jurisdiction for row in table.rows] == ["de"]
    assert table.notes == ("Japan is not covered by the corpus, so nothing can be said about its law.",)


def test_the_whole_united_kingdom_stands_for_its_parts(corpus: Corpus) -> None:
    rows = [row.jurisdiction for row in compare(corpus, ["uk", "de"], [], TODAY).rows]
    assert rows == ["uk-ew", "uk-sct", "uk-nir", "de"]


def test_a_place_named_twice_has_one_row(corpus: Corpus) -> None:
    assert [row.jurisdiction for row in compare(corpus, ["de", "cn", "de"], ["trigger"], TODAY).rows] == ["de", "cn"]


def test_the_cell_of_the_day_asked_for_is_shown(corpus: Corpus) -> None:
    before, after = (
        compare(corpus, ["cn", "de"], ["waiting_period"], day).rows[0].cells["waiting_period"].text
        if compare(corpus, ["cn", "de"], ["waiting_period"], day).rows[0].cells
        else ""
        for day in (date(2025, 6, 1), date(2026, 6, 1))
    )

    assert "136" in after
    assert before != after


@pytest.mark.parametrize(
    ("places", "dimensions", "says"),
    [
        (["de"], [], "takes 2 to 12"),
        ([], [], "takes 2 to 12"),
        (["de", "de"], [], "takes 2 to 12"),
        (["jp", "fr-xx"], [], "'fr-xx': not known"),
        (["jp", "us-tx"], [], "Choose two to 12 that are covered"),
        (["de", "cn"], ["weather"], "dimension 'weather': not known; use one of legal_nature"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_next_step(
    places: list[str], dimensions: list[str], says: str, corpus: Corpus
) -> None:
    with pytest.raises(InputError) as raised:
        compare(corpus, places, dimensions, TODAY)

    assert says in str(raised.value)


@pytest.mark.encoder
def test_places_may_be_named_in_any_of_the_three_languages(atlas: Atlas) -> None:
    table = atlas.compare(["宾夕法尼亚州", "Bayern", "new york"], ["trigger"], as_of=TODAY)

    assert [row.jurisdiction for row in table.rows] == ["us-pa", "de", "us-ny"]


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Compare the waiting periods for sealing a misdemeanor in New York and Michigan", ["us-ny", "us-mi"]),
        ("Welche Straftaten sind in New York und welche in Kalifornien ausgenommen?", ["us-ny", "us-ca"]),
        ("宾州、犹他、密歇根自动封存的等待期各是多少", ["us-pa", "us-ut", "us-mi"]),
    ],
)
def test_a_comparison_asked_in_plain_words_has_a_row_for_each_place_and_says_what_differs(
    question: str, places: list[str], atlas: Atlas
) -> None:
    answer = atlas.ask(question, TODAY)

    assert answer.comparison is not None
    assert [row.jurisdiction for row in answer.comparison.rows] == places
    said = [one for one in answer.answer if not one.quote]
    assert said[0].text == answer.comparison.differences[0][1]
    assert {f"{place}/position/{answer.comparison.differences[0][0]}" for place in places} <= set(said[0].citations)
    assert {one.jurisdiction for one in answer.answer} >= set(places)
