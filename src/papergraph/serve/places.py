"""Places in notes as the pages of reports show them, and names that an address asks for."""

from __future__ import annotations

from starlette.requests import Request

from papergraph.serve.view import view_of
from papergraph.web.view import ShownPlace

__all__ = ["ShownPlace", "asked_names", "shown_place"]


def shown_place(request: Request, note: str, line: int, sentence: str = "") -> ShownPlace:
    """Return a line of a note with the address at which it is read."""
    return view_of(request).place(note, line, sentence)


def asked_names(request: Request, key: str, most: int) -> list[str]:
    """Return the names in the address under `key`, as many as are answered, each at most 300 characters."""
    names = (name.strip()[:300] for name in request.query_params.getlist(key))
    return list(dict.fromkeys(filter(None, names)))[:most]
