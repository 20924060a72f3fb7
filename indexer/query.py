"""From a question to a `Query`: language, places, laws, pinpoints, dimensions, durations, intent.

spaCy's matchers find names and cues; the words they look for come from the corpus files alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from corpus.citations import Citation, Citations
from corpus.model import LANGUAGES, Corpus, Term
from indexer.bridge import Bridge
from indexer.durations import Duration, durations
from indexer.tokens import STOP_WORDS, stem, words

MAX_QUESTION = 2_000


class Intent(StrEnum):
    """What shape of answer is asked for."""

    LOOKUP = "lookup"
    COMPARE = "compare"
    DEFINE = "define"
    PINPOINT = "pinpoint"


@dataclass(frozen=True)
class Query:
    """A question as understood. Offsets refer to `question`."""

    question: str
    language: str
    as_of: date
    asked_in: str
    """The language of the question; `language` is that of the answer, the same unless another was wanted."""
    english: str
    """The question, or its words carried over into English."""
    jurisdictions: tuple[str, ...] = ()
    """Places named that the corpus knows of, covered or not, in order."""
    chosen: tuple[str, ...] = ()
    """Those of them that were set beside the question, not named in it."""
    own_law: tuple[str, ...] = ()
    """Those of them of which the question wants their own law rather than that of their parts ("federal")."""
    laws: tuple[str, ...] = ()
    """Instruments named."""
    citations: tuple[Citation, ...] = ()
    dimensions: tuple[str, ...] = ()
    """Dimensions asked about, the likeliest first."""
    terms: tuple[Term, ...] = ()
    durations: tuple[Duration, ...] = ()
    years: tuple[int, ...] = ()
    intent: Intent = Intent.LOOKUP
    discussion: bool = False
    """Whether studies, history or arguments are asked for, and not the law."""
    personal: bool = False
    """Whether someone asks about a record of their own."""
    meaning_only: bool = False
    """Whether nothing but the meaning of terms of art is asked for."""
    corrections: tuple[tuple[str, str], ...] = field(default=())
    """Words that were read as another: (as typed, as read)."""
    collections: tuple[str, ...] | None = None
    """Collections of the user's own texts that are searched; all if `None`."""


_DEFINE = re.compile(
    r"""\b(?:what\s+(?:does|do|did|is\s+meant\s+by)\b.*\b(?:mean|stand\s+for|meant)|what(?:\s+is|'s|\s+are)\s+(?:an?\s+|the\s+(?:meaning|definition)\s+of\s+)|
    define|definition|meaning\s+of|the\s+same\s+(?:as|thing)|difference\s+between|explain\s+the\s+terms?|
    was\s+(?:bedeutet|heißt|heisst|meint|versteht\s+man)|bedeutung|dasselbe|das\s+gleiche|unterschied\s+zwischen|begriff)\b
    |什么意思|是什么|什么是|含义|定义|何谓|指什么|区别|一回事|一样吗|等于|相同""",
    re.IGNORECASE | re.VERBOSE,
)
_MEANING_LIST = """
    what whats does do did is are s mean means meaning meant stand for of the a an by word words term terms concept explain define
    definition difference differ between and or same as thing false friend friends please to in law legal legally english german chinese
    was bedeutet bedeuten bedeutung heißt heisst heißen meint meinen versteht man unter ist sind der die das den dem ein eine und oder
    zwischen unterschied unterscheiden sich begriff begriffe falsche freunde dasselbe gleiche im recht juristisch auf deutsch bitte
"""
_MEANING_WORDS = frozenset(_MEANING_LIST.split())
_MEANING_ZH = re.compile(
    r"请问|法律上?|是什么|什么是|什么|有何|意思|含义|定义|何谓|指|概念|区别|不同|一回事|一样|相同|等于|是|有|在|的|和|与|跟|吗|呢|中"
)
_PERSONAL = re.compile(r"\b(?:I|I'm|I've|my|me|mine|ich|mein\w*|mir|mich)\b|我", re.IGNORECASE)
_DISCUSSION = re.compile(
    r"""\b(?:stud(?:y|ies)|research\w*|evidence|statistic\w*|data|argu(?:e|es|ment|ments)|debate\w*|critic\w*|oppon\w*|support\w*|histor\w*|origin\w*|
    recidivism|deter\w*|trust|public\s+opinion|article|author|Shen\s+Yi|scholar\w*|
    Studien?|Forschung\w*|Belege?|Statistik\w*|Argumente?\w*|Debatte\w*|Kritik\w*|Geschichte|Ursprung\w*|Rückfall\w*|Abschreckung\w*|Vertrauen|Artikel|Autor)\b
    |研究|证据|统计|数据|论点|争论|批评|反对|支持|历史|起源|再犯率|威慑|信任|文章|作者|沈逸|学者""",
    re.IGNORECASE | re.VERBOSE,
)
_HAN = re.compile(r"[一-鿿]")
_GERMAN_WORDS = """
    der die das und ist wird werden wie was wann ein eine nach nicht kann ich mein meine muss gilt bei im zu wer
    welche sind mit wo darf hat haben auf für von den dem des aus als noch auch es
"""
_GERMAN_SIGNS = re.compile(rf"[äöüß]|\b(?:{'|'.join(_GERMAN_WORDS.split())})\b", re.IGNORECASE)
_ENGLISH_SIGNS = re.compile(
    r"\b(?:the|and|is|are|of|to|do|does|did|how|when|what|which|who|can|my|I|a|an|on|for|if|not|with|have|has|it|from|be|by|or|law|under|after|before|record|records|What|When|How|Which|Who|Can|Does|Do|Is|Are|The|If)\b"
)
_YEAR = re.compile(r"(?<![\d.])(19[5-9]\d|20[0-4]\d)(?![\d.])")


