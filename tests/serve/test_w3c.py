"""The W3C's own tests: of the protocol, and of queries, whose answers must be those of the bare engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from papergraph.ask.limits import Limits
from papergraph.ontology.terms import prefixes
from papergraph.serve import Settings
from papergraph.store import open_store
from tests.serve.running import Response, Server, running, write_store
from tests.serve.w3c import Case, Exchange, cases, protocol_cases

_TABLES = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
_RDF = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}
_BLANK = re.compile(r"_:[0-9a-z]+")
#: A graph that holds nothing: whole stores joined with themselves are no question of syntax.
_NOTHING = ("urn:nothing",)
_KASEI = "http://kasei.us/2009/09/sparql/data/"


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    root = shared / "suites" / "w3c-sparql"
    if not root.is_dir():
        pytest.skip("needs the W3C's tests of SPARQL")
    return root


@pytest.fixture(scope="module")
def protocol(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server of the three graphs that the tests of the protocol need."""
    quads = []
    for number in (1, 2, 3):
        name = ox.NamedNode(f"{_KASEI}data{number}.rdf")
        data = ox.parse(path=str(suite / f"sparql11/protocol/data{number}.nt"), format=ox.RdfFormat.N_TRIPLES)
        quads += [ox.Quad(q.subject, q.predicate, q.object, name) for q in data]
    folder = write_store(tmp_path_factory.mktemp("protocol") / "store", quads)
    with running(Settings(folder)) as server:
        yield server, folder


def _sent(server: Server, exchange: Exchange) -> Response:
    return server.send(exchange.path, exchange.method, exchange.body, dict(exchange.headers))


def test_the_protocol_is_kept_and_updates_are_refused(protocol: tuple[Server, Path], suite: Path) -> None:
    server, folder = protocol
    before, wrong, names = open_store(folder).digest, [], []
    for name, exchanges in protocol_cases(suite):
        names.append(name)
        update = name.startswith("update_")
        for exchange in exchanges[:1] if update else exchanges:
            response = _sent(server, exchange)
            expected = "4" if update or "StatusCode4xx" in exchange.statuses else "2"
            if str(response.status)[0] != expected or (expected == "2" and not _fits(response, exchange)):
                wrong.append((name, response.status, response.text[:200]))
    assert (len(names), wrong) == (34, [])
    assert open_store(folder, verify=True).digest == before


def _fits(response: Response, exchange: Exchange) -> bool:
    if exchange.form == "RDF":
        return response.type in _RDF
    if exchange.form == "boolean":
        return bool(json.loads(response.body)["boolean"]) == (exchange.truth != "false")
    return response.type in _TABLES


@pytest.mark.slow
def test_no_update_of_the_suite_gets_through_on_any_way(protocol: tuple[Server, Path], suite: Path) -> None:
    server, folder = protocol
    before, files = open_store(folder).digest, sorted(suite.glob("sparql11/**/*.ru"))
    assert len(files) > 100
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        direct = server.send("/sparql", "POST", text.encode(), {"Content-Type": "application/sparql-update"})
        assert 400 <= direct.status < 500, file
        assert 400 <= server.ask(text).status < 500, file
        assert 400 <= server.ask("ASK {}", update=text).status < 500, file
    assert open_store(folder, verify=True).digest == before


def test_nothing_can_be_written_by_the_graph_store_protocol(protocol: tuple[Server, Path], suite: Path) -> None:
    server, folder = protocol
    before, writes = open_store(folder).digest, 0
    for name, exchanges in protocol_cases(suite, "graph-store-protocol"):
        for exchange in exchanges:
            if exchange.method in {"GET", "HEAD"}:
                continue
            writes += 1
            _, _, query = exchange.path.partition("?")
            for path in (exchange.path, f"/store?{query or 'default'}"):
                response = server.send(path, exchange.method, exchange.body, dict(exchange.headers))
                assert 400 <= response.status < 500, (name, path)
    assert writes > 10
    assert open_store(folder, verify=True).digest == before


# The tests of queries: all their data in one store, each file a named graph, chosen by the protocol for each test.


