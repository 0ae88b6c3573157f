"""The ready-made queries in RDF, in the form that SPARQL editors look for (SHACL's executables)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from papergraph.ask.guard import undeclared_prefixes
from papergraph.ask.named import NamedQuery
from papergraph.ontology.terms import OWL, RDFS, SCHEMA, XSD, prefixes
from papergraph.serve.statements import SH, TYPE, says

_KIND = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


def with_prefixes(query: NamedQuery, base: str) -> str:
    """Return the text of a query with the prefixes that it uses declared, as other engines need it."""
    known = prefixes(base)
    used = dict.fromkeys(p for p, _ in undeclared_prefixes(query.text, frozenset()) if p in known)
    lines = [f"PREFIX {p}: <{known[p]}>" for p in used]
    return "\n".join([*lines, query.text.strip()]) + "\n"


def describe_examples(origin: str, queries: Sequence[NamedQuery], base: str) -> Iterator[ox.Triple]:
    """Yield the queries, and our prefixes, as the server at `origin` shows them."""
    place = f"{origin}/.well-known/sparql-examples"
    shared = f"{place}#prefixes"
    yield says(shared, TYPE, OWL + "Ontology")
    for prefix, namespace in prefixes(base).items():
        declared = f"{place}#prefix-{prefix}"
        yield says(shared, SH + "declare", declared)
        yield says(declared, SH + "prefix", ox.Literal(prefix))
        yield says(declared, SH + "namespace", ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI")))
    for query in queries:
        match = _KIND.search(query.text)
        kind = match[1].lower() if match else "select"
        iri = f"{place}/{query.name}"
        yield says(iri, TYPE, SH + "SPARQLExecutable")
        yield says(iri, TYPE, f"{SH}SPARQL{kind.capitalize()}Executable")
        yield says(iri, SH + kind, ox.Literal(with_prefixes(query, base)))
        yield says(iri, SH + "prefixes", shared)
        yield says(iri, SCHEMA + "target", f"{origin}/sparql")
        yield says(iri, RDFS + "label", ox.Literal(query.name))
        for text, language in ((query.question, "en"), (query.question_zh, "zh")):
            if text:
                yield says(iri, RDFS + "comment", ox.Literal(text, language=language))
