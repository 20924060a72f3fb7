"""Laws of China as its national database gives them (DOCX), and as page, plain text or Markdown with the same lines.

One paragraph is one line. An article opens with 第…条; each further paragraph is a 款; lines that open with （一） are 项 of the
款 before them. One provision for each 款, or for an article that has only one. Before the articles stand title, history and
a table of contents; the history's last day is the version's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.citations import han_number
from indexer.sources.model import Lines, OfficialProvision, Origin, SourceError, State, unique

LICENCE = "Law, no copyright (Copyright Law of the PRC, article 5(1))"
_HAN = "零〇一二三四五六七八九十百千"
_ARTICLE = re.compile(rf"^[\s\u3000]*(第([{_HAN}\d]+)条(?:之([{_HAN}\d]+))?)(?:[\s\u3000]+|$)(.*)$", re.DOTALL)
_CLAUSE = re.compile(rf"^[\s\u3000]*([{_HAN}]+)、(.*)$", re.DOTALL)
_ITEM = re.compile(rf"^[\s\u3000“]*[（(]([{_HAN}]+)[）)]")
_HEADING = re.compile(rf"^[#\s\u3000]*(第[{_HAN}\d]+(编|分编|章|节))(?:[\s\u3000]+\S.*)?$")
_LEVELS = ("编", "分编", "章", "节")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_START = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日起施行")
_GONE = re.compile(r"^[（(]?(?:删去|删除|已删除|废止)[）)。]?$")


@dataclass
class _Article:
    """An article as it is read: its number as written, its id's last part, the headings above and its paragraphs."""

    written: str
    key: str
    context: tuple[str, ...]
    paragraphs: list[list[str]] = field(default_factory=list)


def source_words(data: bytes) -> Iterator[str]:
    """Every line of the file but the table of contents, which repeats the headings."""
    front, body = _split(_lines(data, "Chinese law"))
    for line in (*front, *body):
        opened = _ARTICLE.match(line) or _CLAUSE.match(line)
        if opened and _ARTICLE.match(line):
            yield from (opened[1], opened[4])
        elif opened:
            yield from (opened[1], opened[2])
        elif not line.startswith("<!--"):
            yield re.sub(r"^#+\s*", "", line)


def front_lines(data: bytes) -> list[str]:
    """The title and history of a law, as they stand before its text. Raises `SourceError`."""
    return _split(_lines(data, "Chinese law"))[0]


def read(data: bytes, origin: Origin) -> tuple[OfficialProvision, ...]:
    """The provisions of one law. Raises `SourceError`."""
    front, body = _split(_lines(data, origin.url))
    articles, stray = _articles(body)
    if not articles:
        raise SourceError(f"{origin.url}: no line opens with an article's number (第…条); give the law's full text")
    version = _latest(front)
    start = _commencement(articles)
    in_force = start if start and version and start >= version else None
    whole = _front(front + stray, origin, version)
    numbered = [one for article in articles for one in _provisions(article, origin, version, in_force)]
    return unique([whole, *numbered])


# -- lines -----------------------------------------------------------------------------------------------------------


