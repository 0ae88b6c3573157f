"""Institutions that a note credits with a work: in a field, in the line of its title, or in a line right below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.annotation import Entry
from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.byline import find_bylines, find_openers, joined
from papergraph.extract.word_lists import read_lists
from papergraph.model import Block, Field, RelationMention, Span

#: How many blocks below its title tell who made a work.
_LINES_BELOW = 4
#: A longer line below a title that has lines above it is prose.
_LONGEST_BYLINE = 160
_OWNING = re.compile(r"\s*(?:的|['’]s)\s*")
#: Characters between an institution's genitive and the name of its work: `谷歌的小模型 Gemma`.
_LONGEST_KIND = 40
#: Characters between an institution and the words that credit it, these included.
_REACH = 120
#: A text in bold with so many words is a title and no label.
_TITLE_WORDS = 4


def relate_credits(context: Context) -> Iterator[RelationMention]:
    """Yield `affiliatedWith` from each work to the institutions that its fields, title and first lines name."""
    for entry in context.annotation.entries:
        subject = entry.paper if entry.paper >= 0 else context.subject(entry)
        if subject >= 0:
            yield from _fields(context, entry, subject)
            yield from _title_line(context, entry, subject)
            yield from _bylines(context, entry, subject)
            yield from _told(context, entry, subject)


def _fields(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    fields = context.once(_fields_by_block, ("institution", "authors"))
    # What the front matter says is said of the work at the start of the note.
    for number in (-1, *entry.blocks) if 0 in entry.blocks else entry.blocks:
        for field in fields.get(number, ()):
            for index in context.within(field.value, "Institution"):
                yield context.claim(subject, "affiliatedWith", index, field.value, "field-institution", "structure")


def _fields_by_block(context: Context, meanings: tuple[str, ...]) -> dict[int, list[Field]]:
    found: dict[int, list[Field]] = {}
    for field in context.document.fields:
        if field.meaning in meanings:
            found.setdefault(field.block, []).append(field)
    return found


def _title_line(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take an institution before the work's name (`DeepMind PAV: ...`) or credited behind it (`(@SJTU)`)."""
    text, block = context.text, context.document.blocks[entry.blocks[0]]
    head = min((context.mentions[i].span.start for i in (entry.paper, *entry.contributions) if i >= 0), default=0)
    for index in context.within(block.span, "Institution"):
        mention = context.mentions[index]
        in_title = entry.paper >= 0 and context.mentions[entry.paper].span.covers(mention.span)
        near = 0 <= head - mention.span.end <= _REACH
        before = near and not text[mention.span.end : head].strip(' *_[「“"')
        start = max(block.span.start, mention.span.start - _REACH)
        credited = _credit("crediting").search(text, start, mention.span.start)
        bracketed = text[mention.span.end : mention.span.end + 1] in {")", "）"}
        if context.has_role(index, "credit") or credited or bracketed or (before and not in_title):
            span = evidence_span(block, mention)
            yield context.claim(subject, "affiliatedWith", index, span, "title-institution", "structure")


def _near_title(context: Context, entry: Entry) -> list[int]:
    """Return the block of an entry's title and the few that stand above or below it and may be lines on its makers.

    Where a note has something above its title, such as a link back, only short lines below that are not prose count.
    """
    near = list(entry.blocks[: _LINES_BELOW + 1])
    below = (n for n in entry.blocks if near[0] < n <= near[0] + _LINES_BELOW and n not in near)
    return [*near, *(n for n in below if _is_short(context.document.blocks[n]))]


def _is_short(block: Block) -> bool:
    return block.span.end - block.span.start <= _LONGEST_BYLINE


def _bylines(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take what names nobody but makers, behind the title (`, NeurIPS 2022, Stanford`) or in the lines below."""
    own = context.subject(entry)
    for number in _near_title(context, entry):
        block = context.document.blocks[number]
        if number != entry.blocks[0] and _opens_another(context, block):
            return
        for index in find_bylines(context, block.span, own):
            span = evidence_span(block, context.mentions[index])
            yield context.claim(subject, "affiliatedWith", index, span, "byline", "structure")


def _opens_another(context: Context, block: Block) -> bool:
    """Tell whether a paragraph opens with a title in bold, as each of a list of posts does."""
    first = block.inlines[0] if block.inlines and block.kind == "paragraph" else None
    if first is None or first.kind != "bold" or first.inner is None or first.span.start != block.span.start:
        return False
    title, after = first.inner.of(context.text), context.text[first.span.end : first.span.end + 1]
    return len(title.split()) >= _TITLE_WORDS and not (title + after).rstrip().endswith((":", "："))


def _told(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take `微软提出 ...` and `作者来自 CMU` from the sentences behind a title or right below it."""
    for number in entry.blocks[: _LINES_BELOW + 1]:
        block = context.document.blocks[number]
        for index in find_openers(context, block):
            if _makes(context, entry, index):
                span = evidence_span(block, context.mentions[index])
                yield context.claim(subject, "affiliatedWith", index, span, "opener", "prose")
        for index in context.within(block.span, "Institution"):
            mention = context.mentions[index]
            span = evidence_span(block, mention)
            start = max(span.start, mention.span.start - _REACH)
            # Some of the words count at the start of their sentence only.
            opening = "" if start == span.start else "，"
            if _credit("crediting_in_text").search(opening + context.text[start : mention.span.start]):
                for other in joined(context, index):
                    yield context.claim(subject, "affiliatedWith", other, span, "credited", "prose")


def _makes(context: Context, entry: Entry, maker: int) -> bool:
    """Tell whether an institution that opens a sentence is there for this work, and not as in `Google 的 BERT`."""
    end = context.mentions[maker].span.end
    owns = _OWNING.match(context.text, end)
    if not owns:
        return True
    own = context.subject(entry)
    near = Span(end, owns.end() + _LONGEST_KIND)
    owned = next(context.within(near, "Method", "Model", "Dataset"), -1)
    return owned < 0 or context.is_same(owned, own) or not context.mentions[owned].vocabulary


@cache
def _credit(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_lists('credits')[key])})[\s:：]*$", re.IGNORECASE)
