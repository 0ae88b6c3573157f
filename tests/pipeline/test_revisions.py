"""Notes as they were at a git revision: a history of thirty commits gives what builds of its states give."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.config import Config
from papergraph.errors import NoteError
from papergraph.insight.diff import diff_graphs
from papergraph.pipeline.revisions import build_revision, describe_revision, notes_at
from papergraph.report.diff import render_diff
from tests.conftest import Run

if shutil.which("git") is None:
    pytest.skip("needs git", allow_module_level=True)

COMMITS = 30
CONFIG = Config()
#: A note by its name: the lines of its list.
State = dict[str, list[str]]
NAMES = [f"{a}{b}Net" for a in ("Zor", "Quil", "Bran", "Tup") for b in ("a", "o", "e")]
FORMS = (
    "{0} extends {1} with a budget per layer.",
    "{0} improves on {1} by choosing what to keep.",
    "{0} outperforms {1} on LongBench by 3%.",
    "{0} 改进了 {1}，给每层单独的预算。",
    "{0} does not outperform {1} on MMLU.",
    "{0} runs on a single A100.",
)


def git(folder: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_AUTHOR_DATE": "2024-05-01T12:00:00Z",
        "GIT_COMMITTER_DATE": "2024-05-01T12:00:00Z",
    }
    done = subprocess.run(
        ["git", "-C", folder, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout


def write(folder: Path, state: State) -> None:
    """Make the notes in `folder` those of a state."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, lines in state.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {Path(name).stem}\n\n" + "".join(f"- {line}\n" for line in lines), encoding="utf-8")


def edited(state: State, chance: random.Random) -> State:
    """A state after an edit: a line added, changed or removed, a note added, moved or removed."""
    after = {name: list(lines) for name, lines in state.items()}
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["add", "add", "add", "change", "drop", "new", "move", "gone"])
        name = chance.choice(sorted(after))
        line = chance.choice(FORMS).format(*chance.sample(NAMES, 2))
        if kind == "add" or not after[name]:
            after[name].append(line)
        elif kind == "change":
            after[name][chance.randrange(len(after[name]))] = line
        elif kind == "drop":
            del after[name][chance.randrange(len(after[name]))]
        elif kind == "new":
            after[f"深/note {chance.randint(1, 9)}.md"] = [line]
        elif kind == "move":
            after[f"moved {chance.randint(1, 9)}.md"] = after.pop(name)
        elif len(after) > 2:
            del after[name]
    return after


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[State]]:
    """A repository with thirty commits, and the notes at each of them."""
    repository = tmp_path_factory.mktemp("history")
    git(repository, "init", "-q")
    (repository / "code.py").write_text("# no note\n", encoding="utf-8")
    chance = random.Random(7)  # noqa: S311  the same history each time
    states: list[State] = [{"kv cache.md": ["ZoraNet extends QuiloNet."], "b.md": ["TupeNet runs on a phone."]}]
    for number in range(COMMITS):
        if number:
            states.append(edited(states[-1], chance))
        write(repository / "notes", states[number])
        (repository / "notes" / ".hidden.md").write_text("- HidaNet extends ZoraNet.\n", encoding="utf-8")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "--allow-empty", "-m", f"Commit {number}")
    return repository, states


@pytest.mark.parametrize(("older", "newer"), [(0, 29), (10, 11), (29, 20), (5, 5)])
def test_the_difference_of_two_revisions_is_that_of_two_full_builds(
    history: tuple[Path, list[State]], tmp_path: Path, older: int, newer: int
) -> None:
    repository, states = history
    before, after = (
        build_revision([repository / "notes"], f"HEAD~{COMMITS - 1 - n}", CONFIG)[0] for n in (older, newer)
    )
    built = []
    for n in (older, newer):
        write(tmp_path / str(n), states[n])
        built.append(pg.build(tmp_path / str(n), config=CONFIG).to_graph())
    assert before == built[0]
    assert after == built[1]
    assert diff_graphs(before, after) == diff_graphs(*built)
    assert bool(diff_graphs(before, after)) == (states[older] != states[newer])


