"""Which mentions of one note name the same thing, as far as the note and the vocabulary tell."""

from __future__ import annotations

from papergraph.extract.annotation import Annotation
from papergraph.ontology.kinds import group_of
from papergraph.ontology.sameness import DisjointSets
from papergraph.text.folding import fold


def find_identities(annotation: Annotation) -> tuple[int, ...]:
    """Return for each mention the first mention that names the same thing: by name, id or coreference."""
    first: dict[tuple[str, str], int] = {}
    sets = DisjointSets[int]()
    for index, mention in enumerate(annotation.mentions):
        kind = group_of(mention.type)
        keys = [(kind, f"name {fold(mention.name) or mention.name}")]
        keys += [(kind, f"id {mention.vocabulary}")] if mention.vocabulary else []
        keys += [(kind, f"id {identifier}") for identifier in mention.identifiers if mention.type == "Paper"]
        for key in keys:
            if (other := first.setdefault(key, index)) != index:
                sets.join((other, index))
    for coreference in annotation.coreferences:
        sets.join((coreference.left, coreference.right))
    return tuple(map(sets.find, range(len(annotation.mentions))))
