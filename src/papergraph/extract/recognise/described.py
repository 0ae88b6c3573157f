"""Titles that the front matter of a note, or a field near its start, gives for the paper that it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.first_heading import first_heading
from papergraph.extract.others_work import is_on_others
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.recognise.address import FIRST_BLOCKS, linked_by_it, said_of_it
from papergraph.extract.recognise.citation_key import key_of_note
from papergraph.extract.recognise.cited import referred_title
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.presented import has_voice
from papergraph.extract.recognise.title_span import before_venue, title_span
from papergraph.extract.title_shapes import (
    clean_title,
    is_advice,
    is_one_word,
    is_strong_title,
    is_title,
    names_collection,
)
from papergraph.model import Field, Mention, Span
from papergraph.text.folding import fold, is_chinese

#: A note on one paper links to fewer others by their titles.
_FEWEST_LISTED = 3
#: What calls a title that of a paper, however short it is: before it, and in its key.
_CALLED_PAPER = re.compile(r"论文|論文|\bpaper\b", re.IGNORECASE)
_OF_PAPER = re.compile(r"论文(?:标题|题目|名)|paper (?:title|name)")
#: Keys that may have the title of a work, or its address.
_OF_ORIGINAL = frozenset({"原文", "原文链接", "论文链接", "论文地址", "paper link", "original paper"})


def title_fields(reading: Reading) -> Iterator[Field]:
    """Yield the fields with a title near the start of a note, unless it lists several so: `论文：A Title`."""
    if not reading.once(_listed, -1):
        for number in range(min(FIRST_BLOCKS, len(reading.document.blocks))):
            yield from _titles_of(reading, number)


def _titles_of(reading: Reading, number: int) -> Iterator[Field]:
    for field in reading.fields_of(number):
        title, whole = before_venue(reading, field.value).of(reading.text), field.value.of(reading.text)
        told_apart = field.key in _OF_ORIGINAL and is_strong_title(title)
        if (field.meaning != "title" and not told_apart) or is_chinese(title) or "http" in whole or "](" in whole:
            continue
        told = _OF_PAPER.search(field.key) and not is_one_word(title)
        if told_apart or is_title(title) or told or (field.key.endswith("title") and is_described(reading, number)):
            yield field


def listed_title(reading: Reading, index: int) -> Iterator[Mention]:
    """Yield the paper that the fields of a block describe, if others of the note describe other papers."""
    if found := reading.once(_listed, -1).get(index):
        identifiers = tuple(dict.fromkeys(f.identifier for f in reading.fields_of(index) if f.identifier))
        yield reading.mention(before_venue(reading, found.value), "Paper", "title-item", identifiers=identifiers)


def _listed(reading: Reading, _: int) -> dict[int, Field]:
    """Return the fields with titles of a note that describes several papers so, by their blocks."""
    found: dict[int, Field] = {}
    for number, block in reading.readable:
        field = next(_titles_of(reading, number), None) if block.kind in {"paragraph", "item"} else None
        if field and (len(reading.fields_of(number)) > 1 or _opens_section(reading, number)):
            found[number] = field
    titles = {fold(field.value.of(reading.text)) for field in found.values()}
    return found if len(titles) > 1 else {}


def _opens_section(reading: Reading, number: int) -> bool:
    """Tell whether a block stands right below a heading, and not that of the note."""
    headings = reading.document.blocks[number].headings
    return bool(headings) and headings[-1] == number - 1 and headings[-1] != reading.headings[0]


def is_described(reading: Reading, number: int) -> bool:
    """Tell whether fields close to a block give authors or an address too, so that its `Title:` is that of a paper."""
    near = (f for n in range(max(0, number - 3), number + 4) for f in reading.fields_of(n))
    return any(f.meaning == "authors" or f.identifier for f in near)


def field_title(reading: Reading) -> Iterator[Mention]:
    """Yield the paper that a field near the start of a note names, with the only address that such a field gives."""
    for field in title_fields(reading):
        near = (f for n in range(FIRST_BLOCKS) for f in reading.fields_of(n))
        found = tuple(dict.fromkeys(f.identifier for f in near if f.identifier))
        identifiers = (
            *(found if len(found) == 1 else () if found else linked_by_it(reading, field.value.of(reading.text))),
            *key_of_note(reading),
        )
        title = referred_title(reading, field.value) or _behind_at(reading, before_venue(reading, field.value))
        title = strip_edges(reading.text, title.start, title.end, ' *_"“”《》') or title
        yield reading.mention(title, "Paper", "title-field", identifiers=identifiers)
        return


def _behind_at(reading: Reading, title: Span) -> Span:
    """Return a title without the sign that Logseq puts before what comes from Zotero: `title:: @A Title`."""
    return Span(title.start + 1, title.end) if title.of(reading.text).startswith("@") else title


def _lists_papers(reading: Reading, least: int) -> bool:
    """Tell whether items or headings link to so many papers by title: then the note's title is no paper's."""
    found = set()
    for index, block in reading.readable:
        if is_on_others(reading, index):
            continue
        for link in reading.paper_links[index] if block.kind in {"item", "heading", "cell"} else ():
            if link.inner and is_title(link.inner.of(reading.text)) and not is_link_label(reading, link):
                found.add(link.identifier)
    return len(found) >= least


def front_matter_title(reading: Reading) -> Iterator[Mention]:
    """Yield the paper that front matter names, unless the note lists several."""
    for field in reading.fields_of(-1):
        if field.meaning != "title":
            continue
        inner = title_span(reading, field.value.start, field.value.end)
        title = (inner or field.value).of(reading.text)
        catalogued = _is_catalogued(reading)
        lead = reading.text[field.value.start : inner.start if inner else field.value.start]
        called = _CALLED_PAPER.search(lead) is not None and not is_one_word(title)
        named = called or _is_own_title(reading, title, catalogued=catalogued)
        if named and not reading.once(_lists_papers, _FEWEST_LISTED):
            identifiers = (*(said_of_it(reading) or linked_by_it(reading, title)), *key_of_note(reading))
            value = inner or field.value
            value = field.value if catalogued or is_one_word(value.of(reading.text)) else value
            yield reading.mention(value, "Paper", "title-front-matter", identifiers=identifiers)
            return
    yield from _address_alone(reading)


def _is_own_title(reading: Reading, title: str, *, catalogued: bool) -> bool:
    """Tell whether a title of front matter is that of a paper; a Chinese one may be the note's own."""
    if catalogued:
        return not is_one_word(title)
    told = not (is_chinese(title) or is_advice(title)) or has_voice(reading, 0)
    return told and is_title(title) and (":" in title or not names_collection(title))


