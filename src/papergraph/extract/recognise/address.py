"""The address that a note gives for the work of a heading, or for the work that the whole note is on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from papergraph.extract.reading import Reading, paper_links
from papergraph.extract.recognise.citation_key import key_of_note
from papergraph.extract.recognise.credited import links_of_title
from papergraph.extract.recognise.leading_link import link_before
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.title_shapes import is_chinese_title, is_section_head, is_title
from papergraph.model import Block, Inline
from papergraph.ontology.identifiers import ARXIV, scheme_of
from papergraph.vocabulary.link_labels import is_label, names_document

#: Where a note on one paper gives its address.
FIRST_BLOCKS = 12
#: The number of a work in brackets before its title.
ARXIV_PREFIX = re.compile(r"\\?\[(\d{4}\.\d{4,5})(?:v\d+)?\\?\]\s*")
#: Words with which a title opens, and characters that they have where they tell that a line cites it.
_OPENING, _LONG = 5, 12
_COLON_HEAD = re.compile(r"([^:：\n]{1,30})[:：]")


def heading_link(reading: Reading, index: int) -> Inline | None:
    """Return the paper link that belongs to a heading: in it, or in a field or short line close below it."""
    blocks = reading.document.blocks
    if links := reading.paper_links[index]:
        return links[0]
    head = _COLON_HEAD.match(reading.text, blocks[index].span.start, blocks[index].span.end)
    if head and is_section_head(head[1]):
        return None  # `Week 12: ...`, `Agenda: ...`
    if (leading := link_before(reading, index)) is not None:
        return leading
    for later in first_blocks(reading, index):
        block = blocks[later]
        links = reading.paper_links[later]
        if links and block.kind == "item" and _is_other_title(reading, blocks[index], links[0]):
            return None
        if links and (block.quoted or reading.fields_of(later) or _is_bare(block)):
            return links[0]
        if links and links[0].inner and is_title(links[0].inner.of(reading.text)):
            return links[0] if _is_whole(block, links[0]) else None
    return None


def _is_other_title(reading: Reading, heading: Block, link: Inline) -> bool:
    """Tell whether a link of a list below a heading has a title of its own: the list files several papers.

    A long Chinese heading may be that title translated.
    """
    title = heading.span.of(reading.text)
    if link.inner is None or is_link_label(reading, link) or is_chinese_title(title):
        return False
    inner = link.inner.of(reading.text)
    shared = set(inner.casefold().split()) & set(title.casefold().split())
    return is_title(inner) and len(shared) < 0.3 * len(inner.split())


def first_blocks(reading: Reading, index: int) -> Iterator[int]:
    """Yield the first blocks right under a heading, where a note gives a paper's address and institution."""
    for later in islice(reading.section(index), 6):
        if reading.document.blocks[later].kind == "heading" and not reading.fields_of(later):
            return
        yield later


def _is_whole(block: Block, link: Inline) -> bool:
    return link.span.end - link.span.start >= 0.7 * (block.span.end - block.span.start)


def _is_bare(block: Block) -> bool:
    """Tell whether a block says little beyond its links."""
    words = block.span.end - block.span.start - sum(i.span.end - i.span.start for i in paper_links(block))
    return words < 40


def heading_identifiers(reading: Reading, index: int) -> tuple[str, ...]:
    """Return the identifier of a heading's paper; that of the note's first heading may stand a little further below."""
    if link := reading.once(heading_link, index):
        return (link.identifier,)
    block = reading.document.blocks[index].span
    if number := ARXIV_PREFIX.match(reading.text, block.start, block.end):
        return (ARXIV.identifier(number[1]),)
    if index != reading.headings[0]:
        return ()
    numbers = {"arxiv", "doi"}
    fields = (f for b in range(-1, FIRST_BLOCKS) for f in reading.fields_of(b) if b < 0 or f.meaning in numbers)
    front = {f.identifier for f in fields if f.meaning != "citation key"}
    near = links_of_title(reading, index, FIRST_BLOCKS)
    bare = all(is_link_label(reading, i) or is_url(reading, i) for _, i in near)
    links = [i for b, i in near if _says_address(reading, b, i, block.of(reading.text))]
    found = sorted({*front, *(i.identifier for i in links)} - {""})
    return (*(found if len(found) == 1 and bare else ()), *key_of_note(reading))


def _says_address(reading: Reading, index: int, link: Inline, title: str) -> bool:
    """Tell whether a link gives the address of a note's own work: a sentence may cite others by such links.

    It does if it is called `paper` or as the work is, stands in a field, a quotation, a line of hardly more than links
    or a citation of the note's own title, or if only `arXiv:` and the like stand before it in its line.
    """
    block = reading.document.blocks[index]
    opening = " ".join(title.casefold().split()[:_OPENING])
    if block.kind == "heading" or block.quoted or reading.fields_of(index) or _is_bare(block):
        return True
    text = link.inner.of(reading.text).strip() if link.inner else ""
    if names_document(text) or (text and text.casefold() in title.casefold()):
        return True
    if len(opening) >= _LONG and opening in block.span.of(reading.text).casefold():
        return True
    start = max(block.span.start, reading.text.rfind("\n", block.span.start, link.span.start) + 1)
    before = reading.text[start : link.span.start].strip(" \t*_`>[(（|:：-")
    return not before or is_label(before)


def said_of_it(reading: Reading) -> tuple[str, ...]:
    """Return the identifiers that front matter gives for its paper; nothing if they are those of several."""
    fields = (f for f in reading.fields_of(-1) if f.meaning in {"arxiv", "doi"})
    found = tuple(dict.fromkeys(f.identifier for f in fields if f.identifier))
    schemes = {scheme_of(identifier) for identifier in found}
    return found if len(schemes) == len(found) else ()


def linked_by_it(reading: Reading, title: str) -> tuple[str, ...]:
    """Return the one arXiv id to which the note links, where it gives an address; nothing if there are several."""
    links = (
        i.identifier for b, _ in reading.readable for i in reading.paper_links[b] if _says_address(reading, b, i, title)
    )
    found = tuple(dict.fromkeys(identifier for identifier in links if identifier.startswith(ARXIV.start)))
    return found if len(found) == 1 else ()


def is_url(reading: Reading, link: Inline) -> bool:
    """Tell whether the text of a link is an address itself."""
    return link.inner is not None and link.inner.of(reading.text).startswith("http")
