"""Requests and results as files: the form that OpenAI's batches and vLLM's offline runner share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papergraph.errors import ConfigError, EndpointError
from papergraph.extract.propose import Request, read_reply
from papergraph.pipeline.propose.replies import Journal
from papergraph.pipeline.propose.server import read_answer, request_body
from papergraph.system.files import write_whole

#: What one batch may hold.
_MOST_REQUESTS = 50_000
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of results held."""

    kept: int
    unusable: int
    """Results without a usable reply; they can be asked again."""
    unknown: int
    """Results of requests that nobody asks for now."""


def write_requests(path: Path, requests: Sequence[Request], model: str) -> int:
    """Write a file of requests, one line each, and return how many.

    Raises:
        ConfigError: if they are more than one batch may hold.
        OSError: if the file cannot be written.
    """
    unlike = {r.fingerprint: r for r in requests}
    lines = [_line(request, model) for request in unlike.values()]
    data = "".join(lines).encode("utf-8", "replace")
    if len(lines) > _MOST_REQUESTS or len(data) > _MOST_BYTES:
        raise ConfigError(
            f"{len(lines):,} requests of {len(data):,} bytes are more than a batch may hold "
            f"({_MOST_REQUESTS:,} requests, {_MOST_BYTES:,} bytes); name fewer notes"
        )
    write_whole(path, data)
    return len(lines)


def read_results(path: Path, wanted: Iterable[Request], journal: Journal) -> Read:
    """Keep the replies in a file of results, whatever their order.

    Raises:
        ConfigError: if the file cannot be read.
    """
    asked = {r.fingerprint for r in wanted}
    kept: dict[str, str] = {}
    unusable = unknown = 0
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if not line.strip():
                    continue
                identity, text = _result(line)
                if text is None:
                    unusable += 1
                elif identity not in asked:
                    unknown += 1
                else:
                    kept.setdefault(identity, text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the results: {error.strerror}") from error
    journal.add(kept.items())
    journal.sort()
    return Read(len(kept), unusable, unknown)


def _line(request: Request, model: str) -> str:
    value = {
        "custom_id": request.fingerprint,
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": request_body(request, model),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _result(line: str) -> tuple[str, str | None]:
    """Return the id of a result and its reply; None for one that cannot be used."""
    try:
        found: Any = json.loads(line)
        identity, body = found["custom_id"], found["response"]["body"]
        text = read_answer(body).text
    except (ValueError, KeyError, TypeError, RecursionError, EndpointError):
        return "", None
    return str(identity), text if read_reply(text) else None
