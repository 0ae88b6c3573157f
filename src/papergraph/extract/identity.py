"""Which mentions of one note name the same thing, as far as the note and the vocabulary tell."""

from __future__ import annotations

from papergraph.extract.annotation import Annotation
from papergraph.text.folding import fold

_GROUPS = {"Model": "Method"}


def find_identities(annotation: Annotation) -> tuple[int, ...]:
    """Return for each mention the first mention that names the same thing: by name, vocabulary id or coreference."""
    first: dict[tuple[str, str], int] = {}
    parent = list(range(len(annotation.mentions)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(left: int, right: int) -> None:
        left, right = sorted((find(left), find(right)))
        parent[right] = left

    for index, mention in enumerate(annotation.mentions):
        kind = _GROUPS.get(mention.type, mention.type)
        keys = [(kind, f"name {fold(mention.name) or mention.name}")]
        keys += [(kind, f"id {mention.vocabulary}")] if mention.vocabulary else []
        for key in keys:
            join(index, first.setdefault(key, index))
    for coreference in annotation.coreferences:
        join(coreference.left, coreference.right)
    return tuple(find(index) for index in range(len(parent)))
