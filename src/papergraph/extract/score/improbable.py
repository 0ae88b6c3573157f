"""Names that a model learned from annotated notes finds improbable."""

from __future__ import annotations

import math
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.learned.names import Candidate, judge_for, named_in
from papergraph.extract.rules import Role
from papergraph.model import Mention

#: What is less probable goes.
LEAST = 0.45
#: What the places of a name take from what its words and its rules say, at most.
_CONTEXT = 1.0


#: What has one of these roles the note itself declares to be a name, and it stays.
_DECLARED: frozenset[Role] = frozenset({"own-name", "opens-entry", "names-note", "introduced", "defined", "described"})


def drop_improbable(context: Context) -> Iterator[Mention]:
    """Yield all but the mentions of names that are improbable, by their words, their places and their rules.

    What a rule found that the model never saw, such as one of third parties, stays.
    """
    judge = judge_for(context.vocabulary)
    most = math.log(LEAST / (1 - LEAST)) + _CONTEXT
    candidates = named_in(context, lambda name, signs: judge.knows(signs) and judge.partly(name, signs) < most)
    improbable = (c for c in candidates if not _is_declared(context, c) and judge.probability(c) < LEAST)
    dropped = {number for candidate in improbable for number in candidate.mentions}
    yield from (mention for number, mention in enumerate(context.mentions) if number not in dropped)


def _is_declared(context: Context, candidate: Candidate) -> bool:
    found = (context.mentions[number] for number in candidate.mentions)
    return any(not _DECLARED.isdisjoint(context.reading.rule_of(mention).roles) for mention in found)
