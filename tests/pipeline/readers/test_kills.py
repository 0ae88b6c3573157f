"""Readers killed at random moments, as a system that is short of memory does: every note is read all the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.pipeline.readers import crew, extract_notes
from papergraph.pipeline.readers.reader import Reader, take_reader
from papergraph.sources import find_notes
from tests.conftest import NOTES
from tests.repeats import repeats

KILLS = repeats(3)


@pytest.mark.slow
def test_killed_readers_cost_no_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number in range(2):
        for path in NOTES.glob("*.md"):
            (tmp_path / f"{number}-{path.name}").write_bytes(path.read_bytes())
    notes = find_notes([tmp_path]).notes
    whole = [(o.note.name, o.extraction) for o in extract_notes(notes, Config(jobs=2))]
    hired: list[Reader] = []

    def hire() -> Reader:
        hired.append(take_reader())
        return hired[-1]

    monkeypatch.setattr(crew, "take_reader", hire)
    chance = random.Random(7)  # noqa: S311  no secret
    kills = 0
    while kills < KILLS:
        read = []
        for outcome in extract_notes(notes, Config(jobs=2)):
            read.append((outcome.note.name, outcome.extraction))
            if kills < KILLS and chance.random() < 0.3:
                chance.choice([reader for reader in hired if reader.alive])._process.kill()
                kills += 1
        assert read == whole
