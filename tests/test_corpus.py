"""The law as data: the files hold together, and what is wrong in them is reported with file and place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from conftest import TODAY

from corpus import Corpus, CorpusError, load
from corpus.__main__ import main
from corpus.load import ROOT
from corpus.model import LANGUAGES, Basis
from indexer.embed import SentenceTransformerEmbedder
from indexer.passages import passages
from indexer.split import pieces

DIMENSIONS = [
    "legal_nature",
    "covered_records",
    "trigger",
    "waiting_period",
    "period_start",
    "exclusions",
    "civil_effect",
    "access_exceptions",
    "later_proceedings",
    "reoffending",
    "sanctions",
    "juveniles",
    "remedies",
    "foreign",
]
FIRST_EIGHT = ("uk-ew", "de", "cn", "us-ny", "us-pa", "us-mi", "us-ut", "us-ca")


# -- the real files --------------------------------------------------------------------------------------------------


def test_the_corpus_is_read_without_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    status = main([])

    assert status == 0
    assert capsys.readouterr().out.endswith("no fault\n")


def test_the_dimensions_are_the_fourteen_in_their_order(corpus: Corpus) -> None:
    assert list(corpus.dimensions) == DIMENSIONS


def test_every_dimension_has_a_name_a_question_and_cues_in_three_languages(corpus: Corpus) -> None:
    lacking = [
        f"{one.id} ({language})"
        for one in corpus.dimensions.values()
        for language in LANGUAGES
        if not (one.name.in_language(language) and one.question.in_language(language) and one.cues[language])
    ]

    assert lacking == []


@pytest.mark.parametrize("place", FIRST_EIGHT)
def test_each_of_the_first_eight_places_has_law_and_all_fourteen_cells(place: str, corpus: Corpus) -> None:
    cells = {one.dimension for one in corpus.positions if one.jurisdiction == place and one.span.holds_on(TODAY)}

    assert cells == set(DIMENSIONS)
    assert any(one.jurisdiction == place for one in corpus.provisions)


def test_every_provision_says_what_where_from_and_when_it_was_checked(corpus: Corpus) -> None:
    incomplete = [
        str(one.place)
        for one in corpus.provisions
        if not (one.heading and one.text and one.source and one.checked_on <= TODAY and isinstance(one.basis, Basis))
    ]

    assert incomplete == []


def test_every_chinese_provision_is_in_chinese_and_every_other_is_not(corpus: Corpus) -> None:
    def han(text: str) -> float:
        return len(re.findall(r"[一-鿿]", text)) / len(text)

    wrong = [str(one.place) for one in corpus.provisions if (han(one.text) > 0.4) != (one.language == "zh")]

    assert wrong == []


def test_every_cell_speaks_three_languages_and_rests_on_an_authority(corpus: Corpus) -> None:
    incomplete = [
        f"{one.place}: {one.id} ({language})"
        for one in corpus.positions
        for language in LANGUAGES
        if not (one.lead.in_language(language) and one.text.in_language(language) and one.authorities)
    ]

    assert incomplete == []


def test_every_term_has_a_name_and_a_definition_in_three_languages(corpus: Corpus) -> None:
    incomplete = [
        f"{one.id} ({language})"
        for one in corpus.terms
        for language in LANGUAGES
        if not (one.term.in_language(language) and one.definition.in_language(language))
    ]

    assert incomplete == []


def test_every_note_names_its_sources(corpus: Corpus) -> None:
    assert [one.id for one in corpus.notes if len(one.sources) < 10 or len(one.text) < 100] == []


def test_no_two_versions_of_a_provision_hold_on_the_same_day(corpus: Corpus) -> None:
    overlapping = [
        f"{one.place} and {other.place}"
        for provision_id in sorted(corpus.provision_ids)
        for one, other in combinations(corpus.versions(provision_id), 2)
        if one.language == other.language and one.span.overlaps(other.span)
    ]

    assert overlapping == []


@pytest.mark.encoder
def test_no_embedded_stretch_is_longer_than_the_encoder_reads(corpus: Corpus) -> None:
    encoder = SentenceTransformerEmbedder()
    names = {key: place.name.en for key, place in corpus.jurisdictions.items()}
    stretches = [
        (passage.id, piece.words)
        for passage in passages(corpus)
        if passage.language == "en"
        for piece in pieces(passage, names.get(passage.jurisdiction, ""), encoder.token_count, encoder.max_tokens)
    ]
    # A word piece is a character at least: what is short in characters needs no counting.
    counted = [(one, encoder.token_count(words)) for one, words in stretches if len(words) > encoder.max_tokens]

    assert len(counted) > 100
    assert [(one, count) for one, count in counted if count > encoder.max_tokens] == []


# -- points that are easily lost -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provision", "language", "on", "says"),
    [
        ("uk-ew/roa-1974/6/4", "en", TODAY, ["convicted again", "lengthened so that both end together"]),
        ("uk-ew/roa-1974/6/5", "en", TODAY, ["disqualification, restraining order", "no other conviction is extended under section 6(4)"]),
        ("uk-ew/roa-1974/5/1/a", "en", TODAY, ["life", "never becomes spent"]),
        ("uk-ew/roa-1974/5/1/b", "en", TODAY, ["more than 4 years", "Schedule 18", "can become spent"]),
        ("uk-ew/roa-1974/5/1/b", "en", date(2013, 1, 1), ["30 months", "never becomes spent"]),
        ("uk-ew/roa-1974/5/1/b", "en", date(2020, 1, 1), ["48 months", "never becomes spent"]),
        ("uk-ew/roa-1974/4/1", "en", TODAY, ["does not say that the record is deleted"]),
        ("de/bzrg/32/2/5", "en", TODAY, ["no further penalty"]),
        ("de/bzrg/32/2/5/a", "en", TODAY, ["90", "no further penalty", "91 is not"]),
        ("de/bzrg/32/2/5/b", "en", TODAY, ["three months", "no further penalty"]),
        ("de/bzrg/32/2/5/a", "de", TODAY, ["90", "keine weitere Strafe"]),
        ("de/bzrg/32/2/5/b", "de", TODAY, ["drei Monat", "keine weitere Strafe"]),
        ("de/bzrg/36", "en", TODAY, ["day of the first judgment", "not with finality"]),
        ("de/bzrg/45/2", "en", TODAY, ["one year"]),
        ("de/bzrg/45/3", "en", TODAY, ["life"]),
        ("de/bzrg/46/1/3", "en", TODAY, ["twenty years"]),
        ("cn/psapl-2025/136", "zh", TODAY, ["封存", "没有等待期", "没有罚则", "2026年1月1日以前", "没有查询主体清单"]),
        ("cn/psapl-2025/136", "en", TODAY, ["no waiting period", "excludes no kind of violation", "no sanction of its own", "before 1 January 2026", "no list"]),
        ("us-ny/cpl/160.57/1/b", "en", TODAY, ["three years for a misdemeanor", "eight years for a felony"]),
        ("us-ny/cpl/160.57/1/b/i", "en", TODAY, ["three years", "release", "sentence"]),
        ("us-ny/cpl/160.57/1/b/ii", "en", TODAY, ["eight years", "release", "sentence"]),
    ],
)  # fmt: skip
def test_a_point_that_is_easily_lost_is_there(
    provision: str, language: str, on: date, says: list[str], corpus: Corpus
) -> None:
    texts = [one.text for one in corpus.in_force(provision, on) if one.language == language]

    assert len(texts) == 1
    assert [words for words in says if words.lower() not in texts[0].lower()] == []


def test_china_has_no_sealing_for_the_crimes_of_adults(corpus: Corpus) -> None:
    position = corpus.position("cn", "covered_records", TODAY)

    assert position is not None
    assert re.search(r"adult", f"{position.lead.en} {position.text.en}", re.IGNORECASE)
    assert re.search(r"成年人", f"{position.lead.zh}{position.text.zh}")


def test_new_york_waits_three_and_eight_years_and_not_seven(corpus: Corpus) -> None:
    position = corpus.position("us-ny", "waiting_period", TODAY)

    assert position is not None
    assert isinstance(position.value, tuple)
    assert {3.0, 8.0} <= set(position.value)
    assert 7.0 not in position.value


def test_the_public_security_law_of_2025_holds_from_2026_on(corpus: Corpus) -> None:
    assert corpus.in_force("cn/psapl-2025/136", date(2025, 12, 31)) == ()
    assert len(corpus.in_force("cn/psapl-2025/136", date(2026, 1, 1))) == 2


# -- broken files ----------------------------------------------------------------------------------------------------


def edited(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def changed_cell(**changes: object) -> Callable[[Path], None]:
    """The waiting period of the small law with other keys."""

    def change(folder: Path) -> None:
        path = folder / "de" / "positions.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        content["positions"]["waiting_period"][0] |= changes
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return change


def without_cell(folder: Path) -> None:
    path = folder / "de" / "positions.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    del content["positions"]["juveniles"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edited(folder, file, old, new)


def appended(file: str, text: str) -> Callable[[Path], None]:
    def append(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return append


def noted(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        header = "---\njurisdiction: de\nlanguage: en\nchecked_on: 2026-11-25\n---\n\n"
        (folder / "de" / "commentary.md").write_text(header + text, encoding="utf-8")

    return write


NOTE = "## origins Where it comes from\nkind: history\n{keys}sources: A book.\nbasis: secondary\n\nA text.\n\n"
TERM = "- id: erasure\n  term: {en: e, de: e, zh: e}\n  definition: {en: e, de: e, zh: e}\n"
FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "broken YAML": (
        replaced("de/instruments.yaml", "short: BZRG", "short: BZRG: x"),
        r"corpus/de/instruments\.yaml:\d+: is not valid YAML: .*quote strings",
    ),
    "a file that is missing": (
        lambda folder: (folder / "vocabulary.yaml").unlink(),
        r"corpus/vocabulary\.yaml: is missing; see corpus/README\.md",
    ),
    "a file that is no text": (
        lambda folder: (folder / "scope.yaml").write_bytes(b"\xff\xfe\x00"),
        r"corpus/scope\.yaml: is not UTF-8 text; save it as UTF-8",
    ),
    "a law that is no text": (
        lambda folder: (folder / "de" / "bzrg.de.md").write_bytes(b"\xff\xfe\x00"),
        r"corpus/de/bzrg\.de\.md: is not UTF-8 text; save it as UTF-8",
    ),
    "an unknown key": (
        replaced("de/instruments.yaml", "short: BZRG", "shirt: BZRG"),
        r"corpus/de/instruments\.yaml: instruments\.0\.shirt: extra inputs are not permitted; see corpus/README\.md",
    ),
    "an unknown key under a heading": (
        replaced("de/bzrg.de.md", "search: drop off", "serch: drop off"),
        r"corpus/de/bzrg\.de\.md:11: serch: extra inputs are not permitted",
    ),
    "a date that is none": (
        replaced("us-ny/cpl.en.md", "from: 2024-11-16", "from: 2024-13-16"),
        r"corpus/us-ny/cpl\.en\.md:11: from: .*date",
    ),
    "no front matter": (
        replaced("us-ny/cpl.en.md", "---\n", ""),
        r"corpus/us-ny/cpl\.en\.md:1: has no front matter; begin with a block",
    ),
    "front matter that cannot be read": (
        replaced("us-ny/cpl.en.md", "source: a copy", "source: a: copy"),
        r"corpus/us-ny/cpl\.en\.md:1: front matter is not valid YAML",
    ),
    "a law that is not listed": (
        replaced("us-ny/cpl.en.md", "us-ny/cpl", "us-ny/xyz"),
        r"corpus/us-ny/cpl\.en\.md: instrument us-ny/xyz is not in instruments\.yaml",
    ),
    "a law that stands twice": (
        lambda folder: (folder / "us-ny" / "instruments.yaml").write_text(
            (folder / "de" / "instruments.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        ),
        r"corpus/us-ny/instruments\.yaml: de/bzrg stands twice; keep one entry",
    ),
    "a law of an unknown place": (
        replaced("us-ny/instruments.yaml", "us-ny/cpl", "us-zz/cpl"),
        r"corpus/us-ny/instruments\.yaml: us-zz/cpl: jurisdiction us-zz is not in jurisdictions\.yaml",
    ),
    "a style of citation that is unknown": (
        replaced("us-ny/instruments.yaml", "style: us", "style: mars"),
        r"corpus/us-ny/instruments\.yaml: us-ny/cpl: style mars is not in citation_forms\.yaml",
    ),
    "an id that is not well formed": (
        replaced("us-ny/cpl.en.md", "## 160.57/1 Waiting", "## 160.57/§1 Waiting"),
        r"corpus/us-ny/cpl\.en\.md:11: id '160\.57/§1' must be lower case parts",
    ),
    "more search words than languages": (
        replaced("de/bzrg.en.md", "drop off | verschwinden", "drop off | verschwinden | y"),
        r"corpus/de/bzrg\.en\.md:11: search: has more than three parts; write English \| German \| Chinese",
    ),
    "versions that overlap": (
        replaced("us-ny/cpl.en.md", "## 160.59 Petition", "## 160.57/1 Waiting time\n\nAnother text.\n\n## 160.59 Petition"),
        r"corpus/us-ny/cpl\.en\.md:16: us-ny/cpl/160\.57/1 \(en\) is in force at the same time as the version at corpus/us-ny/cpl\.en\.md:11",
    ),
    "a version that ends before it begins": (
        replaced("us-ny/cpl.en.md", "from: 2024-11-16", "from: 2024-11-16\nto: 2020-01-01"),
        r"corpus/us-ny/cpl\.en\.md:11: us-ny/cpl/160\.57/1 ends \(2020-01-01\) before it begins \(2024-11-16\)",
    ),
    "a language that is missing": (
        appended("de/bzrg.de.md", "\n## 45 Tilgung\n\nEin Eintrag wird getilgt.\n"),
        r"corpus/de/bzrg\.de\.md:\d+: de/bzrg/45 is missing in en for the same dates; add it there",
    ),
    "leftovers of editing": (
        replaced("us-ny/cpl.en.md", "A felony", "TODO A felony"),
        r"corpus/us-ny/cpl\.en\.md:11: us-ny/cpl/160\.57/1 holds 'TODO'",
    ),
    "an authority that is unknown": (
        changed_cell(authorities=["de/bzrg/34/1", "de/bzrg/34/9"]),
        r"corpus/de/positions\.yaml:\d+: authority de/bzrg/34/9 is not in the corpus; nearest is de/bzrg/34",
    ),
    "a number that the provision does not name": (
        changed_cell(value=[3.0, 7.0]),
        r"corpus/de/positions\.yaml:\d+: the number 7 of de/position/waiting_period is in none of de/bzrg/34/1",
    ),
    "a number without a unit": (
        changed_cell(unit=None),
        r"corpus/de/positions\.yaml:\d+: de/position/waiting_period has a number without a unit; add unit",
    ),
    "a dimension that is missing": (
        without_cell,
        r"corpus/de/positions\.yaml: no cell for juveniles; write one",
    ),
    "a dimension that is unknown": (
        replaced("de/positions.yaml", "juveniles:", "weather:"),
        r"corpus/de/positions\.yaml:\d+: weather is not a dimension; see corpus/dimensions\.yaml",
    ),
    "a lead of two lines in a language that is missing": (
        changed_cell(lead={"en": "One.", "de": "Eins."}),
        r"corpus/de/positions\.yaml: positions\.waiting_period\.0\.lead\.zh: field required",
    ),
    "cells of an unknown place": (
        replaced("de/positions.yaml", "jurisdiction: de", "jurisdiction: xx-yy"),
        r"corpus/de/positions\.yaml: jurisdiction xx-yy is not in jurisdictions\.yaml",
    ),
    "a note that stands twice": (
        noted(NOTE.format(keys="") * 2),
        r"corpus/de/commentary\.md:\d+: de/commentary/origins stands twice; rename one",
    ),
    "a note about an unknown provision": (
        noted(NOTE.format(keys="about: de/bzrg/99\n")),
        r"corpus/de/commentary\.md:7: about de/bzrg/99, which is not in the corpus; nearest is de/bzrg/",
    ),
    "a note on an unknown dimension": (
        noted(NOTE.format(keys="dimension: weather\n")),
        r"corpus/de/commentary\.md:7: weather is not a dimension",
    ),
    "a note on an unknown place": (
        noted(NOTE.format(keys="jurisdictions: zz-zz\n")),
        r"corpus/de/commentary\.md:7: zz-zz is not in jurisdictions\.yaml",
    ),
    "a term that stands twice": (
        appended("glossary.yaml", TERM),
        r"corpus/glossary\.yaml: term erasure stands twice; join the two",
    ),
    "a term with an unknown authority": (
        replaced("glossary.yaml", "de/bzrg/34/1", "de/bzrg/34/8"),
        r"corpus/glossary\.yaml: term erasure: authority de/bzrg/34/8 is not in the corpus; nearest is de/bzrg/34",
    ),
    "a term of an unknown place": (
        replaced("glossary.yaml", "- de\n", "- zz-zz\n"),
        r"corpus/glossary\.yaml: term erasure: zz-zz is not in jurisdictions\.yaml",
    ),
    "a core term that is not in the glossary": (
        replaced("scope.yaml", "erasure", "erazure"),
        r"corpus/scope\.yaml: core term erazure is not in glossary\.yaml",
    ),
    "a covered place without law": (
        lambda folder: (folder / "us-ny" / "cpl.en.md").unlink(),
        r"corpus/jurisdictions\.yaml: us-ny is marked covered, but there is no provision of it",
    ),
}  # fmt: skip


def test_the_small_law_that_is_broken_below_has_no_fault_of_its_own(law_folder: Path) -> None:
    assert len(load(law_folder).provisions) == 8


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_reported_with_file_place_and_next_step(kind: str, law_folder: Path) -> None:
    breaks, says = FAULTS[kind]
    breaks(law_folder)

    with pytest.raises(CorpusError) as raised:
        load(law_folder)

    assert [fault for fault in raised.value.faults if re.search(says, fault)] != []


def test_all_faults_of_all_files_are_reported_at_once(law_folder: Path) -> None:
    edited(law_folder, "us-ny/cpl.en.md", "A felony", "TODO A felony")
    edited(law_folder, "scope.yaml", "erasure", "erazure")
    edited(law_folder, "glossary.yaml", "de/bzrg/34/1", "de/bzrg/34/8")

    with pytest.raises(CorpusError) as raised:
        load(law_folder)

    assert len(raised.value.faults) == 3


def test_two_cells_for_the_same_day_are_a_fault(law_folder: Path) -> None:
    path = law_folder / "de" / "positions.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["positions"]["foreign"] *= 2
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    with pytest.raises(CorpusError, match="two cells of de/position/foreign hold on the same day"):
        load(law_folder)


def test_the_law_is_read_once_however_it_is_asked_for() -> None:
    assert load() is load(ROOT) is load(root=ROOT)
