"""What a set of mentions becomes: its type, its label, its other names, and why they were taken for one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from papergraph.model import ENTITY_TYPES, Attribute, Entity, EntityType, Extraction, Place
from papergraph.ontology.identifiers import is_untitled
from papergraph.ontology.iri import entity_iri
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.keys import Keys
from papergraph.resolve.naming import Naming
from papergraph.resolve.profile import LONGEST_IN_REASON, Profile, place_of
from papergraph.resolve.titles import without_remark
from papergraph.text.folding import fold, is_chinese, tidy
from papergraph.vocabulary.link_labels import names_a_work

#: What stands for a paper without being a name of it: a link, a citation, a file.
_NO_NAME = re.compile(r"\]\(|^!?\[.*@|\.pdf$")
_T = TypeVar("_T")


@dataclass(frozen=True)
class NoteIndex:
    """One note's coreferences and attributes by the mention that they are about."""

    extraction: Extraction
    reasons: Mapping[int, tuple[str, ...]]
    attributes: Mapping[int, tuple[Attribute, ...]]

    @classmethod
    def of(cls, extraction: Extraction) -> NoteIndex:
        """Sort what a note says of its mentions."""
        reasons: dict[int, list[str]] = {}
        for coreference in extraction.coreferences:
            left, right = extraction.mentions[coreference.left], extraction.mentions[coreference.right]
            reason = f"{left.name} = {right.name}: {coreference.reason} of {extraction.path}"
            for index in (coreference.left, coreference.right):
                reasons.setdefault(index, []).append(reason)
        attributes: dict[int, list[Attribute]] = {}
        for attribute in extraction.attributes:
            attributes.setdefault(attribute.mention, []).append(attribute)
        return cls(extraction, _frozen(reasons), _frozen(attributes))


def _frozen(table: Mapping[int, list[_T]]) -> dict[int, tuple[_T, ...]]:
    return {key: tuple(values) for key, values in table.items()}


@dataclass(slots=True)
class Cluster:
    """The mentions that share keys, as pairs of note and mention."""

    members: list[tuple[NoteIndex, int]] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)
    vocabulary: str = ""
    """Id of the entry whose key is among the keys, if any is."""

    def profile(self) -> Profile:
        """Return what the mentions say."""
        profile = Profile(identifiers=self.identifiers)
        for note, index in self.members:
            mention = note.extraction.mentions[index]
            profile.add(mention, place_of(note.extraction, mention))
            profile.attributes.update((a.key, a.value) for a in note.attributes.get(index, ()))
        return profile


def make_entity(cluster: Cluster, profile: Profile, keys: Keys, base: str, apart: tuple[str, ...] = ()) -> Entity:
    """Return the entity that a cluster with this profile names; `apart` are the reasons why it is not another one."""
    said = [reason for note, index in cluster.members for reason in note.reasons.get(index, ())]
    places = sorted(place_of(n.extraction, n.extraction.mentions[i]) for n, i in cluster.members)
    return entity_of(profile, cluster.vocabulary, keys, base, (*apart, *said), tuple(places))


def entity_of(
    profile: Profile,
    vocabulary: str,
    keys: Keys,
    base: str,
    reasons: tuple[str, ...] = (),
    places: tuple[Place, ...] = (),
) -> Entity:
    """Return the entity of a profile, with these places, and these reasons beside those that its names tell.

    `vocabulary` is the id of the entry whose key is among the keys, or empty.
    """
    namings = {naming: count for naming, (count, _) in profile.namings.items()}
    ids = {vocabulary} if vocabulary else {m.vocabulary or keys.known(m) for m in namings} - {""}
    entry = keys.vocabulary.by_id(min(ids)) if ids else None
    entity_type: EntityType = entry.type if entry else _commonest_type(namings)
    label = entry.name if entry else _label(namings, entity_type)
    identifiers = tuple(sorted(profile.identifiers))
    forms = {m.name for m in namings} | set(_surfaces(namings)) | (set(entry.forms) if entry else set())
    return Entity(
        iri=entity_iri(entity_type, label, identifiers=identifiers, vocabulary=entry.id if entry else "", base=base),
        type=entity_type,
        label=label,
        aliases=tuple(sorted(forms - {label, ""})),
        identifiers=identifiers,
        attributes=tuple(sorted(profile.attributes)),
        places=places,
        reasons=tuple(sorted({*_reasons(profile, label), *reasons})),
    )


def _surfaces(namings: Iterable[Naming]) -> Iterator[str]:
    """Yield the names as written, unless that is a link, a citation, the name of a file, or an entry of a library."""
    for mention in namings:
        if not mention.recorded and (mention.type != "Paper" or not _NO_NAME.search(mention.surface)):
            yield tidy(mention.surface)


def _reasons(profile: Profile, label: str) -> Iterator[str]:
    """Yield why each other name was taken for this entity, with the first place where the notes write it."""
    for mention, place in profile.firsts():
        name = mention.name
        if name == label:
            continue
        shown = f"{tidy(name)[:LONGEST_IN_REASON]} ({place.note}:{place.line})"
        if mention.vocabulary:
            yield f"{shown}: the vocabulary knows it as {mention.vocabulary}"
        elif fold(name) == fold(label):
            yield f"{shown}: {label[:LONGEST_IN_REASON]}, spelt differently"
        elif identifiers := stated_identifiers(mention):
            yield f"{shown}: links to {identifiers[0]}"
        elif mention.type == "Paper":
            yield f"{shown}: the same title"


def _commonest_type(namings: Mapping[Naming, int]) -> EntityType:
    weights: Counter[EntityType] = Counter()
    for mention, count in namings.items():
        weights[mention.type] += count * round(100 * mention.confidence)
    return min(weights, key=lambda t: (-weights[t], ENTITY_TYPES.index(t)))


def _label(namings: Mapping[Naming, int], entity_type: EntityType) -> str:
    """Return the commonest name; for a paper its fullest title, English before Chinese, before a label and its URL."""
    names: Counter[str] = Counter()
    for mention, count in namings.items():
        names[mention.name] += count
    if len(names) == 1:
        return next(iter(names))
    if entity_type == "Paper":
        plain = {n for n in names if without_remark(n) == n or without_remark(n) not in names}
        return min(plain, key=lambda n: (is_untitled(n), not names_a_work(n), is_chinese(n), -len(n), n))
    return min(names, key=lambda n: (-names[n], -len(n), n))
