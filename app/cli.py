"""The `cleanslate` command. Only here and on the page is the clock read; every error is one line and exit code 2."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.errors import CorpusError, IndexUnusable, InputError, ModelError, RuleConflict, one_line

if TYPE_CHECKING:
    from app.check import Check

os.environ.setdefault("TQDM_DISABLE", "1")

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers questions on the law that seals, spends or erases criminal and police records. General information, not legal advice.",
)

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Apply the law of this day (YYYY-MM-DD); today if left out.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the JSON object instead of text.")]
Places = Annotated[
    list[str] | None, typer.Option("-j", "--jurisdiction", help="Only this place; may be given several times.")
]
Language = Annotated[
    str | None, typer.Option("--lang", help="Answer in en, de or zh; otherwise in the question's language.")
]


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in English, German or Chinese.")] = "",
    jurisdictions: Places = None,
    as_of: AsOf = "",
    lang: Language = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help="A file of JSON lines with id, question, and optionally jurisdictions and as_of."),
    ] = None,
    collections: Annotated[
        list[str] | None,
        typer.Option(
            "--collection",
            help="Of your own texts search only these; none leaves them all out. May be given several times.",
        ),
    ] = None,
) -> None:
    """Answer a question with cited passages."""
    from app.plain import answer_text

    day, language = _day(as_of), _language(lang)
    if batch is not None:
        _ask_all(batch, day, language, jurisdictions or [])
        return
    answer = _atlas().ask(question, day, jurisdictions or [], language, collections or None)
    print(_json(answer.to_json()) if as_json else answer_text(answer))


def _ask_all(batch: Path, day: date, language: str | None, jurisdictions: list[str]) -> None:
    rows = list(_batch_rows(batch))
    atlas = _atlas()
    for line, row in rows:
        where = f"{batch.name}:{line}"
        own_day = _day(str(row["as_of"]), where) if row.get("as_of") else day
        try:
            answer = atlas.ask(row["question"], own_day, row.get("jurisdictions") or jurisdictions, language)
        except InputError as error:
            raise InputError(f"{where}: {error}") from None
        print(json.dumps({"id": row["id"], **answer.to_json()}, ensure_ascii=False))


def _batch_rows(batch: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{batch}: cannot be read as UTF-8 text ({type(error).__name__}); name a file of JSON lines"
        ) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise InputError(
                f"{batch.name}:{number}: not a JSON object; write one object with id and question on each line"
            ) from None
        if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
            raise InputError(f"{batch.name}:{number}: id or question is missing; each line needs both")
        places = row.get("jurisdictions") or []
        if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
            raise InputError(f'{batch.name}:{number}: jurisdictions is not a list of names; write ["de", "us-ny"]')
        yield number, row


@cli.command()
def compare(
    jurisdictions: Annotated[list[str], typer.Argument(help="Two to twelve places: ids or names.")],
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DIMENSION", help="Only this dimension; may be given several times."),
    ] = None,
    as_of: AsOf = "",
    lang: Language = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the table to this CSV file.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", help="Write the table to this Word file.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write the table to this Excel file.")] = None,
) -> None:
    """Compare places, dimension by dimension, each cell cited."""
    from app import export
    from app.plain import comparison_text

    language = _language(lang) or "en"
    atlas = _atlas()
    table = atlas.compare(jurisdictions, on or [], as_of=_day(as_of), language=language)
    plain = table.to_json()
    for path, write in ((csv, export.write_csv), (docx, export.write_docx), (xlsx, export.write_xlsx)):
        if path is not None:
            _write(write, plain, path, lambda one: atlas.citations.display(one, language))
    if not (csv or docx or xlsx) or as_json:
        print(_json(plain) if as_json else comparison_text(table))


def _write(write: Any, plain: dict[str, Any], path: Path, cite: Any) -> None:
    try:
        write(plain, path, cite)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or type(error).__name__}); choose another file"
        ) from None
    print(f"wrote {path}", file=sys.stderr)


@cli.command()
def show(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID|CITATION", help='An id or a citation, such as "§ 34 Abs. 1 BZRG" or "s 6(4) ROA 1974".'
        ),
    ],
    as_of: AsOf = "",
    lang: Language = None,
    as_json: AsJson = False,
    history: Annotated[bool, typer.Option("--history", help="List all its versions and what changed.")] = False,
) -> None:
    """Show one provision, however it is cited."""
    from app.plain import history_text, passages_text

    language = _language(lang) or "en"
    if history:
        versions = _atlas().history(wanted, _day(as_of), language)
        plain = {"versions": [version.to_json(language) for version in versions]}
        print(_json(plain) if as_json else history_text(versions, language))
        return
    atlas, day = _atlas(), _day(as_of)
    sources = atlas.show(wanted, day, language)
    notes = atlas.dated(sources, day, language)
    shown = {"passages": [source.to_json(language) for source in sources], "as_of": day.isoformat(), "notes": notes}
    print(_json(shown) if as_json else passages_text(sources, language, notes))


@cli.command()
def check(
    record: Annotated[
        str,
        typer.Argument(
            metavar="RECORD.json|-", help="A record (see: cleanslate schema record), or - for standard input."
        ),
    ],
    as_of: AsOf = "",
    lang: Language = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print how each result is derived, step by step.")] = False,
    timeline: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Also draw the days of the record and of its results.")
    ] = None,
) -> None:
    """Check a record: may it be cleared, when and why, and what is still missing to say so."""
    from app.check import check_record
    from app.check_text import check_text, explained
    from corpus.citations import Citations
    from corpus.load import load
    from corpus.rule_load import load_rules

    language = _language(lang) or "en"
    checked = check_record(_json_input(record), load_rules(), _day(as_of), language)
    if timeline is not None:
        _draw(checked, timeline)
    if as_json:
        print(_json(checked.to_json()))
    else:
        print((explained if explain else check_text)(checked, Citations(load())))


def _draw(checked: Check, file: Path) -> None:
    from app.render_timeline import timeline_file

    picture = timeline_file(checked)
    if not picture:
        raise InputError(f"{file}: no result of this record has a day yet, so there is nothing to draw")
    _put(file, picture.encode())


def _json_input(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{name}: cannot be read as UTF-8 text ({type(error).__name__}); name a JSON file, or -"
        ) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{name}:{error.lineno}: is not JSON ({error.msg.lower()}); see cleanslate schema record"
        ) from None
    except RecursionError:
        raise InputError(f"{name}: is nested too deeply; see cleanslate schema record") from None


@cli.command()
def schema(what: Annotated[str, typer.Argument(metavar="record", help="What to describe: record.")]) -> None:
    """Print the JSON Schema of a record, every field and value described."""
    from app.record import record_schema
    from corpus.rule_load import load_rules

    if what != "record":
        raise InputError(f"schema: {what!r} is not described; write: cleanslate schema record")
    print(_json(record_schema(load_rules())))


@cli.command()
def analyze(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A PDF, DOCX, HTML, Markdown or text file, or - for standard input.")
    ],
    as_of: AsOf = "",
    as_json: AsJson = False,
    text_out: Annotated[
        Path | None, typer.Option("--text-out", metavar="FILE", help="Write the text that the offsets count in.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="OUT.md|.html|.docx", help="Write a report with the text annotated."),
    ] = None,
) -> None:
    """Analyse a document: what it cites, what it claims and whether that is so."""
    from app.analyze import analyze_source
    from app.report import analysis_text, report_bytes

    source: str | bytes = sys.stdin.buffer.read() if file == "-" else file
    day = _day(as_of)
    if report is not None and report.suffix.lower() not in (".md", ".html", ".docx"):
        raise InputError(f"--report: {report.name} is no format of a report; end it in .md, .html or .docx")
    analysis = analyze_source(
        source if isinstance(source, bytes) else Path(source), day, "standard input" if file == "-" else ""
    )
    if text_out is not None:
        _put(text_out, analysis.text.encode("utf-8"))
    if report is not None:
        _put(report, report_bytes(analysis, report.suffix.lower()))
    print(_json(analysis.to_json()) if as_json else analysis_text(analysis))


def _put(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or type(error).__name__}); choose another file"
        ) from None
    print(f"wrote {path}", file=sys.stderr)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 7860,
    root_path: Annotated[
        str, typer.Option("--root-path", help="The path under which a proxy offers the page, for example /atlas.")
    ] = "",
) -> None:
    """Open the page in a browser at http://HOST:PORT."""
    from app.ui import serve as serve_page

    serve_page(host, port, root_path=root_path)


