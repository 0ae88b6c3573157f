"""Cells of answers and where they lead."""

from __future__ import annotations

import html
import re

from tests.serve.running import Server
from tests.serve.test_pages import get


def test_a_cell_with_several_names_links_each(demo: Server) -> None:
    page = get(demo, "/queries/papers-by-institution?institution=Meta+AI").text
    cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    several = [cell for cell in cells if cell.count("<a ") > 1]
    assert several
    for cell in several:
        text = re.sub(r"<[^>]+>|\s*\n\s*", "", cell).strip()
        for href, name in re.findall(r'<a href="(/id/[^"]+)">([^<]+)</a>', cell):
            assert name in text.split(", ")
            assert f"<h1>{name}</h1>" in get(demo, html.unescape(href)).text


def test_a_name_that_several_entities_have_is_not_linked(demo: Server) -> None:
    page = get(demo, "/queries/about?thing=H2O").text
    for href, name in re.findall(r'<td>\s*<a href="(/id/[^"]+)">([^<]+)</a>\s*</td>', page):
        assert html.unescape(name).rpartition(":")[0] or f"<h1>{name}</h1>" in get(demo, html.unescape(href)).text