def test_nothing_is_checked_out_and_the_notes_as_they_are_count_without_a_revision(
    history: tuple[Path, list[State]], run: Run, tmp_path: Path
) -> None:
    repository = Path(shutil.copytree(history[0], tmp_path / "copy"))
    before = {p: p.read_bytes() for p in sorted(repository.rglob("*")) if p.is_file()}
    notes = repository / "notes"
    same = run("diff", "--notes", notes, "--store", tmp_path / "none")
    assert (same.code, same.out) == (0, "(no difference)\n")
    assert {p: p.read_bytes() for p in sorted(repository.rglob("*")) if p.is_file()} == before
    assert not (tmp_path / "none").exists()
    (notes / "new.md").write_text("# New\n\n- WidaNet extends VelaNet.\n", encoding="utf-8")
    told = run("diff", "--notes", notes, "--json", "--store", tmp_path / "none")
    record = json.loads(told.out)
    assert record["notes"]["new"] == ["new.md"]
    assert [c["labels"] for c in record["claims"]["new"] if c["predicate"] == "extends"] == [["WidaNet", "VelaNet"]]
    letter = run("diff", "HEAD~3", "HEAD", "--notes", notes, "--format", "markdown", "--store", tmp_path / "none")
    assert letter.out.startswith("# What these notes learned since ")
    assert "Commit 26" in letter.out.splitlines()[0]


def test_python_builds_a_revision_in_memory(history: tuple[Path, list[State]]) -> None:
    notes = history[0] / "notes"
    older, newer = pg.build(notes, revision="HEAD~29", config=CONFIG), pg.build(notes, config=CONFIG)
    report = newer.diff(older)
    assert report.value == diff_graphs(older.to_graph(), newer.to_graph())
    assert report.to_markdown() == render_diff(report.value, "markdown")
    with pytest.raises(pg.ConfigError, match="in memory"):
        pg.build(notes, revision="HEAD", store="x")


def test_files_given_by_themselves_and_links_and_long_names(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.md").write_text("# A\n\n- ZoraNet extends QuiloNet.\n", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / '读书 "x"\t.md').write_text("# B\n", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    with notes_at([tmp_path], "HEAD") as (folder,):
        assert sorted(p.name for p in folder.iterdir()) == ["a.md", '读书 "x"\t.md']
    with notes_at([tmp_path / "a.md"], "HEAD") as (file,):
        assert file.read_bytes() == (tmp_path / "a.md").read_bytes()
    (tmp_path / "a.md").unlink()
    with notes_at([tmp_path / "a.md"], "HEAD") as (file,):
        assert file.name == "a.md"
    assert describe_revision(tmp_path, "HEAD").endswith("(2024-05-01) one")


@pytest.mark.parametrize("revision", ["nosuch", "--output=x", "-h", "HEAD~99", "HEAD:a.md", ""])
def test_what_is_no_revision_is_refused(history: tuple[Path, list[State]], revision: str) -> None:
    with pytest.raises(NoteError, match="no revision"), notes_at([history[0] / "notes"], revision):
        pass


def test_a_folder_outside_of_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="not a git repository"), notes_at([tmp_path], "HEAD"):
        pass
    with pytest.raises(NoteError, match="does not exist"), notes_at([tmp_path / "a" / "b"], "HEAD"):
        pass


def test_the_environment_of_a_hook_does_not_lead_elsewhere(
    history: tuple[Path, list[State]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nosuch")
    with notes_at([history[0] / "notes"], "HEAD") as (folder,):
        assert list(folder.iterdir())


def test_what_a_vault_excludes_is_excluded_at_a_revision_too(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    write(notes, {"a.md": ["ZoraNet extends QuilaNet."], "Templates/t.md": ["TupaNet extends BranaNet."]})
    (notes / ".obsidian").mkdir()
    (notes / ".obsidian" / "app.json").write_text('{"userIgnoreFilters": ["Templates/"]}', encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    at_revision, _ = build_revision([notes], "HEAD", CONFIG)
    as_it_is, _ = build_revision([notes], "", CONFIG)
    assert at_revision == as_it_is
    assert {note.path for note in at_revision.notes} == {"a.md"}
