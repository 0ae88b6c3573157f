"""Names that only their form gives away: SnapKV, VB-LoRA, Llama-2-13B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, guess_type, is_name_shaped, is_venue, name_within
from papergraph.extract.word_lists import word_set
from papergraph.model import Mention, Span

_SIZE = re.compile(r" \d{1,4}(?:\.\d+)?[BM]\b")

#: Behind a number, what there are so many of: `with ZeRO-Offload 13B parameters fit`.
_COUNTED = re.compile(r"\s+(?:parameters?|params?|tokens?)\b")
#: A word whose first letters are capitals, and how far from it the name may stand to which they belong.
_GIVEN, _NEAR = re.compile(r"([A-Z]{3,})[a-z]{4,}"), 100
#: A member of a known family by its size: T5-Base, ViT-Large.
_SIZED = re.compile(r"([A-Za-z][\w.]*)-(?:tiny|mini|small|medium|base|large|huge|giant|xl|xxl)", re.IGNORECASE)


def recognise_shape(context: Context) -> Iterator[Mention]:
    """Yield names that only their form gives away: SnapKV, VB-LoRA, Llama-2-13B."""
    reading = context.reading
    for index, block in reading.readable:
        for match in NAME_WORD.finditer(reading.text, block.span.start, block.span.end):
            word = match[0]
            if word.islower() and "-" not in word:
                continue  # most words are plain
            lead, name = name_within(word.rstrip(".-"))
            start = match.start() + lead
            if not ("-" in name or is_name_shaped(name)):
                continue
            if reading.is_visible(index, start, start + len(name)):
                yield from _named(reading, Span(start, start + len(name)), match.end())


def _named(reading: Reading, span: Span, word_end: int) -> Iterator[Mention]:
    """Yield the mention of a name, with its size behind it if there is one."""
    text, name = reading.text, span.of(reading.text)
    if _is_sized(reading, name):
        yield reading.mention(span, "Model", "shape", "sized")
        return
    if not is_name_shaped(name) or is_venue(reading.vocabulary, name) or _gives_letters(text, span):
        return
    if name.endswith("s") and any(True for _ in reading.vocabulary.find(name[:-1])):
        return  # the plural of a known name, which stands there
    sized = _SIZE.match(text, span.end) if span.end == word_end else None
    if sized and not _COUNTED.match(text, sized.end()):
        yield reading.mention(Span(span.start, sized.end()), "Model", "shape", "sized")
        return
    before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 18]
    yield reading.mention(span, guess_type(name, before, after), "shape")


def _gives_letters(text: str, span: Span) -> bool:
    """Tell whether a word only has capitals for a name made of its letters: `ZebNET: A Zebra Tracking NETwork`."""
    name = span.of(text)
    if name.casefold() in word_set("generic", "oddly_spelt"):
        return True
    letters = _GIVEN.fullmatch(name)
    if letters is None:
        return False
    near = NAME_WORD.finditer(text, max(0, span.start - _NEAR), span.end + _NEAR)
    return any(letters[1] in other[0] and not other[0].startswith(name) for other in near)


def _is_sized(reading: Reading, name: str) -> bool:
    family = _SIZED.fullmatch(name)
    return family is not None and any(e.type in {"Model", "Method"} for e in reading.vocabulary.find(family[1]))
