"""What could be related: each name of a note with the works that the text around it may be about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from papergraph.extract.context import Context, evidence_span
from papergraph.model import Span

#: How a subject comes to a name: the text is about it, or about its paper, or about nothing in a note on it.
Way = Literal["about", "paper", "note"]

_OBJECTS = frozenset({"Method", "Model", "Dataset", "Hardware"})
_SUBJECTS = frozenset({"Method", "Model", "Paper"})
#: A longer sentence is a list or a text without marks.
_LONGEST = 1_000
#: Places at which a pair is looked at.
MOST_PLACES = 6


class Place(NamedTuple):
    """A name at one place, with a work that may be the subject there."""

    subject: int
    object: int
    way: Way
    block: int
    sentence: Span


def pairs_of(context: Context) -> dict[tuple[int, int], list[Place]]:
    """Return for each pair of things, by identity, the places where the one may be said of the other.

    Nothing is said of a paper and what it introduces.
    """
    found: dict[tuple[int, int], list[Place]] = {}
    kin = context.once(kin_of, None)
    for place in _places(context):
        pair = context.identities[place.subject], context.identities[place.object]
        if pair[1] not in kin.get(pair[0], {pair[0]}) and len(places := found.setdefault(pair, [])) < MOST_PLACES:
            places.append(place)
    return found


def _places(context: Context) -> Iterator[Place]:
    for index, mention in enumerate(context.mentions):
        block = context.block_of(index)
        if mention.type not in _OBJECTS or block < 0 or context.document.blocks[block].kind in {"code", "html"}:
            continue
        if context.in_title(index):
            continue  # a title is no sentence: rules of their own read it
        sentence = evidence_span(context.document.blocks[block], mention)
        if sentence.end - sentence.start > _LONGEST:
            continue
        taken = {context.identities[index]}
        for subject, way in _subjects(context, block):
            if context.identities[subject] not in taken and context.mentions[subject].type in _SUBJECTS:
                taken.add(context.identities[subject])
                yield Place(subject, index, way, block, sentence)


def _subjects(context: Context, block: int) -> Iterator[tuple[int, Way]]:
    """Yield the works that may be the subject of what a block says, the likelier first."""
    about = context.about(block)
    if about >= 0:
        yield about, "about"
    entry = context.entry_of(block)
    if entry and entry.paper >= 0:
        yield entry.paper, "paper"
    of_note = context.once(_subject_of_note, None)
    if about < 0 <= of_note:
        yield of_note, "note"


def _subject_of_note(context: Context, _: None) -> int:
    """Return the work that the whole note, or its first entry, is about; -1 if it has none."""
    entries = [e for e in context.annotation.entries if e.parent < 0]
    whole = next((e for e in entries if e.whole), entries[0] if len(entries) == 1 else None)
    return context.subject(whole) if whole else -1


def kin_of(context: Context, _: None = None) -> dict[int, set[int]]:
    """Return for each work the paper and the contributions of its entry, by identity."""
    found: dict[int, set[int]] = {}
    for entry in context.annotation.entries:
        family = {context.identities[i] for i in (entry.paper, *entry.contributions) if i >= 0}
        for one in family:
            found.setdefault(one, {one}).update(family)
    return found
