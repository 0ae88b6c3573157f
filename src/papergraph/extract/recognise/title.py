"""Titles of papers: what a link to a paper says, what stands before a link called "paper", headings, and bare links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from papergraph.extract.context import Context
from papergraph.extract.elsewhere import also_at
from papergraph.extract.first_heading import first_heading
from papergraph.extract.headed_link import headed_link
from papergraph.extract.made_by import is_byline
from papergraph.extract.reading import Reading, article_links, lists_papers, strip_edges
from papergraph.extract.recognise.address import (
    ARXIV_PREFIX,
    first_blocks,
    heading_identifiers,
    heading_link,
    is_url,
)
from papergraph.extract.recognise.cited import referred_title
from papergraph.extract.recognise.credited import is_credited
from papergraph.extract.recognise.described import (
    field_title,
    front_matter_title,
    is_described,
    listed_title,
    title_fields,
)
from papergraph.extract.recognise.headed_titles import files_under_technique, is_among_titles
from papergraph.extract.recognise.leading_link import title_behind, title_below
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.lone_title import recognise_lone_title, told_above
from papergraph.extract.recognise.opening_title import opens_with_title
from papergraph.extract.recognise.page_title import recognise_pages
from papergraph.extract.recognise.presented import has_parts_of_work, has_voice, is_told_of_one, lists_people
from papergraph.extract.recognise.title_property import column_title, propertied_title, row_title, stated_title
from papergraph.extract.recognise.title_span import quoted_title, title_span
from papergraph.extract.sections import heading_role
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.title_shapes import (
    clean_title,
    is_advice,
    is_chinese_title,
    is_clear_title,
    is_one_word,
    is_section_head,
    is_sentence,
    is_short_name,
    is_title,
    names_collection,
)
from papergraph.extract.word_lists import is_template_heading
from papergraph.model import Block, Inline, Mention, Span
from papergraph.text.folding import is_chinese

#: Where HTML begins a line of its own.
_LINE_TAG = re.compile(r"<(?:li|br|p|tr|td|div)\b[^<>\n]{0,100}>", re.IGNORECASE)
#: Behind a dash, what a note calls itself and not its paper.
_NOTE_TAIL = re.compile(
    r"\s[-–—|]\s(?:reading |paper )?(?:notes?|summary|review|笔记|阅读笔记|论文笔记)$", re.IGNORECASE
)
#: A line of makers, above one with the address: `Quill et al. (2019)`.
_AUTHORS = re.compile(r"[^\W\d_][\w'’-]{1,30} et\.? al\b[^\n]{0,30}(?:\n|$)")


def recognise_title(context: Context) -> Iterator[Mention]:
    """Yield a Paper for every work that the note lists or discusses as a work."""
    for paper in _found(context.reading):
        name = clean_title(paper.name)
        yield paper if name == paper.name else replace(paper, name=name)


def _found(reading: Reading) -> Iterator[Mention]:
    for index, block in reading.readable:
        if block.kind == "heading":
            yield from (*_heading(reading, index, block),) or _named_heading(reading, index)
        else:
            yield from (*listed_title(reading, index),) or _block(reading, index, block)
    yield from front_matter_title(reading)
    yield from field_title(reading)


def _heading(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    if is_template_heading(block.span.of(reading.text)):
        return
    first = index == first_heading(reading)
    if _is_told_in_field(reading, index) or (first and any(title_fields(reading))):
        return  # a field here or below has the title, and the heading is what the note calls itself
    if not first and not reading.paper_links[index] and lists_papers(reading, index):
        return  # a category
    inner = next((i.inner for i in reading.paper_links[index] if i.inner and not is_link_label(reading, i)), None)
    span = inner or quoted_title(reading, block.span) or title_span(reading, block.span.start, block.span.end)
    if span is None:
        return
    title = span.of(reading.text)
    if inner is None and (lists_people(reading, span) or (":" not in title and names_collection(title))):
        return  # those who made the work of the heading above, or notes on many works
    if is_section_head(title.partition(":")[0]) or (_NOTE_TAIL.search(title) and _links_title(reading, index)):
        return
    identifiers = heading_identifiers(reading, index)
    if inner is None and files_under_technique(reading, index, title, identifiers):
        return
    institution = (
        any(
            f.meaning in {"institution", "authors", "arxiv"}
            for later in first_blocks(reading, index)
            for f in reading.fields_of(later)
        )
        or _is_told_apart(reading, index, block, title)
        or is_among_titles(reading, index)
        or is_credited(reading, index, span)
    )
    described = first and is_described(reading, index)
    if (identifiers or institution) and (
        is_title(title)
        or (first and inner is not None and not is_one_word(title))
        or (described and not is_one_word(title))
        or is_chinese_title(title)
        or (not first and inner is not None and is_short_name(title) and is_name_shaped(title.split()[0]))
    ):
        yield reading.mention(span, "Paper", "title-heading", identifiers=identifiers)
    elif (
        is_clear_title(title)
        and not (is_advice(title) and not has_voice(reading, span.end))
        and not _is_section(reading, block, span)
        and (first or (_is_one_of_titles(reading, index) and not is_told_of_one(reading, index)))
    ):
        yield reading.mention(span, "Paper", "title-heading", "unlinked")


def _is_one_of_titles(reading: Reading, index: int) -> bool:
    """Tell whether a heading is the only one of its level, or another of that level is the title of a work too."""
    count, clear = reading.once(_titles_of_level, reading.document.blocks[index].depth)
    return count == 1 or clear > 1


def _titles_of_level(reading: Reading, depth: int) -> tuple[int, int]:
    """Return how many headings of a level there are, and how many of them are clear titles."""
    blocks = [reading.document.blocks[h] for h in reading.headings]
    level = [block.span.of(reading.text) for block in blocks if block.depth == depth]
    return len(level), sum(map(is_clear_title, level))


def _is_told_in_field(reading: Reading, index: int) -> bool:
    """Tell whether a field gives the title of a heading's work: `### Zorb (2024)` over `- Paper: A Title of a Work`."""
    if any(f.meaning == "title" for f in reading.fields_of(index)):
        return True
    below = (f for later in first_blocks(reading, index) for f in reading.fields_of(later) if f.meaning == "title")
    return not reading.paper_links[index] and any(is_clear_title(f.value.of(reading.text)) for f in below)


