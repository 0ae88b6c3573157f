from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from papergraph.errors import StoreError
from papergraph.store import open_store, write_generation
from tests import graphs
from tests.store.folders import GRAPH, SMALLER, generations

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
