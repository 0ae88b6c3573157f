"""No byte of a store can change in silence: whatever was built is refused, or answers as before."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from papergraph.ask.named import choose_query, read_queries
from papergraph.ask.query import ask
from papergraph.errors import StoreError
from papergraph.insight.lineage import trace_lineage
from papergraph.insight.show import read_profile
from papergraph.report import render_lineage, render_profile
from papergraph.store import GraphStore, open_store
from tests.repeats import repeats

FLIPS = repeats(200)
ASKED = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o FILTER(ISIRI(?o)) } GROUP BY ?p ORDER BY ?p",
    "SELECT ?a ?b { ?a pg:improvesOn ?b } ORDER BY ?a ?b",
    "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l",
)


def answers(store: GraphStore) -> list[str]:
    """Return what people get to see of a graph."""
    h2o = store.find("H2O")[0].iri
    ready = choose_query("what-builds-on", read_queries()).text
    return [
        *(str(ask(store, query)) for query in (*ASKED, ready)),
        render_lineage(trace_lineage(store, h2o)),
        render_profile(read_profile(store, h2o)),
    ]


@pytest.mark.slow
def test_of_many_flipped_bytes_none_changes_an_answer(demo_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(demo_store, folder, ignore=shutil.ignore_patterns("cache"))
    expected = answers(open_store(folder))
    chance = random.Random(11)  # noqa: S311  nothing secret
    candidates = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
    sizes = [path.stat().st_size for path in candidates]
    outcomes = Counter[str]()
    for number in range(FLIPS):
        # Every second time small files have the chance of large ones.
        path = chance.choices(candidates, sizes if number % 2 else None)[0]
        place, bit = chance.randrange(path.stat().st_size), 1 << chance.randrange(8)
        flip(path, place, bit)
        outcomes[outcome(folder, expected, f"{path.relative_to(folder)} at {place}")] += 1
        flip(path, place, bit)
    assert answers(open_store(folder, verify=True)) == expected
    assert set(outcomes) == {"refused", "harmless"}, outcomes
    assert outcomes["refused"] > FLIPS // 2


def outcome(folder: Path, expected: list[str], place: str) -> str:
    try:
        return "harmless" if answers(open_store(folder)) == expected else f"silent: {place}"
    except StoreError:
        return "refused"


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))
