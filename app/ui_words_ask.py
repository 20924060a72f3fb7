"""The words around an answer: what to ask next, and how to take it away. No law stands here."""

from __future__ import annotations

from collections.abc import Mapping

ASK_WORDS: Mapping[str, tuple[str, str, str]] = {
    "ask_next": ("Ask next", "Weiterfragen", "继续提问"),
    "what_means": ("What does “{term}” mean?", "Was bedeutet „{term}“?", "“{term}”是什么意思？"),
    "follow_up": ("Your follow-up question", "Ihre Anschlussfrage", "您的后续问题"),
    "follow_up_hint": (
        "Stays with the jurisdictions of this answer unless you name another.",
        "Bleibt bei den Rechtsordnungen dieser Antwort, wenn Sie keine andere nennen.",
        "沿用本回答的法域，除非您另行指明。",
    ),
    "take_away": ("Take it away", "Mitnehmen", "带走回答"),
    "copy_with": ("Copy with citations", "Kopieren mit Zitaten", "连同引注复制"),
    "copied": ("Copied.", "Kopiert.", "已复制。"),
    "not_copied": (
        "The browser did not allow copying. Download the answer instead.",
        "Der Browser lässt das Kopieren nicht zu. Laden Sie die Antwort stattdessen herunter.",
        "浏览器不允许复制，请改为下载。",
    ),
    "oscola": ("OSCOLA", "OSCOLA", "OSCOLA"),
    "bluebook": ("Bluebook", "Bluebook", "Bluebook"),
    "plain": ("Plain, with links", "Schlicht, mit Links", "普通格式（含链接）"),
    "save_as": ("Save as", "Speichern als", "另存为"),
    "copy_link": ("Copy link", "Link kopieren", "复制链接"),
    "copy_link_hint": (
        "The link holds the question and the filters behind a “#”, which browsers do not send to any server.",
        "Der Link enthält Frage und Filter hinter einem „#“; diesen Teil senden Browser an keinen Server.",
        "链接在“#”之后只含问题和筛选条件，浏览器不会将其发送给任何服务器。",
    ),
    "around": ("Before and after it", "Davor und danach", "前后条文"),
    "before_it": ("Before: {citation}", "Davor: {citation}", "前一条：{citation}"),
    "after_it": ("After: {citation}", "Danach: {citation}", "后一条：{citation}"),
}
