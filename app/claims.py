"""Which statements of a document can be checked: of what place, on which dimension, with which value, and in what mood.

A claim is found by signs that add up (a law named, a period, a value of a dimension, the verb of a rule); no sign alone makes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.analysis_model import Kind, Reference
from app.layout import Sentence
from app.lexicon import Lexicon, lexicon
from corpus.model import LANGUAGES, Corpus
from indexer.durations import Duration, durations
from indexer.query import Understander
from indexer.search import HOMES

ENOUGH = 3
_YEAR = re.compile(r"(?<![\d.,$£€-])(1[89]\d\d|20[0-4]\d)(?![\d%])(?:s\b)?")
_AMOUNT = re.compile(r"(?:[$£€¥]|NZ\$|US\$|EUR|USD)\s?(\d[\d,.]*\d|\d)|(\d[\d,.]*)\s?(?:dollars?|pounds?|euros?|yuan|元|美元|欧元|grams?|Gramm|克|g\b|daily\s+rates|Tagess[aä]tze\w*)")
_AGE = re.compile(r"\d+\.\s+Lebensjahr|age\s+of\s+\d+|\d+\s?周?岁", re.IGNORECASE)
_LEADING = re.compile(r"(?:In|Under|Nach|In der|Im|在)\s*([^,，]{2,40})[,，]\s*")
_CLAUSES = re.compile(r"(?:(?!,\s+(?:while|but|whereas|and)\s|;|；|，而|，但|,\s+(?:während|aber)\s).)+", re.DOTALL)
_CUT = re.compile(r"[;；]\s*|,\s*(?:and|while|whereas|but|und|während|aber)\s+|[，、]\s*(?:而|并且|且)?|,\s+|\s+(?:and|und|while|whereas|or|oder)\s+|以及")
_PARTS = re.compile(r"[;；]\s*|,\s*(?:while|whereas|während|wohingegen)\s+|\s[-–—]\s|[,，]\s*(?=on the other hand|and does not|and did not|and seals?|and the )")
_SHORTEST = 25
_EXCLUDED = frozenset({"sexual", "violent", "drugs", "supervision", "pending", "felony"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement, read: everything that its words say, before any law is looked at."""

    start: int
    end: int
    text: str
    sentence: Sentence
    kind: Kind
    modality: str
    places: tuple[str, ...]
    """Ids of the places it speaks of; empty for a group of places."""
    group: bool
    instruments: tuple[str, ...]
    references: tuple[Reference, ...]
    dimension: str | None
    values: dict[str, list[str]]
    starts: tuple[str, ...]
    periods: tuple[Duration, ...]
    measures: tuple[Duration, ...]
    """Lengths of sentences, ages: conditions of the rule, not its period."""
    years: tuple[int, ...]
    amounts: tuple[str, ...]
    subjects: frozenset[str]
    negated: bool
    denied: frozenset[str]
    """Values that it denies."""
    absolute: bool
    partial: bool
    explicit_place: bool = True

    @property
    def language(self) -> str:
        return self.sentence.language


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


