"""What stands around a sentence in its note, as far as the settings say where the note is."""

from __future__ import annotations

from pathlib import Path

from papergraph.config import Config
from papergraph.errors import NoteError
from papergraph.model import Evidence
from papergraph.sources import decode, find_notes, read_bytes

_LINES = 2


def lines_around(evidence: Evidence, config: Config) -> tuple[list[str], list[str]]:
    """Return the lines that are not empty just before and after the evidence; none if the note has changed since."""
    text = note_text(evidence.note, config)
    if text is None or " ".join(text[evidence.start : evidence.end].split())[:1] != evidence.sentence[:1]:
        return [], []
    before = [line for line in text[: evidence.start].splitlines()[:-1] if line.strip()]
    after = [line for line in text[evidence.end :].splitlines()[1:] if line.strip()]
    return before[-_LINES:], after[:_LINES]


def note_text(name: str, config: Config) -> str | None:
    """Return the text of a note of the settings; None if the settings name no such note, or it cannot be read."""
    for note in find_notes([Path(p) for p in config.notes]).notes if config.notes else ():
        if note.name == name:
            try:
                return decode(read_bytes(note))[0]
            except NoteError:
                return None
    return None
