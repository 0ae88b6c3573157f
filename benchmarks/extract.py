"""Speed of reading, extraction and resolution, beside a bare spaCy tokeniser with a PhraseMatcher, in one run.

    python benchmarks/extract.py FOLDER [--every N]

Both sides run in one process on the same texts, in turns; the best of three rounds counts. MB are those of the files.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from papergraph.errors import NoteError
from papergraph.extract import extract
from papergraph.resolve import resolve
from papergraph.sources import find_notes, read_bytes, read_document
from papergraph.system.garbage import rare_collections
from papergraph.vocabulary import load_vocabulary

ROUNDS = 3


def read(folder: Path, every: int) -> list[tuple[str, bytes]]:
    """Return name and bytes of every `every`-th readable note of a folder."""
    notes = find_notes([folder]).notes
    found = []
    for note in notes[::every]:
        try:
            data = read_bytes(note)
            read_document(note.name, data)
        except NoteError:
            continue
        found.append((note.name, data))
    return found


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    notes = read(arguments.folder, arguments.every)
    megabytes = sum(len(data) for _, data in notes) / 1e6
    vocabulary = load_vocabulary()
    blank = spacy.blank("xx")
    blank.max_length = 10**9
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("NAME", [blank.make_doc(form) for entry in vocabulary.entries for form in entry.forms])

    def ours() -> None:
        documents = (read_document(name, data) for name, data in notes)
        with rare_collections():
            resolve([extract(document, vocabulary) for document in documents], vocabulary)

    def bare() -> None:
        for _, data in notes:
            matcher(blank(data.decode("utf-8", "replace")))

    best = [min(times) for times in zip(*((seconds(ours), seconds(bare)) for _ in range(ROUNDS)), strict=True)]
    print(f"{len(notes)} notes, {megabytes:.2f} MB")
    print(f"{'':32}{'CPU s':>8}{'MB/s':>8}{'x bare':>8}")
    for label, spent in zip(("read, extract and resolve", "spaCy tokens + PhraseMatcher"), best, strict=True):
        print(f"{label:32}{spent:8.2f}{megabytes / spent:8.2f}{spent / best[1]:8.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
