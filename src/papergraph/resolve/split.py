"""Splitting off from an entity what its mentions call by another name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from papergraph.model import Entity, Mention
from papergraph.ontology.iri import entity_iri
from papergraph.resolve.entity import Cluster, NoteIndex
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.profile import place_of
from papergraph.text.folding import fold, tidy

_Member = tuple[NoteIndex, int]


class Split(NamedTuple):
    """An entity and what was split off from it."""

    kept: Entity
    other: Entity | None
    """None if no mention has the other name."""
    staying: Cluster
    """The mentions of the entity that are left."""
    going: Cluster
    """The mentions that were split off."""

    @property
    def moved(self) -> tuple[tuple[str, int], ...]:
        """The mentions that were split off, by note and number."""
        return tuple((note.extraction.path, index) for note, index in self.going.members)


def split(entity: Entity, cluster: Cluster, stays: str, goes: str, base: str) -> Split:
    """Split off the mentions that are called `goes`; all others stay, whatever they are called."""
    going = [m for m in cluster.members if _is_meant(_mention(m), goes, stays)]
    staying = [m for m in cluster.members if not _is_meant(_mention(m), goes, stays)]
    if not going:
        return Split(entity, None, cluster, Cluster())
    ours = _identifiers(staying)
    own = tuple(sorted((_identifiers(going) - ours) & set(entity.identifiers)))
    places = {place_of(note.extraction, _mention((note, index))) for note, index in going}
    left = tuple(i for i in entity.identifiers if i not in own)
    kept = replace(
        entity,
        identifiers=left,
        attributes=_described(entity, staying, left, entity.label),
        places=tuple(p for p in entity.places if p not in places),
    )
    ours_too = {_key(entity.label), *map(_key, _names(staying))}
    for name in sorted(n for n in _names(going) if _key(n) not in ours_too):
        kept = without_name(kept, name)
    rest = Cluster(staying, cluster.identifiers - {*own}, cluster.vocabulary)
    return Split(kept, _other(entity, going, stays, goes, own, base), rest, Cluster(going, {*own}))


def is_called(entity: Entity, name: str) -> bool:
    """Tell whether a name is the label of an entity, however it is spelt."""
    return _key(entity.label) == _key(name)


def without_name(entity: Entity, name: str) -> Entity:
    """Return an entity that does not have this name, in any spelling, among its other names, nor a reason for it."""
    reasons = tuple(r for r in entity.reasons if _key(r.partition(" (")[0]) != _key(name))
    return replace(entity, aliases=tuple(a for a in entity.aliases if _key(a) != _key(name)), reasons=reasons)


def _other(
    entity: Entity, going: Sequence[_Member], stays: str, goes: str, identifiers: tuple[str, ...], base: str
) -> Entity:
    mentions = [_mention(member) for member in going]
    written = sorted({tidy(m.surface) for m in mentions if _key(m.surface) == _key(goes)})
    label = written[0] if written else goes
    names = {tidy(m.surface) for m in mentions} - {label}
    return Entity(
        iri=entity_iri(entity.type, label, identifiers=identifiers, base=base),
        type=entity.type,
        label=label,
        aliases=tuple(sorted(n for n in names if n and _key(n) != _key(stays))),
        identifiers=identifiers,
        attributes=_described(entity, going, identifiers, label),
        places=tuple(sorted(place_of(note.extraction, _mention((note, index))) for note, index in going)),
    )


def _is_meant(mention: Mention, name: str, other: str) -> bool:
    """Tell whether a mention is written `name`, or means it without being written `other`."""
    key, surface = _key(name), _key(mention.surface)
    if key in {surface, *map(_key, mention.identifiers)}:
        return True
    return _key(mention.name) == key and surface != _key(other)


def _mention(member: _Member) -> Mention:
    note, index = member
    return note.extraction.mentions[index]


def _identifiers(members: Sequence[_Member]) -> set[str]:
    return {identifier for member in members for identifier in stated_identifiers(_mention(member))}


def _names(members: Sequence[_Member]) -> set[str]:
    return {tidy(name) for member in members for name in (_mention(member).surface, _mention(member).name)}


def _described(
    entity: Entity, members: Sequence[_Member], identifiers: tuple[str, ...], label: str
) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a part of an entity; its label is the title of a paper that has nothing else."""
    attributes = {(a.key, a.value) for note, index in members for a in note.attributes.get(index, ())}
    if entity.type == "Paper" and not identifiers and "title" not in dict(attributes):
        attributes.add(("title", label))
    return tuple(sorted(attributes))


def _key(name: str) -> str:
    return fold(name) or name
