"""Processes that answer queries and may be killed."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread, Timer

import pytest

from papergraph.ask.limits import OWN_LIMITS, Limits
from papergraph.ask.query import ask
from papergraph.ask.worker import Reply, Task, Ticket, Worker, WorkerPool, ask_for_answer, ask_worker
from papergraph.ask.worker.messages import pack_reply, pack_task, reply_from_record, task_from_record, unpack
from papergraph.errors import LimitError, QueryError, StoreError
from papergraph.model import Graph, Run
from papergraph.store import open_store, write_generation
from tests.graphs import RUN, small_graph
from tests.listening import listening

LIMITS = Limits(seconds=5, megabytes=400)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAMES = "SELECT ?l { ?m a pg:Method ; rdfs:label ?l } ORDER BY ?l"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("worker") / "store"
    write_generation(path, small_graph(), RUN)
    return path


@pytest.fixture
def worker(folder: Path) -> Iterator[Worker]:
    started = Worker(folder, LIMITS)
    yield started
    started.close()


def _stop_after(seconds: float, query: str, megabytes: int = 400) -> Task:
    return Task(query, limits=Limits(seconds, megabytes))


def test_a_worker_answers_one_task_after_another(worker: Worker) -> None:
    for _ in range(3):
        reply = worker.run(Task(NAMES, solutions="csv"))
        assert (reply.status, reply.kind, reply.form) == ("ok", "select", "csv")
        assert b"Keyformer" in reply.body
    assert worker.run(Task("ASK {}", solutions="xml")).kind == "ask"
    assert b"pg:improvesOn" in worker.run(Task("CONSTRUCT WHERE { ?s pg:improvesOn ?o }")).body
    assert worker.run(Task("SELECT oops")).status == "wrong"
    assert worker.run(Task("SELECT * {}", solutions="")).status == "unacceptable"
    assert worker.alive


def test_an_answer_larger_than_a_pipe_arrives_whole(worker: Worker) -> None:
    query = "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 20000"
    reply = worker.run(Task(query, solutions="tsv"))
    assert reply.body.count(b"\n") == 20_001


def test_rows_and_bytes_have_limits(worker: Worker) -> None:
    few = worker.run(Task("SELECT * { ?s ?p ?o }", limits=Limits(rows=10)))
    assert (few.status, "more than 10 rows" in few.message) == ("large", True)
    short = worker.run(Task("SELECT * { ?s ?p ?o }", limits=Limits(answer_bytes=100)))
    assert (short.status, "at most 100 are allowed" in short.message) == ("large", True)
    assert worker.alive


def test_a_task_without_end_ends_with_its_worker(worker: Worker) -> None:
    reply = worker.run(_stop_after(0.5, ENDLESS))
    assert (reply.status, "stopped after 0.5 s" in reply.message) == ("time", True)
    assert not worker.alive
    assert worker.run(Task("ASK {}")).status in {"crash", "memory"}


def test_a_task_that_wants_all_memory_ends_with_its_worker(folder: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(30))
    worker = Worker(folder, Limits(megabytes=100))
    reply = worker.run(Task(f"SELECT * {{ BIND('{'x' * 40}' AS ?a0) {doubled} }}"))
    worker.close()
    assert (reply.status, "more than 100 MB" in reply.message) == ("memory", True)


def test_a_worker_whose_owner_is_gone_does_not_run_for_ever(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from papergraph.ask.limits import *\n"
        "from papergraph.ask.worker import *; import os\n"
        "w = Worker(Path(sys.argv[1]), Limits()); print(w._process.pid, flush=True)\n"
        "from papergraph.ask.worker.messages import pack_task\n"
        f"w._send(pack_task(Task({ENDLESS!r}, limits=Limits(seconds=1)))); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False)
    pid, end = int(done.stdout), time.monotonic() + 60
    while _runs(pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_other_triples_can_be_asked_in_place_of_the_store(worker: Worker) -> None:
    reply = worker.run(Task("SELECT ?s ?o { ?s ?p ?o }", solutions="csv", instead="<urn:a> <urn:b> <urn:c> .\n"))
    assert reply.body == b"s,o\r\nurn:a,urn:c\r\n"


def test_a_store_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph in this folder"):
        Worker(tmp_path / "none", LIMITS)
    with pytest.raises(StoreError):
        WorkerPool(tmp_path / "none", LIMITS)


def test_files_in_the_current_folder_are_not_taken_for_pythons_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "papergraph.py", "struct.py"):
        (tmp_path / name).write_text("raise SystemExit('not me')")
    monkeypatch.chdir(tmp_path)
    assert ask_worker(folder, Task("ASK {}", "table", "table", limits=LIMITS)).body == b"yes\n"


def test_a_single_question_is_answered_or_raises(folder: Path) -> None:
    assert b"Keyformer" in ask_worker(folder, Task(NAMES, "table", "table", limits=LIMITS)).body
    with pytest.raises(QueryError, match="invalid SPARQL"):
        ask_worker(folder, Task("SELECT oops"))
    with pytest.raises(LimitError, match="stopped after") as caught:
        ask_worker(folder, _stop_after(0.3, ENDLESS))
    assert caught.value.status == "time"


def test_a_ready_made_query_gets_its_entities_where_the_graph_is_open(folder: Path) -> None:
    text = "SELECT ?l { VALUES ?of { method:h2o } ?m pg:improvesOn ?of ; rdfs:label ?l }"
    task = Task(f"# @param of\n{text}", "csv", "turtle", name="q", limits=LIMITS)
    assert b"Keyformer" in ask_worker(folder, replace(task, given=(("of", "H2O"),))).body
    with pytest.raises(QueryError, match="no entity named 'H20'"):
        ask_worker(folder, replace(task, given=(("of", "H20"),)))
    with pytest.raises(QueryError, match="no parameter named 'x'"):
        ask_worker(folder, replace(task, given=(("x", "H2O"),)))


def test_an_answer_comes_as_terms_as_it_would_from_this_process(folder: Path) -> None:
    store = open_store(folder)
    for query in (
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s pg:improvesOn ?o }",
        "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) ('x'@en <urn:x>) } }",
    ):
        assert ask_for_answer(folder, query, store.base, OWN_LIMITS) == ask(store, query)


def test_a_query_without_limits_of_time_and_rows_is_answered(folder: Path) -> None:
    limits = replace(LIMITS, seconds=math.inf, rows=0)
    assert ask_worker(folder, Task("SELECT * { ?s ?p ?o }", "csv", limits=limits)).body.count(b"\n") > 50
    small = replace(limits, answer_bytes=1000)
    with pytest.raises(LimitError, match="more than 1,000 bytes"):
        ask_worker(folder, Task("SELECT * { ?s ?p ?o }", "csv", limits=small))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="networks can be left on Linux only")
def test_a_confined_process_reaches_nobody_even_if_the_engine_tries(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from papergraph.system import confine\n"
        "from papergraph.store import open_store, current_generation\n"
        "folder = Path(sys.argv[1]); leave = sys.argv[3] == 'leave'\n"
        "if leave: confine.leave_network()\n"
        "store = open_store(folder)\n"
        "if not leave: confine.close_files(folder / 'generations' / current_generation(folder) / 'graph')\n"
        "try: list(store.store.query('SELECT * { SERVICE <' + sys.argv[2] + '> {?a ?b ?c} }'))\n"
        "except OSError: sys.exit(0 if list(store.quads()) else 1)\n"
        "sys.exit(2)"
    )
    with listening() as listener:
        for way in ("leave", "close"):
            done = subprocess.run([sys.executable, "-c", program, str(folder), listener.address, way], check=False)
            assert done.returncode == 0, way
        assert not listener.connections


def test_a_pool_replaces_the_dead(folder: Path) -> None:
    pool = WorkerPool(folder, LIMITS, size=2)
    try:
        assert pool.run(_stop_after(0.2, ENDLESS)).status == "time"
        assert pool.run(Task("ASK {}")).status == "ok"
        pool.wait_until_ready()
        for idle in list(pool._idle):
            os.kill(idle._process.pid, signal.SIGKILL)
            idle._process.wait()
        assert pool.run(Task("ASK {}")).status == "ok"
    finally:
        pool.close()


def test_a_pool_turns_away_who_would_wait_too_long(folder: Path) -> None:
    pool = WorkerPool(folder, LIMITS, size=1, patience=0.1)
    try:
        pool.wait_until_ready()
        ticket = Ticket()
        other = Thread(target=pool.run, args=[_stop_after(3600, ENDLESS), ticket])
        other.start()
        while pool._idle:
            time.sleep(0.01)
        assert pool.run(Task("ASK {}")).status == "busy"
        ticket.give_up()
        other.join()
        assert pool.run(Task("ASK {}")).status == "ok"
    finally:
        pool.close()


def test_a_pool_follows_the_builds(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write_generation(folder, small_graph(), RUN)
    pool = WorkerPool(folder, LIMITS, size=1)
    try:
        assert b"true" in pool.run(Task("ASK { ?s ?p ?o }")).body
        write_generation(folder, Graph(), Run("other", "0" * 64))
        assert b"false" in pool.run(Task("ASK { ?s ?p ?o }")).body
    finally:
        pool.close()


def test_a_pool_lets_a_swollen_worker_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = WorkerPool(folder, LIMITS, size=1)
    try:
        pool.wait_until_ready()
        before = set(pool._idle)
        monkeypatch.setattr(Worker, "run", lambda worker, task: Reply("ok", swollen=True))
        pool.run(Task("ASK {}"))
        monkeypatch.undo()
        assert sum(not worker.alive for worker in before) == 1
        assert pool.run(Task("ASK {}")).status == "ok"
    finally:
        pool.close()


def test_who_asked_can_give_up(folder: Path) -> None:
    pool = WorkerPool(folder, LIMITS, size=1)
    try:
        ticket = Ticket()
        Timer(0.3, ticket.give_up).start()
        assert pool.run(_stop_after(3600, ENDLESS), ticket).status not in {"ok", "time"}
        assert pool.run(Task("ASK {}"), ticket).status != "ok"
        assert pool.run(Task("ASK {}")).status == "ok"
        ticket.give_up()
        assert pool.run(Task("ASK {}")).status == "ok"
    finally:
        pool.close()


def test_messages_survive_the_pipe() -> None:
    task = Task("ASK {}", "csv", "", 80, (("urn:a",), ()), "urn:base", "x", Limits(1, 2, 3, 4), "q", (("a", "b"),))
    data = pack_task(task)
    assert task_from_record(unpack(_from(data))[0]) == task
    reply = Reply("ok", "缓存", "select", "csv", b"\x00\xff" * 100, swollen=True)
    assert reply_from_record(*unpack(_from(pack_reply(reply)))) == reply


def _from(data: bytes) -> Callable[[int], bytes]:
    rest = bytearray(data)

    def read(size: int) -> bytes:
        part = bytes(rest[:size])
        del rest[:size]
        return part

    return read
