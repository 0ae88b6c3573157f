"""What a request lets its reader see, and the answers that are pages of `papergraph.web`."""

from __future__ import annotations

import re
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.serve.address import service_of
from papergraph.serve.words import words_of
from papergraph.web.view import Page, View

_NUMBER = re.compile(r"-?[0-9]{1,9}")


def view_of(request: Request) -> View:
    """Return the current graph as the reader of this request sees it."""
    service = service_of(request)
    store = service.graph()
    return View(store, words_of(request), partial(service.remember, of=store), service.settings.note_url)


def answer_with(page: Page, view: View, status: int = 200) -> Response:
    """Return a page as a response."""
    return HTMLResponse(page.html(view.words), status, headers={"Vary": "Accept, Accept-Language"})


def page_number(request: Request) -> int:
    """Return the number of the page of a list that the address names, 1 for none.

    Raises:
        HTTPException: 400 for text that is no number.
    """
    text = request.query_params.get("page", "1")
    if not _NUMBER.fullmatch(text):
        raise HTTPException(400, "the page number must have 1 to 9 digits")
    return int(text)
