"""The interactive page as a file: what it holds, that it sends nothing, that nothing in notes becomes markup."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import html.parser
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from papergraph.model import Graph
from papergraph.ontology.colours import Theme, colour_properties, colours
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import LINEAGE
from papergraph.page import Opening, make_page, render_view
from papergraph.page.page import pack
from papergraph.page.payload import TYPES
from papergraph.page.predicates import PREDICATES
from papergraph.resources import read_resource
from tests import graphs
from tests.page.graphs import HOSTILE, graph_of

ROOT = Path(__file__).parents[2]


class Tags(html.parser.HTMLParser):
    """Collects the addresses that a page loads or links to, and what it runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [v for k, v in attrs if k in {"src", "href", "action", "data"} and v]
        self._open = f"{tag} {dict(attrs).get('id', '')}".strip() + f" {len(self.tags)}"

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data


def island_of(page: str, name: str) -> Any:
    """Return what a page holds as data."""
    found = re.search(rf'id="{name}"( data-packed="gzip")?>(.*?)</script>', page, re.DOTALL)
    assert found
    text = gzip.decompress(base64.b64decode(found[2])).decode() if found[1] else found[2]
    return json.loads(text)


def test_the_page_links_to_nothing_and_has_a_policy(sample: Graph) -> None:
    page = make_page(sample)
    tags = Tags(page.html)
    assert tags.addresses == ["data:,"]  # an icon of nothing, so that none is asked for
    assert page.html.startswith("<!doctype html>")
    assert tags.tags.count("h1") == 1
    assert page.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert html.unescape(page.html).count(page.policy) == 1


def test_the_policy_names_exactly_the_scripts_and_the_style_of_the_page(sample: Graph) -> None:
    page = make_page(sample)
    tags = Tags(page.html)
    code = [text for name, text in tags.texts.items() if re.fullmatch(r"(script|style) \d+", name)]
    hashes = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in code}
    assert set(re.findall(r"'sha256-([^']+)'", page.policy)) == hashes
    assert len(hashes) == 3


def test_the_same_graph_gives_the_same_page(sample: Graph) -> None:
    assert render_view(sample) == render_view(sample)


def test_hostile_text_adds_no_tag() -> None:
    harmless = Tags(render_view(graph_of(["a"] * len(HOSTILE)), title="t"))
    for title in HOSTILE:
        assert Tags(render_view(graph_of(HOSTILE), title=title)).tags == harmless.tags


def test_the_data_holds_names_relations_and_evidence(sample: Graph) -> None:
    page = render_view(sample)
    graph, details = island_of(page, "graph-data"), island_of(page, "details")
    labels, edges = graph["nodes"]["label"], graph["edges"]
    h2o = next(n for n, slug in enumerate(graph["nodes"]["slug"]) if (slug, labels[n]) == ("h2o", "H2O"))
    improves = PREDICATES.index("improvesOn")
    keyformer = labels.index("Keyformer")
    ends = zip(edges["from"], edges["predicate"], edges["to"], strict=True)
    edge = next(n for n, ends in enumerate(ends) if ends == (keyformer, improves, h2o))
    note, line, sentence = details["edges"][edge][0][:3]
    assert details["notes"][note].endswith(".md")
    assert line > 0
    assert labels[edges["from"][edge]] in details["sentences"][sentence]
    assert graph["nodes"]["year"][h2o] == 2023


def test_every_iri_can_be_put_together_again(sample: Graph) -> None:
    graph = island_of(render_view(sample), "graph-data")
    prefixes = [KINDS[kind] for kind in TYPES]
    for number, entity in enumerate(sample.entities):
        slug, kind = graph["nodes"]["slug"][number], prefixes[graph["nodes"]["type"][number]]
        assert entity.iri == (slug if ":" in slug else f"{graph['base']}{kind}/{slug}")


def test_an_opening_is_told_by_number(sample: Graph) -> None:
    h2o = next(e.iri for e in sample.entities if e.label == "H2O")
    told = island_of(render_view(sample, opening=Opening("lineage", h2o, way="down")), "graph-data")["open"]
    assert told["show"] == "lineage"
    assert sample.entities[told["centre"]].iri == h2o
    assert told["way"] == "down"


def test_an_empty_graph_has_a_page() -> None:
    assert island_of(render_view(Graph()), "graph-data")["nodes"]["label"] == []


def test_large_data_is_packed_and_small_data_can_be_read() -> None:
    small, large = {"a": "中"}, {"a": "中文" * 300_000}
    assert pack(small) == ('{"a":"中"}', False)
    text, packed = pack(large)
    assert packed
    assert json.loads(gzip.decompress(base64.b64decode(text))) == large


@pytest.mark.slow
def test_the_page_of_ten_thousand_things_is_small() -> None:
    page = render_view(graph_of([f"method number {n}" for n in range(10_000)]))
    assert len(page.encode()) < 3_000_000


def test_the_tables_of_the_page_are_those_of_its_scripts() -> None:
    kinds = (ROOT / "viz" / "page" / "src" / "kinds.ts").read_text(encoding="utf-8")
    for name, values in (("TYPES", TYPES), ("PREDICATES", PREDICATES)):
        listed = re.search(rf"const {name} = \[(.*?)\]", kinds, re.DOTALL)
        assert listed
        assert re.findall(r'"(\w+)"', listed[1]) == list(values)
    lineage = re.search(r"const LINEAGE.*?\[(.*?)\]", kinds)
    assert lineage
    assert re.findall(r'"(\w+)"', lineage[1]) == list(LINEAGE)


def test_the_prefixes_of_the_page_are_those_of_queries() -> None:
    graph = (ROOT / "viz" / "page" / "src" / "graph.ts").read_text(encoding="utf-8")
    listed = graph.partition("const PREFIXES")[2].partition("};")[0]
    assert dict(re.findall(r'(\w+): "(\w+)"', listed)) == {kind: KINDS[kind] for kind in TYPES}


def test_claims_below_the_threshold_are_told_from_those_that_the_graph_asserts() -> None:
    graph = graphs.small_graph()
    weak = [n for n, r in enumerate(graph.relations) if r.polarity == "positive" and r.confidence < 0.6]
    told = island_of(render_view(replace(graph, threshold=0.6)), "graph-data")
    assert told["weak"] == weak != []
    assert set(told["weak"]).isdisjoint(told["denied"])
    assert island_of(render_view(graph), "graph-data")["weak"] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_sheet_has_the_colours_of_the_table(theme: Theme) -> None:
    html = render_view(graphs.small_graph())
    assert colour_properties(theme) in html
    named = set(re.findall(r"var\(--(\w+)\)", read_resource("viz/page.css")))
    assert named - {"font", "shade"} <= set(colours(theme))
