"""Surveys are made of other people's works, and use none of them."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.title_shapes import is_survey
from papergraph.model import Predicate, RelationMention

#: What a survey says of the works that it goes through, and not of itself.
_OF_OTHERS: frozenset[Predicate] = frozenset(
    {
        "uses",
        "extends",
        "improvesOn",
        "outperforms",
        "comparedWith",
        "targetsHardware",
        "measuredOn",
        "trainedOn",
        "evaluatedOn",
    }
)


def drop_of_surveys(context: Context) -> Iterator[RelationMention]:
    """Yield all claims but those that a survey builds on, beats or runs on what it goes through."""
    mentions = context.mentions
    surveys = {i for i, m in enumerate(mentions) if m.type == "Paper" and is_survey(m.name)}
    for claim in context.relations:
        if claim.subject not in surveys or claim.predicate not in _OF_OTHERS:
            yield claim
