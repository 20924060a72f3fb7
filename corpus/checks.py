"""What must hold over all corpus files together: ids, links, dates, languages, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import process

from corpus.citations import Citations
from corpus.model import LANGUAGES, Corpus, Position, Provision


def faults(corpus: Corpus) -> Iterator[str]:
    """Every fault, each with place, fault and next step."""
    yield from _ids(corpus)
    yield from _versions(corpus)
    yield from _languages(corpus)
    yield from _positions(corpus)
    yield from _notes(corpus)
    yield from _terms(corpus)
    yield from _instruments(corpus)
    yield from _names(corpus)


def _ids(corpus: Corpus) -> Iterator[str]:
    for provision in corpus.provisions:
        last = provision.span.last
        if last is not None and provision.span.first is not None and last < provision.span.first:
            yield f"{provision.place}: {provision.id} ends ({last}) before it begins ({provision.span.first}); correct from or to"


def _versions(corpus: Corpus) -> Iterator[str]:
    for provision_id in sorted(corpus.provision_ids):
        for one, other in combinations(corpus.versions(provision_id), 2):
            if one.language == other.language and one.span.overlaps(other.span):
                yield (
                    f"{other.place}: {provision_id} ({other.language}) is in force at the same time as the version at "
                    f"{one.place}; give each its from and to"
                )


def _languages(corpus: Corpus) -> Iterator[str]:
    """A law in two languages has the same provisions and versions in both."""
    for instrument in corpus.instruments.values():
        found = {
            language: {
                (p.id, p.span.first, p.span.last): p
                for p in corpus.provisions
                if p.instrument == instrument.id and p.language == language
            }
            for language in instrument.languages
        }
        present = [language for language in instrument.languages if found[language]]
        for one, other in combinations(present, 2):
            for source, target in ((one, other), (other, one)):
                for key in sorted(found[source].keys() - found[target].keys(), key=str):
                    yield f"{found[source][key].place}: {key[0]} is missing in {target} for the same dates; add it there"


def _unknown(corpus: Corpus, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Ids that should lead to a provision and do not. The law of a place that is not covered yet may be named all the same."""
    known = Citations(corpus).known
    for provision_id in wanted:
        place = corpus.jurisdictions.get(provision_id.split("/")[0])
        if provision_id not in known and (place is None or place.covered):
            near = process.extractOne(provision_id, known)
            yield provision_id, f"nearest is {near[0]}" if near else "the corpus is empty"


def _positions(corpus: Corpus) -> Iterator[str]:
    authorities = {a for p in corpus.positions for a in (*p.authorities, *(d.authority for d in p.details))}
    unknown = dict(_unknown(corpus, sorted(authorities)))
    for position in corpus.positions:
        if position.dimension not in corpus.dimensions:
            yield f"{position.place}: {position.dimension} is not a dimension; see corpus/dimensions.yaml"
        for authority in (*position.authorities, *(d.authority for d in position.details)):
            if authority in unknown:
                yield f"{position.place}: authority {authority} is not in the corpus; {unknown[authority]}"
        if isinstance(position.value, float | tuple) and position.unit is None:
            yield f"{position.place}: {position.id} has a number without a unit; add unit: years, months or days"
        yield from _numbers(corpus, position)
    cells: dict[str, list[Position]] = {}
    for position in corpus.positions:
        cells.setdefault(position.id, []).append(position)
    for same in cells.values():
        for one, other in combinations(same, 2):
            if one.span.overlaps(other.span):
                yield f"{other.place}: two cells of {other.id} hold on the same day; give each its from and to"
    for jurisdiction in {p.jurisdiction for p in corpus.positions}:
        missing = [d for d in corpus.dimensions if f"{jurisdiction}/position/{d}" not in cells]
        if missing:
            yield f"corpus/{jurisdiction}/positions.yaml: no cell for {', '.join(missing)}; write one, 'silent' if the law is"