def is_on_topic(sentences: Sequence[Sentence], references: Sequence[Reference]) -> bool:
    """Whether a document speaks of criminal records and their clearing at all."""
    words = lexicon()
    strict = [s for s in sentences if words.strict.search(s.text)]
    both = [s for s in sentences if words.crime.search(s.text) and words.clearing.search(s.text)]
    cited = any(reference.instrument for reference in references)
    return bool(strict and (both or cited)) or (cited and bool(both)) or len(both) >= max(2, len(sentences) // 8)


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
    memory = _Memory(home_of(sentences, understander, language))
    misnomers = misnomers_of(understander.corpus)
    for sentence in sentences:
        inside = tuple(r for r in references if r.start >= sentence.start and r.end <= sentence.end)
        _move_on(memory, sentence, inside, understander)
        whole = _read(sentence, inside, memory, understander, misnomers)
        if whole is None:
            continue
        yield from _split(whole, understander, misnomers)


def _move_on(memory: _Memory, sentence: Sentence, inside: Sequence[Reference], understander: Understander) -> None:
    """Take up the places and laws that a sentence names, and drop those of the last section at a new heading."""
    words = lexicon()
    if sentence.heading != memory.heading:
        memory.heading = sentence.heading
        memory.heading_places = _named(sentence.heading, understander)
        grouped = words.groups.search(sentence.heading) is not None and not memory.heading_places
        if memory.heading_places or grouped:
            memory.places, memory.group = memory.heading_places, grouped
        memory.instruments = ()
    elif sentence.paragraph != memory.paragraph and memory.heading_places:
        memory.places, memory.group = memory.heading_places, False
    memory.paragraph = sentence.paragraph
    named = _named(sentence.text, understander)
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


def _named(text: str, understander: Understander) -> tuple[str, ...]:
    """Places named one by one, not as parts of a group such as "European and American countries".

    Where a sentence opens with a place ("In New York, a conviction from New Jersey …"), it is that one's law.
    """
    text = lexicon().groups.sub(" ", text)
    named = understander.places(text)
    leading = _LEADING.match(text) if len(named) > 1 else None
    first = understander.places(leading[1]) if leading else ()
    if leading and first and not understander.places(text[leading.end() : leading.end() + 16]):
        return first
    return named


def _read(
    sentence: Sentence,
    inside: tuple[Reference, ...],
    memory: _Memory,
    understander: Understander,
    misnomers: re.Pattern[str],
) -> Assertion | None:
    words, text = lexicon(), sentence.text
    if words.modality["question"].search(text):
        return None
    named = _named(text, understander)
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
        modality=_modality(text),
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
        years=tuple(int(year) for year in _YEAR.findall(_without(text, inside, sentence.start))),
        amounts=tuple(_plain_amount(m) for m in _AMOUNT.finditer(text)),
        subjects=words.subjects_in(text),
        negated=words.negation.search(text) is not None,
        denied=words.denied_in(text),
        absolute=words.absolute.search(text) is not None,
        partial=words.partial.search(text) is not None,
        explicit_place=explicit,
    )
    assertion = _with_durations(assertion)
    refers = words.anaphora.match(text) is not None and (memory.here == sentence.paragraph)
    extra = refers + (memory.stated == sentence.paragraph) + 2 * bool(misnomers.search(text) or _equated(text))
    kind = _kind(assertion, words, extra)
    if kind is None:
        clause = _clause_of_law(assertion, understander, extra)
        if clause is not None:
            memory.stated = sentence.paragraph
        return clause
    if kind is Kind.LAW:
        memory.stated = sentence.paragraph
    return replace(assertion, kind=kind, dimension=dimension_of(assertion, understander))


def _clause_of_law(whole: Assertion, understander: Understander, extra: int) -> Assertion | None:
    """The clause of a sentence of opinion that states law all the same ("…, while the record itself remains intact …")."""
    words = lexicon()
    pieces = [m for m in _CLAUSES.finditer(whole.text) if len(m.group()) > 2 * _SHORTEST]
    if len(pieces) < 2:
        return None
    for piece in pieces:
        lead = len(piece.group()) - len(piece.group().lstrip(" ,，"))
        part = _narrowed(whole, piece.start() + lead, piece.end(), understander)
        if part.values and _kind(part, words, extra) is Kind.LAW:
            return replace(part, kind=Kind.LAW)
    return None


def misnomers_of(corpus: Corpus) -> re.Pattern[str]:
    """Terms that no law uses, as the glossary warns: a text that uses one has something to be told."""
    good = {name.lower() for term in corpus.terms for language in LANGUAGES for name in term.names(language)}
    bad = {friend.term for term in corpus.terms for friend in term.false_friends if friend.term.lower() not in good}
    odd = [re.escape(name) for name in sorted(bad, key=lambda n: (-len(n), n)) if (len(name) > 3 and " " in name) or len(name) > 9]
    return re.compile("|".join(odd) or r"(?!)", re.IGNORECASE)


_EQUATED = re.compile(r"expungement\s*(?:/|\(|=)\s*sealing|sealing\s*(?:/|\(|=)\s*expungement|封存\s*(?:/|即|等于)\s*(?:消灭|消除|删除)", re.IGNORECASE)


def _equated(text: str) -> bool:
    """Whether two kinds of relief are set beside each other as one."""
    return _EQUATED.search(text) is not None


def _without(text: str, inside: Sequence[Reference], offset: int) -> str:
    """The text with what is cited blanked out, so that the year of an Act's name is no year of the claim."""
    for one in inside:
        first, last = one.start - offset, one.end - offset
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def _modality(text: str) -> str:
    words = lexicon().modality
    for name in ("proposal", "bill", "forecast", "reported", "past"):
        if words[name].search(text):
            return name
    return "rule"


