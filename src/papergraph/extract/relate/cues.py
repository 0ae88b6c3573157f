"""Which groups of patterns a sentence calls for: one pass over it finds the cues of all groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from papergraph.extract.relate.sentence_patterns import Group, load_patterns


@dataclass(frozen=True, slots=True)
class CueFinder:
    """The groups of patterns with the automaton that finds their cues."""

    groups: tuple[Group, ...]
    automaton: ahocorasick_rs.AhoCorasick
    are_words: tuple[bool, ...]
    """For each cue whether it counts as a whole word only."""
    owners: tuple[frozenset[int], ...]
    """For each cue the groups that have it."""
    always: frozenset[int]
    """The groups without cues."""

    def find(self, sentence: str) -> Sequence[Group]:
        """Return the groups whose cues stand in a sentence, and those without cues, in their order.

        An English cue counts as a whole word only; case is ignored.
        """
        text = sentence.lower()
        awake = set(self.always)
        for cue, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if not self.owners[cue] <= awake and (not self.are_words[cue] or _stands_alone(text, start, end)):
                awake |= self.owners[cue]
        return [self.groups[number] for number in sorted(awake)]


@cache
def cue_finder(extra: tuple[Path, ...] = ()) -> CueFinder:
    """Return the finder for the user's patterns in `extra` and ours, made once; raises as `load_patterns`.

    >>> "evaluatedOn" in {g.patterns[0].predicate for g in cue_finder().find("A is evaluated with care")}
    True
    """
    groups = load_patterns(extra)
    owners: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for cue in group.cues:
            owners.setdefault(cue.lower(), set()).add(number)
    cues = tuple(sorted(owners))
    return CueFinder(
        groups,
        ahocorasick_rs.AhoCorasick(cues, matchkind=ahocorasick_rs.MATCHKIND_STANDARD),
        tuple(map(_is_word, cues)),
        tuple(frozenset(owners[cue]) for cue in cues),
        frozenset(number for number, group in enumerate(groups) if not group.cues),
    )


def _is_word(cue: str) -> bool:
    return cue[0].isascii() and cue[0].isalnum()


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdecimal() and text[start].isalpha():  # `2x`
        before = ""
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
