"""Queries that nest and repeat whatever SPARQL lets nest and repeat, as large as the guard lets them pass."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from papergraph.ask.guard import check_query
from papergraph.errors import QueryError

_SIZES = (12_000, 3_000, 600, 400, 270, 180, 120, 90, 60, 40, 25, 15, 8, 4, 2)
_GAPS = (" ", "\n", "\t", " #()\n", "\r\n ")

#: What is repeated, with what comes before and after; `#` stands for the number.
_REPEATED = (
    ("", "?a# ?b# ?c# . ", ""),
    ("", "?a ?b ?c . ", ""),
    ("?a ?b ?c ", "; ?p# ?o#", " . "),
    ("?a ?b 1 ", ", #", " . "),
    ("?a ?b (", " 1 ", ") . "),
    ("?a ?b (", "?v#", ") . "),
    ("(", '"x"@en ', ") ?b ?c . "),
    ("?a ?b (", "[]", ") . "),
    ("?a ?b (", "(1)", ") . "),
    ("[ ", "?p# ?o ; ", "] ?b ?c . "),
    ("", "[] ?b () . ", ""),
    ("", "{ ?a ?b ?c }", ""),
    ("", "{}", ""),
    ("{}", "UNION{ ?a ?b# ?c }", ""),
    ("", "OPTIONAL{ ?a ?b ?c# }", ""),
    ("?a ?b ?c ", "MINUS{ ?a ?b# ?c }", ""),
    ("", "GRAPH ?g# { ?a ?b ?c }", ""),
    ("", "LATERAL{ ?a ?b ?c }", ""),
    ("VALUES ?v {", " <urn:x:#> ", "} "),
    ("VALUES (?v ?w) {", "(1 UNDEF)", "} "),
    ("VALUES ?v {", "<<( <urn:a> <urn:b> # )>>", "} "),
    ("", "VALUES ?v { 1 } ", ""),
    ("?a a", "/a", " ?o . "),
    ("?a a", "/^a*", " ?o . "),
    ("?a (a", "|!a", ")+ ?o . "),
    ("?a !(a", "|^a", ") ?o . "),
    ("", "FILTER(# = 1)", ""),
    ("", "?a ?b ?c FILTER(?c < #)", ""),
    ("", "FILTER NOT EXISTS{ ?a ?b# ?c }", ""),
    ("FILTER(1 ", "+#", ") "),
    ("FILTER(1 ", "|| ?a = #", ") "),
    ("FILTER(1 < 2 ", "&& ?x > <urn:x>", ") "),
    ("FILTER(", "!", "true) "),
    ("FILTER(?c IN (1", ", #", ")) "),
    ("FILTER(?c NOT IN (<urn:x>", ", <urn:x:#>", ")) "),
    ("FILTER(CONCAT('a'", ", ?a#", ") = 'b') "),
    ("FILTER(1 ", "|| EXISTS{ ?a ?b ?c }", ") "),
    ("", "BIND(1 + 1 AS ?x#) ", ""),
    ("", "?a ?b ?c BIND(1 AS ?x#) ", ""),
    ("", "{ SELECT ?a { ?a ?b ?c } ORDER BY ?c }", ""),
    ("?a ?b ?c ", "{| ?p ?o |}", " . "),
    ("?a ?b ?c ", "~", " . "),
    ("?a ?b ?c ", ", <<( ?a ?b # )>>", " . "),
    ("", "<< ?a ?b # >> ?p ?o . ", ""),
)
#: What is put around itself, and what is in the midst.
_NESTED = (
    ("{", "", "}"),
    ("OPTIONAL{ ?a ?b ?c ", "", "}"),
    ("{ ?a ?b ?c } UNION {", "", "}"),
    ("GRAPH ?g { ", "?a ?b ?c", "}"),
    ("FILTER NOT EXISTS { ", "?a ?b ?c", "}"),
    ("{ SELECT * { ", "?a ?b ?c", "} }"),
    ("?a ?b [ ?p ", "1", "] "),
    ("?a ?b (", "1", ") "),
    ("FILTER(", "1", ") "),
    ("BIND(", "1", " AS ?z) "),
    ("?a (", "a", ")* ?o "),
    ("?a ?b << ?a ?b ", "?c", ">> "),
    ("?a ?b ?c {| ?p ?o ", "", "|} "),
)
#: What nests within a construct of the list above.
_INNER = {
    "?a ?b [ ?p ": ("[ ?p ", "]"),
    "?a ?b (": ("(", ")"),
    "FILTER(": ("COALESCE(", ")"),
    "BIND(": ("IF(1, 2, ", ")"),
    "?a (": ("(a|", ")*"),
    "?a ?b << ?a ?b ": ("<< ?a ?b ", ">>"),
    "?a ?b ?c {| ?p ?o ": ("{| ?p ?o ", "|}"),
}
_FRAMES = (
    ("SELECT * { ", " }"),
    ("ASK { ", " }"),
    ("CONSTRUCT { ?a ?b ?c } WHERE { ", " }"),
    ("PREFIX a: <a:>#\nSELECT (COUNT(*) AS ?n) { ", " } GROUP BY ?a HAVING(1)"),
    ("SELECT DISTINCT ?a { ", " } ORDER BY ?a LIMIT 3"),
)
#: What repeats around the patterns.
_AROUND: tuple[Callable[[int], str], ...] = (
    lambda n: "SELECT" + "".join(f"(1 AS ?v{i})" for i in range(n)) + " {}",
    lambda n: "SELECT ?a" + "".join(f"(COUNT(?b) AS ?v{i})" for i in range(n)) + " { ?a ?b ?c } GROUP BY ?a",
    lambda n: "SELECT (1 AS ?x) { ?a ?b ?c } GROUP BY" + "".join(f" STR({i})" for i in range(n)),
    lambda n: "SELECT * { ?a ?b ?c } ORDER BY" + "(?a)" * n,
    lambda n: "".join(("SELECT *", *(f" FROM <urn:g:{i}>" for i in range(n)), " { ?a ?b ?c }")),
    lambda n: "DESCRIBE" + "".join(f" <urn:x:{i}>" for i in range(n)),
    lambda n: "".join(f"PREFIX a{i}: <urn:x:{i}> " for i in range(n)) + "SELECT * { ?a ?b ?c }",
    lambda n: "CONSTRUCT { " + "?a ?b ?c . " * n + "} WHERE { ?a ?b ?c }",
    lambda n: "CONSTRUCT WHERE { " + "?a ?b ?c . " * n + "}",
    lambda n: "SELECT" + "".join(f" ?v{i}" for i in range(n)) + " { ?a ?b ?c } VALUES ?a {" + " 1" * n + "}",
)


def hostile_query(seed: int) -> str:
    """Return a query that passes the guard, of the largest size that does; the same for the same seed."""
    for size in _SIZES:
        query = _query(Random(seed), size)  # noqa: S311  nothing secret
        try:
            check_query(query)
        except QueryError:
            continue
        return query
    return "ASK {}"


def _query(chance: Random, size: int) -> str:
    if chance.random() < 0.15:
        return chance.choice(_AROUND)(size)
    parts = [chance.choice((_repeated, _nested, _mixed))(chance, size) for _ in range(chance.choice((1, 1, 2, 3)))]
    start, end = chance.choice(_FRAMES)
    return start + chance.choice(_GAPS).join(parts) + end


def _repeated(chance: Random, size: int) -> str:
    start, unit, end = chance.choice(_REPEATED)
    gap = chance.choice(("", "", *_GAPS))
    return start + gap.join(unit.replace("#", str(i)) for i in range(size)) + end


def _nested(chance: Random, size: int) -> str:
    start, middle, end = chance.choice(_NESTED)
    opening, closing = _INNER.get(start, (start, end))
    depth = min(size, chance.choice((15, 62)))
    return start + opening * (depth - 1) + middle + closing * (depth - 1) + end


def _mixed(chance: Random, size: int) -> str:
    """Put repeated things into nested ones."""
    depth = chance.randint(1, 60)
    opening, closing = chance.choice((("{", "}"), ("OPTIONAL{", "}"), ("{SELECT*{", "}}"), ("GRAPH?g{", "}")))
    return opening * depth + _repeated(chance, size) + closing * depth
