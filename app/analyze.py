"""A document analysed: what it cites, what it claims and whether that is so, which aspects of a clearing regime it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from app.analysis_model import Analysis, Claim, Kind, ProfileEntry, Reference, Verdict
from app.analysis_words import say
from app.assertions import Assertion
from app.bench import Finding
from app.claims import find_assertions, home_of, is_on_topic
from app.counterparts import counterparts
from app.dated import provision_notes
from app.dates import find_dates
from app.errors import InputError
from app.law import Law
from app.layout import Sentence, sentences
from app.phrases import phrase
from app.profile import describes_regime, profile_of, silent_dimensions
from app.record_reader import read_record
from app.references import find_references
from app.verdicts import Judge
from corpus.citations import Citations
from corpus.load import load
from corpus.model import Corpus
from corpus.rule_load import load_rules
from indexer.query import Understander
from indexer.read import Document, ReadError, ScanError, read, read_bytes, recognized
from indexer.search import HOMES

MOST_CLAIMS = 2_000
MOST_CHANGES = 8
_DATELINE = 400
"""A document's own date stands at its beginning or its end, within so many characters."""


@lru_cache(maxsize=1)
def _reader() -> tuple[Corpus, Understander]:
    corpus = load()
    return corpus, Understander(corpus)


_laws: dict[int, Law] = {}


def _law(corpus: Corpus) -> Law:
    """What was read from a corpus for claims is kept for the next document."""
    if id(corpus) not in _laws:
        _laws.clear()
        _laws[id(corpus)] = Law(corpus)
    return _laws[id(corpus)]


def analyze_source(source: Path | str | bytes, as_of: date, name: str = "") -> Analysis:
    """The analysis of a file (a path) or of its content (bytes). Raises `InputError`, `CorpusError`."""
    document, scanned = read_source(source, name)
    corpus, understander = _reader()
    analysis = analyze_document(corpus, understander, document, as_of)
    return replace(analysis, notes=(phrase("was_scan", document.language), *analysis.notes)) if scanned else analysis


def read_source(source: Path | str | bytes, name: str = "") -> tuple[Document, bool]:
    """The document, and whether it was a scan that had to be recognised. Raises `InputError`."""
    try:
        if isinstance(source, bytes):
            return read_bytes(source, name or "document"), False
        return read(Path(source)), False
    except ScanError as error:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        found = recognized(data, name or str(source if not isinstance(source, bytes) else "document"))
        if found is None:
            raise InputError(str(error)) from None
        return found, True
    except ReadError as error:
        raise InputError(str(error)) from None


def analyze_document(corpus: Corpus, understander: Understander, document: Document, as_of: date) -> Analysis:
    """Everything found in `document`, held against the law of `as_of` (and of the document's own date where it bears one)."""
    citations = understander.citations
    found = sentences(document)
    home = home_of(found, understander, document.language)
    references = find_references(corpus, citations, document.text, [home] if home else [])
    written = date_of(document.text, as_of)
    on_topic = is_on_topic(found, references)
    law = _law(corpus)
    meant = parts_meant(found, understander, law)
    judge = Judge(law, lambda one: cite(corpus, citations, one, document.language), as_of, written, meant)
    claims = list(_claims(found, references, understander, judge, document.language)) if on_topic else []
    profile = profile_of(found, understander) if on_topic else ()
    record = read_record(document, _places_of(document, references, understander), load_rules())
    if record is not None:
        claims, profile = [], ()  # entries of a record are no statements of law
    kind = "record" if record is not None else kind_of(document.text, on_topic)
    near = counterparts(profile, corpus, as_of, document.language, home) if _asks(kind, claims, profile) else ()
    return Analysis(
        name=document.name,
        format=document.format.value,
        language=document.language,
        kind=kind,
        text=document.text,
        as_of=as_of.isoformat(),
        document_date=written.isoformat() if written else None,
        references=tuple(_on_page(one, document) for one in references),
        claims=tuple(claims[:MOST_CLAIMS]),
        profile=profile,
        silent=silent_dimensions(profile, corpus) if describes_regime(profile) else (),
        counterparts=near,
        record=record,
        notes=(
            *_notes(document.language, on_topic or record is not None, as_of),
            *_changes(corpus, citations, claims, document.language, as_of),
        ),
        pages=len(document.pages) or None,
    )


def _asks(kind: str, claims: Sequence[Claim], profile: Sequence[ProfileEntry]) -> bool:
    """Whether a document wants law to be made: a bill, or a text on a regime that for a good part proposes."""
    wanting = [claim for claim in claims if claim.modality == "proposal" or claim.type is Kind.POLICY]
    return describes_regime(profile) and (kind == "bill" or len(wanting) * 4 >= len(claims) > 0)


def parts_meant(found: Sequence[Sentence], understander: Understander, law: Law) -> dict[str, str]:
    """For each whole whose parts have laws of their own the one part that a document names, if it names but one."""
    named = {place for sentence in found[:400] for place in understander.places(f"{sentence.heading} {sentence.text}")}
    wholes = {place: [part for part in law.parts(place) if part in named] for place in law.corpus.jurisdictions}
    return {place: parts[0] for place, parts in wholes.items() if len(parts) == 1}


def cite(corpus: Corpus, citations: Citations, wanted: str, language: str) -> str:
    """How an id is cited; a position by its place and dimension."""
    place, kind, *rest = wanted.split("/")
    if kind == "position":
        return f"{corpus.jurisdictions[place].name.in_language(language)}: {corpus.dimensions[rest[0]].name.in_language(language)}"
    return citations.display(wanted, language) if kind != "commentary" and rest else wanted


