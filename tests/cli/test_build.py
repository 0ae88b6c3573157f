"""`papergraph build`, with good and with bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from papergraph.store import open_store, read_seal
from tests.conftest import NOTES, Run

COUNT = len(list(NOTES.glob("*.md")))


def test_it_prints_what_the_graph_holds(run: Run, own_store: Path) -> None:
    outcome = run("build", NOTES, "--store", own_store)
    assert outcome.code == 0
    assert "entities" in outcome.out
    assert "improvesOn" in outcome.out
    assert f"{COUNT} notes" in outcome.err


def test_it_counts_in_json_too(run: Run, own_store: Path) -> None:
    record = json.loads(run("build", NOTES, "--json", "--store", own_store).out)
    assert record["notes"] == COUNT
    assert record["entities"]["Method"] > 50
    assert record["problems"] == []


def test_quiet_leaves_only_the_data(run: Run, own_store: Path) -> None:
    outcome = run("-q", "build", NOTES, "--store", own_store)
    assert outcome.err == ""


def test_without_paths_it_says_what_to_do(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("build", "--store", tmp_path / "s")
    assert outcome.code == 2
    assert "notes = [...]" in outcome.err


def test_settings_name_notes_store_vocabulary_and_patterns(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("- Zorbify: 青出于蓝而胜于 H2O 的 KV 缓存方法\n", encoding="utf-8")
    (tmp_path / "methods-mine.tsv").write_text("name\taliases\nZorbify\tZrb\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "- predicate: improvesOn\n  cues: [青出于蓝]\n  patterns: ['青出于蓝而胜于{O}']\n", encoding="utf-8"
    )
    (tmp_path / "papergraph.toml").write_text(
        'notes = ["notes"]\nstore = "g"\nvocabulary = ["methods-mine.tsv"]\npatterns = ["mine.yaml"]\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    assert run("build").code == 0
    assert "Zorbify  improvesOn" in run("lineage", "H2O").out


BAD = {
    "binary.md": bytes(range(256)) * 20,
    "empty.md": b"",
    "accents.md": "caf\xe9 na\xefve r\xe9sum\xe9".encode("latin-1"),
    "cyrillic.md": "Привет, это заметка".encode("cp1251"),
    "front.md": b"---\ntitle: [unclosed\n---\ntext\n",
    "bomb.md": b"---\na: &a [x]\nb: *a\n---\ntext\n",
    "big.md": b"x" * 5_000_000,
}


def bad_folder(folder: Path) -> Path:
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "folder.md").mkdir()
    (folder / "broken.md").symlink_to(folder / "nowhere.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "good.md").write_text("- SnapKV improves on H2O, a KV cache method\n", encoding="utf-8")
    return folder


def test_bad_notes_are_named_with_their_reason_and_the_others_are_built(run: Run, tmp_path: Path) -> None:
    outcome = run("build", bad_folder(tmp_path / "notes"), "--store", tmp_path / "s")
    assert outcome.code == 1
    for name in [*BAD, "folder.md", "broken.md", "pipe.md"]:
        assert name in outcome.err
    assert "4 notes ->" in outcome.err  # bad front matter and accents lose nothing but themselves
    for reason in (
        "is binary",
        "is empty",
        "no UTF-8",
        "a guess",
        "not valid YAML",
        "aliases",
        "max_bytes",
        "broken link",
        "no regular",
    ):
        assert reason in outcome.err
    assert open_store(tmp_path / "s").find("SnapKV")


def test_an_unreadable_note_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("- H2O", encoding="utf-8")

    opened = os.open

    def refuse(path: str | Path, *arguments: Any, **options: Any) -> int:
        if str(path).endswith(".md"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    outcome = run("build", tmp_path / "a.md", "--store", tmp_path / "s")
    assert (outcome.code, "a.md: cannot be read: Permission denied" in outcome.err) == (1, True)


def test_a_folder_with_other_files_is_no_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    outcome = run("build", NOTES, "--store", tmp_path)
    assert (outcome.code, "choose another folder" in outcome.err) == (1, True)
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "mine"


def test_an_incremental_build_equals_a_fresh_one(run: Run, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    for path in sorted(NOTES.glob("*.md"))[:5]:
        (notes / path.name).write_bytes(path.read_bytes())
    run("build", notes, "--store", tmp_path / "old")
    (notes / "new.md").write_text("- PyramidKV extends SnapKV with budgets per layer\n", encoding="utf-8")
    (notes / "kv-cache.md").unlink(missing_ok=True)
    run("build", notes, "--store", tmp_path / "old")
    run("build", notes, "--store", tmp_path / "fresh")
    old, fresh = read_seal(tmp_path / "old"), read_seal(tmp_path / "fresh")
    assert old is not None
    assert old == fresh


@pytest.mark.parametrize("count", [2, pytest.param(COUNT, marks=pytest.mark.slow)])
def test_two_builds_give_the_same_bytes_whatever_the_hash_seed(run: Run, tmp_path: Path, count: int) -> None:
    """This process and the reader that it starts have random seeds of their own."""
    here, there = tmp_path / "here", tmp_path / "there"
    paths = sorted(str(p) for p in NOTES.glob("*.md"))[:count]
    assert run("build", *paths, "--store", here).code == 0
    command = [sys.executable, "-m", "papergraph", "-q", "build", *reversed(paths), "--store", str(there)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "77"})
    assert open_store(here, verify=True).seal.digest == open_store(there, verify=True).seal.digest


def test_a_misspelt_folder_leaves_the_graph_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- SnapKV improves on H2O\n", encoding="utf-8")
    run("build", tmp_path / "a.md", "--store", tmp_path / "s")
    before, cached = read_seal(tmp_path / "s"), list((tmp_path / "s" / "cache").iterdir())
    outcome = run("build", tmp_path / "nosuch", "--store", tmp_path / "s")
    assert (outcome.code, outcome.out) == (1, "")
    assert "nosuch: does not exist; the graph in" in outcome.err
    assert read_seal(tmp_path / "s") == before
    assert list((tmp_path / "s" / "cache").iterdir()) == cached


def test_an_empty_folder_is_built_only_if_that_is_meant(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    outcome = run("build", tmp_path / "notes", "--store", tmp_path / "s")
    assert (outcome.code, "contains no notes; no graph was built" in outcome.err) == (1, True)
    assert not (tmp_path / "s").exists()
    assert run("build", tmp_path / "notes", "--allow-empty", "--store", tmp_path / "s").code == 0
    assert open_store(tmp_path / "s").seal.run.inputs == ()


def test_restore_returns_to_the_graph_before_and_tells_what_it_holds(run: Run, tmp_path: Path) -> None:
    note, store = tmp_path / "a.md", tmp_path / "s"
    assert "no graph in this folder" in run("build", "--restore", "--store", store).err
    texts = ("- SnapKV improves on H2O, a KV cache method\n", "- LongLoRA extends LoRA\n")
    seals = []
    for text in texts:
        note.write_text(text, encoding="utf-8")
        assert run("build", note, "--store", store).code == 0
        seals.append(read_seal(store))
    for seal in (seals[0], seals[1], seals[0]):
        assert seal
        outcome = run("build", "--restore", "--store", store)
        assert (outcome.code, read_seal(store)) == (0, seal)
        assert f"1 note -> {store} ({seal.quads:,} quads)" in outcome.err
        assert "entities" in outcome.out
    assert "improvesOn" in run("lineage", "H2O", "--store", store).out


def test_restore_reads_no_notes_and_is_refused_where_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- SnapKV improves on H2O\n", encoding="utf-8")
    run("build", tmp_path / "a.md", "--store", tmp_path / "s")
    outcome = run("build", "--restore", "--store", tmp_path / "s")
    assert (outcome.code, "there is no previous graph to restore" in outcome.err) == (1, True)
    outcome = run("build", "--restore", tmp_path / "a.md", "--store", tmp_path / "s")
    assert (outcome.code, "--restore takes neither PATHS nor --watch" in outcome.err) == (2, True)
