"""The words of the page in three languages, and the questions it offers as examples. No law stands here."""

from __future__ import annotations

from collections.abc import Mapping

from app.ui_words_ask import ASK_WORDS
from app.ui_words_library import LIBRARY_WORDS

LANGUAGE_NAMES = (("English", "en"), ("Deutsch", "de"), ("中文", "zh"))
_ORDER = ("en", "de", "zh")

WORDS: Mapping[str, tuple[str, str, str]] = {
    # frame
    "tagline": (
        "The law that seals, spends and erases criminal and police records, with a citation for every statement.",
        "Das Recht der Sperrung, des Verbrauchs und der Tilgung von Straf- und Polizeieinträgen, jede Aussage belegt.",
        "关于犯罪记录与违法记录封存、失效和消除的法律，每一句都有出处。",
    ),
    "disclaimer": (
        "General information, not legal advice.",
        "Allgemeine Information, keine Rechtsberatung.",
        "仅为一般信息，不构成法律意见。",
    ),
    "privacy": (
        "What you type is neither stored nor passed on.",
        "Was Sie eingeben, wird weder gespeichert noch weitergegeben.",
        "您输入的内容不会被保存，也不会被传送给他人。",
    ),
    "coverage": ("Covered: {places}.", "Erfasst: {places}.", "已收录：{places}。"),
    "page_language": ("Language of the page", "Sprache der Seite", "页面语言"),
    "loading": (
        "The collection is still being opened. Your request follows in a few seconds.",
        "Der Bestand wird noch geöffnet. Ihre Anfrage folgt in wenigen Sekunden.",
        "资料库正在打开，几秒钟后即处理您的请求。",
    ),
    "connection_lost": (
        "The connection was interrupted and nothing was kept. Please try again.",
        "Die Verbindung wurde unterbrochen, nichts wurde gespeichert. Bitte versuchen Sie es noch einmal.",
        "连接中断，内容未保存，请重试。",
    ),
    # ask
    "ask_tab": ("Ask", "Fragen", "提问"),
    "question": ("Your question", "Ihre Frage", "您的问题"),
    "question_hint": (
        "In English, German or Chinese. A citation such as “s 6(4) ROA 1974” also works.",
        "Auf Deutsch, Englisch oder Chinesisch. Auch eine Fundstelle wie „§ 34 Abs. 1 BZRG“ genügt.",
        "可用中文、英文或德文提问，也可直接输入法条，例如“治安管理处罚法第136条”。",
    ),
    "places": ("Jurisdictions", "Rechtsordnungen", "法域"),
    "places_hint": (
        "None chosen: as the question says.",
        "Ohne Auswahl: wie in der Frage genannt.",
        "不选则以问题所述为准。",
    ),
    "as_of": ("Law as of", "Rechtsstand am", "适用法律的日期"),
    "as_of_hint": ("Today, unless you change it.", "Heute, wenn Sie nichts ändern.", "默认为今天。"),
    "ask": ("Ask", "Fragen", "提问"),
    "examples": ("Example questions", "Beispielfragen", "示例问题"),
    "citizen": ("For yourself", "In eigener Sache", "了解自己的情况"),
    "student": ("For study", "Im Studium", "学习研究"),
    "lawyer": ("In practice", "In der Praxis", "实务工作"),
    "no_question": ("Please type a question first.", "Bitte geben Sie zuerst eine Frage ein.", "请先输入问题。"),
    "too_long": (
        "The question has {count} characters; at most {most} can be read. Please shorten it.",
        "Die Frage hat {count} Zeichen; höchstens {most} können gelesen werden. Bitte kürzen Sie sie.",
        "问题共{count}个字符，最多可处理{most}个，请缩短。",
    ),
    "bad_date": (
        "“{given}” is not a date. Please write it as year-month-day, for example {example}.",
        "„{given}“ ist kein Datum. Bitte schreiben Sie Jahr-Monat-Tag, zum Beispiel {example}.",
        "“{given}”不是有效日期，请按“年-月-日”填写，例如{example}。",
    ),
    # answer
    "answer": ("Answer", "Antwort", "回答"),
    "answered": ("Answered", "Beantwortet", "已回答"),
    "partly_answered": ("Answered in part", "Teilweise beantwortet", "部分回答"),
    "not_covered": ("Not covered", "Nicht erfasst", "未收录"),
    "law_on": ("Law as of {date}", "Rechtsstand {date}", "{date}的法律"),
    "notes": ("Notes", "Hinweise", "说明"),
    "sources": ("Sources", "Fundstellen", "出处"),
    "sources_hint": (
        "Choose a number to open the passage; the sentences that carry the answer are marked.",
        "Eine Ziffer öffnet die Fundstelle; die tragenden Sätze sind markiert.",
        "点击数字打开条文，支持回答的句子已标出。",
    ),
    "further": ("Further passages found", "Weitere Fundstellen", "其他相关条文"),
    "source_number": ("Source {number}: {citation}", "Fundstelle {number}: {citation}", "出处{number}：{citation}"),
    "word_for_word": ("Word for word from the passage", "Wörtlich aus der Fundstelle", "条文原句"),
    # passage
    "statute": ("Our restatement", "Unsere Wiedergabe", "本库转述"),
    "official_text": ("Official text", "Amtlicher Text", "官方文本"),
    "position": ("Our comparison", "Unser Vergleich", "本库比较"),
    "commentary": ("Commentary", "Kommentar", "评注"),
    "user_text": ("Your own text", "Eigener Text", "用户文本"),
    "statute_means": (
        "The provision in our own words; the wording that binds is the publisher’s.",
        "Die Vorschrift in unseren Worten; verbindlich ist der amtliche Wortlaut.",
        "以本库自己的语言转述该条文，以官方文本为准。",
    ),
    "official_text_means": (
        "The publisher’s own words.",
        "Der Wortlaut der amtlichen Veröffentlichung.",
        "官方发布的原文。",
    ),
    "position_means": (
        "Our reading of the provisions named below, for the comparison.",
        "Unsere Auswertung der unten genannten Vorschriften für den Vergleich.",
        "本库根据下列条文所作的比较归纳。",
    ),
    "commentary_means": (
        "Background, debate or practice; not law.",
        "Hintergrund, Diskussion oder Praxis; kein Recht.",
        "背景、讨论或实务情况，并非法律。",
    ),
    "user_text_means": (
        "A text added on this machine; nobody has reviewed it.",
        "Ein auf diesem Rechner hinzugefügter, ungeprüfter Text.",
        "在本机添加的文本，未经审核。",
    ),
    "in_force": ("In force", "In Kraft", "效力期间"),
    "since": ("since {first}", "seit {first}", "自{first}起"),
    "until": ("until {last}", "bis {last}", "至{last}止"),
    "from_to": ("{first} to {last}", "{first} bis {last}", "{first}至{last}"),
    "no_dates": ("no dates recorded", "ohne Datumsangabe", "未记录日期"),
    "basis": ("Checked against", "Abgeglichen mit", "核对依据"),
    "official": ("the official text", "dem amtlichen Text", "官方文本"),
    "copy": ("a public copy of the text", "einer öffentlichen Kopie", "公开副本"),
    "secondary": ("secondary sources only", "nur Sekundärquellen", "仅有间接来源"),
    "unverified": ("nothing yet (unverified)", "noch nichts (ungeprüft)", "尚未核对"),
    "checked_on": ("Checked on", "Geprüft am", "核对日期"),
    "reviewed_on": ("Reviewed on", "Durchgesehen am", "审阅日期"),
    "source": ("Read in", "Gelesen in", "所据来源"),
    "rests_on": ("Rests on", "Beruht auf", "依据"),
    "doubt": ("Doubt", "Zweifel", "存疑"),
    "publisher": ("Official source", "Amtliche Quelle", "官方来源"),
    "new_window": ("opens a new window", "öffnet ein neues Fenster", "在新窗口打开"),
    "back": ("Back to where I was", "Zurück zur Stelle", "回到原处"),
    "in_en": ("In English", "Auf Englisch", "英文"),
    "in_de": ("In German", "Auf Deutsch", "德文"),
    "in_zh": ("In Chinese", "Auf Chinesisch", "中文"),
    # compare
    "compare_tab": ("Compare", "Vergleichen", "比较"),
    "compare_places": ("Jurisdictions (2 to 12)", "Rechtsordnungen (2 bis 12)", "法域（2至12个）"),
    "dimensions": ("Points of comparison", "Vergleichspunkte", "比较项目"),
    "dimensions_hint": ("None chosen: all.", "Ohne Auswahl: alle.", "不选则比较全部项目。"),
    "compare": ("Compare", "Vergleichen", "比较"),
    "comparison": ("Comparison", "Vergleich", "比较表"),
    "dimension": ("Point of comparison", "Vergleichspunkt", "比较项目"),
    "jurisdiction": ("Jurisdiction", "Rechtsordnung", "法域"),
    "value": ("In short", "Kurz", "要点"),
    "finding": ("Finding", "Befund", "内容"),
    "authorities": ("Authorities", "Belege", "依据"),
    "authorities_hint": (
        "Choose a number in the table to open the provision that carries the cell.",
        "Eine Ziffer in der Tabelle öffnet die Vorschrift, auf der die Zelle beruht.",
        "点击表中的数字，打开该格所依据的条文。",
    ),
    "differences": ("What differs", "Was sich unterscheidet", "差异"),
    "more": ("In full", "Ausführlich", "详细"),
    "no_cell": ("Nothing recorded for this date.", "Für diesen Tag nichts erfasst.", "该日期没有内容。"),
    "choose_places": (
        "Please choose 2 to 12 jurisdictions; {count} chosen now.",
        "Bitte wählen Sie 2 bis 12 Rechtsordnungen; gewählt sind {count}.",
        "请选择2至12个法域，目前已选{count}个。",
    ),
    # check
    "check_tab": ("Check a record", "Eintrag prüfen", "检查记录"),
    "check_intro": (
        "Answer a few questions about a record. You can always say that you do not know. Nothing is stored; closing the tab forgets everything.",
        "Beantworten Sie einige Fragen zu einem Eintrag. „Weiß ich nicht“ geht immer. Nichts wird gespeichert; mit dem Schließen ist alles vergessen.",
        "回答几个关于记录的问题，随时可选“不知道”。内容不会保存，关闭页面即全部清除。",
    ),
    "entry_number": ("Entry {number}", "Eintrag {number}", "记录{number}"),
    "about_you": ("About the person", "Zur Person", "关于当事人"),
    "continue": ("Continue", "Weiter", "继续"),
    "dont_know": ("I don’t know", "Weiß ich nicht", "不知道"),
    "no_answer": (
        "Please answer, or choose “I don’t know”.",
        "Bitte antworten Sie oder wählen Sie „Weiß ich nicht“.",
        "请作答，或选择“不知道”。",
    ),
    "back_step": ("Back", "Zurück", "上一步"),
    "see_result": ("See the result now", "Ergebnis jetzt zeigen", "现在查看结果"),
    "another_entry": ("Add another entry", "Weiteren Eintrag angeben", "添加另一条记录"),
    "start_again": ("Start again", "Neu beginnen", "重新开始"),
    "your_answer": ("Your answer", "Ihre Antwort", "您的回答"),
    "your_answers": ("Your answers", "Ihre Angaben", "您的回答"),
    "change": ("Change", "Ändern", "更改"),
    "place_short": ("Place", "Ort", "地点"),
    "sentences_short": ("sentences and orders", "Strafen und Maßnahmen", "刑罚与措施"),
    "none_of_them": ("none", "keine", "无"),
    "nothing_more": (
        "That is all that is needed for the entries so far.",
        "Mehr wird zu den bisherigen Einträgen nicht gebraucht.",
        "关于已填记录，无需更多信息。",
    ),
    "nothing_more_help": (
        "Are there more entries on the record? Entries act on each other, so please add all of them. Then see the result.",
        "Gibt es weitere Einträge? Einträge wirken aufeinander; bitte geben Sie alle an. Dann zeigen Sie das Ergebnis.",
        "还有其他记录吗？各条记录会相互影响，请全部填写，然后查看结果。",
    ),
    "check_result": ("Result: {place}", "Ergebnis: {place}", "结果：{place}"),
    "why": ("Why", "Warum", "理由"),
    "missing_title": ("What is still missing", "Was noch fehlt", "尚缺的信息"),
    "next_title": ("Next steps", "Nächste Schritte", "下一步"),
    "print": ("Print", "Drucken", "打印"),
    "stretch_period": ("period", "Frist", "期间"),
    "stretch_longer": ("lengthened", "verlängert", "延长"),
    "timeline": ("Timeline", "Zeitachse", "时间线"),
    "narrow": ("Find in the list", "In der Liste suchen", "在列表中查找"),
    "at_a_glance": ("At a glance", "Auf einen Blick", "概览"),
    "track_automatic": ("by law, without application", "kraft Gesetzes, ohne Antrag", "依法自动，无须申请"),
    "track_petition": ("on application", "auf Antrag", "经申请"),
    "track_immediate": ("at once", "sofort", "立即"),
    # analyse
    "analyse_tab": ("Analyse a document", "Dokument prüfen", "分析文件"),
    "analyse_intro": (
        "Drop an article, a bill, a memo, a certificate or a docket. It is read on this machine, compared with the law, and forgotten.",
        "Legen Sie einen Artikel, Entwurf, Vermerk, ein Führungszeugnis oder einen Auszug ab. Er wird auf diesem Rechner gelesen, mit dem Recht verglichen und vergessen.",
        "放入文章、草案、备忘录、证明或案卷。文件只在本机读取、与法律比对，随后即被删除。",
    ),
    "file": (
        "Document (PDF, Word, HTML, Markdown, text)",
        "Dokument (PDF, Word, HTML, Markdown, Text)",
        "文件（PDF、Word、HTML、Markdown、文本）",
    ),
    "or_paste": ("or paste its text", "oder den Text einfügen", "或粘贴文本"),
    "analyse": ("Analyse", "Prüfen", "分析"),
    "loading_document": (
        "The document is being read and compared with the law.",
        "Das Dokument wird gelesen und mit dem Recht verglichen.",
        "正在读取文件并与法律比对。",
    ),
    "no_document": (
        "Please choose a document or paste its text first.",
        "Bitte wählen Sie zuerst ein Dokument oder fügen Sie den Text ein.",
        "请先选择文件或粘贴文本。",
    ),
    "too_much_text": (
        "The text has {count} characters; at most {most} can be read.",
        "Der Text hat {count} Zeichen; höchstens {most} können gelesen werden.",
        "文本共{count}个字符，最多可处理{most}个。",
    ),
    "pasted": ("pasted text", "eingefügter Text", "粘贴的文本"),
    "analysis_of": ("Analysis of {name}", "Analyse von {name}", "{name}的分析"),
    "the_text": ("The text, marked", "Der Text mit Markierungen", "带标注的文本"),
    "findings": ("Findings", "Befunde", "发现"),
    "show_findings": ("Show findings", "Befunde zeigen", "显示"),
    "no_findings": (
        "Nothing in it claims anything about this law that could be checked.",
        "Der Text behauptet nichts Prüfbares über dieses Recht.",
        "其中没有可核对的相关法律主张。",
    ),
    "pages": ("{count} pages", "{count} Seiten", "{count}页"),
    "page_number": ("page {number}", "Seite {number}", "第{number}页"),
    "characters": ("{count} characters", "{count} Zeichen", "{count}个字符"),
    "verdict_supported": ("Supported", "Gestützt", "有依据"),
    "verdict_imprecise": ("Imprecise", "Ungenau", "不准确"),
    "verdict_contradicted": ("Contradicted", "Widerlegt", "与法律不符"),
    "verdict_outdated": ("Outdated", "Überholt", "已过时"),
    "verdict_not_covered": ("Not decided", "Nicht entscheidbar", "无法判断"),
    "claim_fact": ("claim of fact", "Tatsachenbehauptung", "事实主张"),
    "claim_policy": ("claim of policy", "Wertung oder Forderung", "政策主张"),
    "document_says": ("The document", "Das Dokument", "文件"),
    "law_says": ("The law", "Das Recht", "法律"),
    "cited_laws": ("Laws cited", "Zitierte Vorschriften", "引用的法律"),
    "nearest_law": ("Nearest law elsewhere", "Nächstes Recht anderswo", "其他法域最接近的规定"),
    "profile": ("Points of comparison addressed", "Behandelte Vergleichspunkte", "涉及的比较项目"),
    "left_open": ("Left open", "Offen gelassen", "未涉及"),
    "record_found": (
        "This looks like a record (entries found: {count}). Choose “Check this record” to see what the law does with it.",
        "Das sieht nach einem Registerauszug aus (gefundene Einträge: {count}). „Diesen Eintrag prüfen“ zeigt, was das Recht damit macht.",
        "这似乎是一份记录文件（找到{count}条记录）。选择“检查该记录”可查看法律如何处理。",
    ),
    "check_this": ("Check this record", "Diesen Eintrag prüfen", "检查该记录"),
    "download": ("Download", "Herunterladen", "下载"),
    "starts": ("runs from", "beginnt mit", "起算"),
    "show_in_text": ("Show it in the text", "Im Text zeigen", "在文中显示"),
    # what changes
    "turn_before": (
        "Changed on {date}: {what}.",
        "Geändert zum {date}: {what}.",
        "{date}有变更：{what}。",
    ),
    "turn_later": (
        "Will change on {date}: {what}. Shown is the law before that.",
        "Ändert sich zum {date}: {what}. Gezeigt ist das Recht davor.",
        "{date}将有变更：{what}。此处显示变更前的法律。",
    ),
    "turn_end": (
        "Law until {date} only: {what}",
        "Gilt nur bis {date}: {what}",
        "仅有效至{date}：{what}",
    ),
    "and_more": (" and {count} more", " und {count} weitere", "等另{count}项"),
    "more_sources": ("{count} more sources", "{count} weitere Fundstellen", "另有{count}处出处"),
    **ASK_WORDS,
    **LIBRARY_WORDS,
}

