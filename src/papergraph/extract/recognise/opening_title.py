"""The title with which a note on one work opens, where no link, field or front matter gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading, lists_papers, strip_edges
from papergraph.extract.recognise.presented import has_makers, has_parts_of_work, lists_people, speaks_of_work
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.sections import heading_role
from papergraph.extract.title_shapes import LONGEST_TITLE, clean_title, is_enumeration, is_sentence, is_title
from papergraph.extract.word_lists import is_template_heading
from papergraph.model import Mention, Span
from papergraph.text.folding import is_chinese

_YEAR = re.compile(r"\s*[(（\[]\s*(?:[A-Z][A-Za-z]+[ '’]?)?(?:19|20)\d\d\s*[)）\]]\s*$")
#: Characters of a year in brackets with its venue.
_LONGEST_YEAR = 60
_STOP = re.compile(r"[。！!；;?？]|[.:：]$")
_DATED = re.compile(r"[\d\s./年月日-]+")
_FEWEST_WORDS, _FEWEST_LETTERS, _MOST_LETTERS = 3, 10, 60
#: Words of a title that is written as a sentence is, and letters around a link in a sentence.
_FEWEST_PLAIN, _LEAST_AROUND = 6, 40
#: Share of the longer words of a title that are capitalised.
_TITLED = 0.6
_LONGER = 3
#: Papers of their own that a note on one work cites at most as works.
_MOST_OTHERS = 2


def recognise_opening_title(context: Context) -> Iterator[Mention]:
    """Yield the paper that a note on one work opens with: `# Active Zebra Localization (2018)`, a line over authors."""
    reading = context.reading
    others = [m for m in context.papers if not reading.has_role(m, "passing")]
    if len(others) > _MOST_OTHERS or any(reading.has_role(m, "note-paper") for m in others):
        return
    index = _opening(reading)
    if index < 0 or any(reading.block_at(m.span.start) == index for m in others):
        return
    if span := reading.once(_made_title, index):
        yield reading.mention(span, "Paper", "title-opening", name=clean_title(span.of(reading.text)))
    elif (
        all(_is_cited(reading, m) for m in others)
        and (span := _title(reading, index))
        and _is_told(reading, index, span)
    ):
        yield reading.mention(span, "Paper", "title-opening", "told", name=clean_title(span.of(reading.text)))


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
    return span if span and (dated or has_makers(reading, index)) else None


def _is_told(reading: Reading, index: int, span: Span) -> bool:
    """Tell whether a note speaks of a work; one with a heading must also tell its parts apart."""
    if not speaks_of_work(reading, span.end):
        return False
    is_heading = reading.document.blocks[index].kind == "heading"
    return not is_heading or has_parts_of_work(reading, index, reading.section_ends[index])


def _opening(reading: Reading) -> int:
    """Return the block with which the text of a note opens, dates and pictures aside; -1 for none."""
    for index, block in reading.readable[:3]:
        text = block.span.of(reading.text)
        if block.kind == "cell" or reading.fields_of(index):
            return -1
        if not _DATED.fullmatch(text) and not text.startswith("!["):
            return index
    return -1


def _title(reading: Reading, index: int) -> Span | None:
    """Return what may be a title if a block is one line of its form."""
    block = reading.document.blocks[index]
    text = block.span.of(reading.text).strip()
    if "\n" in text or not 8 <= len(text) <= LONGEST_TITLE or is_template_heading(text) or heading_role(text):
        return None
    if reading.paper_links[index] or any(i.kind in {"url", "tag"} for i in block.inlines):
        return None
    if block.kind == "heading" and lists_papers(reading, index):
        return None
    span = title_span(reading, block.span.start, block.span.end)
    if span is None:
        return None
    if year := _YEAR.search(reading.text, span.start, span.end):
        span = strip_edges(reading.text, span.start, year.start())
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
