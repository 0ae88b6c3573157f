"""Light and dark, English and Chinese, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def ground(opened: Opened) -> list[int]:
    script = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    return list(opened.page.evaluate(script))


def test_the_system_chooses_light_or_dark(sample: Graph, open_page: Callable[..., Opened]) -> None:
    html = render_view(sample)
    light, dark = open_page(html), open_page(html, dark=True)
    assert min(ground(light)) > 200
    assert max(ground(dark)) < 60
    light.emulate(dark=True)
    Reader(light).until("document.documentElement.dataset.theme === 'dark'")
    assert ground(light) == ground(dark)


def test_the_canvas_follows_the_theme(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#theme")
    dark = reader.page.evaluate("papergraph.stage.scene.palette.ground")
    reader.page.click("#theme")
    assert dark != reader.page.evaluate("papergraph.stage.scene.palette.ground")


def test_the_page_speaks_the_language_of_its_reader(sample: Graph, open_page: Callable[..., Opened]) -> None:
    chinese = Reader(open_page(render_view(sample), language="zh-CN"))
    assert chinese.page.inner_text("#tab-map") == "全图"
    assert "方法" in chinese.page.inner_text("#legend")
    assert chinese.page.get_attribute("html", "lang") == "zh-Hans"
    chinese.page.click("#language")
    assert chinese.page.inner_text("#tab-map") == "Map"


def test_a_narrow_screen_has_everything(sample: Graph, open_page: Callable[..., Opened]) -> None:
    opened = open_page(render_view(sample), width=390, height=780, touch=True)
    reader = Reader(opened)
    assert reader.page.is_hidden("#legend .legend-body")
    reader.look_up("H2O")
    reader.panel()
    box = reader.page.locator("#panel").bounding_box()
    assert box
    assert box["width"] == 390
    assert box["y"] > 300
    x, y = reader.place("H2O")
    assert 0 < x < 390
    assert y < box["y"]
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 390


def test_fingers_choose_and_move(sample: Graph, open_page: Callable[..., Opened]) -> None:
    opened = open_page(render_view(sample), width=800, height=900, touch=True)
    reader = Reader(opened)
    opened.touch([reader.place("H2O")])
    reader.until(f"papergraph.view().selected === {reader.node('H2O')}")
    reader.page.click("#panel .close")
    before = reader.place("LoRA")
    opened.touch([(600 - 10 * n, 640 - 12 * n) for n in range(14)])
    reader.rest()
    assert reader.place("LoRA")[1] < before[1] - 60
