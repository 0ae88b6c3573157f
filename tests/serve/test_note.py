"""The page of a note."""

from __future__ import annotations

import re

from tests.serve.running import Server
from tests.serve.test_pages import CHINESE, Outline, get


def test_a_note_shows_its_claims_in_the_order_of_its_lines(demo: Server) -> None:
    page = get(demo, "/id/note/vault-h2o.md").text
    Outline(page)
    assert "Keyformer improves on H2O with Gumbel noise" in page
    numbers = [int(n) for n in re.findall(r'id="line-(\d+)', page)]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10


def test_it_names_its_entities_by_type_in_the_language_of_the_page(demo: Server) -> None:
    page = get(demo, "/id/note/vault-h2o.md", CHINESE).text
    assert "提到的实体" in page
    assert 'href="/id/method/keyformer"' in page


def test_a_note_is_data_too(demo: Server) -> None:
    turtle = demo.send("/id/note/vault-h2o.md", headers={"Accept": "text/turtle"})
    assert "pg:mentions" in turtle.text
