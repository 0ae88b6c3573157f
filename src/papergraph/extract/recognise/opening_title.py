"""The title with which a note on one work opens, where no link, field or front matter gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.file_name import title_of_file
from papergraph.extract.first_heading import first_heading
from papergraph.extract.others_work import is_on_others
from papergraph.extract.reading import Reading, lists_papers, strip_edges
from papergraph.extract.recognise.presented import (
    has_makers,
    has_parts_of_work,
    has_voice,
    lists_people,
    signs_of_work,
    speaks_of_work,
)
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.sections import heading_role
from papergraph.extract.subject import title_places
from papergraph.extract.title_shapes import (
    LONGEST_TITLE,
    clean_title,
    is_advice,
    is_enumeration,
    is_sentence,
    is_strong_title,
    is_title,
)
from papergraph.extract.word_lists import either_language, is_template_heading
from papergraph.model import Mention, Span
from papergraph.text.folding import is_chinese

_YEAR = re.compile(r"\s*[(（\[]\s*(?:[A-Z][A-Za-z]+[ '’]?|[A-Z][\w .,&'’-]{1,40}[ ,])?(?:19|20)\d\d\s*[)）\]]\s*$")
#: Characters of a year in brackets with its venue.
_LONGEST_YEAR = 60
_STOP = re.compile(r"[。！!；;?？]|[.:：]$")
_FULL_STOP = re.compile(r"(?<=[a-z]{3})\.$")
_DATED = re.compile(r"[\d\s./年月日-]+")
_FEWEST_WORDS, _FEWEST_LETTERS, _MOST_LETTERS = 3, 10, 60
#: Words of a title that is written as a sentence is, and letters around a link in a sentence.
_FEWEST_PLAIN, _LEAST_AROUND = 5, 40
#: Share of the longer words of a title that are capitalised.
_TITLED = 0.6
_LONGER = 3
#: Papers of their own that a note on one work cites at most as works.
_MOST_OTHERS = 2
#: Signs that a note is on one work, for a line whose words are those of a title, and for another one.
_ENOUGH, _CERTAIN = 2, 4
_FEWEST_CERTAIN = 4
#: Behind a title, what it means in Chinese.
_TRANSLATED = re.compile(r"\s*[(（][^()（）\n]*[\u4e00-\u9fff][^()（）\n]*[)）]\s*$")
#: An address in a line of its own.
_ADDRESS = re.compile(r"(?:#!\s*)?<?https?://\S+")


def recognise_opening_title(context: Context) -> Iterator[Mention]:
    """Yield the paper that a note on one work opens with: `# Active Zebra Localization (2018)`, a line over authors."""
    reading = context.reading
    others = [
        m
        for m in context.papers
        if not reading.has_role(m, "passing") and not is_on_others(reading, reading.block_at(m.span.start))
    ]
    if len(others) > _MOST_OTHERS or any(reading.has_role(m, "note-paper") for m in others):
        return
    index = _opening(reading)
    found = _told_at(reading, index, others) or _told_at(reading, _translated_below(reading, index), others)
    yield from found or _named_by_file(reading, others)


def _translated_below(reading: Reading, index: int) -> int:
    """Return the line in bold type, or the heading, with the English title below the Chinese one that a block is."""
    blocks, below = reading.document.blocks, index + 1
    if index < 0 or below >= len(blocks) or not is_chinese(blocks[index].span.of(reading.text)):
        return -1
    line = blocks[below].span
    alone = blocks[below].kind == "heading" or any(i.inner and i.span == line for i in blocks[below].inlines)
    span = title_span(reading, line.start, line.end) if alone else None
    return below if span and is_strong_title(span.of(reading.text)) else -1


def _told_at(reading: Reading, index: int, others: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the paper whose title a block is, if it is one."""
    if index < 0 or any(reading.block_at(m.span.start) == index for m in others):
        return ()
    if span := reading.once(_made_title, index):
        return (reading.mention(span, "Paper", "title-opening", name=clean_title(span.of(reading.text))),)
    if (span := _title(reading, index)) and (
        (all(_is_cited(reading, m) for m in others) and _is_told(reading, index, span))
        or _is_shown(reading, index, span)
    ):
        return (reading.mention(span, "Paper", "title-opening", "told", name=clean_title(span.of(reading.text))),)
    return ()


