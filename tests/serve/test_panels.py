"""The parts of an entity's page, and the queries beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.query import ask
from papergraph.insight.lineage import Direction, trace_lineage
from papergraph.insight.show import read_profile
from papergraph.store import GraphStore, memory_store, open_store
from papergraph.web.lineage import lineage_panel
from papergraph.web.panels import Panel, Row, panels
from tests import graphs
from tests.insight import lineages


def listed(rows: tuple[Row, ...]) -> set[str]:
    return {row.href for row in rows} | {href for row in rows for href in listed(row.children)}


def answered(store: GraphStore, panel: Panel) -> set[str]:
    answer = ask(store, panel.query)
    return {row[answer.variables.index("other")].value for row in answer.rows}


def test_every_query_answers_what_stands_in_its_panel(demo_store: Path) -> None:
    store, seen = open_store(demo_store), set()
    for name in ("H2O", "Jamba", "Tsinghua University", "smartphone", "MMLU", "C4", "NVIDIA A100", "LoRA"):
        for panel in panels(read_profile(store, store.find(name)[0].iri), str):
            assert answered(store, panel) == listed(panel.rows), (name, panel.key)
            seen.add(panel.key)
    assert len(seen) >= 12


@pytest.mark.parametrize("direction", ["upstream", "downstream"])
@pytest.mark.parametrize("threshold", [0.0, 0.5, 0.85])
def test_the_query_beside_a_lineage_answers_the_same_at_any_threshold(threshold: float, direction: Direction) -> None:
    store = memory_store(graphs.small_graph(), graphs.RUN, threshold=threshold)
    found = 0
    for start in (graphs.H2O, graphs.SQUEEZED):
        panel = lineage_panel(trace_lineage(store, start, direction=direction, depth=4), str, 4)
        assert panel is None or answered(store, panel) == listed(panel.rows)
        found += panel is not None
    assert found


@pytest.mark.parametrize("direction", ["upstream", "downstream"])
@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_query_beside_a_lineage_goes_as_deep_and_round_in_circles(depth: int, direction: Direction) -> None:
    for seed in range(12):
        store = lineages.store_of(lineages.random_claims(seed))
        panel = lineage_panel(trace_lineage(store, lineages.iri("a"), direction=direction, depth=depth), str, depth)
        assert panel is None or answered(store, panel) == listed(panel.rows)
