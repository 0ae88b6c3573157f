"""Phrases that may be names: short noun chunks in English, stretches that end as they do in Chinese, marked text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

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
#: A stretch of Chinese, with Latin words in it, and how long a phrase in it may be.
_STRETCH = re.compile(r"[\u4e00-\u9fffA-Za-z0-9-]++(?: [\u4e00-\u9fffA-Za-z0-9-]++){0,3}+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST_ZH, _LONGEST_ZH, _LONGEST_EDGE = 3, 12, 3


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
    for index, block in reading.readable:
        seen: set[Span] = set()
        for place in _in_block(reading, index, block):
            span = place.span
            surface = span.of(reading.text)
            if len(surface) < 2 or not may_be(surface):
                continue
            if span not in seen and reading.is_visible(index, span.start, span.end):
                seen.add(span)
                yield place


def _in_block(reading: Reading, index: int, block: Block) -> Iterator[Place]:
    text = reading.text
    for inline in block.inlines:
        if inline.kind in _MARKS and inline.inner and inline.inner.end - inline.inner.start <= LONGEST:
            span = strip_edges(text, inline.inner.start, inline.inner.end)
            if span and len(span.of(text).split()) <= MOST_WORDS:
                yield Place(index, span, True, inline.kind)
    for match in _RUN.finditer(text, block.span.start, block.span.end):
        yield from (Place(index, span, whole) for span, whole in english_chunks(match[0], match.start()))
    if is_chinese(block.span.of(text)):
        yield from (Place(index, span, whole) for span, whole in chinese_chunks(text, block.span))


def english_chunks(run: str, offset: int) -> Iterator[tuple[Span, bool]]:
    """Yield the ends of the chunks in words that stand in a row, and whether each is a whole chunk.

    >>> run = "we use a context preserving loss"
    >>> [s.of(run) for s, _ in english_chunks(run, 0)]
    ['context preserving loss', 'preserving loss']
    """
    stops = _stops()
    words: list[tuple[int, int]] = []
    at = 0
    for word in re.split("[ \n]", run):
        end = at + len(word)
        if word.casefold() in stops:
            yield from _endings(run, offset, words)
            words = []
        else:
            words.append((at, end))
        at = end + 1
    yield from _endings(run, offset, words)


def _endings(run: str, offset: int, words: list[tuple[int, int]]) -> Iterator[tuple[Span, bool]]:
    count = len(words)
    if not count:
        return
    ends = {count}
    if count > 2 and run[slice(*words[-1])].casefold() in word_set("techniques", "carriers"):
        ends.add(count - 1)
    for last in sorted(ends):
        for first in range(max(0, last - MOST_WORDS), last):
            span = Span(offset + words[first][0], offset + words[last - 1][1])
            if first == 0 or last - first > 1 or _rises(run, words, first):
                yield span, first == 0


def _rises(run: str, words: list[tuple[int, int]], first: int) -> bool:
    """Tell whether a word has a capital and the one before it none."""
    return run[words[first][0]].isupper() and not run[words[first - 1][0]].isupper()


def chinese_chunks(text: str, place: Span) -> Iterator[tuple[Span, bool]]:
    """Yield the phrases that end with the head of a technique and begin where a name may, and whether at the first.

    >>> text = "作者使用对比损失和多尺度特征融合"
    >>> [s.of(text) for s, whole in chinese_chunks(text, Span(0, len(text))) if whole]
    ['对比损失', '多尺度特征融合']
    """
    for stretch in _STRETCH.finditer(text, place.start, place.end):
        plain = stretch[0].translate(SIMPLIFIED)
        for head in _heads_zh().finditer(plain):
            first = max(0, head.end() - _LONGEST_ZH)
            begins = [b for b in range(first, head.start() + 1) if _opens(plain, b)]
            for number, begin in enumerate(b for b in begins if head.end() - b >= _SHORTEST_ZH):
                yield Span(stretch.start() + begin, stretch.start() + head.end()), number == 0


def _opens(plain: str, begin: int) -> bool:
    """Tell whether a name may begin at a place: behind a space or a word that stands outside of names."""
    if plain[begin] in " -":
        return False
    before = plain[max(0, begin - _LONGEST_EDGE) : begin]
    if not before or before[-1] == " " or (before[-1].isascii() != plain[begin].isascii() and before[-1] != "-"):
        return True
    return any(before[-n:] in word_set("techniques", "edges_zh") for n in range(1, len(before) + 1))


@cache
def _heads_zh() -> re.Pattern[str]:
    words = {word for key in ("heads_zh", "placed_zh", "parts_zh") for word in word_set("techniques", key)}
    return re.compile("|".join(sorted(words, key=lambda w: (-len(w), w))))


@cache
def _stops() -> frozenset[str]:
    return word_set("techniques", "plain")
