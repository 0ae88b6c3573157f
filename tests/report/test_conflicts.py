"""What contradicts what, as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import UnknownNameError
from papergraph.insight.conflicts import Conflict, Side
from papergraph.report.conflicts import render_conflicts
from tests.conftest import Run

SIDES = (Side("a|b.md", 1, "P (2023) \x1b[31m*"), Side("c.md", 3, "P (2024)"))
FOUND = (
    Conflict("a.md:1", "two years", "P is of 2023 and of 2024 \x1b[31m*", ("x:p",), SIDES),
    Conflict("b.md:2", "mutual extends", "A extends B, and the reverse at c.md:3", ("x:a", "x:b")),
)


def test_each_conflict_is_a_line_that_begins_with_its_place() -> None:
    text = render_conflicts(FOUND)
    assert [line.partition(": ")[0] for line in text.splitlines() if line[0] != " "] == ["a.md:1", "b.md:2"]
    assert [line.split()[0] for line in text.splitlines() if line[0] == " "] == ["a|b.md:1", "c.md:3"]
    assert "\x1b" not in text


def test_markdown_sorts_them_by_kind_and_shows_text_as_it_is() -> None:
    text = render_conflicts(FOUND, "markdown")
    assert [line for line in text.splitlines() if line.startswith("#")] == ["## mutual extends", "## two years"]
    assert "| `a\\|b.md:1` P (2023)" in text
    assert "| `c.md:3` P (2024) |" in text
    assert "\\*" in text


def test_plain_values_name_the_entities() -> None:
    assert json.loads(render_conflicts(FOUND, "json"))[1]["about"] == ["x:a", "x:b"]
    assert render_conflicts(()) == ""
    with pytest.raises(UnknownNameError):
        render_conflicts(FOUND, "pdf")


def test_the_command_and_check_tell_the_same(run: Run, demo_store: Path) -> None:
    shown = run("conflicts", "--store", demo_store)
    record = json.loads(run("conflicts", "--json", "--store", demo_store).out)
    assert record == json.loads(run("check", "--no-shacl", "--json", "--store", demo_store).out)["conflicts"]
    assert sum(not line.startswith(" ") for line in shown.out.splitlines()) == len(record)
    report = pg.open_graph(demo_store).conflicts()
    assert report.to_dict() == record
    assert {row["kind"] for row in report} == {conflict["kind"] for conflict in record}
    assert shown.out in run("check", "--no-shacl", "--store", demo_store).out
    assert shown.code == (1 if record else 0)
