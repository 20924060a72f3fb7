"""Places, laws, sections and provisions of the library as HTML. Every string from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import pairwise

from app.changing import turns_html
from app.library import Citing, Library, Version, law_of
from app.render import marked
from app.render_desk import AT_SIGHT, Desk, facts_html, link_group, note_link, page, position_link, publisher, term_link
from app.ui_words import word
from app.word_diff import word_diff
from corpus.model import Provision, Status

# -- a law and its contents --------------------------------------------------------------------------------------------


def law_html(desk: Desk, law_id: str) -> str:
    """A law: its titles, its days, and all its provisions as a tree of headings."""
    law = desk.library.corpus.instruments[law_id]
    titles = "".join(
        f'<p class="title-other" lang="{language}">{escape(title)}</p>'
        for language, title in (("en", law.title.en), ("de", law.title.de), ("zh", law.title.zh))
        if language != desk.language and title != law.title.in_language(desk.language)
    )
    facts = {
        "in_force": escape(desk.days(law.span.first, law.span.last)),
        "covers": f'<span lang="en">{escape(law.covers)}</span>' if law.covers else "",
        "outside": f'<span lang="en">{escape(law.outside)}</span>' if law.outside else "",
    }
    body = (
        f'<header><h2 tabindex="-1">{escape(law.title.in_language(desk.language))}</h2>{titles}</header>'
        f"{facts_html(desk, facts)}{publisher(desk, law.url)}"
        f"<h3>{desk.word('contents')}</h3>{_contents(desk, law_id)}"
    )
    return page(desk, [(law.jurisdiction, desk.place(law.jurisdiction)), (law_id, law.short)], body)


def _contents(desk: Desk, law_id: str) -> str:
    sections: dict[str, list[str]] = {}
    for one in desk.library.provisions_of(law_id):
        sections.setdefault("/".join(one.split("/")[:3]), []).append(one)
    items = []
    for section, inside in sections.items():
        parts = [one for one in inside if one != section]
        below = f"<ul>{''.join(f'<li>{_entry(desk, one)}</li>' for one in parts)}</ul>" if parts else ""
        if len(parts) > AT_SIGHT:
            below = f"<details><summary>{desk.word('all_of_it', count=len(parts))}</summary>{below}</details>"
        items.append(f"<li>{_entry(desk, section)}{below}</li>")
    return f'<ul class="contents">{"".join(items)}</ul>'


def _entry(desk: Desk, provision_id: str) -> str:
    """A provision's citation and heading as one line of a list; what is not law on the day is marked so."""
    heading, language = desk.library.heading(provision_id, desk.language)
    versions = desk.library.versions(provision_id)
    away = bool(versions) and not any(one.holds_on(desk.day) for one in versions)
    note = f' <span class="away">{desk.word("no_text_then")}</span>' if away else ""
    text = f' <span class="of" lang="{language}">{escape(heading)}</span>' if heading else ""
    return f"{desk.link(provision_id, desk.cite(provision_id), 'cited')}{text}{note}"


# -- a provision, or a section with its parts --------------------------------------------------------------------------


def provision_html(desk: Desk, provision_id: str) -> str:
    """A provision on the day asked for: its text in each language, its versions, what changed, and its links."""
    library = desk.library
    versions = library.versions(provision_id)
    shown = shown_version(versions, desk.day)
    reading = _text(desk, versions, shown) if shown else ""
    side = _links(desk, provision_id)
    parts = _parts(desk, provision_id, in_full=shown is None)
    heading, language = (
        (shown.texts[0].heading, shown.texts[0].language) if shown else library.heading(provision_id, desk.language)
    )
    law = library.corpus.instruments[law_of(provision_id)]
    crumbs = [(law.jurisdiction, desk.place(law.jurisdiction)), (law.id, law.short)]
    crumbs += [(one, desk.cite(one)) for one in library.above(provision_id) if _is_there(library, one)]
    body = (
        f'<header><h2 tabindex="-1">{escape(desk.cite(provision_id))}</h2>'
        f'<p class="subject" lang="{language}">{escape(heading)}</p></header>'
        f'<div class="desk"><div class="reading">{reading}{parts}{_neighbours(desk, provision_id)}</div>{side}</div>'
    )
    return page(desk, [*crumbs, (provision_id, desk.cite(provision_id))], body)


def _is_there(library: Library, provision_id: str) -> bool:
    return bool(library.corpus.versions(provision_id) or library.below(provision_id))


def shown_version(versions: Sequence[Version], day: date) -> Version | None:
    """The version in force on the day; else the next to begin; else the last."""
    for one in versions:
        if one.holds_on(day):
            return one
    later = [one for one in versions if one.span.first and one.span.first > day]
    return later[0] if later else (versions[-1] if versions else None)


