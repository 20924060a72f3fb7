"""The table of what is covered, for the README: made from the corpus, never typed by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from corpus.model import Basis, Corpus, Jurisdiction, Provision

BEGIN, END = "<!-- coverage -->", "<!-- /coverage -->"
_COLUMNS = ("Jurisdiction", "Instruments", "Provisions", "Positions", "Last check", "Basis", "Not covered yet")
_WEAKEST_LAST = tuple(Basis)


def coverage(corpus: Corpus) -> str:
    """One row for each place whose law is covered, then one line that names the places on the map that are not."""
    places = list(corpus.jurisdictions.values())
    with_law = {p.jurisdiction for p in corpus.provisions}
    covered = [place for place in places if place.covered and place.id in with_law]
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *(_row(corpus, place) for place in covered)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    later = ", ".join(_later(places))
    return f"{table}\n" + (f"\nOn the map but not restated yet: {later}.\n" if later else "")


def written_into(page: str, table: str) -> str:
    """`page` with `table` between its markers. Raises `ValueError` if a marker is missing."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the markers {BEGIN} and {END} are missing; put them where the table belongs")
    return f"{head}{BEGIN}\n{table}{END}{tail}"


def write_into(path: Path, corpus: Corpus) -> None:
    """Renew the table in the file at `path`."""
    path.write_text(written_into(path.read_text(encoding="utf-8"), coverage(corpus)), encoding="utf-8")


def _row(corpus: Corpus, place: Jurisdiction) -> tuple[str, ...]:
    provisions = [p for p in corpus.provisions if p.jurisdiction == place.id]
    laws = dict.fromkeys(corpus.instruments[p.instrument].short for p in provisions)
    positions = {p.dimension for p in corpus.positions if p.jurisdiction == place.id}
    return (
        f"{place.name.en} (`{place.id}`)",
        _cell(", ".join(laws)),
        str(len({p.id for p in provisions})),
        str(len(positions)),
        place.checked_on.isoformat() if place.checked_on else "–",
        _bases(provisions),
        _cell(place.missing.en if place.missing else ""),
    )


def _bases(provisions: Iterable[Provision]) -> str:
    """How many provisions rest on what; one whose versions or languages differ counts by the weakest of them."""
    by_id = groupby(sorted(provisions, key=lambda p: p.id), key=lambda p: p.id)
    weakest = Counter(max((p.basis for p in same), key=_WEAKEST_LAST.index) for _, same in by_id)
    return ", ".join(f"{basis.value} {weakest[basis]}" for basis in _WEAKEST_LAST if weakest[basis]) or "–"


def _later(places: Iterable[Jurisdiction]) -> list[str]:
    """Places of the list that have no law here yet. Those known only by name, to be refused by name, are left out."""
    return [place.name.en for place in places if not place.covered and place.languages and not place.not_enacted]


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "–"
