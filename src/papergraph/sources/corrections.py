"""Reading corrections.tsv: tab-separated, with a header; a line that cannot be read is reported, the others hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from papergraph.correction import DECISIONS, OF_CLAIMS, Correction, CorrectionsFile, Decision, Reference
from papergraph.errors import ConfigError
from papergraph.model import ENTITY_TYPES, PREDICATES, Predicate, Problem
from papergraph.text.folding import one_line

COLUMNS = ("decision", "subject", "predicate", "object", "to", "note", "sentence", "comment")
_CLAIM = frozenset({"subject", "predicate", "object"})
#: For each decision the cells that it needs, and the others that it may have; every row may have a comment.
_CELLS: Mapping[Decision, tuple[frozenset[str], frozenset[str]]] = {
    "reject": (_CLAIM, frozenset({"note", "sentence"})),
    "accept": (_CLAIM, frozenset({"note", "sentence"})),
    "change": (_CLAIM | {"to"}, frozenset({"note", "sentence"})),
    "add": (_CLAIM | {"note", "sentence"}, frozenset()),
    "not-entity": (frozenset({"subject"}), frozenset()),
    "type": (frozenset({"subject", "to"}), frozenset()),
    "label": (frozenset({"subject", "to"}), frozenset()),
    "same": (frozenset({"subject", "object"}), frozenset()),
    "different": (frozenset({"subject", "object"}), frozenset()),
}
#: What bytes that are not UTF-8 are decoded as.
_UNDECODED = re.compile("[\udc80-\udcff]")
_CONFLICT_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def read_corrections(path: Path) -> CorrectionsFile:
    """Return the corrections in a file, none if there is no such file.

    Raises:
        ConfigError: if the file cannot be read, or its header is not that of corrections.
    """
    try:
        text = decode_corrections(path.read_bytes())
    except FileNotFoundError:
        return CorrectionsFile()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the file: {error.strerror}") from error
    return parse_corrections(text.removeprefix("\ufeff"), shown_path(path))


def decode_corrections(data: bytes) -> str:
    """Return the text of a file; bytes that are not UTF-8 stay as what `encode_corrections` makes them again."""
    return data.decode("utf-8", "surrogateescape")


def encode_corrections(text: str) -> bytes:
    """Return the bytes of a file."""
    return text.encode("utf-8", "surrogateescape")


def shown_path(path: Path) -> str:
    """Return a path for messages: from the folder that we are in, if it lies below."""
    here, place = Path.cwd(), path.absolute()
    return str(place.relative_to(here)) if place.is_relative_to(here) else str(path)


def parse_corrections(text: str, path: str) -> CorrectionsFile:
    r"""Return the corrections in the text of a file.

    Raises:
        ConfigError: for a header that is not that of corrections.

    >>> found = parse_corrections("decision\tsubject\tpredicate\tobject\nreject\tH2O\textends\tSnapKV\n", "c.tsv")
    >>> print(found.corrections[0])
    reject H2O extends SnapKV
    """
    header: tuple[str, ...] = ()
    corrections: list[Correction] = []
    problems: list[Problem] = []
    for number, line in enumerate(file_lines(text), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = _cells(line)
        if not header and cells[0] in DECISIONS:
            header = COLUMNS
            missing = f"the header is missing; put this line first, with tabs: {' '.join(COLUMNS)}"
            problems.append(Problem(path, f"{missing}; the lines are read as if it stood there", number, "repaired"))
        if not header:
            header = _header(cells, f"{path}:{number}")
        elif cells != header:
            try:
                _check_encoding(line)
                corrections.append(replace(_read_row(header, cells), path=path, line=number))
            except ValueError as error:
                problems.append(Problem(path, f"{error}; the other lines hold", number))
    return CorrectionsFile(tuple(corrections), tuple(problems))


def file_lines(text: str) -> list[str]:
    """Return the lines of a file without their ends; only LF and CRLF end a line."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def header_of(text: str) -> tuple[str, ...]:
    """Return the columns that the header of a file names; none if it has no lines, the usual ones if no header."""
    lines = (line for line in file_lines(text) if line.strip() and not line.startswith("#"))
    cells = _cells(next(lines, ""))
    return COLUMNS if cells and cells[0] in DECISIONS else cells


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line without the empty ones at its end, which spreadsheets add."""
    return tuple(cell.strip() for cell in line.rstrip().split("\t")) if line.strip() else ()


def _check_encoding(line: str) -> None:
    """Raise ValueError for a line with bytes that are not UTF-8."""
    if _UNDECODED.search(line):
        raise ValueError("not valid UTF-8; write the line anew, and save the file as UTF-8")


def _header(cells: tuple[str, ...], place: str) -> tuple[str, ...]:
    if any(_UNDECODED.search(cell) or "\0" in cell for cell in cells):
        raise ConfigError(f"{place}: not valid UTF-8; save the file as UTF-8")
    for column in cells:
        if column not in COLUMNS:
            raise ConfigError(f"{place}: unknown column {column!r}; {_meant(column, COLUMNS)}")
        if cells.count(column) > 1:
            raise ConfigError(f"{place}: duplicate column {column!r}; the columns are: {', '.join(COLUMNS)}")
    if not {"decision", "subject"} <= set(cells):
        raise ConfigError(f"{place}: not the header of corrections; the columns are: {', '.join(COLUMNS)}")
    return cells


def _read_row(header: tuple[str, ...], cells: tuple[str, ...]) -> Correction:
    """Return the correction in one line; raises ValueError with what is wrong and what to do."""
    if cells[0].startswith(_CONFLICT_MARKERS):
        raise ValueError("a conflict marker of git; resolve the conflict, and delete the marker")
    if len(cells) > len(header):
        raise ValueError(f"{len(cells)} cells for {len(header)} columns; separate cells with one tab")
    row = {column: cell for column, cell in zip(header, cells, strict=False) if cell}
    decision = next((d for d in DECISIONS if d == row.get("decision")), None)
    if decision is None:
        raise ValueError(f"unknown decision {row.get('decision', '')!r}; {_meant(row.get('decision', ''), DECISIONS)}")
    return make_correction(decision, row)


def make_correction(decision: Decision, row: Mapping[str, str]) -> Correction:
    """Return the correction with these cells.

    Raises:
        ValueError: if a cell is missing, or one too many, or has an unknown value; says what to do.
    """
    if decision not in _CELLS:
        raise ValueError(f"unknown decision {decision!r}; {_meant(decision, DECISIONS)}")
    needed, optional = _CELLS[decision]
    given = {column for column, cell in row.items() if cell} - {"decision", "comment"}
    if missing := sorted(needed - given, key=COLUMNS.index):
        raise ValueError(f"{decision} needs a value for {missing[0]!r}; the columns are: {', '.join(COLUMNS)}")
    if extra := sorted(given - needed - optional, key=COLUMNS.index):
        raise ValueError(f"{decision} takes no value for {extra[0]!r}; leave the cell empty")
    denied = row.get("predicate", "").startswith("not ")
    reverse, to = _target(decision, row.get("to", ""))
    return Correction(
        decision=decision,
        subject=Reference.read(row["subject"]),
        predicate=_predicate(row["predicate"].removeprefix("not ")) if decision in OF_CLAIMS else "",
        object=Reference.read(row.get("object", "")),
        to=to,
        reverse=reverse,
        polarity="negative" if denied else "positive",
        note=row.get("note", ""),
        sentence=one_line(row.get("sentence", "")),
        comment=one_line(row.get("comment", "")),
    )


def _target(decision: Decision, to: str) -> tuple[bool, str]:
    """Return whether subject and object change places, and what else `to` says."""
    if decision == "type" and to not in ENTITY_TYPES:
        raise ValueError(f"unknown type {to!r}; {_meant(to, ENTITY_TYPES)}")
    if decision != "change":
        return False, one_line(to)
    word, _, rest = to.partition(" ")
    reverse, name = (True, rest) if word == "reverse" else (False, to)
    return reverse, _predicate(name) if name else ""


def _predicate(name: str) -> Predicate:
    found = next((p for p in PREDICATES if p == name), None)
    if found is None:
        raise ValueError(f"unknown predicate {name!r}; {_meant(name, PREDICATES)}")
    return found


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, tuple(known), 1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
