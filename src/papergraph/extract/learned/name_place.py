"""What the places of a phrase say of its being a name: features of the model `names`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from papergraph.extract.learned.candidates import Place
from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import word_set
from papergraph.model import Block, Span

_TOKEN = re.compile(r"[A-Za-z0-9]{1,40}+|[^\sA-Za-z0-9]|\n")
#: Characters around a phrase that hold the two tokens before or behind it.
_LOOK = 32
_ARTICLES = frozenset({"a", "an", "the"})
#: Behind these a capital says nothing.
_OPENERS = frozenset({"^", ".", ":", "：", "。", "*", "-", "¶", "(", '"', "!", "?"})
#: Between the members of an enumeration.
_JOINTS = frozenset({",", "，", "、", "/", "+", "&", "and", "or", "和", "与", "及", "或"})
#: So near is a neighbour, and so many in the same sentence are many.
_NEAR, _MANY = 6, 4


def place_features(reading: Reading, place: Place) -> Iterator[str]:
    """Yield what the words around a place, its block and its markup say."""
    block, span, text = reading.document.blocks[place.block], place.span, reading.text
    found = _TOKEN.findall(text, max(block.span.start, span.start - _LOOK), span.start)
    second, before = ["^", "^", *map(_plain, found)][-2:]
    found = _TOKEN.findall(text, span.end, min(block.span.end, span.end + _LOOK))
    after, next_ = [*map(_plain, found), "$", "$"][:2]
    yield from (f"before={before}", f"before2={second} {before}", f"after={after}", f"after2={after} {next_}")
    if before in _JOINTS:
        yield "listed-behind"
    if after in _JOINTS:
        yield "listed-before"
    used = word_set("techniques", "used_en")
    if before in used or (before in _ARTICLES and second in used):
        yield "used"
    if text[span.start].isupper() and before not in _OPENERS:
        yield "capital-within"
    yield f"block={block.kind}{block.depth if block.kind == 'heading' else ''}"
    yield f"role={reading.parts[place.block].role}"
    yield "whole" if place.whole else "end-of-chunk"
    if place.mark:
        yield from (f"mark={place.mark}", f"mark={place.mark}/{block.kind}")
    yield from _in_sentence(block, span)


def _plain(word: str) -> str:
    return "¶" if word == "\n" else word.lower()


def _in_sentence(block: Block, span: Span) -> Iterator[str]:
    sentence = sentence_of(block, span)
    if span == sentence:
        yield "alone"
    elif span.start == sentence.start:
        yield "opens"
    elif span.end >= sentence.end - 1:
        yield "closes"


def sentence_of(block: Block, span: Span) -> Span:
    """Return the sentence of a block that holds a span, or the whole block."""
    return next((s for s in block.sentences if s.covers(span)), block.span)


class Company:
    """The names in a note, in order, for what stands beside them."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def features(self, block: Block, span: Span) -> Iterator[str]:
        """Yield how many other names the sentence around a span holds, and whether one stands right beside it."""
        sentence = sentence_of(block, span)
        first = bisect_left(self._starts, sentence.start)
        last = bisect_left(self._starts, sentence.end)
        others = [s for s in self._spans[first:last] if not s.overlaps(span)]
        yield f"company={min(len(others), _MANY)}"
        if any(0 <= span.start - s.end <= _NEAR for s in others):
            yield "name-before"
        if any(0 <= s.start - span.end <= _NEAR for s in others):
            yield "name-behind"
