"""The pages to ask at and to look around: queries, search, and lists of everything; all work without scripts."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from papergraph.ask.choose import choose
from papergraph.ask.worker import Reply
from papergraph.errors import UnknownNameError
from papergraph.model import ENTITY_TYPES
from papergraph.ontology.kinds import KINDS
from papergraph.page.island import island
from papergraph.resources import read_resource
from papergraph.serve.address import origin_of, path_of, service_of
from papergraph.serve.completion import completion_terms
from papergraph.serve.entity_page import Shown
from papergraph.serve.templates import render, style
from papergraph.serve.words import Words, words_of
from papergraph.store import GraphStore

#: Entities on one page of a list.
_PAGE = 300
#: Entities of a type on the first page.
_FIRST_NAMES = 10
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_FIRST = "SELECT ?newer ?older {\n  ?n pg:improvesOn ?o .\n  ?n rdfs:label ?newer .\n  ?o rdfs:label ?older\n}"


def home(request: Request) -> Response:
    """Answer with the first page: how much there is, and where to ask."""
    return query_page(request, home=True)


def ask_page(request: Request) -> Response:
    """Answer with the page to ask at; a query in the address stands there, not yet asked."""
    return query_page(request, query=request.query_params.get("query", ""))


def query_page(
    request: Request, *, query: str = "", home: bool = False, problem: str = "", status: int = 200, **more: Any
) -> Response:
    """Return the page with an editor, and with an answer or a problem if there is one."""
    service, words = service_of(request), words_of(request)
    store = service.graph()
    queries = service.queries()
    examples = [(q.name, _question(q.question, q.question_zh, words), bool(q.path)) for q in queries]
    page = render(
        "query.html.j2",
        words=words,
        here="/" if home else "/query",
        title=words("query"),
        home=home,
        counts=store.seal.entities,
        most_named=service.remember("most named", lambda: _most_named(store)) if home else [],
        query=query or _FIRST,
        examples=examples,
        endpoint=f"{origin_of(request)}/sparql",
        terms=island(service.remember("terms", lambda: completion_terms(store))),
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


def _most_named(store: GraphStore) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each type of what works are made of the entities that are named most often, with addresses."""
    found = []
    for kind in ("Method", "Model", "Hardware", "Dataset", "Institution"):
        entities = sorted(store.entities(store.base + KINDS[kind] + "/"), key=lambda c: (-c.mentions, c.label))
        found.append((kind, [(c.label, path_of(c.iri, store.base)) for c in entities[:_FIRST_NAMES]]))
    return [(kind, names) for kind, names in found if names]


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
        found, lead = tuple(store.containing(asked, _PAGE)), words("containing")
        heading = f"{words('found')} {asked}" if found else f"{words('none_found')} {asked}"
        if not found:
            found = tuple(choose(store, name).candidate for name in error.suggestions)
            lead = words("suggested") if found else ""
    if len(found) == 1 and not lead:
        return RedirectResponse(words.link(path_of(found[0].iri, store.base)), 303)
    results = [(c.type, c.label, path_of(c.iri, store.base), c.mentions) for c in found]
    return _listed(request, heading, results, lead=lead, asked=asked)


def browse(request: Request) -> Response:
    """Answer with all entities of a type, those named most often first."""
    words, store = words_of(request), service_of(request).graph()
    kinds = store.seal.entities
    kind = request.query_params.get("type", "")
    if kind not in dict(kinds):
        kind = "Method" if "Method" in dict(kinds) else kinds[0][0] if kinds else ""
    if kind not in ENTITY_TYPES:
        return _listed(request, words("browse"), [])
    rows = service_of(request).remember(f"browse {kind}", lambda: _entities(store, kind))
    number = _number(request.query_params.get("page", "1"))
    last = max(1, -(-len(rows) // _PAGE))
    number = min(max(1, number), last)
    pages = (
        [(n, "" if n == number else f"/browse?type={kind}&page={n}") for n in range(1, last + 1)] if last > 1 else []
    )
    shown = rows[(number - 1) * _PAGE : number * _PAGE]
    return _listed(request, words(f"type_{kind}"), shown, kinds=kinds, chosen=kind, pages=pages)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise HTTPException(400, "the page number must have 1 to 9 digits")
    return int(text)


def _entities(store: Any, kind: str) -> list[tuple[str, str, str, int]]:
    found = store.entities(store.base + KINDS[kind] + "/")
    found.sort(key=lambda c: (-c.mentions, c.label.casefold(), c.iri))
    return [(c.type, c.label, path_of(c.iri, store.base), c.mentions) for c in found]


def _listed(request: Request, heading: str, results: list[tuple[str, str, str, int]], **more: Any) -> Response:
    values = {"kinds": (), "chosen": "", "lead": "", "pages": [], "asked": "", **more}
    here = request.url.path + (f"?type={values['chosen']}" if values["chosen"] else "")
    page = render(
        "found.html.j2", words=words_of(request), here=here, title=heading, heading=heading, results=results, **values
    )
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def style_sheet(request: Request) -> Response:
    """Answer with the style sheet."""
    del request
    return Response(style(), media_type="text/css")


def editor(request: Request) -> Response:
    """Answer with the editor's script."""
    del request
    return Response(read_resource("viz/serve/editor.js"), media_type="text/javascript")


def forms_script(request: Request) -> Response:
    """Answer with the script of forms."""
    del request
    return Response(read_resource("viz/serve/forms.js"), media_type="text/javascript")
