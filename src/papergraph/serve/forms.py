"""Ready-made queries as forms: a field for each parameter, an address for each question, the answer with its links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.ask.named import NamedQuery, choose_query
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.worker import Task
from papergraph.errors import QueryError, UnknownNameError
from papergraph.serve.address import endpoint_of, service_of
from papergraph.serve.cells import linked_rows
from papergraph.serve.fields import Field, fields_of
from papergraph.serve.templates import render
from papergraph.serve.words import Words, words_of

PATH = "/queries"
#: Longer names are no names.
_MOST_LETTERS = 300


def queries_page(request: Request) -> Response:
    """Answer with the list of the ready-made queries, the user's own marked."""
    words, problems = words_of(request), list[str]()
    listed = [(q.name, question_of(q, words), bool(q.path)) for q in service_of(request).queries(problems)]
    page = render("queries.html.j2", words=words, here=PATH, title=words("examples"), queries=listed, problems=problems)
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


async def form_page(request: Request) -> Response:
    """Answer with the form of a query, and with its answer if the address gives parameters, or none are needed."""
    service = service_of(request)
    try:
        query = choose_query(request.path_params["name"], service.queries())
    except UnknownNameError as error:
        raise HTTPException(404, str(error)) from error
    given = _given(request, query)
    fields = await run_in_threadpool(fields_of, service.graph(), query, given)
    if given.keys() or not any(not field.optional for field in fields):
        return await _answered(request, query, fields, {name: value for name, value in given.items() if value})
    return await run_in_threadpool(_page, request, query, fields)


def _given(request: Request, query: NamedQuery) -> dict[str, str]:
    """Return what the address gives for each parameter.

    Raises:
        HTTPException: if it gives one twice.
    """
    found: dict[str, str] = {}
    for name, _ in query.parameters:
        values = request.query_params.getlist(name)
        if len(values) > 1:
            raise HTTPException(400, f"{name} is given {len(values)} times; for several entities, write {name}=A|B")
        if values:
            found[name] = values[0].strip()[:_MOST_LETTERS]
    return found


async def _answered(request: Request, query: NamedQuery, fields: list[Field], given: Mapping[str, str]) -> Response:
    service, words = service_of(request), words_of(request)
    try:
        sparql = await run_in_threadpool(fill_parameters, service.graph(), query, given)
    except UnknownNameError as error:
        meant = f" {words('suggested')}: {', '.join(error.suggestions)}" if error.suggestions else ""
        problem = f"{words('not_in_notes')} {error.name}.{meant}"
        return await run_in_threadpool(_page, request, query, fields, problem=problem, status=404)
    except QueryError as error:
        return await run_in_threadpool(_page, request, query, fields, problem=str(error), status=400)
    sparql = sparql.strip()
    reply = await service.ask(Task(sparql, solutions="json", base=endpoint_of(request)), request.receive)
    if reply.status != "ok":
        return await run_in_threadpool(_page, request, query, fields, sparql=sparql, problem=reply.message)
    if reply.kind != "select":
        return await run_in_threadpool(
            _page, request, query, fields, sparql=sparql, kind=reply.kind, text=reply.body.decode()
        )
    head, rows = await run_in_threadpool(linked_rows, request, reply)
    return await run_in_threadpool(_page, request, query, fields, sparql=sparql, kind="select", head=head, rows=rows)


def _page(request: Request, query: NamedQuery, fields: list[Field], *, status: int = 200, **more: Any) -> Response:
    words = words_of(request)
    place = f"{PATH}/{query.name}"
    page = render(
        "form.html.j2",
        words=words,
        here=f"{place}?{request.url.query}" if request.url.query else place,
        action=place,
        title=question_of(query, words),
        other=query.question if words.language == "zh" else query.question_zh,
        query=query,
        fields=fields,
        **{"sparql": "", "problem": "", "kind": "", "head": [], "rows": [], "text": "", **more},
    )
    return HTMLResponse(page, status, headers={"Vary": "Accept-Language"})


def question_of(query: NamedQuery, words: Words) -> str:
    """Return what a query asks in the language of the page, or its name."""
    chinese = query.question_zh if words.language == "zh" else ""
    return chinese or query.question or query.name
