"""What a work introduces, by the surest sign that its entry gives: its title, its head, a sentence, or a lone name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from papergraph.extract.file_name import title_of_file
from papergraph.extract.origin import may_come_from
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.short_names import name_beside
from papergraph.extract.title_letters import is_short_for_title, lettered_names
from papergraph.extract.title_shapes import is_section_head
from papergraph.extract.word_lists import read_lists
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS

#: Characters between a name and the title of its paper in brackets: `（论文：**`.
_LONGEST_CUE = 14
#: `Round1`
_COUNTED = re.compile(r"([A-Z][a-z]+)(\d{1,2})")
#: A line right below a title that is a name ends here: `CFNet, SiamFC + CF`.
_LINE_END = re.compile(r"[\s*_`]*(?:$|,|，|(?<=\n))|[ *_`]*\n")
_LONGEST_NAME = 30
#: How often a note names what its paper contributes, and how many times as often as anything else.
_OFTEN, _FAR = 4, 1.5


def contributions_of(
    reading: Reading, places: Placed, blocks: tuple[int, ...], paper: int, head: int
) -> tuple[int, ...]:
    """Return the first mention of each thing that the work introduces, by the surest sign that the note gives."""
    title = places.mentions[paper].span if paper >= 0 else None
    found: list[int] = list(_cited_for(reading, places, paper)) if paper >= 0 else []
    if title and not found:
        named = [*places.inside(title), *places.inside(name_beside(reading, title) or title)]
        found += [i for i in named if reading.has_role(places.mentions[i], "own-name")]
    if title and not found and reading.has_role(places.mentions[paper], "note-paper"):
        found += _sourced(reading, places, blocks, places.mentions[paper].identifiers)
    if title and not found:
        same = (i for i in places.inside(title) if places.mentions[i].span == title)
        found += [i for i in same if places.mentions[i].type in THINGS]
    if head >= 0 and places.mentions[head].type in THINGS and not found:
        found.append(head)
    if not found and title:
        found += _sourced(reading, places, blocks, places.mentions[paper].identifiers)
    if not found:
        found += islice(_introduced(reading, places, blocks, paper), 3)
    if not found and title:
        found += _leading(reading, places, blocks)
    if not found and title:
        found += _named_by_title(reading, places, blocks, paper)
    if title:
        found += _sourced(reading, places, blocks, places.mentions[paper].identifiers)
    return tuple(i for i in dict.fromkeys(found) if i == head or not is_doubtful(reading, places.mentions[i]))


def is_doubtful(reading: Reading, mention: Mention) -> bool:
    """Tell whether nothing but its capitals shows that something is a name, or whether it counts the parts of a note.

    The name of the file may speak for it: it holds the name, or what that is short for.
    """
    if parts := _COUNTED.fullmatch(mention.surface):
        return is_section_head(f"{parts[1]} {parts[2]}")
    called = title_of_file(reading.document)
    told = mention.surface.casefold() in called.casefold() or is_short_for_title(mention.surface, called)
    return reading.has_role(mention, "capitals") and not told


def _named_by_title(reading: Reading, places: Placed, blocks: tuple[int, ...], paper: int) -> Iterator[int]:
    """Yield the technique that a title is named after and the new name made of its letters, else a headline's model."""
    title = places.mentions[paper]
    named = [i for i in places.inside(title.span) if reading.has_role(places.mentions[i], "named-after")]
    lettered = lettered_names(reading, places, blocks, paper)
    named += [i for i in lettered if not named or not places.mentions[i].vocabulary]
    if not named and reading.has_role(title, "headline"):
        named = [i for i in places.inside(title.span) if places.mentions[i].type == "Model"][:1]
    yield from named


def _sourced(reading: Reading, places: Placed, blocks: tuple[int, ...], identifiers: tuple[str, ...]) -> list[int]:
    """Return the first mention in the entry of what the vocabulary knows to come from this very paper."""
    for block in blocks:
        for index in places.of_type(block, *THINGS):
            known = places.mentions[index].vocabulary
            if known and reading.vocabulary.by_id(known).source in identifiers:
                return [index]
    return []


