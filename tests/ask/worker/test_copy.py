"""Workers that begin as copies; in processes of their own, since that of the tests has threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.store import write_generation
from tests.graphs import RUN, small_graph
from tests.listening import listening

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="copies are made on Linux only")

_START = (
    "import os, sys, signal, threading, time; from pathlib import Path\n"
    "from papergraph.ask.limits import *; from papergraph.ask.worker import *\n"
    "from papergraph.ask.worker.copy import Copy, can_copy\n"
    "from papergraph.ask.worker.child import live; from papergraph.errors import *\n"
    "folder = Path(sys.argv[1])\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "store"
    write_generation(path, small_graph(), RUN)
    return path


def _run(folder: Path, program: str, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _START + program, str(folder), *more], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_copy_answers_and_leaves_nothing_behind(folder: Path) -> None:
    program = (
        "assert can_copy()\nprint('not flushed', end=' ')\n"
        "for _ in range(3): print(ask_worker(folder, Task('ASK { ?s ?p ?o }', 'table')).body.decode(), end='')\n"
        "assert len(os.listdir('/proc/self/fd')) <= 5\n"
        "assert not Path(f'/proc/self/task/{os.getpid()}/children').read_text()\n"
    )
    assert _run(folder, program) == "not flushed yes\nyes\nyes\n"


def test_a_process_with_threads_makes_no_copy(folder: Path) -> None:
    program = (
        "stop = threading.Event(); thread = threading.Thread(target=stop.wait); thread.start()\n"
        "assert not can_copy(); print(ask_worker(folder, Task('ASK {}', 'table', 'table')).body.decode())\n"
        "stop.set()\n"
    )
    assert _run(folder, program) == "yes\n\n"


def test_a_copy_that_is_over_a_limit_or_dies_is_told_apart(folder: Path) -> None:
    program = (
        "endless = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }'\n"
        "def ask(task):\n"
        "    try: ask_worker(folder, task)\n"
        "    except LimitError as error: print(error.status)\n"
        "    except QueryError: print('wrong')\n"
        "ask(Task(endless, limits=Limits(seconds=0.5)))\n"
        "ask(Task('SELECT oops'))\n"
        "ask(Task(f\"SELECT * {{ BIND('{'x' * 40}' AS ?a0) {' '.join(f'BIND(CONCAT(?a{i},?a{i}) AS ?a{i+1})' "
        'for i in range(30))} }}", limits=Limits(megabytes=100)))\n'
        "worker = Worker(folder, Limits(), Copy(lambda a, b: live(folder, 500, a, b)))\n"
        "os.kill(worker._process.pid, signal.SIGSEGV)\n"
        "print(worker.run(Task('ASK {}')).status)\n"
        "try: ask_worker(folder / 'none', Task('ASK {}'))\n"
        "except StoreError: print('no store')\n"
    )
    assert _run(folder, program).split() == ["time", "wrong", "memory", "crash", "no", "store"]


def test_a_copy_reaches_nobody(folder: Path) -> None:
    program = (
        "import papergraph.ask.query, papergraph.ask.guard\n"
        "papergraph.ask.query.check_query = lambda _: None\n"
        "try: ask_worker(folder, Task('SELECT * { SERVICE <' + sys.argv[2] + '> { ?a ?b ?c } }'))\n"
        "except QueryError as error: print('failed')\n"
    )
    with listening() as listener:
        assert _run(folder, program, listener.address) == "failed\n"
        assert not listener.connections
