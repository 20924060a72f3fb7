"""The words of the interview, in three languages. What a field asks stands with the field, in the corpus."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str, str]] = {
    "place": (
        "Where was the case dealt with?",
        "Wo wurde der Fall behandelt?",
        "案件在哪里处理？",
    ),
    "place_help": (
        "The law of the place where you were convicted or charged decides, not the place where you live now.",
        "Es gilt das Recht des Ortes, an dem Sie verurteilt oder angeklagt wurden, nicht Ihres Wohnorts.",
        "以定罪或被控地的法律为准，而不是现居住地。",
    ),
    "sentences": (
        "Which sentences or orders did you get for it? Choose all.",
        "Welche Strafen oder Maßnahmen wurden verhängt? Wählen Sie alle.",
        "判处了哪些刑罚或措施？请全部选择。",
    ),
    "sentences_help": (
        "The judgment or the letter of the court names them. If there was none at all, continue without a choice.",
        "Sie stehen im Urteil oder im Schreiben des Gerichts. Gab es keine, fahren Sie ohne Auswahl fort.",
        "见判决书或法院通知。如果没有任何刑罚，可不选直接继续。",
    ),
    "date_hint": (
        "A day (15 June 2016), or as much as you know (June 2016, or 2016). If it never happened, write none.",
        "Ein Tag (15.6.2016) oder so viel Sie wissen (Juni 2016 oder 2016). Gab es das nicht, schreiben Sie: keine.",
        "可填具体日期（2016年6月15日），也可只填所知部分（2016年6月，或2016年）。如从未发生，请填“无”。",
    ),
    "duration_hint": (
        "For example: 6 months, 1 year 6 months, 90 days.",
        "Zum Beispiel: 6 Monate, 1 Jahr 6 Monate, 90 Tage.",
        "例如：6个月、1年6个月、90天。",
    ),
    "yes": ("Yes", "Ja", "是"),
    "no": ("No", "Nein", "否"),
    "empty": (
        "Please give an answer, or choose “I don’t know”.",
        "Bitte antworten Sie oder wählen Sie „Weiß ich nicht“.",
        "请作答，或选择“不知道”。",
    ),
    "bad_date": (
        "“{given}” cannot be read as a date. Please write 2016-06-15, 15 June 2016, June 2016 or 2016.",
        "„{given}“ ist nicht als Datum lesbar. Bitte schreiben Sie 15.6.2016, 2016-06-15, Juni 2016 oder 2016.",
        "“{given}”无法读作日期。请填写2016-06-15、2016年6月15日、2016年6月或2016年。",
    ),
    "contradiction": (
        "These answers do not fit together: {fields}. Please correct one of them.",
        "Diese Angaben passen nicht zusammen: {fields}. Bitte berichtigen Sie eine davon.",
        "以下回答相互矛盾：{fields}。请更正其中一项。",
    ),
    "bad_number": (
        "Please write a number, such as 90.",
        "Bitte schreiben Sie eine Zahl, etwa 90.",
        "请填写数字，例如90。",
    ),
    "bad_duration": (
        "Please write a length of time, such as 6 months or 1 year 6 months.",
        "Bitte schreiben Sie eine Dauer, etwa 6 Monate oder 1 Jahr 6 Monate.",
        "请填写时间长度，例如6个月或1年6个月。",
    ),
}
_ORDER = ("en", "de", "zh")


def ask_word(key: str, language: str, **values: str) -> str:
    """The word or sentence `key` in a language, with `values` put in."""
    return _WORDS[key][_ORDER.index(language)].format(**values)
