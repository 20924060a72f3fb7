"""What the tests stand on: the real corpus and its index, and a small law of two places that is read in an instant."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from app.ask import Atlas
from app.model import Answer
from corpus import Corpus, load
from indexer import store
from indexer.build import build
from indexer.embed import HashingEmbedder, SentenceTransformerEmbedder
from indexer.evaluate import Gold, read_gold
from indexer.search import Index

os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
"""Else gradio_client, by which tests ask the page, reports to its maker; it reads this when it is imported."""

TODAY = date(2026, 11, 25)
REAL = Path(__file__).parent.parent / "corpus"
GOLD = Path(__file__).parent / "gold" / "questions.yaml"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The law as it stands in the repository."""
    return load()


@pytest.fixture(scope="session")
def atlas(corpus: Corpus) -> Atlas:
    """The real corpus with the real encoder; its index is built where it is missing or stale."""
    try:
        return Atlas.open()
    except store.IndexUnusable:
        build(corpus, SentenceTransformerEmbedder(), store.default_folder())
        return Atlas.open()


@dataclass(frozen=True)
class Asked:
    """A gold question and what was answered."""

    gold: Gold
    answer: Answer


@pytest.fixture(scope="session")
def asked(atlas: Atlas) -> tuple[Asked, ...]:
    """All gold questions, each put once."""
    return tuple(
        Asked(gold, atlas.ask(gold.question, gold.as_of, gold.jurisdictions)) for gold in read_gold(GOLD, TODAY)
    )


# -- a small law -----------------------------------------------------------------------------------------------------


def words(text: str) -> dict[str, str]:
    """The same words for all three languages."""
    return {"en": f"{text}.", "de": f"{text} (deutsch).", "zh": f"{text}(中文)。"}


