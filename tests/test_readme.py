"""What the README says is so: its table, its commands, its links, its code and the licences."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli import cli
from corpus import load
from corpus.__main__ import parser as corpus_parser
from corpus.coverage import BEGIN, END, coverage
from indexer.__main__ import app as indexer_cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = {("cleanslate",): cli, ("python", "-m", "app"): cli, ("python", "-m", "indexer"): indexer_cli}


def blocks(*languages: str) -> Iterator[str]:
    return (body for language, body in FENCE.findall(README) if language in languages)


def command_lines() -> list[str]:
    """Every line of a shell block that is typed: after `$ ` where there is output too, else all."""
    typed = []
    for block in blocks("sh", "console"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        prompted = [line[2:] for line in lines if line.startswith("$ ")]
        typed += prompted or lines
    return typed


def parse(program: Any, words: list[str]) -> None:
    """Let the command line's own parser read `words`, without running anything."""
    group = typer.main.get_command(program)
    name, *rest = words
    commands: dict[str, Any] = group.commands  # type: ignore[attr-defined]  # a Typer with several commands is a group
    assert name in commands, f"there is no command {name}; there are {', '.join(commands)}"
    commands[name].make_context(name, rest)


def test_the_coverage_table_is_the_one_made_from_the_corpus() -> None:
    table = README.partition(BEGIN)[2].partition(END)[0].strip()

    assert table == coverage(load()).strip(), "renew it with: python -m corpus --coverage README.md"


@pytest.mark.parametrize("line", command_lines())
def test_every_command_in_the_readme_is_one_that_the_program_reads(line: str) -> None:
    words = shlex.split(re.split(r" [|<>] ", line)[0], comments=True)
    words = [word for position, word in enumerate(words) if "=" not in word or position > 0]

    if words[0] == "make":
        assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8"), f"no target {words[1]}"
    elif words[:3] == ["python", "-m", "corpus"]:
        corpus_parser().parse_args(words[3:])
    else:
        start = next((start for start in COMMANDS if tuple(words[: len(start)]) == start), None)
        assert start is not None, f"{line}: not a command of this project"
        parse(COMMANDS[start], words[len(start) :])


def test_every_command_of_the_program_is_in_the_readme() -> None:
    for start, program in (("cleanslate", cli), ("python -m indexer", indexer_cli)):
        for name in typer.main.get_command(program).commands:  # type: ignore[attr-defined]  # as above
            assert f"{start} {name}" in README


def test_python_in_the_readme_compiles_and_imports_what_exists() -> None:
    for block in blocks("python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []
            elif isinstance(node, ast.Import):
                assert all(find_spec(alias.name) for alias in node.names)


def test_every_file_that_the_readme_links_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", README)

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_first_screen_says_what_this_is_not() -> None:
    assert "not legal advice" in "\n".join(README.splitlines()[:12])


def test_both_licences_are_named() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    for name in ("MIT License", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "corpus/"):
        assert name in licence
    assert "MIT" in README
    assert "CC BY 4.0" in README
