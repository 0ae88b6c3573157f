"""Techniques that items begin with by the noun before their colon: `- Patch sharpness loss: the norm of ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.labels import meaning_of
from papergraph.extract.phrases import is_strong_head
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import is_generic, is_task, is_template_heading, word_set
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:/\d)?")
_COLON = re.compile(r"[:：]|\s[-–—]+\s")
#: Characters of a head, and its words, the noun among them.
_LONGEST, _FEWEST, _MOST = 60, 2, 4


def recognise_item_phrase(context: Context) -> Iterator[Mention]:
    """Yield the few words at the head of an item, before a colon or all of it, that end with the noun of a technique.

    What stands before the noun may be any words but plain ones, and no name: `- LoRA adapter:` is about LoRA.
    """
    reading = context.reading
    names = {m.span.start: m.span.end for m in context.mentions if m.type in THINGS}
    for index, block in reading.readable:
        span = _head(reading, block) if block.kind == "item" else None
        if span is None or not reading.is_visible(index, span.start, span.end):
            continue
        words = span.of(reading.text).split()
        before = span.start + len(" ".join(words[:-1]))
        if names.get(span.start, 0) not in {before, before + 1, span.end} and _is_technique(words):
            yield reading.mention(span, "Method", "item-phrase")


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


def _is_technique(words: list[str]) -> bool:
    name, folded = " ".join(words), [w.casefold() for w in words]
    if not _FEWEST <= len(words) <= _MOST or not all(_WORD.fullmatch(w) for w in words):
        return False
    if not is_strong_head(folded[-1]) or name.casefold() in word_set("techniques", "generic") or meaning_of(name):
        return False
    if is_task(name) or is_template_heading(name) or is_generic(words[0]) or is_name_shaped(" ".join(words[:-1])):
        return False
    return word_set("techniques", "plain").isdisjoint(folded) and not any(w.isdigit() for w in words)
