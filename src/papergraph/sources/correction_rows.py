"""Changing the text of corrections.tsv: rows are added at its end or taken out, and every other line stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from papergraph.correction import Correction
from papergraph.sources.corrections import COLUMNS, header_of

_COMMENT = "# Corrections of the graph, one a line; papergraph build honours them. See: papergraph correct --help"

#: What ends a cell or a line of the file.
_SPACES = str.maketrans("\t\r\n", "   ")


def add_rows(text: str, corrections: Iterable[Correction]) -> str:
    """Return the text of a file with further corrections at its end, in its own columns and with its own line ends.

    Raises:
        ValueError: if the file lacks a column that a correction needs; names it.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    before = text if not text or text.endswith("\n") else text + end
    header = header_of(text)
    if not header:
        header = COLUMNS
        before += ("" if text else _COMMENT + end) + "\t".join(COLUMNS) + end
    return before + "".join(_row(correction, header) + end for correction in corrections)


def remove_line(text: str, number: int) -> str:
    r"""Return the text of a file without the line of this number, which counts from 1.

    >>> remove_line("a\nb\nc\n", 2)
    'a\nc\n'
    """
    lines = text.split("\n")
    return "\n".join(lines[: number - 1] + lines[number:])


def _row(correction: Correction, header: tuple[str, ...]) -> str:
    values = {
        "decision": correction.decision,
        "subject": str(correction.subject),
        "predicate": correction.relation,
        "object": str(correction.object),
        "to": correction.target,
        "note": correction.note,
        "sentence": correction.sentence,
        "comment": correction.comment,
    }
    for column, value in values.items():
        if value and column not in header:
            raise ValueError(f"the file has no column {column!r}; add it to the header")
    return "\t".join(values[column].translate(_SPACES) for column in header).rstrip("\t")