@cli.command()
def mcp() -> None:
    """Serve ask, compare, check and show to an assistant over standard input and output (Model Context Protocol)."""
    from app.mcp_server import serve as serve_assistant

    serve_assistant(_atlas, date.today)


def main() -> None:
    """Run the command; what a user can mend is one line on stderr and exit code 2."""
    try:
        cli(standalone_mode=False)
    except (InputError, CorpusError, IndexUnusable, ModelError, RuleConflict) as error:
        _fail(one_line(error))
    except Exception as error:
        _usage(error)
    except KeyboardInterrupt:
        sys.exit(130)


def _usage(error: Exception) -> None:
    """Faults in the command line itself are one line too; anything else is a bug and is shown as one."""
    import click

    kinds: tuple[type, ...] = tuple(
        kind
        for module in (click, getattr(typer, "_click", None))
        if module is not None
        for kind in (
            getattr(module, "ClickException", None),
            getattr(getattr(module, "exceptions", None), "ClickException", None),
        )
        if isinstance(kind, type)
    )
    if isinstance(error, kinds) or hasattr(error, "format_message"):
        _fail(f"{' '.join(str(error.format_message()).split())} Try: cleanslate --help")  # type: ignore[attr-defined]
    if type(error).__name__ == "Abort":
        sys.exit(130)
    raise error


def _fail(line: str) -> None:
    print(f"cleanslate: {line}", file=sys.stderr)
    sys.exit(2)


def _atlas() -> Any:
    from app.ask import Atlas

    return Atlas.open()


def _day(text: str, where: str = "--as-of") -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{where}: {text!r} is not a date; write YYYY-MM-DD, for example 2026-01-31") from None


def _language(lang: str | None) -> str | None:
    if lang not in (None, "en", "de", "zh"):
        raise InputError(f"--lang: {lang!r} is not available; choose en, de or zh")
    return lang


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
