from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.sources.survey import survey_folder


def fill(folder: Path, *names: str, text: str = "# Title\n\nSome words.\n") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "places"),
    [
        ((), (".",)),
        (("a.md",), (".",)),
        (("README.md", "notes/a.md", "notes/deep/b.md"), ("notes",)),
        (("CHANGELOG.md", "LICENSE.md", "en/a.md", "zh/b.md"), ("en", "zh")),
        (("a.md", "old/b.md"), (".",)),
        (tuple(f"{n}/a{n}.md" for n in range(6)), (".",)),
        (("node_modules/x/readme.md", ".trash/b.md", "notes/a.md"), ("notes",)),
    ],
)
def test_notes_are_where_they_lie(tmp_path: Path, names: tuple[str, ...], places: tuple[str, ...]) -> None:
    fill(tmp_path, *names)
    assert survey_folder(tmp_path).places == places


def test_languages_are_counted_by_note(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "b.md")
    fill(tmp_path, "c.md", text="# KV 缓存\n\nH2O 只保留累积注意力最大的 token。\n")
    fill(tmp_path, "d.md", text="")
    found = survey_folder(tmp_path)
    assert (found.notes, found.chinese, found.english) == (4, 1, 3)


@pytest.mark.parametrize(
    ("marker", "program", "place"),
    [
        (".obsidian/app.json", "Obsidian", "."),
        ("vault/.obsidian/app.json", "Obsidian", "vault"),
        ("logseq/config.edn", "Logseq", "."),
        ("logseq/pages.md", "", ""),
    ],
)
def test_vaults_are_recognised_by_what_their_programs_write(
    tmp_path: Path, marker: str, program: str, place: str
) -> None:
    fill(tmp_path, marker, "vault/a.md")
    found = survey_folder(tmp_path)
    assert found.vault == program
    if program:
        assert found.places == (place,)
        assert found.vault_name == (tmp_path / place).name


def test_bibliographies_are_found_near_the_top(tmp_path: Path) -> None:
    fill(tmp_path, "refs.bib", "papers/more.bib", "a/b/deep.bib", ".hidden/x.bib")
    assert survey_folder(tmp_path).libraries == ("papers/more.bib", "refs.bib")
