"""`python -m indexer`: build the index, add the user's own texts, say what is in it, measure how well it finds."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.load import CorpusError, load
from corpus.model import Corpus
from indexer import added, publishing, store
from indexer import pull as pulling
from indexer.audit import Finding
from indexer.audit import audit as compare
from indexer.build import build as build_index
from indexer.build import is_current
from indexer.embed import Embedder, ModelError, SentenceTransformerEmbedder, Vectors
from indexer.evaluate import GoldError
from indexer.evaluate import main as evaluation
from indexer.evaluate import tune as tuning
from indexer.fetch import Fetcher
from indexer.read import ReadError
from indexer.sources.model import SourceError

app = typer.Typer(add_completion=False, help=__doc__, pretty_exceptions_enable=False)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index. Default: CLEANSLATE_INDEX or .index")
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class PartOfGold(StrEnum):
    """Which questions are measured: those that weights are tuned on, those kept apart, or all."""

    TUNE = "tune"
    MEASURE = "measure"
    ALL = "all"


class Counting:
    """An embedder that counts the texts it is given."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name = inner.name
        self.count = 0

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    @property
    def max_tokens(self) -> int:
        return self._inner.max_tokens

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.count += len(texts)
        return self._inner.encode(texts, progress)

    def token_count(self, text: str) -> int:
        return self._inner.token_count(text)


# -- commands ----------------------------------------------------------------------------------------------------


@app.command()
def build(
    index: IndexOption = None,
    quiet: QuietOption = False,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing has changed.")] = False,
) -> None:
    """Build the index from the corpus and the added texts; only what is new is embedded."""
    folder, corpus, embedder = index or store.default_folder(), load_corpus(), new_embedder()
    if not force and is_current(corpus, folder, embedder.name):
        typer.echo(f"{folder}: up to date, {store.read_manifest(folder).passages} passages (--force builds anew)")
        return
    typer.echo(_built(corpus, folder, embedder, quiet))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="PDF, DOCX, HTML, Markdown or text.")],
    collection: Annotated[str, typer.Option("--collection", help="Name under which they can be removed.")] = added.OWN,
    index: IndexOption = None,
    quiet: QuietOption = False,
) -> None:
    """Add your own texts to the index: all of them, or none if one cannot be read. They stay on this machine."""
    folder, corpus = index or store.default_folder(), load_corpus()
    for document in added.add(files, folder, collection):
        typer.echo(f"added {document}")
    typer.echo(_built(corpus, folder, new_embedder(), quiet))


@app.command()
def remove(collection: str, index: IndexOption = None, quiet: QuietOption = False) -> None:
    """Remove a collection of added texts, also from the index."""
    folder = index or store.default_folder()
    count = added.remove(collection, folder)
    typer.echo(f"removed {count} {'text' if count == 1 else 'texts'} with collection {collection}")
    try:
        typer.echo(_built(load_corpus(), folder, new_embedder(), quiet))
    except BaseException:
        # Nothing that was removed may stay behind: an empty index replaces the one that still holds the words.
        with store.replacing(folder):
            pass
        raise


@app.command()
def pull(
    instruments: Annotated[list[str] | None, typer.Argument(metavar="INSTRUMENT…", help="Ids such as de/bzrg.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every instrument, with a line for each on what came of it.")
    ] = False,
    saved: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Read files that are already saved.")
    ] = None,
    index: IndexOption = None,
    quiet: QuietOption = False,
) -> None:
    """Put official texts beside our restatements, and say what changed; all that is named, or nothing."""
    folder, corpus, wanted = index or store.default_folder(), load_corpus(), list(instruments or [])
    if bool(wanted) == everything:
        raise SourceError("pull: name instruments (for example de/bzrg), or give --all, not both")
    today, said = date.today(), list[str]()
    if saved is not None:
        fresh = pulling.read(corpus, pulling.from_folder(corpus, saved, wanted), today)
    elif everything:
        found = publishing.all_offered(corpus, folder, Fetcher())
        fresh, said = publishing.read_each(corpus, found, today), found.lines()
    else:
        found = publishing.offered(corpus, folder, wanted, Fetcher())
        fresh, said = pulling.read(corpus, found.received, today), found.lines()[:-1]
    for line in (*(pulling.told(report) for report in pulling.store(corpus, folder, fresh)), *said):
        typer.echo(line)
    if fresh:
        typer.echo(_built(corpus, folder, new_embedder(), quiet))