USERS = ("citizen", "student", "lawyer")

EXAMPLES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "citizen": (
        (
            "When does a fine become spent in England?",
            "Wie lange steht eine Geldstrafe von 60 Tagessätzen im Führungszeugnis?",
            "因吸毒被行政拘留的记录会被封存吗？",
        ),
        (
            "Do I have to apply to have a conviction sealed in New York?",
            "Muss ich die Tilgung im Bundeszentralregister beantragen?",
            "在纽约州，定罪记录会自动封存吗？",
        ),
    ),
    "student": (
        (
            "How do Germany and New York differ in waiting periods?",
            "Wie unterscheiden sich Deutschland und England bei den Fristen?",
            "中国和德国在适用范围上有什么不同？",
        ),
        (
            "What happens to the record after a set-aside in Michigan?",
            "Welche Folgen hat das Verwertungsverbot nach der Tilgung in Deutschland?",
            "英格兰的定罪“失效”是什么意思？",
        ),
    ),
    "lawyer": (
        ("What does s 6(4) ROA 1974 say?", "Was regelt § 34 Abs. 1 BZRG?", "治安管理处罚法第136条规定了什么？"),
        (
            "Which convictions are excluded from automatic sealing in Pennsylvania?",
            "Welche Verurteilungen sind in New York von der Sperrung ausgenommen?",
            "德国 BZRG 第46条规定的消除期限是多久？",
        ),
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """The word or sentence `key` in `language`, filled in."""
    text = WORDS[key][_ORDER.index(language)]
    return text.format(**values) if values else text


def examples(user: str, language: str) -> list[str]:
    """The example questions for one kind of user."""
    return [question[_ORDER.index(language)] for question in EXAMPLES[user]]


def nearest_language(accepted: str) -> str:
    """The first of our languages in an `Accept-Language` header; English if there is none."""
    for one in accepted.split(","):
        code = one.strip()[:2].lower()
        if code in _ORDER:
            return code
    return "en"