def _named_by_file(reading: Reading, others: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the paper whose title only the file has, where the note first speaks of it: 本文, this paper."""
    title = title_of_file(reading.document)
    if others or not is_strong_title(title.replace("：", ": ")) or any(True for _ in title_places(reading)):
        return
    if place := _first_word_of_it(reading) or _first_part(reading):
        paper = reading.mention(place, "Paper", "title-opening", "file", name=clean_title(title))
        yield replace(paper, recorded=True)


def _first_word_of_it(reading: Reading) -> Span | None:
    """Return where a note first speaks of the work that it is on: 本文, this paper."""
    for number, block in reading.readable:
        found = _this_paper().search(reading.text, block.span.start, block.span.end)
        if block.kind != "heading" and found and reading.is_visible(number, found.start(), found.end()):
            return Span(*found.span())
    return None


def _first_part(reading: Reading) -> Span | None:
    """Return the first heading of a note that tells how a work is made and how it did."""
    if reading.headings and has_parts_of_work(reading, -1, len(reading.document.blocks)):
        return reading.document.blocks[reading.headings[0]].span
    return None


@cache
def _this_paper() -> re.Pattern[str]:
    """Return how a note calls the work that it is on, by Chinese and English lists of words."""
    return either_language("titles", "this_paper")


def _is_shown(reading: Reading, index: int, span: Span) -> bool:
    """Tell whether enough shows that a line is the title of the work that the note is on."""
    title = span.of(reading.text)
    if is_advice(title) and not has_voice(reading, span.end):
        return False
    signs = signs_of_work(reading, index, span)
    if is_strong_title(title):
        return signs >= _ENOUGH
    fewest = _FEWEST_CERTAIN if has_voice(reading, span.end) else _FEWEST_PLAIN
    return signs >= _CERTAIN and len(title.split()) >= fewest and not is_chinese(title)


def _is_cited(reading: Reading, paper: Mention) -> bool:
    """Tell whether a work is only linked by its address somewhere in a sentence."""
    block = reading.document.blocks[max(0, reading.block_at(paper.span.start))]
    around = block.span.end - block.span.start - (paper.span.end - paper.span.start)
    return reading.has_role(paper, "address") and around > _LEAST_AROUND


def opens_with_title(reading: Reading) -> bool:
    """Tell whether a note opens with a title and its makers or year, so that its headings are parts of a text."""
    index = _opening(reading)
    return index >= 0 and reading.once(_made_title, index) is not None


def _made_title(reading: Reading, index: int) -> Span | None:
    """Return the title of a block, if the year is given with it, or those who made the work right below."""
    span = _title(reading, index)
    end = reading.document.blocks[index].span.end
    dated = _YEAR.search(reading.text, max(reading.document.blocks[index].span.start, end - _LONGEST_YEAR), end)
    made = span and (
        dated or has_makers(reading, index) or _line(reading, index) != reading.document.blocks[index].span
    )
    return span if made else None


def _line(reading: Reading, index: int) -> Span:
    """Return a block, or its first line where the second names those who made the work."""
    block = reading.document.blocks[index]
    first = reading.text.find("\n", block.span.start, block.span.end)
    if first < 0 or block.kind != "paragraph":
        return block.span
    end = reading.text.find("\n", first + 1, block.span.end)
    makers = strip_edges(reading.text, first + 1, end if end >= 0 else block.span.end)
    return Span(block.span.start, first) if makers and lists_people(reading, makers) else block.span


def _is_told(reading: Reading, index: int, span: Span) -> bool:
    """Tell whether a note speaks of a work; one with a heading must also tell its parts apart."""
    if not speaks_of_work(reading, span.end):
        return False
    is_heading = reading.document.blocks[index].kind == "heading"
    return not is_heading or has_parts_of_work(reading, index, reading.section_ends[index])


def _opening(reading: Reading) -> int:
    """Return the block with which the text of a note opens, dates and pictures aside; -1 for none."""
    for index, block in reading.readable[:4]:
        text = block.span.of(reading.text)
        if block.kind == "cell" or reading.fields_of(index):
            return -1
        if block.kind == "heading" and index < first_heading(reading):
            continue
        if not _DATED.fullmatch(text) and not text.startswith("![") and not _ADDRESS.fullmatch(text.strip()):
            return index
    return -1


def _title(reading: Reading, index: int) -> Span | None:
    """Return what may be a title if a block is one line of its form."""
    block, place = reading.document.blocks[index], _line(reading, index)
    text = place.of(reading.text).strip()
    if (
        "\n" in text
        or text.endswith((":", "："))
        or not 8 <= len(text) <= LONGEST_TITLE
        or is_template_heading(text)
        or heading_role(text)
    ):
        return None
    if reading.paper_links[index] or any(i.kind in {"url", "tag"} for i in block.inlines):
        return None
    if block.kind == "heading" and lists_papers(reading, index):
        return None
    span = title_span(reading, place.start, place.end)
    if span is None:
        return None
    for behind in (_TRANSLATED, _YEAR, _FULL_STOP):
        if span and (found := behind.search(reading.text, span.start, span.end)) and found.start() > span.start:
            span = strip_edges(reading.text, span.start, found.start())
    return span if span and _has_form(reading, span) else None


def _has_form(reading: Reading, span: Span) -> bool:
    title = span.of(reading.text)
    if _STOP.search(title.rstrip("?？!！")) or is_enumeration(title) or lists_people(reading, span):
        return False
    if is_chinese(title):
        return _FEWEST_LETTERS <= len(title) <= _MOST_LETTERS and "，" not in title
    words = [w for w in title.split() if w[0].isalpha()]
    longer = [w for w in words if len(w) > _LONGER]
    capital = sum(w[0].isupper() for w in longer) >= _TITLED * len(longer)
    written = len(words) >= _FEWEST_PLAIN and words[0][0].isupper() and is_title(title)
    return len(words) >= _FEWEST_WORDS and (capital or written) and not is_sentence(title)
