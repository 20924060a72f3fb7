"""The sentences of the frame, in three languages. They carry no law; what they are filled with is cited."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "disclaimer": {
        "en": "General information, not legal advice.",
        "de": "Allgemeine Information, keine Rechtsberatung.",
        "zh": "仅为一般信息，不构成法律意见。",
    },
    "law_as_of": {
        "en": "The law applied is that in force on {date}.",
        "de": "Angewandt ist das am {date} geltende Recht.",
        "zh": "所适用的是{date}有效的法律。",
    },
    "elsewhere": {
        "en": "{place} is not covered by the corpus, so nothing can be said about its law.",
        "de": "{place} ist nicht im Bestand; über das dortige Recht lässt sich hier nichts sagen.",
        "zh": "本库未收录{place}的法律，因此无法就其作出回答。",
    },
    "planned": {
        "en": "{place} is not covered yet: {missing}.",
        "de": "{place} ist noch nicht aufgenommen: {missing}.",
        "zh": "{place}尚未收录：{missing}。",
    },
    "not_enacted": {
        "en": "{place} has not enacted such a law.",
        "de": "{place} hat kein solches Gesetz erlassen.",
        "zh": "{place}尚未制定此类法律。",
    },
    "off_topic": {
        "en": "The corpus holds the law on sealing, spending and erasing criminal and police records. It has no passage that answers this question.",
        "de": "Der Bestand enthält das Recht der Sperrung, des Verbrauchs und der Tilgung von Straf- und Polizeieinträgen. Für diese Frage hat er keine Fundstelle.",
        "zh": "本库收录的是关于犯罪记录和违法记录的封存、失效与消除的法律，没有能回答这个问题的条文。",
    },
    "was_scan": {
        "en": "The file is a scan; its text was recognised by Tesseract and may hold mistakes.",
        "de": "Die Datei ist ein Scan; der Text wurde mit Tesseract erkannt und kann Fehler enthalten.",
        "zh": "该文件为扫描件，文字由 Tesseract 识别，可能有误。",
    },
    "off_topic_document": {
        "en": "The document does not speak of criminal or police records and their clearing; no claims were looked for.",
        "de": "Das Dokument handelt nicht von Straf- oder Polizeieinträgen und ihrer Tilgung; nach Behauptungen wurde nicht gesucht.",
        "zh": "该文件不涉及犯罪或违法记录及其封存、消除，因此未查找其中的说法。",
    },
    "nearest": {
        "en": "The nearest passages are listed; they do not answer it.",
        "de": "Die nächstliegenden Fundstellen sind genannt; sie beantworten die Frage nicht.",
        "zh": "下列条文仅为相近内容，并未回答该问题。",
    },
    "assumed_place": {
        "en": "The question names no place; its words point to the law of {place}.",
        "de": "Die Frage nennt kein Land; ihre Begriffe führen zum Recht von: {place}.",
        "zh": "问题未指明法域；从用语看指向{place}的法律。",
    },
    "which_place": {
        "en": "No jurisdiction was named. The answer depends on it: name a country or state, or choose one in the filter.",
        "de": "Es ist kein Land genannt. Davon hängt die Antwort ab: Nennen Sie ein Land oder einen Bundesstaat.",
        "zh": "问题未指明法域，而答案取决于法域：请写明国家或州，或者在筛选中选择。",
    },
    "missing_facts": {
        "en": "To apply this to a record one needs to know: {facts}.",
        "de": "Um dies auf einen Eintrag anzuwenden, muss man wissen: {facts}.",
        "zh": "要适用于具体记录，还需要知道：{facts}。",
    },
    "facts": {
        "en": "the sentence or penalty and its length; the date of the conviction or decision; the age at that time; when the sentence ended; any other conviction since",
        "de": "Art und Höhe der Strafe; das Datum der Verurteilung oder Entscheidung; das Alter zu dieser Zeit; wann die Strafe erledigt war; weitere Verurteilungen seither",
        "zh": "刑罚或处罚的种类和长短；判决或决定的日期；当时的年龄；执行完毕的日期；此后是否另有定罪",
    },
    "premise": {
        "en": "The question speaks of {asked}. The provisions found name {found}, not {asked}.",
        "de": "Die Frage spricht von {asked}. Die gefundenen Vorschriften nennen {found}, nicht {asked}.",
        "zh": "问题中提到的是{asked}，而所查条文规定的是{found}，并非{asked}。",
    },
    "unknown_citation": {
        "en": "{citation}: {note}.",
        "de": "{citation}: {note}.",
        "zh": "{citation}：{note}。",
    },
    "law_not_here": {
        "en": "{law} is known, but not restated in the corpus; nothing is said about its content.",
        "de": "{law} ist bekannt, aber nicht im Bestand; über den Inhalt wird nichts gesagt.",
        "zh": "已识别{law}，但本库尚未收录其内容，故不作说明。",
    },
    "not_yet": {
        "en": "{law} is in force only from {date}; on the date asked for it was not law.",
        "de": "{law} gilt erst ab {date}; am gefragten Tag galt es noch nicht.",
        "zh": "{law}自{date}起施行，在所问日期尚未生效。",
    },
    "no_longer": {
        "en": "{law} was in force until {date}; on the date asked for it is no longer law.",
        "de": "{law} galt bis {date}; am gefragten Tag gilt es nicht mehr.",
        "zh": "{law}有效期至{date}，在所问日期已不再有效。",
    },
    "changed": {
        "en": "{citation} changed on {date}; the version in force on {as_of} is shown.",
        "de": "{citation} wurde zum {date} geändert; gezeigt ist die am {as_of} geltende Fassung.",
        "zh": "{citation}于{date}变更；此处显示{as_of}有效的文本。",
    },
    "changes": {
        "en": "{citation} changes after this date: a new version applies from {date}.",
        "de": "{citation} ändert sich danach: ab {date} gilt eine neue Fassung.",
        "zh": "{citation}此后有变动：自{date}起适用新文本。",
    },
    "ends": {
        "en": "{citation} is law until {date} only.",
        "de": "{citation} gilt nur bis {date}.",
        "zh": "{citation}仅有效至{date}。",
    },
    "corrected": {
        "en": "Read “{typed}” as “{read}”.",
        "de": "„{typed}“ wurde als „{read}“ gelesen.",
        "zh": "“{typed}”按“{read}”理解。",
    },
    "no_position": {
        "en": "{place}: no cell for {dimension} on this date.",
        "de": "{place}: kein Eintrag zu {dimension} an diesem Tag.",
        "zh": "{place}：该日期没有“{dimension}”一项的内容。",
    },
    "same": {
        "en": "{dimension}: the same in kind everywhere ({value}).",
        "de": "{dimension}: überall der Art nach gleich ({value}).",
        "zh": "{dimension}：各地类型相同({value})。",
    },
    "differs": {
        "en": "{dimension}: {values}.",
        "de": "{dimension}: {values}.",
        "zh": "{dimension}：{values}。",
    },
    "text_only": {
        "en": "The passage is in English; there is no rendering in your language.",
        "de": "Die Fundstelle liegt nur auf Englisch vor.",
        "zh": "该条文只有英文表述。",
    },
    "dates_only": {
        "en": "For {place} the cell is recorded from {date} on.",
        "de": "Für {place} ist der Eintrag ab {date} erfasst.",
        "zh": "{place}的该项内容自{date}起收录。",
    },
    "doubt": {"en": "Doubt: {doubt}", "de": "Zweifel: {doubt}", "zh": "存疑：{doubt}"},
    "understood": {
        "en": "Understood from the question: {facts}. If something is wrong or left out, the result may be another.",
        "de": "Der Frage entnommen: {facts}. Ist etwas falsch oder fehlt etwas, kann das Ergebnis anders sein.",
        "zh": "从问题中读取的事实：{facts}。如有误读或遗漏，结果可能不同。",
    },
    "inferred": {
        "en": "Taken from the name of the offence ({offence}): what it cannot be (for instance no sexual and no traffic offence). Correct this if the case was another.",
        "de": "Aus der Bezeichnung der Tat ({offence}) geschlossen: was sie nicht sein kann (etwa kein Sexual- und kein Verkehrsdelikt). Bitte sonst berichtigen.",
        "zh": "根据行为名称（{offence}）推定其不属于的类别（例如不是性犯罪、不是交通犯罪）。如有不符请更正。",
    },
    "still_needed": {
        "en": "Still needed to say more: {questions}",
        "de": "Um mehr zu sagen, fehlt noch: {questions}",
        "zh": "要进一步回答，还需要知道：{questions}",
    },
    "more_questions": {
        "en": "(and {number} more; the form under Check asks them one by one)",
        "de": "(und {number} weitere; unter „Prüfen“ werden sie einzeln gefragt)",
        "zh": "（另有{number}项，可在“核查”中逐项填写）",
    },
    "facts_contradict": {
        "en": "The facts as understood contradict each other ({fault}), so nothing was computed; state the dates again, or fill in the form under Check.",
        "de": "Die verstandenen Angaben widersprechen sich ({fault}); gerechnet wurde nicht. Bitte die Daten neu angeben oder unter „Prüfen“ eingeben.",
        "zh": "所读取的事实相互矛盾（{fault}），因此未作计算；请重新写明日期，或在“核查”中填写。",
    },
    "which_part": {
        "en": "The law differs within {place}; the result is given for each part. The law of the place whose court or police dealt with the case is the one that counts.",
        "de": "Innerhalb von {place} gilt verschiedenes Recht; das Ergebnis steht für jeden Teil. Es zählt das Recht des Ortes, dessen Gericht oder Polizei zuständig war.",
        "zh": "{place}各地区法律不同，以下分别给出结果；以处理案件的法院或警方所在地的法律为准。",
    },
    "track_automatic": {"en": "by itself", "de": "von selbst", "zh": "自动"},
    "track_petition": {"en": "on application", "de": "auf Antrag", "zh": "经申请"},
    "track_immediate": {"en": "by law", "de": "kraft Gesetzes", "zh": "依法"},
    "told_reached": {
        "en": "yes, since {day} ({track})",
        "de": "ja, seit dem {day} ({track})",
        "zh": "是，自{day}起（{track}）",
    },
    "told_reached_petition": {
        "en": "may be applied for since {day}",
        "de": "kann seit dem {day} beantragt werden",
        "zh": "自{day}起可以申请",
    },
    "told_reached_by": {
        "en": "yes, at the latest since {last} ({track})",
        "de": "ja, spätestens seit dem {last} ({track})",
        "zh": "是，最迟自{last}起（{track}）",
    },
    "told_reached_by_petition": {
        "en": "may be applied for already, at the latest since {last}",
        "de": "kann bereits beantragt werden, spätestens seit dem {last}",
        "zh": "已可以申请，最迟自{last}起",
    },
    "told_future": {
        "en": "not yet, but from {day} ({track})",
        "de": "noch nicht, aber ab dem {day} ({track})",
        "zh": "尚未，自{day}起（{track}）",
    },
    "told_future_between": {
        "en": "not yet; from a day between {first} and {last} ({track})",
        "de": "noch nicht; ab einem Tag zwischen {first} und {last} ({track})",
        "zh": "尚未，起始日在{first}至{last}之间（{track}）",
    },
    "told_future_open": {"en": "not yet ({track})", "de": "noch nicht ({track})", "zh": "尚未（{track}）"},
    "told_never": {
        "en": "no, not under the rule “{title}”: {because}",
        "de": "nein, nicht nach der Regel „{title}“: {because}",
        "zh": "否，依规则“{title}”：{because}",
    },
    "told_if_reached_by": {
        "en": "yes since {last} at the latest ({track}, {title}), unless a fact that is still asked for stands against it",
        "de": "ja, spätestens seit dem {last} ({track}, {title}), wenn keine der noch erfragten Angaben entgegensteht",
        "zh": "最迟自{last}起为是（{track}，{title}），但以尚待核实的事实不构成障碍为限",
    },
    "told_if_from": {
        "en": "at the earliest since {first} ({track}, {title}); whether and when depends on facts still asked for",
        "de": "frühestens seit dem {first} ({track}, {title}); ob und wann, hängt von noch erfragten Angaben ab",
        "zh": "最早自{first}起（{track}，{title}）；是否以及何时取决于尚待核实的事实",
    },
    "told_if_not_before": {
        "en": "not before {first} ({track}, {title})",
        "de": "nicht vor dem {first} ({track}, {title})",
        "zh": "{first}之前不会（{track}，{title}）",
    },
    "told_between": {
        "en": "from a day between {first} and {last} ({track}, {title}); the facts do not yet say on which side of today it lies",
        "de": "ab einem Tag zwischen {first} und {last} ({track}, {title}); ob er schon erreicht ist, sagen die Angaben noch nicht",
        "zh": "起始日在{first}至{last}之间（{track}，{title}），所述事实尚不能确定是否已到",
    },
    "told_open": {
        "en": "depends on facts still asked for ({track}, {title})",
        "de": "hängt von noch erfragten Angaben ab ({track}, {title})",
        "zh": "取决于尚待核实的事实（{track}，{title}）",
    },
    "told_provided": {
        "en": "{said}, provided that {assumed}",
        "de": "{said}, vorausgesetzt, {assumed}",
        "zh": "{said}；前提是：{assumed}",
    },
    "told_only": {
        "en": "only under the rule “{title}”, which does not apply if {assumed}",
        "de": "nur nach der Regel „{title}“; sie gilt nicht, wenn {assumed}",
        "zh": "仅依规则“{title}”；在下列情形下不适用：{assumed}",
    },
    "assumed_age": {
        "en": "the person was 25 or over at the time",
        "de": "die Person war damals mindestens 25 Jahre alt",
        "zh": "当事人当时已满25周岁",
    },
    "assumed_act": {
        "en": "the act was done within {years} years before the judgment",
        "de": "die Tat lag höchstens {years} Jahre vor dem Urteil",
        "zh": "行为发生在判决前{years}年以内",
    },
    "assumed_final": {
        "en": "the judgment became final within a year",
        "de": "das Urteil wurde binnen eines Jahres rechtskräftig",
        "zh": "判决在一年内生效",
    },
    "assumed_yes": {
        "en": "this is so: {labels}",
        "de": "dies trifft zu: {labels}",
        "zh": "以下成立：{labels}",
    },
    "assumed_no": {
        "en": "this is not so: {labels}",
        "de": "dies trifft nicht zu: {labels}",
        "zh": "以下情形不存在：{labels}",
    },
    "assumed_none": {
        "en": "none of this is so: {labels}",
        "de": "nichts davon trifft zu: {labels}",
        "zh": "以下各项均不存在：{labels}",
    },
    "facts_not_applied": {
        "en": "The facts of the question were not computed with: what follows is the rule, not a date for this record.",
        "de": "Mit den Angaben der Frage wurde nicht gerechnet: Es folgt die Regel, kein Datum für diesen Eintrag.",
        "zh": "未对问题中的具体事实进行计算：以下是规则，而不是该记录的具体日期。",
    },
}

UNITS = {
    "years": {"en": ("year", "years"), "de": ("Jahr", "Jahre"), "zh": ("年", "年")},
    "months": {"en": ("month", "months"), "de": ("Monat", "Monate"), "zh": ("个月", "个月")},
    "weeks": {"en": ("week", "weeks"), "de": ("Woche", "Wochen"), "zh": ("周", "周")},
    "days": {"en": ("day", "days"), "de": ("Tag", "Tage"), "zh": ("天", "天")},
}

VALUES = {
    "automatic": ("automatic", "von Amts wegen", "自动"),
    "petition": ("on petition", "auf Antrag", "依申请"),
    "both": ("automatic and on petition", "von Amts wegen und auf Antrag", "自动与依申请并行"),
    "none": ("none", "keine", "无"),
    "sealing": ("sealing", "Sperrung", "封存"),
    "expungement": ("expungement", "Expungement", "消除(expungement)"),
    "spent": ("spent, record kept", "verbraucht (spent), Eintrag bleibt", "失效(spent),记录保留"),
    "erasure": ("erasure", "Tilgung", "消除(Tilgung)"),
    "set_aside": ("set aside", "Aufhebung (set aside)", "撤销(set aside)"),
    "concealment": ("concealment", "Verbergen", "隐藏"),
    "limited_access": ("limited access", "beschränkter Zugang", "限制查阅"),
    "mixed": ("varies by case", "je nach Fall verschieden", "因情形而异"),
    "yes": ("yes", "ja", "是"),
    "no": ("no", "nein", "否"),
    "partly": ("in part", "zum Teil", "部分"),
    "silent": ("the law is silent", "das Gesetz schweigt", "法律未规定"),
    "unknown": ("not known", "nicht bekannt", "不详"),
    "extends": ("extends the period", "verlängert die Frist", "延长期间"),
    "restarts": ("restarts the period", "lässt die Frist neu beginnen", "重新起算"),
    "blocks": ("blocks the relief", "hindert die Rechtswohltat", "阻却救济"),
    "unseals": ("undoes the relief", "hebt die Rechtswohltat auf", "解除封存"),
}


def phrase(key: str, language: str, **values: object) -> str:
    """The frame sentence `key` in `language`, filled in."""
    return PHRASES[key][language].format(**values)


def amount(value: float, unit: str, language: str) -> str:
    """A number with its unit ("3 years", "3 Jahre", "3年")."""
    singular, plural = UNITS[unit][language]
    joint = "" if language == "zh" else " "
    return f"{value:g}{joint}{singular if value == 1 else plural}"


def shown_value(value: object, unit: str | None, language: str) -> str:
    """A typed value of a position in words."""
    at = ("en", "de", "zh").index(language)
    if isinstance(value, tuple | list):
        numbers = [f"{number:g}" for number in value]
        listed = "、".join(numbers) if language == "zh" else ", ".join(numbers)
        return f"{listed}{'' if language == 'zh' else ' '}{UNITS[unit][language][1]}" if unit else listed
    if isinstance(value, float | int):
        return amount(float(value), unit, language) if unit else f"{value:g}"
    return VALUES[value][at] if value in VALUES else str(value)
