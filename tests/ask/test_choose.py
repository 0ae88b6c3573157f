"""What a name means, why, and what else it could mean: the same wherever a name is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import papergraph as pg
from papergraph.ask.choose import choose
from papergraph.ask.named import parse_query
from papergraph.ask.parameters import fill_parameters
from papergraph.errors import UnknownNameError
from papergraph.model import ENTITY_TYPES, Entity, EntityType, Graph
from papergraph.store import GraphStore, memory_store, write_generation
from tests import graphs
from tests.conftest import Run

PLACES = graphs.small_graph().entities[0].places
NOTES = graphs.small_graph().notes
BASE = "https://w3id.org/papergraph/id/"
FILED = Entity(f"{BASE}topic/heads", "Topic", "Heads", places=PLACES * 9)
METHOD = Entity(f"{BASE}method/heads", "Method", "HEADS", places=PLACES)
PAPER = Entity(f"{BASE}paper/heads", "Paper", "Heads", ("heads up",), ("arXiv:2401.00001",), (), PLACES * 3)
RARE = Entity(f"{BASE}dataset/one", "Dataset", "Set", places=PLACES)
OFTEN = Entity(f"{BASE}dataset/two", "Dataset", "Set", places=PLACES * 2)


def store_of(*entities: Entity) -> GraphStore:
    return memory_store(Graph(tuple(sorted(entities, key=lambda e: e.iri)), (), NOTES), graphs.RUN)


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return store_of(FILED, METHOD, PAPER, RARE, OFTEN)


def test_a_method_comes_before_the_paper_and_the_topic_that_share_its_name(store: GraphStore) -> None:
    chosen = choose(store, "Heads")
    assert (chosen.iri, chosen.match, chosen.preference) == (METHOD.iri, "label", "its type")
    assert [c.iri for c in chosen.alternatives] == [PAPER.iri, FILED.iri]
    assert chosen.candidates[0] == chosen.candidate


def test_the_type_that_was_asked_for_comes_first(store: GraphStore) -> None:
    chosen = choose(store, "Heads", "Topic")
    assert (chosen.iri, chosen.preference) == (FILED.iri, "the type asked for")
    assert choose(store, "Heads", "Person").iri == METHOD.iri


def test_among_one_type_the_one_named_most_often_comes_first(store: GraphStore) -> None:
    chosen = choose(store, "set")
    assert (chosen.iri, chosen.preference) == (OFTEN.iri, "named most often")


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("HEADS UP", "alias"),
        ("arXiv:2401.00001", "identifier"),
        ("2401.00001", "identifier"),
        ("paper:heads", "IRI"),
        (PAPER.iri, "IRI"),
    ],
)
def test_the_match_says_how_the_name_fits(store: GraphStore, name: str, match: str) -> None:
    chosen = choose(store, name)
    assert (chosen.iri, chosen.match, chosen.preference) == (PAPER.iri, match, "the only one")
    assert chosen.alternatives == ()


def test_an_unknown_name_gets_suggestions(store: GraphStore) -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        choose(store, "Headss")


@given(
    st.lists(st.tuples(st.sampled_from(ENTITY_TYPES), st.integers(0, 3)), min_size=1, max_size=6),
    st.sampled_from([None, *ENTITY_TYPES]),
)
def test_the_choice_is_one_of_those_with_the_name_and_hides_none(
    kinds: list[tuple[EntityType, int]], prefer: EntityType | None
) -> None:
    entities = [
        Entity(f"{BASE}x/{number}", kind, "Same", places=PLACES * mentions)
        for number, (kind, mentions) in enumerate(kinds)
    ]
    store = store_of(*entities)
    chosen = choose(store, "same", prefer)
    assert {c.iri for c in chosen.candidates} == {e.iri for e in entities}
    assert len(chosen.candidates) == len(entities)
    if prefer in {kind for kind, _ in kinds}:
        assert chosen.candidate.type == prefer
    assert choose(store, chosen.iri).match == "IRI"


def test_a_parameter_prefers_the_kind_of_its_default(store: GraphStore) -> None:
    for default, meant in (("topic:kv-cache", FILED), ("paper:x", PAPER), ("method:h2o", METHOD)):
        query = parse_query("q", f"# @param x\nSELECT * {{ VALUES ?x {{ {default} }} ?x ?p ?o }}")
        assert f"<{meant.iri}>" in fill_parameters(store, query, {"x": "heads"})


def test_commands_pages_and_python_choose_alike_and_say_so(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write_generation(folder, Graph(tuple(sorted((FILED, METHOD, PAPER), key=lambda e: e.iri)), (), NOTES), graphs.RUN)
    shown = run("show", "Heads", "--store", folder)
    assert f"<{METHOD.iri}>" in shown.out
    assert f"Heads: using the Method (its type); other matches: Heads (Paper, {PAPER.iri}), Heads (Topic" in shown.err
    graph = pg.open_graph(folder)
    assert graph.show("Heads").profile.iri == graph.find("Heads").iri == METHOD.iri
    assert [c.type for c in graph.lineage("Heads").choice.alternatives] == ["Paper", "Topic"]
    viewed = run("view", "--topic", "Heads", "--store", folder, "-o", tmp_path / "t.html")
    assert "Heads: using the Topic (the type asked for)" in viewed.err
    assert {e.iri for e in graph.page(topic="Heads").graph.entities} == {FILED.iri}
