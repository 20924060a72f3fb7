"""How fast the page is to someone in front of a browser: first paint, ready, and from a click to an answer. Part of `make bench`."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
QUESTIONS = (
    "When does a fine become spent in England?",
    "Who may still see a sealed record in New York?",
    "Was regelt § 34 Abs. 1 BZRG?",
    "因吸毒被行政拘留的记录会被封存吗？",
    "How do Germany and Michigan differ in waiting periods?",
)
TIMES = 3
LONGEST = 120.0
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def page() -> list[str]:
    """Seconds of a server that has just started, then of one that is warm; empty but for a line where there is no browser."""
    if not Path(CHROMIUM).exists():
        return [f"Page: not measured, {CHROMIUM} is missing"]
    begin = time.perf_counter()
    with _server() as address, sync_playwright() as playwright:
        answering = time.perf_counter() - begin
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        cold = _visit(browser, address, QUESTIONS[:1])
        warm = [_visit(browser, address, QUESTIONS) for _ in range(TIMES)]
        browser.close()
    answers = [seconds for visit in warm for seconds in visit[2]]
    return [
        f"Page in a browser, medians of {TIMES} visits (s)",
        _line("server answers after its start", answering),
        _line("first visit: first paint", cold[0]),
        _line("first visit: click to answer", cold[2][0]),
        _line("first paint", statistics.median(visit[0] for visit in warm)),
        _line("ready, all lists filled", statistics.median(visit[1] for visit in warm)),
        _line(f"click to answer, {len(QUESTIONS)} questions", statistics.median(answers)),
        _line("  the longest of them", max(answers)),
    ]


def _visit(browser: Browser, address: str, questions: tuple[str, ...]) -> tuple[float, float, list[float]]:
    """Seconds to the first paint, until the page is ready, and from click to answer for each question."""
    context = browser.new_context(locale="en-GB")
    shown = context.new_page()
    shown.set_default_timeout(LONGEST * 1000)
    begin = time.perf_counter()
    shown.goto(address)
    shown.locator("#foot .coverage").wait_for()
    ready = time.perf_counter() - begin
    paint = float(shown.evaluate(PAINT)) / 1000
    answers = [_answer(shown, question) for question in questions]
    context.close()
    return paint, ready, answers


def _answer(shown: Page, question: str) -> float:
    shown.locator("#question textarea").fill(question)
    begin = time.perf_counter()
    shown.locator("#ask").click()
    shown.wait_for_function("asked => document.querySelector('#answer .asked')?.textContent === asked", arg=question)
    return time.perf_counter() - begin


@contextmanager
def _server() -> Iterator[str]:
    """A server of its own on a free port, as `cleanslate serve` starts it, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    address = f"http://127.0.0.1:{port}/"
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the address answers. Raises `SystemExit` if the server ends or takes too long."""
    end = time.perf_counter() + LONGEST
    while server.poll() is None and time.perf_counter() < end:
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit("bench: the page did not start; run `cleanslate serve` to see why")


def _line(name: str, seconds: float) -> str:
    return f"{name:36}{seconds:9.2f}"
