"""A timeline as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import UnknownNameError
from papergraph.insight.timeline import Event, Timeline
from papergraph.model import Evidence
from papergraph.report.timeline import TIMELINE_COLUMNS, TIMELINE_FORMATS, render_timeline, timeline_rows
from papergraph.text.terminal import columns
from tests.conftest import Run

SAID = Evidence("x:e", "笔记.md", 3, 0, 9, "B 基于 A \x1b[31m*" * 20, "rule", "prose", 0.9)
FOUND = Timeline(
    "x:t",
    "T",
    "Topic",
    (
        Event("x:a", "A", "2023", "A paper " * 30, "hasTopic", "T", (SAID,)),
        Event("x:b", "B", "", "", None, "", ()),
    ),
)


def test_text_fits_its_width_and_sets_what_has_no_year_apart() -> None:
    text = render_timeline(FOUND, width=80)
    assert max(map(columns, text.splitlines())) <= 80
    assert text.index("2023") < text.index("without a year") < text.index("\n  B\n")
    assert "\x1b" not in text
    assert "(no works in these notes)" in render_timeline(Timeline("x:t", "T", "Topic", ()))


def test_other_formats() -> None:
    record = json.loads(render_timeline(FOUND, "json"))
    assert [event["year"] for event in record["events"]] == ["2023", ""]
    assert "  - `笔记.md:3`" in render_timeline(FOUND, "markdown")
    assert [tuple(row) for row in timeline_rows(FOUND)] == [TIMELINE_COLUMNS] * 2
    with pytest.raises(UnknownNameError):
        render_timeline(FOUND, "pdf")


@pytest.mark.parametrize("form", TIMELINE_FORMATS)
def test_the_command_and_python_say_the_same(run: Run, demo_store: Path, form: str) -> None:
    told = run("timeline", "H2O", "--format", form, "--store", demo_store)
    report = pg.open_graph(demo_store).timeline("h2o")
    assert (told.code, "Keyformer" in told.out) == (0, True)
    if form == "json":
        assert json.loads(told.out) == report.to_dict()
    if form == "markdown":
        assert told.out == report.to_markdown()
    topic = run("timeline", "KV cache", "--type", "Topic", "--store", demo_store)
    assert "Topic" in topic.out.splitlines()[0]
    assert run("timeline", "Keyformr", "--store", demo_store).code == 2
