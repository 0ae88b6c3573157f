"""The result of a query, and its text as a table and in the SPARQL result formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyoxigraph as ox

from papergraph.ask.limits import MOST_ROWS
from papergraph.errors import LimitError, QueryError, UnknownNameError
from papergraph.ontology.terms import XSD, prefixes
from papergraph.text.terminal import columns, json_text, printable, shorten

FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")
#: Formats that can be written row by row, however many there are.
STREAMED = ("csv", "tsv")
_T = TypeVar("_T")
#: Characters that XML 1.0 cannot hold; a query can make them even where the graph holds none.
_XML_UNFIT = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]")
_LOCAL_NAME = re.compile(r"[\w-](?:[\w.-]*[\w-])?")


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query: a table of terms, a boolean, or triples."""

    kind: str
    """`select`, `ask` or `construct`."""
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """Rows of pyoxigraph terms, None for unbound; triples for CONSTRUCT and DESCRIBE."""
    truth: bool = False
    base: str = ""

    def __str__(self) -> str:
        """Return the answer as a table."""
        return render_answer(self, "table")


def read_answer(result: Any, base: str, *, most_rows: int = MOST_ROWS) -> Answer:
    """Return what pyoxigraph answered as a value; triples are sorted, rows stay in their order.

    Raises:
        LimitError: for more than `most_rows` rows, before memory runs out.
    """
    if isinstance(result, ox.QuerySolutions):
        variables = tuple(v.value for v in result.variables)
        rows = tuple(tuple(solution[v] for v in variables) for solution in _bounded(result, most_rows))
        return Answer("select", variables, rows, base=base)
    if isinstance(result, ox.QueryTriples):
        triples = {str(t): (t.subject, t.predicate, t.object) for t in _bounded(result, most_rows)}
        rows = tuple(triples[key] for key in sorted(triples))
        return Answer("construct", ("subject", "predicate", "object"), rows, base=base)
    return Answer("ask", truth=bool(result), base=base)


def stream_answer(solutions: Any, form: str, *, most_bytes: int) -> bytes:
    """Return the rows that pyoxigraph answered in one of `STREAMED`, which takes no more memory than the text does.

    Raises:
        LimitError: for more than `most_bytes`.
    """
    out = _Bounded(most_bytes)
    solutions.serialize(out, format=_RESULTS[form])
    return b"".join(out.pieces)


class _Bounded:
    """A file that is in memory, and takes so many bytes only."""

    def __init__(self, most: int) -> None:
        self.pieces: list[bytes] = []
        self._most, self._size = most, 0

    def write(self, piece: bytes) -> int:
        self._size += len(piece)
        if self._size > self._most:
            raise LimitError(f"the answer has more than {self._most:,} bytes: narrow the query or add a LIMIT")
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass


def _bounded(result: Iterable[_T], most: int) -> Iterator[_T]:
    for number, item in enumerate(result):
        if number >= most:
            raise LimitError(
                f"the answer has more than {most:,} rows: check that its patterns are joined, or add a LIMIT"
            )
        yield item


def render_answer(answer: Answer, form: str, *, width: int = 0) -> str:
    """Return the answer as text in one of `FORMATS`; `width` limits the columns of a table, 0 means no limit.

    Raises:
        UnknownNameError: for another format.
        QueryError: where the format cannot hold this kind of answer.
    """
    if form not in FORMATS:
        raise UnknownNameError("query format", form, FORMATS, closed=True)
    if form == "table":
        return _table(answer, width)
    if answer.kind == "construct" and form in _TRIPLES:
        return render_triples(answer, _TRIPLES[form])
    if form == "turtle":
        raise QueryError(
            "turtle holds triples, but this query returns a table: use CONSTRUCT, or choose another format"
        )
    return _solutions(answer, form)


def render_triples(answer: Answer, form: str) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE in one of `RDF_FORMATS`.

    Raises:
        QueryError: where the format cannot hold them.
    """
    triples = [ox.Triple(*row) for row in answer.rows]
    try:
        return _decoded(ox.serialize(triples, format=RDF_FORMATS[form], prefixes=prefixes(answer.base)))
    except ValueError as error:
        raise QueryError(f"{form} cannot hold these triples: {error}; choose another format") from error


#: The formats of RDF, by the names that people use.
RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_TRIPLES = {"turtle": "turtle", "json": "jsonld", "xml": "rdfxml"}
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}


def _solutions(answer: Answer, form: str) -> str:
    """Write SPARQL's own JSON, and let the engine make the other formats of it."""
    if answer.kind == "ask" and form in {"csv", "tsv"}:
        return f"{str(answer.truth).lower()}\n"  # the formats have no word for it; this is what endpoints send
    record = _solutions_record(answer)
    if form == "json":
        return json_text(record) + "\n"
    text = json.dumps(record)
    if form == "xml":
        text = json.dumps(_fit_for_xml(record))
    parsed = ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)
    written = _decoded(parsed.serialize(format=_RESULTS[form]))
    return written if written.endswith("\n") else written + "\n"


def answer_record(answer: Answer) -> Any:
    """Return the answer as plain values, the shape of `query --json`: SPARQL's JSON, for triples a list of JSON-LD."""
    if answer.kind == "construct":
        return json.loads(render_triples(answer, _TRIPLES["json"]))
    return _solutions_record(answer)


def _solutions_record(answer: Answer) -> dict[str, Any]:
    if answer.kind == "ask":
        return {"head": {}, "boolean": answer.truth}
    bindings = [
        {v: _term(t) for v, t in zip(answer.variables, row, strict=True) if t is not None} for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {name: _term(getattr(term, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    record = {"type": "literal", "value": term.value}
    if term.language:
        record["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        record["datatype"] = term.datatype.value
    return record


def _fit_for_xml(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _fit_for_xml(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_fit_for_xml(v) for v in value]
    return _XML_UNFIT.sub("\ufffd", value) if isinstance(value, str) else value


def _decoded(data: bytes | None) -> str:
    return (data or b"").decode()


def _table(answer: Answer, width: int) -> str:
    if answer.kind == "ask":
        return "yes\n" if answer.truth else "no\n"
    cells = [[printable(short_term(term, answer.base)) for term in row] for row in answer.rows]
    widths = _widths(answer.variables, cells)
    if width and sum(widths) + 2 * len(widths) > width:
        limit = max(20, width // max(1, len(widths)))
        cells = [[shorten(cell, limit) for cell in row] for row in cells]
        widths = _widths(answer.variables, cells)
    lines = [_line(answer.variables, widths), _line(["-" * w for w in widths], widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join([*lines, f"({len(cells)} {'row' if len(cells) == 1 else 'rows'})"]) + "\n"


def _widths(variables: Sequence[str], cells: list[list[str]]) -> list[int]:
    return [max([columns(v), *(columns(row[i]) for row in cells)]) for i, v in enumerate(variables)]


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (w - columns(cell)) for cell, w in zip(cells, widths, strict=True)).rstrip()


def short_term(term: Any, base: str) -> str:
    """Return a term for people: literals bare, IRIs with a prefix."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return str(getattr(term, "value", term))
    for prefix, iri in prefixes(base).items():
        rest = term.value.removeprefix(iri)
        if rest != term.value and _LOCAL_NAME.fullmatch(rest):
            return f"{prefix}:{rest}"
    return term.value
