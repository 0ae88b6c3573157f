"""Queries and names from elsewhere: a query reads the graph and nothing else, and a name is never a part of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

HIDDEN = "https://example.org/hidden"


@pytest.mark.parametrize("clause", ["FROM <{0}>", "FROM NAMED <{0}>"])
def test_no_query_reads_a_file_of_this_machine(clause: str, run: Run, demo_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "hidden.nt"
    file.write_text(f"<{HIDDEN}> <{HIDDEN}> <{HIDDEN}> .\n", encoding="utf-8")
    sparql = f"SELECT * {clause.format(file.as_uri())} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    for extra in ([], ["--explain"]):
        outcome = run("query", sparql, *extra, "--store", demo_store)
        assert outcome.code == 0, outcome.err
        assert HIDDEN not in outcome.out + outcome.err


@pytest.mark.parametrize(
    "name",
    ["H2O> } SERVICE <http://127.0.0.1/>", '"} ; DROP ALL #', "method:h2o . ?s ?p ?o", "?x", "\\u003E", "H2O\n}", "<>"],
)
def test_a_name_is_a_value_and_no_part_of_the_query(name: str, run: Run, demo_store: Path) -> None:
    outcome = run("query", "what-builds-on", "--param", f"method={name}", "--store", demo_store)
    assert (outcome.code, outcome.out) == (2, "")
    assert "no entity named" in outcome.err
