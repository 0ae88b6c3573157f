"""Techniques that a note sets off, by the noun at their end: `- Patch sharpness loss: ...`, `### Char embeddings`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.labels import meaning_of
from papergraph.extract.phrases import Head, head_kind, is_strong_head
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import is_generic, is_task, is_template_heading, word_set
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:/\d)?")
_COLON = re.compile(r"[:：]|\s[-–—]+\s")
_MARKS = frozenset({"bold", "wikilink"})
#: Characters of a head, and its words, the noun among them.
_LONGEST, _FEWEST, _MOST = 60, 2, 4
#: So many words has what ends with a word that may only call it a technique: `Appended snippet strategy`.
_TOLD = 3


def recognise_item_phrase(context: Context) -> Iterator[Mention]:
    """Yield the few words at the head of an item, before a colon or all of it, that end with the noun of a technique.

    What stands before the noun may be any words but plain ones, and no name: `- LoRA adapter:` is about LoRA. Of
    headings and of what is bold or a link to a note the same holds; and there, too, the noun may be a weaker one.
    """
    reading = context.reading
    names = {m.span.start: m.span.end for m in context.mentions if m.type in THINGS}
    for index, block in reading.readable:
        seen: set[Span] = set()
        for span in _set_off(reading, block):
            if span in seen or not reading.is_visible(index, span.start, span.end):
                continue
            seen.add(span)
            words = span.of(reading.text).split()
            before = span.start + len(" ".join(words[:-1]))
            if not _may_be_name(words) or names.get(span.start, 0) in {before, before + 1, span.end}:
                continue
            is_strong = block.kind == "item" and is_strong_head(words[-1].casefold())
            is_free = not any(_is_known(context, i, span) for i in context.within(span))
            if is_strong or (is_free and _is_weaker(block, words)):
                yield reading.mention(span, "Method", "item-phrase")


def _set_off(reading: Reading, block: Block) -> Iterator[Span]:
    """Yield what a block begins with or is, if that is short, and what is set off in it."""
    is_head = block.kind == "item" or (block.kind == "heading" and block.depth > 1)
    if is_head and (span := _head(reading, block)):
        yield span
    for inline in block.inlines:
        if inline.kind in _MARKS and inline.inner and (span := _inner(reading, inline.inner)):
            yield span


def _inner(reading: Reading, inner: Span) -> Span | None:
    return strip_edges(reading.text, inner.start, inner.end, " \t:：")


def _is_known(context: Context, number: int, span: Span) -> bool:
    """Tell whether a mention in a phrase is more than a part of it."""
    mention = context.mentions[number]
    return bool(mention.vocabulary) or mention.span == span or mention.type == "Paper"


def _head(reading: Reading, block: Block) -> Span | None:
    """Return what stands before the colon or dash of an item, or all of a short one."""
    line_end = reading.text.find("\n", block.span.start, block.span.end)
    stop = min(line_end if line_end > 0 else block.span.end, block.span.start + _LONGEST)
    whole = strip_edges(reading.text, block.span.start, stop)
    if whole is None:
        return None
    colon = _COLON.search(reading.text, whole.start, stop)
    span = strip_edges(reading.text, whole.start, colon.start()) if colon else whole
    return span if span and (colon or stop in {block.span.end, line_end}) else None


def _may_be_name(words: list[str]) -> bool:
    name, folded = " ".join(words), [w.casefold() for w in words]
    if not _FEWEST <= len(words) <= _MOST or not all(_WORD.fullmatch(w) for w in words):
        return False
    if head_kind(folded[-1]) is None or name.casefold() in word_set("techniques", "generic") or meaning_of(name):
        return False
    if is_task(name) or is_template_heading(name) or is_generic(words[0]) or is_name_shaped(" ".join(words[:-1])):
        return False
    if folded[-1] in word_set("techniques", "carriers") and is_strong_head(folded[-2]):
        return False  # `cross loss function` is a cross loss
    return word_set("techniques", "plain").isdisjoint(folded) and not any(w.isdigit() for w in words)


def _is_weaker(block: Block, words: list[str]) -> bool:
    """Tell whether a noun that is no technique's by itself is so where it is set off, and not that of a whole field."""
    last = words[-1].casefold()
    kind: Head | None = head_kind(last)
    if kind == "placed":
        return block.kind != "heading" or last not in word_set("techniques", "fields")
    if kind == "part" and last in word_set("techniques", "carriers"):
        return len(words) >= _TOLD and not last.endswith("s")
    return kind == "head" or (kind == "part" and not last.endswith("s"))
