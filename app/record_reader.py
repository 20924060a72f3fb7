"""A certificate, register extract, docket or penalty decision as a record that `check` takes.

Only what stands in the document is taken over; what had to be inferred or may be read in two ways is named in `uncertain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.dates import find_dates
from app.record_entries import DATES, DAY, GUILTY, Raw, entries_in, labelled_in, patterns_in, record_words, settled
from corpus.citations import han_number
from corpus.rules import RuleBook
from indexer.durations import Duration, durations
from indexer.read import Document

_TELLING = frozenset(
    {"offence", "sentence", "outcome", "court", "conviction_date", "offence_date", "offence_code", "case", "born"}
)
"""Fields by which a text that does not say what it is shows itself to be a record."""
ENOUGH = 3
"""A record labels at least so many fields."""
_STRONG = re.compile(r"^\s*(?:行政处罚决定书|刑事判决书|Strafbefehl)\s*$", re.IGNORECASE | re.MULTILINE)
_UNITS = {"years": "Y", "months": "M", "weeks": "W", "days": "D"}
_AMOUNT = re.compile(
    r"(?:[$£€¥]|EUR|GBP|USD)\s?(\d[\d,.]*)|(\d[\d,.]*)\s?(?:EUR|Euro|€|dollars?|pounds?|元)|([一二三四五六七八九十百千两]+)元"
)
_DAILY = re.compile(r"(\d+)\s+Tagessätze[n]?(?:\s+zu(?:\s+je)?\s+([\d.,]+)\s*(?:EUR|Euro|€))?", re.IGNORECASE)


def looks_like_record(text: str) -> bool:
    """Whether a text is a record: it says what it is, and labels fields as records do."""
    labelled = {name for name, _, _ in labelled_in(text)}
    signed = re.search(record_words()["signs"], text[:3_000], re.IGNORECASE) is not None
    if labelled >= {"offence"} and len(labelled & _TELLING) >= ENOUGH and labelled & DATES:
        return True
    titled = _STRONG.search(text[:200]) is not None and len(text) < 6_000
    return signed and (len(labelled) >= ENOUGH - 1 or titled)


def read_record(document: Document, places: Sequence[str], books: Mapping[str, RuleBook]) -> dict[str, Any] | None:
    """The record that a document shows, or `None` if it shows none. `places` are those that it names, the likeliest first."""
    if not looks_like_record(document.text):
        return None
    place = next((one for one in places if one in books), places[0] if places else None)
    reader = _Reader(place or "", books)
    person, raws = entries_in(document.text)
    person = {**{k: v for k, v in reader.told(document.text).items() if k == "born"}, **person}
    entries = [entry for number, raw in enumerate(raws) if (entry := reader.entry(raw, number))]
    if not entries or place is None:
        return None
    record: dict[str, Any] = {"jurisdiction": place}
    if re.search(r"(?:balance|total|amount) due\W{0,3}\s*\$?0?\.00\b", document.text, re.IGNORECASE):
        for entry in entries:
            if "money_owed" in reader.known_fields():
                entry["money_owed"] = False
    if "born" in person and (born := reader.day(person["born"])):
        record["born"] = born[0]
    return {**record, "entries": entries}


class _Reader:
    """Turns raw entries into entries of one place's record."""

    def __init__(self, place: str, books: Mapping[str, RuleBook]) -> None:
        self.place = place
        self.book = books.get(place)
        self.books = books

    def entry(self, raw: Raw, number: int) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        uncertain: list[str] = []
        fields = settled({**self._from_patterns(raw.text), **raw.fields}, raw)
        for name, value in fields.items():
            if name in DATES and (day := self.day(value)):
                found[name] = day[0]
                uncertain += [name] if day[1] else []
            elif name in ("offence", "offence_code", "court", "case"):
                found[name] = " ".join(value.split())[:200].strip(" .。")
        told = fields.get("decided") or fields.get("sentence") or fields.get("outcome") or ""
        sentences = list(self._sentences(told)) or list(self._sentences(raw.text))
        if "offence" not in found and "offence_date" not in found and not sentences:
            return None
        self._kind(raw, fields, found, uncertain)
        self._flags(found, uncertain)
        if sentences and found.get("kind") != "non_conviction":
            found["sentences"] = sentences
        if uncertain:
            found["uncertain"] = sorted(set(uncertain))
        return {"id": str(number + 1), **found}

    def told(self, text: str) -> dict[str, str]:
        """What a text in sentences tells without labels."""
        return self._from_patterns(text)

    def _from_patterns(self, text: str) -> dict[str, str]:
        return patterns_in(text)

    def _kind(self, raw: Raw, fields: Mapping[str, str], found: dict[str, Any], uncertain: list[str]) -> None:
        told = " ".join((fields.get("grade", ""), fields.get("outcome", ""), fields.get("sentence", ""), raw.text))
        if re.match(r"\s*conviction", raw.counted, re.IGNORECASE) or GUILTY.search(fields.get("outcome", "")):
            found["kind"] = "conviction"
            self._grade(told, found)
            return
        for kind, pattern in record_words()["kinds"].items():
            if re.search(pattern, told, re.IGNORECASE):
                found["kind"] = kind
                break
        else:
            found["kind"] = "conviction"
            if "conviction_date" not in found and not re.search(
                r"convict|guilty|verurteil|判决|定罪", told, re.IGNORECASE
            ):
                uncertain.append("kind")
        if found["kind"] == "non_conviction":
            outcome = next(
                (o for o, p in record_words()["outcomes"].items() if re.search(p, told, re.IGNORECASE)), None
            )
            if outcome:
                found["outcome"] = outcome
        if found["kind"] != "administrative" and found["kind"] != "caution":
            found.pop("given_on", None) if "given_on" not in raw.fields else None
        self._grade(told, found)

    def _grade(self, told: str, found: dict[str, Any]) -> None:
        known = self._choices("grade", "entry")
        graded = next((g for g, p in record_words()["grades"].items() if re.search(p, told, re.IGNORECASE)), None)
        letter = (
            re.search(rf"class\s+([A-E])\s+{graded}|{graded}[\s,(]+class\s+([A-E])", told, re.IGNORECASE)
            if graded
            else None
        )
        level = re.search(r"\b[FM](\d)\b", told)
        if level and f"{graded}_{level[1]}" in known:
            found["grade"] = f"{graded}_{level[1]}"
        elif letter and f"{graded}_{(letter[1] or letter[2]).lower()}" in known:
            found["grade"] = f"{graded}_{(letter[1] or letter[2]).lower()}"
        elif graded in known:
            found["grade"] = graded

    def _flags(self, found: dict[str, Any], uncertain: list[str]) -> None:
        """Yes/no facts that the name of the offence tells; all of them are inferences."""
        names = self._fields("entry")
        for flag, pattern in record_words()["flags"].items():
            if (
                "offence" in found
                and re.search(pattern, found["offence"], re.IGNORECASE)
                and (not names or flag in names)
            ):
                found[flag] = True
                uncertain.append(flag)

    # -- sentences ---------------------------------------------------------------------------------------------------

    def _sentences(self, text: str) -> Iterator[dict[str, Any]]:
        """Every sentence or order that a text names, each once, in the order of the text."""
        yield from (one for _, one in sorted(self._placed(text), key=lambda item: item[0]))

    def _placed(self, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
        taken: list[tuple[int, int]] = []
        for one in record_words()["sentences"]:
            for match in re.finditer(one["pattern"], text, re.IGNORECASE):
                stretch = self._stretch(text, match.start(), match.end())
                if any(stretch[0] < end and start < stretch[1] for start, end in taken):
                    continue
                taken.append(stretch)
                behind = re.split(r"[;\n。]", text[stretch[1] :])[0]
                if one.get("never_after") and re.search(
                    one["never_after"], text[: match.start()].split("\n")[-1], re.IGNORECASE
                ):
                    continue
                yield match.start(), self._sentence(text[stretch[0] : stretch[1]], behind, one)

    @staticmethod
    def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
        """The words around a sentence's name, up to the next comma, "and" or line."""
        marks = ("\n", ";", " and ", " und ", "并处", ", ", "，", ",")
        first = max((text.rfind(mark, 0, start) + len(mark) for mark in marks if mark in text[:start]), default=0)
        after = re.search(r"\n|;|\sand\s|\sund\s|并处|，|,\s", text[end:])
        return first, end + after.start() if after else len(text)

    def _sentence(self, text: str, behind: str, told: Mapping[str, Any]) -> dict[str, Any]:
        known = self._choices("type", "sentence")
        kind = next((value for value in told["values"] if value in known), told["values"][-1] if not known else "other")
        found: dict[str, Any] = {"type": kind}
        lengths = sorted(durations(text), key=lambda d: d.start)
        daily = _DAILY.search(text)
        if daily:
            found["units"] = int(daily[1])
        elif lengths and kind not in ("fine", "compensation"):
            found["length"] = _iso(lengths)
        if kind in ("fine", "compensation", "geldstrafe") and not daily and (amount := _AMOUNT.search(text)):
            found["amount"] = _number(amount)
        until = re.search(rf"(?:sperre|until|bis(?: zum)?)\s+(?:bis\s+)?({DAY})", text + behind, re.IGNORECASE)
        if until and (day := self.day(until[1])):
            found["ends_on"] = day[0]
        if told.get("may_be_suspended") and re.search(record_words()["suspended"], text + behind, re.IGNORECASE):
            found["suspended"] = True
        return found

    # -- values ------------------------------------------------------------------------------------------------------

    def day(self, value: str) -> tuple[str, bool] | None:
        """The date that a value names as ISO text, and whether it can be read in two ways."""
        found = find_dates(value, month_first=self.place.startswith("us"))
        return (found[0].text, found[0].ambiguous and not self.place) if found else None

    def _fields(self, scope: str) -> set[str]:
        return {name for name, one in self.book.fields.items() if one.scope == scope} if self.book else set()

    def known_fields(self) -> set[str]:
        """The names of the fields of an entry that the rules of the place ask for."""
        return self._fields("entry")

    def _choices(self, name: str, scope: str) -> list[str]:
        """The values of a field for this place; for a place without rules those that all places share."""
        books = [self.book] if self.book else list(self.books.values())
        fields = [one for book in books if (one := book.fields.get(name)) is not None and one.scope == scope]
        listed = [[choice.value for choice in one.choices] for one in fields]
        return [value for value in listed[0] if all(value in other for other in listed)] if listed else []


def _iso(lengths: Sequence[Duration]) -> str:
    """A length of time as ISO 8601; years and months beside each other are one length."""
    first = lengths[0]
    text = f"P{first.value:g}{_UNITS[first.unit]}"
    if len(lengths) > 1 and first.unit == "years" and lengths[1].unit == "months" and lengths[1].start - first.end <= 5:
        text += f"{lengths[1].value:g}M"
    return text


def _number(match: re.Match[str]) -> float:
    if match[3]:
        return float(han_number(match[3]))
    digits = match[1] or match[2]
    german = (
        re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d\d)?|\d+,\d\d", digits)
        and "," in digits
        and re.search(r",\d\d$", digits)
    )
    plain = digits.replace(".", "").replace(",", ".") if german else digits.replace(",", "")
    return float(plain.rstrip("."))
