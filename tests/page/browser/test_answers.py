"""Comparison, conflicts and gaps as views of the page: from the address, by keyboard, in both languages and themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow

WORKS = "compare=method:h2o+method:snapkv+method:streamingllm"


def test_works_are_chosen_by_a_key_and_compared(demo: Opened) -> None:
    reader = Reader(demo)
    for name in ("H2O", "SnapKV"):
        reader.look_up(name)
        reader.page.focus("#graph")
        reader.page.keyboard.press("c")
    assert reader.page.inner_text("#announcer").endswith("SnapKV")
    reader.page.click("#tab-compare")
    reader.page.wait_for_selector("#sheet table.comparison")
    assert "compare=method:h2o+method:snapkv" in reader.hash()
    rows = reader.page.locator("#sheet tbody th").all_inner_texts()
    assert rows[:4] == ["Idea", "Year", "Papers", "Institutions"]


def test_every_value_of_a_comparison_cites_its_line(open_page: Callable[..., Opened], demo_html: str) -> None:
    reader = Reader(open_page(demo_html, hash=f"show=compare&{WORKS}"))
    reader.page.wait_for_selector("#sheet table.comparison")
    cells = reader.page.locator("#sheet tbody td")
    assert cells.count() > 20
    values, cited = (reader.page.locator(f"#sheet tbody td {part}").count() for part in (".value", ".value:has(cite)"))
    assert values == cited > 15
    silent = reader.page.locator("#sheet tbody td:not(:has(.value))").all_inner_texts()
    assert silent
    assert all("—" in text for text in silent)
    row = reader.page.locator("#sheet tr", has=reader.page.locator("th", has_text="Builds on"))
    row.locator(".fold").first.click()
    assert ".md:" in row.locator("blockquote").first.inner_text()


def test_contests_are_told_with_their_sentences(open_page: Callable[..., Opened], demo_html: str) -> None:
    reader = Reader(open_page(demo_html, hash="show=compare&compare=method:dpo+method:ppo"))
    reader.page.wait_for_selector("#contests")
    assert reader.page.locator("#contests blockquote").count() >= 2


def test_a_conflict_has_both_sentences(open_page: Callable[..., Opened], demo_html: str) -> None:
    reader = Reader(open_page(demo_html, hash="show=conflicts&kind=mutual"))
    reader.page.wait_for_selector("#sheet .ledger")
    assert reader.page.locator("#sheet .kind-section").count() == 1
    first = reader.page.locator("#sheet .ledger > li").first
    assert first.locator(".sides blockquote").count() == 2
    assert first.locator(".sides cite").count() == 2
    first.locator(".to").first.click()
    assert reader.panel()
    assert reader.page.is_visible("#sheet .ledger")


def test_gaps_have_reasons_and_places(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-gaps")
    reader.page.wait_for_selector("#sheet .ledger")
    assert reader.page.locator("#sheet .kind-section").count() > 3
    first = reader.page.locator("#sheet .ledger > li").first
    assert "rely on it" in first.inner_text()
    first.locator(".fold").click()
    assert ".md:" in first.locator("blockquote").first.inner_text()
    reader.page.locator("#sheet .kinds button").nth(3).click()
    assert "kind=" in reader.hash()
    assert reader.page.locator("#sheet .kind-section").count() == 1
    reader.page.click("#back")
    reader.until("document.querySelectorAll('#sheet .kind-section').length > 3")


def test_answers_are_in_the_language_of_the_reader(open_page: Callable[..., Opened], demo_html: str) -> None:
    reader = Reader(open_page(demo_html, language="zh-CN", hash="show=gaps"))
    reader.page.wait_for_selector("#sheet .ledger")
    assert reader.page.inner_text("#sheet h2") == "空白"
    assert "项工作以它为基础" in reader.page.locator("#sheet .reason").first.inner_text()
    reader.page.click("#language")
    reader.until("document.querySelector('#sheet h2').textContent === 'Gaps'")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("view", [f"show=compare&{WORKS}", "show=conflicts", "show=gaps"])
def test_answers_fit_the_window_and_axe_finds_no_barrier(
    open_page: Callable[..., Opened], demo_html: str, axe: Callable[[Opened], list[str]], view: str, width: int
) -> None:
    for dark in (False, True):
        opened = open_page(demo_html, width=width, height=740, dark=dark, hash=view)
        opened.page.wait_for_selector("#sheet h2")
        assert (dark, axe(opened)) == (dark, [])
        assert opened.page.evaluate("document.querySelector('#sheet').scrollWidth") <= width


def test_a_page_without_answers_shows_the_map(open_page: Callable[..., Opened], bare_html: str) -> None:
    reader = Reader(open_page(bare_html, hash="show=gaps"))
    reader.until("papergraph.view().show === 'map'")
    assert reader.page.locator("#tab-gaps, #tab-compare, #tab-conflicts").count() == 0
