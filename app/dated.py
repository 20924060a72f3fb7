"""What a reader who asks as of a day should know of time: that the law changed shortly before, changes later, or was not law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from app.phrases import phrase
from corpus.citations import Citations
from corpus.model import Corpus, Span
from corpus.rules import Effect

RECENT = timedelta(days=730)
MOST_NAMED = 4


def time_notes(name: str, spans: Sequence[Span], as_of: date, language: str) -> list[str]:
    """Sentences on the versions of one thing that is called `name`; none where nothing changes near the day."""
    return [_said(key, [name], day, as_of, language) for key, day in events(spans, as_of)]


def provision_notes(
    corpus: Corpus, citations: Citations, wanted: Iterable[str], as_of: date, language: str
) -> list[str]:
    """Notes on provisions, each with all its versions; those to which the same happens on the same day are one note."""
    groups: dict[tuple[str, date], list[str]] = {}
    for one in dict.fromkeys(wanted):
        for event in events([version.span for version in corpus.versions(one)], as_of):
            groups.setdefault(event, []).append(citations.display(one, language))
    return [_said(key, names, day, as_of, language) for (key, day), names in groups.items()]


def events(spans: Sequence[Span], as_of: date) -> list[tuple[str, date]]:
    """What happens to something of these versions near a day, and when: "changed", "changes", "ends", "not_yet", "no_longer"."""
    later = [span.first for span in spans if span.first and span.first > as_of]
    if not any(span.holds_on(as_of) for span in spans):
        ended = [span.last for span in spans if span.last and span.last < as_of]
        return [("not_yet", min(later))] if later else [("no_longer", max(ended))] if ended else []
    starts = sorted({span.first or date.min for span in spans})
    began = max(start for start in starts if start <= as_of)
    found = [("changed", began)] if began > starts[0] and as_of - began < RECENT else []
    ends = [span.last for span in spans if span.last and span.holds_on(as_of)]
    if later:
        found.append(("changes", min(later)))
    elif ends:
        found.append(("ends", max(ends)))
    return found


def _said(key: str, names: Sequence[str], day: date, as_of: date, language: str) -> str:
    comma = "、" if language == "zh" else ", "
    name = comma.join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])
    return phrase(key, language, citation=name, law=name, date=day.isoformat(), as_of=as_of.isoformat())


def position_notes(
    corpus: Corpus, places: Iterable[str], dimensions: Sequence[str], as_of: date, language: str
) -> list[str]:
    """Notes on cells of a comparison; those of one place that change on the same day are one note."""
    return [note for place in places for note in _notes_of(corpus, place, dimensions, as_of, language)]


def _notes_of(corpus: Corpus, place: str, dimensions: Sequence[str], as_of: date, language: str) -> Iterator[str]:
    groups: dict[tuple[Span, ...], list[str]] = {}
    for dimension in dimensions:
        spans = (p.span for p in corpus.positions if (p.jurisdiction, p.dimension) == (place, dimension))
        groups.setdefault(tuple(spans), []).append(corpus.dimensions[dimension].name.in_language(language))
    opening, closing, comma = ("（", "）", "、") if language == "zh" else (" (", ")", ", ")
    for same, names in groups.items():
        name = f"{corpus.jurisdictions[place].name.in_language(language)}{opening}{comma.join(names)}{closing}"
        yield from time_notes(name, same, as_of, language) if len(same) > 1 else ()


def rule_notes(effects: Iterable[Effect], as_of: date, language: str) -> list[str]:
    """Notes on rules whose versions change near the day, or that are known by then to come or to end."""
    found: dict[str, None] = {}
    for effect in effects:
        for rule_id in dict.fromkeys(rule.id for rule in effect.rules):
            same = [rule for rule in effect.rules if rule.id == rule_id and rule.enacted <= as_of]
            rows = [row.span for rule in same for rows in (rule.waits, rule.bars, rule.holds) for row in rows]
            borders = _pieces([rule.span for rule in same], rows) if same else []
            if len(borders) > 1:
                name = f"{effect.name.in_language(language)}: {same[-1].title.in_language(language)}"
                found.update(dict.fromkeys(time_notes(name, borders, as_of, language)))
    return list(found)


def _pieces(rules: Sequence[Span], rows: Sequence[Span]) -> list[Span]:
    """The stretches of days on which a rule and its rows stay the same."""
    starts = {span.first or date.min for span in rules}
    for row in rows:
        for day in (row.first, row.last + timedelta(1) if row.last else None):
            if day and any(span.holds_on(day) and span.first != day for span in rules):
                starts.add(day)
    ordered = sorted(starts)
    ends = [following - timedelta(1) for following in ordered[1:]]
    last = None if any(span.last is None for span in rules) else max(s.last for s in rules if s.last)
    pairs = zip(ordered, [*ends, last], strict=True) if ordered else ()
    return [Span(None if first == date.min else first, end) for first, end in pairs]
