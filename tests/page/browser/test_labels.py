"""The map says each thing once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_no_name_is_written_twice(sample: Graph, open_page: Callable[..., Opened], width: int, height: int) -> None:
    reader = Reader(open_page(render_view(sample), width=width, height=height))
    reader.rest()
    for _ in range(3):
        written = reader.page.evaluate("papergraph.stage.writings().map((w) => w.text.toLowerCase())")
        parts = [part for text in written for part in text.split(" · ")]
        assert len(parts) > 8
        assert [text for text, times in Counter(parts).items() if times > 1] == []
        reader.page.click("#zoom-in")
        reader.rest()


def test_what_is_chosen_has_its_name_whatever_the_region_is_called(demo: Opened) -> None:
    reader = Reader(demo)
    reader.look_up("Speculative Decoding")
    reader.rest()
    node = reader.view()["selected"]
    assert reader.page.evaluate(f"papergraph.stage.writings().some((w) => w.node === {node})")
