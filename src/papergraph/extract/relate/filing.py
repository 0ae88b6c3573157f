"""Topics under which a note files its works, and topics within topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from papergraph.extract.annotation import Entry
from papergraph.extract.context import Context
from papergraph.model import Field, RelationMention

_LETTER = re.compile(r"[^\W\d_]")
_TAGS = re.compile(r"#[^\s#]+")
#: Tags of the front matter speak of every work of a note on a few, not of those of a long list.
_FEW = 5


def relate_filing(context: Context) -> Iterator[RelationMention]:
    """Yield `hasTopic` from each work to its nearest category and its tags, and `broader` between nested categories."""
    categories = _categories(context)
    tagged = _tags(context)
    shared = [i for f in _tag_fields(context, in_rows=False) for i in context.within(f.value, "Topic")]
    own = {f.block: list(context.within(f.value, "Topic")) for f in _tag_fields(context, in_rows=True)}
    few = sum(e.parent < 0 for e in context.annotation.entries) <= _FEW
    closing = tagged.pop(_closing_tags(context, tagged), ())
    for entry in context.annotation.entries:
        subject = entry.paper if entry.paper >= 0 else context.subject(entry)
        if subject < 0:
            continue
        yield from _filed(context, entry, subject, categories, tagged)
        for topic in (
            *(shared if few and entry.parent < 0 else ()),
            *(t for b in entry.blocks for t in own.get(b, ())),
        ):
            yield context.claim(subject, "hasTopic", topic, context.mentions[topic].span, "field-topic", "structure")
        for topic in closing if few and entry.parent < 0 else ():
            yield context.claim(subject, "hasTopic", topic, context.mentions[topic].span, "tag", "structure")
    yield from _tagged_lines(context, tagged)
    yield from _broader(context, categories)


def _tag_fields(context: Context, *, in_rows: bool) -> Iterator[Field]:
    """Yield the fields with tags: those of the rows of tables, which speak of their row, or those of the note."""
    for field in context.document.fields:
        if field.meaning == "tags":
            is_cell = field.block >= 0 and context.document.blocks[field.block].kind == "cell"
            if is_cell == in_rows:
                yield field


def _filed(
    context: Context, entry: Entry, subject: int, categories: dict[int, list[int]], tagged: dict[int, list[int]]
) -> Iterator[RelationMention]:
    nearest = nearest_category(context, entry.blocks[0], categories)
    heading = _nearest_heading(context, entry.blocks[0], categories)
    for place in dict.fromkeys(p for p in (nearest, heading) if p >= 0):
        for topic in categories[place]:
            yield context.claim(subject, "hasTopic", topic, context.mentions[topic].span, "category", "structure")
    for block in entry.blocks:
        for topic in tagged.get(block, ()):
            yield context.claim(subject, "hasTopic", topic, context.mentions[topic].span, "tag", "structure")


def _tagged_lines(context: Context, tagged: dict[int, list[int]]) -> Iterator[RelationMention]:
    """Yield `hasTopic` for the work that heads a line with tags outside of all entries: `ZorbQuant ... #peft`."""
    for block, topics in tagged.items():
        span = context.document.blocks[block].span
        work = next(context.within(span, "Method", "Model"), -1)
        if work < 0 or context.entry_of(block) is not None or context.is_technique(work):
            continue
        lead = _TAGS.sub("", context.text[span.start : context.mentions[work].span.start])
        for topic in topics if not _LETTER.search(lead) else ():
            yield context.claim(work, "hasTopic", topic, context.mentions[topic].span, "tag", "structure")


def nearest_category(context: Context, block: int, categories: dict[int, list[int]]) -> int:
    """Return the block of the nearest category above `block`: an item that files it, else a heading; -1 for none."""
    blocks = context.document.blocks
    parent = blocks[block].parent
    while parent >= 0:
        if parent in categories:
            return parent
        parent = blocks[parent].parent
    return _nearest_heading(context, block, categories)


def _nearest_heading(context: Context, block: int, categories: dict[int, list[int]]) -> int:
    return next((h for h in reversed(context.document.blocks[block].headings) if h in categories), -1)


def _categories(context: Context) -> dict[int, list[int]]:
    """Return what each block that files works names as their topics: one, or several as in `Memory / Retrieval`."""
    found: dict[int, list[int]] = {}
    for index in range(len(context.mentions)):
        if context.has_role(index, "category"):
            topics = found.setdefault(context.block_of(index), [])
            if not any(context.is_same(index, topic) for topic in topics):
                topics.append(index)
    return found


def _tags(context: Context) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index in range(len(context.mentions)):
        if context.has_role(index, "tag"):
            found.setdefault(context.block_of(index), []).append(index)
    return found


def _closing_tags(context: Context, tagged: dict[int, list[int]]) -> int:
    """Return the last block if it is the note's only line of nothing but tags, and so speaks of all of it; else -1."""
    lines = [b for b in tagged if _holds_tags_alone(context, b)]
    last = len(context.document.blocks) - 1
    return last if lines == [last] and context.document.blocks[last].kind == "paragraph" else -1


def _holds_tags_alone(context: Context, number: int) -> bool:
    block = context.document.blocks[number] if number >= 0 else None
    tags = [i for i in block.inlines if i.kind == "tag"] if block else []
    said = block.span.end - block.span.start if block else 0
    signs = sum(map(str.isspace, block.span.of(context.text))) if block else 0
    return bool(tags) and sum(t.span.end - t.span.start for t in tags) + signs == said


def _broader(context: Context, categories: dict[int, list[int]]) -> Iterator[RelationMention]:
    for block, topics in categories.items():
        above = nearest_category(context, block, categories)
        if above >= 0:
            for topic, wider in product(topics, categories[above]):
                span = context.mentions[topic].span
                yield context.claim(topic, "broader", wider, span, "nested-category", "structure")
