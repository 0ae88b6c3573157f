"""Access control: the first check of every request, before any work is done.

Any web page can send requests to a server on this machine, and by rebinding its own host name to 127.0.0.1 even read
the answers (DNS rebinding); the notes are private. So requests are only accepted if they address the server by a name
of this machine and do not come from the page of another origin.
"""

from __future__ import annotations

import logging
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from papergraph.serve.settings import LOOPBACK
from papergraph.text.terminal import printable

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?")
#: What every answer carries, errors too.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: It gives no details of the failure; those are in the log of the server.
_FAILED = PlainTextResponse("internal server error; see the log of the server\n", 500)
_log = logging.getLogger("papergraph.serve")


class Gate:
    """Middleware that refuses unknown hosts and origins, and adds security headers to all responses, also errors."""

    def __init__(
        self, app: ASGIApp, hosts: tuple[str, ...] = (), origins: tuple[str, ...] = (), *, has_cors: bool = True
    ) -> None:
        """Let requests to `hosts` and from `origins` pass too; `has_cors` says whether an option can add origins."""
        self._app = app
        self._remedy = "; start the server with --cors ORIGIN" if has_cors else ""
        self._hosts = {h.lower() for h in (*LOOPBACK, *hosts)}
        self._origins = {o.lower().rstrip("/") for o in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        started = False

        async def careful(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not self._origins:
                    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        refusal = self._refusal(Headers(scope=scope), scope)
        try:
            await (refusal or self._app)(scope, receive, careful)
        except Exception as error:
            if started:
                raise  # the client sees the connection end
            _log.error(printable(f"{scope['method']} {scope['path']} failed: {type(error).__name__}: {error}"))
            await _FAILED(scope, receive, careful)

    def _refusal(self, headers: Headers, scope: Scope) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        match = _HOST.fullmatch(hosts[0].strip().lower()) if len(hosts) == 1 else None
        if match is None:
            return PlainTextResponse("the request must have exactly one Host header\n", 400)
        if match[1] not in self._hosts:
            return PlainTextResponse(
                "unknown host name; use localhost, or start the server with --allow-host NAME\n", 421
            )
        if self._is_foreign(headers, hosts[0].strip().lower(), scope):
            return PlainTextResponse(f"cross-origin requests are not allowed{self._remedy}\n", 403)
        return None

    def _is_foreign(self, headers: Headers, host: str, scope: Scope) -> bool:
        if "*" in self._origins:
            return False
        if (origin := headers.get("origin", "").lower()) in self._origins:
            return False
        if origin:
            return origin not in {f"http://{host}", f"https://{host}"}
        if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
            return False
        # A link from another site may lead to a page, but must not start a query.
        navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return not (navigates and scope["method"] == "GET" and not scope["query_string"])
