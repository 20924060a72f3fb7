"""References of a document: short forms, chains, and laws that the corpus does not have."""

from __future__ import annotations

import pytest

from app.analysis_model import Reference
from app.references import find_references
from corpus import Corpus
from corpus.citations import Citations


@pytest.fixture(scope="module")
def citations(corpus: Corpus) -> Citations:
    return Citations(corpus)


@pytest.fixture
def find(corpus: Corpus, citations: Citations):  # type: ignore[no-untyped-def]
    def found(text: str, *places: str) -> list[Reference]:
        references = find_references(corpus, citations, text, places)
        assert all(text[one.start : one.end] == one.text for one in references)
        return references

    return found


def ids(references: list[Reference]) -> list[str | None]:
    return [one.id for one in references if one.kind == "provision"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Rehabilitation of Offenders Act 1974 is old. See section 5(2) of the Act.", ["uk-ew/roa-1974/5/2"]),
        (
            'The Rehabilitation of Offenders Act 1974 (the "Relief Act"). Under s 6(4) of the Relief Act it runs.',
            ["uk-ew/roa-1974/6/4"],
        ),
        ("s 5(2) ROA 1974. Ibid., s 4(2).", ["uk-ew/roa-1974/5/2", "uk-ew/roa-1974/4/2"]),
        ("Nach § 46 Abs. 1 BZRG gilt dies. § 34 Abs. 2 regelt anderes.", ["de/bzrg/46/1", "de/bzrg/34/2"]),
        ("Das BZRG ist alt. Nach § 53 Abs. 1 des Gesetzes darf man schweigen.", ["de/bzrg/53/1"]),
        ("Vgl. §§ 97, 100 JGG und § 51 BZRG.", ["de/jgg/97", "de/jgg/100", "de/bzrg/51"]),
        ("《治安管理处罚法》第一百三十六条。该法第一百三十九条。", ["cn/psapl-2025/136", "cn/psapl-2025/139"]),
        ("Subsection (2) of section 5 of the Rehabilitation of Offenders Act 1974", ["uk-ew/roa-1974/5/2"]),
        ("UK's 1974 Act is old.", []),
    ],
)
def test_a_short_form_leads_to_the_law_named_before(text: str, expected: list[str], find) -> None:  # type: ignore[no-untyped-def]
    assert ids(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("§ 29 BtMG", "is law, but not in the corpus"),
        ("section 13 of the Equality Act 2010", "is law, but not in the corpus"),
        ("《民法典》第1024条", "is law, but not in the corpus"),
        ("§ 12 FooG", "was not checked"),
        ("§ 99 BZRG", "does not exist"),
        ("section 77 of the Rehabilitation of Offenders Act 1974", "does not exist"),
    ],
)
def test_other_law_and_provisions_that_do_not_exist_are_told_apart(text: str, says: str, find) -> None:  # type: ignore[no-untyped-def]
    (found,) = find(text)

    assert found.id is None
    assert says in found.note


def test_a_law_outside_the_corpus_does_not_take_the_number_of_one_inside(find) -> None:  # type: ignore[no-untyped-def]
    assert ids(find("§ 34 BZRG regelt dies, § 29 BtMG nicht.")) == ["de/bzrg/34", None]


def test_an_american_case_is_recognised(find) -> None:  # type: ignore[no-untyped-def]
    (case,) = [one for one in find("See Doe v. Webster, 606 F.2d 1226 (D.C. Cir. 1979).") if one.kind == "case"]

    assert "606 F.2d 1226" in case.text
    assert case.id is None


@pytest.mark.parametrize("text", ["On page 5 there are 34 apples.", "Section heading", "See chapter 3 below."])
def test_a_number_alone_is_no_reference(text: str, find) -> None:  # type: ignore[no-untyped-def]
    assert find(text) == []
