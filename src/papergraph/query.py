"""SPARQL over an open graph, and the ready-made queries."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from papergraph.answer import FORMATS, Answer, read_answer, render_answer
from papergraph.errors import ConfigError, QueryError, UnknownNameError
from papergraph.guard import check_query, undeclared_prefixes
from papergraph.resources import list_resources, read_resource
from papergraph.store import GraphStore
from papergraph.terminal import columns
from papergraph.terms import prefixes

__all__ = [
    "FORMATS",
    "Answer",
    "NamedQuery",
    "ask",
    "choose_query",
    "fill_parameters",
    "read_queries",
    "render_answer",
]

_PLACE = re.compile(r"\bat (\d+):(\d+)")
#: The parser lists every token that it would have taken; more than a few help nobody.
_EXPECTED = re.compile(r"expected one of (.*)", re.DOTALL)
_MOST_EXPECTED = 8
_SHOWN_COLUMNS = 100
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


def ask(store: GraphStore, sparql: str) -> Answer:
    """Run `sparql` over the union of all graphs and return its answer; our prefixes need no declaration.

    Raises:
        QueryError: for SPARQL that is wrong (with line, column and a caret), too large, too deep, or asks the network.
    """
    check_query(sparql)
    try:
        return read_answer(store.query(sparql), store.seal.base)
    except QueryError as error:
        raise QueryError(_explained(str(error), sparql, store.seal.base)) from error
    except (OSError, RuntimeError, ValueError) as error:
        # Solutions come lazily: an error of evaluation shows only while they are read.
        raise QueryError(f"the query failed: {error}") from error


def _explained(message: str, sparql: str, base: str) -> str:
    """Return the parser's message with the place under a caret, and the prefix that nobody declared, if that is it."""
    match = _PLACE.search(message)
    if not match:
        return message
    if unknown := undeclared_prefixes(sparql, frozenset(prefixes(base))):
        message = f"{message[: match.end()]}: no prefix {unknown[0]}: is known; declare it: PREFIX {unknown[0]}: <...>"
    elif expected := _EXPECTED.search(message):
        # Words and marks help; ranges of letters in brackets do not.
        tokens = [t for t in " ".join(expected[1].split()).split(", ") if not t.startswith("[")]
        shown = ", ".join(tokens[:_MOST_EXPECTED]) + (", ..." if len(tokens) > _MOST_EXPECTED else "")
        message = f"{message[: expected.start()]}expected one of {shown}"
    return f"{message}\n{_pointed(sparql, int(match[1]), int(match[2]))}"


def _pointed(sparql: str, line: int, column: int) -> str:
    """Return the line with a caret under the column, both 1-based; of a long line what is around the column."""
    lines = re.split(r"\r\n|\r|\n", sparql)
    text = "".join(c if c.isprintable() else " " for c in lines[min(line, len(lines)) - 1])
    start = max(0, column - 1 - _SHOWN_COLUMNS // 2)
    shown = text[start : start + _SHOWN_COLUMNS]
    margin = f"  line {line}: "
    return f"{margin}{shown}\n{' ' * (len(margin) + columns(text[start : column - 1]))}^"


def read_queries(folders: Sequence[Path] = ()) -> tuple[NamedQuery, ...]:
    """Return the ready-made queries by name; those of the user's `folders` come before ours of the same name.

    Raises:
        ConfigError: for a folder or file that cannot be read.
    """
    found: dict[str, NamedQuery] = {}
    for folder in folders:
        try:
            for path in sorted(folder.glob("*.rq")):
                found.setdefault(path.stem, _named(path.stem, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{folder}: queries cannot be read: {error}") from error
    for name in list_resources("data/queries", ".rq"):
        stem = name.removesuffix(".rq")
        found.setdefault(stem, _named(stem, read_resource(f"data/queries/{name}")))
    return tuple(found[name] for name in sorted(found))


def choose_query(name: str, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query called `name`; raises UnknownNameError with the nearest names."""
    by_name = {q.name: q for q in queries}
    if name not in by_name:
        raise UnknownNameError("query", name, tuple(difflib.get_close_matches(name, by_name, 3, 0.4)))
    return by_name[name]


def _named(name: str, text: str) -> NamedQuery:
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    questions = [c for c in comments if c and not c.startswith("@")]
    english, chinese = [*questions, "", ""][:2]
    parameters = tuple((m[1], _default(name, text, m[1])) for m in _PARAMETER.finditer(text))
    return NamedQuery(name, text, english, chinese, parameters)


def _default(name: str, text: str, variable: str) -> str:
    match = _values_of(variable).search(text)
    if match is None:
        raise ConfigError(f"{name}.rq: parameter {variable} needs its default as VALUES ?{variable} {{ term }}")
    return match[1].strip()


def _values_of(variable: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{variable}\s*\{{([^{{}}]*)\}}")


def fill_parameters(store: GraphStore, query: NamedQuery, given: Mapping[str, str]) -> str:
    """Return the query's text with the entities that the user named in place of the defaults.

    Only IRIs of entities that the graph holds get into the text, checked as RDF terms; never what the user wrote.

    Raises:
        UnknownNameError: for a parameter or an entity that does not exist.
    """
    known = dict(query.parameters)
    text = query.text
    for name, value in given.items():
        if name not in known:
            raise UnknownNameError("parameter", name, tuple(known))
        term = str(ox.NamedNode(store.find(value)[0].iri))
        text = _values_of(name).sub(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
    return text
