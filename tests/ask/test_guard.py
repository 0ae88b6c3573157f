from __future__ import annotations

import contextlib
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.ask.guard import (
    MOST_BRACKETS,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NAMES,
    MOST_OPERATORS,
    MOST_PATTERNS,
    check_query,
    undeclared_prefixes,
)
from papergraph.ask.limits import Limits
from papergraph.ask.worker import Task, Worker
from papergraph.errors import QueryError
from papergraph.resources import list_resources, read_resource
from papergraph.store import write_generation
from tests.graphs import RUN, small_graph
from tests.hostile import hostile_query
from tests.repeats import repeats

LONG = '"' * 3
BODY = "{?a ?b ?c}"

#: Each reaches the network when the engine runs it bare; {u} is an address that listens.
REACHING = {
    "plain": "SELECT * { SERVICE <{u}> {?a ?b ?c} }",
    "lower case and silent": "SELECT * { service silent <{u}> {?a ?b ?c} }",
    "after a comment that ends at a carriage return": "SELECT * { #\rSERVICE <{u}> {?a ?b ?c} }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE<{u}>{?a ?b ?c} }",
    "glued to SILENT": "SELECT * { SERVICESILENT<{u}>{?a ?b ?c} }",
    "after an escaped hash in a name": (
        "PREFIX e: <http://e/> SELECT * { OPTIONAL{?s e:a\\# 1} SERVICE<{u}>{?a ?b ?c} }"
    ),
    "between escaped quotes in names": (
        "PREFIX e: <http://e/> SELECT * { OPTIONAL{?s e:a\\' 1} SERVICE<{u}>{?a ?b ?c} OPTIONAL{?s e:a\\' 1} }"
    ),
    "with the empty prefix": "PREFIX : <{u}> SELECT * { SERVICE:{?a ?b ?c} }",
    "glued to a prefix": "PREFIX e: <{u}> SELECT * { SERVICEe:{?a ?b ?c} }",
    "between comparisons": "SELECT * { FILTER(1<2) SERVICE<{u}>{?a ?b ?c} FILTER(3>2) }",
    "glued to a bracket": "SELECT * { BIND(1 AS ?a) FILTER(?a<2)SERVICE<{u}>{?x?b?c} }",
    "hidden by a comment that looks like the end of an IRI": (
        f"SELECT * {{ BIND(1 AS ?a) FILTER(?a<2)#>{LONG}\nSERVICE<{{u}}>{{?x?b?c}}#{LONG}\n }}"
    ),
    "hidden by an IRI that is a comparison": (
        f"SELECT * {{ BIND(1 AS ?a) FILTER(?a<#>{LONG}\n2) SERVICE<{{u}}>{{?x?b?c}}#{LONG}\n }}"
    ),
    "hidden by an IRI that is a comparison with a name": (
        f"PREFIX e: <http://e/> SELECT * {{ FILTER(e:b<e:a#>{LONG}\n) SERVICE<{{u}}>{{?x?b?c}}#{LONG}\n }}"
    ),
    "hidden by a directive that is a comment": (
        f"SELECT * {{ FILTER(1 # base\n<#>{LONG}\n2) SERVICE<{{u}}>{{?x?b?c}}#{LONG}\n }}"
    ),
    "hidden by a directive that is a name": (
        f"PREFIX e: <http://e/> SELECT * {{ FILTER(e:base<#>{LONG}\n2) SERVICE<{{u}}>{{?x?b?c}}#{LONG}\n }}"
    ),
    "after an IRI with a no-break space and a hash": (
        "SELECT * { OPTIONAL{?s <http://x/\u00a0#> 1} SERVICE<{u}>{?a ?b ?c} }"
    ),
    "within EXISTS": "SELECT * { FILTER NOT EXISTS { SERVICE<{u}>{?a ?b ?c} } }",
    "with a computed address": ('SELECT * { BIND(IRI(CONCAT("{u}","?d=1")) AS ?u) LATERAL { SERVICE ?u {?a ?b ?c} } }'),
    "between long strings": (
        f"SELECT * {{ OPTIONAL{{?s ?p {LONG}a{LONG}}} SERVICE<{{u}}>{{?a ?b ?c}} OPTIONAL{{?s ?p {LONG}b{LONG}}} }}"
    ),
    "between IRIs with quotes": (
        "SELECT * { OPTIONAL{?s <http://x/'> 1} SERVICE<{u}>{?a ?b ?c} OPTIONAL{?s <http://x/'> 1} }"
    ),
    "after a name that the dot does not belong to": (
        "PREFIX e: <http://e/> SELECT * { ?s ?p e:.SERVICE <{u}> {?a ?b ?c} }"
    ),
    "after a name that ends at its second dot": (
        "PREFIX e: <http://e/> SELECT * { ?s ?p e:a.1.SERVICE <{u}> {?a ?b ?c} }"
    ),
    "relative to a base": "BASE <{u}> SELECT * { SERVICE <> {?a ?b ?c} }",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the paths that were asked of it."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_GET = do_POST  # noqa: N815  the name that the base class calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x", hits
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", REACHING)
def test_every_known_way_to_the_network_works_on_the_bare_engine_and_is_refused(
    name: str, listener: tuple[str, list[str]]
) -> None:
    address, hits = listener
    query = REACHING[name].replace("{u}", address)
    store = ox.Store()
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    store.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://p"), ox.Literal("1", datatype=integer)))
    for known in ("http://e/", "http://e/a.1"):
        store.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://p"), ox.NamedNode(known)))
    hits.clear()
    with contextlib.suppress(OSError):
        list(cast("ox.QuerySolutions", store.query(query)))
    assert hits, "the attack no longer works on this engine; the list needs another"
    with pytest.raises(QueryError):
        check_query(query)


HARMLESS = [
    "SELECT ?service { ?service pg:uses ?x }",
    "SELECT * { ?x ex:service ?y } # SERVICE <http://x/> {}",
    "SELECT * { ?x ?y \"SERVICE\", 'service' }",
    "SELECT * { ?x <https://example.org/service#web> ?y }",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?x rdfs:label ?y }",
    "BASE <http://example.org/> PREFIX : <#> SELECT * { :a :b ?c }",
    "SELECT * { ?x ?y ?z FILTER((?z<3)&&(?z>1)) }",
    "SELECT * { ?x ?y ?z FILTER(?z < 3) }",
    "SELECT * { ?x ex:a\\#b 'it''s' }",
    "BASE <http://example.org/> SELECT * FROM <#g> { <#x> <#p> ?o . ?s a <#it's> , [ <#q> <#service> ] }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_may_stand_where_it_asks_nobody(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize("name", list_resources("data/queries", ".rq"))
def test_our_own_queries_pass(name: str) -> None:
    check_query(read_resource(f"data/queries/{name}"))


NESTED = {
    "braces": "SELECT * " + "{" * 70 + "}" * 70,
    "brackets": "SELECT ((" * 70 + "1" + "))" * 70 + " {}",
    "negations": "SELECT * { FILTER(" + "!" * 9000 + "true) }",
    "minuses": "SELECT (" + "- " * 4000 + "1 AS ?x) {}",
    "sums": "SELECT (1" + "+1" * 6900 + " AS ?x) {}",
    "ors": "SELECT (true" + "||true" * 2600 + " AS ?x) {}",
    "unions": "SELECT * { {}" + "UNION{}" * 2000 + "}",
    "paths": "SELECT * { ?s a" + "/a" * 4000 + " ?o }",
    "joined patterns": "SELECT * { " + "?a?b?c." * 2000 + "}",
    "options": "SELECT * { " + "OPTIONAL{}" * 1500 + "}",
    "members of a collection": "SELECT * { ?a ?b (" + " 1" * 5000 + ") }",
    "members that a comment parts": "SELECT * { ?a ?b (" + "1#\n" * 200 + ") }",
    "members behind a comparison": "SELECT * { FILTER((1<2)&&?x>3) ?a ?b (" + " 1" * 200 + ") }",
    "members behind a word that is a verb": "SELECT * { ?s ?p true . 2a(" + " 1" * 200 + ") }",
    "members behind a prefix that looks like a word": "SELECT * { 1select.x:y ?p (" + " 1" * 200 + ") }",
    "members in the head of no subquery": "SELECT * { ?s select:x (" + " 1" * 200 + ") }",
    "members behind values": "SELECT * { VALUES ?v { 1 } ?a ?b (" + " 1" * 200 + ") }",
    "members behind a word values": "SELECT * { ?a values:b (" + " 1" * 200 + ") }",
    "properties": "SELECT * { [ " + "?p ?o ; " * 400 + "] }",
    "blank nodes": "SELECT * { ?a ?b " + "[]," * 400 + "[] }",
    "blocks of values": "SELECT * { " + "VALUES?v{1}" * 200 + "}",
    "sums that look like an IRI": "SELECT * { ?a ?b ?c FILTER(?c<" + "1+" * 6000 + "1>2) }",
    "calls that look like an IRI": "SELECT * { ?a ?b ?c FILTER(?c<" + "(" * 2000 + "1" + ")" * 2000 + ">2) }",
    "annotations": "SELECT * { ?a ?b ?c " + "{|?p ?o|}" * 200 + "}",
    "reifiers": "SELECT * { ?a ?b ?c " + "~" * 400 + "}",
    "nested triple terms": "SELECT * { ?a ?b " + "<<( ?a ?b " * 300 + "1" + " )>>" * 300 + "}",
    "triple terms in values": "SELECT * { VALUES ?v {" + "<<( <a:> <b:> " * 300 + "1" + " )>>" * 300 + "} }",
    "what is described": "DESCRIBE" + "<a:>" * 5000,
    "projected values": "SELECT " + "(1 AS ?a)" * 1000 + " {}",
}


@pytest.mark.parametrize("name", NESTED)
def test_what_kills_or_stalls_the_parser_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match=r"at most [\d,]+ are accepted"):
        check_query(NESTED[name])


