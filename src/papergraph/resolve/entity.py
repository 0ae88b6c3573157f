"""What a set of mentions becomes: its type, its label, its other names, and why they were taken for one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from papergraph.model import ENTITY_TYPES, Attribute, Entity, EntityType, Extraction, Mention, Place
from papergraph.ontology.identifiers import identifier_rank, is_untitled
from papergraph.ontology.iri import entity_iri
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.keys import Keys
from papergraph.resolve.titles import without_remark
from papergraph.text.folding import fold, is_chinese, tidy
from papergraph.vocabulary.link_labels import names_a_work

_LONGEST_IN_REASON = 60
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

    @property
    def mentions(self) -> Iterator[Mention]:
        """The mentions, in the order of the notes."""
        for note, index in self.members:
            yield note.extraction.mentions[index]

    @property
    def named(self) -> str:
        """Its best identifier, else its first name, with the first place that names it."""
        note, index = min(self.members, key=lambda m: (m[0].extraction.path, m[0].extraction.mentions[m[1]].span))
        first = note.extraction.mentions[index]
        name = min(self.identifiers, key=identifier_rank, default="") or tidy(first.name)[:_LONGEST_IN_REASON]
        return f"{name} ({note.extraction.path}:{first.line})"


def make_entity(cluster: Cluster, keys: Keys, base: str, apart: tuple[str, ...] = ()) -> Entity:
    """Return the entity that a cluster of mentions names; `apart` are the reasons that kept it from being another."""
    mentions = list(cluster.mentions)
    known = (m.vocabulary or keys.known(m) for m in mentions)
    ids = {cluster.vocabulary} if cluster.vocabulary else set(known) - {""}
    entry = keys.vocabulary.by_id(min(ids)) if ids else None
    entity_type: EntityType = entry.type if entry else _commonest_type(mentions)
    label = entry.name if entry else _label(mentions, entity_type)
    identifiers = tuple(sorted(cluster.identifiers))
    forms = {m.name for m in mentions} | set(_surfaces(mentions)) | (set(entry.forms) if entry else set())
    return Entity(
        iri=entity_iri(entity_type, label, identifiers=identifiers, vocabulary=entry.id if entry else "", base=base),
        type=entity_type,
        label=label,
        aliases=tuple(sorted(forms - {label, ""})),
        identifiers=identifiers,
        attributes=tuple(sorted({(a.key, a.value) for n, i in cluster.members for a in n.attributes.get(i, ())})),
        places=tuple(sorted(place_of(n.extraction, n.extraction.mentions[i]) for n, i in cluster.members)),
        reasons=tuple(sorted({*_reasons(cluster, label), *apart})),
    )


def _surfaces(mentions: list[Mention]) -> Iterator[str]:
    """Yield the names as written, unless that is a link, a citation, the name of a file, or an entry of a library."""
    for surface, entity_type in {(m.surface, m.type) for m in mentions if not m.recorded}:
        if entity_type != "Paper" or not _NO_NAME.search(surface):
            yield tidy(surface)


def _reasons(cluster: Cluster, label: str) -> Iterator[str]:
    """Yield why each other name was taken for this entity, with the first place where the notes write it."""
    firsts: dict[str, tuple[str, int, Mention]] = {}
    for note, index in cluster.members:
        mention = note.extraction.mentions[index]
        place = (note.extraction.path, mention.line, mention)
        firsts[mention.name] = min(firsts.get(mention.name, place), place, key=lambda p: (p[0], p[1], p[2].span))
        yield from note.reasons.get(index, ())
    for name, (path, line, mention) in firsts.items():
        if name == label:
            continue
        shown = f"{tidy(name)[:_LONGEST_IN_REASON]} ({path}:{line})"
        if mention.vocabulary:
            yield f"{shown}: the vocabulary knows it as {mention.vocabulary}"
        elif fold(name) == fold(label):
            yield f"{shown}: {label[:_LONGEST_IN_REASON]}, spelt differently"
        elif identifiers := stated_identifiers(mention):
            yield f"{shown}: links to {identifiers[0]}"
        elif mention.type == "Paper":
            yield f"{shown}: the same title"


def _commonest_type(mentions: list[Mention]) -> EntityType:
    weights: Counter[EntityType] = Counter()
    for mention in mentions:
        weights[mention.type] += round(100 * mention.confidence)
    return min(weights, key=lambda t: (-weights[t], ENTITY_TYPES.index(t)))


def _label(mentions: list[Mention], entity_type: EntityType) -> str:
    """Return the commonest name; for a paper its fullest title, English before Chinese, before a label and its URL."""
    names = Counter(m.name for m in mentions)
    if entity_type == "Paper":
        plain = {n for n in names if without_remark(n) == n or without_remark(n) not in names}
        return min(plain, key=lambda n: (is_untitled(n), not names_a_work(n), is_chinese(n), -len(n), n))
    return min(names, key=lambda n: (-names[n], -len(n), n))


def place_of(extraction: Extraction, mention: Mention) -> Place:
    """Return where a mention stands."""
    return Place(extraction.path, mention.line, mention.span.start, mention.span.end, mention.surface)
