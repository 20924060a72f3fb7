"""Citations in the forms of lawyers and students."""

from __future__ import annotations

import pytest

from app.cite import FORMS, Citer, numbered
from corpus import Corpus
from corpus.citations import Citations

OSCOLA = {
    "uk-ew/roa-1974/6/4": "Rehabilitation of Offenders Act 1974, s 6(4)",
    "uk-ew/roa-1974/5/2b": "Rehabilitation of Offenders Act 1974, s 5(2B)",
    "uk-ew/roa-1974/sch-2/1/1/a": "Rehabilitation of Offenders Act 1974, sch 2, para 1(1)(a)",
    "uk-ew/exceptions-1975/3/1/a": "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975, SI 1975/1023, art 3(1)(a)",
    "uk-sct/mosa-2019/26/4": "Management of Offenders (Scotland) Act 2019 (asp 14), s 26(4)",
    "de/bzrg/34/1": "§ 34 Abs 1 BZRG (Germany)",
    "cn/psapl-2025/136": "Public Security Administration Punishments Law (2025) (China), art 136",
    "us-ny/cpl/160.57/1/b": "NY Crim Proc Law § 160.57(1)(b)",
    "ca/cra/4/1/a": "Criminal Records Act RSC 1985, c C-47 (Canada), s 4(1)(a)",
}
BLUEBOOK = {
    "uk-ew/roa-1974/6/4": "Rehabilitation of Offenders Act 1974, c. 53, § 6(4) (UK)",
    "de/bzrg/34/1": "Bundeszentralregistergesetz [BZRG] [Federal Central Criminal Register Act], § 34, para. 1 (Ger.)",
    "ch/streg/30/2/a": "Strafregistergesetz [StReG] [Criminal Records Act], art. 30, para. 2, letter a (Switz.)",
    "cn/psapl-2025/136": "《治安管理处罚法》 [Public Security Administration Punishments Law (2025)], art. 136 (China)",
    "us-ny/cpl/160.57/1/b": "N.Y. Crim. Proc. Law § 160.57(1)(b)",
    "us-de/11-delc/4373/a/1/a": "Del. Code Ann. tit. 11, § 4373(a)(1)(a)",
    "us-or/ors/137.225/1/b/a": "Or. Rev. Stat. § 137.225(1)(b)(A)",
    "us-il/ilcs/20-2630-5.2/a/1/e": "20 Ill. Comp. Stat. 2630/5.2(a)(1)(E)",
    "ca/cra/4/1/a": "Criminal Records Act, R.S.C. 1985, c. C-47, § 4(1)(a) (Can.)",
}


@pytest.fixture(scope="module")
def citer(corpus: Corpus) -> Citer:
    return Citer(corpus, Citations(corpus))


@pytest.mark.parametrize("provision", OSCOLA)
def test_oscola_names_the_act_and_drops_full_stops(citer: Citer, provision: str) -> None:
    assert citer.cite(provision, "oscola") == OSCOLA[provision]


@pytest.mark.parametrize("provision", BLUEBOOK)
def test_the_bluebook_abbreviates_codes_and_names_the_country(citer: Citer, provision: str) -> None:
    assert citer.cite(provision, "bluebook") == BLUEBOOK[provision]


def test_the_plain_form_names_law_place_and_link(citer: Citer) -> None:
    cited = citer.cite("de/bzrg/34/1", "plain", url="https://example.org/34", language="de")
    assert cited == "§ 34 Abs. 1 BZRG (Bundeszentralregistergesetz, Deutschland), https://example.org/34"


def test_every_provision_can_be_cited_in_every_form(citer: Citer, corpus: Corpus) -> None:
    for provision in corpus.provision_ids:
        for form in FORMS:
            cited = citer.cite(provision, form)
            assert cited
            assert "  " not in cited
            assert "()" not in cited


def test_what_is_no_provision_is_cited_as_ours(citer: Citer) -> None:
    assert citer.cite("de/position/trigger", "oscola", "Germany: Trigger") == "Clean Slate Atlas, Germany: Trigger"


def test_an_unknown_form_is_refused(citer: Citer) -> None:
    with pytest.raises(ValueError, match="choose one of oscola, bluebook, plain"):
        citer.cite("de/bzrg/34/1", "apa")


def test_a_list_of_citations_is_numbered() -> None:
    assert numbered(["a", "b"]) == "[1] a\n[2] b"
