"""Speed of loading and asking: the Python API, HTTP and the shell beside bare pyoxigraph and rdflib, in one run.

    python benchmarks/query.py [--quads 10000 100000 1000000] [--rounds 15]

The graph is made up, in our schema: methods that improve on a few older ones, with papers, institutions, hardware and
evidence. Each time is the median of the rounds, in which all sides take turns. rdflib is left out above 10^5 quads,
which take it minutes to load.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import rdflib

import papergraph as pg
from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation, Run
from papergraph.ontology.iri import entity_iri, evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import predicate_iri, prefixes
from papergraph.rdf import canonical_nquads, to_quads
from papergraph.store import write_generation

_NOTE = "made-up.md"
_PAPERGRAPH = str(Path(sys.executable).with_name("papergraph"))
_RDFLIB_MOST = 120_000
#: Quads that one method brings with it.
_QUADS_EACH = 78


def make_graph(quads: int) -> Graph:
    """Return a graph of about so many quads; the same for the same number."""
    chance = random.Random(7)  # noqa: S311  nothing secret
    count = max(20, quads // _QUADS_EACH)
    methods = [_entity("Method", f"Method {n}") for n in range(count)]
    makers = [_entity("Institution", f"University {n}") for n in range(max(5, count // 40))]
    machines = [_entity("Hardware", f"Device {n}") for n in range(max(5, count // 100))]
    papers = [
        _entity("Paper", f"Paper {n}: on many things", f"arXiv:{2000 + n // 9999:04d}.{n % 9999:05d}")
        for n in range(count)
    ]
    relations: list[Relation] = []
    for n, method in enumerate(methods):
        relations.append(_relation(papers[n], "introduces", method))
        relations.append(_relation(papers[n], "affiliatedWith", chance.choice(makers)))
        relations.append(_relation(method, "targetsHardware", chance.choice(machines)))
        if n:
            older = methods[max(0, n - 1 - int(chance.expovariate(1 / 40)))]
            relations.append(_relation(method, "improvesOn", older))
    note = NoteRecord(note_iri(_NOTE), _NOTE, "0" * 64, "utf-8")
    unique = {r.iri: r for r in relations}
    entities = sorted((*methods, *makers, *machines, *papers), key=lambda e: e.iri)
    return Graph(tuple(entities), tuple(unique[iri] for iri in sorted(unique)), (note,))


def _entity(kind: EntityType, name: str, *identifiers: str) -> Entity:
    return Entity(
        entity_iri(kind, name, identifiers=identifiers),
        kind,
        name,
        (),
        identifiers,
        (),
        (Place(_NOTE, 1, 0, len(name), name),),
    )


def _relation(subject: Entity, predicate: Predicate, obj: Entity) -> Relation:
    iri = statement_iri(subject.iri, predicate_iri(predicate), obj.iri)
    sentence = f"{subject.label} has to do with {obj.label}."
    evidence = Evidence(
        evidence_iri(iri, _NOTE, sentence, "made-up"),
        _NOTE,
        1,
        0,
        len(sentence),
        sentence,
        "made-up",
        "prose",
        0.9,
    )
    return Relation(iri, subject.iri, predicate, obj.iri, 0.9, "positive", (evidence,))


def queries(graph: Graph) -> dict[str, str]:
    """Return what is asked."""
    methods = [e.iri for e in graph.entities if e.type == "Method"]
    start = entity_iri("Method", f"Method {len(methods) * 9 // 10}")
    return {
        "lineage": f"SELECT DISTINCT ?x {{ <{start}> (pg:extends|pg:improvesOn)+ ?x }}",
        "two-hop join": f"SELECT ?p ?i {{ ?m pg:improvesOn <{start}> . ?p pg:introduces ?m ; pg:affiliatedWith ?i }}",
        "aggregate": "SELECT ?i (COUNT(?p) AS ?n) { ?p pg:affiliatedWith ?i } GROUP BY ?i ORDER BY DESC(?n) LIMIT 20",
        "label search": 'SELECT ?x ?l { ?x a pg:Institution ; rdfs:label ?l FILTER(CONTAINS(LCASE(?l), "sity 3")) }',
    }


def milliseconds(work: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def medians(sides: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each side, in ms; they take turns."""
    for work in sides.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            times[name].append(milliseconds(work))
    return {name: statistics.median(found) for name, found in times.items()}


