"""Names in blocks of code that only their form can mean there: sizes of models and formats of quantised files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NUMBER_FORMAT
from papergraph.model import Block, Mention, Span

#: A size within the name of a model: Llama-3-8B, opt-125m.
_SIZED = re.compile(r"(?<=[-_ ])\d{1,4}(?:[._]\d{1,2})?[BMbm](?![A-Za-z0-9])")
#: Before a name in code, what makes it the name of something else, such as of a variable.
_GLUED = re.compile(r"[A-Za-z0-9_.$-]")


def recognise_code(context: Context) -> Iterator[Mention]:
    """Yield the models that blocks of code name with their size, and the formats of numbers that they name."""
    reading = context.reading
    for block in reading.document.blocks:
        if block.kind == "code":
            yield from _models(reading, block)
            yield from _formats(reading, block)


def _models(reading: Reading, block: Block) -> Iterator[Mention]:
    code = block.span.of(reading.text)
    for hit in reading.vocabulary.scan(code):
        entries = [reading.vocabulary.by_id(e) for e in hit.entries]
        is_whole = not _GLUED.match(code[hit.start - 1 : hit.start]) and not _GLUED.match(code[hit.end : hit.end + 1])
        if hit.ambiguous or len(entries) != 1 or entries[0].type != "Model" or not is_whole:
            continue
        if _SIZED.search(code, hit.start, hit.end):
            span = Span(block.span.start + hit.start, block.span.start + hit.end)
            yield reading.mention(span, "Model", "code", vocabulary=entries[0].id)


def _formats(reading: Reading, block: Block) -> Iterator[Mention]:
    for match in NUMBER_FORMAT.finditer(reading.text, block.span.start, block.span.end):
        yield reading.mention(Span(*match.span()), "Method", "code")
