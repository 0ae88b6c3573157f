"""Damaged notes: nothing that an accident makes of a note stops papergraph, or costs another note."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.model import Problem
from papergraph.pipeline.steps import run_pipeline
from papergraph.rdf import canonical_nquads, to_quads
from tests.conftest import NOTES
from tests.repeats import repeats
from tests.sources.mutations import changed_bytes, edited_texts

#: What only a fault of ours makes papergraph say of a note.
FAULTS = ("papergraph failed", "takes more than", "needs more than", "crashed the process")
#: The only reasons for which a note that was one may not be read any more.
REASONS = ("is empty", "is binary")


def build(folder: Path, notes: Iterable[tuple[str, bytes]]) -> tuple[dict[str, object], tuple[Problem, ...], str]:
    """Write notes, build them beside two good ones, and return what each says, the problems and the quads."""
    folder.mkdir()
    for name in ("kv-cache.md", "lora-family.md"):
        (folder / name).write_bytes((NOTES / name).read_bytes())
    for name, data in notes:
        (folder / name).write_bytes(data)
    done = run_pipeline([folder], Config())
    return {e.path: e for e in done.extractions}, done.problems, canonical_nquads(to_quads(done.graph))


def check(folder: Path, notes: Iterable[tuple[str, bytes]], alone: dict[str, object]) -> None:
    said, problems, quads = build(folder, notes)
    faults = [str(p) for p in problems if any(fault in p.message for fault in FAULTS)]
    lost = {p.path for p in problems if p.path not in said and not p.message.startswith(REASONS)}
    assert (faults, lost) == ([], set())
    assert {name: said[name] for name in alone} == alone
    assert quads


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the two good notes say by themselves."""
    return build(tmp_path_factory.mktemp("alone") / "notes", ())[0]


def ours() -> list[bytes]:
    return [path.read_bytes() for path in sorted(NOTES.glob("*.md"))]


def numbered(kind: str, notes: Iterable[bytes]) -> Iterable[tuple[str, bytes]]:
    return ((f"{kind}-{number:03}.md", data) for number, data in enumerate(notes))


def encoded(texts: Iterable[str]) -> Iterable[bytes]:
    return (text.encode("utf-8", "surrogatepass") for text in texts)


@pytest.mark.slow
def test_edits_of_text_and_changes_of_bytes(tmp_path: Path, alone: dict[str, object]) -> None:
    texts = [data.decode() for data in ours()]
    check(tmp_path / "texts", numbered("text", encoded(edited_texts(texts, repeats(80), seed=1))), alone)
    check(tmp_path / "bytes", numbered("bytes", changed_bytes(ours(), repeats(100), seed=2)), alone)


@pytest.mark.slow
def test_the_same_of_notes_by_others(shared: Path, tmp_path: Path, alone: dict[str, object]) -> None:
    notes = [p.read_bytes() for p in sorted((shared / "notes").glob("[ds]e*/**/*.md")) if p.stat().st_size < 30_000]
    texts = [data.decode("utf-8", "replace") for data in notes]
    check(tmp_path / "texts", numbered("text", encoded(edited_texts(texts, repeats(80), seed=3))), alone)
    check(tmp_path / "bytes", numbered("bytes", changed_bytes(notes, repeats(100), seed=4)), alone)


PLACES = """---
title: {0}
tags: [{0}, "{0}"]
---
# {0}

**{0}**: extends H2O and `{0}`, see [{0}](https://arxiv.org/abs/2306.14048) and [paper]({0}) [[{0}]] #{0}

> **Institution:** {0}

| Method | {0} |
|---|---|
| {0} | 4{0} |

- {0}: 改进了 SnapKV，{0}
  - {0} outperforms {0} on {0}.
"""


@pytest.mark.slow
def test_naughty_strings_in_every_place_of_a_note(shared: Path, tmp_path: Path, alone: dict[str, object]) -> None:
    strings: list[str] = json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8"))
    notes = (PLACES.replace("{0}", s).encode("utf-8", "surrogatepass") for s in strings)
    check(tmp_path / "notes", numbered("naughty", notes), alone)


def test_a_few_accidents(tmp_path: Path, alone: dict[str, object]) -> None:
    notes = [*encoded(edited_texts([data.decode() for data in ours()], 15, seed=5)), *changed_bytes(ours(), 15, seed=6)]
    check(tmp_path / "notes", numbered("note", notes), alone)
