"""The map that a store keeps: things stay where they were, and the file is never half written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from papergraph.page import keeping
from papergraph.page.keeping import keep_map, kept_map
from tests.conftest import NOTES, Run
from tests.page.test_page import island_of


def places(page: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """Return where each thing stands, by its short IRI."""
    nodes = island_of(page.read_text(encoding="utf-8"), "graph-data")["nodes"]
    columns = (nodes[name] for name in ("type", "slug", "x", "y"))
    return {(kind, slug): (x, y) for kind, slug, x, y in zip(*columns, strict=True)}


@pytest.mark.slow
def test_things_stay_where_they_were_when_notes_are_added(run: Run, tmp_path: Path) -> None:
    store, page, notes = tmp_path / "store", tmp_path / "page.html", tmp_path / "notes"
    notes.mkdir()
    for note in sorted(NOTES.glob("*.md"))[:5]:
        (notes / note.name).write_bytes(note.read_bytes())
    assert run("-q", "build", notes, "--store", store).code == 0
    assert run("view", "--store", store, "-o", page).code == 0
    before = places(page)
    new = "# New\n\nNewCache improves on H2O.\n\nNewerCache extends NewCache.\n"
    (notes / "new.md").write_text(new, encoding="utf-8")
    assert run("-q", "build", notes, "--store", store).code == 0
    assert run("view", "--store", store, "-o", page).code == 0
    after = places(page)
    assert len(after) > len(before)
    moved = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    assert len(moved) <= 3  # those that stood aside and are now related
    assert run("view", "--fresh", "--store", store, "-o", page).code == 0
    assert places(page) != after


def test_the_same_command_gives_the_same_page(run: Run, own_store: Path, tmp_path: Path) -> None:
    pages = [tmp_path / f"{n}.html" for n in range(2)]
    for page in pages:
        assert run("view", "--store", own_store, "-o", page).code == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_part_of_the_graph_has_a_map_of_its_own(run: Run, own_store: Path, tmp_path: Path) -> None:
    kept = own_store / "map.json"
    before = kept.read_bytes() if kept.exists() else None
    assert run("view", "--store", own_store, "--focus", "H2O", "-o", tmp_path / "part.html").code == 0
    assert (kept.read_bytes() if kept.exists() else None) == before


def test_a_file_that_is_no_map_is_no_map(tmp_path: Path) -> None:
    assert kept_map(tmp_path) is None
    for text in ("", "[]", '{"a": 1}', "\x00", "{"):
        (tmp_path / "map.json").write_text(text, encoding="utf-8")
        assert kept_map(tmp_path) is None


def test_a_map_is_replaced_as_a_whole(tmp_path: Path) -> None:
    keep_map(tmp_path, "one")
    keep_map(tmp_path, "two")
    assert [file.name for file in tmp_path.iterdir()] == ["map.json"]
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == "two"


def test_a_store_that_cannot_keep_a_map_still_has_a_page(
    run: Run, demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(store: Path, text: str) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(keeping, "keep_map", refuse)
    outcome = run("view", "--store", demo_store, "-o", tmp_path / "page.html")
    assert outcome.code == 0
    assert re.search(r"cannot save the layout.*Read-only", outcome.err)
