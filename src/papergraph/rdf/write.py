"""From a graph to quads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad

from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Relation
from papergraph.ontology.identifiers import find_scheme, page_of
from papergraph.ontology.kinds import group_of
from papergraph.ontology.terms import DCTERMS, PG, RDF, RDFS, SCHEMA, SKOS, SUPER, class_iri, predicate_iri
from papergraph.rdf.values import attribute_value, integer, link, number, place_value, tagged, text
from papergraph.text.folding import is_chinese

_LATIN = re.compile("[A-Za-z]")
_DEFAULT = DefaultGraph()
#: Makes a term of the ontology, each once.
_term = cache(NamedNode)
_TYPE = _term(RDF + "type")


def to_quads(graph: Graph, *, threshold: float = 0.5) -> Iterator[Quad]:
    """Yield the quads of `graph`; claims of at least `threshold` confidence are asserted as plain triples too.

    A plain triple comes with its super-triple (`pg:buildsOn`, `pg:comparedWith`), since the engines do not infer.
    """
    notes = {note.path: NamedNode(note.iri) for note in graph.notes}
    for note in graph.notes:
        yield from note_quads(note)
    for entity in graph.entities:
        yield from entity_quads(entity)
        for place in entity.places:
            yield from place_quads(entity.iri, place, notes[place.note])
    for relation in graph.relations:
        yield from relation_quads(relation, notes, threshold)


def note_quads(note: NoteRecord) -> Iterator[Quad]:
    """Yield what the graph says of a note itself."""
    iri = NamedNode(note.iri)
    yield Quad(iri, _TYPE, _term(PG + "Note"), iri)
    yield Quad(iri, _term(DCTERMS + "identifier"), text(note.path), iri)
    yield Quad(iri, _term(PG + "sha256"), text(note.sha256), iri)
    yield Quad(iri, _term(PG + "encoding"), text(note.encoding), iri)


def entity_quads(entity: Entity, uses: Mapping[str, int] | None = None) -> Iterator[Quad]:
    """Yield what all notes say of an entity together, without the places that name it.

    `uses` says how often it is written in which way, where the places of the entity do not.
    """
    iri = NamedNode(entity.iri)
    for name in _classes(entity.type):
        yield Quad(iri, _TYPE, _term(name), _DEFAULT)
    yield from _names(iri, entity, uses)
    for identifier in entity.identifiers:
        yield from _identifier(iri, identifier)
    for key, value in entity.attributes:
        property_iri, literal = attribute_value(key, value)
        yield Quad(iri, property_iri, literal, _DEFAULT)
    yield from reason_quads(entity.iri, entity.reasons)


def reason_quads(entity: str, reasons: Iterable[str]) -> Iterator[Quad]:
    """Yield why mentions of an entity were merged."""
    for reason in reasons:
        yield Quad(NamedNode(entity), _term(PG + "reason"), text(reason), _DEFAULT)


def place_quads(entity: str, place: Place, note: NamedNode) -> Iterator[Quad]:
    """Yield that a place names an entity, in the graph of its note."""
    iri = NamedNode(entity)
    yield Quad(note, _term(PG + "mentions"), iri, note)
    yield Quad(iri, _term(PG + "mentionedAt"), place_value(place), note)


def _names(iri: NamedNode, entity: Entity, uses: Mapping[str, int] | None) -> Iterator[Quad]:
    """Yield one rdfs:label, one skos:prefLabel per language, and the other names as skos:altLabel.

    A second rdfs:label would double the rows of every query that asks for labels.
    """
    yield Quad(iri, _term(RDFS + "label"), tagged(entity.label), _DEFAULT)
    yield Quad(iri, _term(SKOS + "prefLabel"), tagged(entity.label), _DEFAULT)
    translation = translated_label(entity, uses)
    for alias in entity.aliases:
        name = SKOS + ("prefLabel" if alias == translation else "altLabel")
        yield Quad(iri, _term(name), tagged(alias), _DEFAULT)


def translated_label(entity: Entity, uses: Mapping[str, int] | None = None) -> str:
    """Return the best name in the language that the label is not in, Chinese or English; "" where there is none.

    Wholly Chinese names come before mixed ones, then those that notes use most, then longer ones.
    """
    chinese = is_chinese(entity.label)
    names = [a for a in entity.aliases if is_chinese(a) != chinese and a != entity.label]
    counts = Counter(place.surface for place in entity.places) if uses is None else Counter(uses)
    return min(names, key=lambda n: (not chinese and bool(_LATIN.search(n)), -counts[n], -len(n), n), default="")


def _classes(entity_type: EntityType) -> tuple[str, ...]:
    """Return every class of an entity: engines that do not infer must find a Model among the Methods."""
    classes = list(dict.fromkeys(class_iri(kind) for kind in (entity_type, "Entity", group_of(entity_type))))
    if entity_type == "Topic":
        classes.append(SKOS + "Concept")
    return tuple(classes)


def _identifier(iri: NamedNode, identifier: str) -> Iterator[Quad]:
    yield Quad(iri, _term(DCTERMS + "identifier"), text(identifier), _DEFAULT)
    scheme = find_scheme(identifier)
    if scheme and scheme.property:
        yield Quad(iri, _term(scheme.property), text(scheme.number(identifier)), _DEFAULT)
    if (page := page_of(identifier)) and (node := link(page)):
        yield Quad(iri, _term(SCHEMA + "sameAs"), node, _DEFAULT)


def relation_quads(relation: Relation, notes: Mapping[str, NamedNode], threshold: float) -> Iterator[Quad]:
    """Yield a relation with its evidence, and the plain triples if its confidence is at least `threshold`."""
    yield from statement_quads(relation, _home(relation, notes), threshold)
    for supports, pieces in ((True, relation.evidence), (False, relation.contradicted)):
        for evidence in pieces:
            yield from evidence_quads(relation.iri, evidence, notes[evidence.note], supports=supports)


def statement_quads(relation: Relation, home: NamedNode | DefaultGraph, threshold: float) -> Iterator[Quad]:
    """Yield a relation without its evidence, whose statement stands in the graph `home`, and its plain triples."""
    subject, obj = NamedNode(relation.subject), NamedNode(relation.object)
    predicate = _term(predicate_iri(relation.predicate))
    if relation.polarity == "positive" and relation.confidence >= threshold:
        yield Quad(subject, predicate, obj, _DEFAULT)
        if above := SUPER.get(relation.predicate):
            yield Quad(subject, _term(above), obj, _DEFAULT)
    yield from _statement(relation, predicate, home)


def _home(relation: Relation, notes: Mapping[str, NamedNode]) -> NamedNode | DefaultGraph:
    """Return the graph of the only note that supports the claim, or the default graph."""
    supporting = {evidence.note for evidence in relation.evidence}
    return notes[supporting.pop()] if len(supporting) == 1 else _DEFAULT


def _statement(relation: Relation, predicate: NamedNode, home: NamedNode | DefaultGraph) -> Iterator[Quad]:
    iri = NamedNode(relation.iri)
    yield Quad(iri, _TYPE, _term(PG + "Statement"), home)
    yield Quad(iri, _term(RDF + "subject"), NamedNode(relation.subject), home)
    yield Quad(iri, _term(RDF + "predicate"), predicate, home)
    yield Quad(iri, _term(RDF + "object"), NamedNode(relation.object), home)
    yield Quad(iri, _term(PG + "confidence"), number(relation.confidence), home)
    yield Quad(iri, _term(PG + "polarity"), text(relation.polarity), home)
    if relation.dataset:
        yield Quad(iri, _term(PG + "onDataset"), NamedNode(relation.dataset), home)
    if relation.metric:
        yield Quad(iri, _term(PG + "metric"), text(relation.metric), home)


def evidence_quads(statement: str, evidence: Evidence, note: NamedNode, *, supports: bool) -> Iterator[Quad]:
    """Yield a piece of evidence for a statement, or against it, in the graph of its note."""
    iri = NamedNode(evidence.iri)
    yield Quad(NamedNode(statement), _term(PG + ("hasEvidence" if supports else "contradictedBy")), iri, note)
    yield Quad(iri, _TYPE, _term(PG + "Evidence"), note)
    yield Quad(iri, _term(PG + "inNote"), note, note)
    for name, value in (("line", evidence.line), ("startChar", evidence.start), ("endChar", evidence.end)):
        yield Quad(iri, _term(PG + name), integer(value), note)
    yield Quad(iri, _term(PG + "sentence"), tagged(evidence.sentence), note)
    yield Quad(iri, _term(PG + "extractor"), text(evidence.extractor), note)
    yield Quad(iri, _term(PG + "tier"), text(evidence.tier), note)
    yield Quad(iri, _term(PG + "confidence"), number(evidence.confidence), note)
