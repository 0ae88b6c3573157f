"""The commands that answer from a store."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import rdflib

from papergraph.export import EXPORT_FORMATS
from papergraph.report import LINEAGE_FORMATS
from tests.conftest import Run

# S314: the XML below was written by our own command.


def test_lineage_shows_steps_with_evidence(run: Run, demo_store: Path) -> None:
    outcome = run("lineage", "H2O", "--store", demo_store)
    assert outcome.code == 0
    assert "Keyformer  improvesOn" in outcome.out
    assert re.search(r"(?:kv-cache|vault-h2o)\.md:\d+", outcome.out)
    assert "PyramidKV" in outcome.out  # two steps away


def test_depth_and_confidence_limit_the_lineage(run: Run, demo_store: Path) -> None:
    near = run("lineage", "H2O", "--depth", "1", "--store", demo_store).out
    assert "PyramidKV" not in near
    assert "raise --depth" in near
    assert "(nothing that builds on it" in run("lineage", "H2O", "--min-confidence", "1", "--store", demo_store).out


def test_upstream_turns_the_question_round(run: Run, demo_store: Path) -> None:
    assert "H2O" in run("lineage", "Keyformer", "--upstream", "--store", demo_store).out
    uses = run("lineage", "Jamba", "--upstream", "--uses", "--store", demo_store).out
    assert "Mamba  uses" in uses
    assert "Mamba" in run("lineage", "Jamba", "--upstream", "--relation", "uses", "--store", demo_store).out


@pytest.mark.parametrize("form", LINEAGE_FORMATS)
def test_every_lineage_format_names_the_member(run: Run, demo_store: Path, form: str) -> None:
    assert "Keyformer" in run("lineage", "H2O", "--format", form, "--store", demo_store).out


def test_lineage_as_json_and_to_a_file(run: Run, demo_store: Path, tmp_path: Path) -> None:
    run("lineage", "H2O", "--json", "-o", tmp_path / "l.json", "--store", demo_store)
    record = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert record["direction"] == "downstream"
    assert {s["predicate"] for s in record["steps"]} <= {"extends", "improvesOn"}
    assert all(s["evidence"] for s in record["steps"])


def test_a_misspelt_name_gets_suggestions(run: Run, demo_store: Path) -> None:
    outcome = run("lineage", "Keyformr", "--store", demo_store)
    assert (outcome.code, "did you mean Keyformer" in outcome.err) == (2, True)


def test_show_tells_both_ways(run: Run, demo_store: Path) -> None:
    out = run("show", "Jamba", "--store", demo_store).out
    for word in ("uses", "Mamba", "Mixture of Experts", "targets hardware", "AI21 Labs", "outperforms", "Mixtral 8x7B"):
        assert word in out


def test_show_explains_merges_and_speaks_json(run: Run, demo_store: Path) -> None:
    assert "the vocabulary knows it as" in run("show", "H2O", "--why", "--store", demo_store).out
    record = json.loads(run("show", "H2O", "--json", "--store", demo_store).out)
    assert record["type"] == "Method"
    assert any(r["direction"] == "in" for r in record["relations"])


def test_an_ambiguous_name_is_said_to_be_one(run: Run, demo_store: Path) -> None:
    assert "other matches: LoRA (Topic" in run("show", "LoRA", "--store", demo_store).err


def test_query_speaks_every_format(run: Run, demo_store: Path) -> None:
    ask = "SELECT ?m ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l"
    assert "Keyformer" in run("query", ask, "--store", demo_store).out
    rows = json.loads(run("query", ask, "--json", "--store", demo_store).out)["results"]["bindings"]
    assert rows[0]["l"]["xml:lang"] == "en"
    table = list(csv.DictReader(io.StringIO(run("query", ask, "--format", "csv", "--store", demo_store).out)))
    assert {"Keyformer"} <= {r["l"] for r in table}
    assert "?m\t?l" in run("query", ask, "--format", "tsv", "--store", demo_store).out
    ET.fromstring(run("query", ask, "--format", "xml", "--store", demo_store).out)  # noqa: S314
    assert run("query", ask, "--format", "turtle", "--store", demo_store).code == 2


def test_construct_and_ask_have_answers_too(run: Run, demo_store: Path) -> None:
    construct = "CONSTRUCT { ?m pg:improvesOn ?o } { ?m pg:improvesOn ?o }"
    text = run("query", construct, "--format", "turtle", "--store", demo_store).out
    assert len(rdflib.Graph().parse(data=text)) > 3
    assert run("query", "ASK { ?m pg:improvesOn method:h2o }", "--store", demo_store).out == "yes\n"
    assert "true" in run("query", "ASK { ?m pg:improvesOn method:h2o }", "--json", "--store", demo_store).out


def test_a_query_may_come_from_a_file(run: Run, demo_store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT (COUNT(*) AS ?n) { ?x a pg:Paper }", encoding="utf-8")
    assert "(1 row)" in run("query", "-f", tmp_path / "q.rq", "--store", demo_store).out


def test_a_syntax_error_shows_the_place(run: Run, demo_store: Path) -> None:
    outcome = run("query", "SELECT ?x\nWHERE { ?x a pg:Method", "--store", demo_store)
    assert outcome.code == 2
    assert "line 2: WHERE { ?x a pg:Method" in outcome.err
    assert "^" in outcome.err


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { sErViCe ?x { ?s ?p ?o } }",
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 9000 + "true) }",
        "SELECT * { ?s ?p ?o } #" + "x" * 70000,
    ],
)
def test_a_harmful_query_is_refused(run: Run, demo_store: Path, sparql: str) -> None:
    assert run("query", sparql, "--store", demo_store).code == 2


def test_ready_made_queries_are_listed_and_take_names(run: Run, demo_store: Path) -> None:
    listing = run("query", "--list").out
    assert "what-builds-on" in listing
    assert "哪些" in listing
    out = run("query", "what-builds-on", "--param", "method=SnapKV", "--store", demo_store).out
    assert "PyramidKV" in out
    assert "Keyformer" not in out
    assert run("query", "what-bilds-on", "--store", demo_store).code == 2
    assert run("query", "what-builds-on", "--param", "metod=SnapKV", "--store", demo_store).code == 2
    assert run("query", "what-builds-on", "--param", "method", "--store", demo_store).code == 2
    assert run("query", "--store", demo_store).code == 2


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form != "parquet"])
def test_every_export_names_h2o(run: Run, demo_store: Path, tmp_path: Path, form: str) -> None:
    assert run("export", "--format", form, "-o", tmp_path / "a", "--store", demo_store).code == 0
    assert b"H2O" in (tmp_path / "a").read_bytes()


def test_export_to_stdout(run: Run, demo_store: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "papergraph",
        "export",
        "--format",
        "nquads",
        "-o",
        "-",
        "--store",
        str(demo_store),
    ]
    done = subprocess.run(command, check=True, capture_output=True)
    assert done.stdout.startswith(b"<")


def test_view_writes_a_page(run: Run, demo_store: Path, tmp_path: Path) -> None:
    outcome = run("view", "-o", tmp_path / "g.html", "--focus", "H2O", "--hops", "1", "--store", demo_store)
    assert outcome.out.strip() == str(tmp_path / "g.html")
    assert "Keyformer" in (tmp_path / "g.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_check_finds_no_violations_in_the_sample(run: Run, demo_store: Path) -> None:
    outcome = run("check", "--json", "--store", demo_store)
    record = json.loads(outcome.out)
    assert record["violations"] == []
    assert outcome.code == (1 if record["conflicts"] else 0)
    assert "violations" in run("check", "--no-shacl", "--store", demo_store).err


def test_without_a_store_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    outcome = run("lineage", "H2O", "--store", tmp_path / "none")
    assert (outcome.code, "build one with: papergraph build" in outcome.err) == (1, True)


def test_a_wrong_option_is_usage(run: Run) -> None:
    assert run("lineage", "--no-such-option").code == 2
    assert run("no-such-command").code == 2
    assert run("--config", "/no/such/file.toml", "query", "--list").code == 2


def test_help_lists_every_command(run: Run) -> None:
    from papergraph.cli import COMMANDS

    text = run("--help").out
    for name in COMMANDS:
        assert name in text
        assert run(name, "--help").code == 0


def test_answers_import_nothing_heavy(demo_store: Path) -> None:
    code = (
        "import sys\nfrom papergraph.cli import main\n"
        f"try: main(['lineage', 'H2O', '--store', {str(demo_store)!r}])\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'pyvis', 'networkx', 'numpy', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_format_of_one_lineage_is_refused_for_several(run: Run, demo_store: Path) -> None:
    outcome = run("lineage", "H2O", "SnapKV", "--format", "html", "--store", demo_store)
    assert (
        outcome.code,
        "html holds one lineage: name one entity, or write several as one of: tree" in outcome.err,
    ) == (
        2,
        True,
    )
