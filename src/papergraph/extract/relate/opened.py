"""Lines of a list that open with a work, and jot down what it is made of: `[[Zorb]] RNN + [[sparse attention]]`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.relate.jotted import may_be_part
from papergraph.model import Block, RelationMention, Span

#: Between the work and the first thing that is said of it, with a word of using in the second form.
_GAP = re.compile(r"[\s\]*_=]{0,8}(?:[:：–—-]{1,2}\s{0,4})?[\s\[*_=]{0,8}")
_USING = re.compile(
    r"[\s\]*_=:：–—-]{0,8}(?:\b(?:with|using|via|uses|by|based on)|使用|采用|利用|基于|用|结合)"
    r"\s{0,4}(?:an?\s|the\s)?[\s\[*_=]{0,8}",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[\s\]*_=]{0,8}(?:[+＋,，、&]|\band\b|和|与|及)[\s\[*_=]{0,8}", re.IGNORECASE)
#: Links that stand beside each other.
_LINKED = re.compile(r"\]\]\s{0,4}\[\[")
#: Behind the last part: the end, a tag, a bracket, a new clause, or what it is for.
_END = re.compile(r"[\s\]*_=]{0,8}(?:$|[#(（,，.。;；]|(?:for|to)\b)", re.IGNORECASE)
#: Behind several parts, or one with a word of using, a verb may follow, and no word for what one of them is.
_CHINESE = re.compile(r"[\s\]*_=]{0,8}[\u4e00-\u9fff](?<![的类版系型变改们])")
#: A longer line is a sentence, and one line makes no list.
_LONGEST, _FEWEST = 240, 2


def relate_opened(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` from the work that opens a line to the techniques that are the first things said of it."""
    openers = tuple(_openers(context))
    beside = Counter(home for home, _, _ in openers)
    for home, line, work in openers:
        if beside[home] >= _FEWEST:
            for part in _parts(context, line, work):
                if not context.is_same(part, work) and context.fits("uses", work, part):
                    yield context.claim(work, "uses", part, line, "opened", "structure")


def _openers(context: Context) -> Iterator[tuple[tuple[int, ...], Span, int]]:
    """Yield the lines that open with a work which is a link to a note, or in bold, with the list that they stand in."""
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"item", "paragraph"}:
            continue
        home = (block.parent, *block.headings) if block.kind == "item" else (-2, number)
        for line in block.sentences if block.kind == "paragraph" else block.sentences[:1]:
            work = _opening(context, block, line)
            if work >= 0 and line.end - line.start <= _LONGEST:
                yield home, line, work


def _opening(context: Context, block: Block, line: Span) -> int:
    """Return the work whose name is all of the link or of the bold words that open a line; -1 for none."""
    opening = next((i for i in block.inlines if i.span.start == line.start and i.inner), None)
    if opening and opening.kind in {"bold", "emphasis"}:
        opening = next((i for i in block.inlines if i.span == opening.inner and i.kind == "wikilink"), opening)
    if opening is None or opening.kind not in {"wikilink", "bold"} or opening.inner is None:
        return -1
    works = context.within(opening.inner, "Method", "Model")
    found = next((i for i in works if context.mentions[i].span.end == opening.inner.end), -1)
    return -1 if found < 0 or context.is_class(found) or context.is_technique(found) else found


def _parts(context: Context, line: Span, work: int) -> list[int]:
    """Return the techniques that follow a work in its line right away, if nothing else is said of them."""
    end, parts, told = context.mentions[work].span.end, list[int](), False
    for index in context.within(Span(end, line.end), "Method", "Model"):
        between = context.text[end : context.mentions[index].span.start]
        if not parts:
            told = _USING.fullmatch(between) is not None
            if not told and not _GAP.fullmatch(between):
                return []
        elif _LINKED.fullmatch(between) and not context.is_technique(index):
            return []
        elif not _JOINT.fullmatch(between) and not _LINKED.fullmatch(between):
            break
        parts.append(index)
        end = context.mentions[index].span.end
    if not parts or not all(may_be_part(context, part) for part in parts):
        return []
    if not told and len(parts) == 1 and not context.is_technique(parts[0]):
        return []
    ends = _END.match(context.text, end, line.end)
    goes_on = (told or len(parts) > 1) and _CHINESE.match(context.text, end, line.end)
    return parts if ends or goes_on else []
