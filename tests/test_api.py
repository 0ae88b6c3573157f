"""The Python interface: what it shows, what its answers are, and that settings mean there what they mean elsewhere."""

from __future__ import annotations

import inspect
import json
import pydoc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

import papergraph as pg
from papergraph import errors
from papergraph.ask.memory import MemoryGraph
from papergraph.insight.lineage import Direction
from papergraph.store import memory_store, write_generation
from tests import graphs
from tests.conftest import Run
from tests.page.test_page import island_of

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SELECT = "SELECT ?l ?n ?none { ?m pg:improvesOn method:h2o ; rdfs:label ?l BIND(2 AS ?n) } ORDER BY ?l"
CONSTRUCT = "CONSTRUCT { ?a pg:improvesOn ?b } { ?a pg:improvesOn ?b }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "store"
    write_generation(path, graphs.small_graph(), graphs.RUN)
    return path


@pytest.fixture(scope="module")
def graph(folder: Path) -> pg.KnowledgeGraph:
    return pg.open_graph(folder)


def test_dir_shows_every_public_name_and_each_can_be_had() -> None:
    assert set(pg.__all__) <= set(dir(pg))
    assert not {"import_module", "Any", "TYPE_CHECKING"} & set(dir(pg))
    for name in ("build", "open_graph", "KnowledgeGraph", "Config", "Endpoint", "read_config", "__version__"):
        assert name in pg.__all__
    for name in pg.__all__:
        assert getattr(pg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pg.nonsense


def test_every_error_and_every_answer_is_public_and_explained() -> None:
    from papergraph import errors

    raised = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert raised <= set(pg.__all__)
    for name in pg.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(pg, name)), name


def test_help_tells_how_to_begin() -> None:
    text = pydoc.plain(pydoc.render_doc(pg))
    for part in (
        'pg.build("notes/")',
        "class KnowledgeGraph",
        "class LineageAnswer",
        "open_graph(",
        "UnknownNameError",
    ):
        assert part in text


def test_importing_papergraph_imports_nothing_heavy() -> None:
    heavy = {"pyoxigraph", "rdflib", "spacy", "networkx", "numpy", "pyvis", "click", "yaml", "pandas", "jinja2"}
    program = "import sys, papergraph; dir(papergraph); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)
    assert "papergraph.api" not in loaded


class TestAnswersToQueries:
    def test_rows_are_dictionaries_with_values_of_python(self, graph: pg.KnowledgeGraph) -> None:
        answer = graph.query(SELECT)
        assert list(answer) == answer.to_dicts() == [{"l": "Keyformer", "n": 2, "none": None}]
        assert len(answer) == 1
        assert answer
        values = graph.query("SELECT (true AS ?t) (0.5 AS ?d) (1e3 AS ?f) ('7'^^xsd:integer AS ?i) (<urn:a> AS ?u) {}")
        assert list(values) == [{"t": True, "d": 0.5, "f": 1000.0, "i": 7, "u": "urn:a"}]

    def test_no_rows_are_false(self, graph: pg.KnowledgeGraph) -> None:
        answer = graph.query("SELECT ?m { ?m pg:improvesOn ?m }")
        assert not answer
        assert (len(answer), list(answer)) == (0, [])

    def test_a_truth_is_as_true_as_it_says(self, graph: pg.KnowledgeGraph) -> None:
        for query, truth in (("ASK { ?m pg:improvesOn method:h2o }", True), ("ASK { ?m pg:improvesOn ?m }", False)):
            answer = graph.query(query)
            assert bool(answer) is truth
            assert answer.to_dicts() == [{"boolean": truth}]
            assert len(answer) == 1

    def test_triples_are_rows_of_three(self, graph: pg.KnowledgeGraph) -> None:
        (row,) = graph.query(CONSTRUCT)
        assert row["subject"] == graphs.KEYFORMER
        assert set(row) == {"subject", "predicate", "object"}

    @pytest.mark.parametrize("query", [SELECT, CONSTRUCT, "ASK {}", "SELECT * { ?x pg:extends ?x }"])
    def test_the_dictionary_is_what_the_command_prints(
        self, graph: pg.KnowledgeGraph, folder: Path, run: Run, query: str
    ) -> None:
        assert graph.query(query).to_dict() == json.loads(run("query", query, "--json", "--store", folder).out)


class TestLineages:
    def test_they_iterate_over_what_was_reached(self, graph: pg.KnowledgeGraph) -> None:
        answer = graph.lineage("H2O")
        assert [member.label for member in answer] == ["Keyformer", "Squeezed Attention"]
        assert len(answer) == 2
        assert "SnapKV" in [member.label for member in graph.lineage("H2O", min_confidence=0)]
        assert answer
        assert not graph.lineage("Squeezed Attention")

    def test_rows_are_steps_with_their_best_sentence(self, graph: pg.KnowledgeGraph) -> None:
        first = graph.lineage("H2O").to_dicts()[0]
        assert (first["subject_label"], first["predicate"], first["object_label"]) == ("Keyformer", "improvesOn", "H2O")
        assert (first["depth"], first["note"], first["line"]) == (1, "caches.md", 9)
        json.dumps(first)

    @pytest.mark.parametrize("way", ["upstream", "downstream"])
    def test_the_dictionary_is_what_the_command_prints(
        self, graph: pg.KnowledgeGraph, folder: Path, run: Run, way: Direction
    ) -> None:
        printed = run("lineage", "Keyformer", f"--{way}", "--json", "--store", folder).out
        assert graph.lineage("Keyformer", direction=way).to_dict() == json.loads(printed)


