"""The pages of reports keep nobody out: no serious barrier, and no page wider than a phone, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from papergraph.serve import Settings
from papergraph.store import open_store, write_generation
from tests import graphs
from tests.serve.running import Server, running

pytestmark = pytest.mark.slow

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright, of the dependency group dev")
PATHS = (
    *("/compare?name=H2O&name=SnapKV", "/timeline?name=LoRA", "/conflicts", "/gaps", "/diff"),
    *("/queries", "/queries/what-builds-on?method=H2O", "/queries/papers-by-institution?institution=Google"),
    *("/queries/runs-in?most=x", "/save?query=ASK%7B%7D"),
)
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1300, "height": 900}},
    "dark, Chinese": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "dark", "locale": "zh-CN"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    binary = which("chromium")
    if not binary:
        pytest.skip("needs chromium")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the sample that was built after a smaller graph."""
    folder = tmp_path_factory.mktemp("barriers") / "store"
    graph = open_store(demo_store).read_graph()
    write_generation(folder, replace(graph, relations=graph.relations[40:]), graphs.RUN)
    write_generation(folder, graph, replace(graphs.RUN, version="1"))
    with running(Settings(folder, workers=1)) as server:
        yield server


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_serious_barrier(server: Server, browser: Any, path: str, look: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, of the dependency group dev")
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(**LOOKS[look], bypass_csp=True)
    page = context.new_page()
    page.goto(server.origin + path)
    page.evaluate(script)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == []
    assert not wide
