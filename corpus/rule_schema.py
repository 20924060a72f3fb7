"""What `record.yaml` and `rules.yaml` may contain. Conditions, events and lengths are read by `rule_reader.py`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from corpus.schema import Line, Shape, ThreeLanguages


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else [] if value is None else value


Ids = Annotated[list[str], BeforeValidator(_as_list)]


class ChoiceShape(Shape):
    value: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: ThreeLanguages
    help: ThreeLanguages | None = None


class FieldShape(Shape):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    scope: Literal["person", "entry", "sentence"]
    type: Literal["date", "duration", "boolean", "number", "choice", "text"]
    label: ThreeLanguages
    question: ThreeLanguages
    help: ThreeLanguages | None = None
    choices: list[ChoiceShape] = []


class RecordFile(Shape):
    fields: list[FieldShape]


class Dated(Shape):
    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None


class WaitShape(Dated):
    id: str = ""
    per: Literal["entry", "sentence"] = "entry"
    when: Any = None
    otherwise: bool = False
    period: Any = None
    starts: Any = None
    until: Any = None
    on_day: Any = None
    counting: Literal["from_day", "after_day"] | None = None
    pulls: bool = True
    label: ThreeLanguages | None = None
    authority: Ids = []


class BarShape(Dated):
    id: str = ""
    when: Any
    because: ThreeLanguages
    authority: Ids


class HoldShape(Dated):
    id: str = ""
    when: Any = None
    until: Any = None
    on_day: Any = None
    because: ThreeLanguages
    authority: Ids


class RestartShape(Shape):
    where: Any
    at: Any = None
    authority: Ids


class RemarkShape(Shape):
    text: ThreeLanguages
    when: Any = None
    status: list[Literal["reached", "future", "never", "not_covered", "needs_information"]] = []
    authority: Ids = []
    url: Line = ""


class RuleShape(Dated):
    enacted: date | None = None
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    track: Literal["automatic", "petition", "immediate"]
    title: ThreeLanguages
    authority: Ids
    applies: Any = None
    unless: list[BarShape] = []
    waits: list[WaitShape] = []
    take: Literal["only", "longest"] = "only"
    restarts: list[RestartShape] = []
    holds: list[HoldShape] = []
    remarks: list[RemarkShape] = []
    next_steps: list[RemarkShape] = []


class TogetherShape(Dated):
    holding: Any = None
    held: Any = None
    later: Any = None
    running: str = ""
    never_holds: Literal["none", "later", "all"] = "none"
    because: ThreeLanguages
    authority: Ids


class ConsecutiveShape(Dated):
    where: Any
    because: ThreeLanguages
    authority: Ids


class EffectShape(Shape):
    effect: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: ThreeLanguages
    meaning: ThreeLanguages
    event: Any = "conviction_date"
    together: list[TogetherShape] = []
    rules: list[RuleShape]


class RulesFile(Shape):
    jurisdiction: str
    checked_on: date
    reviewed_on: date | None = None
    counting: Literal["from_day", "after_day"]
    month: Annotated[int, Field(ge=28, le=31)] | None = None
    fields: list[FieldShape] = []
    values: dict[str, list[ChoiceShape]] = {}
    definitions: dict[str, Any] = {}
    consecutive: list[ConsecutiveShape] = []
    remarks: list[RemarkShape] = []
    effects: list[EffectShape]
