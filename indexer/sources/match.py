"""Which of our instruments a publisher's file holds, told from the file itself, or from the name under which it was saved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from corpus.model import Corpus, Instrument
from indexer.sources.model import SourceError
from indexer.sources.publishers import publisher_of
from indexer.sources.registry import head, is_utah

_NAMELESS = PurePath()
_UK = re.compile(rb"legislation\.gov\.uk/(?:id/)?([a-z]{3,5}/\d{4}/\d+)")
_GERMAN = re.compile(rb"<jurabk>([^<]+)</jurabk>")
_CANADIAN = re.compile(rb"<(?:ConsolidatedNumber[^>]*|InstrumentNumber)>([^<]+)<")
_NEW_YORK = {"CPL": "cpl", "EXC": "exec", "CVR": "cvr", "JUD": "jud", "COR": "cor"}
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def instruments_of(data: bytes, corpus: Corpus, path: PurePath = _NAMELESS) -> tuple[str, ...]:
    """Ids of the instruments whose official text the file may hold; several where one Act has more than one territory.

    A page or PDF does not say which law it is: it is known by the instrument's id in its name or in that of a folder above
    it, with + for the stroke (`us-md+crim-proc.html`).
    """
    start = head(data)[:8_000]
    found = _structured(start, data, corpus)
    if found is None and not start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"{", b"%PDF")):
        found = _chinese(data, corpus)
    return found or _by_name(path, corpus)


def _structured(start: bytes, data: bytes, corpus: Corpus) -> tuple[str, ...] | None:
    """The instruments of a file in a publisher's own structure; `None` for any other file."""
    if match := _UK.search(start):
        return tuple(one.id for one in corpus.instruments.values() if one.url.endswith(f"/{match[1].decode()}"))
    if b"<dokumente" in start and (match := _GERMAN.search(start)):
        return _named(corpus, "de", match[1].decode("utf-8", "replace"))
    if b"schemas/uslm" in start or b"xml/uslm" in start:
        title = re.search(rb"/us/usc/t(\d+)", data[:200_000])
        return _existing(corpus, f"us/usc-{title[1].decode()}" if title else "")
    if b"justice.gc.ca/lims" in start and (match := _CANADIAN.search(start)):
        return _canadian(corpus, match[1].decode("utf-8", "replace"), data)
    if b"<MCLChapterInfo" in start or b"<MCLSectionInfo" in start:
        return _existing(corpus, "us-mi/mcl")
    if is_utah(data):
        return _existing(corpus, "us-ut/code")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return _json(start, corpus)
    if b"code.dccouncil" in start and re.search(rb"<section[\s>]", start[:200]):
        return _existing(corpus, "us-dc/code")
    return None


def _json(start: bytes, corpus: Corpus) -> tuple[str, ...] | None:
    if law := re.search(rb'"lawId"\s*:\s*"([A-Z]{3})"', start):
        return _existing(corpus, f"us-ny/{_NEW_YORK.get(law[1].decode(), '')}")
    if b'"TitleNumber"' in start and b'"ChapterList"' in start:
        return _existing(corpus, "us-va/code")
    return None


def _canadian(corpus: Corpus, number: str, data: bytes) -> tuple[str, ...]:
    """The Act of that number, and those amending it whose provisions stand behind it."""
    key = number.replace("/", "-")
    laws = [one.id for one in corpus.instruments.values() if one.url.endswith(f"/{key}/")]
    for one in corpus.instruments.values():
        known = publisher_of(one.id)
        if known and known.part and known.files[0].endswith(f"/{key}.xml") and known.part.encode() in data:
            laws.append(one.id)
    return tuple(laws)


def _by_name(path: PurePath, corpus: Corpus) -> tuple[str, ...]:
    """The instrument that a file's name or the nearest folder above it begins with."""
    for part in (path.name, *reversed(path.parts[:-1])):
        fits = [
            one for one in corpus.instruments if re.match(rf"{re.escape(one.replace('/', '+'))}(?![\w-])", part.lower())
        ]
        if fits:
            return (max(fits, key=len),)
    return ()


def _existing(corpus: Corpus, instrument: str) -> tuple[str, ...]:
    return (instrument,) if instrument in corpus.instruments else ()


def _named(corpus: Corpus, place: str, name: str) -> tuple[str, ...]:
    wanted = re.sub(r"\W", "", name).lower()
    laws = (one for one in corpus.instruments.values() if one.jurisdiction == place)
    return tuple(one.id for one in laws if re.sub(r"\W", "", one.short).lower() == wanted)


def _chinese(data: bytes, corpus: Corpus) -> tuple[str, ...]:
    """The law of that title whose text was adopted on the file's latest day; of several, the last that is not later."""
    from indexer.sources.china import front_lines

    try:
        lines = front_lines(data)
    except SourceError:
        return ()
    title = "".join(lines[0].split()).lstrip("#") if lines else ""
    laws = [one for one in corpus.instruments.values() if one.jurisdiction == "cn" and _is_title(one, title)]
    if len(laws) < 2:
        return tuple(one.id for one in laws)
    days = [tuple(map(int, found)) for line in lines for found in _DAY.findall(line)]
    return _adopted(laws, max(days, default=(0, 0, 0))[0])


def _is_title(law: Instrument, title: str) -> bool:
    bare = title.removeprefix("中华人民共和国")
    names = {law.title.zh, *law.names}
    return any(_bare(name) == bare for name in names if name)


def _bare(name: str) -> str:
    return re.sub(r"[（(].*?[）)]", "", name).removeprefix("中华人民共和国").strip("《》 ")


def _adopted(laws: Iterable[Instrument], year: int) -> tuple[str, ...]:
    """A law's slug ends with the year of its adoption (`psapl-2025`)."""
    of_year = [law.id for law in laws if law.id.endswith(f"-{year}")]
    return tuple(of_year)
