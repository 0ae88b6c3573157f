"""Take the pictures of page, server and site that README shows, of the sample notes, in Chromium: `make pictures`."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from papergraph.page import make_page
from papergraph.site import write_site
from papergraph.store import open_store

_HERE = Path(__file__).parent
_WIDE = {"width": 1400, "height": 880}
_PHONE = {"width": 360, "height": 740}
#: Name of the picture, address of the view, and what is not as usual.
_PICTURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("page", "", {}),
    ("page-dark-zh", "n=method:keyformer", {"color_scheme": "dark", "locale": "zh-CN"}),
    ("page-lineage", "show=lineage&of=method:lora&n=method:lora", {}),
    ("page-focus-dark", "show=focus&of=model:jamba&n=model:jamba&hops=2", {"color_scheme": "dark"}),
    ("page-timeline", "show=timeline", {}),
    ("page-matrix", "show=matrix&matrix=hardware", {}),
    ("page-compare", "show=compare&compare=method:h2o+method:snapkv+method:streamingllm", {}),
    ("page-conflicts-dark", "show=conflicts", {"color_scheme": "dark"}),
    ("page-gaps-narrow-zh", "show=gaps", {"viewport": _PHONE, "locale": "zh-CN"}),
    ("page-map-narrow", "n=method:h2o", {"viewport": _PHONE}),
    ("page-narrow", "show=path&path=method:pyramidkv+method:lora", {"viewport": _PHONE}),
)

_DARK: dict[str, Any] = {"color_scheme": "dark"}
#: The same of the server: address of the page, and what is not as usual.
_SERVED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("entity", "/id/method/h2o", {"viewport": {"width": 1200, "height": 1150}}),
    ("entity-h2o-dark", "/id/method/h2o", {**_DARK, "viewport": {"width": 1200, "height": 900}}),
    ("entity-h2o-narrow-zh", "/id/method/h2o?lang=zh", {"viewport": {"width": 500, "height": 1000}}),
    ("entity-dark-zh", "/id/model/jamba?lang=zh", {**_DARK, "viewport": {"width": 1100, "height": 800}}),
    ("entity-narrow", "/id/inst/google", {"viewport": {"width": 500, "height": 1100}}),
    ("query-page", "/query", {"viewport": {"width": 1100, "height": 900}}),
    ("query-page-dark", "/query", {**_DARK, "viewport": {"width": 1100, "height": 700}}),
    ("query-page-narrow-zh", "/query?lang=zh", {"viewport": {"width": 500, "height": 900}}),
    ("report-compare", "/compare?name=H2O&name=SnapKV&name=Keyformer", {"viewport": {"width": 1300, "height": 880}}),
    ("report-timeline-dark-zh", "/timeline?name=LoRA&lang=zh", {**_DARK, "viewport": {"width": 1300, "height": 880}}),
    ("report-gaps-narrow", "/gaps", {"viewport": {"width": 390, "height": 844}}),
    ("server-home", "/", {"viewport": {"width": 1200, "height": 900}}),
)
#: The same of a site: file of the page, and what is not as usual.
_SITE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("site-home", "index.html", {"viewport": {"width": 1100, "height": 760}}),
    ("site-search", "search.html?q=heavy%20hitter", {"viewport": {"width": 1100, "height": 760}}),
    ("site-list-dark-zh", "zh/list/method.html", {**_DARK, "viewport": {"width": 1100, "height": 760}}),
    ("site-venue-narrow", "venue/icml.html", {"viewport": {"width": 390, "height": 780}}),
)


def main() -> None:
    """Take all of them, or those whose names begin with the second argument."""
    store = Path(sys.argv[1] if len(sys.argv) > 1 else ".papergraph")
    start = sys.argv[2] if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = Path(folder) / "page.html"
        source = open_store(store)
        page.write_text(make_page(source.read_graph(), source=source).html, encoding="utf-8")
        for name, view, options in _PICTURES:
            _take(
                browser,
                start,
                name,
                f"{page.as_uri()}#{view}",
                {"viewport": _WIDE, **options},
                ready="[data-ready=true]",
            )
        with _served(store) as address:
            for name, path, options in _SERVED:
                _take(browser, start, name, address + path, options)
        site = Path(folder) / "site"
        write_site(open_store(store), site)
        for name, path, options in _SITE:
            _take(browser, start, name, f"{site.as_uri()}/{path}", options)
        browser.close()


def _take(browser: Browser, start: str, name: str, address: str, options: dict[str, Any], ready: str = "") -> None:
    if not name.startswith(start):
        return
    tab = browser.new_context(**{"reduced_motion": "reduce", **options}).new_page()
    tab.goto(address)
    tab.wait_for_selector(f"html{ready}", state="attached")
    tab.wait_for_timeout(700)
    tab.screenshot(path=_HERE / f"{name}.png")


@contextlib.contextmanager
def _served(store: Path) -> Iterator[str]:
    """Serve the store for a while; yields the address."""
    command = [sys.executable, "-m", "papergraph", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603  our own command
        try:
            assert server.stderr  # noqa: S101
            yield server.stderr.readline().partition("http")[2].partition("/ ")[0].join(("http", ""))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
