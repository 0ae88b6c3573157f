from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from papergraph.errors import StoreError
from papergraph.store import (
    GraphStore,
    memory_store,
    open_store,
    read_seal,
    verify_store,
    write_generation,
)
from papergraph.store.files import read_files
from papergraph.store.folder import MARKER
from papergraph.store.names import NameTable
from tests import graphs
from tests.store.folders import GRAPH, SMALLER, files, generation, make_old, renew


def truncate_manifest(generation: Path) -> None:
    for path in (generation / "graph").glob("MANIFEST-*"):
        path.write_bytes(b"")


def lose_tables(generation: Path) -> None:
    for path in (generation / "graph").glob("*.sst"):
        path.unlink()


def other_graph(generation: Path) -> None:
    shutil.rmtree(generation / "graph")
    ox.Store(str(generation / "graph")).flush()


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def do(generation: Path) -> None:
        text = (generation / name).read_text(encoding="utf-8")
        assert old in text
        (generation / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return do


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a truncated manifest": truncate_manifest,
    "lost tables": lose_tables,
    "an empty database": other_graph,
    "no generation": shutil.rmtree,
    "no seal": lambda g: (g / "seal.json").unlink(),
    "an edited seal": edit("seal.json", '"quads": ', '"quads": 1'),
    "an empty seal": lambda g: (g / "seal.json").write_text("{}"),
    "a seal that is a list": lambda g: (g / "seal.json").write_text("[]"),
    "a seal of another format": edit("seal.json", '"format": 3', '"format": 99'),
    "an edited table of names": edit("names.tsv", "Keyformer", "Keyfarmer"),
    "no table of names": lambda g: (g / "names.tsv").unlink(),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_when_opening_and_mended_by_building_anew(name: str, folder: Path) -> None:
    DAMAGES[name](generation(folder))
    with pytest.raises(StoreError, match=r"the graph is damaged \(.+\); rebuild it with: papergraph build"):
        open_store(folder)
    write_generation(folder, GRAPH, graphs.RUN)
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_a_pointer_to_nowhere_and_one_that_is_no_text_are_damage(folder: Path) -> None:
    (folder / "CURRENT").write_text("gone\n")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)
    (folder / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)
    assert read_seal(folder) is None
    write_generation(folder, GRAPH, graphs.RUN)
    assert open_store(folder).read_graph() == GRAPH


def change_a_quad(generation: Path) -> None:
    database = ox.Store(str(generation / "graph"))
    quad = next(iter(database))
    database.remove(quad)
    database.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("changed"), quad.graph_name))
    database.flush()


def test_a_database_that_another_program_wrote_to_is_refused(folder: Path) -> None:
    change_a_quad(generation(folder))
    with pytest.raises(StoreError, match=r"graph/\d+\.log did not exist when the store was built"):
        open_store(folder)


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flip(path: Path) -> None:
    """Change one byte in the middle and nothing else: neither size nor time tell."""
    state, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (flip, r"{} has changed since it was built \(possibly disk corruption\)"),
        (shorten, r"{} is shorter than when it was built: [\d,]+ instead of [\d,]+ bytes"),
        (lengthen, r"{} is longer than when it was built: [\d,]+ instead of [\d,]+ bytes"),
        (Path.unlink, r"{} is missing"),
    ],
)
def test_each_file_is_named_with_what_became_of_it(
    folder: Path, tmp_path: Path, harm: Callable[[Path], object], told: str
) -> None:
    sealed = read_files(generation(folder))
    assert {"names.tsv", "graph/CURRENT", "graph/IDENTITY"} < set(sealed)
    for name in (n for n, file in sealed.items() if file.size):
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        harm(generation(other) / name)
        with pytest.raises(StoreError, match=told.format(re.escape(name))):
            open_store(other)
        shutil.rmtree(other)


def test_a_damaged_list_of_hashes_is_damage(folder: Path) -> None:
    flip(generation(folder) / "files.json")
    with pytest.raises(StoreError, match=r"files\.json has changed since it was built"):
        open_store(folder)
    (generation(folder) / "files.json").unlink()
    with pytest.raises(StoreError, match=r"the graph is damaged \(.*files\.json"):
        open_store(folder)


def test_what_the_engine_writes_for_people_may_change(folder: Path) -> None:
    (generation(folder) / "graph" / "LOG").write_bytes(b"\xff" * 99)
    (generation(folder) / "graph" / "LOG.old.1").write_bytes(b"")
    (generation(folder) / "graph" / ".DS_Store").write_bytes(b"x")
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_a_store_of_a_newer_papergraph_is_not_called_damaged_and_never_overwritten(folder: Path) -> None:
    renew(folder, '"format": 3', '"format": 7')
    before = {path: path.read_bytes() for path in files(folder) if path.name != "lock"}
    for act in (open_store, verify_store, lambda f: write_generation(f, SMALLER, graphs.RUN)):
        with pytest.raises(
            StoreError, match=r"written by a newer version of papergraph \(format 7; .*\): upgrade"
        ) as told:
            act(folder)
        assert "damaged" not in str(told.value)
    assert {path: path.read_bytes() for path in files(folder) if path.name != "lock"} == before


def test_a_newer_marker_stops_builds_and_explains_what_cannot_be_read(folder: Path) -> None:
    (folder / MARKER).write_text('{"format": 4}\n')
    assert open_store(folder).read_graph() == GRAPH, "what can be read is read"
    with pytest.raises(StoreError, match="newer version of papergraph"):
        write_generation(folder, SMALLER, graphs.RUN)
    (generation(folder) / "seal.json").write_text("in another form")
    with pytest.raises(StoreError, match="newer version of papergraph"):
        open_store(folder)
    assert (folder / MARKER).read_text() == '{"format": 4}\n'


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "x"}', "\ud800", "[" * 9999])
def test_a_marker_that_cannot_be_read_is_written_anew(folder: Path, text: str) -> None:
    (folder / MARKER).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert open_store(folder).read_graph() == GRAPH
    write_generation(folder, SMALLER, graphs.RUN)
    assert (folder / MARKER).read_text() == '{"format": 3}\n'


def test_an_older_store_is_not_called_damaged_and_is_built_anew(folder: Path) -> None:
    make_old(folder)
    for act in (open_store, verify_store):
        with pytest.raises(StoreError, match=r"older version of papergraph \(format 2; .*: rebuild it with") as told:
            act(folder)
        assert "damaged" not in str(told.value)
    write_generation(folder, GRAPH, graphs.RUN)
    assert verify_store(folder).files > 10


def test_damage_that_shows_only_while_quads_are_read_is_told_without_a_traceback() -> None:
    class Broken:
        def quads_for_pattern(self, *_: object) -> Iterator[object]:
            yield from ()
            raise OSError("block checksum mismatch")

    opened = GraphStore(cast("ox.Store", Broken()), memory_store(GRAPH, graphs.RUN).seal, NameTable())
    for read in (opened.read_graph, lambda: opened.knows("urn:a"), lambda: opened.digest):
        with pytest.raises(StoreError, match="block checksum mismatch"):
            read()


def test_a_reader_follows_a_pointer_that_is_swapped_under_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_text
    swapped: list[Path] = []

    def read(path: Path, *args: str, **kwargs: str) -> str:
        text = real(path, *args, **kwargs)
        if path.name == "CURRENT" and not swapped:
            swapped.append(path)
            for number in range(3):
                write_generation(folder, SMALLER, replace(graphs.RUN, configuration=str(number)))
        return text

    monkeypatch.setattr(Path, "read_text", read)
    assert open_store(folder).read_graph() == SMALLER