@pytest.fixture(scope="module")
def queries(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, ox.Store]]:
    """A server of all data of the suite, and the engine itself on the very same store."""
    store = ox.Store()
    for address in sorted({a for case in cases(suite) for a in (*case.data, *case.named)} | set(_from(suite))):
        _load(store, suite, address)
    folder = write_store(tmp_path_factory.mktemp("queries") / "store", list(store))
    (generation,) = (folder / "generations").iterdir()
    with running(Settings(folder, limits=Limits(seconds=20))) as server:
        yield server, ox.Store.read_only(str(generation / "graph"))


def _from(suite: Path) -> Iterator[str]:
    """Yield the files that queries name by FROM."""
    for file in sorted((suite / "sparql10" / "dataset").glob("*.ttl")):
        if file.name != "manifest.ttl":
            yield f"http://w3c.example/{file.relative_to(suite).as_posix()}"


def _load(store: ox.Store, suite: Path, address: str) -> None:
    path = suite / address.removeprefix("http://w3c.example/")
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    assert form
    for quad in ox.parse(path=str(path), format=form, base_iri=address, rename_blank_nodes=True):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(address)))


def _cases(suite: Path, evaluation: bool) -> list[Case]:
    return [c for c in cases(suite) if ("Syntax" not in c.kind) == evaluation]


@pytest.mark.slow
def test_queries_are_answered_as_the_engine_answers_them(queries: tuple[Server, ox.Store], suite: Path) -> None:
    server, bare = queries
    chosen, different, answered = _cases(suite, evaluation=True), [], 0
    for case in chosen:
        query = f"BASE <{case.base}>\n{case.query}"
        expected = _bare(bare, query, case, server)
        fields = {"default-graph-uri": list(case.data), "named-graph-uri": list(case.named)}
        response = server.ask(query, "application/sparql-results+json, application/n-triples", **fields)
        answered += expected is not None and expected[1] not in ("[]", "")
        if (_read(response) if response.status == 200 else None) != expected:
            different.append((case.name, response.status, response.text[:300], expected))
    assert different == []
    assert (len(chosen), answered > 400) == (519, True)


@pytest.mark.slow
def test_syntax_is_judged_as_the_engine_judges_it(queries: tuple[Server, ox.Store], suite: Path) -> None:
    server, bare = queries
    chosen, different = _cases(suite, evaluation=False), []
    for case in chosen:
        expected = _bare(bare, case.query, replace(case, data=_NOTHING), server)
        fields = {"default-graph-uri": list(_NOTHING)}
        response = server.ask(case.query, "application/sparql-results+json, application/n-triples", **fields)
        if response.status != (400 if expected is None else 200):
            different.append((case.name, response.status, response.text[:300]))
    assert different == []
    assert len(chosen) == 310


def _bare(store: ox.Store, query: str, case: Case, server: Server) -> tuple[str, str] | None:
    """Return what the engine answers by itself, None for an error."""
    graphs: dict[str, Any] = {"use_default_graph_as_union": not re.search(r"\bfrom\b", query, re.IGNORECASE)}
    if case.data or case.named:
        graphs = {
            "default_graph": [ox.NamedNode(g) for g in case.data],
            "named_graphs": [ox.NamedNode(g) for g in case.named],
        }
    try:
        found = store.query(query, base_iri=f"{server.origin}/sparql", prefixes=prefixes(), **graphs)
        if isinstance(found, ox.QueryTriples):
            return "triples", _masked(sorted(set(map(str, found))))
        if isinstance(found, ox.QuerySolutions):
            names = [v.value for v in found.variables]
            return "table", _masked(sorted(str([str(row[n]) for n in names]) for row in found))
        return "truth", str(bool(found))
    except (SyntaxError, ValueError, OSError, RuntimeError):
        return None


def _read(response: Response) -> tuple[str, str]:
    if response.type == "application/n-triples":
        parsed = ox.parse(response.body, format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=False)
        return "triples", _masked(sorted({str(q.triple) for q in parsed}))
    found = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QuerySolutions):
        names = [v.value for v in found.variables]
        return "table", _masked(sorted(str([str(row[n]) for n in names]) for row in found))
    return "truth", str(bool(found))


def _masked(rows: list[str]) -> str:
    """Return the rows with every blank node alike: queries make new ones, whose names are random."""
    return str(sorted(_BLANK.sub("_:b", row) for row in rows))
