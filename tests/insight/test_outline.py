"""The outline of a graph."""

from __future__ import annotations

from papergraph.insight.outline import read_outline
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN, threshold=0.5)
OUTLINE = read_outline(STORE, ("introduces", "improvesOn", "extends", "uses", "outperforms"))


def test_it_holds_what_is_asserted_and_nothing_weak_or_denied() -> None:
    assert OUTLINE.pairs("improvesOn") == [(graphs.KEYFORMER, graphs.H2O)]
    assert OUTLINE.pairs("outperforms") == [(graphs.SQUEEZED, graphs.SNAPKV)]
    assert OUTLINE.pairs("hasTopic") == []


def test_it_knows_types_labels_and_years() -> None:
    assert OUTLINE.types[graphs.LLAMA] == "Model"
    assert OUTLINE.label(graphs.PHONE_PAPER) == "在手机上运行大模型"
    assert OUTLINE.label("x:unknown") == "x:unknown"
    assert OUTLINE.years[graphs.H2O_PAPER] == "2023"


def test_papers_stand_for_what_they_introduce() -> None:
    assert OUTLINE.works(graphs.H2O) == (graphs.H2O_PAPER,)
    assert OUTLINE.works(graphs.SNAPKV) == (graphs.SNAPKV,)
    assert OUTLINE.short_label(graphs.H2O_PAPER) == "H2O"
    assert OUTLINE.short_label(graphs.SNAPKV) == "SnapKV"
    assert OUTLINE.dependents[graphs.H2O] == {graphs.KEYFORMER}
