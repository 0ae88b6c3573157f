"""The pages to ask at and to look around: queries, search, and lists of everything; all work without scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from papergraph.ask.choose import choose
from papergraph.ask.unknown_terms import unknown_terms
from papergraph.ask.worker import Reply
from papergraph.errors import UnknownNameError
from papergraph.page.island import island
from papergraph.serve.address import origin_of, path_of, service_of
from papergraph.serve.completion import completion_terms
from papergraph.serve.entity_page import Shown
from papergraph.serve.view import answer_with, page_number, view_of
from papergraph.serve.words import Words, words_of
from papergraph.store import Candidate
from papergraph.web.browse import browse_page
from papergraph.web.catalogue import FACETS, catalogue
from papergraph.web.home import home_page
from papergraph.web.paging import ROWS
from papergraph.web.templates import render, script, style
from papergraph.web.view import Page

_FIRST = "SELECT ?newer ?older {\n  ?n pg:improvesOn ?o .\n  ?n rdfs:label ?newer .\n  ?o rdfs:label ?older\n}"


def home(request: Request) -> Response:
    """Answer with the first page: how much there is, what is new and doubtful, and where to ask."""
    view = view_of(request)
    return answer_with(home_page(view), view)


def ask_page(request: Request) -> Response:
    """Answer with the page to ask at; a query in the address stands there, not yet asked."""
    return query_page(request, query=request.query_params.get("query", ""))


def query_page(request: Request, *, query: str = "", problem: str = "", status: int = 200, **more: Any) -> Response:
    """Return the page with an editor, and with an answer or a problem if there is one."""
    service, words = service_of(request), words_of(request)
    store = service.graph()
    queries = service.queries()
    examples = [(q.name, _question(q.question, q.question_zh, words), bool(q.path)) for q in queries]
    page = render(
        "query.html.j2",
        words=words,
        here="/query",
        title=words("query"),
        reviews=service.settings.review is not None,
        query=query or _FIRST,
        examples=examples,
        endpoint=f"{origin_of(request)}/sparql",
        terms=island(service.remember("terms", lambda: completion_terms(store), store)),
        problem=problem,
        **{
            "kind": "",
            "head": [],
            "rows": [],
            "text": "",
            "question": "",
            "meaning": "",
            "others": (),
            "lead": "",
            **more,
        },
    )
    return HTMLResponse(page, status, headers={"Vary": "Accept, Accept-Language"})


def _question(english: str, chinese: str, words: Words) -> str:
    return chinese if words.language == "zh" and chinese else english


def answer_page(request: Request, query: str, reply: Reply, **more: Any) -> Response:
    """Return the answer to a query as a page; `more` is what the page says of the question behind it."""
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
    if unknown := unknown_terms(query):
        listed = (f"{term.name} ({', '.join(term.near)})" if term.near else term.name for term in unknown)
        more.setdefault("lead", f"{words_of(request)('unknown_terms')} {', '.join(listed)}")
    return query_page(request, query=query, kind=reply.kind, head=head, rows=rows, text=text, **more)


def _cell(term: dict[str, Any] | None, base: str) -> Shown:
    if term is None:
        return Shown("")
    if term["type"] != "uri":
        return Shown(str(term["value"]), language=term.get("xml:lang", ""))
    iri = term["value"]
    return Shown(iri.removeprefix(base), path_of(iri, base) or (iri if iri.startswith(("https://", "http://")) else ""))


def find(request: Request) -> Response:
    """Answer a search for a name: with its page if only one thing has it, else with all that have it or a like one."""
    words, store = words_of(request), service_of(request).graph()
    asked = request.query_params.get("q", "").strip()
    if not asked:
        return RedirectResponse(words.link("/browse"), 303)
    try:
        found, heading, lead = choose(store, asked).candidates, f"{words('found')} {asked}", ""
    except UnknownNameError as error:
        found, lead = tuple(store.containing(asked, ROWS)), words("containing")
        heading = f"{words('found')} {asked}" if found else f"{words('none_found')} {asked}"
        if not found:
            found = tuple(choose(store, name).candidate for name in error.suggestions)
            lead = words("suggested") if found else ""
    if len(found) == 1 and not lead:
        return RedirectResponse(words.link(path_of(found[0].iri, store.base)), 303)
    return _listed(request, heading, found, lead, asked)


def browse(request: Request) -> Response:
    """Answer with all entities of a type that the facets leave, those named most often first."""
    view, asked = view_of(request), request.query_params
    chosen = {name: asked.get(name, "")[:300] for name in FACETS}
    page = browse_page(view, asked.get("type", ""), chosen, page_number(request))
    return answer_with(page, view)


def _listed(request: Request, heading: str, found: Sequence[Candidate], lead: str, asked: str) -> Response:
    view = view_of(request)
    years = catalogue(view).by_iri
    results = [(c.type, c.label, view.path(c.iri), c.mentions, years[c.iri].year) for c in found]
    values = {"kinds": (), "chosen": "", "facets": (), "pages": (), "total": len(found), "lead": lead, "asked": asked}
    page = Page("found.html.j2", f"/find?q={quote(asked)}", heading, {"results": results, **values})
    return answer_with(page, view)


def style_sheet(request: Request) -> Response:
    """Answer with the style sheet."""
    del request
    return Response(style(), media_type="text/css")


def editor(request: Request) -> Response:
    """Answer with the editor's script."""
    del request
    return Response(script("editor.js"), media_type="text/javascript")


def theme(request: Request) -> Response:
    """Answer with the script that keeps the choice of light or dark."""
    del request
    return Response(script("theme.js"), media_type="text/javascript")


def forms_script(request: Request) -> Response:
    """Answer with the script of forms."""
    del request
    return Response(script("forms.js"), media_type="text/javascript")
