"""Names that the company of a list tells: where most items of a list are methods alone, the rest are methods too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from papergraph.extract.context import Context
from papergraph.extract.phrases import is_head
from papergraph.extract.reading import Reading, is_page_link, strip_edges
from papergraph.extract.recognise.page_object import may_be_thing
from papergraph.extract.recognise.page_title import is_spelled_out
from papergraph.extract.sections import heading_role
from papergraph.extract.shapes import is_head_name, is_venue
from papergraph.extract.word_lists import is_generic, is_task, is_template_heading, word_set
from papergraph.model import Block, Inline, Mention, Span

#: So many items of a list must be methods, and there are so many others for each of them at most.
_FEWEST, _OTHERS = 2, 2
#: A longer item is a sentence.
_MOST_WORDS, _LONGEST = 5, 40
#: What stands between the links of an enumeration.
_JOINT = re.compile(r"\s*(?:[,，、/;；]|\band\b|\bor\b|和|与|及)\s*(?:and\s+|or\s+)?")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*\+?$")


def recognise_beside(context: Context) -> Iterator[Mention]:
    """Yield the items of lists, and the links of enumerations, that stand beside as many names of methods."""
    for places in _lists(context.reading):
        yield from _rest(context, places)
    for places in _opening(context.reading):
        yield from _rest(context, places, linked=True)


def _lists(reading: Reading) -> Iterator[tuple[Span, ...]]:
    """Yield the items of each list that are short and say nothing more, and the links of each enumeration."""
    blocks = reading.document.blocks
    for rows in reading.children.values():
        lists: dict[tuple[int, ...], list[Span]] = {}
        for index in rows:
            block = blocks[index]
            if block.kind == "item" and (place := _alone(reading, index, block)):
                lists.setdefault(block.headings, []).append(place)
        yield from (tuple(places) for places in lists.values())
    for _, block in reading.readable:
        yield from _enumerations(reading, block)


def _opening(reading: Reading) -> Iterator[tuple[Span, ...]]:
    """Yield the links to notes with which the items of each list, and the lines of each paragraph, open."""
    blocks = reading.document.blocks
    for rows in reading.children.values():
        yield from _openers([blocks[index] for index in rows if blocks[index].kind == "item"])
    for _, block in reading.readable:
        if block.kind == "paragraph":
            yield from _openers([block])


def _openers(blocks: Sequence[Block]) -> Iterator[tuple[Span, ...]]:
    lists: dict[tuple[int, ...], list[Span]] = {}
    for block in blocks:
        starts = {s.start for s in block.sentences} if block.kind == "paragraph" else {block.span.start}
        for inline in block.inlines:
            if inline.kind == "wikilink" and inline.inner and inline.span.start in starts:
                lists.setdefault(block.headings, []).append(inline.inner)
    yield from (tuple(places) for places in lists.values())


def _alone(reading: Reading, index: int, block: Block) -> Span | None:
    """Return what an item is, if that is all it says."""
    place = strip_edges(reading.text, block.span.start, block.span.end)
    is_short = place is not None and place.end - place.start <= _LONGEST
    return place if place and is_short and reading.is_visible(index, place.start, place.end) else None


def _enumerations(reading: Reading, block: Block) -> Iterator[tuple[Span, ...]]:
    row: list[Inline] = []
    for inline in (i for i in block.inlines if is_page_link(i) and i.inner):
        if row and not _JOINT.fullmatch(reading.text, row[-1].span.end, inline.span.start):
            yield tuple(i.inner for i in row if i.inner)
            row = []
        row.append(inline)
    if row:
        yield tuple(i.inner for i in row if i.inner)


def _rest(context: Context, places: Sequence[Span], *, linked: bool = False) -> Iterator[Mention]:
    """Yield those of some places that no name stands at, if enough others are names of methods.

    With `linked` a place is the name of a page, which may be any word with a capital, if most of the others are names.
    """
    known = frozenset(place for place in places if _holds_method(context, place))
    if len(known) >= _FEWEST and len(places) - len(known) <= _OTHERS * len(known):
        may_be_word = linked and len(known) > len(places) - len(known)
        for place in places:
            name = place.of(context.text)
            is_name = _is_name(context, place) or (may_be_word and may_be_thing(context.reading, name))
            if place not in known and is_name and not _is_taken(context, place):
                yield context.mention(place, "Method", "beside")


def _is_taken(context: Context, place: Span) -> bool:
    """Tell whether the whole of a place is something, or a work."""
    found = [context.mentions[i] for i in context.within(place)]
    return any(m.span == place or m.type == "Paper" for m in found) or is_spelled_out(context.reading, place)


def _holds_method(context: Context, place: Span) -> bool:
    """Tell whether the whole of a place is one method."""
    return any(context.mentions[i].span == place for i in context.within(place, "Method", "Model"))


def _is_name(context: Context, place: Span) -> bool:
    """Tell whether an item may be a name: a few words, the first with a capital, none of a sentence, and no task."""
    name = place.of(context.text)
    words = name.split()
    if not words or len(words) > _MOST_WORDS or not all(_WORD.match(w) for w in words) or not name[0].isupper():
        return False
    if is_generic(name) or is_template_heading(name) or is_task(name) or is_venue(context.vocabulary, name):
        return False
    if heading_role(name) or all(is_generic(w) for w in words):
        return False
    if not (is_head_name(name) or (len(words) > 1 and (name.istitle() or is_head(words[-1].casefold())))):
        return False
    return word_set("techniques", "plain").isdisjoint(w.casefold() for w in words)
