"""Readers that share notes: the same outcome however many there are, and whatever a note does to one of them."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.pipeline.readers import Outcome, crew, extract_notes, extract_text, reader
from papergraph.sources import NoteFile, find_notes

#: What each unruly note makes of its reader, and what is said of it.
FATE = {
    "loop.md": ("LOOP", "takes more than 1 s per megabyte"),
    "sleep.md": ("SLEEP", "takes more than 1 s per megabyte"),
    "eat.md": ("EAT", "needs more than 300 MB of memory"),
    "raise.md": ("RAISE", "papergraph failed on this note (ZeroDivisionError at extract/"),
    "abort.md": ("ABORT", "crashed the process that reads it 2 times (SIGABRT)"),
    "exit.md": ("EXIT", "crashed the process that reads it 2 times (exit code 3)"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(20):
        text = f"- SnapKV improves on H2O, a KV cache method {number}\n"
        (notes / f"{number:02}.md").write_text(text, encoding="utf-8")
    (notes / "empty.md").write_bytes(b"")
    return notes


def notes_of(folder: Path) -> tuple[NoteFile, ...]:
    return find_notes([folder]).notes


def plain(outcomes: list[Outcome]) -> list[tuple[str, object, str]]:
    return [(o.note.name, o.extraction, o.problem) for o in outcomes]


def test_two_readers_say_what_one_says_in_the_same_order(folder: Path) -> None:
    notes = notes_of(folder)
    one = plain(list(extract_notes(notes, Config(jobs=1))))
    assert plain(list(extract_notes(notes, Config(jobs=2)))) == one
    assert [name for name, _, _ in one] == [n.name for n in notes]
    assert [problem for _, _, problem in one if problem] == ["is empty"]


@pytest.mark.parametrize("names", [["loop.md", "raise.md"], pytest.param([*FATE], marks=pytest.mark.slow)])
def test_whatever_a_note_does_to_its_reader_the_others_are_read(names: list[str], folder: Path, unruly: str) -> None:
    good = [f"{number:02}.md" for number in range(20)]
    for name in names:
        (folder / name).write_text(FATE[name][0], encoding="utf-8")
    limited = Config(extractors=(unruly,), note_seconds=1.0, note_megabytes=300, jobs=2)
    outcomes = {o.note.name: o for o in extract_notes(notes_of(folder), limited)}
    assert [name for name, outcome in outcomes.items() if outcome.extraction] == good
    for name in names:
        assert FATE[name][1] in outcomes[name].problem


@pytest.mark.slow
def test_a_reader_that_somebody_kills_costs_no_note(folder: Path, unruly: str) -> None:
    (folder / "killed.md").write_text("- SnapKV improves on H2O, KILLED ONCE\n", encoding="utf-8")
    outcomes = {o.note.name: o for o in extract_notes(notes_of(folder), Config(extractors=(unruly,)))}
    assert outcomes["killed.md"].extraction is not None
    assert Path(os.environ["KILLED"]).exists()


def test_what_is_cached_needs_no_reader(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = plain(list(extract_notes(notes_of(folder), Config(), tmp_path / "cache")))
    (folder / "empty.md").unlink()
    monkeypatch.setattr(crew, "take_reader", lambda: pytest.fail("a note was read again"))
    assert plain(list(extract_notes(notes_of(folder), Config(), tmp_path / "cache"))) == first[:-1]


def test_a_reader_stands_by_for_the_next_build_and_follows_its_settings(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "methods.tsv").write_text("name\taliases\nZorbify\tZrb\n", encoding="utf-8")
    (folder / "mine.md").write_text("Zrb is fine\n", encoding="utf-8")
    list(extract_notes(notes_of(folder), Config()))
    (standing,) = reader._STANDBY
    mine = Config(vocabulary=(str(tmp_path / "methods.tsv"),))
    found = {o.note.name: o.extraction for o in extract_notes(notes_of(folder), mine)}["mine.md"]
    assert found is not None
    assert [m.vocabulary for m in found.mentions] == ["method/zorbify"]
    assert standing in reader._STANDBY


def test_readers_that_are_not_needed_any_more_are_ended(folder: Path) -> None:
    outcomes = extract_notes(notes_of(folder), Config(jobs=2))
    next(outcomes)
    assert isinstance(outcomes, Generator)
    outcomes.close()
    assert len(reader._STANDBY) <= 1


def test_several_readers_are_taken_where_there_is_much_to_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = notes_of(folder)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert crew._jobs(0, notes) == 1
    monkeypatch.setattr(crew, "_WORTH_READERS", 100)
    assert crew._jobs(0, notes) == 4
    assert crew._jobs(3, notes[:2]) == 2


def test_an_unknown_extractor_is_told_before_any_note_is_read(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no extractor named 'x'"):
        list(extract_notes(notes_of(folder), Config(extractors=("x",))))


def test_a_pattern_file_that_is_wrong_is_told_by_the_reader(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("- predicate: adores\n  patterns: ['x']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="group 1: needs predicate"):
        list(extract_notes(notes_of(folder), Config(patterns=(str(tmp_path / "mine.yaml"),))))


def test_a_process_that_cannot_start_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.dismiss_standby()
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(NoteError, match="cannot start a process to read notes"):
        list(extract_notes(notes_of(folder), Config()))


def test_a_text_is_read_under_the_same_limits() -> None:
    found = extract_text("stdin", b"H2O keeps heavy hitters of the KV cache", Config())
    assert found.mentions[0].name == "H2O"
    with pytest.raises(NoteError, match="stdin: is empty"):
        extract_text("stdin", b"", Config())


def test_a_reader_that_stands_by_follows_to_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(extract_notes(notes_of(folder), Config()))
    monkeypatch.chdir(folder)
    outcomes = list(extract_notes((NoteFile(Path("00.md"), "00.md"),), Config()))
    assert [bool(o.extraction) for o in outcomes] == [True]


def test_a_reader_that_stands_by_before_anything_is_known_is_taken_first_and_dismissed_at_once() -> None:
    reader.dismiss_standby()
    reader.stand_by()
    reader.stand_by()
    (standing,) = reader._STANDBY
    assert reader.take_reader() is standing
    assert not reader._STANDBY
    assert standing.alive
    assert standing.close() < 0  # killed: it has nothing to finish
