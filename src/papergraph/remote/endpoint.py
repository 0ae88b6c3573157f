"""A SPARQL 1.1 server over HTTP: queries and updates by direct form posts, with the standard library's client.

Source: SPARQL 1.1 Protocol, sections 2.1.2 and 2.2.1 (W3C Recommendation, 2013).
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field, replace

from papergraph.errors import EndpointError

#: Characters of a server's explanation that an error repeats.
_LONGEST_REASON = 300
#: Seconds before each further try of what failed for a reason that may pass.
_PAUSES = (0.5, 1.0, 2.0, 4.0)
_PASSING = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server answers, and how to ask it."""

    url: str
    """For queries."""
    update_url: str = ""
    """For updates, where that is another address."""
    graph: str = ""
    """IRI of the only graph to be asked; "" leaves that to the server."""
    seconds: float = 60.0
    """How long one request may take."""
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no address of the web; raises EndpointError."""
        for url in filter(None, (self.url, self.update_url)):
            parts = urllib.parse.urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise EndpointError(f"{url}: an endpoint is an address such as http://localhost:7878/query")

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

    def update(self, sparql: str) -> None:
        """Run an update, again if it fails for a reason that may pass: it must be one that may run twice.

        Raises:
            EndpointError: if the server cannot be reached, refuses, or fails to the end.
        """
        for pause in (*_PAUSES, None):
            try:
                self._post(self.update_url or self.url, {"update": sparql}, "*/*")
            except EndpointError as error:
                if pause is None or not error.passing:
                    raise
                time.sleep(pause)
            else:
                return

    def _post(self, url: str, form: dict[str, str], accept: str) -> tuple[bytes, str]:
        body = urllib.parse.urlencode(form).encode()
        headers = {
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "papergraph",
        }
        request = urllib.request.Request(url, body, headers)  # noqa: S310  the scheme was checked at the start
        try:
            with self._opener().open(request, timeout=self.seconds) as response:
                return response.read(), response.headers.get_content_type()
        except urllib.error.HTTPError as error:
            raise EndpointError(f"{url}: {_explained(error)}", passing=error.code in _PASSING) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise EndpointError(
                f"{url}: no answer: {reason}; is the server running, and is this its address for queries?", passing=True
            ) from error

    def _opener(self) -> urllib.request.OpenerDirector:
        if not self.user:
            return urllib.request.build_opener()
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in filter(None, (self.url, self.update_url)):
            passwords.add_password(None, url, self.user, self.password)
        return urllib.request.build_opener(
            urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)
        )


def _explained(error: urllib.error.HTTPError) -> str:
    """Return the status with the first words of the server's own explanation, and what to do where that is known."""
    try:
        said = " ".join(error.read(4 * _LONGEST_REASON).decode("utf-8", "replace").split())[:_LONGEST_REASON]
    except (OSError, http.client.HTTPException):
        said = ""
    hint = {
        401: "; give --user, and the password in PAPERGRAPH_PASSWORD",
        403: "; the server does not let this user write",
        404: "; is the path right? Servers differ: /sparql, /query, /update",
        405: "; is this the address for updates?",
    }.get(error.code, "")
    return f"the server answered {error.code}{hint}{': ' + said if said else ''}"
