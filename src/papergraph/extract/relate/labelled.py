"""What a heading or label says of the names under it: `## Builds on`, `- Variants`, `**Baselines**: [[H2O]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.labels import OF_CONCEPTS, Label, label_of, meaning_of
from papergraph.extract.relate.nesting import method_named_by
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Block, Predicate, RelationMention, Span

#: What each list of `labelled.yaml` states, and whether the names are its subjects.
_STATED: dict[str, tuple[Predicate, bool]] = {
    "extends": ("extends", False),
    "improvesOn": ("improvesOn", False),
    "uses": ("uses", False),
    "comparedWith": ("comparedWith", False),
    "outperforms": ("outperforms", False),
    "extended_by": ("extends", True),
    "used_by": ("uses", True),
    "outperformed_by": ("outperforms", True),
    "kinds": ("extends", True),
    "applications": ("uses", True),
}
_WORKS = ("Method", "Model", "Paper")
#: Between two names of a list; what may not stand before the first.
_JOINTS = re.compile(r"[ \t*_`\]\[]*(?:(?:[,，、;；/&·|\n]|\band\b|和|与|及)[ \t*_`\[\]]*+){1,8}+")
_LETTER = re.compile(r"[^\W\d_]")
#: Names of one list.
_MOST = 16


def relate_labelled(context: Context) -> Iterator[RelationMention]:
    """Yield what labels say of the names that the items and lines under them begin with, and keys of their values."""
    for number, block in enumerate(context.document.blocks):
        label = context.reading.once(label_of, number)
        if label is None:
            continue
        names, alone = _names(context, block, label.start if label.block == number else block.span.start)
        if alone or block.kind == "item":  # any other is a sentence
            yield from _stated(context, label.meaning, label.block, _subject(context, label), names)
    for field in context.document.fields:
        labelled = field.block >= 0 and context.reading.once(label_of, field.block)
        meaning = "" if field.meaning or labelled else meaning_of(field.key)
        entry = context.entry_of(max(0, field.block))
        if meaning and entry:
            names = list(islice(_works(context, field.value), _MOST))
            yield from _stated(context, meaning, max(0, field.block), context.subject(entry), names)


def _stated(context: Context, meaning: str, number: int, subject: int, names: list[int]) -> Iterator[RelationMention]:
    """Yield what a label in block `number` that means this says of names."""
    if subject < 0 or context.mentions[subject].type not in _WORKS:
        return
    if meaning in OF_CONCEPTS and not _is_concept(context, number, subject):
        return
    for name in names:
        predicate, reversed_ = _STATED[meaning]
        if meaning == "kinds" and context.mentions[name].type == "Model":
            predicate = "uses"
        left, right = (name, subject) if reversed_ else (subject, name)
        if not context.is_same(left, right) and context.fits(predicate, left, right):
            place = context.mentions[name].span
            block = context.document.blocks[max(0, context.block_of(name))]
            span = evidence_span(block, context.mentions[name]) if block.span.covers(place) else place
            if _unrelated().search(span.of(context.text)):
                continue
            yield context.claim(left, predicate, right, span, "labelled", "structure")


def _subject(context: Context, label: Label) -> int:
    """Return the method that the nearest heading or item above a label names, else what the label's block is about."""
    blocks = context.document.blocks
    above = list(blocks[label.block].headings)
    parent = blocks[label.block].parent
    while parent >= 0:
        above.append(parent)
        parent = blocks[parent].parent
    named = (context.once(method_named_by, place) for place in sorted(above, reverse=True) if place != label.block)
    return next((index for index in named if index >= 0), context.about(label.block, in_table=False))


def _is_concept(context: Context, number: int, subject: int) -> bool:
    """Tell whether a note speaks of a technique itself, and of no paper."""
    entry = context.entry_of(number)
    return (entry is None or entry.paper < 0) and context.mentions[subject].type == "Method"


def _names(context: Context, block: Block, start: int) -> tuple[list[int], bool]:
    """Return the works with which the text of a block begins, alone or joined, and whether it says nothing else.

    Links to notes on what has no name here may stand among them.
    """
    end, found = start, list[int]()
    number = context.reading.block_at(block.span.start)
    pages = sorted({*(i.span for i in block.inlines if i.kind == "wikilink"), *context.reading.hidden[number]})
    if start >= block.span.end:
        return [], True
    named = (
        i
        for i in context.within(Span(start, block.span.end), *_WORKS)
        if not context.in_title(i) or context.is_whole_title(i)
    )
    for index in islice(named, _MOST):
        between = _without(context.text, end, context.mentions[index].span.start, pages)
        if _LETTER.search(between) if not found else not _JOINTS.fullmatch(between):
            break
        found.append(index)
        end = context.mentions[index].span.end
    return found, not _LETTER.search(_without(context.text, end, block.span.end, pages))


def _works(context: Context, place: Span) -> Iterator[int]:
    """Yield the works that a place names, but not what their titles name."""
    return (i for i in context.within(place, *_WORKS) if not context.in_title(i) or context.is_whole_title(i))


def _without(text: str, start: int, end: int, pages: list[Span]) -> str:
    """Return a part of a text without the links that stand in it as a whole."""
    pieces = []
    for page in pages:
        if start <= page.start and page.end <= end:
            pieces.append(text[start : page.start])
            start = page.end
    return "".join([*pieces, text[start:end]])


@cache
def _unrelated() -> re.Pattern[str]:
    """Return the words by which an item denies what its label says of it."""
    return re.compile(word_pattern("labelled", "unrelated"), re.IGNORECASE)
