"""The page of what the last build learned, lost and changed, compared with the graph before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.insight.diff import Changed, Diff, Stated, diff_graphs
from papergraph.model import Entity
from papergraph.ontology.relation_labels import relation_key
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import ShownPlace, shown_place
from papergraph.serve.service import Service
from papergraph.serve.templates import render
from papergraph.serve.words import words_of
from papergraph.store import open_previous

PATH = "/diff"
#: Things of each kind that the page lists.
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with where its parts lead, and what changed about it."""

    ends: tuple[tuple[str, str], tuple[str, str]]
    """Label and address of subject and object."""
    says: str
    """Key of the relation."""
    status: str
    confidence: str
    places: tuple[ShownPlace, ...]
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def diff_page(request: Request) -> Response:
    """Answer with the page; works without scripts."""
    service, words = service_of(request), words_of(request)
    found = service.remember("diff", lambda: _found(service))
    page = render(
        "diff.html.j2",
        words=words,
        here=PATH,
        title=words("diff"),
        known=found is not None,
        **_parts(request, found or Diff()),
    )
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _parts(request: Request, diff: Diff) -> dict[str, Any]:
    """Return what the page shows, each kind with how many there are."""
    base = service_of(request).graph().base
    entities = [(key, [_entity(e, key, base) for e in many[:_SHOWN]], len(many)) for key, many in _entities(diff)]
    claims = [(key, [_claim(request, c, base) for c in many[:_SHOWN]], len(many)) for key, many in _claims(diff)]
    return {"diff": diff, "entities": entities, "joined": _joined(diff), "claims": claims}


def _entity(entity: Entity, key: str, base: str) -> tuple[str, str, str]:
    """Return label, address and type; what is lost has no page."""
    return entity.label, path_of(entity.iri, base) if key == "new_entities" else "", entity.type


def _found(service: Service) -> Diff | None:
    """Return the difference from the graph before; None if there is none."""
    previous = open_previous(service.settings.store)
    return diff_graphs(previous.read_graph(), service.graph().read_graph()) if previous else None


def _entities(diff: Diff) -> list[tuple[str, tuple[Entity, ...]]]:
    found = [("new_entities", diff.new_entities), ("lost_entities", diff.lost_entities)]
    return [(key, many) for key, many in found if many]


def _claims(diff: Diff) -> list[tuple[str, tuple[Stated, ...] | tuple[Changed, ...]]]:
    found: list[tuple[str, tuple[Stated, ...] | tuple[Changed, ...]]] = [
        ("new_claims", diff.new_claims),
        ("changed_claims", diff.changed_claims),
        ("lost_claims", diff.lost_claims),
    ]
    return [(key, many) for key, many in found if many]


def _joined(diff: Diff) -> list[tuple[str, str, str]]:
    """Return what became of entities under other names: key, older names, newer names."""
    return [
        *(("renamed", old.label, now.label) for old, now in diff.renamed),
        *(("merged", _names(olds), now.label) for olds, now in diff.merged),
        *(("split", old.label, _names(now)) for old, now in diff.split),
    ][:_SHOWN]


def _names(entities: tuple[Entity, ...]) -> str:
    return ", ".join(entity.label for entity in entities)


def _claim(request: Request, item: Stated | Changed, base: str) -> ShownClaim:
    changed = item if isinstance(item, Changed) else None
    claim = item.after if isinstance(item, Changed) else item
    confidence = f"{claim.confidence:.2f}"
    if changed and "confidence" in changed.kinds:
        confidence = f"{changed.before.confidence:.2f} \u2192 {confidence}"
    subject, obj = claim.labels
    return ShownClaim(
        ((subject, path_of(claim.subject, base)), (obj, path_of(claim.object, base))),
        relation_key(claim.predicate, outgoing=True),
        claim.status,
        confidence,
        tuple(shown_place(request, e.note, e.line, e.sentence) for e in claim.evidence[:1]),
        changed.gained if changed else (),
        changed.dropped if changed else (),
    )