class Understander:
    """Reads questions against one corpus; built once, used for every question."""

    def __init__(self, corpus: Corpus, vocabulary: Iterable[str] = ()) -> None:
        self.corpus = corpus
        self.citations = Citations(corpus)
        self.bridge = Bridge.of(corpus)
        self._vocabulary = frozenset(vocabulary)

    def read(self, question: str, as_of: date, jurisdictions: Sequence[str] = (), language: str | None = None) -> Query:
        """The question as understood; `jurisdictions` given beside it come first."""
        question = unicodedata.normalize("NFC", question).strip()
        asked_in = detect_language(question)
        read, corrections = self._corrected(question, asked_in)
        places = tuple(dict.fromkeys((*jurisdictions, *self.places(read))))
        laws = tuple(
            dict.fromkeys(
                law for _, _, ids in self.citations.instruments_named(read) for law in self._here(ids, places)
            )
        )
        places = places or tuple(dict.fromkeys(law.split("/")[0] for law in laws if self._unambiguous(read, law)))
        cited = self.citations.find(read, [*places, *(one for place in places for one in self.corpus.family(place))])
        if not places:
            places = tuple(dict.fromkeys(c.instrument.split("/")[0] for c in cited if c.instrument))
        terms = self._terms(read, asked_in)
        places = places or self._only_place(read, terms)
        return Query(
            question=question,
            language=language or asked_in,
            asked_in=asked_in,
            as_of=as_of,
            english=self.bridge.to_english(read, asked_in),
            jurisdictions=places,
            chosen=tuple(jurisdictions),
            own_law=tuple(dict.fromkeys(key for key, _, _ in self._own_words.find(read) if key in places)),
            laws=laws,
            citations=cited,
            dimensions=self.dimensions(read),
            terms=terms,
            durations=tuple(durations(read)),
            years=tuple(int(year) for year in _YEAR.findall(read)),
            intent=_intent(read, places, cited, terms),
            meaning_only=_asks_only_meaning(read, terms),
            discussion=_DISCUSSION.search(read) is not None,
            personal=_PERSONAL.search(read) is not None,
            corrections=corrections,
        )

    def _here(self, ids: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        family = {one for place in places for one in self.corpus.family(place)}
        return tuple(law for law in ids if law.split("/")[0] in family) or ids

    def _unambiguous(self, text: str, law: str) -> bool:
        return any(
            ids and ids[0].split("/")[0] == law.split("/")[0] and len({i.split("/")[0] for i in ids}) == 1
            for _, _, ids in self.citations.instruments_named(text)
        )

    def _only_place(self, text: str, terms: tuple[Term, ...]) -> tuple[str, ...]:
        """The one covered place to whose law all terms of art in a question belong ("Überliegefrist" is German law).

        A name that needs its place beside it, as "rehabilitation (France)" does, says nothing of the place without it.
        """
        telling = {key for key, _, _ in self._telling_names.find(text)}
        homes = [set(term.jurisdictions) for term in terms if term.jurisdictions and term.id in telling]
        common = set.intersection(*homes) if homes else set()
        return tuple(common) if len(common) == 1 and self.corpus.jurisdictions[min(common)].covered else ()

    # -- spaCy matchers, one for each thing to be found --------------------------------------------------------------

    @cached_property
    def _pipelines(self) -> tuple[Any, Any]:
        import spacy

        return spacy.blank("xx"), spacy.blank("zh")

    @cached_property
    def _place_names(self) -> Phrases:
        pairs: list[tuple[str, str]] = []
        for place in self.corpus.jurisdictions.values():
            for name in (place.name.en, place.name.de, place.name.zh, *place.aliases):
                pairs.extend((place.id, form) for form in _inflected(re.sub(r"\s*[((].*?[))]", "", name)))
        return Phrases(self._pipelines, pairs, stems=False)

    @cached_property
    def _own_words(self) -> Phrases:
        return Phrases(
            self._pipelines,
            [(place.id, word) for place in self.corpus.jurisdictions.values() for word in place.own_law],
        )

    @cached_property
    def _cues(self) -> Phrases:
        pairs = [
            (d.id, cue) for d in self.corpus.dimensions.values() for language in LANGUAGES for cue in d.cues[language]
        ]
        return Phrases(self._pipelines, pairs)

    @cached_property
    def _questions(self) -> dict[str, str]:
        """The dimensions by their own questions, as the corpus words them in each language."""
        return {
            _bare(d.question.in_language(language)): d.id
            for d in self.corpus.dimensions.values()
            for language in LANGUAGES
        }

    @cached_property
    def _telling_names(self) -> Phrases:
        """Names of terms that stand without a place in brackets."""
        return Phrases(
            self._pipelines,
            [(key, form) for key, name in self._names_of_terms() if not _BRACKET.search(name) for form in _forms(name)],
        )

    @cached_property
    def _term_names(self) -> Phrases:
        return Phrases(self._pipelines, [(key, form) for key, name in self._names_of_terms() for form in _forms(name)])

    def _names_of_terms(self) -> list[tuple[str, str]]:
        return [
            (term.id, name) for term in self.corpus.terms for language in LANGUAGES for name in term.names(language)
        ]

    @cached_property
    def _terms_by_id(self) -> dict[str, Term]:
        return {term.id: term for term in self.corpus.terms}

    def places(self, text: str) -> tuple[str, ...]:
        """Ids of the places named in `text`, in order."""
        found = list(dict.fromkeys(key for key, _, _ in self._place_names.find(_with_capitals(text))))
        # "New York in the United States" asks for New York: the larger place only says where it is, unless its own law is asked for.
        parents = {self.corpus.jurisdictions[place].parent for place in found}
        own = {key for key, _, _ in self._own_words.find(text)}
        found = [place for place in found if place not in parents or place in own]
        # "A federal offence in Australia": the word alone names no country where another is named.
        countries = {self._country(place) for place in found}
        return tuple(
            place
            for place in found
            if place not in own or countries == {place} or place in parents or self._named_by_name(place, text)
        )

    def _country(self, place: str) -> str:
        return self.corpus.jurisdictions[place].parent or place

    def _named_by_name(self, place: str, text: str) -> bool:
        """Whether a place is named otherwise than by a word for its own law."""
        words = {word.lower() for word in self.corpus.jurisdictions[place].own_law}
        without = re.sub("|".join(rf"\b{re.escape(word)}\b" for word in words), " ", text, flags=re.IGNORECASE)
        return any(key == place for key, _, _ in self._place_names.find(_with_capitals(without)))

    def _terms(self, text: str, language: str) -> tuple[Term, ...]:
        keys = dict.fromkeys(key for key, _, _ in self._term_names.find(text))
        return tuple(self._terms_by_id[key] for key in keys)

    def dimensions(self, text: str) -> tuple[str, ...]:
        """Ids of the dimensions that the words of `text` point to, the likeliest first; the one whose question it is, alone."""
        if (asked := self._questions.get(_bare(text))) is not None:
            return (asked,)
        scores: dict[str, float] = {}
        for key, start, end in self._cues.find(text, longest_only=False):
            scores[key] = scores.get(key, 0.0) + 1.0 + 0.1 * (end - start)
        best = max(scores.values(), default=0.0)
        ranked = sorted(scores, key=lambda key: (-scores[key], list(self.corpus.dimensions).index(key)))
        return tuple(key for key in ranked if scores[key] >= 0.5 * best)

    # -- typing errors -------------------------------------------------------------------------------------------------

    def _corrected(self, text: str, language: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with words that are plainly mistyped put right, and what was changed."""
        if language == "zh" or not self._known_words:
            return text, ()
        changed: list[tuple[str, str]] = []

        def fix(match: re.Match[str]) -> str:
            word = match.group()
            right = self._right_word(word, language)
            if right is None:
                return word
            changed.append((word, right))
            return right

        return re.sub(r"[A-Za-zÄÖÜäöüß]{7,}", fix, text), tuple(changed)

    def _right_word(self, word: str, language: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        low = word.lower()
        if low in self._known_words or low in STOP_WORDS[language] or set(words(low, language)) & self._known_stems:
            return None
        allowed = 1 if len(low) < 10 else 2
        found = process.extractOne(
            low, list(self._candidates), scorer=DamerauLevenshtein.distance, score_cutoff=allowed
        )
        if found is None or found[0][0] != low[0]:
            return None
        return self._candidates[found[0]]

    @cached_property
    def _known_words(self) -> frozenset[str]:
        """Lower-case words that the corpus uses anywhere: none of them is a typing error."""
        return frozenset(word.lower() for word in (*self._vocabulary, *self._candidates.values()))

    @cached_property
    def _candidates(self) -> dict[str, str]:
        """Long words of names, terms and vocabulary, to which a typing error may lead: lower case, and as written."""
        names = [n for j in self.corpus.jurisdictions.values() for n in (j.name.en, j.name.de, *j.aliases)]
        terms = [n for t in self.corpus.terms for language in ("en", "de") for n in t.names(language)]
        synonyms = [n for s in self.corpus.synonyms for language in ("en", "de") for n in s.words[language]]
        pieces = [word for name in (*names, *terms, *synonyms) for word in re.findall(r"[A-Za-zÄÖÜäöüß]{7,}", name)]
        return {word.lower(): word for word in pieces}

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(
            stem for word in self._known_words for language in ("en", "de") for stem in words(word, language)
        )


_BRACKET = re.compile(r"\s*[(（].*?[)）]")


def _forms(name: str) -> list[str]:
    """A term's name without brackets, or the several that it lists."""
    return [form.strip() for form in re.split(r"[、,;/]", _BRACKET.sub("", name)) if len(form.strip()) > 1]


class Phrases:
    """Finds phrases in Latin and Chinese script; of overlapping finds the longest counts."""

    def __init__(self, pipelines: tuple[Any, Any], pairs: Iterable[tuple[str, str]], stems: bool = True) -> None:
        """`stems`: plurals and cases count as the same word; not for names ("Providence" is no "provide")."""
        from spacy.matcher import PhraseMatcher

        self._latin, self._han = pipelines
        self._stems = stems
        self._exact = PhraseMatcher(self._latin.vocab, attr="ORTH")
        self._folded = PhraseMatcher(self._latin.vocab, attr="ORTH")
        self._chars = PhraseMatcher(self._han.vocab, attr="ORTH")
        groups: dict[tuple[str, str], list[Any]] = {}
        for key, phrase in pairs:
            if phrase and _HAN.search(phrase):
                groups.setdefault(("chars", key), []).append(self._han.make_doc(phrase))
            elif phrase.isupper() or (0 < len(phrase) <= 4 and phrase[0].isupper()):
                groups.setdefault(("exact", key), []).append(self._latin.make_doc(_spaced(phrase)))
            elif phrase:
                groups.setdefault(("folded", key), []).extend(self._stemmed(self._latin.make_doc(_spaced(phrase))))
        for (kind, key), patterns in groups.items():
            {"exact": self._exact, "folded": self._folded, "chars": self._chars}[kind].add(key, patterns)

    def find(self, text: str, longest_only: bool = True) -> list[tuple[str, int, int]]:
        """(key, first token, after last token) of every phrase found, in order."""
        latin, han = self._latin.make_doc(_spaced(text)), self._han.make_doc(text)
        found = [*self._exact(latin), *(m for stems in self._stemmed(latin) for m in self._folded(stems))]
        latin_spans = list(dict.fromkeys((latin.vocab.strings[key], start, end) for key, start, end in found))
        han_spans = (
            [(han.vocab.strings[key], start, end) for key, start, end in self._chars(han)] if _HAN.search(text) else []
        )
        if longest_only:
            latin_spans, han_spans = _longest(latin_spans), _longest(han_spans)
        return sorted(latin_spans, key=lambda s: s[1]) + sorted(han_spans, key=lambda s: s[1])

    def _stemmed(self, doc: Any) -> list[Any]:
        """The same words as English and as German stems, or in lower case."""
        from spacy.tokens import Doc

        if not self._stems:
            return [Doc(self._latin.vocab, words=[token.text.lower() for token in doc])]
        return [
            Doc(self._latin.vocab, words=[stem(token.text, language) for token in doc]) for language in ("en", "de")
        ]


def detect_language(text: str) -> str:
    """`zh` if Chinese characters carry the text, else German or English."""
    letters = sum(char.isalpha() for char in text)
    if letters and sum(1 for _ in _HAN.finditer(text)) / letters > 0.2:
        return "zh"
    german, english = len(_GERMAN_SIGNS.findall(text)), len(_ENGLISH_SIGNS.findall(text))
    if german != english:
        return "de" if german > english else "en"
    return _detect_latin(text)


def _detect_latin(text: str) -> str:
    found = _lingua().detect_language_of(text)
    return "de" if found is not None and found.name == "GERMAN" else "en"


def _lingua() -> Any:
    global _detector
    if _detector is None:
        from lingua import Language, LanguageDetectorBuilder

        _detector = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.GERMAN).build()
    return _detector


_detector: Any = None


def _intent(text: str, places: tuple[str, ...], cited: tuple[Citation, ...], terms: tuple[Term, ...]) -> Intent:
    if len(places) >= 2:
        return Intent.COMPARE
    if any(citation.id for citation in cited):
        return Intent.PINPOINT
    if terms and (_DEFINE.search(text) or _asks_only_meaning(text, terms)):
        return Intent.DEFINE
    return Intent.LOOKUP


def _asks_only_meaning(text: str, terms: tuple[Term, ...]) -> bool:
    """Whether a question consists of terms of art and of words that ask what they mean ("What is Tilgung?")."""
    names = sorted((name for term in terms for one in LANGUAGES for name in term.names(one)), key=len, reverse=True)
    named = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    rest = named.sub(" ", text) if names else ""
    left = re.findall(r"[^\W\d_]+", _MEANING_ZH.sub(" ", rest).lower())
    asks = _MEANING_ZH.search(rest) is not None or re.search(r"[^\W\d_]", rest) is not None
    return bool(names) and asks and all(word in _MEANING_WORDS for word in left)


def _inflected(name: str) -> tuple[str, ...]:
    """A name, and for a German adjective ("englisch") its endings."""
    is_adjective = name.islower() and name.endswith(("isch", "tsch"))
    return (name, *(name + ending for ending in ("e", "em", "en", "er", "es"))) if is_adjective else (name,)


def _with_capitals(text: str) -> str:
    """A question typed without capitals, with one where a short name of a place may stand ("in bern")."""
    if text != text.lower():
        return text
    return re.sub(r"\b(in|from|near|aus|nach|bei) ([a-zäöü]{3,4})\b", lambda m: f"{m[1]} {m[2].capitalize()}", text)


def _spaced(text: str) -> str:
    """Latin words set apart from Chinese characters and possessive endings, so that the tokenizer sees them."""
    text = re.sub(r"([一-鿿])([A-Za-z0-9])", r"\1 \2", text)
    text = re.sub(r"([A-Za-z0-9])([一-鿿])", r"\1 \2", text)
    return re.sub(r"(?<=\w)(?:'s|’s)\b", " 's", text)


def _longest(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    for key, start, end in sorted(spans, key=lambda s: (s[1] - s[2], s[1])):
        if not any(start < other[2] and other[1] < end and (other[1], other[2]) != (start, end) for other in kept):
            kept.append((key, start, end))
    return kept


def _bare(text: str) -> str:
    """The words of a question alone, for comparing it with another."""
    return " ".join(re.findall(r"\w+", text.casefold()))
