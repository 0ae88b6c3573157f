"""Further names that a note gives what it is about, in its properties: `aliases: [FA2, 闪电注意力 2]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from papergraph.extract.annotation import Entry
from papergraph.extract.file_name import name_of_file
from papergraph.extract.reading import Reading, split_at
from papergraph.extract.subject import title_places
from papergraph.extract.title_shapes import is_clear_title, is_title
from papergraph.extract.word_lists import is_generic
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold, is_chinese, tidy

_SEPARATOR = re.compile(r"\s*[,，、;；|]\s*")
#: Behind a title.
_TAGS = re.compile(r"(?:\s{1,9}#\S{1,60}){1,12}\s*$")
_EDGES = " \t\r\n*_`\"'“”[]"
_LONGEST = 60
_NAMED = frozenset({*THINGS, "Topic"})
#: The properties of a page stand in its front matter or in its first block.
_PLACES = (-1, 0)


def with_aliases(
    reading: Reading, mentions: Sequence[Mention], entries: Sequence[Entry]
) -> tuple[tuple[Mention, ...], tuple[Entry, ...]]:
    """Return mentions and entries with a mention for each alias of what the note is about, under its own name.

    Mentions of an alias that nothing else explains get that name too. What the vocabulary knows as something else is
    no alias.
    """
    spans = tuple(_written(reading))
    thing, paper = _named(reading, mentions, entries) if spans else (None, None)
    found: dict[Span, Mention] = {}
    meant: dict[str, Mention] = {}
    for span in spans:
        name = tidy(span.of(reading.text))
        target = paper if is_title(name) and not is_chinese(name) and paper else thing or paper
        if target is None or not _may_name(reading, target, name):
            continue
        if not any(m.span.overlaps(span) for m in mentions):
            found[span] = _alias(reading, span, target)
        if target.type in THINGS:
            meant.setdefault(fold(name), target)
    return _together([*(_explained(m, meant) for m in mentions)], list(found.values()), entries)


def _written(reading: Reading) -> Iterator[Span]:
    """Yield the values of the properties that give aliases, each alone."""
    for field in (f for place in _PLACES for f in reading.fields_of(place)):
        if field.meaning != "short":
            continue
        if is_clear_title(field.value.of(reading.text)):
            yield field.value
        else:
            separators = _SEPARATOR.finditer(reading.text, field.value.start, field.value.end)
            yield from split_at(reading.text, field.value, separators, _EDGES)


def _named(
    reading: Reading, mentions: Sequence[Mention], entries: Sequence[Entry]
) -> tuple[Mention | None, Mention | None]:
    """Return the thing and the paper that the note is about, as far as it is about one of each."""
    whole = next((e for e in entries if e.whole), None)
    titles = {fold(name) for name in _titles(reading)} - {""}
    if whole is None:
        places = tuple(title_places(reading))
        own = (m for m in mentions if m.type in _NAMED and (fold(m.surface) in titles or fold(m.name) in titles))
        titled = [m for m in own if not places or any(p.covers(m.span) for p in places)]
        return min(titled, key=lambda m: (m.type == "Topic", not m.vocabulary, m.span), default=None), None
    brought = [mentions[i] for i in whole.contributions]
    named = [m for m in brought if fold(m.name) in titles or fold(m.surface) in titles]
    paper = mentions[whole.paper] if whole.paper >= 0 else None
    only = brought if len(brought) == 1 else named
    return (only[0] if len(only) == 1 else None), paper


def _titles(reading: Reading) -> Iterator[str]:
    """Yield what the note is called: its titles, what stands before the colon of one, and the name of its file."""
    for place in title_places(reading):
        title = _TAGS.sub("", place.of(reading.text))
        yield title
        yield re.split("[:：]", title, maxsplit=1)[0]
    yield name_of_file(reading.document)


def _may_name(reading: Reading, target: Mention, name: str) -> bool:
    """Tell whether something may have an alias: it is a name, and not that of something else."""
    if len(name) < 2 or is_generic(name) or not any(map(str.isalpha, name)):
        return False
    if target.type != "Paper" and (len(name) > _LONGEST or is_clear_title(name)):
        return False
    known = [e for e in reading.vocabulary.find(name) if e.type in _NAMED and name not in e.ambiguous]
    return not known or target.type == "Paper" or any(e.id == target.vocabulary for e in known)


def _alias(reading: Reading, span: Span, target: Mention) -> Mention:
    return replace(
        reading.mention(span, target.type, "alias", 0.9, name=target.name, vocabulary=target.vocabulary),
        identifiers=target.identifiers,
    )


def _explained(mention: Mention, meant: Mapping[str, Mention]) -> Mention:
    target = meant.get(fold(mention.name)) if mention.type in THINGS and not mention.vocabulary else None
    if target is None:
        return mention
    return replace(mention, type=target.type, name=target.name, vocabulary=target.vocabulary)


def _together(
    mentions: list[Mention], found: list[Mention], entries: Sequence[Entry]
) -> tuple[tuple[Mention, ...], tuple[Entry, ...]]:
    """Put the new mentions among the others, and let the entries speak of these by their new places."""
    every = [*mentions, *found]
    order = sorted(range(len(every)), key=lambda i: (every[i].span.start, -every[i].span.end, i))
    moved = {old: new for new, old in enumerate(order)}
    placed = tuple(
        replace(e, paper=moved.get(e.paper, -1), contributions=tuple(moved[c] for c in e.contributions))
        for e in entries
    )
    return tuple(every[i] for i in order), placed
