"""Words of a text as the lexical search compares them: lower case, stemmed, without stop words.

English and German are stemmed (Snowball), Chinese is cut by jieba, which knows the glossary's terms as words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[a-zäöüßéèàç]+|\d+(?:[.:-][0-9a-z]+)*[a-z]{0,2}", re.IGNORECASE)
HEAD = 6
_HAN = re.compile(r"[一-鿿]+")

_STOP_WORDS = {
    "en": """
        a about after again all also am an and any are as at be been before being both but by can could did do does down during
        each for from get got had has have having he her here his how i if in into is it its just may me might more most must my
        no nor not of off on once one's only or other our out over own s same shall she should so some such t than that the their
        them then there these they this those to too under up very was we were what when where which who whom why will with would
        you your
    """,
    "de": """
        aber als am an auch auf aus bei beim bin bis bist da dann darf das dass daß dein deine dem den denn der des die doch dort
        du durch dürfen ein eine einem einen einer eines er es für haben hat hatte hier ich ihr ihre ihrem ihren im in ist kann
        kein keine können man mehr mein meine meinem meinen meiner mich mir mit muss müssen nach nicht noch nur ob oder schon sehr
        sein seit sich sie sind so soll sollen um und uns unser unter vom von wann war waren warum was welche welchen welcher
        welches wenn wer werden wie wir wird wo wurde wurden zu zum zur über
    """,
    "zh": """
        一个 上 下 与 且 个 中 为 之 也 了 于 什么 从 他 他们 以 们 会 你 你们 其 到 前 及 可以 后 吗 吧 呢 和 哪
        啊 在 她 如何 它 对 就 并 怎么 我 我们 或 把 时 是 是否 有 的 而 能 被 要 请问 还
        这 那 都
    """,
}
STOP_WORDS = {language: frozenset(listed.split()) for language, listed in _STOP_WORDS.items()}


def words(text: str, language: str) -> list[str]:
    """The comparable words of `text`, in order, stop words left out."""
    text = unicodedata.normalize("NFKC", text)
    if language == "zh":
        return _chinese(text)
    stop = STOP_WORDS[language]
    found = [word.lower() for word in _WORD.findall(text)]
    stems: list[str] = _stemmer(language).stemWords([word for word in found if word not in stop])
    return [*stems, *heads(stems)] if language == "de" else stems


def heads(stems: Iterable[str]) -> list[str]:
    """The beginnings of long German words, so that Tilgungsfrist, Tilgungsreife and Tilgung meet."""
    return [f"{stem[:HEAD]}~" for stem in stems if len(stem) > HEAD + 2]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of one word of English or German, lower case."""
    return str(_stemmer(language).stemWord(word.lower()))


def _chinese(text: str) -> list[str]:
    stop = STOP_WORDS["zh"]
    found: list[str] = []
    for piece in re.findall(r"[一-鿿]+|[A-Za-z]+|\d+(?:\.\d+)*", text):
        if _HAN.match(piece):
            found.extend(word for word in _jieba().cut_for_search(piece) if word not in stop)
        else:
            found.append(piece.lower())
    return found


def teach(terms: Iterable[str]) -> None:
    """Let the Chinese word cutter keep these terms whole."""
    tokenizer = _jieba()
    for term in terms:
        if 2 <= len(term) <= 12 and _HAN.fullmatch(term):
            tokenizer.add_word(term)


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer({"en": "english", "de": "german"}[language])


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()
