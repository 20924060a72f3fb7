"""The corpus as a library: what stands beside a provision, above and below it, and what cites it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from corpus.citations import Citations
from corpus.model import Corpus, Note, Position, Provision, Span, Status, Term

_BEFORE_A_NUMBER = (
    r"(?:§|\b(?:sections?|ss?|articles?|arts?|artikel|sch|schedule|and|und|to|bis|or|oder)\b\.?|第|[,;–-])\s*"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A provision on certain days, in each language that it is restated in; the law's own language first."""

    span: Span
    status: Status
    texts: tuple[Provision, ...]

    def holds_on(self, day: date) -> bool:
        """Whether it is law on `day`: begun, not ended, and commenced."""
        return self.status is Status.IN_FORCE and self.span.holds_on(day)


@dataclass(frozen=True, slots=True)
class Citing:
    """What rests on a provision or speaks of it."""

    provisions: tuple[str, ...]
    positions: tuple[Position, ...]
    terms: tuple[Term, ...]
    notes: tuple[Note, ...]


class Library:
    """Ways through one corpus. Ids are those of provisions, of sections that hold some, and of instruments."""

    def __init__(self, corpus: Corpus, citations: Citations) -> None:
        self.corpus = corpus
        self.citations = citations
        self._cited_in = lru_cache(maxsize=5000)(self._read_citations)

    # -- order -----------------------------------------------------------------------------------------------------

    @cached_property
    def _order(self) -> Mapping[str, tuple[str, ...]]:
        """The provisions of each instrument in the law's order, each once."""
        found: dict[str, dict[str, None]] = {}
        for provision in self.corpus.provisions:
            found.setdefault(provision.instrument, {})[provision.id] = None
        return {law: tuple(ids) for law, ids in found.items()}

    def provisions_of(self, law: str) -> tuple[str, ...]:
        """The ids of an instrument's provisions in its order; empty if nothing of it is restated."""
        return self._order.get(law, ())

    def instruments_of(self, place: str) -> tuple[str, ...]:
        """The instruments of a jurisdiction of which provisions are restated."""
        laws = self.corpus.instruments.values()
        return tuple(law.id for law in laws if law.jurisdiction == place and law.id in self._order)

    def neighbours(self, provision_id: str) -> tuple[str | None, str | None]:
        """The provisions before and after; a section's neighbours are those of its first and last provision."""
        ids = self.provisions_of(law_of(provision_id))
        at = [index for index, one in enumerate(ids) if one == provision_id or one.startswith(provision_id + "/")]
        if not at:
            return None, None
        if provision_id in ids:
            at = [ids.index(provision_id)]
        return (ids[at[0] - 1] if at[0] else None), (ids[at[-1] + 1] if at[-1] + 1 < len(ids) else None)

    def above(self, provision_id: str) -> tuple[str, ...]:
        """The sections that hold a provision, outermost first; the instrument is not among them."""
        parts = provision_id.split("/")
        return tuple("/".join(parts[:depth]) for depth in range(3, len(parts)))

    def below(self, provision_id: str) -> tuple[str, ...]:
        """The provisions under an id, in order, without itself."""
        return tuple(one for one in self.provisions_of(law_of(provision_id)) if one.startswith(provision_id + "/"))

    def heading(self, provision_id: str, language: str) -> tuple[str, str]:
        """The heading of a provision or section and the language that it is written in; empty if it has none."""
        own = self.corpus.versions(provision_id)
        if own:
            one = _nearest(own, language)
            return one.heading, one.language
        inside = [p for one in self.below(provision_id)[:1] for p in self.corpus.versions(one)]
        if not inside or len(provision_id.split("/")) != 3:
            return "", "en"
        one = _nearest(tuple(inside), language)
        return one.context, one.language

    # -- versions --------------------------------------------------------------------------------------------------

    def versions(self, provision_id: str) -> tuple[Version, ...]:
        """The versions of a provision, earliest first."""
        law = self.corpus.instruments.get(law_of(provision_id))
        order = law.languages if law else ()
        groups: dict[tuple[Span, Status], list[Provision]] = {}
        for one in self.corpus.versions(provision_id):
            groups.setdefault((one.span, one.status), []).append(one)
        versions = (
            Version(span, status, tuple(sorted(texts, key=lambda one: _rank(one.language, order))))
            for (span, status), texts in groups.items()
        )
        return tuple(sorted(versions, key=lambda one: one.span.first or date.min))

    # -- links -----------------------------------------------------------------------------------------------------

    def cited_by(self, provision_id: str) -> Citing:
        """Everything that rests on a provision or names it."""
        corpus = self.corpus
        return Citing(
            tuple(self._provisions_citing(provision_id)),
            tuple(
                one
                for one in corpus.positions
                if provision_id in one.authorities or any(part.authority == provision_id for part in one.details)
            ),
            tuple(one for one in corpus.terms if provision_id in one.authorities),
            tuple(one for one in corpus.notes if provision_id in one.about),
        )

    def cites(self, provision_id: str) -> tuple[str, ...]:
        """The provisions that a provision names in its text, as far as the corpus has them."""
        found = (cited for one in self.corpus.versions(provision_id) for cited in self._cited_in(one))
        return tuple(dict.fromkeys(cited for cited in found if not _same(cited, provision_id)))

    def _provisions_citing(self, provision_id: str) -> Iterator[str]:
        """Provisions of the same law, or that name it. Only texts that hold number and parts are read, for reading is slow."""
        law = self.corpus.instruments.get(law_of(provision_id))
        if law is None:
            return
        written = re.compile(_written(provision_id), re.IGNORECASE)
        names = [law.short.lower(), *(name.lower() for name in law.names)]
        found: dict[str, None] = {}
        for one in self.corpus.provisions:
            if one.id in found or _same(one.id, provision_id) or not written.search(one.text):
                continue
            near = one.instrument == law.id or any(name in one.text.lower() for name in names)
            if near and provision_id in self._cited_in(one):
                found[one.id] = None
                yield one.id

    def _read_citations(self, provision: Provision) -> tuple[str, ...]:
        found = self.citations.find(provision.text, (provision.jurisdiction,))
        return tuple(dict.fromkeys(one.id for one in found if one.id and one.exact))


def law_of(provision_id: str) -> str:
    """The instrument of a provision or section."""
    return "/".join(provision_id.split("/")[:2])


def _same(one: str, other: str) -> bool:
    """Whether one is the other or holds it: a law that names its own section tells the reader nothing."""
    return one == other or other.startswith(one + "/")


def _written(provision_id: str) -> str:
    """A pattern that every text matches that cites the provision: its number after a word for one, then each part, near by."""
    number, *parts = provision_id.split("/")[2:]
    pattern = _BEFORE_A_NUMBER + re.escape(number.removeprefix("sch-")) + r"(?![\d])"
    return pattern + "".join(rf".{{0,40}}?(?<![0-9a-z]){re.escape(part)}(?![0-9a-z])" for part in parts)


def _rank(language: str, order: tuple[str, ...]) -> int:
    return order.index(language) if language in order else len(order)


def _nearest(versions: tuple[Provision, ...], language: str) -> Provision:
    """The latest version in the language, else in English, else in any."""
    for wanted in (language, "en"):
        found = [one for one in versions if one.language == wanted]
        if found:
            return max(found, key=lambda one: one.span.first or date.min)
    return versions[-1]
