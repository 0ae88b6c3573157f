"""Names that an item gives in both languages at its head: `- **寄存器重平衡 (Register Rebalancing)**: ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.phrases import is_head
from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import is_generic, is_template_heading, read_lists, word_set
from papergraph.model import Mention, Span
from papergraph.text.folding import is_chinese
from papergraph.text.traditional import in_simplified

#: A Chinese name and its English one in brackets, of two words or more; markup may stand around and between them.
_BOTH = re.compile(
    r"[*_]{0,3}([\u4e00-\u9fffA-Za-z0-9-][\u4e00-\u9fffA-Za-z0-9 -]{1,15}?)[*_]{0,3}\s?[(（][*_]{0,3}"
    r"([A-Za-z][A-Za-z-]{2,24}(?:[ /][A-Za-z-]{2,24}){1,4})[*_]{0,3}[)）]"
)
_JOINED = re.compile("[的了和与及或]")
#: What is done, at the end of its English name.
_DONE = re.compile(r"(?:ing|ation|ition|ction|lation|sion|feedback|overlap)$", re.IGNORECASE)


def recognise_bilingual(context: Context) -> Iterator[Mention]:
    """Yield both forms of the names that items begin with, if the English one is what one does or builds."""
    reading = context.reading
    for index, block in reading.readable:
        if block.kind == "item" and (both := _BOTH.match(reading.text, block.span.start, block.span.end)):
            yield from _forms(reading, index, both)


def _forms(reading: Reading, index: int, both: re.Match[str]) -> Iterator[Mention]:
    chinese, english = Span(*both.span(1)), Span(*both.span(2))
    name, words = chinese.of(reading.text).strip(), english.of(reading.text).split()
    if not is_chinese(name) or is_generic(name) or is_template_heading(name) or not _is_technique(words):
        return
    if in_simplified(name).startswith(tuple(read_lists("techniques")["used_zh"])) or _JOINED.search(name):
        return  # a sentence
    known = next((e for e in reading.vocabulary.find(" ".join(words)) if e.type in {"Method", "Model"}), None)
    for span in (chinese, english):
        if reading.is_visible(index, span.start, span.end):
            kind = known.type if known else "Method"
            yield reading.mention(span, kind, "bilingual", name=name, vocabulary=known.id if known else "")


def _is_technique(words: list[str]) -> bool:
    """Tell whether English words name what one does, and no task and nothing of everyday."""
    folded = [word.casefold() for word in words]
    if not word_set("techniques", "plain").isdisjoint(folded) or folded[-1] in word_set("generic", "task_endings"):
        return False
    return bool(_DONE.search(folded[-1])) or is_head(folded[-1])
