"""Labels over names: the heading, item, bold line or words before a colon that say what a list in a note lists."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import plain_heading, read_lists, word_pattern

#: Lists of `labelled.yaml` that are no labels.
_OTHER_LISTS = frozenset({"this", "extending", "built_on", "sorts", "family_zh", "family_en"})
#: A longer line is a sentence.
_LONGEST = 48
#: Characters at the end of a sentence that may announce a list.
_LAST = 160
_LABEL = re.compile(r"[\s*_`>#\[\]]*+([^:：\n]{1,40}?)[\s*_`\]]{0,8}[:：]{1,2}[\s*_`]*")
_LEAD = re.compile(r"[:：][ \t*_]*\n\s*")
_SENTENCE = re.compile(r"[.!?。！？]\s+|\n")


#: What says something of a technique only, in a note on that; elsewhere such headings file works.
OF_CONCEPTS = frozenset({"kinds", "applications"})


class Label(NamedTuple):
    """What labels the names of a block."""

    meaning: str
    """Which list of `labelled.yaml` has it."""
    block: int
    """The block that it stands in, perhaps the same."""
    start: int
    """Where the names that it labels start."""


def label_of(reading: Reading, number: int) -> Label | None:
    """Return what labels the names of a block: its own first words, else the nearest line above it."""
    block = reading.document.blocks[number]
    if block.kind not in {"item", "paragraph"}:
        return None
    own = _LABEL.match(reading.text, block.span.start, block.span.end)
    if own and (meaning := meaning_of(own[1])):
        return Label(meaning, number, own.end())
    lead = _LEAD.search(reading.text, block.span.start, block.span.end)
    if lead and (meaning := _announced(reading.text[max(block.span.start, lead.start() - _LAST) : lead.start()])):
        return Label(meaning, number, lead.end())
    above = reading.once(_line_above, number)
    meaning = reading.once(_meant_by, above) if above >= 0 else ""
    return Label(meaning, above, block.span.start) if meaning else None


def meaning_of(words: str) -> str:
    """Return what a heading or the key of a field means for the names under or behind it; empty for nothing.

    >>> meaning_of("Builds on"), meaning_of("## Variants"), meaning_of("See also")
    ('extends', 'extended_by', '')
    """
    return _meanings().get(plain_heading(words), "") if len(words) <= _LONGEST else ""


def _line_above(reading: Reading, number: int) -> int:
    """Return what a block stands under: its item, else the line that announces it, or its heading; -1 for nothing."""
    block = reading.document.blocks[number]
    heading = block.headings[-1] if block.headings else -1
    if block.parent > heading:
        return block.parent
    return max(heading, reading.heading_lines[number])


def _meant_by(reading: Reading, number: int) -> str:
    """Return what a heading, an item or a line means for what stands under it; empty for nothing."""
    text = reading.document.blocks[number].span.of(reading.text)
    return meaning_of(text) or (_announced(text.rstrip(" *_:：")[-_LAST:]) if text.endswith((":", "：")) else "")


def _announced(text: str) -> str:
    """Return what the sentence that a text ends with announces; the colon behind it is left out.

    >>> _announced("Many models are based on it"), _announced("It builds on"), _announced("Faster models are")
    ('extended_by', 'extends', '')
    """
    sentence = _SENTENCE.split(text)[-1]
    if _extending().search(sentence):
        return "extended_by"
    return "extends" if _built_on().search(sentence) else ""


@cache
def _meanings() -> dict[str, str]:
    lists = read_lists("labelled")
    stated = (key for key in lists if key not in _OTHER_LISTS)
    return {plain_heading(word): key for key in stated for word in lists[key]}


@cache
def _extending() -> re.Pattern[str]:
    verbs, work = word_pattern("labelled", "extending"), word_pattern("labelled", "this")
    return re.compile(
        rf"\b(?:{verbs})\s?(?:{work})(?:\s+(?:here|above|itself|of this paper|proposed here|presented here))?"
        r"(?:的(?:工作|方法|模型|论文)(?:有|包括|如下)?)?\s*$",
        re.IGNORECASE,
    )


@cache
def _built_on() -> re.Pattern[str]:
    work, verbs = word_pattern("labelled", "this"), word_pattern("labelled", "built_on")
    return re.compile(
        rf"^\W*(?:{work}|the authors|they|we)\s?(?:{verbs})(?:\s+(?:these|the following)(?:\s\w+)?)?\s*$", re.IGNORECASE
    )
