"""How long builds and cold commands take on made-up notes, beside bare `bulk_load` of the same quads in the same run.

    python -m benchmarks.increment [--notes 4000] [--kilobytes 7.5] [--folder FOLDER]

Whole processes, with their children; processor time tells more than wall time where other programs run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from benchmarks.made_up_notes import PLURAL, write_notes

from papergraph.pipeline.increment.state import STATE
from papergraph.rdf import canonical_lines
from papergraph.store import open_store

PAPERGRAPH = Path(sys.executable).with_name("papergraph")
_CODE = """
import resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
"""


def measure(*command: str | Path) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and the peak megabytes of one process of a command."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE, *map(str, command)], check=True, stdout=subprocess.PIPE, text=True
    )
    wall, cpu, megabytes = map(float, done.stdout.split())
    return wall, cpu, megabytes


def steps(notes: Path, store: Path) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield what is measured, one after the other."""
    build = (PAPERGRAPH, "-q", "build", notes, "--store", store)
    edited, renaming = sorted(notes.glob("*/*.md"))[10:12]
    yield "first build", measure(*build)
    yield "no change", measure(*build)
    with edited.open("a", encoding="utf-8") as file:
        file.write("\n- SnapKV improves on H2O.\n")
    yield "one edit", measure(*build)
    with edited.open("a", encoding="utf-8") as file:
        file.write("\n- SnapKV extends StreamingLLM.\n")
    yield "another edit", measure(*build)
    with renaming.open("a", encoding="utf-8") as file:
        file.write(f"\n- {PLURAL[:-1]} improves on H2O.\n")
    yield f"edit that renames {PLURAL}", measure(*build)
    yield "lineage", measure(PAPERGRAPH, "lineage", "StreamingLLM", "--store", store)
    yield "show", measure(PAPERGRAPH, "show", "SnapKV", "--store", store)
    yield "check --only-store", measure(PAPERGRAPH, "check", "--only-store", "--store", store)


def bare_load(store: Path, folder: Path) -> tuple[float, float, float]:
    """Load the quads of a store, as text, into a database of its own."""
    text = "".join(canonical_lines(open_store(store).quads())).encode()
    wall, cpu = time.perf_counter(), time.process_time()
    database = ox.Store(str(folder))
    database.bulk_load(text, format=ox.RdfFormat.N_QUADS)
    database.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return time.perf_counter() - wall, time.process_time() - cpu, peak


def main() -> None:
    """Print a table of wall and processor seconds, and the peak memory of the largest process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=4_000)
    parser.add_argument("--kilobytes", type=float, default=7.5)
    parser.add_argument("--folder", type=Path, help="Where the notes and the store are kept.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        notes, store = folder / "notes", folder / "store"
        write_notes(notes, arguments.notes, arguments.kilobytes)
        print(f"{'':30} {'wall s':>8} {'cpu s':>8} {'MB':>7}", flush=True)
        for name, (wall, cpu, megabytes) in steps(notes, store):
            print(f"{name:30} {wall:8.2f} {cpu:8.2f} {megabytes:7.0f}", flush=True)
        wall, cpu, megabytes = bare_load(store, Path(scratch) / "bare")
        print(f"{'bare bulk_load':30} {wall:8.2f} {cpu:8.2f}")
        opened = open_store(store)
        state = (store / STATE).stat().st_size
        print(
            f"{opened.seal.quads:,} quads; {sum(n for _, n in opened.seal.entities):,} entities; state {state:,} bytes"
        )


if __name__ == "__main__":
    main()
