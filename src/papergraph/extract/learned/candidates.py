"""Phrases that may be names: short noun chunks in English, stretches that end as they do in Chinese, marked text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.word_lists import word_set
from papergraph.model import Block, Span
from papergraph.text.folding import is_chinese
from papergraph.text.traditional import SIMPLIFIED

#: Words of a phrase at most, and characters.
MOST_WORDS, LONGEST = 5, 60
#: Words with nothing but a space between them.
_WORD = r"[A-Za-zµ0-9][A-Za-z0-9+’'/-]{0,40}+"
_RUN = re.compile(rf"(?<![A-Za-z0-9_@#/\\.-])[A-Za-zµ0-9][A-Za-z0-9+’'/-]{{0,40}}+(?:[ \n]{_WORD}){{0,24}}+")
#: What may hold a name alone.
_MARKS = frozenset({"bold", "emphasis", "code", "link", "wikilink"})
#: Characters of a phrase with Chinese words, and how long it and the word before it may be.
_INSIDE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 -]")
_SHORTEST_ZH, _LONGEST_ZH, _LONGEST_EDGE = 3, 12, 3
#: A letter alone is no name; behind so many words another may only call them a technique.
_SHORTEST, _PAIR = 2, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase that may be a name, where it stands."""

    block: int
    span: Span
    whole: bool
    """Nothing that may belong to it stands before it."""
    mark: str = ""
    """The kind of markup that holds it alone."""


def places_in(reading: Reading, may_be: Callable[[str], bool] = bool) -> Iterator[Place]:
    """Yield the phrases of a note that may be names, also by `may_be`, which takes their words; they may overlap."""
    text = reading.text
    for index, block in reading.readable:
        seen: set[tuple[int, int]] = set()
        for start, end, whole, mark in _in_block(text, block):
            if end - start < _SHORTEST or (start, end) in seen or not may_be(text[start:end]):
                continue
            seen.add((start, end))
            if reading.is_visible(index, start, end):
                yield Place(index, Span(start, end), whole, mark)


def _in_block(text: str, block: Block) -> Iterator[tuple[int, int, bool, str]]:
    for inline in block.inlines:
        if inline.kind in _MARKS and inline.inner and inline.inner.end - inline.inner.start <= LONGEST:
            span = strip_edges(text, inline.inner.start, inline.inner.end)
            if span and len(span.of(text).split()) <= MOST_WORDS:
                yield span.start, span.end, True, inline.kind
    for match in _RUN.finditer(text, block.span.start, block.span.end):
        at = match.start()
        for start, end in english_chunks(match[0]):
            yield at + start, at + end, _is_whole(match[0], start), ""
    plain = block.span.of(text)
    if is_chinese(plain):
        at = block.span.start
        for start, end, whole in chinese_chunks(plain):
            yield at + start, at + end, whole, ""


def english_chunks(run: str) -> Iterator[tuple[int, int]]:
    """Yield where the ends of the chunks start and end in words that stand in a row.

    >>> run = "we use a context preserving loss"
    >>> [run[start:end] for start, end in english_chunks(run)]
    ['context preserving loss', 'preserving loss']
    """
    stops = _stops()
    starts: list[int] = []
    at = 0
    for word in run.lower().replace("\n", " ").split(" "):
        if word in stops:
            if starts:
                yield from _endings(run, starts, at - 1)
                starts = []
        else:
            starts.append(at)
        at += len(word) + 1
    if starts:
        yield from _endings(run, starts, at - 1)


def _endings(run: str, starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    """Yield the last words of a chunk, as many as a name may have, and the same without a word that only calls it one.

    The last word alone is no candidate, unless it is the first as well or has a capital that the one before has not.
    """
    yield from _suffixes(run, starts, end)
    if len(starts) > _PAIR and run[starts[-1] : end].lower() in word_set("techniques", "carriers"):
        yield from _suffixes(run, starts[:-1], starts[-1] - 1)


def _suffixes(run: str, starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    count = len(starts)
    for number in range(max(0, count - MOST_WORDS), count - 1):
        yield starts[number], end
    last = starts[-1]
    if count == 1 or (run[last].isupper() and not run[starts[-2]].isupper()):
        yield last, end


def _is_whole(run: str, start: int) -> bool:
    """Tell whether nothing stands before a phrase that may belong to it."""
    return start == 0 or run[: start - 1].replace("\n", " ").rsplit(" ", 1)[-1].lower() in _stops()


def chinese_chunks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where phrases start and end that end as techniques do, and whether it is the longest with that end.

    >>> text = "对比损失，以及多尺度特征融合"
    >>> [text[start:end] for start, end, longest in chinese_chunks(text)]
    ['对比损失', '比损失', '以及多尺度特征融合', '及多尺度特征融合', '多尺度特征融合']
    """
    plain = text.translate(SIMPLIFIED)
    for _, start, end in _heads_zh().find_matches_as_indexes(plain):
        floor = start
        while floor > max(0, end - _LONGEST_ZH) and _INSIDE.match(plain, floor - 1):
            floor -= 1
        begins = (b for b in range(floor, min(start, end - _SHORTEST_ZH) + 1) if _opens(plain, b))
        for number, begin in enumerate(begins):
            yield begin, end, number == 0


def _opens(plain: str, begin: int) -> bool:
    """Tell whether a name may begin at a place: behind anything but words, or a word that stands outside of names."""
    first, before = plain[begin], plain[begin - 1 : begin]
    if first in " -":
        return False
    if (
        not before
        or not _INSIDE.match(before)
        or before == " "
        or (before.isascii() != first.isascii() and before != "-")
    ):
        return True
    edges = word_set("techniques", "edges_zh")
    return any(plain[max(0, begin - n) : begin] in edges for n in range(1, _LONGEST_EDGE + 1))


@cache
def _heads_zh() -> ahocorasick_rs.AhoCorasick:
    words = {word for key in ("heads_zh", "placed_zh", "parts_zh") for word in word_set("techniques", key)}
    return ahocorasick_rs.AhoCorasick(sorted(words), matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)


@cache
def _stops() -> frozenset[str]:
    return word_set("techniques", "plain")
