"""Claims about given entities."""

from __future__ import annotations

from papergraph.insight.claims import read_claims
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN, threshold=0.5)


def test_what_is_asserted_and_what_is_denied_is_read_from_either_end() -> None:
    said = read_claims(STORE, [graphs.SNAPKV], ("outperforms", "improvesOn"))
    assert [(c.predicate, c.object, c.denied) for c in said] == [("outperforms", graphs.KEYFORMER, True)]
    heard = read_claims(STORE, [graphs.H2O, graphs.SNAPKV], ("outperforms", "improvesOn"), "object")
    assert [(c.subject, c.predicate) for c in heard] == [
        (graphs.KEYFORMER, "improvesOn"),
        (graphs.SQUEEZED, "outperforms"),
    ]


def test_a_claim_has_its_evidence_dataset_and_metric() -> None:
    (claim,) = read_claims(STORE, [graphs.SNAPKV], ("outperforms",))
    assert (claim.dataset, claim.metric, claim.evidence[0].line) == (graphs.MMLU, "accuracy", 7)


def test_nothing_is_asked_of_nothing() -> None:
    assert read_claims(STORE, [], ("uses",)) == []
