"""What speaks for and against a relation between two things: the features of the model `relations`."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.learned.pairs import Place
from papergraph.extract.learned.words import words_in, words_of
from papergraph.model import Span

#: Words right beside a name that count.
_NEAR = 4
#: Words between a subject and an object that count.
_BETWEEN = 10
_LONGEST_HEADING = 60
_LABEL = re.compile(r"[\s*_`]*([^:：\n]{1,25}?)[\s*_`]*[:：]")
#: Of two things at least one is another.
_ENOUGH = 2
#: What each further place adds to a feature that is there already.
_REPEATED = 0.3


def pair_features(context: Context, places: Sequence[Place]) -> dict[str, float]:
    """Return the features of a pair at all its places, with how strongly each is there."""
    found = [place_features(context, place) for place in places]
    features = dict.fromkeys(found[0], 1.0)
    if len(found) > 1:
        counts = Counter(chain.from_iterable(found))
        features = {feature: 1 + _REPEATED * math.log(count) for feature, count in counts.items()}
    features["places"] = math.log(len(places))
    return features


def place_features(context: Context, place: Place) -> tuple[str, ...]:
    """Return the features of a pair at one place, each once, in an order that is always the same."""
    of_object = context.once(_object_features, place.object)
    return tuple(dict.fromkeys((*of_object, *_subject_features(context, place))))


def _object_features(context: Context, index: int) -> tuple[str, ...]:
    return (*_around(context, index), *_where(context, index), *_what(context, index))


def _around(context: Context, index: int) -> Iterator[str]:
    """Yield what stands around a name in its sentence."""
    mention, block = context.mentions[index], context.block_of(index)
    sentence = evidence_span(context.document.blocks[block], mention)
    words = context.once(words_of, block)
    before = words.between(sentence.start, mention.span.start)
    after = words.between(mention.span.end, sentence.end)
    yield from _grams("b", before[-_NEAR:])
    yield from _grams("a", after[:_NEAR])
    if before:
        yield f"opens={before[0]}"
        yield f"opens={' '.join(before[:2])}"
    else:
        yield "first"
    if not after:
        yield "last"
    yield f"words={min(6, (len(before) + len(after)) // 8)}"


def _grams(name: str, words: Sequence[str]) -> Iterator[str]:
    for number, word in enumerate(words):
        yield f"{name}={word}"
        if number + 1 < len(words):
            yield f"{name}={word} {words[number + 1]}"


def _where(context: Context, index: int) -> Iterator[str]:
    """Yield where in the note a name stands."""
    number = context.block_of(index)
    block, text = context.document.blocks[number], context.text
    yield f"kind={block.kind}"
    yield f"role={context.role_of(number) or '-'}"
    yield f"depth={min(block.depth, 3)}"
    yield f"part={4 * number // len(context.document.blocks)}"
    place = context.mentions[index].span
    yield from (f"in={inline.kind}" for inline in block.inlines if inline.span.covers(place))
    if block.headings:
        yield from (f"h={w}" for w in context.once(_heading_words, block.headings[-1]))
    if block.parent >= 0:
        yield from (f"p={w}" for w in context.once(_heading_words, block.parent)[:8])
    if label := _LABEL.match(text, block.span.start, block.span.end):
        yield from (f"label={w}" for w in words_in(text, Span(*label.span(1))).words)
        yield "labelled" if label.end() <= place.start else "labels"
    entry = context.entry_of(number)
    yield f"entry={'whole' if entry.whole else 'own'}" if entry else "entry=-"


def _heading_words(context: Context, block: int) -> tuple[str, ...]:
    span = context.document.blocks[block].span
    return words_in(context.text, Span(span.start, min(span.end, span.start + _LONGEST_HEADING))).words


def _what(context: Context, index: int) -> Iterator[str]:
    """Yield what a name is, as far as is known."""
    mention = context.mentions[index]
    yield f"type={mention.type}"
    words = words_in(mention.name, Span(0, max(1, len(mention.name)))).words
    yield from (f"name={w}" for w in words[-2:])
    if words:
        yield f"name ends={words[-1][-3:]}"
    yield f"named={min(4, context.once(_times, None)[context.identities[index]])}"
    if context.is_technique(index):
        yield "technique"
    if mention.vocabulary:
        yield f"known={context.vocabulary.by_id(mention.vocabulary).work}"
        yield f"is={mention.vocabulary}"
    if context.identities[index] in context.contributed:
        yield "contributed"


def _times(context: Context, _: None) -> Counter[int]:
    """Return how often the note names each thing."""
    return Counter(context.identities)


def _subject_features(context: Context, place: Place) -> Iterator[str]:
    """Yield how the subject stands to the object."""
    mentions, at = context.mentions, context.mentions[place.object].span
    subject = context.identities[place.subject]
    yield f"way={place.way}"
    yield f"way={place.way} {mentions[place.object].type}"
    yield f"subject={mentions[place.subject].type}"
    yield f"works={min(6, len(context.annotation.entries))}"
    yield f"subject named={min(4, context.once(_times, None)[subject])}"
    yield f"subject of note={place.way == 'note' or subject in context.contributed}"
    beside = [i for i in context.within(place.sentence) if mentions[i].type not in {"Topic", "Person", "Institution"}]
    same = [i for i in beside if context.identities[i] == subject]
    if before := [i for i in same if mentions[i].span.end <= at.start]:
        yield "subject before"
        yield from _between(context, place, "->", mentions[before[-1]].span, at)
    if behind := [i for i in same if mentions[i].span.start >= at.end]:
        yield "subject behind"
        yield from _between(context, place, "<-", at, mentions[behind[0]].span)
    taken = {subject, context.identities[place.object]}
    others = [i for i in beside if context.identities[i] not in taken and mentions[i].type in {"Method", "Model"}]
    earlier = [i for i in others if mentions[i].span.end <= at.start]
    yield f"others={min(len(others), 4)}"
    yield f"others before={min(len(earlier), 3)} {place.way}"
    yield from _claimed(context, place, subject)
    if earlier and not context.once(words_of, place.block).between(
        place.sentence.start, mentions[earlier[0]].span.start
    ):
        yield "other opens"


def _claimed(context: Context, place: Place, subject: int) -> Iterator[str]:
    """Yield what rules claim of the object for other works, and of the subject in the same block."""
    obj = context.identities[place.object]
    for predicate, subjects in context.once(_claimed_of, None).get(obj, {}).items():
        if subjects - {subject}:
            yield f"taken {predicate}"
    for predicate, objects in context.once(_claimed_by, None).get((subject, place.block), {}).items():
        if objects - {obj}:
            yield f"beside {predicate}"


def _claimed_of(context: Context, _: None) -> dict[int, dict[str, set[int]]]:
    """Return for each thing the predicates that rules claim of it, with the subjects."""
    found: dict[int, dict[str, set[int]]] = {}
    for claim in context.relations:
        subjects = found.setdefault(context.identities[claim.object], {}).setdefault(claim.predicate, set())
        if len(subjects) < _ENOUGH:
            subjects.add(context.identities[claim.subject])
    return found


def _claimed_by(context: Context, _: None) -> dict[tuple[int, int], dict[str, set[int]]]:
    """Return for each work and block the predicates that rules claim there, with the objects."""
    found: dict[tuple[int, int], dict[str, set[int]]] = {}
    for claim in context.relations:
        place = context.identities[claim.subject], context.reading.block_at(claim.span.start)
        objects = found.setdefault(place, {}).setdefault(claim.predicate, set())
        if len(objects) < _ENOUGH:
            objects.add(context.identities[claim.object])
    return found


def _between(context: Context, place: Place, name: str, left: Span, right: Span) -> Iterator[str]:
    words = context.once(words_of, place.block).between(left.end, right.start)
    yield f"{name}{min(5, len(words) // 3)}"
    if len(words) <= _BETWEEN:
        yield from (f"{name}{gram}" for gram in _grams("", words))
    else:
        yield from (f"{name}{gram}" for gram in _grams("", (*words[:4], *words[-4:])))
