"""The legend switches types and relations; sliders leave out what is unsure or of other years."""

from __future__ import annotations

import pytest

from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_a_type_is_switched_off_and_on(demo: Opened) -> None:
    reader = Reader(demo)
    before = reader.drawn()
    reader.page.click("#legend [data-key=Hardware]")
    assert reader.page.get_attribute("#legend [data-key=Hardware]", "aria-pressed") == "false"
    assert "NVIDIA A100" in before - reader.drawn()
    reader.page.click("#legend [data-key=Hardware]")
    assert reader.drawn() == before


def test_a_kind_of_relation_is_switched_off(demo: Opened) -> None:
    reader = Reader(demo)
    before = reader.lines()
    shown = int(reader.page.inner_text("#legend [data-key=filed] .count"))
    reader.page.click("#legend [data-key=filed]")
    assert reader.lines() == before - shown


def test_the_confidence_slider_leaves_out_what_is_unsure(demo: Opened) -> None:
    reader = Reader(demo)
    before = reader.lines()
    reader.page.focus("#slider-confidence")
    for _ in range(16):
        reader.page.keyboard.press("ArrowRight")
    assert reader.view()["confidence"] == 80
    assert 0 < reader.lines() < before
    assert "c=80" in reader.hash()


def test_years_leave_out_other_works_and_can_be_reset(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.evaluate("papergraph.set({ years: [2024, 2024] })")
    assert "Keyformer" in reader.drawn()
    assert "H2O" not in reader.drawn()
    reader.page.click("text=Reset filters")
    assert "H2O" in reader.drawn()


def test_what_has_no_relation_is_counted_and_can_be_shown(demo: Opened) -> None:
    reader = Reader(demo)
    lonely = int(reader.page.inner_text("#legend [data-key=alone] .count"))
    assert f"{lonely} entities without relations not shown" in reader.page.inner_text("#status")
    before = len(reader.drawn())
    reader.page.click("#legend [data-key=alone]")
    assert "without relations" not in reader.page.inner_text("#status")
    assert len(reader.drawn()) > before


def test_nodes_can_be_let_loose_and_stopped(demo: Opened) -> None:
    reader = Reader(demo)
    before = reader.place("H2O")
    reader.page.click("#legend [data-key=loose]")
    reader.until(f"papergraph.locate({reader.node('H2O')}).x !== {before[0]}")
    assert reader.page.get_attribute("#legend [data-key=loose]", "aria-pressed") == "true"
    reader.page.click("#legend [data-key=loose]")
    reader.rest()
    moved = reader.place("H2O")
    assert moved != before
    reader.page.wait_for_timeout(300)
    assert reader.place("H2O") == moved


def test_the_legend_folds_away(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#legend summary")
    assert reader.page.is_hidden("#legend .legend-body")
