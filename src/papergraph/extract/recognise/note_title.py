"""The name that the title of a note is: `# CLIP`, `title: ArcFace（2018）`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from papergraph.extract.context import Context
from papergraph.extract.file_name import name_of_file
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import guess_type, is_name_shaped, is_venue
from papergraph.extract.subject import MOST_PLACES, title_places
from papergraph.extract.title_shapes import is_clear_title, names_collection
from papergraph.extract.word_lists import is_generic, word_pattern
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS

_COLON = re.compile(r"[:：]\s*\S")
_YEAR = re.compile(
    r"\s*[(（\[【]?(?:19|20)\d\d(?:[-./]\d{1,2})*[)）\]】]?\s*"
    r"|\s*[(（\[【](?:[A-Z][A-Za-z]{1,9}[ '’]{0,2}(?:19|20)?\d\d|(?:19|20)\d\d[ ,]{0,2}[A-Z][A-Za-z]{1,9})[)）\]】]\s*"
)
#: A title with more characters is no bare name.
_LONGEST = 300
#: A name of capitals.
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]{2,7}(?:-[A-Z0-9]{1,4})?")
#: Words of a name, and how often a note calls its subject by it.
_MOST_WORDS, _OFTEN = 3, 3
#: Letters of the name of a file that may be that of a work, and characters behind it that tell its kind.
_SHORTEST, _REACH = 2, 40


def recognise_note_title(context: Context) -> Iterator[Mention]:
    """Yield the method or model that the note's title names by itself: `# CLIP`, `title: ArcFace（2018）`."""
    reading = context.reading
    for place in islice(title_places(reading), MOST_PLACES):
        span = _bare(reading, _link_text(reading, place) or place)
        if span is None or reading.text[span.start - 1 : span.start] == "@":
            continue  # nothing is left, or the key of a citation
        if _COLON.search(reading.text, span.start, span.end):
            if mention := _beside_colon(reading, span):
                yield mention
                return
            continue
        name = span.of(reading.text)
        entry = next((e for e in reading.vocabulary.find(name) if e.type in THINGS), None)
        named = (is_name_shaped(name) and " " not in name) or _is_short_for_paper(context, name)
        if entry is None and (is_generic(name) or not (named or _is_repeated(reading, name))):
            continue
        kind = entry.type if entry else guess_type(name, "", reading.text[span.end : place.end])
        yield reading.mention(span, kind, "note-title", vocabulary=entry.id if entry else "")
        return
    if not any(True for _ in title_places(reading)):
        yield from _called_as_its_file(context)


def _called_as_its_file(context: Context) -> Iterator[Mention]:
    """Yield the first place where a note without a title names what its file is called: `🦖 DINO.md`."""
    reading = context.reading
    name = name_of_file(reading.document)
    entry = next((e for e in reading.vocabulary.find(name) if e.type in THINGS), None)
    if len(name) < _SHORTEST or is_generic(name) or not (entry or (is_name_shaped(name) and " " not in name)):
        return
    if any(m.surface == name or (entry and m.vocabulary == entry.id) for m in context.mentions):
        return
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    for number, block in reading.readable:
        for found in whole.finditer(reading.text, block.span.start, block.span.end):
            if reading.is_visible(number, found.start(), found.end()):
                span = Span(found.start(), found.end())
                kind = entry.type if entry else guess_type(name, "", reading.text[span.end : span.end + _REACH])
                yield reading.mention(span, kind, "note-title", vocabulary=entry.id if entry else "")
                return


def _is_short_for_paper(context: Context, name: str) -> bool:
    """Tell whether a note that gives the title of its paper elsewhere is itself called by a few capitals: `LISRD`."""
    known = any(True for _ in context.vocabulary.find(name)) or is_venue(context.vocabulary, name)
    told = any(context.reading.has_role(m, "note-paper") for m in context.papers)
    return told and not known and _CAPITALS.fullmatch(name) is not None


def _is_repeated(reading: Reading, name: str) -> bool:
    """Tell whether a title of two or three capitalised words is what its note goes on to call its subject."""
    words = name.split()
    capitalised = all(word[0].isupper() and word.isalpha() and not is_generic(word) for word in words)
    if not 2 <= len(words) <= _MOST_WORDS or not capitalised or names_collection(name):
        return False
    texts = (block.span.of(reading.text) for _, block in reading.readable if block.kind != "heading")
    return sum(text.count(name) for text in texts) >= _OFTEN


def _link_text(reading: Reading, place: Span) -> Span | None:
    """Return the text of the link that is all of a title: `# [Zorb](https://...)`."""
    block = reading.document.blocks[max(0, reading.block_at(place.start))]
    return next((i.inner for i in block.inlines if i.kind in {"link", "wikilink"} and i.span == place), None)


def _beside_colon(reading: Reading, title: Span) -> Mention | None:
    """Return the work that one side of a title's colon names and the vocabulary knows: `3. LLM MoE：Zorb`."""
    colon = _COLON.search(reading.text, title.start, title.end)
    sides = (
        (Span(colon.start() + 1, title.end), Span(title.start, colon.start()))
        if colon and colon.start() > title.start
        else ()
    )
    for side in sides:
        span = strip_edges(reading.text, side.start, side.end)
        entry = span and next((e for e in reading.vocabulary.find(span.of(reading.text)) if e.type in THINGS), None)
        if span and entry and entry.source:
            return reading.mention(span, entry.type, "note-title", vocabulary=entry.id)
    return None


def _bare(reading: Reading, place: Span) -> Span | None:
    """Return a note's title without what notes call themselves: numbers, years, 论文笔记, `paper notes`."""
    text = place.of(reading.text)
    if len(text) > _LONGEST or is_clear_title(text):
        return None
    start, end = 0, len(text)
    for pattern in (_SIGNS, _NUMBER, _YEAR, _note_words()):
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


#: Emojis before a title.
_SIGNS = re.compile(r"[^\w\s(（\[【《<\"'@#*`-]+\s*")
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*[.、)]?\s*")


@cache
def _note_words() -> re.Pattern[str]:
    marks = r"[\s:：|｜_《》【】\[\]—–-]*"
    return re.compile(rf"{marks}(?:{word_pattern('titles', 'note_words')}){marks}", re.IGNORECASE)
