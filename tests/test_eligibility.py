"""The engine on small rule books of its own: what is unknown stays unknown, what collides is named, entries act on each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.check import check_record
from app.check_text import when_text
from app.errors import InputError, RuleConflict
from corpus.load import CorpusError, load
from corpus.rule_load import _BookReader, _shared_fields
from corpus.rules import RuleBook

ROOT = Path(__file__).parent.parent / "corpus"
LAW = "uk-ew/roa-1974/5/2"
WORDS = {"en": "words", "de": "Worte", "zh": "词"}
DAY = date(2026, 11, 25)


def _rule(**parts: Any) -> dict[str, Any]:
    return {"id": "one", "track": "automatic", "title": WORDS, "authority": [LAW], **parts}


def _book(
    tmp_path: Path, rules: list[dict[str, Any]], together: list[dict[str, Any]] | None = None, **extra: Any
) -> RuleBook:
    effect = {"effect": "spent", "name": WORDS, "meaning": WORDS, "rules": rules, "together": together or []}
    content = {
        "jurisdiction": "uk-ew",
        "checked_on": date(2026, 1, 1),
        "counting": "from_day",
        "effects": [effect],
        **extra,
    }
    folder = tmp_path / "uk-ew"
    folder.mkdir(exist_ok=True)
    path = folder / "rules.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    faults: list[str] = []
    book = _BookReader(load(), path, "corpus/uk-ew/rules.yaml", _shared_fields(ROOT, faults), faults).book()
    if faults or book is None:
        raise CorpusError(faults)
    return book


def _outcomes(
    book: RuleBook, entries: list[dict[str, Any]], day: date = DAY, **person: Any
) -> list[list[dict[str, Any]]]:
    record = {"jurisdiction": "uk-ew", "entries": entries, **person}
    return [result["outcomes"] for result in check_record(record, {"uk-ew": book}, day).to_json()["results"]]


def _one(book: RuleBook, entry: dict[str, Any], **person: Any) -> dict[str, Any]:
    ((outcome,),) = _outcomes(book, [entry], **person)
    return outcome


YEAR = [{"period": "P1Y", "starts": "conviction_date"}]


def test_a_missing_fact_is_asked_for_and_gives_bounds(tmp_path: Path) -> None:
    waits = [
        {
            "id": "adult",
            "when": {"age": {"at": "conviction_date", "at_least": 18}},
            "period": "P2Y",
            "starts": "conviction_date",
        },
        {
            "id": "youth",
            "when": {"age": {"at": "conviction_date", "under": 18}},
            "period": "P1Y",
            "starts": "conviction_date",
        },
    ]
    outcome = _one(_book(tmp_path, [_rule(waits=waits)]), {"conviction_date": "2026-01-10"})
    assert (outcome["not_before"], outcome["not_after"]) == ("2027-01-10", "2028-01-10")
    assert outcome["missing"][0]["field"] == "born"


def test_a_fact_that_changes_nothing_is_not_asked_for(tmp_path: Path) -> None:
    bar = {"when": {"all": ["violent", {"kind": "caution"}]}, "because": WORDS, "authority": [LAW]}
    outcome = _one(
        _book(tmp_path, [_rule(waits=YEAR, unless=[bar])]), {"kind": "conviction", "conviction_date": "2020-01-10"}
    )
    assert (outcome["status"], outcome["missing"]) == ("reached", [])


def test_an_unknown_exclusion_leaves_the_day_as_a_lower_bound(tmp_path: Path) -> None:
    bar = {"when": "violent", "because": WORDS, "authority": [LAW]}
    outcome = _one(_book(tmp_path, [_rule(waits=YEAR, unless=[bar])]), {"conviction_date": "2020-01-10"})
    assert (outcome["status"], outcome["date"], outcome["not_before"]) == ("needs_information", None, "2021-01-10")


def test_with_the_list_of_true_facts_all_others_are_false(tmp_path: Path) -> None:
    bar = {"when": "violent", "because": WORDS, "authority": [LAW]}
    book = _book(tmp_path, [_rule(waits=YEAR, unless=[bar])])
    assert _one(book, {"conviction_date": "2020-01-10", "only": []})["status"] == "reached"
    assert _one(book, {"conviction_date": "2020-01-10", "only": ["violent"]})["status"] == "never"


def test_two_rows_that_hold_and_differ_are_an_error_that_names_both(tmp_path: Path) -> None:
    waits = [
        {"id": "a", "period": "P1Y", "starts": "conviction_date"},
        {"id": "b", "period": "P2Y", "starts": "conviction_date"},
    ]
    with pytest.raises(RuleConflict, match="rule one: a and b both hold"):
        _one(_book(tmp_path, [_rule(waits=waits)]), {"conviction_date": "2020-01-10"})


def test_a_later_entry_within_the_time_starts_it_again_and_one_after_it_does_not(tmp_path: Path) -> None:
    restart = {"where": {"kind": "conviction"}, "authority": [LAW]}
    book = _book(tmp_path, [_rule(waits=YEAR, restarts=[restart])])
    within = [
        {"kind": "conviction", "conviction_date": "2020-01-10"},
        {"kind": "conviction", "conviction_date": "2020-06-10"},
    ]
    after = [
        {"kind": "conviction", "conviction_date": "2020-01-10"},
        {"kind": "conviction", "conviction_date": "2022-06-10"},
    ]
    assert _outcomes(book, within)[0][0]["date"] == "2021-06-10"
    assert _outcomes(book, after)[0][0]["date"] == "2021-01-10"


def test_what_is_so_now_keeps_the_effect_back_for_an_unknown_time(tmp_path: Path) -> None:
    hold = {"when": "pending_charges", "because": WORDS, "authority": [LAW]}
    book = _book(tmp_path, [_rule(waits=YEAR, holds=[hold])])
    outcome = _one(book, {"conviction_date": "2020-01-10"}, pending_charges=True)
    assert (outcome["status"], outcome["date"], outcome["not_before"]) == ("future", None, "2021-01-10")
    assert _one(book, {"conviction_date": "2020-01-10"}, pending_charges=False)["status"] == "reached"


def test_entries_that_run_at_once_end_together_and_it_chains(tmp_path: Path) -> None:
    book = _book(tmp_path, [_rule(waits=YEAR)], [{"because": WORDS, "authority": [LAW]}])
    days = ["2020-01-10", "2020-12-10", "2021-11-10", "2024-01-10"]
    ends = [outcomes[0]["date"] for outcomes in _outcomes(book, [{"conviction_date": day} for day in days])]
    assert ends == ["2022-11-10", "2022-11-10", "2022-11-10", "2025-01-10"]


def test_only_a_later_entry_of_the_named_kind_makes_them_end_together(tmp_path: Path) -> None:
    book = _book(tmp_path, [_rule(waits=YEAR)], [{"because": WORDS, "authority": [LAW], "later": "violent"}])
    entries = [{"conviction_date": "2020-01-10", "violent": True}, {"conviction_date": "2020-06-10", "violent": False}]
    assert [outcomes[0]["date"] for outcomes in _outcomes(book, entries)] == ["2021-01-10", "2021-06-10"]


def test_an_entry_that_never_gets_there_shuts_out_earlier_ones_only_where_the_law_says_so(tmp_path: Path) -> None:
    bar = {"when": "violent", "because": WORDS, "authority": [LAW]}
    entries = [{"conviction_date": "2020-01-10", "violent": False}, {"conviction_date": "2020-06-10", "violent": True}]
    for never_holds, status in (("later", "never"), ("none", "reached")):
        book = _book(
            tmp_path,
            [_rule(waits=YEAR, unless=[bar])],
            [{"because": WORDS, "authority": [LAW], "never_holds": never_holds}],
        )
        assert _outcomes(book, entries)[0][0]["status"] == status


def test_consecutive_terms_are_added_and_concurrent_ones_are_not(tmp_path: Path) -> None:
    waits = [
        {"id": "short", "when": {"term": {"up_to": "P1Y"}}, "period": "P1Y", "starts": "conviction_date"},
        {"id": "long", "when": {"term": {"over": "P1Y"}}, "period": "P4Y", "starts": "conviction_date"},
    ]
    book = _book(tmp_path, [_rule(waits=waits)])
    for runs, end in (("concurrent", "2021-01-10"), ("consecutive", "2024-01-10")):
        sentences = [{"type": "imprisonment", "length": "P8M"}, {"type": "imprisonment", "length": "P8M", "runs": runs}]
        assert _one(book, {"conviction_date": "2020-01-10", "sentences": sentences})["date"] == end
    open_ = _one(book, {"conviction_date": "2020-01-10", "sentences": [{"length": "P8M"}, {"length": "P8M"}]})
    assert (open_["not_before"], open_["not_after"]) == ("2021-01-10", "2024-01-10")


def test_a_law_enacted_for_later_counts_from_its_first_day_and_not_before_it_was_enacted(tmp_path: Path) -> None:
    book = _book(tmp_path, [_rule(waits=YEAR, **{"from": date(2028, 7, 1), "enacted": date(2025, 1, 1)})])
    assert _one(book, {"conviction_date": "2020-01-10"})["date"] == "2028-07-01"
    ((outcome,),) = _outcomes(book, [{"conviction_date": "2020-01-10"}], date(2024, 1, 1))
    assert outcome["status"] == "not_covered"


def test_the_law_of_the_day_is_applied(tmp_path: Path) -> None:
    old = _rule(waits=[{"period": "P5Y", "starts": "conviction_date"}], to=date(2023, 10, 27))
    new = _rule(id="two", waits=YEAR, **{"from": date(2023, 10, 28)})
    book = _book(tmp_path, [old, new])
    entry = [{"conviction_date": "2020-01-10"}]
    assert _outcomes(book, entry, date(2023, 10, 27))[0][0]["date"] == "2025-01-10"
    assert _outcomes(book, entry, date(2023, 10, 28))[0][0]["date"] == "2021-01-10"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("§ 177 StGB", "never"),
        ("177", "never"),
        ("§ 242 StGB", "reached"),
        ("§ 29 BtMG", "reached"),
        ("§§ 242, 176a StGB", "never"),
    ],
)
def test_the_provision_that_was_broken_decides_without_a_question(tmp_path: Path, code: str, status: str) -> None:
    bar = {"when": {"code": ["StGB 174-180", "StGB 182"]}, "because": WORDS, "authority": [LAW]}
    book = _book(tmp_path, [_rule(waits=YEAR, unless=[bar])])
    assert _one(book, {"conviction_date": "2020-01-10", "offence_code": code})["status"] == status


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"kind": "convicted"}, r"entries\[0\].kind: 'convicted' is no value of it; did you mean conviction"),
        ({"convicton_date": "2020"}, r"entries\[0\].convicton_date: is no field here; did you mean conviction_date"),
        ({"conviction_date": "2020-02-30"}, "is not a day of the calendar"),
        ({"offence_date": "2021", "conviction_date": "2020"}, "conviction_date: lies before offence_date"),
        ({"conviction_date": "1980"}, "lies not after the date of birth"),
        ({"sentences": [{"length": "6 months"}]}, r"sentences\[0\].length: '6 months' is not a period"),
        ({"sentences": [{"starts_on": "2021", "ends_on": "2020"}]}, "ends_on: lies before starts_on"),
        ({"conviction_date": "2027"}, "lies after 2026-11-25"),
        ({"violent": "yes"}, "give true or false"),
    ],
)
def test_a_faulty_record_is_refused_in_one_line_with_place_and_next_step(
    tmp_path: Path, entry: dict[str, Any], fault: str
) -> None:
    with pytest.raises(InputError, match=fault) as raised:
        _one(_book(tmp_path, [_rule(waits=YEAR)]), entry, born="1985")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"waits": [{"period": "P1Y", "starts": "convicted_on"}]}, "convicted_on is no field"),
        ({"waits": [{"period": "P1.5Y", "starts": "conviction_date"}]}, "'P1.5Y' has parts of days or of months"),
        ({"waits": [{"period": "P1Y"}]}, "write period with starts"),
        ({"waits": YEAR, "applies": {"kind": "convction"}}, "'convction' is no value of it; nearest is conviction"),
        ({"waits": YEAR, "authority": ["uk-ew/roa-1974/99"]}, "authority uk-ew/roa-1974/99 is not in the corpus"),
        ({}, "has neither waits nor bars"),
    ],
)
def test_a_faulty_rule_is_named_with_its_place(tmp_path: Path, parts: dict[str, Any], fault: str) -> None:
    with pytest.raises(CorpusError, match=fault) as raised:
        _book(tmp_path, [_rule(**parts)])
    assert "corpus/uk-ew/rules.yaml, rule one" in str(raised.value)


def test_an_entry_shut_out_by_one_that_never_ends_makes_no_third_endless(tmp_path: Path) -> None:
    rule = _rule(
        applies={"kind": "conviction"},
        unless=[{"when": "violent", "because": WORDS, "authority": LAW}],
        waits=[{"period": "P1Y", "starts": "conviction_date"}],
    )
    book = _book(tmp_path, [rule], [{"because": WORDS, "authority": LAW, "never_holds": "later"}])
    first, never, last = _outcomes(
        book,
        [
            {"kind": "conviction", "conviction_date": "2004-07-10", "violent": False},
            {"kind": "conviction", "conviction_date": "2004-09-12", "violent": True},
            {"kind": "conviction", "conviction_date": "2012-02-07", "violent": False},
        ],
    )
    assert [first[0]["status"], never[0]["status"]] == ["never", "never"]
    assert last[0]["date"] == "2013-02-07"


def _effects(tmp_path: Path, waits: list[dict[str, Any]]) -> RuleBook:
    below = {"effect": "hidden", "name": WORDS, "meaning": WORDS}
    above = {"effect": "spent", "name": WORDS, "meaning": WORDS, "rules": [_rule(waits=waits)]}
    follows = {**below, "rules": [_rule(id="two", waits=[{"on_day": {"outcome": "spent"}}])]}
    return _book(tmp_path, [], effects=[above, follows])


def test_an_effect_that_follows_another_asks_for_what_the_other_lacks(tmp_path: Path) -> None:
    book = _effects(tmp_path, [{"period": "P1Y", "starts": "paid_on"}])
    ((_, below),) = _outcomes(book, [{"kind": "conviction"}])
    assert below["status"] == "needs_information"
    assert [missing["field"] for missing in below["missing"]] == ["entries[0].paid_on"]


def test_an_effect_that_follows_one_that_never_comes_never_comes(tmp_path: Path) -> None:
    book = _effects(tmp_path, [{"period": "P1Y", "starts": "paid_on"}])
    ((_, below),) = _outcomes(book, [{"kind": "conviction", "paid_on": "none"}])
    assert below["status"] == "never"


def test_an_entry_that_no_other_acts_on_is_not_said_to_be_extended(tmp_path: Path) -> None:
    rules = [
        _rule(applies={"kind": "caution", "violent": True}, waits=[{"on_day": "given_on"}]),
        _rule(id="two", track="petition", applies={"kind": "caution"}, waits=[{"on_day": "given_on"}]),
    ]
    book = _book(tmp_path, rules, [{"because": WORDS, "authority": LAW, "held": {"kind": "conviction"}}])
    (outcomes,) = _outcomes(book, [{"kind": "caution", "given_on": "2020-01-01"}])
    assert not any("acts on this one" in step["text"] for outcome in outcomes for step in outcome["steps"])


# -- which entries stand beside each other -----------------------------------------------------------------------------

_BESIDE = {"entries": {"where": {"kind": "conviction"}, "which": "others", "running": "spent"}}
_LONGER_BESIDE = [
    {"id": "alone", "when": {"not": "beside"}, "period": "P5Y", "starts": "conviction_date"},
    {"id": "beside", "when": "beside", "period": "P10Y", "starts": "conviction_date"},
]


def _two(first: str, second: str) -> list[dict[str, Any]]:
    return [{"kind": "conviction", "conviction_date": day, "sentences": []} for day in (first, second)]


def test_an_entry_that_is_still_running_when_another_is_made_lengthens_both(tmp_path: Path) -> None:
    book = _book(tmp_path, [_rule(waits=_LONGER_BESIDE)], definitions={"beside": _BESIDE})
    days = [outcome["date"] for (outcome,) in _outcomes(book, _two("2010-01-01", "2014-12-31"))]
    assert days == ["2020-01-01", "2024-12-31"]


def test_an_entry_that_was_over_before_another_was_made_lengthens_neither(tmp_path: Path) -> None:
    book = _book(tmp_path, [_rule(waits=_LONGER_BESIDE)], definitions={"beside": _BESIDE})
    days = [outcome["date"] for (outcome,) in _outcomes(book, _two("2010-01-01", "2015-01-01"))]
    assert days == ["2015-01-01", "2020-01-01"]


def test_an_entry_comes_back_while_a_later_one_that_it_still_stands_beside_has_the_effect_ahead(tmp_path: Path) -> None:
    erased = {
        "effect": "erased",
        "name": WORDS,
        "meaning": WORDS,
        "rules": [_rule(waits=[{"period": "P10Y", "starts": "conviction_date"}])],
    }
    shown = {
        "effect": "spent",
        "name": WORDS,
        "meaning": WORDS,
        "rules": [_rule(waits=[{"period": "P3Y", "starts": "conviction_date"}])],
        "together": [{"because": WORDS, "authority": [LAW], "running": "erased"}],
    }
    book = _book(tmp_path, [], effects=[erased, shown])
    (_, first), _ = _outcomes(book, _two("2010-01-01", "2019-12-31"))
    assert first["date"] == "2022-12-31"
    (_, first), _ = _outcomes(book, _two("2010-01-01", "2020-01-01"))
    assert first["date"] == "2013-01-01"


def test_running_cannot_name_an_effect_below(tmp_path: Path) -> None:
    first = {"effect": "erased", "name": WORDS, "meaning": WORDS, "rules": [_rule(waits=_LONGER_BESIDE)]}
    second = {
        "effect": "spent",
        "name": WORDS,
        "meaning": WORDS,
        "rules": [_rule(waits=[{"on_day": "conviction_date"}])],
    }
    with pytest.raises(CorpusError, match="neither this effect nor one above it"):
        _book(tmp_path, [], effects=[first, second], definitions={"beside": _BESIDE})


def test_each_conviction_that_stands_beside_adds_a_year_and_a_chain_counts_all(tmp_path: Path) -> None:
    each = {"over_entries": "P1Y", "where": {"kind": "conviction"}, "running": "spent", "which": "all", "at_least": 2}
    rule = _rule(waits=[{"period": {"sum": ["P5Y", each]}, "starts": "conviction_date"}])
    book = _book(tmp_path, [rule], [{"because": WORDS, "authority": [LAW]}])
    entries = [*_two("2005-01-31", "2008-01-31"), *_two("2014-01-31", "2030-01-01")[:1]]
    assert [outcome["date"] for (outcome,) in _outcomes(book, entries)] == ["2022-01-31"] * 3


def test_the_sum_of_several_entries_can_decide_a_row(tmp_path: Path) -> None:
    total = {"over_entries": {"total": True}, "where": {"kind": "conviction"}, "which": "all"}
    waits = [
        {"id": "short", "period": "P5Y", "starts": "conviction_date"},
        {
            "id": "long",
            "when": {"length_of": {"length": total, "over": "P1Y"}},
            "period": "P10Y",
            "starts": "conviction_date",
        },
    ]
    book = _book(tmp_path, [_rule(waits=waits, take="longest")])
    entry = {"kind": "conviction", "conviction_date": "2010-01-31", "sentences": [{"length": "P8M"}]}
    assert [o["date"] for (o,) in _outcomes(book, [entry])] == ["2015-01-31"]
    assert [o["date"] for (o,) in _outcomes(book, [entry, entry])] == ["2020-01-31", "2020-01-31"]


def test_a_length_over_entries_in_an_unknown_form_is_refused(tmp_path: Path) -> None:
    waits = [{"period": {"over_entries": "P1Y", "whose": "all"}, "starts": "conviction_date"}]
    with pytest.raises(CorpusError, match="whose is not known"):
        _book(tmp_path, [_rule(waits=waits)])


def test_an_open_question_about_a_known_day_names_the_day_once(tmp_path: Path) -> None:
    bar = {"when": "violent", "because": WORDS, "authority": [LAW]}
    record = {"jurisdiction": "uk-ew", "entries": [{"conviction_date": "2020-01-10"}]}
    ((result,),) = [
        one.outcomes
        for one in check_record(record, {"uk-ew": _book(tmp_path, [_rule(waits=YEAR, unless=[bar])])}, DAY).results
    ]
    assert when_text(result, "en") == "not before 10 January 2021"