def _named_heading(reading: Reading, index: int) -> Iterator[Mention]:
    """Yield the address behind the name that a heading gives a work: `### Zorb [arXiv](https://...)`."""
    headed = headed_link(reading, index) if reading.paper_links[index] else None
    if headed and headed.link in reading.paper_links[index]:
        link = headed.link
        name = link.target or link.span.of(reading.text)
        yield reading.mention(link.span, "Paper", "link", name=name, identifiers=(link.identifier,))


def _links_title(reading: Reading, index: int) -> bool:
    """Tell whether a link right below a heading has the title of a paper."""
    links = (i for later in first_blocks(reading, index) for i in reading.paper_links[later])
    return any(i.inner and is_title(i.inner.of(reading.text)) and not is_link_label(reading, i) for i in links)


def _is_told_apart(reading: Reading, index: int, block: Block, title: str) -> bool:
    """Tell whether labels below a heading of a list say apart how the work of this title is made, and so on."""
    if block.depth == 1 or is_chinese(title) or is_sentence(title) or _is_section(reading, block, block.span):
        return False
    return not heading_role(title) and has_parts_of_work(reading, index, reading.section_ends[index], labels=True)


def _is_section(reading: Reading, block: Block, title: Span) -> bool:
    """Tell whether a heading without a link is a part of a text: numbered as such, or below the title of a paper."""
    lead = reading.text[block.span.start : title.start].strip()
    if re.fullmatch(r"\d+(?:\.\d+)+\.?|\d+", lead):
        return True
    if any(reading.once(_is_titled, h) for h in block.headings) or reading.once(_has_title, -1):
        return True
    return block is not reading.document.blocks[0] and reading.once(_opens_with_work, 0)


def _opens_with_work(reading: Reading, first: int) -> bool:
    """Tell whether a note opens with a title over its makers, or with a line and the only address of a paper in it."""
    if opens_with_title(reading):
        return True
    block = reading.document.blocks[first]
    linked = any(reading.paper_links[heading] for heading in reading.headings)
    return block.kind == "paragraph" and len(reading.paper_links[first]) == 1 and not linked


def _is_titled(reading: Reading, heading: int) -> bool:
    described = heading == reading.headings[0] and is_described(reading, heading)
    texts = [reading.document.blocks[heading].span, *(i.inner for i in reading.paper_links[heading] if i.inner)]
    return described or any(is_clear_title(text.of(reading.text)) for text in texts)


