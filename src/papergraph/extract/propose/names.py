"""The mentions of a note that are known so far, by name and by place."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from papergraph.extract.propose.same import same_names
from papergraph.model import Extraction, Mention, Span
from papergraph.ontology.kinds import group_of
from papergraph.text.folding import fold

#: Mentions of these types may hold or share the place of others.
_LAYERS: Final = frozenset({"Paper", "Topic"})


def layer_of(kind: str) -> str:
    """Return among which mentions one of this type takes its place: papers, topics, or all others."""
    return kind if kind in _LAYERS else ""


class Known:
    """The mentions of the rules, which stay as they are, and those that were added."""

    def __init__(self, extraction: Extraction) -> None:
        self.mentions: list[Mention] = []
        self.papers = 0
        """How many names of papers there are."""
        self._names: dict[tuple[str, str], list[tuple[Span, int]]] = defaultdict(list)
        self._places: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        self._same: dict[int, list[tuple[Span, int]]] = {}
        """For each mention of the rules all that name the same, as the note or the vocabulary says."""
        for mention in extraction.mentions:
            self._keep(mention)
        for group in same_names(extraction):
            self._same.update(dict.fromkeys(group, sorted((extraction.mentions[i].span, i) for i in group)))
        self.given = frozenset(self._names)
        """The names that the rules found, with their layers."""

    def named(self, name: str, parts: Sequence[Span]) -> list[int]:
        """Return the mentions with a name in some parts of the text and those of the same there, in their order."""
        found = {
            place
            for part in parts
            for layer in ("", *_LAYERS)
            for place in _within(self._names.get((fold(name), layer), []), part)
        }
        others = {id(same): same for _, index in found if (same := self._same.get(index))}
        found.update(place for same in others.values() for part in parts for place in _within(same, part))
        return [index for _, index in sorted(found)]

    def papers_named(self, name: str, most: int) -> list[int]:
        """Return the first mentions of the paper with a folded name."""
        return [index for _, index in self._names.get((name, "Paper"), [])[:most]]

    def add(self, mention: Mention, *, inside: bool = False) -> bool:
        """Add a mention, unless one like it is there; tells whether its name is known at its place then.

        A place inside a longer name is that name's, unless `inside` says otherwise; one partly in a name always is.
        """
        for span, index in self._around(mention):
            if span == mention.span:
                if group_of(self.mentions[index].type) == group_of(mention.type):
                    self._remember(mention.name, index)
                    return True
            elif span.overlaps(mention.span) and not (
                mention.span.covers(span) or (inside and span.covers(mention.span))
            ):
                return False
        self._keep(mention)
        return True

    def paper_before(self, offset: int) -> int:
        """Return the last paper that is named before a place; -1 for none."""
        places = self._places["Paper"]
        before = bisect_left(places, offset, key=lambda p: p[0].start)
        return places[before - 1][1] if before else -1

    def _keep(self, mention: Mention) -> None:
        index = len(self.mentions)
        self.mentions.append(mention)
        self._remember(mention.name, index)
        self._remember(mention.surface, index)
        insort(self._places[layer_of(mention.type)], (mention.span, index))

    def _remember(self, name: str, index: int) -> None:
        key = fold(name), layer_of(self.mentions[index].type)
        self.papers += key[1] == "Paper" and key not in self._names
        places, place = self._names[key], (self.mentions[index].span, index)
        at = bisect_left(places, place)
        if at == len(places) or places[at] != place:
            places.insert(at, place)

    def _around(self, mention: Mention) -> list[tuple[Span, int]]:
        """Return the mentions of the same layer near a place."""
        places = self._places[layer_of(mention.type)]
        first = bisect_left(places, (mention.span, -1))
        return places[max(0, first - 3) : first + 3]


def _within(places: list[tuple[Span, int]], part: Span) -> list[tuple[Span, int]]:
    """Return the places that begin in a part, of some that are in order."""
    first, last = (bisect_left(places, at, key=lambda p: p[0].start) for at in (part.start, part.end))
    return places[first:last]
