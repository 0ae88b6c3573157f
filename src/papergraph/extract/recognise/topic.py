"""Topics: headings and list items that file papers, #tags, and tags in fields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.extract.context import Context
from papergraph.extract.headed_link import headed_link
from papergraph.extract.labels import OF_CONCEPTS, meaning_of
from papergraph.extract.made_by import is_byline
from papergraph.extract.openers import LONGEST_LEAD, is_sure_head
from papergraph.extract.reading import Reading, lists_papers, split_at, strip_edges
from papergraph.extract.recognise.title_span import without_tags
from papergraph.extract.shapes import is_venue
from papergraph.extract.word_lists import GAP, is_container_heading, is_generic, is_template_heading, word_set
from papergraph.model import Block, Inline, Mention, Span
from papergraph.text.folding import is_chinese, tidy

_DATE = re.compile(r"[\d\s./年月日:~\-–—]+|(?:week|day|w)\s*\d+.*", re.IGNORECASE)
_DATED = re.compile(r"\d{4}\s*[./年-]\s*\d")
_PRIORITY = re.compile(r"p\d", re.IGNORECASE)
#: A Logseq block reference, whose text stands in another note.
_REFERENCE = re.compile(r"\(\([0-9a-f-]{36}\)\)")
_SEPARATOR = re.compile(rf"{GAP}[,，、;；|]\s*+|(?<=\S)\s++(?=#)")
_EITHER = re.compile(r"\s[/／]\s")
_LONGEST = 60
#: A note on one paper cites a few others; a list of papers has more.
_FEWEST_LISTED = 6


def recognise_topic(context: Context) -> Iterator[Mention]:
    """Yield a Topic for each heading or item that files others, and for each tag.

    The headings of a note on one paper are no topics.
    """
    reading, papers = context.reading, context.papers
    titles = frozenset(reading.block_at(p.span.start) for p in papers)
    told = any(reading.has_role(p, "note-paper") for p in papers)
    whole = (told or bool(reading.headings and reading.headings[0] in titles)) and len(titles) < _FEWEST_LISTED
    works = Works.of(reading, titles, _filed(context))
    for index, block in reading.readable:
        if block.kind == "heading":
            if (
                not whole
                and index not in titles
                and meaning_of(block.span.of(reading.text)) in {"", *OF_CONCEPTS}
                and _files_works(reading, index, works)
                and headed_link(reading, index) is None
            ):
                yield from _category(reading, index, "heading-topic")
        elif block.kind == "item" and index not in titles and _files_papers(reading, index, titles):
            yield from _category(reading, index, "item-topic")
        for inline in block.inlines:
            if inline.kind == "tag" and inline.inner is not None and not _is_no_tag(reading, block, inline):
                yield _topic(reading, inline.inner, "tag")
    for field in reading.document.fields:
        if field.meaning == "tags":
            yield from _listed(reading, field.value)


def _filed(context: Context) -> tuple[int, ...]:
    """Return the blocks that open with a paper or with a name, sorted: what a category files.

    A paper that a sentence links to is none.
    """
    reading = context.reading
    heads = (m for m in context.mentions if is_sure_head(reading, m))
    papers = (p for p in context.papers if not reading.has_role(p, "passing"))
    places = ((reading.block_at(m.span.start), m.span.start) for m in (*papers, *heads))
    blocks = reading.document.blocks
    return tuple(sorted({b for b, start in places if b >= 0 and start - blocks[b].span.start <= LONGEST_LEAD}))


@dataclass(frozen=True, slots=True)
class Works:
    """Which blocks of a note are works, and which of its headings stand among others that file some."""

    titles: frozenset[int]
    ordered: tuple[int, ...]
    """The same, sorted."""
    filed: tuple[int, ...]
    rows: dict[tuple[int, ...], tuple[int, int]]
    """For each row of headings how many of them are no titles, and how many of these file works."""

    @classmethod
    def of(cls, reading: Reading, titles: frozenset[int], filed: tuple[int, ...]) -> Works:
        """Count what each row of headings files."""
        rows: dict[tuple[int, ...], tuple[int, int]] = {}
        works = cls(titles, tuple(sorted(titles)), filed, rows)
        for heading in reading.headings:
            row = reading.siblings[heading]
            if row[0] == heading:
                plain = [h for h in row if h not in titles]
                rows[row[:1]] = (len(plain), sum(works.below(reading, h) > 0 for h in plain))
        return works

    def below(self, reading: Reading, heading: int) -> int:
        """Return how many of the filed works stand below a heading."""
        return _between(self.filed, heading + 1, reading.section_ends[heading])


def _between(places: tuple[int, ...], first: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, first)


def _files_works(reading: Reading, index: int, works: Works) -> bool:
    """Tell whether a heading is a category: works stand below it, and it is no section of a note about one paper."""
    above = (h for h in reading.document.blocks[index].headings if h in works.titles)
    if index == reading.once(_note_title, 1) or any(not _lists_papers(reading, h, works) for h in above):
        return False
    return works.below(reading, index) > 0 or _is_among_categories(reading, index, works)


def _lists_papers(reading: Reading, index: int, works: Works) -> bool:
    """Tell whether so many papers stand below a heading that it is the title of a list and not of a note on a paper."""
    return _between(works.ordered, index + 1, reading.section_ends[index]) >= _FEWEST_LISTED


def _is_among_categories(reading: Reading, index: int, works: Works) -> bool:
    """Tell whether a heading over links, which files no work, stands in a row of headings most of which file works."""
    blocks = reading.document.blocks
    plain, filing = works.rows[reading.siblings[index][:1]]
    if not 0 < plain - 1 <= 2 * filing:
        return False
    own = range(index + 1, reading.section_ends[index])
    return any(i.kind in {"link", "url", "wikilink"} for later in own for i in blocks[later].inlines)


def _note_title(reading: Reading, level: int) -> int:
    """Return the heading that is the title of the whole note: the first and only one of `level`, with others below."""
    headings = reading.headings
    tops = [i for i in headings if reading.document.blocks[i].depth == level]
    return tops[0] if len(tops) == 1 and headings[0] == tops[0] and len(headings) > 1 else -1


def _files_papers(reading: Reading, index: int, titles: frozenset[int]) -> bool:
    """Tell whether a list item is a category: short, no link and no colon in it, and papers or several items below."""
    block = reading.document.blocks[index]
    if block.span.end - block.span.start > _LONGEST:
        return False
    text = block.span.of(reading.text)
    if "\n" in text or reading.paper_links[index] or re.search(r"[:：。，,；;=]\S", text):
        return False
    if any(i.kind in {"link", "url"} for i in block.inlines) or text.rstrip().endswith((".", "。", "!", "?", "？")):
        return False
    children = reading.children.get(index, ())
    items = [c for c in children if reading.document.blocks[c].kind == "item"]
    filed = sum(c in titles and not is_byline(reading, c) for c in items)
    return filed >= 1 or (
        len(items) >= 2 and text.rstrip().endswith((":", "：")) is False and _are_entries(reading, items)
    )


def _are_entries(reading: Reading, items: list[int]) -> bool:
    """Tell whether at least half of the items begin like entries: a name and a colon."""
    heads = sum(
        bool(
            re.match(
                r"[*_`]*[A-Z][\w+.-]{1,20}[*_`]*(?:\s*[(（][^()（）]*[)）])?\s*[:：]",
                reading.document.blocks[i].span.of(reading.text),
            )
        )
        for i in items
    )
    return heads * 2 >= len(items)


def _category(reading: Reading, index: int, extractor: str) -> Iterator[Mention]:
    block = reading.document.blocks[index]
    place = without_tags(reading.text, block.span)
    text = place.of(reading.text)
    plain = re.sub(r"[*_`#]+", "", text).strip().rstrip(":：")
    if is_generic(plain) and block.kind == "item":
        return
    if is_container_heading(plain) or (is_template_heading(plain) and not _files_all_the_same(reading, index)):
        return
    if _DATE.fullmatch(plain) or _DATED.match(plain) or len(plain) > _LONGEST or sum(c.isalpha() for c in plain) < 2:
        return
    if _REFERENCE.match(plain) or "$" in plain:
        return
    if is_chinese(plain) and re.search(r"[。！？，]", plain):
        return
    inner = next((i.inner for i in block.inlines if i.kind in {"link", "bold", "wikilink"} and i.inner), None)
    span = strip_edges(reading.text, *((inner.start, inner.end) if inner else (place.start, place.end)), " \t*_`:：#")
    number = re.match(r"(?:[\d.]+[.、)）\s]\s*|[^\w\s(（]+\s*)", span.of(reading.text)) if span else None
    if span and number and number.end() < span.end - span.start:
        span = Span(span.start + number.end(), span.end)
    if span is not None:
        yield from _parts(reading, span, extractor)


def _parts(reading: Reading, span: Span, extractor: str) -> Iterator[Mention]:
    """Yield the topics of a heading such as `Memory / Retrieval`; 分块 / chunk is one, in two languages."""
    parts = list(split_at(reading.text, span, _EITHER.finditer(reading.text, span.start, span.end), " \t*_`"))
    chinese = [part for part in parts if is_chinese(part.of(reading.text))]
    same = chinese[0].of(reading.text) if len(parts) == 2 and len(chinese) == 1 else ""
    for part in parts:
        yield _topic(reading, part, extractor, same)


def _files_all_the_same(reading: Reading, index: int) -> bool:
    """Tell whether a heading with a template's name files papers: it lists some, or titled headings stand below it."""
    block = reading.document.blocks[index]
    if block.kind == "heading" and lists_papers(reading, index):
        return True
    if block.kind != "heading" or block.depth > 2:
        return False
    below = (reading.document.blocks[i] for i in range(index + 1, reading.section_ends[index]))
    return any(b.kind == "heading" and not is_template_heading(b.span.of(reading.text)) for b in below)