def _kind(assertion: Assertion, words: Lexicon, extra: int) -> Kind | None:
    """What a statement is about, or `None` if it states nothing that could be checked."""
    text = assertion.text
    about = words.crime.search(text) or words.clearing.search(text) or assertion.instruments or assertion.starts
    loose = words.weak.search(text) and (assertion.modality in ("proposal", "forecast") or words.statistic.search(text))
    counted = words.statistic.search(text) and assertion.explicit_place
    if not (about or loose or counted) or len(text) < 8:
        return None
    score = _signs(assertion, words) + extra
    cites = any(reference.kind == "provision" for reference in assertion.references)
    if words.anecdote.search(text) or (words.statistic.search(text) and not cites and not _states_period(assertion)):
        return Kind.FACT if assertion.explicit_place or words.statistic.search(text) else None
    if assertion.modality in ("proposal", "forecast") and not cites:
        return Kind.POLICY if words.clearing.search(text) or loose or score >= ENOUGH else None
    return Kind.LAW if score >= ENOUGH else None


def _signs(assertion: Assertion, words: Lexicon) -> int:
    text = assertion.text
    clearing = words.clearing.search(text) is not None
    crime = words.crime.search(text) is not None
    score = 2 * any(r.kind == "provision" and r.instrument for r in assertion.references) + 2 * bool(assertion.instruments)
    score += (1 + clearing) * bool(assertion.periods) * (clearing or crime)
    score += bool(assertion.values and (clearing or crime)) + bool(_AGE.search(text) and clearing)
    score += bool(words.strong_verb.search(text)) + assertion.explicit_place
    score += bool(assertion.subjects and clearing) + bool(assertion.amounts) + bool(words.change.search(text)) + bool(assertion.starts)
    return score - 2 * bool(words.evaluative.search(text))


def _states_period(assertion: Assertion) -> bool:
    return bool(assertion.periods and lexicon().clearing.search(assertion.text))


def _with_durations(assertion: Assertion) -> Assertion:
    """Lengths of time sorted by what they measure: the rule's own period, or a sentence or age that it depends on."""
    periods: list[Duration] = []
    measures: list[Duration] = []
    for one in sorted(durations(assertion.text), key=lambda d: d.start):
        role = role_of(assertion.text, one)
        if role == "period" or (role is None and (lexicon().clearing.search(assertion.text) or measures)):
            periods.append(one)
        elif role in ("sentence", "age"):
            measures.append(one)
    return replace(assertion, periods=tuple(periods), measures=tuple(measures))


def role_of(text: str, duration: Duration) -> str | None:
    """What a length of time measures: `sentence`, `age`, `ago` or `period`; `None` if its neighbours do not tell."""
    before, after = text[max(0, duration.start - 60) : duration.start], text[duration.end : duration.end + 40]
    for role in lexicon().roles:
        if role.before.search(before) or role.after.search(after):
            return role.name
    return None


def dimension_of(assertion: Assertion, understander: Understander) -> str | None:
    """The dimension that a statement is about: what its values say, else what its words point to."""
    values, subjects = assertion.values, assertion.subjects
    if lexicon().unlawful.search(assertion.text):
        return "sanctions"
    if assertion.periods:
        return "waiting_period"
    if len(understander.places(assertion.text)) > 1 and len(assertion.places) == 1 and "foreign" not in subjects:
        return "foreign"
    if values.get("access_exceptions"):
        return "access_exceptions"
    if "repeat" in subjects and (values.get("reoffending") or "exclusion" not in subjects):
        return "reoffending"
    if "exclusion" in subjects and (subjects & _EXCLUDED or re.search(r"offen[cs]es|crimes|straftat|罪", assertion.text, re.IGNORECASE)):
        return "exclusions"
    if assertion.denied & {"erasure", "sealing", "expungement", "spent", "set_aside"} and subjects & (_EXCLUDED | {"life", "custody"}):
        return "exclusions"
    if assertion.starts and not values.get("trigger"):
        return "period_start"
    if "appeal" in subjects and not values.get("trigger") == ["automatic"]:
        return "remedies"
    if values.get("civil_effect"):
        return "civil_effect"
    if "deny" in subjects and subjects & {"employment", "insurance", "education", "housing", "disclose", "deny"}:
        return "civil_effect"
    if values.get("trigger"):
        return "trigger"
    if set(values.get("legal_nature", ())) & {"kept", "erasure", "expungement"} and "repeat" not in subjects:
        return "legal_nature"
    ranked = understander.dimensions(assertion.text)
    if values.get("legal_nature") and (not ranked or ranked[0] in ("legal_nature", "covered_records")):
        return "legal_nature"
    if "juvenile" in subjects and "juveniles" in ranked[:2]:
        return "juveniles"
    return ranked[0] if ranked else ("legal_nature" if values.get("legal_nature") else None)


