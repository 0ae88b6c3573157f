"""The Python interface, where no other test asks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import LimitError, QueryError, StoreError

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_may_have_limits(demo_store: Path) -> None:
    graph = pg.open_graph(demo_store)
    limited = graph.query("SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l", timeout=30)
    assert "Keyformer" in str(limited)
    assert graph.query("what-builds-on", timeout=30, method="SnapKV").answer.rows
    with pytest.raises(LimitError, match=r"stopped after 0\.3 s"):
        graph.query(ENDLESS, timeout=0.3)
    with pytest.raises(QueryError, match="no valid SPARQL"):
        graph.query("SELECT oops", memory=500)


def test_a_graph_in_memory_knows_no_limits_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# SnapKV\n\nSnapKV extends H2O.\n", encoding="utf-8")
    with pytest.raises(StoreError, match="limits need a graph in a folder"):
        pg.build(tmp_path / "a.md").query("ASK {}", timeout=1)


def test_no_query_kills_the_process_that_asks(demo_store: Path) -> None:
    program = (
        "import sys, papergraph as pg; from papergraph.errors import QueryError\n"
        "graph = pg.open_graph(sys.argv[1])\n"
        "for query in ('SELECT * { ?a ?b (' + ' 1' * 5000 + ') }', 'SELECT * ' + '{' * 3000 + '}' * 3000,\n"
        "              'DESCRIBE' + ' <urn:a>' * 7000, 'SELECT * {' + 'OPTIONAL{}' * 6000 + '}'):\n"
        "    try: graph.query(query)\n"
        "    except QueryError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(demo_store)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["refused"] * 4)
