"""Names at the head of entries that other blocks give: a heading, the item above a title; and labels that head none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.file_name import name_of_file
from papergraph.extract.headed_link import headed_link
from papergraph.extract.made_by import is_byline
from papergraph.extract.origin import may_come_from
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped
from papergraph.model import Block, Mention
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

#: Blocks between an item of a list and a title that stands below it.
_LINES_BETWEEN = 3
#: Words before the key of a work that may be its name.
_FEW_WORDS = 4
#: Behind a name, what it stands for, or when it was made.
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{1,90}[)）\]]")
#: Blocks below a heading that may give the title of its paper.
_FIRST_BLOCKS = 2


def named_by_heading(reading: Reading, places: Placed, block: int) -> int:
    """Return the work that is all of a heading with a text or a list below it: `### 3. QLoRA`; -1 for none.

    The only heading of the first level is the title of the note, and is not asked.
    """
    heading = reading.document.blocks[block]
    if heading.kind != "heading" or (heading.depth == 1 and reading.levels[1] == 1):
        return -1
    things = list(places.of_type(block, "Method", "Model"))
    if len(things) != 1 or not _is_work(reading, places.mentions[things[0]]):
        return -1
    rest = heading.span.of(reading.text).replace(places.mentions[things[0]].surface, "")
    section = [b for b in reading.section(block) if reading.document.blocks[b].kind in {"paragraph", "item"}]
    return things[0] if section and not any(map(str.isalpha, rest)) else -1


def _is_work(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is known as somebody's work or, where nobody knows it, is spelled as nothing but a name."""
    if mention.vocabulary:
        return reading.vocabulary.by_id(mention.vocabulary).work
    return is_name_shaped(mention.surface) and not reading.has_role(mention, "technique")


def named_by_line(reading: Reading, places: Placed, number: int) -> int:
    """Return the work that is all of a line in bold among works related to that of the note; -1 for none."""
    block = reading.document.blocks[number]
    if reading.parts[number].role != "related" or not _is_bold(block):
        return -1
    first = opening_name(reading, places, number)
    if first < 0:
        return -1
    rest = reading.text[places.mentions[first].span.end : block.span.end]
    return -1 if any(map(str.isalpha, _BRACKETS.sub("", rest))) else first


def _is_bold(block: Block) -> bool:
    """Tell whether a paragraph is a line in bold and nothing else."""
    first = block.inlines[0] if block.kind == "paragraph" and block.inlines else None
    return first is not None and first.kind == "bold" and first.span == block.span


def linked_below(reading: Reading, places: Placed, block: int) -> tuple[int, int] | None:
    """Return the paper whose address a section begins with, and the name of its heading, which that paper is about."""
    linked = headed_link(reading, block) if reading.document.blocks[block].kind == "heading" else None
    if linked is None:
        return None
    name = next((i for i in places.of_type(block, *THINGS) if places.mentions[i].span == linked.name), -1)
    paper = next((i for i in places.inside(linked.link.span) if places.mentions[i].type == "Paper"), -1)
    if name < 0 or paper < 0:
        return None
    may = may_come_from(reading.vocabulary, places.mentions[paper], places.mentions[name], known=False)
    return (paper, name) if may else None


def titled_below(reading: Reading, places: Placed, heading: int) -> int:
    """Return the paper whose title a field right below a heading gives: `- Paper: A Title of a Work`; -1 for none."""
    if reading.document.blocks[heading].kind != "heading":
        return -1
    for number in reading.section(heading)[:_FIRST_BLOCKS]:
        if reading.document.blocks[number].kind == "heading":
            break
        for field in reading.fields_of(number):
            if field.meaning == "title":
                return next((i for i in places.inside(field.value) if places.mentions[i].type == "Paper"), -1)
    return -1


def opening_name(reading: Reading, places: Placed, heading: int) -> int:
    """Return the method or model with which a heading or line begins, behind a number at most; -1 for none."""
    start = reading.document.blocks[heading].span.start
    first = next(places.of_type(heading, "Method", "Model"), -1)
    if first < 0 or any(map(str.isalpha, reading.text[start : places.mentions[first].span.start])):
        return -1
    return first


