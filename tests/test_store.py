from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pyoxigraph as ox
import pytest

from papergraph.errors import QueryError, StoreError, UnknownNameError
from papergraph.model import Entity, Graph
from papergraph.store import (
    GraphStore,
    memory_store,
    open_store,
    prepare_store,
    read_seal,
    write_generation,
)
from papergraph.store import build as building
from papergraph.terms import PG
from tests import graphs

GRAPH = graphs.small_graph()
SMALLER = Graph(GRAPH.entities, GRAPH.relations[:5], GRAPH.notes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_generation(tmp_path / "store", GRAPH, graphs.RUN)
    return tmp_path / "store"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(GRAPH, graphs.RUN)


def generation(folder: Path) -> Path:
    return folder / "generations" / (folder / "CURRENT").read_text().strip()


def generations(folder: Path) -> set[str]:
    return {g.name for g in (folder / "generations").iterdir()}


def test_what_was_written_is_read_back_equal(folder: Path) -> None:
    opened = open_store(folder, verify=True)
    assert opened.read_graph() == GRAPH
    assert opened.seal == read_seal(folder)
    assert opened.seal.run == graphs.RUN
    assert opened.seal.quads == len(list(opened.quads()))
    assert dict(opened.seal.entities) == {
        "Dataset": 1,
        "Hardware": 2,
        "Institution": 1,
        "Method": 4,
        "Model": 1,
        "Paper": 3,
        "Person": 1,
        "Topic": 2,
    }
    assert dict(opened.seal.relations)["improvesOn"] == 2


def test_a_store_in_memory_has_the_same_seal_as_one_on_disk(folder: Path, store: GraphStore) -> None:
    assert open_store(folder).seal == store.seal
    assert store.digest == store.seal.digest


def test_building_the_same_again_changes_no_file(folder: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}
    write_generation(folder, GRAPH, graphs.RUN)
    assert before == {p: p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}


def test_the_previous_generation_is_kept_and_older_ones_are_removed(folder: Path) -> None:
    first = generation(folder).name
    write_generation(folder, SMALLER, graphs.RUN)
    second = generation(folder).name
    assert generations(folder) == {first, second}
    write_generation(folder, Graph(), graphs.RUN)
    assert generations(folder) == {second, generation(folder).name}
    write_generation(folder, Graph(), graphs.RUN)
    assert generations(folder) == {second, generation(folder).name}, "an equal build removes nothing"


def test_an_equal_graph_made_otherwise_is_another_generation(folder: Path) -> None:
    opened, first = open_store(folder), generation(folder)
    write_generation(folder, GRAPH, replace(graphs.RUN, configuration="d" * 64))
    assert generation(folder) != first
    assert first.is_dir(), "a reader has it open"
    assert opened.read_graph() == GRAPH
    assert open_store(folder).seal.digest == opened.seal.digest


def test_an_open_store_goes_on_answering_while_later_builds_sweep_its_generation_away(folder: Path) -> None:
    opened = open_store(folder)
    for number in range(3):
        write_generation(folder, SMALLER, replace(graphs.RUN, configuration=str(number)))
    assert opened.read_graph() == GRAPH


def test_a_missing_store_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no graph here; make one with: papergraph build NOTES --store"):
        open_store(tmp_path / "nowhere")
    prepare_store(tmp_path / "fresh")
    with pytest.raises(StoreError, match="there is no graph here"):
        open_store(tmp_path / "fresh")
    assert read_seal(tmp_path / "fresh") is None


def test_a_folder_with_other_files_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other files"):
        write_generation(tmp_path, GRAPH, graphs.RUN)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        write_generation(tmp_path / "file", GRAPH, graphs.RUN)
    with pytest.raises(StoreError, match="there is no graph here"):
        open_store(tmp_path / "file")


def truncate_manifest(generation: Path) -> None:
    for path in (generation / "graph").glob("MANIFEST-*"):
        path.write_bytes(b"")


def lose_tables(generation: Path) -> None:
    for path in (generation / "graph").glob("*.sst"):
        path.unlink()


def other_graph(generation: Path) -> None:
    shutil.rmtree(generation / "graph")
    ox.Store(str(generation / "graph")).flush()


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def do(generation: Path) -> None:
        text = (generation / name).read_text(encoding="utf-8")
        assert old in text
        (generation / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return do


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a truncated manifest": truncate_manifest,
    "lost tables": lose_tables,
    "an empty database": other_graph,
    "no generation": shutil.rmtree,
    "no seal": lambda g: (g / "seal.json").unlink(),
    "an edited seal": edit("seal.json", '"quads": ', '"quads": 1'),
    "an empty seal": lambda g: (g / "seal.json").write_text("{}"),
    "a seal that is a list": lambda g: (g / "seal.json").write_text("[]"),
    "a seal of another format": edit("seal.json", '"format": 1', '"format": 99'),
    "an edited table of names": edit("names.json", "Keyformer", "Keyfarmer"),
    "no table of names": lambda g: (g / "names.json").unlink(),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_when_opening_and_mended_by_building_anew(name: str, folder: Path) -> None:
    DAMAGES[name](generation(folder))
    with pytest.raises(StoreError, match=r"the graph is damaged \(.+\); make it anew with: papergraph build"):
        open_store(folder)
    write_generation(folder, GRAPH, graphs.RUN)
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_a_pointer_to_nowhere_and_one_that_is_no_text_are_damage(folder: Path) -> None:
    (folder / "CURRENT").write_text("gone\n")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)
    (folder / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)
    assert read_seal(folder) is None
    write_generation(folder, GRAPH, graphs.RUN)
    assert open_store(folder).read_graph() == GRAPH


def test_a_changed_quad_is_found_by_verifying(folder: Path) -> None:
    database = ox.Store(str(generation(folder) / "graph"))
    quad = next(iter(database))
    database.remove(quad)
    database.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("changed"), quad.graph_name))
    database.flush()
    del database
    open_store(folder)
    with pytest.raises(StoreError, match="its quads are not those of its seal"):
        open_store(folder, verify=True)


