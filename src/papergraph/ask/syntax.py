"""What is wrong with the text of a query, and where, with a caret under the place."""

from __future__ import annotations

import re

from papergraph.ask.guard import undeclared_prefixes
from papergraph.errors import QueryError
from papergraph.ontology.terms import prefixes
from papergraph.store import GraphStore
from papergraph.text.terminal import columns

_PLACE = re.compile(r"\bat (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_KEYWORD = re.compile(r"[A-Z]+")
#: The parser lists every token that it would have taken; more than a few do not help.
_MOST_EXPECTED = 8
#: Longer than any keyword of SPARQL.
_ROOM = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
_SHOWN_COLUMNS = 100


def explain_syntax(store: GraphStore, sparql: str, base: str | None) -> str:
    """Return what is wrong with the text, and the place under a caret."""
    if unknown := undeclared_prefixes(sparql, frozenset(prefixes(store.seal.base))):
        prefix, offset = unknown[0]
        problem = f"unknown prefix {prefix}:; declare it: PREFIX {prefix}: <...>"
    else:
        offset, problem = _parser_problem(store, sparql, base)
    lines = _LINE_END.split(sparql[:offset])
    line, column = len(lines), len(lines[-1]) + 1
    return f"invalid SPARQL at line {line}, column {column}: {problem}\n{_pointed(sparql, line, column)}"


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
    return offset, f"unexpected {rest[0][:30]!r}" if rest else "the query ends unexpectedly"


def _pointed(sparql: str, line: int, column: int) -> str:
    """Return the line with a caret under the column, both 1-based; of a long line what is around the column."""
    lines = _LINE_END.split(sparql)
    text = "".join(c if c.isprintable() else " " for c in lines[min(line, len(lines)) - 1])
    start = max(0, column - 1 - _SHOWN_COLUMNS // 2)
    shown = text[start : start + _SHOWN_COLUMNS]
    margin = f"  line {line}: "
    return f"{margin}{shown}\n{' ' * (len(margin) + columns(text[start : column - 1]))}^"
