from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import (
    ENTITY_TYPES,
    PREDICATES,
    Entity,
    Evidence,
    Graph,
    NoteRecord,
    Place,
    Relation,
    Tier,
)
from papergraph.ontology.iri import entity_iri, evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import DCTERMS, PG, RDF, RDFS, SCHEMA, SKOS, XSD, predicate_iri
from papergraph.quality.shapes import Report, validate
from papergraph.rdf import canonical_nquads, from_quads, to_quads, translated_label
from papergraph.resources import read_resource
from tests import graphs

#: What XML can hold: the boundary replaces everything else.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n\r"),
    min_size=1,
    max_size=20,
)
CONFIDENCE = st.integers(0, 10_000).map(lambda n: n / 10_000)


@st.composite
def attributes(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    found = {("year", str(y)) for y in draw(st.lists(st.integers(1900, 2100), max_size=2))}
    found |= {(key, draw(TEXT)) for key in draw(st.lists(st.sampled_from(("title", "venue", "code", "url", "count"))))}
    found |= {("memoryGB", f"{n:g}") for n in draw(st.lists(st.sampled_from((0.5, 24, 80, 192)), max_size=1))}
    found |= {("year", "about 2023")} if draw(st.booleans()) else set()
    return tuple(sorted(found))


@st.composite
def entities(draw: st.DrawFn, paths: tuple[str, ...]) -> Entity:
    kind, label = draw(st.sampled_from(ENTITY_TYPES)), draw(TEXT)
    identifiers = draw(st.sets(TEXT.flatmap(lambda t: st.sampled_from(("arXiv:" + t, "10." + t, "https://" + t)))))
    places = draw(st.sets(st.tuples(st.sampled_from(paths), st.integers(1, 99), st.integers(0, 999), TEXT), max_size=3))
    return Entity(
        iri=entity_iri(kind, label, identifiers=tuple(sorted(identifiers))),
        type=kind,
        label=label,
        aliases=tuple(sorted(draw(st.sets(TEXT, max_size=3)) - {label})),
        identifiers=tuple(sorted(identifiers)),
        attributes=draw(attributes()),
        places=tuple(sorted(Place(n, line, start, start + len(s), s) for n, line, start, s in places)),
        reasons=tuple(sorted(draw(st.sets(TEXT, max_size=2)))),
    )


@st.composite
def relations(draw: st.DrawFn, iris: list[str], paths: tuple[str, ...]) -> Relation:
    subject, obj = draw(st.sampled_from(iris)), draw(st.sampled_from(iris))
    predicate = draw(st.sampled_from(PREDICATES))
    statement = statement_iri(subject, predicate_iri(predicate), obj)
    evidence = {}
    for note, sentence, extractor in draw(st.lists(st.tuples(st.sampled_from(paths), TEXT, TEXT), max_size=3)):
        iri = evidence_iri(statement, note, sentence, extractor)
        start = draw(st.integers(0, 9999))
        tier: Tier = draw(st.sampled_from(("structure", "prose")))
        evidence[iri] = Evidence(iri, note, 7, start, start + 5, sentence, extractor, tier, draw(CONFIDENCE))
    return Relation(
        iri=statement,
        subject=subject,
        predicate=predicate,
        object=obj,
        confidence=draw(CONFIDENCE),
        polarity=draw(st.sampled_from(("positive", "negative"))),
        evidence=tuple(evidence[i] for i in sorted(evidence)),
        dataset=draw(st.sampled_from(("", iris[0]))),
        metric=draw(st.one_of(st.just(""), TEXT)),
    )


@st.composite
def any_graph(draw: st.DrawFn) -> Graph:
    paths = tuple(draw(st.sets(TEXT, min_size=1, max_size=3)))
    found = {e.iri: e for e in draw(st.lists(entities(paths), min_size=1, max_size=4))}
    claims = {r.iri: r for r in draw(st.lists(relations(sorted(found), paths), max_size=4))}
    notes = sorted((NoteRecord(note_iri(p), p, "0" * 64) for p in paths), key=lambda n: n.iri)
    return Graph(tuple(found[i] for i in sorted(found)), tuple(claims[i] for i in sorted(claims)), tuple(notes))


def stored(quads: list[ox.Quad]) -> list[ox.Quad]:
    store = ox.Store()
    store.bulk_load(canonical_nquads(quads).encode(), format=ox.RdfFormat.N_QUADS)
    return list(store)


@given(any_graph(), st.floats(0, 1), st.randoms(use_true_random=False))
def test_a_graph_comes_back_as_it_was_from_its_quads_in_any_order_and_from_a_store(
    graph: Graph, threshold: float, shuffler: random.Random
) -> None:
    quads = list(to_quads(graph, threshold=threshold))
    shuffler.shuffle(quads)
    assert from_quads(quads) == graph
    assert from_quads(stored(quads)) == graph


def test_what_says_the_opposite_of_a_claim_comes_back_with_it() -> None:
    graph = graphs.small_graph()
    one, other = (r for r in graph.relations if len(r.evidence) == 1 and r.predicate in {"extends", "trainedOn"})
    against = replace(other.evidence[0], iri=other.evidence[0].iri + "-against")
    relations = tuple(replace(r, contradicted=(against,)) if r == one else r for r in graph.relations)
    changed = replace(graph, relations=relations)
    assert from_quads(to_quads(changed)) == changed


@given(any_graph())
def test_no_triple_is_in_two_graphs_and_there_are_no_blank_nodes(graph: Graph) -> None:
    quads = set(to_quads(graph))
    assert len({q.triple for q in quads}) == len(quads)
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object, q.graph_name))


