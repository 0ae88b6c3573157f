"""Institutions that a note credits with a work: in a field, in the line of its title, or in a line right below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.patterns import read_lists
from papergraph.extract.relate.context import Context, evidence_span
from papergraph.model import Block, RelationMention, Span

#: How many blocks below its title tell who made a work.
_LINES_BELOW = 4
#: So many letters of a line of metadata may be neither names nor dates nor words of data/patterns/credits.yaml.
_FREE_LETTERS = 3
_DATE = re.compile(r"\d{2,4}(?:\s*[-/.年]\s*\d{1,2})?(?:\s*[-/.月]\s*\d{1,2})?\s*日?|\b[A-Z]{3,}\w*['’]?\s*\d{2,4}\b")
_LETTER = re.compile(r"\w")
_LINE = re.compile(r"[^\r\n]+")


def relate_credits(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield `affiliatedWith` from each work to the institutions that its fields, title and first lines name."""
    context = Context(annotation)
    for entry in annotation.entries:
        subject = entry.paper if entry.paper >= 0 else context.subject(entry)
        if subject >= 0:
            yield from _fields(context, entry, subject)
            yield from _title_line(context, entry, subject)
            yield from _below(context, entry, subject)


def _fields(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    blocks = set(entry.blocks) | ({-1} if 0 in entry.blocks else set())
    for field in context.document.fields:
        if field.block in blocks and field.meaning in {"institution", "authors"}:
            for index in context.within(field.value, "Institution"):
                yield context.claim(
                    subject, "affiliatedWith", index, field.value, "field-institution", "structure", 0.95
                )


def _title_line(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take an institution before the work's name (`DeepMind PAV: ...`) or credited behind it (`(@SJTU)`)."""
    text, block = context.document.text, context.document.blocks[entry.blocks[0]]
    head = min((context.mentions[i].span.start for i in (entry.paper, *entry.contributions) if i >= 0), default=0)
    for index in context.within(block.span, "Institution"):
        mention = context.mentions[index]
        in_title = entry.paper >= 0 and context.mentions[entry.paper].span.covers(mention.span)
        before = mention.span.end <= head and not text[mention.span.end : head].strip(' *_[「“"')
        credited = _credit("crediting").search(text, block.span.start, mention.span.start)
        bracketed = text[mention.span.end : mention.span.end + 1] in {")", "）"}
        if mention.extractor == "credit" or credited or bracketed or (before and not in_title):
            span = evidence_span(block, mention)
            yield context.claim(subject, "affiliatedWith", index, span, "title-institution", "structure", 0.85)


def _below(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take `2021-12-09, #Anthropic` and `来自 Meta 的工作` from the lines under a title."""
    for number in entry.blocks[1 : _LINES_BELOW + 1]:
        block = context.document.blocks[number]
        institutions = list(context.within(block.span, "Institution"))
        if not institutions:
            continue
        metadata = [line for line in _lines(context, block) if _is_metadata(context, line)]
        for index in institutions:
            mention = context.mentions[index]
            span = evidence_span(block, mention)
            if any(line.covers(mention.span) for line in metadata):
                yield context.claim(subject, "affiliatedWith", index, span, "metadata-line", "structure", 0.85)
            elif _credit("crediting_in_text").search(context.document.text[span.start : mention.span.start]):
                yield context.claim(subject, "affiliatedWith", index, span, "credited", "prose", 0.75)


def _lines(context: Context, block: Block) -> Iterator[Span]:
    for match in _LINE.finditer(context.document.text, block.span.start, block.span.end):
        yield Span(*match.span())


def _is_metadata(context: Context, line: Span) -> bool:
    """Tell whether a line holds nothing but names, tags, dates and words such as `arXiv`."""
    pieces, position = [], line.start
    for index in context.within(line):
        span = context.mentions[index].span
        if span.start >= position:
            pieces.append(context.document.text[position : span.start])
            position = span.end
    rest = " ".join([*pieces, context.document.text[position : line.end]])
    rest = _metadata_words().sub(" ", _DATE.sub(" ", rest))
    return len(_LETTER.findall(rest)) <= _FREE_LETTERS


@cache
def _credit(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_lists('credits')[key])})[\s:：]*$", re.IGNORECASE)


@cache
def _metadata_words() -> re.Pattern[str]:
    words = sorted(read_lists("credits")["metadata"], key=len, reverse=True)
    return re.compile("|".join(re.escape(w) for w in words), re.IGNORECASE)
