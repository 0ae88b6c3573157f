from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.query import ResultRow

from papergraph.errors import UnknownNameError
from papergraph.export import EXPORT_FORMATS, export_graph, export_tables, to_networkx, to_rdflib
from papergraph.export.bibtex import to_bibtex
from papergraph.export.networks import to_gexf, to_graphml
from papergraph.export.tables import entities_csv, relations_csv
from papergraph.model import Entity, Evidence, Graph, Place, Relation
from papergraph.ontology.terms import PG
from papergraph.store import GraphStore, memory_store
from tests import graphs
from tests.conftest import Run
from tests.export.bibtex import names, read_bibtex, typeset

Fields = dict[str, str]
NAUGHTY = "=cmd|' /C calc'!A0 \"quoted\" <b>&amp;</b> \\n {}} ]]> `; DROP\n\t改进 \u202e\x00\x1b \U0001f642"


def naughty_graph() -> Graph:
    """The small graph, with an entity, a sentence and values that break careless writers."""
    graph = graphs.small_graph()
    entities = tuple(
        replace(e, label=NAUGHTY, aliases=(NAUGHTY + "!",), attributes=(("odd `key`}", NAUGHTY), ("title", NAUGHTY)))
        if e.iri in {graphs.H2O, graphs.H2O_PAPER}
        else e
        for e in graph.entities
    )
    relations = tuple(
        replace(r, metric=NAUGHTY, evidence=tuple(replace(e, sentence=NAUGHTY) for e in r.evidence))
        for r in graph.relations
    )
    return Graph(entities, relations, graph.notes)


