"""What a graph learned, lost and changed between two states of the notes.

Both graphs are read as a whole, which is inherent: every claim of either may be the one that differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from papergraph.insight.correspondence import correspond
from papergraph.model import Entity, Evidence, Graph, Predicate, Relation

#: Differences of confidence below this are noise.
_LEAST = 0.01

_Key = tuple[str, Predicate, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim in one of the two graphs."""

    subject: str
    predicate: Predicate
    object: str
    labels: tuple[str, str]
    """Of subject and object."""
    confidence: float
    status: str
    """`asserted`, `negated`, or `weak` for less than the threshold."""
    evidence: tuple[Evidence, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim that both graphs make, differently."""

    before: Stated
    after: Stated
    gained: tuple[str, ...]
    """Sentences that only the newer graph has."""
    dropped: tuple[str, ...]
    """Sentences that only the older graph has."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What changed: `status`, `confidence`, `wording`."""
        confidence = abs(self.after.confidence - self.before.confidence) >= _LEAST
        changes = {
            "status": self.before.status != self.after.status,
            "confidence": confidence,
            "wording": bool(self.gained or self.dropped),
        }
        return tuple(kind for kind, is_changed in changes.items() if is_changed)


@dataclass(frozen=True, slots=True)
class Diff:
    """The difference of two graphs; every tuple is sorted."""

    new_notes: tuple[str, ...] = ()
    changed_notes: tuple[str, ...] = ()
    lost_notes: tuple[str, ...] = ()
    new_entities: tuple[Entity, ...] = ()
    lost_entities: tuple[Entity, ...] = ()
    renamed: tuple[tuple[Entity, Entity], ...] = ()
    merged: tuple[tuple[tuple[Entity, ...], Entity], ...] = ()
    split: tuple[tuple[Entity, tuple[Entity, ...]], ...] = ()
    new_claims: tuple[Stated, ...] = ()
    lost_claims: tuple[Stated, ...] = ()
    changed_claims: tuple[Changed, ...] = ()
    renamed_notes: tuple[tuple[str, str], ...] = ()
    """Old and new path of notes that say the same to the byte; they are neither new nor lost."""

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return self != Diff()


def diff_graphs(before: Graph, after: Graph) -> Diff:
    """Return what is new, lost and changed in `after`; claims follow entities that were renamed or merged.

    Weak claims, which neither graph asserts nor negates, count only where they were or became more.
    """
    found = correspond(before.entities, after.entities)
    old, now = _stated(before, found.heirs, after), _stated(after, {}, after)
    changed = (_changed(old[key], now[key]) for key in sorted(old.keys() & now.keys()))
    notes, later = ({n.path: n.sha256 for n in graph.notes} for graph in (before, after))
    renamed = _renamed(notes, later)
    return Diff(
        tuple(sorted(later.keys() - notes.keys() - {new for _, new in renamed})),
        tuple(sorted(path for path in notes.keys() & later.keys() if notes[path] != later[path])),
        tuple(sorted(notes.keys() - later.keys() - {old for old, _ in renamed})),
        found.new,
        found.lost,
        found.renamed,
        found.merged,
        found.split,
        tuple(now[key] for key in sorted(now.keys() - old.keys()) if now[key].status != "weak"),
        tuple(old[key] for key in sorted(old.keys() - now.keys()) if old[key].status != "weak"),
        tuple(c for c in changed if c.kinds and {c.before.status, c.after.status} != {"weak"}),
        renamed,
    )


def _renamed(notes: Mapping[str, str], later: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the notes that have another path now, by their hashes; of several copies those with one name first."""
    gone: dict[str, list[str]] = defaultdict(list)
    for path in sorted(notes.keys() - later.keys()):
        gone[notes[path]].append(path)
    pairs: list[tuple[str, str]] = []
    for path in sorted(later.keys() - notes.keys(), key=lambda path: (PurePosixPath(path).name, path)):
        if left := gone[later[path]]:
            old = next((o for o in left if PurePosixPath(o).name == PurePosixPath(path).name), left[0])
            left.remove(old)
            pairs.append((old, path))
    return tuple(sorted(pairs))


def _stated(graph: Graph, heirs: Mapping[str, str], after: Graph) -> dict[_Key, Stated]:
    """Return the claims by their ends, which are those of `after` where an entity lives on; of several one is made."""
    labels = {e.iri: e.label for e in graph.entities}
    labels |= {e.iri: e.label for e in after.entities} if heirs else {}
    found: dict[_Key, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        key: _Key = (
            heirs.get(relation.subject, relation.subject),
            relation.predicate,
            heirs.get(relation.object, relation.object),
        )
        if key[0] != key[2]:
            found[key].append(relation)
    return {key: _one(key, relations, labels, graph) for key, relations in found.items()}


def _one(key: _Key, relations: list[Relation], labels: Mapping[str, str], graph: Graph) -> Stated:
    """Return the claims that meet under one key as one: that of the surest, with the evidence of all."""
    surest = max(relations, key=lambda r: (graph.asserts(r), r.confidence, r.iri))
    evidence = {(e.note, e.line, e.sentence): e for r in relations for e in r.evidence}
    status = "negated" if surest.polarity == "negative" else "asserted" if graph.asserts(surest) else "weak"
    subject, predicate, obj = key
    ordered = sorted(evidence.values(), key=lambda e: (-e.confidence, e.note, e.line, e.start, e.sentence))
    named = (labels.get(subject, subject), labels.get(obj, obj))
    return Stated(subject, predicate, obj, named, surest.confidence, status, tuple(ordered))


def _changed(before: Stated, after: Stated) -> Changed:
    old, now = (dict.fromkeys(map(_wording, claim.evidence)) for claim in (before, after))
    return Changed(before, after, tuple(_without(now, old)), tuple(_without(old, now)))


def _wording(evidence: Evidence) -> str:
    return " ".join(evidence.sentence.split())


def _without(sentences: Iterable[str], others: Mapping[str, None]) -> Iterator[str]:
    return (sentence for sentence in sentences if sentence not in others)
