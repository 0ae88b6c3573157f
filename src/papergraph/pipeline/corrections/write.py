"""Writing corrections to their file: whole, its other lines as they are, and never against one of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from papergraph.assemble.witness import witness
from papergraph.correction import OF_CLAIMS, Correction, Reference
from papergraph.errors import BusyError, ConfigError, CorrectionError
from papergraph.sources.correction_rows import add_rows, remove_line
from papergraph.sources.corrections import (
    decode_corrections,
    encode_corrections,
    file_lines,
    parse_corrections,
    shown_path,
)
from papergraph.system import posix
from papergraph.system.files import write_whole
from papergraph.system.hold import hold_file
from papergraph.text.folding import fold

_PAIRS = frozenset({"same", "different"})
#: How many seconds another run may take to write the file.
_PATIENCE = 5.0
_MARK = "\ufeff"


class Written(NamedTuple):
    """A correction with its line in the file."""

    row: Correction
    is_new: bool
    """False if it stood there already."""


def write_corrections(path: Path, corrections: Sequence[Correction]) -> tuple[Written, ...]:
    """Add corrections to a file and return them with their lines; one that stands there already is not added again.

    Raises:
        BusyError: if another run holds the file.
        CorrectionError: if a line of the file contradicts one of them; the file is not changed.
        ConfigError: if the file cannot be read, or its header is not that of corrections.
        OSError: if the file cannot be written.
    """
    with _held(path):
        return _write(path, corrections)


def _write(path: Path, corrections: Sequence[Correction]) -> tuple[Written, ...]:
    (mark, text), shown = _read(path), shown_path(path)
    known = {_topic(row): row for row in parse_corrections(text, shown).corrections}
    new: list[Correction] = []
    for correction in corrections:
        other = known.get(_topic(correction))
        if other is None:
            new.append(correction)
        elif _said(other) != _said(correction):
            raise CorrectionError(
                f"{shown}:{other.line}: already says '{other}'; to decide otherwise, first: "
                f"papergraph correct undo {other.line}"
            )
    if new:
        try:
            text = add_rows(text, new)
        except ValueError as error:
            raise ConfigError(f"{shown}: {error}") from error
        write_whole(path, encode_corrections(mark + text))
    now = {_topic(row): row for row in parse_corrections(text, shown).corrections}
    return tuple(Written(now[topic], topic not in known) for topic in map(_topic, corrections))


def undo_correction(path: Path, line: int | None = None) -> tuple[int, str]:
    """Remove one line from a file of corrections, the last by default; return its number and text.

    Raises:
        BusyError: if another run holds the file.
        CorrectionError: if there is no correction in this line.
        ConfigError: if the file cannot be read, or its header is not that of corrections.
        OSError: if the file cannot be written.
    """
    with _held(path):
        return _undo(path, line)


def _undo(path: Path, line: int | None) -> tuple[int, str]:
    (mark, text), shown = _read(path), shown_path(path)
    found = parse_corrections(text, shown)
    numbers = [row.line for row in found.corrections] + [problem.line for problem in found.problems]
    number = max(numbers, default=0) if line is None else line
    if number not in numbers:
        raise CorrectionError(f"{shown}: no correction in line {number}" if number else f"{shown}: no corrections")
    write_whole(path, encode_corrections(mark + remove_line(text, number)))
    return number, file_lines(text)[number - 1]


def take_back(path: Path, row: Correction) -> int:
    """Remove the line that says what `row` says, wherever in the file it now stands; return its number.

    Raises:
        CorrectionError: if no line says so any more; the file is not changed.
        BusyError, ConfigError, OSError: as `undo_correction`.
    """
    with _held(path):
        (_, text), shown = _read(path), shown_path(path)
        lines = [r.line for r in parse_corrections(text, shown).corrections if _whole(r) == _whole(row)]
        if not lines:
            raise CorrectionError(f"{shown}: no line says '{row}' any more; nothing was removed")
        return _undo(path, lines[-1])[0]


def _whole(row: Correction) -> tuple[object, ...]:
    return _topic(row), _said(row)


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep other runs from writing a file, where the system has locks: none may lose what another writes."""
    with contextlib.ExitStack() as stack:
        if not posix.missing():
            try:
                stack.enter_context(hold_file(path, _PATIENCE))
            except BlockingIOError as error:
                raise BusyError(f"{path}: another run of papergraph is writing this file; try again") from error
        yield


def _read(path: Path) -> tuple[str, str]:
    """Return the byte order mark of a file, if it has one, and its text."""
    try:
        text = decode_corrections(path.read_bytes()) if path.exists() else ""
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the file: {error.strerror}") from error
    return _MARK if text.startswith(_MARK) else "", text.removeprefix(_MARK)


def _topic(row: Correction) -> tuple[object, ...]:
    """Return what a correction is about: two with one topic say the same, or contradict each other."""
    subject, obj = _key(row.subject), _key(row.object)
    if row.decision in _PAIRS:
        return "pair", frozenset({subject, obj})
    if row.decision not in OF_CLAIMS:
        return row.decision, subject
    ends = frozenset({subject, obj}) if row.predicate == "comparedWith" else (subject, obj)
    return "claim", ends, row.predicate, row.polarity, row.note, witness(row.sentence) if row.sentence else ""


def _said(row: Correction) -> tuple[str, ...]:
    return row.decision, row.target


def _key(reference: Reference) -> tuple[str, str]:
    return reference.type, fold(reference.name) or reference.name
