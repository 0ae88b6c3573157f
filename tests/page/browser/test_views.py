"""Pictures for questions: focus, lineage, timeline, matrices, comparison, table."""

from __future__ import annotations

import pytest

from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_a_lineage_runs_from_left_to_right(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("H2O")
    reader.page.click("#panel >> text=Lineage")
    assert {"H2O", "Keyformer", "SnapKV", "PyramidKV"} <= reader.drawn()
    assert "LoRA" not in reader.drawn()
    reader.rest()
    assert reader.place("H2O")[0] < reader.place("SnapKV")[0] < reader.place("PyramidKV")[0]


def test_a_lineage_goes_one_way_by_year_and_with_ingredients(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("SnapKV")
    reader.page.keyboard.press("l")
    both = reader.drawn()
    reader.page.click("#bar >> text=What it builds on")
    up = reader.drawn()
    assert "H2O" in up
    assert up < both
    reader.page.click("#bar >> text=By year")
    assert "by=year" in reader.hash()
    assert reader.page.evaluate("papergraph.stage.scene.arrangement.decor.some((d) => d.title === '2024')")
    reader.page.click("#bar >> text=Both directions")
    reader.page.click("#bar >> text=With components")
    assert reader.drawn() >= both


def test_a_focus_grows_and_shrinks(demo: Opened) -> None:
    reader = Reader(demo)
    reader.click("Jamba")
    reader.page.keyboard.press("1")
    near = reader.drawn()
    assert {"Jamba", "Mamba", "single 80GB GPU"} <= near
    reader.click("Mamba")
    reader.page.click("#panel >> text=Expand")
    grown = reader.drawn()
    assert near < grown
    reader.page.click("#panel >> text=Collapse")
    assert reader.drawn() == near
    reader.page.keyboard.press("2")
    assert reader.view()["centre"] == reader.node("Mamba")
    assert reader.view()["hops"] == 2


def test_a_double_click_focuses(demo: Opened) -> None:
    reader = Reader(demo)
    reader.double_click("H2O", "papergraph.view().show === 'focus'")
    assert reader.view()["centre"] == reader.node("H2O")


def test_the_timeline_has_later_works_further_right(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-timeline")
    assert {"LoRA", "H2O", "Jamba"} <= reader.drawn()
    assert reader.place("LoRA")[0] < reader.place("H2O")[0] < reader.place("SnapKV")[0]


def test_a_cell_of_a_matrix_opens_what_stands_behind_it(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-matrix")
    reader.page.click("#sheet >> text=Method × hardware")
    reader.page.wait_for_selector("#sheet table.matrix")
    cell = reader.page.locator("#sheet button.cell-mark[title^='Jamba × single 80GB GPU']")
    cell.click()
    text = reader.panel()
    assert "Jamba × single 80GB GPU" in text
    assert ".md:" in text


def test_institutions_and_topics_are_counted(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-matrix")
    reader.page.wait_for_selector("#sheet table.matrix")
    assert reader.page.locator("#sheet tbody tr").count() > 10
    assert int(reader.page.locator("#sheet tbody button.cell-mark").first.inner_text()) >= 1


def test_chosen_things_are_compared(demo: Opened) -> None:
    reader = Reader(demo)
    for name in ("H2O", "SnapKV"):
        reader.look_up(name)
        reader.panel()
        reader.page.click("#panel >> text=Compare")
    assert reader.page.inner_text("#tab-compare") == "Compare 2"
    reader.page.click("#tab-compare")
    reader.page.fill("#compare-search", "streamingllm")
    reader.page.press("#compare-search", "Enter")
    reader.page.wait_for_selector("#sheet th:nth-child(4)")
    rows = reader.page.inner_text("#sheet table.comparison")
    assert "StreamingLLM" in rows
    assert "Outperformed by" in rows
    reader.page.click("#sheet th:nth-child(2) .remove")
    assert "H2O" not in reader.page.inner_text("#sheet thead")


def test_the_table_holds_the_same_data_and_sorts(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-table")
    reader.page.wait_for_selector("#sheet table")
    relations, things = reader.page.locator("#sheet caption").all_inner_texts()
    count = reader.page.evaluate(
        "[papergraph.stage.scene.arrangement.lines.length, papergraph.stage.scene.arrangement.count]"
    )
    assert relations == f"Relations ({count[0]:,})"
    assert things == f"Entities ({count[1]:,})"
    reader.page.locator("#sheet th button", has_text="From").click()
    names = reader.page.locator("#sheet table").first.locator("tbody td:first-child").all_inner_texts()
    assert len(names) == 150
    assert reader.page.get_attribute("#sheet th:first-child", "aria-sort") == "ascending"
    assert reader.page.locator("#sheet blockquote cite").first.inner_text().count(".md:") == 1
