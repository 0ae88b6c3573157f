"""Builds that are killed at any moment leave the old graph or the new one, and nothing else."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from tests.repeats import repeats
from tests.store.folders import GRAPH, SMALLER, files, generations

# Forked from a process that has loaded all it needs, builds spend their time with notes and with the store.
BUILDER = """
import itertools, os, pathlib, signal, sys, time
from dataclasses import replace
from papergraph.store import write_generation
from papergraph.model import Graph
from tests.graphs import RUN, small_graph
graph = small_graph()
smaller = Graph(graph.entities, graph.relations[:5], graph.notes)
for seconds in sys.stdin:
    pid = os.fork()
    if not pid:
        for i in itertools.count():
            run = replace(RUN, configuration=str(i % 7))
            write_generation(pathlib.Path(sys.argv[1]), graph if i % 2 else smaller, run)
    time.sleep(float(seconds))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    print("killed", flush=True)
"""
#: How many builds are killed that do nothing but write.
KILLED_ALONE = repeats(100)


@contextmanager
def killer(script: str, *arguments: str | Path) -> Iterator[Callable[[float], None]]:
    """Start a script that kills one build for each line that it is sent; each call sends one and waits."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to, back = process.stdin, process.stdout

        def kill(moment: float) -> None:
            to.write(f"{moment}\n")
            to.flush()
            assert back.readline() == "killed\n"

        yield kill


@pytest.mark.slow
def test_builds_that_are_killed_at_any_moment_leave_one_whole_graph_to_readers(folder: Path) -> None:
    moments = random.Random(20)  # noqa: S311  nothing secret
    write_generation(folder, GRAPH, graphs.RUN)
    stop, failures = Event(), list[str]()

    def read() -> None:
        try:
            if open_store(folder, verify=True).read_graph() not in (GRAPH, SMALLER):
                failures.append("another graph")
        except StoreError as error:
            failures.append(str(error))

    def read_on() -> None:
        while not stop.is_set():
            read()

    reader = Thread(target=read_on)
    reader.start()
    try:
        with killer(BUILDER, folder) as kill:
            for _ in range(KILLED_ALONE):
                kill(moments.uniform(0, 0.1))
                read()
    finally:
        stop.set()
        reader.join()
    assert failures == []
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


#: How many builds are killed on their way from notes to a graph. Every fifth comes to its end.
KILLS = max(10, repeats(10))
KILLER = """
import os, signal, sys, time
from pathlib import Path
from papergraph.config import Config
from papergraph.pipeline.steps import build_in_memory, build_store
store, *folders = sys.argv[1:]
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
for number, share in enumerate(sys.stdin, 1):
    pid = start(number)
    if number % 5:
        time.sleep(float(share) * whole)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    print("killed", flush=True)
"""


@pytest.mark.slow
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
    moments = random.Random(7)  # noqa: S311  nothing secret
    with killer(KILLER, store, *folders) as kill:
        for _ in range(KILLS):
            kill(moments.uniform(0, 1.2))
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
