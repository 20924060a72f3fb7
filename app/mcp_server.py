"""A Model Context Protocol server over standard input and output, so that an assistant can quote the atlas instead of guessing.

It offers `ask`, `compare`, `check`, `analyze`, `show` and `record_schema`; what a tool returns is the JSON of the command of that name.
Nothing is stored or sent anywhere but to the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

from pydantic import Field

from app.errors import CorpusError, IndexUnusable, InputError, ModelError, RuleConflict, one_line

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from app.ask import Atlas

INSTRUCTIONS = (
    "Law on sealing, spending and erasing criminal and police records in many jurisdictions, as reviewed data with pinpoint"
    " citations. Quote what the tools return with its citations and dates; where they say that something is not covered,"
    " unknown or doubtful, say so. General information, not legal advice."
)
_P = ParamSpec("_P")

Question = Annotated[
    str, Field(description="A question in English, German or Chinese, or a citation.", max_length=2000)
]
Places = Annotated[
    list[str] | None,
    Field(
        description="Jurisdiction ids or names, such as de, uk-ew, us-ny, Pennsylvania. Leave out to let the question decide."
    ),
]
AsOf = Annotated[str, Field(description="The day whose law applies, YYYY-MM-DD; today if left out.")]
Language = Annotated[str | None, Field(description="en, de or zh; the language of the answer.")]


def serve(atlas_source: Callable[[], Atlas], today: Callable[[], date]) -> None:
    """Serve until the input ends."""
    server(atlas_source, today).run("stdio")


def server(atlas_source: Callable[[], Atlas], today: Callable[[], date]) -> MCPServer:
    """The server with its tools; the atlas is opened at the first question that needs it."""
    from mcp.server import MCPServer

    atlas = lru_cache(maxsize=1)(atlas_source)
    offered = MCPServer("clean-slate-atlas", title="Clean Slate Atlas", instructions=INSTRUCTIONS, log_level="ERROR")

    def day(text: str) -> date:
        try:
            return date.fromisoformat(text) if text else today()
        except ValueError:
            raise InputError(f"as_of: {text!r} is not a date; write YYYY-MM-DD") from None

    def ask(
        question: Question, jurisdictions: Places = None, as_of: AsOf = "", language: Language = None
    ) -> dict[str, Any]:
        """Answer a question on the law of clearing records, every statement with citations; says what is not covered."""
        return dict(atlas().ask(question, day(as_of), jurisdictions or [], language).to_json())

    def compare(
        jurisdictions: Annotated[list[str], Field(description="Two to twelve jurisdictions.")],
        dimensions: Annotated[
            list[str] | None, Field(description="Such as waiting_period, trigger, civil_effect; all if left out.")
        ] = None,
        as_of: AsOf = "",
        language: Language = "en",
    ) -> dict[str, Any]:
        """Compare jurisdictions on fourteen dimensions, each cell with its authorities."""
        table = atlas().compare(jurisdictions, dimensions or [], as_of=day(as_of), language=language or "en")
        return dict(table.to_json())

    def check(
        record: Annotated[
            dict[str, Any], Field(description="A record as record_schema describes it; leave out what is unknown.")
        ],
        as_of: AsOf = "",
        language: Language = "en",
    ) -> dict[str, Any]:
        """What the law does with each entry of a record: the effect, its date, the reasons, and what is missing to say more."""
        from app.check import check_record
        from corpus.rule_load import load_rules

        return check_record(record, load_rules(), day(as_of), language or "en").to_json()

    def analyze(
        text: Annotated[
            str, Field(description="The text of a document: plain, Markdown or HTML; English, German or Chinese.")
        ],
        as_of: AsOf = "",
    ) -> dict[str, Any]:
        """What a document cites and claims, with a verdict and the deciding passage for each claim of law, or the record it shows."""
        from app.analyze import analyze_source

        return analyze_source(text.encode(), day(as_of), "text").to_json()

    def show(
        provision: Annotated[
            str, Field(description="An id such as de/bzrg/34/1/1 or a citation such as s 6(4) ROA 1974.")
        ],
        as_of: AsOf = "",
        language: Language = "en",
    ) -> dict[str, Any]:
        """One provision as restated in the atlas, however it is cited."""
        spoken, on = language or "en", day(as_of)
        sources = atlas().show(provision, on, spoken)
        return {
            "passages": [source.to_json(spoken) for source in sources],
            "notes": atlas().dated(sources, on, spoken),
        }

    def record_schema() -> dict[str, Any]:
        """The JSON Schema of the record that check takes, every field and value described."""
        from app.record import record_schema as described
        from corpus.rule_load import load_rules

        return described(load_rules())

    for tool in (ask, compare, check, analyze, show, record_schema):
        offered.tool(structured_output=False)(_told(tool))
    return offered


def _told(tool: Callable[_P, dict[str, Any]]) -> Callable[_P, dict[str, Any]]:
    """The tool with faults of its input as one line for the caller."""

    @wraps(tool)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> dict[str, Any]:
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return tool(*args, **kwargs)
        except (InputError, CorpusError, IndexUnusable, ModelError, RuleConflict) as error:
            raise ToolError(one_line(error)) from None

    return called
