"""The `cleanslate` command: what it prints, and that every mistake is met with one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app import cli
from app.ask import Atlas

ROOT = Path(__file__).parent.parent
ASK_KEYS = {"question", "language", "as_of", "status", "answer", "comparison", "passages", "notes"}
PASSAGE_KEYS = {
    "id",
    "jurisdiction",
    "instrument",
    "citation",
    "heading",
    "text",
    "kind",
    "language",
    "in_force_from",
    "in_force_to",
    "checked_on",
    "url",
    "score",
}


class Shell:
    """Runs the command in this process, with its arguments as a shell would give them."""

    def __init__(self, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self._patch, self._captured = patch, captured

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._patch.setattr(sys, "argv", ["cleanslate", *map(str, arguments)])
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


@pytest.fixture
def answering(shell: Shell, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The same, with the index that is open already."""
    monkeypatch.setattr(cli, "_atlas", lambda: atlas)
    return shell


def is_one_line(err: str) -> bool:
    return err.startswith("cleanslate: ") and err.endswith("\n") and err.count("\n") == 1 and "Traceback" not in err


# -- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.encoder
def test_an_answer_as_json_has_the_keys_of_the_contract(answering: Shell) -> None:
    status, out, err = answering("ask", "When is a fine spent in England?", "--json", "--as-of", "2026-06-01")

    plain = json.loads(out)
    assert (status, err) == (0, "")
    assert set(plain) >= ASK_KEYS
    assert (plain["status"], plain["language"], plain["as_of"]) == ("answered", "en", "2026-06-01")
    assert all(set(one) >= {"text", "jurisdiction", "citations"} for one in plain["answer"])
    assert all(set(one) >= PASSAGE_KEYS for one in plain["passages"])
    assert [one["score"] for one in plain["passages"]] == sorted(
        (one["score"] for one in plain["passages"]), reverse=True
    )


@pytest.mark.encoder
def test_a_comparison_in_an_answer_has_the_keys_of_the_contract(answering: Shell) -> None:
    _, out, _ = answering(
        "ask", "How long until a conviction is sealed or erased in Germany and in New York?", "--json"
    )

    comparison = json.loads(out)["comparison"]
    assert [row["jurisdiction"] for row in comparison["rows"]] == ["de", "us-ny"]
    cells = [row["cells"][dimension] for row in comparison["rows"] for dimension in comparison["dimensions"]]
    assert all(set(cell) >= {"text", "value", "unit", "citations"} for cell in cells)


@pytest.mark.encoder
def test_an_honest_not_covered_is_an_answer_and_exits_with_0(answering: Shell) -> None:
    status, out, err = answering("ask", "How do I get a theft conviction expunged in Texas?", "--json")

    assert (status, err) == (0, "")
    assert json.loads(out)["status"] == "not_covered"


@pytest.mark.encoder
def test_an_answer_as_text_names_its_sources_by_number_and_carries_the_disclaimer(answering: Shell) -> None:
    status, out, _ = answering("ask", "When is a fine spent in England?")

    assert status == 0
    assert out.startswith(f"Answered ({date.today().isoformat()})")
    assert "[1]" in out.split("\n\n")[1]
    assert "(uk-ew/roa-1974/5/2) · our restatement" in out
    assert out.endswith("General information, not legal advice.\n")


@pytest.mark.encoder
def test_a_file_of_questions_gives_a_line_for_each(answering: Shell, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "question": "How long is the waiting period for a felony?", "jurisdictions": ["us-ny"]},
        {"id": 2, "question": "治安管理处罚法第136条规定了什么?", "as_of": "2026-02-03"},
    ]
    batch.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")

    status, out, err = answering("ask", "--batch", batch)

    first, second = map(json.loads, out.splitlines())
    assert (status, err) == (0, "")
    assert (first["id"], second["id"]) == ("a", 2)
    assert {one["jurisdiction"] for one in first["answer"]} == {"us-ny"}
    assert (second["language"], second["as_of"]) == ("zh", "2026-02-03")


