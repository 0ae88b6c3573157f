"""Lines that are nothing but a sum of names, which say what a work is made of: `[[DETR]] + dense matching (DM)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.model import Block, RelationMention, Span

_LINE = re.compile(r"[^\n]+")
_SIGN = re.compile("[+＋]")
_BRACKETS = r"(?:[(（][^()（）\n]{1,40}[)）])?"
_PLUS = re.compile(rf"[\s*_`\[\]]*{_BRACKETS}[\s*_`]*[+＋][\s*_`\[\]]*")
_EDGES = re.compile(rf"[\W_]*{_BRACKETS}[\W_]*")
#: A longer line is no sum.
_LONGEST = 240


def relate_sums(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` from a work to the names of a line that is nothing but a sum of them."""
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"paragraph", "item"}:
            continue
        for line in _lines(context, block):
            subject = context.about(number)
            for name in _summands(context, line) if subject >= 0 else ():
                if not context.is_same(name, subject) and context.fits("uses", subject, name):
                    yield context.claim(subject, "uses", name, line, "sum", "structure")


def _lines(context: Context, block: Block) -> Iterator[Span]:
    """Yield the lines of a block that may be sums."""
    for match in _LINE.finditer(context.text, block.span.start, block.span.end):
        if match.end() - match.start() <= _LONGEST and _SIGN.search(match[0], 1):
            yield Span(*match.span())


def _summands(context: Context, line: Span) -> list[int]:
    """Return the names of a line, if it is nothing else than these with a plus between each two."""
    end, found = line.start, list[int]()
    for name in context.within(line, "Method", "Model", "Paper"):
        place = context.mentions[name].span
        between = context.text[end : place.start] if end <= place.start else "("
        if found and between.count("(") > between.count(")"):
            continue  # the short form in the brackets behind a name, or a name in a title
        if not (_PLUS if found else _EDGES).fullmatch(between):
            return []
        found.append(name)
        end = place.end
    return found if len(found) > 1 and _EDGES.fullmatch(context.text, end, line.end) else []
