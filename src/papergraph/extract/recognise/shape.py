"""Names that only their form gives away: SnapKV, VB-LoRA, Llama-2-13B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, guess_type, is_name_shaped, is_venue
from papergraph.model import Mention, Span

_SIZE = re.compile(r" \d{1,4}(?:\.\d+)?[BM]\b")

#: A member of a known family by its size: T5-Base, ViT-Large.
_SIZED = re.compile(r"([A-Za-z][\w.]*)-(?:tiny|mini|small|medium|base|large|huge|giant|xl|xxl)", re.IGNORECASE)


def recognise_shape(context: Context) -> Iterator[Mention]:
    """Yield names that only their form gives away: SnapKV, VB-LoRA, Llama-2-13B."""
    reading = context.reading
    for index, block in reading.readable:
        text = reading.text
        for match in NAME_WORD.finditer(text, block.span.start, block.span.end):
            name = match[0].rstrip(".-")
            if _is_sized(reading, name) and reading.is_visible(index, match.start(), match.end()):
                yield reading.mention(Span(match.start(), match.start() + len(name)), "Model", "shape", "sized")
                continue
            if (
                not is_name_shaped(name)
                or is_venue(reading.vocabulary, name)
                or not reading.is_visible(index, match.start(), match.end())
            ):
                continue
            sized = _SIZE.match(text, match.end())
            if sized and match.end() == match.start() + len(name):
                yield reading.mention(Span(match.start(), sized.end()), "Model", "shape", "sized")
                continue
            span = Span(match.start(), match.start() + len(name))
            before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 18]
            yield reading.mention(span, guess_type(name, before, after), "shape")


def _is_sized(reading: Reading, name: str) -> bool:
    family = _SIZED.fullmatch(name)
    return family is not None and any(e.type in {"Model", "Method"} for e in reading.vocabulary.find(family[1]))
