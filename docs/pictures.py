"""Take the pictures of the page that README shows, of the sample notes, in headless Chromium: `make pictures`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from papergraph.page import make_page
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


def main() -> None:
    """Take all of them."""
    store = Path(sys.argv[1] if len(sys.argv) > 1 else ".papergraph")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = Path(folder) / "page.html"
        source = open_store(store)
        page.write_text(make_page(source.read_graph(), source=source).html, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, view, options in _PICTURES:
            tab = browser.new_context(**{"viewport": _WIDE, "reduced_motion": "reduce", **options}).new_page()
            tab.goto(f"{page.as_uri()}#{view}")
            tab.wait_for_selector("html[data-ready=true]", state="attached")
            tab.wait_for_timeout(700)
            tab.screenshot(path=_HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
