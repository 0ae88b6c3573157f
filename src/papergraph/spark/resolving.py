"""From mentions under keys to entities: profiles are summed by the key that stands for all keys of a thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from papergraph.model import Entity, Place
from papergraph.resolve.components import KeyedNote, give_iris
from papergraph.resolve.entity import NoteIndex, entity_of
from papergraph.resolve.joins import Partition
from papergraph.resolve.keys import VOCABULARY, Keys, NoteKeys
from papergraph.resolve.naming import Naming
from papergraph.resolve.profile import Profile, place_of
from papergraph.spark.rows import Columns, Row, key_bytes, key_text, pack, unpack

PROFILES: Columns = {"owner": bytes, "profile": bytes}
NAMED: Columns = {"owner": bytes, "named": bytes}
ENTITIES: Columns = {"owner": bytes, "iri": str, "entity": bytes}


@dataclass(frozen=True, slots=True)
class Described:
    """An entity without its places, and what these come to."""

    entity: Entity
    uses: dict[str, int]
    """How often it is written in which way."""
    count: int
    """Of its mentions."""
    first: Place


@dataclass(frozen=True, slots=True)
class _Packed:
    namings: list[tuple[Naming, tuple[int, Place]]]
    identifiers: set[str]
    attributes: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Owners:
    """Which key stands for all keys of a thing."""

    owners: Mapping[str, str]
    """For the keys for which another one stands."""
    vocabulary: Mapping[str, str]
    """The id of the vocabulary's entry for those that have one."""

    @classmethod
    def of(cls, partition: Partition, keys: Iterable[str]) -> Owners:
        """Return what a partition of `keys` says; other keys stand for themselves."""
        found = {key: partition.owner(key) for key in keys}
        claimed = ((owner, partition.claims(owner).get(VOCABULARY, "")) for owner in set(found.values()))
        return cls({k: o for k, o in found.items() if k != o}, {owner: entry for owner, entry in claimed if entry})

    def owner(self, key: str) -> str:
        """Return the key that stands for a key."""
        return self.owners.get(key, key)


@dataclass(frozen=True, slots=True)
class Names:
    """Which entity a key of mentions means."""

    owners: Owners
    iris: Mapping[str, str]
    """For each key that stands for a thing its IRI."""

    def of_note(self, keys: NoteKeys) -> list[str]:
        """Return the IRIs of a note's mentions."""
        return [self.iris[self.owners.owner(own)] for own in keys.own]


def profile_rows(notes: Iterable[KeyedNote], owners: Owners) -> Iterator[Row]:
    """Yield one row of `PROFILES` for each thing that the notes of a partition name, however often they do."""
    profiles: dict[str, Profile] = defaultdict(Profile)
    for extraction, keys in notes:
        index = NoteIndex.of(extraction)
        for number, (mention, own) in enumerate(zip(extraction.mentions, keys.own, strict=True)):
            profile = profiles[owner := owners.owner(own)]
            profile.add(mention, place_of(extraction, mention))
            stated = keys.stated.get(number, {})
            profile.identifiers.update(i for key, i in stated.items() if owners.owner(key) == owner)
            profile.attributes.update((a.key, a.value) for a in index.attributes.get(number, ()))
    for owner, profile in profiles.items():
        yield key_bytes(owner), _pack_profile(profile)


def merge_profiles(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one row for each key of rows of `PROFILES` that are sorted by key."""
    for owner, group in groupby(rows, key=lambda row: bytes(row[0])):
        first, *others = (packed for _, packed in group)
        if not others:
            yield owner, first
            continue
        profile = unpack_profile(first)
        for packed in others:
            profile.merge(unpack_profile(packed))
        yield owner, _pack_profile(profile)


def named_rows(rows: Iterable[Row], wanted: Collection[str]) -> Iterator[Row]:
    """Yield the profiles of `wanted` keys."""
    yield from (row for row in rows if key_text(row[0]) in wanted)


def entity_rows(
    rows: Iterable[Row], vocabulary: Mapping[str, str], apart: Mapping[str, tuple[str, ...]], keys: Keys, base: str
) -> Iterator[Row]:
    """Yield a row of `ENTITIES` for each profile, with an IRI that may clash; `apart` says why some are two."""
    for owner, packed in rows:
        profile, key = unpack_profile(packed), key_text(owner)
        entity = entity_of(profile, vocabulary.get(key, ""), keys, base, apart.get(key, ()))
        yield owner, entity.iri, pack(Described(entity, dict(profile.uses), profile.count, profile.first))


def described_entities(rows: Iterable[Row], suffixed: Mapping[str, str]) -> Iterator[Described]:
    """Yield the entities of rows of `ENTITIES`, with other IRIs where those clash."""
    for owner, iri, packed in rows:
        described = unpack(packed, Described)
        yield replace(described, entity=replace(described.entity, iri=suffixed.get(key_text(owner), iri)))


def entered(rows: Iterable[Row], entries: dict[str, str]) -> Iterator[Row]:
    """Yield rows of `PROFILES`, of those with the vocabulary's entry in a column behind, which `entries` holds."""
    for owner, packed, entry in rows:
        entries.clear()
        entries[key_text(owner)] = entry or ""
        yield owner, packed


def clashing(iris: Mapping[str, str]) -> set[str]:
    """Return the keys of the things whose IRI another one has too."""
    times = Counter(iris.values())
    return {owner for owner, iri in iris.items() if times[iri] > 1}


def suffixed(rows: Iterable[Row]) -> dict[str, str]:
    """Return the IRIs of entities that clash, each with what distinguishes it; see `give_iris`."""
    entities: dict[str, Entity] = {}
    for owner, _, packed in rows:
        described = unpack(packed, Described)
        entities[key_text(owner)] = replace(described.entity, places=(described.first,))
    return {owner: entity.iri for owner, entity in give_iris(entities).items()}


def _pack_profile(profile: Profile) -> bytes:
    return pack(_Packed(list(profile.namings.items()), profile.identifiers, profile.attributes))


def unpack_profile(packed: bytes) -> Profile:
    """Return the profile of a row."""
    said = unpack(packed, _Packed)
    return Profile(dict(said.namings), said.identifiers, said.attributes)
