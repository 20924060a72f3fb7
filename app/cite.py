"""Provisions in the citation forms of lawyers and students: OSCOLA, the Bluebook, and a plain form with the link.

Names of laws that the guides prescribe stand in `corpus/citation_names.yaml`, the rest in each `instruments.yaml`.
The output is plain text: what a guide sets in italics or small capitals has to be set by the writer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import corpus as corpus_package
from corpus.citations import Citations, with_inserted
from corpus.model import Corpus, Instrument
from corpus.yaml_text import read_yaml

FORMS = ("oscola", "bluebook", "plain")
_BRITISH = re.compile(r"/(ukpga|asp|uksi|ssi|nisi|nisr)/(\d{4})/(\d+)")
_ACT = re.compile(r"\b(?:RSC|SC|c)\b")
_STOP = re.compile(r"(?<=[A-Za-z])\.(?=[\s,A-Z]|$)")


@dataclass(frozen=True, slots=True)
class Pin:
    """A provision's number and parts, read from its id."""

    kind: str
    """`s` (section), `art` (article) or `sch` (schedule)."""
    number: str
    parts: tuple[str, ...]

    @property
    def bracketed(self) -> str:
        return "".join(f"({part})" for part in self.parts)


@cache
def _names() -> Mapping[str, Any]:
    path = Path(corpus_package.__file__).parent / "citation_names.yaml"
    loaded: Mapping[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _label() -> re.Pattern[str]:
    """A label behind a title, as the corpus writes it."""
    return re.compile(rf"\s*\((?:{'|'.join(map(re.escape, _names()['labels']))})\)$")


class Citer:
    """Writes citations over a corpus."""

    def __init__(self, corpus: Corpus, citations: Citations) -> None:
        self._corpus = corpus
        self._citations = citations

    def cite(self, passage_id: str, form: str, shown: str = "", url: str = "", language: str = "en") -> str:
        """The citation of a passage in one of `FORMS`.

        `shown` is how the page names the passage; it stands for whatever is no provision of a law (comparison, commentary, own texts).
        `url` is added to the plain form. Raises `ValueError` for a form that there is not.
        """
        if form not in FORMS:
            raise ValueError(f"citation form {form!r}: not known; choose one of {', '.join(FORMS)}")
        law = self._corpus.instruments.get("/".join(passage_id.split("/")[:2]))
        if law is None or passage_id.count("/") < 2:
            return f"Clean Slate Atlas, {shown or passage_id}"
        if form == "plain":
            return self._plain(law, passage_id, url, language)
        return self._oscola(law, passage_id) if form == "oscola" else self._bluebook(law, passage_id)

    def _plain(self, law: Instrument, passage_id: str, url: str, language: str) -> str:
        cited = self._citations.display(passage_id, language)
        place = self._corpus.jurisdictions[law.jurisdiction].name.in_language(language)
        title = law.title.in_language(language)
        named = place if title in cited else f"{title}, {place}"
        return f"{cited} ({named})" + (f", {url}" if url else "")

    # -- OSCOLA ----------------------------------------------------------------------------------------------------

    def _oscola(self, law: Instrument, passage_id: str) -> str:
        if law.jurisdiction.startswith("us"):
            return _STOP.sub("", self._bluebook(law, passage_id))
        pin = self._pin(law, passage_id)
        country = _names()["countries"].get(law.jurisdiction, ("", ""))[0]
        if law.style in ("de", "at", "ch", "nl"):
            return f"{_STOP.sub('', self._citations.display(passage_id))} ({country})"
        title = _label().sub("", law.title.en)
        if act := _names()["act"].get(law.id):
            title = f"{title} {act}"
        named = f"{_STOP.sub('', title)}{f' ({country})' if country else ''}{_number(law)}"
        return f"{named}, {_oscola_pin(pin)}"

    # -- the Bluebook ----------------------------------------------------------------------------------------------

    def _bluebook(self, law: Instrument, passage_id: str) -> str:
        if law.jurisdiction.startswith("us"):
            return self._american(law, passage_id)
        pin = self._pin(law, passage_id)
        if law.jurisdiction.startswith("uk"):
            return f"{_british_title(law)}, {_bluebook_pin(pin)} ({_kingdom(law)})"
        country = _names()["countries"].get(law.jurisdiction, ("", ""))[1]
        title = _label().sub("", law.title.en)
        if own := _own_title(law):
            abbreviation = (
                f" [{law.short}]" if law.short not in own and " " not in law.short and law.style != "cn" else ""
            )
            by_number = "°" in self._citations.display(passage_id)
            return f"{own}{abbreviation} [{title}], {_continental_pin(pin, by_number)} ({country})"
        if act := _names()["act"].get(law.id):
            title = f"{title}, {_ACT.sub(_stopped, act)}"
        return f"{title}, {_bluebook_pin(pin)}" + (f" ({country})" if country else "")

    def _american(self, law: Instrument, passage_id: str) -> str:
        """The section as displayed, behind the code's name in the Bluebook's tables."""
        shown = self._citations.display(passage_id).strip('"')
        if reporter := _names()["reporters"].get(law.style):
            return shown.replace(f" {reporter[0]} ", f" {reporter[1]} ")
        name = _names()["bluebook"].get(law.id)
        if name is None or not shown.startswith(law.short):
            return shown
        pinpoint = shown[len(law.short) :].strip()
        return f"{name} {pinpoint}" if pinpoint.startswith("§") else f"{name} § {pinpoint}"

    def _pin(self, law: Instrument, passage_id: str) -> Pin:
        _, _, number, *parts = passage_id.split("/")
        style = self._corpus.styles[law.style]
        assert isinstance(style, Mapping)
        parts = with_inserted(style, parts)
        if number.startswith("sch-"):
            return Pin("sch", number[4:].upper(), tuple(parts))
        article = law.style in ("uk-order", "cn", "ch", "nl") and law.jurisdiction not in ("au", "ca")
        return Pin("art" if article else "s", number.upper() if law.style.startswith("uk") else number, tuple(parts))


def numbered(cited: Sequence[str]) -> str:
    """Citations as a numbered list, one a line."""
    return "\n".join(f"[{number}] {one}" for number, one in enumerate(cited, start=1))


def _oscola_pin(pin: Pin) -> str:
    if pin.kind == "sch":
        para = f", para {pin.parts[0]}{''.join(f'({part})' for part in pin.parts[1:])}" if pin.parts else ""
        return f"sch {pin.number}{para}"
    return f"{pin.kind} {pin.number}{pin.bracketed}"


def _bluebook_pin(pin: Pin) -> str:
    if pin.kind == "sch":
        para = f", para. {pin.parts[0]}{''.join(f'({part})' for part in pin.parts[1:])}" if pin.parts else ""
        return f"sched. {pin.number}{para}"
    return f"{'§' if pin.kind == 's' else 'art.'} {pin.number}{pin.bracketed}"


def _continental_pin(pin: Pin, by_number: bool) -> str:
    """Paragraph, number, letter, spelled out; French articles may be divided by numbers alone (`1°`)."""
    names = iter(("no.", "letter") if by_number else ("para.", "no.", "letter"))
    levels = [f"letter {part}" if part.isalpha() else f"{next(names, 'letter')} {part}" for part in pin.parts]
    return ", ".join([f"{'§' if pin.kind == 's' else 'art.'} {pin.number}", *levels])


def _stopped(abbreviation: re.Match[str]) -> str:
    """The abbreviation of a series of acts with the full stops of the Bluebook."""
    return "".join(f"{letter}." for letter in abbreviation[0])


def _own_title(law: Instrument) -> str:
    """The title in the law's own language, where that is not English."""
    if law.style in ("de", "at", "ch"):
        return re.sub(r"\s*\([^)]*\)$", "", law.title.de)
    if law.style == "cn":
        return f"《{law.title.zh}》"
    return str(_names()["official"].get(law.id, ""))


def _british(law: Instrument) -> tuple[str, str, str]:
    """Series, year and number of an act or instrument of the United Kingdom, from its official address."""
    found = _BRITISH.search(law.url)
    return (found[1], found[2], found[3]) if found else ("", "", "")


def _number(law: Instrument) -> str:
    """What OSCOLA puts behind the title of a statutory instrument, or of an act of the Scottish Parliament."""
    series, year, number = _british(law)
    if series == "asp":
        return f" (asp {number})"
    kinds = _names()["series"]
    return f", {kinds[series]} {year}/{number}" if series in kinds else ""


def _british_title(law: Instrument) -> str:
    series, year, number = _british(law)
    title = _label().sub("", law.title.en)
    if kind := _names()["series"].get(series):
        return f"{title}, {kind} {year}/{number}"
    return f"{title}, {'(asp ' + number + ')' if series == 'asp' else 'c. ' + number}" if number else title


def _kingdom(law: Instrument) -> str:
    return str(_names()["legislatures"][law.jurisdiction])
