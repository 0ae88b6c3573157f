"""The claims that nobody decided on, in the order in which a decision is worth most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from papergraph.correction import CORRECTED, OF_CLAIMS, Correction
from papergraph.insight.conflicts import Conflict, find_conflicts
from papergraph.model import Entity, Evidence, Graph, Relation
from papergraph.text.folding import fold

#: What nobody doubts sentence by sentence: who wrote a paper, and which topic is wider.
_NOT_ASKED = frozenset({"authoredBy", "broader"})


@dataclass(frozen=True, slots=True)
class Question:
    """A claim to decide on."""

    relation: Relation
    subject: Entity
    object: Entity
    relied_on: int
    """How many other claims say that something builds on its subject, or is compared with it."""
    conflicts: tuple[Conflict, ...]
    """What the notes say against it."""

    @property
    def worth(self) -> float:
        """How much a decision is worth: for a doubtful claim that many rely on, and for one in a conflict."""
        doubt = 4 * self.relation.confidence * (1 - self.relation.confidence)
        return doubt * math.log2(2 + self.relied_on) + 2 * bool(self.conflicts)

    @property
    def evidence(self) -> Evidence:
        """The evidence that is the surest."""
        return min(self.relation.evidence, key=lambda e: (-e.confidence, e.note, e.start, e.iri))


def questions(graph: Graph, rows: Sequence[Correction] = ()) -> tuple[Question, ...]:
    """Return the claims of a graph that no person decided on, the most worthwhile first.

    `rows` are decisions that the graph was perhaps built without.
    """
    return undecided(ranked(graph), rows)


def ranked(graph: Graph) -> tuple[Question, ...]:
    """Return the claims that the graph was not told about by a person, the most worthwhile first."""
    entities = {entity.iri: entity for entity in graph.entities}
    relied = Counter(r.object for r in graph.relations if graph.asserts(r))
    conflicts = _conflicts(graph)
    found = (
        Question(r, entities[r.subject], entities[r.object], relied[r.subject], conflicts.get(r.iri, ()))
        for r in graph.relations
        if r.predicate not in _NOT_ASKED and all(e.extractor != CORRECTED for e in r.evidence)
    )
    return tuple(sorted(found, key=lambda q: (-q.worth, q.relation.iri)))


def undecided(found: Sequence[Question], rows: Sequence[Correction]) -> tuple[Question, ...]:
    """Return the questions that no row decides on: neither their claim, nor that one of its ends is no entity."""
    decided = {
        (fold(row.subject.name), row.relation, fold(row.object.name)) for row in rows if row.decision in OF_CLAIMS
    }
    removed = {(fold(row.subject.name), row.subject.type) for row in rows if row.decision == "not-entity"}
    if not decided and not removed:
        return tuple(found)
    return tuple(q for q in found if decided.isdisjoint(_names(q)) and not _without_end(q, removed))


def _without_end(question: Question, removed: Collection[tuple[str, str]]) -> bool:
    """Tell whether an end of the claim is among the names, with their types, of what is no entity."""
    ends = question.subject, question.object
    return any((name, kind) in removed for e in ends for name in folded_names(e) for kind in ("", e.type))


def folded_names(entity: Entity) -> list[str]:
    """Return under which names, folded, a decision may be about an entity."""
    return [fold(name) for name in (entity.label, *entity.aliases, *entity.identifiers)]


def _names(question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield how a decision about a claim may name it."""
    denied = "not " if question.relation.polarity == "negative" else ""
    predicate = f"{denied}{question.relation.predicate}"
    ends = product(folded_names(question.subject), folded_names(question.object))
    yield from ((subject, predicate, obj) for subject, obj in ends)


def _conflicts(graph: Graph) -> Mapping[str, tuple[Conflict, ...]]:
    """Return for claims what contradicts them: a conflict that is about both of their ends."""
    by_ends: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        by_ends[relation.subject].append(relation)
    found: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in find_conflicts(graph):
        about = frozenset(conflict.about)
        for relation in (r for iri in about for r in by_ends[iri] if r.object in about):
            found[relation.iri].append(conflict)
    return {iri: tuple(sorted(met, key=lambda c: c.message)) for iri, met in found.items()}
