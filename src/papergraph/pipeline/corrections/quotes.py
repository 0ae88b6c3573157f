"""Where the sentences stand that corrections quote, as evidence that a person gave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from papergraph.correction import CORRECTED, Correction
from papergraph.errors import NoteError
from papergraph.model import Evidence
from papergraph.sources import NoteFile, decode, find_lines, read_bytes
from papergraph.sources.quotations import find_quotation, letters_of
from papergraph.text.folding import one_line


def find_quotes(corrections: Iterable[Correction], notes: Sequence[NoteFile]) -> dict[int, Evidence]:
    """Return for the line of each correction that gives a claim its sentence where that stands, if it does.

    If the note of a correction is none of `notes`, the sentence is looked for in all of them, since a note may be
    renamed; it counts if it stands in one of them only.
    """

    @cache
    def text_of(number: int) -> str:
        try:
            return decode(read_bytes(notes[number]))[0]
        except NoteError:
            return ""

    @cache
    def letters(number: int) -> str:
        return letters_of(text_of(number))

    def places(row: Correction) -> Iterator[Evidence]:
        named = [number for number, note in enumerate(notes) if note.name == row.note]
        wanted = letters_of(row.sentence)
        for number in named or range(len(notes)):
            text = text_of(number) if wanted in letters(number) else ""
            if span := find_quotation(text, row.sentence):
                line = bisect_right(find_lines(text), span.start)
                sentence = one_line(span.of(text))
                yield Evidence("", notes[number].name, line, span.start, span.end, sentence, CORRECTED, "prose", 1.0)

    def place(row: Correction) -> Evidence | None:
        first, second = next(found := places(row), None), next(found, None)
        return first if second is None else None

    quoting = (row for row in corrections if row.decision in {"accept", "add"} and row.note and row.sentence)
    found = ((row.line, place(row)) for row in quoting)
    return {line: evidence for line, evidence in found if evidence}
