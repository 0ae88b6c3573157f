"""The interactive page of the whole graph, made once for each generation; things stay in place as notes change."""

from __future__ import annotations

import threading

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.page import Page, make_page
from papergraph.page.keeping import kept_map
from papergraph.page.layout import Kept, read_kept, write_kept
from papergraph.serve.address import PLACE, service_of
from papergraph.serve.service import Service

PATH = "/graph"
_lock = threading.Lock()


def graph_page(request: Request) -> Response:
    """Answer with the page; its own policy runs its own scripts and nothing else."""
    service = service_of(request)
    with _lock:  # two who come first would both lay the map out
        page = service.remember("graph page", lambda: _made(service))
    policy = f"{page.policy}; frame-ancestors 'none'"
    return HTMLResponse(page.html, headers={"Content-Security-Policy": policy})


def _made(service: Service) -> Page:
    source = service.graph()
    graph = source.read_graph()
    page = make_page(
        graph, source=source, note_url=service.settings.note_url, page_url=PLACE + "{path}", kept=_kept(service)
    )
    service.lasting["map"] = write_kept(page.graph, page.layout)
    return page


def _kept(service: Service) -> Kept | None:
    """Return where things stood on the page of the last generation, else where `papergraph view` has put them."""
    last = service.lasting.get("map")
    return read_kept(last) if last else kept_map(service.settings.store)
