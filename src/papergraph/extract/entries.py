"""The parts of a note that are each about one work, and what the work contributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from papergraph.extract.annotation import Entry
from papergraph.extract.contributions import contributions_of, is_doubtful, spoken_of
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
from papergraph.extract.headed_work import headed_works, works_beside
from papergraph.extract.openers import LONGEST_LEAD, is_sure_head
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.subject import find_subject
from papergraph.extract.title_shapes import is_citation
from papergraph.model import Mention
from papergraph.text.folding import fold

#: Works beyond so many in one block or row are cited there, and open no entries of their own.
_MOST = 32
#: Where a note that is named after a method gives the address of its paper.
_FIRST_BLOCKS = 6
#: Sentences of a paragraph that is about the paper whose address it gives.
_SHORT = 12
#: Blocks between an item of a list and a title that stands below it.
_LINES_BETWEEN = 3


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
        contributions = contributions_of(reading, places, blocks, anchor.paper, anchor.head)
        if anchor.whole and anchor.paper >= 0 and not contributions:
            by_stem = tuple(named_by_stem(reading, places, anchor.paper))
            spoken = spoken_of(reading, places, anchor.paper)
            contributions = by_stem or tuple(i for i in spoken if not is_doubtful(reading, places.mentions[i]))
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


def _with_shared_names(entries: list[Entry], places: Placed) -> Iterator[Entry]:
    """Drop from each entry what is only cited: a contribution that an earlier entry's title claims already."""
    for entry in entries:
        unique: dict[str, int] = {}
        for index in entry.contributions:
            unique.setdefault(places.mentions[index].name.casefold(), index)
        is_shared = len(unique) < len(entry.contributions)
        yield replace(entry, contributions=tuple(unique.values())) if is_shared else entry
