"""Speed and memory, each beside a bare baseline of the same run: `make bench`.

Warm: question to answer on the gold questions, beside the encoder alone on the same words.
Cold: `cleanslate ask` from nothing, split into its parts, beside importing sentence-transformers alone.
Build: the whole index from nothing, beside the encoder alone on the same texts.
Check: 1,000 drawn records of ten entries over all rule books, beside reading the same records without applying a rule.
Page: a server of its own and a browser: first paint, ready, and from the click to the answer.
Analyse: a memo of twenty pages and one of a hundred, warm, beside reading their text alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import bench_page

from app.ask import Atlas
from app.check import check_record
from app.errors import CorpusError, IndexUnusable, InputError, ModelError, one_line
from app.record import read_record
from corpus import load
from corpus.rule_load import load_rules
from corpus.rules import RuleBook
from indexer.embed import SentenceTransformerEmbedder
from indexer.evaluate import Gold, read_gold
from indexer.passages import passages
from indexer.split import pieces

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold" / "questions.yaml"
AS_OF = date(2026, 11, 25)
"""The date of questions that name none, so that every run asks the same."""
QUESTION = "When does a fine become spent in England?"
WARMING = 5
TIMES = 3

PARTS = f"""
import json, time
marks = [("", time.perf_counter())]
def mark(name): marks.append((name, time.perf_counter()))
import datetime
import app.cli
from app.ask import Atlas
from app.plain import answer_text
mark("imports of the program")
from corpus import load
from corpus.rule_load import load_rules
from corpus.rules import RuleBook
corpus = load()
mark("corpus read and checked")
from indexer.embed import SentenceTransformerEmbedder
from indexer.search import Index
encoder = SentenceTransformerEmbedder()
index = Index.open(corpus, None, encoder)
mark("index opened")
index.understander
mark("spaCy pipelines and word lists")
import sentence_transformers
mark("sentence-transformers imported")
encoder.encode(["one"])
mark("encoder loaded, weights verified")
answer_text(Atlas(index).ask({QUESTION!r}, datetime.date.fromisoformat({AS_OF.isoformat()!r})))
mark("first answer")
print(json.dumps([(name, end - begin) for (_, begin), (name, end) in zip(marks, marks[1:])]))
"""
ENCODE = """
import json, sys
from pathlib import Path
from indexer.embed import SentenceTransformerEmbedder
SentenceTransformerEmbedder().encode(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
"""


class Used(NamedTuple):
    """What a command took: seconds on the clock, MiB at its peak, and what it printed."""

    seconds: float
    mib: float
    output: str


# -- warm ------------------------------------------------------------------------------------------------------------


def warm() -> list[str]:
    """Milliseconds from question to answer, and of the encoder alone on the same questions."""
    encoder = SentenceTransformerEmbedder()
    atlas = Atlas.open(embedder=encoder)
    gold = read_gold(GOLD, AS_OF)

    def ask(one: Gold) -> None:
        atlas.ask(one.question, one.as_of, one.jurisdictions).to_json()

    def encode(one: Gold) -> None:
        encoder.encode([one.question])

    for one in gold[:WARMING]:
        ask(one)
    measured = gold[WARMING:]
    rows = [_milliseconds("question to answer", ask, measured), _milliseconds("the encoder alone", encode, measured)]
    head = f"{'':36}{'p50':>9}{'p95':>9}{'longest':>9}"
    return [f"Warm, {len(measured)} gold questions, each asked once (ms)", head, *rows]


def _milliseconds(name: str, act: Callable[[Gold], None], questions: Iterable[Gold]) -> str:
    taken = []
    for one in questions:
        begin = time.perf_counter()
        act(one)
        taken.append((time.perf_counter() - begin) * 1000)
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"{name:36}{p50:9.1f}{p95:9.1f}{max(taken):9.1f}"


# -- cold ------------------------------------------------------------------------------------------------------------


def cold() -> list[str]:
    """Seconds of a first `cleanslate ask`, whole and in parts; medians of some runs, files already in memory."""
    command = ["-m", "app", "ask", QUESTION, "--as-of", AS_OF.isoformat()]
    whole = _median(command)
    python = _median(["-c", "pass"])
    bare = _median(["-c", "import sentence_transformers"])
    spacy = _median(["-c", "import spacy"])
    runs = [json.loads(run(["-c", PARTS]).output) for _ in range(TIMES)]
    parts = [(name, statistics.median(one[at][1] for one in runs)) for at, (name, _) in enumerate(runs[0])]
    return [
        f"Cold, medians of {TIMES} (s)",
        _seconds("cleanslate ask, the whole command", whole),
        _seconds("  the interpreter", python),
        *(_seconds(f"  {name}", seconds) for name, seconds in parts),
        _seconds("import sentence_transformers alone", bare),
        _seconds("import spacy alone", spacy),
    ]


def _median(arguments: Sequence[str]) -> float:
    run(arguments)
    return statistics.median(run(arguments).seconds for _ in range(TIMES))


def _seconds(name: str, seconds: float) -> str:
    return f"{name:36}{seconds:9.2f}"


# -- build -----------------------------------------------------------------------------------------------------------


def build() -> list[str]:
    """Seconds and memory of a whole build, and of encoding the same texts with nothing around it."""
    with TemporaryDirectory(prefix="clean-slate-atlas-") as folder:
        texts = Path(folder) / "texts.json"
        words = texts_embedded()
        texts.write_text(json.dumps(words), encoding="utf-8")
        whole = run(["-m", "indexer", "build", "--quiet", "--index", str(Path(folder) / "index")])
        bare = run(["-c", ENCODE, str(texts)])
        again = run(["-m", "indexer", "build", "--quiet", "--index", str(Path(folder) / "index")])
    return [
        f"Build from nothing, {len(words)} texts",
        f"{'':36}{'s':>9}{'peak MiB':>9}",
        _used("python -m indexer build", whole),
        _used("the encoder alone, same texts", bare),
        _used("the same build again, all current", again),
    ]


def texts_embedded() -> list[str]:
    """What a build embeds of the corpus: the English passages in pieces."""
    corpus, encoder = load(), SentenceTransformerEmbedder()
    english = [passage for passage in passages(corpus) if passage.language == "en"]
    places = {place.id: place.name.en for place in corpus.jurisdictions.values()}
    return [
        piece.words
        for passage in english
        for piece in pieces(passage, places.get(passage.jurisdiction, ""), encoder.token_count, encoder.max_tokens)
    ]


def _used(name: str, used: Used) -> str:
    return f"{name:36}{used.seconds:9.1f}{used.mib:9.0f}"


# -- check -----------------------------------------------------------------------------------------------------------

RECORDS, ENTRIES = 1000, 10


def check() -> list[str]:
    """Records per second, checked and merely read."""
    books = load_rules()
    records = list(drawn_records(books, RECORDS))
    rows = []
    for name, act in (("cleanslate check", check_record), ("reading the records alone", _read_only)):
        begin = time.perf_counter()
        for record in records:
            act(record, books, AS_OF)
        seconds = time.perf_counter() - begin
        rows.append(f"{name:36}{seconds:9.2f}{len(records) / seconds:12.0f}")
    return [
        f"Check, {len(records)} records of {ENTRIES} entries, {len(books)} rule books",
        f"{'':36}{'s':>9}{'records/s':>12}",
        *rows,
        f"{'Germany, ten that hold each other (ms)':36}{_interacting(books):9.1f}",
    ]


def _interacting(books: Mapping[str, RuleBook]) -> float:
    """Milliseconds for a German record of ten convictions two years apart, each of which holds the others in the register."""
    sentences = (
        {"type": "imprisonment", "length": "P6M", "suspended": True, "revoked": False},
        {"type": "fine", "units": 60},
    )
    entries = [
        {"kind": "conviction", "conviction_date": f"{2005 + 2 * n}-03-15", "only": [], "sentences": [sentences[n % 2]]}
        for n in range(ENTRIES)
    ]
    record = {"jurisdiction": "de", "born": "1970-05-05", "pending_charges": False, "entries": entries}
    begin = time.perf_counter()
    for _ in range(TIMES):
        check_record(record, books, AS_OF)
    return (time.perf_counter() - begin) * 1000 / TIMES


def _read_only(record: Any, books: Mapping[str, RuleBook], as_of: date) -> None:
    read_record(record, books)


def drawn_records(books: Mapping[str, RuleBook], number: int) -> Iterator[dict[str, Any]]:
    """Records drawn with a fixed seed, in turn for every rule book; those that contradict themselves are drawn again."""
    random_ = random.Random(1)
    places = sorted(books)
    for turn in range(number):
        while True:
            record = _drawn(books[places[turn % len(places)]], random_)
            try:
                check_record(record, books, AS_OF)
            except InputError:
                continue
            yield record
            break


def _drawn(book: RuleBook, random_: random.Random) -> dict[str, Any]:
    def day() -> str:
        return date.fromordinal(random_.randint(date(1995, 1, 1).toordinal(), date(2026, 6, 1).toordinal())).isoformat()

    kinds = [choice.value for choice in book.fields["kind"].choices]
    types = [choice.value for choice in book.fields["type"].choices]
    grades = [choice.value for choice in book.fields["grade"].choices]
    entries = [
        {
            "id": str(number),
            "kind": random_.choice(kinds),
            "conviction_date": day(),
            **({"grade": random_.choice(grades)} if grades else {}),
            "only": [],
            "sentences": [{"type": random_.choice(types), "length": random_.choice(["P3M", "P1Y", "P3Y"])}],
        }
        for number in range(ENTRIES)
    ]
    return {"jurisdiction": book.jurisdiction, "born": "1970-05-05", "pending_charges": False, "entries": entries}


# -- how it is measured ----------------------------------------------------------------------------------------------


def analyse() -> list[str]:
    """Seconds for memos of two lengths, and pages a second, beside reading the same bytes as text."""
    from app.analyze import analyze_source
    from indexer.read import read_bytes

    analyze_source(memo(1), AS_OF, "warm.md")
    lines = []
    for pages in (20, 100):
        data = memo(pages)
        begun = time.perf_counter()
        read_bytes(data, "memo.md")
        read_in = time.perf_counter() - begun
        begun = time.perf_counter()
        analyze_source(data, AS_OF, "memo.md")
        taken = time.perf_counter() - begun
        lines += [
            _seconds(f"a memo of {pages} pages", taken),
            _seconds("  its text alone", read_in),
            f"{'  pages a second':36}{pages / taken:9.1f}",
        ]
    return lines


def memo(pages: int) -> bytes:
    """A memo of so many pages of some 450 words, made of the documents of the tests."""
    folder = ROOT / "tests" / "documents"
    names = ("memo-en.md", "states.md", "six-systems.md", "england-true.md", "newsletter-us.md", "england-false.md")
    texts = [(folder / name).read_text(encoding="utf-8") for name in names]
    parts: list[str] = ["# Memorandum"]
    while sum(len(part.split()) for part in parts) < pages * 450:
        parts.append(texts[len(parts) % len(texts)])
    return "\n\n".join(parts).encode()


def run(arguments: Sequence[str]) -> Used:
    """Run this Python with `arguments` and measure it. Raises `SystemExit` with its last words if it fails."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert child.stdout is not None
    with child.stdout as stream:
        output = stream.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(
            f"bench: {' '.join(arguments)[:80]!r} ended with {child.returncode}; run it by itself to see why"
        )
    per_mib = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Used(seconds, usage.ru_maxrss / per_mib, output)


def main() -> int:
    sections = {"warm": warm, "cold": cold, "build": build, "check": check, "analyse": analyse, "page": bench_page.page}
    reader = argparse.ArgumentParser(description="Speed and memory, each beside a bare baseline.")
    reader.add_argument(
        "sections", nargs="*", metavar="SECTION", help="warm, cold, build, check, analyse, page; all if left out"
    )
    chosen = reader.parse_args().sections or list(sections)
    if unknown := set(chosen) - sections.keys():
        reader.error(f"{', '.join(sorted(unknown))}: not a section; choose among {', '.join(sections)}")
    os.environ["TQDM_DISABLE"] = "1"
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n", flush=True)
    try:
        for name in chosen:
            print(f"measuring: {name} …", file=sys.stderr, flush=True)
            print(*sections[name](), "", sep="\n", flush=True)
    except (CorpusError, IndexUnusable, ModelError) as error:
        print(f"bench: {one_line(error)}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