def _lines(data: bytes, name: str) -> list[str]:
    if data[:2] == b"PK":
        return _docx_lines(data, name)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" and not data.lstrip().startswith(b"<!--"):
        return _page_lines(data, name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [line.rstrip() for line in text.splitlines() if line.strip()]
    raise SourceError(f"{name}: is neither UTF-8 nor GB 18030 text; save it as UTF-8")


def _docx_lines(data: bytes, name: str) -> list[str]:
    from indexer.layouts import Unreadable, docx_blocks

    try:
        return [line for text, _ in docx_blocks(data) for line in text.split("\n") if line.strip()]
    except Unreadable as error:
        raise SourceError(f"{name}: {error}") from None


def _page_lines(data: bytes, name: str) -> list[str]:
    """The lines of a page from the law's title to its last article; menus before and behind are no part of it."""
    from indexer.layouts import Unreadable, html_blocks

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    try:
        return [line.rstrip() for line, _ in html_blocks(text) if line.strip()]
    except Unreadable as error:
        raise SourceError(f"{name}: {error}") from None


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Title and history, and what follows the table of contents."""
    begin = next((at for at, line in enumerate(lines) if _ARTICLE.match(line) or _CLAUSE.match(line)), len(lines))
    while begin and _HEADING.match(lines[begin - 1]):
        begin -= 1
    contents = [at for at, line in enumerate(lines[:begin]) if re.fullmatch(r"#*\s*目[\s\u3000]*录", line.strip())]
    if not contents:
        return lines[:begin], lines[begin:]
    return lines[: contents[0]], lines[_after_contents(lines, contents[0], begin) :]


def _after_contents(lines: list[str], contents: int, begin: int) -> int:
    """Where the law's text begins: at the heading that the table of contents has named first and that comes again."""
    first = re.sub(r"[\s\u3000#]", "", lines[contents + 1]) if contents + 1 < len(lines) else ""
    again = [at for at in range(contents + 2, len(lines)) if re.sub(r"[\s\u3000#]", "", lines[at]) == first]
    return again[0] if again else begin


def _articles(lines: list[str]) -> tuple[list[_Article], list[str]]:
    """The articles, and lines that stand in none."""
    headings: list[tuple[int, str]] = []
    found: list[_Article] = []
    stray: list[str] = []
    by_clause = not any(_ARTICLE.match(line) for line in lines)
    for line in lines:
        heading = _HEADING.match(line)
        opened = _CLAUSE.match(line) if by_clause else _ARTICLE.match(line)
        if heading:
            level = _LEVELS.index(heading[2])
            name = " ".join(re.sub(r"^#+\s*", "", line).split())
            headings = [*(one for one in headings if one[0] < level), (level, name)]
        elif opened:
            found.append(_opened(opened, by_clause, tuple(name for _, name in headings)))
        elif found and not line.startswith(("<!--", "#")):
            _put(found[-1], line.strip())
        elif not line.startswith("<!--"):
            stray.append(line)
    return found, stray


def _opened(match: re.Match[str], by_clause: bool, context: tuple[str, ...]) -> _Article:
    if by_clause:
        article = _Article(f"{match[1]}、", str(han_number(match[1])), context)
        _put(article, match[2].strip())
        return article
    further = f"-{han_number(match[3])}" if match[3] else ""
    article = _Article(match[1], f"{han_number(match[2])}{further}", context)
    _put(article, match[4].strip())
    return article


def _put(article: _Article, line: str) -> None:
    """A new 款, or an item of the last one."""
    if not line:
        return
    if _ITEM.match(line) and article.paragraphs:
        article.paragraphs[-1].append(line)
    else:
        article.paragraphs.append([line])


# -- dates -----------------------------------------------------------------------------------------------------------


def _latest(lines: list[str]) -> date | None:
    """The last day that title and history name: when this wording was adopted."""
    days = [_day(*found) for line in lines for found in _DAY.findall(line)]
    return max((day for day in days if day), default=None)


def _commencement(articles: list[_Article]) -> date | None:
    for article in reversed(articles[-3:]):
        for paragraph in article.paragraphs:
            if found := _START.search(paragraph[0]):
                return _day(*found.groups())
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


# -- provisions ------------------------------------------------------------------------------------------------------


def _front(lines: list[str], origin: Origin, version: date | None) -> OfficialProvision:
    said = Lines()
    for line in lines:
        said.say(re.sub(r"^#+\s*|^<!--.*-->$", "", line))
    title = said.text.split("\n")[0]
    one = _provision(_Article("", "", ()), origin, version, None, origin.instrument, "", said)
    return replace(one, heading=title, status=State.FRONT)


def _provisions(
    article: _Article, origin: Origin, version: date | None, in_force: date | None
) -> Iterator[OfficialProvision]:
    base = f"{origin.instrument}/{article.key}"
    several = len(article.paragraphs) > 1
    for number, paragraph in enumerate(article.paragraphs or [[]], start=1):
        own, lines = (f"{base}/{number}" if several else base), Lines()
        for line in paragraph:
            item = _ITEM.match(line)
            if item:
                with lines.part(f"{own}/{han_number(item[1])}"):
                    lines.say(line)
            else:
                lines.say(line)
        written = f"{article.written}第{number}款" if several else article.written
        yield _provision(article, origin, version, in_force, own, written, lines)


def _provision(
    article: _Article,
    origin: Origin,
    version: date | None,
    in_force: date | None,
    own_id: str,
    number: str,
    lines: Lines,
) -> OfficialProvision:
    text = lines.text
    return OfficialProvision(
        id=own_id,
        instrument=origin.instrument,
        number=number,
        heading="",
        context=article.context,
        text=text,
        language="zh",
        extent="",
        in_force_from=in_force,
        in_force_to=None,
        status=State.REPEALED if number and (not text or _GONE.match(text)) else State.IN_FORCE,
        url=origin.url,
        version_date=version,
        changed_on=version,
        licence=LICENCE,
        retrieved_on=origin.retrieved_on,
        parts=tuple(lines.parts),
    )