def _address_alone(reading: Reading) -> Iterator[Mention]:
    """Yield the paper of which front matter has the address, and of its title no more than a name."""
    found = [f for f in reading.fields_of(-1) if f.identifier and f.meaning in {"arxiv", "doi"}]
    several = reading.once(_lists_papers, _FEWEST_LISTED) or any(True for _ in title_fields(reading))
    if len({f.identifier for f in found}) == 1 and not several and not key_of_note(reading):
        address = found[0].value
        name = _headed(reading) or address.of(reading.text)
        yield reading.mention(
            address, "Paper", "title-front-matter", "address", name=name, identifiers=(found[0].identifier,)
        )


def _headed(reading: Reading) -> str:
    """Return the title that the first heading of a note has the form of; empty for none."""
    if not reading.headings:
        return ""
    place = reading.document.blocks[first_heading(reading)].span
    span = title_span(reading, place.start, place.end)
    title = clean_title(span.of(reading.text)) if span else ""
    return title if is_strong_title(title) else ""


def _is_catalogued(reading: Reading) -> bool:
    """Tell whether front matter describes a paper: by its authors or venue, and its number."""
    meanings = {f.meaning for f in reading.fields_of(-1)}
    return bool(said_of_it(reading)) and not meanings.isdisjoint({"authors", "venue", "year"})
