"""Writing corrections to their file."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from papergraph.correction import Correction, Reference
from papergraph.errors import BusyError, CorrectionError
from papergraph.pipeline.corrections import write
from papergraph.pipeline.corrections.write import take_back, undo_correction, write_corrections
from papergraph.system import posix
from papergraph.system.hold import hold_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.tsv"


def row(name: str) -> Correction:
    return Correction("not-entity", Reference(name))


def write_many(path: Path, name: str) -> None:
    for number in range(8):
        write_corrections(path, [row(f"{name}{number}")])


def test_what_is_new_is_distinguished_from_what_stood_there(path: Path) -> None:
    ((first, is_new),) = write_corrections(path, [row("A")])
    assert (first.line, is_new) == (3, True)
    assert [(w.row.line, w.is_new) for w in write_corrections(path, [row("A"), row("B")])] == [(3, False), (4, True)]


def test_runs_at_the_same_time_lose_no_line(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    runs = [fork.Process(target=write_many, args=(path, name)) for name in "ABC"]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0, 0]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2 + 3 * 8
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_file_that_another_run_holds_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_PATIENCE", 0.0)
    write_corrections(path, [row("A")])
    before = path.read_bytes()
    with hold_file(path):
        with pytest.raises(BusyError, match="is writing this file; try again"):
            write_corrections(path, [row("B")])
        with pytest.raises(BusyError, match="is writing this file; try again"):
            undo_correction(path)
    assert path.read_bytes() == before


def test_where_a_system_has_no_locks_it_is_written_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posix, "missing", lambda: "no locks")
    with hold_file(path):
        assert write_corrections(path, [row("A")])[0].is_new


def test_a_byte_order_mark_stays(path: Path) -> None:
    before = "\ufeffdecision\tsubject\n".encode()
    path.write_bytes(before)
    write_corrections(path, [row("A")])
    assert path.read_bytes() == before + b"not-entity\tA\n"
    assert undo_correction(path) == (2, "not-entity\tA")
    assert path.read_bytes() == before


def test_nothing_is_left_where_nothing_was_written(path: Path) -> None:
    with pytest.raises(CorrectionError, match="no corrections"):
        undo_correction(path)
    assert not path.exists()


def test_a_decision_is_taken_back_wherever_it_stands(path: Path) -> None:
    ((first, _),) = write_corrections(path, [row("A")])
    path.write_text("# mine\n" + path.read_text(encoding="utf-8") + "not-entity\tB\n", encoding="utf-8")
    assert take_back(path, first) == 4
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match="no line says 'not-entity A' any more"):
        take_back(path, first)
    assert path.read_bytes() == before


def test_bytes_that_are_not_utf_8_stay_as_they_are(path: Path) -> None:
    before = b"decision\tsubject\nnot-entity\tA\xff\n"
    path.write_bytes(before)
    write_corrections(path, [row("B")])
    assert path.read_bytes() == before + b"not-entity\tB\n"
    undo_correction(path)
    assert path.read_bytes() == before


def test_a_file_without_a_header_is_added_to_in_the_usual_order(path: Path) -> None:
    path.write_bytes(b"reject\tA\textends\tB\n")
    ((written, _),) = write_corrections(path, [row("C")])
    assert (written.line, path.read_bytes()) == (2, b"reject\tA\textends\tB\nnot-entity\tC\n")
