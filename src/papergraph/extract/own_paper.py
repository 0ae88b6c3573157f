"""The paper that a note says it is on: in a field or a section called title, or the only one in a section of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import is_template_heading, word_set
from papergraph.model import Mention
from papergraph.text.folding import fold

#: A longer heading is no key.
_LONGEST_KEY = 30
#: Characters around the words of a key.
_EDGES = " \t*_`#:：-"
#: Blocks with which a note may open, and characters before the title that one of them cites.
_FIRST_TEXTS, _LONGEST_LEAD = 3, 160
#: Blocks at the start of a note that may say what it is on.
_FIRST = 16


def own_paper(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the mention of the paper that a title or the facts at the start of the note tell; None for several."""
    for told in (_titled, _in_facts, _cited_first):
        found = list(told(reading, mentions))
        if found and len({mentions[i].name.casefold() for i in found}) == 1:
            return found[0]
        if found:
            return None
    return None


def _titled(reading: Reading, mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield the papers that fields, headings and sections called title give: `#### Paper Title: [A Title](...)`."""
    told = {f.block for f in reading.document.fields if f.meaning == "title"}
    for index, block in _early(reading, mentions) if len(told) <= 1 else ():
        start = reading.document.blocks[block].span.start
        before = reading.text[start : mentions[index].span.start]
        field = any(f.meaning == "title" and f.value.overlaps(mentions[index].span) for f in reading.fields_of(block))
        field = field and not reading.has_role(mentions[index], "address")
        if field or _means_title(before) or _means_title(_heading_above(reading, block)):
            yield index


def _in_facts(reading: Reading, mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield the papers whose titles stand in a section such as `## Info` or 论文信息."""
    for index, block in _early(reading, mentions):
        told = _heading_above(reading, block).casefold() in word_set("titles", "facts")
        if told and not reading.has_role(mentions[index], "address"):
            yield index


def _cited_first(reading: Reading, mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield the papers that the first words of a note cite, if it then tells the parts of a work."""
    texts = [i for i, block in reading.readable[:_FIRST_TEXTS] if block.kind == "paragraph"][:1]
    for index, block in _early(reading, mentions) if _tells_parts(reading) else ():
        lead = mentions[index].span.start - reading.document.blocks[block].span.start
        if block in texts and reading.has_role(mentions[index], "cited") and lead <= _LONGEST_LEAD:
            same = fold(mentions[index].name)
            yield next(i for i, m in enumerate(mentions) if m.type == "Paper" and fold(m.name) == same)


def _tells_parts(reading: Reading) -> bool:
    """Tell whether a heading of a note is one of the template for notes on one work."""
    return any(is_template_heading(reading.document.blocks[h].span.of(reading.text)) for h in reading.headings)


def _early(reading: Reading, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the papers in the first blocks of a note with their blocks."""
    for index, mention in enumerate(mentions):
        block = reading.block_at(mention.span.start)
        if mention.type == "Paper" and 0 <= block < _FIRST and reading.document.blocks[block].kind != "cell":
            yield index, block


def _heading_above(reading: Reading, block: int) -> str:
    """Return the heading of the section that a block stands in, without marks; empty for none."""
    headings = reading.document.blocks[block].headings
    return reading.document.blocks[headings[-1]].span.of(reading.text).strip(_EDGES) if headings else ""


def _means_title(key: str) -> bool:
    key = key.strip(_EDGES + "[(（「《")
    return 0 < len(key) <= _LONGEST_KEY and key.casefold() in word_set("titles", "title_keys")
