"""Every law and case that a document cites, bound to the right law: full citations, chains, and short forms such as "the Act"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.analysis_model import Reference
from app.lexicon import lexicon
from corpus.citations import Citation, Citations, Pinpoint
from corpus.model import Corpus, Instrument

_ALIAS = re.compile(
    r"[(（](?:hereinafter|hereafter|im Folgenden|nachfolgend|以下简称|下称|简称|the|„|\"|“|《|'|‘)[\s:：,]*(?:the|kurz)?\s*"
    r"[\"“„‘'《]?(?P<name>[^()（）\"“”„’'《》\n]{2,50})[\"”“’'》]?[)）]"
)
_JOINT = re.compile(r"[\s,]*(?:\b(?:of|the|in|des|der|to|under|von|vom|zum|am|du|de|la)\b[\s,]*){0,3}")
_FULL_RANGE = re.compile(r"(?:sections?|articles?|§§?)?\s*1 to (\d+)", re.IGNORECASE)
_NAMES_A_LAW = re.compile(
    r"\b(?:[A-Z][\w’'&-]+\s+(?:(?:of|and|the|for|to|on|in|\([A-Z][\w ]+\))\s+)?){1,8}(?:Act|Code|Law|Order|Ordinance|Regulations?|Statute)\b(?:\s+(?:of\s+)?(?:1[89]|20)\d\d)?"
    r"|\b[A-ZÄÖÜ][a-zäöü]{4,}(?:gesetz(?:buch)?|ordnung|verordnung)(?:e?s)?\b|《[^》\n]{2,40}(?:法|条例|规定|办法|解释)》"
)
_ABBREVIATED_LAW = re.compile(r"[A-ZÄÖÜ][A-Za-zäöü]{0,8}[A-Z][A-Za-z]{0,4}|[A-Z][a-z]{1,8}(?:G|VO|O)\b")
_IBID = re.compile(r"ibid|^id\.?$|a\.?\s?a\.?\s?O|ebd|ebenda|同法", re.IGNORECASE)
_NOUNS = {
    "act": ("act", "gesetz", "法"),
    "law": ("act", "law", "gesetz", "法"),
    "order": ("order", "verordnung"),
    "code": ("code", "gesetzbuch", "ordnung"),
    "gesetz": ("gesetz", "act", "law"),
    "办法": ("办法", "measures"),
    "条例": ("条例",),
    "法": ("法", "law", "act"),
}


@dataclass
class _Context:
    """What was named so far: the laws in order, the latest last, and the short names that the document gives them."""

    laws: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    def name(self, law: str) -> None:
        if law in self.laws:
            self.laws.remove(law)
        self.laws.append(law)


def find_references(corpus: Corpus, citations: Citations, text: str, places: Sequence[str]) -> list[Reference]:
    """All references of `text` in order; `places` (the document's jurisdictions) decide between laws of one name."""
    context = _Context()
    found: list[Reference] = []
    family = [one for place in places for one in corpus.family(place)]
    for match in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        reader = _Stretch(corpus, citations, match.group(), match.start(), context, family)
        found.extend(reader.read())
    found.extend(_cases(text, [(one.start, one.end) for one in found]))
    return sorted(found, key=lambda one: (one.start, one.end))


@dataclass
class _Stretch:
    """One paragraph of a document, read after all before it."""

    corpus: Corpus
    citations: Citations
    text: str
    offset: int
    context: _Context
    places: Sequence[str]

    def read(self) -> Iterator[Reference]:
        named = self.citations.instruments_named(self.text)
        strangers = [m.span() for m in lexicon().elsewhere.finditer(self.text)]
        self._learn_aliases(named)
        shorts = list(self._short_forms())
        self._remember(named)
        found: list[Reference] = []
        for citation in self.citations.find(self.text, self.places, self._last()):
            found.append(self._reference(citation, named, strangers, shorts))
        covered = [(one.start - self.offset, one.end - self.offset) for one in found]
        for pin in self.citations.pinpoints(self.text):
            if not _overlaps((pin.start, pin.end), covered) and (one := self._stranger(pin, strangers)):
                found.append(one)
                covered.append((one.start - self.offset, one.end - self.offset))
        yield from (one for one in found if one.id or one.note)
        yield from self._laws(named, strangers, covered)

    # -- laws named before -------------------------------------------------------------------------------------------

    def _remember(self, named: Sequence[tuple[int, int, tuple[str, ...]]]) -> None:
        for _, _, laws in named:
            self.context.name(self._chosen(laws))

    def _last(self) -> tuple[str, ...]:
        return tuple(reversed(self.context.laws[-3:]))[:1]

    def _chosen(self, laws: Sequence[str]) -> str:
        """Of several laws of one name that of the document's places, in force before repealed."""
        here = [law for law in laws if law.split("/")[0] in self.places]
        current = [law for law in (here or laws) if self.corpus.instruments[law].span.last is None]
        recent = [law for law in reversed(self.context.laws) if law in (here or laws)]
        return (current or recent or here or list(laws))[0]

    def _learn_aliases(self, named: Sequence[tuple[int, int, tuple[str, ...]]]) -> None:
        for match in _ALIAS.finditer(self.text):
            before = [laws for _, end, laws in named if 0 <= match.start() - end <= 25]
            if before:
                self.context.aliases[_plain(match["name"])] = self._chosen(before[-1])

    def _short_forms(self) -> Iterator[tuple[int, int, str]]:
        """Start, end and law of every "the Act", "ibid.", and of every short name that the document has introduced."""
        for match in lexicon().short_forms.finditer(self.text):
            law = self._meant(match.group(), match.start())
            if law is not None:
                yield match.start(), match.end(), law
        for alias, law in self.context.aliases.items():
            for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", self.text, re.IGNORECASE):
                yield match.start(), match.end(), law

    def _meant(self, words: str, at: int) -> str | None:
        """The law that a short form stands for: the latest one named before whose name fits the noun."""
        before = [self._chosen(laws) for _, end, laws in self.citations.instruments_named(self.text[:at])]
        order = [*self.context.laws, *before]
        if _IBID.search(words.strip()):
            return order[-1] if order else None
        low = words.lower()
        nouns = next((fits for noun, fits in _NOUNS.items() if noun in low), ())
        for law in reversed(order):
            title = self.corpus.instruments[law].title
            names = f"{title.en} {title.de} {title.zh}".lower()
            if not nouns or any(noun in names for noun in nouns):
                return law
        return order[-1] if order else None

    # -- one reference -----------------------------------------------------------------------------------------------

    def _reference(
        self,
        citation: Citation,
        named: Sequence[tuple[int, int, tuple[str, ...]]],
        strangers: Sequence[tuple[int, int]],
        shorts: Sequence[tuple[int, int, str]],
    ) -> Reference:
        """A citation as found, bound to the law beside it if that is a stranger or stands under a short name."""
        holds_name = any(start >= citation.start and end <= citation.end for start, end, _ in named)
        if not holds_name:
            short = _beside(self.text, citation.start, citation.end, [(start, end) for start, end, _ in shorts])
            if short:
                law = next(law for start, end, law in shorts if (start, end) == short)
                rebound = self._bound(citation, law)
                return self._made(min(rebound.start, short[0]), max(rebound.end, short[1]), rebound)
            stranger = _beside(self.text, citation.start, citation.end, strangers) or self._unknown(citation)
            if stranger:
                return self._outside(min(citation.start, stranger[0]), max(citation.end, stranger[1]), stranger)
        elif citation.instrument:
            self.context.name(citation.instrument)
        return self._made(citation.start, citation.end, citation)

    def _bound(self, citation: Citation, law: str) -> Citation:
        instrument = self.corpus.instruments[law]
        again = self.citations.find(f"{citation.text} {instrument.names[0]}", [law.split("/")[0]], (law,))
        if not again or again[0].instrument != law:
            return citation
        return Citation(citation.text, citation.start, citation.end, law, again[0].id, again[0].exact, again[0].note)

    def _made(self, start: int, end: int, citation: Citation) -> Reference:
        note = citation.note
        if citation.id is None and citation.instrument is not None:
            note = self._missing(self.corpus.instruments[citation.instrument], citation)
        start, end = self._trimmed(start, end)
        return Reference(
            self.text[start:end],
            self.offset + start,
            self.offset + end,
            citation.id,
            note,
            "provision",
            citation.instrument,
        )

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """With the bracket that opens a Chinese title, without the full stop that ends the sentence."""
        if self.text[start - 1 : start] == "《":
            start -= 1
        ends_sentence = self.text[end - 1 : end] == "." and self.text[start:end].count(".") == 1 + self.text[
            start : end - 1
        ].count(". ")
        return start, end - 1 if ends_sentence else end

    def _missing(self, instrument: Instrument, citation: Citation) -> str:
        """Whether the law has no such provision, or has it outside what the corpus restates."""
        full = _FULL_RANGE.match(instrument.covers)
        number = re.search(r"\d+", citation.text)
        numbers = [int(n) for n in self._numbers(instrument.id)]
        if full and number and numbers and int(number.group()) > max(int(full[1]), *numbers):
            return f"does not exist: {instrument.short} ends at {max(int(full[1]), *numbers)}"
        return citation.note

    def _numbers(self, law: str) -> Iterator[str]:
        for one in self.citations.known:
            if one.startswith(law + "/") and (m := re.match(r"\d+", one.split("/")[2])):
                yield m.group()

    def _stranger(self, pin: Pinpoint, strangers: Sequence[tuple[int, int]]) -> Reference | None:
        beside = _beside(self.text, pin.start, pin.end, strangers)
        if beside is None:
            beside = self._unknown(Citation("", pin.start, pin.end, None, None, False, ""))
        return self._outside(min(pin.start, beside[0]), max(pin.end, beside[1]), beside) if beside else None

    def _unknown(self, citation: Citation) -> tuple[int, int] | None:
        """A law named beside a number that neither the corpus nor our list of other laws knows."""
        known = [(start, end) for start, end, _ in self.citations.instruments_named(self.text)]
        full = [m.span() for m in _NAMES_A_LAW.finditer(self.text) if not _overlaps(m.span(), known)]
        if "§" in self.text[citation.start : citation.end]:
            rest = self.text[citation.end : citation.end + 12]
            short = re.match(rf"\s(?:{_ABBREVIATED_LAW.pattern})", rest)
            span = (citation.end, citation.end + short.end()) if short else None
            if span and not _overlaps(span, known):
                full.append((span[0] + 1, span[1]))
        return _beside(self.text, citation.start, citation.end, full)

    def _outside(self, start: int, end: int, law: tuple[int, int]) -> Reference:
        name = " ".join(self.text[law[0] : law[1]].split())
        known = lexicon().elsewhere.fullmatch(name) is not None
        note = (
            f"{name} is law, but not in the corpus"
            if known
            else f"{name} is not a law of the corpus; whether it has this provision was not checked"
        )
        start, end = self._trimmed(start, end)
        return Reference(self.text[start:end], self.offset + start, self.offset + end, None, note)

    def _laws(
        self,
        named: Sequence[tuple[int, int, tuple[str, ...]]],
        strangers: Sequence[tuple[int, int]],
        covered: Sequence[tuple[int, int]],
    ) -> Iterator[Reference]:
        """Laws named as a whole."""
        taken = list(covered)
        for start, end, laws in named:
            if not _overlaps((start, end), taken):
                law = self._chosen(laws)
                short = self.corpus.instruments[law].short
                note = f"names {short} as a whole"
                yield Reference(self.text[start:end], self.offset + start, self.offset + end, None, note, "law", law)
                taken.append((start, end))
        others = [m.span() for m in _NAMES_A_LAW.finditer(self.text) if re.search(r"\d{4}$|》$", m.group())]
        for start, end in sorted({*[s for s in strangers if s[1] - s[0] > 4], *others}):
            if not _overlaps((start, end), taken):
                outside = self._outside(start, end, (start, end))
                yield Reference(outside.text, outside.start, outside.end, None, outside.note, "law")
                taken.append((start, end))


def _beside(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The span that touches a stretch, or is joined to it by "of the" and the like."""
    for first, last in spans:
        behind = first >= end and _JOINT.fullmatch(text[end:first])
        before = last <= start and re.fullmatch(r"[\s,.》」]*(?:at|s\.?|section|§|第)?\s*", text[last:start])
        within = first < end and start < last
        if behind or before or within:
            return first, last
    return None


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _plain(name: str) -> str:
    return " ".join(name.split()).strip(" .,:;")


def _cases(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reference]:
    """American cases by reporter, volume and page, where a document cites any."""
    if not re.search(r"\bv\.\s|\d\s+[A-Z][\w. ]{1,12}(?:2d|3d|4th)?\s+\d", text):
        return
    from app.cases import us_cases

    for whole, core in us_cases(text):
        start, end = core if _overlaps(whole, taken) else whole
        if not _overlaps((start, end), taken):
            yield Reference(
                text[start:end], start, end, None, "a court decision; decisions are not in the corpus", "case"
            )
