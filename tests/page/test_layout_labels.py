"""The names of regions."""

from __future__ import annotations

from papergraph.model import EntityType, Graph
from papergraph.page.layout import lay_out
from tests.page.map_graphs import clique, cliques, graph_of, relation


def names(graph: Graph) -> list[str]:
    return [r.name for r in lay_out(graph).regions]


def filed(members: range, topic: int, others: tuple[int, ...] = (), label: str = "Caching") -> Graph:
    """Papers with a method that all of them use, filed under a topic."""
    method = members[0]
    types: dict[int, EntityType] = {**dict.fromkeys(members, "Paper"), method: "Method", topic: "Topic"}
    relations = [relation(n, "uses", method, n) for n in members[1:]]
    relations += [relation(n, "hasTopic", topic, n) for n in (*members[1:], *others)]
    graph = graph_of([*members, *others, topic], types=types, labels={topic: label, method: "H2O"})
    return Graph(graph.entities, tuple(relations))


def test_a_region_is_named_by_its_topic_and_its_method() -> None:
    assert names(filed(range(8), 8)) == ["Caching · H2O"]


def test_a_topic_that_says_the_same_as_the_method_is_not_repeated() -> None:
    assert names(filed(range(8), 8, label="the H2O")) == ["the H2O"]


def test_a_topic_that_spans_many_regions_loses() -> None:
    groups = [filed(range(n * 10, n * 10 + 8), n * 10 + 8) for n in range(6)]
    entities = [e for g in groups for e in g.entities]
    spread = graph_of([90], types={90: "Topic"}, labels={90: "TODO"}).entities
    todo = [relation(n * 10 + k, "hasTopic", 90, n * 10 + k) for n in range(6) for k in range(1, 8)]
    relations = [r for g in groups for r in g.relations]
    found = names(Graph((*entities, *spread), (*relations, *todo)))
    assert len(found) == 6
    assert not any("TODO" in name for name in found)


def test_no_two_regions_have_the_same_name() -> None:
    found = names(graph_of(60, cliques(6, 10), labels=dict.fromkeys(range(60), "RAG")))
    assert len(set(found)) == 6
    assert "RAG" in found


def test_a_second_region_takes_its_next_best_part() -> None:
    graphs = [filed(range(8), 8), filed(range(10, 18), 18)]
    merged = Graph(tuple(e for g in graphs for e in g.entities), tuple(r for g in graphs for r in g.relations))
    assert names(merged) == ["Caching · H2O", "Caching"]


def test_a_long_label_is_cut_between_words() -> None:
    label = "Retrieval-Augmented Generation for very many documents"
    (name,) = names(graph_of(7, [(0, n) for n in range(1, 7)], labels={0: label}))
    assert name.partition(" · ")[0] == "Retrieval-Augmented…"
    (name,) = names(graph_of(7, [(0, n) for n in range(1, 7)], labels={0: "字" * 80}))
    assert name.partition(" · ")[0] == "字" * 27 + "…"


def test_a_region_without_topics_and_methods_is_named_by_what_binds_it() -> None:
    types: dict[int, EntityType] = {0: "Institution", **dict.fromkeys(range(1, 8), "Paper")}
    graph = graph_of(8, [(n, 0) for n in range(1, 8)], "affiliatedWith", types, {0: "Tsinghua"})
    assert names(graph) == ["Tsinghua"]


def test_an_empty_label_still_gives_a_name() -> None:
    assert names(graph_of(6, clique(range(6)), labels=dict.fromkeys(range(6), " "))) == ["Method"]
