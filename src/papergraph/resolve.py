"""Which mentions name one thing, in one note and over all notes, and why.

Mentions meet under keys: the vocabulary's id, a paper's identifier or title, the folded name within its kind. A
definition in a note (`Position Interpolation (PI)`) joins its two forms in that note only.
Nothing is merged because names are similar: a wider concept is not a spelling of a narrower one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from papergraph.iri import digest, entity_iri
from papergraph.model import (
    ENTITY_TYPES,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Place,
    Resolution,
)
from papergraph.names import fold, is_chinese, tidy
from papergraph.terms import BASE
from papergraph.vocabulary import Vocabulary

_GROUPS: dict[str, str] = {"Model": "Method"}
#: How much two titles under one identifier must share (of their words) to be titles of one paper.
_SAME_TITLE = 0.3
#: From how many words on what follows the colon of a title is a title by itself.
_SUBTITLE_WORDS = 6


@dataclass(slots=True)
class _Cluster:
    """The mentions that share keys."""

    members: list[tuple[int, int]] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)


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


def resolve(extractions: Sequence[Extraction], vocabulary: Vocabulary, *, base: str = BASE) -> Resolution:
    """Return the entities that the mentions of `extractions` name; the order of the extractions does not matter."""
    titles = _titles_by_identifier(extractions)
    keyed = [_keys(extraction, vocabulary, titles) for extraction in extractions]
    sets = _Sets()
    for keys_of_mentions in keyed:
        for keys in keys_of_mentions:
            for other in keys[1:]:
                sets.union(keys[0], other)
    clusters: dict[str, _Cluster] = defaultdict(_Cluster)
    for number, (extraction, keys_of_mentions) in enumerate(zip(extractions, keyed, strict=True)):
        for index, keys in enumerate(keys_of_mentions):
            cluster = clusters[sets.find(keys[0])]
            cluster.members.append((number, index))
            cluster.reasons.update(_reasons(extraction, index, keys))
    return _resolution(extractions, list(clusters.values()), vocabulary, base)


def _resolution(
    extractions: Sequence[Extraction], clusters: list[_Cluster], vocabulary: Vocabulary, base: str
) -> Resolution:
    made = [(_entity(extractions, cluster, vocabulary, base), cluster) for cluster in clusters]
    made = _apart(made)
    iris = [[""] * len(e.mentions) for e in extractions]
    for entity, cluster in made:
        for number, index in cluster.members:
            iris[number][index] = entity.iri
    entities = tuple(sorted((entity for entity, _ in made), key=lambda e: e.iri))
    return Resolution(entities, tuple(tuple(i) for i in iris))


def _keys(
    extraction: Extraction, vocabulary: Vocabulary, titles: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, ...]]:
    """Return for each mention the keys under which it meets others; the first is its own."""
    local = _local_names(extraction)
    return [tuple(_mention_keys(m, vocabulary, local, titles)) for m in extraction.mentions]


def _mention_keys(
    mention: Mention,
    vocabulary: Vocabulary,
    local: Mapping[tuple[str, str], str],
    titles: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    if mention.type == "Paper":
        yield from _paper_keys(mention, titles)
        return
    group = _GROUPS.get(mention.type, mention.type)
    folded = fold(mention.name) or mention.name
    if mention.vocabulary:
        yield f"vocabulary {mention.vocabulary}"
    elif (group, folded) in local:
        yield local[group, folded]
    elif known := _known(mention, vocabulary):
        yield f"vocabulary {known}"
    else:
        yield f"name {group} {folded}"


def _known(mention: Mention, vocabulary: Vocabulary) -> str:
    """Return the id of the only unambiguous vocabulary entry of this type with this name."""
    group = _GROUPS.get(mention.type, mention.type)
    entries = [
        e.id
        for e in vocabulary.find(mention.name)
        if _GROUPS.get(e.type, e.type) == group and mention.surface not in e.ambiguous
    ]
    return entries[0] if len(entries) == 1 else ""


def _paper_keys(mention: Mention, titles: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    folded = fold(mention.name)
    is_url = "://" in mention.name
    for identifier in mention.identifiers:
        variant = "" if is_url else titles.get(identifier, {}).get(folded, "")
        yield f"paper {identifier}{variant}"
    if not mention.identifiers or (
        not is_url and all(len(set(titles.get(i, {}).values())) <= 1 for i in mention.identifiers)
    ):
        yield f"title {folded}"
        _, colon, rest = mention.name.partition(":")
        if colon and len(rest.split()) >= _SUBTITLE_WORDS:
            # one list writes `InstructGPT: Training language models ...`, another leaves the short name out
            yield f"title {fold(rest)}"


def _titles_by_identifier(extractions: Sequence[Extraction]) -> dict[str, dict[str, str]]:
    """Map each identifier and folded title to a suffix that keeps clearly different titles under one identifier apart.

    Notes do give one arXiv id to two papers by mistake; merging them would fuse unrelated works.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for extraction in extractions:
        for mention in extraction.mentions:
            if mention.type == "Paper" and "://" not in mention.name and len(mention.identifiers) == 1:
                found[mention.identifiers[0]][fold(mention.name)] = mention.name
    suffixes: dict[str, dict[str, str]] = {}
    for identifier, titles in found.items():
        groups: list[list[str]] = []
        for folded, title in sorted(titles.items()):
            home = next((g for g in groups if any(_same_title(title, titles[other]) for other in g)), None)
            if home is None:
                groups.append([folded])
            else:
                home.append(folded)
        suffixes[identifier] = {f: f" #{n}" if n else "" for n, group in enumerate(groups) for f in group}
    return suffixes


