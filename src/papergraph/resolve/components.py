"""Entities from the records of their components: keys that links join, whatever the order of notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from papergraph.model import Entity, Extraction
from papergraph.ontology.iri import digest
from papergraph.resolve.apart import reasons_apart
from papergraph.resolve.entity import Cluster, NoteIndex, make_entity
from papergraph.resolve.joins import Claims, Link, Partition, join
from papergraph.resolve.keys import VOCABULARY, Keys, NoteKeys

#: A note with the keys of its mentions.
KeyedNote = tuple[Extraction, NoteKeys]


@dataclass(frozen=True, slots=True)
class Components:
    """Entities by the keys that stand for them, before corrections and with IRIs that may clash."""

    partition: Partition
    clusters: Mapping[str, Cluster]
    entities: Mapping[str, Entity]


def links_of(notes: Iterable[NoteKeys]) -> Counter[Link]:
    """Return how often the notes state each link."""
    return Counter(link for note in notes for link in note.links)


def claims_of(notes: Iterable[NoteKeys]) -> dict[str, Claims]:
    """Return what the keys of the notes claim; all notes say the same of a key."""
    return {key: claims for note in notes for key, claims in note.claims.items()}


def resolve_components(
    notes: Sequence[KeyedNote],
    links: Mapping[Link, int],
    claims: Mapping[str, Claims],
    keys: Keys,
    base: str,
    wanted: Callable[[str], bool] = lambda _: True,
) -> Components:
    """Return the entities that mentions with `wanted` keys name.

    Wanted keys must be whole components: all that the links join to one of them. `links` and `claims` may be those of
    these keys only, and `notes` those that have one.
    """
    partition = join(claims, links)
    clusters = _clusters(notes, partition, wanted)
    profiles = {owner: cluster.profile() for owner, cluster in clusters.items()}
    apart = reasons_apart(partition, profiles)
    entities = {o: make_entity(c, profiles[o], keys, base, apart.get(o, ())) for o, c in clusters.items()}
    return Components(partition, clusters, entities)


def _clusters(notes: Sequence[KeyedNote], partition: Partition, wanted: Callable[[str], bool]) -> dict[str, Cluster]:
    """Gather the mentions of each thing by the key that stands for it, and the identifiers that it was given."""
    clusters: dict[str, Cluster] = defaultdict(Cluster)
    for extraction, keys in notes:
        note = NoteIndex.of(extraction)
        for index, own in enumerate(keys.own):
            if wanted(own):
                cluster = clusters[owner := partition.owner(own)]
                cluster.members.append((note, index))
                stated = keys.stated.get(index, {})
                cluster.identifiers.update(i for key, i in stated.items() if partition.owner(key) == owner)
    for owner, cluster in clusters.items():
        cluster.vocabulary = partition.claims(owner).get(VOCABULARY, "")
    return clusters


def give_iris(entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """Give entities whose IRIs clash a suffix from their label; one with an identifier, or first by label, has none."""
    by_iri: dict[str, list[str]] = defaultdict(list)
    for owner, entity in entities.items():
        by_iri[entity.iri].append(owner)
    apart = dict(entities)
    for iri, owners in by_iri.items():
        first, *others = sorted(
            owners, key=lambda o: (not entities[o].identifiers, entities[o].label, entities[o].places)
        )
        labels = Counter([entities[first].label])
        for owner in others:
            entity = entities[owner]
            again = str(labels[entity.label] or "")
            labels[entity.label] += 1
            apart[owner] = replace(entity, iri=f"{iri}-{digest(entity.type, entity.label, again, length=6)}")
    return apart
