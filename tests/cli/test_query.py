"""`papergraph query` with files and parameters."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergraph.ask.limits import MOST_ROWS
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


def test_the_name_of_no_query_is_answered_with_where_to_look(run: Run, demo_store: Path) -> None:
    """The nearest name, or the list of all."""
    assert "did you mean by-year" in run("query", "by-yeer", "--store", demo_store).err
    assert "papergraph query --list" in run("query", "zzz", "--store", demo_store).err


def test_a_misspelt_command_is_answered_with_the_nearest(run: Run) -> None:
    """Only where one is near."""
    assert "No such command 'buld'; did you mean build?" in run("buld").err
    assert "did you mean" not in run("xyzzy").err


def test_a_file_that_is_no_text_is_an_error(run: Run, demo_store: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe")
    outcome = run("query", "-f", tmp_path / "bad.rq", "--store", demo_store)
    assert (outcome.code, "not valid UTF-8" in outcome.err) == (2, True)
    assert run("query", "-f", tmp_path / "none.rq", "--store", demo_store).code == 1


def test_an_error_in_the_query_points_at_its_place(run: Run, demo_store: Path) -> None:
    outcome = run("query", "SELECT ?x {\n ?x rdfs:label '缓存' oops }", "--store", demo_store)
    assert outcome.code == 2
    assert "invalid SPARQL at line 2, column 21: unexpected 'oops'" in outcome.err
    assert outcome.err.splitlines()[-1].endswith("^")


_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--timeout", "0.3"), "stopped after 0.3 s: narrow the query or add a LIMIT; raise --timeout"),
        (("--memory", "64"), "needed more than 64 MB of memory: narrow the query or add a LIMIT; raise --memory"),
        (
            ("--rows", "10"),
            "more than 10 rows: check that its patterns are joined, or add a LIMIT; raise --rows",
        ),
    ],
)
def test_a_query_over_a_limit_says_which_option_gives_more(
    run: Run, demo_store: Path, options: tuple[str, str], message: str
) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(28))
    query = {
        "--timeout": _ENDLESS,
        "--memory": f"SELECT ?a9 {{ BIND('{'x' * 40}' AS ?a0) {doubled} }}",
        "--rows": "SELECT * { ?s ?p ?o }",
    }[options[0]]
    outcome = run("query", query, *options, "--store", demo_store)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_table_of_any_length_comes_as_csv(run: Run, demo_store: Path, tmp_path: Path) -> None:
    query = f"SELECT ?a ?d {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {MOST_ROWS + 10}"
    assert run("query", query, "--format", "csv", "-o", tmp_path / "all.csv", "--store", demo_store).code == 0
    with (tmp_path / "all.csv").open(encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == MOST_ROWS + 11
    refused = run("query", query, "--format", "csv", "--rows", "1000", "--store", demo_store)
    assert (refused.code, "more than 1,000 rows" in refused.err) == (2, True)


def test_the_protocols_csv_is_exact_though_a_spreadsheet_would_run_it(run: Run, demo_store: Path) -> None:
    query = "SELECT ?x { VALUES ?x { '=1+1' '@SUM(A1)' '-1' } }"
    assert run("query", query, "--format", "csv", "--store", demo_store).out.split() == ["x", "=1+1", "@SUM(A1)", "-1"]


@pytest.mark.parametrize(
    "options", [["--timeout", "inf"], ["--timeout", "nan"], ["--timeout", "1e300"], ["--endpoint", ""]]
)
def test_limits_and_addresses_that_are_none_are_wrong_usage(options: list[str], run: Run, demo_store: Path) -> None:
    outcome = run("query", "ASK {}", *options, "--store", demo_store)
    assert (outcome.code, outcome.out) == (2, "")


@pytest.mark.parametrize("members", [200, 1500, 5000])
def test_a_collection_too_long_for_the_engine_is_refused(run: Run, demo_store: Path, members: int) -> None:
    outcome = run("query", "SELECT * { ?a ?b (" + " 1" * members + ") }", "--store", demo_store)
    assert (outcome.code, outcome.out) == (2, "")
    assert "list members" in outcome.err


@contextlib.contextmanager
def _running(store: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Run an endless query, and find the process that answers it."""
    command = [sys.executable, "-m", "papergraph", "query", _ENDLESS, "--timeout", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        end, workers = time.monotonic() + 60, list[int]()
        while not workers and time.monotonic() < end:
            time.sleep(0.1)
            with contextlib.suppress(OSError):
                found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                # A worker gives up its right to open files when it is ready.
                ready = [p for p in found if re.search(r"open files +0 ", Path(f"/proc/{p}/limits").read_text())]
                workers = list(map(int, ready))
        time.sleep(0.3)
        try:
            yield process, workers
        finally:
            process.kill()


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


@linux
def test_an_interrupt_ends_the_query_and_its_process_at_once(demo_store: Path) -> None:
    with _running(demo_store) as (process, workers):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (130, "", "\ninterrupted\n")
        assert workers
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@linux
@pytest.mark.parametrize(
    ("sign", "message"), [(signal.SIGSEGV, "the query crashed the query engine"), (signal.SIGKILL, "of memory")]
)
def test_a_process_that_dies_is_an_error_and_takes_nobody_along(
    demo_store: Path, sign: signal.Signals, message: str
) -> None:
    with _running(demo_store) as (process, workers):
        os.kill(workers[0], sign)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert err.startswith("papergraph: ")
    assert message in err


@linux
def test_a_query_whose_owner_is_killed_ends_too(demo_store: Path) -> None:
    with _running(demo_store) as (process, workers):
        process.kill()
        process.wait()
        end = time.monotonic() + 60
        while Path(f"/proc/{workers[0]}").exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert not Path(f"/proc/{workers[0]}").exists()


def test_a_parameter_that_is_given_twice_is_refused(run: Run, demo_store: Path) -> None:
    outcome = run("query", "used-by", "--param", "method=A", "--param", "method=B", "--store", demo_store)
    assert outcome.code == 2
    assert "--param method is given 2 times; for several entities: --param 'method=A|B'" in outcome.err


def test_a_term_that_does_not_exist_is_warned_of(run: Run, demo_store: Path) -> None:
    """The answer goes to stdout as ever."""
    outcome = run("query", "SELECT ?x { ?x pg:use ?y }", "--format", "csv", "--store", demo_store)
    assert (outcome.code, outcome.out.split()) == (0, ["x"])
    assert "the ontology has no pg:use, which matches nothing; did you mean pg:uses" in outcome.err
    assert run("query", "SELECT ?x { ?x pg:uses ?y } LIMIT 1", "--store", demo_store).err == ""
