"""Where a publisher offers the official text of one of our instruments as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin

from corpus.model import Corpus, Instrument
from indexer.sources.model import SourceError
from indexer.sources.publishers import Publisher, publisher_of


class NeedsFile(SourceError):
    """The publisher gives its files by hand only; the message says how."""


class NoAddress(SourceError):
    """There is no official text to be fetched; the message says why."""


def addresses(corpus: Corpus, instrument: str, page: Callable[[str], str] | None = None) -> list[str]:
    """The addresses of the files that together hold the instrument.

    `page` gives the text of a page that names today's address, where a publisher has such a page; without it the page's own
    address is returned. Raises `NeedsFile`, `NoAddress` or `SourceError`.
    """
    law = corpus.instruments.get(instrument)
    if law is None:
        raise SourceError(f"{instrument}: is no instrument of the corpus; ids look like de/bzrg or uk-ew/roa-1974")
    known = publisher_of(instrument)
    if known is None:
        raise NoAddress(f"{instrument}: no publisher of it is known; add one to publishers.yaml")
    if known.none:
        raise NoAddress(f"{instrument}: {known.none}")
    if known.by_hand:
        raise NeedsFile(f"{instrument}: {known.by_hand}; then run: python -m indexer pull {instrument} --from FOLDER")
    found = (address for names in _names(corpus, law, known) for address in _filled(known, names, page))
    return list(dict.fromkeys(found))


def _filled(known: Publisher, names: Mapping[str, str], page: Callable[[str], str] | None) -> Iterator[str]:
    if not known.page:
        yield from (template.format(**names) for template in known.files)
        return
    where = known.page.format(**names)
    if page is None:
        yield where
        return
    match = re.search(_with_names(known.find, names), page(where))
    if match is None:
        raise SourceError(f"{where}: names no file any more; fetch it by hand, use --from")
    found = match[match.lastindex or 0]
    yield from (urljoin(where, template.format(**names, found=found)) for template in known.files)


def _with_names(pattern: str, names: Mapping[str, str]) -> str:
    """A pattern with the names of the law filled in; braces that count repetitions stay."""
    return re.sub(r"\{([a-z]+)(:[^{}]*)?\}", lambda m: re.escape(f"{{{m[1]}{m[2] or ''}}}".format(**names)), pattern)


def _names(corpus: Corpus, law: Instrument, known: Publisher) -> Iterator[dict[str, str]]:
    """What may stand in an address: once for the whole law, or for each section that is restated."""
    whole = {"url": law.url.rstrip("/"), **_groups(known.split_url, law.url), **_groups(known.split_id, law.id)}
    if not any("{section}" in one or "{SECTION}" in one for one in known.files) and not known.split:
        yield whole
        return
    for number in _sections(corpus, law):
        section = known.spelled.get(number, number)
        parts = {"section": section, **_groups(known.split, number)}
        yield {**whole, **parts, **{name.upper(): value.upper() for name, value in parts.items()}}


def _groups(pattern: str, text: str) -> dict[str, str]:
    match = re.search(pattern, text) if pattern else None
    return {name: value or "" for name, value in match.groupdict().items()} if match else {}


def _sections(corpus: Corpus, law: Instrument) -> list[str]:
    numbers = (one.id.split("/")[2] for one in corpus.provisions if one.instrument == law.id and one.span.last is None)
    return list(dict.fromkeys(numbers))
