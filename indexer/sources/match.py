"""Which of our instruments a publisher's file holds, told from the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import Corpus, Instrument
from indexer.sources.model import SourceError

_UK = re.compile(rb"legislation\.gov\.uk/(?:id/)?([a-z]{3,5}/\d{4}/\d+)")
_GERMAN = re.compile(rb"<jurabk>([^<]+)</jurabk>")
_NEW_YORK = {"CPL": "cpl", "EXC": "exec", "CVR": "cvr", "JUD": "jud", "COR": "cor"}
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def instruments_of(data: bytes, corpus: Corpus) -> tuple[str, ...]:
    """Ids of the instruments whose official text the file may hold; several where one Act has more than one territory."""
    head = data[:8_000]
    if match := _UK.search(head):
        return tuple(one.id for one in corpus.instruments.values() if one.url.endswith(f"/{match[1].decode()}"))
    if b"<dokumente" in head and (match := _GERMAN.search(head)):
        return _named(corpus, "de", match[1].decode("utf-8", "replace"))
    if b"schemas/uslm" in head or b"xml/uslm" in head:
        title = re.search(rb"/us/usc/t(\d+)", data[:200_000])
        return tuple(one for one in ([f"us/usc-{title[1].decode()}"] if title else []) if one in corpus.instruments)
    if head.lstrip()[:1] == b"{" and (law := re.search(rb'"lawId"\s*:\s*"([A-Z]{3})"', head)):
        code = _NEW_YORK.get(law[1].decode(), "")
        return tuple(one for one in (f"us-ny/{code}",) if one in corpus.instruments)
    if b"code.dccouncil" in head and re.search(rb"<section[\s>]", head[:200]):
        return tuple(one for one in ("us-dc/code",) if one in corpus.instruments)
    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"{", b"%PDF")):
        return _chinese(data, corpus)
    return ()


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
