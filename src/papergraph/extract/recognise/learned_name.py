"""Names that a model learned from annotated notes finds probable, where no other rule found anything."""

from __future__ import annotations

import math
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.learned.names import judge_for, phrases_of
from papergraph.extract.shapes import guess_type
from papergraph.extract.word_lists import is_generic
from papergraph.model import Mention, Span

#: So probable must a name be.
LEAST = 0.6
#: What the places of a phrase add to what its words say, at most; less would not do for those whose words say little.
_CONTEXT = 3.0
_LOOK = 24


def recognise_learned(context: Context) -> Iterator[Mention]:
    """Yield what is probable enough and no everyday word, the most probable first; none overlaps another."""
    judge = judge_for(context.vocabulary)
    least = math.log(LEAST / (1 - LEAST)) - _CONTEXT
    found = [
        (judge.probability(c), c)
        for c in phrases_of(context, lambda name: not is_generic(name) and judge.form(name) >= least)
    ]
    taken: list[Span] = []
    for probability, candidate in sorted((f for f in found if f[0] >= LEAST), key=lambda f: (-f[0], f[1].surface)):
        for place in candidate.places:
            if not any(place.span.overlaps(span) for span in taken):
                taken.append(place.span)
                yield _mention(context, place.span, candidate.surface, probability)


def _mention(context: Context, span: Span, name: str, probability: float) -> Mention:
    text = context.text
    kind = guess_type(name, text[max(0, span.start - _LOOK) : span.start], text[span.end : span.end + _LOOK])
    return context.reading.mention(span, kind, "learned", round(probability, 2), name=name)
