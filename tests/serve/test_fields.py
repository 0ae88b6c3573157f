"""The fields of a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.named import parse_query, read_queries
from papergraph.serve.fields import fields_of
from papergraph.store import open_store


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("what-builds-on", {"method": "Method"}),
        ("papers-by-institution", {"institution": "Institution", "about": "Topic", "since": "year", "until": "year"}),
        ("runs-in", {"most": "memory"}),
        ("about", {"thing": "entity"}),
        ("how-related", {"one": "Method", "other": "Method"}),
    ],
)
def test_each_parameter_has_the_kind_that_the_query_says(demo_store: Path, query: str, kinds: dict[str, str]) -> None:
    (found,) = (q for q in read_queries() if q.name == query)
    fields = fields_of(open_store(demo_store), found, {})
    assert {field.name: field.kind for field in fields} == kinds
    assert not any(field.is_required for field in fields)


def test_what_the_graph_does_not_hold_is_no_default(demo_store: Path) -> None:
    values = "VALUES ?m { method:nothing } VALUES ?n { 7 } VALUES ?o { UNDEF }"
    text = f"# @param m\n# @param n\n# @param o\nSELECT * {{ {values} }}"
    one, two, three = fields_of(open_store(demo_store), parse_query("q", text), {"m": "H2O"})
    assert (one.value, one.default, one.is_required) == ("H2O", "", True)
    assert (two.default, two.is_number, two.is_required) == ("7", True, False)
    assert (three.default, three.optional, three.is_required) == ("", True, False)