def test_a_query_of_too_many_bytes_is_refused_with_both_numbers() -> None:
    with pytest.raises(QueryError, match=r"64,0\d\d bytes; at most 64,000"):
        check_query("#" + "中" * (MOST_BYTES // 3 + 10))


def test_a_word_hidden_by_an_escape_is_refused() -> None:
    with pytest.raises(QueryError, match="backslash"):
        check_query("SELECT * { \\u0053ERVICE <http://x/> {?a ?b ?c} }")


AT_THE_LIMIT = [
    "SELECT * " + "{" * MOST_DEPTH + "}" * MOST_DEPTH,
    "SELECT (" + "(" * (MOST_DEPTH - 1) + "1" + ")" * (MOST_DEPTH - 1) + " AS ?x) {}",
    "SELECT * { FILTER(" + "!" * (MOST_OPERATORS - 2) + "true) }",
    "SELECT * { " + "?a?b?c." * MOST_PATTERNS + "}",
    "SELECT * { ?a ?b (" + " 1" * 48 + ") }",
    "SELECT * { " + "OPTIONAL{}" * (MOST_BRACKETS - 1) + "}",
    "SELECT * { " + "FILTER EXISTS{" * 62 + "}" * 62 + "}",
    "DESCRIBE" + " <urn:a>" * MOST_NAMES,
]
#: Asks each query of a file in a thread whose stack is an eighth of the usual.
_IN_A_SMALL_STACK = """
import json, sys, threading, pyoxigraph
def ask():
    for query in json.load(open(sys.argv[1])):
        try:
            result = pyoxigraph.Store().query(query, use_default_graph_as_union=True)
            if not isinstance(result, pyoxigraph.QueryBoolean):
                for _ in zip(range(100), result): pass
        except (SyntaxError, RuntimeError, ValueError): pass
threading.stack_size(1 << 20)
thread = threading.Thread(target=ask); thread.start(); thread.join()
"""


@pytest.mark.slow
def test_what_passes_does_not_kill_the_engine_though_its_stack_be_small(tmp_path: Path) -> None:
    queries = AT_THE_LIMIT + [hostile_query(seed) for seed in range(8)]
    for query in queries:
        check_query(query)
    (tmp_path / "queries.json").write_text(json.dumps(queries))
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_SMALL_STACK, tmp_path / "queries.json"], timeout=600, check=False
    )
    assert done.returncode == 0, "the engine died of a signal"


