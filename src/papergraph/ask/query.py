"""SPARQL over an open graph, and the ready-made queries."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from papergraph.ask.answer import FORMATS, MOST_ROWS, Answer, read_answer, render_answer, stream_answer
from papergraph.ask.guard import check_query, names_graphs, undeclared_prefixes
from papergraph.ask.source import Source
from papergraph.errors import ConfigError, QueryError, UnknownNameError
from papergraph.ontology.terms import prefixes
from papergraph.resources import list_resources, read_resource
from papergraph.store import Dataset, GraphStore
from papergraph.text.terminal import columns

__all__ = [
    "FORMATS",
    "MOST_ROWS",
    "Answer",
    "NamedQuery",
    "ask",
    "ask_for_text",
    "choose_query",
    "fill_parameters",
    "parse_query",
    "read_queries",
    "render_answer",
]

_PLACE = re.compile(r"\bat (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_KEYWORD = re.compile(r"[A-Z]+")
#: The parser lists every token that it would have taken; more than a few help nobody.
_MOST_EXPECTED = 8
#: Longer than any keyword of SPARQL.
_ROOM = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
_SHOWN_COLUMNS = 100
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


def ask(
    store: GraphStore,
    sparql: str,
    *,
    dataset: Dataset | None = None,
    base: str | None = None,
    most_rows: int = MOST_ROWS,
) -> Answer:
    """Run `sparql` and return its answer; our prefixes need no declaration, relative IRIs are relative to `base`.

    It sees the graphs of `dataset`, else those that it names by FROM, else the union of all.

    Raises:
        QueryError: for SPARQL that is wrong (with line, column and a caret), too large, too deep, or asks the network.
        LimitError: for an answer of more than `most_rows` rows.
    """
    with _told(store, sparql, base):
        return read_answer(_run(store, sparql, dataset, base), store.seal.base, most_rows=most_rows)


def ask_for_text(store: GraphStore, sparql: str, form: str, *, most_bytes: int) -> bytes | None:
    """Run a SELECT and return its rows in one of `STREAMED`, however many they are; None for other queries.

    Raises:
        QueryError: as `ask`.
        LimitError: for an answer of more than `most_bytes`.
    """
    with _told(store, sparql, None):
        result = _run(store, sparql)
        return stream_answer(result, form, most_bytes=most_bytes) if isinstance(result, ox.QuerySolutions) else None


def _run(store: GraphStore, sparql: str, dataset: Dataset | None = None, base: str | None = None) -> Any:
    check_query(sparql)
    return store.query(sparql, union=not names_graphs(sparql), dataset=dataset, base=base)


@contextmanager
def _told(store: GraphStore, sparql: str, base: str | None) -> Iterator[None]:
    """Tell what is wrong with a query, be it in the text or while its solutions are read, which come lazily."""
    try:
        yield
    except QueryError as error:
        if isinstance(error.__cause__, SyntaxError):
            raise QueryError(_explained(store, sparql, base)) from error
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _explained(store: GraphStore, sparql: str, base: str | None) -> str:
    """Return what is wrong with the text, and the place under a caret."""
    if unknown := undeclared_prefixes(sparql, frozenset(prefixes(store.seal.base))):
        prefix, offset = unknown[0]
        problem = f"no prefix {prefix}: is known; declare it: PREFIX {prefix}: <...>"
    else:
        offset, problem = _parser_problem(store, sparql, base)
    lines = _LINE_END.split(sparql[:offset])
    line, column = len(lines), len(lines[-1]) + 1
    return f"no valid SPARQL at line {line}, column {column}: {problem}\n{_pointed(sparql, line, column)}"


def _parser_problem(store: GraphStore, sparql: str, base: str | None) -> tuple[int, str]:
    """Return the offset of what the parser did not take, and what it would have taken.

    The parser fails to read a keyword at its end, not at its start, and at the end of the text where that comes first:
    so it gets room behind the text, and the length of the keywords that it names is taken off.
    """
    try:
        store.query(sparql + " " * _ROOM, base=base)
    except QueryError as error:
        message = str(error)
    match = _PLACE.search(message)
    if match is None:
        return 0, message
    ends = [0, *(m.end() for m in _LINE_END.finditer(sparql))]
    offset = ends[min(int(match[1]), len(ends)) - 1] + int(match[2]) - 1
    # Words and marks help people; ranges of letters in brackets do not.
    tokens = [t for t in " ".join(match[3].split()).split(", ") if not t.startswith("[")]
    if sentences := [t for t in tokens if " " in t]:
        return offset, sentences[0]
    if tokens and not all(_KEYWORD.fullmatch(t) for t in tokens):
        return offset, f"expected {', '.join(tokens[:_MOST_EXPECTED])}{', ...' if len(tokens) > _MOST_EXPECTED else ''}"
    offset -= len(tokens[0]) if tokens else 0
    rest = sparql[offset:].split()
    return offset, f"did not expect {rest[0][:30]!r}" if rest else "the query ends too early"


def _pointed(sparql: str, line: int, column: int) -> str:
    """Return the line with a caret under the column, both 1-based; of a long line what is around the column."""
    lines = _LINE_END.split(sparql)
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
                found.setdefault(path.stem, parse_query(path.stem, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{folder}: queries cannot be read: {error}") from error
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
        raise ConfigError(f"{name}.rq: parameter {variable} needs its default as VALUES ?{variable} {{ term }}")
    return match[1].strip()


def _values_of(variable: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{variable}\s*\{{([^{{}}]*)\}}")


def fill_parameters(source: Source, query: NamedQuery, given: Mapping[str, str]) -> str:
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
            term = str(ox.NamedNode(_likeliest(source, given[name], default)))
            text = _values_of(name).sub(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
        elif not _holds(source, default):
            raise QueryError(
                f"{query.name} asks about {default} unless told otherwise, and this graph does not hold it: "
                f"name something else with --param {name}=NAME"
            )
    return text


def _likeliest(source: Source, name: str, default: str) -> str:
    """Return the IRI that `name` means here: among several entities, one of the default's kind comes first."""
    kind = prefixes(source.base).get(default.partition(":")[0], "")
    return min(source.find(name), key=lambda c: not c.iri.startswith(kind)).iri


def _holds(source: Source, default: str) -> bool:
    """Tell whether the graph says anything about one of the terms; what is no IRI needs nobody to say anything."""
    base = prefixes(source.base)
    for term in default.split():
        prefix, _, local = term.partition(":")
        if not _IRI_TERM.fullmatch(term) or (prefix not in base and not term.startswith("<")):
            return True
        iri = term[1:-1] if term.startswith("<") else base[prefix] + local
        if source.knows(iri):
            return True
    return False
