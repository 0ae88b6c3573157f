"""Titles of papers: what a link to a paper says, what stands before a link called "paper", headings, and bare links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from papergraph.extract.elsewhere import also_at, stands_alone
from papergraph.extract.patterns import is_template_heading
from papergraph.extract.reading import Reading, article_links, lists_papers, paper_links, strip_edges
from papergraph.extract.shapes import is_venue
from papergraph.extract.title_shapes import clean_title, is_clear_title, is_enumeration, is_sentence, is_title
from papergraph.iri import scheme_of
from papergraph.labels import is_label
from papergraph.model import Block, Field, Inline, Mention, Span
from papergraph.names import is_chinese

#: Before a title: list marks, a venue in brackets, a date, an emoji, `Survey:`, `Title:`.
_LEAD = re.compile(
    r"(?:\s|</?[A-Za-z][^<>\n]*>|&\w+;|[*_>~]|\\?\[[^\[\]\n]{1,30}\\?\](?!\()|[(（【][^()（）【】\n]{1,20}[)）】]|\d{1,4}[./年-]\d{1,2}(?:[./月-]\d{1,2}日?)?[\s,:：]|"
    r"(?:survey|title|paper|论文|标题|题目)\s*[:：]|[^\w\s\"'“‘(（\[`$\\《]|\d+[.)、]\s)+",
    re.IGNORECASE,
)
#: The number of an identifier, or a citation's mere number: no title either.
_LABEL_NUMBER = re.compile(r"\d{4}\.\d{4,5}(?:v\d)?|arxiv[:\s]*\d{4}\.\d{4,5}(?:v\d)?|\d{1,3}", re.IGNORECASE)
#: A link may also say when or where: `[2 Aug 2023](...)`, `[ICLR 2017](...)`.
_LABEL_DATE = re.compile(
    r"(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d|"
    r"(?:19|20)\d\d(?:[-./]\d{1,2}){0,2}",
    re.IGNORECASE,
)
#: Share of the words of a page's name that are capitalised if it is that of a paper.
_TITLED = 0.6
#: Characters before the page that an item is about.
_LEADING = 12
#: A note on one paper links to fewer others by their titles.
_FEWEST_LISTED = 3
_LONGEST_REMARK = 4
_ARXIV_PREFIX = re.compile(r"\\?\[\d{4}\.\d{4,5}(?:v\d+)?\\?\]\s*")
#: After a title in one line with it: the end of its bold type, a badge.
_TITLE_END = re.compile(
    r"\*\*\s*(?=\S)|&nbsp;|&emsp;|!\[|</?[A-Za-z]|(?<=\S{8})\s+\\?\[(?=[A-Z0-9])|\s+[(（](?:from\b|by\b|来自|@|[A-Z]\w+['’]\d\d)"
)
#: Below the title of a work in a list its address is in one of so many lines.
_FIRST_LINES = 8
#: Where a note on one paper gives its address.
_FIRST_BLOCKS = 12
_VENUE_TAIL = re.compile(
    r"[,，.]?\s*[(（\[]?(?:arXiv|[A-Z][A-Za-z]{2,}(?:PS|S|L|R)?)\s*(?:'|’)?(?:19|20)?\d\d[)）\]]?\s*$"
)


def recognise_title(reading: Reading) -> Iterator[Mention]:
    """Yield a Paper for every work that the note lists or discusses as a work."""
    for paper in _found(reading):
        name = clean_title(paper.name)
        yield paper if name == paper.name else replace(paper, name=name)


def _found(reading: Reading) -> Iterator[Mention]:
    for index, block in reading.readable:
        if block.kind == "heading":
            yield from _heading(reading, index, block)
        else:
            yield from _block(reading, index, block)
    yield from _front_matter(reading)
    yield from _field_title(reading)


def section(reading: Reading, index: int) -> Iterator[int]:
    """Yield the blocks under the heading `index`, down to the next heading of its level or above."""
    yield from range(index + 1, reading.section_ends[index])


def heading_link(reading: Reading, index: int) -> Inline | None:
    """Return the paper link that belongs to a heading: in it, or in a field or short line close below it."""
    blocks = reading.document.blocks
    if links := paper_links(blocks[index]):
        return links[0]
    for later in _first_blocks(reading, index):
        block = blocks[later]
        links = paper_links(block)
        if links and block.kind == "item" and _is_other_title(reading, blocks[index], links[0]):
            return None
        if links and (block.quoted or reading.fields_of(later) or _is_bare(block)):
            return links[0]
        if links and links[0].inner and is_title(links[0].inner.of(reading.text)):
            return links[0] if _is_whole(block, links[0]) else None
    return None


def _is_other_title(reading: Reading, heading: Block, link: Inline) -> bool:
    """Tell whether a link of a list below an English heading has a title of its own: the list files several papers."""
    if link.inner is None or _is_label(reading, link) or is_chinese(heading.span.of(reading.text)):
        return False
    inner = link.inner.of(reading.text)
    shared = set(inner.casefold().split()) & set(heading.span.of(reading.text).casefold().split())
    return is_title(inner) and len(shared) < 0.3 * len(inner.split())


def _first_blocks(reading: Reading, index: int) -> Iterator[int]:
    """Yield the first blocks right under a heading, where a note gives a paper's address and institution."""
    for later in islice(section(reading, index), 6):
        if reading.document.blocks[later].kind == "heading":
            return
        yield later


