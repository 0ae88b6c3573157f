"""Which mentions name one thing, in one note and over all notes, and why.

Mentions meet under keys: the vocabulary's id, a paper's identifier or title, the folded name within its kind. A
definition in a note (`Position Interpolation (PI)`) joins its two forms in that note only: another's PI stays apart.
Nothing is merged because names are similar: a wider concept is not a spelling of a narrower one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from papergraph.iri import digest
from papergraph.model import Entity, Extraction, Resolution
from papergraph.resolve.entity import Cluster, NoteIndex, make_entity
from papergraph.resolve.keys import Keys
from papergraph.terms import BASE
from papergraph.vocabulary import Vocabulary

__all__ = ["resolve"]


def resolve(extractions: Sequence[Extraction], vocabulary: Vocabulary, *, base: str = BASE) -> Resolution:
    """Return the entities that the mentions of `extractions` name; the order of the extractions does not matter."""
    keys = Keys.of(extractions, vocabulary)
    keyed = [keys.of_note(extraction) for extraction in extractions]
    sets = _Sets()
    for keys_of_mentions in keyed:
        for own, *others in keys_of_mentions:
            for other in others:
                sets.union(own, other)
    clusters: dict[str, Cluster] = defaultdict(Cluster)
    owners: list[list[str]] = []
    for extraction, keys_of_mentions in zip(extractions, keyed, strict=True):
        note = NoteIndex.of(extraction)
        owners.append([sets.find(own) for own, *_ in keys_of_mentions])
        for index, owner in enumerate(owners[-1]):
            clusters[owner].members.append((note, index))
    entities = _apart({owner: make_entity(cluster, keys, base) for owner, cluster in clusters.items()})
    return Resolution(
        tuple(sorted(entities.values(), key=lambda e: e.iri)),
        tuple(tuple(entities[owner].iri for owner in note) for note in owners),
    )


class _Sets:
    """Disjoint sets of keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        root = key
        while (above := self._parent.setdefault(root, root)) != root:
            root = above
        while key != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def union(self, left: str, right: str) -> None:
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low


def _apart(entities: dict[str, Entity]) -> dict[str, Entity]:
    """Give entities whose IRIs clash a suffix from their label; one with an identifier, or first by label, has none."""
    by_iri: dict[str, list[str]] = defaultdict(list)
    for owner, entity in entities.items():
        by_iri[entity.iri].append(owner)
    apart = dict(entities)
    for iri, owners in by_iri.items():
        first, *others = sorted(
            owners, key=lambda o: (not entities[o].identifiers, entities[o].label, entities[o].places)
        )
        for rank, owner in enumerate(others, 1):
            entity = entities[owner]
            again = str(rank) if entity.label == entities[first].label else ""
            apart[owner] = replace(entity, iri=f"{iri}-{digest(entity.type, entity.label, again, length=6)}")
    return apart
