"""Builds that are killed at any moment leave the old graph or the new one, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from papergraph.config import Config
from papergraph.errors import StoreError
from papergraph.pipeline.steps import build_store
from papergraph.store import open_store, write_generation
from tests import graphs
from tests.conftest import NOTES
from tests.store.folders import GRAPH, SMALLER, files, generations

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


#: How many builds are killed that do nothing but write.
KILLED_ALONE = 100


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
    for _ in range(KILLED_ALONE):
        with subprocess.Popen([sys.executable, "-c", BUILDER, folder], stdout=subprocess.PIPE) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(moments.uniform(0, 0.1))
            builder.send_signal(signal.SIGKILL)
    stop.set()
    reader.join()
    assert failures == []
    assert reads[0] > KILLED_ALONE
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


#: How many builds are killed on their way from notes to a graph; more of them on request.
KILLS = int(os.environ.get("PAPERGRAPH_KILLS", "40"))
# Forked from a process that has loaded all it needs, builds spend their time with notes and with the store.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from papergraph.config import Config
from papergraph.pipeline.steps import build_in_memory, build_store
store, *folders = sys.argv[1:]
chance = random.Random(7)
def start(number):
    pid = os.fork()
    if not pid:
        try:
            build_store([Path(folders[number % 2])], Config(store=store, jobs=1))
        finally:
            os._exit(0)
    return pid
for folder in folders:
    build_in_memory([Path(folder)], Config(jobs=1))
begun = time.monotonic()
os.waitpid(start(0), 0)
whole = time.monotonic() - begun
for number, _ in enumerate(sys.stdin, 1):
    pid = start(number)
    time.sleep(chance.uniform(0, 1.2 * whole))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    print("killed", flush=True)
"""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_builds_of_notes_that_are_killed_leave_all_notes_of_the_one_or_of_the_other(tmp_path: Path) -> None:
    folders = [tmp_path / "even", tmp_path / "odd"]
    whole: list[tuple[str, int]] = []
    for number, folder in enumerate(folders):
        folder.mkdir()
        for path in sorted(NOTES.glob("*.md"))[number::2]:
            shutil.copy(path, folder)
        seal, _ = build_store([folder], Config(store=str(tmp_path / f"whole{number}"), jobs=1))
        whole.append((seal.digest, len(seal.run.inputs)))
    store, seen = tmp_path / "store", set[tuple[str, int]]()
    command = [sys.executable, "-c", KILLER, str(store), *map(str, folders)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killer:
        assert killer.stdin is not None
        assert killer.stdout is not None
        for _ in range(KILLS):
            killer.stdin.write("\n")
            killer.stdin.flush()
            assert killer.stdout.readline() == "killed\n"
            opened = open_store(store, verify=True)
            seen.add((opened.digest, len(opened.seal.run.inputs)))
    assert seen == set(whole), "both were reached, and nothing else"
    for folder, expected in zip(folders, whole, strict=True):
        seal, _ = build_store([folder], Config(store=str(store), jobs=1))
        assert (seal.digest, len(seal.run.inputs)) == expected
    assert len(generations(store)) == 2
    names = {path.name for path in files(store)}
    assert not [name for name in names if name.endswith((".new", ".tmp")) or name.startswith("bulk-")]
    assert len(list((store / "cache").iterdir())) == whole[1][1]
