"""Signs that what stands below a line presents a work: who made it and when, and sections on its method and results."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.authors import split_authors
from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import either_language
from papergraph.model import Span

#: Blocks below a title that may say who made the work and when.
_LINES_BELOW = 5
#: Sections and labels below a title that are looked at, and how many kinds of them tell that it is one.
_PARTS, _FEWEST_ROLES = 120, 2
#: Roles of sections that a note on any subject may have.
_ANYWHERE = frozenset({"", "references", "summary", "thoughts", "background"})
_LONGEST_LINE = 400
#: Share of a line of authors that are their names.
_NAMED = 0.6
_SAID = frozenset({"authors", "institution", "venue", "year", "doi", "arxiv"})


def has_makers(reading: Reading, index: int) -> bool:
    """Tell whether fields or a line of people right below a block say who made what it names, when, and where."""
    return any(_says_makers(reading, number) for number in _below(reading, index))


def _below(reading: Reading, index: int) -> Iterator[int]:
    """Yield the blocks right below a line; a heading among them must itself be a field."""
    blocks = reading.document.blocks
    for number in range(index + 1, min(index + 1 + _LINES_BELOW, len(blocks))):
        if blocks[number].kind == "heading" and not reading.fields_of(number):
            following = reading.fields_of(number + 1)
            if not following or following[0].key not in blocks[number].span.of(reading.text).casefold():
                return
        yield number


def _says_makers(reading: Reading, number: int) -> bool:
    block = reading.document.blocks[number]
    if any(field.meaning in _SAID for field in reading.fields_of(number)):
        return True
    return block.kind in {"paragraph", "item"} and lists_people(reading, block.span)


def lists_people(reading: Reading, line: Span) -> bool:
    """Tell whether a line is nothing but the names of several people."""
    text = line.of(reading.text)
    if len(text) > _LONGEST_LINE or "\n" in text.strip():
        return False
    people = list(split_authors(reading.text, line))
    told = sum(a.span.end - a.span.start for a in people) >= _NAMED * len(text)
    return len(people) >= 2 and told and not any(reading.vocabulary.find(a.name) for a in people)


def has_parts_of_work(reading: Reading, index: int, end: int, *, labels: bool = False) -> bool:
    """Tell whether the blocks between say apart how a work is made, how it did and what came before.

    They do so in headings or in labels of lines; with `labels` only these count.
    """
    blocks = reading.document.blocks
    found = {
        part.role
        for number, part in enumerate(reading.parts[index + 1 : min(end, index + _PARTS)], index + 1)
        if part.told_by == number and part.role not in _ANYWHERE and not (labels and blocks[number].kind == "heading")
    }
    return len(found) >= _FEWEST_ROLES


def speaks_of_work(reading: Reading, start: int) -> bool:
    """Tell whether a note speaks from `start` on of one work: 本文, 这篇论文, this paper, the authors."""
    return len(list(either_language("titles", "voice").finditer(reading.text, start, start + 20_000))) >= _FEWEST_ROLES
