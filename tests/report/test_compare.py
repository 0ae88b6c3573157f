"""A comparison as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import UnknownNameError
from papergraph.insight.compare import Aspect, Comparison, Contest, Value, Work
from papergraph.model import Evidence
from papergraph.report.compare import COMPARISON_COLUMNS, COMPARISON_FORMATS, comparison_rows, render_comparison
from papergraph.text.terminal import columns
from tests.conftest import Run

SAID = (Evidence("x:e", "笔记 a|b.md", 3, 0, 9, "A 优于 B \x1b[31m*", "rule", "prose", 0.9),)
FOUND = Comparison(
    (Work("x:a", "A", "Method"), Work("x:b", "B", "Method")),
    (
        Aspect("idea", ((Value("一个很长的句子，" * 30, evidence=SAID),), ())),
        Aspect("hardware", ((Value("GPU", "x:g", "measuredOn", evidence=SAID),), (Value("GPU", "x:g", denied=True),))),
    ),
    (Contest("x:a", "x:b", Value("B", "x:b", "outperforms", figures=("2x",), evidence=SAID), ("D",), "speed"),),
)


def test_a_table_fits_its_width_and_hides_no_control_character() -> None:
    for width in (60, 80, 120):
        text = render_comparison(FOUND, width=width)
        assert max(map(columns, text.splitlines())) <= width
        assert "\x1b" not in text


def test_nothing_said_and_denied_are_shown_differently() -> None:
    for form in ("table", "markdown"):
        text = render_comparison(FOUND, form)
        assert "not GPU" in text
        assert "measured on GPU" in text
        assert "\u2014 the notes say nothing" in text
    record = json.loads(render_comparison(FOUND, "json"))
    assert record["aspects"]["idea"][1] is None
    assert record["aspects"]["hardware"][1][0]["denied"] is True


def test_contests_say_on_what_and_with_which_figures() -> None:
    text = render_comparison(FOUND, "markdown")
    assert "- A outperforms B on D (speed): 2x" in text
    assert text.count("\\*") == 1


def test_a_row_for_each_value() -> None:
    rows = comparison_rows(FOUND)
    assert [tuple(row) for row in rows] == [COMPARISON_COLUMNS] * 3
    assert (rows[1]["work"], rows[1]["note"], rows[1]["line"]) == ("x:a", "笔记 a|b.md", 3)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        render_comparison(FOUND, "pdf")


@pytest.mark.parametrize("form", COMPARISON_FORMATS)
def test_the_command_and_python_say_the_same(run: Run, demo_store: Path, form: str) -> None:
    told = run("compare", "H2O", "SnapKV", "--format", form, "--store", demo_store)
    report = pg.open_graph(demo_store).compare("H2O", "snap kv")
    assert told.code == 0
    assert "LongBench" in told.out
    if form == "json":
        assert json.loads(told.out) == report.to_dict()
    if form == "markdown":
        assert told.out == report.to_markdown() == report._repr_markdown_()
    assert [choice.candidate.label for choice in report.choices] == ["H2O", "SnapKV"]
    assert len(report) == len(list(report)) > 20


def test_the_command_wants_two_to_eight_names_that_exist(run: Run, demo_store: Path) -> None:
    assert "takes 2 to 8 names" in run("compare", "H2O", "--store", demo_store).err
    unknown = run("compare", "H2O", "SnapKW", "--store", demo_store)
    assert (unknown.code, "did you mean SnapKV" in unknown.err) == (2, True)