def _same_title(left: str, right: str) -> bool:
    if is_chinese(left) != is_chinese(right):
        return True
    if is_chinese(left):
        first, second = set(left), set(right)
    else:
        first, second = set(left.casefold().split()), set(right.casefold().split())
    shared = len(first & second) / max(1, min(len(first), len(second)))
    return shared >= _SAME_TITLE or min(len(first), len(second)) <= 2


def _local_names(extraction: Extraction) -> dict[tuple[str, str], str]:
    """Map the names that the note defines to the key of what it defines them as."""
    local: dict[tuple[str, str], str] = {}
    for coreference in extraction.coreferences:
        left, right = extraction.mentions[coreference.left], extraction.mentions[coreference.right]
        if left.type == "Paper" or (left.vocabulary and right.vocabulary):
            continue
        known = left.vocabulary or right.vocabulary
        group = _GROUPS.get(right.type, right.type)
        long = right if len(right.name) >= len(left.name) else left
        key = f"vocabulary {known}" if known else f"name {group} {fold(long.name)}"
        for mention in (left, right):
            if not mention.vocabulary:
                local.setdefault((group, fold(mention.name)), key)
    return local


def _reasons(extraction: Extraction, index: int, keys: tuple[str, ...]) -> Iterator[str]:
    mention = extraction.mentions[index]
    if keys[0].startswith("vocabulary "):
        yield f"{mention.name}: the vocabulary knows it as {keys[0].removeprefix('vocabulary ')}"
    elif keys[0].startswith("paper "):
        yield f"{tidy(mention.name)[:60]}: links to {keys[0].removeprefix('paper ')}"
    for coreference in extraction.coreferences:
        if index in {coreference.left, coreference.right}:
            left, right = extraction.mentions[coreference.left], extraction.mentions[coreference.right]
            yield f"{left.name} = {right.name}: {coreference.reason} of {extraction.path}"


def _entity(extractions: Sequence[Extraction], cluster: _Cluster, vocabulary: Vocabulary, base: str) -> Entity:
    mentions = [extractions[n].mentions[i] for n, i in cluster.members]
    known = sorted({m.vocabulary for m in mentions if m.vocabulary} | _vocabulary_ids(cluster, mentions, vocabulary))
    entry = vocabulary.by_id(known[0]) if known else None
    entity_type: EntityType = entry.type if entry else _commonest_type(mentions)
    label = entry.name if entry else _label(mentions, entity_type)
    identifiers = tuple(sorted({i for m in mentions for i in m.identifiers}))
    forms = {m.name for m in mentions} | {tidy(m.surface) for m in mentions} | (set(entry.forms) if entry else set())
    return Entity(
        iri=entity_iri(entity_type, label, identifiers=identifiers, vocabulary=entry.id if entry else "", base=base),
        type=entity_type,
        label=label,
        aliases=tuple(sorted(forms - {label, ""})),
        identifiers=identifiers,
        attributes=_attributes(extractions, cluster),
        places=tuple(sorted(_place(extractions[n], extractions[n].mentions[i]) for n, i in cluster.members)),
        reasons=tuple(sorted(cluster.reasons)) if len(forms) > 1 else (),
    )


def _vocabulary_ids(cluster: _Cluster, mentions: Iterable[Mention], vocabulary: Vocabulary) -> set[str]:
    return {known for m in mentions if not m.vocabulary and (known := _known(m, vocabulary))} if cluster else set()


def _commonest_type(mentions: list[Mention]) -> EntityType:
    weights: Counter[EntityType] = Counter()
    for mention in mentions:
        weights[mention.type] += round(100 * mention.confidence)
    return min(weights, key=lambda t: (-weights[t], ENTITY_TYPES.index(t)))


def _label(mentions: list[Mention], entity_type: EntityType) -> str:
    """Return the commonest name; for a paper its fullest title, English before Chinese, before its URL."""
    names = Counter(m.name for m in mentions)
    if entity_type == "Paper":
        return min(names, key=lambda n: ("://" in n, is_chinese(n), -len(n), n))
    return min(names, key=lambda n: (-names[n], -len(n), n))


def _attributes(extractions: Sequence[Extraction], cluster: _Cluster) -> tuple[tuple[str, str], ...]:
    members = set(cluster.members)
    numbers = sorted({n for n, _ in cluster.members})
    found = {(a.key, a.value) for n in numbers for a in extractions[n].attributes if (n, a.mention) in members}
    return tuple(sorted(found))


def _place(extraction: Extraction, mention: Mention) -> Place:
    return Place(extraction.path, mention.line, mention.span.start, mention.span.end, mention.surface)


def _apart(made: list[tuple[Entity, _Cluster]]) -> list[tuple[Entity, _Cluster]]:
    """Give entities whose IRIs clash a suffix from their folded label; the first by label keeps the plain IRI."""
    by_iri: dict[str, list[int]] = defaultdict(list)
    for position, (entity, _) in enumerate(made):
        by_iri[entity.iri].append(position)
    for iri, positions in by_iri.items():
        ordered = sorted(positions, key=lambda p: (not made[p][0].identifiers, made[p][0].label, made[p][0].places))
        for rank, position in enumerate(ordered[1:], 1):
            entity, cluster = made[position]
            suffix = digest(
                entity.type, entity.label, str(rank) if entity.label == made[ordered[0]][0].label else "", length=6
            )
            made[position] = (replace(entity, iri=f"{iri}-{suffix}"), cluster)
    return made
