"""Importers: small files in each publisher's structure, and the publishers' own files where they lie beside the repository."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from indexer.sources import clml, registry
from indexer.sources.model import OfficialProvision, Origin, SourceError, State

HERE = Path(__file__).parent / "sources"
BESIDE = Path(__file__).parent.parent.parent / "shared" / "samples"
SAMPLES = Path(os.environ.get("CLEANSLATE_SAMPLES", BESIDE))
"""Publishers' own files; where they are not, the tests on them are skipped."""
DAY = date(2026, 11, 25)


def origin(instrument: str, language: str = "en") -> Origin:
    return Origin(instrument, "https://example.org/law/xml.zip", DAY, language)


def imported(name: str, instrument: str) -> dict[str, OfficialProvision]:
    """The provisions of a file, by the end of their ids."""
    found = registry.read((HERE / name).read_bytes(), origin(instrument))
    return {one.id.removeprefix(instrument).strip("/"): one for one in found}


# -- every format ----------------------------------------------------------------------------------------------------

FILES = {
    "act.xml": "uk/pilots",
    "gesetz.xml": "de/lotg",
    "law.txt": "cn/pilots",
    "section.xml": "us-dc/code",
    "title.xml": "us/usc-18",
    "law.json": "us-ny/cpl",
    "statute.xml": "ca/pilots",
    "chapter.xml": "us-ut/code",
    "mcl.xml": "us-mi/mcl",
    "section.json": "us-va/code",
    "page.html": "us-md/crim-proc",
}


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_a_file_is_lost(name: str) -> None:
    data, place = (HERE / name).read_bytes(), origin(FILES[name])

    assert registry.kept(data, place, registry.read(data, place)) == 1.0


@pytest.mark.parametrize("name", FILES)
def test_every_provision_is_found_once_and_its_parts_lie_within_its_text(name: str) -> None:
    found = registry.read((HERE / name).read_bytes(), origin(FILES[name]))

    keys = [(one.id, one.extent) for one in found]
    assert len(keys) == len(set(keys))
    for one in found:
        assert one.retrieved_on == DAY
        assert one.licence
        for part in one.parts:
            assert part.id.startswith(f"{one.id}/")
            assert one.text[part.start : part.end].strip() == one.text[part.start : part.end] != ""


@pytest.mark.parametrize("name", FILES)
def test_a_lost_sentence_would_be_seen_in_the_coverage(name: str) -> None:
    data, place = (HERE / name).read_bytes(), origin(FILES[name])
    found = registry.read(data, place)
    longest = max(found, key=lambda one: len(one.text))

    assert registry.kept(data, place, [one for one in found if one is not longest]) < 1.0


def test_a_file_of_no_known_format_is_named_with_the_next_step() -> None:
    with pytest.raises(SourceError, match="in no publisher's format known here"):
        registry.read(b"just words", origin("uk-ew/pilots"))


