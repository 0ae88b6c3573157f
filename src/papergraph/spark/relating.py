"""From claims of notes to relations: tallies are summed by claim, and settled by pair of entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from papergraph.assemble.claims import Key
from papergraph.assemble.related import pair_of
from papergraph.assemble.relations import OF_PAPERS, claims_of_note, relation_of
from papergraph.assemble.tally import Tally, beaten
from papergraph.model import Relation
from papergraph.resolve.components import KeyedNote
from papergraph.spark.resolving import Names
from papergraph.spark.rows import Columns, Row, pack, unpack

#: `movable` claims may be given from a paper to its method, `introduced` are the pairs of which one introduces another.
TALLIES: Columns = {
    "subject": str,
    "predicate": str,
    "object": str,
    "movable": bool,
    "introduces": bool,
    "tally": bytes,
}
PAIRS: Columns = {"one": str, "other": str, "subject": str, "predicate": str, "object": str, "tally": bytes}
#: `note` is the only one that supports it, or empty; `verdict` is how it differs from what is affirmed and stands.
RELATIONS: Columns = {
    "subject": str,
    "predicate": str,
    "object": str,
    "verdict": str,
    "note": str,
    "relation": bytes,
}
#: A claim that another one made superfluous.
DROPPED = "dropped"


def tally_rows(notes: Iterable[KeyedNote], names: Names, base: str) -> Iterator[Row]:
    """Yield one row of `TALLIES` for each claim of the notes of a partition, however many make it."""
    tallies: dict[Key, Tally] = defaultdict(Tally)
    for extraction, keys in notes:
        for claim in claims_of_note(extraction, names.of_note(keys), base):
            tallies[claim.key].add(claim)
    yield from (_tally_row(key, tally) for key, tally in tallies.items())


def merge_tallies(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one row for each claim of rows of `TALLIES` that are sorted by claim."""
    for key, group in groupby(rows, key=itemgetter(0, 1, 2)):
        tally = Tally()
        for row in group:
            tally.merge(unpack(row[-1], Tally))
        yield _tally_row(key, tally)


def _tally_row(key: Key, tally: Tally) -> Row:
    introduces = key[1] == "introduces" and tally.polarity == "positive"
    return (*key, key[1] not in OF_PAPERS, introduces, pack(tally))


def final_moves(moves: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Return where each claim is moved in the end, of single moves in their order.

    >>> final_moves([(("a", "uses", "x"), ("b", "uses", "x")), (("b", "uses", "x"), ("c", "uses", "x"))])
    {('b', 'uses', 'x'): ('c', 'uses', 'x'), ('a', 'uses', 'x'): ('c', 'uses', 'x')}
    """
    final: dict[Key, Key] = {}
    for key, moved in reversed(list(moves)):
        final[key] = final.get(moved, moved)  # so far `final` holds the later moves only
    return final


def pair_rows(rows: Iterable[Row], moves: Mapping[Key, Key]) -> Iterator[Row]:
    """Yield a row of `PAIRS` for each row of `TALLIES`, as what is claimed after the moves."""
    for subject, predicate, obj, _, _, tally in rows:
        key = moves.get((subject, predicate, obj), (subject, predicate, obj))
        yield (*pair_of(key[0], key[2]), *key, tally)


def settle_rows(rows: Iterable[Row], base: str) -> Iterator[Row]:
    """Yield a row of `RELATIONS` for each claim of rows of `PAIRS` that are sorted by pair."""
    for _, group in groupby(rows, key=itemgetter(0, 1)):
        tallies: dict[Key, Tally] = defaultdict(Tally)
        for _, _, subject, predicate, obj, packed in group:
            tallies[subject, predicate, obj].merge(unpack(packed, Tally))
        lost = beaten(tallies)
        for key, tally in sorted(tallies.items(), key=itemgetter(0)):
            relation = relation_of(key, tally, base)
            verdict = DROPPED if key in lost else "negative" if relation.polarity == "negative" else ""
            notes = tally.kept.notes
            yield (*key, verdict, next(iter(notes)) if len(notes) == 1 else "", pack(relation))


def standing(rows: Iterable[Row]) -> Iterator[tuple[Relation, str]]:
    """Yield the relations of rows of `RELATIONS`, each with the only note that supports it, or nothing."""
    for _, _, _, verdict, note, packed in rows:
        if verdict != DROPPED:
            yield unpack(packed, Relation), note
