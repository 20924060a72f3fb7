"""Which of the fourteen dimensions a regime described in a document addresses, and where."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis_model import ProfileEntry
from app.assertions import role_of
from app.layout import Sentence
from app.lexicon import lexicon
from corpus.model import Corpus
from indexer.durations import durations
from indexer.query import Understander

A_REGIME = 4
"""A document that addresses so many dimensions describes a regime; what it leaves out is then worth telling."""
MOST = 6
_BY_SUBJECT = {
    "exclusions": {"exclusion"},
    "juveniles": {"juvenile"},
    "sanctions": {"sanction"},
    "foreign": {"foreign"},
    "remedies": {"appeal"},
    "civil_effect": {"deny"},
    "reoffending": {"repeat"},
    "access_exceptions": {"police", "children_work"},
    "covered_records": {"misdemeanor", "felony", "arrest", "summary", "administrative", "fine"},
}


def profile_of(sentences: Sequence[Sentence], understander: Understander) -> tuple[ProfileEntry, ...]:
    """For each dimension the sentences that address it, at most six, in the order of the document."""
    counts: dict[str, int] = {}
    found: list[ProfileEntry] = []
    for sentence in sentences:
        for dimension in dimensions_of(sentence.text, understander):
            counts[dimension] = counts.get(dimension, 0) + 1
            if counts[dimension] <= MOST:
                found.append(ProfileEntry(dimension, sentence.start, sentence.end, sentence.text, sentence.page))
    return tuple(found)


def dimensions_of(text: str, understander: Understander) -> list[str]:
    """The dimensions that a sentence states something about; none for one that neither orders nor allows anything."""
    words = lexicon()
    about = (words.clearing.search(text) or words.crime.search(text)) and words.strong_verb.search(text)
    if not about or words.evaluative.search(text):
        return []
    found = list(words.values_in(text))
    if any(role_of(text, one) == "period" for one in durations(text)):
        found.append("waiting_period")
    if any(start.pattern.search(text) for start in words.starts):
        found.append("period_start")
    cued = understander.dimensions(text)[:3]
    subjects = words.subjects_in(text)
    found += [d for d, needed in _BY_SUBJECT.items() if needed & subjects and d in cued]
    found += cued[:1]
    return list(dict.fromkeys(found))


def describes_regime(profile: Sequence[ProfileEntry]) -> bool:
    return len({entry.dimension for entry in profile}) >= A_REGIME


def silent_dimensions(profile: Sequence[ProfileEntry], corpus: Corpus) -> tuple[str, ...]:
    """The dimensions that nothing in the document addresses."""
    named = {entry.dimension for entry in profile}
    return tuple(dimension for dimension in corpus.dimensions if dimension not in named)