@pytest.mark.encoder
def test_the_language_and_the_places_can_be_chosen(answering: Shell) -> None:
    _, out, _ = answering("ask", "who still sees the record", "-j", "us-pa", "-j", "Utah", "--lang", "de", "--json")

    plain = json.loads(out)
    assert plain["language"] == "de"
    assert {one["jurisdiction"] for one in plain["passages"]} <= {"us-pa", "us-ut", "us", "x"}


@pytest.mark.encoder
def test_compare_prints_a_cited_cell_for_each_place(answering: Shell) -> None:
    _, out, _ = answering("compare", "de", "England", "--on", "waiting_period")
    _, plain, _ = answering("compare", "de", "England", "--on", "waiting_period", "--json")

    assert "Germany [" in out
    assert "England and Wales [" in out
    assert f"({', '.join(json.loads(plain)['rows'][1]['cells']['waiting_period']['citations'][:1])}" in out
    assert [row["jurisdiction"] for row in json.loads(plain)["rows"]] == ["de", "uk-ew"]


@pytest.mark.encoder
@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_compare_writes_files(kind: str, begins: bytes, answering: Shell, tmp_path: Path) -> None:
    path = tmp_path / f"table.{kind}"
    status, out, err = answering("compare", "de", "cn", "--on", "trigger", f"--{kind}", path)

    assert (status, out, err) == (0, "", f"wrote {path}\n")
    assert path.read_bytes().startswith(begins)


@pytest.mark.encoder
def test_show_prints_a_provision_in_both_of_its_languages(answering: Shell) -> None:
    status, out, _ = answering("show", "§ 36 BZRG")
    _, plain, _ = answering("show", "§ 36 BZRG", "--json")

    assert status == 0
    assert out.startswith("§ 36 BZRG  Start of the period")
    assert "[de] " in out
    assert "https://www.gesetze-im-internet.de/bzrg/__36.html" in out
    assert [one["id"] for one in json.loads(plain)["passages"]] == ["de/bzrg/36"]


# -- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", ""], "question: it is empty"),
        (["ask"], "question: it is empty"),
        (["ask", "   \n"], "question: it is empty"),
        (["ask", "a" * 100_000], "question: 100,000 characters; at most 2,000"),
        (["ask", "when \x07 spent"], "control characters"),
        (["ask", "\x00\x01\x02\ufffd"], "control characters"),
        (["ask", "fine", "-j", "Atlantis"], "jurisdiction 'Atlantis': not known; use an id such as uk-ew"),
        (["ask", "fine", "-j", ""], "jurisdiction '': not known"),
        (["ask", "fine", "--as-of", "31.12.2026"], "--as-of: '31.12.2026' is not a date; write YYYY-MM-DD"),
        (["ask", "fine", "--as-of", "2026-02-30"], "--as-of: '2026-02-30' is not a date"),
        (["ask", "fine", "--lang", "fr"], "--lang: 'fr' is not available; choose en, de or zh"),
        (["ask", "fine", "--batch", "/nowhere/q.jsonl"], "/nowhere/q.jsonl: cannot be read"),
        (["ask", "fine", "--colour"], "No such option"),
        (["compare", "de"], "a comparison takes 2 to 12"),
        (["compare", "de", "Atlantis"], "jurisdiction 'Atlantis': not known"),
        (["compare", "de", "cn", "--on", "weather"], "dimension 'weather': not known; use one of legal_nature"),
        (["compare", "de", "cn", "--csv", "/nowhere/t.csv"], "/nowhere/t.csv: cannot be written"),
        (["compare"], "Missing argument"),
        (["show", "§ 999 BZRG"], "§ 999 BZRG: BZRG is in the corpus"),
        (["show", "nothing"], "cite for example § 34 Abs. 1 BZRG"),
        (["show", ""], "it is empty"),
        (["serve", "--port", "99999"], "Invalid value"),
        (["dance"], "No such command 'dance'"),
    ],
)
def test_what_a_user_gets_wrong_is_one_line_on_stderr_and_exit_status_2(
    arguments: list[str], says: str, answering: Shell
) -> None:
    status, out, err = answering(*arguments)

    assert (status, out) == (2, "")
    assert says in err
    assert is_one_line(err)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "q.jsonl:2: not a JSON object"),
        ("[1, 2]", "q.jsonl:2: id or question is missing"),
        ('{"id": "b"}', "q.jsonl:2: id or question is missing"),
        ('{"question": "fine?"}', "q.jsonl:2: id or question is missing"),
        ('{"id": "b", "question": 7}', "q.jsonl:2: id or question is missing"),
        ('{"id": "b", "question": ""}', "q.jsonl:2: question: it is empty"),
        ('{"id": "b", "question": "fine", "as_of": "soon"}', "q.jsonl:2: 'soon' is not a date"),
        ('{"id": "b", "question": "fine", "jurisdictions": ["Atlantis"]}', "q.jsonl:2: jurisdiction 'Atlantis'"),
        ('{"id": "b", "question": "fine", "jurisdictions": "de"}', "q.jsonl:2: jurisdictions"),
        ('{"id": "b", "question": "fine", "jurisdictions": [7]}', "q.jsonl:2: jurisdictions"),
    ],
)
def test_a_broken_line_of_a_batch_is_named_by_its_number(
    line: str, says: str, answering: Shell, tmp_path: Path
) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text(f'{{"id": "a", "question": "When is a fine spent in England?"}}\n{line}\n', encoding="utf-8")

    status, _, err = answering("ask", "--batch", batch)

    assert status == 2
    assert says in err
    assert is_one_line(err)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b"\x80binary"])
