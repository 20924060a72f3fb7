"""The tab that asks: question, filters, examples, answer, follow-up. What is said is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import gradio as gr

from app.page import Page
from app.page_ask import AskPage, Wanted
from app.ui_words import USERS, examples, word

Update = dict[str, Any]
Labels = dict[Any, Any]
Day = Callable[[Labels, str], gr.Textbox]
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_QUIET: dict[str, Any] = _PRIVATE | {"show_progress": "hidden"}
_SHOWN = "() => window.atlasAsk && window.atlasAsk.shown()"
_LINKED = "(address, day) => [window.atlasAsk ? window.atlasAsk.address() : '', day]"
_FILE = "() => (window.atlasAsk ? window.atlasAsk.file() : ['', ''])"
_SAVE = "(made) => { window.atlasAsk && window.atlasAsk.save(made); return []; }"
_PRESSED = "(typed, ...others) => [window.atlasAsk ? window.atlasAsk.pressed() : '', ...others]"


def ask_tab(page: Page, labels: Labels, switch: gr.Radio, day: Day, opener: gr.Button) -> None:
    """Lay the tab out and wire it. `opener` is the hidden button that the page's script presses when the address changes."""
    asker = AskPage(page)
    question = gr.Textbox(
        lines=1,  # with one line the Enter key asks, and Shift+Enter begins a new one
        max_lines=8,
        autofocus=True,
        elem_id="question",
        label=word("question", "en"),
        info=word("question_hint", "en"),
    )
    labels[question] = _worded("question", "question_hint")
    with gr.Row(elem_classes="filters"):
        places = gr.Dropdown(
            [],
            multiselect=True,
            scale=3,
            elem_id="places",
            label=word("places", "en"),
            info=word("places_hint", "en"),
        )
        labels[places] = lambda language: (
            _worded("places", "places_hint")(language) | {"choices": page.ask_places(language)}
        )
        as_of = day(labels, "as-of")
        button = _go(labels, "ask")
    with gr.Accordion(word("examples", "en"), open=True, elem_id="examples") as shelf:
        labels[shelf] = _worded("examples")
        offered = _examples(labels)
    answer = gr.HTML(elem_id="answer", apply_default_css=False)
    with gr.Row(elem_classes="filters", elem_id="follow-up-row", visible=False) as row:
        further = gr.Textbox(
            max_lines=1,
            scale=5,
            elem_id="follow-up",
            elem_classes="plain-field",
            label=word("follow_up", "en"),
            info=word("follow_up_hint", "en"),
        )
        labels[further] = _worded("follow_up", "follow_up_hint")
        next_button = _go(labels, "ask_next")
    kept = gr.State((), time_to_live=3600)
    pressed = gr.Button("follow", elem_id="ask-follow", visible="hidden")
    carrier = gr.Textbox(visible="hidden", label="carried", container=False)

    def show(*given: Any) -> Iterator[tuple[Any, ...]]:
        for asked in asker.ask(*given):
            yield asked.html, gr.update(open=False), asked.places, gr.update(visible=bool(asked.places)), ""

    wiring: dict[str, Any] = _PRIVATE | {
        "fn": show,
        "inputs": [question, places, as_of, switch],
        "outputs": [answer, shelf, kept, row, further],
        "show_progress": "minimal",
        "show_progress_on": answer,
        "concurrency_id": "atlas",
    }

    def then_ask(event: Any) -> None:
        event.then(**wiring).then(fn=None, js=_SHOWN, **_PRIVATE)

    asked = gr.on([button.click, question.submit], **wiring)
    asked.then(fn=None, js=_SHOWN, **_PRIVATE)
    for example in offered:
        then_ask(example.click(lambda text: text, example, question, queue=False, **_QUIET))
    wanted = [question, places, as_of]
    follow = {"fn": lambda *given: _filled(asker.follow(*given)), "outputs": wanted, **_QUIET}
    for event in (further.submit, next_button.click):
        then_ask(event(inputs=[further, kept, as_of, switch], **follow))
    then_ask(pressed.click(inputs=[carrier, kept, as_of, switch], js=_PRESSED, **follow))
    linked = opener.click(
        lambda address, on: _filled(asker.linked(address, on)), [carrier, as_of], wanted, js=_LINKED, **_QUIET
    )
    then_ask(linked)
    _wire_files(asker)


def _wire_files(asker: AskPage) -> None:
    """A hidden button that the page's script presses for a file; the file comes back as a `data:` address."""
    maker = gr.Button("file", elem_id="ask-file", visible="hidden")
    suffix, link, made = (gr.Textbox(visible="hidden", label="carried", container=False) for _ in range(3))
    event = maker.click(asker.file, [suffix, link], made, js=_FILE, concurrency_id="atlas", **_QUIET)
    event.then(fn=None, inputs=made, js=_SAVE, **_PRIVATE)


def ask_opener() -> gr.Button:
    """The hidden button that the page's script presses; it stands outside the tabs, which are only there once they are chosen."""
    return gr.Button("open", elem_id="ask-open", visible="hidden")


def _filled(wanted: Wanted) -> tuple[str, list[str], str]:
    return wanted.question, list(wanted.places), wanted.day


def _go(labels: Labels, key: str) -> gr.Button:
    button = gr.Button(word(key, "en"), variant="primary", scale=1, min_width=140, elem_id=key, elem_classes="go")
    labels[button] = lambda language: gr.update(value=word(key, language))
    return button


def _worded(label: str, info: str = "") -> Callable[[str], Update]:
    def relabel(language: str) -> Update:
        told: Update = {"info": word(info, language)} if info else {}
        return dict(gr.update(label=word(label, language), **told))

    return relabel


def _examples(labels: Labels) -> list[gr.Button]:
    """A column of buttons for each kind of user; a button says the question that it asks."""
    buttons = []
    with gr.Row(elem_classes="example-columns"):
        for user in USERS:
            with gr.Column(min_width=240):
                heading = gr.HTML(_heading(user, "en"), apply_default_css=False)
                labels[heading] = lambda language, user=user: gr.update(value=_heading(user, language))
                for index, question in enumerate(examples(user, "en")):
                    button = gr.Button(question, size="sm", elem_classes="example")
                    labels[button] = lambda language, user=user, index=index: gr.update(
                        value=examples(user, language)[index]
                    )
                    buttons.append(button)
    return buttons


def _heading(user: str, language: str) -> str:
    return f'<p class="for" lang="{language}">{escape(word(user, language))}</p>'
