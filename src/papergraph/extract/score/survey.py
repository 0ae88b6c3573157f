"""Surveys are made of other people's works, and use none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_pattern
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


def is_survey(title: str) -> bool:
    """Tell whether a title is that of a survey.

    >>> is_survey("Efficient Transformers: A Survey"), is_survey("Recent Trends in Deep Learning")
    (True, True)
    >>> is_survey("Tree of Reviews"), is_survey("大语言模型推理综述")
    (False, True)
    """
    return _surveys().search(title) is not None


@cache
def _surveys() -> re.Pattern[str]:
    english, chinese = word_pattern("titles", "surveys_en"), word_pattern("titles", "surveys_zh")
    return re.compile(rf"\b(?:{english})\b|(?:{chinese})", re.IGNORECASE)
