"""The sentences of a check, in three languages: frames that are filled with the numbers that were computed with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from app.periods import Days
from corpus import rules
from corpus.rules import Event, Period, RuleBook

FRAMES = {
    "wait": {
        "en": "{label}The period is {period} from {event} ({start}); first day of the effect: {day}.",
        "de": "{label}Die Frist beträgt {period} ab {event} ({start}); erster Tag der Wirkung: {day}.",
        "zh": "{label}期间为{period}，自{event}（{start}）起算；自{day}起发生效力。",
    },
    "wait_unknown": {
        "en": "{label}The period is {period} from {event}; that day is not known.",
        "de": "{label}Die Frist beträgt {period} ab {event}; dieser Tag ist nicht bekannt.",
        "zh": "{label}期间为{period},自{event}起算;该日期不明。",
    },
    "wait_open": {
        "en": "{label}The period depends on {event} ({start}); first day of the effect: {day}.",
        "de": "{label}Die Frist hängt ab von: {event} ({start}); erster Tag der Wirkung: {day}.",
        "zh": "{label}期间取决于{event}（{start}）；效力{day}。",
    },
    "never_comes": {
        "en": "{label}It depends on {event}, which never comes.",
        "de": "{label}Es richtet sich nach: {event}; das tritt nie ein.",
        "zh": "{label}取决于{event}，而该日永不到来。",
    },
    "day": {
        "en": "{label}It depends on {event} ({start}); first day of the effect: {day}.",
        "de": "{label}Es richtet sich nach: {event} ({start}); erster Tag der Wirkung: {day}.",
        "zh": "{label}取决于{event}（{start}）；自{day}起发生效力。",
    },
    "restart": {
        "en": "Entry {other} of {start} falls within the waiting time and starts it again; new first day: {day}.",
        "de": "Der Eintrag {other} vom {start} fällt in die Wartezeit und lässt sie neu beginnen; neuer erster Tag: {day}.",
        "zh": "记录{other}（{start}）发生在等待期间内，期间重新起算；现自{day}起发生效力。",
    },
    "joined": {
        "en": "{words} The term of entry {other} counts with this one.",
        "de": "{words} Die Strafe des Eintrags {other} zählt mit dieser zusammen.",
        "zh": "{words} 记录{other}的刑期与本记录合并计算。",
    },
    "extended": {
        "en": "{words} Entry {other} acts on this one; new first day: {day}.",
        "de": "{words} Der Eintrag {other} wirkt auf diesen; neuer erster Tag: {day}.",
        "zh": "{words} 记录{other}影响本记录：现自{day}起发生效力。",
    },
    "held": {"en": "{words} Not before {day}.", "de": "{words} Nicht vor: {day}.", "zh": "{words} 不早于{day}。"},
    "held_open": {
        "en": "{words} As long as this is so, the effect does not begin.",
        "de": "{words} Solange das so ist, tritt die Wirkung nicht ein.",
        "zh": "{words} 在此期间不发生效力。",
    },
    "barred": {"en": "{words}", "de": "{words}", "zh": "{words}"},
    "floor": {
        "en": "The provision is enacted but takes effect only on {day}.",
        "de": "Die Vorschrift ist beschlossen, gilt aber erst ab {day}.",
        "zh": "该规定已通过，但自{day}起方才施行。",
    },
    "clear": {
        "en": "None of the exclusions that were checked applies on the facts given.",
        "de": "Keiner der geprüften Ausschlussgründe greift nach den angegebenen Tatsachen.",
        "zh": "根据所述事实，所核对的排除情形均不适用。",
    },
    "may_apply": {
        "en": "Whether this rule applies depends on facts that are missing: {title}.",
        "de": "Ob diese Regel gilt, hängt von fehlenden Angaben ab: {title}.",
        "zh": "本规则是否适用取决于尚缺的事实：{title}。",
    },
    "applies": {"en": "Rule: {title}.", "de": "Regel: {title}.", "zh": "适用规则：{title}。"},
    "no_rule": {
        "en": "No rule of this jurisdiction that we hold applies to this entry. That is no statement that the law knows none.",
        "de": "Keine der erfassten Regeln dieses Rechtsgebiets gilt für diesen Eintrag. Das heißt nicht, dass das Recht keine kennt.",
        "zh": "所收录的该法域规则均不适用于本记录。这并不表示法律没有相关规定。",
    },
    "range": {"en": "{first} to {last}", "de": "{first} bis {last}", "zh": "{first}至{last}"},
    "not_before": {"en": "not before {first}", "de": "nicht vor {first}", "zh": "不早于{first}"},
    "by": {"en": "at the latest {last}", "de": "spätestens {last}", "zh": "最迟{last}"},
    "unknown": {"en": "date unknown", "de": "Datum unbekannt", "zh": "日期不明"},
    "never": {"en": "never", "de": "nie", "zh": "永不"},
    "latest": {"en": "the latest of: {parts}", "de": "dem spätesten von: {parts}", "zh": "下列日期中最晚者：{parts}"},
    "earliest": {
        "en": "the earliest of: {parts}",
        "de": "dem frühesten von: {parts}",
        "zh": "下列日期中最早者：{parts}",
    },
    "end_of": {
        "en": "the end of the term from {event}",
        "de": "dem Ende der Zeit ab {event}",
        "zh": "自{event}起期限届满之日",
    },
    "birthday": {"en": "reaching the age of {age}", "de": "Vollendung des {age}. Lebensjahres", "zh": "年满{age}周岁"},
    "fixed": {"en": "the day that the law names", "de": "dem gesetzlich bestimmten Tag", "zh": "法律规定之日"},
    "outcome": {"en": "the day of: {name}", "de": "dem Tag von: {name}", "zh": "{name}之日"},
    "of_entries": {"en": "{event}, over all entries", "de": "{event}, über alle Einträge", "zh": "全部记录中的{event}"},
}
_UNITS = {
    "en": (("year", "years"), ("month", "months"), ("day", "days")),
    "de": (("Jahr", "Jahre"), ("Monat", "Monate"), ("Tag", "Tage")),
    "zh": (("年", "年"), ("个月", "个月"), ("日", "日")),
}
_AND = {"en": " and ", "de": " und ", "zh": ""}


def say(key: str, language: str, **values: object) -> str:
    """The frame `key` in a language, filled."""
    return FRAMES[key][language].format(**values).strip()


def period_text(period: Period, language: str) -> str:
    """A period in words: "1 year and 6 months", or "18 months" where the law counts in months."""
    years, months = (0, period.months) if period.in_months else divmod(period.months, 12)
    numbers = zip((years, months, period.days), _UNITS[language], strict=True)
    space = "" if language == "zh" else " "
    parts = [f"{number}{space}{one if number == 1 else many}" for number, (one, many) in numbers if number]
    return _AND[language].join(parts) or f"0{space}{_UNITS[language][2][1]}"


def day_text(day: date, language: str) -> str:
    """A day as people of the language write it."""
    return format_date(day, format="d MMMM y" if language == "en" else "long", locale=language)


def days_text(days: Days, language: str) -> str:
    """A day within bounds: the day, a range, "not before …", "unknown" or "never"."""
    if days.never:
        return say("never", language)
    if days.exact:
        return day_text(days.first, language)
    first = day_text(days.first, language) if days.first > date.min else None
    last = day_text(days.last, language) if days.last < date.max else None
    if first and last:
        return say("range", language, first=first, last=last)
    if first:
        return say("not_before", language, first=first)
    return say("by", language, last=last) if last else say("unknown", language)


def event_text(event: Event, book: RuleBook, language: str, counts: Callable[[Event], bool] = lambda _: True) -> str:
    """The event in words; of several, those that count for the entry."""
    match event:
        case rules.On(field):
            return book.fields[field].label.in_language(language)
        case rules.Day():
            return say("fixed", language)
        case rules.Pick(how, events):
            if how == "first_known":
                return event_text(events[0], book, language, counts)
            counting = [part for part in events if counts(part)] or events
            parts = tuple(dict.fromkeys(event_text(part, book, language, counts) for part in counting))
            return parts[0] if len(parts) == 1 else say(how, language, parts=", ".join(parts))
        case rules.If(part):
            return event_text(part, book, language, counts)
        case rules.Shift(part):
            return say("end_of", language, event=event_text(part, book, language, counts))
        case rules.Birthday(age):
            return say("birthday", language, age=age)
        case rules.OutcomeOf(effect):
            name = next(e.name.in_language(language) for e in book.effects if e.id == effect)
            return say("outcome", language, name=name)
        case rules.OverEntries(part):
            return say("of_entries", language, event=event_text(part, book, language, counts))
        case rules.OverSentences(part):
            return event_text(part, book, language, counts)
