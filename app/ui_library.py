"""The tab that is a library: three ways in, and one page. Where one is stands in the address after `#library/`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from app.page import Page
from app.page_library import LibraryPage, LibraryView
from app.ui_words import word

Update = dict[str, Any]
Day = Callable[[dict[Any, Any], str], gr.Textbox]
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "atlas"}
_GO = "(target, day) => window.atlasLibrary && window.atlasLibrary.go(target || '', day)"
_AT = "(address, day, language) => [window.atlasLibrary ? window.atlasLibrary.address() : '', day, language]"
_SHOWN = "() => window.atlasLibrary && window.atlasLibrary.shown()"


def library_tab(page: Page, labels: dict[Any, Any], switch: gr.Radio, day: Day, tab: gr.Tab, opener: gr.Button) -> None:
    """Lay the tab out and wire it. `opener` is the hidden button that the page's script presses when the address changes."""
    library = LibraryPage(page)
    intro = gr.HTML(_intro("en"), apply_default_css=False)
    labels[intro] = lambda language: gr.update(value=_intro(language))
    with gr.Row(elem_classes="filters"):
        place = gr.Dropdown([], label=word("library_place", "en"), scale=2, elem_id="library-place")
        law = gr.Dropdown([], label=word("library_law", "en"), scale=3, elem_id="library-law")
        as_of = day(labels, "library-as-of")
    with gr.Row(elem_classes="filters"):
        wanted = gr.Textbox(
            label=word("library_find", "en"),
            info=word("library_find_hint", "en"),
            max_lines=1,
            scale=5,
            elem_id="library-find",
            elem_classes="plain-field",
        )
        go = gr.Button(
            word("go", "en"), variant="primary", scale=1, min_width=140, elem_id="library-go", elem_classes="go"
        )
    labels[place] = lambda language: gr.update(label=word("library_place", language), choices=library.places(language))
    labels[law] = lambda language: gr.update(label=word("library_law", language))
    labels[wanted] = lambda language: gr.update(
        label=word("library_find", language), info=word("library_find_hint", language)
    )
    labels[go] = lambda language: gr.update(value=word("go", language))
    html = gr.HTML(elem_id="library", apply_default_css=False)
    _wire(library, html, place, law, as_of, wanted, go, switch, tab, opener)


def _wire(
    library: LibraryPage,
    html: gr.HTML,
    place: gr.Dropdown,
    law: gr.Dropdown,
    as_of: gr.Textbox,
    wanted: gr.Textbox,
    go: gr.Button,
    switch: gr.Radio,
    tab: gr.Tab,
    opener: gr.Button,
) -> None:
    shown = [html, as_of, place, law]

    def show(given: str, today: str, language: str) -> list[Update]:
        return _updates(library.open(given, today, language))

    def again(given: str, today: str, language: str) -> list[Update]:
        return show(given, today, language) if library.is_open else [gr.skip()] * len(shown)

    def meant(written: str, language: str) -> str:
        return library.find(written, language)

    carrier = gr.Textbox(visible="hidden", label="address", container=False, elem_id="library-address")
    given = [carrier, as_of, switch]
    progress = _QUIET | {"js": _AT} | {"show_progress": "minimal", "show_progress_on": html}
    first = tab.select(show, given, shown, **progress)
    # An earlier page that is still on its way must not take the place of the one that was asked for after it.
    opener.click(show, given, shown, cancels=first, **progress).then(fn=None, js=_SHOWN, api_visibility="private")
    switch.change(again, given, shown, queue=False, **progress)
    place.input(fn=None, inputs=[place, as_of], js=_GO, api_visibility="private")
    law.input(fn=None, inputs=[law, as_of], js=_GO, api_visibility="private")
    found = gr.Textbox(visible="hidden", label="found", container=False)  # a state would not reach the page's script
    for event in (go.click, wanted.submit):
        event(meant, [wanted, switch], found, **_QUIET).then(
            fn=None, inputs=[found, as_of], js=_GO, api_visibility="private"
        )


def opener_button() -> gr.Button:
    """The hidden button that the page's script presses; it stands outside the tabs, which are only there once they are chosen."""
    return gr.Button("open", elem_id="library-open", visible="hidden")


def _updates(view: LibraryView) -> list[Update]:
    return [
        gr.update(value=view.html),
        gr.update(value=view.day),
        gr.update(value=view.place),
        gr.update(value=view.law, choices=view.laws or []),
    ]


def _intro(language: str) -> str:
    return f'<p class="atlas intro" lang="{language}">{word("library_intro", language)}</p>'