def _survive(folder: Path, seeds: range) -> None:
    worker = Worker(folder, Limits())
    try:
        for seed in seeds:
            task = Task(hostile_query(seed), instead='<urn:a> <urn:b> "1" .', limits=Limits(seconds=20, rows=1000))
            reply = worker.run(task)
            assert reply.status in {"ok", "wrong", "large"}, (seed, reply.message)
    finally:
        worker.close()


@pytest.mark.slow
def test_whatever_nests_or_repeats_passes_in_a_size_that_the_engine_bears(tmp_path: Path) -> None:
    write_generation(tmp_path / "store", small_graph(), RUN)
    worker = Worker(tmp_path / "store", Limits())
    try:
        for seed in range(repeats(60)):
            task = Task(hostile_query(seed), instead='<urn:a> <urn:b> "1" .', limits=Limits(seconds=20, rows=1000))
            reply = worker.run(task)
            assert reply.status in {"ok", "wrong", "large"}, (seed, reply.message)
    finally:
        worker.close()


HONEST = [
    "SELECT * { VALUES ?x {" + "".join(f" <https://w3id.org/papergraph/id/method/m-{i}>" for i in range(1000)) + "} }",
    "SELECT * { VALUES (?x ?y) {" + "".join(f"(method:some-name-{i} {i})" for i in range(1000)) + "} ?x ?p ?y }",
    "SELECT * { ?x ?p ?y FILTER(?x IN (" + ", ".join(f"method:some-name-{i}" for i in range(800)) + ")) }",
    "SELECT * { " + "".join(f"?x pg:p{i} ?y{i} . " for i in range(90)) + "}",
    "PREFIX p: <http://e/> " * 50 + "SELECT * { ?x p:a|p:b/p:c* ?y FILTER(?y < 3 && ?y > 1 || ?y = 7) }",
]


