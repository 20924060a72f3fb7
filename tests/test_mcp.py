"""An assistant meets the atlas over the Model Context Protocol: tools with schemas, answers with citations, faults in one line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from mcp.server import MCPServer

from app.ask import Atlas
from app.mcp_server import server

RECORD = {
    "jurisdiction": "uk-ew",
    "born": "1985-04-01",
    "entries": [{"kind": "conviction", "conviction_date": "2024-03-01", "sentences": [{"type": "fine"}]}],
}


@pytest.fixture(scope="module")
def offered(atlas: Atlas) -> MCPServer:
    return server(lambda: atlas, lambda: date(2026, 11, 25))


def _run(what: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: a browser test before it may have left a loop in this one."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, what).result()


def _call(offered: MCPServer, tool: str, **arguments: Any) -> Any:
    result = _run(offered.call_tool(tool, arguments))
    content = getattr(result, "content", result)
    return json.loads(content[0].text)


def test_every_tool_says_what_it_takes(offered: MCPServer) -> None:
    tools = {tool.name: tool for tool in _run(offered.list_tools())}
    assert {"ask", "compare", "check", "analyze", "show", "record_schema"} == set(tools)
    assert all(tool.description for tool in tools.values())


def test_a_question_is_answered_with_citations(offered: MCPServer) -> None:
    answer = _call(offered, "ask", question="What does s 6(4) ROA 1974 say?")
    assert answer["status"] == "answered"
    assert all(statement["citations"] for statement in answer["answer"])


def test_a_record_is_checked_as_of_today(offered: MCPServer) -> None:
    checked = _call(offered, "check", record=RECORD)
    assert checked["as_of"] == "2026-11-25"
    assert checked["results"][0]["outcomes"][0]["date"] == "2025-03-01"


def test_a_document_comes_back_with_what_it_claims_and_what_the_law_says(offered: MCPServer) -> None:
    text = "# Fines in England\n\nIn England and Wales a fine becomes spent five years after the conviction."
    claims = _call(offered, "analyze", text=text)["claims"]
    assert [(one["type"], one["verdict"]) for one in claims] == [("law", "outdated")]
    assert text[claims[0]["start"] : claims[0]["end"]] == claims[0]["text"]


def test_a_fault_of_the_input_comes_back_as_one_line(offered: MCPServer) -> None:
    with pytest.raises(Exception, match="jurisdiction: no rules for 'xx'") as raised:
        _call(offered, "check", record={**RECORD, "jurisdiction": "xx"})
    assert "\n" not in str(raised.value)
