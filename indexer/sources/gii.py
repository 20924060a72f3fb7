"""gesetze-im-internet.de: the federal laws of Germany in the XML of its daily edition.

One provision for each Absatz, or for a section without Absätze. Numbers of Absätze are part of the text; Sätze are not
marked. The words that close a list stand after it, on the level of what they close. Only the text in force on the day of
the edition is published: there are no earlier and no later versions, and one day of last change for the whole law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.sources.markup import parse, say_rows, tag, texts, words
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, slug, unique

LICENCE = "Official work, no copyright (§ 5(1) UrhG)"
_ABSATZ = re.compile(r"^\s*\((\d+[a-z]?)\)")
_NUMBER = re.compile(r"(?:§§?|Art\.?|Artikel)\s*(\d+[a-z]*)")
_CHANGED = re.compile(r"v\.\s*(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BESIDE = ("jurabk", "amtabk", "gliederungskennzahl", "ausfertigung-datum", "standtyp")
_BLOCKS = ("P", "LA", "DL", "table", "TOC", "Title", "Ident", "pre", "Footnotes", "Footnote", "Content")


@dataclass(frozen=True)
class _Law:
    """What holds for every provision of the file."""

    origin: Origin
    edition: date | None
    changed: date | None


def source_words(data: bytes) -> Iterator[str]:
    """Every stretch of words of the file but abbreviations, keys and days that are kept as data."""
    for norm in parse(data, "gesetze-im-internet.de file").iter("norm"):
        yield from texts(norm, without=_BESIDE)


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one law. Raises `SourceError`."""
    root = parse(data, origin.url)
    if tag(root) != "dokumente":
        raise SourceError(f"{origin.url}: holds {tag(root)}, not a law; fetch the law's xml.zip")
    law = _Law(origin, _day(root.get("builddate")), _last_change(root))
    headings: list[tuple[str, str]] = []
    titles: list[str] = []
    found: list[OfficialProvision] = []
    for norm in root.iter("norm"):
        unit = norm.find("metadaten/gliederungseinheit")
        if unit is not None:
            headings = _below(headings, unit)
            titles.append(headings[-1][1])
        found += _norm(norm, law, tuple(title for _, title in headings))
    return unique(_with_empty_headings(found, titles))


def _with_empty_headings(found: list[OfficialProvision], titles: list[str]) -> list[OfficialProvision]:
    """Headings under which nothing is left (a repealed part) stay as notes of the law's front matter."""
    held = {label for one in found for label in one.context}
    stray = tuple(title for title in titles if title not in held)
    return [replace(found[0], notes=(*found[0].notes, *stray)), *found[1:]] if found and stray else found


def _day(stamp: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}") if stamp else None
    except ValueError:
        return None


def _last_change(root: Any) -> date | None:
    """The day of the latest amending law that the edition names."""
    found = []
    for stand in root.iter("standangabe"):
        if stand.findtext("standtyp") == "Stand":
            for day, month, year in _CHANGED.findall(stand.findtext("standkommentar") or ""):
                found.append(date(int(year), int(month), int(day)))
    return max(found, default=None)


def _below(headings: list[tuple[str, str]], unit: Any) -> list[tuple[str, str]]:
    """The headings above what follows: a key of three more figures stands one level deeper."""
    key = unit.findtext("gliederungskennzahl") or ""
    title = " ".join(words(one) for one in unit if tag(one) in ("gliederungsbez", "gliederungstitel")).strip()
    return [*((known, name) for known, name in headings if len(known) < len(key)), (key, title)]


def _norm(norm: Any, law: _Law, context: tuple[str, ...]) -> list[OfficialProvision]:
    name = " ".join((norm.findtext("metadaten/enbez") or "").split())
    title = norm.find("metadaten/titel")
    heading = words(title) if title is not None else ""
    notes = [words(note) for note in norm.iterfind("textdaten/fussnoten") if words(note)]
    notes += [words(note) for note in norm.iterfind("textdaten/text/Footnotes")]
    number = _NUMBER.search(name)
    key = number[1] if number else slug(name.replace(" ", "-"))
    base = f"{law.origin.instrument}/{key}" if name else law.origin.instrument
    blocks = list(norm.iterfind("textdaten/text/Content"))
    if not name:
        return _front(norm, law, context, blocks, notes)
    found = [_provision(law, context, name, heading, *one) for one in _absaetze(base, blocks)]
    found = found or [_provision(law, context, name, heading, base, "", Lines())]
    if key == "inhaltsübersicht" or (not number and not name.startswith(("Anlage", "Anhang", "Schluß", "Schluss"))):
        found = [replace(one, status=State.FRONT) for one in found]
    return [replace(found[0], notes=tuple(notes)), *found[1:]]