def _text(desk: Desk, versions: Sequence[Version], shown: Version) -> str:
    own = shown.texts[0].language
    columns = "".join(_column(desk, one, own, len(shown.texts) > 1) for one in shown.texts)
    turns = turns_html(desk.library.corpus, desk.library.citations, [shown.texts[0].id], desk.day, desk.language)
    return (
        f"{_state(desk, versions, shown)}{turns}{_version_list(desk, versions, shown)}"
        f'<div class="texts">{_official_column(desk, shown.texts[0])}{columns}</div>{_changes(desk, versions, shown)}{_checked(desk, shown)}'
    )


def _official_column(desk: Desk, provision: Provision) -> str:
    """The publisher's own text, first beside ours; what stands around the part that is meant is folded away."""
    one = desk.official(provision)
    if one is None:
        return ""
    part, whole = one.text[one.start : one.end].strip(), one.text.strip()
    around = (
        f'<details class="other"><summary>{desk.word("whole_section")}</summary>'
        f'<blockquote lang="{escape(one.language)}">{marked(one.text, [[one.start, one.end]])}</blockquote></details>'
        if part != whole
        else ""
    )
    return (
        f'<section class="official"><h3 class="tongue">{desk.word("official_text")}</h3>'
        f'<blockquote lang="{escape(one.language)}">{escape(part)}</blockquote>{around}'
        f'<p class="hint">{escape(one.source)}</p></section>'
    )


def _column(desk: Desk, one: Provision, own: str, several: bool) -> str:
    name = word(f"name_{one.language}", desk.language)
    label = word("language_own" if one.language == own else "language_other", desk.language, name=name)
    head = f'<h3 class="tongue">{escape(label)}</h3>' if several else ""
    title = f'<p class="column-heading" lang="{one.language}">{escape(one.heading)}</p>' if several else ""
    doubt = (
        f'<p class="doubt"><strong>{desk.word("doubt")}</strong> <span lang="{one.language}">{escape(one.doubt)}</span></p>'
        if one.doubt
        else ""
    )
    return f'<section>{head}{title}<blockquote lang="{one.language}">{prose(one.text)}</blockquote>{doubt}</section>'


def _state(desk: Desk, versions: Sequence[Version], shown: Version) -> str:
    """Whether it is law on the day, and if not, why not."""
    on = desk.on(desk.day)
    if shown.holds_on(desk.day):
        days = desk.days(shown.span.first, shown.span.last)
        return f'<p class="state"><span class="badge answered">{desk.word("in_force_on", date=on)}</span><span>{escape(days)}</span></p>'
    if shown.status is Status.NOT_IN_FORCE:
        why = desk.word("not_commenced")
    elif shown.span.last and shown.span.last < desk.day:
        why = desk.word("has_ended", date=desk.on(shown.span.last))
    elif any(one.span.last and one.span.last < desk.day for one in versions):
        why = desk.word("gap")
    else:
        why = desk.word("not_begun", date=desk.on(shown.span.first))
    return f'<p class="state"><span class="badge away">{desk.word("not_in_force_on", date=on)}</span><span>{why}</span></p>'


def _version_list(desk: Desk, versions: Sequence[Version], shown: Version) -> str:
    if len(versions) < 2:
        return ""
    target = shown.texts[0].id
    items = []
    for one in versions:
        first = one.span.first or one.span.last or desk.day
        mark = ' aria-current="true"' if one is shown else ""
        items.append(f"<li{mark}>{desk.link(target, desk.days(one.span.first, one.span.last), on=first)}</li>")
    return f'<nav class="versions" aria-label="{desk.word("versions")}"><h3>{desk.word("versions")}</h3><ol>{"".join(items)}</ol></nav>'


def _changes(desk: Desk, versions: Sequence[Version], shown: Version) -> str:
    """Word by word what each version changed; the one that led to the version shown is open."""
    parts = []
    for earlier, later in pairwise(versions):
        before = {one.language: one for one in earlier.texts}
        pairs = [(before[one.language], one) for one in later.texts if one.language in before]
        if pairs:
            bodies = "".join(_difference(desk, *pair) for pair in pairs)
            title = desk.word("changes_on", date=desk.on(later.span.first))
            state = " open" if later is shown else ""
            parts.append(f'<details class="changes"{state}><summary>{title}</summary>{bodies}</details>')
    return f"{''.join(parts)}<p class='hint'>{desk.word('changes_hint')}</p>" if parts else ""


