"""Lists of variants: what stands under a heading or item that names a method extends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

from papergraph.extract.annotation import Entry
from papergraph.extract.context import Context, evidence_span
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Block, RelationMention, Span
from papergraph.text.folding import fold

#: What may not stand before the name at the head of an item: markup, numbers, a check box, a year may.
_LETTER = re.compile(r"[^\W\d_]")
#: One name under a method may be anything; a list of them is a list of variants.
_FEWEST = 2
_BETTER = re.compile(r"\s*[*_`]*\s*(?:>{1,2}|≻|＞|&gt;)\s*[*_`]*\s*")
#: Names of a ranking; two names with a sign between may be anything, and nobody ranks so many that pairs get costly.
_RANKED, _LONGEST_RANKING = 3, 30
#: Characters of a heading or item that is nothing but a name, and between two names of a ranking.
_LONGEST, _LONGEST_SIGN = 200, 60
_SIGN = re.compile(r"-{1,3}>|=>|→|⟶")
#: Capitals with which the names of a family end: LoRA and DoRA, DPO and IPO.
_ENDING = 2
#: Letters that the names of generations have in common.
_SHARED = 3
_ARROW = re.compile(rf"\s*(?:{_SIGN.pattern})\s*")


def relate_nesting(context: Context) -> Iterator[RelationMention]:
    """Yield `extends` for variants filed under their method, and for chains `A --> B --> C`."""
    listed: dict[int, list[int]] = {}
    for entry in context.annotation.entries:
        subject = context.subject(entry)
        if subject < 0 or context.mentions[subject].type not in {"Method", "Model"}:
            continue
        base = _base(context, entry.blocks[0])
        if base >= 0 and not context.is_same(base, subject) and _heads(context, entry, subject):
            listed.setdefault(base, []).append(subject)
    for base, subjects in listed.items():
        for subject in subjects if _are_variants(context, base, subjects) else ():
            block = context.document.blocks[context.block_of(subject)]
            span = evidence_span(block, context.mentions[subject])
            yield context.claim(subject, "extends", base, span, "listed-variant", "structure")
    yield from _chains(context)
    yield from _rankings(context)


def _are_variants(context: Context, base: int, subjects: list[int]) -> bool:
    """Tell whether a list under a method is one of its variants: most of their names are kin to its own.

    What stands under a platform or a model may as well be what it supports, or what it is made of.
    """
    names = [context.mentions[subject].name for subject in subjects]
    kin = [name for name in names if _may_vary(name, context.mentions[base].name)]
    return len(names) >= _FEWEST and len(kin) * 2 >= len(names)


def _may_vary(name: str, base: str) -> bool:
    """Tell whether a name looks like that of a variant: it has the base's end, or more of it, and is not a part of it.

    >>> _may_vary("DoRA", "LoRA"), _may_vary("NF4", "QLoRA"), _may_vary("Zorb", "Zorb-Large")
    (True, False, False)
    """
    if fold(name) in fold(base):
        return False
    return _are_kin(name, base) or (name[-_ENDING:] == base[-_ENDING:] and base[-_ENDING:].isupper())


def _rankings(context: Context) -> Iterator[RelationMention]:
    """Yield `outperforms` for each pair of a ranking, `A > B > C`, in which no name comes twice."""
    text = context.text
    for block in context.document.blocks:
        run: list[int] = []
        for index in context.within(block.span, "Method", "Model"):
            previous = context.mentions[run[-1]].span.end if run else 0
            start = context.mentions[index].span.start
            if run and not (start - previous <= _LONGEST_SIGN and _BETTER.fullmatch(text, previous, start)):
                yield from _ranked(context, block, run)
                run = []
            run.append(index)
        yield from _ranked(context, block, run)


def _ranked(context: Context, block: Block, run: list[int]) -> Iterator[RelationMention]:
    if not _RANKED <= len({context.identities[i] for i in run}) == len(run) <= _LONGEST_RANKING:
        return
    if all(context.mentions[i].surface.isupper() and not context.mentions[i].vocabulary for i in run):
        return  # of words in capitals that nobody knows it may rank anything: buses, levels, votes
    for better, worse in combinations(run, 2):
        span = evidence_span(block, context.mentions[better])
        yield context.claim(better, "outperforms", worse, span, "ranking", "structure")


def _heads(context: Context, entry: Entry, subject: int) -> bool:
    """Tell whether an entry opens with the name of a work; titles of papers under a method are only about it."""
    if entry.paper >= 0 and context.mentions[entry.paper].span.covers(context.mentions[subject].span):
        return False
    block = context.document.blocks[entry.blocks[0]]
    return not _LETTER.search(context.text, block.span.start, context.mentions[subject].span.start)


def _base(context: Context, block: int) -> int:
    """Return the method that the nearest headings and items above name, unless it names a whole field of research."""
    blocks = context.document.blocks
    above = list(blocks[block].headings)
    parent = blocks[block].parent
    while parent >= 0:
        above.append(parent)
        parent = blocks[parent].parent
    for place in reversed(above):
        if (index := context.once(_family_named_by, place)) >= 0:
            return index
    return -1


def _family_named_by(context: Context, block: int) -> int:
    """Return the known method that is all of a block but for a word for its variants: LoRA 变体, `BERT family`."""
    span = context.document.blocks[block].span
    if span.end - span.start > _LONGEST:
        return -1
    named = context.once(method_named_by, block)
    tail = _variants().search(context.text, span.start, span.end)
    if named >= 0 or tail is None or tail.start() == span.start:
        return named
    head = fold(context.text[span.start : tail.start()])
    found = (i for i in context.within(Span(span.start, tail.start()), "Method", "Model"))
    return next((i for i in found if context.mentions[i].vocabulary and fold(context.mentions[i].surface) == head), -1)


@cache
def _variants() -> re.Pattern[str]:
    words = f"{word_pattern('labelled', 'family_zh')}|{word_pattern('labelled', 'family_en')}"
    return re.compile(rf"[\s*_`]*(?:{words})[\s*_`:：]*$", re.IGNORECASE)


def method_named_by(context: Context, block: int) -> int:
    """Return the known method that is all of a block, unless it names a whole field of research; -1 for none."""
    span = context.document.blocks[block].span
    if span.end - span.start > _LONGEST:
        return -1
    text = fold(span.of(context.text))
    for index in context.within(span, "Method", "Model"):
        mention = context.mentions[index]
        known = context.vocabulary.find(mention.name)
        is_field = any(e.type == "Topic" for e in known)
        if fold(mention.name) == text and known and not is_field:
            return index
    return -1


def _chains(context: Context) -> Iterator[RelationMention]:
    text = context.text
    for block in context.document.blocks:
        names = list(context.within(block.span, "Method", "Model"))
        if len(names) < 2 or not _SIGN.search(text, block.span.start, block.span.end):
            continue
        told = _tells_lineage(context, block)
        for older, newer in pairwise(names):
            joined = _ARROW.fullmatch(text, context.mentions[older].span.end, context.mentions[newer].span.start)
            if joined and (told or _are_kin(context.mentions[older].name, context.mentions[newer].name)):
                yield context.claim(newer, "extends", older, block.span, "chain", "structure")


def _are_kin(left: str, right: str) -> bool:
    """Tell whether two names look like generations of one thing; others may be stages: `SFT -> PPO`.

    >>> _are_kin("IoU Loss", "GIoU Loss"), _are_kin("BERT", "RoBERTa"), _are_kin("SFT", "PPO")
    (True, True, False)
    """
    shorter, longer = sorted((fold(left), fold(right)), key=len)
    parts = (shorter[i : i + _SHARED] for i in range(len(shorter) - _SHARED + 1))
    return any(part in longer for part in parts)


def _tells_lineage(context: Context, block: Block) -> bool:
    """Tell whether a block or the heading above it says that what follows are generations of one thing."""
    places = [block, *(context.document.blocks[h] for h in block.headings[-1:])]
    return any(_lineage().search(place.span.of(context.text)) for place in places)


@cache
def _lineage() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "lineage"), re.IGNORECASE)