def test_a_reader_follows_a_pointer_that_is_swapped_under_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_text
    swapped = []

    def read(path: Path, *args: str, **kwargs: str) -> str:
        text = real(path, *args, **kwargs)
        if path.name == "CURRENT" and not swapped:
            swapped.append(path)
            for number in range(3):
                write_generation(folder, SMALLER, replace(graphs.RUN, configuration=str(number)))
        return text

    monkeypatch.setattr(Path, "read_text", read)
    assert open_store(folder).read_graph() == SMALLER


def test_a_second_build_is_told_who_builds(folder: Path) -> None:
    program = (
        "import sys, time, pathlib\nfrom papergraph.store.folder import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n  print('locked', flush=True)\n  time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            with pytest.raises(StoreError, match=rf"another build is running \(pid {other.pid}\)"):
                write_generation(folder, SMALLER, graphs.RUN)
            assert open_store(folder).read_graph() == GRAPH, "readers need no lock"
        finally:
            other.kill()
    write_generation(folder, SMALLER, graphs.RUN)


def test_what_killed_builds_left_behind_is_removed_by_the_next(folder: Path) -> None:
    stale = folder / "generations" / "tmp-0123" / "graph"
    stale.mkdir(parents=True)
    (stale / "bulk-1.sst").write_bytes(b"x" * 1000)
    write_generation(folder, GRAPH, graphs.RUN)
    assert not any(name.startswith("tmp-") for name in generations(folder))


def test_a_disk_that_refuses_leaves_the_old_graph_and_no_rubbish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, nquads: str) -> None:
        folder.mkdir()
        raise OSError(28, "No space left on device")

    before = generations(folder)
    monkeypatch.setattr(building, "_write_database", full)
    with pytest.raises(StoreError, match=r"No space left on device; the graph that was there, if any, still stands"):
        write_generation(folder, SMALLER, graphs.RUN)
    assert generations(folder) == before
    assert open_store(folder, verify=True).read_graph() == GRAPH


BUILDER = """
import itertools, pathlib, sys
from dataclasses import replace
from papergraph.store import write_generation
from papergraph.model import Graph
from tests.graphs import RUN, small_graph
graph = small_graph()
smaller = Graph(graph.entities, graph.relations[:5], graph.notes)
print("ready", flush=True)
for i in itertools.count():
    write_generation(pathlib.Path(sys.argv[1]), graph if i % 2 else smaller, replace(RUN, configuration=str(i % 7)))
"""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_builds_that_are_killed_at_any_moment_leave_one_whole_graph_to_readers(folder: Path) -> None:
    moments = random.Random(20)  # noqa: S311  nothing secret
    write_generation(folder, GRAPH, graphs.RUN)
    stop, failures, reads = Event(), list[str](), [0]

    def read() -> None:
        while not stop.is_set():
            try:
                if open_store(folder, verify=True).read_graph() not in (GRAPH, SMALLER):
                    failures.append("another graph")
            except StoreError as error:
                failures.append(str(error))
            reads[0] += 1

    reader = Thread(target=read)
    reader.start()
    for _ in range(200):
        with subprocess.Popen([sys.executable, "-c", BUILDER, folder], stdout=subprocess.PIPE) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(moments.uniform(0, 0.1))
            builder.send_signal(signal.SIGKILL)
    stop.set()
    reader.join()
    assert failures == []
    assert reads[0] > 200
    write_generation(folder, GRAPH, graphs.RUN)
    assert len(generations(folder)) <= 2  # the new one, and the one before for those who still read it


