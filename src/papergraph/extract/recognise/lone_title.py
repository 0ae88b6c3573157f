"""List items that are nothing but the title of a paper, without a link that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.definitions import definitions_in
from papergraph.extract.elsewhere import stands_alone
from papergraph.extract.made_by import is_byline
from papergraph.extract.reading import Reading, article_links, is_attachment, strip_edges
from papergraph.extract.recognise.cited import referred_title
from papergraph.extract.recognise.credited import bold_title, quoted_at_start
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.presented import is_told_of_one, lists_people
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.title_shapes import LONGEST_TITLE, is_clear_title, is_enumeration, is_section_head, is_title
from papergraph.extract.word_lists import read_lists, word_set
from papergraph.model import Block, Inline, Mention, Span
from papergraph.ontology.identifiers import scheme_of
from papergraph.text.folding import is_chinese

#: Below the title of a work in a list its address is in one of so many lines.
_FIRST_LINES = 8
#: An item that is only the name of a work.
_LONGEST_NAME, _MOST_WORDS = 32, 3
#: Words of a title, and of one that begins with a name and a colon.
_FEWEST_WORDS, _FEWEST_NAMED = 5, 4
#: Words of a title that nothing else shows to be one.
_FEWEST_ALONE = 6
#: Lines between a name and its title, and the share of such a line that is a URL.
_LINES_BETWEEN, _MOSTLY = 4, 0.8
#: Behind a title, who wrote the work, and when.
_CREDITED = re.compile(r"[*_\"”]{0,3}[,，.]\s[^\n]{2,80}\bet\sal\b[^\n]{0,40}(?:19|20)\d\d[)）.]{0,2}")
_LONGEST_CREDIT = 140
#: An item that opens with a title set apart, whatever it says of it: 《A Title》（Quill，2024）：...
_QUOTED = re.compile(r"(?:[\s*_>]|【[^【】\n]{1,20}】|\[[^\[\]\n]{1,20}\])*《([^《》\n\u4e00-\u9fff]{12,250})》")


def recognise_lone_title(reading: Reading, index: int, block: Block) -> Iterator[Mention]:
    """Take a list item that is nothing but a title for a paper, even without a link."""
    span = reading.once(_lone_title, index)
    if (
        span is None
        or _describes_paper(reading, block)
        or lists_people(reading, span)
        or referred_title(reading, block.span)
        or _leads_to_video(block)
    ):
        return
    page = next((i for i in block.inlines if i.kind == "wikilink" and i.inner and i.inner.covers(span)), None)
    if page and _is_filed_elsewhere(page):
        return
    whole, title = page is not None, span.of(reading.text)
    if not whole and span != _told_title(reading, block) and _is_no_title(reading, index, span):
        return
    if (
        (
            is_clear_title(title)
            and (block.kind != "item" or not is_told_of_one(reading, index) or _links_below(reading, index))
        )
        or _told_title(reading, block) == span
        or _is_spelt_below(reading, index, title)
        or (whole and is_title(title))
        or _is_among_titles(reading, index, block, span)
        or _is_credited(reading, block, span)
    ):
        identifiers = tuple(dict.fromkeys(i.identifier for i in _links_below(reading, index)))
        yield reading.mention(span, "Paper", "title-item", identifiers=identifiers)


def _is_credited(reading: Reading, block: Block, span: Span) -> bool:
    """Tell whether nothing stands behind what may be a title but who wrote it and when: `, Quill et al., ICLR 2020`."""
    return is_title(span.of(reading.text)) and _CREDITED.fullmatch(reading.text, span.end, block.span.end) is not None


def _is_filed_elsewhere(page: Inline) -> bool:
    """Tell whether the folder of a linked note is not one of notes on works: `[[concepts/Sparse Zebra Routing]]`."""
    folders = page.target.casefold().split("/")[:-1]
    return not word_set("titles", "other_folders").isdisjoint(folders)


def _is_no_title(reading: Reading, index: int, span: Span) -> bool:
    """Tell whether an item is a name with what it stands for, or has too few words for a title without a name."""
    title = span.of(reading.text)
    set_apart = reading.text.startswith("《", span.start - 1)
    if not set_apart and ":" not in title and len(title.split()) < _FEWEST_ALONE:
        return True
    return any(span.covers(d.long) and d.long.start == span.start for d in definitions_in(reading, index))


def _leads_to_video(block: Block) -> bool:
    sites = read_lists("titles")["videos"]
    return any(i.kind == "link" and any(site in i.target for site in sites) for i in block.inlines)


def told_above(reading: Reading, index: int) -> frozenset[Inline]:
    """Return the links in lines of their own to the work whose clear title a block hangs from, or stands behind."""
    parent = reading.document.blocks[index].parent
    titles = [*([parent] if parent >= 0 else []), *_next_item(reading, index, -1)]
    return frozenset(link for title in titles for link in reading.once(_links_below, title))


def _links_below(reading: Reading, index: int) -> list[Inline]:
    item = reading.document.blocks[index]
    linked = reading.paper_links[index] or article_links(item) or _describes_paper(reading, item)
    span = None if linked else reading.once(_lone_title, index)
    if span is None or not is_clear_title(span.of(reading.text)):
        return []
    found: list[Inline] = []
    for below in reading.children.get(index, ())[:_FIRST_LINES] or _next_item(reading, index):
        block, links = reading.document.blocks[below], reading.paper_links[below]
        labels = [i for i in block.inlines if is_link_label(reading, i)] if links else []
        alone = links and (stands_alone(reading, block, labels) or is_byline(reading, below))
        found += links if alone else ()
    schemes = [scheme_of(identifier) for identifier in {i.identifier for i in found}]
    return found if len(schemes) == len(set(schemes)) else []


def _next_item(reading: Reading, index: int, step: int = 1) -> tuple[int, ...]:
    """Return the item of the same list right behind a block, or before it with -1 for a `step`; none if there is none.

    The address of a work may stand in an item of its own behind its title.
    """
    blocks = reading.document.blocks
    beside = index + step
    if not 0 <= beside < len(blocks):
        return ()
    one, other = blocks[index], blocks[beside]
    same = one.kind == other.kind == "item" and one.parent == other.parent and one.headings == other.headings
    return (beside,) if same else ()


def _describes_paper(reading: Reading, block: Block) -> bool:
    """Tell whether an item hangs under one with a paper's link: what it says is about that paper."""
    return block.parent >= 0 and bool(reading.paper_links[block.parent])


