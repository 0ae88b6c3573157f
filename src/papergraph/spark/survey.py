"""A first look at all notes: which bytes they have, which are damaged, and which help to repair those."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from papergraph.errors import NoteError
from papergraph.model import Problem
from papergraph.sources import MOST_READ, decode, detect
from papergraph.sources.copies import conflicted_original, copied_original
from papergraph.spark.rows import Columns, Row
from papergraph.text.folding import is_chinese
from papergraph.text.marks import BEGIN, looks_made

COLUMNS: Columns = {"path": str, "sha256": str, "clean": int, "damaged": bool, "made": bool, "problem": str}


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the first look at a note says."""

    path: str
    sha256: str
    clean: int
    """Characters of an undamaged Chinese text; 0 for all others."""
    damaged: bool
    made: bool
    """Whether papergraph wrote it."""
    problem: str
    """Why its bytes are not there; empty where they are."""


def survey_notes(notes: Iterable[Row], max_bytes: int) -> Iterator[Row]:
    """Yield a row of `COLUMNS` for each note, given by its path, its bytes and what is wrong with it already."""
    for path, content, problem in notes:
        if problem or content is None:
            yield path, "", 0, False, False, problem or "cannot be read: it has no content"
            continue
        data = bytes(content)
        large = len(data) > max_bytes
        text = decoded(data[:max_bytes])
        damaged = bool(detect(text))
        clean = len(text) if not damaged and is_chinese(text) else 0
        made = BEGIN in text and looks_made(text)
        wrong = f"has {len(data):,} bytes, more than max_bytes = {max_bytes:,}; split it or raise the limit"
        yield path, hashlib.sha256(data).hexdigest(), clean, damaged, made, wrong if large else ""


def decoded(data: bytes) -> str:
    """Return the text of a note; nothing for bytes that hold none."""
    try:
        return decode(data)[0]
    except NoteError:
        return ""


def choose_sample(notes: Sequence[Surveyed]) -> tuple[str, ...]:
    """Return the paths of the notes by which damaged ones are repaired, as a local build chooses them."""
    if not any(note.damaged for note in notes):
        return ()
    chosen, size = [], 0
    for note in sorted(notes, key=lambda n: hashlib.sha256(n.path.encode("utf-8", "surrogatepass")).digest()):
        if size >= MOST_READ:
            break
        if note.clean:
            chosen.append(note.path)
            size += note.clean
    return tuple(chosen)


def choose_notes(notes: Sequence[Surveyed]) -> tuple[tuple[Surveyed, ...], tuple[Problem, ...]]:
    """Return the notes to read, each path once, and why others are left out: unreadable, copies, second rows."""
    problems = [Problem(note.path, note.problem) for note in notes if note.problem]
    by_path: dict[str, Surveyed] = {}
    for note in sorted(notes, key=lambda n: (n.path, n.sha256)):
        if note.problem or note.made:
            continue
        if (first := by_path.setdefault(note.path, note)) is not note and first.sha256 != note.sha256:
            problems.append(Problem(note.path, "another note with this path but different text was left out"))
    copies = dict(_copies(by_path))
    problems += [Problem(path, reason, kind="left out") for path, reason in copies.items()]
    return tuple(note for path, note in by_path.items() if path not in copies), tuple(problems)


def _copies(notes: dict[str, Surveyed]) -> Iterator[tuple[str, str]]:
    for path, note in notes.items():
        if (original := conflicted_original(path)) in notes:
            yield path, f"is a conflicted copy of {original} and was left out; merge the two, or remove one"
        elif (original := copied_original(path)) in notes and notes[original].sha256 == note.sha256:
            yield path, f"is a copy of {original} with the same text and was left out; remove one of the two"


def shard_of(path: str, shards: int) -> int:
    """Return the shard of a note, from 0; Spark's `crc32` gives the same number."""
    return zlib.crc32(path.encode()) % shards


def digest_of_notes(notes: Iterable[Surveyed], *parts: str) -> str:
    """Return a hash of the notes, in any order, and of what else counts."""
    lines = sorted(f"{note.path} {note.sha256}" for note in notes)
    return hashlib.sha256("\n".join([*parts, *lines]).encode()).hexdigest()
