"""`papergraph init`."""

from __future__ import annotations

import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from papergraph.config import Config, read_config
from papergraph.page.note_links import note_template
from tests.conftest import Run


def note(folder: Path, name: str, text: str = "# KV cache\n\nH2O keeps the heavy hitters.\n") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_what_it_writes_is_what_build_reads(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    note(tmp_path, "notes/kv.md", "- Keyformer: fewer key tokens, MLSys 2024\n  - improves on H2O\n")
    note(tmp_path, "README.md")
    outcome = run("init")
    assert (outcome.code, "found 2 notes (English)" in outcome.err) == (0, True)
    assert "next: papergraph build" in outcome.err
    assert run("build").code == 0
    assert "Keyformer" in run("lineage", "H2O").out


def test_a_file_that_is_there_is_never_changed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "papergraph.toml"
    path.write_text("threshold = 0.7\n", encoding="utf-8")
    outcome = run("init", tmp_path)
    assert (outcome.code, "was not changed" in outcome.err) == (2, True)
    assert path.read_text(encoding="utf-8") == "threshold = 0.7\n"
    assert "notes = " in run("init", "--print", tmp_path).out


def test_a_vault_is_linked_to(run: Run, tmp_path: Path) -> None:
    vault = tmp_path / 'Reading "list" 阅读'
    note(vault, "papers/a.md")
    note(vault, ".obsidian/app.json", "{}")
    outcome = run("init", vault)
    assert (outcome.code, f"next: cd {shlex.quote(str(vault))} && papergraph build" in outcome.err) == (0, True)
    config = read_config(vault / "papergraph.toml")
    assert [Path(p).resolve() for p in config.notes] == [vault.resolve()]
    assert config.note_url == 'obsidian:Reading "list" 阅读'
    assert note_template(config.note_url)


def test_bibliographies_are_named(run: Run, tmp_path: Path) -> None:
    note(tmp_path, "notes/a.md")
    note(tmp_path, "refs.bib", "@misc{a}")
    text = run("init", "--print", tmp_path).out
    assert "bibliographies: refs.bib" in text
    if "library" in {field.name for field in fields(Config)}:
        assert tomllib.loads(text)["library"] == ["refs.bib"]


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\tb", "a\x7fb", "笔记 {{ 7 * 7 }}", "a'b", "#x"])
def test_whatever_folders_are_called_the_settings_are_toml(run: Run, tmp_path: Path, name: str) -> None:
    for place in ("", ".obsidian"):
        folder = tmp_path / name / place
        folder.mkdir(parents=True, exist_ok=True)
    note(tmp_path / name, "a.md")
    (tmp_path / name / "x\ny.bib").touch()
    text = run("init", "--print", tmp_path / name).out
    assert tomllib.loads(text)["note_url"] == f"obsidian:{name}"


def test_every_setting_that_it_mentions_exists(run: Run, tmp_path: Path) -> None:
    text = run("init", "--print", tmp_path).out
    mentioned = {line.removeprefix("# ").partition(" = ")[0] for line in text.splitlines() if " = " in line}
    assert {"notes", "threshold", "store", "corrections"} <= mentioned
    assert mentioned <= {field.name for field in fields(Config)}
    commented = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ") and " = " in line]
    assert tomllib.loads("\n".join(commented))
