"""Citations as people write them, and as we write them."""

from __future__ import annotations

import pytest
import yaml
from conftest import REAL
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.citations import Citations, han_number

EXAMPLES = yaml.safe_load((REAL / "citation_forms.yaml").read_text(encoding="utf-8"))["examples"]
STYLES = yaml.safe_load((REAL / "citation_forms.yaml").read_text(encoding="utf-8"))["styles"]


@pytest.fixture(scope="module")
def citations(corpus: Corpus) -> Citations:
    return Citations(corpus)


def ids(citations: Citations, text: str, *places: str) -> list[str | None]:
    return [one.id for one in citations.find(text, places)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_an_example_of_the_corpus_leads_to_its_provision(example: dict[str, str], citations: Citations) -> None:
    places = [example["jurisdiction"]] if "jurisdiction" in example else []
    found = citations.resolve(example["text"], places)

    assert found is not None
    assert (found.id, found.exact, found.note) == (example["id"], True, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§§ 32 Abs. 2, 34 BZRG", ["de/bzrg/32/2", "de/bzrg/34"]),
        ("§§ 45, 46 und 51 BZRG", ["de/bzrg/45", "de/bzrg/46", "de/bzrg/51"]),
        ("§§ 45–46 BZRG", ["de/bzrg/45", "de/bzrg/46"]),
        ("ss 5 and 6 ROA 1974", ["uk-ew/roa-1974/5", "uk-ew/roa-1974/6"]),
        ("治安管理处罚法第一百三十六条、第一百三十九条", ["cn/psapl-2025/136", "cn/psapl-2025/139"]),
        ("s 5(1) ROA 1974 and § 34 Abs. 1 BZRG", ["uk-ew/roa-1974/5/1", "de/bzrg/34/1"]),
    ],
)
def test_several_provisions_in_one_breath_are_all_found(text: str, expected: list[str], citations: Citations) -> None:
    assert ids(citations, text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百三十六", 136),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二百八十六", 286),
        ("一百", 100),
        ("一百零五", 105),
        ("136", 136),
    ],
)
def test_a_chinese_number_has_its_value(text: str, number: int) -> None:
    assert han_number(text) == number


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_written_in_chinese_is_read_back(number: int) -> None:
    digits = "零一二三四五六七八九"
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + name
            gap = False
        else:
            gap = True

    assert han_number(written) == number


@pytest.mark.parametrize("law", ["治安管理处罚法", "《治安管理处罚法》", "《中华人民共和国治安管理处罚法》"])
@pytest.mark.parametrize("article", ["第136条", "第一百三十六条", "第 136 条"])
def test_a_chinese_article_is_found_however_it_is_written(law: str, article: str, citations: Citations) -> None:
    assert ids(citations, f"{law}{article}规定了什么") == ["cn/psapl-2025/136"]


@pytest.mark.parametrize(
    ("text", "instrument", "says"),
    [
        ("§ 999 BZRG", "de/bzrg", "not this provision"),
        ("s 99 ROA 1974", "uk-ew/roa-1974", "not this provision"),
        ("治安管理处罚法第999条", "cn/psapl-2025", "not this provision"),
    ],
)
def test_a_provision_that_is_not_there_is_said_to_be_missing_and_never_bent_to_fit(
    text: str, instrument: str, says: str, citations: Citations
) -> None:
    (found,) = citations.find(text)

    assert (found.id, found.exact, found.instrument) == (None, False, instrument)
    assert says in found.note


def test_a_part_that_is_not_there_leads_to_what_holds_it_and_says_so(citations: Citations) -> None:
    (found,) = citations.find("§ 36 Abs. 7 BZRG")

    assert (found.id, found.exact) == ("de/bzrg/36", False)
    assert found.note == "§ 36 BZRG holds it; this part has no entry of its own"


@pytest.mark.parametrize(
    ("place", "number", "expected"), [("cn", "art 286", "cn/cpl/286"), ("us-ny", "§ 160.59", "us-ny/cpl/160.59")]
)
def test_the_place_decides_between_two_laws_called_cpl(
    place: str, number: str, expected: str, citations: Citations
) -> None:
    assert ids(citations, f"CPL {number}", place)[:1] == [expected]


def test_the_number_decides_between_two_laws_called_cpl_where_no_place_is_named(citations: Citations) -> None:
    assert ids(citations, "CPL 160.57") == ["us-ny/cpl/160.57"]


@pytest.mark.parametrize("place", ["cn", "us-ny"])
def test_the_place_decides_between_two_laws_of_one_name(place: str, citations: Citations) -> None:
    named = [laws for _, _, laws in citations.instruments_named("the CPL")]
    (found,) = citations.find("CPL art 1", [place])

    assert {"cn/cpl", "us-ny/cpl"} <= set(named[0])
    assert found.instrument == f"{place}/cpl"


def test_every_place_in_a_text_is_exactly_what_is_quoted(citations: Citations) -> None:
    text = "Under s 6(4) ROA 1974, and § 34 Abs. 1 BZRG; also CPL 160.57(1)(b) and 治安管理处罚法第136条."
    found = citations.find(text)

    assert len(found) == 4
    assert [one.text for one in found] == [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("text", ["", "what is a fine", "I was 34 in 2019", "on page 5", "£200.50", "version 1.2.3"])
def test_what_is_no_citation_is_not_taken_for_one(text: str, citations: Citations) -> None:
    assert citations.find(text) == ()


def test_an_id_leads_to_itself(citations: Citations) -> None:
    found = citations.resolve("DE/BZRG/34/1/1")

    assert found is not None
    assert found.id == "de/bzrg/34/1/1"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_we_write_leads_back_to_the_same_provision(language: str, citations: Citations, corpus: Corpus) -> None:
    own_form = {one.id for one in corpus.provisions if one.cite}
    lost = []
    for provision_id in sorted(corpus.provision_ids - own_form):
        shown = citations.display(provision_id, language)
        found = citations.resolve(shown, [provision_id.split("/")[0]])
        if found is None or found.id != provision_id:
            lost.append(f"{provision_id}: {shown} -> {found and found.id}")

    assert lost == []


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_citation_is_used_and_has_an_example(style: str, corpus: Corpus) -> None:
    laws = {law for law, one in corpus.instruments.items() if one.style == style}
    shown = [example for example in EXAMPLES if "/".join(example["id"].split("/")[:2]) in laws]

    assert laws
    assert shown


def test_a_note_on_which_a_rule_rests_is_shown_by_its_title(corpus: Corpus, citations: Citations) -> None:
    note = corpus.notes[0]

    assert citations.display(note.id) == note.title
