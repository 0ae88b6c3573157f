"""What is written: lines of N-Quads, rows of tables, problems, each from one note, one entity or one relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad

from papergraph.assemble.claims import Claim, Key, reworded, statement_of
from papergraph.assemble.relations import claims_of_note, loops_of_note, outweighed, unique_evidence
from papergraph.export.rows import entity_row, evidence_row
from papergraph.model import Evidence, Extraction, NoteRecord, Predicate, Problem
from papergraph.ontology.iri import note_iri
from papergraph.rdf import (
    canonical_lines,
    entity_quads,
    evidence_quads,
    note_quads,
    place_quads,
    reason_quads,
    statement_quads,
)
from papergraph.resolve.components import KeyedNote
from papergraph.resolve.entity import NoteIndex
from papergraph.resolve.keys import NoteKeys
from papergraph.resolve.profile import place_of
from papergraph.spark.relating import DROPPED, standing
from papergraph.spark.resolving import Described, Names
from papergraph.spark.rows import Columns, Row, key_bytes, pack, unpack

LINES: Columns = {"line": str}
#: A line of N-Quads, or a packed row of another kind.
WRITTEN: Columns = {"kind": str, "line": str, "row": bytes}
PROBLEMS: Columns = {"path": str, "line": int, "kind": str, "message": str}
#: Relations without labels, and whether they are asserted.
CLAIMED: Columns = {
    "iri": str,
    "subject": str,
    "predicate": str,
    "object": str,
    "confidence": float,
    "polarity": str,
    "asserted": bool,
    "dataset": str,
    "metric": str,
}
QUAD, SENTENCE, PROBLEM = "quad", "evidence", "problem"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the notes decide together on their claims."""

    moves: Mapping[Key, Key]
    """Claims that became others."""
    verdicts: Mapping[Key, str]
    """Claims that are denied or dropped; all others are affirmed."""


def note_rows(notes: Iterable[KeyedNote], names: Names, verdicts: Verdicts, base: str) -> Iterator[Row]:
    """Yield rows of `WRITTEN`: the quads that each note states, its sentences of evidence, and its problems."""
    for extraction, keys in notes:
        iris = names.of_note(keys)
        stated = list(_evidence(extraction, iris, verdicts, base))
        for line in canonical_lines(_quads(extraction, iris, stated, base)):
            yield QUAD, line.removesuffix("\n"), None
        for statement, evidence, supports in stated:
            yield SENTENCE, None, pack(evidence_row(evidence, statement, supports=supports))
        for problem in sorted(_problems(extraction, iris, verdicts, base), key=str):
            yield PROBLEM, None, pack(problem_row(problem))


def _settled(extraction: Extraction, iris: list[str], verdicts: Verdicts, base: str) -> Iterator[tuple[Claim, bool]]:
    """Yield what a note claims, after moves, and whether that stands."""
    for claim in claims_of_note(extraction, iris, base):
        moved = verdicts.moves.get(claim.key)
        final = reworded(claim, moved, base) if moved else claim
        verdict = verdicts.verdicts.get(final.key, "positive")
        if verdict != DROPPED:
            yield final, final.polarity == verdict


def claimed_rows(rows: Iterable[Row], names: Names, moves: Mapping[Key, Key], base: str) -> Iterator[Row]:
    """Yield rows of `CONSULTED` for what each note claims after moves, given by rows of `KEYED`."""
    for path, extraction, packed in rows:
        claims = claims_of_note(unpack(extraction, Extraction), names.of_note(unpack(packed, NoteKeys)), base)
        keys = {"\n".join(moves.get(claim.key, claim.key)) for claim in claims}
        yield from ((path, key_bytes(key)) for key in sorted(keys))


def key_of_claim(text: str) -> Key:
    """Return what a row of `claimed_rows` asks for."""
    subject, predicate, obj = text.split("\n")
    return subject, cast("Predicate", predicate), obj


def _evidence(
    extraction: Extraction, iris: list[str], verdicts: Verdicts, base: str
) -> Iterator[tuple[str, Evidence, bool]]:
    """Yield each statement with a piece of evidence, and whether that supports it."""
    sides: dict[tuple[Key, bool], list[Claim]] = {}
    for claim, stands in _settled(extraction, iris, verdicts, base):
        sides.setdefault((claim.key, stands), []).append(claim)
    for (key, stands), claims in sides.items():
        statement = statement_of(key, base)
        yield from ((statement, evidence, stands) for evidence in unique_evidence(claims))


def _quads(
    extraction: Extraction, iris: list[str], stated: Iterable[tuple[str, Evidence, bool]], base: str
) -> Iterator[Quad]:
    record = NoteRecord(note_iri(extraction.path, base), extraction.path, extraction.sha256, extraction.encoding)
    note = NamedNode(record.iri)
    yield from note_quads(record)
    reasons = NoteIndex.of(extraction).reasons
    for number, (mention, iri) in enumerate(zip(extraction.mentions, iris, strict=True)):
        yield from place_quads(iri, place_of(extraction, mention), note)
        yield from reason_quads(iri, reasons.get(number, ()))
    for statement, evidence, supports in stated:
        yield from evidence_quads(statement, evidence, note, supports=supports)


def _problems(extraction: Extraction, iris: list[str], verdicts: Verdicts, base: str) -> Iterator[Problem]:
    yield from (Problem(extraction.path, warning, kind="repaired") for warning in extraction.warnings)
    left_out = {outweighed(c) for c, stands in _settled(extraction, iris, verdicts, base) if not stands}
    yield from loops_of_note(extraction, iris) | left_out


def problem_row(problem: Problem) -> Row:
    """Return a row of `PROBLEMS`."""
    return problem.path, problem.line, problem.kind, problem.message


def packed_rows(rows: Iterable[Row], wanted: str) -> Iterator[Row]:
    """Yield the rows of one kind that are packed in rows of `WRITTEN`."""
    yield from (unpack(packed, tuple) for kind, _, packed in rows if kind == wanted)


def entity_lines(entities: Iterable[Described]) -> Iterator[Row]:
    """Yield the lines of what the notes say of entities together."""
    for described in entities:
        lines = canonical_lines(entity_quads(described.entity, described.uses))
        yield from ((line.removesuffix("\n"),) for line in lines)


def entity_table(entities: Iterable[Described]) -> Iterator[Row]:
    """Yield a row of the table of entities for each."""
    for described in entities:
        yield entity_row(described.entity, described.count, described.first)


def relation_lines(rows: Iterable[Row], threshold: float, base: str) -> Iterator[Row]:
    """Yield the lines of relations, given as rows of `RELATIONS`; two relations may assert one wider triple."""
    for relation, note in standing(rows):
        home = NamedNode(note_iri(note, base)) if note else DefaultGraph()
        lines = canonical_lines(statement_quads(relation, home, threshold))
        yield from ((line.removesuffix("\n"),) for line in lines)


def unique_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each of sorted lines once."""
    yield from (row for row, _ in groupby(rows))


def relation_table(rows: Iterable[Row], threshold: float) -> Iterator[Row]:
    """Yield a row of `CLAIMED` for each relation."""
    for relation, _ in standing(rows):
        asserted = relation.polarity == "positive" and relation.confidence >= threshold
        ends = (relation.iri, relation.subject, relation.predicate, relation.object)
        more = (relation.dataset or None, relation.metric or None)
        yield (*ends, relation.confidence, relation.polarity, asserted, *more)
