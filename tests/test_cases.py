"""The worked cases of tests/cases: each is a record as of a day and what the law does with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.check import check_record
from corpus.rule_load import load_rules

CASES = Path(__file__).parent / "cases"


def _plain(value: Any) -> Any:
    """YAML reads dates; records are JSON and hold text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            found.append(pytest.param(path.stem, _plain(case), id=f"{path.stem}: {case['name']}"))
    return found


def _outcomes(jurisdiction: str, case: dict[str, Any], as_of: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    record = {"jurisdiction": jurisdiction, **case["record"]}
    checked = check_record(record, load_rules(), date.fromisoformat(as_of)).to_json()
    entry = next(result for result in checked["results"] if result["entry"] == str(wanted["entry"]))
    return [
        outcome
        for outcome in entry["outcomes"]
        if outcome["effect"] == wanted["effect"]
        and wanted.get("track", outcome["track"]) == outcome["track"]
        and (wanted.get("rule") is None or wanted["rule"] in outcome["rules"])
    ]


def _compare(outcome: dict[str, Any], wanted: dict[str, Any]) -> None:
    for key in ("status", "date", "not_before", "not_after"):
        if key in wanted:
            assert outcome[key] == wanted[key], f"{key}: {outcome}"
    cited = {id_ for step in outcome["steps"] for id_ in step["citations"]}
    assert set(wanted.get("cites", [])) <= cited, f"cited are {sorted(cited)}"
    asked = {missing["field"].rpartition(".")[2] for missing in outcome["missing"]}
    assert set(wanted.get("missing", [])) <= asked, f"asked for are {sorted(asked)}"


@pytest.mark.parametrize(("jurisdiction", "case"), _cases())
def test_a_worked_case_comes_out_as_its_source_says(jurisdiction: str, case: dict[str, Any]) -> None:
    assert case["source"], "a case names its source"
    for wanted in case["expect"]:
        found = _outcomes(jurisdiction, case, case["as_of"], wanted)
        if wanted.get("absent"):
            assert not found
            continue
        assert len(found) == 1, f"one outcome expected for {wanted}, found {found}"
        _compare(found[0], wanted)
        for day, status in wanted.get("days", {}).items():
            (on_day,) = _outcomes(jurisdiction, case, day, wanted)
            assert on_day["status"] == status, f"on {day}: {on_day}"
