"""Entities by the names under which corrections refer to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from papergraph.correction import Reference
from papergraph.model import Entity, EntityType
from papergraph.ontology.kinds import group_of
from papergraph.text.folding import fold


class References:
    """A table of entities by label, alias and identifier, each entity under a key of its own."""

    def __init__(self, entities: Iterable[tuple[str, Entity]], former: Iterable[tuple[str, EntityType]] = ()) -> None:
        """Enter pairs of key and entity; `former` are types that the entities had before they were corrected."""
        self._entities: dict[str, Entity] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._types: dict[str, set[str]] = defaultdict(set)
        for key, entity_type in former:
            self._types[key].add(entity_type)
        for key, entity in entities:
            self.put(key, entity)

    def __getitem__(self, key: str) -> Entity:
        """Return the entity under a key."""
        return self._entities[key]

    def put(self, key: str, entity: Entity) -> None:
        """Enter an entity in place of the one that was under this key, whose type it keeps as a former one."""
        self.remove(key)
        self._entities[key] = entity
        self._types[key].add(entity.type)
        for name in _names(entity):
            self._names[name].add(key)

    def remove(self, key: str) -> None:
        """Take out an entity, if there is one under this key."""
        if before := self._entities.pop(key, None):
            for name in _names(before):
                self._names[name].discard(key)

    def find(self, reference: Reference) -> tuple[str, ...]:
        """Return the keys of the entities that a reference may mean, sorted; one if it is clear.

        The type given comes before a wider or narrower one, a label before other names.
        """
        found = self._names.get(_folded(reference.name), set())
        if reference.type:
            exact = {key for key in found if reference.type in self._types[key]}
            groups = {group_of(reference.type)}
            found = exact or {key for key in found if groups & {group_of(t) for t in self._types[key]}}
        if len(found) > 1:
            labelled = {key for key in found if _folded(self._entities[key].label) == _folded(reference.name)}
            found = labelled or found
        return tuple(sorted(found))

    def unclear(self, reference: Reference) -> str:
        """Return what is wrong with a reference; empty if it means one entity."""
        found = [self._entities[key] for key in self.find(reference)]
        return "" if len(found) == 1 else unclear(reference, alternatives(found))


def unclear(reference: Reference, found: Sequence[Reference]) -> str:
    """Return what is wrong with a reference that means none or several entities."""
    if not found:
        return f"no {reference.type or 'entity'} is called {reference.name!r}"
    named = ", ".join(map(str, found))
    return f"{reference.name!r} names several entities: {named}; write the type before the name"


def alternatives(found: Sequence[Entity]) -> list[Reference]:
    """Return a reference to each of several entities that share a name."""
    return [reference_to(e, [o for o in found if o is not e]) for e in found]


def reference_to(entity: Entity, others: Iterable[Entity] = ()) -> Reference:
    """Return a reference to an entity: by its label, or by an identifier if one of the `others` has type and label."""
    alike = any(o.type == entity.type and _folded(o.label) == _folded(entity.label) for o in others)
    return Reference(entity.identifiers[0] if alike and entity.identifiers else entity.label, entity.type)


def _names(entity: Entity) -> Iterator[str]:
    for name in (entity.label, *entity.aliases, *entity.identifiers):
        yield _folded(name)


def _folded(name: str) -> str:
    return fold(name) or name