def dump(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def dimension_ids() -> Iterable[str]:
    return [row["id"] for row in yaml.safe_load((REAL / "dimensions.yaml").read_text(encoding="utf-8"))["dimensions"]]


HEADER = "---\ninstrument: {law}\nlanguage: {language}\nchecked_on: 2026-11-25\nbasis: copy\nsource: a copy\n---\n\n"
BZRG_DE = """## 34 Frist

## 34/1 Dauer der Frist
search: drop off | verschwinden | 消失

Die Frist beträgt drei Jahre bei Geldstrafe. Sonst beträgt die Frist fünf Jahre.

## 36 Beginn
to: 2025-12-31

Die Frist beginnt mit der Rechtskraft des Urteils.

## 36 Beginn
from: 2026-01-01

Die Frist beginnt mit dem Tag des ersten Urteils.
"""
BZRG_EN = """## 34 Period

## 34/1 Length of the period
search: drop off | verschwinden | 消失

The period is three years for a fine. Otherwise the period is five years.

## 36 Start
to: 2025-12-31

The period starts when the judgment is final.

## 36 Start
from: 2026-01-01

The period starts on the day of the first judgment.
"""
CPL_EN = """## 160.57 Sealing

## 160.57/1 Waiting time
from: 2024-11-16

A felony conviction is sealed eight years after release, a misdemeanor after three years.

## 160.59 Petition

## 160.59/1 Application
status: not_in_force

A court may seal two convictions on petition after ten years.
"""


def _instrument(law: str, style: str, title: str, short: str, languages: list[str]) -> dict[str, object]:
    named = {"en": title, "de": f"{title} (Gesetz)", "zh": f"{title}法"}
    return {
        "id": law,
        "style": style,
        "title": named,
        "short": short,
        "names": [short, title],
        "languages": languages,
        "url": "https://example.org/law",
    }


def write_small_law(root: Path) -> Path:
    """A corpus of two covered places: German law in two languages with positions, New York law in one without."""
    for name in ("dimensions.yaml", "citation_forms.yaml"):
        (root / name).write_text((REAL / name).read_text(encoding="utf-8"), encoding="utf-8")
    places = [
        ("de", None, "Germany", "Deutschland", "德国", True),
        ("us", None, "United States", "Vereinigte Staaten", "美国", True),
        ("us-ny", "us", "New York", "New York", "纽约州", True),
    ]
    dump(
        root / "jurisdictions.yaml",
        {
            "jurisdictions": [
                {
                    "id": key,
                    "parent": parent,
                    "name": {"en": en, "de": de, "zh": zh},
                    "languages": ["en"],
                    "covered": covered,
                }
                for key, parent, en, de, zh, covered in places
            ],
            "elsewhere": {
                "countries": {"jp": ["Tokyo"]},
                "states": {"us-tx": {"name": {"en": "Texas", "de": "Texas", "zh": "得克萨斯州"}}},
            },
        },
    )
    term = {
        "id": "erasure",
        "term": {"en": "erasure", "de": "Tilgung", "zh": "消除"},
        "definition": words("Removal of an entry from the register"),
        "jurisdictions": ["de"],
        "authorities": ["de/bzrg/34/1"],
    }
    dump(root / "glossary.yaml", {"terms": [term]})
    dump(root / "vocabulary.yaml", {"words": [{"en": ["fine"], "de": ["Geldstrafe"], "zh": ["罚金"]}]})
    dump(
        root / "scope.yaml",
        {"core": ["erasure"], "inside": ["when is a fine erased"], "outside": ["how do I bake bread"]},
    )
    dump(
        root / "de" / "instruments.yaml",
        {"instruments": [_instrument("de/bzrg", "de", "Register Act", "BZRG", ["de", "en"])]},
    )
    dump(
        root / "us-ny" / "instruments.yaml",
        {"instruments": [_instrument("us-ny/cpl", "us", "Criminal Procedure Law", "CPL", ["en"])]},
    )
    for place, file, language, text in (
        ("de/bzrg", "de/bzrg.de.md", "de", BZRG_DE),
        ("de/bzrg", "de/bzrg.en.md", "en", BZRG_EN),
        ("us-ny/cpl", "us-ny/cpl.en.md", "en", CPL_EN),
    ):
        (root / file).write_text(HEADER.format(law=place, language=language) + text, encoding="utf-8")
    cells = {
        dimension: [
            {
                "value": "silent",
                "lead": words(f"German law is silent on {dimension}"),
                "text": words(f"Nothing is said on {dimension}"),
                "authorities": ["de/bzrg/34/1"],
            }
        ]
        for dimension in dimension_ids()
    }
    cells["waiting_period"][0] |= {"value": [3.0, 5.0], "unit": "years"}
    dump(root / "de" / "positions.yaml", {"jurisdiction": "de", "checked_on": TODAY, "positions": cells})
    return root


@pytest.fixture
def law_folder(tmp_path: Path) -> Path:
    """The files of the small law, to be read or to be broken."""
    folder = tmp_path / "law"
    folder.mkdir()
    return write_small_law(folder)


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The small law, read."""
    return load(write_small_law(tmp_path_factory.mktemp("law")))


@pytest.fixture
def small_folder(small_corpus: Corpus, tmp_path: Path) -> Path:
    """A folder with an index of the small law, made with the stand-in encoder."""
    folder = tmp_path / "small-index"
    build(small_corpus, HashingEmbedder(), folder)
    return folder


@pytest.fixture(scope="session")
def small_index(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the small law, opened."""
    folder = tmp_path_factory.mktemp("small-index")
    build(small_corpus, HashingEmbedder(), folder)
    return Index.open(small_corpus, folder, HashingEmbedder())


# ---- the page in a browser ------------------------------------------------------------------------------------------

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20_000


@pytest.fixture(scope="session")
def page_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The real corpus; the stand-in encoder suffices, since the questions name their provision."""
    folder = tmp_path_factory.mktemp("index")
    build(load(), HashingEmbedder(), folder)
    return Atlas.open(folder, HashingEmbedder())


@contextmanager
def served(source: Callable[[], Atlas]) -> Iterator[str]:
    """The page on a free port of this machine."""
    from app.ui import build as build_page
    from app.ui import launch

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    blocks = build_page(source)
    launch(blocks, "127.0.0.1", port)
    yield f"http://127.0.0.1:{port}/"
    blocks.close()


@pytest.fixture(scope="session")
def address(page_atlas: Atlas) -> Iterator[str]:
    with served(lambda: page_atlas) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all modules: Playwright refuses a second one beside it."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def unopened(browser: Browser) -> Iterator[Page]:
    """A page that is not opened yet; when a test is over, nothing may have been asked of another machine."""
    with _watched(browser) as page:
        yield page


@pytest.fixture
def page(unopened: Page, address: str) -> Page:
    """The opened page."""
    return _opened(unopened, address)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The opened page on a phone."""
    with _watched(browser, viewport={"width": 375, "height": 780}) as page:
        yield _opened(page, address)


@contextmanager
def _watched(browser: Browser, **settings: Any) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", **settings)
    asked: list[Request] = []
    faults: list[str] = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    hosts = {urlsplit(request.url).hostname for request in asked if not request.url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert faults == []


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("#foot .coverage").wait_for(timeout=WAIT)
    expect(page.locator("#as-of input")).to_have_value(date.today().isoformat(), timeout=WAIT)
    return page
