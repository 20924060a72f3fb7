"""The tab that checks a record: an interview, the answers so far, and the result. What is asked and said is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.interview import Interview, Question
from app.page import Page
from app.page_check import CheckPage, View
from app.ui_words import word

Update = dict[str, Any]
PARTS = ("choice", "several", "typed", "place")
_CHANGED = "(state, day, language, path) => [state, day, language, window.atlasChange || '']"
"""The page's script notes which answer is to be changed and presses the hidden button."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the tab that change from question to question."""

    state: gr.State
    asking: gr.HTML
    place: gr.Dropdown
    choice: gr.Radio
    several: gr.CheckboxGroup
    typed: gr.Textbox
    problem: gr.HTML
    go_on: gr.Button
    unknown: gr.Button
    back: gr.Button
    another: gr.Button
    result_now: gr.Button
    again: gr.Button
    answers: gr.HTML
    result: gr.HTML

    def all(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


def check_tab(
    blocks: gr.Blocks,
    page: Page,
    labels: dict[Any, Any],
    switch: gr.Radio,
    day: Callable[[dict[Any, Any], str], gr.Textbox],
) -> None:
    """Lay the tab out and wire it."""
    checker = CheckPage(page)
    intro = gr.HTML(_intro("en"), apply_default_css=False)
    labels[intro] = lambda language: gr.update(value=_intro(language))
    with gr.Accordion(word("as_of", "en"), open=False, elem_id="check-law") as law:
        labels[law] = lambda language: gr.update(label=word("as_of", language))
        as_of = day(labels, "check-as-of")
    parts = _parts(labels)
    changer = gr.Button("change", elem_id="check-change", visible="hidden")
    _wire(blocks, checker, parts, as_of, switch, changer)


def _intro(language: str) -> str:
    return f'<p class="atlas intro" lang="{language}">{word("check_intro", language)}</p>'


def _parts(labels: dict[Any, Any]) -> Parts:
    state = gr.State(Interview(), time_to_live=3600)
    with gr.Column(elem_id="check-question"):
        asking = gr.HTML(elem_id="check-asking", apply_default_css=False)
        answer: dict[str, Any] = {"label": word("your_answer", "en"), "visible": False}
        place = gr.Dropdown([], elem_id="check-place", **answer)
        choice = gr.Radio([], elem_id="check-choice", **answer)
        several = gr.CheckboxGroup([], elem_id="check-several", **answer)
        typed = gr.Textbox(elem_id="check-typed", max_lines=1, **answer)
        problem = gr.HTML(elem_id="check-problem", apply_default_css=False)
        with gr.Row(elem_classes="steps"):
            go_on = _button(labels, "continue", "check-continue", primary=True)
            unknown = _button(labels, "dont_know", "check-unknown")
            result_now = _button(labels, "see_result", "check-result-now")
            another = _button(labels, "another_entry", "check-another")
            back = _button(labels, "back_step", "check-back")
            again = _button(labels, "start_again", "check-again")
    for component in (place, choice, several, typed):
        labels[component] = lambda language: gr.update(label=word("your_answer", language))
    answers = gr.HTML(elem_id="check-answers", apply_default_css=False)
    result = gr.HTML(elem_id="check-result", apply_default_css=False)
    return Parts(
        state,
        asking,
        place,
        choice,
        several,
        typed,
        problem,
        go_on,
        unknown,
        back,
        another,
        result_now,
        again,
        answers,
        result,
    )


def _button(labels: dict[Any, Any], key: str, elem_id: str, primary: bool = False) -> gr.Button:
    button = gr.Button(
        word(key, "en"),
        variant="primary" if primary else "secondary",
        elem_id=elem_id,
        elem_classes="go" if primary else "quiet",
        min_width=120,
    )
    labels[button] = lambda language: gr.update(value=word(key, language))
    return button


def _wire(
    blocks: gr.Blocks, checker: CheckPage, parts: Parts, as_of: gr.Textbox, switch: gr.Radio, changer: gr.Button
) -> None:
    given = [parts.place, parts.choice, parts.several, parts.typed]
    context = [parts.state, as_of, switch]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "atlas"}
    focus = "() => window.atlasFocus && window.atlasFocus('check-asking')"

    def step(act: Callable[..., View]) -> Callable[..., list[Any]]:
        return lambda *given: _show(act(*given))

    def on(event: Any, act: Callable[..., View], inputs: list[Any], **more: Any) -> None:
        shown = event(step(act), inputs, parts.all(), **(quiet | more))
        if act not in (checker.open, checker.show):
            shown.then(fn=None, js=focus, api_visibility="private")

    on(blocks.load, checker.open, context, queue=False)
    on(parts.go_on.click, checker.go_on, [*context, *given])
    on(parts.typed.submit, checker.go_on, [*context, *given])
    on(parts.unknown.click, checker.unknown, context)
    on(parts.back.click, checker.back, context)
    on(parts.another.click, checker.another, context)
    on(parts.again.click, checker.again, context)
    carrier = gr.Textbox(visible="hidden", label="change", container=False)
    on(changer.click, checker.change, [*context, carrier], js=_CHANGED)
    on(switch.change, checker.show, context, queue=False)
    parts.result_now.click(
        step(checker.result),
        context,
        parts.all(),
        **(quiet | {"show_progress": "minimal", "show_progress_on": parts.result}),
    ).then(fn=None, js="() => window.atlasShow && window.atlasShow('check-result')", api_visibility="private")


def _show(view: View) -> list[Any]:
    """A view as an update of every part, in the order of `Parts`."""
    question = view.question
    kind = _part(question)
    options = list(question.options) if question else []

    def offered(part: str, value: Any) -> Update:
        shown: Update = {"visible": kind == part, "value": value}
        if part != "typed":
            shown["choices"] = options
        return dict(gr.update(**shown))

    return [
        view.interview,
        gr.update(value=view.asking),
        offered("place", None),
        offered("choice", None),
        offered("several", []),
        offered("typed", ""),
        gr.update(value=view.problem),
        gr.update(visible=question is not None),
        gr.update(visible=question is not None and question.kind != "place"),
        gr.update(visible=bool(view.interview.given)),
        gr.update(visible=question is None),
        gr.update(visible=view.may_show, elem_classes=["go" if question is None else "quiet"]),
        gr.update(visible=bool(view.interview.given)),
        gr.update(value=view.answers),
        gr.update(value=view.result),
    ]


def _part(question: Question | None) -> str:
    if question is None:
        return ""
    return {"place": "place", "choice": "choice", "yes_no": "choice", "sentences": "several"}.get(
        question.kind, "typed"
    )
