"""Cypher as an engine takes it: every statement runs, and what it holds is the graph."""

from __future__ import annotations

from typing import Any

import pytest

from papergraph.export.cypher import to_cypher
from papergraph.model import Graph
from tests import graphs
from tests.export.test_export import naughty_graph

ocg = pytest.importorskip("ocg", reason="needs an engine for Cypher")


def loaded(graph: Graph, times: int = 1) -> Any:
    engine = ocg.Graph()
    for _ in range(times):
        constraint, *lines = to_cypher(graph).removesuffix("\n").split("\n")
        assert constraint.startswith("CREATE CONSTRAINT ")  # the schema of Neo4j; openCypher has none
        for line in lines:
            engine.execute(line.removesuffix(";"))
    return engine


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("graph", [graphs.small_graph(), naughty_graph(), Graph()], ids=["small", "naughty", "empty"])
def test_every_statement_runs_and_twice_changes_nothing(graph: Graph, times: int) -> None:
    engine = loaded(graph, times)
    positive = [r for r in graph.relations if r.polarity == "positive"]
    assert engine.execute("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": len(graph.entities)}]
    assert engine.execute("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": len(positive)}]
    for entity in graph.entities:
        (row,) = engine.execute(
            f"MATCH (n:{entity.type} {{iri: '{entity.iri}'}}) RETURN n.label AS label, n.aliases AS aliases"
        )
        assert row == {"label": entity.label, "aliases": list(entity.aliases)}


def test_relations_carry_confidence_and_sentences() -> None:
    rows = loaded(graphs.small_graph()).execute(
        "MATCH (a {label: 'Keyformer'})-[r:IMPROVES_ON]->(b {label: 'H2O'}) RETURN r.confidence AS c, r.evidence AS e"
    )
    assert rows[0]["c"] == 0.9
    assert "caches.md:9 Keyformer 改进了 H2O 的打分。" in rows[0]["e"]
