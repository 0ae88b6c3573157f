"""Saving a query as a file that a folder of ready-made queries takes as it is."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.ask.named import parse_query
from papergraph.ask.query import ask
from papergraph.errors import ConfigError, QueryError
from papergraph.serve.address import service_of
from papergraph.serve.templates import render
from papergraph.serve.words import words_of

SAVE, FILE = "/save", "/save.rq"
_NAME = re.compile(r"[\w-]{1,100}")
_QUESTION = re.compile(r"#(?!\s*@)[^\n]*\n?")
_BLANKS = re.compile(r"\s+")


def save_page(request: Request) -> Response:
    """Answer with the form: a name and a question in each language for the query in the address."""
    return _page(request)


def save_file(request: Request) -> Response:
    """Answer with the file, or with the form again and what is wrong."""
    asked = request.query_params
    name = asked.get("name", "").strip()
    if not _NAME.fullmatch(name):
        return _page(request, "save_bad_name")
    text = query_file(asked.get("query", ""), asked.get("question", ""), asked.get("question_zh", ""))
    try:
        ask(service_of(request).graph().with_triples(""), parse_query(name, text).text)  # of nothing: is it SPARQL?
    except (ConfigError, QueryError) as error:
        return _page(request, problem=str(error))
    plain = name if name.isascii() else "query"
    place = f"attachment; filename=\"{plain}.rq\"; filename*=UTF-8''{quote(name)}.rq"
    return Response(text, media_type="application/sparql-query", headers={"Content-Disposition": place})


def query_file(query: str, english: str, chinese: str) -> str:
    r"""Return the text of a file of ready-made queries: its questions first, in place of those that stand there.

    >>> print(query_file("# old\nASK {}", "Is there anything?", ""), end="")
    # Is there anything?
    ASK {}
    """
    text = query.replace("\r\n", "\n").strip() + "\n"
    questions = [_BLANKS.sub(" ", q).strip().lstrip("#@ ") for q in (english, chinese)]
    if not any(questions):
        return text
    while match := _QUESTION.match(text):
        text = text[match.end() :].lstrip("\n")
    return "".join(f"# {question}\n" for question in questions if question) + text


def _page(request: Request, key: str = "", problem: str = "") -> Response:
    words, asked = words_of(request), request.query_params
    query = asked.get("query", "")
    try:
        before = parse_query("query", query)
        questions = before.question, before.question_zh
    except ConfigError:
        questions = "", ""
    page = render(
        "save.html.j2",
        words=words,
        here=f"{SAVE}?query={quote(query)}",
        title=words("save"),
        query=query,
        called=asked.get("name", ""),
        question=asked.get("question", questions[0]),
        question_zh=asked.get("question_zh", questions[1]),
        problem=words(key) if key else problem,
    )
    return HTMLResponse(page, 400 if key or problem else 200, headers={"Vary": "Accept-Language"})
