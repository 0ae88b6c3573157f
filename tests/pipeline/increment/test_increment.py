"""A build after an edit gives what a build of all notes gives, and touches only what the edit does."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.model import Problem
from papergraph.pipeline import increment, steps
from papergraph.pipeline.increment.state import STATE
from papergraph.store import Seal, memory_store, open_store, restore_previous
from tests.conftest import NOTES
from tests.pipeline.increment.edits import edit, make_note
from tests.repeats import repeats
from tests.store.folders import generation
from tests.store.test_damage import flip

Built = tuple[Seal, tuple[Problem, ...]]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    chance = random.Random(5)  # noqa: S311  nothing secret
    for number in range(12):
        (folder / f"{number:02}.md").write_text(make_note(chance), encoding="utf-8")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(store=str(tmp_path / "store"), corrections=str(tmp_path / "corrections.tsv"), jobs=1)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What builds of all notes read, one entry a build: an edit should cause none."""
    real, seen = steps.run_pipeline, list[str]()

    def watched(*arguments: object, **named: object) -> steps.Build:
        seen.append("all")
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "run_pipeline", watched)
    return seen  # type: ignore[return-value]


def afresh(notes: Path, config: Config) -> Built:
    """Return what a build of all notes comes to; extractions are kept, which is another matter."""
    build = steps.run_pipeline([notes], config, cache=Path(config.store) / "cache")
    store = memory_store(build.graph, steps._run(build), base=config.base, threshold=config.threshold)
    return store.seal, build.problems


