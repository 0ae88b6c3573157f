"""One question to an OpenAI-compatible server that need not be friendly: no redirects, a deadline, a bounded answer."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from papergraph.errors import ConfigError, EndpointError
from papergraph.extract.propose import Request
from papergraph.extract.propose.schema import SCHEMA
from papergraph.pipeline.propose.replies import LONGEST

if TYPE_CHECKING:
    import httpx2

#: Bytes of an answer at most.
_MOST_BYTES = 4_000_000
#: What is asked of the form of a reply, from the strictest on; a server that refuses one is asked for the next.
_FORMS: tuple[dict[str, Any], ...] = (
    {
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "proposals", "strict": True, "schema": SCHEMA},
        },
    },
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {},
)
_SHOWN = 200
_REFUSED = frozenset({400, 422})
_LATER = frozenset({408, 409, 429})


class Busy(EndpointError):  # noqa: N818  caught inside this package
    """The server wants to be asked again, perhaps after some seconds."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message, passing=True)
        self.after = after


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a request, and how many tokens were paid for, sent and received, where the server says so."""

    text: str
    tokens: tuple[int, int] | None = None


def request_body(request: Request, model: str, form: int = 0) -> dict[str, Any]:
    """Return what is sent for a request, in one of the forms."""
    messages = [{"role": role, "content": text} for role, text in request.messages]
    return {"model": model, "messages": messages, **_FORMS[form]}


def check_address(url: str, allowed: str, key: str) -> None:
    """Refuse an address that notes must not be sent to.

    Raises:
        ConfigError: unless the address is on this machine or the one that the settings name (`allowed`), or for a key
            that would be sent in clear.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"{url!r} is not an http or https address")
    if parts.username or parts.password:
        raise ConfigError("an address must not hold a password; set PAPERGRAPH_API_KEY, or use --key-file")
    if is_loopback(parts.hostname):
        return
    if url.rstrip("/") != allowed.rstrip("/"):
        raise ConfigError(
            f"notes are sent to {parts.hostname} only if the settings name it: set propose_url = {url!r} "
            "in papergraph.toml"
        )
    if key and parts.scheme != "https":
        raise ConfigError(f"a key is not sent to {parts.hostname} over http; use https")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> is_loopback("localhost"), is_loopback("127.8.0.1"), is_loopback("127.0.0.1.example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class ModelServer:
    """A server that is asked by several threads at once."""

    def __init__(self, url: str, model: str, *, key: str = "", timeout: float = 300.0) -> None:
        """Prepare to ask; nothing is sent yet.

        Raises:
            ConfigError: if the package of the extra `llm` is missing.
        """
        try:
            import httpx2
        except ImportError as error:
            raise ConfigError("asking a model needs httpx2; install it with: pip install 'papergraph[llm]'") from error
        self._http = httpx2
        self._model, self._key, self._timeout = model, key, timeout
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # trust_env: proxies and .netrc of the environment would send notes and passwords where nobody named them.
        self._client = partial(
            httpx2.Client,
            headers=headers,
            follow_redirects=False,
            timeout=timeout,
            trust_env=False,
            verify=httpx2.create_ssl_context(),
        )
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._form = 0

    def ask(self, request: Request) -> Answer:
        """Return the answer to a request.

        Raises:
            Busy: if the server may answer later.
            EndpointError: if it refuses, or its answer cannot be used; `passing` if the next request may fare better.
        """
        form = self._form
        status, headers, body = self._post(request_body(request, self._model, form))
        while status in _REFUSED and form + 1 < len(_FORMS):
            form += 1
            status, headers, body = self._post(request_body(request, self._model, form))
        self._refuse(status, headers, body)
        self._form = form  # the next request need not find out
        return read_answer(_json(body))

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx2.Headers, bytes]:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        end = time.monotonic() + self._timeout
        sent = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        try:
            with self._limited() as client, client.stream("POST", self._url, content=content, headers=sent) as response:
                pieces: list[bytes] = []
                size = 0
                for piece in response.iter_raw():
                    size += len(piece)
                    if size > _MOST_BYTES:
                        raise EndpointError(f"the answer has more than {_MOST_BYTES:,} bytes", passing=True)
                    pieces.append(piece)
                return response.status_code, response.headers, b"".join(pieces)
        except self._http.ConnectError as error:
            hint = "start the server, or name another one with --url or propose_url"
            raise EndpointError(f"cannot connect to {self._url}: {error}; {hint}") from error
        except (self._http.HTTPError, self._http.InvalidURL, OSError) as error:
            late = time.monotonic() >= end or isinstance(error, self._http.TimeoutException)
            reason = f"no answer within {self._timeout:g} s" if late else "the connection failed"
            raise Busy(f"{reason}: {self._plain(str(error))}") from error

    @contextlib.contextmanager
    def _limited(self) -> Iterator[httpx2.Client]:
        """Yield a client for one exchange, whose connection ends at the deadline, however slowly the server drips."""
        with self._client() as client:
            end = threading.Timer(self._timeout, client.close)
            end.daemon = True
            end.start()
            try:
                yield client
            finally:
                end.cancel()

    def _refuse(self, status: int, headers: httpx2.Headers, body: bytes) -> None:
        """Raise what a status means, unless it is success."""
        if status == 200:
            return
        if 300 <= status < 400:
            raise EndpointError(f"the server redirects elsewhere ({status}), which is refused; check propose_url")
        message = self._plain(f"the server answers {status}: {_message(body)}")
        if status in _LATER or status >= 500:
            raise Busy(message, _seconds(headers.get("Retry-After", "")))
        raise EndpointError(message, passing=status in _REFUSED)

    def _plain(self, text: str) -> str:
        """Return a text of the server for people: short, and without the key, which it may repeat."""
        return (text.replace(self._key, "***") if self._key else text)[:_SHOWN]


def read_answer(found: Any) -> Answer:
    """Return the answer in the JSON of a server.

    Raises:
        EndpointError: if there is none.
    """
    try:
        text = found["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        text = None
    if not isinstance(text, str) or len(text) > LONGEST:
        raise EndpointError("the answer holds no reply", passing=True)
    return Answer(text, _tokens(found.get("usage")))


def _tokens(usage: Any) -> tuple[int, int] | None:
    """Return how many tokens were sent and received, as a server counts them."""
    if not isinstance(usage, dict):
        return None
    sent, received = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if isinstance(sent, int) and isinstance(received, int) and 0 <= sent < 10**9 and 0 <= received < 10**9:
        return sent, received
    return None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _message(body: bytes) -> str:
    """Return what a server says is wrong."""
    found = _json(body)
    error = found.get("error") if isinstance(found, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    return " ".join(said.split()) if isinstance(said, str) else "no reason given"


def _seconds(value: str) -> float | None:
    """Return the seconds of a Retry-After header; None for a date or nonsense."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
