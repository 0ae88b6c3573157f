"""What people decide on a claim of a language model is theirs, and stands without the model."""

from __future__ import annotations

import pytest

from papergraph.ask.named import choose_query, read_queries
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.query import ask
from papergraph.assemble.relations import Corrections, assemble
from papergraph.correction import Correction, Reference
from papergraph.model import Entity, Graph, Resolution
from papergraph.store import memory_store
from papergraph.store.ruled import leave_out_model
from tests import graphs
from tests.assemble.test_relations import NAMES, TYPES, claim, note

ACCEPT = Correction("accept", Reference("A"), "uses", Reference("B"), path="c.tsv", line=2)
CHANGE = Correction("change", Reference("A"), "extends", Reference("B"), to="uses", path="c.tsv", line=2)


def corrected(row: Correction, *, denied: bool) -> Graph:
    """A graph where somebody decided for a language model, perhaps against a rule that denies what it says."""
    assert row.predicate
    by_model = claim("A", row.predicate, "B", sentence="As a model reads.", confidence=0.7, tier="model")
    by_rule = claim("A", "uses", "B", sentence="A does not use B.", polarity="negative")
    extraction = note("a.md", by_model, *([by_rule] if denied else []))
    entities = tuple(Entity(f"x:{name}", TYPES[name], name) for name in NAMES)
    resolution = Resolution(entities, (tuple(entity.iri for entity in entities),))
    found = assemble([extraction], resolution, Corrections([row]))
    assert [outcome.state for outcome in found.outcomes] == ["applied"]
    return found.graph


@pytest.mark.parametrize("row", [ACCEPT, CHANGE], ids=lambda row: row.decision)
def test_a_decision_for_a_model_holds_against_a_rule_and_without_the_model(row: Correction) -> None:
    graph = corrected(row, denied=True)
    (relation,) = graph.relations
    assert (relation.predicate, relation.polarity, relation.confidence) == ("uses", "positive", 1.0)
    assert leave_out_model(graph) == graph


def test_a_decision_for_a_model_is_no_claim_of_a_model_only() -> None:
    store = memory_store(corrected(ACCEPT, denied=False), graphs.RUN)
    query = choose_query("model-only", read_queries())
    assert list(ask(store, fill_parameters(store, query, {})).rows) == []
