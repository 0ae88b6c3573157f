"""How long a cold `papergraph lineage H2O` takes beside `python -c pass`: whole processes, in turn, medians."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAPERGRAPH = Path(sys.executable).with_name("papergraph")


def wall_seconds(command: list[str]) -> float:
    """Return the wall time of one run of `command`, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print a table with the median wall time of each command and its ratio to bare Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", nargs="?", default=str(ROOT / "data" / "notes"))
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        subprocess.run(
            [PAPERGRAPH, "-q", "build", arguments.notes, "--store", store], check=False, stdout=subprocess.DEVNULL
        )
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "papergraph --version": [str(PAPERGRAPH), "--version"],
            "papergraph lineage H2O": [str(PAPERGRAPH), "lineage", "H2O", "--store", store],
            "papergraph show H2O": [str(PAPERGRAPH), "show", "H2O", "--store", store],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                times[name].append(wall_seconds(command))
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':26} {'median s':>9} {'min':>7} {'max':>7} {'x python':>9}")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{name:26} {middle:9.3f} {min(seconds):7.3f} {max(seconds):7.3f} {middle / bare:9.1f}")


if __name__ == "__main__":
    main()