def script(notes: Path, config: Config, chance: random.Random, length: int, whole: list[str]) -> None:
    """Try random edits."""
    for _ in range(length):
        done = [edit(notes, chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        whole.clear()
        built = steps.build_store([notes], config)
        assert not whole, done
        assert built == afresh(notes, config), done
    open_store(Path(config.store), verify=True)


@pytest.mark.parametrize("seed", range(2))
def test_edits_give_what_a_build_of_all_notes_gives(
    seed: int, notes: Path, config: Config, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(increment, "_FEW", 99)
    steps.build_store([notes], config)
    monkeypatch.setattr(increment, "_NEVER_MIND", ())
    script(notes, config, random.Random(seed), 5, whole)  # noqa: S311  nothing secret


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + repeats(4)))
def test_a_hundred_scripts_of_edits_give_what_builds_of_all_notes_give(
    seed: int, notes: Path, config: Config, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(increment, "_FEW", 99)
    steps.build_store([notes], config)
    monkeypatch.setattr(increment, "_NEVER_MIND", ())
    script(notes, config, random.Random(seed), 8, whole)  # noqa: S311  nothing secret


def test_a_link_that_joins_two_works_and_its_removal(notes: Path, config: Config, whole: list[str]) -> None:
    title = "Caching of Keys in Models with Very Long Contexts"
    for number, address in enumerate(("https://arxiv.org/abs/2402.20001", "https://doi.org/10.1145/2402.7")):
        for copy in range(6):
            text = f"# Reading\n\n- [{title} {'I' * (number + 1)}]({address}): proposes Blorp{number}.\n"
            (notes / f"work-{number}-{copy}.md").write_text(text, encoding="utf-8")
    apart, _ = steps.build_store([notes], config)
    joining = notes / "joining.md"
    both = f"- [{title} I](https://arxiv.org/abs/2402.20001) ([doi](https://doi.org/10.1145/2402.7))\n"
    joining.write_text(both, encoding="utf-8")
    whole.clear()
    joined = steps.build_store([notes], config)
    assert not whole
    assert joined == afresh(notes, config)
    joining.unlink()
    whole.clear()
    parted, _ = steps.build_store([notes], config)
    assert not whole
    assert parted == apart


def test_nothing_is_done_where_nothing_changed(notes: Path, config: Config, whole: list[str]) -> None:
    built = steps.build_store([notes], config)
    before = generation(Path(config.store))
    shutil.rmtree(Path(config.store) / "cache")
    (Path(config.store) / "cache").mkdir()
    whole.clear()
    assert steps.build_store([notes], config) == built
    assert not whole, "not even the extractions are looked at"
    assert generation(Path(config.store)) == before


def lose_state(folder: Path) -> None:
    (folder / STATE).unlink()


def spoil_state(folder: Path) -> None:
    (folder / STATE).write_bytes(b"no database")


def empty_state(folder: Path) -> None:
    with sqlite3.connect(folder / STATE) as database:
        database.execute("DELETE FROM own")


def go_back(folder: Path) -> None:
    restore_previous(folder)


def damage(folder: Path) -> None:
    flip(max(generation(folder).glob("graph/*.sst")))


def lose_cache(folder: Path) -> None:
    shutil.rmtree(folder / "cache")


@pytest.mark.parametrize("harm", [lose_state, spoil_state, empty_state, go_back, damage, lose_cache])
def test_where_it_is_not_certain_all_is_built(
    harm: Callable[[Path], None], notes: Path, config: Config, whole: list[str]
) -> None:
    steps.build_store([notes], config)
    (notes / "00.md").write_text("- SnapKV improves on H2O.\n", encoding="utf-8")
    steps.build_store([notes], config)
    harm(Path(config.store))
    (notes / "00.md").write_text("- SnapKV extends H2O.\n", encoding="utf-8")
    whole.clear()
    built = steps.build_store([notes], config)
    assert whole
    assert built == afresh(notes, config)
    open_store(Path(config.store), verify=True)


def test_other_settings_corrections_and_many_changes_are_built_whole(
    notes: Path, config: Config, whole: list[str], tmp_path: Path
) -> None:
    steps.build_store([notes], config)
    for other in (replace(config, threshold=0.7), config):
        whole.clear()
        steps.build_store([notes], other)
        assert whole
    for path in sorted(notes.glob("*.md"))[:8]:
        path.write_text("- SnapKV extends H2O.\n", encoding="utf-8")
    whole.clear()
    steps.build_store([notes], config)
    assert whole
    Path(config.corrections).write_text(
        "decision\tsubject\tpredicate\tobject\nreject\tSnapKV\textends\tH2O\n", encoding="utf-8"
    )
    for _ in range(2):
        whole.clear()
        steps.build_store([notes], config)
        assert whole


_KILLER = """
import os, signal, sys, time
from pathlib import Path
from papergraph.config import Config
from papergraph.pipeline.cache import ExtractionCache
from papergraph.pipeline.steps import build_store
ExtractionCache.prune = lambda self: None  # so that no note is read again, and all time is spent on the store
notes, store = map(Path, sys.argv[1:])
note, texts = notes / "edited.md", ["- SnapKV improves on H2O.\\n", "- Keyformer extends SnapKV and H2O.\\n"]
for text in texts:
    note.write_text(text)
    build_store([notes], Config(store=str(store), jobs=1))
for number, share in enumerate(sys.stdin):
    note.write_text(texts[number % 2])
    pid = os.fork()
    if not pid:
        try:
            build_store([notes], Config(store=str(store), jobs=1))
        finally:
            os._exit(0)
    if number % 4:
        time.sleep(float(share))
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    print("killed", flush=True)
"""


@pytest.mark.slow
def test_builds_after_edits_that_are_killed_leave_a_whole_graph_and_the_next_goes_on(tmp_path: Path) -> None:
    notes, store = tmp_path / "notes", tmp_path / "store"
    shutil.copytree(NOTES, notes)
    (notes / "edited.md").write_text("- H2O\n", encoding="utf-8")
    moments = random.Random(3)  # noqa: S311  nothing secret
    with subprocess.Popen(
        [sys.executable, "-c", _KILLER, str(notes), str(store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(repeats(8)):
            process.stdin.write(f"{moments.uniform(0, 0.8)}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "killed\n"
            open_store(store, verify=True)
        process.stdin.close()
        assert process.wait() in {0, -signal.SIGKILL}
    config = Config(store=str(store), corrections=str(tmp_path / "none.tsv"), jobs=1)
    assert steps.build_store([notes], config) == afresh(notes, config)
    assert not list(store.glob("generations/tmp-*"))


def test_what_is_edited_during_a_build_counts_at_the_next(notes: Path, config: Config, tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("name\ttype\nZorb\tMethod\n", encoding="utf-8")
    config = replace(config, vocabulary=(str(names),))

    def rename(*_: object) -> None:
        names.write_text("name\ttype\nZorb\tDataset\n", encoding="utf-8")

    steps.build_store([notes], config, progress=rename)
    assert steps.build_store([notes], config) == afresh(notes, config)


def test_a_damaged_note_that_is_mended_during_a_build_is_read_at_the_next(notes: Path, config: Config) -> None:
    damaged = notes / "00.md"
    damaged.write_bytes(b"# Zorb\n\0\0\0\0- Zorb improves on H2O.\n")

    def mend(name: str, *_: object) -> None:
        if name == "05.md":
            damaged.write_text("# Zorb\n\n- Zorb improves on H2O.\n", encoding="utf-8")

    _, problems = steps.build_store([notes], config, progress=mend)
    assert "00.md" in [p.path for p in problems]
    assert steps.build_store([notes], config) == afresh(notes, config)
