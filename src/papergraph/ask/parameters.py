"""The parameters of a ready-made query: names of entities, bound as the IRIs that they mean in a graph, or numbers."""

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

#: The default of a parameter that may be left out: it stands for anything.
ANYTHING = "UNDEF"
#: What separates the entities of a parameter that stands for several.
SEPARATOR = "|"
_NUMBER = re.compile(r"[0-9]{1,9}")
_IRI_TERM = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\"{}|^`\\\s]*>|[\w-]*:[\w.-]+")


def fill_parameters(source: Nameable, query: NamedQuery, given: Mapping[str, str]) -> str:
    """Return the query's text with the entities and numbers that the user named in place of the defaults.

    Only IRIs of entities that the graph holds get into the text, checked as RDF terms, and whole numbers where the
    default is a number or may be left out; never what the user wrote. `A|B` stands for both entities.

    Raises:
        UnknownNameError: for a parameter or an entity that does not exist.
        QueryError: if a number is none, or nothing is given for a parameter, and the graph does not hold its default.
    """
    known = dict(query.parameters)
    if strange := sorted(given.keys() - known.keys()):
        raise UnknownNameError("parameter", strange[0], tuple(known), closed=True)
    text = query.text
    for name, default in query.parameters:
        if name in given:
            term = _term(source, query, name, str(given[name]))
            text = values_of(name).sub(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
        elif not _holds(source, default):
            raise QueryError(
                f"{query.name} asks about {default} by default, which this graph does not contain: "
                f"choose another entity with --param {name}=NAME (from Python: {name}=NAME)"
            )
    return text


def _term(source: Nameable, query: NamedQuery, name: str, value: str) -> str:
    """Return what stands in the query for a value: a number, or the IRIs of the entities that it names."""
    default = dict(query.parameters)[name]
    if _NUMBER.fullmatch(value.strip()) and (default == ANYTHING or _NUMBER.fullmatch(default)):
        return str(int(value))
    if _NUMBER.fullmatch(default):
        raise QueryError(f"{query.name}: {name} must be a whole number, such as {default}; got {value!r}")
    declared = dict(query.kinds).get(name)
    kind = next((t for t in ENTITY_TYPES if t == declared), None) or kind_of(default)
    parts = [value] if _is_name(source, value) else [part for part in value.split(SEPARATOR) if part.strip()]
    return " ".join(str(ox.NamedNode(choose(source, part.strip(), kind).iri)) for part in parts or [value])


def _is_name(source: Nameable, value: str) -> bool:
    """Return whether a value has no separator, or names something as a whole."""
    if SEPARATOR not in value:
        return True
    try:
        return bool(source.find(value))
    except UnknownNameError:
        return False


def kind_of(term: str) -> EntityType | None:
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
