"""Answers as plain text for the shell."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from app.history import Version
from app.model import Answer, Comparison, Source
from app.phrases import shown_value
from indexer.passages import Passage

WIDTH = 100
KINDS = {
    "statute": {"en": "our restatement", "de": "unsere Wiedergabe", "zh": "本库转述"},
    "official_text": {"en": "official text", "de": "amtlicher Text", "zh": "官方文本"},
    "position": {"en": "our comparison", "de": "unser Vergleich", "zh": "本库比较"},
    "commentary": {"en": "commentary", "de": "Kommentar", "zh": "评论"},
    "user_text": {"en": "your own text", "de": "Ihr eigener Text", "zh": "用户文本"},
}
STATUS = {
    "answered": {"en": "Answered", "de": "Beantwortet", "zh": "已回答"},
    "partly_answered": {"en": "Answered in part", "de": "Zum Teil beantwortet", "zh": "部分回答"},
    "not_covered": {"en": "Not covered", "de": "Nicht im Bestand", "zh": "未收录"},
}


def answer_text(answer: Answer) -> str:
    """Status, statements with numbers, remarks, then the passages behind the numbers."""
    cited = dict.fromkeys(c for statement in answer.answer for c in statement.citations[:3])
    known = {source.passage.id: source for source in answer.passages}
    numbers = {one: number for number, one in enumerate((c for c in cited if c in known), 1)}
    lines = [f"{STATUS[answer.status][answer.language]} ({answer.as_of})", ""]
    for statement in answer.answer:
        marks = "".join(f"[{numbers[c]}]" for c in statement.citations[:3] if c in numbers)
        lines.append(_wrapped(f"{statement.text} {marks}", "- "))
    if answer.comparison is not None:
        lines += ["", comparison_text(answer.comparison)]
    lines += ["", *(_wrapped(note, "* ") for note in answer.notes), ""]
    for one, number in numbers.items():
        lines.append(f"[{number}] {_source_line(known[one], answer.language)}")
    if not numbers:
        lines += [f"    {_source_line(source, answer.language)}" for source in answer.passages[:3]]
    lines += ["", answer.disclaimer]
    return "\n".join(lines)


def comparison_text(table: Comparison) -> str:
    """Dimension by dimension: what differs, then each place's cell."""
    lines = []
    said = dict(table.differences)
    for dimension in table.dimensions:
        lines.append(said.get(dimension, table.dimension_names[dimension]))
        for row in table.rows:
            if dimension in row.cells:
                cell = row.cells[dimension]
                value = shown_value(cell.value, cell.unit, table.language)
                lines.append(_wrapped(f"{row.name} [{value}] {cell.lead} ({', '.join(cell.citations[:4])})", "  - "))
        lines.append("")
    return "\n".join([*lines, *table.notes, *(_wrapped(change, "* ") for change in table.changes)]).rstrip()


def passages_text(sources: Sequence[Source], language: str, notes: Sequence[str] = ()) -> str:
    """Provisions one after the other: citation, heading, text, the other language, where it comes from; then the notes."""
    blocks = []
    for source in sources:
        passage = source.passage
        block = [f"{passage.cited_as(language)}  {passage.heading}", "", _paragraphs(passage.text)]
        if source.other is not None:
            block += ["", f"[{source.other.language}] {source.other.heading}", "", _paragraphs(source.other.text)]
        if passage.doubt:
            block += ["", _wrapped(passage.doubt, "? ")]
        if source.beside is not None:
            block += ["", *_beside(source.beside, passage.id, language)]
        blocks.append("\n".join([*block, "", f"    {_source_line(source, language)}"]))
    return "\n\n".join([*blocks, *([] if not notes else ["\n".join(_wrapped(note, "* ") for note in notes)])])


def _beside(one: Passage, wanted: str, language: str) -> list[str]:
    """The counterpart of a passage; in a longer official text the part that was asked for is marked with a bar."""
    part = next(((start, end) for key, start, end in one.parts if key == wanted), (0, 0))
    lines, at = [], 0
    for line in one.text.split("\n"):
        mark = "| " if part[0] <= at < part[1] else "  "
        lines.append(textwrap.fill(line, WIDTH, initial_indent=mark, subsequent_indent=mark))
        at += len(line) + 1
    head = f"{KINDS[one.kind.value][language]}: {one.cited_as(language)} [{one.language}]"
    return [head, *lines, _wrapped(one.source, "    ")]


def history_text(versions: Sequence[Version], language: str) -> str:
    """The versions of provisions, oldest first: the days, then what left (-) and what came (+)."""
    lines: list[str] = []
    for at, version in enumerate(versions):
        passage = version.passage
        if not at or passage.id != versions[at - 1].passage.id or passage.kind is not versions[at - 1].passage.kind:
            lines += ["", f"{passage.cited_as(language)} ({passage.id}), {KINDS[passage.kind.value][language]}"]
        first = passage.span.first.isoformat() if passage.span.first else "…"
        last = passage.span.last.isoformat() if passage.span.last else "…"
        lines.append(f"  {first} – {last}  {passage.heading}")
        lines += [_wrapped(gone, "    - ") for gone in version.removed]
        lines += [_wrapped(come, "    + ") for come in version.added]
    return "\n".join(lines).strip()


def _source_line(source: Source, language: str) -> str:
    passage = source.passage
    span = ""
    if passage.span.first or passage.span.last:
        first = passage.span.first.isoformat() if passage.span.first else ""
        last = passage.span.last.isoformat() if passage.span.last else ""
        span = f"{first}–{last}"
    facts = [
        KINDS[passage.kind.value][language],
        passage.basis,
        span,
        passage.checked_on and f"✓ {passage.checked_on}",
        passage.url,
    ]
    return f"{passage.cited_as(language)} ({passage.id}) · " + " · ".join(fact for fact in facts if fact)


def _wrapped(text: str, lead: str) -> str:
    # An id with hyphens stays whole, so that it can be copied.
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _paragraphs(text: str) -> str:
    return "\n".join(textwrap.fill(line, WIDTH) if line.strip() else "" for line in text.split("\n"))
