"""Names become entities of the graph, or are asked back."""

from __future__ import annotations

import pytest

from papergraph.ask.memory import MemoryGraph
from papergraph.config import Config
from papergraph.correction import Decision
from papergraph.errors import CorrectionError
from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation
from papergraph.ontology.iri import evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import BASE, predicate_iri
from papergraph.pipeline.corrections.decide import decide
from papergraph.store import memory_store
from tests import graphs


def thing(kind: EntityType, label: str, *aliases: str, number: str = "") -> Entity:
    identifiers = (f"arXiv:{number}",) if number else ()
    place = Place("a.md", 1, 0, 4, label)
    return Entity(
        f"{BASE}x/{kind}-{label.rsplit(maxsplit=1)[-1]}-{number}", kind, label, aliases, identifiers, places=(place,)
    )


METHOD, DATASET = thing("Method", "Zorb"), thing("Dataset", "Zorb")
MODEL, OTHER = thing("Model", "Quell", "Q1"), thing("Method", "Tern", "Q1")
PAPERS = tuple(thing("Paper", "Learning to Forget", number=n) for n in ("2401.00001", "2401.00002"))
NOTE = NoteRecord(note_iri("a.md"), "a.md", "0" * 64)


def claim(subject: Entity, predicate: Predicate, obj: Entity) -> Relation:
    iri = statement_iri(subject.iri, predicate_iri(predicate), obj.iri)
    evidence = Evidence(evidence_iri(iri, "a.md", "S.", "r"), "a.md", 1, 0, 2, "S.", "r", "prose", 0.8)
    return Relation(iri, subject.iri, predicate, obj.iri, 0.8, evidence=(evidence,))


@pytest.fixture
def source() -> MemoryGraph:
    entities = tuple(sorted((METHOD, DATASET, MODEL, OTHER, *PAPERS), key=lambda e: e.iri))
    relations = (claim(METHOD, "extends", MODEL), claim(MODEL, "evaluatedOn", DATASET), claim(OTHER, "uses", MODEL))
    return MemoryGraph(memory_store(Graph(entities, relations, (NOTE,)), graphs.RUN))


def decided(
    source: MemoryGraph, decision: Decision, subject: str, predicate: str = "", obj: str = "", **more: str
) -> str:
    cells = {"subject": subject, "predicate": predicate, "object": obj, **more}
    return str(decide(source, decision, cells, Config()))


def test_of_several_entities_with_a_name_none_is_guessed(source: MemoryGraph) -> None:
    with pytest.raises(CorrectionError, match="names several entities: Dataset:Zorb, Method:Zorb; write the type"):
        decided(source, "label", "Zorb", to="Z")
    assert decided(source, "label", "Dataset:zorb", to="Z") == "label Dataset:Zorb -> Z"


def test_a_claim_says_which_entities_are_meant(source: MemoryGraph) -> None:
    assert decided(source, "reject", "Zorb", "extends", "Quell") == "reject Method:Zorb extends Model:Quell"
    assert decided(source, "accept", "Quell", "evaluatedOn", "Zorb") == "accept Model:Quell evaluatedOn Dataset:Zorb"
    assert decided(source, "reject", "Q1", "uses", "Q1") == "reject Method:Tern uses Model:Quell"
    with pytest.raises(CorrectionError, match="it has: Quell evaluatedOn Zorb, Zorb extends Quell"):
        decided(source, "reject", "Quell", "extends", "Zorb")


def test_papers_with_one_title_are_told_apart_by_their_identifiers(source: MemoryGraph) -> None:
    with pytest.raises(CorrectionError, match=r"Paper:arXiv:2401.00001, Paper:arXiv:2401.00002; write"):
        decided(source, "not-entity", "Learning to Forget")
    assert decided(source, "not-entity", "arXiv:2401.00002") == "not-entity Paper:arXiv:2401.00002"


def test_a_split_keeps_the_names_as_they_are_given(source: MemoryGraph) -> None:
    assert decided(source, "different", "Model:Quell", obj="Q1") == "different Model:Quell Model:Q1"
    assert decided(source, "different", "Tern", obj="Quell") == "different Method:Tern Model:Quell"


def test_namesakes_are_told_apart_by_another_name() -> None:
    twins = thing("Method", "Zorb", "Zorbing", number=""), Entity(f"{BASE}x/2", "Method", "Zorb", ("Zorb cache",))
    source = MemoryGraph(memory_store(Graph(twins, (), (NOTE,)), graphs.RUN))
    same = decided(source, "same", twins[0].iri, obj=twins[1].iri)
    assert same == "same Method:Zorbing Method:Zorb cache"
    bare = thing("Method", "Zorb"), Entity(f"{BASE}x/2", "Method", "Zorb")
    with pytest.raises(CorrectionError, match="several entities of the type Method are called 'Zorb'"):
        decided(MemoryGraph(memory_store(Graph(bare, (), (NOTE,)), graphs.RUN)), "not-entity", bare[0].iri)
