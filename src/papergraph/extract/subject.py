"""The one work that a whole note is about: by its front matter, its first heading, or its file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from papergraph.extract.definitions import definitions_of
from papergraph.extract.file_name import name_of_file, title_of_file
from papergraph.extract.first_heading import first_heading
from papergraph.extract.headed_work import headed_works, is_about_several
from papergraph.extract.openers import LONGEST_LEAD
from papergraph.extract.others_work import is_on_others
from papergraph.extract.own_paper import own_paper
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.title_shapes import is_strong_title
from papergraph.extract.word_lists import either_language, is_template_heading, read_lists, word_pattern
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

#: A note with this many papers of its own is a list, whatever its first heading says.
_FEWEST_IN_LIST = 3
#: A note has no more places for its title.
MOST_PLACES = 8
#: Times that a note names what it is about, if only its title says so.
_OFTEN = 3
_TWICE = 2
#: How many times as often as any other work.
_FAR = 2
#: Characters before a name in which `the authors propose` stands.
_REACH = 80
#: Between a verb of introducing and a name, these make the name what the new thing is made of or for.
_INGREDIENT = re.compile(
    r"[.,;:，。；：]|\b(?:with|using|based|on|for|of|from|via|by|in|to|through|that|which|where|and)\b"
)
#: The paper that a note is about stands in one of its first blocks.
_FIRST_BLOCKS = 6


def find_subject(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the mention of the one work that the whole note is about, if it is about one.

    A title in the front matter or in a field says so; else the only paper of the note, where one of the first blocks,
    or the file's name, gives it; else the name in the note's title.
    """
    front = next((i for i, m in enumerate(mentions) if reading.has_role(m, "note-paper")), None)
    front = own_paper(reading, mentions) if front is None else front
    front = _titled_as_file(reading, mentions) if front is None else front
    places = Placed.of(reading, tuple(mentions))
    if front is not None and not is_about_several(reading, places, front):
        return front
    papers = [
        i for i, m in enumerate(mentions) if m.type == "Paper" and i != front and not reading.has_role(m, "headline")
    ]
    works = {
        _identity(mentions[i])
        for i in papers
        if not reading.has_role(mentions[i], "passing")
        and not is_on_others(reading, reading.block_at(mentions[i].span.start))
        and (not reading.has_role(mentions[i], "address") or _is_listed(reading, mentions[i]))
    }
    if (first := _first_heading(reading, mentions, papers, works)) is not None:
        return first
    headed = any(reading.has_role(mentions[i], "heading") for i in papers)
    named = next((i for i, m in enumerate(mentions) if reading.has_role(m, "names-note")), None)
    if len(works) == 1 and not headed:
        only = next(i for i in papers if _identity(mentions[i]) in works)
        block = reading.block_at(mentions[only].span.start)
        early = block < _FIRST_BLOCKS and (named is not None or reading.document.blocks[block].kind != "item")
        if (early and (named is not None or len(reading.headings) > 1)) or _is_file_name(reading, mentions[only]):
            return only
    if (opening := _opening(reading, mentions, papers, works)) is not None:
        return opening
    if headed:
        return None
    if named is not None and (len(works) < _FEWEST_IN_LIST or _protagonist(reading, mentions) == named):
        version = _presented_version(reading, mentions, named)
        return named if version is None else version
    if len(works) < _FEWEST_IN_LIST and (filed := named_by_file(reading, mentions)) is not None:
        return filed
    if works or len(headed_works(reading, places)) >= _FEWEST_IN_LIST:
        return None
    return _spoken_of(reading, mentions, papers)


def _presented_version(reading: Reading, mentions: Sequence[Mention], named: int) -> int | None:
    """Return the version that a note titled by a family presents in its first lines: `# Zorb`, 推出了 Zorb-Next.

    A note with a section on another version is on the family.
    """
    family = mentions[named].name.casefold()
    blocks = reading.document.blocks
    versions = [
        i for i, m in enumerate(mentions) if m.type in {"Method", "Model"} and _is_version(family, m.name.casefold())
    ]
    if any(blocks[reading.block_at(mentions[i].span.start)].kind == "heading" for i in versions):
        return None
    title = reading.block_at(mentions[named].span.start)
    first = next((i for i in range(title + 1, len(blocks)) if blocks[i].kind == "paragraph"), -1)
    here = [i for i in versions if reading.block_at(mentions[i].span.start) == first]
    early = here and mentions[here[0]].span.start - blocks[first].span.start <= _REACH
    return here[0] if early and reading.has_role(mentions[here[0]], "introduced") else None


def _is_version(family: str, name: str) -> bool:
    """Tell whether a name is that of a family with more behind it.

    >>> _is_version("zorb", "zorb-next"), _is_version("zorb", "zorb2"), _is_version("zorb", "zorbnet")
    (True, True, False)
    """
    return name.startswith(family) and not name[len(family) : len(family) + 1].isalpha() and name != family


