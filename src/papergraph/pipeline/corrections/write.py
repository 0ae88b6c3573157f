"""Writing corrections to their file: whole, its other lines as they are, and never against one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from papergraph.assemble.witness import witness
from papergraph.correction import OF_CLAIMS, Correction, Reference
from papergraph.errors import ConfigError, CorrectionError
from papergraph.sources.correction_rows import add_rows, remove_line
from papergraph.sources.corrections import file_lines, parse_corrections, shown_path
from papergraph.system.files import write_whole
from papergraph.text.folding import fold

_PAIRS = frozenset({"same", "different"})


def write_corrections(path: Path, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Add corrections to a file and return them with their lines; one that stands there already is not added again.

    Raises:
        CorrectionError: if a line of the file contradicts one of them; the file is not changed.
        ConfigError: if the file cannot be read, or its header is not that of corrections.
        OSError: if the file cannot be written.
    """
    text, shown = _read(path), shown_path(path)
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
        write_whole(path, text)
    now = {_topic(row): row for row in parse_corrections(text, shown).corrections}
    return tuple(now[_topic(correction)] for correction in corrections)


def undo_correction(path: Path, line: int | None = None) -> tuple[int, str]:
    """Remove one line from a file of corrections, the last by default; return its number and text.

    Raises:
        CorrectionError: if there is no correction in this line.
        ConfigError: if the file cannot be read, or its header is not that of corrections.
        OSError: if the file cannot be written.
    """
    text, shown = _read(path), shown_path(path)
    found = parse_corrections(text, shown)
    numbers = [row.line for row in found.corrections] + [problem.line for problem in found.problems]
    number = max(numbers, default=0) if line is None else line
    if number not in numbers:
        raise CorrectionError(f"{shown}: no correction in line {number}" if number else f"{shown}: no corrections")
    write_whole(path, remove_line(text, number))
    return number, file_lines(text)[number - 1]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not valid UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the file: {error.strerror}") from error


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
