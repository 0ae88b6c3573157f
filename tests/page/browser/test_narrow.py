"""On a phone the map has most of the page, and the panel is a sheet at its foot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow

WIDTH, HEIGHT = 360, 740


@pytest.fixture
def phone(sample: Graph, open_page: Callable[..., Opened]) -> Reader:
    return Reader(open_page(render_view(sample), width=WIDTH, height=HEIGHT, touch=True))


def box(reader: Reader, selector: str) -> dict[str, float]:
    found = reader.page.locator(selector).bounding_box()
    assert found
    return dict(found)


def test_the_map_fills_an_upright_window(phone: Reader) -> None:
    phone.rest()
    assert box(phone, "#graph")["height"] > 0.85 * HEIGHT
    left, top, right, bottom = phone.page.evaluate(
        """(() => { const { regions } = papergraph.graph, { engine } = papergraph.stage;
        const low = regions.map(({ x, y, radius: r }) => engine.toScreen(x - r, y - r));
        const high = regions.map(({ x, y, radius: r }) => engine.toScreen(x + r, y + r));
        return [Math.min(...low.map((p) => p.x)), Math.min(...low.map((p) => p.y)),
                Math.max(...high.map((p) => p.x)), Math.max(...high.map((p) => p.y))]; })()"""
    )
    assert right - left > 0.85 * WIDTH
    assert bottom - top > 0.6 * HEIGHT
    assert left >= 0
    assert right <= WIDTH


def test_the_address_of_a_place_means_the_same_on_a_wide_screen(
    phone: Reader, sample: Graph, open_page: Callable[..., Opened]
) -> None:
    phone.page.click("#zoom-in")
    phone.rest()
    wide = Reader(open_page(render_view(sample), hash=phone.hash()))
    assert phone.page.evaluate("papergraph.graph.turned")
    assert not wide.page.evaluate("papergraph.graph.turned")
    ours, theirs = (r.page.evaluate("papergraph.stage.engine.camera()") for r in (phone, wide))
    assert (ours["x"], ours["y"]) == pytest.approx((theirs["y"], theirs["x"]), abs=2)


def test_the_panel_is_a_sheet_that_leaves_the_map_most_of_the_page(phone: Reader) -> None:
    phone.look_up("H2O")
    phone.panel()
    assert box(phone, "#panel")["y"] > 0.65 * HEIGHT
    assert phone.place("H2O")[1] < box(phone, "#panel")["y"]
    zoom = box(phone, "#zoom")
    assert zoom["y"] + zoom["height"] <= box(phone, "#panel")["y"]
    assert phone.page.is_visible("#panel .actions button")


def test_the_sheet_is_pulled_up_and_down(phone: Reader) -> None:
    phone.look_up("H2O")
    phone.panel()
    phone.page.click("#panel .grip")
    assert box(phone, "#panel")["height"] > 0.75 * HEIGHT
    assert phone.page.get_attribute("#panel .grip", "aria-expanded") == "true"
    x, y = WIDTH / 2, box(phone, "#panel .grip")["y"] + 12
    phone.opened.touch([(x, y + 10 * step) for step in range(12)])
    phone.until("!document.querySelector('#panel').classList.contains('tall')")
    phone.page.focus("#panel .grip")
    phone.page.keyboard.press("Enter")
    assert phone.page.get_attribute("#panel .grip", "aria-expanded") == "true"
    phone.page.keyboard.press("Escape")
    assert phone.page.is_hidden("#panel")
    phone.look_up("LoRA")
    phone.panel()
    assert phone.page.get_attribute("#panel .grip", "aria-expanded") == "false"


def test_the_tab_of_the_view_can_be_seen(phone: Reader) -> None:
    phone.page.evaluate("papergraph.set({ show: 'table' })")
    phone.until("document.querySelector('#tab-table').getAttribute('aria-current') === 'page'")
    tab = box(phone, "#tab-table")
    assert tab["x"] >= 0
    assert tab["x"] + tab["width"] <= WIDTH


def test_a_wide_screen_has_no_handle(demo: Opened) -> None:
    reader = Reader(demo)
    reader.look_up("H2O")
    reader.panel()
    assert reader.page.is_hidden("#panel .grip")
