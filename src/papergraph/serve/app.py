"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from papergraph.errors import ConfigError, StoreError
from papergraph.serve.ask import PATH as ASK
from papergraph.serve.ask import ask_in_words
from papergraph.serve.between import PATH as BETWEEN
from papergraph.serve.between import between_page
from papergraph.serve.compare import PATH as COMPARE
from papergraph.serve.compare import compare_page
from papergraph.serve.diff import PATH as DIFF
from papergraph.serve.diff import diff_page
from papergraph.serve.documents import examples, ontology, void
from papergraph.serve.entity import entity
from papergraph.serve.forms import PATH as QUERIES
from papergraph.serve.forms import form_page, queries_page
from papergraph.serve.gate import Gate
from papergraph.serve.graph_page import PATH, graph_page
from papergraph.serve.graphs import graphs
from papergraph.serve.names import PATH as NAMES
from papergraph.serve.names import names
from papergraph.serve.pages import ask_page, browse, editor, find, forms_script, home, style_sheet, theme
from papergraph.serve.reports import conflicts, gaps, notes, timeline, venue, venues, year, years
from papergraph.serve.review import review_page
from papergraph.serve.review_access import PATH as REVIEW
from papergraph.serve.review_walk import Walk
from papergraph.serve.save import FILE, SAVE, save_file, save_page
from papergraph.serve.service import Service
from papergraph.serve.settings import Settings
from papergraph.serve.sparql import sparql
from papergraph.web.conflicts import PATH as CONFLICTS
from papergraph.web.gaps import PATH as GAPS
from papergraph.web.timeline import PATH as TIMELINE
from papergraph.web.works import NOTES, VENUE, VENUES, YEAR, YEARS

_ROUTES = [
    Route("/", home),
    *(Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
    *(Route(path, graphs) for path in ("/store", "/store/")),
    *(Route(path, void) for path in ("/void", "/.well-known/void")),
    *(Route(path, examples) for path in ("/examples", "/.well-known/sparql-examples")),
    *(Route(path, ontology) for path in ("/ontology", "/shapes")),
    Route("/id/{rest:path}", entity),
    Route("/query", ask_page),
    Route(ASK, ask_in_words),
    Route(BETWEEN, between_page),
    Route("/find", find),
    Route("/browse", browse),
    Route(COMPARE, compare_page),
    Route(CONFLICTS, conflicts),
    Route(DIFF, diff_page),
    Route(GAPS, gaps),
    Route(NAMES, names),
    Route(NOTES, notes),
    Route(QUERIES, queries_page),
    Route(QUERIES + "/{name}", form_page),
    Route(SAVE, save_page),
    Route(FILE, save_file),
    Route(REVIEW, review_page, methods=["GET", "POST"]),
    Route(TIMELINE, timeline),
    Route(VENUES, venues),
    Route(VENUE + "{venue}", venue),
    Route(YEARS, years),
    Route(YEAR + "{year}", year),
    Route(PATH, graph_page),
    Route("/style.css", style_sheet),
    Route("/editor.js", editor),
    Route("/forms.js", forms_script),
    Route("/theme.js", theme),
]


def make_app(settings: Settings) -> Starlette:
    """Return the application that serves a store.

    Raises:
        StoreError: if there is no store, or it cannot be opened.
    """
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        yield
        service.close()

    middleware = [Middleware(Gate, hosts=settings.hosts, origins=settings.origins)]
    if settings.origins:
        middleware.append(Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST"]))
    handlers = {HTTPException: _refused, StoreError: _unavailable, ConfigError: _misconfigured}
    app = Starlette(routes=_ROUTES, middleware=middleware, exception_handlers=handlers, lifespan=lifespan)
    app.state.service = service
    app.state.walk = Walk(settings.review.config) if settings.review else None
    return app


def _refused(request: Request, error: Exception) -> Response:
    """Return a refusal as plain text, which every client can show."""
    del request
    status, detail, headers = 500, str(error), None
    if isinstance(error, HTTPException):
        status, detail, headers = error.status_code, error.detail, error.headers
    return PlainTextResponse(f"{detail}\n", status, headers=headers)


def _unavailable(request: Request, error: Exception) -> Response:
    """Return that the store cannot be opened at the moment: a build may be replacing it."""
    del request
    return PlainTextResponse(f"{error}\n", 503, headers={"Retry-After": "1"})


def _misconfigured(request: Request, error: Exception) -> Response:
    """Return that a file of the person who started the server cannot be read, such as a ready-made query."""
    del request
    return PlainTextResponse(f"{error}\n", 500)
