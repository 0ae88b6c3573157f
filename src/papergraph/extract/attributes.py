"""Values that a note gives for its papers and hardware: year, venue, code, memory, count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from papergraph.extract.annotation import Entry
from papergraph.extract.quantities import find_quantities
from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import alternation
from papergraph.model import Attribute, Field, Mention
from papergraph.ontology.identifiers import is_untitled
from papergraph.vocabulary import Vocabulary

_ARXIV_YEAR = re.compile(r"arXiv:(\d\d)(?:0[1-9]|1[0-2])\.")
_PLAIN_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-3])\d(?!\d)")
_CODE = re.compile(r"https?://(?:www\.)?(?:github|gitlab|gitee)\.com/[\w.-]+/[\w.-]+")
#: Where the fields of a work stand: in so many blocks of its entry.
_FIRST_BLOCKS = 8
#: English words that are venues only in capitals with a year.
_YEAR = r"[\s'’‘]*(?P<year>(?:19|20)?\d\d)(?![\d.]\d)"


@cache
def _venue_pattern(names: frozenset[str]) -> re.Pattern[str]:
    venue = alternation(names)
    return re.compile(rf"(?<![\w/.])(?P<venue>{venue}){_YEAR}|(?P<year2>20\d\d)\s+(?P<venue2>{venue})\b")


def find_attributes(reading: Reading, mentions: tuple[Mention, ...], entries: tuple[Entry, ...]) -> Iterator[Attribute]:
    """Yield the attributes of papers (year, venue, code, title) and of hardware (memory, count)."""
    for entry in entries:
        if entry.paper >= 0:
            yield from _of_paper(reading, mentions, entry)
    quantities = {q.mention.span: q for q in find_quantities(reading)}
    for index, mention in enumerate(mentions):
        if (quantity := quantities.get(mention.span)) and reading.has_role(mention, "described"):
            if quantity.memory_gb:
                yield Attribute(index, "memoryGB", str(quantity.memory_gb), mention.line)
            yield Attribute(index, "hardwareClass", "server GPU", mention.line)
        elif mention.type == "Hardware" and mention.vocabulary:
            for key, value in reading.vocabulary.by_id(mention.vocabulary).values:
                yield Attribute(index, key, value, mention.line)
        elif mention.type == "Paper" and not is_untitled(mention.name):
            yield Attribute(index, "title", mention.name, mention.line)


def _of_paper(reading: Reading, mentions: tuple[Mention, ...], entry: Entry) -> Iterator[Attribute]:
    paper = mentions[entry.paper]
    venue, year, line = find_venue(reading, entry)
    if venue:
        yield Attribute(entry.paper, "venue", f"{venue} {year}", line)
    preprint = next((m[1] for i in paper.identifiers if (m := _ARXIV_YEAR.match(i))), "")
    if preprint or year:
        # The preprint is when the work appeared; the venue's year may be a year later.
        yield Attribute(entry.paper, "year", f"20{preprint}" if preprint else year, paper.line)
    code, line = _find_code(reading, entry)
    if code:
        yield Attribute(entry.paper, "code", code, line)


def _find_code(reading: Reading, entry: Entry) -> tuple[str, int]:
    """Return the address of a work's code and its line: from the entry, or the front matter of a note on one work."""
    for block in entry.blocks[:_FIRST_BLOCKS]:
        if code := reading.once(_code_in, block):
            return code, reading.document.blocks[block].line
    for field in reading.fields_of(-1) if entry.parent < 0 and entry.blocks[0] == 0 else ():
        if field.meaning == "code" and (match := _CODE.match(field.value.of(reading.text))):
            return match[0].rstrip("."), field.line
    return "", 0


def _code_in(reading: Reading, block: int) -> str:
    place = reading.document.blocks[block].span
    match = _CODE.search(reading.text, place.start, place.end)
    return match[0].rstrip(".") if match else ""


def find_venue(reading: Reading, entry: Entry) -> tuple[str, str, int]:
    """Return venue, year and line of an entry: `[ICLR24]`, `，NeurIPS 2023`, a field; empty strings if none is said."""
    front = reading.once(_said_at, -1)
    said = [*front, *(f for b in entry.blocks[:_FIRST_BLOCKS] for f in reading.once(_said_at, b))]
    found = _venue_in_fields(reading, front) or _venue_in_fields(reading, said)
    in_text = next(filter(None, (reading.once(_venue_in_text, b) for b in entry.blocks[:3])), None)
    if in_text and not (found and found[0]):
        return in_text
    return found or ("", "", 0)


def _said_at(reading: Reading, block: int) -> tuple[Field, ...]:
    """Return the fields of a block that give a venue or a year."""
    return tuple(f for f in reading.fields_of(block) if f.meaning in {"venue", "year"})


def _venue_in_fields(reading: Reading, fields: Sequence[Field]) -> tuple[str, str, int] | None:
    """Return what fields say: a venue with its year, wherever the two stand among them, before a bare year."""
    pattern = _venue_pattern(reading.vocabulary.venue_names)
    years = [(year[0], f.line) for f in fields if (year := _PLAIN_YEAR.search(f.value.of(reading.text)))]
    for field in fields:
        value = field.value.of(reading.text)
        if match := pattern.search(value):
            return *_venue(reading.vocabulary, match), field.line
        if field.meaning == "venue" and years:
            if year := _PLAIN_YEAR.search(value):
                return value.replace(year[0], "").strip(" ,'’") or value, year[0], field.line
            name = next((v.name for v in reading.vocabulary.venues if value in (v.name, *v.aliases)), "")
            if name:
                return name, years[0][0], field.line
    return ("", *years[0]) if years else None


def _venue_in_text(reading: Reading, block: int) -> tuple[str, str, int] | None:
    place = reading.document.blocks[block]
    match = _venue_pattern(reading.vocabulary.venue_names).search(reading.text, place.span.start, place.span.end)
    return (*_venue(reading.vocabulary, match), place.line) if match else None


def _venue(vocabulary: Vocabulary, match: re.Match[str]) -> tuple[str, str]:
    written, digits = match["venue"] or match["venue2"], match["year"] or match["year2"]
    name = next((v.name for v in vocabulary.venues if written in (v.name, *v.aliases)), written)
    return name, digits if len(digits) == 4 else f"20{digits}"