@pytest.mark.parametrize("number", range(len(HONEST)))
def test_large_queries_of_honest_people_pass(number: int) -> None:
    check_query(HONEST[number])
    ox.Store().query("PREFIX pg: <urn:pg> PREFIX method: <urn:m> " + HONEST[number])


@given(st.text(st.sampled_from("<>#'\"\\ \n\r(){}?:;.ab1SERVICEservice"), max_size=60))
def test_any_text_is_judged_or_refused_but_never_fails(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_query(text)


WORDS = (
    *("FILTER(1<", "FILTER(?a<", ")", "2)", "#", "<#>", "# base\n", "base", "PREFIX e:", "<a", "<http://x/", ">", "<<"),
    *(
        LONG,
        "'''",
        '"',
        "'",
        "\\#",
        "\\'",
        "\\",
        "\n",
        "\r",
        " ",
        ".",
        ";",
        "=",
        "&&",
        "/",
        "!",
        "-",
        "@en",
        "^^",
        "{",
        "}",
    ),
    *(
        "e:a",
        "e:",
        "e:.",
        "e:a.",
        "e:1.",
        "e:-",
        "%41",
        "·",
        "\u00a0",
        "\u0300",
        "é",
        "_:a",
        "_:a.",
        "(",
        "[",
        "]",
        "HAVING(",
        "ORDER BY ?a",
        "?a",
        "?a·",
        "$",
        "a",
    ),
    *("1", "1.5", "1e5", "true", "OPTIONAL{?s e:a", "1}"),
)


@given(
    st.lists(st.sampled_from(WORDS), max_size=7).map("".join),
    st.sampled_from((" <urn:x:y>", "<urn:x:y>", "?u#>", " e:x")),
)
def test_nothing_before_it_hides_the_word_from_us_while_the_engine_sees_it(prelude: str, address: str) -> None:
    query = "PREFIX e: <urn:e:> SELECT * { " + prelude + "SERVICE" + address + "\n{?a ?b ?c} }"
    if _parses(query) and not _parses(query.replace("SERVICE", "SERVIKE")):
        with pytest.raises(QueryError):
            check_query(query)


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        pass  # it was understood, and failed later
    return True


def test_prefixes_that_nobody_declared_are_named_in_order() -> None:
    query = 'PREFIX a: <urn:a:> SELECT * { a:x b:y "c:z" . ?s :p <d:e> . _:n pg:uses e-f:g }'
    assert undeclared_prefixes(query, frozenset({"pg"})) == (("b", 34), ("", 49), ("e-f", 72))
