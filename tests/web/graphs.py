"""A graph with years, venues and authors, whose names try to be more than text."""

from __future__ import annotations

from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation
from papergraph.ontology.iri import entity_iri, note_iri
from papergraph.store import GraphStore, memory_store
from tests.graphs import RUN

BIDI = "Ali\u202eecila</a><script>alert(1)</script>"


def thing(name: str, kind: EntityType, **attributes: str) -> Entity:
    iri, places = entity_iri(kind, name), (Place("笔记/a b.md", 1, 0, len(name), name),)
    return Entity(iri, kind, name, attributes=tuple(sorted(attributes.items())), places=places)


def claim(subject: Entity, predicate: Predicate, obj: Entity) -> Relation:
    sentence = f"{subject.label} {predicate} {obj.label}"
    key = f"{subject.iri}-{predicate}-{obj.iri}".replace("/", "_").replace(":", "_")
    evidence = Evidence(
        f"https://w3id.org/papergraph/id/ev/{key}", "笔记/a b.md", 1, 0, 9, sentence, "field", "structure", 0.9
    )
    iri = f"https://w3id.org/papergraph/id/st/{key}"
    return Relation(iri, subject.iri, predicate, obj.iri, 0.9, evidence=(evidence,))


def library() -> Graph:
    """Three papers by three authors at two venues, two methods, a topic, a device and an institution."""
    one = thing("First Paper", "Paper", year="2023", venue="ICML 2023")
    two = thing("Second Paper", "Paper", year="2024", venue="icml'24")
    three = thing("持续学习综述", "Paper", year="2024", venue="计算机学报 2024")
    alice, bob, eve = thing("Alice Liddell", "Person"), thing("李雷", "Person"), thing(BIDI, "Person")
    method, tool = thing("H2O", "Method"), thing("<b>Tool</b>", "Method")
    topic, phone, maker = thing("KV Cache", "Topic"), thing("iPhone", "Hardware"), thing("清华大学", "Institution")
    entities = (one, two, three, alice, bob, eve, method, tool, topic, phone, maker)
    relations = (
        *(claim(one, "authoredBy", who) for who in (alice, bob)),
        *(claim(two, "authoredBy", who) for who in (alice, bob, eve)),
        claim(three, "authoredBy", eve),
        claim(two, "introduces", method),
        claim(method, "hasTopic", topic),
        claim(method, "targetsHardware", phone),
        claim(two, "affiliatedWith", maker),
        claim(tool, "improvesOn", method),
    )
    note = NoteRecord(note_iri("笔记/a b.md"), "笔记/a b.md", "0" * 64)
    return Graph(
        tuple(sorted(entities, key=lambda e: e.iri)), tuple(sorted(relations, key=lambda r: r.iri)), (note,), 0.5
    )


def library_store() -> GraphStore:
    """The same, to be asked."""
    return memory_store(library(), RUN)
