"""A source that is asked, and the graph that it holds, give a comparison the same facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.insight.facts import GraphFacts, SourceFacts
from papergraph.model import Predicate
from papergraph.store import open_store

BOTH: tuple[Predicate, ...] = ("extends", "improvesOn", "uses", "outperforms", "introduces")
IRIS = tuple(f"https://w3id.org/papergraph/id/{end}" for end in ("method/h2o", "method/keyformer", "model/jamba"))


@pytest.fixture(scope="module")
def facts(demo_store: Path) -> tuple[SourceFacts, GraphFacts]:
    store = open_store(demo_store)
    return SourceFacts(store), GraphFacts(store.read_graph())


@pytest.mark.parametrize("end", ["subject", "object"])
def test_claims_are_the_same_from_either_end(facts: tuple[SourceFacts, GraphFacts], end: str) -> None:
    asked, read = (of.claims(IRIS, BOTH, "subject" if end == "subject" else "object") for of in facts)
    assert len(asked) > 3
    assert sorted(asked, key=repr) == sorted(read, key=repr)


def test_labels_types_and_names_are_the_same(facts: tuple[SourceFacts, GraphFacts]) -> None:
    asked, read = facts
    assert asked.labels(IRIS) == read.labels(IRIS)
    assert asked.types(IRIS) == read.types(IRIS) == dict(zip(IRIS, ("Method", "Method", "Model"), strict=True))
    assert asked.titles(IRIS) == read.titles(IRIS)


def test_what_nobody_knows_has_no_facts(facts: tuple[SourceFacts, GraphFacts]) -> None:
    for of in facts:
        assert of.claims(["urn:none"], BOTH) == []
        assert of.types(["urn:none"]) == {"urn:none": ""}
