"""The shape of the program: imports point one way, heavy packages stay at the edge, the clock is read in two places."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("corpus", "indexer", "app")
HOMES = {
    "sentence_transformers": "indexer/embed.py",
    "spacy": "indexer/query.py",
    "faiss": "indexer/store.py",
    "gradio": "app/ui",
}
"""Each heavy package and the one module that imports it; the page is one module for each tab, app/ui*.py."""
ONLY_BEHIND_ANOTHER = ("torch", "transformers")
AT_MODULE_LEVEL = {"gradio"}
"""Gradio's page is built of its classes, so its module imports it at once; nothing else imports that module early."""
CLOCKS = {"app/cli.py", "app/ui.py", "app/page.py", "app/page_check.py", "indexer/__main__.py"}


class Import(NamedTuple):
    """One name that a file imports, and where."""

    file: str
    line: int
    package: str
    at_module_level: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.package}"


def modules() -> list[Path]:
    return sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports() -> Iterator[Import]:
    for path in modules():
        module, file = tree(path), path.relative_to(ROOT).as_posix()
        late = {id(node) for function in functions(module) for node in ast.walk(function)}
        for node in ast.walk(module):
            for name in imported(node):
                yield Import(file, getattr(node, "lineno", 0), name.split(".")[0], id(node) not in late)


def functions(module: ast.Module) -> Iterator[ast.AST]:
    return (node for node in ast.walk(module) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else ["(relative)"]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
        return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return []


def test_imports_point_one_way_from_corpus_over_indexer_to_app() -> None:
    backwards = [
        str(found)
        for found in imports()
        if found.package in ORDER and ORDER.index(found.package) > ORDER.index(found.file.split("/")[0])
    ]

    assert not backwards, "\n".join(backwards)


def test_imports_are_absolute_so_that_their_direction_can_be_read() -> None:
    assert [str(found) for found in imports() if found.package == "(relative)"] == []


@pytest.mark.parametrize("package", HOMES)
def test_each_heavy_package_is_imported_in_one_module(package: str) -> None:
    elsewhere = [
        str(found) for found in imports() if found.package == package and not found.file.startswith(HOMES[package])
    ]

    assert not elsewhere, f"{package} belongs to {HOMES[package]}:\n" + "\n".join(elsewhere)
    assert any(found.package == package for found in imports()), f"{package} is imported nowhere; correct HOMES"


def test_packages_behind_the_encoder_are_not_imported_directly() -> None:
    assert [str(found) for found in imports() if found.package in ONLY_BEHIND_ANOTHER] == []


def test_heavy_packages_are_imported_where_they_are_used_not_when_a_module_is_loaded() -> None:
    early = [
        str(found) for found in imports() if found.at_module_level and found.package in HOMES.keys() - AT_MODULE_LEVEL
    ]

    assert not early, "move into the function that needs it:\n" + "\n".join(early)


def test_loading_the_command_and_the_indexer_loads_nothing_heavy() -> None:
    heavy = (*HOMES, *ONLY_BEHIND_ANOTHER)
    code = f"import sys, app, app.cli, indexer.__main__; print(*sorted(set(sys.modules) & set({heavy!r})))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.split() == []


def test_only_the_command_lines_and_the_page_ask_what_day_it_is() -> None:
    readers = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("date.today", "datetime.today"))
    ]

    strangers = [place for place in readers if place.split(":")[0] not in CLOCKS]
    assert not strangers, f"take as_of as an argument instead: {', '.join(strangers)}"
