"""Titles that a list sets apart from what it says of the works: by who made them and when, by 《》, in bold.

`## A Title (Quill et al., 2019)`, `**A Title** (NeurIPS 2020)`, 《A Title》 at the beginning of a line.
"""

from __future__ import annotations

import re

from papergraph.extract.made_by import is_byline
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.recognise.presented import lists_people
from papergraph.extract.shapes import is_venue
from papergraph.extract.title_shapes import LONGEST_TITLE, is_section_head, is_sentence, is_short_name, is_title
from papergraph.model import Block, Inline, Span
from papergraph.text.folding import is_chinese

#: An English title at the beginning of a line, which may break once: 《A Title》.
_SET_APART = re.compile(r"[\s*_>]{0,4}《([^《》\n\u4e00-\u9fff]{8,200}(?:\n[^《》\n\u4e00-\u9fff]{1,100})?)》")
#: Behind a title on its line: `(Quill et al., 2019)`, `, ICLR 2020`, `- Quill and Marsh (2019)`.
_BEHIND = re.compile(r"[\s*_\])）》\"”]{0,6}(?:[(（\[,，.;；|]|[-–—]\s)(?P<credit>[^\n]{4,120})")
_OTHERS = re.compile(r"\bet\.? al\b|[^\W\d_]等(?:人|[,，)）])")
#: In square brackets behind a name: `[Quill 2021]`, `[Quill and Marsh, 2021]`.
_CITED = re.compile(r"[A-Z][\w'’-]{1,30}(?:(?: and | & |, )[A-Z][\w'’-]{1,30}){0,4},?\s(?:19|20)\d\d[a-z]?\s?[\])）]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VENUE = re.compile(r"(?P<venue>[A-Z][A-Za-z&+/-]{1,30})[ '’‘]{0,2}(?:19|20)?\d\d(?!\d)")
#: A line on who made a work and when holds hardly more.
_LONGEST_CREDIT = 120
_FEWEST_WORDS = 4
#: Sections of a list.
_SEVERAL = 2


def is_credited(reading: Reading, index: int, title: Span) -> bool:
    """Tell whether the title of one of several sections stands with who made the work and when.

    They stand behind it on its line, or in a line right below.
    """
    text = title.of(reading.text)
    if len(reading.siblings[index]) < _SEVERAL:
        return False
    if is_chinese(text) or len(text.split()) < _FEWEST_WORDS or is_sentence(text):
        return False
    return says_credit(reading, title.end) or _is_credit_line(reading, index + 1)


def says_credit(reading: Reading, end: int) -> bool:
    """Tell whether a line goes on with who made a work, or with a venue and its year."""
    behind = _BEHIND.match(reading.text, end)
    if behind is None:
        return False
    credit = behind["credit"]
    if _OTHERS.search(credit) or _CITED.match(credit):
        return True
    return any(is_venue(reading.vocabulary, m["venue"]) for m in _VENUE.finditer(credit))


def _is_credit_line(reading: Reading, index: int) -> bool:
    """Tell whether a block is one short line that says who made a work, and when."""
    blocks = reading.document.blocks
    if index >= len(blocks) or blocks[index].kind not in {"paragraph", "item"}:
        return False
    span = blocks[index].span
    line = span.of(reading.text).strip()
    if "\n" in line or len(line) > _LONGEST_CREDIT:
        return False
    return bool(_OTHERS.search(line) and _YEAR.search(line)) or is_byline(reading, index) or lists_people(reading, span)


def quoted_at_start(reading: Reading, block: Block) -> Span | None:
    """Return the English title in 《》 with which a paragraph or an item begins."""
    found = _SET_APART.match(reading.text, block.span.start, block.span.end)
    return Span(*found.span(1)) if found and is_title(" ".join(found[1].split())) else None


def bold_title(reading: Reading, block: Block) -> Span | None:
    """Return the title in bold that a paragraph begins with, and that is credited on its line."""
    bold = next((i for i in block.inlines if i.kind == "bold" and i.span.start == block.span.start), None)
    if block.kind not in {"paragraph", "item"} or bold is None or bold.inner is None:
        return None
    span = strip_edges(reading.text, bold.inner.start, bold.inner.end, ' \t\r\n*_"“”.:：')
    title = span.of(reading.text) if span else ""
    if span is None or "\n" in title or len(title) > LONGEST_TITLE or is_chinese(title) or not _may_be_title(title):
        return None
    return span if says_credit(reading, bold.span.end) else None


def _may_be_title(title: str) -> bool:
    head, colon, rest = title.partition(": ")
    if is_section_head(head):
        return False
    return is_title(title) or (bool(colon) and is_short_name(head) and len(rest.split()) > 1)


def links_of_title(reading: Reading, first: int, count: int) -> list[tuple[int, Inline]]:
    """Return the links to papers close below the title of a note, with their blocks, up to a heading with its own."""
    found: list[tuple[int, Inline]] = []
    for number in range(first, min(first + count, len(reading.document.blocks))):
        block, links = reading.document.blocks[number], reading.paper_links[number]
        if number > first and block.kind == "heading" and links and _says_more(reading, block, links):
            break
        found += ((number, link) for link in links)
    return found


def _says_more(reading: Reading, block: Block, links: tuple[Inline, ...] | list[Inline]) -> bool:
    before = reading.text[block.span.start : links[0].span.start]
    return any(map(str.isalnum, before))
