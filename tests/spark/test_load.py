"""The scripts that load what a job wrote into other stores."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from papergraph.rdf import canonical_lines
from papergraph.store import open_store
from tests.ask.remote.servers import oxigraph_binary, virtuoso
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs" / "load"
_COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o FILTER(CONTAINS(STR(?g), 'papergraph')) } }"


def load(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    beside = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"}
    command = ["sh", str(SCRIPTS / name), *map(str, arguments)]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, env=environment, capture_output=True, text=True, check=False
    )


def write_output(folder: Path, store: Path) -> list[str]:
    """Write the quads of a store as a job does, in three parts, and return their lines."""
    lines = canonical_lines(open_store(store).quads())
    (folder / "nquads").mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    for number in range(3):
        part = lines[number * len(lines) // 3 : (number + 1) * len(lines) // 3]
        (folder / "nquads" / f"part-{number:05}.nq").write_text("".join(part), encoding="utf-8")
    return lines


@pytest.mark.parametrize("script", sorted(path.name for path in SCRIPTS.iterdir()))
def test_what_is_not_finished_is_not_loaded(script: str, tmp_path: Path) -> None:
    done = load(script, tmp_path, tmp_path / "index")
    assert (done.returncode, "the job has not finished" in done.stderr) == (1, True)


@pytest.mark.skipif(not oxigraph_binary(), reason="needs the package `oxigraph`, which `make` installs")
def test_oxigraph_has_every_quad(tmp_path: Path, demo_store: Path) -> None:
    lines = write_output(tmp_path / "out", demo_store)
    done = load("oxigraph.sh", tmp_path / "out", tmp_path / "database")
    assert done.returncode == 0, done.stderr
    assert canonical_lines(ox.Store.read_only(str(tmp_path / "database"))) == lines


def stand_in(folder: Path, name: str) -> Path:
    """Make a program that writes down its arguments and what comes in."""
    program = folder / name
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{folder}/arguments"\ncat >"{folder}/input"\n')
    program.chmod(0o755)
    return program


def test_programs_that_are_not_here_are_called_as_they_document(
    tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    lines = write_output(out, demo_store)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    stand_in(tmp_path, "qlever-index")
    assert load("qlever.sh", out, tmp_path / "index").returncode == 0
    assert (tmp_path / "input").read_text(encoding="utf-8") == "".join(lines)
    expected = ["-i", f"{tmp_path}/index", "-s", f"{tmp_path}/index.settings.json", "-F", "nq", "-f", "-", "-p", "true"]
    assert (tmp_path / "arguments").read_text().splitlines() == expected
    stand_in(tmp_path, "importrdf")
    parts = [f"{out}/nquads/part-{number:05}.nq" for number in range(3)]
    assert load("graphdb.sh", out, "a.ttl", "a folder").returncode == 0
    given = ["preload", "--force", "-q", "a folder", "-c", "a.ttl", *parts]
    assert (tmp_path / "arguments").read_text().splitlines() == given


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("virtuoso-t"), reason="needs Debian's virtuoso-opensource, which .ci/run installs")
def test_virtuoso_has_every_quad(tmp_path: Path, demo_store: Path) -> None:
    lines = write_output(tmp_path / "out", demo_store)
    with virtuoso(tmp_path) as endpoint:
        (port,) = re.findall(r"\[Parameters\]\nServerPort = 127.0.0.1:(\d+)", (tmp_path / "virtuoso.ini").read_text())
        done = load("virtuoso.sh", tmp_path / "out", port, "2")
        assert done.returncode == 0, done.stderr
        answer, _ = endpoint.query(_COUNT, "text/csv")
    assert int(answer.split()[-1]) == len(lines)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("virtuoso-t"), reason="needs Debian's virtuoso-opensource, which .ci/run installs")
def test_virtuoso_loads_again_what_failed(tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = write_output(tmp_path / "out", demo_store)
    client = tmp_path / "programs" / "isql-vt"
    client.parent.mkdir()
    failed = "UPDATE DB.DBA.load_list SET ll_state = 2, ll_error = '23000 SR197: Non unique primary key'"
    client.write_text(
        f'#!/bin/sh\ncase "$*" in *rdf_loader_run*) test -e "{client}.once" || {{ touch "{client}.once"; '
        f'set -- "$1" "$2" "$3" "exec={failed};"; }} ;; esac\nexec "{shutil.which("isql-vt")}" "$@"\n'
    )
    client.chmod(0o755)
    monkeypatch.setenv("PATH", str(client.parent), prepend=os.pathsep)
    with virtuoso(tmp_path) as endpoint:
        (port,) = re.findall(r"\[Parameters\]\nServerPort = 127.0.0.1:(\d+)", (tmp_path / "virtuoso.ini").read_text())
        done = load("virtuoso.sh", tmp_path / "out", port)
        assert done.returncode == 0, done.stderr
        answer, _ = endpoint.query(_COUNT, "text/csv")
    assert Path(f"{client}.once").exists()
    assert int(answer.split()[-1]) == len(lines)