# -- one statement for each period, and for each half of a long sentence ---------------------------------------------------


def _split(whole: Assertion, understander: Understander, misnomers: re.Pattern[str]) -> Iterator[Assertion]:
    """A sentence that states several periods is as many claims; so are the halves that a semicolon divides."""
    if whole.kind is not Kind.LAW:
        yield whole
        if whole.kind is Kind.FACT:
            yield from _law_within(whole, understander, misnomers)
        return
    borders = _borders(whole)
    for first, last in zip([0, *borders], [*borders, len(whole.text)], strict=True):
        part = whole.text[first:last]
        lead = len(part) - len(part.lstrip())
        bare = part.strip().rstrip(",，;；")
        if bare:
            yield _narrowed(whole, first + lead, first + lead + len(bare), understander) if borders else whole


def _law_within(whole: Assertion, understander: Understander, misnomers: re.Pattern[str]) -> Iterator[Assertion]:
    """The clause of a report that says what the law is or became ("… passed Proposition 47 in 2014, downgrading …")."""
    words = lexicon()
    pieces = list(re.finditer(r"[^,，;；:：]+", whole.text))
    named = [p for p in pieces if misnomers.search(p.group())]
    kept = named or [p for p in pieces if words.change.search(p.group()) or (words.strong_verb.search(p.group()) and _AMOUNT.search(p.group()))]
    if not kept or not (named or whole.instruments or whole.amounts):
        return
    first, last = kept[0].start(), kept[-1].end()
    lead = len(whole.text[first:last]) - len(whole.text[first:last].lstrip())
    yield replace(_narrowed(whole, first + lead, last, understander), kind=Kind.LAW)


def _borders(whole: Assertion) -> list[int]:
    borders: list[int] = []
    for one, following in zip(whole.periods, whole.periods[1:], strict=False):
        cuts = list(_CUT.finditer(whole.text, one.end, following.start))
        if cuts:
            borders.append(cuts[0].end())
    if borders:
        return borders
    for cut in _PARTS.finditer(whole.text):
        sides = (whole.text[: cut.start()], whole.text[cut.end() :])
        if all(len(side) > _SHORTEST and lexicon().strong_verb.search(side) for side in sides):
            return [cut.end()]
    return []


def _narrowed(whole: Assertion, first: int, last: int, understander: Understander) -> Assertion:
    """A part of a statement, which keeps the place, law and mood of the whole."""
    words, text = lexicon(), whole.text[first:last]
    shift = whole.start + first
    inside = tuple(r for r in whole.references if r.start >= shift and r.end <= whole.start + last)
    part = replace(
        whole,
        start=shift,
        end=whole.start + last,
        text=text,
        references=inside or whole.references[:1],
        values=words.values_in(text) or (whole.values if whole.periods else {}),
        starts=tuple(start.value for start in words.starts if start.pattern.search(text)),
        amounts=tuple(_plain_amount(m) for m in _AMOUNT.finditer(text)),
        subjects=words.subjects_in(text) or whole.subjects,
        negated=words.negation.search(text) is not None,
        denied=words.denied_in(text),
        absolute=words.absolute.search(text) is not None,
        partial=words.partial.search(text) is not None,
        years=tuple(int(year) for year in _YEAR.findall(_without(text, inside, shift))) or whole.years,
    )
    named = _named(text, understander) if len(whole.places) > 1 else ()
    part = _with_durations(replace(part, places=named or whole.places))
    inherited = whole.dimension if whole.periods else None
    return replace(part, dimension=dimension_of(part, understander) or inherited)


def _plain_amount(match: re.Match[str]) -> str:
    return (match[1] or match[2]).replace(",", "").rstrip(".")


def amounts_in(text: str) -> list[str]:
    """Sums of money and quantities that a text names, as plain numbers."""
    return [_plain_amount(match) for match in _AMOUNT.finditer(text)]
