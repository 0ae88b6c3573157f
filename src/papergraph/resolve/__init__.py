"""Which mentions name one thing, in one note and over all notes, and why.

Mentions meet under keys: the vocabulary's id, a paper's identifier or title, the folded name within its kind. A
definition in a note (`Position Interpolation (PI)`) joins its two forms in that note only: another's PI stays apart.
Nothing is merged because names are similar: a wider concept is not a spelling of a narrower one. And nothing is merged
that has two identifiers of one scheme, such as two arXiv ids, whatever else speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from papergraph.correction import CorrectedEntities, Correction
from papergraph.model import Extraction, Resolution
from papergraph.ontology.terms import BASE
from papergraph.resolve.components import Components, claims_of, give_iris, links_of, resolve_components
from papergraph.resolve.correct import correct_entities
from papergraph.resolve.facts import Facts, facts_of, together
from papergraph.resolve.keys import Keys, NoteKeys
from papergraph.vocabulary import Vocabulary

__all__ = ["Resolved", "resolve", "resolve_corrected"]


class Resolved(NamedTuple):
    """Which entities mentions name, what corrections did to them, and what they were resolved from."""

    resolution: Resolution
    """A mention of what is not an entity has an empty IRI."""
    corrected: CorrectedEntities
    facts: tuple[Facts, ...]
    """Of each note."""
    keys: tuple[NoteKeys, ...]
    """Of each note."""
    components: Components


def resolve(extractions: Sequence[Extraction], vocabulary: Vocabulary, *, base: str = BASE) -> Resolution:
    """Return the entities that the mentions of `extractions` name; the order of the extractions does not matter."""
    return resolve_corrected(extractions, vocabulary, (), base=base).resolution


def resolve_corrected(
    extractions: Sequence[Extraction], vocabulary: Vocabulary, corrections: Sequence[Correction], *, base: str = BASE
) -> Resolved:
    """Return the entities as `resolve` does, as those of `corrections` that are about entities have it."""
    facts = tuple(map(facts_of, extractions))
    keys = Keys.by_facts(together(facts), vocabulary)
    of_notes = tuple(map(keys.of_note, extractions))
    notes = list(zip(extractions, of_notes, strict=True))
    components = resolve_components(notes, links_of(of_notes), claims_of(of_notes), keys, base)
    things = correct_entities(components.entities, components.clusters, corrections, base)
    entities = give_iris(things.entities)
    iris = {"": "", **{owner: entity.iri for owner, entity in entities.items()}}
    former = tuple(sorted((iris[key], kind) for key, kind in things.corrected.former if key in iris))
    owner = components.partition.owner
    resolution = Resolution(
        tuple(sorted(entities.values(), key=lambda e: e.iri)),
        tuple(
            tuple(iris[things.owner(extraction.path, index, owner(own))] for index, own in enumerate(of_note.own))
            for extraction, of_note in notes
        ),
    )
    return Resolved(resolution, replace(things.corrected, former=former), facts, of_notes, components)