@app.command()
def audit(
    instruments: Annotated[
        list[str] | None, typer.Argument(metavar="[INSTRUMENT…]", help="Ids such as de/bzrg.")
    ] = None,
    saved: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Read files that are already saved.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the numbers, days and references of our restatements with the official texts, and list what differs."""
    corpus, wanted = load_corpus(), list(instruments or [])
    found: list[Finding] = []
    for name, instrument, provisions in pulling.to_audit(corpus, index or store.default_folder(), saved, wanted):
        findings = compare(corpus, instrument, provisions)
        found += findings
        if not as_json:
            typer.echo(f"{instrument} ({name}): {len(findings)} differences")
            typer.echo("".join(f"  {finding}\n" for finding in findings), nl=False)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))


@app.command()
def info(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """What is in the index, and whether it is current."""
    folder = index or store.default_folder()
    facts = _facts(folder, load_corpus(), new_embedder().name)
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else _as_lines(facts))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with the passages that answer them (YAML).")],
    as_json: JsonOption = False,
    part: Annotated[PartOfGold, typer.Option("--part", help="Which questions.")] = PartOfGold.ALL,
    misses: Annotated[bool, typer.Option("--misses", help="Name the questions that failed.")] = False,
    tune: Annotated[bool, typer.Option("--tune", help="Print the best weights for the tuning part instead.")] = False,
) -> None:
    """How well the index finds the passages that answer the questions of FILE."""
    today = date.today()
    typer.echo(tuning(file, today) if tune else evaluation(file, today, part.value, as_json, misses))


# -- what they need ------------------------------------------------------------------------------------------------


def load_corpus() -> Corpus:
    return load()


def new_embedder() -> Embedder:
    return SentenceTransformerEmbedder()


def _built(corpus: Corpus, folder: Path, embedder: Embedder, quiet: bool) -> str:
    """Build, and say in one line what was done."""
    begin, counting = time.monotonic(), Counting(embedder)
    manifest = build_index(corpus, counting, folder, progress=not quiet and sys.stderr.isatty())
    seconds = time.monotonic() - begin
    return f"{folder}: {manifest.passages} passages, {counting.count} texts embedded anew, {seconds:.1f} s"


def _facts(folder: Path, corpus: Corpus, model: str) -> dict[str, Any]:
    stored = store.open_index(folder)
    built_on = datetime.fromisoformat(stored.manifest.built_on)
    passages = stored.passages
    return {
        "folder": str(folder),
        "current": is_current(corpus, folder, model),
        "age_days": (datetime.now(UTC) - built_on).days,
        "manifest": asdict(stored.manifest),
        "jurisdictions": _counts(passage.jurisdiction for passage in passages),
        "kinds": _counts(passage.kind.value for passage in passages),
        "languages": _counts(passage.language for passage in passages),
        "collections": added.collections(folder),
    }


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _as_lines(facts: dict[str, Any]) -> str:
    manifest = facts["manifest"]
    state = "current" if facts["current"] else f"out of date; rebuild with: {store.BUILD_COMMAND}"
    lines = [
        f"{facts['folder']}: {manifest['passages']} passages, {manifest['pieces']} embedded stretches; {state}",
        f"built {manifest['built_on']} ({facts['age_days']} days ago) with {manifest['model']}",
    ]
    for key in ("jurisdictions", "kinds", "languages"):
        lines.append(f"{key}: " + ", ".join(f"{name} {count}" for name, count in facts[key].items()))
    lines += [f"added, {name}: {', '.join(documents)}" for name, documents in facts["collections"].items()]
    return "\n".join(lines)


# -- errors --------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every error is one line on stderr and exit status 2."""
    try:
        status = app(args=arguments, prog_name="python -m indexer", standalone_mode=False)
    except KeyboardInterrupt:
        print("stopped; start again when you are ready", file=sys.stderr)
        return 130
    except Exception as error:
        print(one_line(error), file=sys.stderr)
        return 2
    return status if isinstance(status, int) else 0


def one_line(error: Exception) -> str:
    """The error as one line that names the place, the fault and the next step."""
    if isinstance(error, CorpusError):
        more = f" (and {len(error.faults) - 1} more; list them with: python -m corpus)" if len(error.faults) > 1 else ""
        return f"{error.faults[0]}{more}"
    message = " ".join(str(error).split())
    if isinstance(error, (store.IndexUnusable, ModelError, ReadError, GoldError, SourceError, OSError)):
        return message
    if told := getattr(error, "format_message", None):  # a fault in the command line, as typer names it
        return f"{' '.join(str(told()).split())} See: python -m indexer --help"
    return f"unexpected fault ({type(error).__name__}: {message}); please report it with the command you gave"


if __name__ == "__main__":
    sys.exit(main())
