"""Reading the manifests of the W3C's tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from papergraph.ontology.terms import RDF

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_NS = f"""PREFIX mf: <{MF}> PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#> PREFIX ht: <http://www.w3.org/2011/http#>
PREFIX cnt: <http://www.w3.org/2011/content#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """
HOST = "http://w3c.example/"


@dataclass(frozen=True)
class Case:
    """A test of a query, or of the syntax of one."""

    name: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    """Graphs of the default graph; the addresses of files below `HOST`."""
    named: tuple[str, ...] = ()
    base: str = ""


def read_manifest(root: Path, path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=HOST + path.relative_to(root).as_posix())
    return store


def cases(root: Path) -> Iterator[Case]:
    """Yield the query tests below a folder, but those that need the network or a reasoner."""
    for manifest in sorted(root.glob("sparql1[01]/*/manifest.ttl")):
        if manifest.parent.name in {"entailment", "service", "syntax-fed", "protocol", "service-description"}:
            continue
        store = read_manifest(root, manifest)
        for row in store.query(_NS + "SELECT DISTINCT ?t ?type ?action { ?t a ?type ; mf:action ?action }"):
            kind = row["type"].value.removeprefix(MF)
            if kind.startswith(("QueryEvaluation", "CSVResultFormat", "PositiveSyntaxTest", "NegativeSyntaxTest")):
                yield _case(root, store, row, kind)


def _case(root: Path, store: ox.Store, row: ox.QuerySolution, kind: str) -> Case:
    def values(predicate: str) -> tuple[str, ...]:
        if isinstance(row["action"], ox.Literal):
            return ()
        return tuple(o.value for o in _objects(store, [row["action"]], _QT + predicate))

    file = (values("query") or (row["action"].value,))[0]
    query = (root / file.removeprefix(HOST)).read_text(encoding="utf-8")
    name = f"{file.removeprefix(HOST).rpartition('/')[0]} {row['t'].value.rpartition('#')[2]}"
    return Case(name, kind, query, values("data"), values("graphData"), file)


_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"


@dataclass(frozen=True)
class Exchange:
    """A request, and the answer that is expected."""

    method: str
    path: str
    body: bytes | None
    headers: tuple[tuple[str, str], ...]
    statuses: tuple[str, ...]
    form: str
    truth: str


def protocol_cases(root: Path, folder: str = "protocol") -> Iterator[tuple[str, tuple[Exchange, ...]]]:
    """Yield the name and the requests of every test of the protocol."""
    for manifest in sorted((root / "sparql11" / folder).glob("manifest*.ttl")):
        store = read_manifest(root, manifest)
        for row in store.query(
            _NS + "SELECT ?t ?list { ?t mf:action/ht:requests ?list . FILTER NOT EXISTS { ?any rdf:rest ?list } }"
        ):
            requests = tuple(_exchange(store, node) for node in _members(store, row["list"]))
            yield row["t"].value.rpartition("#")[2], requests


def _members(store: ox.Store, node: Any) -> Iterator[Any]:
    while first := _objects(store, [node], RDF + "first"):
        yield first[0]
        node = _objects(store, [node], RDF + "rest")[0]


def _exchange(store: ox.Store, node: ox.BlankNode) -> Exchange:
    heads = _objects(store, [node], _HT + "headers")
    headers = [
        (_text(store, header, _HT + "fieldName"), _text(store, header, _HT + "fieldValue"))
        for head in heads
        for header in _members(store, head)
    ]
    body = _objects(store, [node], _HT + "body", _CNT + "chars")
    charset = next((c.value for c in _objects(store, [node], _HT + "body", _CNT + "characterEncoding")), "UTF-8")
    statuses = _objects(store, [node], _HT + "resp", MF + "expectedStatus")
    return Exchange(
        _text(store, node, _HT + "methodName"),
        _text(store, node, _HT + "absolutePath"),
        body[0].value.encode(charset) if body else None,
        tuple(headers),
        tuple(s.value.rpartition("#")[2] for s in statuses),
        _text(store, node, _HT + "resp", MF + "expectedFormat"),
        _text(store, node, _HT + "resp", MF + "expectedBoolean"),
    )


_HT, _CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"


def _objects(store: ox.Store, nodes: list[Any], *path: str) -> list[Any]:
    for predicate in path:
        nodes = [q.object for n in nodes for q in store.quads_for_pattern(n, ox.NamedNode(predicate), None)]
    return nodes


def _text(store: ox.Store, node: Any, *path: str) -> str:
    return next((o.value for o in _objects(store, [node], *path)), "")
