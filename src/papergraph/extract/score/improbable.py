"""Names that a model learned from annotated notes finds improbable."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.learned.names import judge_for, named_in
from papergraph.model import Mention

#: What is less probable goes.
LEAST = 0.5


def drop_improbable(context: Context) -> Iterator[Mention]:
    """Yield all but the mentions of names that are improbable, by their words, their places and their rules."""
    judge = judge_for(context.vocabulary)
    dropped = {n for candidate in named_in(context) if judge.probability(candidate) < LEAST for n in candidate.mentions}
    yield from (mention for number, mention in enumerate(context.mentions) if number not in dropped)