def _lone_title(reading: Reading, index: int) -> Span | None:
    """Return what may be a title if the list item `index` holds nothing else."""
    block = reading.document.blocks[index]
    page = any(i.kind == "wikilink" for i in block.inlines)
    below = block.kind == "paragraph" and _hangs_under_name(reading, index, block)
    if told := _told_title(reading, block):
        return told
    quoted = _QUOTED.match(reading.text, block.span.start, block.span.end)
    credited = _CREDITED.search(reading.text, max(block.span.start, block.span.end - _LONGEST_CREDIT), block.span.end)
    line = block.kind == "paragraph" and (credited or (quoted and _opens_line(reading, block, quoted.end())))
    if (block.kind != "item" and not page and not below and not line) or reading.fields_of(index):
        return None
    if len(block.sentences) > 1 and not line:
        return None
    if quoted:
        return Span(*quoted.span(1))
    if any(i.kind == "link" and i.target.startswith("#") for i in block.inlines):
        return None  # a line of a table of contents
    if sum(i.kind == "wikilink" for i in block.inlines) > 1:
        return None  # a line of links to other notes
    span = title_span(reading, block.span.start, block.span.end)
    if span is None or span.end - span.start > LONGEST_TITLE:
        return None
    text = span.of(reading.text)
    if text.count("\n") > below or len(text.split()) < (_FEWEST_NAMED if below and ":" in text else _FEWEST_WORDS):
        return None
    code = next((i for i in block.inlines if i.kind == "link" and i.inner and span.overlaps(i.span)), None)
    if code is None or code.inner is None:
        return span
    before = strip_edges(reading.text, span.start, code.span.start)
    inner = None if is_attachment(reading.text, code) else code.inner
    return before if before and is_clear_title(before.of(reading.text)) else inner


def _opens_line(reading: Reading, block: Block, end: int) -> bool:
    """Tell whether a line of a paragraph ends with the title in 《》 that opens it."""
    stop = reading.text.find("\n", end, block.span.end)
    return not reading.text[end : block.span.end if stop < 0 else stop].strip()


def _told_title(reading: Reading, block: Block) -> Span | None:
    """Return the title that a paragraph or an item sets apart at its beginning."""
    if block.kind not in {"paragraph", "item"}:
        return None
    return quoted_at_start(reading, block) or bold_title(reading, block)


def _hangs_under_name(reading: Reading, index: int, block: Block) -> bool:
    """Tell whether a paragraph stands under an item that is hardly more than a name, whose title it may be."""
    above = block.parent if block.parent >= 0 else index - 1
    while above > index - _LINES_BETWEEN and above >= 0 and _says_where(reading, reading.document.blocks[above]):
        above -= 1
    if above < 0 or reading.document.blocks[above].kind != "item":
        return False
    name = reading.document.blocks[above].span.of(reading.text)
    if _is_spelt_below(reading, index, reading.document.blocks[index].span.of(reading.text)):
        return True
    return len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS and not is_chinese(name)


def _is_spelt_below(reading: Reading, index: int, title: str) -> bool:
    """Tell whether a paragraph begins with the name that is all of the item right above, and a colon."""
    block = reading.document.blocks[index]
    above = block.parent if block.parent >= 0 else index - 1
    if block.kind != "paragraph" or above < 0 or reading.document.blocks[above].kind != "item":
        return False
    name = reading.document.blocks[above].span.of(reading.text).strip()
    return 0 < len(name) <= _LONGEST_NAME and title.startswith(f"{name}:")


def _says_where(reading: Reading, block: Block) -> bool:
    """Tell whether a paragraph is a URL or an institution, and hardly more."""
    line = block.span.of(reading.text).strip()
    if block.kind == "paragraph" and any(e.type == "Institution" for e in reading.vocabulary.find(line)):
        return True
    urls = sum(i.span.end - i.span.start for i in block.inlines if i.kind == "url")
    return block.kind == "paragraph" and urls >= _MOSTLY * (block.span.end - block.span.start)


def _is_among_titles(reading: Reading, index: int, block: Block, span: Span) -> bool:
    """Tell whether an item in words of a title stands in a list whose other items are titles, most of them clear."""
    text = span.of(reading.text)
    if (
        block.kind != "item"
        or is_chinese(text)
        or len(text.split()) < 6
        or reading.children.get(index)
        or is_enumeration(text)
        or is_section_head(text.partition(":")[0])
    ):
        return False
    if block.parent < 0:
        return False
    clear = reading.once(_clear_titles, block.parent) - _is_clear(reading, index)
    return clear >= 1 and clear * 2 >= len(reading.children[block.parent]) - 1


def _clear_titles(reading: Reading, parent: int) -> int:
    """Return how many blocks under an item are titles by their form alone."""
    return sum(_is_clear(reading, child) for child in reading.children[parent])


def _is_clear(reading: Reading, index: int) -> bool:
    span = reading.once(_lone_title, index)
    return span is not None and is_clear_title(span.of(reading.text))
