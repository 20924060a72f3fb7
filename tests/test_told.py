"""Facts told in a question, in many wordings: what is read, what is left unknown, and what the answer says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import TODAY

from app.ask import Atlas
from app.told import read_told, speaks_of_a_record
from app.told_answer import apply
from app.told_dates import told_days
from corpus.rule_load import load_book
from corpus.rules import RuleBook


def book_of(place: str) -> RuleBook:
    """The rule book of a place that has one."""
    book = load_book(place)
    assert book is not None
    return book


def entries_of(place: str, question: str) -> list[dict[str, Any]]:
    """The entries read from a question, without the yes/no facts that the offence's name rules out."""
    told = read_told(question, book_of(place), TODAY)
    assert told is not None
    return [{key: value for key, value in entry.items() if value is not False} for entry in told.record["entries"]]


def conviction(day: str, *sentences: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A conviction on a day with its sentences."""
    passed = {"sentences": list(sentences)} if sentences else {}
    return {"kind": "conviction", "conviction_date": day, **passed, **more}


def said(place: str, question: str, language: str = "en") -> str:
    """All statements about the facts of a question."""
    applied = apply(question, book_of(place), place, TODAY, language)
    assert applied is not None
    return "\n".join(statement.text for statement in applied.statements)


CUSTODY = {"type": "custody", "length": "P14M"}


@pytest.mark.parametrize(
    ("place", "question", "expected"),
    [
        ("uk-ew", "I got 14 months in Leeds in March 2019, is it spent?", [conviction("2019-03", CUSTODY)]),
        ("uk-ew", "sentenced to fourteen months' imprisonment at Leeds on 4 March 2019", [conviction("2019-03-04", CUSTODY)]),
        ("uk-ew", "He got two and a half years in October 2016", [conviction("2016-10", {"type": "custody", "length": "P30M"})]),
        (
            "uk-ew",
            "six months suspended for two years, London, 3/4/2020",
            [conviction("2020-04-03", {"type": "custody", "length": "P6M", "suspended": True})],
        ),
        (
            "uk-ew",
            "Convicted 1 March 2020: 4 months and 6 months consecutive, Leeds",
            [conviction("2020-03-01", {"type": "custody", "length": "P4M"}, {"type": "custody", "length": "P6M", "runs": "consecutive"})],
        ),
        (
            "uk-ew",
            "In 2018 I was fined in Leeds and in 2020 I got 6 months in prison",
            [conviction("2018", {"type": "fine"}), conviction("2020", {"type": "custody", "length": "P6M"})],
        ),
        (
            "uk-ew",
            "banned from driving for 12 months and fined £500 in May 2025",
            [conviction("2025-05", {"type": "fine"}, {"type": "disqualification", "length": "P12M"})],
        ),
        ("uk-ew", "Two cautions in 2019, London", [{"kind": "caution", "given_on": "2019"}] * 2),
        ("uk-ew", "I was given a reprimand in 2009", [{"kind": "caution", "given_on": "2009", "caution_kind": "youth"}]),
        (
            "uk-ew",
            "He was sentenced to 3 years and 6 months in October 2016 and came out on licence in July 2018",
            [conviction("2016-10", {"type": "custody", "length": "P3Y6M"}, released_on="2018-07")],
        ),
        ("de", "Ich habe im Mai 2021 90 Tagessätze bekommen", [conviction("2021-05", {"type": "fine", "units": 90})]),
        (
            "de",
            "zwei Jahre auf drei Jahre Bewährung, Urteil vom 12.5.2020",
            [conviction("2020-05-12", {"type": "imprisonment", "length": "P2Y", "suspended": True})],
        ),
        (
            "de",
            "anderthalb Jahre auf Bewährung am 12. März 2018",
            [conviction("2018-03-12", {"type": "imprisonment", "length": "P18M", "suspended": True})],
        ),
        ("de", "Mein Verfahren wurde 2024 eingestellt", [{"kind": "non_conviction", "disposition_date": "2024", "outcome": "dismissed"}]),
        ("de", "vier Wochen Jugendarrest im März 2024", [conviction("2024-03", {"type": "disciplinary"})]),
        (
            "cn",
            "判三缓四 2016年 广州",
            [conviction("2016", {"type": "imprisonment", "length": "P3Y", "suspended": True})],
        ),
        (
            "cn",
            "我2023年5月因为嫖娼被行政拘留10天",
            [
                {
                    "kind": "administrative",
                    "given_on": "2023-05",
                    "sentences": [{"type": "administrative_detention", "length": "P10D"}],
                    "police_penalty": True,
                }
            ],
        ),
        (
            "us-ny",
            "class E felony conviction in NYC March 2015, got 3 years probation which ended in 2018",
            [
                conviction(
                    "2015-03",
                    {"type": "probation", "length": "P3Y"},
                    supervision_ended_on="2018",
                    sentence_completed_on="2018",
                    grade="felony",
                )
            ],
        ),
        ("us-ut", "two class B misdemeanors in 2015", [conviction("2015", grade="misdemeanor_b")] * 2),
        (
            "us-pa",
            "I have two DUIs in Pittsburgh from 2010 and 2014",
            [conviction(year, impaired_driving=True, traffic=True) for year in ("2010", "2014")],
        ),
        (
            "us-md",
            "In Baltimore my case was nolle prossed on June 3, 2022",
            [{"kind": "non_conviction", "disposition_date": "2022-06-03", "outcome": "nolle_prosequi"}],
        ),
    ],
)  # fmt: skip
def test_facts_are_read_from_many_wordings(place: str, question: str, expected: list[dict[str, Any]]) -> None:
    known = book_of(place).fields

    assert entries_of(place, question) == [
        {k: v for k, v in one.items() if k == "sentences" or k in known} for one in expected
    ]


def test_a_bare_felony_is_given_no_grade_where_the_law_divides_felonies() -> None:
    assert "grade" not in entries_of("us-mi", "I got a felony in Detroit in 2010")[0]
    assert entries_of("us-dc", "I got a felony in Washington DC in 2010")[0]["grade"] == "felony"


def test_a_conviction_of_which_nothing_else_is_told_is_no_record_to_compute_with() -> None:
    assert read_told("someone told my ex about a conviction from 20 years ago", book_of("uk-ew"), TODAY) is None


def test_the_slash_between_month_and_day_is_read_as_the_place_writes_it() -> None:
    assert [one.iso for one in told_days("on 3/4/2020", TODAY, month_first=True)] == ["2020-03-04"]
    assert [one.iso for one in told_days("on 3/4/2020", TODAY, month_first=False)] == ["2020-04-03"]


@pytest.mark.parametrize(
    ("text", "within", "outside"),
    [
        ("five years ago", date(2021, 6, 1), date(2023, 1, 1)),
        ("vor drei Jahren", date(2023, 6, 1), date(2025, 6, 1)),
        ("十年前", date(2016, 6, 1), date(2019, 1, 1)),
        ("last year", date(2025, 6, 1), date(2026, 1, 1)),
    ],
)
def test_vague_days_become_ranges_and_no_exact_day(text: str, within: date, outside: date) -> None:
    from app.periods import read_days

    (told,) = told_days(text, TODAY, month_first=False)
    days = read_days(told.iso)

    assert days.first < days.last
    assert days.first <= within <= days.last
    assert not days.first <= outside <= days.last


def test_an_age_told_of_that_time_leaves_a_range_of_birth_dates() -> None:
    told = read_told("My son got a caution when he was 16 in 2022", book_of("uk-ew"), TODAY)

    assert told is not None
    assert told.record["born"] == "2005-01-02/2006-12-31"


@pytest.mark.parametrize(
    "question",
    [
        "Did England change the rehabilitation period for fines in 2014?",
        "What changed for felonies under the 2023 law?",
        "Seit wann gilt die Frist von drei Jahren für Geldstrafen?",
        "治安管理处罚法2025年修订后何时施行？",
    ],
)
def test_a_question_about_the_law_itself_tells_no_record(question: str) -> None:
    assert not speaks_of_a_record(question)


def test_what_is_certain_whatever_is_left_out_is_said_as_certain() -> None:
    # Adult or under 18, whichever day of March: the last possible day is long past (ROA 1974 s 5(2)).
    assert "spent: yes, at the latest since 30 May 2024" in said(
        "uk-ew", "I got 14 months in Leeds in March 2019, is it spent?"
    )


def test_an_outcome_that_rests_on_a_supposition_names_it() -> None:
    text = said("uk-ew", "got 5 years for robbery 2005 in birmingham, released 2008")

    assert "provided that the person was 25 or over at the time; this is not so: offence in Schedule 18" in text


def test_an_adult_in_china_is_told_that_no_sealing_is_in_force_and_what_that_supposes() -> None:
    text = said("cn", "2022年1月醉驾被判拘役一个月，杭州", "zh")

    assert "封存：否" in text
    assert "前提是：当事人当时已满25周岁" in text


def test_a_juvenile_in_china_is_told_that_the_record_is_sealed() -> None:
    assert "封存：是" in said("cn", "当事人2005年生，2021年6月在广州因抢劫被判处有期徒刑四年", "zh")


def test_what_was_asked_about_is_said_first() -> None:
    erased = said("de", "Wann ist meine Geldstrafe von 50 Tagessätzen aus 2019 getilgt?", "de").split("\n")
    shown = said("de", "Steht meine Geldstrafe von 50 Tagessätzen aus 2019 noch im Führungszeugnis?", "de").split("\n")

    assert "tilgungsreif" in erased[0]
    assert "nicht mehr im Führungszeugnis" in shown[0]


def test_facts_that_contradict_each_other_are_named_and_nothing_is_computed() -> None:
    applied = apply("I was born in 2020 and fined in Leeds in 2015", book_of("uk-ew"), "England and Wales", TODAY, "en")

    assert applied is not None
    assert not applied.statements
    assert "contradict" in applied.notes[0]


@pytest.mark.encoder
def test_an_answer_to_told_facts_cites_every_statement_and_says_what_it_understood(atlas: Atlas) -> None:
    answer = atlas.ask("I was fined £300 on 5 June 2025 in Manchester, when is it spent?", TODAY)

    assert answer.status == "answered"
    assert all(statement.citations for statement in answer.answer)
    assert {c for s in answer.answer for c in s.citations} <= {source.passage.id for source in answer.passages}
    assert "uk-ew/roa-1974/5/2" in answer.answer[0].citations
    assert "5 June 2025" in answer.notes[0]
    assert answer.records[0]["entries"][0]["conviction_date"] == "2025-06-05"


@pytest.mark.encoder
def test_a_case_somewhere_in_the_united_kingdom_is_answered_for_each_of_its_parts(atlas: Atlas) -> None:
    answer = atlas.ask("I was fined £300 in the UK on 5 June 2019, is it spent?", TODAY)

    assert {statement.jurisdiction for statement in answer.answer} == {"uk-ew", "uk-sct", "uk-nir"}
    assert answer.status == "partly_answered"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("I was locked up for ten days in Chengdu in 2019 for smoking weed and fined 500 yuan", "en"),
        ("Ich war 2019 in Chengdu zehn Tage in Haft wegen Drogen und habe eine Geldbuße bekommen", "de"),
        ("Ich wurde 2019 in Chengdu wegen Drogen zehn Tage festgehalten", "de"),
    ],
)
def test_some_days_of_custody_in_china_are_a_penalty_of_the_police_and_no_sentence(
    question: str, language: str
) -> None:
    told = read_told(question, book_of("cn"), TODAY, language)

    assert told is not None
    assert told.record["entries"][0]["kind"] == "administrative"
    assert told.record["entries"][0]["police_penalty"] is True
    assert "imprisonment" not in str(told.record)


def test_some_days_of_custody_elsewhere_stay_what_a_court_imposed() -> None:
    assert entries_of("uk-ew", "I got 10 days in jail in Leeds in 2015")[0]["kind"] == "conviction"


def test_a_fine_of_the_chinese_police_is_called_by_its_own_name() -> None:
    text = said("cn", "我2020年在上海被派出所罚款500元，会封存吗", "zh")

    assert text.startswith("罚款")
    assert "罚金" not in text


def test_which_law_punished_is_asked_and_not_supposed() -> None:
    assert "否，依规则“其他法律规定的行政处罚”" not in said("cn", "我2020年在上海被罚款500元，会封存吗", "zh")


@pytest.mark.parametrize(
    "question", ["120 tagesätze münchen 2021 wann gelöscht", "2021年在慕尼黑被判120日罚金，什么时候删除？"]
)
def test_daily_rates_are_read_as_they_are_typed(question: str) -> None:
    assert entries_of("de", question)[0]["sentences"] == [{"type": "fine", "units": 120}]


def test_an_answer_names_no_field_of_a_file() -> None:
    assert "completed_on" not in said("uk-ew", "I got 14 months in Leeds in March 2019, is it spent?")
