"""What a note calls its work in its front matter is a name of that work."""

from __future__ import annotations

from papergraph.extract import extract
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

OWN = "---\naliases: [Z1, 斑马注意力]\n---\n# ZorbaKV: Sparse Attention for Very Long Zebras\n\nZorbaKV uses LoRA.\n"
OTHER = "# Quagga: Faster Attention for Very Long Zebras\n\nQuagga improves on ZorbaKV.\n"


def test_the_aliases_of_a_note_are_names_of_its_work_in_the_graph(vocabulary: Vocabulary) -> None:
    notes = [extract(parse_document(text, path), vocabulary) for path, text in (("z.md", OWN), ("q.md", OTHER))]
    (zorba,) = [e for e in resolve(notes, vocabulary).entities if e.label == "ZorbaKV"]
    assert {"Z1", "斑马注意力"} <= set(zorba.aliases)
    assert {place.note for place in zorba.places} == {"z.md", "q.md"}


def test_aliases_move_no_claim_to_another_entity(vocabulary: Vocabulary) -> None:
    extraction = extract(parse_document(OWN, "z.md"), vocabulary)
    claims = {
        (extraction.mentions[r.subject].name, r.predicate, extraction.mentions[r.object].name)
        for r in extraction.relations
    }
    assert {
        ("ZorbaKV", "uses", "LoRA"),
        ("ZorbaKV: Sparse Attention for Very Long Zebras", "introduces", "ZorbaKV"),
    } <= claims
