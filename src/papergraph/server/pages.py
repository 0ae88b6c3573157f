"""The page to ask at, and answers as pages; they work without scripts."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.query import read_queries
from papergraph.server.address import path_of, service_of
from papergraph.server.entity_page import Shown
from papergraph.server.examples import with_prefixes
from papergraph.server.templates import render, style
from papergraph.worker import Reply


def home_page(request: Request) -> Response:
    """Return the page with a form for a query, and the ready-made ones."""
    service = service_of(request)
    store = service.graph()
    queries = service.remember("queries", lambda: read_queries(service.settings.queries))
    examples = [(q.question, q.question_zh, with_prefixes(q, store.seal.base)) for q in queries]
    text = render("home.html.j2", title="papergraph", counts=store.seal.entities, examples=examples)
    return HTMLResponse(text, headers={"Vary": "Accept"})


def home(request: Request) -> Response:
    """Answer with the page to ask at."""
    return home_page(request)


def answer_page(request: Request, query: str, reply: Reply) -> Response:
    """Return the answer to a query as a page."""
    base = service_of(request).graph().seal.base
    head: list[str] = []
    rows: list[list[Shown]] = []
    text = ""
    if reply.kind == "construct":
        text = reply.body.decode()
    else:
        record = json.loads(reply.body)
        head = record["head"].get("vars", [])
        rows = [[_cell(row.get(name), base) for name in head] for row in record.get("results", {}).get("bindings", ())]
        text = str(record.get("boolean", "")).lower()
    page = render("answer.html.j2", title="papergraph", query=query, head=head, rows=rows, text=text, kind=reply.kind)
    return HTMLResponse(page, headers={"Vary": "Accept"})


def _cell(term: dict[str, Any] | None, base: str) -> Shown:
    if term is None:
        return Shown("")
    if term["type"] != "uri":
        return Shown(str(term["value"]), language=term.get("xml:lang", ""))
    iri = term["value"]
    return Shown(iri.removeprefix(base), path_of(iri, base) or (iri if iri.startswith(("https://", "http://")) else ""))


def style_sheet(request: Request) -> Response:
    """Answer with the style sheet."""
    del request
    return Response(style(), media_type="text/css")
