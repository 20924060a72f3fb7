"""Which statements of a document can be checked: of what place, on which dimension, with which value, and in what mood.

A claim is found by signs that add up (a law named, a period, a value of a dimension, the verb of a rule); no sign alone makes one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.analysis_model import Kind, Reference
from app.assertions import YEAR, Assertion, amounts_in, dimension_of, named_places, with_durations, without
from app.claim_parts import clause_of_law, split
from app.layout import Sentence
from app.lexicon import Lexicon, lexicon
from corpus.model import LANGUAGES, Corpus
from indexer.query import Understander
from indexer.search import HOMES

ENOUGH = 3
ODD = 2
"""What a term counts that no law uses: a text that uses one has something to be told."""
DENSE = 0.25
"""A document of which so many sentences speak of clearing records is about nothing else."""
OPENING = 60
"""A place that a sentence is about stands within so many characters from its beginning."""
SHORT = 3
"""Of so few sentences one that speaks of clearing records makes a text on it."""
_AGE = re.compile(r"\d+\.\s+Lebensjahr|age\s+of\s+\d+|\d+\s?周?岁", re.IGNORECASE)


@dataclass
class _Memory:
    """The place that a text speaks of, as it goes on."""

    home: str | None
    paragraph: int = -1
    heading: str = ""
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    group: bool = False
    here: int = -1
    """The paragraph in which a place or group was last named."""
    stated: int = -1
    """The paragraph in which the last claim of law stood."""
    heading_places: tuple[str, ...] = field(default=())
    context: frozenset[str] = frozenset()
    """What the paragraph has spoken of so far."""
    asking: bool = False
    """Whether the section sets out what its author wants, point by point."""
    dense: bool = False
    """Whether a good part of the document speaks of clearing records."""


def is_on_topic(sentences: Sequence[Sentence], references: Sequence[Reference]) -> bool:
    """Whether a document speaks of criminal records and their clearing at all."""
    words = lexicon()
    strict = [s for s in sentences if words.strict.search(s.text)]
    both = [s for s in sentences if words.crime.search(s.text) and words.clearing.search(s.text)]
    cited = any(reference.instrument for reference in references)
    if len(sentences) <= SHORT and (strict or both):
        return True
    return bool(strict and (both or cited)) or (cited and bool(both)) or len(both) >= max(2, len(sentences) // 8)


def _is_dense(sentences: Sequence[Sentence]) -> bool:
    words = lexicon()
    about = [
        s
        for s in sentences
        if words.clearing.search(s.text) and (words.crime.search(s.text) or words.strict.search(s.text))
    ]
    return len(about) >= DENSE * len(sentences)


def home_of(sentences: Sequence[Sentence], understander: Understander, language: str) -> str | None:
    """The place that most of a document's statements are about, else that of its language."""
    counts: dict[str, int] = {}
    for sentence in sentences[:400]:
        for place in understander.places(f"{sentence.heading} {sentence.text}"):
            counts[place] = counts.get(place, 0) + 1
    if not counts:
        return HOMES.get(language)
    best = max(sorted(counts), key=lambda place: counts[place])
    return best if counts[best] >= 0.5 * sum(counts.values()) else None


def find_assertions(
    sentences: Sequence[Sentence], references: Sequence[Reference], understander: Understander, language: str
) -> Iterator[Assertion]:
    """The checkable statements of a document, in order."""
    if not is_on_topic(sentences, references):
        return
    memory = _Memory(home_of(sentences, understander, language), dense=_is_dense(sentences))
    misnomers = misnomers_of(understander.corpus)
    for sentence in sentences:
        inside = tuple(r for r in references if r.start >= sentence.start and r.end <= sentence.end)
        _move_on(memory, sentence, inside, understander)
        whole = _read(sentence, inside, memory, understander, misnomers)
        memory.context |= lexicon().subjects_in(sentence.text)
        if whole is None:
            continue
        yield from split(whole, understander, misnomers)


