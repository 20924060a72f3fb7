"""The tab that compares: the table, the chart of waiting periods, the map of the states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from app.page import Page
from app.page_pictures import Pictures
from app.ui_words import word

Day = Callable[[dict[Any, Any], str], gr.Textbox]
_LINKED = "(address, day) => [window.atlasCompare ? window.atlasCompare.address() : '', day]"
_SHOWN = "() => window.atlasCompare && window.atlasCompare.shown()"
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "concurrency_id": "atlas"}


def compare_tab(page: Page, labels: dict[Any, Any], switch: gr.Radio, day: Day, opener: gr.Button) -> None:
    """Lay the tab out and wire it. `opener` is the hidden button that the page's script presses when the address changes."""
    pictures = Pictures(page)
    with gr.Tabs(elem_id="compare-views"):
        with gr.Tab(word("table_view", "en"), id="table") as table:
            _table(page, labels, switch, day, opener)
        with gr.Tab(word("waiting_view", "en"), id="waiting") as waiting:
            _waiting(page, pictures, labels, switch, day, waiting)
        with gr.Tab(word("states_view", "en"), id="states") as states:
            _states(pictures, labels, switch, day, states)
    for tab, key in ((table, "table_view"), (waiting, "waiting_view"), (states, "states_view")):
        labels[tab] = lambda language, key=key: gr.update(label=word(key, language))


def compare_opener() -> gr.Button:
    """The hidden button that the page's script presses; it stands outside the tabs, which are only there once they are chosen."""
    return gr.Button("open", elem_id="compare-open", visible="hidden")


def _table(page: Page, labels: dict[Any, Any], switch: gr.Radio, day: Day, opener: gr.Button) -> None:
    places = gr.Dropdown(
        [], multiselect=True, max_choices=12, elem_id="compare-places", label=word("compare_places", "en")
    )
    labels[places] = lambda language: gr.update(
        label=word("compare_places", language), choices=page.compare_places(language)
    )
    with gr.Row(elem_classes="filters"):
        dimensions = gr.Dropdown(
            [],
            multiselect=True,
            scale=3,
            elem_id="dimensions",
            label=word("dimensions", "en"),
            info=word("dimensions_hint", "en"),
        )
        labels[dimensions] = lambda language: gr.update(
            label=word("dimensions", language),
            info=word("dimensions_hint", language),
            choices=page.dimensions(language),
        )
        as_of = day(labels, "compare-as-of")
        button = gr.Button(
            word("compare", "en"), variant="primary", scale=1, min_width=140, elem_id="compare", elem_classes="go"
        )
        labels[button] = lambda language: gr.update(value=word("compare", language))
    table = gr.HTML(elem_id="comparison", apply_default_css=False)
    carrier = gr.Textbox(visible="hidden", label="carried", container=False)
    given = [places, dimensions, as_of, switch]
    linked = opener.click(
        page.linked, [carrier, as_of], [places, dimensions, as_of], js=_LINKED, **(_QUIET | {"show_progress": "hidden"})
    )
    for event in (button.click, linked.then):
        event(page.compare, given, table, **_QUIET).then(fn=None, js=_SHOWN, api_visibility="private")


def _waiting(page: Page, pictures: Pictures, labels: dict[Any, Any], switch: gr.Radio, day: Day, tab: gr.Tab) -> None:
    with gr.Row(elem_classes="filters"):
        kind = gr.Dropdown(
            pictures.classes("en"),
            value="",
            scale=2,
            elem_id="waiting-class",
            label=word("waiting_class", "en"),
            info=word("waiting_class_hint", "en"),
        )
        places = gr.Dropdown(
            [],
            multiselect=True,
            scale=3,
            elem_id="waiting-places",
            label=word("places", "en"),
            info=word("dimensions_hint", "en"),
        )
        as_of = day(labels, "waiting-as-of")
    labels[kind] = lambda language: gr.update(
        label=word("waiting_class", language),
        info=word("waiting_class_hint", language),
        choices=pictures.classes(language),
    )
    labels[places] = lambda language: gr.update(
        label=word("places", language), info=word("dimensions_hint", language), choices=page.compare_places(language)
    )
    chart = gr.HTML(elem_id="waiting-chart", apply_default_css=False)
    given = [kind, places, as_of, switch]
    _draw([tab.select, kind.input, places.input, as_of.input], pictures.waiting, given, chart, switch)


def _states(pictures: Pictures, labels: dict[Any, Any], switch: gr.Radio, day: Day, tab: gr.Tab) -> None:
    with gr.Row(elem_classes=["filters", "short"]):
        as_of = day(labels, "states-as-of")
    tiles = gr.HTML(elem_id="states-map", apply_default_css=False)
    _draw([tab.select, as_of.input], pictures.states, [as_of, switch], tiles, switch)


def _draw(events: list[Any], draw: Callable[..., str], given: list[Any], picture: gr.HTML, switch: gr.Radio) -> None:
    """The picture when it is asked for; a change of language draws again only what has been drawn (a page that opens has not)."""
    drawn = gr.State(False)
    gr.on(events, lambda *values: (draw(*values), True), given, [picture, drawn], **_QUIET)
    switch.change(
        lambda before, *values: draw(*values) if before else gr.skip(), [drawn, *given], picture, queue=False, **_QUIET
    )
