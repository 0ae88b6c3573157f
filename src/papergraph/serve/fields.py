"""The fields of a form for a ready-made query: one for each parameter, typed as the query says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from papergraph.ask.named import NamedQuery
from papergraph.ask.parameters import ANYTHING, SEPARATOR, kind_of
from papergraph.model import ENTITY_TYPES
from papergraph.ontology.terms import prefixes
from papergraph.store import GraphStore

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field for one parameter."""

    name: str
    kind: str
    """`year`, `memory`, `number`, `entity` for any, or the type of the entities that it takes."""
    value: str
    """What stands in the address."""
    default: str
    """What is asked about if nothing is given; empty if the parameter may be left out, or its default is unknown."""
    optional: bool
    """Whether it may be left out; it then stands for anything."""

    @property
    def is_number(self) -> bool:
        """Whether it takes a whole number."""
        return self.kind in {"year", "memory", "number"}

    @property
    def is_required(self) -> bool:
        """Whether there is no answer without it."""
        return not self.default and not self.optional


def fields_of(store: GraphStore, query: NamedQuery, given: Mapping[str, str]) -> list[Field]:
    """Return the fields of a query, filled with what is `given`."""
    kinds = dict(query.kinds)
    return [
        Field(
            name,
            kinds.get(name) or _kind(default),
            given.get(name, ""),
            "" if default == ANYTHING else _label(store, default),
            default == ANYTHING,
        )
        for name, default in query.parameters
    ]


def _kind(default: str) -> str:
    if _NUMBER.fullmatch(default):
        return "number"
    return kind_of(default) or "entity"


def _label(store: GraphStore, default: str) -> str:
    """Return what the entities of a default are called, or its number; empty if the graph does not hold one."""
    if _NUMBER.fullmatch(default):
        return default
    base = prefixes(store.base)
    labels = []
    for term in default.split():
        prefix, _, local = term.partition(":")
        iri = term[1:-1] if term.startswith("<") else base.get(prefix, "") + local
        labels += [found.label for found in store.named(iri)[:1] if found.type in ENTITY_TYPES]
    return SEPARATOR.join(labels) if len(labels) == len(default.split()) else ""