def name_above(reading: Reading, places: Placed, block: int) -> Iterator[int]:
    """Yield the name that is all of the item above a title in a line of its own, with at most a line between.

    An item below it that says who made the work, with its address, counts as such a line.
    """
    blocks = reading.document.blocks
    if blocks[block].kind == "item" and blocks[block].parent >= 0 and is_byline(reading, block):
        yield from _whole_name(reading, places, blocks[block].parent)
    if blocks[block].kind != "paragraph":
        return
    above = next((b for b in range(block - 1, max(-1, block - _LINES_BETWEEN), -1) if blocks[b].kind == "item"), -1)
    if above >= 0:
        yield from _whole_name(reading, places, above)


def _whole_name(reading: Reading, places: Placed, item: int) -> Iterator[int]:
    """Yield the name that is all of an item."""
    named = list(places.of_type(item, *THINGS))
    if len(named) == 1 and places.mentions[named[0]].surface == reading.document.blocks[item].span.of(
        reading.text
    ).strip(" *_`"):
        yield named[0]


def named_by_stem(reading: Reading, places: Placed, paper: int) -> Iterator[int]:
    """Yield what a note on one paper is called, if the note names it: `zorb.md`, or `title: Zorb` in front matter."""
    titles = (f.value.of(reading.text) for f in reading.fields_of(-1) if f.meaning in {"title", "short"})
    called = {fold(name) for name in (name_of_file(reading.document), *titles)} - {""}
    for index, mention in enumerate(places.mentions):
        titled = reading.has_role(mention, "names-note") and not mention.vocabulary
        if mention.type in THINGS and (titled or not called.isdisjoint({fold(mention.name), fold(mention.surface)})):
            if may_come_from(reading.vocabulary, places.mentions[paper], mention, known=False):
                yield index
            return


def is_label(reading: Reading, block: int, mention: Mention) -> bool:
    """Tell whether a paragraph is nothing but a technique and a colon, which label the list below: `**Pruning**:`."""
    place = reading.document.blocks[block]
    rest = reading.text[mention.span.end : place.span.end].strip(" *_`")
    work = bool(mention.vocabulary) and reading.vocabulary.by_id(mention.vocabulary).work
    return place.kind == "paragraph" and rest in {":", "："} and not work


def is_part(reading: Reading, block: int, mention: Mention) -> bool:
    """Tell whether a paragraph of a note on one work opens with a technique, or names another work without bold type.

    A technique is nobody's: `**Tiling**: ...`.
    """
    technique = bool(mention.vocabulary) and not reading.vocabulary.by_id(mention.vocabulary).work
    plain = reading.text[mention.span.start - 1 : mention.span.start] not in {"*", "_"}
    opens = reading.document.blocks[block].kind == "paragraph"
    return opens and ((technique and mention.type == "Method") or plain)


def is_said_before(reading: Reading, place: Block, paper: Mention) -> bool:
    """Tell whether a sentence ends with the key of a work, which it cites, and is no line on that work."""
    return len(reading.text[place.span.start : paper.span.start].split()) > _FEW_WORDS


def named_by_text(reading: Reading, places: Placed, block: int, whole: int | None) -> int:
    """Return the work that is all of a heading or of a line in bold among related works; -1 for none."""
    alone = whole is None or _is_beside(reading, places, block, whole)
    named = named_by_heading(reading, places, block) if alone else -1
    return named if named >= 0 else named_by_line(reading, places, block)


def _is_beside(reading: Reading, places: Placed, block: int, whole: int) -> bool:
    """Tell whether a heading stands beside that of the section which names the work of the note as its own.

    Both are headed by a work: `## GPTQ` with its paper in a field, and `## AWQ`.
    """
    blocks = reading.document.blocks
    place = blocks[max(0, reading.block_at(places.mentions[whole].span.start))]
    home = place.headings[-1] if place.headings else -1
    return (
        home >= 0
        and block != home
        and blocks[block].kind == "heading"
        and blocks[block].headings == blocks[home].headings
        and named_by_heading(reading, places, home) >= 0
    )
