"""What a graph learned, as text."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.errors import UnknownNameError
from papergraph.insight.diff import Diff, diff_graphs
from papergraph.report.diff import DIFF_COLUMNS, DIFF_FORMATS, diff_rows, render_diff
from papergraph.store import write_generation
from papergraph.text.terminal import columns
from tests import graphs
from tests.conftest import Run

BEFORE = replace(graphs.small_graph(), threshold=0.5)
GONE = BEFORE.relations[:4]
AFTER = replace(
    BEFORE,
    entities=tuple(e for e in BEFORE.entities if e.iri != graphs.PERSON),
    relations=tuple(
        replace(r, confidence=0.7) if n == 5 else r for n, r in enumerate(BEFORE.relations) if r not in GONE
    ),
)
FOUND = diff_graphs(BEFORE, AFTER)


def test_text_fits_its_width_and_has_a_sign_for_each_line() -> None:
    text = render_diff(FOUND, width=80)
    assert max(map(columns, text.splitlines())) <= 80
    assert "- Li Hua  Person" in text
    assert any(line.startswith("~ ") and "\u2192 0.70" in line for line in text.splitlines())
    assert render_diff(Diff()) == "(no difference)\n"


def test_a_letter_begins_with_what_is_learned_and_ends_with_what_is_lost() -> None:
    text = render_diff(diff_graphs(AFTER, BEFORE), "markdown", since="v1 *(2024)*")
    assert text.startswith("# What these notes learned since v1 \\*(2024)\\*\n")
    assert "1 new entity, " in text
    assert "## New entities" in text
    assert "- **Person** (1): Li Hua `手机/on device.md:2`" in text
    assert "## No longer in the notes" in render_diff(FOUND, "markdown")
    assert "Nothing has changed." in render_diff(Diff(), "markdown")


def test_a_renamed_note_is_told_as_one() -> None:
    found = Diff(renamed_notes=(("a`.md", "b.md"),))
    assert render_diff(found) == "1 renamed note\n= a`.md \u2192 b.md\n"
    assert "## Renamed notes\n\n- ``a`.md`` \u2192 `b.md`\n" in render_diff(found, "markdown")
    assert json.loads(render_diff(found, "json"))["notes"]["renamed"] == [{"before": "a`.md", "after": "b.md"}]


def test_plain_values_have_both_sides() -> None:
    record = json.loads(render_diff(FOUND, "json", since="v1"))
    assert record["since"] == "v1"
    assert [e["label"] for e in record["entities"]["lost"]] == ["Li Hua"]
    assert record["claims"]["changed"][0]["after"]["confidence"] == 0.7
    assert {tuple(row) for row in diff_rows(FOUND)} == {DIFF_COLUMNS}
    assert len(diff_rows(FOUND)) == len(FOUND.lost_claims) + len(FOUND.changed_claims)
    with pytest.raises(UnknownNameError):
        render_diff(FOUND, "pdf")


@pytest.fixture
def stores(tmp_path: Path) -> tuple[Path, Path]:
    write_generation(tmp_path / "before", graphs.small_graph(), graphs.RUN)
    write_generation(tmp_path / "after", AFTER, graphs.RUN)
    return tmp_path / "before", tmp_path / "after"


@pytest.mark.parametrize("form", DIFF_FORMATS)
def test_the_command_and_python_compare_two_stores(run: Run, stores: tuple[Path, Path], form: str) -> None:
    before, after = stores
    told = run("diff", before, after, "--format", form)
    assert (told.code, "Li Hua" in told.out) == (0, True)
    assert run("diff", before, "--store", after, "--format", form).out == told.out
    report = pg.open_graph(after).diff(pg.open_graph(before))
    if form == "json":
        assert json.loads(told.out) == {**report.to_dict(), "since": "before"}
    assert len(report) == len(report.value.lost_claims) + len(report.value.changed_claims)


def test_what_is_neither_a_store_nor_a_revision_is_refused(run: Run, stores: tuple[Path, Path]) -> None:
    shutil.rmtree(stores[1])
    told = run("diff", "nosuch", "--notes", stores[0].parent)
    assert told.code == 1
    assert "git" in told.err