def is_no_topic(tag: str) -> bool:
    """Tell whether a tag says when a note was written or how far its author has got, and not what it is about."""
    kind, slash, _ = tag.casefold().partition("/")
    if slash and kind in word_set("generic", "tag_kinds"):
        return True
    return (
        not any(map(str.isalpha, tag))
        or bool(_DATE.fullmatch(tag) or _PRIORITY.fullmatch(tag))
        or is_container_heading(tag)
        or tag.casefold() in word_set("generic", "tags")
    )


def _is_no_tag(reading: Reading, block: Block, inline: Inline) -> bool:
    """Tell whether `#` stands for a number, as in the header of a column (`#Param`), or a tag says when or where."""
    assert inline.inner is not None  # noqa: S101  a tag has a name
    tag = inline.inner.of(reading.text)
    return (block.kind == "cell" and block.row == 0) or is_no_topic(tag) or is_venue(reading.vocabulary, tag)


def _listed(reading: Reading, value: Span) -> Iterator[Mention]:
    separators = _SEPARATOR.finditer(reading.text, value.start, value.end)
    for span in split_at(reading.text, value, separators, " \t*_`#[]\"'-"):
        tag = span.of(reading.text)
        if 2 <= len(tag) <= 40 and not is_no_topic(tag) and not is_venue(reading.vocabulary, tag):
            yield _topic(reading, span, "field-topic")


def _topic(reading: Reading, span: Span, extractor: str, name: str = "") -> Mention:
    name = tidy(name or span.of(reading.text)).replace("_", " ")
    entry = next((e for e in reading.vocabulary.find(name) if e.type == "Topic"), None)
    return reading.mention(span, "Topic", extractor, name=name, vocabulary=entry.id if entry else "")
