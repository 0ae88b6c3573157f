"""Names for forms to offer while one is typed."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from papergraph.model import ENTITY_TYPES, EntityType
from papergraph.serve.address import service_of
from papergraph.store import Candidate
from papergraph.text.folding import fold

PATH = "/names"
#: Names that are offered at once, and those among which they are chosen.
_MOST, _AMONG = 12, 300


def names(request: Request) -> Response:
    """Answer with JSON: labels and types of the entities whose names contain `q`, those of `type` first."""
    asked, wanted = request.query_params.get("q", "")[:300], request.query_params.get("type", "")
    kind: EntityType | None = next((t for t in ENTITY_TYPES if t == wanted), None)
    found = sorted(service_of(request).graph().containing(asked, _AMONG), key=lambda c: _order(c, asked, kind))
    offered = {c.label: {"label": c.label, "type": c.type} for c in reversed(found)}
    return Response(json.dumps(list(reversed(offered.values()))[:_MOST]), media_type="application/json")


def _order(candidate: Candidate, asked: str, kind: EntityType | None) -> tuple[bool, bool, bool, int, str]:
    """Return the place of a candidate: of the type, spelt so, beginning so, named often."""
    label, start = fold(candidate.label), fold(asked)
    return (
        kind is not None and candidate.type != kind,
        label != start,
        not label.startswith(start),
        -candidate.mentions,
        candidate.iri,
    )
