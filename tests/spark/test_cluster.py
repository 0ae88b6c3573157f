"""A job on a cluster of Spark's own kind: a master, two workers on this machine, and one of them dies in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.pipeline.steps import build_in_memory
from papergraph.rdf import canonical_nquads
from tests.conftest import NOTES
from tests.spark.test_plain import ODD

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")]

_WORKER = "org.apache.spark.deploy.worker.Worker"
_MASTER = "org.apache.spark.deploy.master.Master"


@contextmanager
def running(folder: Path, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a class of Spark in a group of processes of its own."""
    home = Path(pytest.importorskip("pyspark", reason="needs the extra `spark`").__file__).parent
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder / "work")}
    with (folder / f"{name.rpartition('.')[2]}.log").open("ab") as log:
        command = [str(home / "bin" / "spark-class"), name, *arguments]
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those that it started, its executors."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(log: Path, text: str, times: int = 1) -> None:
    until = time.monotonic() + 90
    while not log.is_file() or log.read_text(errors="replace").count(text) < times:
        assert time.monotonic() < until, log.read_text(errors="replace")[-3000:]
        time.sleep(0.2)


def test_a_machine_that_dies_costs_what_it_did_and_nothing_else(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    for path in sorted(NOTES.glob("*.md"))[:2]:
        shutil.copy(path, notes)
    for name, text in ODD.items():
        (notes / name).write_text(text, encoding="utf-8")
    (tmp_path / "conf").mkdir()
    port = free_port()
    settings = f"spark.master spark://127.0.0.1:{port}\nspark.executor.memory 600m\nspark.sql.shuffle.partitions 4\n"
    (tmp_path / "conf" / "spark-defaults.conf").write_text(settings)
    machine = ("--webui-port", "0", "-c", "1", "-m", "700m", f"spark://127.0.0.1:{port}")
    with ExitStack() as stack:
        stack.enter_context(running(tmp_path, _MASTER, "-h", "127.0.0.1", "-p", str(port), "--webui-port", "0"))
        wait_for(tmp_path / "Master.log", "I have been elected leader")
        workers = [stack.enter_context(running(tmp_path, _WORKER, *machine)) for _ in range(2)]
        wait_for(tmp_path / "Master.log", "Registering worker", 2)
        command = [sys.executable, "-m", "papergraph", "spark", str(notes), "-o", str(tmp_path / "out")]
        environment = {**os.environ, "SPARK_CONF_DIR": str(tmp_path / "conf"), "SPARK_LOCAL_IP": "127.0.0.1"}
        job = stack.enter_context(
            subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        )
        said = ""
        assert job.stderr is not None
        for line in job.stderr:
            said += line
            if "resolving names" in line:
                end(workers[0])  # what it shuffled goes with it
        assert job.wait() == 0, said
    assert "Telling app of lost executor" in (tmp_path / "Master.log").read_text(errors="replace")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    quads = "".join((tmp_path / "out" / part["name"]).read_text(encoding="utf-8") for part in manifest["parts"])
    assert quads == canonical_nquads(build_in_memory([notes], Config(corrections="none.tsv"))[0].quads())
