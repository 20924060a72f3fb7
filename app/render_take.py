"""What stands under an answer, as HTML: further questions, and the ways to take it away. Every string from outside is escaped here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from app.answer_file import ANSWER_FORMATS, AnswerFormat, Sheet
from app.ui_words import word


def follow_html(questions: Sequence[str], language: str) -> str:
    """Further questions as buttons; the page's script asks the one that is pressed."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-follow="{escape(one)}">{escape(one)}</button></li>' for one in questions
    )
    title = word("ask_next", language)
    return f'<nav class="follow" aria-label="{title}"><h3>{title}</h3><ul>{buttons}</ul></nav>'


def take_html(copies: Mapping[str, str], language: str) -> str:
    """Buttons that copy the answer with its citations, make a file of it, and copy its link. Nothing of it leaves the page."""
    copy = "".join(
        f'<button type="button" data-copy="{escape(text)}">{word(form, language)}</button>'
        for form, text in copies.items()
    )
    files = "".join(f'<button type="button" data-file="{one.suffix}">{one.name}</button>' for one in ANSWER_FORMATS)
    hint = word("copy_link_hint", language)
    return (
        f'<section class="take" aria-label="{word("take_away", language)}">'
        f'<p><span class="label">{word("copy_with", language)}</span>{copy}</p>'
        f'<p><span class="label">{word("save_as", language)}</span>{files}'
        f'<button type="button" data-copy-link title="{hint}">{word("copy_link", language)}</button></p>'
        f'<output aria-live="polite" data-done="{word("copied", language)}"'
        f' data-failed="{word("not_copied", language)}"></output></section>'
    )


def file_address(form: AnswerFormat, sheet: Sheet) -> str:
    """A file of the answer as a `data:` address, which the page's script saves; it is kept nowhere else."""
    return f"data:{form.media_type};base64,{b64encode(form.write(sheet)).decode('ascii')}"
