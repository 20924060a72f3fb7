"""`cleanslate analyze`: what it prints and writes, and that every mistake is met with one line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from analysis_figures import FOLDER

from app import cli

ARTICLE = FOLDER / "england-false.md"


class Shell:
    """Runs the command in this process, with its arguments as a shell would give them."""

    def __init__(self, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self._patch, self._captured = patch, captured

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._patch.setattr(sys, "argv", ["cleanslate", "analyze", *map(str, arguments)])
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        out, err = self._captured.readouterr()
        return status, out, err


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


def test_the_offsets_of_the_json_count_in_the_text_that_is_written(shell: Shell, tmp_path: Path) -> None:
    status, out, err = shell(ARTICLE, "--json", "--as-of", "2026-11-25", "--text-out", tmp_path / "text.txt")
    plain = json.loads(out)
    text = (tmp_path / "text.txt").read_text(encoding="utf-8")

    assert (status, err) == (0, f"wrote {tmp_path / 'text.txt'}\n")
    assert len(text) == plain["document"]["characters"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in (*plain["claims"], *plain["references"]))


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_a_report_is_written_in_the_format_of_its_name(ending: str, shell: Shell, tmp_path: Path) -> None:
    status, out, _ = shell(ARTICLE, "--report", tmp_path / f"report.{ending}")

    assert status == 0
    assert "contradicted" in out
    assert (tmp_path / f"report.{ending}").stat().st_size > 1_000


def test_a_document_is_read_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(b"In New Zealand convictions are concealed after seven years.")

    monkeypatch.setattr(sys, "stdin", Piped())
    status, out, _ = shell("-", "--json")

    assert status == 0
    assert [claim["verdict"] for claim in json.loads(out)["claims"]] == ["supported"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.pdf"], "there is no such file"),
        ([str(FOLDER)], "is not a file"),
        ([str(ARTICLE), "--report", "report.exe"], "end it in .md, .html or .docx"),
        ([str(ARTICLE), "--as-of", "yesterday"], "is not a date"),
        ([str(ARTICLE), "--text-out", "/nowhere/text.txt"], "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: list[str], says: str, shell: Shell) -> None:
    status, _, err = shell(*arguments)

    assert status == 2
    assert says in err
    assert err.startswith("cleanslate: ")
    assert err.count("\n") == 1
