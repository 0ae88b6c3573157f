"""Describing a query in words, with the labels of the ontology and the names of entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from papergraph.errors import QueryError
from papergraph.ontology.terms import DCTERMS, OWL, PG, RDF, RDFS, SKOS, prefixes
from papergraph.resources import read_resource
from papergraph.text.terminal import printable

#: Gives the label of an entity, or "" for what the graph does not know.
Names = Callable[[str], str]

_WORDS = {
    RDF + "type": "is a",
    RDFS + "label": "is labelled",
    SKOS + "altLabel": "is also called",
    SKOS + "prefLabel": "is labelled",
    DCTERMS + "identifier": "has the identifier",
    DCTERMS + "issued": "was published in",
    DCTERMS + "title": "has the title",
    RDF + "subject": "is a claim about",
    RDF + "predicate": "claims the relation",
    RDF + "object": "claims the object",
    OWL + "sameAs": "is the same as",
}
_INDENT = "  "


def explain(sparql: str, base: str, name_of: Names) -> str:
    """Return a description of a query, line by line.

    >>> print(
    ...     explain(
    ...         "SELECT ?m { ?m pg:improvesOn method:h2o } LIMIT 3", "https://w3id.org/papergraph/id/", lambda iri: ""
    ...     )
    ... )
    find every ?m
    where
      ?m improves on h2o
    at most 3 rows
    <BLANKLINE>

    Raises:
        QueryError: for SPARQL that cannot be parsed, or that holds what cannot be explained.
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(parseQuery(sparql), initNs=prefixes(base))
        lines = list(_Explanation(base, name_of).lines(query.algebra))
    except Exception as error:  # rdflib's parser raises whatever its grammar does
        raise QueryError(f"the query cannot be explained: {printable(str(error))}") from error
    return "\n".join(lines) + "\n"


@cache
def _labels() -> dict[str, str]:
    """Return the English labels of the ontology's terms."""
    import rdflib

    graph = rdflib.Graph().parse(data=read_resource("ontology/papergraph.ttl"), format="turtle")
    values = set(graph.subjects(rdflib.RDF.type, rdflib.OWL.DatatypeProperty))
    found = graph.subject_objects(rdflib.RDFS.label)
    return {str(s): f"has the {o}" if s in values else str(o) for s, o in found if getattr(o, "language", None) == "en"}


