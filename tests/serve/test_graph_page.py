"""The interactive page as the server hands it out: its own policy, links both ways, and a map that stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.pipeline.steps import build_store
from papergraph.serve import Settings
from tests.conftest import NOTES
from tests.page.test_page import island_of
from tests.serve.running import Server, running


def test_the_page_comes_with_its_own_policy(demo: Server) -> None:
    answer = demo.send("/graph")
    assert answer.status == 200
    assert answer.type == "text/html"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "default-src 'none'" in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert "H2O" in island_of(answer.text, "graph-data")["nodes"]["label"]


def test_the_page_is_made_once(demo: Server) -> None:
    assert demo.send("/graph").body == demo.send("/graph").body


def test_the_graph_and_the_pages_of_entities_lead_to_each_other(demo: Server) -> None:
    assert island_of(demo.send("/graph").text, "graph-data")["pageUrl"] == "/id/{path}"
    entity = demo.send("/id/method/h2o", headers={"Accept": "text/html"}).text
    assert 'href="/graph#n=method%3Ah2o"' in entity
    chinese = demo.send("/id/method/h2o?lang=zh", headers={"Accept": "text/html"}).text
    assert 'href="/graph#n=method%3Ah2o&amp;lang=zh"' in chinese
    assert 'href="/graph#lang=zh"' in chinese


def test_strangers_do_not_get_it(demo: Server) -> None:
    assert demo.send("/graph", headers={"Host": "evil.example"}).status == 421
    assert demo.send("/graph", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}).status == 403


@pytest.mark.slow
def test_things_stay_where_they_were_when_the_notes_change(tmp_path: Path) -> None:
    notes, store = tmp_path / "notes", tmp_path / "store"
    notes.mkdir()
    for note in sorted(NOTES.glob("*.md"))[:4]:
        (notes / note.name).write_bytes(note.read_bytes())
    config = replace(Config(), store=str(store))
    build_store([notes], config)
    with running(Settings(store)) as server:
        before = island_of(server.send("/graph").text, "graph-data")["nodes"]
        (notes / "new.md").write_text("# N\n\nBrandNewCache improves on H2O.\n", encoding="utf-8")
        build_store([notes], config)
        after = island_of(server.send("/graph").text, "graph-data")["nodes"]
    assert "BrandNewCache" in after["label"]

    def places(nodes: dict[str, list[object]]) -> dict[object, object]:
        return dict(zip(nodes["slug"], zip(nodes["x"], nodes["y"], strict=True), strict=True))

    old, new = places(before), places(after)
    assert sum(old[key] != new[key] for key in old.keys() & new.keys()) <= 3
