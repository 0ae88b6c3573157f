"""`papergraph query` with files and parameters."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Run


def test_a_file_of_ones_own_may_have_parameters(run: Run, demo_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("# @param of\nSELECT ?l { VALUES ?of { method:h2o } ?m pg:improvesOn ?of ; rdfs:label ?l }")
    assert "Keyformer" in run("query", "-f", file, "--store", demo_store).out
    other = run("query", "-f", file, "--param", "of=method:snapkv", "--store", demo_store)
    assert (other.code, "Keyformer" in other.out) == (0, False)


def test_parameters_that_the_query_does_not_have_are_an_error(run: Run, demo_store: Path) -> None:
    outcome = run("query", "SELECT ?x { ?x a pg:Model }", "--param", "x=H2O", "--store", demo_store)
    assert (outcome.code, "no parameter named 'x'" in outcome.err) == (2, True)


def test_a_file_that_is_no_text_is_an_error(run: Run, demo_store: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe")
    outcome = run("query", "-f", tmp_path / "bad.rq", "--store", demo_store)
    assert (outcome.code, "is no text in UTF-8" in outcome.err) == (2, True)
    assert run("query", "-f", tmp_path / "none.rq", "--store", demo_store).code == 1


def test_an_error_in_the_query_points_at_its_place(run: Run, demo_store: Path) -> None:
    outcome = run("query", "SELECT ?x {\n ?x rdfs:label '缓存' oops }", "--store", demo_store)
    assert outcome.code == 2
    assert "no valid SPARQL at line 2, column 21: did not expect 'oops'" in outcome.err
    assert outcome.err.splitlines()[-1].endswith("^")
