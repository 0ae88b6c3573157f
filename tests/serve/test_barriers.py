"""The pages of the server keep nobody out: no serious barrier, none wider than a phone, in both browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from papergraph.serve import Settings
from papergraph.store import open_store, write_generation
from tests import graphs
from tests.page.browser.conftest import Browser, Opened, axe, browser, browsers
from tests.serve.running import Server, running

__all__ = ["axe", "browser", "browsers"]

pytestmark = pytest.mark.slow

PATHS = {
    "compare": "/compare?name=H2O&name=SnapKV",
    "timeline": "/timeline?name=LoRA",
    "conflicts": "/conflicts",
    "gaps": "/gaps",
    "diff": "/diff",
    "ask": f"/ask?q={quote('what builds on H2O')}",
    "ask in Chinese": f"/ask?q={quote('H2O 之后有哪些工作')}",
    "ask, ambiguous": f"/ask?q={quote('DPO 和 PPO 有什么关系')}",
    "ask, unknown name": f"/ask?q={quote('what builds on FooBarNet')}",
    "ask, not understood": f"/ask?q={quote('what is the weather in Paris')}",
    "between": "/between?one=QLoRA&other=GaLore",
    "between, empty": "/between",
    "note": "/id/note/vault-h2o.md",
    "lineage": "/id/method/h2o",
    "home": "/",
    "find": "/find?q=KV",
    "browse": "/browse",
    "query": "/query",
    "queries": "/queries",
    "form": "/queries/what-builds-on?method=H2O",
    "form, institution": "/queries/papers-by-institution?institution=Google",
    "form, wrong": "/queries/runs-in?most=x",
    "save": "/save?query=ASK%7B%7D",
    "map": "/graph",
    "facets": "/browse?type=Method&year=2024",
    "year": "/year/2024",
    "venue": "/venue/icml",
    "person": "/id/person/zhuyun-dai",
    "notes": "/notes",
}


@dataclass(frozen=True)
class Look:
    """How a reader sees a page."""

    width: int = 1300
    dark: bool = False
    language: str = "en-US"


LOOKS = {
    "light": Look(),
    "dark, Chinese, phone": Look(width=360, dark=True, language="zh-CN"),
}


@pytest.fixture(scope="module")
def server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the sample that was built after a smaller graph."""
    folder = tmp_path_factory.mktemp("barriers") / "store"
    graph = open_store(demo_store).read_graph()
    write_generation(folder, replace(graph, relations=graph.relations[40:]), graphs.RUN)
    write_generation(folder, graph, replace(graphs.RUN, version="1"))
    with running(Settings(folder, workers=1)) as server:
        yield server


@pytest.fixture
def see(server: Server, browser: Browser, tmp_path: Path) -> Iterator[Callable[[str, Look], Opened]]:
    """Open a page of the server; what it logs as an error fails the test."""
    opened: list[Opened] = []

    def ask(path: str, look: Look) -> Opened:
        viewport: Any = {"width": look.width, "height": 800}
        page = browser.new_page(touch=look.width < 500, locale=look.language, viewport=viewport)
        view = Opened(browser, page, tmp_path, server.origin)
        opened.append(view)
        view.emulate(dark=look.dark, reduced_motion=True)
        page.on("console", lambda said: view.errors.append(said.text) if said.type == "error" else None)
        page.goto(server.origin + path)
        return view

    with browser.awake():
        yield ask
        for view in opened:
            browser.close_page(view.page)


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_serious_barrier(
    see: Callable[[str, Look], Opened], axe: Callable[[Opened], list[str]], browser: Browser, path: str
) -> None:
    view = see(PATHS[path], LOOKS["light" if browser.name == "chromium" else "dark, Chinese, phone"])
    assert axe(view) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not view.page.evaluate(wide)
    # That a page is missing, or a form filled in wrongly, is said by the browser; anything else is ours.
    assert [error for error in view.errors if "status of 40" not in error and "404" not in error] == []


def test_the_language_of_the_reader_is_that_of_the_page(see: Callable[[str, Look], Opened]) -> None:
    assert see(PATHS["gaps"], LOOKS["dark, Chinese, phone"]).page.get_attribute("html", "lang") == "zh-CN"
    assert see(PATHS["gaps"], LOOKS["light"]).page.get_attribute("html", "lang") == "en"


def test_the_keyboard_reaches_the_question_and_its_answer(see: Callable[[str, Look], Opened]) -> None:
    page = see("/", LOOKS["light"]).page
    page.focus("form.ask input:not([type=hidden])")
    page.keyboard.type("what builds on H2O")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?q=*")
    assert "SnapKV" in page.inner_text("main")
