"""Whatever stands in a name, every format holds it and nothing of it gets out."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from papergraph.export import export_graph, export_tables
from papergraph.model import Entity, Evidence, Graph, Relation
from papergraph.ontology.terms import RDFS
from papergraph.store import GraphStore, memory_store
from tests import graphs
from tests.export.bibtex import names, read_bibtex, typeset

OURS = (
    *(
        "=1+1",
        "+1",
        "-2",
        "@SUM(A1:A2)",
        "\t=1",
        "\r=1",
        "'=1",
        "＝1",
        "a,b;c\td",
        "a \"b\" 'c'",
        "a\nb",
        "a\r\nb",
        "a\rb",
    ),
    *("\\", "\\\\", "a\\", "\\u0060", "`; MATCH (n) DETACH DELETE n; //", "'}) DETACH DELETE n //", '"}) //', "${x}"),
    *(
        "]]>",
        "<!--",
        "<a b='c'>&amp;&#0;",
        "%PDF",
        "{",
        "}",
        "}{",
        "\\}",
        "@misc{x,",
        "a = {b},",
        "~^_#$%&",
        "\\input{x}",
    ),
    *(
        "# a",
        "a # b",
        "- a",
        ": b",
        "---",
        "<u:x>",
        '"^^<u:y>',
        "_:b",
        "a .\n<u:s> <u:p> <u:o>",
        '""" . <u:a>',
        "\u2028",
    ),
    *(
        "改进\u3000缓存",
        "\u202egnp",
        "\x00\x01\x1b[31m\x7f\x9b",
        "\ufffe\uffff",
        "\U0001f642",
        "e\u0301",
        "\ufeffx",
        "null",
    ),
)


def naughty_store(text: str) -> GraphStore:
    """Return a graph with the text as name, alias, author, value, key of a value, sentence and metric."""
    paper = Entity("urn:x/p", "Paper", text, (text + "'",), (), (("title", text), (text or "k", text), ("venue", text)))
    person = Entity("urn:x/q", "Person", text + ".", ("b" + text,))
    evidence = Evidence("urn:e", "caches.md", 1, 0, 9, text, "field-authors", "structure", 0.9)
    relation = Relation("urn:r", paper.iri, "authoredBy", person.iri, 0.9, evidence=(evidence,), metric=text)
    note = replace(graphs.small_graph().notes[0], path="caches.md")
    return memory_store(Graph((paper, person), (relation,), (note,)), graphs.RUN)


def check_every_format(text: str) -> None:
    store = naughty_store(text)
    graph = store.read_graph()
    paper, person = graph.entities
    written = {form: export_graph(store, form).decode() for form in ("turtle", "trig", "nquads", "jsonld")}
    quads = set(store.quads())
    labels = {paper.label, person.label}
    for form, kind in (("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")):
        data = rdflib.Dataset(default_union=True)
        data.parse(data=written[form], format=kind)
        assert {str(o) for o in data.objects(None, rdflib.URIRef(RDFS + "label"))} == labels, form
        assert len(list(data.quads())) == len(quads), form
    read = rdflib.Graph().parse(data=written["turtle"], format="turtle")
    assert len(read) == len({quad.triple for quad in quads})
    assert json.loads(written["jsonld"])
    for form in ("graphml", "gexf"):
        root = ET.fromstring(export_graph(store, form))  # noqa: S314  our own
        assert len([n for n in root.iter() if n.tag.endswith("}node")]) == 2
        values = {n.text for n in root.iter() if n.tag.endswith("}data")} | {n.get("label") for n in root.iter()}
        assert any(_same(paper.label, value) for value in values), form
    check_tables(store, paper, person)
    check_database(export_graph(store, "sqlite"), paper, person)
    check_cypher(export_graph(store, "cypher").decode(), paper)
    (entry,) = read_bibtex(export_graph(store, "bibtex").decode()).values()
    assert typeset(entry["title"]) == " ".join(paper.label.split())
    assert [typeset(n) for n in names(entry["author"])] == [" ".join(person.label.split())]


def _same(left: str, right: str | None) -> bool:
    """XML reads every end of a line as one, and this is what networkx's writers leave of the rest."""
    return right is not None and left.split() == right.split()


def check_tables(store: GraphStore, paper: Entity, person: Entity) -> None:
    for name, data in export_tables(store, spreadsheet=True):
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1, name
        assert not any(re.match(r"[=+\-@\t\r\n]|\s+[=+\-@]", cell) for row in rows for cell in row), name
    entities = list(csv.DictReader(io.StringIO(dict(export_tables(store))["entities.csv"].decode(), newline="")))
    assert [row["label"] for row in entities] == [
        e.label.replace("\r\n", "\n").replace("\r", "\n") for e in (paper, person)
    ]


def check_database(data: bytes, paper: Entity, person: Entity) -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        found = [name for (name,) in database.execute("SELECT name FROM entities ORDER BY id")]
    assert found == [e.label.replace("\0", "\ufffd") for e in (paper, person)]


def check_cypher(text: str, paper: Entity) -> None:
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == 4
    for line in lines:
        strings = re.findall(r'"(?:[^"\\]|\\.)*"', re.sub(r"`(?:[^`\\]|``)*`", "", line))
        assert all(isinstance(json.loads(string), str) for string in strings)
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|`(?:[^`\\]|``)*`', "", line)
        assert re.fullmatch(r"[A-Za-z0-9_ :;,.=\[\](){}<>-]*", bare), "no text leaves its quotes"
        assert bare.count(";") == 1
    label = re.search(r'n\.label = ("(?:[^"\\]|\\.)*")', lines[1])
    assert label
    assert json.loads(label[1]) == paper.label


@pytest.mark.parametrize("text", OURS, ids=ascii)
def test_our_own_naughty_strings_stay_what_they_are(text: str) -> None:
    check_every_format(text)


@pytest.mark.slow
def test_the_big_list_of_naughty_strings_stays_what_it_is(shared: Path) -> None:
    strings = json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    for text in strings:
        if text.strip():
            check_every_format(text)


def test_what_the_engine_reads_of_turtle_is_the_graph(tmp_path: Path) -> None:
    store = naughty_store(" ".join(OURS))
    assert set(ox.parse(export_graph(store, "trig"), format=ox.RdfFormat.TRIG)) == set(store.quads())