@given(any_graph())
def test_the_engine_keeps_every_literal_as_it_was_written(graph: Graph) -> None:
    quads = list(to_quads(graph))
    assert canonical_nquads(stored(quads)) == canonical_nquads(quads)


@given(any_graph())
def test_every_entity_has_one_label_and_at_most_one_preferred_name_in_a_language(graph: Graph) -> None:
    quads = set(to_quads(graph))
    for entity in graph.entities:
        names = [(q.predicate.value, q.object.language) for q in quads if q.subject.value == entity.iri and named(q)]
        assert sum(p == RDFS + "label" for p, _ in names) == 1
        preferred = [language for p, language in names if p == SKOS + "prefLabel"]
        assert len(set(preferred)) == len(preferred)
        assert set(preferred) <= {"en", "zh"}


def named(quad: ox.Quad) -> bool:
    return quad.predicate.value in {RDFS + "label", SKOS + "prefLabel"}


@pytest.fixture(scope="module")
def quads() -> set[ox.Quad]:
    return set(to_quads(graphs.small_graph()))


def claim(subject: str, predicate: str, obj: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(obj))


def test_only_sure_positive_claims_are_asserted_and_each_with_its_super_property(quads: set[ox.Quad]) -> None:
    assert claim(graphs.KEYFORMER, PG + "improvesOn", graphs.H2O) in quads
    assert claim(graphs.KEYFORMER, PG + "buildsOn", graphs.H2O) in quads
    assert claim(graphs.SNAPKV, PG + "improvesOn", graphs.H2O) not in quads, "too weak"
    assert claim(graphs.SNAPKV, PG + "outperforms", graphs.KEYFORMER) not in quads, "denied"
    assert claim(graphs.LLAMA, PG + "trainedOn", graphs.MMLU) in quads, "exactly at the threshold"
    assert claim(graphs.H2O, PG + "targetsHardware", graphs.A100) in quads
    assert claim(graphs.EVICTION, SKOS + "broader", graphs.CACHES) in quads


def test_a_weak_claim_whose_triple_another_claim_implies_stays_weak() -> None:
    graph = graphs.small_graph()
    (measured,) = (r for r in graph.relations if r.predicate == "measuredOn")
    iri = statement_iri(measured.subject, PG + "targetsHardware", measured.object)
    weak = replace(measured, iri=iri, predicate="targetsHardware", confidence=0.4)
    relations = tuple(sorted((*graph.relations, weak), key=lambda r: r.iri))
    read = from_quads(to_quads(replace(graph, relations=relations)))
    assert not read.asserts(weak)
    assert read.asserts(measured)


def test_every_claim_even_weak_and_denied_ones_has_a_statement() -> None:
    graph = graphs.small_graph()
    quads = list(to_quads(graph, threshold=1.0))
    statements = {q.subject.value for q in quads if q.object == ox.NamedNode(PG + "Statement")}
    assert statements == {r.iri for r in graph.relations}


def test_a_statement_lives_in_the_graph_of_its_only_note_and_one_of_several_notes_in_the_default_graph(
    quads: set[ox.Quad],
) -> None:
    def home(subject: str, predicate: str, obj: str) -> set[str]:
        iri = statement_iri(subject, PG + predicate, obj)
        of = {q.graph_name for q in quads if q.subject.value == iri and q.predicate.value == RDF + "subject"}
        return {getattr(g, "value", "default") for g in of}

    assert home(graphs.SQUEEZED, "extends", graphs.KEYFORMER) == {note_iri(graphs.NOTES[1])}
    assert home(graphs.KEYFORMER, "improvesOn", graphs.H2O) == {"default"}


def test_names_carry_their_language_and_a_chinese_alias_serves_as_the_chinese_name(quads: set[ox.Quad]) -> None:
    def names(iri: str, predicate: str) -> set[tuple[str, str | None]]:
        of = [q.object for q in quads if q.subject.value == iri and q.predicate.value == predicate]
        return {(o.value, o.language) for o in of}

    assert names(graphs.TSINGHUA, RDFS + "label") == {("Tsinghua University", "en")}
    assert names(graphs.TSINGHUA, SKOS + "prefLabel") == {("Tsinghua University", "en"), ("清华", "zh")}
    assert names(graphs.TSINGHUA, SKOS + "altLabel") == {("THU", "en"), ("清华大学", "zh")}
    assert names(graphs.PHONE_PAPER, SKOS + "prefLabel") == {
        ("在手机上运行大模型", "zh"),
        ("Large models on phones", "en"),
    }