def _move_on(memory: _Memory, sentence: Sentence, inside: Sequence[Reference], understander: Understander) -> None:
    """Take up the places and laws that a sentence names, and drop those of the last section at a new heading."""
    words = lexicon()
    if sentence.heading != memory.heading:
        memory.heading = sentence.heading
        memory.heading_places = named_places(sentence.heading, understander)
        grouped = words.groups.search(sentence.heading) is not None and not memory.heading_places
        if memory.heading_places or grouped:
            memory.places, memory.group = memory.heading_places, grouped
        memory.instruments = ()
        memory.asking = words.asking.search(sentence.heading) is not None
    elif sentence.paragraph != memory.paragraph and memory.heading_places:
        memory.places, memory.group = memory.heading_places, False
    memory.asking = memory.asking or _opens_list(sentence.text)
    if sentence.paragraph != memory.paragraph:
        memory.context = words.subjects_in(sentence.heading)
    memory.paragraph = sentence.paragraph
    named = _meant(named_places(sentence.text, understander), memory, sentence.text, understander)
    laws = tuple(dict.fromkeys(r.instrument for r in inside if r.instrument))
    homes = tuple(dict.fromkeys(law.split("/")[0] for law in laws))
    children = {child for place in named for child in understander.corpus.family(place) if child != place}
    homes_here = tuple(home for home in homes if home in children or not named or home in named)
    if named or homes_here:
        memory.places, memory.group = homes_here or named, False
    elif words.groups.search(sentence.text):
        memory.places, memory.group = (), True
    if named or homes_here or words.groups.search(sentence.text):
        memory.here = sentence.paragraph
    memory.instruments = laws or (memory.instruments if not named else ())


def _opens_list(text: str) -> bool:
    """Whether a sentence says that what follows is proposed ("I propose the following:")."""
    words = lexicon()
    opens = text.rstrip().endswith((":", "："))
    return opens and (words.asking.search(text) or words.modality["proposal"].search(text)) is not None


def _meant(named: tuple[str, ...], memory: _Memory, text: str, understander: Understander) -> tuple[str, ...]:
    """The places that a sentence is about: none of those that a section on another place only mentions in passing."""
    corpus = understander.corpus
    parents = {corpus.jurisdictions[place].parent for place in memory.places}
    opening = named_places(text[:OPENING], understander)
    if named and set(named) <= parents and not set(named) & set(opening):
        return ()
    about = memory.heading_places
    if len(about) == 1 and named and not set(named) & set(opening) and not set(named) & set(corpus.family(about[0])):
        return ()
    return named


def _read(
    sentence: Sentence,
    inside: tuple[Reference, ...],
    memory: _Memory,
    understander: Understander,
    misnomers: re.Pattern[str],
) -> Assertion | None:
    words, text = lexicon(), sentence.text
    if words.modality["question"].search(text) or _only_cites(text, inside, sentence.start):
        return None
    named = named_places(text, understander)
    explicit = bool(named or inside or words.groups.search(text))
    places = memory.places or ((memory.home,) if memory.home and not memory.group else ())
    group = memory.group and not memory.places
    if not places and not group:
        return None
    assertion = Assertion(
        start=sentence.start,
        end=sentence.end,
        text=text,
        sentence=sentence,
        kind=Kind.LAW,
        modality="proposal" if memory.asking and not explicit and _modality(text) == "rule" else _modality(text),
        places=places,
        group=group,
        instruments=tuple(dict.fromkeys(r.instrument for r in inside if r.instrument))
        or (memory.instruments if words.short_forms.search(text) else ()),
        references=inside,
        dimension=None,
        values=words.values_in(text),
        starts=tuple(start.value for start in words.starts if start.pattern.search(text)),
        periods=(),
        measures=(),
        years=tuple(int(year) for year in YEAR.findall(without(text, inside, sentence.start))),
        amounts=tuple(amounts_in(text)),
        subjects=words.subjects_in(text),
        negated=words.negation.search(text) is not None,
        denied=words.denied_in(text),
        absolute=words.absolute.search(text) is not None and not words.partial.search(text),
        partial=words.partial.search(text) is not None,
        explicit_place=explicit,
        context=memory.context,
    )
    refers = words.anaphora.match(text) is not None and (memory.here == sentence.paragraph)
    near = memory.dense or memory.stated in (sentence.paragraph, sentence.paragraph - 1)
    assertion = with_durations(replace(assertion, near=near))
    extra = refers + 2 * (memory.stated == sentence.paragraph) + ODD * bool(misnomers.search(text) or _equated(text))
    kind = _kind(assertion, words, extra, near)
    if kind is None:
        clause = clause_of_law(assertion, understander, lambda part: _kind(part, words, extra, near) is Kind.LAW)
        if clause is not None:
            memory.stated = sentence.paragraph
        return clause
    if kind is Kind.LAW:
        memory.stated = sentence.paragraph
    return replace(assertion, kind=kind, dimension=dimension_of(assertion, understander))


