"""The graph in the formats of other tools; the same graph gives the same bytes in each."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from papergraph.errors import UnknownNameError
from papergraph.model import Entity, Graph
from papergraph.rdf import canonical_nquads
from papergraph.store import GraphStore
from papergraph.terms import prefixes

if TYPE_CHECKING:
    import networkx
    import rdflib

#: Cells that a spreadsheet would run as a formula (CWE-1236).
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_COLUMNS = (
    *("subject", "subject type", "predicate", "object", "object type", "confidence", "polarity"),
    *("note", "line", "sentence", "extractor", "subject iri", "object iri"),
)
_XML_UNFIT = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")


def export_graph(store: GraphStore, form: str) -> bytes:
    """Return the whole graph as one of `EXPORT_FORMATS`.

    Raises:
        UnknownNameError: for another format.
    """
    if form not in _WRITERS:
        raise UnknownNameError("export format", form, EXPORT_FORMATS)
    return _WRITERS[form](store).encode("utf-8")


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Return the graph for networkx: a node per entity, an edge per positive claim, keyed by its predicate.

    A MultiDiGraph, since two entities may be related in several ways.
    """
    import networkx as nx

    result: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities:
        attributes = {k: v for k, v in entity.attributes if k in {"year", "venue", "title"}}
        result.add_node(entity.iri, label=_plain(entity.label), type=entity.type, **attributes)
    for relation in graph.relations:
        if relation.polarity == "positive":
            best = max(relation.evidence, key=lambda e: (e.confidence, e.iri))
            result.add_edge(
                relation.subject,
                relation.object,
                key=relation.predicate,
                predicate=relation.predicate,
                confidence=relation.confidence,
                evidence_count=len(relation.evidence),
                sentence=_plain(best.sentence),
                place=f"{best.note}:{best.line}",
            )
    return result


def to_rdflib(store: GraphStore) -> rdflib.Dataset:
    """Return the graph for rdflib, with our prefixes bound."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=canonical_nquads(store.quads()), format="nquads")
    for prefix, iri in prefixes(store.seal.base).items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


def _plain(text: str) -> str:
    return _XML_UNFIT.sub("\ufffd", text)


def _nquads(store: GraphStore) -> str:
    return canonical_nquads(store.quads())


def _sorted_quads(store: GraphStore) -> list[ox.Quad]:
    return sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))


def _trig(store: GraphStore) -> str:
    text = ox.serialize(_sorted_quads(store), format=ox.RdfFormat.TRIG, prefixes=prefixes(store.seal.base))
    return (text or b"").decode()


def _turtle(store: GraphStore) -> str:
    unique = {str(q.triple): q.triple for q in store.quads()}
    triples = [unique[key] for key in sorted(unique)]
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes(store.seal.base))
    return (text or b"").decode()


def _jsonld(store: GraphStore) -> str:
    text = ox.serialize(_sorted_quads(store), format=ox.RdfFormat.JSON_LD, prefixes=prefixes(store.seal.base))
    return (text or b"").decode()


def _graphml(store: GraphStore) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(to_networkx(store.read_graph()), named_key_ids=True)) + "\n"


def _gexf(store: GraphStore) -> str:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(to_networkx(store.read_graph())))
    # networkx writes today's date into the file; the graph knows no clock.
    return re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", text) + "\n"


def _csv(store: GraphStore) -> str:
    graph = store.read_graph()
    entities = {e.iri: e for e in graph.entities}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for relation in graph.relations:
        subject, obj = entities[relation.subject], entities[relation.object]
        for item in relation.evidence:
            row = [subject.label, subject.type, relation.predicate, obj.label, obj.type, relation.confidence]
            row += [relation.polarity, item.note, item.line, item.sentence, item.extractor, subject.iri, obj.iri]
            writer.writerow([_cell(c) for c in row])
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _cypher(store: GraphStore) -> str:
    graph = store.read_graph()
    lines = ["CREATE CONSTRAINT papergraph_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;"]
    lines += [
        f"MERGE (n:Entity:{e.type} {{iri: {_quoted(e.iri)}}}) SET n.label = {_quoted(e.label)};" for e in graph.entities
    ]
    for r in graph.relations:
        if r.polarity == "positive":
            ends = f"MATCH (s:Entity {{iri: {_quoted(r.subject)}}}), (o:Entity {{iri: {_quoted(r.object)}}})"
            kind = re.sub(r"(?<!^)(?=[A-Z])", "_", r.predicate).upper()
            lines.append(f"{ends} MERGE (s)-[r:{kind}]->(o) SET r.confidence = {r.confidence};")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote for Cypher, whose strings know the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _bibtex(store: GraphStore) -> str:
    papers = [e for e in store.read_graph().entities if e.type == "Paper"]
    return "\n".join(_bibtex_entry(p) for p in papers)


def _bibtex_entry(paper: Entity) -> str:
    values = dict(paper.attributes)
    fields = {
        "title": values.get("title", paper.label),
        "year": values.get("year", ""),
        "note": values.get("venue", ""),
    }
    for identifier in paper.identifiers:
        if identifier.startswith("arXiv:"):
            fields |= {
                "eprint": identifier[6:],
                "archiveprefix": "arXiv",
                "url": f"https://arxiv.org/abs/{identifier[6:]}",
            }
        elif identifier.startswith("10."):
            fields["doi"] = identifier
        elif "://" in identifier:
            fields.setdefault("url", identifier)
    key = paper.iri.rsplit("/", 1)[-1]
    rows = ",\n".join(f"  {name} = {{{_braced(value)}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{rows}\n}}\n"


def _braced(text: str) -> str:
    return re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "/")) if "://" not in text else text


_WRITERS: dict[str, Callable[[GraphStore], str]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "cypher": _cypher,
    "bibtex": _bibtex,
}
#: What `export --format` accepts.
EXPORT_FORMATS: tuple[str, ...] = tuple(_WRITERS)
