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
_HAN = re.compile(r"[一-鿿]+")

STOP_WORDS = {
    "en": frozenset(
        ["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "if", "then", "than", "that", "this", "these", "those", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "have", "has", "had", "having", "i", "me", "my", "we", "our", "you", "your", "he", "his", "she", "her", "it", "its", "they", "them", "their", "there", "here", "what", "which", "who", "whom", "when", "where", "why", "how", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "not", "no", "nor", "so", "as", "about", "into", "over", "under", "after", "before", "during", "again", "once", "only", "own", "same", "such", "s", "t", "just", "also", "any", "all", "each", "both", "more", "most", "other", "some", "very", "too", "out", "up", "down", "off", "get", "got", "one's"]
    ),
    "de": frozenset(
        ["der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen", "und", "oder", "aber", "wenn", "dann", "als", "dass", "daß", "ob", "ist", "sind", "war", "waren", "sein", "bin", "bist", "wird", "werden", "wurde", "wurden", "hat", "haben", "hatte", "ich", "mich", "mir", "mein", "meine", "meinem", "meinen", "meiner", "du", "dein", "deine", "er", "sie", "es", "wir", "uns", "unser", "ihr", "ihre", "ihrem", "ihren", "man", "sich", "nicht", "kein", "keine", "in", "im", "an", "am", "auf", "aus", "bei", "beim", "mit", "nach", "von", "vom", "zu", "zum", "zur", "für", "über", "unter", "durch", "um", "bis", "seit", "wie", "was", "wer", "wo", "wann", "warum", "welche", "welcher", "welches", "welchen", "kann", "können", "darf", "dürfen", "muss", "müssen", "soll", "sollen", "noch", "schon", "auch", "nur", "so", "sehr", "da", "hier", "dort", "denn", "doch", "mehr"]
    ),
    "zh": frozenset(["的", "了", "和", "与", "及", "或", "在", "是", "有", "我", "你", "他", "她", "它", "们", "吗", "呢", "吧", "啊", "会", "能", "要", "就", "都", "也", "还", "被", "把", "对", "从", "到", "为", "以", "于", "其", "这", "那", "哪", "个", "之", "而", "并", "且", "后", "前", "时", "中", "上", "下", "什么", "怎么", "如何", "是否", "可以", "请问", "一个", "我们", "你们", "他们"]),
}  # fmt: skip


def words(text: str, language: str) -> list[str]:
    """The comparable words of `text`, in order, stop words left out."""
    text = unicodedata.normalize("NFKC", text)
    if language == "zh":
        return _chinese(text)
    stop = STOP_WORDS[language]
    found = [word.lower() for word in _WORD.findall(text)]
    stems: list[str] = _stemmer(language).stemWords([word for word in found if word not in stop])
    return stems


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
