"""A generation that is made from the one before it is that of the changed graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.errors import StoreError
from papergraph.model import Graph
from papergraph.rdf import to_quads
from papergraph.store import Change, change_graph, memory_store, open_current, open_store, verify_store, writing
from tests import graphs
from tests.store.folders import GRAPH, SMALLER, files, generation, generations
from tests.store.test_damage import flip

RUN = replace(graphs.RUN, configuration="d" * 64)
GONE = Graph(tuple(e for e in SMALLER.entities if e.iri != graphs.MMLU), SMALLER.relations, SMALLER.notes)


def change_to(graph: Graph) -> Change:
    old, new = (frozenset(to_quads(g, threshold=0.5)) for g in (GRAPH, graph))
    left = {entity.iri for entity in graph.entities}
    return Change(
        old - new,
        new - old,
        tuple((entity.iri, str(entity.type)) for entity in GRAPH.entities if entity.iri not in left),
        (),
        [relation.predicate for relation in GRAPH.relations],
        [relation.predicate for relation in graph.relations],
    )


@pytest.mark.parametrize("graph", [GRAPH, SMALLER, GONE])
def test_the_seal_is_that_of_the_whole_graph(folder: Path, graph: Graph) -> None:
    with writing(folder) as held:
        seal = change_graph(held, open_current(held), change_to(graph), RUN)
    assert seal == memory_store(graph, RUN).seal
    opened = open_store(folder, verify=True)
    assert opened.seal == seal
    assert opened.read_graph() == graph
    assert verify_store(folder).damage == ()


def test_files_are_shared_with_the_generation_before_and_that_is_as_it_was(folder: Path) -> None:
    before = {path: path.read_bytes() for path in files(generation(folder))}
    with writing(folder) as held:
        change_graph(held, open_current(held), change_to(SMALLER), RUN)
    assert {path: path.read_bytes() for path in before} == before
    assert any(path.stat().st_nlink > 1 for path in generation(folder).glob("graph/*.sst"))
    assert len(generations(folder)) == 2


def test_a_change_of_another_graph_is_refused_and_nothing_is_done(folder: Path) -> None:
    here, change = generation(folder), change_to(SMALLER)
    for wrong in (replace(change, removed=change.removed | change_to(Graph()).added, added=change.removed), None):
        with writing(folder) as held:
            before = open_current(held)
            unfit = wrong or Change(frozenset(), frozenset(to_quads(SMALLER)))
            with pytest.raises(StoreError, match="the change does not fit the graph"):
                change_graph(held, before, unfit, RUN)
    assert generation(folder) == here
    assert generations(folder) == {here.name}
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_nothing_is_made_from_a_damaged_generation(folder: Path) -> None:
    flip(max(generation(folder).glob("graph/*.sst")))
    with writing(folder) as held, pytest.raises(ValueError, match="has changed since it was built"):
        open_current(held)
