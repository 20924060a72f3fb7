"""The days of a check as a picture and as a derivation: the record's own days, the period, what lengthens it, the day of the effect."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from app.check import Check, check_record
from app.check_text import explained
from app.cli import cli
from app.render_timeline import timeline_file
from corpus import Corpus
from corpus.citations import Citations
from corpus.rule_load import load_rules

TWO = {
    "jurisdiction": "uk-ew",
    "born": "1985-03-01",
    "entries": [
        {
            "id": "a",
            "kind": "conviction",
            "offence": "theft <b>",
            "offence_date": "2014-05-02",
            "conviction_date": "2015-01-10",
            "sentences": [{"type": "custody", "length": "P14M"}],
        },
        {"id": "b", "kind": "conviction", "conviction_date": "2016-06-01", "sentences": [{"type": "fine"}]},
    ],
}


def checked(record: dict[str, Any] = TWO) -> Check:
    return check_record(record, load_rules(), date(2026, 11, 25))


def test_the_picture_marks_the_days_of_the_record_the_period_and_what_lengthens_it() -> None:
    drawn = etree.fromstring(timeline_file(checked()).encode())
    titles = [one.text for one in drawn.iter("{*}title")]

    assert "date of the offence: 2 May 2014" in titles
    assert "period: 1 June 2016 – 1 June 2017" in titles
    assert "lengthened: 1 June 2017 – 9 March 2020" in titles
    assert "theft <b>" in "".join(drawn.itertext())


def test_a_record_without_a_day_is_not_drawn() -> None:
    assert timeline_file(checked({"jurisdiction": "uk-ew", "entries": [{"kind": "conviction"}]})) == ""


def test_the_derivation_goes_from_the_days_of_the_record_to_the_result_with_its_provisions(corpus: Corpus) -> None:
    told = explained(checked(), Citations(corpus))

    assert told.index("date of conviction: 10 January 2015") < told.index("Because:") < told.index("Therefore: spent")
    assert "[ROA 1974 s 6(4); " in told


def test_the_command_writes_the_picture_beside_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record, picture = tmp_path / "record.json", tmp_path / "days.svg"
    record.write_text(json.dumps(TWO), encoding="utf-8")
    cli(["check", str(record), "--explain", "--timeline", str(picture)], standalone_mode=False)

    assert "Therefore: spent, from 9 March 2020" in capsys.readouterr().out
    assert picture.read_text(encoding="utf-8").startswith("<svg")