def _cited_for(reading: Reading, places: Placed, paper: int) -> Iterator[int]:
    """Yield the name right before a title in brackets, whose paper that is: `AdaLoRA（论文：**...**）`."""
    mention = places.mentions[paper]
    if not reading.has_role(mention, "cited"):
        return
    for index in range(paper - 1, max(-1, paper - 3), -1):
        name = places.mentions[index]
        between = reading.text[name.span.end : mention.span.start]
        if name.type in THINGS and len(between) <= _LONGEST_CUE and between.lstrip(" *_`").startswith(("(", "（")):
            yield index
            return


def _introduced(reading: Reading, places: Placed, blocks: tuple[int, ...], paper: int) -> Iterator[int]:
    for block in blocks:
        for index in places.of_type(block, *THINGS):
            thing = places.mentions[index]
            if not reading.has_role(thing, "introduced"):
                continue
            if paper < 0 or may_come_from(reading.vocabulary, places.mentions[paper], thing, known=False):
                yield index


def spoken_of(reading: Reading, places: Placed, paper: int) -> Iterator[int]:
    """Yield what a note on one paper speaks of far more than of anything else, unless it is known from elsewhere."""
    told = Counter(m.name for m in places.mentions if m.type in {"Method", "Model"})
    ranked = [*told.most_common(2), ("", 0), ("", 0)]
    (name, most), (_, second) = ranked[0], ranked[1]
    if most < _OFTEN or most < _FAR * second:
        return
    index = next(i for i, m in enumerate(places.mentions) if m.name == name and m.type in {"Method", "Model"})
    thing, own = places.mentions[index], places.mentions[paper]
    source = reading.vocabulary.by_id(thing.vocabulary).source if thing.vocabulary else ""
    named = not thing.vocabulary and not reading.has_role(thing, "technique")  # a phrase names a part of the work
    if named or (source and source in (*own.identifiers, *(() if own.identifiers else (source,)))):
        yield index


def _leading(reading: Reading, places: Placed, blocks: tuple[int, ...]) -> Iterator[int]:
    """Yield the name that the description begins with: `TDPO 试图 ...` right after the title."""
    for block in blocks[:3]:
        place = reading.document.blocks[block]
        papers = [places.mentions[i].span.end for i in places.of_type(block, "Paper")]
        start = max(papers, default=place.span.start)
        for index in places.of_type(block, *THINGS):
            mention = places.mentions[index]
            if mention.span.start < start:
                continue
            between = reading.text[start : mention.span.start]
            end = between.rfind(")")
            gap = between[end + 1 :].strip(" \t\r\n>*_`，,:：。.")
            sourced = mention.vocabulary and reading.vocabulary.by_id(mention.vocabulary).source
            alone = block != blocks[0] and _is_line(reading, place, mention.span)
            told = _is_lone_name(reading, mention) if alone else not sourced and _acts(reading, mention)
            if not gap and told and reading.has_role(mention, "plain"):
                yield index
            return


def _is_line(reading: Reading, place: Block, name: Span) -> bool:
    """Tell whether a name is all of a block, or all of its first line or what that says before a comma."""
    if name == strip_edges(reading.text, place.span.start, place.span.end):
        return True
    opens = place.kind == "paragraph" and not reading.text[place.span.start : name.start].strip(" *_`")
    return (
        opens
        and bool(_LINE_END.match(reading.text, name.end, place.span.end))
        and name.end - name.start <= _LONGEST_NAME
    )


def _is_lone_name(reading: Reading, mention: Mention) -> bool:
    """Tell whether a line that is nothing but a name, right below a title, may be what its work is called."""
    known = reading.vocabulary.by_id(mention.vocabulary) if mention.vocabulary else None
    return known.work if known else is_name_shaped(mention.name)


def _acts(reading: Reading, mention: Mention) -> bool:
    """Tell whether a verb follows the name, so that it is the subject of the description."""
    after = reading.text[mention.span.end : mention.span.end + 12].lstrip()
    return after.startswith(_acting_words())


@cache
def _acting_words() -> tuple[str, ...]:
    lists = read_lists("introduced")
    return (*lists["acts_zh"], *(f"{word} " for word in lists["acts_en"]))
