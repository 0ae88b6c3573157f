"""A served graph is read once, slowly, to the last byte."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergraph.model import Graph
from papergraph.model import Run as Made
from papergraph.serve import Settings, patrol
from papergraph.store import verify_files, write_generation
from papergraph.store.files import Pace
from tests.graphs import RUN, small_graph
from tests.serve.running import Server, running
from tests.store.folders import generation
from tests.store.test_damage import flip


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let no generation be verified before this is set."""
    opened, verify = threading.Event(), verify_files

    def wait(generation: Path, *, pace: Pace) -> Iterator[str]:
        assert opened.wait(30)
        return verify(generation, pace=pace)

    monkeypatch.setattr(patrol, "verify_files", wait)
    monkeypatch.setattr(patrol, "_INTERVAL", 0.05)
    return opened


def wait_for(server: Server, status: int) -> str:
    end = time.monotonic() + 60
    while (answer := server.send("/id/method/h2o")).status != status:
        assert time.monotonic() < end
        time.sleep(0.02)
    return answer.text


def test_damage_after_opening_ends_the_answers_until_the_next_build(
    tmp_path: Path, gate: threading.Event, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    write_generation(store, small_graph(), RUN)
    with running(Settings(store, workers=1)) as server:
        wait_for(server, 200)
        flip(generation(store) / "graph" / "IDENTITY")
        gate.set()
        reason = wait_for(server, 503)
        assert "graph/IDENTITY has changed since it was built (possibly disk corruption)" in reason
        assert server.ask("ASK {}").status == 503
        assert server.send("/").status == 503
        assert capfd.readouterr().err == f"papergraph: {reason}"
        write_generation(store, Graph(), Made("other", "0" * 64))
        wait_for(server, 404)
        assert server.ask("ASK {}").status == 200


def test_it_ends_with_the_server_though_it_has_much_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_generation(tmp_path / "store", small_graph(), RUN)
    monkeypatch.setattr(patrol, "_BYTES_PER_SECOND", 0.001)
    told: list[str] = []
    before = set(threading.enumerate())
    watching = patrol.Patrol(tmp_path / "store", report=told.append)
    watching.end()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()
    assert told == []
