"""Where a publisher offers the official text of one of our instruments as a file."""

from __future__ import annotations

from corpus.model import Corpus, Instrument
from indexer.sources.model import SourceError

_BY_HAND = {
    "cn": "the national database (flk.npc.gov.cn) gives files by hand only; download the DOCX",
    "us-ny": "the open legislation service needs a key of your own; download the law's JSON",
}
_DC = "https://raw.githubusercontent.com/DCCouncil/law-xml-codified/main/us/dc/council/code/titles/{title}/sections/{section}.xml"


def addresses(corpus: Corpus, instrument: str) -> list[str]:
    """The addresses of the files that together hold the instrument. Raises `SourceError` where a publisher offers none."""
    law = corpus.instruments.get(instrument)
    if law is None:
        raise SourceError(f"{instrument}: is no instrument of the corpus; ids look like de/bzrg or uk-ew/roa-1974")
    if "legislation.gov.uk/" in law.url:
        return [f"{law.url}/data.xml"]
    if "gesetze-im-internet.de/" in law.url:
        return [f"{law.url.rstrip('/')}/xml.zip"]
    if instrument == "us-dc/code":
        return [_DC.format(title=number.split("-")[0], section=number) for number in _sections(corpus, law)]
    way = _BY_HAND.get(
        law.jurisdiction, f"no address of a machine-readable file is known; save the text from {law.url}"
    )
    raise SourceError(f"{instrument}: {way} and run: python -m indexer pull {instrument} --from FOLDER")


def _sections(corpus: Corpus, law: Instrument) -> list[str]:
    numbers = (one.id.split("/")[2] for one in corpus.provisions if one.instrument == law.id and one.span.last is None)
    return list(dict.fromkeys(numbers))