@contextmanager
def served(store: Path) -> Iterator[http.client.HTTPConnection]:
    """Serve the store, and hand out a connection that stays open."""
    command = [_PAPERGRAPH, "serve", "--port", "0", "--timeout", "60", "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr  # noqa: S101  it is a pipe
        port = int(process.stderr.readline().partition("127.0.0.1:")[2].partition("/")[0])
        try:
            yield http.client.HTTPConnection("127.0.0.1", port)
        finally:
            process.terminate()


def ask_over_http(connection: http.client.HTTPConnection, query: str) -> bytes:
    """Return the answer as the server writes it."""
    connection.request(
        "POST", "/sparql", urlencode({"query": query}), {"Content-Type": "application/x-www-form-urlencoded"}
    )
    return connection.getresponse().read()


def measure(quads: int, rounds: int, folder: Path) -> None:
    """Print the table for one size."""
    graph = make_graph(quads)
    text = canonical_nquads(to_quads(graph, threshold=0.5))
    size = text.count("\n")
    print(f"\n{size:,} quads")
    run = Run("0", "0" * 64)

    def bare_load() -> ox.Store:
        store = ox.Store(str(folder / "bare"))
        store.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
        store.flush()
        return store

    bare_ms = milliseconds(bare_load)
    text_ms = milliseconds(lambda: canonical_nquads(to_quads(graph, threshold=0.5)))
    ours_ms = milliseconds(lambda: write_generation(folder / "store", graph, run))
    sealed_ms = ours_ms - text_ms
    print(
        f"  load, quads/s: bulk_load {size / bare_ms * 1000:,.0f}, sealed store {size / sealed_ms * 1000:,.0f} "
        f"({bare_ms / sealed_ms:.2f} of it); with the canonical text {size / ours_ms * 1000:,.0f}"
    )
    bare = ox.Store.read_only(str(folder / "bare"))
    api = pg.open_graph(folder / "store")
    known = prefixes(api.store.base)
    dataset = rdflib.Dataset(default_union=True) if size <= _RDFLIB_MOST else None
    if dataset is not None:
        dataset.parse(data=text, format="nquads")
    print(f"  {'ms, median':16}{'pyoxigraph':>11}{'API':>9}{'x':>6}{'HTTP':>9}{'+ ms':>7}{'rdflib':>11}")
    with served(folder / "store") as connection:
        for name, query in queries(graph).items():
            bare_side = lambda q=query: _rows(bare.query(q, prefixes=known, use_default_graph_as_union=True))  # noqa: E731
            found = medians({"bare": bare_side, "api": lambda q=query: api.query(q)}, rounds)
            # Apart, since a request wakes two more processes, which slows down whoever comes next.
            found |= medians({"http": lambda q=query: ask_over_http(connection, q)}, rounds)
            other = f"{_rdflib_ms(dataset, query, known):>11.1f}" if dataset is not None else f"{'-':>11}"
            print(
                f"  {name:16}{found['bare']:>11.2f}{found['api']:>9.2f}{found['api'] / found['bare']:>6.2f}"
                f"{found['http']:>9.2f}{found['http'] - found['bare']:>7.2f}{other}"
            )
    opened = medians(
        {"bare": lambda: ox.Store.read_only(str(folder / "bare")), "api": lambda: pg.open_graph(folder / "store")}, 5
    )
    print(f"  {'open':16}{opened['bare']:>11.2f}{opened['api']:>9.2f}{opened['api'] / opened['bare']:>6.2f}")
    name = f"Method {sum(e.type == 'Method' for e in graph.entities) * 9 // 10}"
    command = [_PAPERGRAPH, "lineage", name, "--depth", "3", "--store", str(folder / "store")]
    whole = [_PAPERGRAPH, "lineage", name, "--upstream", "--store", str(folder / "store")]
    shell = medians({"near": lambda: _run(command), "whole": lambda: _run(whole)}, 5)
    print(
        f"  papergraph lineage from the shell: {shell['near'] / 1000:.2f} s; "
        f"upstream to the end {shell['whole'] / 1000:.2f} s"
    )


def _rows(solutions: ox.QuerySolutions) -> list[tuple[object, ...]]:
    names = solutions.variables
    return [tuple(solution[name] for name in names) for solution in solutions]


def _rdflib_ms(dataset: rdflib.Dataset, query: str, known: dict[str, str]) -> float:
    return milliseconds(lambda: list(dataset.query(query, initNs=known)))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    for quads in arguments.quads:
        with tempfile.TemporaryDirectory() as folder:
            measure(quads, arguments.rounds, Path(folder))


if __name__ == "__main__":
    main()
