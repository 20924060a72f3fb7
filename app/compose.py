"""From what was found to what is said: an answer is put together from sentences of passages, never written anew.

The lead answers; qualifiers follow (exceptions, start of the period, who still sees). Everything said is quoted from a passage,
or filled from typed values of positions, and cites it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.compare import with_positions
from app.model import Comparison, Source, Statement
from app.phrases import amount, phrase
from corpus.model import Position, Term
from indexer.durations import Duration, durations
from indexer.passages import Kind, Passage, term_id
from indexer.query import Intent, Query
from indexer.search import Hit, Index, Sentence
from indexer.sentences import sentence_spans
from indexer.tokens import words

MOST_STATEMENTS = 7
SHOWN_HITS = 8
NEAR = 0.85
"""A further hit is quoted if its score is at least this share of the best one's."""
SHARPER = 1.1
"""A provision's sentence goes before a position's lead if it scores this much better: the question is about one case of many."""
QUALIFIERS = ("exclusions", "period_start", "access_exceptions")
QUALIFIED = ("waiting_period", "trigger", "covered_records", "legal_nature")
_EXCEPTION = re.compile(
    r"\b(?:except|unless|does not|do not|not apply|however|but|only if|no exception|außer|nicht|jedoch|es sei denn|ausgenommen|nur wenn)\b|除外|但|不适用|例外|仅",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\bbills?\b|never became|\bdraft\b|no longer|\buntil\b|Entwurf|Entwürfe|frühere|\bbis zum\b|草案|从未成为|此前|以前",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"\b(?:got|get|given|gave|sentenced|received|served|serving|fined|convicted|ago|old|aged?|was|spent|verurteilt|bekommen|bekam|erhalten|"
    r"vor|alt|saß|since|last)\b|判|拘留|前|岁|被",
    re.IGNORECASE,
)


@dataclass
class Draft:
    """An answer in the making: statements, the passages that carry them, remarks."""

    query: Query
    index: Index
    statements: list[Statement] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def quote(self, passage: Passage, sentence: Sentence | tuple[int, int]) -> None:
        """Say a sentence of `passage`, once, and mark it there."""
        start, end = (sentence.start, sentence.end) if isinstance(sentence, Sentence) else sentence
        text = passage.text[start:end]
        if len(self.statements) >= MOST_STATEMENTS or any(said.text == text for said in self.statements):
            return
        place = passage.jurisdiction if passage.jurisdiction in self.index.corpus.jurisdictions else None
        cited = tuple(dict.fromkeys((passage.id, *self._asked_about(passage))))
        self.statements.append(Statement(text, place, cited))
        self.show(passage, highlight=(start, end))

    def _asked_about(self, passage: Passage) -> Iterable[str]:
        """What a passage rests on; of a note or a glossary entry only what is law of the places asked about."""
        places = {one for place in self.query.jurisdictions for one in self.index.corpus.family(place)}
        if passage.kind is not Kind.COMMENTARY or not places:
            return passage.citations
        return (one for one in passage.citations if one.split("/")[0] in places or "/commentary/" in one)

    def show(self, passage: Passage, score: float | None = None, highlight: tuple[int, int] | None = None) -> None:
        """Have a passage shown beside the answer."""
        known = self.sources.get(passage.id)
        if known is not None and known.passage.language != passage.language and highlight is None:
            return
        marks = known.highlights if known is not None and known.passage.language == passage.language else ()
        if highlight is not None and highlight not in marks:
            marks = tuple(sorted((*marks, highlight)))
        rank = score if score is not None else known.score if known is not None else 0.0
        beside = self.index.beside(passage, self.query.as_of)
        self.sources[passage.id] = Source(passage, rank, marks, _other_language(self.index, passage), beside)


def compose(index: Index, query: Query, hits: Sequence[Hit], comparison: Comparison | None) -> Draft:
    """Statements and passages for `query` from what was found."""
    draft = Draft(query, index)
    for hit in hits[:SHOWN_HITS]:
        draft.show(reading(query, hit), score=hit.score)
    if comparison is not None:
        _compared(draft, comparison)
    elif query.intent is Intent.PINPOINT and _asks_only_for_text(query):
        _recited(draft, hits)
    elif query.intent is Intent.DEFINE:
        _defined(draft, hits)
    else:
        _looked_up(draft, hits)
    _premise(draft, hits)
    _cited_passages(draft)
    return draft


def reading(query: Query, hit: Hit) -> Passage:
    """The passage of a hit that this reader reads: in the question's language where there is one, else English."""
    return hit.in_language(query.language, "en")


# -- the four shapes of answer ---------------------------------------------------------------------------------------------


def _looked_up(draft: Draft, hits: Sequence[Hit]) -> None:
    """The sentence that answers, the provision behind it, what qualifies it, then the next best provisions."""
    lead, *others = _readable_first(draft.query, hits)
    behind = _behind(draft, lead)
    readable = behind is not None and behind[0].language == draft.query.language
    if behind is not None and readable and behind[1].score > SHARPER * _lead_score(draft, lead):
        draft.quote(*behind)
    _lead(draft, lead)
    if behind is not None:
        draft.quote(*behind)
    for place in _places_of(draft):
        _qualify(draft, place)
    for hit in others[:4]:
        near = hit.score > NEAR * lead.score and (draft.query.jurisdictions or _home(hit) == _home(lead))
        if near and hit.passages[0].kind is not Kind.COMMENTARY:
            _best(draft, hit, 1)


def _readable_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, led by the first cell in the reader's language where the best hit has no text in it."""
    cells = [hit for hit in hits[:6] if hit.passages[0].kind is Kind.POSITION]
    if reading(query, hits[0]).language == query.language or not cells:
        return list(hits)
    return [cells[0], *(hit for hit in hits if hit is not cells[0])]


def _home(hit: Hit) -> str:
    return hit.passages[0].jurisdiction


def _behind(draft: Draft, lead: Hit) -> tuple[Passage, Sentence] | None:
    """For a position, the sentence of the provisions it rests on that is nearest to the question."""
    if lead.passages[0].kind is not Kind.POSITION:
        return None
    found: list[tuple[Passage, Sentence]] = []
    for cited in lead.passages[0].citations:
        for passage in passages_of(draft.index, cited, draft.query)[:6]:
            versions = tuple(one for one in draft.index.by_id[passage.id] if one.unit == passage.unit)
            ranked = draft.index.best_sentences(draft.query, Hit(versions, 0, 0, 0, 0), passage.language)
            found.extend((passage, sentence) for sentence in ranked[:1])
    return max(found, key=lambda one: one[1].score, default=None)


def _lead_score(draft: Draft, lead: Hit) -> float:
    passage = reading(draft.query, lead)
    return _score_at(draft.index.best_sentences(draft.query, lead, passage.language), 0)


def _defined(draft: Draft, hits: Sequence[Hit]) -> None:
    """The definitions of the terms asked about with their false friends, then the provisions that use them."""
    language = draft.query.language
    terms = sorted(draft.query.terms, key=lambda term: _of_one_place(term, draft.query))[:3]
    defined = [passage for term in terms for passage in draft.index.by_id.get(term_id(term), ())]
    for passage in defined:
        if passage.language == language:
            for span in sentence_spans(passage.text, language)[:3]:
                draft.quote(passage, span)
    near = [hit for hit in hits if hit.passages[0].kind is not Kind.COMMENTARY]
    if draft.statements and draft.query.meaning_only:
        own = {cited for term in terms for cited in term.authorities}
        near = [hit for hit in near if hit.passages[0].id in own]
    for hit in near[: 2 if draft.statements else 3]:
        _best(draft, hit, 1)


def _of_one_place(term: Term, query: Query) -> bool:
    """Whether a term is that of a single place of which the question does not speak: the general ones come first."""
    return len(term.jurisdictions) == 1 and term.jurisdictions[0] not in query.jurisdictions


def _recited(draft: Draft, hits: Sequence[Hit]) -> None:
    """A provision asked for by its number alone: its sentences in order."""
    cited = [citation.id for citation in draft.query.citations if citation.id]
    for hit in sorted((hit for hit in hits if _is_under(hit.id, cited)), key=lambda hit: hit.id):
        passage = reading(draft.query, hit)
        for span in sentence_spans(passage.text, passage.language):
            draft.quote(passage, span)


def _compared(draft: Draft, comparison: Comparison) -> None:
    """What differs, dimension by dimension, and each place's own sentence on the first dimensions."""
    language = draft.query.language
    for dimension, text in comparison.differences[:4]:
        cited = (
            tuple(
                dict.fromkeys(
                    c for row in comparison.rows for c in row.cells[dimension].citations if dimension in row.cells
                )
            )
            if all(dimension in row.cells for row in comparison.rows)
            else ()
        )
        ids = tuple(f"{row.jurisdiction}/position/{dimension}" for row in comparison.rows if dimension in row.cells)
        draft.statements.append(Statement(text, None, (*ids, *cited), quote=False))
    for row in comparison.rows:
        for dimension in list(row.cells)[: 2 if len(comparison.rows) <= 3 else 1]:
            for passage in draft.index.by_id.get(f"{row.jurisdiction}/position/{dimension}", ()):
                if passage.language == language and passage.span.holds_on(draft.query.as_of):
                    draft.show(passage)
                    if len(draft.statements) < 12:
                        draft.statements.append(
                            Statement(passage.lead, row.jurisdiction, (passage.id, *passage.citations))
                        )
                        draft.show(passage, highlight=(0, len(passage.lead)))


# -- parts of an answer ------------------------------------------------------------------------------------------------------


def _lead(draft: Draft, hit: Hit) -> None:
    """The best sentence of the first hit; a position leads with its own lead unless a later sentence answers far better."""
    passage = reading(draft.query, hit)
    ranked = draft.index.best_sentences(draft.query, hit, passage.language)
    if passage.lead and not (ranked and ranked[0].score > 1.35 * _score_at(ranked, 0) and ranked[0].start > 0):
        draft.quote(passage, (0, len(passage.lead)))
    for sentence in ranked[:1]:
        draft.quote(passage, sentence)
    following = [s for s in ranked[1:4] if _EXCEPTION.search(passage.text[s.start : s.end])] or ranked[1:2]
    for sentence in sorted(following[:2], key=lambda s: s.start):
        draft.quote(passage, sentence)


def _score_at(ranked: Sequence[Sentence], start: int) -> float:
    return next((sentence.score for sentence in ranked if sentence.start == start), 0.0)


def _best(draft: Draft, hit: Hit, count: int) -> None:
    passage = reading(draft.query, hit)
    for sentence in draft.index.best_sentences(draft.query, hit, passage.language)[:count]:
        draft.quote(passage, sentence)


def _qualify(draft: Draft, place: str) -> None:
    """Exceptions, start and access of the place's regime, after an answer on when and how a record is cleared."""
    if not set(draft.query.dimensions[:1]) & set(QUALIFIED):
        return
    for dimension in QUALIFIERS:
        for passage in draft.index.by_id.get(f"{place}/position/{dimension}", ()):
            if passage.language == draft.query.language and passage.span.holds_on(draft.query.as_of):
                draft.quote(passage, (0, len(passage.lead)))


def _places_of(draft: Draft) -> list[str]:
    """The one place whose regime is asked about; none if there are several."""
    named = [one for place in draft.query.jurisdictions for one in with_positions(draft.index.corpus, place)]
    return named[:1] if len(named) == 1 else []


def _premise(draft: Draft, hits: Sequence[Hit]) -> None:
    """A period in the question that the rule does not know is met with the periods that it does know."""
    language = draft.query.language
    asked = [one for one in draft.query.durations if one.unit != "days" and not _is_fact(draft.query.question, one)]
    for position in _positions(draft, "waiting_period")[:1]:
        periods = [(d.value, d.unit) for d in position.details if isinstance(d.value, float) and d.unit]
        known = {round(Duration(value, unit, 0, 0).months, 1) for value, unit in periods} | _periods_in_force(
            draft, hits
        )
        named = dict.fromkeys(amount(value, unit, language) for value, unit in periods)
        wrong = [one for one in asked if round(one.months, 1) not in known]
        if not wrong or not named or not draft.statements:
            return
        text = phrase(
            "premise", language, asked=amount(wrong[0].value, wrong[0].unit, language), found=_listed(named, language)
        )
        cited = dict.fromkeys((position.id, *(detail.authority for detail in position.details)))
        draft.statements.insert(0, Statement(text, position.jurisdiction, tuple(cited), quote=False))
        for passage in draft.index.by_id.get(position.id, ()):
            if passage.language == language and passage.span.holds_on(draft.query.as_of):
                draft.show(passage)


def _periods_in_force(draft: Draft, hits: Sequence[Hit]) -> set[float]:
    """Periods in months that the best passages name as law, not as what a bill or an earlier law had."""
    found: set[float] = set()
    for passage in (reading(draft.query, hit) for hit in hits[:5]):
        for start, end in sentence_spans(passage.text, passage.language):
            sentence = passage.text[start:end]
            if not _FORMER.search(sentence):
                found.update(round(one.months, 1) for one in durations(sentence))
    return found


def _listed(items: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(items)


def _positions(draft: Draft, dimension: str) -> list[Position]:
    places = [one for place in draft.query.jurisdictions for one in with_positions(draft.index.corpus, place)]
    found = (draft.index.corpus.position(place, dimension, draft.query.as_of) for place in places)
    return [position for position in found if position is not None]


def _is_fact(question: str, duration: Duration) -> bool:
    """Whether a duration is a fact of someone's case ("I got 14 months") and not a claim about the law."""
    return _FACT.search(question[max(0, duration.start - 22) : duration.end + 12]) is not None


def _asks_only_for_text(query: Query) -> bool:
    """Whether a question is little more than a citation ("what does § 34 BZRG say")."""
    rest = query.question
    for citation in query.citations:
        rest = rest.replace(citation.text, " ")
    plain = {
        "say",
        "says",
        "text",
        "show",
        "read",
        "provid",
        "state",
        "wortlaut",
        "sagt",
        "steht",
        "regelt",
        "lautet",
        "规定",
        "内容",
        "条文",
        "写",
        "说",
        "section",
        "articl",
        "law",
        "act",
    }
    return len([word for word in words(rest, query.language) if word not in plain]) <= 1


def _is_under(found: str, cited: Iterable[str]) -> bool:
    return any(found == one or found.startswith(one + "/") for one in cited)


def _other_language(index: Index, passage: Passage) -> Passage | None:
    """The same provision in its other language, the law's own first; glossary and positions need none."""
    if passage.kind is not Kind.STATUTE:
        return None
    return next(
        (one for one in index.by_id[passage.id] if one.unit == passage.unit and one.language != passage.language), None
    )


def _cited_passages(draft: Draft) -> None:
    """Every provision that a statement cites is shown, so that each number opens something."""
    wanted = dict.fromkeys(citation for statement in draft.statements for citation in statement.citations)
    for cited in wanted:
        for passage in passages_of(draft.index, cited, draft.query)[:4]:
            if passage.id not in draft.sources:
                draft.show(passage)


def passages_of(index: Index, wanted: str, query: Query) -> list[Passage]:
    """The passages of an id (or, for a section that only holds others, of all below it) in force on the query's date."""
    restated = any(one.kind is not Kind.OFFICIAL_TEXT for one in index.by_id.get(wanted, ()))
    own = [wanted] if wanted in index.by_id else []
    ids = own if restated else [*own, *(one for one in index.by_id if one.startswith(wanted + "/"))]
    found = []
    for one in ids:
        valid = [p for p in index.by_id[one] if p.span.holds_on(query.as_of)] or list(index.by_id[one])
        found.append(
            next((p for language in (query.language, "en") for p in valid if p.language == language), valid[0])
        )
    return found
