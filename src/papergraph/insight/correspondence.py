"""Which entities of one graph are which of another, made of other notes: by IRI, else by identifiers and names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from papergraph.model import Entity
from papergraph.ontology.kinds import group_of
from papergraph.text.folding import fold


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What became of the entities of the older graph."""

    heirs: Mapping[str, str]
    """For each older entity that lives on, the newer one that it is now."""
    renamed: tuple[tuple[Entity, Entity], ...]
    """One entity that has another IRI now: another label, type or identifier."""
    merged: tuple[tuple[tuple[Entity, ...], Entity], ...]
    """Several older entities that are one now."""
    split: tuple[tuple[Entity, tuple[Entity, ...]], ...]
    """One older entity whose names belong to several now."""
    new: tuple[Entity, ...]
    lost: tuple[Entity, ...]


def correspond(before: Iterable[Entity], after: Iterable[Entity]) -> Correspondence:
    """Return what became of the entities in `before`; every tuple is sorted by IRI."""
    old, now = {e.iri: e for e in before}, {e.iri: e for e in after}
    named = _by_key(now.values())
    heirs = {iri: iri for iri in old if iri in now}
    for iri in sorted(old.keys() - now.keys()):
        if heir := _closest(old[iri], named, now):
            heirs[iri] = heir
    parts = _parts(old, now, heirs)
    came: dict[str, list[Entity]] = defaultdict(list)
    for iri in sorted(heirs):
        came[heirs[iri]].append(old[iri])
    changed = {heir: olds for heir, olds in sorted(came.items()) if [e.iri for e in olds] != [heir]}
    arrived = {part for many in parts.values() for part in many}
    return Correspondence(
        heirs,
        tuple((olds[0], now[heir]) for heir, olds in changed.items() if len(olds) == 1),
        tuple((tuple(olds), now[heir]) for heir, olds in changed.items() if len(olds) > 1),
        tuple((old[iri], tuple(now[p] for p in sorted({heirs[iri], *many}))) for iri, many in sorted(parts.items())),
        tuple(now[iri] for iri in sorted(now.keys() - came.keys() - arrived)),
        tuple(old[iri] for iri in sorted(old.keys() - heirs.keys())),
    )


def _keys(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield identifiers and folded names, each with the group in which it means something."""
    group = group_of(entity.type)
    for identifier in entity.identifiers:
        yield "identifier", identifier
    for name in dict.fromkeys((entity.label, *entity.aliases)):
        if key := fold(name):
            yield group, key


def _by_key(entities: Iterable[Entity]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in entities:
        for key in dict.fromkeys(_keys(entity)):
            found[key].append(entity.iri)
    return found


def _closest(entity: Entity, named: Mapping[tuple[str, str], list[str]], now: Mapping[str, Entity]) -> str:
    """Return the entity that is called by the label of `entity` or has an identifier of it, and shares most names.

    Of several the one with the same label comes first, then by IRI.
    """
    shared = Counter(iri for key in dict.fromkeys(_keys(entity)) for iri in named.get(key, ()))
    label = fold(entity.label)
    telling = {(group_of(entity.type), label), *(("identifier", i) for i in entity.identifiers)}
    certain = {iri for key in telling for iri in named.get(key, ())}
    order = sorted(certain, key=lambda iri: (-shared[iri], fold(now[iri].label) != label, iri))
    return order[0] if order else ""


def _parts(old: Mapping[str, Entity], now: Mapping[str, Entity], heirs: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the entities that came out of an older one: new, and called by a name that is no longer its own."""
    owned = _by_key(old.values())
    inherited = set(heirs.values())
    found: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(now.keys() - inherited):
        origin = _closest(now[iri], owned, old)
        kept = set(_keys(now[heirs[origin]])) if origin in heirs else set()
        if origin in heirs and (set(_keys(now[iri])) & set(_keys(old[origin]))) - kept:
            found[origin].append(iri)
    return found
