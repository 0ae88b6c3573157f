"""Small collections of notes and corrections, read in this process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from papergraph.config import Config
from papergraph.correction import CorrectionsFile
from papergraph.extract import extract
from papergraph.model import Extraction, Relation
from papergraph.pipeline.steps import Build, assemble_step, resolve_step
from papergraph.sources import find_notes, parse_document
from papergraph.sources.corrections import parse_corrections
from papergraph.vocabulary import load_vocabulary

HEADER = "decision\tsubject\tpredicate\tobject\tto\tnote\tsentence\n"
VOCABULARY = load_vocabulary()


@lru_cache(maxsize=4096)
def read(path: str, text: str) -> Extraction:
    return extract(parse_document(text, path, sha256="0" * 64), VOCABULARY)


def written(folder: Path, notes: Mapping[str, str]) -> Path:
    """Write notes into a folder and those below it, and nothing else."""
    for old in folder.rglob("*.md"):
        old.unlink()
    for name, text in notes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def rows(*lines: str) -> str:
    """The text of a corrections file; cells are separated by `|`."""
    return HEADER + "".join(line.replace("|", "\t") + "\n" for line in lines)


def built(folder: Path, notes: Mapping[str, str], corrections: str = "") -> Build:
    """Build the graph of notes that are written into a folder, with the corrections in this text."""
    found = find_notes([written(folder, notes)])
    file = parse_corrections(corrections, "corrections.tsv") if corrections else CorrectionsFile()
    extractions = tuple(read(name, text) for name, text in sorted(notes.items()))
    build = Build((folder,), Config(), VOCABULARY, None, lambda *_: None, found, (), extractions, corrections=file)
    return assemble_step(resolve_step(build))


def claims(build: Build) -> dict[tuple[str, str, str], Relation]:
    """The relations of a graph by the labels of their ends; negated ones with `not` before the predicate."""
    labels = {e.iri: e.label for e in build.graph.entities}
    denied = {"positive": "", "negative": "not "}
    return {(labels[r.subject], denied[r.polarity] + r.predicate, labels[r.object]): r for r in build.graph.relations}


def states(build: Build) -> list[str]:
    return [outcome.state for outcome in build.outcomes]
