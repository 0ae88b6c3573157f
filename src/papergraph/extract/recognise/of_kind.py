"""Names that are ordinary words but for the word for their kind right behind them: `the Sorter agent`, Sorter 代理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.phrases import is_head
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import guess_type
from papergraph.extract.word_lists import is_generic, is_task, word_pattern, word_set
from papergraph.model import Mention, Span

#: Characters behind a name that may hold the word for its kind.
_LOOK = 16
#: A word right before that belongs to the name, of so many characters.
_CAPITALISED, _LONGEST = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+ $"), 24


def recognise_of_kind(context: Context) -> Iterator[Mention]:
    """Yield capitalised words within sentences that a word such as `agent`, `dataset` or 框架 follows."""
    reading = context.reading
    for index, block in reading.readable:
        if block.kind == "heading":
            continue
        for match in _named().finditer(reading.text, block.span.start, block.span.end):
            span = Span(*match.span(match.lastgroup or 0))
            before = _CAPITALISED.search(reading.text, max(block.span.start, span.start - _LONGEST), span.start)
            if (
                before is None
                and _is_no_ordinary_word(span.of(reading.text))
                and reading.is_visible(index, span.start, span.end)
            ):
                yield _mention(reading, span)


def _mention(reading: Reading, span: Span) -> Mention:
    kind = guess_type(span.of(reading.text), "", reading.text[span.end : span.end + _LOOK])
    return reading.mention(span, kind, "of-kind")


def _is_no_ordinary_word(word: str) -> bool:
    folded = word.casefold()
    ordinary = is_generic(word) or is_task(word) or is_head(folded) or folded in word_set("techniques", "plain")
    return not (ordinary or folded in _no_names() or folded.endswith(("ing", "ly", "ed")))


@cache
def _no_names() -> frozenset[str]:
    return word_set("techniques", "modifiers") | word_set("techniques", "no_names")


@cache
def _named() -> re.Pattern[str]:
    en, zh = word_pattern("techniques", "kinds_en"), word_pattern("techniques", "kinds_zh")
    return re.compile(
        rf"(?=[A-Z])(?:(?<=[a-z,] )(?P<en>[A-Z][a-z]{{2,}})\s(?:{en})\b"
        rf"|(?<![A-Za-z0-9.-])(?<![A-Za-z0-9] )(?P<zh>[A-Z][a-z]{{2,}})\s?(?:{zh}))"
    )