class _Explanation:
    def __init__(self, base: str, name_of: Names) -> None:
        self._base = base
        self._name_of = name_of
        self._results: dict[str, str] = {}
        """What stands for the results of aggregates."""

    def lines(self, query: Any) -> Iterator[str]:
        inner = query.p
        tail: list[str] = []
        distinct = ""
        order = ""
        while inner.name in {"Slice", "Distinct", "Reduced", "Project", "OrderBy"}:
            if inner.name == "Slice":
                tail = [*([f"from row {inner.start + 1} on"] if inner.start else [])]
                tail += [f"at most {inner.length} rows"] if inner.length is not None else []
            elif inner.name == "Distinct":
                distinct = "different "
            elif inner.name == "OrderBy":
                order = ", ".join(
                    self._term(c.expr) + (" (descending)" if c.order == "DESC" else "") for c in inner.expr
                )
            inner = inner.p
        body = list(self._pattern(inner, 1))
        asked = ", ".join(self._term(v) for v in query.PV or ()) if "PV" in query else ""
        heads = {
            "SelectQuery": f"find every {distinct}{asked}",
            "AskQuery": "ask whether there is a match",
            "ConstructQuery": "build triples from every match",
            "DescribeQuery": f"describe {asked}",
        }
        yield heads.get(query.name, query.name)
        yield "where"
        yield from body
        if order:
            yield f"ordered by {order}"
        yield from tail

    def _pattern(self, node: Any, depth: int) -> Iterator[str]:
        """Yield the lines of a graph pattern."""
        indent = _INDENT * depth
        if describe := _PATTERNS.get(node.name):
            yield from describe(self, node, depth)
        else:
            yield f"{indent}({node.name})"

    def _inner(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p, depth)

    def _join(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p1, depth)
        yield from self._pattern(node.p2, depth)

    def _triples(self, node: Any, depth: int) -> Iterator[str]:
        for subject, predicate, obj in node.triples:
            yield f"{_INDENT * depth}{self._term(subject)} {self._relation(predicate)} {self._term(obj)}"

    def _filter(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p, depth)
        expression = node.expr
        if getattr(expression, "name", "") in {"Builtin_NOTEXISTS", "Builtin_EXISTS"}:
            found = "no match" if "NOT" in expression.name else "a match"
            yield f"{_INDENT * depth}only if there is {found} for"
            yield from self._group(expression.graph, depth + 1)
        else:
            yield f"{_INDENT * depth}only if {self._expression(expression)}"

    def _group(self, group: Any, depth: int) -> Iterator[str]:
        for part in getattr(group, "part", None) or ():
            for subject, predicate, obj in getattr(part, "triples", None) or ():
                yield f"{_INDENT * depth}{self._term(subject)} {self._relation(predicate)} {self._term(obj)}"
        if not getattr(group, "part", None):
            yield from self._pattern(group, depth)

    def _bound(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p, depth)
        if str(node.var) != self._expression(node.expr).removeprefix("?"):
            yield f"{_INDENT * depth}{self._term(node.var)} is {self._expression(node.expr)}"

    def _union(self, node: Any, depth: int) -> Iterator[str]:
        choices = [node]
        while choices[0].name == "Union":
            choices = [choices[0].p1, choices[0].p2, *choices[1:]]
        for number, choice in enumerate(choices):
            yield f"{_INDENT * depth}{'or' if number else 'either'}"
            yield from self._pattern(choice, depth + 1)

    def _optional(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p1, depth)
        yield f"{_INDENT * depth}optionally"
        yield from self._pattern(node.p2, depth + 1)

    def _minus(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p1, depth)
        yield f"{_INDENT * depth}except where"
        yield from self._pattern(node.p2, depth + 1)

    def _values(self, node: Any, depth: int) -> Iterator[str]:
        rows = [
            [f"{self._term(variable)} is {self._term(value)}" for variable, value in row.items()] for row in node.res
        ]
        if len(rows) > 1 and all(len(row) == 1 for row in rows):
            values = [self._term(value) for row in node.res for value in row.values()]
            yield f"{_INDENT * depth}{self._term(next(iter(node.res[0])))} is one of: {', '.join(values)}"
        else:
            yield from (f"{_INDENT * depth}{'or ' if n else ''}{' and '.join(row)}" for n, row in enumerate(rows))

    def _graph(self, node: Any, depth: int) -> Iterator[str]:
        yield f"{_INDENT * depth}in the note {self._term(node.term)}"
        yield from self._pattern(node.p, depth + 1)

    def _aggregates(self, node: Any, depth: int) -> Iterator[str]:
        for aggregate in node.A:
            kind = aggregate.name.removeprefix("Aggregate_").lower()
            what = self._expression(aggregate.vars)
            once = "different " if getattr(aggregate, "distinct", None) else ""
            word = {"count": "the number of", "sample": "", "groupconcat": "the list of"}.get(kind, f"the {kind} of")
            self._results[str(aggregate.res)] = f"{word} {once}{what}".strip()
        yield from self._pattern(node.p, depth)

    def _each(self, node: Any, depth: int) -> Iterator[str]:
        yield from self._pattern(node.p, depth)
        if node.expr:
            yield f"{_INDENT * depth}for each {', '.join(self._expression(e) for e in node.expr)}"

    def _relation(self, path: Any) -> str:
        kind = type(path).__name__
        if kind == "AlternativePath":
            return " or ".join(self._relation(arg) for arg in path.args)
        if kind == "SequencePath":
            return ", which ".join(self._relation(arg) for arg in path.args)
        if kind == "InvPath":
            return f"is the object of ({self._relation(path.arg)}) of"
        if kind == "MulPath":
            often = {"+": "directly or indirectly", "*": "directly, indirectly or the same"}
            return f"{self._relation(path.path)} ({often.get(path.mod, 'or the same')})"
        text = self._term(path)
        known = _WORDS.get(str(path)) or _labels().get(str(path))
        return known or (f"is related by {text} to" if text.startswith("?") else text)

    def _expression(self, node: Any) -> str:
        name = getattr(node, "name", "")
        if name == "RelationalExpression":
            return f"{self._expression(node.expr)} {str(node.op).lower()} {self._expression(node.other)}"
        if name in {"ConditionalAndExpression", "ConditionalOrExpression"}:
            word = " and " if "And" in name else " or "
            return word.join(self._expression(e) for e in (node.expr, *node.other))
        if name == "UnaryNot":
            return f"not {self._expression(node.expr)}"
        if name.startswith("Builtin_"):
            given = [node[key] for key in ("arg", "arg1", "arg2", "arg3", "text", "pattern", "flags") if key in node]
            return f"{name.removeprefix('Builtin_')}({', '.join(self._expression(p) for p in given if p is not None)})"
        if isinstance(node, list | tuple):
            return ", ".join(self._expression(item) for item in node)
        if name:
            sign = " ".join(map(str, node["op"])) if "op" in node else "and"
            return f" {sign} ".join(self._expression(v) for k, v in node.items() if k not in {"_vars", "op"})
        return self._term(node)

    def _term(self, term: Any) -> str:
        if type(term).__name__ == "Variable":
            return self._results.get(str(term), f"?{term}")
        if type(term).__name__ == "Literal":
            return f'"{printable(term)}"' if isinstance(term.toPython(), str) else printable(str(term))
        iri = printable(str(term))
        if iri.startswith(PG):
            return _labels().get(iri, iri.removeprefix(PG))
        if iri.startswith(self._base):
            return self._name_of(iri) or iri.rpartition("/")[2]
        known = prefixes(self._base).items()
        return next((f"{p}:{iri.removeprefix(start)}" for p, start in known if iri.startswith(start)), iri)


#: How each pattern of the SPARQL algebra, by the name that rdflib gives it, is put into words.
_PATTERNS: dict[str, Callable[[_Explanation, Any, int], Iterator[str]]] = {
    "BGP": _Explanation._triples,
    "Join": _Explanation._join,
    "LeftJoin": _Explanation._optional,
    "Union": _Explanation._union,
    "Minus": _Explanation._minus,
    "Filter": _Explanation._filter,
    "Extend": _Explanation._bound,
    "values": _Explanation._values,
    "Graph": _Explanation._graph,
    "Group": _Explanation._each,
    "AggregateJoin": _Explanation._aggregates,
    **dict.fromkeys(("Project", "Distinct", "ToMultiSet", "Slice", "OrderBy", "Reduced"), _Explanation._inner),
}
