"""A comparison is the same, whether its facts are asked for or have been read."""

from __future__ import annotations

from pathlib import Path

from papergraph.insight.compare import compare_within, compare_works
from papergraph.insight.facts import GraphFacts, SourceFacts
from papergraph.store import open_store


def test_a_graph_and_its_store_compare_all_works_alike(demo_store: Path) -> None:
    store = open_store(demo_store)
    graph = store.read_graph()
    works = [e.iri for e in graph.entities if e.type in {"Method", "Model", "Paper"}]
    assert len(works) > 300
    assert compare_within(graph, works) == compare_works(store, works)


def test_both_tell_the_types_of_what_they_know(demo_store: Path) -> None:
    store = open_store(demo_store)
    graph = store.read_graph()
    iris = [*(e.iri for e in graph.entities[:60]), "https://example.org/unknown"]
    assert GraphFacts(graph).types(iris) == SourceFacts(store).types(iris)
    assert GraphFacts(graph).labels(iris) == SourceFacts(store).labels(iris)
