"""Hostile notes in a folder with good ones: each hostile one is read or named, and every good one is built."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from papergraph.store import read_seal
from tests.conftest import NOTES, Run
from tests.extract.families import FAMILIES as OF_EXTRACTION
from tests.sources.families import FAMILIES as OF_READING

SIZE = 50_000
#: What once hung or killed a build, and is read now.
READ = {
    "blanks.md": "a" + " " * 60_000 + "b",
    "bullets-of-a-pdf.md": "StreamingLLM extends \uf8ff\n\n\uf0b7 H2O improves on SnapKV\n",
    "front-matter-only.md": "---\ntitle: H2O\n---\n",
    "redirectors.md": f"[x](https://link.zhihu.com/?target={'https%3A//link.zhihu.com/%3Ftarget=' * 700}x)\n",
}
#: What is read but for its front matter, which is named.
NAMED = {
    "deep.md": f"+++\nn = {'[' * 600}\n+++\nH2O\n",
    "digits.md": f"+++\nn = {'9' * 5_000}\n+++\nH2O\n",
    "dots.md": f"+++\n{'a.' * 20_000}a = 1\n+++\nH2O\n",
    "yaml.md": f"---\na: {'[' * 4_000}\n---\nH2O\n",
}
SLOW = {
    **{f"r-{n}": OF_READING[n] for n in ("nested bold", "tags", "character references", "a URL with marks at its end")},
    **{
        f"e-{n}": OF_EXTRACTION[n]
        for n in (
            *("blanks between numbers", "a Chinese technique", "H2O", "H2O and LoRA", "known names in one line"),
            *("a table of results", "one word", "headings", "bullets"),
        )
    },
}


def fill(folder: Path) -> set[str]:
    """Write all of them beside good notes, and return the names of the good ones."""
    folder.mkdir()
    for name, text in {**READ, **NAMED}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, family in SLOW.items():
        (folder / f"{name}.md").write_text(family(SIZE), encoding="utf-8")
    (folder / "loop.md").symlink_to("loop.md")
    good = {path.name: path.read_bytes() for path in NOTES.glob("*.md")}
    good |= {f"copy-{name}": good[name] for name in sorted(good)[:4]}
    for name, data in good.items():
        (folder / name).write_bytes(data)
    return set(good)


@pytest.mark.slow
def test_every_good_note_is_built_and_every_fault_is_named(run: Run, tmp_path: Path) -> None:
    good = fill(tmp_path / "notes")
    outcome = run("build", tmp_path / "notes", "--store", tmp_path / "s")
    seal = read_seal(tmp_path / "s")
    assert seal is not None
    built = {name for name, _ in seal.run.inputs}
    assert outcome.code == 1
    assert good | set(READ) | set(NAMED) <= built
    for name in ("loop.md", *NAMED, *({f"{name}.md" for name in SLOW} - built)):
        assert f"papergraph: {name}: " in outcome.err
    assert "fails" not in outcome.err


@pytest.mark.slow
def test_the_same_is_watched(tmp_path: Path) -> None:
    good = fill(tmp_path / "notes")
    command = [sys.executable, "-m", "papergraph", "build", str(tmp_path / "notes"), "--watch"]
    with subprocess.Popen([*command, "--store", str(tmp_path / "s")], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said: list[str] = []
            while not said or "watching" not in said[-1]:
                said.append(process.stderr.readline())
            (tmp_path / "notes" / "new.md").write_text("- PyramidKV extends SnapKV\n", encoding="utf-8")
            wanted = {*good, "new.md"}
            end = time.monotonic() + 600
            while time.monotonic() < end:
                seal = read_seal(tmp_path / "s")
                if seal is not None and wanted <= {name for name, _ in seal.run.inputs}:
                    break
                time.sleep(0.5)
            else:
                pytest.fail("the new note was not built")
        finally:
            process.kill()
    assert any(line.startswith("papergraph: loop.md: ") for line in said)
