"""The parts of a note that are each about one work, and what the work contributes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from papergraph.extract.annotation import Entry
from papergraph.extract.entry_names import (
    is_label,
    is_part,
    is_said_before,
    linked_below,
    name_above,
    named_by_stem,
    named_by_text,
    opening_name,
    titled_below,
)
from papergraph.extract.file_name import title_of_file
from papergraph.extract.headed_work import headed_works, works_beside
from papergraph.extract.openers import LONGEST_LEAD, is_sure_head
from papergraph.extract.origin import may_come_from
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.short_names import name_beside
from papergraph.extract.subject import find_subject
from papergraph.extract.title_letters import is_short_for_title, lettered_names
from papergraph.extract.title_shapes import is_citation, is_section_head
from papergraph.extract.word_lists import read_lists
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

#: Characters between a name and the title of its paper in brackets: `（论文：**`.
_LONGEST_CUE = 14
#: A line right below a title that is a name ends here: `CFNet, SiamFC + CF`.
#: `Round1`
_COUNTED = re.compile(r"([A-Z][a-z]+)(\d{1,2})")
_LINE_END = re.compile(r"[\s*_`]*(?:$|,|，|(?<=\n))|[ *_`]*\n")
_LONGEST_NAME = 30
#: Works beyond so many in one block or row are cited there, and open no entries of their own.
_MOST = 32
#: Where a note that is named after a method gives the address of its paper.
_FIRST_BLOCKS = 6
#: Sentences of a paragraph that is about the paper whose address it gives.
_SHORT = 12
#: Blocks between an item of a list and a title that stands below it.
_LINES_BETWEEN = 3
#: How often a note names what its paper contributes, and how many times as often as anything else.
_OFTEN, _FAR = 4, 1.5


@dataclass(frozen=True, slots=True, order=True)
class _Anchor:
    """What opens an entry; -1 stands for no paper and for no name before it."""

    block: int
    paper: int
    head: int
    whole: bool = False
    """The whole note is about it."""


def find_entries(reading: Reading, places: Placed) -> tuple[tuple[Entry, ...], tuple[int, ...]]:
    """Return the entries of the note in order, and for each block the index of its innermost entry (-1 for none)."""
    anchors = _opening_anchors(reading, places)
    owner, parents = _owners(reading, anchors)
    owned: dict[int, list[int]] = {}
    for block, number in enumerate(owner):
        owned.setdefault(number, []).append(block)
    entries = []
    for number, anchor in enumerate(anchors):
        blocks = (anchor.block, *(b for b in owned.get(number, ()) if b != anchor.block))
        contributions = _contributions(reading, places, blocks, anchor.paper, anchor.head)
        if anchor.whole and anchor.paper >= 0 and not contributions:
            by_stem = tuple(named_by_stem(reading, places, anchor.paper))
            spoken = _spoken_of(reading, places, anchor.paper)
            contributions = by_stem or tuple(i for i in spoken if not _is_doubtful(reading, places.mentions[i]))
        entries.append(Entry(blocks, anchor.paper, contributions, parents[number], anchor.whole))
    return tuple(_with_shared_names(entries, places)), tuple(owner)


def _opening_anchors(reading: Reading, places: Placed) -> list[_Anchor]:
    """Return what opens entries, in order; of the works that one block or one row of a table lists the first ones."""
    opened: Counter[int] = Counter()
    kept = []
    for anchor in sorted(_anchors(reading, places)):
        home = _home(reading, anchor.block)
        opened[home] += 1
        if anchor.whole or opened[home] <= _MOST:
            kept.append(anchor)
    return kept


def _home(reading: Reading, block: int) -> int:
    """Return the first cell of the row that a cell stands in, and any other block itself."""
    place = reading.document.blocks[block]
    return reading.rows[place.table, place.row][0] if place.kind == "cell" else block


def _owners(reading: Reading, anchors: list[_Anchor]) -> tuple[list[int], list[int]]:
    """Return for each block its innermost entry, and for each entry the one that it is nested in; -1 for none."""
    opening = frozenset(a.block for a in anchors)
    extents = [_extent(reading, anchor, opening) for anchor in anchors]
    owner = [-1] * len(reading.document.blocks)
    parents = [-1] * len(anchors)
    for number in sorted(range(len(anchors)), key=lambda n: -len(extents[n])):
        above = owner[anchors[number].block]
        # Two papers in one block stand beside each other, not in each other.
        parents[number] = parents[above] if above >= 0 and anchors[above].block == anchors[number].block else above
        for block in extents[number]:
            owner[block] = number
    for number, anchor in reversed(list(enumerate(anchors))):
        owner[anchor.block] = number
    return owner, parents


def _anchors(reading: Reading, places: Placed) -> Iterator[_Anchor]:
    """Yield what opens an entry, block by block."""
    seen: dict[str, int] = {}
    told: set[int] = set()  # papers whose title a field below their heading gives
    whole = find_subject(reading, places.mentions)
    if whole is not None:
        yield _anchor_of_note(reading, places, whole, seen)
    works = headed_works(reading, places) if whole is None else works_beside(reading, places, whole)
    for block, indices in sorted(places.by_block.items()):
        if block < 0:
            continue
        linked = linked_below(reading, places, block)
        if linked and not _is_repeated(places.mentions[linked[0]], seen):
            seen.update(dict.fromkeys(places.mentions[linked[0]].identifiers, linked[0]))
            yield _Anchor(block, *linked)
            continue
        papers = [i for i in indices if places.mentions[i].type == "Paper" and i != whole and i not in told]
        heads = [i for i in indices if reading.has_role(places.mentions[i], "opens-entry")]
        fresh = [
            p for p in papers if not _is_repeated(places.mentions[p], seen) and not _is_titled_alike(places, p, whole)
        ]
        for paper in fresh:
            if _opens(reading, block, places.mentions[paper]):
                seen.update(dict.fromkeys(places.mentions[paper].identifiers, paper))
                before = [h for h in heads if places.mentions[h].span.start < places.mentions[paper].span.end]
                before = before or list(name_above(reading, places, block))
                yield _Anchor(block, paper, before[0] if before and paper == fresh[0] else -1)
        named = works.get(block, named_by_text(reading, places, block, whole))
        below = titled_below(reading, places, block) if not papers else -1
        if below >= 0 and below != whole:
            told.add(below)
            yield _Anchor(block, below, named if named >= 0 else opening_name(reading, places, block))
        elif not papers and named >= 0:
            yield _Anchor(block, -1, named)
        elif not papers and heads and _opens_alone(reading, block, places.mentions[heads[0]], whole):
            yield _Anchor(block, -1, heads[0])


def _opens_alone(reading: Reading, block: int, head: Mention, whole: int | None) -> bool:
    """Tell whether a name without a paper opens an entry: that of a work, and no part of the note's, and no label."""
    is_a_part = whole is not None and is_part(reading, block, head)
    return is_sure_head(reading, head) and not is_a_part and not is_label(reading, block, head)


