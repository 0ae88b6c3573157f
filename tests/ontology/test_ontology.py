"""The ontology, its shapes and their examples."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from papergraph.errors import ConfigError
from papergraph.model import ENTITY_TYPES, PREDICATES
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import DOMAINS, PG, SUPER, class_iri, predicate_iri
from papergraph.quality.shapes import Report, Violation, validate
from papergraph.rdf import to_quads
from papergraph.resources import read_resource
from papergraph.vocabulary import load_vocabulary
from tests.conftest import ROOT
from tests.graphs import small_graph

SHAPE = "https://w3id.org/papergraph/shapes#"
EXAMPLES = ROOT / "ontology" / "examples"
ONTOLOGY = rdflib.Graph().parse(data=read_resource("ontology/papergraph.ttl"), format="turtle")
SHAPES = rdflib.Graph().parse(data=read_resource("ontology/shapes.ttl"), format="turtle")
TERMS = [t for t in ONTOLOGY.subjects(RDF.type) if str(t).startswith(PG)]


def languages(nodes: Iterable[rdflib.term.Node]) -> list[str]:
    return sorted(str(node.language) for node in nodes if isinstance(node, rdflib.Literal))


def test_every_term_has_label_and_comment_in_both_languages() -> None:
    assert len(TERMS) > 40
    for term in TERMS:
        for kind in (RDFS.label, RDFS.comment):
            assert languages(ONTOLOGY.objects(term, kind)) == ["en", "zh"], term


def test_the_code_and_the_ontology_know_the_same_terms() -> None:
    classes = {str(t) for t in ONTOLOGY.subjects(RDF.type, OWL.Class) if str(t).startswith(PG)}
    assert classes == {class_iri(t) for t in ("Entity", *ENTITY_TYPES, *KINDS)}
    properties = {str(t) for t in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)}
    others = {PG + name for name in ("mentions", "hasEvidence", "contradictedBy", "inNote", "onDataset")}
    assert properties == {predicate_iri(p) for p in PREDICATES if p != "broader"} | set(SUPER.values()) | others


def test_super_properties_are_those_of_the_code() -> None:
    for predicate, above in SUPER.items():
        assert (rdflib.URIRef(PG + predicate), RDFS.subPropertyOf, rdflib.URIRef(above)) in ONTOLOGY


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


NODE_SHAPES, PROPERTY_SHAPES = (
    sorted(str(s).removeprefix(SHAPE) for s in SHAPES.subjects(RDF.type, SH[kind]))
    for kind in ("NodeShape", "PropertyShape")
)


def test_there_is_a_shape_for_every_class_and_relation() -> None:
    names = {str(t).removeprefix(PG) for t in ONTOLOGY.subjects(RDF.type, OWL.Class) if str(t).startswith(PG)}
    relations = {str(t).removeprefix(PG) for t in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)} | {"broader"}
    assert names | relations <= set(NODE_SHAPES)
    assert {f"{relation}-object" for relation in relations} <= set(PROPERTY_SHAPES)


def test_every_shape_of_a_property_belongs_to_a_node_and_has_a_name() -> None:
    used = {str(o).removeprefix(SHAPE) for s, o in SHAPES.subject_objects(SH.property) if isinstance(s, rdflib.URIRef)}
    assert used == set(PROPERTY_SHAPES)


@pytest.mark.parametrize("name", [*NODE_SHAPES, *PROPERTY_SHAPES])
def test_a_shape_says_how_bad_it_is_in_both_languages(name: str) -> None:
    shape = rdflib.URIRef(SHAPE + name)
    assert SHAPES.value(shape, SH.severity) in {SH.Violation, SH.Warning}
    assert languages(SHAPES.objects(shape, SH.message)) == ["en", "zh"]


@pytest.mark.parametrize("name", NODE_SHAPES)
def test_its_example_conforms(name: str) -> None:
    report = validate((EXAMPLES / "conforms" / f"{name}.ttl").read_text(encoding="utf-8"))
    assert report == Report()
    assert report.conforms


@pytest.mark.parametrize("name", [*NODE_SHAPES, *PROPERTY_SHAPES])
def test_its_example_violates_it_and_nothing_else(name: str) -> None:
    report = validate((EXAMPLES / "violates" / f"{name}.ttl").read_text(encoding="utf-8"))
    (found,) = report.violations
    shape = rdflib.URIRef(SHAPE + name)
    assert found.shape == SHAPE + name
    assert found.severity == str(SHAPES.value(shape, SH.severity)).rpartition("#")[2]
    assert found.message in {str(m) for m in SHAPES.objects(shape, SH.message) if languages([m]) == ["en"]}
    assert report.conforms == (found.severity == "Warning")


def test_no_example_is_left_over() -> None:
    names = {"conforms": NODE_SHAPES, "violates": sorted([*NODE_SHAPES, *PROPERTY_SHAPES])}
    for folder, expected in names.items():
        assert sorted(p.stem for p in (EXAMPLES / folder).iterdir()) == expected


def test_classes_of_hardware_are_those_of_the_shape() -> None:
    listed = SHAPES.value(rdflib.URIRef(f"{SHAPE}Hardware-class"), SH["in"])
    assert listed is not None
    allowed = {str(c) for c in rdflib.collection.Collection(SHAPES, listed)}
    entries = [e for e in load_vocabulary().entries if e.type == "Hardware"]
    assert {dict(e.values)["hardwareClass"] for e in entries} <= allowed
    for comment in ONTOLOGY.objects(rdflib.URIRef(f"{PG}hardwareClass"), RDFS.comment):
        assert all(c in str(comment) for c in allowed), comment


def test_a_graph_of_ours_conforms() -> None:
    assert validate(to_quads(small_graph())) == Report()


def test_quads_and_their_text_have_one_report() -> None:
    turtle = (EXAMPLES / "violates" / "Evidence-line.ttl").read_text(encoding="utf-8")
    quads = list(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    assert validate(quads) == validate(turtle) == validate(text.decode(), form="nquads")


def test_a_report_is_sorted_and_shows_values() -> None:
    bad = "@prefix pg: <https://w3id.org/papergraph/ontology#> .\n<x:b> a pg:Note . <x:a> a pg:Note ; pg:sha256 'z' ."
    found = validate(bad).violations
    assert list(found) == sorted(found)
    assert [(v.focus_node, v.shape.removeprefix(SHAPE), v.value) for v in found] == [
        ("x:a", "Note-path", ""),
        ("x:a", "Note-sha256", "z"),
        ("x:b", "Note-path", ""),
    ]
    assert isinstance(found[0], Violation)


@pytest.mark.parametrize(
    ("text", "form", "reason"), [("x", "turtle", "invalid turtle"), ("", "n3", "no RDF format 'n3'")]
)
def test_text_that_cannot_be_read_is_told(text: str, form: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        validate(text, form=form)


def test_shacl_tells_how_to_install_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ConfigError, match=r"papergraph\[check\]"):
        validate("")


def test_its_readme_lists_every_term_with_its_chinese_label() -> None:
    readme = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    for term in TERMS:
        chinese = next(str(o) for o in ONTOLOGY.objects(term, RDFS.label) if languages([o]) == ["zh"])
        assert f"| `pg:{str(term).removeprefix(PG)}` | {chinese} |" in readme
