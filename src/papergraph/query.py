"""SPARQL answers as text, ready-made queries, and the limits that keep a query from harming its reader."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from papergraph.errors import ConfigError, QueryError, UnknownNameError
from papergraph.resources import list_resources, read_resource
from papergraph.store import GraphStore
from papergraph.terms import prefixes

FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")
#: The parser recurses on the native stack and dies of deep nesting; nothing reasonable comes near these.
_MOST_BYTES, _MOST_DEPTH, _MOST_GROUPS = 16_000, 64, 500
_LITERALS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|'
    r"<[^<>\"{}|^`\\\s]*>|#[^\n]*",
)
_PLACE = re.compile(r"\bat (\d+):(\d+)")
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


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: a table of terms, a truth value, or triples."""

    kind: str
    """`select`, `ask` or `construct`."""
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """Select: terms of pyoxigraph, None for unbound. Construct: triples of three."""
    truth: bool = False
    base: str = ""

    def __str__(self) -> str:
        """Return the answer as a table."""
        return render_answer(self, "table")


def ask(store: GraphStore, sparql: str) -> Answer:
    """Run `sparql` over the union of all graphs and return its answer; our prefixes need no declaration.

    Raises:
        QueryError: for SPARQL that is wrong (with line, column and a caret), too large, too deep, or asks the network.
    """
    _check(sparql)
    try:
        result = store.query(sparql)
        return _answer(result, store.seal.base)
    except QueryError as error:
        raise QueryError(_with_place(str(error), sparql)) from error


def _answer(result: Any, base: str) -> Answer:
    if isinstance(result, ox.QuerySolutions):
        variables = tuple(v.value for v in result.variables)
        rows = tuple(tuple(solution[v] for v in variables) for solution in result)
        return Answer("select", variables, rows, base=base)
    if isinstance(result, ox.QueryTriples):
        triples = sorted(((t.subject, t.predicate, t.object) for t in result), key=str)
        return Answer("construct", ("subject", "predicate", "object"), tuple(triples), base=base)
    return Answer("ask", truth=bool(result), base=base)


def _check(sparql: str) -> None:
    if len(sparql.encode("utf-8", "replace")) > _MOST_BYTES:
        raise QueryError(f"the query has more than {_MOST_BYTES:,} bytes; ask for less at once")
    bare = _LITERALS.sub(" ", sparql)
    if re.search(r"\bservice\b", bare, re.IGNORECASE) or re.search(r"\\u", bare, re.IGNORECASE):
        raise QueryError("the query uses SERVICE (or hides a word with \\u): papergraph never asks the network")
    depth = deepest = groups = 0
    for character in bare:
        if character in "{([":
            depth, groups = depth + 1, groups + 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth -= 1
    operators = bare.count("!") + bare.count("+") + bare.count("&&")
    if deepest > _MOST_DEPTH or groups > _MOST_GROUPS or operators > _MOST_GROUPS:
        raise QueryError(f"the query is nested more than {_MOST_DEPTH} deep or has over {_MOST_GROUPS} groups")


def _with_place(message: str, sparql: str) -> str:
    match = _PLACE.search(message)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    lines = sparql.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    return f"{message}\n  line {line}: {shown}\n{' ' * (len(f'  line {line}: ') + column - 1)}^"


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
    import difflib

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


def render_answer(answer: Answer, form: str, *, width: int = 0) -> str:
    """Return the answer as text in one of `FORMATS`; `width` limits the columns of a table, 0 means no limit.

    Raises:
        UnknownNameError: for another format.
        QueryError: where the format cannot hold this kind of answer.
    """
    if form not in FORMATS:
        raise UnknownNameError("query format", form, FORMATS)
    if form == "table":
        return _table(answer, width)
    if answer.kind == "construct":
        return _triples(answer, form)
    if form == "turtle":
        raise QueryError("turtle holds triples; this query gives a table: use CONSTRUCT, or another format")
    return _solutions(answer, form)


def _table(answer: Answer, width: int) -> str:
    from papergraph.terminal import columns, printable, shorten

    if answer.kind == "ask":
        return "yes\n" if answer.truth else "no\n"
    cells = [[printable(_short(term, answer.base)) for term in row] for row in answer.rows]
    limit = max(20, width // max(1, len(answer.variables))) if width else 10_000
    if width and sum(max((columns(r[i]) for r in cells), default=0) + 2 for i in range(len(answer.variables))) <= width:
        limit = 10_000
    cells = [[shorten(cell, limit) for cell in row] for row in cells]
    widths = [max([columns(v), *(columns(row[i]) for row in cells)]) for i, v in enumerate(answer.variables)]
    lines = [_line(answer.variables, widths), _line(["-" * w for w in widths], widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join([*lines, f"({len(cells)} {'row' if len(cells) == 1 else 'rows'})"]) + "\n"


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    from papergraph.terminal import columns

    return "  ".join(cell + " " * (w - columns(cell)) for cell, w in zip(cells, widths, strict=True)).rstrip()


def _short(term: Any, base: str) -> str:
    """Return a term for people: literals bare, IRIs with a prefix."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return str(getattr(term, "value", term))
    for prefix, iri in prefixes(base).items():
        rest = term.value.removeprefix(iri)
        if rest != term.value and re.fullmatch(r"[\w.-]+", rest):
            return f"{prefix}:{rest}"
    return str(term.value)


def _solutions(answer: Answer, form: str) -> str:
    if answer.kind == "ask":
        return f"{str(answer.truth).lower()}\n" if form in {"csv", "tsv"} else _ask_document(answer.truth, form)
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")  # SPARQL 1.1 Query Results CSV, section 3
        writer.writerow(answer.variables)
        writer.writerows([getattr(t, "value", "") if t is not None else "" for t in row] for row in answer.rows)
        return out.getvalue()
    return _serialised(answer, formats[form])


def _serialised(answer: Answer, form: Any) -> str:
    """Write a SELECT answer with the engine's own writer, by asking an empty store for exactly these rows."""
    names = " ".join(f"?{v}" for v in answer.variables)
    rows = " ".join("(" + " ".join("UNDEF" if t is None else str(t) for t in row) + ")" for row in answer.rows)
    solutions = ox.Store().query(f"SELECT {names} {{ VALUES ({names}) {{ {rows} }} }}")
    text = solutions.serialize(format=form)
    return (text or b"").decode() + ("" if (text or b"").endswith(b"\n") else "\n")


def _ask_document(truth: bool, form: str) -> str:
    word = str(truth).lower()
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'
    return (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/>'
        f"<boolean>{word}</boolean></sparql>\n"
    )


def _triples(answer: Answer, form: str) -> str:
    formats = {"turtle": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
    if form not in formats:
        return _solutions(Answer("select", answer.variables, answer.rows, base=answer.base), form)
    triples = [ox.Triple(*row) for row in answer.rows]
    text = ox.serialize(triples, format=formats[form], prefixes=prefixes(answer.base))
    return (text or b"").decode()