def _anchor_of_note(reading: Reading, places: Placed, whole: int, seen: dict[str, int]) -> _Anchor:
    """Return what opens the entry of a whole note; its identifiers are seen from then on."""
    seen.update(dict.fromkeys(places.mentions[whole].identifiers, whole))
    is_paper = places.mentions[whole].type == "Paper"
    block = max(0, reading.block_at(places.mentions[whole].span.start))
    paper = whole if is_paper else _paper_of(reading, places, whole)
    if paper >= 0:
        seen.update(dict.fromkeys(places.mentions[paper].identifiers, paper))
    return _Anchor(block, paper, -1 if is_paper else whole, whole=True)


def _paper_of(reading: Reading, places: Placed, name: int) -> int:
    """Return the paper that the vocabulary knows a note's name to come from, else the only address near the start."""
    known = places.mentions[name].vocabulary
    source = reading.vocabulary.by_id(known).source if known else ""
    papers = (i for i, m in enumerate(places.mentions) if m.type == "Paper" and source in m.identifiers)
    return (
        next(papers, -1)
        if source and any(source in m.identifiers for m in places.mentions)
        else _early_link(reading, places)
    )


def _early_link(reading: Reading, places: Placed) -> int:
    """Return the only bare address of a paper among the first blocks; -1 for none or several."""
    early = (i for b in range(_FIRST_BLOCKS) for i in places.of_type(b, "Paper"))
    found = [i for i in early if reading.has_role(places.mentions[i], "address")]
    return found[0] if len(found) == 1 else -1