@pytest.mark.parametrize("name", ["act.xml", "gesetz.xml", "section.xml", "statute.xml", "mcl.xml"])
def test_a_truncated_file_is_refused_in_one_line(name: str) -> None:
    data = (HERE / name).read_bytes()

    with pytest.raises(SourceError, match="is no whole XML file") as raised:
        registry.read(data[: len(data) // 2], origin(FILES[name]))
    assert "\n" not in str(raised.value)


def test_entities_of_a_file_are_never_resolved() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]><dokumente><norm>&f;&a;</norm></dokumente>'

    with pytest.raises(SourceError, match="defines entities of its own"):
        registry.read(bomb, origin("de/lotg"))


# -- legislation.gov.uk ----------------------------------------------------------------------------------------------


def test_words_that_close_a_list_stay_behind_it_and_its_items_are_found_by_id() -> None:
    one = imported("act.xml", "uk-ew/pilots")["5/1"]

    assert one.text.split("\n") == [
        "A licence lasts three years, and a pilot who—",
        "(a) is seventy, or",
        "(b) is ill,",
        "may ask for one year.",
    ]
    assert [(part.id, one.text[part.start : part.end]) for part in one.parts] == [
        ("uk-ew/pilots/5/1/a", "(a) is seventy, or"),
        ("uk-ew/pilots/5/1/b", "(b) is ill,"),
    ]
    assert one.number == "5(1)"
    assert one.context == ("Part 1 Licences",)
    assert one.notes == ("Words substituted (10.3.2014) by the Pilots Act 2013",)


def test_england_and_scotland_have_their_own_wording_and_dates() -> None:
    english, scottish = imported("act.xml", "uk-ew/pilots"), imported("act.xml", "uk-sct/pilots")

    assert english["5"].text == "For this Act, unless said otherwise—"
    assert (english["5/1"].in_force_from, english["5/1"].in_force_to) == (date(2014, 3, 10), date(2024, 12, 31))
    assert english["5/1a"].in_force_from == date(2019, 7, 1)
    assert (scottish["5"].text, scottish["5"].in_force_from) == ("A licence lasts four years.", date(2020, 11, 30))
    assert "5/1" not in scottish


def test_repealed_and_prospective_provisions_are_marked() -> None:
    found = imported("act.xml", "uk-ew/pilots")

    assert found["5/2"].status is State.REPEALED
    assert found["6"].status is State.PROSPECTIVE  # starts after the day of the version
    assert found["7"].status is State.PROSPECTIVE
    assert found[""].status is State.FRONT
    assert "A note that nothing refers to" in found[""].notes


def test_inserted_text_is_quoted_and_is_no_provision_of_the_act_that_inserts_it() -> None:
    found = imported("act.xml", "uk-ew/pilots")

    assert "9a" not in found
    assert found["5/1a"].text.split("\n")[1] == "“(9A) (1) Pilots rest.”"


def test_paragraphs_and_tables_of_a_schedule_stand_under_it() -> None:
    found = imported("act.xml", "uk-ew/pilots")

    assert found["sch-2/1/1"].text == "The fee is £40."
    assert found["sch-2"].text.split("\n")[-2:] == ["Length | Fee", "50 m | £60"]
    assert found["sch-2"].status is State.IN_FORCE


def test_explanatory_notes_are_no_law() -> None:
    notes = b'<EN xmlns="http://www.legislation.gov.uk/namespaces/legislation"/>'

    with pytest.raises(SourceError, match="not the text of legislation"):
        clml.read(notes, origin("uk-ew/pilots"))


# -- gesetze-im-internet.de ------------------------------------------------------------------------------------------


def test_the_closing_condition_of_a_german_list_stands_after_what_it_closes() -> None:
    one = imported("gesetz.xml", "de/lotg")["34/1"]

    assert one.text.split("\n") == [
        "(1) Die Frist endet nicht",
        "1. fünf Jahre",
        "bei Lotsen",
        "a) auf der Elbe,",
        "b) auf der Weser,",
        "die über 60 Jahre alt sind,",
        "1a. sonst,",
        "wenn im Buch nichts anderes steht.",
    ]
    parts = {part.id: one.text[part.start : part.end] for part in one.parts}
    assert parts["de/lotg/34/1/1"].endswith("die über 60 Jahre alt sind,")
    assert parts["de/lotg/34/1/1/b"] == "b) auf der Weser,"
    assert "wenn im Buch" not in parts["de/lotg/34/1/1a"]


def test_a_german_law_keeps_headings_state_and_footnotes_apart_from_its_text() -> None:
    found = imported("gesetz.xml", "de/lotg")

    assert found["34/1"].context == ("Erster Teil Lotsen", "Erster Abschnitt Fristen")
    assert found["34/1"].notes == ("§ 34: Gilt nicht in Bremen",)
    assert (found["34/3"].version_date, found["34/3"].changed_on) == (date(2026, 4, 28), date(2025, 2, 3))
    assert found["34/3"].text.endswith("\nDieser Absatz trägt keine Nummer.")
    assert found["34a"].text == "Die Gebühr beträgt\nLänge | Euro\n50 m | 60"
    assert found["34a"].url == "https://example.org/law/__34a.html"
    assert found[""].heading == "Gesetz über die Lotsen"


def test_what_is_repealed_in_germany_is_marked_so() -> None:
    found = imported("gesetz.xml", "de/lotg")

    assert [key for key, one in found.items() if one.status is State.REPEALED] == ["34/2", "40"]
    assert found["40"].number == "(XXXX) §§ 40 bis 45"


# -- China -----------------------------------------------------------------------------------------------------------


def test_chinese_articles_paragraphs_and_items_have_their_numbers() -> None:
    found = imported("law.txt", "cn/pilots")

    assert list(found) == ["", "1", "2/1", "2/2", "2-1", "3"]
    assert [part.id for part in found["2/1"].parts] == ["cn/pilots/2/1/1", "cn/pilots/2/1/2"]
    assert found["2/2"].number == "第二条第2款"
    assert found["2/2"].context == ("第一章 总 则",)
    assert found["3"].context == ("第二章 附 则",)


def test_a_chinese_law_dates_itself() -> None:
    one = imported("law.txt", "cn/pilots")["1"]

    assert (one.version_date, one.in_force_from) == (date(2025, 6, 27), date(2026, 1, 1))


def test_the_same_law_reads_alike_as_word_file_and_in_the_old_encoding() -> None:
    from io import BytesIO

    import docx

    text = (HERE / "law.txt").read_text(encoding="utf-8")
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    written = BytesIO()
    document.save(written)

    plain = registry.read(text.encode(), origin("cn/pilots"))
    assert registry.read(written.getvalue(), origin("cn/pilots")) == plain
    assert registry.read(text.encode("gb18030"), origin("cn/pilots")) == plain


# -- D.C. ------------------------------------------------------------------------------------------------------------


def test_paragraphs_of_the_dc_code_keep_their_levels_and_the_notes_apart() -> None:
    found = imported("section.xml", "us-dc/code")

    assert list(found) == ["16-990", "16-990/a", "16-990/b"]
    assert found["16-990/a"].text.split("\n") == [
        "A licence lasts:",
        "(1) 3 years, under § 16-991; or",
        "(A) 5 years on the river.",
        "whichever is longer.",
    ]
    assert [part.id for part in found["16-990/a"].parts] == ["us-dc/code/16-990/a/1/a", "us-dc/code/16-990/a/1"]
    assert found["16-990/b"].status is State.REPEALED
    assert found["16-990"].notes[0].startswith("*NOTE")
    assert found["16-990/a"].version_date is None  # a permanent text does not say since when it is the law


# -- United States Code and New York ---------------------------------------------------------------------------------


def test_the_united_states_code_keeps_levels_closing_words_and_notes() -> None:
    found = imported("title.xml", "us/usc-18")

    assert list(found) == ["3607/a", "3607/b", "3608"]
    assert found["3607/a"].text.split("\n") == [
        "Licence.—",
        "If a pilot—",
        "(1) is seventy; and",
        "(2) has not—",
        "(A) sailed for one year,",
        "the licence ends.",
    ]
    assert [part.id for part in found["3607/a"].parts][-1] == "us/usc-18/3607/a/2"
    assert found["3607/a"].context == ("Title 18— CRIMES", "CHAPTER 229— PILOTS")
    assert len(found["3607/a"].notes) == 2
    assert found["3608"].status is State.REPEALED


def test_lines_that_new_yorks_service_wraps_are_whole_again_and_only_sure_letters_are_parts() -> None:
    found = imported("law.json", "us-ny/cpl")

    assert list(found) == ["160.57", "160.57/1", "160.57/2", "160.58"]
    assert found["160.57/1"].text.split("\n") == [
        "1. A licence is sealed as follows:",
        "(a) after three years, unless",
        "(i) the pilot is ill; or",
        "(b) after eight years.",
    ]
    assert [part.id for part in found["160.57/1"].parts] == ["us-ny/cpl/160.57/1/a", "us-ny/cpl/160.57/1/b"]
    assert found["160.57/1"].context == ("Criminal Procedure", "Fingerprinting")
    assert (found["160.57/1"].version_date, found["160.57/1"].in_force_from) == (date(2024, 11, 22), None)
    assert found["160.58"].status is State.REPEALED


# -- Canada ----------------------------------------------------------------------------------------------------------


def test_a_canadian_provision_is_law_since_the_latest_day_of_its_words() -> None:
    found = imported("statute.xml", "ca/pilots")

    assert list(found) == ["", "1", "2/1", "2/2", "2.1", "sch-1", "relatedprovs"]
    assert found["2/1"].text.split("\n") == [
        "A licence ends",
        "(a) after three years, or",
        "(b) where the pilot",
        "(i) is ill, or",
        "(ii) is seventy",
        "unless the harbour says otherwise.",
    ]
    assert [part.id for part in found["2/1"].parts] == [
        "ca/pilots/2/1/a",
        "ca/pilots/2/1/b/i",
        "ca/pilots/2/1/b/ii",
        "ca/pilots/2/1/b",
    ]
    assert (found["2/1"].in_force_from, found["2/2"].in_force_from) == (date(2019, 8, 1), date(2012, 3, 13))
    assert (found["2/1"].heading, found["2/1"].context) == ("End of licence", ("Licences",))
    assert found["2/1"].notes == ("R.S., c. P-9, s. 2; 2019, c. 20, s. 1",)
    assert found["2.1"].status is State.REPEALED
    assert found["sch-1"].parts[-1].id == "ca/pilots/sch-1/1"
    assert found["relatedprovs"].status is State.FRONT


def test_transitional_provisions_of_an_amending_act_are_read_from_behind_the_act_that_it_amends() -> None:
    data = (HERE / "statute.xml").read_bytes()
    place = Origin("ca/amending", "P-9.xml", DAY, part="2012, c. 1")

    assert [(one.id, one.text) for one in registry.read(data, place)] == [("ca/amending/161", "Old licences stay.")]
    with pytest.raises(SourceError, match=r"holds no provision of 2013, c\. 9"):
        registry.read(data, Origin("ca/amending", "P-9.xml", DAY, part="2013, c. 9"))


# -- Utah, Michigan, Virginia ----------------------------------------------------------------------------------------


def test_utahs_subsections_keep_closing_words_and_days() -> None:
    found = imported("chapter.xml", "us-ut/code")

    parts = {part.id: found["90-4a-101/1"].text[part.start : part.end] for part in found["90-4a-101/1"].parts}
    assert parts["us-ut/code/90-4a-101/1/b"].endswith("(ii) ill,\nunless a doctor says otherwise.")
    assert parts["us-ut/code/90-4a-101/1/b/ii"] == "(ii) ill,"
    assert found["90-4a-101/1"].context == ("Chapter 90-4a Pilot Licences", "Part 1 General")
    assert (found["90-4a-101/2"].in_force_from, found["90-4a-102"].in_force_from) == (date(2025, 5, 7), None)
    assert found["90-4a-103"].status is State.REPEALED
    assert found["90-4a-104"].status is State.PROSPECTIVE


def test_michigans_text_within_text_is_read_in_utf_16_and_flush_words_close_the_whole() -> None:
    found = imported("mcl.xml", "us-mi/mcl")
    one = found["991.621g/1"]

    assert one.text.split("\n")[-1] == "The harbour may ask for less."
    assert [(part.id.removeprefix("us-mi/mcl/991.621g/1/"), part.end) for part in one.parts][-1] == (
        "b",
        one.text.index("\nThe harbour"),
    )
    assert (one.in_force_from, one.context) == (date(2021, 4, 11), ("991 PILOTS", "Act 12 of 1965 Pilots act"))
    assert found["991.621g/2"].text == "(2) The fee is $40."
    assert found["991.622"].status is State.REPEALED


def test_virginias_sources_and_caveat_are_notes_and_an_unknown_number_is_told() -> None:
    found = imported("section.json", "us-va/code")

    assert list(found) == ["90.2-392.12/a", "90.2-392.12/b"]
    assert found["90.2-392.12/a"].in_force_from == date(2026, 7, 1)
    assert [part.id.rpartition("12/")[2] for part in found["90.2-392.12/a"].parts] == ["a/1/a", "a/1/b", "a/1", "a/2"]
    assert found["90.2-392.12/a"].notes[-1].startswith("The chapters named here")
    with pytest.raises(SourceError, match="there is no section of this number"):
        registry.read(b'{"TitleNumber":null,"TitleName":null,"ChapterList":[]}', origin("us-va/code"))


# -- pages and PDFs --------------------------------------------------------------------------------------------------


def test_a_page_is_cut_as_its_publisher_numbers_and_its_contents_list_is_no_law() -> None:
    found = imported("page.html", "us-md/crim-proc")

    assert list(found) == ["", "10-105/a", "10-105/b", "10-105.1", "10-106"]
    assert found["10-105/a"].text.split("\n") == [
        "(a) (1) A pilot rests.",
        "(2) A mate rests:",
        "(i) at noon; or",
        "(ii) at night.",
    ]
    assert [part.id for part in found["10-105/a"].parts][-1] == "us-md/crim-proc/10-105/a/2"
    assert found["10-105.1"].text == "No fee is due — ever."
    assert found["10-106"].status is State.REPEALED
    assert "Contents" in found[""].text
    assert found["10-105/a"].version_date is None


def test_a_pdf_and_a_page_of_the_same_law_read_alike() -> None:
    from io import BytesIO

    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    lines = [
        "18.200 Pilots rest.",
        "(1) A pilot rests",
        "for eight hours:",
        "(a) at noon; or",
        "(b) at night.",
        "(2) The mate rests too.",
    ]
    for at, line in enumerate(lines):
        canvas.drawString(72, 760 - 16 * at, line)
    canvas.save()
    found = registry.read(written.getvalue(), origin("us-ky/krs"))

    assert [(one.id, one.text) for one in found if one.number] == [
        ("us-ky/krs/18.200/1", "(1) A pilot rests for eight hours:\n(a) at noon; or\n(b) at night."),
        ("us-ky/krs/18.200/2", "(2) The mate rests too."),
    ]
    assert registry.kept(written.getvalue(), origin("us-ky/krs"), found) == 1.0


def test_french_paragraphs_without_a_number_are_cited_by_their_place() -> None:
    page = (
        "<html><body><p>Article 133-13</p><p>Le délai est :</p><p>1° trois ans pour l'amende ;</p><p>2° cinq ans :</p>"
        "<p>a) sinon ;</p><p>Les délais sont doublés.</p><p>Article 133-16</p><p>Un premier effet.</p><p>Un second.</p>"
        "</body></html>"
    )
    found = registry.read(page.encode(), origin("fr/cp", "fr"))

    assert [(one.id.removeprefix("fr/cp/"), one.text) for one in found if one.number] == [
        ("133-13", "Le délai est :"),
        ("133-13/1", "1° trois ans pour l'amende ;"),
        ("133-13/2", "2° cinq ans :\na) sinon ;"),
        ("133-13/4", "Les délais sont doublés."),
        ("133-16/1", "Un premier effet."),
        ("133-16/2", "Un second."),
    ]
    assert found[3].parts[0].id == "fr/cp/133-13/2/a"


def test_french_and_dutch_figures_can_be_compared_with_english_ones() -> None:
    from indexer import figures
    from indexer.foreign import in_english_figures

    french = in_english_figures(
        "dans un délai de dix-huit mois, ou de trois ans depuis le 1er mars 2008 ; jours-amende", "fr"
    )
    dutch = in_english_figures("twintig jaren, dertig dagen, op 1 juli 2025", "nl")

    assert [*figures.spans(french), *figures.days(french)] == ["18 months", "36 months", date(2008, 3, 1)]
    assert [*figures.spans(dutch), *figures.days(dutch)] == ["240 months", "30 days", date(2025, 7, 1)]
    assert in_english_figures("drei Jahre", "de") == "drei Jahre"


def test_a_page_without_any_section_is_refused() -> None:
    with pytest.raises(SourceError, match="no line opens as a section of us-md/crim-proc does"):
        registry.read(b"<html><body><p>The page has moved.</p></body></html>", origin("us-md/crim-proc"))


@pytest.mark.parametrize(
    ("lines", "scheme", "expected"),
    [
        (["(1) x", "(a) w", "(h) y", "(i) z"], ("(1)", "(a)", "(i)"), ["1/a", "1/h", "1/i"]),
        (["(1) x", "(a) y", "(i) z", "(ii) z", "(b) y"], ("(1)", "(a)", "(i)"), ["1/a/i", "1/a/ii", "1/a", "1/b"]),
        (["(1)(a)(i) x", "(ii) y"], ("(1)", "(a)", "(i)"), ["1/a/i", "1/a/ii", "1/a"]),
        (["1 x", "a. y", "1°. z", "2 x"], ("1", "a.", "1°."), ["1/a/1", "1/a"]),
        (["(1) x", "(c) a copyright sign is no third letter"], ("(1)", "(a)"), []),
        (["Subdivision 1. x", "(a) y", "Subd. 2. z"], ("Subdivision 1.|Subd. 1.", "(a)"), ["1/a"]),
    ],
)
def test_a_number_counts_where_it_follows_its_level_or_opens_the_next(
    lines: list[str], scheme: tuple[str, ...], expected: list[str]
) -> None:
    from indexer.sources.levels import groups

    assert [part.id for group in groups("x", lines, scheme) for part in group.parts] == [f"x/{one}" for one in expected]


def test_every_instrument_has_an_address_or_a_reason_and_every_example_of_a_level_can_be_read() -> None:
    from corpus.load import load
    from indexer.sources import levels
    from indexer.sources.addresses import NeedsFile, NoAddress, addresses
    from indexer.sources.publishers import publisher_of, publishers

    corpus = load()
    for instrument in corpus.instruments:
        known = publisher_of(instrument)
        assert known is not None, instrument
        if known.files:
            found = addresses(corpus, instrument)
            assert found
            assert all(one.startswith("https://") and "{" not in one for one in found), instrument
        else:
            with pytest.raises((NeedsFile, NoAddress)):
                addresses(corpus, instrument)
    for one in publishers():
        assert not one.levels or levels.groups("x", ["words"], one.levels)


# -- the publishers' own files ---------------------------------------------------------------------------------------

REAL = [
    ("uk/clml/*.xml", "uk/act"),
    ("de/gii-*/*.xml", "de/law"),
    ("cn/*/*.txt", "cn/law"),
    ("cn/*/*(*).md", "cn/law"),
    ("us-dc/**/sections/*.xml", "us-dc/code"),
    ("ca/**/*.xml", "ca/law"),
]
NO_TEXT = ("notes-division", "-metadata")


@pytest.mark.parametrize(("pattern", "instrument"), REAL)
def test_a_publishers_file_is_read_whole_and_every_provision_once(pattern: str, instrument: str) -> None:
    files = [path for path in sorted(SAMPLES.glob(pattern)) if not any(mark in path.name for mark in NO_TEXT)]
    if not files:
        pytest.skip("the publishers' files are not here")
    for path in files:
        data, place = path.read_bytes(), Origin(instrument, path.name, DAY)
        found = registry.read(data, place)
        keys = [(one.id, one.extent, one.in_force_from) for one in found]
        assert len(keys) == len(set(keys)), path.name
        assert not [key for key in keys if "-bis-" in key[0]], path.name
        assert registry.kept(data, place, found) == 1.0, path.name


def test_the_revised_chinese_law_has_all_its_articles() -> None:
    files = list(SAMPLES.glob("cn/laosheng-flk-txt/*治安管理处罚法*"))
    if not files:
        pytest.skip("the publishers' files are not here")
    found = registry.read(files[0].read_bytes(), Origin("cn/psapl-2025", files[0].name, DAY, "zh"))

    assert list(dict.fromkeys(int(one.id.split("/")[2]) for one in found if one.number)) == list(range(1, 145))