class TestProfiles:
    def test_they_iterate_over_relations(self, graph: pg.KnowledgeGraph) -> None:
        answer = graph.show("H2O")
        assert len(answer) == len(list(answer)) == len(answer.to_dicts()) > 3
        assert {"out", "in"} == {row["direction"] for row in answer.to_dicts()}
        assert ("improvesOn", "Keyformer") in {(fact.predicate, fact.label) for fact in answer}

    def test_one_that_was_found_is_true(self) -> None:
        lonely = pg.Graph((graphs.small_graph().entities[0],), (), graphs.small_graph().notes)
        graph = pg.KnowledgeGraph(MemoryGraph(memory_store(lonely, graphs.RUN)))
        answer = graph.show(lonely.entities[0].label)
        assert answer
        assert len(answer) == 0

    def test_the_dictionary_is_what_the_command_prints(self, graph: pg.KnowledgeGraph, folder: Path, run: Run) -> None:
        assert graph.show("H2O").to_dict() == json.loads(run("show", "H2O", "--json", "--store", folder).out)


class TestDataFrames:
    def test_rows_become_frames_with_columns_even_where_there_are_none(self, graph: pg.KnowledgeGraph) -> None:
        pytest.importorskip("pandas", reason="needs the extra `pandas`")
        assert graph.query(SELECT).to_pandas()["l"].tolist() == ["Keyformer"]
        assert graph.query("ASK {}").to_pandas()["boolean"].tolist() == [True]
        assert list(graph.query("SELECT ?a { ?a pg:extends ?a }").to_pandas().columns) == ["a"]
        assert graph.lineage("H2O").to_pandas()["subject_label"].tolist()[0] == "Keyformer"
        assert len(graph.lineage("Squeezed Attention").to_pandas().columns) == 11
        assert len(graph.show("H2O").to_pandas()) == len(graph.show("H2O"))

    def test_without_pandas_the_error_says_how_to_get_it(
        self, graph: pg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pandas", None)  # how Python marks what cannot be imported
        for answer in (graph.query(SELECT), graph.lineage("H2O"), graph.show("H2O")):
            with pytest.raises(pg.ConfigError, match=r"pip install 'papergraph\[pandas\]'"):
                answer.to_pandas()


class TestPages:
    def test_parts_are_those_of_the_command(
        self, graph: pg.KnowledgeGraph, folder: Path, run: Run, tmp_path: Path
    ) -> None:
        for number, (options, flags) in enumerate(
            (
                ({"topic": "KV cache"}, ["--topic", "KV cache"]),
                ({"types": ["Method"]}, ["--type", "Method"]),
                ({"lineage": "Keyformer", "direction": "upstream"}, ["--lineage", "Keyformer", "--upstream"]),
                ({"focus": "H2O", "hops": 1, "types": ["Model"]}, ["--focus", "H2O", "--hops", "1", "--type", "Model"]),
            )
        ):
            path = tmp_path / f"{number}.html"
            assert run("view", *flags, "--store", folder, "-o", path).code == 0
            assert graph.page(**options).html == path.read_text(encoding="utf-8"), options  # type: ignore[arg-type]

    def test_what_cannot_be_shown_is_said(self, graph: pg.KnowledgeGraph) -> None:
        with pytest.raises(ValueError, match="needs lineage"):
            graph.page(direction="upstream")
        with pytest.raises(pg.UnknownNameError, match="part that the other options select"):
            graph.page(lineage="H2O", focus="smartphone")


class TestSettings:
    @pytest.fixture
    def config(self, folder: Path, tmp_path: Path) -> pg.Config:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "better-than.rq").write_text(
            "# What is better than a method?\n# @param method\n"
            "SELECT ?l { VALUES ?method { method:h2o } ?m pg:improvesOn ?method ; rdfs:label ?l }\n",
            encoding="utf-8",
        )
        settings = f'queries = ["mine"]\nstore = {json.dumps(str(folder))}\nnote_url = "vscode:/my/notes"\n'
        (tmp_path / "papergraph.toml").write_text(settings, encoding="utf-8")
        return pg.read_config(str(tmp_path / "papergraph.toml"))

    def test_queries_and_store_of_the_settings_are_used(
        self, config: pg.Config, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        for graph in (pg.open_graph(), pg.open_graph(config=config)):
            assert list(graph.query("better-than")) == [{"l": "Keyformer"}]
            assert list(graph.query("better-than", timeout=30, method="h2o")) == [{"l": "Keyformer"}]
            assert "better-than" in {query.name for query in graph.queries()}
        assert "Keyformer" in run("query", "better-than").out

    def test_links_into_notes_are_those_of_the_settings(self, config: pg.Config) -> None:
        graph = pg.open_graph(config=config)
        assert island_of(graph.page().html, "graph-data")["noteUrl"].startswith("vscode://file/my/notes/")
        assert island_of(graph.page(note_url="").html, "graph-data")["noteUrl"] == ""

    def test_vocabulary_base_and_threshold_of_the_settings_make_the_graph(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("# SnapKV\n\nSnapKV extends Keyformer.\n", encoding="utf-8")
        config = pg.Config(base="https://example.org/kg/", threshold=1.0)
        graph = pg.build(tmp_path / "a.md", config=config)
        assert graph.find("SnapKV").iri == "https://example.org/kg/method/snapkv"
        assert graph.lineage("Keyformer", min_confidence=0)
        assert not graph.lineage("Keyformer")
        assert not graph.query("ASK { ?a pg:extends ?b }")

    def test_a_text_with_parameters_takes_them_as_a_file_does(self, graph: pg.KnowledgeGraph) -> None:
        text = "# @param m\nSELECT ?l { VALUES ?m { method:x } ?b pg:improvesOn ?m ; rdfs:label ?l }"
        assert list(graph.query(text, m="H2O")) == [{"l": "Keyformer"}]
        with pytest.raises(pg.UnknownNameError, match="parameter"):
            graph.query(text, other="H2O")


class TestBuilding:
    def test_what_holds_no_notes_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(pg.LossError, match=r"nosuch.*no graph was built"):
            pg.build("nosuch")
        with pytest.raises(pg.LossError, match=r"contains no notes.*allow_empty=True"):
            pg.build(tmp_path)
        with pytest.raises(pg.ConfigError, match="no notes given"):
            pg.build()
        assert not pg.build(tmp_path, allow_empty=True).to_graph().entities

    def test_notes_none_of_which_can_be_read_are_refused_with_the_reasons(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_bytes(b"")
        with pytest.raises(pg.LossError, match="none of 1 notes could be read") as refused:
            pg.build(tmp_path)
        assert refused.value.problems == ("a.md: is empty",)


class TestLimits:
    def test_a_query_may_have_limits(self, demo_store: Path) -> None:
        graph = pg.open_graph(demo_store)
        limited = graph.query("SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l", timeout=30)
        assert {"l": "Keyformer"} in list(limited)
        assert graph.query("what-builds-on", timeout=30, method="SnapKV")
        with pytest.raises(pg.LimitError, match=r"stopped after 0\.3 s"):
            graph.query(ENDLESS, timeout=0.3)
        with pytest.raises(pg.QueryError, match="invalid SPARQL"):
            graph.query("SELECT oops", memory=500)

    def test_a_graph_in_memory_knows_no_limits_and_says_so(self) -> None:
        graph = pg.KnowledgeGraph(MemoryGraph(memory_store(graphs.small_graph(), graphs.RUN)))
        with pytest.raises(pg.StoreError, match="limits need a graph in a store"):
            graph.query("ASK {}", timeout=1)


def test_no_query_kills_the_process_that_asks(demo_store: Path) -> None:
    program = (
        "import sys, papergraph as pg\n"
        "graph = pg.open_graph(sys.argv[1])\n"
        "for query in ('SELECT * { ?a ?b (' + ' 1' * 5000 + ') }', 'SELECT * ' + '{' * 3000 + '}' * 3000,\n"
        "              'DESCRIBE' + ' <urn:a>' * 7000, 'SELECT * {' + 'OPTIONAL{}' * 6000 + '}'):\n"
        "    try: graph.query(query)\n"
        "    except pg.QueryError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(demo_store)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["refused"] * 4)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda _: pg.build(cast("Any", [])), errors.ConfigError, "is no path; give each folder or file by itself"),
        (
            lambda _: pg.build(cast("Any", ["notes"])),
            errors.ConfigError,
            "is no path; give each folder or file by itself",
        ),
        (lambda _: pg.corrections(cast("Any", ["notes"])), errors.ConfigError, "is no path"),
        (
            lambda graph: graph.correct("frob", "A", "extends", "B"),
            errors.CorrectionError,
            "unknown decision 'frob'; known",
        ),
        (lambda graph: graph.correct("rejct", "A", "extends", "B"), errors.CorrectionError, "did you mean 'reject'"),
        (lambda graph: graph.diff("HEAD~2"), errors.ConfigError, "revision="),
        (
            lambda graph: graph.lineage("H2O", direction="sideways"),
            errors.UnknownNameError,
            "one of: upstream, downstream",
        ),
        (
            lambda graph: graph.query("frobnicate"),
            errors.UnknownNameError,
            "no query named 'frobnicate'; see: papergraph query --list$",
        ),
    ],
)
def test_what_a_program_gets_wrong_is_an_error_of_ours(
    demo_store: Path, wrong: Callable[[pg.KnowledgeGraph], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        wrong(pg.open_graph(demo_store))
