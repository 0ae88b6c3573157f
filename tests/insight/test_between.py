"""The ways between two entities."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.insight.between import MOST_STEPS, find_ways
from papergraph.model import Entity, Graph, Predicate
from papergraph.store import GraphStore, memory_store
from tests import graphs

Claim = tuple[str, Predicate, str]
BASE = "https://w3id.org/papergraph/id/method/"


def made(*claims: Claim) -> GraphStore:
    names = dict.fromkeys(name for subject, _, obj in claims for name in (subject, obj))
    entities = tuple(Entity(BASE + name, "Method", name) for name in names)
    small = graphs.small_graph()
    relations = tuple(
        replace(
            small.relations[0], iri=f"{BASE}{s}-{p}-{o}", subject=BASE + s, predicate=p, object=BASE + o, confidence=0.9
        )
        for s, p, o in claims
    )
    return memory_store(Graph(entities, relations, small.notes), graphs.RUN)


def ways(store: GraphStore, one: str, other: str) -> list[str]:
    return [
        "-".join(iri.removeprefix(BASE) for iri in way.entities)
        for way in find_ways(store, BASE + one, BASE + other).ways
    ]


def test_a_way_goes_along_claims_in_either_direction_and_shows_their_evidence() -> None:
    store = memory_store(graphs.small_graph(), graphs.RUN)
    found = find_ways(store, graphs.SQUEEZED, graphs.H2O)
    best = found.ways[0]
    assert [found.labels[iri] for iri in best.entities] == ["Squeezed Attention", "Keyformer", "H2O"]
    assert [(hop.predicate, hop.evidence[0].line) for hop in best.hops] == [("extends", 6), ("improvesOn", 9)]
    assert best.confidence == pytest.approx(0.9)
    back = find_ways(store, graphs.H2O, graphs.SQUEEZED)
    assert [way.entities for way in back.ways] == [way.entities[::-1] for way in found.ways]


def test_what_everything_is_related_to_is_avoided() -> None:
    hub: list[Claim] = [(f"m{n}", "uses", "hub") for n in range(40)]
    store = made(*hub, ("a", "uses", "hub"), ("b", "uses", "hub"), ("a", "uses", "c"), ("b", "uses", "c"))
    assert ways(store, "a", "b")[0] == "a-c-b"


def test_hardware_datasets_and_institutions_are_ends_and_no_ways() -> None:
    store = made(("a", "affiliatedWith", "lab"), ("b", "affiliatedWith", "lab"), ("a", "evaluatedOn", "data"))
    assert ways(store, "a", "lab") == ["a-lab"]
    assert ways(store, "a", "data") == ["a-data"]
    assert ways(store, "a", "b") == []
    assert ways(store, "lab", "data") == ["lab-a-data"]


def test_a_lineage_comes_before_a_comparison() -> None:
    store = made(("a", "comparedWith", "b"), ("a", "extends", "c"), ("c", "extends", "b"))
    assert ways(store, "a", "b") == ["a-c-b", "a-b"]


def test_what_is_not_connected_or_far_away_has_no_way() -> None:
    store = made(("a", "extends", "b"), ("c", "extends", "d"))
    assert ways(store, "a", "c") == []
    assert ways(store, "a", "a") == []
    chain: list[Claim] = [(f"m{n}", "extends", f"m{n + 1}") for n in range(10)]
    assert ways(made(*chain), "m0", f"m{MOST_STEPS}") == ["-".join(f"m{n}" for n in range(MOST_STEPS + 1))]
    assert ways(made(*chain), "m0", f"m{MOST_STEPS + 1}") == []


names = st.sampled_from("abcdefg")
claims = st.lists(
    st.tuples(names, st.sampled_from(["extends", "improvesOn", "uses", "outperforms", "comparedWith"]), names).filter(
        lambda c: c[0] != c[2]
    ),
    min_size=1,
    max_size=12,
)


@given(claims)
def test_two_entities_have_a_way_if_and_only_if_claims_lead_from_one_to_the_other(
    found: list[Claim],
) -> None:
    ends: list[Claim] = [("a", "extends", "a2"), ("b", "extends", "b2")]
    store = made(*dict.fromkeys([*ends, *found]))
    graph = nx.Graph((s, o) for s, _, o in [*ends, *found])
    connected = nx.has_path(graph, "a", "b") and nx.shortest_path_length(graph, "a", "b") <= MOST_STEPS
    assert bool(ways(store, "a", "b")) == connected
