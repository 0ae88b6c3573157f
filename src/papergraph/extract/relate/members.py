"""Lists of works by what they share: `Inner product - PNN, ONN`, 稀疏注意力：Longformer、BigBird 等."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.model import Block, RelationMention
from papergraph.text.folding import is_chinese

_LETTER = re.compile(r"[^\W\d_]")
#: Between the techniques of the label, between the label and the works, between two works, and behind the last.
_AND = re.compile(r"[\s*_`]*(?:[/+&,，、]|and\b|和|与|及)[\s*_`]*", re.IGNORECASE)
_LABEL_END = re.compile(
    r"[\s*_`]*(?:类|方法|模型|methods?|models?)?[\s*_`]*(?:[:：]|\s[-–—]{1,2}\s|——)[\s*_`]*(?:如|例如|比如|包括|有)?\s*"
)
_JOINT = re.compile(r"[\s*_`\]\[]*(?:[,，、;；/]|\band\b|和|与|及|以及)[\s*_`\[\]]*(?:and\s+)?", re.IGNORECASE)
_END = re.compile(r"[\s*_`\]]*(?:等(?:方法|模型|工作)?|etc\.?|\.\.\.|…|……)?[\s*_`.。;；,，]*")
#: Works of one list at least and at most, and characters of its item.
_FEWEST, _MOST, _LONGEST = 2, 24, 400


def relate_members(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` from each work of a list that is nothing else, to the techniques that label the list."""
    for block in context.document.blocks:
        if block.kind not in {"item", "paragraph"} or block.span.end - block.span.start > _LONGEST:
            continue
        labels, works = _parts(context, block)
        for label in labels:
            for work in works:
                if context.fits("uses", work, label) and not context.is_same(work, label):
                    yield context.claim(work, "uses", label, block.span, "member", "structure")


def _parts(context: Context, block: Block) -> tuple[list[int], list[int]]:
    """Return the techniques that label an item and the works that are the rest of it; none for any other block."""
    labels, works = list[int](), list[int]()
    end = block.span.start
    for index in context.within(block.span, "Method", "Model"):
        place = context.mentions[index].span
        between = context.text[end : place.start]
        if works:
            if not _JOINT.fullmatch(between):
                return [], []
        elif not labels:
            if _LETTER.search(between):
                return [], []
        elif _LABEL_END.fullmatch(between):
            works.append(index)
            end = place.end
            continue
        elif not _AND.fullmatch(between):
            return [], []
        (works if works else labels).append(index)
        end = place.end
    is_list = _FEWEST <= len(works) <= _MOST and bool(_END.fullmatch(context.text, end, block.span.end))
    named = all(_is_common(context, i) for i in labels) and not any(_is_common(context, i) for i in works)
    return (labels, works) if is_list and named else ([], [])


def _is_common(context: Context, index: int) -> bool:
    """Tell whether something is a technique that many works share: nobody's, or called by plain words."""
    mention = context.mentions[index]
    words = mention.surface[1:] if " " in mention.surface else mention.surface
    plain = is_chinese(mention.surface) or words.islower()
    owned = bool(mention.vocabulary) and context.vocabulary.by_id(mention.vocabulary).work
    return mention.type == "Method" and (plain or (not owned and context.is_technique(index)))
