"""A graph without its language model: no claim of a model alone, none of the others lost, the same for any query."""

from __future__ import annotations

from dataclasses import replace

from papergraph.model import Evidence, Graph, Relation
from papergraph.ontology.terms import PG
from papergraph.store import memory_store
from papergraph.store.ruled import leave_out_model
from tests import graphs


def proposed(relation: Relation, confidence: float = 0.75) -> Evidence:
    first = relation.evidence[0]
    return replace(
        first, iri=f"{first.iri}-m", extractor="tiny", tier="model", sentence="As a model reads.", confidence=confidence
    )


def by_model_alone(relation: Relation) -> Relation:
    return replace(relation, evidence=(proposed(relation),), confidence=0.75)


def by_both(relation: Relation, own: float, together: float) -> Relation:
    evidence = (replace(relation.evidence[0], confidence=own), proposed(relation))
    return replace(relation, evidence=evidence, confidence=together)


def whole() -> Graph:
    """The small graph, where a model alone makes one claim, and lifts another over the threshold."""
    graph = graphs.small_graph()
    positive = [r for r in graph.relations if r.polarity == "positive" and r.predicate == "improvesOn"]
    changed = {positive[0].iri: by_model_alone(positive[0]), positive[1].iri: by_both(positive[1], 0.4, 0.78)}
    return replace(graph, relations=tuple(changed.get(r.iri, r) for r in graph.relations))


def test_a_claim_of_a_model_alone_goes_and_another_is_as_sure_as_the_rules() -> None:
    graph = whole()
    left = leave_out_model(graph)
    gone = {r.iri for r in graph.relations} - {r.iri for r in left.relations}
    assert gone == {r.iri for r in graph.relations if all(e.tier == "model" for e in r.evidence)} != set()
    assert not [e for r in left.relations for e in r.evidence if e.tier == "model"]
    assert [r.confidence for r in left.relations if any(e.tier == "model" for e in graph_of(graph, r).evidence)] == [
        0.4
    ]
    assert left.entities == graph.entities


def graph_of(graph: Graph, relation: Relation) -> Relation:
    return next(r for r in graph.relations if r.iri == relation.iri)


def test_any_query_sees_only_what_is_left() -> None:
    store = memory_store(whole(), graphs.RUN)
    ruled = store.without_model()
    lines = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(?p IN (pg:improvesOn, pg:buildsOn)) }"
    asserted = {(row["s"], row["p"], row["o"]) for row in store.select(lines)}
    left = {(row["s"], row["p"], row["o"]) for row in ruled.select(lines)}
    lost = {(r.subject, r.object) for r in whole().relations if any(e.tier == "model" for e in r.evidence)}
    kept_above = {(r.subject, r.object) for r in whole().relations if r.predicate == "extends"}
    assert left < asserted
    assert {(s, o) for s, _, o in asserted - left} == lost - kept_above
    assert not list(ruled.select("SELECT ?e { GRAPH ?g { ?e pg:tier 'model' } }"))
    assert not list(ruled.select("SELECT ?st { ?st a pg:Statement FILTER NOT EXISTS { ?st pg:hasEvidence ?e } }"))
    assert list(ruled.select("SELECT ?st { ?st pg:confidence 0.4 }")) != []
    assert list(ruled.quads(predicate=PG + "sentence")) != []


def test_what_stands_apart_from_models_is_as_it_was() -> None:
    graph = graphs.small_graph()
    assert leave_out_model(graph) == graph
    store = memory_store(graph, graphs.RUN)
    assert store.without_model() is store
    for threshold in (0.3, 0.5, 0.9):
        weighed = memory_store(whole(), graphs.RUN, threshold=threshold)
        touched = {r.iri for r in whole().relations if any(e.tier == "model" for e in r.evidence)}
        before, after = weighed.read_graph(), weighed.without_model().read_graph()
        for relation in after.relations:
            if relation.iri not in touched:
                assert before.asserts(relation) == after.asserts(relation)


def test_the_view_of_a_view_is_the_view() -> None:
    ruled = memory_store(whole(), graphs.RUN).without_model()
    assert ruled.without_model() is ruled
    assert ruled.digest != memory_store(whole(), graphs.RUN).digest
