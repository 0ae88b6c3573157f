"""A worker: what it answers, here and without its confinement; and the program, in a process of its own."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from papergraph.ask.limits import Limits
from papergraph.ask.worker import Reply, Task, child
from papergraph.ask.worker.messages import pack_task, reply_from_record, unpack
from papergraph.errors import StoreError
from papergraph.store import GraphStore, current_generation, memory_store, write_generation
from papergraph.system import confine
from tests.graphs import RUN, small_graph

Ask = Callable[[Task], Reply]


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """The soft limits that would have been set."""
    found: dict[int, int] = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, values: found.__setitem__(what, values[0]))
    return found


@pytest.fixture
def store() -> GraphStore:
    return memory_store(small_graph(), RUN)


def _reader(pipe: int) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = os.read(pipe, size - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    return read


@pytest.fixture
def ask(store: GraphStore, limits: dict[int, int]) -> Iterator[Ask]:
    """Ask a loop that serves in a thread."""
    (there, incoming), (outgoing, back) = os.pipe(), os.pipe()
    loop = threading.Thread(target=child.serve, args=[store, there, back], kwargs={"swollen": lambda: False})
    loop.start()

    def call(task: Task) -> Reply:
        data = pack_task(task)
        while data:
            data = data[os.write(incoming, data) :]
        return reply_from_record(*unpack(_reader(outgoing)))

    yield call
    os.close(incoming)
    loop.join(10)
    for pipe in (there, outgoing, back):
        os.close(pipe)


def test_tasks_are_answered_one_after_another(ask: Ask, limits: dict[int, int]) -> None:
    assert b"Keyformer" in ask(Task("SELECT ?l { ?m rdfs:label ?l }", "table")).body
    assert ask(Task("ASK {}", "xml")).kind == "ask"
    assert ask(Task("ASK {}", "")).status == "unacceptable"
    assert b"improvesOn" in ask(Task("CONSTRUCT WHERE { ?s pg:improvesOn ?o }", triples="ntriples")).body
    assert b"improvesOn" in ask(Task("CONSTRUCT WHERE { ?s pg:improvesOn ?o }", triples="csv")).body
    assert ask(Task("SELECT oops")).status == "wrong"
    assert ask(Task("SELECT * { ?s ?p ?o }", limits=Limits(rows=3))).status == "large"
    assert ask(Task("SELECT * { ?s ?p ?o }", limits=Limits(answer_bytes=3))).status == "large"
    assert ask(Task("SELECT * { ?s ?p ?o }", "csv", graphs=((), ()))).body == b"o,p,s\r\n"
    assert b"urn:a" in ask(Task("SELECT * { ?s ?p ?o }", instead="<urn:a> <urn:a> <urn:a> .")).body
    assert resource.RLIMIT_CPU in limits


def test_want_of_memory_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(child, "ask", fail)
    reply = ask(Task("ASK {}"))
    assert (reply.status, reply.swollen) == ("memory", True)


@contextmanager
def program(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the whole program on a folder."""
    command = [sys.executable, "-P", "-m", "papergraph.ask.worker.child", str(folder), "100"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


def _first_word(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    record, _ = unpack(process.stdout.read)
    return dict(record)


def test_a_worker_tells_what_it_opened_and_ends_when_nobody_asks_any_more(tmp_path: Path) -> None:
    write_generation(tmp_path / "store", small_graph(), RUN)
    with program(tmp_path / "store") as process:
        assert _first_word(process) == {"generation": current_generation(tmp_path / "store")}
        process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the limits of another process")
def test_a_worker_has_little_memory_and_opens_no_file_before_it_serves(tmp_path: Path) -> None:
    write_generation(tmp_path / "store", small_graph(), RUN)
    with program(tmp_path / "store") as process:
        _first_word(process)
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
        process.communicate(timeout=60)
    soft = dict(re.findall(r"^(Max .*?) {2,}(\S+)", limits, re.MULTILINE))
    assert 100_000_000 < int(soft["Max address space"]) < 10**11
    assert soft["Max open files"] == "0"


def test_a_worker_tells_why_it_cannot(tmp_path: Path) -> None:
    with program(tmp_path) as process:
        assert "no graph in this folder" in _first_word(process)["error"]


def test_a_store_that_is_built_all_the_time_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_generation(tmp_path / "store", small_graph(), RUN)
    names = iter(map(str, range(100)))
    monkeypatch.setattr(child, "current_generation", lambda _: next(names))
    with pytest.raises(StoreError, match="keeps changing"):
        child._open(tmp_path / "store")


def test_files_that_the_database_may_still_need_can_be_opened(tmp_path: Path, limits: dict[int, int]) -> None:
    confine.close_files(tmp_path)
    assert limits[resource.RLIMIT_NOFILE] == 0
    for number in range(3):
        (tmp_path / f"{number}.sst").write_text("")
    confine.close_files(tmp_path)
    highest = max(confine._open_files(), default=64)
    assert highest < limits[resource.RLIMIT_NOFILE] <= highest + 5


def test_a_system_that_tells_nothing_of_memory_is_no_obstacle() -> None:
    assert confine.address_space(None) == 0
    gauge = confine.open_gauge()
    if gauge is not None:
        assert confine.address_space(gauge) > 1_000_000
        os.close(gauge)


def test_other_systems_have_no_network_to_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not confine.leave_network()


def test_prints_do_not_get_into_the_pipes() -> None:
    saved = os.dup(0), os.dup(1)
    try:
        incoming, outgoing = child._own_pipes()
        assert os.fstat(outgoing) == os.fstat(saved[1])
        assert not Path("/proc/self/fd/1").exists() or Path("/proc/self/fd/1").readlink() == Path(os.devnull)
    finally:
        for descriptor, number in zip(saved, (0, 1), strict=True):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.close(incoming)
        os.close(outgoing)
