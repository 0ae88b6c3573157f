"""The short name of a work beside its title: `[A Title](...) - SNIP`, `# SNIP | A Title`, `# SNIP（A Title）`."""

from __future__ import annotations

import re

from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped, is_venue
from papergraph.extract.title_shapes import SHORT_NAME
from papergraph.extract.word_lists import is_generic
from papergraph.model import Span
from papergraph.ontology.kinds import THINGS

#: Numbers of parts, which look like short names.
_ROMAN = re.compile(r"[IVX]+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_BEFORE = re.compile(
    rf"(?:[#>*_\s【\[]|\d{{1,3}}[.、)])*(?P<name>{SHORT_NAME})(?P<gap>\s{{1,2}}[-–—|]\s|——|[|｜]\s?|[\]】]\s?|\s?[(（]|[:：]\s?(?=[\[*《]|$))"
    r"[\s\[*_《\"“]{0,4}"
)
_AFTER = re.compile(
    rf"[\s*_》\"”]{{0,3}}(?:(?:\s?[(（][^()（）\n]{{2,40}}[)）])?(?:\s[-–—|]\s?|——|[|｜]\s?)|\s?[\[(（【])"
    rf"(?P<name>{SHORT_NAME})(?:[,，]\s?[A-Za-z][^()（）\[\]\n]{{0,20}}\d{{2,4}})?[)）\]】]?[\s*_#]{{0,3}}"
)
#: The same where a link holds both.
_WITHIN = re.compile(rf"\s[-–—|]\s(?P<name>{SHORT_NAME})$")
#: No name stands further from its title.
_REACH = 60
#: A title in brackets behind a name has so many words; with fewer the name stands for them.
_FEWEST_WORDS = 6


def leading_name(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """Return the short name with which a line begins before its title; the title follows the match."""
    match = _BEFORE.match(reading.text, start, end)
    if match is None or not _may_name(reading, match["name"]):
        return None
    # `SNIP (A Title in Brackets)`, and not `TDC (Tall Dazzle Corpus)`, which the name stands for.
    bracket = match["gap"].strip() in {"(", "（"}
    rest = reading.text[match.end() : end]
    return None if bracket and rest and (rest[-1] not in ")）" or len(rest.split()) < _FEWEST_WORDS) else match


def trailing_name(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """Return the short name at the end of a line, from `start` behind its title on."""
    match = _AFTER.fullmatch(reading.text, start, end) if end - start <= _REACH else None
    return match if match and _may_name(reading, match["name"]) else None


def name_beside(reading: Reading, title: Span) -> Span | None:
    """Return the short name that stands before or behind a title, where nothing else stands in the line.

    In items a list may give venues, makers and fields in such places, so that only a form that is no word's counts.
    """
    if within := _WITHIN.search(reading.text, max(title.start, title.end - _REACH), title.end):
        return Span(*within.span("name")) if _may_name(reading, within["name"]) else None
    index = reading.block_at(title.start)
    block = reading.document.blocks[max(0, index)]
    start = max(block.span.start, reading.text.rfind("\n", block.span.start, title.start) + 1)
    stop = reading.text.find("\n", title.end, block.span.end)
    end = block.span.end if stop < 0 else stop
    link = next((i.span for i in block.inlines if i.inner and i.kind == "link" and i.inner.covers(title)), title)
    before = leading_name(reading, start, link.start)
    match = before if before and before.end() == link.start else trailing_name(reading, link.end, end)
    if match is None or (block.kind != "heading" and not _is_new(reading, match["name"])):
        return None
    return Span(*match.span("name"))


def _may_name(reading: Reading, name: str) -> bool:
    """Tell whether a word may be what a work is called: no venue, organisation, field or number of a part."""
    shaped = is_name_shaped(name) or _ACRONYM.fullmatch(name) is not None
    if not shaped or is_generic(name) or is_venue(reading.vocabulary, name) or _ROMAN.fullmatch(name):
        return False
    return all(e.type in THINGS for e in reading.vocabulary.find(name))


def _is_new(reading: Reading, name: str) -> bool:
    return is_name_shaped(name) and not any(reading.vocabulary.find(name))