def _spoken_of(reading: Reading, mentions: Sequence[Mention], papers: Sequence[int]) -> int | None:
    """Return what a note that lists no paper speaks of: by its title, by its own word, or far more than of others."""
    found = _protagonist(reading, mentions)
    if found is None and not papers:
        found = _presented(reading, mentions)
    return _dominant(reading, mentions) if found is None else found


def named_by_file(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the method or model that the file or an alias in its front matter names, where the note has no title."""
    if any(True for _ in title_places(reading)):
        return None
    stem = name_of_file(reading.document)
    names = {stem, *(f.value.of(reading.text) for f in reading.fields_of(-1) if f.meaning == "short")}
    known = {e.id for name in names for e in reading.vocabulary.find(name)}
    folded = {fold(name) for name in names} - {""}
    for index, mention in enumerate(mentions):
        if mention.type in {"Method", "Model"} and (fold(mention.name) in folded or mention.vocabulary in known):
            return index
    return None


def _opening(reading: Reading, mentions: Sequence[Mention], papers: Sequence[int], works: set[str]) -> int | None:
    """Return the only paper of the paragraph with which a note opens, if the note lists hardly another."""
    if not reading.readable:
        return None
    first, block = reading.readable[0]
    found = [i for i in papers if reading.block_at(mentions[i].span.start) == first and mentions[i].identifiers]
    if len(works) >= _FEWEST_IN_LIST and not (found and _announced(reading, block.span.start, mentions[found[0]])):
        return None
    if len(found) > 1 and all(reading.has_role(mentions[i], "address") for i in found[1:]):
        found = [i for i in found[:1] if reading.has_role(mentions[i], "linked")]  # its title, and more addresses
    listed = block.kind != "paragraph" and (block.kind != "item" or len(reading.children.get(-1, ())) == 1)
    if listed or len(found) != 1 or reading.has_role(mentions[found[0]], "passing"):
        return None
    return found[0] if mentions[found[0]].span.start - block.span.start <= LONGEST_LEAD else None


def _announced(reading: Reading, start: int, paper: Mention) -> bool:
    """Tell whether the words before a title say that the note is on it: `Some notes on the paper [A Title](...)`."""
    return _on_paper().fullmatch(reading.text, start, paper.span.start) is not None


@cache
def _on_paper() -> re.Pattern[str]:
    words = word_pattern("titles", "note_words")
    return re.compile(
        rf"\W*(?:this\s+is\s+|these\s+are\s+|here\s+are\s+)?(?:(?:an?|my|our|some|quick|short|brief|personal|few)\s+){{0,3}}"
        rf"(?:{words}|review|thoughts|comments|understanding|walkthrough|explanation)\s*(?:on|of|for|about|from)?\s+"
        r"(?:the\s+|this\s+)?(?:paper|article)?\W*",
        re.IGNORECASE,
    )


def _protagonist(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the method that the title of a note without papers names and that the note speaks of most."""
    told = Counter(m.name for m in mentions if m.type in {"Method", "Model"})
    places = tuple(islice(title_places(reading), MOST_PLACES))
    named = [i for i, m in enumerate(mentions) if m.name in told and any(p.covers(m.span) for p in places)]
    best = max(named, key=lambda i: (told[mentions[i].name], -i), default=-1)
    most = max(told.values(), default=0)
    return best if best >= 0 and told[mentions[best].name] == most >= _OFTEN else None


def _presented(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return what a note without titles says that its paper introduces, if it speaks of it more than once."""
    told = Counter(m.name for m in mentions if m.type in THINGS)
    most = max((told[m.name] for m in mentions if m.name in told and not _is_common(reading, m)), default=0)
    presented = [
        i
        for i, m in enumerate(mentions)
        if told[m.name] >= _TWICE
        and m.type in THINGS
        and (reading.has_role(m, "introduced") or _is_introduced(reading, m))
        and _is_own(reading, m)
    ]
    best = max(presented, key=lambda i: (told[mentions[i].name], -i), default=None)
    if best is None or (mentions[best].vocabulary and told[mentions[best].name] < most):
        return None  # a known work of which others are told more often may be any of them
    return best


def _dominant(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return what a note without titles speaks of far more than of any other work, where its authors have the word."""
    names = {d.long.of(reading.text): d.short.of(reading.text) for d in definitions_of(reading)}
    works = [i for i, m in enumerate(mentions) if m.type in {"Method", "Model"} and not _is_common(reading, m)]
    told = Counter(names.get(mentions[i].name, mentions[i].name) for i in works)
    (name, most), (_, second) = (*told.most_common(2), ("", 0), ("", 0))[:2]
    if most < _OFTEN or most < _FAR * second:
        return None
    found = [i for i in works if mentions[i].name == name]
    own = (i for i in works if names.get(mentions[i].name, mentions[i].name) == name)
    filed = title_of_file(reading.document).casefold().startswith((f"{name} ".casefold(), f"{name}-".casefold()))
    return found[0] if found and (filed or any(_is_own(reading, mentions[i]) for i in own)) else None


def _is_common(reading: Reading, mention: Mention) -> bool:
    """Tell whether something is everybody's: a phrase, or a technique that the vocabulary lists without a source.

    What is spelled as nothing but a work is, such as `DualPipe`, is somebody's even so.
    """
    if mention.vocabulary:
        known = reading.vocabulary.by_id(mention.vocabulary)
        return not known.source and not known.work and not is_name_shaped(known.name)
    return reading.has_role(mention, "technique")


def _is_introduced(reading: Reading, mention: Mention) -> bool:
    """Tell whether a verb of introducing opens the block of a name and nothing between makes it an ingredient."""
    block = reading.document.blocks[max(0, reading.block_at(mention.span.start))]
    if mention.span.start - block.span.start > _REACH:
        return False
    before = reading.text[block.span.start : mention.span.start]
    verb = _verbs().match(before)
    return verb is not None and not _INGREDIENT.search(before, verb.end())


def _is_own(reading: Reading, mention: Mention) -> bool:
    """Tell whether the words before a name say that the paper, its authors or `we` introduce it, or name nobody."""
    if _is_common(reading, mention):
        return False
    block = reading.document.blocks[max(0, reading.block_at(mention.span.start))]
    start = max(block.span.start, mention.span.start - _REACH)
    if either_language("titles", "voice").search(reading.text, start, mention.span.start):
        return True
    return start == block.span.start and bool(_verbs().match(reading.text, start, mention.span.start))


@cache
def _verbs() -> re.Pattern[str]:
    lists = read_lists("introduced")
    return re.compile(rf"[\s*_]*(?:{'|'.join((*lists['verbs_zh'], *lists['verbs_en']))})", re.IGNORECASE)


def _first_heading(reading: Reading, mentions: Sequence[Mention], papers: Sequence[int], works: set[str]) -> int | None:
    """Return the paper whose title is the note's first heading, if the note lists hardly another."""
    if not reading.headings:
        return None
    opening = {_identity(mentions[i]) for i in papers if not _is_in_sentence(reading, mentions[i])}
    if len(works & opening) >= _FEWEST_IN_LIST:
        return None
    place = reading.document.blocks[first_heading(reading)].span
    headed = (i for i in papers if reading.has_role(mentions[i], "heading") and place.covers(mentions[i].span))
    found = next(headed, None)
    if found is None or (len(works) >= _FEWEST_IN_LIST and not is_strong_title(mentions[found].name)):
        return None
    return found


def _titled_as_file(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the first paper whose title is the name of the note's file."""
    own = (i for i, m in enumerate(mentions) if m.type == "Paper" and not reading.has_role(m, "headline"))
    return next((i for i in own if _is_file_name(reading, mentions[i])), None)


def _is_in_sentence(reading: Reading, paper: Mention) -> bool:
    """Tell whether words stand before a paper in its block, which cites it: `builds on [Zorb](https://...)`."""
    start = reading.document.blocks[max(0, reading.block_at(paper.span.start))].span.start
    return len(reading.text[max(start, paper.span.start - _REACH) : paper.span.start].split()) > 1


def _is_listed(reading: Reading, paper: Mention) -> bool:
    """Tell whether a list item or a table gives the paper, so that it is one of several."""
    return reading.document.blocks[reading.block_at(paper.span.start)].kind in {"item", "cell"}


def _identity(mention: Mention) -> str:
    return mention.identifiers[0] if mention.identifiers else mention.name.casefold()


def _is_file_name(reading: Reading, paper: Mention) -> bool:
    """Tell whether the file is named after a paper; file names have no colons and may hold `%3A` for them."""
    stem = name_of_file(reading.document)
    plain = re.sub(r"[\W_]+", " ", stem).casefold().strip()
    return len(plain) >= 12 and plain == re.sub(r"[\W_]+", " ", paper.name).casefold().strip()


def title_places(reading: Reading) -> Iterator[Span]:
    """Yield where a note may give its own title: fields of the front matter, and its only heading of level 1."""
    for field in reading.fields_of(-1):
        if field.meaning == "title":
            yield field.value
    tops = [i for i in reading.headings if reading.document.blocks[i].depth == 1]
    if reading.headings and tops[:1] == list(reading.headings[:1]) and len(tops) == 1:
        place = reading.document.blocks[tops[0]].span
        if not is_template_heading(place.of(reading.text)):
            yield place
