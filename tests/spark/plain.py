"""The stages of a job over lists of rows, as Spark runs them over partitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from papergraph.assemble.relations import moves, only_methods
from papergraph.model import Extraction
from papergraph.ontology.terms import BASE
from papergraph.resolve.apart import kept_apart, reasons_apart
from papergraph.resolve.facts import Facts
from papergraph.resolve.joins import join
from papergraph.resolve.keys import Keys
from papergraph.spark.extracting import key_rows, keyed_notes, merge_facts, merge_joins, sum_facts, sum_joins
from papergraph.spark.relating import final_moves, merge_tallies, pair_rows, settle_rows, tally_rows
from papergraph.spark.resolving import (
    Names,
    Owners,
    clashing,
    described_entities,
    entity_rows,
    merge_profiles,
    named_rows,
    profile_rows,
    suffixed,
    unpack_profile,
)
from papergraph.spark.rows import Row, key_bytes, key_text, pack
from papergraph.spark.writing import (
    PROBLEM,
    QUAD,
    Verdicts,
    entity_lines,
    note_rows,
    packed_rows,
    relation_lines,
    unique_lines,
)
from papergraph.vocabulary import Vocabulary

Part = list[Row]


@dataclass(frozen=True)
class Made:
    """What a job makes."""

    nquads: str
    problems: list[Row]
    profiles: Part
    """After their sums were merged."""


def over(parts: Sequence[Part], function: Any) -> list[Part]:
    return [list(function(iter(part))) for part in parts]


def together(parts: Iterable[Part]) -> Part:
    return [row for part in parts for row in part]


def grouped(parts: Iterable[Part], width: int) -> Part:
    return sorted(together(parts), key=lambda row: row[:width])


def run_plain(extractions: Sequence[Extraction], vocabulary: Vocabulary, parts: int) -> Made:
    """Build the graph of extractions that are dealt to so many partitions."""
    rows: Part = [(e.path, pack(e), "") for e in extractions]
    dealt = [rows[number::parts] for number in range(parts)]
    known = Keys.by_facts(merge_facts(together(over(dealt, sum_facts))), vocabulary)
    keyed = over(dealt, partial(key_rows, keys=known))
    links, claims = merge_joins(together(over([[(row[2],) for row in part] for part in keyed], sum_joins)))
    partition = join(claims, links)
    owners = Owners.of(partition, {end for link in links for end in (link.hub, link.key)} | claims.keys())
    profiles = list(merge_profiles(grouped(over(keyed, lambda r: profile_rows(keyed_notes(r), owners)), 1)))
    wanted = named_rows(profiles, kept_apart(partition))
    apart = reasons_apart(partition, {key_text(owner): unpack_profile(packed) for owner, packed in wanted})
    knowing = Keys.by_facts(Facts({}, frozenset()), vocabulary)
    entities = list(entity_rows(profiles, owners.vocabulary, apart, knowing, BASE))
    iris = {key_text(owner): iri for owner, iri, _ in entities}
    twice = {key_bytes(key) for key in clashing(iris)}
    names = Names(owners, {**iris, **suffixed(row for row in entities if row[0] in twice)})
    tallies = list(merge_tallies(grouped(over(keyed, lambda r: tally_rows(keyed_notes(r), names, BASE)), 3)))
    methods = only_methods((row[0], row[2]) for row in tallies if row[4])
    moved = final_moves(moves([row[:3] for row in tallies if row[3]], methods, frozenset()))
    relations = list(settle_rows(grouped([list(pair_rows(tallies, moved))], 2), BASE))
    verdicts = Verdicts(moved, {row[:3]: row[3] for row in relations if row[3]})
    written = together(over(keyed, lambda r: note_rows(keyed_notes(r), names, verdicts, BASE)))
    lines = [
        *((line,) for kind, line, _ in written if kind == QUAD),
        *entity_lines(described_entities(entities, names.iris)),
    ]
    lines += relation_lines(relations, 0.5, BASE)
    nquads = "".join(f"{line}\n" for (line,) in unique_lines(sorted(lines)))
    return Made(nquads, list(packed_rows(written, PROBLEM)), profiles)


def copies(extraction: Extraction, count: int) -> list[Extraction]:
    """Return a note under so many names."""
    return [replace(extraction, path=f"{number:05}.md") for number in range(count)]