def _only_cites(text: str, inside: Sequence[Reference], offset: int) -> bool:
    """Whether a sentence holds nothing but references, as a footnote does."""
    cited = [one for one in inside if one.kind != "law" or one.instrument is None]
    if not inside:
        return False
    rest = without(text, cited or inside, offset)
    return len(re.findall(r"[A-Za-zÄÖÜäöüß]{4,}|[一-鿿]{2}", rest)) < 3


def misnomers_of(corpus: Corpus) -> re.Pattern[str]:
    """Terms that no law uses, as the glossary warns: a text that uses one has something to be told."""
    good = {name.lower() for term in corpus.terms for language in LANGUAGES for name in term.names(language)}
    bad = {friend.term for term in corpus.terms for friend in term.false_friends if friend.term.lower() not in good}
    odd = [re.escape(name) for name in sorted(bad, key=lambda n: (-len(n), n)) if _is_telling(name)]
    return re.compile("|".join(odd) or r"(?!)", re.IGNORECASE)


def _is_telling(name: str) -> bool:
    """Whether a term is long enough to be told from everyday words."""
    han = any("\u4e00" <= char <= "\u9fff" for char in name)
    return len(name) >= 3 if han else (" " in name or len(name) > 9)


_EQUATED = re.compile(
    r"expungement\s*(?:/|\(|=)\s*sealing|sealing\s*(?:/|\(|=)\s*expungement|封存\s*(?:/|即|等于)\s*(?:消灭|消除|删除)",
    re.IGNORECASE,
)


def _equated(text: str) -> bool:
    """Whether two kinds of relief are set beside each other as one."""
    return _EQUATED.search(text) is not None


def _modality(text: str) -> str:
    words = lexicon().modality
    for name in ("proposal", "bill", "forecast", "reported", "past"):
        if words[name].search(text):
            return name
    return "rule"


def _kind(assertion: Assertion, words: Lexicon, extra: int, near: bool) -> Kind | None:
    """What a statement is about, or `None` if it states nothing that could be checked."""
    text = assertion.text
    about = bool(words.crime.search(text) or words.clearing.search(text) or assertion.instruments or assertion.starts)
    about = about or bool(assertion.values.get("trigger") and assertion.explicit_place) or extra >= ODD
    about = about or (near and bool(assertion.periods or assertion.measures or assertion.values or assertion.starts))
    loose = words.weak.search(text) and (assertion.modality in ("proposal", "forecast") or words.statistic.search(text))
    counted = words.statistic.search(text) and assertion.explicit_place
    if not (about or loose or counted) or len(text) < 8:
        return None
    score = _signs(assertion, words, near) + extra
    cites = any(reference.kind == "provision" for reference in assertion.references)
    if words.anecdote.search(text) or (words.statistic.search(text) and not cites and not _states_period(assertion)):
        return Kind.FACT if assertion.explicit_place or words.statistic.search(text) else None
    if assertion.modality in ("proposal", "forecast") and not cites:
        return Kind.POLICY if about or loose else None
    return Kind.LAW if score >= ENOUGH else None


def _signs(assertion: Assertion, words: Lexicon, near: bool) -> int:
    text = assertion.text
    clearing = words.clearing.search(text) is not None
    crime = words.crime.search(text) is not None
    topical = clearing or crime or near
    signs = (
        2 * any(r.kind == "provision" and r.instrument for r in assertion.references),
        2 * bool(assertion.instruments),
        (1 + clearing) * bool(assertion.periods) * topical,
        bool(assertion.values) * topical,
        near and bool(assertion.measures) and assertion.negated,
        bool(assertion.subjects) * (clearing or "exclusion" in assertion.subjects),
        clearing and crime,
        bool(assertion.values) and words.strict.search(text) is not None and not clearing,
        clearing and _AGE.search(text) is not None,
        words.strong_verb.search(text) is not None,
        words.change.search(text) is not None,
        assertion.explicit_place,
        bool(assertion.amounts),
        bool(assertion.starts),
    )
    score = sum(int(sign) for sign in signs)
    return score - 2 * bool(words.evaluative.search(text))


def _states_period(assertion: Assertion) -> bool:
    return bool(assertion.periods and lexicon().clearing.search(assertion.text))