def date_of(text: str, as_of: date) -> date | None:
    """The date that a document bears at its head or foot, if it is not after `as_of`."""
    for stretch in (text[:_DATELINE], text[-_DATELINE:]):
        for found in find_dates(stretch):
            if found.day is not None and found.day <= as_of:
                return found.day
    return None


# -- claims --------------------------------------------------------------------------------------------------------------


def _claims(
    found: Sequence[Sentence], references: Sequence[Reference], understander: Understander, judge: Judge, language: str
) -> Iterator[Claim]:
    for assertion in find_assertions(found, references, understander, language):
        if assertion.kind is not Kind.LAW:
            because = say(assertion.kind.value, assertion.language)
            yield _claim(judge, assertion, Finding(Verdict.NOT_COVERED, because, evidence=judge.context(assertion)))
            there = judge.already_law(assertion) if assertion.kind is Kind.POLICY else None
            if there is not None:
                yield _claim(judge, replace(assertion, kind=Kind.LAW), there)
            continue
        finding = judge.judge(assertion)
        yield _claim(judge, assertion, finding)
        yield from _besides(assertion, finding, judge)


def _besides(assertion: Assertion, finding: Finding, judge: Judge) -> Iterator[Claim]:
    """What else is wrong in the same words: the event that starts the period, a proposal that is law by now."""
    places = judge.places_of(assertion)
    told = finding.verdict is not Verdict.NOT_COVERED and not _is_on(finding, "period_start")
    if assertion.starts and (assertion.periods or told) and len(places) == 1:
        start = judge.start_of(assertion, places[0])
        if start is not None and start.verdict is Verdict.CONTRADICTED:
            yield _claim(judge, replace(assertion, dimension="period_start"), start)
    if finding.verdict is not Verdict.CONTRADICTED or assertion.periods:
        for dimension, other in judge.also(assertion, finding):
            yield _claim(judge, replace(assertion, dimension=dimension), other)
    rest = judge.rest_of(assertion)
    if rest is not None:
        yield _claim(judge, *rest)
    if assertion.modality == "bill" and len(places) == 1 and finding.verdict is not Verdict.NOT_COVERED:
        enacted = judge.enacted(assertion, places[0])
        if enacted is not None:
            yield _claim(judge, assertion, enacted)


def _is_on(finding: Finding, dimension: str) -> bool:
    return any(one.id.endswith(f"/position/{dimension}") for one in finding.evidence)


def _claim(judge: Judge, assertion: Assertion, finding: Finding) -> Claim:
    places = judge.law.parts_meant(assertion.places, judge.meant)
    return Claim(
        text=assertion.text,
        start=assertion.start,
        end=assertion.end,
        jurisdiction=places[0] if len(places) == 1 else None,
        dimension=assertion.dimension,
        type=assertion.kind,
        verdict=finding.verdict,
        because=finding.because,
        document_value=finding.document_value,
        law_value=finding.law_value,
        evidence=finding.evidence,
        modality="proposal" if assertion.modality == "bill" else assertion.modality,
        date=str(max(assertion.years)) if assertion.years else None,
        page=assertion.sentence.page,
    )


# -- the document as a whole -----------------------------------------------------------------------------------------------

_KINDS = (
    ("bill", re.compile(r"\bA BILL\b|\bbe it enacted\b|\bSection 1\.\s|Gesetzentwurf|Artikel 1\s+Änderung|草案\s*$|第一条\s", re.IGNORECASE | re.MULTILINE)),
    ("memo", re.compile(r"\bmemorandum\b|\bmemo\b|^\s*(?:re|to|from):|Vermerk|Gutachten|备忘录|法律意见书", re.IGNORECASE | re.MULTILINE)),
    ("letter", re.compile(r"^\s*(?:Dear|Sehr geehrte|尊敬的)", re.IGNORECASE | re.MULTILINE)),
)  # fmt: skip


_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")


def _places_of(document: Document, references: Sequence[Reference], understander: Understander) -> list[str]:
    """The places that a document names, the smallest and the first named first, and those whose law it cites."""
    head = document.text[:4_000]
    named = list(understander.places(head)) or list(
        understander.places(_CAPITALS.sub(lambda m: m.group().title(), head))
    )
    cited = [one.instrument.split("/")[0] for one in references if one.instrument]
    home = HOMES.get(document.language)
    found = dict.fromkeys([*named, *cited, *([home] if home else [])])
    parents = {understander.corpus.jurisdictions[place].parent for place in found}
    return sorted(found, key=lambda place: place in parents)


def kind_of(text: str, on_topic: bool) -> str:
    """`bill`, `memo`, `record`, `letter`, `article`, or `other` for what is not about clearing records."""
    head = text[:2_000]
    for name, signs in _KINDS:
        if signs.search(head):
            return name if on_topic or name == "letter" else "other"
    return "article" if on_topic else "other"


def _on_page(reference: Reference, document: Document) -> Reference:
    page = next((n for n, (start, end) in enumerate(document.pages, 1) if start <= reference.start <= end), None)
    return replace(reference, page=page)


def _changes(corpus: Corpus, citations: Citations, claims: Sequence[Claim], language: str, as_of: date) -> list[str]:
    """What the claims were held against and is to change after the day, at most `MOST_CHANGES` provisions."""
    named = (one.id for claim in claims[:MOST_CLAIMS] for one in claim.evidence)
    return provision_notes(corpus, citations, named, as_of, language)[:MOST_CHANGES]


def _notes(language: str, on_topic: bool, as_of: date) -> Iterator[str]:
    if not on_topic:
        yield phrase("off_topic_document", language)
    yield phrase("law_as_of", language, date=as_of.isoformat())
    yield phrase("disclaimer", language)