def _numbers(corpus: Corpus, position: Position) -> Iterator[str]:
    """Every typed number of a position stands in a provision that it cites."""
    pairs: list[tuple[float, str | None]] = [
        (d.value, d.authority) for d in position.details if isinstance(d.value, float)
    ]
    numbers = position.value if isinstance(position.value, tuple) else (position.value,)
    pairs += [(n, None) for n in numbers if isinstance(n, float)]
    for number, authority in pairs:
        cited = (authority,) if authority else position.authorities
        texts = [p.text for one in cited for p in corpus.below(one) if p.language == "en"]
        if not any(_mentions(text, number) for text in texts):
            yield f"{position.place}: the number {number:g} of {position.id} is in none of {', '.join(cited)}; cite its provision"


_NUMBER_WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 12: "twelve",
    14: "fourteen", 15: "fifteen", 18: "eighteen", 20: "twenty", 24: "twenty-four", 30: "thirty", 60: "sixty", 90: "ninety",
}  # fmt: skip


def _mentions(text: str, number: float) -> bool:
    shown = f"{number:g}"
    word = _NUMBER_WORDS.get(int(number), "") if number == int(number) else ""
    pattern = rf"(?<![\d.]){re.escape(shown)}(?![\d])" + (rf"|\b{word}\b" if word else "")
    return re.search(pattern, text, re.IGNORECASE) is not None


def _notes(corpus: Corpus) -> Iterator[str]:
    seen: set[str] = set()
    unknown = dict(_unknown(corpus, sorted({a for note in corpus.notes for a in note.about})))
    for note in corpus.notes:
        if note.id in seen:
            yield f"{note.place}: {note.id} stands twice; rename one"
        seen.add(note.id)
        if note.dimension and note.dimension not in corpus.dimensions:
            yield f"{note.place}: {note.dimension} is not a dimension; see corpus/dimensions.yaml"
        for jurisdiction in note.jurisdictions:
            if jurisdiction not in corpus.jurisdictions:
                yield f"{note.place}: {jurisdiction} is not in jurisdictions.yaml"
        for provision_id in note.about:
            if provision_id in unknown:
                yield f"{note.place}: about {provision_id}, which is not in the corpus; {unknown[provision_id]}"


def _terms(corpus: Corpus) -> Iterator[str]:
    for core in set(corpus.core_terms) - {term.id for term in corpus.terms}:
        yield f"corpus/scope.yaml: core term {core} is not in glossary.yaml; remove or correct it"
    seen: set[str] = set()
    unknown = dict(_unknown(corpus, sorted({a for term in corpus.terms for a in term.authorities})))
    for term in corpus.terms:
        if term.id in seen:
            yield f"{term.place}: term {term.id} stands twice; join the two"
        seen.add(term.id)
        for provision_id in term.authorities:
            if provision_id in unknown:
                yield f"{term.place}: term {term.id}: authority {provision_id} is not in the corpus; {unknown[provision_id]}"
        for jurisdiction in term.jurisdictions:
            if jurisdiction not in corpus.jurisdictions:
                yield f"{term.place}: term {term.id}: {jurisdiction} is not in jurisdictions.yaml"


def _instruments(corpus: Corpus) -> Iterator[str]:
    for instrument in corpus.instruments.values():
        if instrument.style not in corpus.styles:
            yield f"corpus/{instrument.jurisdiction}/instruments.yaml: {instrument.id}: style {instrument.style} is not in citation_forms.yaml"
    covered = {p.jurisdiction for p in corpus.provisions}
    for jurisdiction in corpus.jurisdictions.values():
        children = corpus.family(jurisdiction.id)
        if jurisdiction.covered and not covered.intersection(children):
            yield f"corpus/jurisdictions.yaml: {jurisdiction.id} is marked covered, but there is no provision of it"


def _names(corpus: Corpus) -> Iterator[str]:
    """Words in one language are not taken for two places."""
    for provision in corpus.provisions:
        yield from _stray(provision)
    for position in corpus.positions:
        for language in LANGUAGES:
            if "\n" in position.lead.in_language(language):
                yield f"{position.place}: lead ({language}) has more than one line; one sentence only"


def _stray(provision: Provision) -> Iterator[str]:
    """Leftovers of editing that a reader would see."""
    if match := re.search(r"\b(?:TODO|FIXME|XXX|lorem)\b|\]\(|<[a-z]+>", provision.text):
        yield f"{provision.place}: {provision.id} holds {match.group(0)!r}; provisions are plain text"
