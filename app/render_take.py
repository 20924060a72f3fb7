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


def take_html(sheet: Sheet, copies: Mapping[str, str]) -> str:
    """Buttons that copy the answer with its citations, files of it, and its link. Nothing of it leaves the page."""
    language = sheet.language
    copy = "".join(
        f'<button type="button" data-copy="{escape(text)}">{word(form, language)}</button>'
        for form, text in copies.items()
    )
    files = "".join(_file(sheet, one) for one in ANSWER_FORMATS)
    hint = word("copy_link_hint", language)
    return (
        f'<section class="take" aria-label="{word("take_away", language)}">'
        f'<p><span class="label">{word("copy_with", language)}</span>{copy}</p>'
        f'<p><span class="label">{word("save_as", language)}</span>{files}'
        f'<button type="button" data-copy-link title="{hint}">{word("copy_link", language)}</button></p>'
        f'<output aria-live="polite" data-done="{word("copied", language)}"'
        f' data-failed="{word("not_copied", language)}"></output></section>'
    )


def _file(sheet: Sheet, form: AnswerFormat) -> str:
    data = b64encode(form.write(sheet)).decode("ascii")
    name = form.suffix.upper() if form.suffix != "md" else "Markdown"
    return f'<a download="answer.{form.suffix}" href="data:{form.media_type};base64,{data}">{name}</a>'
