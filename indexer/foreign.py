"""French and Dutch numbers, lengths of time and months in the form in which English text names them, to compare figures by."""

from __future__ import annotations

import re
from functools import lru_cache, partial

_FRENCH = (
    "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
)
_DUTCH = (
    "een|één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig"
)
_TENS = {
    "fr": {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    "nl": {"dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80},
}
_UNITS = {
    "fr": {"years": r"an(?:s|nées?)?", "months": "mois", "weeks": "semaines?", "days": r"jours?(?!-amende)"},
    "nl": {"years": "jaren|jaar", "months": "maanden|maand", "weeks": "weken|week", "days": "dagen|dag"},
}
_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
}
LANGUAGES = tuple(_UNITS)


@lru_cache(maxsize=4)
def _words(language: str) -> dict[str, int]:
    row = (_FRENCH if language == "fr" else _DUTCH).split()
    small = {word: value for value, words in enumerate(row, start=1) for word in words.split("|")}
    return {**small, **_TENS[language]}


def _figured(words: dict[str, int], unit: str, match: re.Match[str]) -> str:
    return f"{words.get(match[1].lower(), match[1])} {unit}"


def in_english_figures(text: str, language: str) -> str:
    """The text with its numbers in figures and its units and months in English; unchanged in any other language."""
    if language not in LANGUAGES:
        return text
    words = _words(language)
    names = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for unit, written in _UNITS[language].items():
        pattern = re.compile(rf"\b(\d+|{names})\s+(?:{written})\b", re.IGNORECASE)
        text = pattern.sub(partial(_figured, words, unit), text)
    for name, english in zip(_MONTHS[language], _ENGLISH, strict=True):
        text = re.sub(rf"\b(\d{{1,2}})(?:er)? {name} (\d{{4}})\b", rf"\1 {english} \2", text, flags=re.IGNORECASE)
    return text
