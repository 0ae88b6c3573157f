"""A walk along what is to be decided, by several requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.errors import CorrectionError
from papergraph.serve.review_walk import Step, Walk
from papergraph.sources.corrections import read_corrections
from papergraph.store import memory_store
from tests import graphs


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(replace(Config(), corrections=str(tmp_path / "corrections.tsv")))


STORE = memory_store(graphs.small_graph(), graphs.RUN)
LABELS = sorted(e.label for e in graphs.small_graph().entities if e.type == "Method")


def test_what_was_undone_comes_first_and_what_was_skipped_waits(walk: Walk) -> None:
    found = [("a", 1), ("b", 2), ("c", 3)]
    walk.skip("a")
    assert walk.order(found) == found[1:]
    walk.write(STORE, "b", ("not-entity", {"subject": LABELS[0]}))
    undone = walk.undo()
    assert undone is not None
    assert undone.key == "b"
    assert walk.order(found) == [("b", 2), ("c", 3)]
    assert walk.undo() == Step("a", None)
    assert walk.order(found) == found
    with pytest.raises(CorrectionError, match="nothing to undo"):
        walk.undo()


def test_requests_at_the_same_time_lose_no_decision(walk: Walk) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: walk.write(STORE, name, ("not-entity", {"subject": name})), LABELS))
    rows = read_corrections(walk.file).corrections
    assert sorted(row.subject.name for row in rows) == LABELS
    for _ in LABELS:
        walk.undo()
    assert not read_corrections(walk.file).corrections


def test_an_undo_that_is_sent_twice_takes_back_one_step(walk: Walk) -> None:
    walk.skip("a")
    walk.skip("b")
    number = walk.number
    assert (walk.undo(number), walk.undo(number)) == (Step("b", None), None)
    assert walk.last == Step("a", None)


def test_an_undo_takes_back_its_own_line_and_no_other(walk: Walk) -> None:
    walk.write(STORE, "x", ("not-entity", {"subject": LABELS[0]}))
    lines = walk.file.read_text(encoding="utf-8").splitlines(keepends=True)
    walk.file.write_text("".join([*lines[:2], "not-entity\tFirst\n", *lines[2:]]), encoding="utf-8")
    walk.undo()
    assert [row.subject.name for row in read_corrections(walk.file).corrections] == ["First"]


def test_a_line_that_a_person_removed_is_not_undone_twice(walk: Walk) -> None:
    walk.write(STORE, "x", ("not-entity", {"subject": LABELS[0]}))
    walk.file.unlink()
    with pytest.raises(CorrectionError, match="nothing was removed"):
        walk.undo()
    with pytest.raises(CorrectionError, match="nothing to undo"):
        walk.undo()
