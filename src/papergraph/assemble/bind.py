"""Which claims corrections are about: the entities that their names mean, and which of them contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from papergraph.assemble.claims import Key
from papergraph.assemble.witness import witness
from papergraph.correction import OF_CLAIMS, CorrectedEntities, Correction, CorrectionOutcome, State
from papergraph.model import Entity, Predicate
from papergraph.ontology.references import References
from papergraph.ontology.terms import DOMAINS
from papergraph.text.folding import fold

#: What holds in both directions, whichever of them a note states.
_SYMMETRIC = frozenset({"comparedWith"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A correction with the claim that it is about."""

    row: Correction
    key: Key
    target: Key
    """What a change makes of it; otherwise the claim itself."""

    @property
    def scope(self) -> tuple[str, str]:
        """The note and the sentence that are meant, each empty where all are."""
        return self.row.note, witness(self.row.sentence) if self.row.sentence else ""


def undirected(key: Key) -> Key:
    """Return a claim in one direction, if it holds in both."""
    subject, predicate, obj = key
    return (obj, predicate, subject) if predicate in _SYMMETRIC and obj < subject else key


def bind(
    rows: Sequence[Correction], entities: Sequence[Entity], corrected: CorrectedEntities
) -> tuple[list[Bound], list[CorrectionOutcome]]:
    """Return the corrections of claims whose names are clear, and what became of the others."""
    if not rows:
        return [], []
    references = References(((e.iri, e) for e in entities), corrected.former)
    removed: dict[str, set[str]] = defaultdict(set)
    for reference in corrected.removed:
        removed[fold(reference.name)] |= {"", reference.type}
    types: Mapping[str, Entity] = {e.iri: e for e in entities}
    bound: list[Bound] = []
    outcomes: list[CorrectionOutcome] = []
    for row in rows:
        if row.decision not in OF_CLAIMS or row.predicate == "":
            continue
        ends = [references.find(reference) for reference in (row.subject, row.object)]
        if state := _unclear(row, ends, references, removed):
            outcomes.append(CorrectionOutcome(row, *state))
            continue
        made = _bound(row, row.predicate, ends[0][0], ends[1][0])
        if message := _unfit(made, types):
            outcomes.append(CorrectionOutcome(row, "refused", message))
        else:
            bound.append(made)
    return _without_contradictions(bound, outcomes)


def _unclear(
    row: Correction,
    ends: Sequence[Sequence[str]],
    references: References,
    removed: Mapping[str, Collection[str]],
) -> tuple[State, str] | None:
    """Return what is wrong with the names of a row, if anything is."""
    for reference, found in zip((row.subject, row.object), ends, strict=True):
        if not found and reference.type in removed.get(fold(reference.name), ()):
            return "not needed", f"another line says that {reference.name} is not an entity"
        if len(found) != 1:
            return ("refused" if found else "gone"), references.unclear(reference)
    return None


def _bound(row: Correction, predicate: Predicate, subject: str, obj: str) -> Bound:
    left, right = (obj, subject) if row.reverse else (subject, obj)
    to = next((p for p in DOMAINS if p == row.to), predicate)
    return Bound(row, (subject, predicate, obj), (left, to, right))


def _unfit(made: Bound, entities: Mapping[str, Entity]) -> str:
    """Return why a claim cannot be made of two entities; empty if it can, or if nothing is to be claimed."""
    subject, predicate, obj = made.target
    if subject == obj:
        return f"both names mean {entities[subject].label}"
    subjects, objects = DOMAINS[predicate]
    fits = entities[subject].type in subjects and entities[obj].type in objects
    if fits or made.row.decision in {"reject", "accept"}:
        return ""
    return f"{predicate} does not relate a {entities[subject].type} to a {entities[obj].type}"


def _without_contradictions(
    bound: Sequence[Bound], outcomes: list[CorrectionOutcome]
) -> tuple[list[Bound], list[CorrectionOutcome]]:
    """Leave out rows that decide the same evidence differently, or claim and deny: nobody knows which of them holds.

    Of rows that say the same the first is kept.
    """
    same: dict[object, list[Bound]] = defaultdict(list)
    made: dict[Key, list[Bound]] = defaultdict(list)
    for one in bound:
        same[_topic(one)].append(one)
        if one.row.decision != "reject":
            made[undirected(one.target)].append(one)
    clear: list[Bound] = []
    for one in bound:
        decided = (_verdict(one.row), undirected(one.target))
        others = [o.row for o in same[_topic(one)] if (_verdict(o.row), undirected(o.target)) != decided]
        if one.row.decision != "reject":
            others += [o.row for o in made[undirected(one.target)] if o.row.polarity != one.row.polarity]
        if others:
            outcomes.append(CorrectionOutcome(one.row, "refused", f"it contradicts line {others[0].line}: {others[0]}"))
        elif (first := same[_topic(one)][0]) is not one:
            outcomes.append(CorrectionOutcome(one.row, "not needed", f"line {first.row.line} says the same"))
        else:
            clear.append(one)
    return clear, outcomes


def _topic(one: Bound) -> object:
    return undirected(one.key), one.row.polarity, one.scope


def _verdict(row: Correction) -> str:
    return "accept" if row.decision == "add" else row.decision
