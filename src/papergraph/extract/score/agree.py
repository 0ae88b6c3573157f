"""One type for one name in one note: what its neighbours in an enumeration are, and what most of its mentions say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from papergraph.extract.context import Context
from papergraph.extract.shapes import guess_type, nearest_kind
from papergraph.model import ENTITY_TYPES, EntityType, Mention
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

#: Between two members of an enumeration: a comma or a conjunction, a bracket with a number or a reference.
_JOINT = re.compile(
    r"\s*(?:[(（\[][^()（）\[\]\n]{0,24}[)）\]])?\s*(?:[,，、/+&;；]|\band\b|\bor\b|和|与|及|以及|或)\s*(?:and\s+)?[*_`]*\s*"
)
_LOOK = 24
#: Characters between two members of an enumeration at most.
_LONGEST_JOINT = 120


def agree_on_types(context: Context) -> tuple[Mention, ...]:
    """Return the mentions, sorted as they came, with one type for each name that the vocabulary does not know."""
    text, mentions = context.text, context.mentions
    listed = dict(_types_in_enumerations(text, mentions))
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    known: dict[str, EntityType] = {}
    for index, mention in enumerate(mentions):
        if mention.type not in THINGS:
            continue
        if mention.vocabulary:
            known.setdefault(fold(mention.name), mention.type)
        kind = listed.get(index, mention.type)
        ballot = votes[fold(mention.name)]
        # `Method` is what a guess falls back on; any other type was said.
        ballot[kind] += context.reading.rule_of(mention).weight + (0 if kind == "Method" else 1)
        start, end = mention.span.start, mention.span.end
        said, distance = nearest_kind(text[max(0, start - _LOOK) : start], text[end : end + _LOOK])
        if distance <= 1:
            ballot[said] += 2
    return tuple(_retyped(m, votes, known) for m in mentions)


def _retyped(mention: Mention, votes: dict[str, Counter[EntityType]], known: dict[str, EntityType]) -> Mention:
    if mention.type not in THINGS or mention.vocabulary:
        return mention
    key = fold(mention.name)
    ballot = votes[key]
    winner = known[key] if key in known else min(ballot, key=lambda t: (-ballot[t], ENTITY_TYPES.index(t)))
    return mention if winner == mention.type else replace(mention, type=winner)


def _types_in_enumerations(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, EntityType]]:
    """Yield the type of each unknown member of an enumeration whose known members, or whose words around, tell it."""
    for run in _runs(text, mentions):
        unknown = [i for i in run if not mentions[i].vocabulary]
        kinds = Counter(mentions[i].type for i in run if mentions[i].vocabulary)
        if not unknown:
            continue
        if not kinds:
            first, last = mentions[run[0]].span.start, mentions[run[-1]].span.end
            around = guess_type("", text[max(0, first - _LOOK) : first], text[last : last + _LOOK])
            kinds[around] += 1
        if kinds["Dataset"] * 2 > kinds.total():
            yield from ((i, "Dataset") for i in unknown)


def _are_joined(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_JOINT and _JOINT.fullmatch(text, start, end) is not None


def _runs(text: str, mentions: Sequence[Mention]) -> Iterator[list[int]]:
    """Yield the enumerations of two names or more, each as the indices of its members."""
    run: list[int] = []
    for index, mention in enumerate(mentions):
        if mention.type not in THINGS:
            continue
        if run and not _are_joined(text, mentions[run[-1]].span.end, mention.span.start):
            if len(run) > 1:
                yield run
            run = []
        run.append(index)
    if len(run) > 1:
        yield run