def test_a_batch_that_is_no_text_is_refused(content: bytes, shell: Shell, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_bytes(content)

    status, _, err = shell("ask", "--batch", batch)

    assert status == 2
    assert "cannot be read as UTF-8 text" in err
    assert is_one_line(err)


def test_a_missing_index_is_one_line_with_the_command_that_builds_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLEANSLATE_INDEX", str(tmp_path / "none"))

    status, out, err = shell("ask", "When is a fine spent?")

    assert (status, out) == (2, "")
    assert err == f"cleanslate: {tmp_path / 'none'}: there is no index; build it with: python -m indexer build\n"


def test_a_broken_corpus_is_one_line_that_counts_the_other_faults(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus import CorpusError

    def broken() -> Atlas:
        raise CorpusError(["corpus/x.yaml:1: is not valid YAML", "corpus/y.yaml: is missing"])

    monkeypatch.setattr(cli, "_atlas", broken)

    status, _, err = shell("ask", "When is a fine spent?")

    assert status == 2
    assert err == "cleanslate: corpus/x.yaml:1: is not valid YAML (and 1 more; list them with: python -m corpus)\n"


# -- as its own process ----------------------------------------------------------------------------------------------


def process(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.encoder
@pytest.mark.usefixtures("atlas")
def test_from_the_shell_an_answer_is_json_on_stdout_and_nothing_else() -> None:
    done = process("ask", "When is a fine spent in England?", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "answered"


@pytest.mark.encoder
@pytest.mark.usefixtures("atlas")
def test_from_the_shell_a_missing_model_is_one_line_and_exit_status_2() -> None:
    done = process("ask", "When is a fine spent in England?", CLEANSLATE_MODEL="/nonexistent")

    assert (done.returncode, done.stdout) == (2, "")
    assert "/nonexistent" in done.stderr
    assert is_one_line(done.stderr)


def test_from_the_shell_a_missing_index_is_one_line_and_exit_status_2(tmp_path: Path) -> None:
    done = process("ask", "When is a fine spent in England?", CLEANSLATE_INDEX=str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_line(done.stderr)


def test_help_names_every_command() -> None:
    done = process("--help", COLUMNS="200")

    assert done.returncode == 0
    assert [name for name in ("ask", "compare", "show", "serve") if f" {name} " not in done.stdout] == []
    assert "not legal advice" in done.stdout
