"""`Atlas`: the corpus and its index, opened once, and the questions that can be put to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.compare import absent, compare, with_positions
from app.compose import Draft, compose, passages_of
from app.dated import RECENT, provision_notes
from app.errors import InputError
from app.facts import lacks_facts, tells_facts
from app.history import Version, history
from app.model import Answer, Comparison, Source, Statement, Status
from app.phrases import phrase
from app.told import speaks_of_a_record
from app.told_answer import Applied, apply
from corpus import Corpus, load
from corpus.citations import Citation, Citations
from corpus.rule_load import load_book
from indexer.embed import Embedder
from indexer.passages import Kind
from indexer.query import MAX_QUESTION, Intent, Query
from indexer.scope import has_law_of, is_answered
from indexer.search import COMPARED, Hit, Index

FOUND = 10
SHOWN = 5
"""So many passages are shown beside an answer that was computed."""
OTHER_MATTERS = frozenset({"sanctions", "remedies", "foreign", "later_proceedings"})
"""Dimensions whose questions are not whether and when an entry is cleared, whatever facts they tell."""
RULE_STATEMENTS = 2
FIRST_CITED = 2
"""The provisions of the outcome come first, then what was found for the question, then what else is cited."""
MOST_PLACES = 4
"""The facts of one case are put through the rules of at most so many places."""


class Atlas:
    """Answers questions from one index. `open` reads corpus and index; nothing is written afterwards."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.corpus: Corpus = index.corpus
        self.citations: Citations = index.understander.citations

    @staticmethod
    def open(folder: Path | None = None, embedder: Embedder | None = None) -> Atlas:
        """Raises `CorpusError`, `IndexUnusable` or `ModelError`, each saying what repairs it."""
        return Atlas(Index.open(load(), folder, embedder))

    # -- ask -----------------------------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        as_of: date,
        jurisdictions: Sequence[str] = (),
        language: str | None = None,
        collections: Sequence[str] | None = None,
    ) -> Answer:
        """The answer to `question` under the law of `as_of`; of the user's own texts those in `collections` (`None`: all).

        Raises `InputError` for a question that cannot be read, or a collection that there is not.
        """
        _readable(question)
        kept = self._collections(collections)
        query = replace(
            self.index.understander.read(question, as_of, self.places(jurisdictions), language), collections=kept
        )
        covered, uncovered = self._coverage(query)
        remarks = list(uncovered)
        if query.jurisdictions and not covered:
            return self._answer(query, "not_covered", Draft(query, self.index, notes=remarks))
        hits = self.index.search(query, FOUND)
        if applied := self._applied(query, covered):
            return self._told(query, applied, hits, remarks)
        assumed = self._implied_place(query, hits)
        if assumed and query.intent is not Intent.DEFINE:
            query = replace(
                self.index.understander.read(question, as_of, [assumed], language), chosen=(), collections=kept
            )
            hits = self.index.search(query, FOUND)
            remarks.append(phrase("assumed_place", query.language, place=self._name(assumed, query.language)))
        if not is_answered(self.index, query, hits):
            return self._refusal(query, hits, remarks)
        comparison = self._comparison(query, covered)
        draft = compose(self.index, query, hits, comparison)
        draft.statements = self._verified(draft)
        draft.notes = [*remarks, *self._remarks(query, draft, hits), *draft.notes]
        status: Status = "answered" if draft.statements else "not_covered"
        if status == "answered" and (uncovered or self._is_partial(query, hits)):
            status = "partly_answered"
        return self._answer(query, status, draft, comparison)

    def _collections(self, names: Sequence[str] | None) -> tuple[str, ...] | None:
        """The collections named, `none` for no text of the user's own. Raises `InputError` for one that there is not."""
        if names is None:
            return None
        wanted = [name.strip().lower() for name in names if name.strip().lower() != "none"]
        if unknown := [name for name in wanted if name not in self.index.collections]:
            known = ", ".join(sorted(self.index.collections)) or "none; add one with: python -m indexer add FILE"
            raise InputError(f"collection {unknown[0]!r}: there is none of this name; there is: {known}")
        return tuple(wanted)

    def _applied(self, query: Query, covered: Sequence[str]) -> list[Applied]:
        """The facts that a question tells of a case, put through the rules of the places that it names."""
        if (
            query.discussion
            or query.intent in (Intent.DEFINE, Intent.PINPOINT)
            or not speaks_of_a_record(query.question)
        ):
            return []
        places = [part for place in covered for part in self._with_rules(place)]
        books = [(place, book) for place in dict.fromkeys(places) if (book := load_book(place)) is not None]
        if not 0 < len(books) <= MOST_PLACES:
            return []
        done = [
            apply(query.question, book, self._name(place, query.language), query.as_of, query.language)
            for place, book in books
        ]
        return [one for one in done if one is not None and one.useful]

    def _with_rules(self, place: str) -> list[str]:
        """The place itself, or its parts where the law is made there."""
        if load_book(place) is not None:
            return [place]
        return [one.id for one in self.corpus.jurisdictions.values() if one.parent == place]

    def _told(self, query: Query, applied: Sequence[Applied], hits: Sequence[Hit], remarks: list[str]) -> Answer:
        """The answer to a question that tells the facts of a case: the outcome, why, and what is still to be asked."""
        draft = Draft(query, self.index, notes=remarks)
        if len(applied) > 1:
            place = self._name(query.jurisdictions[0], query.language)
            draft.notes.append(phrase("which_part", query.language, place=place))
        for one in applied:
            draft.statements += one.statements
            draft.notes += one.notes
        if not all(one.settled for one in applied):
            # Where facts are missing, the rule itself helps the reader to say what matters.
            rule = compose(self.index, query, hits, None)
            draft.statements += rule.statements[:RULE_STATEMENTS]
            draft.sources.update(rule.sources)
        cited = dict.fromkeys(c for statement in draft.statements for c in statement.citations)
        for number, citation in enumerate(cited):
            for passage in passages_of(self.index, citation, query)[:3]:
                draft.show(passage, score=(3.0 if number < FIRST_CITED else 1.0) - number / 1000)
        for number, hit in enumerate(hits[:SHOWN]):
            draft.show(hit.in_language(query.language, "en"), score=2.0 - number / 1000)
        draft.statements = self._verified(draft)
        draft.notes += [*self._changes(query, draft), phrase("law_as_of", query.language, date=query.as_of.isoformat())]
        status: Status = "answered" if all(one.settled for one in applied) and len(applied) == 1 else "partly_answered"
        answer = self._answer(query, status, draft)
        return replace(answer, records=tuple(one.record for one in applied))

    def _coverage(self, query: Query) -> tuple[list[str], list[str]]:
        """Places of the question that are covered, and remarks on those that are not."""
        covered, remarks = [], []
        for place in query.jurisdictions:
            if has_law_of(self.index, place):
                covered.append(place)
            else:
                remarks.append(absent(self.corpus, place, query.language))
        return covered, remarks

    def _comparison(self, query: Query, covered: Sequence[str]) -> Comparison | None:
        places = list(dict.fromkeys(one for place in covered for one in with_positions(self.corpus, place)))
        if query.intent is not Intent.COMPARE or len(places) < 2:
            return None
        return compare(self.corpus, places[:12], query.dimensions[:4] or COMPARED, query.as_of, query.language)

    def _is_partial(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether the question leaves out what its answer depends on: the place, or the facts of a record."""
        return lacks_facts(query) or self._lacks_place(query, hits)

    def _lacks_place(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether no place was named and what was found is the law of several."""
        of_law = [hit for hit in hits[:3] if hit.passages[0].kind != "commentary"]
        lookup = not query.jurisdictions and query.intent is Intent.LOOKUP
        return lookup and len(of_law) >= 2 and self._implied_place(query, hits) is None

    def _implied_place(self, query: Query, hits: Sequence[Hit]) -> str | None:
        """The place to whose law most of the best passages belong, where the question names none."""
        homes = [hit.passages[0].jurisdiction for hit in hits[:5] if hit.passages[0].kind != "commentary"]
        if query.jurisdictions or query.discussion or len(homes) < 2:
            return None
        home = max(sorted(set(homes)), key=homes.count)
        return home if homes.count(home) >= 0.75 * len(homes) else None

    def _name(self, place: str, language: str) -> str:
        return self.corpus.jurisdictions[place].name.in_language(language)

    def _remarks(self, query: Query, draft: Draft, hits: Sequence[Hit]) -> list[str]:
        """What the reader should know beside the answer."""
        language = query.language
        remarks = [phrase("corrected", language, typed=typed, read=read) for typed, read in query.corrections]
        if self._lacks_place(query, hits):
            remarks.append(phrase("which_place", language))
        elif query.intent is Intent.LOOKUP and (place := self._implied_place(query, hits)):
            remarks.append(
                phrase("assumed_place", language, place=self.corpus.jurisdictions[place].name.in_language(language))
            )
        if lacks_facts(query):
            remarks.append(phrase("missing_facts", language, facts=phrase("facts", language)))
        elif tells_facts(query):
            remarks.append(phrase("facts_not_applied", language))
            remarks.append(phrase("missing_facts", language, facts=phrase("facts", language)))
        remarks += [self._unresolved(citation, language) for citation in query.citations if citation.note]
        remarks += self._cited_at_another_time(query)
        remarks += self._changes(query, draft)
        remarks += [
            phrase("doubt", language, doubt=source.passage.doubt)
            for source in draft.sources.values()
            if source.passage.doubt and source.highlights
        ]
        remarks.append(phrase("law_as_of", language, date=query.as_of.isoformat()))
        return list(dict.fromkeys(remarks))

    def _unresolved(self, citation: Citation, language: str) -> str:
        return phrase("unknown_citation", language, citation=citation.text, note=citation.note)

    def _changes(self, query: Query, draft: Draft) -> list[str]:
        """Versions that began shortly before the date, or follow after it, of what the answer rests on."""
        found = []
        for source in draft.sources.values():
            if not source.highlights or source.passage.kind is Kind.POSITION:
                continue
            passage, cited = source.passage, source.passage.cited_as(query.language)
            # Official texts begin on the day of their edition, which is no day of change.
            versions = [p.span.first for p in self.index.by_id[passage.id] if p.span.first and p.kind is passage.kind]
            first = passage.span.first
            if first and len(set(versions)) > 1 and first > min(versions) and query.as_of - first < RECENT:
                found.append(
                    phrase(
                        "changed", query.language, citation=cited, date=first.isoformat(), as_of=query.as_of.isoformat()
                    )
                )
            later = [day for day in versions if day > query.as_of]
            if later:
                found.append(phrase("changes", query.language, citation=cited, date=min(later).isoformat()))
        return found

    def _refusal(self, query: Query, hits: Sequence[Hit], remarks: list[str]) -> Answer:
        """An honest "not covered": why, and what lies nearest."""
        draft = Draft(query, self.index, notes=[*remarks])
        timed = self._not_in_force(query)
        unresolved = [self._unresolved(c, query.language) for c in query.citations if c.note]
        named = [
            phrase("law_not_here", query.language, law=self.corpus.instruments[law].short)
            for law in query.laws
            if not any(p.instrument == law for p in self.corpus.provisions)
        ]
        draft.notes += timed or unresolved or named or [phrase("off_topic", query.language)]
        for hit in hits[:3]:
            draft.show(hit.in_language(query.language, "en"), score=hit.score)
        if hits:
            draft.notes.append(phrase("nearest", query.language))
        return self._answer(query, "not_covered", draft)

    def _cited_at_another_time(self, query: Query) -> list[str]:
        """Provisions cited that exist, but not on the date asked for."""
        found = []
        for cited in dict.fromkeys(citation.id for citation in query.citations if citation.id):
            spans = [one.span for one in self.corpus.below(cited)]
            if not spans or any(span.holds_on(query.as_of) for span in spans):
                continue
            name = self.citations.display(cited, query.language)
            later = [span.first for span in spans if span.first and span.first > query.as_of]
            earlier = [span.last for span in spans if span.last and span.last < query.as_of]
            if later:
                found.append(phrase("not_yet", query.language, law=name, date=min(later).isoformat()))
            elif earlier:
                found.append(phrase("no_longer", query.language, law=name, date=max(earlier).isoformat()))
        return found

    def _not_in_force(self, query: Query) -> list[str]:
        """Laws named that exist, but not on the date asked for."""
        found = []
        for law in query.laws:
            instrument = self.corpus.instruments[law]
            if instrument.span.first and query.as_of < instrument.span.first:
                found.append(
                    phrase("not_yet", query.language, law=instrument.short, date=instrument.span.first.isoformat())
                )
            elif instrument.span.last and query.as_of > instrument.span.last:
                found.append(
                    phrase("no_longer", query.language, law=instrument.short, date=instrument.span.last.isoformat())
                )
        return found

    def _verified(self, draft: Draft) -> list[Statement]:
        """Statements that have their support: quotations stand in a passage shown, every citation leads somewhere."""
        texts = [source.passage.text for source in draft.sources.values()]
        kept = []
        for statement in draft.statements:
            resolved = tuple(c for c in statement.citations if self.resolves(c))
            if resolved and (not statement.quote or any(statement.text in text for text in texts)):
                kept.append(Statement(statement.text, statement.jurisdiction, resolved, statement.quote))
        return kept

    def resolves(self, citation: str) -> bool:
        """Whether an id is a passage, or a section that holds some."""
        return citation in self.index.by_id or any(one.startswith(citation + "/") for one in self.index.by_id)

    def _answer(self, query: Query, status: Status, draft: Draft, comparison: Comparison | None = None) -> Answer:
        ranked = sorted(draft.sources.values(), key=lambda source: -source.score)
        return Answer(
            question=query.question,
            language=query.language,
            as_of=query.as_of.isoformat(),
            status=status,
            answer=tuple(draft.statements),
            comparison=comparison,
            passages=tuple(ranked),
            notes=tuple(draft.notes),
            disclaimer=phrase("disclaimer", query.language),
        )

    # -- compare and show ----------------------------------------------------------------------------------------------

    def compare(
        self, jurisdictions: Sequence[str], dimensions: Sequence[str] = (), *, as_of: date, language: str = "en"
    ) -> Comparison:
        """The comparison table. Raises `InputError` for unknown names or fewer than two places."""
        return compare(self.corpus, self.places(jurisdictions), dimensions, as_of, language)

    def show(self, wanted: str, as_of: date, language: str = "en") -> list[Source]:
        """The provision(s) that an id or a citation leads to, in force on `as_of`, the law's own language beside.

        Raises `InputError` if nothing in the corpus is meant by it, with what is nearest.
        """
        query, found = self._wanted(wanted, as_of, language)
        passages = passages_of(self.index, found, query)
        draft = Draft(query, self.index)
        for passage in passages:
            draft.show(passage)
        return list(draft.sources.values())

    def dated(self, sources: Sequence[Source], as_of: date, language: str = "en") -> list[str]:
        """What is to be known of time of provisions that are shown: not yet or no longer law, changed shortly before, changing."""
        return provision_notes(self.corpus, self.citations, (one.passage.id for one in sources), as_of, language)

    def history(self, wanted: str, as_of: date, language: str = "en") -> list[Version]:
        """Every version of what an id or a citation leads to, oldest first, with what changed from one to the next.

        Raises `InputError` if nothing in the corpus is meant by it.
        """
        return history(self.index, self._wanted(wanted, as_of, language)[1], language)

    def _wanted(self, wanted: str, as_of: date, language: str) -> tuple[Query, str]:
        _readable(wanted)
        query = self.index.understander.read(wanted, as_of, (), language)
        found = self._meant(wanted, query)
        if found is None or found.id is None:
            note = (
                found.note
                if found
                else "no law of the corpus is named in it; cite for example § 34 Abs. 1 BZRG or s 6(4) ROA 1974"
            )
            raise InputError(f"{wanted.strip()[:80]}: {note}")
        return query, found.id

    def _meant(self, wanted: str, query: Query) -> Citation | None:
        text = wanted.strip()
        if text.lower() in self.index.by_id:
            return Citation(text, 0, len(text), None, text.lower(), True, "")
        return self.citations.resolve(text) or (query.citations[0] if query.citations else None)

    def places(self, names: Sequence[str]) -> list[str]:
        """Jurisdiction ids for ids or names in any of the languages. Raises `InputError` for one that is not known."""
        found = []
        for name in names:
            read = (
                [name.lower()]
                if name.lower() in self.corpus.jurisdictions
                else list(self.index.understander.places(name))
            )
            if not read:
                raise InputError(
                    f"jurisdiction {name!r}: not known; use an id such as uk-ew, de, us-ny, or a name such as Germany"
                )
            found.extend(read)
        return list(dict.fromkeys(found))


def _readable(text: str) -> None:
    if not text.strip():
        raise InputError("question: it is empty; ask something, for example: When is a fine spent in England?")
    if len(text) > MAX_QUESTION:
        raise InputError(f"question: {len(text):,} characters; at most {MAX_QUESTION:,} are read, put it more shortly")
    if any(unicodedata.category(char) in ("Cc", "Co", "Cs") and char not in "\n\r\t" for char in text) or "�" in text:
        raise InputError("question: it holds control characters or is not text; type or paste plain text")
