"""Names that the note has told, wherever else they stand: what an acronym means holds in the whole note."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import ahocorasick_rs

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading, is_page_link
from papergraph.extract.word_lists import is_generic
from papergraph.model import Mention, Span
from papergraph.text.folding import is_chinese

_SURE = 0.8
_WORD = re.compile(r"[A-Za-z0-9_-]")
#: Shorter names, and Chinese ones of fewer characters, are parts of too much else.
_SHORTEST, _SHORTEST_ZH = 3, 4


def recognise_echo(context: Context) -> Iterator[Mention]:
    """Yield the further places of unknown names that the note tells; case counts, and names are whole words."""
    reading = context.reading
    names: dict[str, Mention] = {}
    for mention in context.mentions:
        told = reading.has_role(mention, "explained") and mention.confidence >= _SURE
        if _is_telling(reading, mention) and (told or _is_linked(reading, mention)):
            names.setdefault(mention.surface, mention)
    if not names:
        return
    places = _places(reading.text, sorted(names))
    for index, block in reading.readable:
        for span in _whole_names(reading.text, places, block.span):
            if reading.is_visible(index, span.start, span.end):
                first = names[span.of(reading.text)]
                yield reading.mention(span, first.type, "echo", name=first.name)


def _places(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the names stand, as pairs of start and negated end: in order, longer names first."""
    finder = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MATCHKIND_STANDARD)
    return sorted((start, -end) for _, start, end in finder.find_matches_as_indexes(text, overlapping=True))


def _whole_names(text: str, places: Sequence[tuple[int, int]], block: Span) -> Iterator[Span]:
    """Yield those of the places in a block that are whole words, without overlaps: the longest of the leftmost."""
    last = block.start
    for number in range(bisect_left(places, (block.start, -len(text))), len(places)):
        start, negated = places[number]
        end = -negated
        if start >= block.end:
            return
        if start < last or end > block.end or _WORD.fullmatch(text[start - 1 : start]):
            continue
        if end == block.end or not _WORD.fullmatch(text[end : end + 1]):
            yield Span(start, end)
            last = end


def _is_linked(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is all of a link to another note: `[[SRN]]`."""
    return mention.span in reading.once(_pages, max(0, reading.block_at(mention.span.start)))


def _pages(reading: Reading, index: int) -> frozenset[Span | None]:
    return frozenset(i.inner for i in reading.document.blocks[index].inlines if is_page_link(i))


def _is_telling(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is unknown to the vocabulary and too special to be a common word."""
    name = mention.surface
    if mention.vocabulary or is_generic(name) or mention.type in {"Paper", "Topic", "Person"}:
        return False
    if reading.has_role(mention, "defined") and mention.type == "Model":
        return False  # a kind of model, such as VLM
    if is_chinese(name):
        return len(name) >= _SHORTEST_ZH
    return len(name) >= _SHORTEST and sum(c.isupper() or c.isdigit() for c in name) >= 2  # GDCN, not Guidance
