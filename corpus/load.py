"""Read the corpus files into a `Corpus`, or list every fault at once with its place and the next step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from corpus import schema
from corpus.checks import faults
from corpus.model import (
    Corpus,
    Detail,
    Dimension,
    FalseFriend,
    Instrument,
    Jurisdiction,
    Note,
    Place,
    Position,
    Provision,
    Span,
    Status,
    Synonyms,
    Term,
    Words,
)
from corpus.yaml_text import read_yaml

ROOT = Path(__file__).parent
_PART = re.compile(r"^[a-z0-9][a-z0-9.-]*$")
_HEADING = re.compile(r"^##\s+(\S+)\s*(.*)$")
_KEY = re.compile(r"^([a-z_]+):\s*(.*)$")

ShapeT = TypeVar("ShapeT", bound=BaseModel)


class CorpusError(Exception):
    """The corpus files have faults. `faults` lists each: place, fault, next step."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def load(root: Path = ROOT) -> Corpus:
    """The whole corpus under `root`, read once. Raises `CorpusError` with all faults of all files."""
    return _load(root)


@lru_cache(maxsize=4)
def _load(root: Path) -> Corpus:
    """Kept by the folder alone: `load()` and `load(ROOT)` are one corpus."""
    return Reader(root).corpus()


class Reader:
    """Reads one corpus folder and gathers faults on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[str] = []

    def corpus(self) -> Corpus:
        jurisdictions = self._jurisdictions()
        instruments = self._instruments(jurisdictions)
        corpus = Corpus(
            jurisdictions=jurisdictions,
            instruments=instruments,
            provisions=self._provisions(instruments),
            positions=self._positions(jurisdictions),
            notes=self._notes(jurisdictions),
            terms=self._terms(),
            dimensions=self._dimensions(),
            synonyms=self._synonyms(),
            styles=self._styles(),
            **self._scope(),
        )
        self._check(corpus)
        if self.faults:
            raise CorpusError(self.faults)
        return corpus

    # -- one reader for each kind of file ----------------------------------------------------------------------------

    def _jurisdictions(self) -> dict[str, Jurisdiction]:
        file = self._yaml(self.root / "jurisdictions.yaml", schema.JurisdictionsFile)
        if file is None:
            return {}
        found = {
            item.id: Jurisdiction(
                id=item.id,
                name=item.name.words(),
                aliases=tuple(item.aliases),
                parent=item.parent,
                languages=tuple(item.languages),
                covered=item.covered,
                checked_on=item.checked_on,
                source=item.source,
                missing=item.missing.words() if item.missing else None,
                not_enacted=item.not_enacted,
                own_law=tuple(item.own_law),
            )
            for item in file.jurisdictions
        }
        return found | _elsewhere(file.elsewhere, known=found)

    def _instruments(self, jurisdictions: Mapping[str, Jurisdiction]) -> dict[str, Instrument]:
        found: dict[str, Instrument] = {}
        for path in sorted(self.root.glob("*/instruments.yaml")):
            file = self._yaml(path, schema.InstrumentsFile)
            for item in file.instruments if file else ():
                jurisdiction = item.id.split("/")[0]
                if jurisdiction not in jurisdictions:
                    self._fault(
                        Place(self._name(path)), f"{item.id}: jurisdiction {jurisdiction} is not in jurisdictions.yaml"
                    )
                if item.id in found:
                    self._fault(Place(self._name(path)), f"{item.id} stands twice; keep one entry")
                found[item.id] = Instrument(
                    id=item.id,
                    jurisdiction=jurisdiction,
                    style=item.style,
                    title=item.title.words(),
                    short=item.short,
                    names=tuple(item.names),
                    languages=tuple(item.languages),
                    url=item.url,
                    url_pattern=item.url_pattern,
                    span=Span(item.in_force_from, item.in_force_to),
                    covers=item.covers,
                    outside=item.outside,
                )
        return found

    def _provisions(self, instruments: Mapping[str, Instrument]) -> tuple[Provision, ...]:
        found: list[Provision] = []
        for path in sorted(self.root.glob("*/*.md")):
            if path.name in ("commentary.md", "README.md"):
                continue
            header, sections = self._markdown(path, schema.LawHeader)
            if header is None:
                continue
            if header.instrument not in instruments:
                self._fault(Place(self._name(path)), f"instrument {header.instrument} is not in instruments.yaml")
                continue
            found.extend(self._law(path, header, instruments[header.instrument], sections))
        return tuple(found)

    def _law(
        self, path: Path, header: schema.LawHeader, instrument: Instrument, sections: list[_Section]
    ) -> Iterable[Provision]:
        titles = {section.slug: section.title for section in sections}
        for section in sections:
            place = Place(self._name(path), section.line)
            if not all(_PART.match(part) for part in section.slug.split("/")):
                self._fault(place, f"id {section.slug!r} must be lower case parts of letters, digits, dots and hyphens")
                continue
            keys = self._shape(section.keys, schema.ProvisionKeys, place)
            if keys is None or not section.text:
                continue
            context = titles.get(section.slug.split("/")[0], "") if "/" in section.slug else ""
            yield Provision(
                id=f"{instrument.id}/{section.slug}",
                instrument=instrument.id,
                jurisdiction=instrument.jurisdiction,
                language=header.language,
                heading=section.title,
                context=context if context != section.title else "",
                text=section.text,
                span=Span(keys.from_ or instrument.span.first, keys.to or instrument.span.last),
                status=Status(keys.status),
                basis=keys.basis or header.basis,
                source=keys.source or header.source,
                url=keys.url,
                checked_on=header.checked_on,
                reviewed_on=header.reviewed_on,
                doubt=keys.doubt,
                search=self._search(keys.search, place),
                cite=keys.cite,
                place=place,
            )

    def _positions(self, jurisdictions: Mapping[str, Jurisdiction]) -> tuple[Position, ...]:
        found: list[Position] = []
        for path in sorted(self.root.glob("*/positions.yaml")):
            file = self._yaml(path, schema.PositionsFile)
            if file is None:
                continue
            lines = _key_lines(path)
            if file.jurisdiction not in jurisdictions:
                self._fault(Place(self._name(path)), f"jurisdiction {file.jurisdiction} is not in jurisdictions.yaml")
            for dimension, cells in file.positions.items():
                place = Place(self._name(path), lines.get(dimension, 0))
                found.extend(_position(file, dimension, cell, place) for cell in cells)
        return tuple(found)

    def _notes(self, jurisdictions: Mapping[str, Jurisdiction]) -> tuple[Note, ...]:
        found: list[Note] = []
        for path in sorted(self.root.glob("*/commentary.md")):
            header, sections = self._markdown(path, schema.NotesHeader)
            if header is None:
                continue
            if header.jurisdiction != "x" and header.jurisdiction not in jurisdictions:
                self._fault(Place(self._name(path)), f"jurisdiction {header.jurisdiction} is not in jurisdictions.yaml")
            for section in sections:
                place = Place(self._name(path), section.line)
                keys = self._shape(section.keys, schema.NoteKeys, place)
                if keys is None:
                    continue
                own = () if header.jurisdiction == "x" else (header.jurisdiction,)
                found.append(
                    Note(
                        id=f"{header.jurisdiction}/commentary/{section.slug}",
                        title=section.title,
                        text=section.text,
                        kind=keys.kind,
                        dimension=keys.dimension,
                        jurisdictions=_comma_list(keys.jurisdictions) or own,
                        about=_comma_list(keys.about),
                        sources=keys.sources,
                        basis=keys.basis,
                        checked_on=header.checked_on,
                        search=self._search(keys.search, place),
                        place=place,
                    )
                )
        return tuple(found)

    def _terms(self) -> tuple[Term, ...]:
        path = self.root / "glossary.yaml"
        file = self._yaml(path, schema.GlossaryFile)
        place = Place(self._name(path))
        return tuple(
            Term(
                id=item.id,
                term=item.term.words(),
                aliases=item.aliases.lists(),
                definition=item.definition.words(),
                jurisdictions=tuple(item.jurisdictions),
                authorities=tuple(item.authorities),
                false_friends=tuple(FalseFriend(friend.term, friend.why.words()) for friend in item.false_friends),
                place=place,
            )
            for item in (file.terms if file else ())
        )

    def _dimensions(self) -> dict[str, Dimension]:
        file = self._yaml(self.root / "dimensions.yaml", schema.DimensionsFile)
        return {
            item.id: Dimension(
                item.id, item.name.words(), item.question.words(), item.definition.words(), item.cues.lists()
            )
            for item in (file.dimensions if file else ())
        }

    def _synonyms(self) -> tuple[Synonyms, ...]:
        file = self._yaml(self.root / "vocabulary.yaml", schema.VocabularyFile)
        return tuple(Synonyms(item.lists()) for item in (file.words if file else ()))

    def _styles(self) -> Mapping[str, object]:
        raw = self._raw_yaml(self.root / "citation_forms.yaml")
        return dict(raw["styles"]) if isinstance(raw, dict) and isinstance(raw.get("styles"), dict) else {}

    def _scope(self) -> dict[str, tuple[str, ...]]:
        file = self._yaml(self.root / "scope.yaml", schema.ScopeFile)
        if file is None:
            return {}
        return {"core_terms": tuple(file.core), "inside": tuple(file.inside), "outside": tuple(file.outside)}

    # -- reading files -------------------------------------------------------------------------------------------------

    def _raw_yaml(self, path: Path) -> object:
        try:
            return read_yaml(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._fault(Place(self._name(path)), "is missing; see corpus/README.md for what it holds")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "cannot be read"
            line = mark.line + 1 if mark else 0
            self._fault(
                Place(self._name(path), line), f"is not valid YAML: {problem}; quote strings that hold ': ' or '#'"
            )
        except UnicodeDecodeError:
            self._fault(Place(self._name(path)), "is not UTF-8 text; save it as UTF-8")
        return None

    def _yaml(self, path: Path, shape: type[ShapeT]) -> ShapeT | None:
        raw = self._raw_yaml(path)
        return None if raw is None else self._shape(raw, shape, Place(self._name(path)))

    def _shape(self, raw: object, shape: type[ShapeT], place: Place) -> ShapeT | None:
        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(str(step) for step in fault["loc"])
                self._fault(place, f"{where}: {fault['msg'].lower()}; see corpus/README.md for the form")
            return None

    def _markdown(self, path: Path, shape: type[ShapeT]) -> tuple[ShapeT | None, list[_Section]]:
        """Front matter and sections of a Markdown file."""
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            self._fault(Place(self._name(path)), "is not UTF-8 text; save it as UTF-8")
            return None, []
        match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        if match is None:
            self._fault(Place(self._name(path), 1), "has no front matter; begin with a block between two lines of ---")
            return None, []
        try:
            raw = read_yaml(match.group(1))
        except yaml.YAMLError as error:
            self._fault(
                Place(self._name(path), 1), f"front matter is not valid YAML: {getattr(error, 'problem', error)}"
            )
            return None, []
        first_line = match.group(0).count("\n") + 1
        return self._shape(raw, shape, Place(self._name(path), 1)), _sections(text[match.end() :], first_line)

    def _search(self, line: str, place: Place) -> tuple[str, str, str]:
        pieces = [piece.strip() for piece in line.split("|")] if line else []
        if len(pieces) > 3:
            self._fault(place, "search: has more than three parts; write English | German | Chinese")
        pieces = [*pieces, "", "", ""][:3]
        return (pieces[0], pieces[1], pieces[2])

    def _name(self, path: Path) -> str:
        return f"corpus/{path.relative_to(self.root).as_posix()}"

    def _fault(self, place: Place, fault: str) -> None:
        self.faults.append(f"{place}: {fault}")

    # -- what must hold over all files ---------------------------------------------------------------------------------

    def _check(self, corpus: Corpus) -> None:
        self.faults.extend(faults(corpus))


class _Section:
    """One `##` section of a Markdown file as it stands there."""

    def __init__(self, slug: str, title: str, line: int) -> None:
        self.slug, self.title, self.line = slug, title, line
        self.keys: dict[str, str] = {}
        self.text = ""


def _sections(body: str, first_line: int) -> list[_Section]:
    found: list[_Section] = []
    in_keys = False
    lines: list[str] = []

    def close() -> None:
        if found:
            found[-1].text = "\n".join(lines).strip()
        lines.clear()

    for number, line in enumerate(body.split("\n"), start=first_line):
        if heading := _HEADING.match(line):
            close()
            found.append(_Section(heading.group(1), heading.group(2).strip(" —–-"), number))
            in_keys = True
        elif in_keys and (key := _KEY.match(line)):
            found[-1].keys[key.group(1)] = key.group(2).strip()
        elif found:
            in_keys = in_keys and not line.strip() and not found[-1].keys
            lines.append(line.rstrip())
    close()
    for section in found:
        section.keys = {key: value for key, value in section.keys.items() if value}
    return found


def _position(file: schema.PositionsFile, dimension: str, cell: schema.PositionShape, place: Place) -> Position:
    value = tuple(cell.value) if isinstance(cell.value, list) else cell.value
    return Position(
        jurisdiction=file.jurisdiction,
        dimension=dimension,
        span=Span(cell.from_, cell.to),
        value=value,
        unit=cell.unit,
        details=tuple(
            Detail(d.case.words(), d.value, d.unit, d.starts.words() if d.starts else None, d.authority)
            for d in cell.details
        ),
        lead=cell.lead.words(),
        text=cell.text.words(),
        authorities=tuple(cell.authorities),
        doubt=cell.doubt.words() if cell.doubt else None,
        checked_on=file.checked_on,
        reviewed_on=file.reviewed_on,
        place=place,
    )


def _key_lines(path: Path) -> dict[str, int]:
    """The line on which each dimension of a positions file begins."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return {m.group(1): number for number, line in enumerate(lines, 1) if (m := re.match(r"^  ([a-z_]+):\s*$", line))}


def _comma_list(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in re.split(r"[,\s]+", text) if piece.strip())


def _elsewhere(shape: schema.Elsewhere, known: Mapping[str, Jurisdiction]) -> dict[str, Jurisdiction]:
    """Countries and states that are not covered, so that a question about them is met as such."""
    from babel import Locale

    names = {language: Locale.parse(language).territories for language in ("en", "de", "zh")}

    def place(key: str, name: Words, aliases: list[str], parent: str | None) -> Jurisdiction:
        return Jurisdiction(key, name, tuple(aliases), parent, (), False, None, "", None)

    found = {}
    for code, english in names["en"].items():
        key = code.lower()
        if len(code) == 2 and code.isalpha() and code not in ("GB", "EZ", "UN", "XA", "XB", "QO") and key not in known:
            name = Words(english, names["de"].get(code, english), names["zh"].get(code, english))
            found[key] = place(key, name, shape.countries.get(key, []), None)
    for key, state in shape.states.items():
        found[key] = place(key, state.name.words(), state.aliases, "us")
    return found
