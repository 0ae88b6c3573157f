"""Parts of a graph: what is near, where something comes from, what is filed somewhere, and single types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.errors import UnknownNameError
from papergraph.insight.lineage import Direction, trace_lineage
from papergraph.insight.part import Part, cut, filed_under, lineage_of, most_linked, neighbourhood, of_types
from papergraph.model import EntityType, Graph
from papergraph.store import open_store
from tests.conftest import Run
from tests.insight import lineages
from tests.page.test_page import island_of


@pytest.fixture(scope="module")
def graph(demo_store: Path) -> Graph:
    return open_store(demo_store).read_graph()


@pytest.fixture(scope="module")
def h2o(demo_store: Path) -> str:
    return open_store(demo_store).find("H2O")[0].iri


def labels(graph: Graph) -> set[str]:
    return {e.label for e in graph.entities}


def is_whole(graph: Graph) -> bool:
    """Tell whether every relation has both its ends."""
    iris = {e.iri for e in graph.entities}
    return all(r.subject in iris and r.object in iris for r in graph.relations)


def test_the_lineage_holds_what_builds_on_a_method_with_the_papers(graph: Graph, h2o: str) -> None:
    part = lineage_of(graph, h2o, ["downstream"])
    assert {"H2O", "Keyformer", "SnapKV", "PyramidKV"} <= labels(part)
    assert "LoRA" not in labels(part)
    assert any(e.type == "Paper" for e in part.entities)
    assert is_whole(part)


def test_upstream_and_downstream_are_each_other_s_way_back(graph: Graph, h2o: str) -> None:
    down = {e.iri for e in lineage_of(graph, h2o, ["downstream"]).entities if e.type in {"Method", "Model"}}
    for iri in down - {h2o}:
        assert h2o in {e.iri for e in lineage_of(graph, iri, ["upstream"]).entities}


@settings(max_examples=25)
@given(st.integers(0, 500), st.sampled_from(["upstream", "downstream"]))
def test_the_part_holds_the_members_of_the_lineage(seed: int, direction: Direction) -> None:
    store = lineages.store_of(lineages.random_claims(seed))
    start = lineages.iri("a")
    part = lineage_of(store.read_graph(), start, [direction])
    assert labels(part) == {m.label for m in trace_lineage(store, start, direction=direction).members}
    strong = lineage_of(store.read_graph(), start, [direction], min_confidence=0.9)
    traced = trace_lineage(store, start, direction=direction, min_confidence=0.9)
    assert labels(strong) == {m.label for m in traced.members}


def test_a_topic_brings_its_works_and_what_they_introduce(graph: Graph) -> None:
    topics = [e for e in graph.entities if e.type == "Topic"]
    filed = {t.label: filed_under(graph, t.iri) for t in topics}
    assert all(is_whole(part) for part in filed.values())
    assert all(topic in labels(part) for topic, part in filed.items())
    assert max(len(part.entities) for part in filed.values()) > 10


def test_types_are_kept_and_so_is_what_one_asked_about(graph: Graph, h2o: str) -> None:
    part = of_types(graph, ["Institution"], [h2o])
    assert {e.type for e in part.entities} == {"Institution", "Method"}
    assert is_whole(part)


def test_a_neighbourhood_grows_with_its_hops(graph: Graph, h2o: str) -> None:
    sizes = [len(neighbourhood(graph, h2o, hops).entities) for hops in range(3)]
    assert sizes[0] == 1 < sizes[1] < sizes[2] <= len(graph.entities)


def test_of_a_very_large_graph_the_best_linked_things_are_kept(graph: Graph) -> None:
    lonely = next(e.iri for e in graph.entities if all(e.iri not in (r.subject, r.object) for r in graph.relations))
    part = most_linked(graph, 50, lonely)
    assert len(part.entities) == 50
    assert {"H2O", "LoRA"} <= labels(part)
    assert lonely in {e.iri for e in part.entities}
    assert is_whole(part)
    assert most_linked(graph, 10_000) is graph


def shown(page: Path) -> tuple[set[str], dict[str, Any]]:
    """Return the labels on a page, and its data."""
    data = island_of(page.read_text(encoding="utf-8"), "graph-data")
    return set(data["nodes"]["label"]), data


def test_the_command_shows_a_lineage_in_layers(run: Run, demo_store: Path, tmp_path: Path) -> None:
    page = tmp_path / "lineage.html"
    assert run("view", "--store", demo_store, "--lineage", "h2o", "--downstream", "-o", page).code == 0
    names, data = shown(page)
    assert "Keyformer" in names
    assert "LoRA" not in names
    assert data["open"]["show"] == "lineage"
    assert data["open"]["way"] == "down"


def test_the_command_narrows_step_by_step(run: Run, demo_store: Path, tmp_path: Path) -> None:
    page = tmp_path / "part.html"
    outcome = run("view", "--store", demo_store, "--focus", "Jamba", "--hops", "1", "--type", "Hardware", "-o", page)
    assert outcome.code == 0
    names, _ = shown(page)
    assert "single 80GB GPU" in names
    assert "Mamba" not in names
    assert "Jamba" in names


def test_the_command_shows_what_is_filed_under_a_topic(
    run: Run, demo_store: Path, tmp_path: Path, graph: Graph
) -> None:
    topic = max((e for e in graph.entities if e.type == "Topic"), key=lambda e: len(filed_under(graph, e.iri).entities))
    assert run("view", "--store", demo_store, "--topic", topic.label, "-o", tmp_path / "t.html").code == 0
    names, _ = shown(tmp_path / "t.html")
    assert topic.label in names
    assert len(names) < len(graph.entities)


def test_a_direction_needs_a_lineage(run: Run, demo_store: Path) -> None:
    outcome = run("view", "--store", demo_store, "--upstream")
    assert outcome.code == 2
    assert "needs --lineage NAME" in outcome.err


def test_what_the_other_options_left_out_is_told(run: Run, demo_store: Path) -> None:
    outcome = run("view", "--store", demo_store, "--lineage", "H2O", "--focus", "Jamba", "-o", "-")
    assert outcome.code == 2
    assert "no entity in the part that the other options select named 'Jamba'" in outcome.err


def test_a_cut_narrows_by_topic_lineage_focus_and_types_one_after_the_other(graph: Graph, h2o: str) -> None:
    def choose(name: str, prefer: EntityType | None) -> str:
        return next(e.iri for e in graph.entities if e.label == name and prefer in {None, e.type})

    whole = cut(graph, Part(), choose)
    assert (whole.graph, whole.centre) == (graph, None)
    near = cut(graph, Part(lineage="H2O", focus="Keyformer", hops=1, types=("Model",)), choose)
    steps = neighbourhood(lineage_of(graph, h2o, ["upstream", "downstream"]), choose("Keyformer", None), 1)
    assert near.graph == of_types(steps, ["Model"], [choose("Keyformer", None)])
    assert near.centre == choose("Keyformer", None)
    one_way = cut(graph, Part(lineage="H2O", direction="downstream"), choose)
    assert one_way.graph == lineage_of(graph, h2o, ["downstream"])
    with pytest.raises(UnknownNameError, match="no entity in the part that the other options select"):
        cut(graph, Part(lineage="H2O", focus="Jamba"), choose)
    with pytest.raises(ValueError, match="needs lineage"):
        Part(direction="upstream")


def test_what_is_no_topic_is_not_taken_for_one(run: Run, demo_store: Path) -> None:
    outcome = run("view", "--store", demo_store, "--topic", "H2O", "-o", "-")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no topic named 'H2O'" in outcome.err
