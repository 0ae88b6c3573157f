"""What a request asks by the SPARQL 1.1 Protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: A query of the largest size that is read, with every character percent-encoded, and a few graphs.
MOST_BODY_BYTES = 200_000
MOST_FIELDS = 500
BODY_SECONDS = 10.0

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
#: What only updates have.
_UPDATE_FIELDS = ("update", "using-graph-uri", "using-named-graph-uri")
_READ_ONLY = "this graph is read-only; to change it, edit the notes and run: papergraph build"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client put it."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    form: str = ""
    """Format wanted by a parameter, for people who cannot set a header."""

    @property
    def graphs(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The dataset that the client chose, None if it left that to the query."""
        return (self.default, self.named) if self.default or self.named else None


async def read_query(request: Request) -> Asked | None:
    """Return what the request asks, None for a GET without a query.

    Raises:
        HTTPException: if the request is not a valid query.
    """
    fields = decode_fields(request.scope["query_string"])
    if request.method == "POST":
        kind, charset = _content_type(request)
        body = await read_body(request)
        if kind == _UPDATE:
            raise HTTPException(403, _READ_ONLY)
        if kind == _FORM or (not kind and not body):
            fields += decode_fields(body)
        elif kind != _QUERY:
            raise HTTPException(415, f"POST a query as {_QUERY}, or as the field `query` of {_FORM}")
        if charset not in {"utf-8", "utf8", ""}:
            raise HTTPException(415, "the query must be encoded in UTF-8")
        if kind == _QUERY:
            fields.append(("query", _text(body)))
    return _asked(fields, needed=request.method == "POST")


def _asked(fields: Sequence[tuple[str, str]], *, needed: bool) -> Asked | None:
    if any(name in _UPDATE_FIELDS for name, _ in fields):
        raise HTTPException(403, _READ_ONLY)
    queries = [value for name, value in fields if name == "query"]
    # Some clients send empty fields for graphs that were not chosen.
    default = tuple(v for name, v in fields if name == "default-graph-uri" and v)
    named = tuple(v for name, v in fields if name == "named-graph-uri" and v)
    if len(queries) > 1:
        raise HTTPException(400, "the request contains more than one query")
    if not queries:
        if needed or default or named:
            raise HTTPException(400, "the request contains no query: send it in the field `query`")
        return None
    return Asked(queries[0], default, named, next((v for name, v in fields if name in {"format", "output"}), ""))


def decode_fields(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a query string or a form.

    Raises:
        HTTPException: if they are not in UTF-8, or too many.
    """
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the form fields are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise HTTPException(400, f"the request contains more than {MOST_FIELDS} fields") from error


async def read_body(request: Request) -> bytes:
    """Return the body.

    Raises:
        HTTPException: if it is too large, or too slow in coming.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > MOST_BODY_BYTES:
                    raise HTTPException(
                        413, f"the body must have at most {MOST_BODY_BYTES:,} bytes", {"Connection": "close"}
                    )
                parts.append(part)
    except TimeoutError as error:
        raise HTTPException(408, "the request did not arrive in time", {"Connection": "close"}) from error
    return b"".join(parts)


def _content_type(request: Request) -> tuple[str, str]:
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    values = (p.partition("=") for p in parameters)
    charset = next((value.strip().strip('"') for key, _, value in values if key.strip() == "charset"), "")
    return kind.strip(), charset


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the query is not valid UTF-8") from error
