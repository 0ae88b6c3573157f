"""Names that a note gives in two languages, the English one in brackets behind the Chinese one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.reading import Reading
from papergraph.model import Coreference, Mention
from papergraph.text.folding import is_chinese

#: Around a name in brackets, with markup.
_OPEN, _CLOSE = re.compile(r"[*_`]{0,3}\s?[(（][*_`]{0,3}"), re.compile(r"[*_`]{0,3}[)）]")


def find_translations(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Coreference]:
    """Yield that a Chinese name is the one that fills the bracket behind it: 专家混合模型（Mixture-of-Experts）."""
    starts = {m.span.start: i for i, m in enumerate(mentions) if m.type == "Method" and not is_chinese(m.surface)}
    for index, mention in enumerate(mentions):
        if mention.type != "Method" or not is_chinese(mention.surface[-1]):
            continue
        bracket = _OPEN.match(reading.text, mention.span.end)
        inner = starts.get(bracket.end()) if bracket else None
        if inner is None or not _CLOSE.match(reading.text, mentions[inner].span.end):
            continue
        if not (mention.vocabulary and mentions[inner].vocabulary):  # the vocabulary knows two that differ
            yield Coreference(index, inner, f"given in both languages at line {mention.line}")
