"""`papergraph vault`, and libraries on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import papergraph as pg
from tests.conftest import Run

REFS = "@misc{berg2023, title = {Zorb: Striped Attention for Zebra Herds}, author = {Berg, Ann}, year = 2023}\n"


def test_a_library_and_a_vault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("FT-Zebra extends [@berg2023].\n", encoding="utf-8")
    (tmp_path / "refs.bib").write_text(REFS + "@misc{broken, title = {x}", encoding="utf-8")
    store, pages = tmp_path / "store", tmp_path / "notes" / "Pages"
    built = run("build", tmp_path / "notes", "--library", tmp_path / "refs.bib", "--store", store)
    assert built.code == 1
    assert "refs.bib:2: invalid BibTeX was left out" in built.err
    assert run("show", "@berg2023", "--store", store).out.startswith("Zorb: Striped Attention for Zebra Herds")

    assert "written, 0 unchanged, 0 removed" in run("vault", "-o", pages, "--store", store).err
    text = (pages / "FT-Zebra.md").read_text(encoding="utf-8")
    assert 'extends:\n  - "[[Zorb]]"\n' in text
    outcome = run("vault", "-o", pages, "--type", "Method", "--json", "--store", store)
    found = json.loads(outcome.out)
    assert "Ann Berg.md" in found["removed"]
    assert sorted(p.name for p in pages.iterdir()) == ["FT-Zebra.md", "Zorb.md"]

    (pages / "Zorb.md").write_text((pages / "Zorb.md").read_text(encoding="utf-8") + "Mine.\n", encoding="utf-8")
    again = pg.build(tmp_path / "notes")
    assert again.problems == ()
    assert {e.label for e in again.source.read_graph().entities} == {"FT-Zebra", "@berg2023"}
    changes = again.write_vault(pages)
    assert changes.kept == (("Zorb.md", "the graph no longer has it, but you added to the page; remove it yourself"),)


def test_a_vault_needs_a_folder(run: Run, tmp_path: Path, demo_store: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    outcome = run("vault", "-o", tmp_path / "file", "--store", demo_store)
    assert outcome.code == 1
    assert "cannot be used as a folder" in outcome.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_the_pages_of_the_demo_notes(run: Run, tmp_path: Path, demo_store: Path) -> None:
    for flavour in ("obsidian", "logseq"):
        assert run("vault", "-o", tmp_path / flavour, "--flavour", flavour, "--store", demo_store).code == 0
        names = [p.name for p in (tmp_path / flavour).iterdir()]
        assert len({name.casefold() for name in names}) == len(names) > 100
        assert "H2O.md" in names
