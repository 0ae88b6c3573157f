"""What people decided about entities: which are one or two, of another type or label, or none.

Names are looked up in the entities as the notes give them, after each decision anew. Decisions are taken in this order:
what is different, what is the same, then types, labels and what is not an entity. One that contradicts another is
refused, as is one whose names are not there or mean several entities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from papergraph.correction import (
    OF_CLAIMS,
    CorrectedEntities,
    Correction,
    CorrectionOutcome,
    Decision,
    Reference,
    State,
)
from papergraph.model import Entity
from papergraph.ontology.identifiers import clashing_scheme
from papergraph.ontology.kinds import group_of
from papergraph.ontology.references import References
from papergraph.resolve.entity import Cluster
from papergraph.resolve.split import is_called, split, without_name
from papergraph.resolve.typed import retyped
from papergraph.text.folding import fold


@dataclass
class CorrectedThings:
    """The entities while they are corrected, each under the key that stands for it."""

    entities: dict[str, Entity]
    clusters: dict[str, Cluster]
    """The mentions of each entity, as far as splits need them."""
    base: str
    owners: dict[str, str] = field(default_factory=dict)
    """The key that stands for another one since they were merged; empty for what is not an entity."""
    moved: dict[tuple[str, int], str] = field(default_factory=dict)
    """The keys of mentions, given by note and number, that were split off."""
    corrected: CorrectedEntities = field(default_factory=CorrectedEntities)

    def owner(self, note: str, mention: int, key: str) -> str:
        """Return the key of what a mention names, which had `key` before; empty if that is not an entity."""
        key = self.moved.get((note, mention), key)
        while key in self.owners:
            key = self.owners[key]
        return key


def correct_entities(
    entities: Mapping[str, Entity], clusters: Mapping[str, Cluster], corrections: Sequence[Correction], base: str
) -> CorrectedThings:
    """Return the entities with all `corrections` that are about entities; `clusters` are their mentions."""
    things = CorrectedThings(dict(entities), dict(clusters), base)
    rows = [row for row in corrections if row.decision not in OF_CLAIMS]
    if rows:
        _Correcting(things).run(rows)
    return things


class _Correcting:
    def __init__(self, things: CorrectedThings) -> None:
        self.things = things
        self.references = References(things.entities.items())
        self.outcomes: list[CorrectionOutcome] = []
        self.apart: list[tuple[Correction, str, str]] = []
        self.removed: list[Reference] = []
        self.former: dict[str, Entity] = {}

    def run(self, rows: Sequence[Correction]) -> None:
        for decision, decide in (("different", self._different), ("same", self._same)):
            for row in rows:
                if row.decision == decision and (keys := self._bound(row, row.subject, row.object)):
                    decide(row, *keys)
            if decision == "different":
                self.apart = list(self._kept_apart(rows))
        self._describe([row for row in rows if row.decision not in {"different", "same"}])
        former = sorted((key, entity.type) for key, entity in self.former.items())
        outcomes = tuple(sorted(self.outcomes, key=lambda o: o.correction.line))
        self.things.corrected = CorrectedEntities(outcomes, tuple(former), tuple(sorted(set(self.removed))))

    def _note(self, row: Correction, state: State, message: str = "") -> None:
        self.outcomes.append(CorrectionOutcome(row, state, message))

    def _bound(self, row: Correction, *references: Reference) -> tuple[str, ...]:
        """Return the keys that a row is about; none, and what is wrong is noted, if that is not clear."""
        keys: list[str] = []
        for reference in references:
            found = self.references.find(reference)
            if len(found) != 1:
                state: State = "refused" if found else "gone"
                self._note(row, state, self.references.unclear(reference))
                return ()
            keys += found
        return tuple(keys)

    def _put(self, key: str, entity: Entity) -> None:
        self.things.entities[key] = entity
        self.references.put(key, entity)

    def _drop(self, key: str, instead: str = "") -> None:
        self.things.entities.pop(key)
        self.things.owners[key] = instead
        self.references.remove(key)

    def _different(self, row: Correction, left: str, right: str) -> None:
        if left != right:
            self._note(row, "not needed", "they are two entities")
            return
        entity = self.things.entities[left]
        stays, goes = row.subject.name, row.object.name
        if fold(stays) == fold(goes):
            self._note(row, "refused", "both names are the same")
            return
        if is_called(entity, goes):
            stays, goes = goes, stays
        cluster = self.things.clusters.get(left, Cluster())
        reason = f"kept apart from {{}}: {source(row)}"
        parted = split(entity, cluster, stays, goes, self.things.base)
        kept, other = parted.kept, parted.other
        key = f"{left} apart {fold(goes)}"
        if other:
            self._put(key, replace(other, reasons=(*other.reasons, reason.format(stays))))
            self.things.moved.update(dict.fromkeys(parted.moved, key))
            self.things.clusters.update({left: parted.staying, key: parted.going})
        if kept.places:
            kept = without_name(kept, goes)
            self._put(left, replace(kept, reasons=tuple(sorted({*kept.reasons, reason.format(goes)}))))
        else:
            self._drop(left)
        self._note(row, "applied")

    def _kept_apart(self, rows: Sequence[Correction]) -> Iterator[tuple[Correction, str, str]]:
        """Yield what is different once all is split: a split may have given a name to another entity."""
        for row in rows:
            if row.decision == "different":
                left, right = self.references.find(row.subject), self.references.find(row.object)
                if len(left) == len(right) == 1 and left != right:
                    yield row, left[0], right[0]

    def _same(self, row: Correction, left: str, right: str) -> None:
        if left == right:
            self._note(row, "not needed", "they are one entity")
        elif refusal := self._refusal(left, right):
            self._note(row, "refused", refusal)
        else:
            self._merge(row, left, right)
            self._note(row, "applied")

    def _refusal(self, left: str, right: str) -> str:
        """Return why two entities cannot be one; empty if they can."""
        first, second = self.things.entities[left], self.things.entities[right]
        for row, one, other in self.apart:
            if {self.things.owner("", 0, one), self.things.owner("", 0, other)} == {left, right}:
                return f"it contradicts line {row.line}: {row}"
        if group_of(first.type) != group_of(second.type):
            return f"{first.label} is a {first.type}, {second.label} a {second.type}; correct the type of one first"
        if scheme := clashing_scheme(first.identifiers, second.identifiers):
            return f"they have different identifiers of the scheme {scheme}"
        return ""

    def _merge(self, row: Correction, left: str, right: str) -> None:
        """Make the entity `right` a part of `left`."""
        first, second = self.things.entities[left], self.things.entities[right]
        names = {*first.aliases, *second.aliases, second.label} - {first.label}
        reason = f"{second.label}: the same as {first.label} by {source(row)}"
        merged = replace(
            first,
            aliases=tuple(sorted(names)),
            identifiers=tuple(sorted({*first.identifiers, *second.identifiers})),
            attributes=tuple(sorted({*first.attributes, *second.attributes})),
            places=tuple(sorted({*first.places, *second.places})),
            reasons=tuple(sorted({*first.reasons, *second.reasons, reason})),
        )
        self._drop(right, left)
        self._put(left, merged)

    def _describe(self, rows: Sequence[Correction]) -> None:
        """Take what is decided of single entities: all names are looked up before anything changes."""
        bound: dict[str, list[Correction]] = defaultdict(list)
        for row in rows:
            for key in self._bound(row, row.subject):
                bound[key].append(row)
        for key, about in sorted(bound.items()):
            fitting = [row for row in about if not self._contradicted(row, about)]
            for decision in ("type", "label", "not-entity"):
                for row in (row for row in fitting if row.decision == decision):
                    self._set(row, self.things.owner("", 0, key))

    def _contradicted(self, row: Correction, about: Sequence[Correction]) -> bool:
        for other in about:
            if {row.decision, other.decision} >= {"not-entity", "type"} or (
                row.decision == other.decision and row.to != other.to
            ):
                self._note(row, "refused", f"it contradicts line {other.line}: {other}")
                return True
        return False

    def _set(self, row: Correction, key: str) -> None:
        entity = self.things.entities.get(key)
        if entity is None:
            self._note(row, "not needed", "another line says that it is not an entity")
            return
        decision: Decision = row.decision
        if decision == "not-entity":
            self.removed += [Reference(name, entity.type) for name in (entity.label, *entity.aliases)]
            self._drop(key)
        elif row.to == (entity.type if decision == "type" else entity.label):
            self._note(row, "not needed", "the notes say so themselves")
            return
        elif decision == "type":
            self.former[key] = entity
            self._put(key, _explained(retyped(entity, row.to, self.things.base), f"a {row.to} by {source(row)}"))
            self._join_twins(row, key)
        else:
            names = tuple(sorted({*entity.aliases, entity.label} - {row.to}))
            called = replace(entity, label=row.to, aliases=names)
            self._put(key, _explained(called, f"{entity.label}: called {row.to} by {source(row)}"))
        self._note(row, "applied")

    def _join_twins(self, row: Correction, key: str) -> None:
        """Make what has the type and the label of a corrected entity a part of it."""
        entity = self.things.entities[key]
        for twin in self.references.find(Reference(entity.label, entity.type)):
            other = self.things.entities[twin]
            same = other.type == entity.type and is_called(other, entity.label)
            if twin != key and same and not self._refusal(key, twin):
                self._merge(row, key, twin)


def source(row: Correction) -> str:
    """Return where a decision stands, without a line number, which changes with every edit of the file."""
    return PurePath(row.path).name or "a correction"


def _explained(entity: Entity, reason: str) -> Entity:
    return replace(entity, reasons=tuple(sorted({*entity.reasons, reason})))
