"""The address holds the view: it can be shared, and gone back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_a_view_comes_back_from_its_address(sample: Graph, open_page: Callable[..., Opened]) -> None:
    html = render_view(sample)
    first = Reader(open_page(html))
    first.look_up("Jamba")
    first.page.click("#legend [data-key=Topic]")
    first.page.click("#legend [data-key=compares]")
    first.page.click("#language")
    first.page.click("#theme")
    first.page.keyboard.press("1")
    first.rest()
    second = Reader(open_page(html, hash=first.hash()))
    for key in ("show", "centre", "selected", "hops", "confidence", "language", "theme"):
        assert second.view()[key] == first.view()[key], key
    assert second.drawn() == first.drawn()
    assert second.lines() == first.lines()
    assert second.page.inner_text("#tab-focus") == "聚焦"
    assert second.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_map_comes_back_where_it_stood(sample: Graph, open_page: Callable[..., Opened]) -> None:
    html = render_view(sample)
    first = Reader(open_page(html))
    first.page.mouse.move(640, 500)
    first.page.mouse.wheel(0, -300)
    first.rest()
    second = Reader(open_page(html, hash=first.hash()))
    (x0, y0), (x1, y1) = first.place("H2O"), second.place("H2O")
    assert abs(x0 - x1) < 6
    assert abs(y0 - y1) < 6


def test_back_and_forward_go_through_what_was_looked_at(demo: Opened) -> None:
    reader = Reader(demo)
    assert reader.page.is_disabled("#back")
    reader.look_up("H2O")
    reader.page.keyboard.press("l")
    reader.look_up("LoRA")
    reader.page.click("#back")
    reader.until(f"papergraph.view().centre === {reader.node('H2O')}")
    reader.page.go_back()
    reader.until("papergraph.view().show === 'map'")
    assert reader.view()["selected"] == reader.node("H2O")
    reader.page.click("#forward")
    reader.until("papergraph.view().show === 'lineage'")


def test_going_back_returns_to_where_the_map_stood_and_leaves_its_looks(demo: Opened) -> None:
    reader = Reader(demo)
    place = reader.place("H2O")
    reader.look_up("H2O")
    reader.page.click("#theme")
    reader.page.click("#language")
    for _ in range(3):
        reader.page.click("#zoom-in")
        reader.page.wait_for_timeout(300)
        reader.rest()
    scale = reader.page.evaluate("papergraph.stage.scene.scale")
    looks = {key: reader.view()[key] for key in ("theme", "language")}
    reader.page.click("#back")
    reader.until(f"papergraph.stage.scene.scale < {scale} / 1.2")
    reader.page.wait_for_timeout(300)
    reader.rest()
    assert reader.place("H2O") == pytest.approx(place, abs=6)
    reader.page.click("#forward")
    reader.until(f"Math.abs(papergraph.stage.scene.scale - {scale}) < {scale} / 100")
    assert {key: reader.view()[key] for key in ("theme", "language")} == looks


def test_an_address_that_makes_no_sense_shows_the_map(sample: Graph, open_page: Callable[..., Opened]) -> None:
    opened = open_page(render_view(sample), hash="show=focus&of=method:nothing&c=many&n=__proto__&edge=a+b+c&at=x")
    assert Reader(opened).view()["show"] == "map"
