"""A graph as RDF quads in the ontology's terms, and back.

What all notes say together (entities, statements, plain triples) is in the default graph; what one note says (its
evidence, its mentions) is in the named graph of that note. There are no blank nodes, so equal graphs are equal quads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from papergraph.model import (
    ENTITY_TYPES,
    PREDICATES,
    Entity,
    EntityType,
    Evidence,
    Graph,
    NoteRecord,
    Place,
    Relation,
)
from papergraph.names import is_chinese
from papergraph.terms import BIBO, DCTERMS, FABIO, PG, RDF, RDFS, SCHEMA, SKOS, SUPER, XSD, class_iri, predicate_iri

#: Characters that XML and terminals cannot hold: C0 controls but tab and line ends, non-characters, lone surrogates.
_UNFIT = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")
_DEFAULT = DefaultGraph()
_TYPE = NamedNode(RDF + "type")
_INTEGER, _DECIMAL, _YEAR = NamedNode(XSD + "integer"), NamedNode(XSD + "decimal"), NamedNode(XSD + "gYear")
#: Attributes with a property of their own, and how their values are written.
_ATTRIBUTES: dict[str, tuple[str, NamedNode | None]] = {
    "title": (DCTERMS + "title", None),
    "venue": (PG + "venue", None),
    "year": (DCTERMS + "issued", _YEAR),
    "code": (PG + "code", None),
    "memoryGB": (PG + "memoryGB", _DECIMAL),
    "hardwareClass": (PG + "hardwareClass", None),
    "vendor": (PG + "vendor", None),
}
_ATTRIBUTE_OF = {iri: key for key, (iri, _) in _ATTRIBUTES.items()}
_PLACE = re.compile(r"(\d+):(\d+)-(\d+):(.*)", re.DOTALL)


def to_quads(graph: Graph, *, threshold: float = 0.5) -> Iterator[Quad]:
    """Yield the quads of `graph`; claims of at least `threshold` confidence are asserted as plain triples too.

    A plain triple comes with its super-triple (`pg:buildsOn`, `pg:comparedWith`), since the engines do not infer.
    """
    notes = {note.path: NamedNode(note.iri) for note in graph.notes}
    for note in graph.notes:
        yield from _note(note)
    for entity in graph.entities:
        yield from _entity(entity, notes)
    for relation in graph.relations:
        yield from _relation(relation, notes, threshold)


def canonical_nquads(quads: Iterable[Quad]) -> str:
    """Return the quads as N-Quads, one a line, sorted; the same quads give the same bytes."""
    return "".join(sorted({f"{quad} .\n" for quad in quads}))


def _text(value: str, language: str | None = None) -> Literal:
    clean = _UNFIT.sub("\ufffd", value)
    return Literal(clean, language=language) if language else Literal(clean)


def _tagged(value: str) -> Literal:
    return _text(value, "zh" if is_chinese(value) else "en")


def _number(value: float) -> Literal:
    """Return the shortest xsd:decimal, which every engine keeps as it is."""
    plain = format(Decimal(str(value)).normalize(), "f")
    return Literal(plain, datatype=_DECIMAL)


def _note(note: NoteRecord) -> Iterator[Quad]:
    iri = NamedNode(note.iri)
    yield Quad(iri, _TYPE, NamedNode(PG + "Note"), iri)
    yield Quad(iri, NamedNode(DCTERMS + "identifier"), _text(note.path), iri)
    yield Quad(iri, NamedNode(PG + "sha256"), _text(note.sha256), iri)
    yield Quad(iri, NamedNode(PG + "encoding"), _text(note.encoding), iri)


def _entity(entity: Entity, notes: dict[str, NamedNode]) -> Iterator[Quad]:
    iri = NamedNode(entity.iri)
    for name in _classes(entity.type):
        yield Quad(iri, _TYPE, NamedNode(name), _DEFAULT)
    yield Quad(iri, NamedNode(RDFS + "label"), _tagged(entity.label), _DEFAULT)
    for alias in entity.aliases:
        yield Quad(iri, NamedNode(SKOS + "altLabel"), _tagged(alias), _DEFAULT)
    for identifier in entity.identifiers:
        yield from _identifier(iri, identifier)
    for key, value in entity.attributes:
        if key in _ATTRIBUTES:
            property_iri, datatype = _ATTRIBUTES[key]
            literal = Literal(value, datatype=datatype) if datatype else _text(value)
            yield Quad(iri, NamedNode(property_iri), literal, _DEFAULT)
    for reason in entity.reasons:
        yield Quad(iri, NamedNode(PG + "reason"), _text(reason), _DEFAULT)
    for place in entity.places:
        note = notes[place.note]
        yield Quad(note, NamedNode(PG + "mentions"), iri, note)
        text = f"{place.line}:{place.start}-{place.end}:{place.surface}"
        yield Quad(iri, NamedNode(PG + "mentionedAt"), _text(text), note)


def _classes(entity_type: EntityType) -> tuple[str, ...]:
    """Return every class of an entity: engines that do not infer must find a Model among the Methods."""
    classes = [class_iri(entity_type), class_iri("Entity")]
    if entity_type == "Model":
        classes.append(class_iri("Method"))
    if entity_type == "Topic":
        classes.append(SKOS + "Concept")
    return tuple(classes)


def _identifier(iri: NamedNode, identifier: str) -> Iterator[Quad]:
    yield Quad(iri, NamedNode(DCTERMS + "identifier"), _text(identifier), _DEFAULT)
    if identifier.startswith("arXiv:"):
        yield Quad(iri, NamedNode(FABIO + "hasArXivId"), _text(identifier[6:]), _DEFAULT)
        yield Quad(iri, NamedNode(SCHEMA + "sameAs"), NamedNode(f"https://arxiv.org/abs/{identifier[6:]}"), _DEFAULT)
    elif identifier.startswith("10."):
        yield Quad(iri, NamedNode(BIBO + "doi"), _text(identifier), _DEFAULT)
        if not re.search(r"[\s<>\"{}|\\^`]", identifier):
            yield Quad(iri, NamedNode(SCHEMA + "sameAs"), NamedNode(f"https://doi.org/{identifier}"), _DEFAULT)
    elif identifier.startswith("OpenReview:"):
        page = f"https://openreview.net/forum?id={identifier[11:]}"
        yield Quad(iri, NamedNode(SCHEMA + "sameAs"), NamedNode(page), _DEFAULT)


def _relation(relation: Relation, notes: dict[str, NamedNode], threshold: float) -> Iterator[Quad]:
    statement = NamedNode(relation.iri)
    subject, obj = NamedNode(relation.subject), NamedNode(relation.object)
    predicate = NamedNode(predicate_iri(relation.predicate))
    if relation.polarity == "positive" and relation.confidence >= threshold:
        yield Quad(subject, predicate, obj, _DEFAULT)
        if above := SUPER.get(relation.predicate):
            yield Quad(subject, NamedNode(above), obj, _DEFAULT)
    yield Quad(statement, _TYPE, NamedNode(PG + "Statement"), _DEFAULT)
    yield Quad(statement, NamedNode(RDF + "subject"), subject, _DEFAULT)
    yield Quad(statement, NamedNode(RDF + "predicate"), predicate, _DEFAULT)
    yield Quad(statement, NamedNode(RDF + "object"), obj, _DEFAULT)
    yield Quad(statement, NamedNode(PG + "confidence"), _number(relation.confidence), _DEFAULT)
    yield Quad(statement, NamedNode(PG + "polarity"), _text(relation.polarity), _DEFAULT)
    if relation.dataset:
        yield Quad(statement, NamedNode(PG + "onDataset"), NamedNode(relation.dataset), _DEFAULT)
    if relation.metric:
        yield Quad(statement, NamedNode(PG + "metric"), _text(relation.metric), _DEFAULT)
    for evidence in relation.evidence:
        yield from _evidence(statement, evidence, notes[evidence.note])


def _evidence(statement: NamedNode, evidence: Evidence, note: NamedNode) -> Iterator[Quad]:
    iri = NamedNode(evidence.iri)
    yield Quad(statement, NamedNode(PG + "hasEvidence"), iri, note)
    yield Quad(iri, _TYPE, NamedNode(PG + "Evidence"), note)
    yield Quad(iri, NamedNode(PG + "inNote"), note, note)
    for name, value in (("line", evidence.line), ("startChar", evidence.start), ("endChar", evidence.end)):
        yield Quad(iri, NamedNode(PG + name), Literal(str(value), datatype=_INTEGER), note)
    yield Quad(iri, NamedNode(PG + "sentence"), _tagged(evidence.sentence), note)
    yield Quad(iri, NamedNode(PG + "extractor"), _text(evidence.extractor), note)
    yield Quad(iri, NamedNode(PG + "tier"), _text(evidence.tier), note)
    yield Quad(iri, NamedNode(PG + "confidence"), _number(evidence.confidence), note)


def from_quads(quads: Iterable[Quad]) -> Graph:
    """Return the graph that `to_quads` made these quads from."""
    values: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
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
    return Graph(tuple(entities), tuple(relations), notes)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _read_entity(
    iri: str, properties: dict[str, list[tuple[str, str]]], kinds: set[str], paths: dict[str, str]
) -> Entity:
    types = [t for t in ENTITY_TYPES if class_iri(t) in kinds]
    places = []
    for text, note in properties[PG + "mentionedAt"]:
        if match := _PLACE.fullmatch(text):
            places.append(Place(paths[note], int(match[1]), int(match[2]), int(match[3]), match[4]))
    return Entity(
        iri=iri,
        type="Model" if "Model" in types else types[0],
        label=properties[RDFS + "label"][0][0],
        aliases=tuple(sorted(v for v, _ in properties[SKOS + "altLabel"])),
        identifiers=tuple(sorted(v for v, _ in properties[DCTERMS + "identifier"])),
        attributes=tuple(sorted((k, v) for p, k in _ATTRIBUTE_OF.items() for v, _ in properties.get(p, ()))),
        places=tuple(sorted(places)),
        reasons=tuple(sorted(v for v, _ in properties[PG + "reason"])),
    )


def _read_relation(iri: str, values: dict[str, dict[str, list[tuple[str, str]]]], paths: dict[str, str]) -> Relation:
    properties = values[iri]

    def one(name: str) -> str:
        return properties[name][0][0] if properties.get(name) else ""

    predicates = {predicate_iri(p): p for p in PREDICATES}
    evidence = [_read_evidence(e, values[e], paths) for e in sorted(v for v, _ in properties[PG + "hasEvidence"])]
    return Relation(
        iri=iri,
        subject=one(RDF + "subject"),
        predicate=predicates[one(RDF + "predicate")],
        object=one(RDF + "object"),
        confidence=float(one(PG + "confidence")),
        polarity="negative" if one(PG + "polarity") == "negative" else "positive",
        evidence=tuple(evidence),
        dataset=one(PG + "onDataset"),
        metric=one(PG + "metric"),
    )


def _read_evidence(iri: str, properties: dict[str, list[tuple[str, str]]], paths: dict[str, str]) -> Evidence:
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
        tier="structure" if one("tier") == "structure" else "prose",
        confidence=float(one("confidence")),
    )
