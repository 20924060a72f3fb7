"""Whether a question is about someone's own record, and whether it tells the facts on which the answer depends."""

from __future__ import annotations

import re

from indexer.query import Intent, Query

_CASE_DIMENSIONS = ("waiting_period", "period_start", "covered_records", "trigger")
_SENTENCE = re.compile(
    r"""\b(?:fined?|prison|jail|imprison\w*|custod\w*|suspended|community|probation|caution\w*|discharge\w*|felon\w*|misdemean\w*|arrest\w*|acquit\w*|
    dismiss\w*|infraction\w*|violation\w*|bound\s+over|points|ban(?:ned)?|detention|detained|drug|theft|shoplift\w*|assault|possession|dui|drunk|
    geldstrafe\w*|tagess\w*|freiheitsstrafe\w*|bewährung\w*|haft|gefängnis|jugendstrafe\w*|strafbefehl|verwarnung|diebstahl|betrug|ordnungsw\w*)\b
    |罚款|拘留|判|缓刑|罚金|有期徒刑|警告|吸毒|盗窃|打架|酒驾|重罪|轻罪|逮捕|不起诉|赌博|嫖""",
    re.IGNORECASE | re.VERBOSE,
)
_OWN_RECORD = re.compile(
    r"\b(?:my|mine)\b.{0,40}\b(?:record|conviction|sentence|fine|caution|case|charge|felony|misdemean\w+|arrest|entry|offen[cs]e)|\b(?:I\s+(?:was|got|have|had|am)|I'm|I've)\b"
    r"|\bmein\w*\b.{0,40}\b(?:eintrag|vorstrafe|verurteilung|strafe|geldstrafe|führungszeugnis|akte|register\w*)|\bich\s+(?:wurde|habe|bin|hatte)\b|我.{0,12}(?:记录|案底|前科|判|罚|拘留|处罚)",
    re.IGNORECASE,
)


def lacks_facts(query: Query) -> bool:
    """Whether someone asks when or whether their own record is cleared without saying which sentence it is."""
    about_case = not query.dimensions or bool(set(query.dimensions[:2]) & set(_CASE_DIMENSIONS))
    own = query.personal and _OWN_RECORD.search(query.question) is not None
    return (
        own
        and about_case
        and query.intent is Intent.LOOKUP
        and not _SENTENCE.search(query.question)
        and not query.durations
    )


def tells_facts(query: Query) -> bool:
    """Whether someone tells facts of their own case and asks what follows."""
    own = query.personal and _OWN_RECORD.search(query.question) is not None
    return own and bool(query.durations or query.years) and _SENTENCE.search(query.question) is not None
