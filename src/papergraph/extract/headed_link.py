"""Sections that a work heads and that begin with the address of its paper: `## GPTQ`, then `[paper](https://...)`."""

from __future__ import annotations

import re
from typing import NamedTuple

from papergraph.extract.reading import Reading, lists_papers, strip_edges
from papergraph.extract.shapes import is_name_shaped
from papergraph.model import Block, Inline, Span
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary.link_labels import is_label

#: Blocks below a heading that may give the address of its paper.
_FIRST_BLOCKS = 2
#: A longer heading is no name.
_LONGEST = 100
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*[.、)]?\s+")
#: Behind a name: `(ICLR 2023)`, `（Group Relative Policy Optimization）`.
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ADDRESS = re.compile(r"https?://\S+|(?:arxiv[:\s]*)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)


class HeadedLink(NamedTuple):
    """A heading's name, and the link to the paper of that work."""

    name: Span
    link: Inline


def headed_link(reading: Reading, heading: int) -> HeadedLink | None:
    """Return the work that is all of a heading, and the only labelled link to a paper in it or right below it."""
    name = _name(reading, reading.document.blocks[heading])
    if name is None or lists_papers(reading, heading):
        return None
    found = {i.identifier: i for i in reading.paper_links[heading] if _is_address(reading, i)}
    section = reading.section(heading)
    if section and reading.document.blocks[section[0]].kind == "heading":
        section = section[1:]  # `###### Encoder`, above the line with the address
    for index in section[:_FIRST_BLOCKS] if not found else ():
        block = reading.document.blocks[index]
        if block.kind not in {"paragraph", "item"}:
            break
        for link in reading.paper_links[index]:
            if _is_address(reading, link) and _leads(reading, block, link):
                found.setdefault(link.identifier, link)
    return HeadedLink(name, *found.values()) if len(found) == 1 else None


def _name(reading: Reading, block: Block) -> Span | None:
    """Return the known work, or the word with the form of a name, that is all of a heading but numbers and remarks."""
    text = block.span.of(reading.text)
    if block.kind != "heading" or len(text) > _LONGEST:
        return None
    if link := next((i for i in block.inlines if i.kind in {"link", "url"}), None):
        text = text[: link.span.start - block.span.start].rstrip(" -–—|:：*_[(（")
    number, remark = _NUMBER.match(text), _REMARK.search(text)
    start = block.span.start + (number.end() if number else 0)
    span = strip_edges(reading.text, start, block.span.start + (remark.start() if remark else len(text)))
    if span is None:
        return None
    name = span.of(reading.text)
    known = list(reading.vocabulary.find(name))
    named = any(e.type in THINGS and e.work for e in known) if known else " " not in name and is_name_shaped(name)
    return span if named else None


def _is_address(reading: Reading, link: Inline) -> bool:
    """Tell whether a link is an address without a title: bare, or its text says `paper`, 论文 or a number."""
    text = _EDGES.sub("", link.inner.of(reading.text)) if link.inner else ""
    return not text or is_label(text) or _ADDRESS.fullmatch(text) is not None


def _leads(reading: Reading, block: Block, link: Inline) -> bool:
    """Tell whether nothing stands before a link in its line but what such links are called: `Paper: [arXiv](...)`."""
    start = max(block.span.start, reading.text.rfind("\n", block.span.start, link.span.start) + 1)
    before = _EDGES.sub("", reading.text[start : link.span.start])
    return not before or is_label(before)
