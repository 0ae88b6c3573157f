"""The page in the frame of a notebook, which has no address and may do nothing but run its own scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.page.frame import frame
from tests.page.browser.conftest import Opened

pytestmark = pytest.mark.slow


def test_the_frame_works_and_goes_back_and_forward(demo_html: str, open_page: Callable[..., Opened]) -> None:
    notebook = "<!doctype html><html lang='en' data-ready='true'><title>Notebook</title><body>"
    opened = open_page(f"{notebook}{frame(demo_html)}</body></html>")
    inside = opened.page.frame_locator("iframe")
    inside.locator("html[data-ready=true]").wait_for(state="attached")
    inside.locator("#search").click()  # Firefox fills no field of a frame that has not been clicked into
    opened.page.keyboard.type("H2O")
    opened.page.keyboard.press("Enter")
    inside.locator("#panel h2").wait_for()
    inside.locator("#panel button", has_text="Lineage").click()
    assert inside.locator("#tab-lineage").get_attribute("aria-current") == "page"
    inside.locator("#back").click()
    assert inside.locator("#tab-map").get_attribute("aria-current") == "page"