def test_the_chinese_name_is_a_wholly_chinese_one_where_there_is_a_choice() -> None:
    entity = Entity("urn:x", "Hardware", "mobile GPU", ("手机GPU", "手机显卡", "Mobile GPUs"))
    assert translated_label(entity) == "手机显卡"
    assert translated_label(replace(entity, aliases=("Mobile GPUs",))) == ""


def values(quads: set[ox.Quad], iri: str, predicate: str) -> set[str]:
    return {str(q.object) for q in quads if q.subject.value == iri and q.predicate.value == predicate}


def test_values_have_the_types_of_the_ontology_and_links_lead_to_the_pages_of_the_work(quads: set[ox.Quad]) -> None:
    assert values(quads, graphs.H2O_PAPER, DCTERMS + "issued") == {f'"2023"^^<{XSD}gYear>'}
    assert values(quads, graphs.A100, PG + "memoryGB") == {f'"80"^^<{XSD}decimal>'}
    assert values(quads, graphs.H2O_PAPER, "http://purl.org/spar/fabio/hasArXivId") == {'"2306.14048"'}
    assert values(quads, graphs.H2O_PAPER, SCHEMA + "sameAs") == {
        "<https://arxiv.org/abs/2306.14048>",
        "<https://openreview.net/forum?id=RkRrPp7GKO>",
    }
    assert values(quads, graphs.PHONE_PAPER, SCHEMA + "sameAs") == {"<https://example.org/phones?a=1&b=2>"}
    assert values(quads, graphs.LLAMA, RDF + "type") == {f"<{PG}{n}>" for n in ("Entity", "Method", "Model")}
    assert f"<{SKOS}Concept>" in values(quads, graphs.CACHES, RDF + "type")


def test_numbers_are_written_in_their_shortest_form_and_odd_values_are_kept_as_text() -> None:
    odd = (("memoryGB", "80.0"), ("memoryGB", "about 80"), ("shape", "a=b"), ("year", "23"))
    graph = Graph((Entity("urn:x", "Hardware", "x", attributes=odd),))
    quads = set(to_quads(graph))
    assert values(quads, "urn:x", PG + "memoryGB") == {f'"80"^^<{XSD}decimal>'}
    assert values(quads, "urn:x", PG + "attribute") == {'"memoryGB=about 80"', '"shape=a=b"', '"year=23"'}
    back = from_quads(quads).entities[0].attributes
    assert back == (("memoryGB", "80"), ("memoryGB", "about 80"), ("shape", "a=b"), ("year", "23"))


def test_characters_that_xml_cannot_hold_are_replaced_at_this_boundary() -> None:
    entity = Entity("urn:x", "Method", "a\x00b\x1bc\ud800", identifiers=("https://x.org/a\x01 b", "arXiv:\udc80"))
    text = canonical_nquads(to_quads(Graph((entity,))))
    assert text.count("\ufffd") >= 5
    ox.serialize(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    assert from_quads(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)).entities[0].label == "a\ufffdb\ufffdc\ufffd"


def test_canonical_nquads_do_not_depend_on_order_or_repetition(quads: set[ox.Quad]) -> None:
    ordered = sorted(quads, key=str)
    text = canonical_nquads(ordered)
    assert text == canonical_nquads([*reversed(ordered), *ordered])
    assert text.splitlines() == sorted(text.splitlines())
    assert set(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)) == quads


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.graphs import small_graph; from papergraph.rdf import *; "
        "from papergraph.ontology.iri import digest; "
        "print(digest(canonical_nquads(to_quads(small_graph()))))"
    )
    made = {
        subprocess.check_output([sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": str(seed)})
        for seed in (0, 1, 2)
    }
    assert len(made) == 1


def test_every_term_of_ours_is_defined_in_the_ontology(quads: set[ox.Quad]) -> None:
    ontology = ox.parse(read_resource("ontology/papergraph.ttl").encode(), format=ox.RdfFormat.TURTLE)
    defined = {str(q.subject) for q in ontology}
    odd = Entity("urn:x", "Method", "x", attributes=(("shape", "round"),))
    used = {str(t) for q in {*quads, *to_quads(Graph((odd,)))} for t in (q.predicate, q.object) if PG in str(t)}
    assert {t for t in used if t.startswith("<")} <= defined


def test_the_shapes_object_to_nothing(quads: set[ox.Quad]) -> None:
    pytest.importorskip("pyshacl")
    assert validate(quads) == Report()
