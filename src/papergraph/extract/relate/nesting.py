"""Lists of variants: what stands under a heading or item that names a method extends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.relate.context import Context, evidence_span
from papergraph.model import RelationMention
from papergraph.names import fold

_ARROW = re.compile(r"\s*(?:-{1,3}>|=>|→|⟶)\s*")


def relate_nesting(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield `extends` for variants filed under their method, for `X-2` after `X`, and for chains `A --> B --> C`."""
    context = Context(annotation)
    first: dict[str, int] = {}
    for index, mention in enumerate(context.mentions):
        if mention.type in {"Method", "Model"}:
            first.setdefault(mention.name, index)
    for entry in annotation.entries:
        subject = context.subject(entry)
        if subject < 0 or context.mentions[subject].type not in {"Method", "Model"}:
            continue
        base = _base(context, entry.blocks[0])
        if base >= 0 and base != subject:
            block = annotation.document.blocks[entry.blocks[0]]
            span = evidence_span(block, context.mentions[subject])
            yield context.claim(subject, "extends", base, span, "listed-variant", "structure", 0.85)
        yield from _versions(context, entry, subject, first)
    yield from _chains(context)


def _versions(context: Context, entry: Entry, subject: int, first: dict[str, int]) -> Iterator[RelationMention]:
    """Take a name that another name of the note is a part of: EAGLE-2 and LongLoRA extend EAGLE and LoRA.

    `first` is the first mention of each method's name.
    """
    mention = context.mentions[subject]
    name = mention.name
    parts = {name[:cut] for cut in range(3, len(name))} | {name[-cut:] for cut in range(3, len(name))}
    bases = [first[part] for part in parts if part in first and is_variant_name(name, part)]
    if bases:
        span = evidence_span(context.document.blocks[entry.blocks[0]], mention)
        yield context.claim(subject, "extends", min(bases), span, "variant-name", "structure", 0.7)


def is_variant_name(name: str, base: str) -> bool:
    """Tell whether `name` is `base` with a version, a suffix or a prefix of its own.

    >>> is_variant_name("EAGLE-2", "EAGLE"), is_variant_name("LongLoRA", "LoRA"), is_variant_name("ReFT", "FT")
    (True, True, False)
    """
    if len(base) < 3 or len(name) <= len(base) or not any(c.isupper() for c in base) or " " in base:
        return False
    if name.startswith(base) and re.fullmatch(r"[-+ ]?(?:v?\d(?:\.\d)?|\+|-[A-Z][A-Za-z]*)", name[len(base) :]):
        return True
    return name.endswith(base) and len(base) >= 4 and name[-len(base) - 1].islower() is not base[0].islower()


def _base(context: Context, block: int) -> int:
    """Return the method that the nearest headings and items above name, unless it names a whole field of research."""
    blocks = context.document.blocks
    above = list(blocks[block].headings)
    parent = blocks[block].parent
    while parent >= 0:
        above.append(parent)
        parent = blocks[parent].parent
    for place in reversed(above):
        text = fold(blocks[place].span.of(context.document.text))
        for index in context.within(blocks[place].span, "Method", "Model"):
            mention = context.mentions[index]
            known = context.annotation.vocabulary.find(mention.name)
            is_field = any(e.type == "Topic" for e in known)
            if fold(mention.name) == text and known and not is_field:
                return index
    return -1


def _chains(context: Context) -> Iterator[RelationMention]:
    text = context.document.text
    for block in context.document.blocks:
        if not _ARROW.search(text, block.span.start, block.span.end):
            continue
        names = list(context.within(block.span, "Method", "Model"))
        for older, newer in pairwise(names):
            between = text[context.mentions[older].span.end : context.mentions[newer].span.start]
            if _ARROW.fullmatch(between):
                yield context.claim(newer, "extends", older, block.span, "chain", "structure", 0.8)
