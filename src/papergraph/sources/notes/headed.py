"""Fields whose key is a heading or an item of its own: `### Authors:` above a line of names, `###### year: 2017`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from papergraph.model import Block, Field, Span
from papergraph.sources.notes.fields import make_field, meaning_of

#: What such a key may say of a work; headings of other keys, such as Methods, open a section of text.
_SAID = frozenset({"title", "authors", "institution", "venue", "year", "doi", "arxiv"})
#: Of these, the ones whose values may be several lines.
_SEVERAL = frozenset({"authors", "institution"})
_MOST = 12
_LONGEST_KEY, _LONGEST_VALUE = 24, 300
_MARKUP = " \t*_`"
_KEYED = re.compile(r"[*_ ]*+(?P<key>[^\W_][^:：\n]{0,23})[:：][ \t*_`]*+(?P<value>\S[^\n]*+)")
_DIGIT = re.compile(r"\d")


def headed_fields(text: str, blocks: Sequence[Block]) -> Iterator[Field]:
    r"""Yield what headings and items that are nothing but a known key say with what stands below them.

    >>> from papergraph.sources import parse_document
    >>> note = parse_document("### Authors:\n\nAda Quill\n\n###### published: 2016\n", "a.md")
    >>> [(f.key, f.value.of(note.text)) for f in note.fields]
    [('authors', 'Ada Quill'), ('published', '2016')]
    """
    for index, block in enumerate(blocks):
        if block.kind == "heading" and (keyed := _KEYED.match(text, block.span.start, block.span.end)):
            key = keyed["key"].strip(_MARKUP).casefold()
            if meaning_of(key) in _SAID - {"title"}:
                yield from _said(text, block, index, key, Span(*keyed.span("value")))
        if block.kind not in {"heading", "item"} or block.span.end - block.span.start > _LONGEST_KEY:
            continue
        key = block.span.of(text).strip(_MARKUP + ":：").casefold()
        meaning = meaning_of(key) if key else ""
        below = _below(text, blocks, index) if meaning in _SAID else ()
        if len(below) == 1 or (below and meaning in _SEVERAL):
            for number in below:
                yield from _said(text, blocks[number], number, key, blocks[number].span)


def _said(text: str, block: Block, number: int, key: str, value: Span) -> Iterator[Field]:
    """Yield the field, unless the value is no address or year where the key speaks of one."""
    field = make_field(key, value, text, block.line, number)
    if field.meaning in {"arxiv", "doi"} and not field.identifier:
        return
    if field.meaning == "year" and not _DIGIT.search(value.of(text)):
        return
    yield field


def _below(text: str, blocks: Sequence[Block], index: int) -> tuple[int, ...]:
    """Return the short lines that are all of what stands below a key; none where there is more."""
    key, found = blocks[index], list[int]()
    for number in range(index + 1, min(index + _MOST + 2, len(blocks))):
        block = blocks[number]
        if block.kind == "heading" or (key.kind == "item" and block.parent != index):
            break
        if block.kind not in {"paragraph", "item"} or block.span.end - block.span.start > _LONGEST_VALUE:
            return ()
        if text.find("\n", block.span.start, block.span.end) >= 0 or any(
            b.parent == number for b in blocks[number + 1 : number + 2]
        ):
            return ()
        found.append(number)
    return tuple(found) if len(found) <= _MOST else ()
