"""The Gradio page: lays out and wires. What is said is decided in `page`, how it looks in `static/`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr  # reads the settings above when it is imported
from gradio.events import api

from app.ask import Atlas
from app.page import Page
from app.ui_analysis import analysis_tab
from app.ui_ask import ask_opener, ask_tab
from app.ui_check import check_tab
from app.ui_compare import compare_opener, compare_tab
from app.ui_library import library_tab, opener_button
from app.ui_words import LANGUAGE_NAMES, nearest_language, word

STATIC = Path(__file__).parent / "static"
TITLE = "Clean Slate Atlas"
SANS = ("system-ui", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")
WAITING = 32
AT_ONCE = 2

Update = dict[str, Any]
Relabel = Callable[[str], Update]
Labels = dict[Any, Relabel]
"""What each component looks like in a language of the page."""


def serve(
    host: str = "127.0.0.1", port: int = 7860, atlas_source: Callable[[], Atlas] = Atlas.open, root_path: str = ""
) -> None:
    """Show the page until interrupted; whatever Gradio keeps in files meanwhile is deleted at the end."""
    with TemporaryDirectory(prefix="clean-slate-atlas-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        print(f"{TITLE}: http://{host}:{port}  (Ctrl+C ends it)", flush=True)
        launch(build(atlas_source), host, port, block=True, root_path=root_path)


def launch(blocks: gr.Blocks, host: str, port: int, block: bool = False, root_path: str = "") -> None:
    """Start the server with everything off that would record, share or call out."""
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    blocks.launch(
        server_name=host,
        server_port=port,
        root_path=root_path or None,
        share=False,
        inbrowser=False,
        prevent_thread_lock=not block,
        quiet=True,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size="20mb",
        state_session_capacity=100,
        theme=gr.themes.Base(font=SANS, font_mono=MONO),
        head=_head(),
    )


def build(atlas_source: Callable[[], Atlas]) -> gr.Blocks:
    """The page over an atlas, which starts to open at once and need not be open when the page is shown."""
    page = Page(atlas_source)
    labels: Labels = {}
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(600, 600))
    with blocks:
        _endpoints(page)  # before the tabs, whose events would otherwise take the names
        switch = _frame(labels)
        opener, ask_open, compare_open = opener_button(), ask_opener(), compare_opener()
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(word("ask_tab", "en"), id="ask") as tab:
                labels[tab] = _worded("ask_tab")
                ask_tab(page, labels, switch, _day, ask_open)
            with gr.Tab(word("compare_tab", "en"), id="compare") as tab:
                labels[tab] = _worded("compare_tab")
                compare_tab(page, labels, switch, _day, compare_open)
            with gr.Tab(word("check_tab", "en"), id="check") as tab:
                labels[tab] = _worded("check_tab")
                check_tab(blocks, page, labels, switch, _day)
            with gr.Tab(word("analyse_tab", "en"), id="analyse") as tab:
                labels[tab] = _worded("analyse_tab")
                analysis_tab(page, labels, switch, _day)
            with gr.Tab(word("library_tab", "en"), id="library") as tab:
                labels[tab] = _worded("library_tab")
                library_tab(page, labels, switch, _day, tab, opener)
        foot = gr.HTML(elem_id="foot", apply_default_css=False)
        labels[foot] = lambda language: gr.update(value=_foot(page, language))
        _wire_language(blocks, page, labels, switch)
        _wire_days(blocks, labels)
    return blocks


def _endpoints(page: Page) -> None:
    """The commands as named endpoints for programs, with the JSON of the command line."""
    for name, act in (
        ("ask", page.ask_json),
        ("compare", page.compare_json),
        ("check", page.check_json),
        ("show", page.show_json),
    ):
        api(act, api_name=name, concurrency_id="atlas")


def _frame(labels: Labels) -> gr.Radio:
    with gr.Row(elem_id="frame"):
        head = gr.HTML(_masthead("en"), elem_id="masthead", apply_default_css=False)
        labels[head] = lambda language: gr.update(value=_masthead(language))
        switch = gr.Radio(
            list(LANGUAGE_NAMES),
            value="en",
            label=word("page_language", "en"),
            elem_id="language",
            container=False,
            min_width=200,
        )
        labels[switch] = _worded("page_language")
    return switch


def _day(labels: Labels, elem_id: str) -> gr.Textbox:
    """The date filter; its default is the day on which the page is opened."""
    day = gr.Textbox(
        lines=1,
        max_lines=1,
        scale=1,
        min_width=170,
        elem_id=elem_id,
        elem_classes="day",
        **_words("as_of", "as_of_hint"),
    )
    labels[day] = _worded("as_of", "as_of_hint")
    return day


def _wire_days(blocks: gr.Blocks, labels: Labels) -> None:
    """Every date filter starts with the day on which the page is opened."""
    days = [one for one in labels if isinstance(one, gr.Textbox) and "day" in one.elem_classes]

    def today() -> list[str]:
        return [date.today().isoformat()] * len(days)

    blocks.load(today, None, days, queue=False, api_visibility="private", show_progress="hidden")


def _wire_language(blocks: gr.Blocks, page: Page, labels: Labels, switch: gr.Radio) -> None:
    components = list(labels)

    def relabel(language: str) -> list[Update]:
        return [labels[component](language) for component in components]

    def opened(language: str) -> list[Update]:
        page.wait()
        return relabel(language)

    def first(request: gr.Request) -> str:
        return nearest_language(request.headers.get("accept-language", ""))

    # What the opening page does goes past the queue: the browser closes the queue's stream when it is done with it, and a first
    # question that crosses this on a slow connection would lose its answer.
    silent: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    tell = "(language) => { window.atlasLanguage && window.atlasLanguage(language); return [language]; }"
    switch.change(relabel, switch, components, js=tell, **silent)
    blocks.load(first, None, switch, **silent).then(opened, switch, components, **silent)


def _words(label: str, info: str | None = None) -> dict[str, Any]:
    return {"label": word(label, "en")} | ({"info": word(info, "en")} if info else {})


def _worded(label: str, info: str | None = None, choices: Callable[[str], Any] | None = None) -> Relabel:
    """How a component is labelled in a language."""

    def relabel(language: str) -> Update:
        changed: Update = {"label": word(label, language)}
        if info:
            changed["info"] = word(info, language)
        if choices:
            changed["choices"] = choices(language)
        return dict(gr.update(**changed))

    return relabel


def _masthead(language: str) -> str:
    return (
        f'<div class="masthead" lang="{language}" data-lost="{word("connection_lost", language)}"><h1 lang="en">{TITLE}</h1>'
        f'<p class="tagline">{word("tagline", language)}</p>'
        f'<p class="disclaimer">{word("disclaimer", language)}</p></div>'
    )


def _foot(page: Page, language: str) -> str:
    return (
        f'<footer class="foot" lang="{language}">{page.coverage(language)}<p>{word("privacy", language)}</p></footer>'
    )


def _head() -> str:
    """Style and behaviour of the page, both from this folder."""
    style = _static("css")
    script = _static("js")
    return f'<meta name="referrer" content="no-referrer"><style>{style}</style><script>{script}</script>'


def _static(kind: str) -> str:
    """All files of a kind, by name."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob(f"*.{kind}")))
