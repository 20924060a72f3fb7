"""Read conditions, events and lengths of `rules.yaml` into the types of `rules.py`, with every fault at its place.

The grammar is described in `corpus/RULES.md`. A `Grammar` knows the fields of one jurisdiction and the effects that stand
before the rule that is being read; it collects faults instead of raising.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, cast

from isoduration import parse_duration
from isoduration.parser.exceptions import DurationParsingException

from corpus import rules
from corpus.rules import Condition, Event, Field, Period, Span_

_NEVER = rules.AnyOf(())
_COMPARISONS = ("over", "at_least", "under", "up_to", "before", "since", "known")
_LENGTHS = ("term", "total", "longest")


def period(text: str) -> Period:
    """`P1Y6M` as a `Period`. Raises `ValueError` naming the form if it is no whole calendar period."""
    try:
        parsed = parse_duration(text)
    except (DurationParsingException, ValueError, TypeError):
        raise ValueError(f"{text!r} is not a period; write P7Y, P22M, P2W or P60D") from None
    parts = (parsed.date.years, parsed.date.months, parsed.date.weeks, parsed.date.days)
    if parsed.time.hours or parsed.time.minutes or parsed.time.seconds or any(part % 1 or part < 0 for part in parts):
        raise ValueError(f"{text!r} has parts of days or of months; write whole ones, such as P6M or P180D")
    years, months, weeks, days = (int(part) for part in parts)
    return Period(years * 12 + months, weeks * 7 + days, in_months=bool(months and not years))


class Grammar:
    """Reads the small languages of one rule book; `fault` is told of everything that cannot be read."""

    def __init__(
        self, fields: Mapping[str, Field], effects: Callable[[], list[str]], fault: Callable[[str], None]
    ) -> None:
        self.fields, self.effects, self.fault = fields, effects, fault
        self.definitions: dict[str, Condition] = {}
        self.current = ""
        """The effect that is being read."""
        self.asks_itself = False
        """Whether `running:` has named it."""
        self.to_come: list[str] = []
        """All effects of the rule book; definitions may name any, and are checked where they are used."""
        self.running_in: dict[str, set[str]] = {}
        """For each definition the effects that it names with `running:`."""
        self.defining = ""
        self.used: set[tuple[str, str]] = set()

    def define(self, raw: Mapping[str, Any]) -> None:
        """Read the named conditions; each may use those above it."""
        for name, body in raw.items():
            if name in self.fields:
                self.fault(f"definition {name} has the name of a field; choose another")
            self.defining = name
            self.definitions[name] = self.condition(body)
        self.defining = ""

    # -- conditions ----------------------------------------------------------------------------------------------------

    def condition(self, raw: Any) -> Condition:
        """The condition that `raw` states; a list means that all of it holds, a name a definition or a yes/no field."""
        if isinstance(raw, bool):
            return rules.All(()) if raw else _NEVER
        if isinstance(raw, str):
            return self._named(raw)
        if isinstance(raw, list):
            return rules.All(tuple(self.condition(part) for part in raw))
        if not isinstance(raw, dict) or not raw:
            return self._bad(f"{raw!r} is not a condition; see corpus/RULES.md")
        parts = tuple(self._clause(key, value) for key, value in raw.items())
        return parts[0] if len(parts) == 1 else rules.All(parts)

    def _named(self, name: str) -> Condition:
        if name in self.definitions:
            return self._defined(name)
        field = self._field(name)
        if field is not None and field.type != "boolean":
            return self._bad(f"{name} is not a yes/no field; compare it, such as {name}: [a, b] or {name}: {{over: …}}")
        return rules.Test(name, "is", (True,))

    def _defined(self, name: str) -> Condition:
        for effect in sorted(self.running_in.get(name, ())):
            self.may_run(effect)
        return self.definitions[name]

    def _clause(self, key: str, value: Any) -> Condition:
        match key:
            case "all":
                return rules.All(tuple(self.condition(part) for part in self._list(key, value)))
            case "any":
                return rules.AnyOf(tuple(self.condition(part) for part in self._list(key, value)))
            case "not":
                return rules.Not(self.condition(value))
            case "sentence" | "every_sentence" | "no_sentence":
                how = {"sentence": "some", "every_sentence": "every", "no_sentence": "none"}[key]
                return rules.Sentences(cast(Literal["some", "every", "none"], how), self.condition(value))
            case "entries":
                return self._entries(value)
            case "code":
                return rules.Code(tuple(_code_range(str(item)) for item in self._list(key, value)))
            case "age":
                return self._age(value)
            case "term" | "total" | "longest":
                return self._length_test(key, value)
            case "length_of":
                return self._compared_length(value)
        return self._definition_or_test(key, value)

    def _definition_or_test(self, key: str, value: Any) -> Condition:
        if key in self.definitions:
            held = self._defined(key)
            return held if value is True else rules.Not(held)
        field = self._field(key)
        return _NEVER if field is None else self._test(field, value)

    def _test(self, field: Field, value: Any) -> Condition:
        if not isinstance(value, dict):
            values = value if isinstance(value, list) else [value]
            return rules.Test(field.name, "is", tuple(self._literal(field, item) for item in values))
        parts: list[Condition] = []
        for op, bound in value.items():
            if op not in _COMPARISONS:
                return self._bad(f"{field.name}: {op!r} is no comparison; use one of {', '.join(_COMPARISONS)}")
            literal = bound if op == "known" else self._literal(field, bound)
            parts.append(rules.Test(field.name, op, (literal,)))
        return parts[0] if len(parts) == 1 else rules.All(tuple(parts))

    def _literal(self, field: Field, value: Any) -> rules.Literal_:
        match field.type:
            case "boolean" if isinstance(value, bool):
                return value
            case "choice" if isinstance(value, str):
                self.used.add((field.name, value))
                if field.choices and field.choice(value) is None:
                    self.fault(
                        f"{field.name}: {value!r} is no value of it{_nearest(value, [c.value for c in field.choices])}"
                    )
                return value
            case "number" if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
            case "duration" if isinstance(value, str):
                return self.period(value)
            case "date" if isinstance(value, date):
                return value
            case "text" if isinstance(value, str):
                return value
        self.fault(f"{field.name}: {value!r} does not fit its type, {field.type}")
        return ""

    def _entries(self, raw: Any) -> Condition:
        if not isinstance(raw, dict):
            return self._bad("entries: write {where: …, which: …, at_least: …}")
        unknown = set(raw) - {"where", "which", "at_least", "at_most", "running", "per"}
        which = raw.get("which", "others")
        if unknown or which not in ("others", "all", "earlier", "later", "same_case", "other_cases", "within"):
            return self._bad(f"entries: {', '.join(sorted(unknown)) or which} is not known; see corpus/RULES.md")
        running = raw.get("running")
        if running is not None and not self.may_run(running):
            return _NEVER
        per_case = self._per_case(raw)
        least, most = raw.get("at_least"), raw.get("at_most")
        if least is None and most is None:
            least = 1
        return rules.Entries(self.condition(raw.get("where", True)), which, least, most, running, per_case)

    def may_run(self, effect: str) -> bool:
        """Whether `running:` may name the effect: one above, or the one that is being read; a fault if not."""
        if self.defining:
            self.running_in.setdefault(self.defining, set()).add(effect)
        known = self.to_come if self.defining else [*self.effects(), *([self.current] if self.current else [])]
        if effect not in known:
            self.fault(f"running: {effect} is neither this effect nor one above it; effects: {', '.join(known)}")
        self.asks_itself = self.asks_itself or effect == self.current
        return effect in known

    def _per_case(self, raw: dict[str, Any]) -> bool:
        if raw.get("per", "entry") not in ("entry", "case"):
            self.fault(f"per: {raw['per']!r} is not known; write per: case where entries of one case count once")
        return bool(raw.get("per") == "case")

    def _age(self, raw: Any) -> Condition:
        if not isinstance(raw, dict) or "at" not in raw or not ({"under", "at_least"} & set(raw)):
            return self._bad("age: write {at: offence_date, under: 18} or {at: conviction_date, at_least: 18}")
        op: Literal["under", "at_least"] = "under" if "under" in raw else "at_least"
        return rules.Age(self.event(raw["at"]), op, int(raw[op]))

    def _length_test(self, how: str, raw: Any) -> Condition:
        if not isinstance(raw, dict):
            return self._bad(f"{how}: write {{where: …, over: P1Y, up_to: P4Y}}")
        of = rules.OfSentences(cast(Any, how), self.condition(raw["where"]) if "where" in raw else None)
        return self._compared(how, of, {key: value for key, value in raw.items() if key != "where"})

    def _compared_length(self, raw: Any) -> Condition:
        if not isinstance(raw, dict) or "length" not in raw:
            return self._bad("length_of: write {length: {sum: […]}, over: P1Y, up_to: P4Y}")
        bounds = {key: value for key, value in raw.items() if key != "length"}
        return self._compared("length_of", self.length(raw["length"]), bounds)

    def _compared(self, how: str, of: Span_, bounds: dict[str, Any]) -> Condition:
        if not bounds or set(bounds) - {"over", "at_least", "under", "up_to"}:
            return self._bad(f"{how}: compare it with over, at_least, under or up_to and nothing else")
        tests = tuple(rules.Length(of, cast(Any, op), self.period(bound)) for op, bound in bounds.items())
        return tests[0] if len(tests) == 1 else rules.All(tests)

    # -- lengths -------------------------------------------------------------------------------------------------------

    def period(self, raw: Any) -> Period:
        """The period that `raw` writes; a fault and an empty one if it cannot be read."""
        try:
            return period(str(raw))
        except ValueError as error:
            self.fault(str(error))
            return Period(0, 0)

    def length(self, raw: Any) -> Span_:
        """A period, a duration field, `{term|total|longest: condition}`, `{sum: [...]}` or `{over_entries: length}`."""
        if isinstance(raw, str) and raw.startswith("P"):
            return rules.Fixed(self.period(raw))
        if isinstance(raw, str):
            self._field(raw, "duration")
            return rules.FromField(raw)
        if isinstance(raw, dict) and (how := set(raw) & set(_LENGTHS)) and set(raw) - how <= {"field"}:
            return self._of_sentences(raw)
        if isinstance(raw, dict) and set(raw) == {"sum"}:
            return rules.Sum(tuple(self.length(part) for part in self._list("sum", raw["sum"])))
        if isinstance(raw, dict) and "over_entries" in raw:
            return self._over_entries(raw)
        self.fault(f"{raw!r} is not a length; write P7Y, the name of a duration field, {{term: …}} or {{sum: […]}}")
        return rules.Fixed(Period(0, 0))

    def _of_sentences(self, raw: dict[str, Any]) -> Span_:
        [(how, where)] = [(key, value) for key, value in raw.items() if key != "field"]
        field = str(raw.get("field", "length"))
        self._field(field, "duration")
        return rules.OfSentences(cast(Any, how), None if where is True else self.condition(where), field)

    def _over_entries(self, raw: dict[str, Any]) -> Span_:
        """A length summed over entries, which are named as in the condition `entries`."""
        entries = self._entries({key: value for key, value in raw.items() if key not in ("over_entries", "at_least")})
        of = self.length(raw["over_entries"])
        if not isinstance(entries, rules.Entries):
            return of
        return rules.SumOverEntries(of, entries, int(raw.get("at_least", 1)))

    # -- events --------------------------------------------------------------------------------------------------------

    def event(self, raw: Any) -> Event:
        """A date field, a day, or one of the forms of `corpus/RULES.md`."""
        if isinstance(raw, date):
            return rules.Day(raw)
        if isinstance(raw, str):
            self._field(raw, "date")
            return rules.On(raw)
        if not isinstance(raw, dict) or not raw:
            return self._bad_event(raw)
        for how in ("latest", "earliest", "first_known"):
            if how in raw and len(raw) == 1:
                return rules.Pick(cast(Any, how), tuple(self.event(part) for part in self._list(how, raw[how])))
        return self._compound_event(raw)

    def _compound_event(self, raw: dict[str, Any]) -> Event:
        keys = frozenset(raw)
        if keys == {"event", "when"}:
            return rules.If(self.event(raw["event"]), self.condition(raw["when"]))
        if keys == {"last_day_of", "from"}:
            return rules.Shift(self.event(raw["from"]), self.length(raw["last_day_of"]), "last_day")
        if keys == {"add", "to"}:
            return rules.Shift(self.event(raw["to"]), self.length(raw["add"]), "after")
        if keys == {"birthday"}:
            return rules.Birthday(int(raw["birthday"]))
        if keys == {"outcome"} and raw["outcome"] in self.effects():
            return rules.OutcomeOf(raw["outcome"])
        if "over_entries" in raw and keys <= {"over_entries", "where", "which", "nth", "per", "running"}:
            where = self.condition(raw["where"]) if "where" in raw else None
            which, nth = raw.get("which", "all"), raw.get("nth", 1)
            running = raw.get("running")
            running = running if running is not None and self.may_run(running) else None
            return rules.OverEntries(self.event(raw["over_entries"]), where, which, nth, self._per_case(raw), running)
        if "over_sentences" in raw and keys <= {"over_sentences", "where"}:
            where = self.condition(raw["where"]) if "where" in raw else None
            return rules.OverSentences(self.event(raw["over_sentences"]), where)
        return self._bad_event(raw)

    def _bad_event(self, raw: Any) -> Event:
        self.fault(f"{raw!r} is not an event; name a date field or use a form of corpus/RULES.md")
        return rules.Day(date.max)

    # -- common --------------------------------------------------------------------------------------------------------

    def _field(self, name: str, type_: str = "") -> Field | None:
        field = self.fields.get(name)
        if field is None:
            self.fault(f"{name} is no field, definition or form{_nearest(name, [*self.fields, *self.definitions])}")
        elif type_ and field.type != type_:
            self.fault(f"{name} is a {field.type} field; a {type_} field is needed here")
        return field

    def _list(self, key: str, value: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        self.fault(f"{key}: needs a list")
        return []

    def _bad(self, fault: str) -> Condition:
        self.fault(fault)
        return _NEVER


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; nearest is {near[0]}" if near else ""


def _code_range(text: str) -> tuple[str, str]:
    """First and last number of a range, each after the name of the act if there is one: `174-180`, `StGB 174-180`, `182`.
    Where the numbers hold hyphens themselves a range is written with two dots (`16-1001..16-1005`)."""
    act, _, numbers = text.strip().rpartition(" ")
    match = re.fullmatch(r"(\d+[a-z]?)-(\d+[a-z]?)", numbers)
    first, last = numbers.split("..", 1) if ".." in numbers else match.groups() if match else (numbers, numbers)
    prefix = f"{act} " if act else ""
    return prefix + first, prefix + last
