"""Which mentions name one thing, in one note and over all notes, and why.

Mentions meet under keys: the vocabulary's id, a paper's identifier or title, the folded name within its kind. A
definition in a note (`Position Interpolation (PI)`) joins its two forms in that note only: another's PI stays apart.
Nothing is merged because names are similar: a wider concept is not a spelling of a narrower one. And nothing is merged
that has two identifiers of one scheme, such as two arXiv ids, whatever else speaks for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from papergraph.correction import CorrectedEntities, Correction
from papergraph.model import Entity, Extraction, Resolution
from papergraph.ontology.iri import digest
from papergraph.ontology.terms import BASE
from papergraph.resolve.apart import reasons_apart
from papergraph.resolve.correct import correct_entities
from papergraph.resolve.entity import Cluster, NoteIndex, make_entity
from papergraph.resolve.joins import Claims, Partition, join
from papergraph.resolve.keys import VOCABULARY, Keys, NoteKeys
from papergraph.vocabulary import Vocabulary

__all__ = ["Resolved", "resolve", "resolve_corrected"]


class Resolved(NamedTuple):
    """Which entities mentions name, and what corrections did to them."""

    resolution: Resolution
    """A mention of what is not an entity has an empty IRI."""
    corrected: CorrectedEntities


def resolve(extractions: Sequence[Extraction], vocabulary: Vocabulary, *, base: str = BASE) -> Resolution:
    """Return the entities that the mentions of `extractions` name; the order of the extractions does not matter."""
    return resolve_corrected(extractions, vocabulary, (), base=base).resolution


def resolve_corrected(
    extractions: Sequence[Extraction], vocabulary: Vocabulary, corrections: Sequence[Correction], *, base: str = BASE
) -> Resolved:
    """Return the entities as `resolve` does, as those of `corrections` that are about entities have it."""
    keys = Keys.of(extractions, vocabulary)
    of_notes = [keys.of_note(extraction) for extraction in extractions]
    partition = join(_claims(of_notes), Counter(link for note in of_notes for link in note.links))
    owners = [[partition.owner(own) for own in note.own] for note in of_notes]
    clusters = _clusters(extractions, owners, keys, partition)
    apart = reasons_apart(partition, clusters)
    made = {o: make_entity(cluster, keys, base, apart.get(o, ())) for o, cluster in clusters.items()}
    things = correct_entities(made, clusters, corrections, base)
    entities = _apart(things.entities)
    iris = {"": "", **{owner: entity.iri for owner, entity in entities.items()}}
    former = tuple(sorted((iris[key], kind) for key, kind in things.corrected.former if key in iris))
    resolution = Resolution(
        tuple(sorted(entities.values(), key=lambda e: e.iri)),
        tuple(
            tuple(iris[things.owner(extraction.path, index, owner)] for index, owner in enumerate(of_mentions))
            for extraction, of_mentions in zip(extractions, owners, strict=True)
        ),
    )
    return Resolved(resolution, replace(things.corrected, former=former))


def _claims(of_notes: Sequence[NoteKeys]) -> dict[str, Claims]:
    return {key: claims for note in of_notes for key, claims in note.claims.items()}


def _clusters(
    extractions: Sequence[Extraction], owners: Sequence[Sequence[str]], keys: Keys, partition: Partition
) -> dict[str, Cluster]:
    """Gather the mentions of each thing by the key that stands for it, and the identifiers that it was given."""
    clusters: dict[str, Cluster] = defaultdict(Cluster)
    for extraction, of_mentions in zip(extractions, owners, strict=True):
        note = NoteIndex.of(extraction)
        for index, owner in enumerate(of_mentions):
            clusters[owner].members.append((note, index))
            stated = keys.identifiers_by_key(extraction.mentions[index])
            clusters[owner].identifiers.update(i for key, i in stated.items() if partition.owner(key) == owner)
    for owner, cluster in clusters.items():
        cluster.vocabulary = partition.claims(owner).get(VOCABULARY, "")
    return clusters


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
        labels = Counter([entities[first].label])
        for owner in others:
            entity = entities[owner]
            again = str(labels[entity.label] or "")
            labels[entity.label] += 1
            apart[owner] = replace(entity, iri=f"{iri}-{digest(entity.type, entity.label, again, length=6)}")
    return apart
