"""Rows of American dockets: charges in a table, and below it what became of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DATE = r"\d{1,2}/\d{1,2}/\d{4}"
_GRADES = {"F": "felony", "M": "misdemeanor", "S": "summary offense"}
_CHARGE = re.compile(
    rf"\s*(?P<number>\d{{1,2}})\s+(?:\d{{1,2}}\s+)?(?P<grade>[FMS]\d?|IC)\s+(?P<code>\d+\s*§\s*[\d.]+(?:\s*§§?\s*[\w.*()]+)*)\s+(?P<name>\D.*?)\s+(?P<day>{_DATE})"
)
_ENDED = re.compile(
    r"\s*(?P<number>\d{1,2})\s*/\s*(?P<name>\S.*?)\s{2,}(?P<outcome>(?:guilty|not guilty|nolle|dismissed|withdrawn|nolo|held|acquitted|judgment)[^\d]*?)(?:\s{2,}|$)",
    re.IGNORECASE,
)
_JUDGED = re.compile(rf"\s*[A-Z][\w.'-]+,\s+[A-Z][\w. ]*?\s+(?P<day>{_DATE})\s*$")
CONTINUES = re.compile(r"\s*(?:max|min)(?:imum)? of\b", re.IGNORECASE)
"""A line that goes on with the sentence in the line before."""
FIGURE = re.compile(r"(?<![\d$.,])(\d+)\.00(?=\s+(?:days?|months?|years?))", re.IGNORECASE)
"""A length of time in figures with two decimals."""


@dataclass(frozen=True)
class Row:
    """The number of the charge that a row is about (empty: of the charge before), and the fields that it fills."""

    number: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)


def read_row(line: str) -> Row | None:
    """The row of a table of charges or of dispositions that a line is; `None` for other lines."""
    if charge := _CHARGE.match(line):
        grade = charge["grade"]
        named = f"{_GRADES.get(grade[0], '')} {grade}".strip()
        return Row(
            charge["number"],
            [("offence_code", " ".join(charge["code"].split())), ("offence", charge["name"].strip()), ("offence_date", charge["day"]), ("grade", named)],
        )  # fmt: skip
    if ended := _ENDED.match(line):
        return Row(ended["number"], [("outcome", ended["outcome"].strip(" -"))])
    if judged := _JUDGED.match(line):
        return Row("", [("date", judged["day"])])
    return None
