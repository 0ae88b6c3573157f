"""The ontology, its shapes and their examples."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from papergraph.model import ENTITY_TYPES, PREDICATES
from papergraph.resources import read_resource
from papergraph.terms import DOMAINS, PG, SUPER, class_iri, predicate_iri
from papergraph.validate import validate_text
from tests.conftest import ROOT

EXAMPLES = ROOT / "ontology" / "examples"
ONTOLOGY = rdflib.Graph().parse(data=read_resource("ontology/papergraph.ttl"), format="turtle")
SHAPES = rdflib.Graph().parse(data=read_resource("ontology/shapes.ttl"), format="turtle")
TERMS = [t for t in ONTOLOGY.subjects(RDF.type) if str(t).startswith(PG)]


def test_every_term_has_label_and_comment_in_both_languages() -> None:
    assert len(TERMS) > 40
    for term in TERMS:
        for kind in (RDFS.label, RDFS.comment):
            assert sorted(o.language for o in ONTOLOGY.objects(term, kind)) == ["en", "zh"], term


def test_the_code_and_the_ontology_know_the_same_terms() -> None:
    classes = {str(t) for t in ONTOLOGY.subjects(RDF.type, OWL.Class) if str(t).startswith(PG)}
    assert {class_iri(t) for t in ENTITY_TYPES} <= classes
    properties = {str(t) for t in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)}
    assert {predicate_iri(p) for p in PREDICATES if p != "broader"} <= properties
    assert set(SUPER.values()) <= properties


@pytest.mark.parametrize("predicate", sorted(set(DOMAINS) - {"broader"}))
def test_domains_and_ranges_are_those_of_the_code(predicate: str) -> None:
    term = rdflib.URIRef(PG + predicate)
    for kind, types in zip((RDFS.domain, RDFS.range), DOMAINS[predicate], strict=True):  # type: ignore[index]
        node = ONTOLOGY.value(term, kind)
        members = list(ONTOLOGY.objects(node, OWL.unionOf))
        named = set(rdflib.collection.Collection(ONTOLOGY, members[0])) if members else {node}
        assert {str(n) for n in named} == {class_iri(t) for t in types}


def test_every_term_that_a_graph_uses_is_defined(demo_store: Path) -> None:
    from papergraph.store import open_store

    known = {str(t) for t in TERMS}
    used = {q.predicate.value for q in open_store(demo_store).quads()}
    assert {u for u in used if u.startswith(PG)} <= known


def test_two_parsers_read_the_files() -> None:
    for name in ("papergraph", "shapes"):
        text = read_resource(f"ontology/{name}.ttl")
        assert len(list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))) > 100


def test_superclasses_and_matches_are_iris() -> None:
    for kind in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch):
        assert all(isinstance(o, rdflib.URIRef) for o in ONTOLOGY.objects(None, kind))


SHAPE_NAMES = sorted(
    str(s).rpartition("#")[2] for s in SHAPES.subjects(RDF.type, rdflib.URIRef("http://www.w3.org/ns/shacl#NodeShape"))
)


def test_there_is_a_shape_for_every_class_and_relation() -> None:
    names = {str(t).removeprefix(PG) for t in ONTOLOGY.subjects(RDF.type, OWL.Class) if str(t).startswith(PG)}
    names |= {str(t).removeprefix(PG) for t in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)}
    assert names <= set(SHAPE_NAMES)


@pytest.mark.parametrize("name", SHAPE_NAMES)
def test_its_examples_conform_and_violate(name: str) -> None:
    good = (EXAMPLES / "conforms" / f"{name}.ttl").read_text(encoding="utf-8")
    bad = (EXAMPLES / "violates" / f"{name}.ttl").read_text(encoding="utf-8")
    assert validate_text(good) == ()
    violations = validate_text(bad)
    assert violations
    assert all(v.message for v in violations)


def test_shacl_tells_how_to_install_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from papergraph.errors import ConfigError

    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ConfigError, match=r"papergraph\[check\]"):
        validate_text("")
