"""How the time to read a hostile note grows with its size: doubling the size costs about twice the time.

    python -m benchmarks.growth [FAMILY ...] [--all] [--write docs/safety.md]

Each family repeats one shape that once cost, or could cost, more than its share. Processor time of reading, extraction
and resolution together, in a process of its own for each family.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from tests.extract.families import FAMILIES as OF_EXTRACTION
from tests.sources.families import FAMILIES as OF_READING

#: What a doubling may cost at most.
LIMIT = 2.6
SIZES = (250_000, 500_000, 1_000_000)
FAMILIES = {
    **{f"reading: {name}": family for name, family in OF_READING.items()},
    **{f"extraction: {name}": family for name, family in OF_EXTRACTION.items()},
}
#: Those of the table in docs/safety.md; `--all` measures the others too, which takes an hour or two.
CHOSEN = (
    *(
        f"reading: {name}"
        for name in (
            *("blanks", "blanks before a colon", "front matter with brackets", "nested bold", "character references"),
            *("a URL with marks at its end", "wikilinks", "mojibake", "redirectors", "items nested twenty deep"),
            *("backticks of odd length", "a long table", "nested quotes"),
        )
    ),
    *(
        f"extraction: {name}"
        for name in (
            *("blanks between numbers", "blanks between cues", "a Chinese technique", "H2O", "H2O and LoRA"),
            *("known names in one line", "unknown names in one line", "ambiguous names", "every cue with names"),
            *("a table of results", "a table of results with its own method", "one word", "headings", "tags"),
            *("bullets", "papers", "definitions", "institutions in a clause", "people", "names of components"),
            *("sentences with new names", "addresses in a paragraph", "mixed"),
        )
    ),
)
_PLACE = re.compile(r"(?<=<!-- growth -->\n).*?(?=<!-- /growth -->)", re.DOTALL)


def seconds(text: str) -> float:
    """Return the CPU seconds of reading, extracting and resolving one note."""
    from papergraph.errors import NoteError
    from papergraph.extract import extract
    from papergraph.resolve import resolve
    from papergraph.sources import read_document
    from papergraph.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    extract(read_document("warm.md", b"- SnapKV improves on H2O"), vocabulary)
    data = text.encode("utf-8", "surrogatepass")
    start = time.process_time()
    with contextlib.suppress(NoteError):  # refused, which takes time too
        resolve([extract(read_document("note.md", data), vocabulary)], vocabulary)
    return time.process_time() - start


def measure(name: str) -> list[float]:
    """Return the CPU seconds of a family at each size; where they grow fast, the smallest of two runs counts."""
    command = [sys.executable, "-m", "benchmarks.growth", "--one", name]

    def run() -> list[float]:
        return [float(s) for s in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]

    found = run()
    grows = any(later > LIMIT * earlier for earlier, later in pairwise(found))
    return [min(pair) for pair in zip(found, run(), strict=True)] if grows else found


def row(name: str, times: list[float]) -> str:
    """Return a line of the table."""
    small, middle, large = times
    first, second = (f"{b / a:.1f}" if b >= 0.05 else "-" for a, b in ((small, middle), (middle, large)))
    return f"| {name} | {small:.2f} | {middle:.2f} | {large:.2f} | {first} | {second} |"


def main() -> None:
    """Measure and print the table; with --write, put it into a document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", default=CHOSEN)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(*(seconds(FAMILIES[arguments.one](size)) for size in SIZES))
        return
    lines = ["| family | 250 kB | 500 kB | 1 MB | growth | growth |", "|---|---|---|---|---|---|"]
    print(*lines, sep="\n")
    for name in FAMILIES if arguments.all else arguments.families:
        lines.append(row(name, measure(name)))
        print(lines[-1], flush=True)
    if arguments.write:
        table = "\n".join([*lines, ""])
        text = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(_PLACE.sub(lambda _: table, text), encoding="utf-8")


if __name__ == "__main__":
    main()
