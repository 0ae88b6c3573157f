"""Entities that may be one: their names differ in a letter, or in a word that says only what kind of thing it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from papergraph.correction import Correction
from papergraph.model import Entity, Graph
from papergraph.ontology.identifiers import clashing_scheme
from papergraph.ontology.kinds import group_of
from papergraph.pipeline.corrections.queue import folded_names
from papergraph.text.folding import fold

#: Shorter names differ in a letter by right: DPO and PPO, Mixtral and Mistral.
_SHORTEST = 8
#: What follows a name and adds nothing to it.
_KIND_WORDS = (
    "method",
    "algorithm",
    "model",
    "framework",
    "dataset",
    "benchmark",
    "方法",
    "算法",
    "模型",
    "框架",
    "数据集",
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two entities that may be one, the one that is named more often first."""

    first: Entity
    second: Entity


def alike_entities(graph: Graph, rows: Sequence[Correction] = ()) -> tuple[Alike, ...]:
    """Return pairs of entities of one kind with similar names, the most often named first.

    Pairs that `rows` decide on are left out, as are those with different identifiers.
    """
    return undecided_pairs(similar_pairs(graph), rows)


def similar_pairs(graph: Graph) -> tuple[Alike, ...]:
    """Return all pairs of entities of one kind with similar names, the most often named first."""
    owners: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for shape in {shape for name in (entity.label, *entity.aliases) for shape in _shapes(name)}:
            owners[group_of(entity.type), shape].append(entity)
    pairs = {
        frozenset({one.iri, other.iri}): (one, other)
        for found in owners.values()
        for number, one in enumerate(found)
        for other in found[:number]
        if one.iri != other.iri and not clashing_scheme(one.identifiers, other.identifiers)
    }
    alike = [Alike(*sorted(pair, key=lambda e: (-len(e.places), e.iri))) for pair in pairs.values()]
    return tuple(sorted(alike, key=lambda a: (-len(a.second.places), -len(a.first.places), a.first.iri, a.second.iri)))


def undecided_pairs(pairs: Sequence[Alike], rows: Sequence[Correction]) -> tuple[Alike, ...]:
    """Return the pairs that no row joins or keeps apart."""
    pairwise = [row for row in rows if row.decision in {"same", "different"}]
    decided = {frozenset({fold(row.subject.name), fold(row.object.name)}) for row in pairwise}
    return tuple(a for a in pairs if decided.isdisjoint(_named(a)))


def _named(pair: Alike) -> Iterator[frozenset[str]]:
    """Yield how a decision about a pair may name it."""
    yield from map(frozenset, product(folded_names(pair.first), folded_names(pair.second)))


def _shapes(name: str) -> Iterator[str]:
    """Yield under what a name meets those that differ from it in a letter, or in a word for what it is.

    Capitals, Chinese characters and what stands beside a digit make another name: CIoU and DIoU, A100 and H100.
    """
    folded = fold(name)
    yield folded
    for word in _KIND_WORDS:
        if folded.endswith(word) and len(folded) > len(word) + 1:
            yield folded.removesuffix(word)
    written = [c for c in name if c.isalnum() or c in "+#*"]
    letters = "".join(written).casefold()
    if _SHORTEST <= len(letters) == len(written):
        for n, letter in enumerate(written):
            beside = letters[max(0, n - 1) : n] + letters[n + 1 : n + 2]
            if letter.islower() and not any(c.isdigit() for c in beside):
                yield f"{letters[:n]}?{letters[n + 1 :]}"
        yield from (f"{letters[:n]}?{letters[n:]}" for n in range(len(letters) + 1))
