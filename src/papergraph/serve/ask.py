"""The page that answers a question in words: how it was read, the SPARQL, and the rows."""

from __future__ import annotations

import json
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from papergraph.ask.worker import Task
from papergraph.errors import QuestionError, UnknownNameError
from papergraph.insight.ask import Asked, read_question
from papergraph.serve.address import endpoint_of, service_of
from papergraph.serve.pages import answer_page, query_page
from papergraph.serve.words import words_of

PATH = "/ask"


async def ask_in_words(request: Request) -> Response:
    """Answer a question with the query page, where the SPARQL stands ready to be changed."""
    words = words_of(request)
    question = " ".join(request.query_params.get("q", "").split())
    if not question:
        return RedirectResponse(words.link("/"), 303)
    try:
        asked = await run_in_threadpool(_read, request, question)
    except UnknownNameError as error:
        if error.kind != "entity":
            raise HTTPException(400, str(error)) from error
        meant = f" {words('suggested')}: {', '.join(error.suggestions)}" if error.suggestions else ""
        return query_page(
            request, problem=f"{words('not_in_notes')} {error.name}.{meant}", question=question, status=404
        )
    except QuestionError as error:
        near = f" {words('nearest')} {', '.join(error.nearest)}" if error.nearest else ""
        return query_page(request, problem=words("not_understood") + near, question=question)
    reply = await service_of(request).ask(
        Task(asked.sparql, solutions="json", base=endpoint_of(request)), request.receive
    )
    if reply.status != "ok":
        return query_page(request, query=asked.sparql, problem=reply.message, question=question)
    others = [(name, f"/ask?q={quote(question)}&as={name}") for name in asked.others]
    empty = not json.loads(reply.body)["results"]["bindings"]
    lost = f"{words('not_asked')} {', '.join(asked.left_over)}" if asked.left_over else ""
    lead = " ".join(part for part in (words("notes_silent") if empty else "", lost) if part)
    more = {"question": question, "meaning": _meaning(asked, words.language), "lead": lead, "others": others}
    return answer_page(request, asked.sparql, reply, **more)


def _read(request: Request, question: str) -> Asked:
    service = service_of(request)
    queries = service.queries()
    return read_question(service.graph(), question, queries, prefer=request.query_params.get("as", ""))


def _meaning(asked: Asked, language: str) -> str:
    """Return what the query asks, in the language of the page, with the names that it asks about."""
    text = asked.query.question_zh if language == "zh" else asked.query.question
    names = ", ".join(f"{name.parameter} = {name.label}" for name in asked.names)
    return f"{text} {names}".strip()
