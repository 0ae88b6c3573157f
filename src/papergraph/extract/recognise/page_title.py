"""Links to notes that are called by the title of a paper, or by a name: `[[DETR End-to-End Object Detection]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.reading import Reading, is_page_link
from papergraph.extract.shapes import NAME_WORD, is_head_name, is_name_shaped, is_venue
from papergraph.extract.title_shapes import is_short_name, is_title
from papergraph.extract.word_lists import is_generic, word_pattern, word_set
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import is_chinese

#: Share of the words of a page's name that are capitalised if it is that of a paper.
_TITLED = 0.6
#: Characters before the page that an item is about.
_LEADING = 12
#: Function words of a title have so many letters at most; it has so many other words at least.
_SHORT_WORD, _FEWEST_LONGER = 3, 3
#: So many titles that a note links to make it a habit; such a title has so many words at least.
_HABIT, _LONG_TITLE = 3, 4
#: Fields whose links are to notes on topics, people and the like.
_OF_NO_WORKS = frozenset({"tags", "authors", "institution", "venue", "year", "code"})
#: Words of a method's name, and of what such a name stands for.
_MOST_WORDS = 4
#: What stands for a colon in the name of a file, which can hold none.
_SIGN = re.compile(r"\s+[-–—_]\s+|\s{2,}")
#: The author and the year of a work before its title: `Quill2015`.
_CITED = re.compile(r"[A-Z][a-z]+(?: et al\.?)?[ ,_]*(?:19|20)\d\d[a-z]?")
#: What is shown where it stands, with a caption: `![[zebra.png|A Zebra in the Grass]]`.
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|mp4)\b", re.IGNORECASE)
_FUNCTION = re.compile(r"\b(?:an?|the|for|with|of|via|in|on|to|from|by|and|through|as|is|are)\b")


def recognise_pages(reading: Reading, number: int, block: Block) -> Iterator[Mention]:
    """Yield the papers whose notes a sentence links to: `see [[Attention Is All You Need]]`."""
    fields = [f.value for f in reading.fields_of(number) if f.meaning in _OF_NO_WORKS]
    for page in block.inlines:
        if page.inner and is_page_link(page) and _names_report(page.inner.of(reading.text)):
            if block.kind != "item" or page.span.start > block.span.start:
                yield reading.mention(page.inner, "Paper", "title-page")
            continue
        if page.kind != "wikilink" or page.inner is None or any(value.covers(page.span) for value in fields):
            continue
        if block.kind == "item" and page.span.start - block.span.start <= _LEADING:
            continue  # the item is about it
        title = page.inner.of(reading.text)
        if (
            _PICTURE.search(page.span.of(reading.text))
            or not is_title(title)
            or is_chinese(title)
            or _names_known(reading, title)
            or is_spelled_out(reading, page.inner)
        ):
            continue
        if _is_in_title_case(title) or (title[0].isupper() and reading.once(_cites_by_title, _HABIT)):
            yield reading.mention(page.inner, "Paper", "title-page")


def _names_report(title: str) -> bool:
    """Tell whether a link's text is what the makers of a work call their paper on it: `Zorb-2 Technical Report`."""
    report = _report().fullmatch(title)
    first = report["name"].split()[0] if report else ""
    return first[:1].isupper() and not is_generic(first)


@cache
def _report() -> re.Pattern[str]:
    words = word_pattern("titles", "reports")
    return re.compile(rf"(?P<name>[A-Z][\w.+-]*(?:\s[\w.+-]+){{0,3}}?)\s*(?:{words})", re.IGNORECASE)


def _cites_by_title(reading: Reading, least: int) -> bool:
    """Tell whether a note links to so many notes by titles in title case that its other long links are titles too."""
    pages = (i.inner for _, b in reading.readable for i in b.inlines if i.kind == "wikilink" and i.inner)
    titles = {place.of(reading.text) for place in pages}
    return sum(is_title(t) and len(t.split()) >= _LONG_TITLE and _is_in_title_case(t) for t in titles) >= least


def _names_known(reading: Reading, title: str) -> bool:
    """Tell whether the few words of a page's name are those of something known: `[[Mixture of Experts]]`."""
    return len(title.split()) <= _MOST_WORDS and any(e.type != "Topic" for e in reading.vocabulary.find(title))


def _is_in_title_case(title: str) -> bool:
    """Tell whether most words of a title are capitalised, or all its longer ones: `Distilling the Ways of a Model`."""
    words = title.split()
    longer = [w for w in words if len(w) > _SHORT_WORD]
    capitals = sum(w[0].isupper() for w in words)
    return capitals >= _TITLED * len(words) or (len(longer) >= _FEWEST_LONGER and all(w[0].isupper() for w in longer))


def own_name(reading: Reading, title: Span) -> Span | None:
    """Return the name with which the title of a page begins, if that is what its work is called."""
    text = title.of(reading.text)
    if ":" in text:
        return None
    sign = _SIGN.search(text)
    if sign and sign.start():
        name = Span(title.start, title.start + sign.start())
        return name if _may_be_called(reading, name.of(reading.text)) else None
    first = NAME_WORD.match(text)
    rest = text[first.end() :].split() if first else []
    if first is None or len(rest) < 2 or not rest[0][0].isupper() or is_venue(reading.vocabulary, first[0]):
        return None
    if rest[0].casefold() in word_set("titles", "technique_heads") or (rest[0].endswith("s") and rest[0][-2:] != "ss"):
        return None  # `CNN Features`, `BERT Rediscovers`
    entries = [e for e in reading.vocabulary.find(first[0]) if e.type in THINGS]
    if not any(e.work for e in entries) and (entries or not is_head_name(first[0])):
        return None
    return Span(title.start, title.start + first.end())


def is_spelled_out(reading: Reading, title: Span) -> bool:
    """Tell whether a page is called by a name and the words that it stands for, and by no title: `GQA Grouped ...`."""
    name = own_name(reading, title)
    rest = reading.text[name.end : title.end] if name else ""
    return 0 < len(rest.split()) <= _MOST_WORDS and not _FUNCTION.search(rest)


def _may_be_called(reading: Reading, head: str) -> bool:
    """Tell whether what stands before the sign in a page's name may be what a work is called."""
    if not is_short_name(head) or _CITED.fullmatch(head) or is_generic(head) or is_venue(reading.vocabulary, head):
        return False
    words = head.split()
    known = any(e.type in THINGS for e in reading.vocabulary.find(head))
    return known or len(words) == 1 or any(is_name_shaped(w) or w.isupper() for w in words)
