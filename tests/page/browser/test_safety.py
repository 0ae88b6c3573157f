"""Nothing that stands in notes is ever run, and nothing leaves the page, whatever somebody does with it.

That no request was made, no script of a note ran and nothing failed is checked after every test by `open_page`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader
from tests.page.graphs import HOSTILE, graph_of

pytestmark = pytest.mark.slow


def use_all(reader: Reader) -> None:
    """Go through every view, the panel of every node and edge, the search, and both languages."""
    reader.page.evaluate("papergraph.set({ language: 'en' })")
    count = reader.page.evaluate("papergraph.graph.size")
    for node in range(0, count, max(1, count // 60)):
        reader.page.evaluate(f"papergraph.set({{ selected: {node}, edge: null }})")
        reader.page.evaluate("new Promise((done) => setTimeout(done))")
        reader.page.evaluate("for (const fold of document.querySelectorAll('#panel .fold')) fold.click()")
    for edge in range(0, count - 1, max(1, count // 30)):
        reader.page.evaluate(f"papergraph.set({{ edge: {edge}, selected: null }})")
    for show in ("focus", "lineage", "timeline", "matrix", "compare", "table", "path", "map"):
        patch = {"show": show, "centre": 1, "path": [0, min(3, count - 1)], "compared": [0, 1, 2], "hops": 3}
        reader.page.evaluate(f"papergraph.set({json.dumps(patch)})")
        reader.page.wait_for_timeout(60)
    for text in ("<img", "javascript:", "__proto__", "a"):
        reader.page.fill("#search", text)
    reader.page.press("#search", "Escape")


def test_hostile_text_stays_text(open_page: Callable[..., Opened]) -> None:
    reader = Reader(open_page(render_view(graph_of(HOSTILE), title=HOSTILE[0], note_url="file:///n/{path}")))
    use_all(reader)
    assert reader.page.inner_text("#title") == HOSTILE[0]
    bad = "img, iframe, object, embed, #panel script, #sheet script, #hits script, [onerror], [onload], [onmouseover]"
    assert reader.page.locator(bad).count() == 0
    links = reader.page.evaluate("[...document.links].map((a) => a.protocol)")
    assert set(links) <= {"https:", "http:", "file:"}


def test_naughty_strings_stay_text(shared: Path, open_page: Callable[..., Opened]) -> None:
    strings = json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8"))
    names = [s for s in dict.fromkeys(strings) if s.strip()]
    reader = Reader(open_page(render_view(graph_of(names), title=names[-1])))
    assert reader.page.evaluate("papergraph.graph.size") == len(names)
    use_all(reader)


def test_the_policy_lets_the_page_run_and_nothing_else(open_page: Callable[..., Opened]) -> None:
    evil = "<script>document.documentElement.dataset.evil = 'yes'</script><img src=x onerror='window.PWNED=1'></body>"
    opened = open_page(render_view(graph_of(["a", "b"])).replace("</body>", evil), allow_errors=True)
    assert opened.page.evaluate("document.documentElement.dataset.evil ?? null") is None
    assert opened.page.evaluate("window.PWNED ?? null") is None
    blocked = opened.page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'blocked')")
    assert blocked == "blocked"
    assert [error for error in opened.errors if "CSP" in error]
