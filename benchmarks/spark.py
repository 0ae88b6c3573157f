"""What a build on Spark takes for made-up notes, beside bare Spark that reads and hashes the same text in the same run.

    python -m benchmarks.spark [--notes 1000 10000] [--kilobytes 7.5] [--folder FOLDER]

Whole processes with their children, which are looked at twice a second: processor time, and the memory of the largest
one. Needs the extra `spark` and Java.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made_up_notes import write_notes

PAPERGRAPH = (sys.executable, "-m", "papergraph", "-q")
_BARE = """
import hashlib, sys
from papergraph.spark import open_session
session = open_session()
files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(sys.argv[1])
hashes = files.selectExpr("sha2(content, 256) hash").distinct()
print(hashes.count())
"""
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(*command: str | Path) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds, and the peak megabytes of the largest process of a command."""
    start, cpu, peak = time.perf_counter(), dict[int, float](), 0.0
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid, seconds, megabytes in _descendants(process.pid):
                cpu[pid] = seconds
                peak = max(peak, megabytes)
            time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"{command} failed")
    return time.perf_counter() - start, sum(cpu.values()), peak


def _descendants(root: int) -> Iterator[tuple[int, float, float]]:
    """Yield the id, the processor seconds and the megabytes of a process and of all below it."""
    found: dict[int, tuple[int, float, float]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                pages = int((folder / "statm").read_text().split()[1])
            except OSError:
                continue
            seconds = (int(fields[11]) + int(fields[12])) / _TICKS
            found[int(folder.name)] = int(fields[1]), seconds, pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    inside, size = {root}, 0
    while len(inside) != size:
        size = len(inside)
        inside |= {pid for pid, (above, _, _) in found.items() if above in inside}
    yield from ((pid, *found[pid][1:]) for pid in inside & found.keys())


def main() -> None:
    """Print a table: for each number of notes bare Spark, a job, and the job again in both ways, with notes read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--kilobytes", type=float, default=7.5)
    parser.add_argument("--folder", type=Path, help="Where the notes and the outputs are kept.")
    arguments = parser.parse_args()
    print(f"{'':41} {'wall s':>8} {'cpu s':>8} {'MB':>7}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for count in arguments.notes:
            folder = (arguments.folder or Path(scratch)) / str(count)
            notes, output = folder / "notes", folder / "graph"
            if not notes.is_dir():
                write_notes(notes, count, arguments.kilobytes)
            job = (*PAPERGRAPH, "spark", notes, "--output", output)
            for name, command in (
                ("bare Spark: read and hash", (sys.executable, "-c", _BARE, notes)),
                ("papergraph spark", job),
                ("... again, all notes read before", job),
                ("... again, names on workers", (*job, "--names-on", "workers")),
            ):
                wall, cpu, megabytes = measure(*command)
                print(f"{count:7,} {name:33.33} {wall:8.0f} {cpu:8.0f} {megabytes:7.0f}", flush=True)
            manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
            print(f"{count:7,} {manifest['quads']:,} quads in {len(manifest['parts'])} parts", flush=True)


if __name__ == "__main__":
    main()