@pytest.fixture(scope="module", params=["small", "naughty"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    graph = graphs.small_graph() if request.param == "small" else naughty_graph()
    return memory_store(graph, graphs.RUN)


@pytest.fixture(scope="module")
def small() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


def dataset(store: GraphStore) -> rdflib.Dataset:
    data = rdflib.Dataset()
    data.parse(data=export_graph(store, "nquads"), format="nquads")
    return data


def quads(data: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, g.identifier if isinstance(g, rdflib.Graph) else g) for s, p, o, g in data.quads()}


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_datasets_read_by_rdflib_hold_every_quad_and_no_other(store: GraphStore, form: str) -> None:
    read = rdflib.Dataset()
    read.parse(data=export_graph(store, form), format={"jsonld": "json-ld"}.get(form, form))
    assert quads(read) == quads(dataset(store))


def test_turtle_read_by_rdflib_holds_the_triples_of_all_graphs(store: GraphStore) -> None:
    read = rdflib.Graph().parse(data=export_graph(store, "turtle"), format="turtle")
    flat = rdflib.Graph()
    for s, p, o, _ in dataset(store).quads():
        flat.add((s, p, o))
    assert isomorphic(read, flat)


def test_json_ld_read_by_the_engine_is_the_graph_too(store: GraphStore) -> None:
    assert set(ox.parse(export_graph(store, "jsonld"), format=ox.RdfFormat.JSON_LD)) == set(store.quads())


def test_json_ld_is_readable_and_needs_no_network(small: GraphStore) -> None:
    document = json.loads(export_graph(small, "jsonld"))
    nodes = {node["id"]: node for node in document["@graph"]}
    keyformer = nodes["method:keyformer"]
    assert keyformer["improvesOn"] == "method:h2o"
    assert keyformer["type"] == ["Entity", "Method"]
    assert nodes["inst:tsinghua-university"]["prefLabel"] == {"en": "Tsinghua University", "zh": "清华"}
    assert nodes["paper:arxiv-2306.14048"]["issued"] == "2023"
    assert not any(isinstance(part, str) for part in [document["@context"]])


def test_rdflib_gets_every_graph_and_our_prefixes(small: GraphStore) -> None:
    data = to_rdflib(small)
    rows = list(data.query("SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l }"))
    assert [str(row[0]) for row in rows if isinstance(row, ResultRow)] == ["Keyformer"]
    assert quads(data) == quads(dataset(small))


def test_networkx_keeps_parallel_relations_apart_by_their_predicate(small: GraphStore) -> None:
    graph = to_networkx(small.read_graph())
    assert graph.is_multigraph()
    assert graph.is_directed()
    edge = graph.edges[graphs.KEYFORMER, graphs.H2O, "improvesOn"]
    assert (edge["confidence"], edge["evidence_count"]) == (0.9, 2)
    assert edge["place"].startswith(("caches.md:", "手机/on device.md:"))
    assert graph.nodes[graphs.H2O]["label_zh"] == "重击者"
    assert graph.nodes[graphs.PHONE_PAPER]["label_zh"] == "在手机上运行大模型"
    assert graph.nodes[graphs.A100]["memoryGB"] == "80"
    assert not graph.has_edge(graphs.SNAPKV, graphs.KEYFORMER), "a denied claim is no edge"


@pytest.mark.parametrize(("write", "read"), [(to_graphml, nx.read_graphml), (to_gexf, nx.read_gexf)])
def test_graph_files_read_back_hold_every_node_edge_and_value(
    store: GraphStore, write: Callable[[Graph], str], read: Callable[[io.BytesIO], nx.Graph[str]]
) -> None:
    expected = to_networkx(store.read_graph())
    found = read(io.BytesIO(write(store.read_graph()).encode()))
    assert set(found.nodes) == set(expected.nodes)
    assert sorted((s, o, d["predicate"]) for s, o, d in found.edges(data=True)) == sorted(
        (s, o, d["predicate"]) for s, o, d in expected.edges(data=True)
    )
    assert found.nodes[graphs.SQUEEZED]["label"] == "Squeezed Attention"
    assert all(isinstance(d["confidence"], float) for _, _, d in found.edges(data=True))


def test_csv_has_a_row_for_each_piece_of_evidence(small: GraphStore) -> None:
    rows = list(csv.DictReader(io.StringIO(export_graph(small, "csv").decode())))
    graph = small.read_graph()
    assert len(rows) == sum(len(r.evidence) for r in graph.relations)
    row = next(r for r in rows if r["subject"] == "SnapKV" and r["predicate"] == "outperforms")
    assert (row["polarity"], row["note"], row["line"]) == ("negative", "手机/on device.md", "7")


def test_a_relation_without_evidence_has_a_row_too() -> None:
    graph = graphs.small_graph()
    bare = Graph(graph.entities, (replace(graph.relations[0], evidence=()),), graph.notes)
    (row,) = csv.DictReader(io.StringIO(relations_csv(bare)))
    assert row["note"] == row["sentence"] == ""
    assert to_networkx(bare).number_of_edges() <= 1


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\r1", " =1", "\n=1", "＝1", "\u200b=1", "\u00a0@a"]
)
def test_cells_that_a_spreadsheet_would_run_get_a_quote(name: str) -> None:
    graph = Graph((Entity("urn:x", "Method", name),))
    text = entities_csv(graph, spreadsheet=True)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["label"] == "'" + name.replace("\r", "\n")
    (row,) = csv.DictReader(io.StringIO(entities_csv(graph), newline=""))
    assert row["label"] == name.replace("\r", "\n"), "programs get what the notes say"


def test_only_tables_for_spreadsheets_begin_with_a_byte_order_mark(small: GraphStore) -> None:
    for spreadsheet in (True, False):
        made = [export_graph(small, "csv", spreadsheet=spreadsheet)]
        made += [data for _, data in export_tables(small, spreadsheet=spreadsheet)]
        assert [data.startswith(b"\xef\xbb\xbf") for data in made] == [spreadsheet] * 3


def test_tables_are_relations_and_entities(small: GraphStore) -> None:
    tables = dict(export_tables(small))
    assert list(tables) == ["entities.csv", "relations.csv"]
    rows = list(csv.DictReader(io.StringIO(tables["entities.csv"].decode())))
    assert len(rows) == len(small.read_graph().entities)
    a100 = next(r for r in rows if r["label"] == "NVIDIA A100")
    assert a100["attributes"] == "hardwareClass=server GPU | memoryGB=80 | vendor=NVIDIA"
    assert (a100["first note"], a100["line"]) == ("caches.md", "14")


