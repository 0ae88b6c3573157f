"""Who may see and use the review page: the person who started the server, from this machine.

The page writes, so it trusts nothing that another page, another user or a program on the network could send. The secret
of the address becomes a cookie that scripts cannot read and that browsers send along with no request of another site;
forms carry a value derived from it, and their origin must be the server's own.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from papergraph.serve.address import origin_of, service_of
from papergraph.serve.settings import LOOPBACK, Reviewing

PATH = "/review"
#: Field of the forms that only the page itself can fill in.
FIELD = "form"


def reviewing(request: Request) -> Reviewing:
    """Return how the server reviews.

    Raises:
        HTTPException: 404 if it does not, 403 for a request from another machine.
    """
    found = service_of(request).settings.review
    if found is None:
        raise HTTPException(404, "the review page is off; start the server with --review")
    host = request.headers["host"].strip().lower().removesuffix(f":{request.url.port}")
    if host not in LOOPBACK or not _is_local(request.client.host if request.client else ""):
        raise HTTPException(403, "the review page is for this machine only; use http://127.0.0.1")
    return found


def admit(request: Request, ours: Reviewing, place: str) -> Response | None:
    """Return how somebody with the secret in the address gets in, and None for somebody who is in.

    Raises:
        HTTPException: 403 for anybody else.
    """
    given = request.query_params.get("token")
    if given is None:
        _check_cookie(request, ours)
        return None
    if not _same(given, ours.token):
        raise HTTPException(
            403, "this address is not of the running server; use the one that it printed when it started"
        )
    answer = RedirectResponse(place, 303)
    answer.set_cookie(_cookie(request), _derived(ours, "cookie"), path=PATH, httponly=True, samesite="strict")
    return answer


def check_form(request: Request, ours: Reviewing, fields: Mapping[str, str]) -> None:
    """Let only a form of the page itself pass.

    Raises:
        HTTPException: 403 for any other request.
    """
    _check_cookie(request, ours)
    if request.headers.getlist("origin") != [origin_of(request)]:
        raise HTTPException(403, "decisions are accepted from the review page only")
    if not _same(fields.get(FIELD, ""), form_value(ours)):
        raise HTTPException(403, "this form is not of the running server; reload the page")


def form_value(ours: Reviewing) -> str:
    """Return what forms of the page carry in `FIELD`."""
    return _derived(ours, "form")


def _check_cookie(request: Request, ours: Reviewing) -> None:
    if not _same(request.cookies.get(_cookie(request), ""), _derived(ours, "cookie")):
        raise HTTPException(403, "open the review page at the address that papergraph serve printed when it started")


def _cookie(request: Request) -> str:
    """Return the name of the cookie: browsers do not keep the ports of a machine apart."""
    return f"papergraph-review-{request.url.port or 80}"


def _derived(ours: Reviewing, purpose: str) -> str:
    return hmac.new(ours.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