def _is_whole(block: Block, link: Inline) -> bool:
    return link.span.end - link.span.start >= 0.7 * (block.span.end - block.span.start)


def _is_bare(block: Block) -> bool:
    """Tell whether a block says little beyond its links."""
    words = block.span.end - block.span.start - sum(i.span.end - i.span.start for i in paper_links(block))
    return words < 40


def _heading(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    if is_template_heading(block.span.of(reading.text)):
        return
    if index == reading.headings[0] and any(_title_fields(reading)):
        return  # a field below has the title, and the heading is what the note calls itself
    if index != reading.headings[0] and not paper_links(block) and lists_papers(reading, index):
        return  # a category
    inner = next((i.inner for i in paper_links(block) if i.inner and not _is_label(reading, i)), None)
    span = inner or title_span(reading, block.span.start, block.span.end)
    if span is None:
        return
    title = span.of(reading.text)
    identifiers = _heading_identifiers(reading, index)
    institution = any(
        f.meaning in {"institution", "authors", "arxiv"}
        for later in _first_blocks(reading, index)
        for f in reading.fields_of(later)
    )
    if (identifiers or institution) and (is_title(title) or (is_chinese(title) and len(title) >= 8)):
        yield reading.mention(span, "Paper", "title-heading", 0.95, identifiers=identifiers)
    elif is_clear_title(title) and not _is_section(reading, block, span):
        yield reading.mention(span, "Paper", "title-heading", 0.7)


def _heading_identifiers(reading: Reading, index: int) -> tuple[str, ...]:
    """Return the identifier of a heading's paper; that of the note's first heading may stand a little further below."""
    if link := heading_link(reading, index):
        return (link.identifier,)
    if index != reading.headings[0]:
        return ()
    front = {f.identifier for f in reading.fields_of(-1)}
    blocks = reading.document.blocks[:_FIRST_BLOCKS]
    links = [i for b in blocks for i in paper_links(b)]
    bare = all(_is_label(reading, i) or _is_url(reading, i) for i in links)
    found = sorted({*front, *(i.identifier for i in links)} - {""})
    return tuple(found) if len(found) == 1 and bare else ()


def _title_fields(reading: Reading) -> Iterator[Field]:
    """Yield the fields with a title near the start of a note: `论文：A Title`."""
    for number in range(min(_FIRST_BLOCKS, len(reading.document.blocks))):
        for field in reading.fields_of(number):
            title = field.value.of(reading.text)
            if field.meaning != "title" or is_chinese(title) or "http" in title or "](" in title:
                continue
            if is_title(title) or (field.key.endswith("title") and _is_described(reading, number)):
                yield field


def _is_described(reading: Reading, number: int) -> bool:
    """Tell whether fields close to a block give authors or an address too, so that its `Title:` is that of a paper."""
    near = (f for n in range(max(0, number - 3), number + 4) for f in reading.fields_of(n))
    return any(f.meaning == "authors" or f.identifier for f in near)


def _field_title(reading: Reading) -> Iterator[Mention]:
    """Yield the paper that a field near the start of a note names, with the only address that such a field gives."""
    for field in _title_fields(reading):
        near = (f for n in range(_FIRST_BLOCKS) for f in reading.fields_of(n))
        found = tuple(dict.fromkeys(f.identifier for f in near if f.identifier))
        identifiers = found if len(found) == 1 else ()
        yield reading.mention(field.value, "Paper", "title-field", 0.9, identifiers=identifiers)
        return


def _is_section(reading: Reading, block: Block, title: Span) -> bool:
    """Tell whether a heading without a link is a part of a text: numbered as such, or below the title of a paper."""
    lead = reading.text[block.span.start : title.start].strip()
    if re.fullmatch(r"\d+(?:\.\d+)+\.?|\d+", lead):
        return True
    above = (reading.document.blocks[i] for i in block.headings)
    return any(is_clear_title(h.span.of(reading.text)) for h in above) or _has_front_title(reading)


def _has_front_title(reading: Reading) -> bool:
    return any(f.meaning == "title" and is_clear_title(f.value.of(reading.text)) for f in reading.fields_of(-1))


def _block(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    links = paper_links(block)
    labels = [i for i in block.inlines if _is_label(reading, i)] if len(links) > 1 else []
    start = block.span.start
    told: set[Inline] = set()
    above = _links_below(reading, block.parent) if block.parent >= 0 and links else []
    for link in links:
        if link in told or _belongs_to_heading(reading, index, link) or link in above:
            start = link.span.end
            continue
        span = _link_title(reading, link, start) or _row_title(reading, index, block, link)
        also = also_at(reading, link, labels)
        told.update(also)
        identifiers = (link.identifier, *(i.identifier for i in also))
        if span is not None:
            yield reading.mention(span, "Paper", "title-link", 0.95, identifiers=identifiers)
        elif not _seen(links, link):
            place = link.inner if link.kind == "link" and link.inner and _is_url(reading, link) else link.span
            yield reading.mention(
                place,
                "Paper",
                "link",
                0.9,
                name=link.target or link.span.of(reading.text),
                identifiers=identifiers,
            )
        start = link.span.end
    yield from _pages(reading, block)
    if links:
        return
    articles = [a for a in article_links(block) if a.span.start - block.span.start <= 12 and _is_article(reading, a)]
    for link in articles[:1]:
        if link.inner is not None:
            yield reading.mention(link.inner, "Paper", "title-article", 0.7, identifiers=(link.target,))
    if not articles:
        yield from _unlinked(reading, index, block)


def _pages(reading: Reading, block: Block) -> Iterator[Mention]:
    """Yield the papers whose notes a sentence links to: `see [[Attention Is All You Need]]`."""
    for page in block.inlines:
        title = page.inner.of(reading.text) if page.kind == "wikilink" and page.inner else ""
        words = title.split()
        if block.kind == "item" and page.span.start - block.span.start <= _LEADING:
            continue  # the item is about it
        if page.inner and is_title(title) and sum(w[0].isupper() for w in words) >= _TITLED * len(words):
            yield reading.mention(page.inner, "Paper", "title-page", 0.75)


def _is_article(reading: Reading, link: Inline) -> bool:
    text = link.inner.of(reading.text) if link.inner else ""
    return is_title(text) or (text.endswith(".pdf") and len(text.split()) == 1)


def _is_url(reading: Reading, link: Inline) -> bool:
    return link.inner is not None and link.inner.of(reading.text).startswith("http")


def _seen(links: tuple[Inline, ...], link: Inline) -> bool:
    """Tell whether an earlier link of the block leads to the same paper."""
    return any(other.identifier == link.identifier for other in links[: links.index(link)])


def _belongs_to_heading(reading: Reading, index: int, link: Inline) -> bool:
    """Tell whether a link in a field only gives the address of the heading's paper."""
    block = reading.document.blocks[index]
    if not block.headings:
        return False
    above = block.headings[-1]
    own = heading_link(reading, above)
    if own is None or own.span != link.span:
        return False
    title = title_span(reading, reading.document.blocks[above].span.start, reading.document.blocks[above].span.end)
    inner = link.inner.of(reading.text) if link.inner and link.kind == "link" else ""
    return title is not None and is_title(title.of(reading.text)) and (not is_title(inner) or _is_label(reading, link))


def _is_label(reading: Reading, link: Inline) -> bool:
    """Tell whether a link's text says `paper`, `链接` or a number instead of a title."""
    if link.inner is None or link.kind == "url":
        return True
    if link.inner.of(reading.text).startswith("!["):
        return True  # a badge
    text = re.sub(r"^\W+|\W+$", "", link.inner.of(reading.text))
    if not text or _LABEL_NUMBER.fullmatch(text) or is_label(text):
        return True
    return bool(_LABEL_DATE.fullmatch(text)) or is_venue(reading.vocabulary, text) or _is_bracketed(reading, link)


def _is_bracketed(reading: Reading, link: Inline) -> bool:
    """Tell whether a link's text is a remark in brackets of its own behind a title: `A title [[AI Open]](...)`."""
    inner = link.inner.of(reading.text) if link.inner else ""
    if not inner.startswith("[") or len(inner.split()) > _LONGEST_REMARK:
        return False
    line = reading.text.rfind("\n", 0, link.span.start) + 1
    span = title_span(reading, line, link.span.start)
    return span is not None and is_title(span.of(reading.text))


def _link_title(reading: Reading, link: Inline, start: int) -> Span | None:
    if link.kind == "link" and link.inner and not _is_label(reading, link) and not _is_url(reading, link):
        prefix = _ARXIV_PREFIX.match(reading.text, link.inner.start, link.inner.end)
        inner = strip_edges(
            reading.text, prefix.end() if prefix else link.inner.start, link.inner.end, " \t\r\n*_>《》"
        )
        if inner and (is_title(inner.of(reading.text)) or len(inner.of(reading.text)) >= 3):
            return inner
        return link.inner
    span = title_span(reading, start, link.span.start)
    text = span.of(reading.text) if span is not None else ""
    return span if is_title(text) and not is_chinese(text) and not is_sentence(text) else None


def _row_title(reading: Reading, index: int, block: Block, link: Inline) -> Span | None:
    """Return the title of a table's row in another cell than the link: `| **A title**<br>... | [paper](...) |`."""
    if block.kind != "cell" or not _is_label(reading, link):
        return None
    for other in reading.rows[block.table, block.row]:
        cell = reading.document.blocks[other]
        if other == index or paper_links(cell):
            continue
        bold = next((i.inner for i in cell.inlines if i.kind == "bold" and i.span.start == cell.span.start), None)
        span = bold or title_span(reading, cell.span.start, cell.span.end)
        text = span.of(reading.text) if span else ""
        if (is_title(text) and not is_sentence(text)) if bold else is_clear_title(text):
            return span
    return None


def title_span(reading: Reading, start: int, end: int) -> Span | None:
    """Return the title between two offsets: without leading marks and venue, without trailing marks and labels."""
    lead = _LEAD.match(reading.text, start, end)
    begin = lead.end() if lead else start
    if url := re.search(r"https?://|www\.", reading.text[begin:end]):
        end = begin + url.start()
    text = reading.text[begin:end]
    if tail := _VENUE_TAIL.search(text):
        end = begin + tail.start()
    if opening := _TITLE_END.search(reading.text, begin, end):
        end = opening.start()
    if opening := re.search(r"[\[(（【]\s*$|\[\[?(?:paper|pdf|code)\]?", reading.text[begin:end]):
        end = begin + opening.start()
    return strip_edges(reading.text, begin, end, ' \t\r\n*_~`|[](（:：,，;；-–—>《》"“”')


def _unlinked(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    """Take a list item that is nothing but a title for a paper, even without a link."""
    span = _lone_title(reading, index)
    if span is None or _describes_paper(reading, block):
        return
    whole = any(i.kind == "wikilink" and i.inner and i.inner.covers(span) for i in block.inlines)
    title = span.of(reading.text)
    if is_clear_title(title) or (whole and is_title(title)) or _is_among_titles(reading, index, block, span):
        identifiers = tuple(dict.fromkeys(i.identifier for i in _links_below(reading, index)))
        yield reading.mention(span, "Paper", "title-item", 0.6, identifiers=identifiers)


def _links_below(reading: Reading, index: int) -> list[Inline]:
    """Return the links, in lines of their own below the item `index`, to the work whose clear title it is."""
    item = reading.document.blocks[index]
    linked = paper_links(item) or article_links(item) or _describes_paper(reading, item)
    span = None if linked else _lone_title(reading, index)
    if span is None or not is_clear_title(span.of(reading.text)):
        return []
    found: list[Inline] = []
    for below in reading.children.get(index, ())[:_FIRST_LINES]:
        block = reading.document.blocks[below]
        labels = [i for i in block.inlines if _is_label(reading, i)]
        found += paper_links(block) if paper_links(block) and stands_alone(reading, block, labels) else ()
    schemes = [scheme_of(identifier) for identifier in {i.identifier for i in found}]
    return found if len(schemes) == len(set(schemes)) else []


def _describes_paper(reading: Reading, block: Block) -> bool:
    """Tell whether an item hangs under one with a paper's link: what it says is about that paper."""
    return block.parent >= 0 and bool(paper_links(reading.document.blocks[block.parent]))


def _lone_title(reading: Reading, index: int) -> Span | None:
    """Return what may be a title if the list item `index` holds nothing else."""
    block = reading.document.blocks[index]
    page = any(i.kind == "wikilink" for i in block.inlines)
    if (block.kind != "item" and not page) or len(block.sentences) > 1 or reading.fields_of(index):
        return None
    if any(i.kind == "link" and i.target.startswith("#") for i in block.inlines):
        return None  # a line of a table of contents
    span = title_span(reading, block.span.start, block.span.end)
    if span is None or "\n" in span.of(reading.text) or len(span.of(reading.text).split()) < 5:
        return None
    code = next((i for i in block.inlines if i.kind == "link" and i.inner and span.overlaps(i.span)), None)
    if code is None or code.inner is None:
        return span
    before = strip_edges(reading.text, span.start, code.span.start)
    return before if before and is_clear_title(before.of(reading.text)) else code.inner


def _is_among_titles(reading: Reading, index: int, block: Block, span: Span) -> bool:
    """Tell whether an item in words of a title stands in a list whose other items are titles, most of them clear."""
    text = span.of(reading.text)
    if is_chinese(text) or len(text.split()) < 6 or reading.children.get(index) or is_enumeration(text):
        return False
    beside = [i for i in reading.children.get(block.parent, ()) if i != index] if block.parent >= 0 else []
    spans = [_lone_title(reading, i) for i in beside]
    clear = sum(s is not None and is_clear_title(s.of(reading.text)) for s in spans)
    return clear >= 1 and clear * 2 >= len(beside)


def _lists_papers(reading: Reading) -> bool:
    """Tell whether items or headings link to several papers by title: then the note's title is no paper's."""
    found = set()
    for _, block in reading.readable:
        for link in paper_links(block) if block.kind in {"item", "heading", "cell"} else ():
            if link.inner and is_title(link.inner.of(reading.text)) and not _is_label(reading, link):
                found.add(link.identifier)
    return len(found) >= _FEWEST_LISTED


def _front_matter(reading: Reading) -> Iterator[Mention]:
    for field in reading.fields_of(-1):
        title = field.value.of(reading.text)
        if field.meaning == "title" and is_title(title) and not _lists_papers(reading):
            identifiers = tuple(
                dict.fromkeys(
                    i.identifier
                    for _, b in reading.readable
                    for i in paper_links(b)
                    if i.identifier.startswith("arXiv:")
                )
            )
            whole = identifiers if len(identifiers) == 1 else ()
            yield reading.mention(field.value, "Paper", "title-front-matter", 0.9, identifiers=whole)
            return