def _difference(desk: Desk, earlier: Provision, later: Provision) -> str:
    runs = word_diff(earlier.text, later.text)
    if all(run.change == "same" for run in runs):
        return f'<p class="hint">{desk.word("no_change")}</p>'
    shape = {
        "same": "{text}",
        "gone": f'<del><span class="unseen">[{desk.word("removed")}: </span>{{text}}<span class="unseen">]</span></del>',
        "new": f'<ins><span class="unseen">[{desk.word("added")}: </span>{{text}}<span class="unseen">]</span></ins>',
    }
    text = "".join(shape[run.change].replace("{text}", escape(run.text)) for run in runs)
    return f'<blockquote class="difference" lang="{later.language}">{text}</blockquote>'


def _checked(desk: Desk, shown: Version) -> str:
    one = shown.texts[0]
    facts = {
        "in_force": escape(desk.days(shown.span.first, shown.span.last)),
        "basis": desk.word(one.basis.value),
        "source": escape(one.source),
        "checked_on": escape(desk.on(one.checked_on)),
        "reviewed_on": escape(desk.on(one.reviewed_on)),
    }
    kind = f'<p class="kind"><span class="tag">{desk.word("statute")}</span> {desk.word("statute_means")}</p>'
    return f"{kind}{facts_html(desk, facts)}{publisher(desk, desk.library.citations.url(one))}"


def prose(text: str) -> str:
    """A restatement, escaped; the lines of a list hang."""
    lines = []
    for line in text.split("\n"):
        is_item = line.startswith("- ")
        lines.append(f'<span class="item">– {escape(line[2:])}</span>' if is_item else f"{escape(line)}\n")
    return "".join(lines).strip("\n")


def _parts(desk: Desk, provision_id: str, in_full: bool) -> str:
    """What stands below: its texts where the id is only a heading, else its headings."""
    below = desk.library.below(provision_id)
    if not below:
        return ""
    if not in_full:
        items = "".join(f"<li>{_entry(desk, one)}</li>" for one in below)
        return f'<section class="parts"><h3>{desk.word("parts_below")}</h3><ul class="contents">{items}</ul></section>'
    return "".join(_part(desk, one) for one in below)


def _part(desk: Desk, provision_id: str) -> str:
    version = next((one for one in desk.library.versions(provision_id) if one.holds_on(desk.day)), None)
    if version is None:
        return f'<section class="part"><h3>{_entry(desk, provision_id)}</h3></section>'
    by_language = {one.language: one for one in version.texts}
    one = by_language.get(desk.language) or by_language.get("en") or version.texts[0]
    beside = _official_column(desk, one)
    ours = f'<blockquote lang="{one.language}">{prose(one.text)}</blockquote>'
    if beside:
        ours = (
            f'<div class="texts">{beside}<section><h3 class="tongue">{desk.word("statute")}</h3>{ours}</section></div>'
        )
    return (
        f'<section class="part"><h3>{desk.link(provision_id, desk.cite(provision_id), "cited")}'
        f' <span class="of" lang="{one.language}">{escape(one.heading)}</span></h3>{ours}</section>'
    )


def _neighbours(desk: Desk, provision_id: str) -> str:
    before, after = desk.library.neighbours(provision_id)
    holding = [one for one in desk.library.above(provision_id) if _is_there(desk.library, one)]
    boxes = [("previous", before), ("belongs_to", holding[-1] if holding else None), ("next", after)]
    items = "".join(
        f'<li class="{key}"><span class="label">{desk.word(key)}</span> {_entry(desk, one)}</li>'
        for key, one in boxes
        if one
    )
    return f'<nav class="neighbours" aria-label="{desk.word("neighbours")}"><ul>{items}</ul></nav>' if items else ""


# -- links -------------------------------------------------------------------------------------------------------------


def _links(desk: Desk, provision_id: str) -> str:
    cited = desk.library.cited_by(provision_id)
    groups = [
        ("it_cites", [_entry(desk, one) for one in desk.library.cites(provision_id)]),
        ("cited_by_provisions", [_entry(desk, one) for one in cited.provisions]),
        *_other_links(desk, cited),
    ]
    boxes = "".join(link_group(desk, key, items) for key, items in groups)
    empty = "" if boxes else f'<p class="hint">{desk.word("no_links")}</p>'
    return (
        f'<aside class="linked" aria-label="{desk.word("links")}"><h3>{desk.word("links")}</h3>{boxes}{empty}</aside>'
    )


def _other_links(desk: Desk, cited: Citing) -> list[tuple[str, list[str]]]:
    return [
        ("cited_by_positions", list(dict.fromkeys(position_link(desk, one) for one in cited.positions))),
        ("cited_by_terms", [term_link(desk, one) for one in cited.terms]),
        ("cited_by_notes", [note_link(desk, one) for one in cited.notes]),
    ]
