"""What the tests of the store build, and where it lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from papergraph.model import Graph
from papergraph.store.folder import MARKER
from papergraph.store.pointer import read_pointer, write_pointer
from papergraph.store.seal import generation_name
from tests import graphs

GRAPH = graphs.small_graph()
SMALLER = Graph(GRAPH.entities, GRAPH.relations[:5], GRAPH.notes)


def generation(folder: Path) -> Path:
    """Return the folder of the current generation."""
    return folder / "generations" / read_pointer(folder).current


def generations(folder: Path) -> set[str]:
    """Return the names of all generations."""
    return {g.name for g in (folder / "generations").iterdir()}


def files(folder: Path) -> list[Path]:
    """Return all files of a store."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def renew(folder: Path, old: str, new: str) -> None:
    """Change the seal of the current generation, and its name with it."""
    here = generation(folder)
    text = (here / "seal.json").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    (here / "seal.json").write_text(text, encoding="utf-8")
    here.rename(here.with_name(generation_name(text)))
    write_pointer(folder, replace(read_pointer(folder), current=generation_name(text)))


def make_old(folder: Path) -> None:
    """Make the store one of an earlier format."""
    renew(folder, '"format": 3', '"format": 2')
    (folder / MARKER).write_text('{"format": 2}\n')
