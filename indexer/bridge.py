"""Carry a question from German or Chinese into English words, through the glossary and the vocabulary.

The encoder knows English only. The bridge gives it the English names of every term that a question holds: not a translation,
but the words by which English passages are found. The lexical search uses the same words on English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.model import Corpus
from indexer.tokens import STOP_WORDS, teach, words


@dataclass
class Bridge:
    """English words for the German and Chinese terms of one corpus."""

    german: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    chinese: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1
    english: set[str] = field(default_factory=set)

    @staticmethod
    def of(corpus: Corpus) -> Bridge:
        bridge = Bridge()
        for term in corpus.terms:
            bridge.learn(term.names("en")[:2], term.names("de"), term.names("zh"))
        for synonyms in corpus.synonyms:
            bridge.learn(synonyms.words["en"][:2], synonyms.words["de"], synonyms.words["zh"])
        for jurisdiction in corpus.jurisdictions.values():
            bridge.learn((jurisdiction.name.en,), (jurisdiction.name.de,), (jurisdiction.name.zh,))
        teach(bridge.chinese)
        return bridge

    def learn(self, english: Iterable[str], german: Iterable[str], chinese: Iterable[str]) -> None:
        """Remember the English words for these German and Chinese ones; what was learnt first stays."""
        english = tuple(english)
        self.english.update(stem for word in english for stem in _stems(word))
        target = tuple(dict.fromkeys(re.sub(r"\s*\(.*?\)", "", word) for word in english))
        for word in german:
            key = tuple(_stems(re.sub(r"\s*\(.*?\)", "", word)))
            if key:
                self.german.setdefault(key, target)
                self.longest = max(self.longest, len(key))
        for word in chinese:
            for form in re.split(r"[、,,;;/]", re.sub(r"[((].*?[))]", "", word)):
                if len(form.strip()) >= 2 or (form.strip() and len(word) == 1):
                    self.chinese.setdefault(form.strip(), target)

    def to_english(self, text: str, language: str) -> str:
        """English search words for `text`; the text itself if it is English."""
        if language == "de":
            return " ".join(self._from_german(text))
        if language == "zh":
            return " ".join(self._from_chinese(text))
        return text

    def carried(self, text: str, language: str) -> float:
        """The share of the words (Chinese: characters) of `text` that the bridge carries over; 1 for English."""
        if language == "en":
            return 1.0
        if language == "de":
            tokens = _stems(text)
            known = [
                t for t in tokens if (t,) in self.german or self._compound(t) or any(t in key for key in self.german)
            ]
            return len(known) / len(tokens) if tokens else 0.0
        found, total, at = 0, 0, 0
        stop = STOP_WORDS["zh"]
        while at < len(text):
            size = next((n for n in range(min(14, len(text) - at), 0, -1) if text[at : at + n] in self.chinese), 0)
            counted = size or int(text[at].isalpha() and text[at] not in stop)
            found, total, at = found + size, total + counted, at + max(size, 1)
        return found / total if total else 0.0

    def _from_german(self, text: str) -> list[str]:
        tokens = _stems(text)
        found: list[str] = []
        at = 0
        while at < len(tokens):
            for size in range(min(self.longest, len(tokens) - at), 0, -1):
                if english := self.german.get(tuple(tokens[at : at + size])):
                    found.extend(english[:1])
                    at += size
                    break
            else:
                found.extend(self._compound(tokens[at]) or self._as_is(tokens[at]))
                at += 1
        return list(dict.fromkeys(found))

    def _compound(self, token: str) -> list[str]:
        """The parts of a German compound that the bridge knows ("jugendstrafeintrag")."""
        for cut in range(len(token) - 4, 3, -1):
            head, tail = token[:cut], token[cut:]
            known_head = (
                self.german.get((head.removesuffix("s"),)) or self.german.get((head,)) or self.german.get((head + "e",))
            )
            known_tail = self.german.get(tuple(_stems(tail)))
            if known_head and known_tail:
                return [known_head[0], known_tail[0]]
        return []

    def _as_is(self, token: str) -> list[str]:
        """Numbers and the English words of the glossary and the vocabulary ("felony") go over unchanged; the rest is dropped."""
        return [token] if token[0].isdigit() or token in self.english else []

    def _from_chinese(self, text: str) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(text):
            for size in range(min(14, len(text) - at), 0, -1):
                if english := self.chinese.get(text[at : at + size]):
                    found.extend(english[:1])
                    at += size
                    break
            else:
                latin = re.match(r"[A-Za-z0-9.()§-]+", text[at:])
                if latin and latin.group().lower() not in STOP_WORDS["en"]:
                    found.append(latin.group())
                at += len(latin.group()) if latin else 1
        return list(dict.fromkeys(found))


def _stems(text: str) -> list[str]:
    """German words without the added heads: the bridge matches whole words."""
    return [word for word in words(text, "de") if not word.endswith("~")]
