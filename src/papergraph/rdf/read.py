"""From quads back to the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Quad

from papergraph.model import ENTITY_TYPES, PREDICATES, TIERS, Entity, Evidence, Graph, NoteRecord, Relation
from papergraph.ontology.kinds import narrowest
from papergraph.ontology.terms import DCTERMS, PG, RDF, RDFS, SKOS, SUPER, class_iri, predicate_iri
from papergraph.rdf.values import read_attributes, read_place

_PREDICATE_OF = {predicate_iri(p): p for p in PREDICATES}
#: For each property the pairs of value and graph.
_Properties = dict[str, list[tuple[str, str]]]


def from_quads(quads: Iterable[Quad]) -> Graph:
    """Return the graph that `to_quads` made these quads from."""
    values: dict[str, _Properties] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        graph_name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        values[_value(quad.subject)][_value(quad.predicate)].append((_value(quad.object), graph_name))
    kinds = {iri: {v for v, _ in properties[RDF + "type"]} for iri, properties in values.items()}
    notes = tuple(
        NoteRecord(iri, *(values[iri][p][0][0] for p in (DCTERMS + "identifier", PG + "sha256", PG + "encoding")))
        for iri in sorted(values)
        if PG + "Note" in kinds[iri]
    )
    paths = {note.iri: note.path for note in notes}
    entities = [_read_entity(i, values[i], kinds[i], paths) for i in sorted(values) if PG + "Entity" in kinds[i]]
    relations = [_read_relation(i, values, paths) for i in sorted(values) if PG + "Statement" in kinds[i]]
    return Graph(tuple(entities), tuple(relations), notes, _threshold(relations, values))


def _threshold(relations: Sequence[Relation], values: Mapping[str, _Properties]) -> float:
    """Return a threshold that separates the claims that are asserted from those that are not.

    A surer claim may imply the triple of another: a work runs on what it was measured on.
    """
    implied: dict[tuple[str, str, str], float] = {}
    positive = [relation for relation in relations if relation.polarity == "positive"]
    for relation in positive:
        triple = relation.subject, SUPER.get(relation.predicate, ""), relation.object
        implied[triple] = max(implied.get(triple, 0.0), relation.confidence)
    asserted, weak = 1.0, False
    for relation in positive:
        predicate = predicate_iri(relation.predicate)
        if not any(value == relation.object for value, _ in values[relation.subject].get(predicate, ())):
            weak = True
        elif relation.confidence >= implied.get((relation.subject, predicate, relation.object), 0.0):
            asserted = min(asserted, relation.confidence)
    return asserted if weak else 0.0


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _read_entity(iri: str, properties: _Properties, kinds: set[str], paths: dict[str, str]) -> Entity:
    kind = narrowest([t for t in ENTITY_TYPES if class_iri(t) in kinds])
    if kind is None:
        raise ValueError(f"{iri} has no papergraph class")
    places = []
    for text, note in properties[PG + "mentionedAt"]:
        if place := read_place(paths[note], text):
            places.append(place)
    label = properties[RDFS + "label"][0][0]
    return Entity(
        iri=iri,
        type=kind,
        label=label,
        aliases=tuple(
            sorted(v for name in ("prefLabel", "altLabel") for v, _ in properties[SKOS + name] if v != label)
        ),
        identifiers=tuple(sorted(v for v, _ in properties[DCTERMS + "identifier"])),
        attributes=tuple(sorted(read_attributes((p, v) for p, found in properties.items() for v, _ in found))),
        places=tuple(sorted(places)),
        reasons=tuple(sorted(v for v, _ in properties[PG + "reason"])),
    )


def _read_relation(iri: str, values: dict[str, _Properties], paths: dict[str, str]) -> Relation:
    properties = values[iri]

    def one(name: str) -> str:
        return properties[name][0][0] if properties.get(name) else ""

    def evidence(name: str) -> tuple[Evidence, ...]:
        found = sorted(v for v, _ in properties.get(PG + name, ()))
        return tuple(_read_evidence(e, values[e], paths) for e in found)

    return Relation(
        iri=iri,
        subject=one(RDF + "subject"),
        predicate=_PREDICATE_OF[one(RDF + "predicate")],
        object=one(RDF + "object"),
        confidence=float(one(PG + "confidence")),
        polarity="negative" if one(PG + "polarity") == "negative" else "positive",
        evidence=evidence("hasEvidence"),
        dataset=one(PG + "onDataset"),
        metric=one(PG + "metric"),
        contradicted=evidence("contradictedBy"),
    )


def _read_evidence(iri: str, properties: _Properties, paths: dict[str, str]) -> Evidence:
    def one(name: str) -> str:
        return properties[PG + name][0][0]

    return Evidence(
        iri=iri,
        note=paths[one("inNote")],
        line=int(one("line")),
        start=int(one("startChar")),
        end=int(one("endChar")),
        sentence=one("sentence"),
        extractor=one("extractor"),
        tier=next((t for t in TIERS if t == one("tier")), "prose"),
        confidence=float(one("confidence")),
    )
