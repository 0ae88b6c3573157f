"""JSON-LD that people can read: short names, language maps, and a context that needs no network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from papergraph.ask.source import Readable
from papergraph.ontology.identifiers import ARXIV, DOI
from papergraph.ontology.terms import DCTERMS, PG, RDF, RDFS, SCHEMA, SKOS, XSD, prefixes

_ID: dict[str, str] = {"@type": "@id"}
_LANGUAGE: dict[str, str] = {"@container": "@language"}
_DECIMAL, _INTEGER = {"@type": "xsd:decimal"}, {"@type": "xsd:integer"}

#: What a property is called, and how its values are written; properties that are not here keep their prefix.
_NAMES: dict[str, tuple[str, dict[str, str]]] = {
    RDFS + "label": ("label", _LANGUAGE),
    SKOS + "prefLabel": ("prefLabel", _LANGUAGE),
    SKOS + "altLabel": ("altLabel", _LANGUAGE),
    SKOS + "broader": ("broader", _ID),
    RDF + "subject": ("subject", _ID),
    RDF + "predicate": ("predicate", {"@type": "@vocab"}),
    RDF + "object": ("object", _ID),
    DCTERMS + "title": ("title", {}),
    DCTERMS + "issued": ("issued", {"@type": "xsd:gYear"}),
    DCTERMS + "identifier": ("identifier", {}),
    ARXIV.property: ("arXivId", {}),
    DOI.property: (DOI.name, {}),
    SCHEMA + "sameAs": ("sameAs", _ID),
    SCHEMA + "url": ("url", {}),
    PG + "sentence": ("sentence", _LANGUAGE),
    PG + "confidence": ("confidence", _DECIMAL),
    PG + "memoryGB": ("memoryGB", _DECIMAL),
    **{PG + name: (name, _INTEGER) for name in ("line", "startChar", "endChar")},
    **{
        PG + name: (name, _ID)
        for name in (
            *("introduces", "affiliatedWith", "extends", "improvesOn", "uses", "buildsOn", "outperforms"),
            *("comparedWith", "targetsHardware", "measuredOn", "evaluatedOn", "trainedOn", "hasTopic"),
            *("authoredBy", "mentions", "hasEvidence", "contradictedBy", "inNote", "onDataset"),
        )
    },
}


def to_jsonld(source: Readable) -> str:
    """Return JSON-LD: the nodes of the default graph, then one named graph per note."""
    writer = _Writer(prefixes(source.base))
    by_graph: dict[str, list[ox.Quad]] = {}
    for quad in source.quads():
        by_graph.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    nodes = writer.nodes(by_graph.pop("", []))
    for name in sorted(by_graph):
        nodes.append({"id": writer.short(name), "@graph": writer.nodes(by_graph[name])})
    return json.dumps({"@context": writer.context(), "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def triples_to_jsonld(triples: Iterable[ox.Triple], base: str) -> str:
    """Return JSON-LD of triples of the graph, which has no blank nodes: one node for each subject."""
    writer = _Writer(prefixes(base))
    nodes = writer.nodes([ox.Quad(t.subject, t.predicate, t.object) for t in set(triples)])
    return json.dumps({"@context": writer.context(), "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    def __init__(self, known: dict[str, str]) -> None:
        self._prefixes = known

    def context(self) -> dict[str, Any]:
        """Return the context that turns the short names back into IRIs."""
        names = {name: {"@id": self.short(iri), **how} for iri, (name, how) in sorted(_NAMES.items())}
        return {"@vocab": PG, "id": "@id", "type": "@type", **self._prefixes, **names}

    def nodes(self, quads: list[ox.Quad]) -> list[dict[str, Any]]:
        """Return one object per subject, both sorted."""
        found: dict[str, dict[str, Any]] = {}
        for quad in sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object))):
            subject = getattr(quad.subject, "value", str(quad.subject))
            node = found.setdefault(subject, {"id": self.short(subject)})
            self._add(node, quad.predicate.value, quad.object)
        return list(found.values())

    def _add(self, node: dict[str, Any], predicate: str, value: Any) -> None:
        if predicate == RDF + "type":
            _append(node, "type", self._word(value.value))
            return
        name, how = _NAMES.get(predicate, (self._word(predicate), {}))
        if how is _LANGUAGE and getattr(value, "language", None):
            _append(node.setdefault(name, {}), value.language, value.value)
        else:
            _append(node, name, self._value(value, how))

    def _value(self, value: Any, how: dict[str, str]) -> Any:
        if isinstance(value, ox.NamedNode):
            if how.get("@type") == "@vocab":
                return self._word(value.value)
            return self.short(value.value) if how is _ID else {"id": self.short(value.value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = self.short(value.datatype.value)
        if how.get("@type") == datatype:
            return value.value
        plain = value.datatype.value == XSD + "string" and "@type" not in how
        return value.value if plain else {"@value": value.value, "@type": datatype}

    def _word(self, iri: str) -> str:
        """Return a class or property as the context reads it: without prefix where it is ours and has no name."""
        rest = iri.removeprefix(PG)
        return rest if rest != iri and rest.isalnum() and iri not in _NAMES else self.short(iri)

    def short(self, iri: str) -> str:
        """Return an IRI with one of our prefixes, if it has one."""
        for prefix, start in self._prefixes.items():
            if iri.startswith(start) and not iri.startswith("//", len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        return iri


def _append(node: dict[str, Any], name: str, value: Any) -> None:
    """Set a value, or make a list of the values where there are several."""
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]
