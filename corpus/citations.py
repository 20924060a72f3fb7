"""Citations: how people write a pinpoint, and how we write it.

`Citations.find` reads every citation in a text; `Citations.resolve` reads one; `Citations.display` writes one.
The words that introduce a number are in `citation_forms.yaml`, the names of laws in each `instruments.yaml`.
A citation that leads to no provision of the corpus is reported as such, with the reason; it is never bent to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.model import Corpus, Instrument, Provision

_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_ONES = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

_PARTS = r"(?:\s?\(\s?[0-9A-Za-z.-]{1,4}\s?\))*"
_NUMBER = r"\d[0-9]*[A-Za-z]{0,4}(?![A-Za-z])"
_US_NUMBER = r"\d[0-9A-Za-z]*(?:[.:–-]\d[0-9A-Za-z]*|-[A-Za-z](?![A-Za-z]))+(?![0-9A-Za-z])"
# "§ 4373A" is no German number: a capital letter after the number belongs to it, unless a word begins there ("§ 34Abs. 1").
_DE_NUMBER = r"\d+[a-z]?(?![a-z.\d]|[A-Z](?![a-z]))"
_SUBDIVISION = r"(?:,?\s*(?:subdivisions?|subds?\.?)\s*(?P<subd>\d+[a-z]?)(?![\w]))?"
_ILCS = rf"(?<![\w.])(?P<chapter>\d{{1,3}})\s+ILCS\s+(?P<act>\d+)/(?P<section>\d+[a-z]?(?:[.-]\d+[a-z]?)*)(?P<parts>{_PARTS})"
_HAN = "零〇一二两三四五六七八九十百千"
_CN = rf"第\s*([0-9{_HAN}]+)\s*条(?:\s*之\s*([0-9{_HAN}]+))?(?:\s*第\s*([0-9{_HAN}]+)\s*款)?(?:\s*第?\s*[((]?\s*([0-9{_HAN}]+)\s*[))]?\s*项)?"
_KEPT = 8
_PLURALS = frozenset({"ss", "sections", "articles", "arts", "artikelen", "secs", "paragraphs"})
_DISTINCTIVE = re.compile(r"[a-z]{2}|\d[.:-]\d|\d{4}")
"""In a number that names its law by itself, as "85ZL" and "160.59" do and "46" does not."""
_JOIN_AFTER = re.compile(
    r"(?:[\s,,]|\b(?:of|to|the|in|des|der|dem|von|vom|im|under|Act|N\.?Y\.?)\b){0,6}[《「\"]?\s*", re.IGNORECASE
)
_JOIN_BEFORE = re.compile(r"[》」\"\s,.,::((]*(?:\b(?:at|in|zu|the|law|section|art)\b[\s.]*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A number and its parts as written, before a law is found for it."""

    start: int
    end: int
    number: str
    parts: tuple[str, ...]
    schedule: bool = False
    kind: str = "section"
    """`section`, `schedule`, `paragraph` (a German §), `article` or `bare` (a number of an American code)."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation found in a text. `id` is a provision (or section) of the corpus, or `None` with a `note` that says why."""

    text: str
    start: int
    end: int
    instrument: str | None
    id: str | None
    exact: bool
    note: str


