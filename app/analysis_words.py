"""The sentences in which a verdict gives its reason, in three languages. They carry no law; what fills them is cited."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str, str]] = {
    "silent": (
        "Nothing in the corpus decides this.",
        "Nichts im Bestand entscheidet dies.",
        "本库中没有可以判定该说法的内容。",
    ),
    "no_law": (
        "The law of {place} is not in the corpus.",
        "Das Recht von {place} ist nicht im Bestand.",
        "本库未收录{place}的法律。",
    ),
    "not_enacted": (
        "{place} has not enacted such a law.",
        "{place} hat kein solches Gesetz erlassen.",
        "{place}尚未制定此类法律。",
    ),
    "not_everywhere": (
        "It does not hold everywhere: the law differs in {places}.",
        "Es gilt nicht überall: Das Recht weicht ab in {places}.",
        "并非各处皆然：{places}的法律不同。",
    ),
    "agrees": (
        "The law says the same ({case}).",
        "Das Recht sagt dasselbe ({case}).",
        "法律规定相同（{case}）。",
    ),
    "one_of_several": (
        "Right for one case only ({case}); for others the law has other periods.",
        "Richtig nur für einen Fall ({case}); für andere gelten andere Fristen.",
        "仅对一种情形正确（{case}）；其他情形的期间不同。",
    ),
    "differs": (
        "The document says {said}; the law says {law} ({case}).",
        "Das Dokument sagt {said}; das Gesetz sagt {law} ({case}).",
        "文中称{said}；法律规定为{law}（{case}）。",
    ),
    "was_law": (
        "{said} was the law until {date}; now it is {now}.",
        "{said} galt bis {date}; jetzt gilt {now}.",
        "{said}是{date}以前的规定；现为{now}。",
    ),
    "not_in_parts": (
        "The law of {places} differs.",
        "Anders das Recht von: {places}.",
        "{places}的法律不同。",
    ),
    "was_right": (
        "This was the law on {date}; now it is: {now}",
        "Dies galt am {date}; jetzt gilt: {now}",
        "{date}时的法律如此;现为:{now}",
    ),
    "not_yet": ("This is the law only from {date}.", "Dies gilt erst ab {date}.", "该规定自{date}起才施行。"),
    "other_start": (
        "The law counts from another event ({case}).",
        "Das Gesetz rechnet ab einem anderen Ereignis ({case}).",
        "法律规定的起算点不同（{case}）。",
    ),
    "is_otherwise": (
        "The law says otherwise ({case}): {law}",
        "Das Recht sagt anderes ({case}): {law}",
        "法律规定不同（{case}）：{law}",
    ),
    "partly": (
        "Right only in part ({case}): {law}",
        "Nur zum Teil richtig ({case}): {law}",
        "仅部分正确（{case}）：{law}",
    ),
    "still_offence": (
        "A provision in force then and there makes this an offence.",
        "Eine dort damals geltende Vorschrift stellt dies unter Strafe.",
        "当时当地有效的条文仍将其规定为违法行为。",
    ),
    "narrower": (
        "The law cited extends only to {place}.",
        "Das Gesetz gilt nur in {place}.",
        "该法仅适用于{place}。",
    ),
    "changed_since": (
        "A later law changed this from {date}.",
        "Ein späteres Gesetz hat dies ab {date} geändert.",
        "后来的法律自{date}起作了变更。",
    ),
    "other_date": (
        "{case} dates from {date}.",
        "{case} gilt seit {date}.",
        "{case}的日期为{date}。",
    ),
    "exceptions": (
        "Too absolute: the law knows exceptions.",
        "Zu allgemein: Das Gesetz kennt Ausnahmen.",
        "说法过于绝对：法律规定了例外。",
    ),
    "enacted": (
        "No longer a proposal: the law has been in force since {date}.",
        "Kein Entwurf mehr: Das Gesetz gilt seit {date}.",
        "已不是提案：该法自{date}起施行。",
    ),
    "already_law": (
        "What is asked for is law already ({case}).",
        "Was gefordert wird, ist schon Recht ({case}).",
        "所建议的内容已是现行法律（{case}）。",
    ),
    "partly_law": (
        "What is asked for is law in part ({case}).",
        "Was gefordert wird, ist zum Teil schon Recht ({case}).",
        "所建议的内容部分已是现行法律（{case}）。",
    ),
    "fact": (
        "A statement of fact: statutes do not decide it.",
        "Eine Tatsachenbehauptung: Gesetze entscheiden sie nicht.",
        "属于事实陈述，法律条文无法判定。",
    ),
    "policy": (
        "An opinion, forecast or proposal: statutes do not decide it.",
        "Eine Meinung, Prognose oder Forderung: Gesetze entscheiden sie nicht.",
        "属于意见、预测或者建议，法律条文无法判定。",
    ),
}


def say(name: str, language: str, **filled: str) -> str:
    """The sentence `name` in `language`, filled in."""
    text = SENTENCES[name][("en", "de", "zh").index(language) if language in ("en", "de", "zh") else 0]
    for key, value in filled.items():
        text = text.replace("{" + key + "}", value)
    return text
