"""A folder with one note, its settings and its graph, for the commands that correct it."""

from __future__ import annotations

from pathlib import Path

import papergraph as pg
from papergraph.config import Config


def built_folder(folder: Path, note: str) -> Path:
    """Write the note into `folder`, build its graph there, and return the folder."""
    (folder / "notes").mkdir()
    (folder / "notes" / "cache.md").write_text(note, encoding="utf-8")
    (folder / "papergraph.toml").write_text('notes = ["notes"]\n', encoding="utf-8")
    pg.build(folder / "notes", store=folder / ".papergraph", config=Config())
    return folder
