"""What a careful reader does not list: names and claims of rules about which a reply says nothing are left out.

Silence counts only where the reader was attentive: where a reply lists most names that the vocabulary knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from papergraph.extract.propose.chunks import Chunk
from papergraph.extract.propose.folded import fold_copy
from papergraph.extract.propose.forms import forms_of
from papergraph.extract.propose.same import same_names
from papergraph.extract.propose.schema import RELATIONS, Reply
from papergraph.extract.reading import Reading
from papergraph.model import Extraction, Mention, Span
from papergraph.vocabulary import Vocabulary

#: A reader is attentive who lists this share of the known names, of which there are so many at least.
SHARE, FEWEST = 0.6, 4
#: A claim that is this sure stands although the reader does not make it.
SURE = 0.7
_TYPES = frozenset({"Method", "Model", "Dataset", "Institution", "Hardware"})
#: Claims that a reader is asked for; measuredOn is targetsHardware to them.
_ASKED = frozenset({*RELATIONS, "measuredOn"})

#: A part of a note with what was read from its reply.
Answer = tuple[Chunk, Reply]


@dataclass(frozen=True, slots=True)
class Silence:
    """What to leave out of an extraction, by number."""

    mentions: frozenset[int] = frozenset()
    relations: frozenset[int] = frozenset()
    """Those between names that stay."""
    names: int = 0
    """How many names the mentions are of."""


def find_silence(
    reading: Reading, whole: Extraction, model: str, answers: Sequence[Answer], vocabulary: Vocabulary
) -> Silence:
    """Return what only rules find in the parts of a note that a reader has read, and that they do not list.

    `whole` is what the rules found, with what `model` added to it. Replies that were cut short are no answers.
    """
    whole_answers = [(chunk, reply) for chunk, reply in answers if not reply.misshapen]
    names = _Names(reading, whole, model, whole_answers, vocabulary)
    if not names.is_attentive():
        return Silence()
    left_out = [group for group in names.groups if names.is_silent_on(group)]
    mentions = frozenset(i for group in left_out for i in group)
    return Silence(mentions, frozenset(_claims(names, mentions)), len(left_out))


class _Names:
    """The names of a note, each with its mentions, and what a reader says of them."""

    def __init__(
        self, reading: Reading, whole: Extraction, model: str, answers: Sequence[Answer], vocabulary: Vocabulary
    ) -> None:
        self._reading = reading
        self._chunks = [chunk for chunk, _ in answers]
        self._starts = [chunk.lines[0].start for chunk in self._chunks]
        self._model = model
        self.whole = whole
        self.groups = same_names(whole)
        """The mentions of each name."""
        self.group_at = {i: number for number, group in enumerate(self.groups) for i in group}
        self._forms = [_keys(whole.mentions, group, vocabulary) for group in self.groups]
        listed = [e.name for _, reply in answers for e in reply.entities]
        said = [(r.subject, r.object) for _, reply in answers for r in reply.relations]
        self._listed = _folded([*listed, *(name for pair in said for name in pair)])
        self._said = {(a, b) for left, right in said for a in _folded([left]) for b in _folded([right])}
        ends = (end for r in whole.relations if r.extractor == model for end in (r.subject, r.object))
        self._joined = {self.group_at[end] for end in ends}

    def is_attentive(self) -> bool:
        """Tell whether the reader lists most of the names in the parts that the vocabulary knows."""
        known = [n for n, group in enumerate(self.groups) if self._is_known(group)]
        heard = sum(self._is_listed(n) for n in known)
        return len(known) >= FEWEST and heard >= SHARE * len(known)

    def is_silent_on(self, group: tuple[int, ...]) -> bool:
        """Tell whether only rules find a name, all of it where the reader has read, who does not list it."""
        every = [self.whole.mentions[i] for i in group]
        number = self.group_at[group[0]]
        return (
            number not in self._joined
            and not self._is_listed(number)
            and all(m.type in _TYPES and m.extractor != self._model and not m.identifiers for m in every)
            and all(self.is_read(m.span) and not self._is_declared(m.span) for m in every)
        )

    def is_said(self, subject: int, obj: int) -> bool:
        """Tell whether the reader relates two names, in whatever order."""
        lefts, rights = (self._forms[self.group_at[end]] for end in (subject, obj))
        return any((a, b) in self._said or (b, a) in self._said for a in lefts for b in rights)

    def is_read(self, span: Span) -> bool:
        """Tell whether a place is in a part with an answer."""
        last = bisect_right(self._starts, span.start) - 1
        return last >= 0 and self._chunks[last].holds(span.start)

    def _is_known(self, group: tuple[int, ...]) -> bool:
        every = [self.whole.mentions[i] for i in group]
        return any(m.vocabulary and m.type in _TYPES and self.is_read(m.span) for m in every)

    def _is_listed(self, number: int) -> bool:
        return not self._listed.isdisjoint(self._forms[number])

    def _is_declared(self, span: Span) -> bool:
        """Tell whether a name is the value of a field, or in front matter."""
        index = self._reading.block_at(span.start)
        return index < 0 or any(f.value.covers(span) for f in self._reading.fields_of(index))


def _claims(names: _Names, left_out: frozenset[int]) -> Iterator[int]:
    """Yield the unsure claims of rules between names that stay, which the reader does not make where they have read."""
    relations = names.whole.relations
    alike: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(relations):
        if claim.subject not in left_out and claim.object not in left_out:
            alike[names.group_at[claim.subject], claim.predicate, names.group_at[claim.object]].append(number)
    for (_, predicate, _), numbers in alike.items():
        every = [relations[n] for n in numbers]
        unsure = all(r.tier != "model" and r.confidence < SURE and names.is_read(r.span) for r in every)
        if predicate in _ASKED and unsure and not names.is_said(every[0].subject, every[0].object):
            yield from numbers


def _keys(mentions: Sequence[Mention], group: Iterable[int], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the folded forms of a name: those of its mentions, and those of its entry."""
    every = [mentions[i] for i in group]
    pairs = dict.fromkeys((m.name, m.vocabulary) for m in every if m.vocabulary)
    aliases = [form for name, entry in pairs for e in vocabulary.find(name) if e.id == entry for form in e.forms]
    return _folded([*(form for m in every for form in (m.name, m.surface)), *aliases])


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(key for name in dict.fromkeys(names) for form in forms_of(name) if (key := fold_copy(form)))
