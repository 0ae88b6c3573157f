"""Answers as flat rows of plain values, for loops and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from papergraph.ask.answer import Answer
from papergraph.insight.lineage import Lineage
from papergraph.insight.show import Profile
from papergraph.model import Evidence
from papergraph.ontology.terms import XSD

Row = dict[str, Any]

LINEAGE_COLUMNS = (
    "depth",
    "subject",
    "subject_label",
    "predicate",
    "object",
    "object_label",
    "confidence",
    "cycle",
    "note",
    "line",
    "sentence",
)
PROFILE_COLUMNS = ("predicate", "direction", "iri", "label", "confidence", "polarity", "note", "line", "sentence")
#: The column of an ASK, as in SPARQL's JSON.
TRUTH = "boolean"
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: text in {"true", "1"},
}


def answer_rows(answer: Answer) -> list[Row]:
    """Return a dictionary by variable for each row, None for unbound; numbers and truth values are Python's own.

    A truth value is one row; triples have the columns subject, predicate and object.
    """
    if answer.kind == "ask":
        return [{TRUTH: answer.truth}]
    return [dict(zip(answer.variables, map(_plain, row), strict=True)) for row in answer.rows]


def _plain(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    name = term.datatype.value.removeprefix(XSD)
    try:
        return _READERS[name](term.value) if name in _READERS else term.value
    except ValueError:  # a query can make "x"^^xsd:integer
        return term.value


def lineage_rows(lineage: Lineage) -> list[Row]:
    """Return a row for each step, by `LINEAGE_COLUMNS`, with the best of its evidence."""
    known = {member.iri: member for member in lineage.members}
    rows = []
    for step in lineage.steps:
        values = (
            known[lineage.far_end(step)].depth,
            step.subject,
            known[step.subject].label,
            step.predicate,
            step.object,
            known[step.object].label,
            step.confidence,
            step.cycle,
            *_best(step.evidence),
        )
        rows.append(dict(zip(LINEAGE_COLUMNS, values, strict=True)))
    return rows


def profile_rows(profile: Profile) -> list[Row]:
    """Return a row for each relation, by `PROFILE_COLUMNS`, with the best of its evidence."""
    rows = []
    for fact in profile.facts:
        way = "out" if fact.outgoing else "in"
        values = (fact.predicate, way, fact.other, fact.label, fact.confidence, fact.polarity, *_best(fact.evidence))
        rows.append(dict(zip(PROFILE_COLUMNS, values, strict=True)))
    return rows


def _best(evidence: Iterable[Evidence]) -> tuple[str, int, str]:
    """Return note, line and sentence of the first, which is the best."""
    return next(((e.note, e.line, e.sentence) for e in evidence), ("", 0, ""))
