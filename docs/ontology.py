"""Write docs/ontology.md, the reference of the terms, from ontology/papergraph.ttl: `python docs/ontology.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

TARGET = Path(__file__).with_name("ontology.md")
_SOURCE = Path(__file__).parents[1] / "ontology" / "papergraph.ttl"
_HEAD = """# The ontology: every term

The classes and properties of the namespace `https://w3id.org/papergraph/ontology#`, prefix `pg`, in the order of
[papergraph.ttl](../ontology/papergraph.ttl). How the terms fit together, and how claims and evidence are stored, is
on the page [The ontology](../ontology/README.md). `python docs/ontology.py` writes this page.
"""
_GROUPS = (
    ("Classes", OWL.Class),
    ("Relations and other links between entities", OWL.ObjectProperty),
    ("Values", OWL.DatatypeProperty),
)
#: What is said of a term, and how the page calls it.
_ROWS = (
    (RDFS.subClassOf, "subclass of"),
    (RDFS.subPropertyOf, "subproperty of"),
    (RDFS.domain, "from"),
    (RDFS.range, "to"),
    (OWL.inverseOf, "inverse of"),
    (SKOS.closeMatch, "close to"),
    (SKOS.exactMatch, "same as"),
)


def reference() -> str:
    """Return the text of the page."""
    graph = Graph().parse(_SOURCE, format="turtle")
    text = _SOURCE.read_text(encoding="utf-8")
    namespace = dict(graph.namespaces())["pg"]
    sections = [_HEAD]
    for title, kind in _GROUPS:
        terms = [t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef) and t.startswith(namespace)]
        sections.append(f"## {title}\n")
        sections += [_term(graph, term) for term in sorted(terms, key=lambda t: text.index(f"\n{graph.qname(t)} "))]
    return "\n".join(sections)


def _term(graph: Graph, term: URIRef) -> str:
    said = {row.language: str(row) for row in graph.objects(term, RDFS.comment) if isinstance(row, Literal)}
    labels = {row.language: str(row) for row in graph.objects(term, RDFS.label) if isinstance(row, Literal)}
    lines = [f"### {graph.qname(term)}\n", f"{labels['en']} · {labels['zh']}\n", f"{said['en']}\n\n{said['zh']}\n"]
    rows = [f"- {name}: {', '.join(found)}" for of, name in _ROWS if (found := sorted(_names(graph, term, of)))]
    return "\n".join([*lines, *rows, ""] if rows else lines)


def _names(graph: Graph, term: URIRef, of: Node) -> Iterator[str]:
    for other in graph.objects(term, of):
        if isinstance(other, URIRef):
            yield f"`{graph.qname(other)}`" if _has_prefix(graph, other) else f"<{other}>"
        else:
            yield from (f"`{graph.qname(m)}`" for m in _members(graph, other))


def _members(graph: Graph, union: Node) -> list[URIRef]:
    """Return the classes of which any will do."""
    listed = graph.value(union, OWL.unionOf)
    return [m for m in graph.items(listed) if isinstance(m, URIRef)] if listed is not None else []


def _has_prefix(graph: Graph, term: URIRef) -> bool:
    return any(term.startswith(namespace) and "/" not in term[len(namespace) :] for _, namespace in graph.namespaces())


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
