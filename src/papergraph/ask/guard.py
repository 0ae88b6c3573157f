"""Recognising harmful queries from their text, before the engine parses them.

The engine parses by recursion on the native stack, so that a few kilobytes of nesting kill the process, and it follows
SERVICE to the network without asking. Its grammar does not need white space between words (`1SERVICE<x>`,
`SERVICESILENT`), and `<` opens an IRI or compares, as the words around it say. The text is therefore read so that
whatever the parser might take for SERVICE is found; where `<` could be read both ways, which is within round brackets
only, and it matters, the query is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from papergraph.ask.nesting import CERTAIN_IRI, COMMENT, ESCAPE, IRI, LOCAL, STRING, shape_of
from papergraph.errors import QueryError

#: Nothing reasonable comes near these. The parser dies from about 500 levels of calls, 2,700 groups or 6,900 operators
#: on, and the planner takes ten seconds for 200 patterns that it joins, a tenth of that for half as many.
MOST_BYTES, MOST_DEPTH, MOST_BRACKETS, MOST_OPERATORS, MOST_PATTERNS, MOST_NAMES = 64_000, 64, 300, 500, 100, 200

_PLAIN_START = re.compile(r"^:\w*")
_TOKEN = re.compile(
    rf"(?P<string>{STRING})|(?P<iri>{IRI})|(?P<comment>{COMMENT})|(?P<variable>[?$]\w+)|(?P<local>{LOCAL})|"
    r"(?P<number>\d+\.\d+)"
)
_RISKY_IN_IRI = re.compile(r"[#']|service", re.IGNORECASE)
_DECLARED = re.compile(r"\bprefix\s+([\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w.-])(?!_:)([\w.-]*):")
#: What follows a colon without white space is a name, not the word.
_FROM = re.compile(r"(?<![\w.-])FROM\b(?!:)", re.IGNORECASE)


@lru_cache(maxsize=64)
def check_query(sparql: str) -> None:
    """Let `sparql` pass if it is safe to parse and stays off the network.

    Raises:
        QueryError: if it is too large, nested too deep, has too many parts, or may ask another endpoint.

    >>> check_query("SELECT ?m { ?m pg:extends+ method:h2o } # no SERVICE")
    >>> check_query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    papergraph.errors.QueryError: SERVICE is not allowed: papergraph queries never access the network
    """
    size = len(sparql.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise QueryError(f"the query has {size:,} bytes; at most {MOST_BYTES:,} are accepted: split the query")
    bare = _bare(sparql)
    if "service" in bare.casefold():
        raise QueryError("SERVICE is not allowed: papergraph queries never access the network")
    if "\\" in bare:
        raise QueryError("the query has a backslash outside strings, IRIs and names; write the character itself")
    shape = shape_of(sparql)
    if shape.depth > MOST_DEPTH:
        raise QueryError(f"the query is nested {shape.depth} levels deep; at most {MOST_DEPTH} are accepted")
    for found, most, what in (
        (shape.brackets, MOST_BRACKETS, "brackets"),
        (shape.operators, MOST_OPERATORS, "operators"),
        (shape.patterns, MOST_PATTERNS, "patterns, list members and steps of paths"),
        (shape.names, MOST_NAMES, "names outside its patterns"),
    ):
        if found > most:
            raise QueryError(f"the query has {found:,} {what}; at most {most:,} are accepted: split the query")


def undeclared_prefixes(sparql: str, known: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """Return the prefixes that `sparql` uses but neither declares nor finds among the `known`, each with its offset.

    >>> undeclared_prefixes('PREFIX a: <urn:x> SELECT * { ?s a:b "c:d", e:f }', frozenset())
    (('e', 43),)
    """
    masked = _masked(sparql)
    declared = {m[1] for m in _DECLARED.finditer(masked)} | known
    return tuple((m[1], m.start()) for m in _USED.finditer(masked) if m[1] not in declared)


def used_prefixes(sparql: str) -> frozenset[str]:
    """Return the prefixes that `sparql` uses, be they declared or not; a declaration is no use.

    >>> sorted(used_prefixes("PREFIX a: <urn:a> PREFIX b: <urn:b> SELECT * { ?s b:c 'a:d' }"))
    ['b']
    """
    masked = _masked(sparql)
    declarations = {m.start(1) for m in _DECLARED.finditer(masked)}
    return frozenset(m[1] for m in _USED.finditer(masked) if m.start() not in declarations)


@lru_cache(maxsize=64)
def names_graphs(sparql: str) -> bool:
    """Tell whether `sparql`, checked before, chooses its graphs by FROM.

    >>> names_graphs("SELECT * FROM <urn:g> { ?from from:a 'FROM' }"), names_graphs("SELECT * { ?from from:a 'FROM' }")
    (True, False)
    """
    return _FROM.search(_bare(sparql)) is not None


def _bare(sparql: str) -> str:
    """Return the query without strings, IRIs, comments, variables, local names and decimals."""
    kept, end = "", 0
    brackets: list[str] = []
    for match in _TOKEN.finditer(sparql):
        kept += sparql[end : match.start()]
        _follow(sparql[end : match.start()], brackets)
        text, end = match[0], match.end()
        doubtful = match.lastgroup == "iri" and _RISKY_IN_IRI.search(text) and not CERTAIN_IRI.match(text)
        # SPARQL compares within round brackets only.
        if doubtful and brackets and brackets[-1] == "(":
            raise QueryError(
                f"{text[:60]} is ambiguous (an IRI or a comparison): write the full IRI, or a space after <"
            )
        kept += _rest_of_name(text) if match.lastgroup == "local" else " "
    return kept + sparql[end:]


def _follow(plain: str, brackets: list[str]) -> None:
    """Open and close the brackets of a piece of the query; in a query that does not parse they need not match."""
    for character in plain:
        if character in "{([":
            brackets.append(character)
        elif character in "})]" and brackets:
            brackets.pop()


def _masked(sparql: str) -> str:
    """Return the query with blanks over all that `_bare` leaves out, but for the colon of names."""
    return _TOKEN.sub(lambda m: (":" if m.lastgroup == "local" else " ").ljust(len(m[0])), sparql)


def _rest_of_name(text: str) -> str:
    """Return what may not belong to a local name: a second dot ends one, `:a.b.SERVICE` is two words."""
    return ":" + _PLAIN_START.sub("", re.sub(ESCAPE, "", text))
