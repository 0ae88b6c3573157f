"""What the panel says of a thing, a relation, a path and a comparison, each claim with its sentence and line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_clicking_a_thing_tells_all_of_it(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("H2O")
    text = reader.panel()
    assert "also called: Heavy Hitter Oracle" in text
    assert "improved by" in text
    assert "affiliated with" not in text  # that is said of its paper
    assert (
        reader.page.get_attribute('#panel a[href="https://arxiv.org/abs/2306.14048"]', "rel") == "noopener noreferrer"
    )


def test_a_relation_unfolds_its_sentence_with_file_and_line(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("H2O")
    reader.page.get_by_label("Evidence: Keyformer").first.click()
    quote = reader.page.locator("#panel blockquote").first
    quote.wait_for()
    assert "Keyformer" in quote.inner_text()
    assert re.fullmatch(r"[\w-]+\.md:\d+", quote.locator("cite").inner_text())


@pytest.mark.parametrize(
    ("template", "start"),
    [
        ("vscode://file/home/me/notes/{path}:{line}", "vscode://file/home/me/notes/kv-cache.md:"),
        ("obsidian://open?vault=Notes&file={path}", "obsidian://open?vault=Notes&file=kv-cache.md"),
        ("javascript:window.PWNED={line}", None),
    ],
)
def test_places_are_links_into_the_notes(
    sample: Graph, open_page: Callable[..., Opened], template: str, start: str | None
) -> None:
    opened = open_page(render_view(sample, note_url=template), hash="show=path&path=method:keyformer+method:h2o")
    Reader(opened).panel()
    links = [a.get_attribute("href") or "" for a in opened.page.locator("#panel cite a").all()]
    assert (not links) if start is None else any(link.startswith(start) for link in links)


def test_the_other_end_of_a_relation_is_one_click_away(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("H2O")
    reader.panel()
    reader.page.locator("#panel button.to", has_text="SnapKV").first.click()
    reader.until(f"papergraph.view().selected === {reader.node('SnapKV')}")


def test_a_line_can_be_chosen_too(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.evaluate(f"papergraph.set({{ show: 'focus', centre: {reader.node('Jamba')} }})")
    reader.rest()
    (x0, y0), (x1, y1) = reader.place("Jamba"), reader.place("single 80GB GPU")
    reader.page.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)
    reader.until("papergraph.view().edge !== null")
    assert "targets hardware" in reader.panel()
    assert "single 80GB GPU" in reader.panel()


def test_hovering_brings_out_the_neighbourhood(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.mouse.move(*reader.place("H2O"))
    reader.until("papergraph.stage.scene.lit !== null")
    lit = reader.page.evaluate("[...papergraph.stage.scene.lit.nodes].map((n) => papergraph.graph.label[n])")
    assert {"H2O", "Keyformer", "NVIDIA A100"} <= set(lit)
    assert len(lit) < 60
    assert reader.page.inner_text(".tip") == "H2O"
    reader.page.mouse.move(640, 4)
    reader.until("papergraph.stage.scene.lit === null")


def test_long_lists_can_be_filtered(sample: Graph, open_page: Callable[..., Opened]) -> None:
    hub = max(sample.entities, key=lambda e: sum(e.iri in (r.subject, r.object) for r in sample.relations))
    opened = open_page(render_view(sample))
    reader = Reader(opened)
    reader.look_up("NVIDIA A100" if hub.label == "H2O" else hub.label)
    reader.panel()
    assert reader.page.locator("#panel .rows .row").count() > 5


def test_a_path_shows_the_evidence_of_each_hop(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("PyramidKV")
    reader.page.click("#panel >> text=Path to …")
    reader.look_up("LESS")
    reader.until("papergraph.view().show === 'path'")
    assert "PyramidKV to LESS" in reader.panel()
    hops = reader.lines()
    assert hops >= 2
    assert reader.page.locator("#panel section").count() == hops
    assert reader.page.locator("#panel blockquote").count() >= hops


def test_where_no_path_is_the_page_says_so(demo: Opened) -> None:
    reader = Reader(demo)
    lonely = reader.page.evaluate(
        "papergraph.graph.label.findIndex((_, n) => papergraph.graph.start[n] === papergraph.graph.start[n + 1])"
    )
    reader.page.evaluate(f"papergraph.set({{ show: 'path', path: [{reader.node('H2O')}, {lonely}] }})")
    assert "No path in the current view" in reader.panel()


def test_escape_lets_go_and_then_leads_back_to_the_map(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("H2O")
    reader.page.click("#panel >> text=Lineage")
    reader.until("papergraph.view().show === 'lineage'")
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden("#panel")
    reader.page.keyboard.press("Escape")
    assert reader.view()["show"] == "map"
