"""From question to answer, over all gold questions: nothing is said that is not quoted or cited, and nothing is papered over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from conftest import GOLD, TODAY, Asked

from app.ask import Atlas
from app.errors import InputError
from app.model import Answer
from corpus import Corpus
from indexer import evaluate
from indexer.query import MAX_QUESTION, detect_language

pytestmark = pytest.mark.encoder

FLOORS = {
    "right_places": 0.985,
    "own": 0.88,
    "cross": 0.80,
    "false_answers": 0.10,
    "false_refusals": 0.10,
    "says": 0.85,
}
"""What the measured questions must reach (`says`: the tuning questions); the two false ones must not be exceeded."""


def text_of(answer: Answer) -> str:
    """All that a reader sees of an answer."""
    return "\n".join(
        [
            *(statement.text for statement in answer.answer),
            *(source.passage.text for source in answer.passages),
            *answer.notes,
        ]
    )


# -- over all gold questions -----------------------------------------------------------------------------------------


def test_the_gold_questions_are_as_many_and_as_various_as_promised(asked: tuple[Asked, ...]) -> None:
    unanswerable = [one for one in asked if one.gold.expect != "answered" or one.gold.id.startswith("fp-")]

    assert len({one.gold.id for one in asked}) == len(asked) >= 180
    assert {one.gold.language for one in asked} == {"en", "de", "zh"}
    assert {one.gold.part for one in asked} == {"tune", "measure"}
    assert len(unanswerable) >= len(asked) / 4


def test_every_answer_has_a_valid_status_and_says_something_or_why_not(asked: tuple[Asked, ...]) -> None:
    wrong = [
        one.gold.id
        for one in asked
        if one.answer.status not in ("answered", "partly_answered", "not_covered")
        or (one.answer.status == "not_covered") == bool(one.answer.answer)
        or (one.answer.status == "not_covered" and not one.answer.notes)
    ]

    assert wrong == []


def test_every_quotation_stands_byte_for_byte_in_a_passage_that_it_cites(asked: tuple[Asked, ...]) -> None:
    wrong = [
        f"{one.gold.id}: {statement.text}"
        for one in asked
        for statement in one.answer.answer
        if statement.quote
        and not any(
            statement.text in source.passage.text
            for source in one.answer.passages
            if source.passage.id in statement.citations
        )
    ]

    assert wrong == []


def test_every_passage_is_byte_for_byte_the_stored_one(asked: tuple[Asked, ...], atlas: Atlas) -> None:
    stored = {(one.id, one.language, one.span.first): one.text for one in atlas.index.passages}
    wrong = [
        f"{one.gold.id}: {source.passage.id}"
        for one in asked
        for source in one.answer.passages
        if stored[source.passage.id, source.passage.language, source.passage.span.first] != source.passage.text
    ]

    assert wrong == []


def test_every_citation_leads_to_a_passage(asked: tuple[Asked, ...], atlas: Atlas) -> None:
    cited = {citation for one in asked for statement in one.answer.answer for citation in statement.citations} | {
        citation
        for one in asked
        if one.answer.comparison
        for row in one.answer.comparison.rows
        for cell in row.cells.values()
        for citation in cell.citations
    }

    assert len(cited) > 200
    assert [citation for citation in sorted(cited) if not atlas.resolves(citation)] == []


def test_what_a_statement_cites_is_shown_beside_it(asked: tuple[Asked, ...]) -> None:
    wrong = [
        f"{one.gold.id}: {citation}"
        for one in asked
        for statement in one.answer.answer
        for citation in statement.citations
        if not any(
            source.passage.id == citation or source.passage.id.startswith(citation + "/")
            for source in one.answer.passages
        )
    ]

    assert wrong == []


def test_no_statement_is_without_a_citation(asked: tuple[Asked, ...]) -> None:
    statements = [(one.gold.id, statement) for one in asked for statement in one.answer.answer]

    assert len(statements) > 500
    assert [(gold, one.text) for gold, one in statements if not one.citations or not one.text.strip()] == []


def test_every_stretch_that_is_marked_holds_words_and_ends_in_its_passage(asked: tuple[Asked, ...]) -> None:
    marked = [
        (one.gold.id, source.passage.text, start, end)
        for one in asked
        for source in one.answer.passages
        for start, end in source.highlights
    ]

    assert len(marked) > 500
    wrong = [
        gold for gold, text, start, end in marked if not 0 <= start < end <= len(text) or not text[start:end].strip()
    ]
    assert wrong == []


def test_every_passage_shown_is_law_on_the_day_asked_for(asked: tuple[Asked, ...], corpus: Corpus) -> None:
    """But a law that is asked for by its name, as history, is shown with its dates."""
    ended = tuple(law.id + "/" for law in corpus.instruments.values() if law.span.last and law.span.last < TODAY)
    wrong = [
        f"{one.gold.id}: {source.passage.id}"
        for one in asked
        for source in one.answer.passages
        if source.highlights
        and not source.passage.span.holds_on(one.gold.as_of)
        and not (source.passage.id.startswith(ended) and source.passage.id in one.gold.relevant)
    ]

    assert wrong == []


def test_the_same_question_gives_the_same_answer(asked: tuple[Asked, ...], atlas: Atlas) -> None:
    """Every third asked again in another order, so that no answer can lean on the one before."""
    changed = []
    for one in reversed(asked[::3]):
        again = atlas.ask(one.gold.question, one.gold.as_of, one.gold.jurisdictions)
        if json.dumps(again.to_json(), sort_keys=True) != json.dumps(one.answer.to_json(), sort_keys=True):
            changed.append(one.gold.id)

    assert changed == []


def test_an_answer_on_a_named_place_cites_no_other_places_law(asked: tuple[Asked, ...], atlas: Atlas) -> None:
    wrong = []
    for one in asked:
        named = atlas.index.understander.read(one.gold.question, one.gold.as_of, one.gold.jurisdictions).jurisdictions
        if one.gold.about is None or one.gold.about not in named:
            continue
        family = {place for name in named for place in atlas.corpus.family(name)} | {"x"}
        wrong += [
            f"{one.gold.id}: {citation}"
            for statement in one.answer.answer
            for citation in statement.citations
            if citation.split("/")[0] not in family and "/commentary/" not in citation
        ]

    assert wrong == []


def test_the_answer_is_in_the_language_of_the_question_where_the_corpus_speaks_it(asked: tuple[Asked, ...]) -> None:
    wrong = [
        one.gold.id
        for one in asked
        if one.answer.language != one.gold.language
        or any(detect_language(note) != one.gold.language for note in one.answer.notes[-1:] if len(note) > 20)
    ]

    assert len(wrong) <= 0.03 * len(asked), wrong


def test_the_answers_to_the_tuning_questions_say_what_they_should(asked: tuple[Asked, ...]) -> None:
    told = [one for one in asked if one.gold.says and one.gold.part == "tune"]
    silent = [
        one.gold.id for one in told if not any(words.lower() in text_of(one.answer).lower() for words in one.gold.says)
    ]

    assert len(told) >= 20
    assert 1 - len(silent) / len(told) >= FLOORS["says"], silent


# -- how well the measured questions are met -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(atlas: Atlas) -> dict[str, dict[str, object]]:
    gold = [one for one in evaluate.read_gold(GOLD, TODAY) if one.part == "measure"]
    return evaluate.report([evaluate.outcome(atlas.index, one) for one in gold])


def test_what_answers_is_among_the_first_five_in_english_or_the_laws_language(measured: dict[str, dict]) -> None:
    assert measured["in English or the law's language"]["whole"]["found@5"] >= FLOORS["own"]


def test_what_answers_is_among_the_first_five_across_languages(measured: dict[str, dict]) -> None:
    assert measured["across languages"]["whole"]["found@5"] >= FLOORS["cross"]


def test_where_a_place_is_named_the_first_five_are_its_law(measured: dict[str, dict]) -> None:
    assert measured["all"]["right_places"] >= FLOORS["right_places"]


def test_few_questions_are_answered_that_should_not_be(measured: dict[str, dict]) -> None:
    assert measured["all"]["false_answers"] <= FLOORS["false_answers"]


def test_few_questions_are_refused_that_should_be_answered(measured: dict[str, dict]) -> None:
    assert measured["all"]["false_refusals"] <= FLOORS["false_refusals"]


def test_the_whole_search_finds_more_than_either_of_its_arms(measured: dict[str, dict]) -> None:
    found = {arm: measured["all"][arm]["found@5"] for arm in evaluate.ARMS}

    assert found["whole"] > max(found["bm25"], found["encoder"])


# -- single questions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["how do I mend a bicycle tyre", "Rezept für Kartoffelsalat", "红烧肉怎么做"])
def test_a_question_on_something_else_is_refused_in_its_language(question: str, atlas: Atlas) -> None:
    answer = atlas.ask(question, TODAY)

    assert (answer.status, answer.answer) == ("not_covered", ())
    assert answer.language == detect_language(question)
    assert answer.notes != ()


def test_texas_is_said_not_to_be_covered_and_no_other_law_is_given_for_it(atlas: Atlas) -> None:
    answer = atlas.ask("How do I get a theft conviction expunged in Texas?", TODAY)

    assert (answer.status, answer.answer) == ("not_covered", ())
    assert answer.notes[0] == "Texas is not covered by the corpus, so nothing can be said about its law."


def test_of_two_places_the_one_that_is_not_covered_is_named(atlas: Atlas) -> None:
    answer = atlas.ask("How do Texas and New York differ on the waiting period for sealing?", TODAY)

    assert answer.status == "partly_answered"
    assert any(note.startswith("Texas is not covered") for note in answer.notes)
    assert {one.jurisdiction for one in answer.answer} <= {"us-ny", None}
    assert answer.answer != ()


@pytest.mark.parametrize(
    "question",
    ["What does Article 136 PSAPL 2025 say on sealing in China?", "治安管理处罚法第136条规定了什么?"],
)
def test_a_law_that_is_not_yet_in_force_is_named_as_such_with_its_day(question: str, atlas: Atlas) -> None:
    answer = atlas.ask(question, date(2025, 6, 1))

    assert any("2026-01-01" in note for note in answer.notes)
    assert all("136" not in one.text or "2026" in one.text for one in answer.answer)


def test_a_provision_that_is_no_longer_in_force_is_named_as_such(atlas: Atlas) -> None:
    answer = atlas.ask("What does Art. 12 of the PSAPL 2012 say?", TODAY)

    assert any("2025-12-31" in note for note in answer.notes)


def test_the_same_article_is_answered_once_it_is_in_force(atlas: Atlas) -> None:
    answer = atlas.ask("治安管理处罚法第136条规定了什么?", date(2026, 1, 1))

    assert answer.status == "answered"
    assert "封存" in answer.answer[0].text
    assert answer.answer[0].citations[0] == "cn/psapl-2025/136"


def test_a_false_premise_is_met_with_the_rule_as_it_is(atlas: Atlas) -> None:
    answer = atlas.ask("In New York a felony conviction is sealed after seven years, right?", TODAY)

    assert "7 years" in answer.answer[0].text
    assert "8 years" in answer.answer[0].text
    assert any(one.startswith("us-ny/cpl/160.57") for one in answer.answer[0].citations)


def test_a_true_premise_is_not_corrected(atlas: Atlas) -> None:
    answer = atlas.ask("In New York a felony conviction is sealed after eight years, right?", TODAY)

    assert all(one.quote for one in answer.answer)


@pytest.mark.parametrize(
    ("question", "language", "citation"),
    [
        ("Wann wird eine Geldstrafe von 90 Tagessätzen im Führungszeugnis angezeigt?", "de", "de/"),
        ("纽约州的轻罪定罪几年后会自动封存?", "zh", "us-ny/"),
        ("治安违法记录封存以后谁还能查?", "zh", "cn/"),
        ("Ab wann ist in England eine Geldstrafe spent?", "de", "uk-ew/"),
    ],
)
def test_an_answer_leads_in_the_language_of_the_question(
    question: str, language: str, citation: str, atlas: Atlas
) -> None:
    answer = atlas.ask(question, TODAY)

    assert answer.language == language
    assert detect_language(answer.answer[0].text) == language
    assert answer.answer[0].citations[0].startswith(citation)


def test_the_language_can_be_chosen(atlas: Atlas) -> None:
    answer = atlas.ask("How long until a felony is sealed in New York?", TODAY, language="zh")

    assert answer.language == "zh"
    assert detect_language(answer.answer[0].text) == "zh"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("from what day is my English conviction spent?", "one needs to know"),
        ("when will my record be cleared in Utah?", "one needs to know"),
        ("Wann verschwindet mein Eintrag aus dem Führungszeugnis?", "muss man wissen"),
        ("我的记录几年以后封存?", "还需要知道"),
    ],
)
def test_facts_that_are_missing_are_named(question: str, says: str, atlas: Atlas) -> None:
    answer = atlas.ask(question, TODAY)

    assert answer.status == "partly_answered"
    assert any(says in note for note in answer.notes)


def test_a_question_without_a_place_says_that_the_answer_depends_on_it(atlas: Atlas) -> None:
    answer = atlas.ask("how long until my record is sealed", TODAY)

    assert any("No jurisdiction was named" in note or "names no place" in note for note in answer.notes)


def test_a_provision_that_does_not_exist_is_said_not_to_exist(atlas: Atlas) -> None:
    answer = atlas.ask("What does § 999 BZRG say?", TODAY)

    assert any(note.startswith("§ 999 BZRG:") and "not this provision" in note for note in answer.notes)


def test_a_provision_asked_for_by_number_is_recited(atlas: Atlas) -> None:
    answer = atlas.ask("What does s 6(4) ROA 1974 say?", TODAY)

    assert {one.citations[0] for one in answer.answer} == {"uk-ew/roa-1974/6/4"}
    assert answer.answer[0].text.startswith("If someone is convicted again")


def test_the_law_of_an_earlier_day_is_applied_when_asked_for(atlas: Atlas) -> None:
    question = "Which prison sentences never become spent in England?"
    then, now = (text_of(atlas.ask(question, day)) for day in (date(2013, 1, 1), TODAY))

    assert "30 months" in then
    assert "Schedule 18" in now
    assert "Schedule 18" not in then


def test_a_typing_error_is_read_and_the_reading_is_told(atlas: Atlas) -> None:
    answer = atlas.ask("how long does a misdemeanor take to be sealed in pensylvania", TODAY)

    assert any("pensylvania" in note and "Pennsylvania" in note for note in answer.notes)
    assert {one.jurisdiction for one in answer.answer} == {"us-pa"}


def test_the_places_of_the_filter_are_kept(atlas: Atlas) -> None:
    answer = atlas.ask("How long is the waiting period?", TODAY, ["Utah"])

    assert {one.jurisdiction for one in answer.answer} == {"us-ut"}


def test_a_comparison_in_few_words_is_made(atlas: Atlas) -> None:
    answer = atlas.ask("Compare how long one waits in Germany and New York", TODAY)

    assert answer.comparison is not None
    assert answer.comparison.dimensions[0] == "waiting_period"


def test_the_date_of_the_law_applied_and_the_disclaimer_are_told(atlas: Atlas) -> None:
    answer = atlas.ask("When is a fine spent in England?", date(2026, 3, 4))

    assert "The law applied is that in force on 2026-03-04." in answer.notes
    assert answer.disclaimer == "General information, not legal advice."


def test_a_statement_without_its_passage_is_dropped(atlas: Atlas) -> None:
    from app.compose import Draft
    from app.model import Statement

    answer = atlas.ask("When is a fine spent in England?", TODAY)
    query = atlas.index.understander.read("When is a fine spent in England?", TODAY)
    draft = Draft(query, atlas.index, sources={one.passage.id: one for one in answer.passages})
    true = answer.answer[0]
    draft.statements = [true, replace(true, text=true.text + "!"), Statement(true.text, None, ("uk-ew/roa-1974/999",))]

    assert atlas._verified(draft) == [true]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "it is empty"),
        (" \n\t", "it is empty"),
        ("a" * 100_000, "100,000 characters"),
        ("when is\x00 it spent", "control characters"),
        ("when is it \ufffd spent", "control characters"),
        ("\ud800", "control characters"),
    ],
)
def test_what_cannot_be_read_is_refused(question: str, says: str, atlas: Atlas) -> None:
    with pytest.raises(InputError, match=says):
        atlas.ask(question, TODAY)


def test_the_longest_question_that_is_read_is_answered(atlas: Atlas) -> None:
    question = "When is a fine spent in England? ".ljust(MAX_QUESTION, "x")

    assert atlas.ask(question, TODAY).language == "en"


def test_an_unknown_place_in_the_filter_is_refused(atlas: Atlas) -> None:
    with pytest.raises(InputError, match="jurisdiction 'Atlantis': not known"):
        atlas.ask("When is a fine spent?", TODAY, ["Atlantis"])


# -- show ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("uk-ew/roa-1974/6/4", "uk-ew/roa-1974/6/4"),
        ("s 6(4) ROA 1974", "uk-ew/roa-1974/6/4"),
        ("§ 36 BZRG", "de/bzrg/36"),
        ("CPL 160.57(1)(b)", "us-ny/cpl/160.57/1/b"),
        ("治安管理处罚法第136条", "cn/psapl-2025/136"),
        ("de/position/trigger", "de/position/trigger"),
    ],
)
def test_a_provision_is_shown_however_it_is_cited(wanted: str, expected: str, atlas: Atlas) -> None:
    assert atlas.show(wanted, TODAY)[0].passage.id == expected


def test_a_section_that_only_holds_others_shows_all_of_them(atlas: Atlas) -> None:
    shown = [source.passage.id for source in atlas.show("§ 34 BZRG", TODAY)]

    assert "de/bzrg/34/1" in shown
    assert all(one.startswith("de/bzrg/34/") for one in shown)


def test_a_provision_is_shown_with_its_other_language(atlas: Atlas) -> None:
    (source,) = atlas.show("de/bzrg/36", TODAY, "de")

    assert source.passage.language == "de"
    assert source.other is not None
    assert source.other.language == "en"


@pytest.mark.parametrize("wanted", ["§ 999 BZRG", "no such thing", "de/bzrg/999", ""])
def test_what_is_not_in_the_corpus_is_not_shown(wanted: str, atlas: Atlas) -> None:
    with pytest.raises(InputError):
        atlas.show(wanted, TODAY)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What does Tilgung mean?", "erasure-register"),
        ("what is Tilgung", "erasure-register"),
        ("What does 封存 mean?", "record-sealing"),
        ("What does Überliegefrist mean?", "ueberliegefrist"),
        ("false friends of spent", "spent-conviction"),
    ],
)
def test_a_term_of_another_language_is_explained_in_the_language_of_the_question(
    atlas: Atlas, question: str, term: str
) -> None:
    answer = atlas.ask(question, TODAY)

    assert answer.language == "en"
    assert answer.status == "answered"
    assert answer.answer[0].text in next(one for one in atlas.corpus.terms if one.id == term).definition.en
