"""Tables of scores under the name of a dataset: the work of each row was evaluated on it, as on a leader board."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.relate.tables import is_whole
from papergraph.extract.table_headers import holds_works
from papergraph.extract.word_lists import read_lists, whole_words
from papergraph.model import Block, RelationMention, Span

#: A longer heading or caption says too much for the dataset in it to be that of the table.
_LONGEST = 100
#: Share of the rows that have a number in a column of scores.
_SCORED = 0.5
#: A cell that is a score: `**71.2**`, `0.76 (F1)`, `41.6%`.
_SCORE = re.compile(r"[\s*_`~≈+-]*\d{1,4}(?:\.\d{1,4})?\s?%?[\s*_`]*(?:[(（±/|][^()（）]{0,24}[)）]?)?\s*")
#: Before the dataset at the end of a heading: `... on the HoofBench dataset`, `...(HoofBench)`.
_BEFORE_DATA = re.compile(r".*(?:\s[Oo]n\s|[(（])")
#: Behind a name that is only the beginning of the dataset's: `HoofEval 2018 Task 10`.
_GOES_ON = re.compile(r"[\s_-]*(?:(?:sub)?task|track|part|v)?[\s#.-]*\d", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_WORKS = ("Method", "Model")


def relate_scoreboards(context: Context) -> Iterator[RelationMention]:
    """Yield `evaluatedOn` from the work of each row of a table of scores to the dataset over the table."""
    for cells in context.reading.tables.values():
        dataset = _dataset_above(context, cells)
        columns = _score_columns(context, cells) if dataset >= 0 and _lists_works(context, cells) else frozenset()
        for row in _rows(cells) if columns else ():
            work = _work(context, row)
            if work < 0 or not any(c.column in columns and _is_score(context, c) for c in row):
                continue
            span = Span(row[0].span.start, row[-1].span.end)
            yield context.claim(work, "evaluatedOn", dataset, span, "scoreboard", "structure")


def _lists_works(context: Context, cells: Sequence[Block]) -> bool:
    """Tell whether the rows of a table are works, by the header of the first column, and no column is a dataset."""
    heads = [c for c in cells if c.row == 0]
    names_data = any(next(context.within(c.span, "Dataset"), -1) >= 0 for c in heads)
    return bool(heads) and not names_data and holds_works(heads[0].span.of(context.text))


def _dataset_above(context: Context, cells: Sequence[Block]) -> int:
    """Return the dataset that the line above a table is, or else the nearest heading that is one; -1 for none."""
    first = context.reading.block_at(cells[0].span.start)
    above = [first - 1] if first > 0 and context.document.blocks[first - 1].kind == "paragraph" else []
    for number in [*above, *reversed(cells[0].headings)]:
        if (found := context.once(_is_on_data, number)) >= 0:
            return found
        if context.document.blocks[number].kind == "heading" and _names_work(context, number):
            break
    return -1


def _names_work(context: Context, number: int) -> bool:
    return next(context.within(context.document.blocks[number].span, *_WORKS), -1) >= 0


def _is_on_data(context: Context, number: int) -> int:
    """Return the only dataset of a heading or caption that says nothing else, or says so at its end; -1 for any other.

    At its end: `Sorting Zebras on HoofBench`, `Sorting Zebras (HoofBench)`.
    """
    span = context.document.blocks[number].span
    if span.end - span.start > _LONGEST:
        return -1
    named = list(context.within(span, "Dataset"))
    if not named or any(not context.is_same(named[0], other) for other in named):
        return -1
    if _GOES_ON.match(context.text, context.mentions[named[-1]].span.end, span.end):
        return -1
    behind = _BEFORE_DATA.search(context.text, span.start, context.mentions[named[-1]].span.start)
    start = behind.end() if behind else span.start
    rest, end = list[str](), start
    for place in (context.mentions[i].span for i in named if context.mentions[i].span.start >= start):
        rest.append(context.text[end : place.start])
        end = max(end, place.end)
    rest.append(context.text[end : span.end])
    return -1 if _LETTER.search(_around().sub(" ", " ".join(rest))) else named[0]


def _score_columns(context: Context, cells: Sequence[Block]) -> frozenset[int]:
    """Return the columns with a score in most rows, whose headers do not say that they hold other figures."""
    scored: dict[int, list[bool]] = defaultdict(list)
    for cell in cells:
        if cell.row > 0 and cell.column > 0:
            scored[cell.column].append(_is_score(context, cell))
    other = {c.column for c in cells if c.row == 0 and _no_scores().search(c.span.of(context.text))}
    return frozenset(n for n, are in scored.items() if n not in other and sum(are) >= _SCORED * len(are))


def _is_score(context: Context, cell: Block) -> bool:
    return _SCORE.fullmatch(cell.span.of(context.text)) is not None


def _rows(cells: Sequence[Block]) -> Iterator[list[Block]]:
    rows: dict[int, list[Block]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    return (row for number, row in sorted(rows.items()) if number > 0)


def _work(context: Context, row: Sequence[Block]) -> int:
    """Return the work that a row is about: what its first cell names and is, else its only paper; -1 for none."""
    named = next(context.within(row[0].span, *_WORKS), -1)
    if named >= 0 and is_whole(context, row[0], named):
        return named
    papers = list(context.within(Span(row[0].span.start, row[-1].span.end), "Paper"))
    return papers[0] if len(papers) == 1 else -1


@cache
def _around() -> re.Pattern[str]:
    return re.compile(whole_words(read_lists("tables")["around_data"]), re.IGNORECASE)


@cache
def _no_scores() -> re.Pattern[str]:
    return re.compile(whole_words(read_lists("tables")["no_scores"], r"(?<!\w)", r"(?!\w)"), re.IGNORECASE)
