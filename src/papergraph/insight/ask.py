"""Asking in words: the ready-made query that a question means, about which entities, and its SPARQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.ask.named import NamedQuery, choose_query
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.source import Nameable
from papergraph.errors import QuestionError
from papergraph.question.fitting import Filled
from papergraph.question.understand import understand


@dataclass(frozen=True, slots=True)
class Name:
    """What stands for one parameter of the query."""

    parameter: str
    surface: str
    """As the question writes it."""
    label: str
    """Of the entity, or the number."""
    type: str
    """Of the entity; `memory` (in GB) or `year` for a number."""
    iri: str
    """Of the entity; empty for a number."""
    corrected: bool = False
    """Whether the question spells the name otherwise."""
    others: tuple[str, ...] = ()
    """IRIs of the other entities with this name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question is read."""

    question: str
    query: NamedQuery
    names: tuple[Name, ...]
    sparql: str
    """The query with the entities in the places of its parameters; prefixes of papergraph need no declaration."""
    others: tuple[str, ...] = ()
    """Names of other ready-made queries that the question may mean as well: more than none where it is ambiguous."""
    left_over: tuple[str, ...] = ()
    """What the question names and the query does not ask about."""

    def certain(self) -> Asked:
        """Return the question as it is read; raises QuestionError if it may mean several queries."""
        if self.others:
            meant = ", ".join((self.query.name, *self.others))
            choice = "choose one with --as QUERY (from Python: prefer=QUERY)"
            raise QuestionError(self.question, reason=f"it may mean several queries: {meant}; {choice}")
        return self


def read_question(source: Nameable, question: str, queries: Sequence[NamedQuery], *, prefer: str = "") -> Asked:
    """Return how a question is read; `prefer` is the name of the query that is meant, where it may mean several.

    Raises:
        UnknownNameError: if the question names something that the graph does not have, or `prefer` is no query.
        QuestionError: if it is like no phrasing of a query.
        ConfigError: if a phrasing of a query names a parameter that it does not have.
    """
    chosen = [choose_query(prefer, queries)] if prefer else queries
    readings = understand(source, " ".join(question.split()), chosen)
    best = readings[0]
    return Asked(
        question,
        best.query,
        tuple(_name(filled) for filled in best.filled),
        fill_parameters(source, best.query, best.given),
        tuple(r.query.name for r in readings[1:]),
        tuple(named.surface for named in best.left_over),
    )


def _name(filled: Filled) -> Name:
    named = filled.named
    if named.kind != "entity":
        return Name(filled.parameter, named.surface, filled.label, named.kind, "")
    chosen = next(c for c in named.candidates if c.iri == filled.value)
    others = tuple(c.iri for c in named.candidates if c.iri != chosen.iri)
    return Name(filled.parameter, named.surface, chosen.label, chosen.type, chosen.iri, named.corrected, others)


def command_of(asked: Asked) -> str:
    """Return the command that asks the same: `papergraph query compare --param one=LoRA --param other=DoRA`."""
    given: dict[str, list[str]] = {}
    for name in asked.names:
        given.setdefault(name.parameter, []).append(name.label)
    parts = [f"--param {parameter}={_quoted('|'.join(labels))}" for parameter, labels in given.items()]
    return " ".join(["papergraph query", asked.query.name, *parts])


def _quoted(text: str) -> str:
    return text if text.replace("-", "").isalnum() else "'" + text.replace("'", "'\\''") + "'"
