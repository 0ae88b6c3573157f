"""Finding things by name, in both scripts, with the keyboard."""

from __future__ import annotations

import pytest

from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_a_name_is_completed_and_chosen_with_the_keyboard(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("keyf")
    hits = reader.page.locator("#hits [role=option]")
    assert "Keyformer" in hits.first.inner_text()
    assert reader.page.get_attribute("#search", "aria-expanded") == "true"
    assert reader.page.get_attribute("#search", "aria-activedescendant") == "hits-0"
    reader.page.keyboard.press("Enter")
    assert reader.panel().startswith("×\nKeyformer") or "Keyformer" in reader.panel()
    assert reader.view()["selected"] == reader.node("Keyformer")
    assert reader.page.get_attribute("#search", "aria-expanded") == "false"


def test_arrow_keys_go_through_the_hits_and_escape_leaves_them(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.fill("#search", "lora")
    names = reader.page.locator("#hits .hit").all_inner_texts()
    reader.page.keyboard.press("ArrowDown")
    assert reader.page.get_attribute("#hits-1", "aria-selected") == "true"
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("ArrowUp")
    assert reader.page.get_attribute("#search", "aria-activedescendant") == f"hits-{len(names) - 1}"
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden("#hits")
    assert reader.view()["selected"] is None


@pytest.mark.parametrize(("typed", "name"), [("低秩", "LoRA"), ("heavy hitter", "H2O"), ("ｈ２ｏ", "H2O")])
def test_aliases_are_found_in_both_scripts(demo: Opened, typed: str, name: str) -> None:
    reader = Reader(demo)
    reader.look_up(typed)
    assert name in reader.panel()


def test_what_is_not_there_is_said_to_be_missing(demo: Opened) -> None:
    Reader(demo).page.fill("#search", "no such thing at all")
    assert demo.page.inner_text("#hits") == "No results"


def test_what_is_found_comes_into_view_even_if_it_was_switched_off(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#legend [data-key=Method]")
    assert "H2O" not in reader.drawn()
    reader.look_up("H2O")
    assert "H2O" in reader.drawn()
    reader.rest()
    x, y = reader.place("H2O")
    assert 0 < x < 1280
    assert 0 < y < 800
