"""The ways between two entities as text."""

from __future__ import annotations

import json

import pytest

from papergraph.errors import UnknownNameError
from papergraph.insight.between import find_ways
from papergraph.report.between import BETWEEN_FORMATS, NO_WAY, between_record, render_between
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
FOUND = find_ways(STORE, graphs.H2O, graphs.SQUEEZED)


def test_each_step_is_read_from_where_one_stands_and_cites_its_line() -> None:
    lines = render_between(FOUND).splitlines()
    assert lines[0] == "H2O  (0.90)"
    assert lines[1] == "  improved by 0.90  Keyformer"
    assert lines[2] == "    caches.md:9  Keyformer 改进了 H2O 的打分。"


def test_every_format_says_it_or_says_that_there_is_no_way() -> None:
    none = find_ways(STORE, graphs.H2O, graphs.TSINGHUA)
    for form in BETWEEN_FORMATS:
        assert "Keyformer" in render_between(FOUND, form)
    assert NO_WAY in render_between(none)
    assert NO_WAY.capitalize() in render_between(none, "markdown")
    assert json.loads(render_between(none, "json"))["ways"] == []
    with pytest.raises(UnknownNameError):
        render_between(FOUND, "dot")


def test_json_has_every_hop_with_its_evidence() -> None:
    record = json.loads(render_between(FOUND, "json"))
    assert record == between_record(FOUND)
    assert record["ways"][0]["hops"][0]["evidence"][0]["note"] == "caches.md"
