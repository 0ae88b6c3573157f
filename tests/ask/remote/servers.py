"""SPARQL servers of others, started on the loopback with data of their own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papergraph.ask.remote import Endpoint

_START_SECONDS = 90.0
_VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
DefaultQuery = select distinct ?c where {{[] a ?c}} limit 1
"""


def oxigraph_binary() -> str | None:
    """Return the server of the package `oxigraph`, beside the interpreter or on the path."""
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Endpoint]:
    """Run `oxigraph serve`."""
    with oxigraph_process(folder) as (endpoint, _):
        yield endpoint


@contextmanager
def oxigraph_process(folder: Path) -> Iterator[tuple[Endpoint, subprocess.Popen[bytes]]]:
    """Run `oxigraph serve`, to be killed at any time."""
    port = _free_port()
    binary = oxigraph_binary()
    assert binary
    command = [binary, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, f"http://127.0.0.1:{port}/") as process:
        yield Endpoint(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update"), process


@contextmanager
def virtuoso(folder: Path) -> Iterator[Endpoint]:
    """Run Virtuoso; who updates must say who they are."""
    sql, http = _free_port(), _free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_VIRTUOSO_INI.format(folder=folder, sql=sql, http=http))
    command = ["virtuoso-t", "+foreground", "+wait", "+configfile", str(ini)]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D"):
        root = f"http://127.0.0.1:{http}"
        # What everybody's Virtuoso begins with.
        yield Endpoint(f"{root}/sparql", f"{root}/sparql-auth", user="dba", password="dba")  # noqa: S106


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[subprocess.Popen[bytes]]:
    with (
        (folder / "output").open("wb") as output,
        subprocess.Popen(command, cwd=folder, stdout=output, stderr=output) as process,
    ):
        try:
            _wait(process, probe, folder / "output")
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], probe: str, output: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(probe, timeout=2).close()  # noqa: S310  an address of the loopback
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not start: {output.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
