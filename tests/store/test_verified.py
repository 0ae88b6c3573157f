"""Large stores are opened without reading what is known to be whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from papergraph.errors import StoreError
from papergraph.store import files as hashing
from papergraph.store import open_store, verified, verify_store, write_generation
from papergraph.store.files import read_files
from papergraph.store.verified import VERIFIED
from tests import graphs
from tests.conftest import Run
from tests.store.folders import GRAPH, SMALLER, generation
from tests.store.test_damage import flip


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that counts as large."""
    monkeypatch.setattr(verified, "SMALL", 0)
    write_generation(tmp_path / "large", GRAPH, graphs.RUN)
    return tmp_path / "large"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], set[str]]:
    """Open a store and return the names of the files that were read to be compared with their hashes."""
    compute = hashing._hash

    def names(folder: Path) -> set[str]:
        seen: set[str] = set()

        def watched(path: Path, pace: hashing.Pace = lambda _: None) -> hashing.FileHash:
            seen.add(path.name)
            return compute(path, pace)

        monkeypatch.setattr(hashing, "_hash", watched)
        open_store(folder)
        return seen

    return names


def table(folder: Path) -> Path:
    return max(generation(folder).glob("graph/*.sst"))


def test_a_large_store_is_opened_without_reading_its_files(large: Path, read: Callable[[Path], set[str]]) -> None:
    assert (generation(large) / VERIFIED).is_file()
    assert read(large) == set()


def test_a_small_store_is_read_whole_whenever_it_is_opened(folder: Path, read: Callable[[Path], set[str]]) -> None:
    assert not (generation(folder) / VERIFIED).exists()
    assert len(read(folder)) == len(read_files(generation(folder)))


def test_a_file_whose_time_changed_is_read_once(large: Path, read: Callable[[Path], set[str]]) -> None:
    os.utime(table(large), (1, 1))
    assert read(large) == {table(large).name}
    assert read(large) == set()


def test_a_file_that_changed_is_refused_whenever_it_is_opened(large: Path) -> None:
    path = table(large)
    flip(path)
    os.utime(path, (1, 1))
    for _ in range(2):
        with pytest.raises(StoreError, match=rf"graph/{path.name} has changed since it was built"):
            open_store(large)


def test_damage_that_leaves_size_and_time_as_they_were_is_found_by_verifying(large: Path) -> None:
    flip(generation(large) / "graph" / "IDENTITY")  # the engine reads it, and sees nothing in it
    open_store(large)
    assert verify_store(large).damage == ("graph/IDENTITY has changed since it was built (possibly disk corruption)",)
    with pytest.raises(StoreError, match="has changed since it was built"):
        open_store(large, verify=True)


@pytest.mark.parametrize("text", [None, b"", b"[]", b"{", b'{"names.tsv": 1}', b"\xff", b'{"names.tsv": [1, 2]}'])
def test_the_record_may_be_lost_or_damaged(large: Path, read: Callable[[Path], set[str]], text: bytes | None) -> None:
    record = generation(large) / VERIFIED
    record.unlink() if text is None else record.write_bytes(text)
    assert len(read(large)) == len(read_files(generation(large)))
    assert read(large) == set(), "it was made again"


def test_a_copy_with_other_times_is_read_once(large: Path, tmp_path: Path, read: Callable[[Path], set[str]]) -> None:
    copy = shutil.copytree(large, tmp_path / "copy", copy_function=shutil.copyfile)
    assert len(read(copy)) == len(read_files(generation(copy)))
    assert read(copy) == set()


def test_verifying_notes_what_is_whole(large: Path, read: Callable[[Path], set[str]]) -> None:
    (generation(large) / VERIFIED).unlink()
    assert verify_store(large).damage == ()
    assert read(large) == set()
    write_generation(large, SMALLER, graphs.RUN)
    assert open_store(large).read_graph() == SMALLER


COMMANDS = (
    ("show", "H2O"),
    ("lineage", "H2O"),
    ("query", "SELECT * { ?s ?p ?o }"),
    ("query", "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o FILTER(ISIRI(?o)) } GROUP BY ?p"),
    ("export", "--format", "nquads", "--output", "-"),
    ("check", "--no-shacl"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_that_comes_upon_damage_says_so_without_a_traceback(
    large: Path, run: Run, command: tuple[str, ...]
) -> None:
    for path in generation(large).glob("graph/*.sst"):
        state = path.stat()
        with path.open("r+b") as file:
            file.write(b"\xff" * 60)  # inside the first block of data, which opening does not read
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    outcome = run(*command, "--store", large)
    assert outcome.code in {1, 2}
    assert any(word in outcome.out + outcome.err for word in ("damage", "the query failed"))