def _front(
    norm: Any, law: _Law, context: tuple[str, ...], blocks: list[Any], notes: list[str]
) -> list[OfficialProvision]:
    """Title, state and notes of the law; of a heading only what it says beside its title."""
    data = norm.find("metadaten")
    facts = (
        [words(one) for one in data if tag(one) in ("kurzue", "fundstelle", "standangabe")] if data is not None else []
    )
    facts = [re.sub(r"^(Neuf|Stand|Sonst|Hinweis)\s*(?=\S)", "", fact) for fact in facts]
    lines = Lines()
    for block in blocks:
        _Body("", lines).walk(block)
    title = norm.findtext("metadaten/langue") or ""
    if not (title or lines or facts or notes):
        return []
    one = _provision(law, context, "", " ".join(title.split()), law.origin.instrument, "", lines)
    return [replace(one, status=State.FRONT, notes=(*facts, *notes))]


def _absaetze(base: str, blocks: list[Any]) -> list[tuple[str, str, Lines]]:
    """Id, number and lines of each Absatz; a paragraph without a number goes on with the one before."""
    found: list[tuple[str, str, Lines]] = []
    for block in blocks:
        for element in _paragraphs(block):
            number = _ABSATZ.match(element.text or "") if tag(element) == "P" else None
            if number:
                found.append((f"{base}/{number[1]}", number[1], Lines()))
            elif not found:
                found.append((base, "", Lines()))
            own, _, lines = found[-1]
            _Body(own, lines).walk(element)
    return [one for one in found if one[2]]


def _paragraphs(block: Any) -> Iterator[Any]:
    yield from (child for child in block if tag(child) != "Footnotes")


class _Body:
    """Says the words of a paragraph line by line."""

    def __init__(self, base: str, lines: Lines) -> None:
        self._base = base
        self._lines = lines

    def walk(self, element: Any) -> None:
        name = tag(element)
        if name == "DL":
            self._list(element)
        elif name == "table":
            say_rows(element, self._lines)
        elif name == "pre":
            self._preformatted(element)
        else:
            self._mixed(element)

    def _mixed(self, element: Any) -> None:
        """Words and lists in their order: what follows a list is said after it."""
        held = element.text or ""
        for child in element:
            if tag(child) in _BLOCKS or any(tag(one) in _BLOCKS for one in child.iterdescendants()):
                self._lines.say(held)
                held = ""
                self.walk(child)
            elif tag(child) == "BR":
                self._lines.say(held)
                held = ""
            else:
                held += words(child) if not (child.text or "").startswith(" ") else f" {words(child)}"
            held += child.tail or ""
        self._lines.say(held)

    def _preformatted(self, element: Any) -> None:
        for line in "\n".join(element.itertext()).split("\n"):
            self._lines.say(line)

    def _list(self, element: Any) -> None:
        mark = ""
        for child in element:
            if tag(child) == "DT":
                mark = words(child)
            else:
                self._item(child, mark)
            self._lines.say(child.tail or "")

    def _item(self, item: Any, mark: str) -> None:
        outer, own = self._base, slug(mark)
        self._base = f"{outer}/{own}" if own else outer
        if own:
            with self._lines.part(self._base):
                self._lines.label(mark)
                self._mixed(item)
        else:
            self._lines.label(mark)
            self._mixed(item)
        self._base = outer


def _provision(
    law: _Law, context: tuple[str, ...], name: str, heading: str, own_id: str, absatz: str, lines: Lines
) -> OfficialProvision:
    text = lines.text
    gone = re.fullmatch(r"(?:\(\d+[a-z]?\)\s*)?(?:-|–|\(weggefallen\)|weggefallen|\(aufgehoben\))?", text.strip())
    return OfficialProvision(
        id=own_id,
        instrument=law.origin.instrument,
        number=f"{name} Abs. {absatz}" if absatz else name,
        heading=heading,
        context=context,
        text=text,
        language="de",
        extent="",
        in_force_from=None,
        in_force_to=None,
        status=State.REPEALED if gone else State.IN_FORCE,
        url=_url(law.origin.url, own_id, law.origin.instrument),
        version_date=law.edition,
        changed_on=law.changed,
        licence=LICENCE,
        retrieved_on=law.origin.retrieved_on,
        parts=tuple(lines.parts),
    )


def _url(base: str, own_id: str, instrument: str) -> str:
    """The publisher's page of the section."""
    number = own_id[len(instrument) + 1 :].split("/")[0]
    return f"{base.rpartition('/')[0]}/__{number}.html" if base.startswith("https://") and number else base
