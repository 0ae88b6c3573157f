"""Sentences for the rules that read prose, in pieces as long as sentences are: what a rule costs grows with them."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.model import Block, Span

#: Characters and names of a sentence; a longer one is a text without full stops, and is read piece by piece.
LONGEST, MOST_NAMES = 1_600, 24
#: Where a long sentence is parted, the best first.
_SEAMS = ("\n", "，", ", ", "、", " ")


def sentences_of(
    context: Context, block: Block, *types: str, in_titles: bool = False
) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield the sentences of a block that name something of these types, with the mentions of it.

    Mentions inside of titles count only where `in_titles` says so.
    A sentence of more than `LONGEST` characters or `MOST_NAMES` names comes in pieces, parted where a line or a clause
    ends if one does; a name that stands across a seam is left out.
    """
    if next(context.within(block.span, *types), -1) < 0:
        return
    for sentence in block.sentences or ((block.span,) if block.kind == "heading" else ()):
        for piece in _pieces(context.text, sentence):
            named = tuple(
                i
                for i in context.within(piece, *types)
                if in_titles or not context.in_title(i) or context.is_whole_title(i)
            )
            yield from _in_groups(context, piece, named)


def _is_read(context: Context, mention: int) -> bool:
    """Tell whether a name is part of a sentence, and not only of a title in it."""
    return not context.in_title(mention) or context.is_whole_title(mention)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > LONGEST:
        limit = start + LONGEST
        found = ((text.rfind(seam, start + LONGEST // 2, limit), len(seam)) for seam in _SEAMS)
        end = next((place + length for place, length in found if place >= 0), limit)
        yield Span(start, end)
        start = end
    if start < sentence.end:
        yield Span(start, sentence.end)


def _in_groups(context: Context, piece: Span, named: tuple[int, ...]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Part a piece that holds too many names before every so many of them."""
    start = piece.start
    for first in range(0, len(named), MOST_NAMES):
        following = first + MOST_NAMES
        end = context.mentions[named[following]].span.start if following < len(named) else piece.end
        if start < end:
            yield Span(start, end), named[first:following]
        start = end
