"""The one work that a whole note is about: by its front matter, its first heading, or its file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote

from papergraph.extract.patterns import is_generic, word_pattern
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import guess_type, is_name_shaped
from papergraph.extract.title_shapes import is_clear_title
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS

_COLON = re.compile(r"[:：]\s*\S")
_YEAR = re.compile(r"\s*[(（\[【]?(?:19|20)\d\d(?:[-./]\d{1,2})*[)）\]】]?\s*")
#: A note with this many papers of its own is a list, whatever its first heading says.
_FEWEST_IN_LIST = 3
#: A title with more characters is no bare name, and a note has no more places for its title.
_LONGEST, _MOST_PLACES = 300, 8
#: Times that a note names what it is about, if only its title says so.
_OFTEN = 3
#: The paper that a note is about stands in one of its first blocks.
_FIRST_BLOCKS = 6


def recognise_note_title(reading: Reading) -> Iterator[Mention]:
    """Yield the method or model that the note's title names by itself: `# CLIP`, `title: ArcFace（2018）`."""
    for place in islice(_title_places(reading), _MOST_PLACES):
        span = _bare(reading, place)
        if span is None or _COLON.search(reading.text, span.start, span.end):
            continue
        name = span.of(reading.text)
        entry = next((e for e in reading.vocabulary.find(name) if e.type in THINGS), None)
        if entry is None and (is_generic(name) or " " in name or not is_name_shaped(name)):
            continue
        kind = entry.type if entry else guess_type(name, "", reading.text[span.end : place.end])
        yield reading.mention(span, kind, "note-title", 0.8, vocabulary=entry.id if entry else "")
        return


def find_subject(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the mention of the one work that the whole note is about, if it is about one.

    A title in the front matter or in a field says so; else the only paper of the note, where one of the first blocks,
    or the file's name, gives it; else the name in the note's title.
    """
    told = {"title-front-matter", "title-field"}
    front = next((i for i, m in enumerate(mentions) if m.extractor in told), None)
    if front is not None:
        return front
    papers = [i for i, m in enumerate(mentions) if m.type == "Paper" and m.extractor != "title-article"]
    works = {
        _identity(mentions[i]) for i in papers if mentions[i].extractor != "link" or _is_listed(reading, mentions[i])
    }
    if (first := _first_heading(reading, mentions, papers, works)) is not None:
        return first
    headed = any(mentions[i].extractor == "title-heading" for i in papers)
    named = next((i for i, m in enumerate(mentions) if m.extractor == "note-title"), None)
    if len(works) == 1 and not headed:
        only = next(i for i in papers if _identity(mentions[i]) in works)
        block = reading.block_at(mentions[only].span.start)
        early = block < _FIRST_BLOCKS and (named is not None or reading.document.blocks[block].kind != "item")
        if (early and (named is not None or len(reading.headings) > 1)) or _is_file_name(reading, mentions[only]):
            return only
    if headed:
        return None
    if named is not None and (len(works) < _FEWEST_IN_LIST or _protagonist(reading, mentions) == named):
        return named
    return None if works else _protagonist(reading, mentions)


def _protagonist(reading: Reading, mentions: Sequence[Mention]) -> int | None:
    """Return the method that the title of a note without papers names and that the note speaks of most."""
    told = Counter(m.name for m in mentions if m.type in {"Method", "Model"})
    places = tuple(islice(_title_places(reading), _MOST_PLACES))
    named = [i for i, m in enumerate(mentions) if m.name in told and any(p.covers(m.span) for p in places)]
    best = max(named, key=lambda i: (told[mentions[i].name], -i), default=-1)
    most = max(told.values(), default=0)
    return best if best >= 0 and told[mentions[best].name] == most >= _OFTEN else None


def _first_heading(reading: Reading, mentions: Sequence[Mention], papers: Sequence[int], works: set[str]) -> int | None:
    """Return the paper whose title is the note's first heading, if the note lists hardly another."""
    if not reading.headings or len(works) >= _FEWEST_IN_LIST:
        return None
    place = reading.document.blocks[reading.headings[0]].span
    headed = (i for i in papers if mentions[i].extractor == "title-heading")
    return next((i for i in headed if place.covers(mentions[i].span)), None)


def _is_listed(reading: Reading, paper: Mention) -> bool:
    """Tell whether a list item or a table gives the paper, so that it is one of several."""
    return reading.document.blocks[reading.block_at(paper.span.start)].kind in {"item", "cell"}


def _identity(mention: Mention) -> str:
    return mention.identifiers[0] if mention.identifiers else mention.name.casefold()


def _is_file_name(reading: Reading, paper: Mention) -> bool:
    """Tell whether the file is named after a paper; file names have no colons and may hold `%3A` for them."""
    stem = unquote(PurePosixPath(reading.document.path).stem)
    plain = re.sub(r"[\W_]+", " ", stem).casefold().strip()
    return len(plain) >= 12 and plain == re.sub(r"[\W_]+", " ", paper.name).casefold().strip()


def _title_places(reading: Reading) -> Iterator[Span]:
    for field in reading.fields_of(-1):
        if field.meaning == "title":
            yield field.value
    tops = [i for i in reading.headings if reading.document.blocks[i].depth == 1]
    if reading.headings and tops[:1] == list(reading.headings[:1]) and len(tops) == 1:
        yield reading.document.blocks[tops[0]].span


def _bare(reading: Reading, place: Span) -> Span | None:
    """Return a note's title without what notes call themselves: numbers, years, 论文笔记, `paper notes`."""
    text = place.of(reading.text)
    if len(text) > _LONGEST or is_clear_title(text):
        return None
    start, end = 0, len(text)
    for pattern in (_NUMBER, _YEAR, _note_words()):
        if match := pattern.match(text, start, end):
            start = match.end()
    shorter = True
    while shorter:
        shorter = False
        for pattern in (_YEAR, _note_words()):
            for match in pattern.finditer(text, start, end):
                if match.end() == end and match.start() > start:
                    end, shorter = match.start(), True
    return strip_edges(reading.text, place.start + start, place.start + end)


_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*[.、)]?\s*")


@cache
def _note_words() -> re.Pattern[str]:
    marks = r"[\s:：|｜_《》【】\[\]—–-]*"
    return re.compile(rf"{marks}(?:{word_pattern('titles', 'note_words')}){marks}", re.IGNORECASE)