def han_number(text: str) -> int:
    """The value of a number written in Arabic or Chinese numerals ("一百三十六" is 136)."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return total + digit


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in re.findall(r"\(\s?([0-9A-Za-z.-]{1,4})\s?\)", text))


def _spelled(styles: Mapping[str, object], level: str) -> str:
    """All words that introduce a part of this level in any style, the longest first, as one pattern."""
    words = {
        word
        for style in styles.values()
        if isinstance(style, Mapping)
        for word in style["words"].get(level, ())
        if level != "ordinal"
    }
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"


def _ordinals(styles: Mapping[str, object]) -> dict[str, str]:
    """Ordinals that stand before a subsection ("eerste lid"), each with its number."""
    listed = [style["words"].get("ordinal", ()) for style in styles.values() if isinstance(style, Mapping)]
    return {word.lower(): str(number) for words in listed for number, word in enumerate(words, 1)}


def _spelled_parts(styles: Mapping[str, object]) -> str:
    """The pattern of parts that are introduced by words ("Abs. 1 Nr. 2", "lid 1 onder b", "al. 3 let. a")."""
    subsection, item, letter = (_spelled(styles, level) for level in ("subsection", "item", "letter"))
    ordinal = "|".join(_ordinals(styles)) or r"(?!)"
    return (
        rf"(?:,?\s*(?:{subsection})\.?\s*(?P<abs>\d+[a-z]?)(?![a-z])|\s*\(\s*(?P<abs2>\d+[a-z]?)\s*\)"
        rf"|\s(?P<abs3>[IVX]{{1,4}})(?=[\s,;.]|$)|,?\s*(?P<abs4>{ordinal})\s+(?:{subsection}))?"
        r"(?:\s*(?:Satz|S\.)\s*\d+)?"
        rf"(?:,?\s*(?:{item})\.?\s*(?P<nr>\d+[a-z]?)(?![a-z°])°?)?"
        rf"(?:,?\s*(?:{letter})\.?\s*(?P<lit>[a-z])\)?(?![a-zäöü]))?"
        rf"(?:,?\s*(?:{item})\.?\s*(?P<nr2>\d+)(?![a-z]))?"
        r"(?:\s*(?:Doppelbuchstabe|Doppelbuchst\.?)\s*(?P<dlit>[a-z]{2})\)?)?"
    )


class Citations:
    """Reads and writes citations of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._instruments = corpus.instruments
        self.known: frozenset[str] = frozenset(
            ancestor for provision_id in corpus.provision_ids for ancestor in _ancestors(provision_id)
        )
        """Ids of all provisions and of the sections that hold them."""
        self._by_number: dict[str, set[str]] = {}
        for provision_id in self.known:
            jurisdiction, law, number, *rest = provision_id.split("/")
            if not rest:
                self._by_number.setdefault(number, set()).add(f"{jurisdiction}/{law}")
        self._names = self._name_table(corpus.instruments.values())
        self._name_pattern = _alternation(self._names)
        self._recent: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self._section_words = _section_words(corpus.styles)
        self._spelled = _spelled_parts(corpus.styles)
        self._ordinals = _ordinals(corpus.styles)

    # -- reading ---------------------------------------------------------------------------------------------------

    def resolve(self, text: str, jurisdictions: Iterable[str] = ()) -> Citation | None:
        """The first citation in `text`, or `None`; an id of the corpus resolves to itself."""
        wanted = text.strip().strip(".").lower()
        if wanted in self.known:
            law = "/".join(wanted.split("/")[:2])
            return Citation(text, 0, len(text), law, wanted, True, "")
        found = self.find(text, jurisdictions)
        return found[0] if found else None

    def find(self, text: str, jurisdictions: Iterable[str] = (), last: tuple[str, ...] = ()) -> tuple[Citation, ...]:
        """Every citation in `text`, in order; `jurisdictions` decides between laws of the same name.

        `last` are the laws to which a number belongs that no law stands beside, as in a text that goes on from another.
        """
        named = list(self._named_in(text))
        citations: list[Citation] = []
        pins = self.pinpoints(text)
        for at, pin in enumerate(pins):
            citation, last = self._bind(text, pin, named, tuple(jurisdictions), last, _end_of_chain(text, pins, at))
            # A law named behind one number is not also the law before the next ("§ 3 TilgG, § 15 BtMG").
            named = [n for n in named if citation is None or not (citation.end == n[1] and n[0] >= pin.end)]
            if citation is not None:
                citations.append(citation)
        return tuple(citations)

    def instruments_named(self, text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """Start, end and candidate instrument ids of every law named in `text`."""
        return tuple((start, end, self._candidates(name)) for start, end, name in self._named_in(text))

    def _named_in(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Every law named in `text`; kept for the last few texts, because several readers ask for the same one."""
        if text not in self._recent:
            if len(self._recent) >= _KEPT:
                self._recent.pop(next(iter(self._recent)))
            found = self._name_pattern.finditer(text) if self._names else ()
            self._recent[text] = tuple((m.start(), m.end(), m.group(0)) for m in found)
        return self._recent[text]

    def _bind(
        self,
        text: str,
        pin: Pinpoint,
        named: list[tuple[int, int, str]],
        jurisdictions: tuple[str, ...],
        last: tuple[str, ...],
        chained: Pinpoint,
    ) -> tuple[Citation | None, tuple[str, ...]]:
        """Join a pinpoint with the law it belongs to: named beside it, or the only one with that number."""
        start, end = pin.start, pin.end
        laws: tuple[str, ...] = ()
        after = [n for n in named if n[0] >= pin.end and _JOIN_AFTER.fullmatch(text[pin.end : n[0]])]
        before = [n for n in named if n[1] <= pin.start and _JOIN_BEFORE.fullmatch(text[n[1] : pin.start])]
        inside = [n for n in named if n[0] >= pin.start and n[1] <= pin.end]
        if before and not (after and pin.kind == "paragraph" and after[0][0] - pin.end <= 1):
            start, laws = before[-1][0], self._candidates(before[-1][2])
        elif after:
            end, laws = after[0][1], self._candidates(after[0][2])
        elif inside:
            laws = self._candidates(inside[0][2])
        beside = bool(laws)
        if not laws and chained is not pin:
            behind = [n for n in named if n[0] >= chained.end and _JOIN_AFTER.fullmatch(text[chained.end : n[0]])]
            laws = self._candidates(behind[0][2]) if behind else ()
        if not laws:
            laws = last or tuple(dict.fromkeys(law for _, _, name in named for law in self._candidates(name)))
        if not laws and pin.kind in ("bare", "paragraph", "section", "schedule", "article"):
            laws = tuple(sorted(self._by_number.get(_number_id(pin), ())))
            if pin.kind != "bare" and not (_DISTINCTIVE.search(pin.number) and len(laws) == 1):
                laws = tuple(law for law in laws if law.split("/")[0] in jurisdictions)
        laws = self._fitting(laws, pin, jurisdictions)
        if not laws:
            return None, last
        provision_id, exact = self._nearest(laws[0], pin)
        quoted = text[start:end].rstrip()
        note = "" if exact else self._why(laws[0], pin, provision_id)
        citation = Citation(quoted, start, start + len(quoted), laws[0], provision_id, exact, note)
        return citation, (laws if beside else last)

    def _fitting(self, laws: tuple[str, ...], pin: Pinpoint, jurisdictions: tuple[str, ...]) -> tuple[str, ...]:
        """Candidate laws, best first: those with the number, of the jurisdictions asked for, in force today before repealed."""

        def rank(law: str) -> tuple[bool, bool, bool]:
            repealed = self._instruments[law].span.last is not None
            outside = bool(jurisdictions) and law.split("/")[0] not in jurisdictions
            return (outside, f"{law}/{_number_id(pin)}" not in self.known, repealed)

        return tuple(sorted(laws, key=rank))

    def _nearest(self, law: str, pin: Pinpoint) -> tuple[str | None, bool]:
        """The provision itself, else the nearest one that holds it; `None` if the law has no such number here."""
        wanted = [law, *([f"sch-{pin.number}"] if pin.schedule else [_number_id(pin)]), *pin.parts]
        for depth in range(len(wanted), 1, -1):
            candidate = "/".join(wanted[:depth])
            if candidate in self.known:
                return candidate, depth == len(wanted)
        return None, False

    def _why(self, law: str, pin: Pinpoint, found: str | None) -> str:
        instrument = self._instruments[law]
        if found is not None:
            return f"{self.display(found)} holds it; this part has no entry of its own"
        if instrument.covers and instrument.covers != "not restated yet":
            return f"{instrument.short} is in the corpus ({instrument.covers}), but not this provision"
        return f"{instrument.short} is known, but not restated in the corpus"

    def pinpoints(self, text: str) -> list[Pinpoint]:
        """All pinpoints, in order and without overlap; the more specific form wins."""
        found: list[Pinpoint] = []
        readers = [
            self._chinese,
            self._schedules,
            self._illinois,
            self._reversed,
            self._american,
            self._after_code,
            self._german,
            self._sections,
        ]
        for reader in readers:
            for pin in reader(text):
                if not any(pin.start < other.end and other.start < pin.end for other in found):
                    found.append(pin)
        return sorted(found, key=lambda pin: pin.start)

    def _chinese(self, text: str) -> Iterable[Pinpoint]:
        for m in re.finditer(_CN, text):
            number, of, paragraph, item = m.groups()
            whole = str(han_number(number)) + (f"-{han_number(of)}" if of else "")
            parts = tuple(str(han_number(part)) for part in (paragraph, item) if part)
            yield Pinpoint(m.start(), m.end(), whole, parts, kind="article")

    def _schedules(self, text: str) -> Iterable[Pinpoint]:
        para = rf"(?:paragraphs?|paras?\.?)\s*({_NUMBER})({_PARTS})"
        sched = r"(?:Schedule|Sched\.?|Sch\.?)\s*(\d+[A-Z]?)"
        for m in re.finditer(rf"{para}[,\s]*(?:of|to)\s+(?:Part\s+\w+\s+of\s+)?{sched}", text, re.IGNORECASE):
            parts = (m.group(1).lower(), *_parts(m.group(2) or ""))
            yield Pinpoint(m.start(), m.end(), m.group(3).lower(), parts, schedule=True, kind="schedule")
        for m in re.finditer(rf"{sched}(?:[,\s]*(?:Part\s+\w+[,\s]*)?{para})?", text, re.IGNORECASE):
            parts = (m.group(2).lower(), *_parts(m.group(3) or "")) if m.group(2) else ()
            yield Pinpoint(m.start(), m.end(), m.group(1).lower(), parts, schedule=True, kind="schedule")

    def _illinois(self, text: str) -> Iterable[Pinpoint]:
        """Chapter, act and section of the Illinois Compiled Statutes: "20 ILCS 2630/5.2(c)" has the number 20-2630-5.2."""
        for m in re.finditer(_ILCS, text, re.IGNORECASE):
            number = f"{m['chapter']}-{m['act']}-{m['section']}".lower()
            yield Pinpoint(m.start(), m.end(), number, _parts(m["parts"]), kind="bare")

    def _american(self, text: str) -> Iterable[Pinpoint]:
        sign = r"(?:(?:§§?|sections?|secs?\.?|s\.)\s*)?"
        # A French code number has a letter ("L. 631-2"). In "4(3.1)" the bracket is a part, not a number.
        number_form = rf"(?:(?P<letter>[LRD])\.?\s?)?(?P<number>{_US_NUMBER}){_SUBDIVISION}(?P<parts>{_PARTS})"
        for m in re.finditer(rf"(?<![\w.€$£])(?<![\d)]\(){sign}{number_form}", text, re.IGNORECASE):
            number = m["number"].replace(":", "-").replace("–", "-").lower()
            letter = (m["letter"] or "").lower()
            if letter and letter + number in self._by_number:
                number = letter + number
            # "§§ 34-36" is a range unless some law has such a number.
            if number in self._by_number or (m.group(0)[0] in "§Ss" and not re.fullmatch(r"\d+-\d+", number)):
                parts = ((m["subd"].lower(),) if m["subd"] else ()) + _parts(m["parts"])
                yield Pinpoint(m.start(), m.end(), number, parts, kind="bare")

    def _after_code(self, text: str) -> Iterable[Pinpoint]:
        """A plain number right after the name of an American code that has it: "18 U.S.C. 3607(c)"."""
        for _, end, name in self._named_in(text):
            m = re.compile(rf"\.?\s*({_NUMBER})({_PARTS})").match(text, end)
            laws = [law for law in self._candidates(name) if self._instruments[law].style.startswith("us")]
            if m and any(f"{law}/{m.group(1).lower()}" in self.known for law in laws):
                yield Pinpoint(m.start(1), m.end(), m.group(1).lower(), _parts(m.group(2)), kind="bare")

    def _reversed(self, text: str) -> Iterable[Pinpoint]:
        """ "Paragraph (a) of subsection (2) of section 5": the parts first."""
        pattern = (
            rf"(?:(?:sub)?paragraph\s*\((?P<low>\w{{1,4}})\)\s+of\s+)?(?:subsection|subdivision)\s*\(?(?P<sub>\d+[A-Za-z]?|[a-z])\)?"
            rf"\s+of\s+(?:section|§)\s*(?P<number>{_US_NUMBER}|{_NUMBER})"
        )
        for m in re.finditer(pattern, text, re.IGNORECASE):
            parts = tuple(part.lower() for part in (m["sub"], m["low"]) if part)
            yield Pinpoint(m.start(), m.end(), m["number"].replace(":", "-").lower(), parts)

    def _german(self, text: str) -> Iterable[Pinpoint]:
        for m in re.finditer(rf"(?:§§?|Paragra(?:ph|f)(?:en)?)\s*({_DE_NUMBER}){self._spelled}", text):
            if re.match(r"\s?\([0-9A-Za-z.-]{1,4}\)", text[m.end() :]):
                continue  # parts in brackets are of the English and American form
            yield self._spelled_pin(m, m.start(), "paragraph")
            position = m.end()
            chain = re.compile(rf"\s*(?:,|;|und|and|bis|to|–|-)\s*(?:§\s*)?({_DE_NUMBER}){self._spelled}")
            while text[m.start() : m.start() + 2] == "§§" and (link := chain.match(text, position)):
                yield self._spelled_pin(link, link.start(1), "paragraph")
                position = link.end()

    def _sections(self, text: str) -> Iterable[Pinpoint]:
        words = rf"(?<![\w.'’])(?P<word>{self._section_words})\.?\s*"
        bracketed = re.compile(
            rf"{words}(?P<number>{_NUMBER}(?:-\d+)?)(?P<parts>{_PARTS})(?:\s*(?:no\.?|number|item)\s*(?P<item>\d+))?"
            r"(?:,?\s*(?:subsection|subdivision|subd\.?|subsec\.?|para(?:graph)?)\s*(?P<more>(?:\(?\w{1,4}\)?)(?:\(\w{1,4}\))*)(?!\w))?",
            re.IGNORECASE,
        )
        spelled = re.compile(rf"{words}(\d+[a-z]?(?:-\d+)?(?![a-z\d])){self._spelled}", re.IGNORECASE)
        for m in bracketed.finditer(text):
            longer = spelled.match(text, m.start())
            if longer and longer.end() > m.end() and (longer["abs"] or longer["abs4"] or longer["nr"] or longer["lit"]):
                yield self._spelled_pin(longer, longer.start(), "section", 2)
                continue
            if "-" in m["number"] and not self._is_one_number(m["word"], m["number"]):
                short = bracketed.match(text, m.start(), m.start("number") + m["number"].index("-"))
                m = short or m
            item = (m["item"],) if m["item"] else ()
            yield Pinpoint(m.start(), m.end(), m["number"].lower(), _parts(m["parts"]) + item + _listed(m["more"]))
            chain = re.compile(rf"\s*(?:,|and|und|to|–|-)\s*({_NUMBER})({_PARTS})")
            position = m.end()
            while m["word"].lower() in _PLURALS and (link := chain.match(text, position)):
                yield Pinpoint(link.start(1), link.end(), link.group(1).lower(), _parts(link.group(2)))
                position = link.end()

    def _is_one_number(self, word: str, number: str) -> bool:
        """Whether "133-13" is the number of one article, as in French codes, and not a range."""
        return number.lower() in self._by_number or word.lower() in ("article", "art")

    def _spelled_pin(self, m: re.Match[str], start: int, kind: str, number: int = 1) -> Pinpoint:
        roman = str(_ROMAN.get(m["abs3"].lower(), "")) if m["abs3"] else None
        subsection = m["abs"] or m["abs2"] or roman or (self._ordinals[m["abs4"].lower()] if m["abs4"] else None)
        parts = tuple(part.lower() for part in (subsection, m["nr"], m["lit"], m["nr2"], m["dlit"]) if part)
        return Pinpoint(start, m.end(), m.group(number).lower(), parts, kind=kind)

    def _name_table(self, instruments: Iterable[Instrument]) -> dict[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for instrument in instruments:
            for name in (*instrument.names, instrument.short, *_title_words(instrument)):
                if instrument.id not in table.setdefault(_folded(name), []):
                    table[_folded(name)].append(instrument.id)
        return {name: tuple(ids) for name, ids in table.items()}

    def _candidates(self, name: str) -> tuple[str, ...]:
        folded = _folded(name)
        return self._names.get(folded) or self._names.get(folded.removesuffix("es").removesuffix("s")) or ()

    # -- writing ---------------------------------------------------------------------------------------------------

    def display(self, provision_id: str, language: str = "en") -> str:
        """The citation of a provision as its own legal culture writes it ("§ 34 Abs. 1 Nr. 1 BZRG"); a note by its title."""
        for provision in self._corpus.versions(provision_id):
            if provision.cite:
                return provision.cite
        jurisdiction, law, number, *parts = provision_id.split("/")
        if f"{jurisdiction}/{law}" not in self._instruments:
            # a note or a position, on which a rule may rest too
            return next((note.title for note in self._corpus.notes if note.id == provision_id), provision_id)
        instrument = self._instruments[f"{jurisdiction}/{law}"]
        style = self._corpus.styles[instrument.style]
        assert isinstance(style, Mapping)
        parts = with_inserted(style, parts)
        if number.startswith("sch-"):
            paragraph = f" para {parts[0]}{_bracketed(parts[1:])}" if parts else ""
            return f"{instrument.short} Sch {number[4:].upper()}{paragraph}"
        if language == "zh" and "display_zh" in style:
            names = style["part_names_zh"]
            written = "".join(name.format(part) for name, part in zip(names, parts, strict=False))
            main, _, inserted = number.partition("-")
            text: str = style["display_zh"].format(title_zh=instrument.title.zh, number=main, parts=written)
            extra = f"第{main}条之{_HAN_ONES[int(inserted)]}" if inserted.isdigit() else ""
            return text.replace(f"第{main}条", extra, 1) if extra else text
        if "part_names" in style:
            written = "".join(name.format(part) for name, part in zip(style["part_names"], parts, strict=False))
        else:
            written = _bracketed(_american_case(parts) if instrument.style.startswith("us") else parts)
        shown = number.upper() if style.get("number_case") == "upper" else number
        if "number_pattern" in style:
            shown = re.sub(style["number_pattern"], style["number_form"], shown)
        return str(style["display"]).format(short=instrument.short, number=shown, parts=written)

    def url(self, provision: Provision) -> str:
        """The official page of a provision: its own, its instrument's pattern filled in, or the instrument's page."""
        if provision.url:
            return provision.url
        instrument = self._instruments[provision.instrument]
        numbers = provision.id.split("/")[2:]
        if instrument.url_pattern is None or (numbers[0].startswith("sch-") and "section" in instrument.url_pattern):
            return instrument.url
        filled = re.sub(r"\{(\d)\}", lambda m: _nth(numbers, int(m.group(1))), instrument.url_pattern)
        return filled.rstrip("/")


def with_inserted(style: Mapping[str, object], parts: list[str]) -> list[str]:
    """The parts as the style writes those that were inserted later: "5(2B)" in British law, where ids are lower case."""
    if style.get("inserted_case") != "upper":
        return parts
    return [part.upper() if part[0].isdigit() else part for part in parts]


_CHAIN = re.compile(r"\s*(?:,|;|und|and|bis|to|–|-|&|、|或|及|和)\s*(?:§{1,2}|ss?\.?|Art\.?)?\s*")


def _end_of_chain(text: str, pins: list[Pinpoint], at: int) -> Pinpoint:
    """The last of the pinpoints that follow each other directly: the law behind it is that of all ("§§ 97, 100 JGG")."""
    while at + 1 < len(pins) and _CHAIN.fullmatch(text[pins[at].end : pins[at + 1].start]):
        at += 1
    return pins[at]


def _nth(numbers: list[str], position: int) -> str:
    return numbers[position - 1] if position <= len(numbers) else ""


def _ancestors(provision_id: str) -> Iterable[str]:
    pieces = provision_id.split("/")
    return ("/".join(pieces[:depth]) for depth in range(3, len(pieces) + 1))


def _number_id(pin: Pinpoint) -> str:
    return f"sch-{pin.number}" if pin.schedule else pin.number


def _listed(written: str | None) -> tuple[str, ...]:
    """The parts of "(b)(1)" or "2" after a word such as subsection."""
    return tuple(part.lower() for part in re.findall(r"\w+", written or ""))


def _bracketed(parts: Iterable[str]) -> str:
    return "".join(f"({part})" for part in parts)


def _american_case(parts: Iterable[str]) -> list[str]:
    """Restore capitals: in (a)(1)(A)(i) the third level is a capital, in (1)(a)(i)(A) the fourth."""
    levels = list(parts)
    capital = 2 if levels and levels[0][0].isalpha() else 3
    return [part.upper() if depth == capital and part[0].isalpha() else part for depth, part in enumerate(levels)]


def _title_words(instrument: Instrument) -> tuple[str, str, str]:
    return (instrument.title.en, instrument.title.de, instrument.title.zh)


def _folded(name: str) -> str:
    return " ".join(name.lower().replace(".", "").replace("《", "").replace("》", "").replace("§", "").split())


def _alternation(names: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """One pattern for all names, the longest first; dots are optional, German genitives allowed, case kept for initials."""
    pieces = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        spaced = r"\.?\s*".join(_dotted(word) for word in name.split(" "))
        if re.search(r"[一-鿿]", name):
            pieces.append(spaced)
        elif len(name) <= 6 and " " not in name:
            initials = r"\.?\s?".join(re.escape(char) for char in name) if name.isalpha() else re.escape(name)
            pieces.append(rf"(?<![\w/]){initials}\.?(?![\w/])")
        else:
            pieces.append(rf"(?<![\w/]){spaced}(?:e?s)?(?![\w/])")
    return re.compile("|".join(pieces) or r"(?!)", re.IGNORECASE)


def _dotted(word: str) -> str:
    """A word of a name; one of four letters at most may be an abbreviation with dots in it ("N.Y.", "Pa.C.S.")."""
    short = len(word) <= 4 and word.isalpha() and word.isascii()
    return r"\.?".join(word) if short else re.escape(word)


def _section_words(styles: Mapping[str, object]) -> str:
    words = {word for style in styles.values() if isinstance(style, Mapping) for word in style["words"]["section"]}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
