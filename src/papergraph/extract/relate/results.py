"""Tables of results: the entry's own method among the rows or columns is compared with the others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papergraph.extract.context import Context, evidence_span
from papergraph.model import Block, Predicate, RelationMention

#: Share of a table's cells that hold a number, from which on it is one of results.
_NUMERIC = 0.4
#: Share of the own method's results that are bold, from which on it is the best.
_BEST = 0.5
#: What tells a version behind the name of its family.
_VERSION = re.compile(r"[ -]?[vV]?\d")
#: Of a program, which is no result: 4.43.1.
_RELEASE = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or column that belongs to one method."""

    method: int
    label: Block
    results: tuple[Block, ...]


def relate_results(context: Context) -> Iterator[RelationMention]:
    """Yield that a work is compared with, or outperforms, the methods that share a table of results with it."""
    for cells in context.reading.tables.values():
        if _holds_results(context, cells):
            for by_row in (True, False):
                lines = _lines(context, cells, by_row=by_row)
                yield from _compared(context, lines)
                yield from _measured(context, cells, lines, by_row=by_row)


def _holds_results(context: Context, cells: Sequence[Block]) -> bool:
    inner = [c.span.of(context.text) for c in cells if c.row > 0 and c.column > 0]
    numeric = (any(ch.isdecimal() for ch in text) and not _RELEASE.search(text) for text in inner)
    return bool(inner) and sum(numeric) >= _NUMERIC * len(inner)


def _lines(context: Context, cells: Sequence[Block], *, by_row: bool) -> list[_Line]:
    """Return the rows (or columns) whose first cell is a method's name."""
    found: list[_Line] = []
    members: dict[int, list[Block]] = defaultdict(list)
    for cell in cells:
        members[cell.row if by_row else cell.column].append(cell)
    for label in cells:
        position, other = (label.row, label.column) if by_row else (label.column, label.row)
        if position == 0 or other != 0:
            continue
        method = next(context.within(label.span, "Method", "Model"), -1)
        if (
            method >= 0
            and not any(context.within(label.span, "Paper"))
            and not _says_what_changed(context, label, method)
        ):
            rest = tuple(c for c in members[position] if c is not label)
            found.append(_Line(method, label, rest))
    return found


def _says_what_changed(context: Context, label: Block, method: int) -> bool:
    """Tell whether a row of a table of ablations says what was changed, and is no method: `loss replaced by MSE`."""
    if context.role_of(context.reading.block_at(label.span.start)) != "ablation":
        return False
    return any(c.isalpha() for c in context.text[label.span.start : context.mentions[method].span.start])


def _compared(context: Context, lines: Sequence[_Line]) -> Iterator[RelationMention]:
    own = next((line for line in lines if _is_own(context, line)), None)
    if own is None or sum(_is_listed(context, line) for line in lines) > 1 or _gives_papers(context, lines):
        return
    subject = context.about(context.reading.block_at(own.label.span.start), in_table=False)
    bold = sum("**" in c.span.of(context.text) for c in own.results)
    predicate: Predicate = "outperforms" if own.results and bold >= _BEST * len(own.results) else "comparedWith"
    for line in lines:
        if _is_version(context, subject, line.method):
            continue
        if context.fits(predicate, subject, line.method) and not context.is_same(subject, line.method):
            span = evidence_span(line.label, context.mentions[line.method])
            yield context.claim(subject, predicate, line.method, span, "results", "structure")


def _is_version(context: Context, subject: int, other: int) -> bool:
    """Tell whether one of two is a family and the other a version of it: Zorb and Zorb2.5, and not Zorb and ZorbNet."""
    short, long = sorted((context.mentions[subject].name, context.mentions[other].name), key=len)
    return long.startswith(short) and bool(_VERSION.match(long, len(short)))


def _measured(
    context: Context, cells: Sequence[Block], lines: Sequence[_Line], *, by_row: bool
) -> Iterator[RelationMention]:
    """Yield that each method was evaluated on the datasets of the other axis under which it has a number."""
    data: dict[int, int] = {}
    for cell in cells:
        position, other = (cell.column, cell.row) if by_row else (cell.row, cell.column)
        if other == 0 and position > 0 and (found := next(context.within(cell.span, "Dataset"), -1)) >= 0:
            data[position] = found
    for line in lines if data else ():
        for cell in line.results:
            dataset = data.get(cell.column if by_row else cell.row, -1)
            text = cell.span.of(context.text)
            if dataset >= 0 and any(c.isdecimal() for c in text):
                span = evidence_span(cell, context.mentions[line.method])
                yield context.claim(line.method, "evaluatedOn", dataset, span, "results", "structure")


def _is_own(context: Context, line: _Line) -> bool:
    subject = context.about(context.reading.block_at(line.label.span.start), in_table=False)
    if subject < 0:
        return False
    name, other = context.mentions[subject].name, context.mentions[line.method].name
    return context.is_same(subject, line.method) or other.startswith(name)


def _gives_papers(context: Context, lines: Sequence[_Line]) -> bool:
    """Tell whether several rows give the paper of their method: a leader board of a task, on none of them."""
    given = (any(any(context.within(c.span, "Paper")) for c in line.results) for line in lines)
    return sum(given) > 1


def _is_listed(context: Context, line: _Line) -> bool:
    """Tell whether a method has an entry of its own: a table of the works in a list is an overview, not a contest."""
    return context.identities[line.method] in context.contributed
