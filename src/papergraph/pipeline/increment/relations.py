"""Which relations an edit touches, and what becomes of them: the claims of their pairs are settled again, no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from papergraph.assemble.claims import Claim, Key
from papergraph.assemble.related import Pair, pair_of, related
from papergraph.assemble.relations import claimed_keys, claims_of_note, loops_of_note, settle
from papergraph.model import Problem, Relation
from papergraph.pipeline.increment.entities import TouchedEntities
from papergraph.pipeline.increment.notes import KnownNotes, iris_by_key
from papergraph.pipeline.increment.record import Problems, in_order
from papergraph.pipeline.increment.state import State
from papergraph.resolve.components import KeyedNote


@dataclass(frozen=True, slots=True)
class TouchedRelations:
    """What becomes of the relations that an edit touches."""

    gone: frozenset[Key]
    """What is no longer claimed, or is to be written anew; not each of these is in the graph."""
    relations: tuple[Relation, ...]
    """Those that are in their place."""
    loops: Mapping[str, Problems]
    """For each note with changed mentions what it claims of one thing about itself."""


class RelationUpdate:
    """Settles the claims of pairs of entities, and keeps the new records in the state."""

    def __init__(self, state: State, known: KnownNotes, base: str) -> None:
        self._state = state
        self._known = known
        self._base = base

    def run(self, touched: TouchedEntities) -> TouchedRelations:
        """Return what becomes of the relations when entities change; the state has the new ones already."""
        old = {path: self._claims(note, touched.iris_before) for path, note in touched.before.items()}
        iris = iris_by_key(self._state, {key for _, keys in touched.after.values() for key in keys.own})
        new = {path: self._claims(note, iris) for path, note in touched.after.items()}
        changed = {key for path in {*old, *new} for key in _changed(old.get(path, []), new.get(path, []))}
        pairs = self._decided_together({pair_of(key[0], key[2]) for key in changed} | self._of_introducing(changed))
        for path, claims in old.items():
            self._state.drop_relations(path, {claim.key for claim in claims})
        for path, note in touched.after.items():
            self._state.put_relations(path, claimed_keys(note[0], _iris(note, iris)))
        pairs = self._decided_together(pairs | self._of_introducing(changed))
        relations, gone = self._settle(pairs, touched.after)
        loops = {p: in_order(loops_of_note(note[0], _iris(note, iris))) for p, note in touched.after.items()}
        return TouchedRelations(frozenset(gone | changed), relations, loops)

    def _claims(self, note: KeyedNote, iris: Mapping[str, str], wanted: Collection[Key] | None = None) -> list[Claim]:
        return claims_of_note(note[0], _iris(note, iris), self._base, wanted)

    def _of_introducing(self, keys: Iterable[Key]) -> set[Pair]:
        """Return all pairs of what introduces other things than before: its claims may be given to another method."""
        papers = {subject for subject, predicate, _ in keys if predicate == "introduces"}
        return {pair_of(paper, obj) for paper in papers for obj in self._state.objects(paper)}

    def _decided_together(self, pairs: Iterable[Pair]) -> set[Pair]:
        return related(pairs, cache(self._state.introduced), cache(self._state.introducers))

    def _settle(self, pairs: set[Pair], after: Mapping[str, KeyedNote]) -> tuple[tuple[Relation, ...], set[Key]]:
        """Return the relations of pairs of entities, and what is claimed of them."""
        claimed = [row for pair in pairs for row in self._state.claimed(pair)]
        ends = {end for pair in pairs for end in pair}
        beside = [row for end in ends for row in self._state.introducing(end)]
        wanted = {key for key, _ in (*claimed, *beside)}
        paths = sorted({path for _, path in (*claimed, *beside)})
        notes = [after[path] if path in after else self._known[path] for path in paths]
        iris = iris_by_key(self._state, {key for note in notes for key in _ends(note)})
        claims: dict[Key, list[Claim]] = {}
        for note in notes:
            for claim in self._claims(note, iris, wanted):
                claims.setdefault(claim.key, []).append(claim)
        relations, left_out = settle(claims, self._base)
        problems: dict[Pair, set[Problem]] = {}
        for (subject, _, obj), found in left_out.items():
            problems.setdefault(pair_of(subject, obj), set()).update(found)
        self._state.replace_problems(pairs, ((p, in_order(found)) for p, found in problems.items() if p in pairs))
        inside = tuple(r for r in relations if pair_of(r.subject, r.object) in pairs)
        return inside, {key for key, _ in claimed}


def _iris(note: KeyedNote, iris: Mapping[str, str]) -> list[str]:
    """Return the IRI of each mention, empty for those that no claim needs."""
    return [iris.get(key, "") for key in note[1].own]


def _ends(note: KeyedNote) -> set[str]:
    """Return the keys of the mentions that a note relates to each other."""
    extraction, keys = note
    return {keys.own[i] for r in extraction.relations for i in (r.subject, r.object, r.dataset) if i >= 0}


def _changed(old: list[Claim], new: list[Claim]) -> set[Key]:
    """Return the keys under which a note claims something else than before."""
    return {claim.key for claim, _ in Counter(old).items() ^ Counter(new).items()}