def _has_title(reading: Reading, block: int) -> bool:
    return any(f.meaning == "title" and is_clear_title(f.value.of(reading.text)) for f in reading.fields_of(block))


def _block(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    if (title := propertied_title(reading, index)) or (title := column_title(reading, index)):
        identifiers = tuple(dict.fromkeys(f.identifier for f in reading.fields_of(index) if f.identifier))
        yield reading.mention(title, "Paper", "title-item", identifiers=identifiers)
        return
    links = reading.paper_links[index]
    labels = [i for i in block.inlines if is_link_label(reading, i)] if len(links) > 1 else []
    start = block.span.start
    above = told_above(reading, index) if links else frozenset()
    told: set[Inline] = set()
    seen: set[str] = set()
    for link in links:
        if link in told or _belongs_to_heading(reading, index, link) or link in above:
            start = link.span.end
            seen.add(link.identifier)
            continue
        span = _link_title(reading, link, start) or row_title(reading, block, link)
        span = span or title_behind(reading, block, link)
        also = also_at(reading, link, labels)
        told.update(also)
        identifiers = (link.identifier, *(i.identifier for i in also))
        if span is not None:
            yield reading.mention(span, "Paper", "title-link", identifiers=identifiers)
        elif link.identifier not in seen:
            place = link.inner if link.kind == "link" and link.inner and is_url(reading, link) else link.span
            yield reading.mention(
                place,
                "Paper",
                "link",
                name=title_below(reading, index, link) or link.target or link.span.of(reading.text),
                identifiers=identifiers,
            )
        start = link.span.end
        seen.add(link.identifier)
    yield from recognise_pages(reading, index, block)
    if links:
        return
    articles = [a for a in article_links(block) if a.span.start - block.span.start <= 12 and _is_article(reading, a)]
    for link in articles[:1]:
        if link.inner is not None:
            yield reading.mention(link.inner, "Paper", "title-article", identifiers=(link.target,))
    if not articles:
        yield from recognise_lone_title(reading, index, block)


def _is_article(reading: Reading, link: Inline) -> bool:
    text = link.inner.of(reading.text) if link.inner else ""
    return is_title(text) or (text.endswith(".pdf") and len(text.split()) == 1)


def _belongs_to_heading(reading: Reading, index: int, link: Inline) -> bool:
    """Tell whether a link in a field only gives the address of the heading's paper."""
    block = reading.document.blocks[index]
    if not block.headings and (not reading.headings or index > reading.headings[0]):
        return False
    above = block.headings[-1] if block.headings else reading.headings[0]
    own = reading.once(heading_link, above)
    if own is None or own.span != link.span:
        return False
    title = title_span(reading, reading.document.blocks[above].span.start, reading.document.blocks[above].span.end)
    inner = link.inner.of(reading.text) if link.inner and link.kind == "link" else ""
    return (
        title is not None and is_title(title.of(reading.text)) and (not is_title(inner) or is_link_label(reading, link))
    )


def _link_title(reading: Reading, link: Inline, start: int) -> Span | None:
    if link.kind == "link" and link.inner and not is_link_label(reading, link) and not is_url(reading, link):
        prefix = ARXIV_PREFIX.match(reading.text, link.inner.start, link.inner.end)
        inner = strip_edges(
            reading.text, prefix.end() if prefix else link.inner.start, link.inner.end, " \t\r\n*_>《》"
        )
        if inner and (is_title(inner.of(reading.text)) or len(inner.of(reading.text)) >= 3):
            return inner
        return link.inner
    if any(
        f.value.covers(link.span) for f in reading.fields_of(reading.block_at(link.span.start)) if f.meaning != "title"
    ):
        return None
    if stated := stated_title(reading, link, start):
        return stated
    if start < link.span.start and (cited := referred_title(reading, Span(start, link.span.start))):
        return cited
    breaks = [m.end() for m in _LINE_TAG.finditer(reading.text, start, link.span.start)]
    span = title_span(reading, breaks[-1] if breaks else start, link.span.start)
    text = span.of(reading.text) if span is not None else ""
    if span is None or lists_people(reading, span) or _AUTHORS.match(text):
        return None
    if is_byline(reading, reading.block_at(link.span.start)):
        return None
    return span if is_title(text) and not is_chinese(text) and not is_sentence(text) else None
