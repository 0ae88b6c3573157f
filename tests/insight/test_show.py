"""Everything that the graph says about one entity."""

from __future__ import annotations

import pytest

from papergraph.insight.show import Profile, read_profile
from papergraph.model import PREDICATES
from papergraph.store import memory_store
from tests import graphs


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    store = memory_store(graphs.small_graph(), graphs.RUN)
    return {e.iri: read_profile(store, e.iri) for e in graphs.small_graph().entities}


def test_it_has_every_relation_from_both_ends(profiles: dict[str, Profile]) -> None:
    seen = {
        (iri, f.predicate, f.other) if f.outgoing else (f.other, f.predicate, iri)
        for iri, profile in profiles.items()
        for f in profile.facts
    }
    assert seen == {(r.subject, r.predicate, r.object) for r in graphs.small_graph().relations}


def test_relations_stand_in_the_order_of_the_ontology(profiles: dict[str, Profile]) -> None:
    for profile in profiles.values():
        order = [(not f.outgoing, PREDICATES.index(f.predicate), -f.confidence) for f in profile.facts]
        assert order == sorted(order)


def test_a_model_is_shown_as_a_model_though_it_is_a_method_too(profiles: dict[str, Profile]) -> None:
    assert profiles[graphs.LLAMA].type == "Model"
    assert {p.type for p in profiles.values()} == {e.type for e in graphs.small_graph().entities}


def test_identifiers_are_values_under_the_names_of_their_schemes(profiles: dict[str, Profile]) -> None:
    assert dict(profiles[graphs.H2O_PAPER].values)["arXiv"] == "2306.14048"
    assert dict(profiles[graphs.KEYFORMER_PAPER].values)["doi"] == "10.1145/3600006.3613165"


def test_evidence_comes_best_first_with_note_and_line(profiles: dict[str, Profile]) -> None:
    facts = [f for profile in profiles.values() for f in profile.facts]
    assert all(f.evidence and f.evidence[0].note in graphs.NOTES and f.evidence[0].line > 0 for f in facts)
    assert all(
        [e.confidence for e in f.evidence] == sorted((e.confidence for e in f.evidence), reverse=True) for f in facts
    )