def _is_repeated(paper: Mention, seen: dict[str, int]) -> bool:
    return any(i in seen for i in paper.identifiers)


def _is_titled_alike(places: Placed, paper: int, whole: int | None) -> bool:
    """Tell whether a paper without an address has the title of the one that the whole note is about."""
    if whole is None or places.mentions[paper].identifiers or places.mentions[whole].type != "Paper":
        return False
    return fold(places.mentions[paper].name) == fold(places.mentions[whole].name)


def _opens(reading: Reading, block: int, paper: Mention) -> bool:
    """Tell whether a paper is what its block is about, and not only cited in it."""
    place = reading.document.blocks[block]
    if place.kind == "heading" or reading.has_role(paper, "alone"):
        return True
    if reading.has_role(paper, "passing") or (place.kind == "paragraph" and is_citation(paper.surface)):
        return False
    lead = paper.span.start - place.span.start
    if place.kind == "cell":
        return True
    if place.kind == "item" and reading.has_role(paper, "keyed") and is_said_before(reading, place, paper):
        return False
    if place.kind == "item":
        return lead <= LONGEST_LEAD or reading.has_role(paper, "linked")
    if any(sentence.end <= paper.span.start for sentence in place.sentences) and not reading.has_role(paper, "address"):
        return False  # its paragraph had begun with something else
    return lead <= LONGEST_LEAD or (reading.has_role(paper, "address") and len(place.sentences) <= _SHORT)


def _extent(reading: Reading, anchor: _Anchor, opening: frozenset[int]) -> set[int]:
    """Return the blocks that belong to the entry of an anchor, nested entries included."""
    blocks = reading.document.blocks
    place = blocks[anchor.block]
    if anchor.whole:
        return set(range(len(blocks)))
    if place.kind == "heading":
        return {anchor.block, *reading.section(anchor.block)}
    if place.kind == "item":
        return {anchor.block, *reading.below(anchor.block)}
    if place.kind == "cell":
        return set(reading.rows[place.table, place.row])
    extent = {anchor.block, *reading.below(anchor.block)}
    above = blocks[max(0, anchor.block - _LINES_BETWEEN) : anchor.block]
    in_list = any(b.kind == "item" and b.headings == place.headings for b in above)
    for later in range(anchor.block + 1, len(blocks)):
        other = blocks[later]
        if other.parent in extent:
            extent.add(later)
        elif later in opening or other.kind in {"heading", "cell"} or other.parent != place.parent:
            break
        elif in_list and other.kind == "item":
            break  # the next of a list whose items have paragraphs behind them
        else:
            extent.add(later)
    return extent


def _contributions(reading: Reading, places: Placed, blocks: tuple[int, ...], paper: int, head: int) -> tuple[int, ...]:
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
    return tuple(i for i in dict.fromkeys(found) if i == head or not _is_doubtful(reading, places.mentions[i]))


def _is_doubtful(reading: Reading, mention: Mention) -> bool:
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


def _spoken_of(reading: Reading, places: Placed, paper: int) -> Iterator[int]:
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


def _with_shared_names(entries: list[Entry], places: Placed) -> Iterator[Entry]:
    """Drop from each entry what is only cited: a contribution that an earlier entry's title claims already."""
    for entry in entries:
        unique: dict[str, int] = {}
        for index in entry.contributions:
            unique.setdefault(places.mentions[index].name.casefold(), index)
        is_shared = len(unique) < len(entry.contributions)
        yield replace(entry, contributions=tuple(unique.values())) if is_shared else entry
