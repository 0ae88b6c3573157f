"""Ready-made queries: files with a question, SPARQL, and parameters that stand for entities."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from papergraph.ask.choose import choose
from papergraph.ask.source import Nameable
from papergraph.errors import ConfigError, QueryError, UnknownNameError
from papergraph.model import ENTITY_TYPES, EntityType
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import prefixes
from papergraph.resources import list_resources, read_resource

_NAME = re.compile(r"[\w-]+")
_IRI_TERM = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\"{}|^`\\\s]*>|[\w-]*:[\w.-]+")
_PARAMETER = re.compile(r"^#\s*@param\s+(\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A ready-made query, a file of data/queries or of a folder of the user's."""

    name: str
    text: str
    question: str
    """What it asks, in English."""
    question_zh: str
    parameters: tuple[tuple[str, str], ...]
    """Pairs of variable and default, the term that stands in the query's own `VALUES ?variable { term }`."""


def read_queries(folders: Sequence[Path] = ()) -> tuple[NamedQuery, ...]:
    """Return the ready-made queries by name; those of the user's `folders` come before ours of the same name.

    Raises:
        ConfigError: for a folder or file that cannot be read.
    """
    found: dict[str, NamedQuery] = {}
    for folder in folders:
        try:
            for path in sorted(folder.glob("*.rq")):
                found.setdefault(path.stem, parse_query(path.stem, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{folder}: cannot read queries: {error}") from error
    for name in list_resources("data/queries", ".rq"):
        stem = name.removesuffix(".rq")
        found.setdefault(stem, parse_query(stem, read_resource(f"data/queries/{name}")))
    return tuple(found[name] for name in sorted(found))


def choose_query(name: str, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query called `name`; raises UnknownNameError with the nearest names."""
    by_name = {q.name: q for q in queries}
    if name not in by_name:
        raise UnknownNameError("query", name, tuple(difflib.get_close_matches(name, by_name, 3, 0.4)))
    return by_name[name]


def find_query(text: str, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query that `text` names, or else is; any text may have parameters.

    Raises:
        UnknownNameError: for the name of no query.
        ConfigError: as `parse_query`.
    """
    return choose_query(text, queries) if _NAME.fullmatch(text) else parse_query("query", text)


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the query of a file: its question in the first comments, and its parameters.

    Raises:
        ConfigError: for a parameter without a default.
    """
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    questions = [c for c in comments if c and not c.startswith("@")]
    english, chinese = [*questions, "", ""][:2]
    parameters = tuple((m[1], _default(name, text, m[1])) for m in _PARAMETER.finditer(text))
    return NamedQuery(name, text, english, chinese, parameters)


def _default(name: str, text: str, variable: str) -> str:
    match = _values_of(variable).search(text)
    if match is None:
        raise ConfigError(f"{name}.rq: parameter {variable} needs a default: VALUES ?{variable} {{ term }}")
    return match[1].strip()


def _values_of(variable: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{variable}\s*\{{([^{{}}]*)\}}")


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
            text = _values_of(name).sub(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
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
