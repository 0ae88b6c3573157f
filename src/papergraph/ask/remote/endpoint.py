"""A SPARQL 1.1 server over HTTP: queries and updates by direct form posts, with the standard library's client.

The server is not trusted: its responses are limited in time and size, it receives nothing that is meant for another
server, and its messages are shown as plain text.

Source: SPARQL 1.1 Protocol, sections 2.1.2 and 2.2.1 (W3C Recommendation, 2013).
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from dataclasses import dataclass, field, replace

from papergraph.ask.remote.transport import opened, read_body
from papergraph.errors import EndpointError
from papergraph.text.terminal import printable, shorten

#: Columns of a server's explanation that an error repeats, and bytes of it that are read.
_LONGEST_REASON = 300
_REASON_BYTES = 4_096
#: Seconds before each further try of what failed for a reason that may pass.
_PAUSES = (0.5, 1.0, 2.0, 4.0)
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
#: What a redirect asks to be fetched without sending the form again.
_SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL server and the settings for requests."""

    url: str
    """Address for queries."""
    update_url: str = ""
    """Address for updates, if it differs."""
    graph: str = ""
    """IRI of the named graph to query; "" for the default of the server."""
    seconds: float = 60.0
    """Time limit of one request, from the first byte sent to the last byte read."""
    user: str = ""
    password: str = field(default="", repr=False)
    most_bytes: int = 256_000_000
    """Maximum size of a response, in bytes."""

    def __post_init__(self) -> None:
        """Raise EndpointError for an address that is not HTTP(S) or contains a password."""
        for url in (self.url, self.update_url or self.url):
            _check_address(url)

    def within(self, graph: str) -> Endpoint:
        """Return the endpoint, to be asked about one graph only."""
        return replace(self, graph=graph)

    def query(self, sparql: str, accept: str) -> tuple[bytes, str]:
        """Return the answer to a query, and its media type.

        Raises:
            EndpointError: if the server cannot be reached, refuses, or fails.
        """
        form = {"query": sparql} | ({"default-graph-uri": self.graph} if self.graph else {})
        return self._post(self.url, form, accept)

    def update(self, sparql: str, *, patient: bool = True) -> None:
        """Run an update, again if it fails for a reason that may pass: it must be one that may run twice.

        Without `patient` it is tried once.

        Raises:
            EndpointError: if the server cannot be reached, refuses, or fails to the end.
        """
        for pause in (*(_PAUSES if patient else ()), None):
            try:
                self._post(self.update_url or self.url, {"update": sparql}, "*/*")
            except EndpointError as error:
                if pause is None or not error.passing:
                    raise
                time.sleep(pause)
            else:
                return

    def _post(self, url: str, form: dict[str, str], accept: str) -> tuple[bytes, str]:
        headers = {
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "papergraph",
        }
        request = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), headers)  # noqa: S310  checked
        try:
            return self._exchange(request)
        except EndpointError as error:
            raise EndpointError(f"{url}: {error}", passing=error.passing) from error
        except (ValueError, zlib.error) as error:
            said = _quoted(str(error))
            raise EndpointError(f"{url}: unexpected answer from the server: {said}") from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            said = f"timed out after {self.seconds:g} s" if isinstance(reason, TimeoutError) else _quoted(str(reason))
            raise EndpointError(
                f"{url}: no answer: {said}; check that the server is running and that this is its query address",
                passing=True,
            ) from error

    def _exchange(self, request: urllib.request.Request) -> tuple[bytes, str]:
        """Return the answer to a request, and to those that the same server sends it on to."""
        with opened(self.seconds, self._credentials()) as opener:
            for _ in range(_MOST_REDIRECTS + 1):
                try:
                    with opener.open(request, timeout=self.seconds) as response:
                        return read_body(response, self.most_bytes), response.headers.get_content_type()
                except urllib.error.HTTPError as error:
                    with error:
                        if error.code not in _REDIRECTS or "Location" not in error.headers:
                            raise EndpointError(_explained(error), passing=error.code in _PASSING) from error
                        request = _redirected(request, error.code, error.headers["Location"])
        raise EndpointError(f"more than {_MOST_REDIRECTS} redirects")

    def _credentials(self) -> tuple[urllib.request.BaseHandler, ...]:
        if not self.user:
            return ()
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in filter(None, (self.url, self.update_url)):
            passwords.add_password(None, urllib.parse.urljoin(url, "/"), self.user, self.password)
        return urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)


def _check_address(url: str) -> None:
    if "@" in url.partition("?")[0]:
        raise EndpointError(
            f"{_without_user(url)}: the address contains a user name or password, which others could read; "
            "use --user NAME and set PAPERGRAPH_PASSWORD"
        )
    try:
        parts = urllib.parse.urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or any(c <= " " or c == "\x7f" for c in url):
        raise EndpointError(
            f"{_without_user(url)}: not a valid endpoint; expected an address such as http://localhost:7878/query"
        )


def _without_user(url: str) -> str:
    """Return an address for messages, without user and password."""
    before, mark, rest = url.rpartition("@")
    scheme, slashes, _ = before.partition("://")
    return _quoted(f"{scheme if slashes else ''}{slashes}…@{rest}" if mark else url)


def _redirected(request: urllib.request.Request, code: int, location: str) -> urllib.request.Request:
    """Return the request for where the same server wants it.

    Raises:
        EndpointError: if that is another server, or the same by another scheme.
    """
    target = urllib.parse.urljoin(request.full_url, location)
    if _server(target) != _server(request.full_url):
        raise EndpointError(
            f"the server redirects to {_without_user(target)}, another server, which papergraph does not follow: "
            "use that address if it is correct"
        )
    data = None if code == _SEE_OTHER else request.data
    return urllib.request.Request(target, data, dict(request.headers))  # noqa: S310  the scheme is the one checked


def _server(url: str) -> tuple[str, str | None, int | None]:
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _quoted(said: str) -> str:
    """Return a message of the server, escaped for a terminal."""
    return shorten(printable(said), _LONGEST_REASON)


def _explained(error: urllib.error.HTTPError) -> str:
    """Return the status with the first words of the server's own explanation, and what to do where that is known."""
    try:
        said = _quoted(error.read(_REASON_BYTES).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError):
        said = ""
    hint = {
        401: "; use --user and set PAPERGRAPH_PASSWORD",
        403: "; this user may not write to the server",
        404: "; check the path: servers use /sparql, /query or /update",
        405: "; check that this is the update address",
    }.get(error.code, "")
    return f"the server answered {error.code}{hint}{': ' + said if said else ''}"
