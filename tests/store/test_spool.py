"""Quads on their way into a generation: each once, in parts, with the digest that the store has."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from papergraph.rdf import canonical_lines, digest_of, to_quads
from papergraph.store import spool as module
from papergraph.store.spool import spooled
from tests.graphs import small_graph

GRAPH = small_graph()


def test_each_quad_is_written_once_and_counts_once(tmp_path: Path) -> None:
    quads = list(to_quads(GRAPH))
    lines = canonical_lines(quads)
    with spooled([*quads, *reversed(quads)], tmp_path) as spool:
        assert (spool.quads, spool.digest) == (len(lines), digest_of(lines))
        written = b"".join(spool.parts()).decode().splitlines(keepends=True)
        assert sorted(written) == lines
        assert len(list(spool.parts())) == 1, "it can be read again"


def test_parts_are_of_whole_lines_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART", 1000)
    store = Store()
    with spooled(to_quads(GRAPH), tmp_path) as spool:
        parts = list(spool.parts())
        for part in parts:
            store.bulk_load(part, format=RdfFormat.N_QUADS)
        assert len(store) == spool.quads
    assert len(parts) > 3
    assert max(map(len, parts)) < 3000


def test_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    with spooled(to_quads(GRAPH), tmp_path) as spool:
        assert spool.quads
    assert not list(tmp_path.iterdir())
