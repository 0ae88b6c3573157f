"""The SPARQL endpoint."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from papergraph.ask.worker import Reply, Task
from papergraph.serve.about import asks_about_server, describe_server, service_triples
from papergraph.serve.address import endpoint_of, origin_of, service_of
from papergraph.serve.documents import document
from papergraph.serve.negotiation import HTML, SOLUTIONS, TRIPLES, Format, choose_format, format_named
from papergraph.serve.pages import answer_page, query_page
from papergraph.serve.protocol import Asked, read_query

#: HTTP status of a failed query: 4xx for client errors, 503 or 504 for limits.
_STATUS = {"wrong": 400, "large": 413, "unacceptable": 406, "time": 504, "memory": 503, "crash": 503, "busy": 503}


async def sparql(request: Request) -> Response:
    """Answer a query; without one, describe the service, to people by the page where they can ask."""
    asked = await read_query(request)
    accept = request.headers.get("accept", "")
    if asked is None:
        if choose_format(accept, (*TRIPLES, HTML)) == HTML:
            return query_page(request)
        return document(request, service_triples(service_of(request), endpoint_of(request), origin_of(request)))
    solutions, triples = _forms(accept, asked)
    if solutions is None and triples is None:
        raise HTTPException(406, f"available media types: {', '.join(f.media_type for f in (*SOLUTIONS, *TRIPLES))}")
    return await _answer(request, asked, solutions, triples)


def _forms(accept: str, asked: Asked) -> tuple[Format | None, Format | None]:
    """Return the formats for a table and for triples: by the header, or by a field where the header leaves it open."""
    if asked.form and (accept in {"", "*/*"} or "text/html" in accept):
        solutions, triples = format_named(asked.form, SOLUTIONS), format_named(asked.form, TRIPLES)
        if solutions or triples:
            return solutions, triples
    return choose_format(accept, (*SOLUTIONS, HTML)), choose_format(accept, (*TRIPLES, HTML))


async def _answer(request: Request, asked: Asked, solutions: Format | None, triples: Format | None) -> Response:
    service = service_of(request)
    about = asks_about_server(asked.query)
    task = Task(
        asked.query,
        solutions="json" if solutions == HTML else solutions.name if solutions else "",
        triples="turtle" if triples == HTML else triples.name if triples else "",
        graphs=asked.graphs,
        base=endpoint_of(request),
        instead=await describe_server(service, origin_of(request)) if about else "",
    )
    reply = await service.ask(task, request.receive)
    if reply.status != "ok":
        refusal = _refusal(reply)
        if HTML in (solutions, triples):
            return query_page(request, query=asked.query, problem=refusal.detail, status=refusal.status_code)
        raise refusal
    form = triples if reply.kind == "construct" else solutions
    if form == HTML:
        return answer_page(request, asked.query, reply)
    return _written(reply, form or SOLUTIONS[0])


def _written(reply: Reply, form: Format) -> Response:
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    return Response(reply.body, headers={"Content-Type": form.media_type + charset, "Vary": "Accept"})


def _refusal(reply: Reply) -> HTTPException:
    message = reply.message
    if reply.status == "unacceptable":
        forms = TRIPLES if reply.kind == "construct" else SOLUTIONS
        message = f"available media types for this query: {', '.join(f.media_type for f in forms)}"
    return HTTPException(_STATUS[reply.status], message, {"Retry-After": "1"} if reply.status == "busy" else None)
