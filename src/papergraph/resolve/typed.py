"""An entity with another type."""

from __future__ import annotations

from dataclasses import replace

from papergraph.model import ENTITY_TYPES, Entity
from papergraph.ontology.iri import entity_iri
from papergraph.ontology.kinds import KINDS


def retyped(entity: Entity, name: str, base: str) -> Entity:
    """Return an entity with the type called `name` and the IRI that suits it.

    >>> retyped(Entity("x/method/zorb", "Method", "Zorb"), "Dataset", "x/").iri
    'x/dataset/zorb'
    """
    kind = next(t for t in ENTITY_TYPES if t == name)
    if "Paper" in {kind, entity.type}:
        iri = entity_iri(kind, entity.label, identifiers=entity.identifiers, base=base)
    else:
        iri = f"{base}{KINDS[kind]}/{entity.iri.rpartition('/')[2]}"
    titled = {("title", entity.label)} if kind == "Paper" and "title" not in dict(entity.attributes) else set()
    return replace(entity, type=kind, iri=iri, attributes=tuple(sorted({*entity.attributes, *titled})))