def test_cypher_merges_every_entity_and_positive_claim_in_one_line_each(store: GraphStore) -> None:
    lines = export_graph(store, "cypher").decode().splitlines()
    graph = store.read_graph()
    positive = [r for r in graph.relations if r.polarity == "positive"]
    assert len(lines) == 1 + len(graph.entities) + len(positive)
    assert all(line.endswith(";") for line in lines)
    assert sum("MERGE (s)-[r:IMPROVES_ON]->(o)" in line for line in lines) == 2
    assert any("SET n:Method:Model" in line for line in lines)
    for line in lines:
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`', "", line)
        assert bare.count(";") == 1, "no text leaves its quotes"


def test_bibtex_has_an_entry_for_each_paper(small: GraphStore) -> None:
    entries = read_bibtex(export_graph(small, "bibtex").decode())
    assert len(entries) == 3
    assert entries["arxiv-2306.14048"] == {
        "@": "misc",
        "title": "{An oracle of heavy hitters}",
        "year": "2023",
        "eprint": "2306.14048",
        "archiveprefix": "arXiv",
        "url": "https://arxiv.org/abs/2306.14048",
    }
    keyformer = entries["doi-10.1145-3600006.3613165"]
    assert (keyformer["@"], keyformer["booktitle"], keyformer["year"]) == ("inproceedings", "MLSys", "2024")
    assert keyformer["doi"] == "10.1145/3600006.3613165"
    assert any(e.get("author") == "Li Hua" and e["title"] == "{在手机上运行大模型}" for e in entries.values())


def bibtex_of(*papers: Entity, people: tuple[Entity, ...] = (), relations: tuple[Relation, ...] = ()) -> list[Fields]:
    return list(read_bibtex(to_bibtex(Graph((*papers, *people), relations))).values())


@pytest.mark.parametrize(
    ("venue", "year", "expected"),
    [
        ("ICLR 2024", "2023", ("inproceedings", "booktitle", "ICLR", "2024")),
        ("ICML’19", "2018", ("inproceedings", "booktitle", "ICML", "2019")),
        ("Nature 1998", "", ("article", "journal", "Nature", "1998")),
        ("IEEE Transactions on Graphs 2020", "2019", ("article", "journal", "IEEE Transactions on Graphs", "2020")),
        ("计算机学报 2021", "2020", ("article", "journal", "计算机学报", "2021")),
        ("SOSP", "2023", ("inproceedings", "booktitle", "SOSP", "2023")),
        ("arXiv 2024", "2023", ("misc", "", "", "2023")),
        ("", "2022", ("misc", "", "", "2022")),
    ],
)
def test_bibtex_has_the_year_of_the_venue_where_there_is_one(
    venue: str, year: str, expected: tuple[str, str, str, str]
) -> None:
    attributes = tuple((k, v) for k, v in (("venue", venue), ("year", year)) if v)
    (entry,) = bibtex_of(Entity("urn:x/a", "Paper", "A", identifiers=("arXiv:2301.00001",), attributes=attributes))
    kind, holder, name, when = expected
    assert (entry["@"], entry["year"], entry["eprint"]) == (kind, when, "2301.00001")
    assert {k: v for k, v in entry.items() if k in {"booktitle", "journal"}} == ({holder: name} if holder else {})


def test_bibtex_keeps_the_keys_that_the_notes_give() -> None:
    keyed = Entity("urn:x/paper/arxiv-2301.00001", "Paper", "A", identifiers=("arXiv:2301.00001", "citekey:zorb2021"))
    other = Entity("urn:x/paper/arxiv-2301.00002", "Paper", "B", identifiers=("arXiv:2301.00002",))
    assert set(read_bibtex(to_bibtex(Graph((keyed, other))))) == {"zorb2021", "arxiv-2301.00002"}


def test_bibtex_keeps_the_authors_in_the_order_of_the_longest_list() -> None:
    paper = Entity("urn:x/p", "Paper", "P")

    def person(name: str, *places: tuple[str, int]) -> Entity:
        at = tuple(Place(note, 1, start, start + len(name), name) for note, start in places)
        return Entity(f"urn:x/{name}", "Person", name, places=at)

    def wrote(name: str, *lists: tuple[str, int, int]) -> Relation:
        evidence = tuple(
            Evidence(f"urn:e/{name}/{n}", note, 1, start, end, "", "field-authors", "structure", 0.9)
            for n, (note, start, end) in enumerate(lists)
        )
        return Relation(f"urn:r/{name}", "urn:x/p", "authoredBy", f"urn:x/{name}", 0.9, evidence=evidence)

    long, short, other = ("b.md", 100, 160), ("a.md", 0, 20), ("c.md", 5, 30)
    people = (
        person("Adams", ("b.md", 130), ("a.md", 0)),  # first in the short list, third in the long one
        person("Brown", ("b.md", 110), ("a.md", 10)),
        person("Zhang", ("b.md", 5), ("b.md", 100)),  # named before, in the text
        person("Young", ("c.md", 9)),
        person("Xu", ("b.md", 140)),
    )
    relations = (
        *(wrote(name, long, short) for name in ("Adams", "Brown")),
        wrote("Young", other),
        wrote("Xu", long),
        wrote("Zhang", long),
    )
    (entry,) = bibtex_of(paper, people=people, relations=relations)
    assert names(entry["author"]) == ["Zhang", "Brown", "Adams", "Xu", "Young"]
    (again,) = bibtex_of(paper, people=people[::-1], relations=relations[::-1])
    assert again == entry


@pytest.mark.slow
def test_bibtex_has_the_authors_of_a_note_as_it_lists_them(run: Run, tmp_path: Path) -> None:
    note = (
        "---\ntitle: A Small Study of Caches\nauthors: [Zoe Young, Adam Brown, Mia Clark]\narxiv: 2301.00001\n---\n\n"
        "# A Small Study of Caches\n\nBy Adam Brown and others.\n"
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(note, encoding="utf-8")
    assert run("build", tmp_path / "notes", "--store", tmp_path / "store").code == 0
    text = run("export", "--format", "bibtex", "-o", tmp_path / "a.bib", "--store", tmp_path / "store")
    assert text.code == 0
    entries = read_bibtex((tmp_path / "a.bib").read_text(encoding="utf-8"))
    assert [names(e["author"]) for e in entries.values() if "author" in e] == [["Zoe Young", "Adam Brown", "Mia Clark"]]


@pytest.mark.parametrize("name", ["Anderson", "Smith and Sons", "OpenAI, Inc.", "AND", "李华", "{a}", "a } b"])
def test_bibtex_has_one_author_whatever_the_name(name: str) -> None:
    relation = Relation("urn:r", "urn:x/p", "authoredBy", "urn:x/q", 0.9)
    (entry,) = bibtex_of(
        Entity("urn:x/p", "Paper", "P"), people=(Entity("urn:x/q", "Person", name),), relations=(relation,)
    )
    assert [typeset(author) for author in names(entry["author"])] == [name]


def test_bibtex_keys_are_of_one_entry_each() -> None:
    entries = read_bibtex(to_bibtex(Graph(tuple(Entity(f"urn:x/{n}", "Paper", n) for n in ("a b", "a-b", "A_b")))))
    assert sorted(entries) == ["A-b:3", "a-b", "a-b:2"]


def test_bibtex_links_lose_what_would_end_them() -> None:
    (entry,) = bibtex_of(Entity("urn:x/a b", "Paper", "A", identifiers=("https://x.org/{a}?b=1&c_d",)))
    assert entry["url"] == "https://x.org/%7Ba%7D?b=1&c_d"


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form not in {"sqlite", "parquet"}])
def test_no_format_lets_control_characters_through(form: str) -> None:
    data = export_graph(memory_store(naughty_graph(), graphs.RUN), form).decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", data)


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form != "parquet"])
def test_the_empty_graph_can_be_exported(form: str) -> None:
    export_graph(memory_store(Graph(), graphs.RUN), form)


def test_an_unknown_format_is_told_with_the_known_ones(small: GraphStore) -> None:
    with pytest.raises(UnknownNameError, match="no export format of one file named 'pdf'"):
        export_graph(small, "pdf")


def test_a_base_of_ones_own_gives_the_prefixes() -> None:
    base = "https://example.org/graph/"
    store = memory_store(Graph((Entity(base + "method/x", "Method", "x"),)), graphs.RUN, base=base)
    for form in ("turtle", "trig", "jsonld"):
        assert "method:x" in export_graph(store, form).decode()
    assert PG in export_graph(store, "turtle").decode()


@pytest.mark.slow
def test_every_format_has_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    program = (
        "import hashlib; from tests import graphs; from papergraph.store import memory_store\n"
        "from papergraph.export import EXPORT_FORMATS, export_graph\n"
        "store = memory_store(graphs.small_graph(), graphs.RUN)\n"
        "print([hashlib.sha256(export_graph(store, f)).hexdigest() for f in EXPORT_FORMATS if f != 'parquet'])"
    )
    made = {
        subprocess.check_output([sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1
