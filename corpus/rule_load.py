"""Read every `rules.yaml` into a `RuleBook`, or list all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from corpus import rule_schema as schema
from corpus.load import ROOT, CorpusError, load
from corpus.model import Corpus, Place, Span
from corpus.rule_reader import Grammar
from corpus.rules import (
    MONTH,
    Bar,
    Choice,
    Condition,
    Consecutive,
    Effect,
    Event,
    Field,
    Hold,
    Remark,
    Restart,
    Rule,
    RuleBook,
    Together,
    Wait,
)
from corpus.yaml_text import read_yaml

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@lru_cache(maxsize=4)
def load_rules(root: Path = ROOT) -> Mapping[str, RuleBook]:
    """The rule book of each jurisdiction that has one. Raises `CorpusError` with all faults of all files."""
    corpus = load(root)
    faults: list[str] = []
    books: dict[str, RuleBook] = {}
    shared = _shared_fields(root, faults)
    for path in sorted(root.glob("*/rules.yaml")):
        reader = _BookReader(corpus, path, f"corpus/{path.relative_to(root).as_posix()}", shared, faults)
        if (book := reader.book()) is not None:
            books[book.jurisdiction] = book
    if faults:
        raise CorpusError(faults)
    return books


@lru_cache(maxsize=64)
def load_book(place: str, root: Path = ROOT) -> RuleBook | None:
    """The rule book of one jurisdiction, without reading the others; `None` if it has none. Raises `CorpusError`."""
    path, faults = root / place / "rules.yaml", list[str]()
    if not path.exists():
        return None
    reader = _BookReader(load(root), path, f"corpus/{place}/rules.yaml", _shared_fields(root, faults), faults)
    book = reader.book()
    if faults:
        raise CorpusError(faults)
    return book


def _shared_fields(root: Path, faults: list[str]) -> dict[str, Field]:
    path = root / "record.yaml"
    file = _read(path, "corpus/record.yaml", schema.RecordFile, faults) if path.exists() else None
    return {field.name: _field(field) for field in file.fields} if file else {}


def _read(path: Path, name: str, shape: type[ShapeT], faults: list[str]) -> ShapeT | None:
    try:
        return shape.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        faults.append(f"{name}:{mark.line + 1 if mark else 0}: is not valid YAML: {getattr(error, 'problem', error)}")
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(step) for step in fault["loc"])
            faults.append(f"{name}: {where}: {fault['msg'].lower()}; see corpus/RULES.md for the form")
    return None


def _field(shape: schema.FieldShape) -> Field:
    return Field(
        name=shape.name,
        scope=shape.scope,
        type=shape.type,
        label=shape.label.words(),
        question=shape.question.words(),
        help=shape.help.words() if shape.help else None,
        choices=tuple(_choice(choice) for choice in shape.choices),
    )


def _choice(shape: schema.ChoiceShape) -> Choice:
    return Choice(shape.value, shape.name.words(), shape.help.words() if shape.help else None)


class _BookReader:
    """Reads one `rules.yaml`."""

    def __init__(self, corpus: Corpus, path: Path, name: str, shared: Mapping[str, Field], faults: list[str]) -> None:
        self.corpus, self.path, self.name, self.faults = corpus, path, name, faults
        self.shared = dict(shared)
        self.where = ""
        self.effects: list[str] = []
        self.known = {*corpus.provision_ids, *(p.id for p in corpus.positions), *(n.id for n in corpus.notes)}

    def book(self) -> RuleBook | None:
        file = _read(self.path, self.name, schema.RulesFile, self.faults)
        if file is None:
            return None
        if file.jurisdiction != self.path.parent.name:
            self._fault(f"jurisdiction {file.jurisdiction} does not match its folder")
        fields = self._fields(file)
        self.counting, self.checked_on = file.counting, file.checked_on
        self.grammar = Grammar(fields, lambda: self.effects, self._fault)
        self.where = "definitions"
        self.grammar.to_come = [shape.effect for shape in file.effects]
        self.grammar.define(file.definitions)
        self.where = "consecutive"
        consecutive = tuple(self._consecutive(shape) for shape in file.consecutive)
        effects = []
        for shape in file.effects:
            effects.append(self._effect(shape))
            self.effects.append(shape.effect)
        self.where = "remarks"
        return RuleBook(
            jurisdiction=file.jurisdiction,
            fields=fields,
            effects=tuple(effects),
            remarks=self._remarks(file.remarks),
            used=frozenset(self.grammar.used),
            checked_on=file.checked_on,
            reviewed_on=file.reviewed_on,
            place=Place(self.name),
            month=MONTH if file.month is None else file.month,
            consecutive=consecutive,
        )

    def _fields(self, file: schema.RulesFile) -> dict[str, Field]:
        fields = dict(self.shared)
        for shape in file.fields:
            if shape.name in fields:
                self._fault(
                    f"field {shape.name} is in corpus/record.yaml already; use that one, or choose another name"
                )
            fields[shape.name] = _field(shape)
        for name, choices in file.values.items():
            if name not in fields or fields[name].type != "choice":
                self._fault(f"values: {name} is no choice field")
                continue
            own = tuple(_choice(choice) for choice in choices)
            taken = {choice.value for choice in own}
            kept = tuple(choice for choice in fields[name].choices if choice.value not in taken)
            fields[name] = replace(fields[name], choices=(*kept, *own))
        return fields

    def _consecutive(self, shape: schema.ConsecutiveShape) -> Consecutive:
        return Consecutive(
            where=self.grammar.condition(shape.where),
            because=shape.because.words(),
            authorities=self._authorities(shape.authority),
            span=Span(shape.from_, shape.to),
        )

    def _effect(self, shape: schema.EffectShape) -> Effect:
        self.where = f"effect {shape.effect}"
        if shape.effect in self.effects:
            self._fault("stands twice; put its rules under one heading")
        self.grammar.current, self.grammar.asks_itself = shape.effect, False
        rules = tuple(self._rule(rule, shape.effect) for rule in shape.rules)
        together = tuple(self._together(item) for item in shape.together)
        return Effect(
            id=shape.effect,
            name=shape.name.words(),
            meaning=shape.meaning.words(),
            event=self.grammar.event(shape.event),
            rules=rules,
            together=together,
            asks_itself=self.grammar.asks_itself,
        )

    def _together(self, shape: schema.TogetherShape) -> Together:
        running = shape.running or None
        return Together(
            running=running if running and self.grammar.may_run(running) else None,
            holding=self._maybe(shape.holding),
            held=self._maybe(shape.held),
            later=self._maybe(shape.later),
            never_holds=shape.never_holds,
            because=shape.because.words(),
            authorities=self._authorities(shape.authority),
            span=Span(shape.from_, shape.to),
        )

    def _rule(self, shape: schema.RuleShape, effect: str) -> Rule:
        self.where = f"rule {shape.id}"
        if not shape.waits and not shape.unless:
            self._fault("has neither waits nor bars; say when its effect comes, or why it never does")
        return Rule(
            id=shape.id,
            effect=effect,
            track=shape.track,
            title=shape.title.words(),
            applies=self._maybe(shape.applies),
            bars=tuple(self._bar(bar, number) for number, bar in enumerate(shape.unless, 1)),
            waits=tuple(self._wait(wait, number, shape) for number, wait in enumerate(shape.waits, 1)),
            longest=shape.take == "longest",
            restarts=tuple(self._restart(restart) for restart in shape.restarts),
            holds=tuple(self._hold(hold, number) for number, hold in enumerate(shape.holds, 1)),
            remarks=self._remarks(shape.remarks),
            next_steps=self._remarks(shape.next_steps),
            authorities=self._authorities(shape.authority),
            span=Span(shape.from_, shape.to),
            enacted=shape.enacted or self.checked_on,
            place=Place(self.name),
        )

    def _bar(self, shape: schema.BarShape, number: int) -> Bar:
        return Bar(
            id=shape.id or f"unless-{number}",
            when=self.grammar.condition(shape.when),
            because=shape.because.words(),
            authorities=self._authorities(shape.authority),
            span=Span(shape.from_, shape.to),
        )

    def _wait(self, shape: schema.WaitShape, number: int, rule: schema.RuleShape) -> Wait:
        forms = [shape.period is not None, shape.until is not None, shape.on_day is not None]
        if sum(forms) != 1 or (shape.period is not None) != (shape.starts is not None):
            self._fault(f"wait {shape.id or number}: write period with starts, or until, or on_day")
        return Wait(
            id=shape.id or f"wait-{number}",
            per=shape.per,
            when=self._maybe(shape.when),
            otherwise=shape.otherwise,
            length=self.grammar.length(shape.period) if shape.period is not None else None,
            start=self._event(shape.starts),
            until=self._event(shape.until),
            on=self._event(shape.on_day),
            counting=shape.counting or self.counting,
            pulls=shape.pulls,
            label=shape.label.words() if shape.label else None,
            authorities=self._authorities(shape.authority or rule.authority),
            span=Span(shape.from_, shape.to),
            place=Place(self.name),
        )

    def _hold(self, shape: schema.HoldShape, number: int) -> Hold:
        if shape.when is None and shape.until is None and shape.on_day is None:
            self._fault(f"hold {shape.id or number}: needs when, until or on_day")
        return Hold(
            id=shape.id or f"hold-{number}",
            when=self._maybe(shape.when),
            until=self._event(shape.until),
            on=self._event(shape.on_day),
            because=shape.because.words(),
            authorities=self._authorities(shape.authority),
            span=Span(shape.from_, shape.to),
        )

    def _restart(self, shape: schema.RestartShape) -> Restart:
        at = self.grammar.event(shape.at or "conviction_date")
        return Restart(self.grammar.condition(shape.where), at, self._authorities(shape.authority))

    def _remarks(self, shapes: Iterable[schema.RemarkShape]) -> tuple[Remark, ...]:
        found = []
        for shape in shapes:
            if not shape.authority and not shape.url:
                self._fault(f"{shape.text.en[:40]!r}: needs an authority or a url")
            found.append(
                Remark(
                    text=shape.text.words(),
                    when=self._maybe(shape.when),
                    status=tuple(shape.status),
                    authorities=self._authorities(shape.authority),
                    url=shape.url,
                )
            )
        return tuple(found)

    def _maybe(self, raw: Any) -> Condition | None:
        return None if raw is None else self.grammar.condition(raw)

    def _event(self, raw: Any) -> Event | None:
        return None if raw is None else self.grammar.event(raw)

    def _authorities(self, ids: list[str]) -> tuple[str, ...]:
        for id_ in ids:
            if id_ not in self.known and not any(self.corpus.below(id_)):
                self._fault(f"authority {id_} is not in the corpus; correct it, or restate that provision")
        return tuple(ids)

    def _fault(self, fault: str) -> None:
        place = f"{self.name}, {self.where}" if self.where else self.name
        self.faults.append(f"{place}: {fault}")


__all__ = ["CorpusError", "load_rules"]
