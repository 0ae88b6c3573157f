"""The parameters of a ready-made query: names of entities, bound as the IRIs that they mean in a graph."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from papergraph.ask.choose import choose
from papergraph.ask.named import NamedQuery, values_of
from papergraph.ask.source import Nameable
from papergraph.errors import QueryError, UnknownNameError
from papergraph.model import ENTITY_TYPES, EntityType
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import prefixes

_IRI_TERM = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\"{}|^`\\\s]*>|[\w-]*:[\w.-]+")


def fill_parameters(source: Nameable, query: NamedQuery, given: Mapping[str, str]) -> str:
    """Return the query's text with the entities that the user named in place of the defaults.

    Only IRIs of entities that the graph holds get into the text, checked as RDF terms; never what the user wrote.

    Raises:
        UnknownNameError: for a parameter or an entity that does not exist.
        QueryError: if nothing is given for a parameter, and the graph does not hold its default.
    """
    known = dict(query.parameters)
    if strange := sorted(given.keys() - known.keys()):
        raise UnknownNameError("parameter", strange[0], tuple(known))
    text = query.text
    for name, default in query.parameters:
        if name in given:
            term = str(ox.NamedNode(choose(source, given[name], _kind_of(default)).iri))
            text = values_of(name).sub(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
        elif not _holds(source, default):
            raise QueryError(
                f"{query.name} asks about {default} by default, which this graph does not contain: "
                f"choose another entity with --param {name}=NAME (from Python: {name}=NAME)"
            )
    return text


def _kind_of(term: str) -> EntityType | None:
    """Return the type of entity that a term such as `method:h2o` is about."""
    return next((kind for kind in ENTITY_TYPES if KINDS[kind] == term.partition(":")[0]), None)


def _holds(source: Nameable, default: str) -> bool:
    """Return whether the graph contains one of the terms; a literal is always known."""
    base = prefixes(source.base)
    for term in default.split():
        prefix, _, local = term.partition(":")
        if not _IRI_TERM.fullmatch(term) or (prefix not in base and not term.startswith("<")):
            return True
        iri = term[1:-1] if term.startswith("<") else base[prefix] + local
        if source.knows(iri):
            return True
    return False
