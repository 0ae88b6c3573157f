"""The page of the ways between two entities."""

from __future__ import annotations

from tests.serve.running import Server
from tests.serve.test_pages import BROWSER, CHINESE, Outline, get


def test_the_ways_are_shown_with_their_sentences(demo: Server) -> None:
    page = get(demo, "/between?one=QLoRA&other=GaLore").text
    Outline(page)
    assert "LoftQ" in page
    assert "lora-family.md:" in page


def test_the_relations_speak_the_language_of_the_page(demo: Server) -> None:
    assert "改进" in get(demo, "/between?one=QLoRA&other=GaLore", CHINESE).text


def test_without_names_there_is_a_form(demo: Server) -> None:
    assert 'name="other"' in get(demo, "/between").text


def test_what_is_unknown_or_not_connected_is_said(demo: Server) -> None:
    missing = demo.send("/between?one=FooBarNet&other=LoRA", headers=BROWSER)
    assert missing.status == 404
    assert "Your notes do not name FooBarNet" in missing.text
    assert "Your notes do not connect them." in get(demo, "/between?one=H2O&other=Raspberry%20Pi").text
