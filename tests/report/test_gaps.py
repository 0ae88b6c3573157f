"""What notes lack, as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import UnknownNameError
from papergraph.insight.gaps import GAPS, Gap, Gaps
from papergraph.model import Evidence
from papergraph.report.gaps import GAP_COLUMNS, GAP_FORMATS, HEADINGS, gap_rows, render_gaps
from papergraph.text.terminal import columns
from tests.conftest import Run

SAID = Evidence("x:e", "笔记.md", 3, 0, 9, "B 基于 A \x1b[31m*" * 20, "rule", "prose", 0.9)
FOUND = Gaps(
    (
        Gap("unread", ("x:a",), ("A",), "2 works rely on it " * 20, 2, (("works", "2"),), (SAID,)),
        Gap("empty cell", ("x:t", "x:g"), ("T", "G"), "x", 1),
    ),
    (("unread", 7), ("empty cell", 1)),
)


def test_text_fits_its_width_and_says_how_many_there_are() -> None:
    text = render_gaps(FOUND, width=80)
    assert max(map(columns, text.splitlines())) <= 80
    assert "(7, 1 shown)" in text
    assert "\x1b" not in text
    assert "T \u00d7 G" in text


def test_other_formats() -> None:
    record = json.loads(render_gaps(FOUND, "json"))
    assert record["totals"] == {"unread": 7, "empty cell": 1}
    assert record["gaps"][0]["evidence"][0]["line"] == 3
    assert "- `笔记.md:3`" in render_gaps(FOUND, "markdown")
    assert "nothing is missing" in render_gaps(Gaps((), ()))
    assert [tuple(row) for row in gap_rows(FOUND)] == [GAP_COLUMNS] * 2
    with pytest.raises(UnknownNameError):
        render_gaps(FOUND, "pdf")


def test_every_kind_has_a_heading() -> None:
    assert list(HEADINGS) == [kind for kind, _ in GAPS]


@pytest.mark.parametrize("form", GAP_FORMATS)
def test_the_command_and_python_say_the_same(run: Run, demo_store: Path, form: str) -> None:
    told = run("gaps", "--most", "3", "--format", form, "--store", demo_store)
    report = pg.open_graph(demo_store).gaps(most=3)
    assert (told.code, "Mixture of Experts" in told.out) == (0, True)
    if form == "json":
        assert json.loads(told.out) == report.to_dict()
    if form == "markdown":
        assert told.out == report.to_markdown()
    assert len(report) == len(report.value.gaps)
