from __future__ import annotations

import sys

import pytest

from papergraph.errors import ConfigError
from papergraph.export import make_table
from papergraph.export.rows import LISTINGS
from papergraph.model import Entity, Graph
from tests import graphs


@pytest.mark.parametrize("name", LISTINGS)
def test_every_value_has_the_type_of_its_column(name: str) -> None:
    table = make_table(graphs.small_graph(), name)
    assert len(table) > 2
    for row in table:
        assert tuple(row) == table.columns == tuple(LISTINGS[name].types)
        for column, value in row.items():
            assert value is None or type(value) is LISTINGS[name].types[column], (column, value)


def test_claims_and_their_sentences_are_joined_by_the_iri_of_the_claim() -> None:
    graph = graphs.small_graph()
    relations = {row["iri"]: row for row in make_table(graph, "relations")}
    evidence = make_table(graph, "evidence").to_dicts()
    assert {e["relation"] for e in evidence} <= relations.keys()
    keyformer = next(
        r for r in relations.values() if (r["subject_label"], r["predicate"]) == ("Keyformer", "improvesOn")
    )
    assert (keyformer["object_label"], keyformer["polarity"], keyformer["asserted"]) == ("H2O", "positive", True)
    assert sum(e["relation"] == keyformer["iri"] for e in evidence) == keyformer["evidence"] == 2
    assert any(r["polarity"] == "negative" and not r["asserted"] for r in relations.values())


def test_years_are_numbers_or_nothing() -> None:
    years = {row["label"]: row["year"] for row in make_table(graphs.small_graph(), "entities")}
    assert years["An oracle of heavy hitters"] == 2023
    assert years["H2O"] is None
    odd = Graph((Entity("urn:x", "Paper", "x", attributes=(("year", "soon"),)),))
    assert make_table(odd, "entities").to_dicts()[0]["year"] is None


def test_a_table_says_what_it_holds() -> None:
    assert repr(make_table(graphs.small_graph(), "mentions")).startswith("Table(mentions: ")


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("graph", [graphs.small_graph(), Graph()], ids=["small", "empty"])
def test_data_frames_have_the_types_of_the_columns(name: str, graph: Graph) -> None:
    pytest.importorskip("pandas", reason="needs the extra `pandas`")
    table = make_table(graph, name)
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table)
    expected = {int: "Int64", float: "float64" if len(table) else "object", bool: "boolean", str: "string"}
    for column, kind in LISTINGS[name].types.items():
        assert kind is list or kind is float or str(frame[column].dtype) == expected[kind], column


def test_without_pandas_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError, match=r"papergraph\[pandas\]"):
        make_table(Graph(), "entities").to_pandas()
