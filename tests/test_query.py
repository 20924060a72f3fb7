"""What is understood of a question: language, places, laws, dimensions, shape."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import TODAY

from corpus import Corpus
from indexer.query import Intent, Query, Understander, detect_language


@pytest.fixture(scope="module")
def understander(corpus: Corpus) -> Understander:
    return Understander(corpus, ["automatic", "conviction", "sealed", "record", "misdemeanor", "certificate"])


def read(understander: Understander, question: str, *places: str, on: date = TODAY) -> Query:
    return understander.read(question, on, places)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("When is a fine spent in England?", "en"),
        ("Wann wird eine Geldstrafe getilgt?", "de"),
        ("führungszeugnis 120 tagessätze", "de"),
        ("Verwertungsverbot Ausnahmen", "de"),
        ("治安管理处罚法第136条规定了什么?", "zh"),
        ("Clean Slate Act 纽约州重罪几年后封存", "zh"),
        ("CPL 160.57(1)(b)", "en"),
        ("ROA 1974 s 6(4)", "en"),
        ("what does Überliegefrist mean", "en"),
        ("What is the meaning of 封存 in Article 136?", "en"),
    ],
)
def test_the_language_of_a_question_is_that_of_most_of_its_words(question: str, language: str) -> None:
    assert detect_language(question) == language


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("When is a fine spent in England?", ["uk-ew"]),
        ("had a misdemeanor in Brooklyn", ["us-ny"]),
        ("arrested in oakland, California", ["us-ca"]),
        ("my landlord in Detroit", ["us-mi"]),
        ("Wer sieht das in München?", ["de"]),
        ("nach englischem Recht", ["uk-ew"]),
        ("Wie ist das in Pennsylvanien geregelt", ["us-pa"]),
        ("在德国被判罚金", ["de"]),
        ("我住在洛杉矶", ["us-ca"]),
        ("宾夕法尼亚州和犹他州有什么区别", ["us-pa", "us-ut"]),
        ("Germany and New York", ["de", "us-ny"]),
        ("New York in the United States", ["us-ny"]),
        ("NY, PA side by side", ["us-ny", "us-pa"]),
        ("Sealing in Texas", ["us-tx"]),
        ("what about Japan?", ["jp"]),
        ("in Scotland", ["uk-sct"]),
        ("strafbefehl in bern wegen alkohol am steuer", ["ch"]),
        ("Does New York seal federal convictions?", ["us-ny", "us"]),
        ("Is a federal offence in Australia spent after ten years?", ["au"]),
        ("Is a German conviction counted under US federal law?", ["de", "us"]),
    ],
)
def test_a_place_is_found_by_its_names_and_cities_in_three_languages(
    question: str, places: list[str], understander: Understander
) -> None:
    assert list(read(understander, question).jurisdictions) == places


@pytest.mark.parametrize(
    "question",
    [
        "can they tell us about it",
        "it is in my record, or is it",
        "wie de facto oder me too",
        "my pa told me so",
        "is it ok to ask him",
        "I will be at work and so on",
        "nl co il va",
    ],
)
def test_small_words_are_not_taken_for_places(question: str, understander: Understander) -> None:
    assert read(understander, question).jurisdictions == ()


def test_a_place_given_beside_the_question_comes_first(understander: Understander) -> None:
    assert read(understander, "as in Germany", "us-ut").jurisdictions == ("us-ut", "de")


@pytest.mark.parametrize(
    ("typed", "place"), [("pensylvania", "us-pa"), ("Michgan", "us-mi"), ("Califronia", "us-ca"), ("Deutschlnad", "de")]
)
def test_a_place_that_is_mistyped_is_read_all_the_same_and_the_reading_is_named(
    typed: str, place: str, understander: Understander
) -> None:
    query = read(understander, f"how long for a misdemeanor in {typed}")

    assert query.jurisdictions == (place,)
    assert [wrong for wrong, _ in query.corrections] == [typed]


@pytest.mark.parametrize(
    "question",
    [
        "When is a fine spent in England?",
        "Wann wird die Geldstrafe getilgt?",
        "unsealed convictions",
        "Führungszeugnisse",
    ],
)
def test_what_is_spelt_right_is_left_alone(question: str, understander: Understander) -> None:
    assert read(understander, question).corrections == ()


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("How long does it take?", "waiting_period"),
        ("which waiting periods are there", "waiting_period"),
        ("Welche Tilgungsfristen gelten?", "waiting_period"),
        ("几年后封存", "waiting_period"),
        ("does it happen automatically or do I apply", "trigger"),
        ("Muss ich einen Antrag stellen?", "trigger"),
        ("要不要申请", "trigger"),
        ("which offences are excluded", "exclusions"),
        ("what is the penalty for disclosing it", "sanctions"),
        ("juveniles", "juveniles"),
        ("Jugendliche", "juveniles"),
        ("foreign convictions", "foreign"),
        ("does the clock start on release", "period_start"),
    ],
)
def test_a_dimension_is_found_by_its_cues_also_in_the_plural(
    question: str, dimension: str, understander: Understander
) -> None:
    assert read(understander, question).dimensions[:1] == (dimension,)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Compare Germany and England", Intent.COMPARE),
        ("中国的封存和德国的消除有什么区别?", Intent.COMPARE),
        ("What does § 34 Abs. 1 BZRG say?", Intent.PINPOINT),
        ("治安管理处罚法第136条", Intent.PINPOINT),
        ("What does Tilgung mean?", Intent.DEFINE),
        ("封存是什么意思", Intent.DEFINE),
        ("How long until a felony is sealed in New York?", Intent.LOOKUP),
    ],
)
def test_the_shape_of_the_answer_follows_from_the_question(
    question: str, intent: Intent, understander: Understander
) -> None:
    assert read(understander, question).intent is intent


def test_a_law_named_tells_the_place(understander: Understander) -> None:
    query = read(understander, "exceptions in the BZRG")

    assert query.laws == ("de/bzrg",)
    assert query.jurisdictions == ("de",)


def test_a_number_that_one_law_alone_has_tells_the_law_and_a_plain_one_does_not(understander: Understander) -> None:
    assert [one.id for one in read(understander, "does s 85ZL restart").citations] == ["au/crimes-1914/85zl"]
    assert read(understander, "what does section 46 say").citations == ()


def test_a_term_of_one_law_alone_tells_the_place(understander: Understander) -> None:
    assert read(understander, "how long is the Überliegefrist").jurisdictions == ("de",)
    # "rehabilitation (France)" is a term of French law only with its place beside it.
    assert read(understander, "effect on rehabilitation").jurisdictions == ()


def test_a_german_question_is_carried_into_english_words(understander: Understander) -> None:
    english = read(understander, "Wann wird eine Geldstrafe getilgt?").english.lower()

    assert "fine" in english
    assert "geldstrafe" not in english


def test_a_chinese_question_is_carried_into_english_words(understander: Understander) -> None:
    english = read(understander, "罚金多久封存").english.lower()

    assert "fine" in english
    assert "seal" in english


def test_durations_years_and_first_persons_are_noted(understander: Understander) -> None:
    query = read(understander, "I got 18 months in 2005")

    assert [(one.value, one.unit) for one in query.durations] == [(18, "months")]
    assert query.years == (2005,)
    assert query.personal


@pytest.mark.parametrize("question", ["", "   ", "???", "12345", "§", "。", "a" * 2000, "🙂🙂"])
def test_what_says_nothing_is_read_without_harm(question: str, understander: Understander) -> None:
    query = read(understander, question)

    assert (query.jurisdictions, query.citations, query.intent) == ((), (), Intent.LOOKUP)


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_the_own_question_of_a_dimension_is_about_that_dimension_alone(
    language: str, understander: Understander, corpus: Corpus
) -> None:
    for dimension in corpus.dimensions.values():
        assert understander.dimensions(dimension.question.in_language(language)) == (dimension.id,)
