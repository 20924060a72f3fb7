"""Terms that follow one another, where the law takes them for one: which entries of a record are one term.

An entry says by `consecutive_to` which other entry's term its own follows. Where it does not say, it may follow that of any
entry of the same proceedings: the term is then known within bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.meaning import evaluate
from app.periods import Days, Lengths
from app.record import CONSECUTIVE_TO, NOT_APPLICABLE, Entry
from app.truth import HOLDS, HowLong, Missing, Truth, either, once
from app.view import View
from corpus.rules import Period


class _Terms(NamedTuple):
    """How the entries of a record, by their numbers, follow one another."""

    follows: dict[int, int]
    """What is stated."""
    may_follow: dict[int, tuple[int, ...]]
    """What is not stated and possible."""

    def root(self, entry: int) -> int:
        """The entry whose term is the first of those that surely follow one another."""
        while entry in self.follows:
            entry = self.follows[entry]
        return entry

    def next(self, entry: int) -> list[int]:
        return [child for child, parent in self.follows.items() if parent == entry]

    def surely(self, entry: int) -> list[int]:
        """All entries of the same term, in their order."""
        found = [self.root(entry)]
        for one in found:
            found.extend(self.next(one))
        return found

    def possibly(self, entry: int) -> list[int]:
        """All entries that are or may be of the same term."""
        pairs = [*self.follows.items(), *((a, b) for a, others in self.may_follow.items() for b in others)]
        found = [entry]
        for one in found:
            met = [b if a == one else a for a, b in pairs if one in (a, b)]
            found.extend(dict.fromkeys(other for other in met if other not in found))
        return found


def joined(view: View) -> tuple[Entry, ...]:
    """The other entries whose terms are surely one term with the entry's own."""
    terms = _terms(view)
    own = view.entry.number
    return tuple(view.record.entries[one] for one in terms.surely(own) if one != own) if terms else ()


def with_joined(view: View) -> Iterator[tuple[Truth, Entry]]:
    """The entry, and each other one of which it holds or may hold that it is one term with it."""
    yield HOLDS, view.entry
    terms = _terms(view)
    if terms is None:
        return
    surely, possibly = terms.surely(view.entry.number), terms.possibly(view.entry.number)
    unknown = Truth(None, _unsaid(terms, view, possibly))
    for one in (*surely, *(other for other in possibly if other not in surely)):
        if one != view.entry.number:
            yield (HOLDS if one in surely else unknown), view.record.entries[one]


def one_term(view: View, own_length: Callable[[View], HowLong], onward: bool = False) -> HowLong:
    """The length of the whole term of which the entry's own is a part; `onward` leaves out what came before it."""
    terms = _terms(view)
    if terms is None:
        return own_length(view)
    number = view.entry.number
    surely, possibly = terms.surely(number), terms.possibly(number)
    lengths = {
        one: own_length(view if one == number else view.at(view.record.entries[one])) for one in {*surely, *possibly}
    }
    first = number if onward else terms.root(number)
    least = _chain(terms, first, {one: found.lengths.least for one, found in lengths.items()})
    tops = {one: found.lengths.most for one, found in lengths.items()}
    most = None
    if None not in tops.values():
        known = {one: top for one, top in tops.items() if top is not None}
        most = _chain(terms, first, known)
        for other in possibly:
            most += known[other] if other not in surely else Period(0, 0)
    missing = once((*(m for one in lengths.values() for m in one.missing), *_unsaid(terms, view, possibly)))
    return HowLong(Lengths(least, most), missing)


def _chain(terms: _Terms, first: int, lengths: dict[int, Period]) -> Period:
    """The length of an entry's term and of those that follow it; of several that follow the same one the longest."""
    after = [_chain(terms, one, lengths) for one in terms.next(first)]
    return lengths[first] + max(after, key=lambda period: period.size, default=Period(0, 0))


def _unsaid(terms: _Terms, view: View, entries: Sequence[int]) -> tuple[Missing, ...]:
    paths = (view.record.entries[one].path for one in entries if one in terms.may_follow)
    return tuple(Missing(f"{path}.{CONSECUTIVE_TO}", CONSECUTIVE_TO) for path in paths)


def _terms(view: View) -> _Terms | None:
    """The terms of the record, where the entry's own is or may be one with another; `None` where it stands alone."""
    if not view.book.consecutive or len(view.record.entries) < 2:
        return None
    if _terms not in view.memo.facts:
        view.memo.facts[_terms] = _found(view)
    terms: _Terms = view.memo.facts[_terms]
    return terms if len(terms.possibly(view.entry.number)) > 1 else None


def _found(view: View) -> _Terms:
    entries = view.record.entries
    numbers = {entry.id: entry.number for entry in entries}
    able = [entry for entry in entries if _able(view.at(entry)).holds is not False]
    named = {entry.number: entry.facts.get(CONSECUTIVE_TO) for entry in able}
    stated = {one: numbers[str(other)] for one, other in named.items() if other not in (None, NOT_APPLICABLE)}
    terms = _Terms({one: other for one, other in stated.items() if other in named}, {})
    for one in able:
        if named[one.number] is None:
            others = [o for o in able if o is not one and _same_proceedings(one, o)]
            possible = tuple(o.number for o in others if terms.root(o.number) != one.number)
            if possible:
                terms.may_follow[one.number] = possible
    return terms


def _able(view: View) -> Truth:
    """Whether a sentence of the entry is of the kind of which several are one term."""
    if view.entry.sentences is None:
        return Truth(None)
    kinds = [one.where for one in view.book.consecutive]
    return either(evaluate(kind, view.of(sentence)) for sentence in view.entry.sentences for kind in kinds)


def _same_proceedings(one: Entry, other: Entry) -> bool:
    """Whether the two may have been dealt with in the same proceedings: of one case, or else of one day."""
    own, theirs = one.facts.get("case"), other.facts.get("case")
    if own is not None and theirs is not None:
        return own == theirs
    first, second = (entry.facts.get("conviction_date", Days()) for entry in (one, other))
    if not isinstance(first, Days) or not isinstance(second, Days):
        return False
    return first.first <= second.last and second.first <= first.last