@pytest.mark.slow
def test_readers_see_a_whole_graph_while_builds_go_on(folder: Path) -> None:
    stop: list[bool] = []

    def build() -> None:
        for number in range(40):
            write_generation(folder, SMALLER if number % 2 else GRAPH, replace(graphs.RUN, configuration=str(number)))
        stop.append(True)

    builder = Thread(target=build)
    builder.start()
    opened = 0
    while not stop:
        assert open_store(folder).read_graph() in (GRAPH, SMALLER)
        opened += 1
    builder.join()
    assert opened > 5


def test_names_are_found_by_label_alias_identifier_and_iri_however_they_are_spelt(store: GraphStore) -> None:
    for name in ("H2O", "h₂o", "heavy hitter oracle", "重击者", "method:h2o", graphs.H2O):
        assert [c.iri for c in store.find(name)] == [graphs.H2O], name
    for name in ("arXiv:2306.14048", "2306.14048", "ARXIV 2306.14048"):
        assert [c.iri for c in store.find(name)] == [graphs.H2O_PAPER], name
    assert store.find("清华")[0].label == "Tsinghua University"
    assert store.find("smartphone")[0].mentions == 1


def test_the_likeliest_of_several_entities_with_a_name_comes_first() -> None:
    mentioned = graphs.small_graph().entities[0].places
    entities = (
        Entity("urn:alias", "Method", "State Space Model", ("Mamba",), places=mentioned * 9),
        Entity("urn:folded", "Model", "MAMBA", places=mentioned),
        Entity("urn:label", "Method", "Mamba"),
    )
    store = memory_store(Graph(entities, (), GRAPH.notes), graphs.RUN)
    assert [c.iri for c in store.find("Mamba")] == ["urn:label", "urn:folded", "urn:alias"]


def test_an_unknown_name_gets_suggestions_by_spelling_and_by_beginning(store: GraphStore) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Keyformer"):
        store.find("Keyfomer")
    assert "Squeezed Attention" in store.suggest("squeez")
    assert store.suggest("zzzzzz") == ()
    assert store.suggest("") == ()


def test_names_of_punctuation_only_and_with_lone_surrogates_are_found() -> None:
    store = memory_store(Graph((Entity("urn:a", "Method", "++"), Entity("urn:b", "Method", "…"))), graphs.RUN)
    assert store.find("++")[0].iri == "urn:a"
    assert store.find("…")[0].iri == "urn:b"
    odd = memory_store(Graph((Entity("urn:c", "Method", "a\ud800b"),)), graphs.RUN)
    assert odd.find("a\ud800b")[0].iri == "urn:c"


def test_queries_see_all_graphs_as_one_with_our_prefixes(store: GraphStore) -> None:
    rows = list(store.select("SELECT ?m ?c { ?s rdf:subject ?m ; rdf:object method:h2o ; pg:confidence ?c }"))
    assert {"m": graphs.KEYFORMER, "c": "0.9"} in rows
    assert list(store.select("SELECT ?m ?x { ?m pg:extends ?y OPTIONAL { ?m pg:nothing ?x } }")) == [
        {"m": graphs.SQUEEZED}
    ]


def test_quads_are_read_by_pattern(store: GraphStore) -> None:
    found = list(store.quads(predicate=PG + "improvesOn", obj=graphs.H2O))
    assert [q.subject.value for q in found] == [graphs.KEYFORMER]


def test_errors_of_the_engine_become_query_errors(store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"no valid SPARQL: error at 1:"):
        store.query("SELECT ?x {")
    with pytest.raises(QueryError):
        list(store.select("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"))


def test_a_base_of_ones_own_is_kept_in_the_seal_and_gives_the_prefixes(tmp_path: Path) -> None:
    base = "https://example.org/graph/"
    write_generation(tmp_path / "s", Graph((Entity(base + "method/x", "Method", "x"),)), graphs.RUN, base=base)
    opened = open_store(tmp_path / "s")
    assert opened.seal.base == base
    assert list(opened.select("SELECT ?l { method:x rdfs:label ?l }")) == [{"l": "x"}]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"):
        prepare_store(tmp_path / "store")
