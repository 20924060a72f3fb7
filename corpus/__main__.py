"""`python -m corpus`: check every file; exit 1 with all faults, or print the counts.

`python -m corpus --coverage` prints the table of what is covered; with a file, it renews the table in that file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.coverage import coverage, write_into
from corpus.load import CorpusError, load
from corpus.model import Corpus
from corpus.rule_load import load_rules


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Check every file of the corpus: all faults at once, each with file, place and next step.",
    )
    described.add_argument(
        "--coverage",
        metavar="FILE",
        nargs="?",
        const="-",
        help="Print the table of what is covered, or renew it in FILE between its markers.",
    )
    return described


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = parser().parse_args(arguments)
    try:
        corpus, books = load(), load_rules()
    except CorpusError as error:
        print(*error.faults, sep="\n")
        print(f"{len(error.faults)} faults")
        return 1
    return _coverage(corpus, wanted.coverage) if wanted.coverage else _counts(corpus, len(books))


def _coverage(corpus: Corpus, file: str) -> int:
    if file == "-":
        print(coverage(corpus), end="")
        return 0
    try:
        write_into(Path(file), corpus)
    except (OSError, ValueError) as error:
        print(f"{file}: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


def _counts(corpus: Corpus, books: int) -> int:
    print(
        f"{len(corpus.provisions)} provision texts ({len(corpus.provision_ids)} ids), "
        f"{len(corpus.positions)} positions, {len(corpus.notes)} notes, {len(corpus.terms)} terms, "
        f"{books} rule books: no fault"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
