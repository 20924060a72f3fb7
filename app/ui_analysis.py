"""The tab that analyses a document. What is found and said is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.page import Page
from app.page_analysis import AnalysisPage
from app.ui_words import word

Update = dict[str, Any]
SUFFIXES = [".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"]


def analysis_tab(
    page: Page, labels: dict[Any, Any], switch: gr.Radio, day: Callable[[dict[Any, Any], str], gr.Textbox]
) -> None:
    """Lay the tab out and wire it."""
    analyst = AnalysisPage(page)
    intro = gr.HTML(_intro("en"), apply_default_css=False)
    labels[intro] = lambda language: gr.update(value=_intro(language))
    with gr.Row(elem_classes="upload-row"):
        file = gr.File(
            label=word("file", "en"), file_types=SUFFIXES, type="filepath", elem_id="document", height=150, scale=2
        )
        pasted = gr.Textbox(label=word("or_paste", "en"), lines=5, max_lines=12, elem_id="pasted", scale=3)
    labels[file] = lambda language: gr.update(label=word("file", language))
    labels[pasted] = lambda language: gr.update(label=word("or_paste", language))
    with gr.Row(elem_classes=["filters", "when-row"]):
        as_of = day(labels, "analysis-as-of")
        button = gr.Button(
            word("analyse", "en"), variant="primary", scale=1, min_width=140, elem_id="analyse", elem_classes="go"
        )
    labels[button] = lambda language: gr.update(value=word("analyse", language))
    found = gr.State(None, time_to_live=3600)
    result = gr.HTML(elem_id="analysis", apply_default_css=False)
    check = gr.Button(word("check_this", "en"), elem_id="check-found", elem_classes="quiet", visible=False)
    labels[check] = lambda language: gr.update(value=word("check_this", language))
    checked = gr.HTML(elem_id="check-of-found", apply_default_css=False)

    def show(*given: Any) -> Iterator[tuple[str, Any, Update, str]]:
        for html, record in analyst.analyse(*given):
            yield html, record, gr.update(visible=record is not None), ""

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "atlas"}
    button.click(show, [file, pasted, as_of, switch], [result, found, check, checked], **quiet).then(
        fn=None, js="() => window.atlasShow && window.atlasShow('analysis')", api_visibility="private"
    )
    check.click(analyst.check, [found, as_of, switch], checked, **quiet).then(
        fn=None, js="() => window.atlasShow && window.atlasShow('check-of-found')", api_visibility="private"
    )


def _intro(language: str) -> str:
    return f'<p class="atlas intro" lang="{language}">{word("analyse_intro", language)}</p>'
