"""Lists of authors as people write them: marks of affiliation, `Last, First`, links to pages of people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.extract.reading import page_name, split_at, strip_edges
from papergraph.extract.word_lists import GAP
from papergraph.model import Span
from papergraph.text.folding import is_chinese, tidy

_WIKILINK = re.compile(r"\[\[[^\[\]\r\n]{1,300}+\]\]")
_LINK = re.compile(r"\[(?P<name>[^\[\]\r\n]{1,80}+)\]\([^()\r\n]*+\)")
#: Between two authors, outside of parentheses.
_SEPARATOR = re.compile(rf"{GAP}(?:[,，、;；|&]|\band\b|等人?|et al\.?)\s*+")
_SEMICOLON = re.compile(rf"{GAP}[;；]\s*+")
_AND = re.compile(rf"{GAP}\band\b\s*+")
#: Between authors of `Gu, A., & Dao, T.`: the comma behind an initial.
_BEHIND_INITIALS = re.compile(r"(?<=[A-Z]\.)(?:\s*+(?:&|\band\b)|,(?:\s*+(?:&|\band\b))?)\s*+")
_WITH_INITIALS = re.compile(r"[^\W\d_][^\W\d_'’ -]*+(?:[ '’-][^\W\d_]++){0,2},\s?(?:[A-Z]\.[\s-]?){1,3}")
#: `(DeepMind)` behind a name.
_AFFILIATION = re.compile(r"[(（](?P<place>[^()（）\r\n]{2,80}+)[)）]")
#: Numbers and signs behind a name: `¹`, `^1,2^`, `$^{1}$`, `*`, `†`, `<sup>1</sup>`.
_MARKS = re.compile(
    r"\$\^?\{?[\d,*†‡ \\a-z{}]*\}?\$|\\[*†‡#]+|\^[\d,*†‡ ]+\^?|<sup>[^<>]{0,20}</sup>|<[^<>\s@]{1,60}@[^<>\s]{1,60}>"
    r"|\[[\d,*†‡ ]{1,9}\]|[⁰¹²³⁴-⁹*†‡§¶#]+|\d+(?:,\d+)*",
    re.IGNORECASE,
)
#: What no separator of a list stands in.
_CLOSED = (_WIKILINK, _LINK, _AFFILIATION, _MARKS)
_EDGES = " \t\r\n*_`[]\"'“”.@,，;；:："
_ENDS_IN_INITIAL = re.compile(r"(?:^|[\s.-])[A-Z]$")
_INITIAL = re.compile(r"[^\W\d_]\.?")
#: Parts of family names that are written small.
_PARTICLES = frozenset([
    "al", "bin", "da", "dal", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "las", "le", "los", "mac", "ten", "ter", "van", "von", "zu", "zum", "zur",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Author:
    """One author of a list."""

    span: Span
    """Where the name stands, marks excluded."""
    name: str
    """First name first."""
    affiliation: Span | None = None
    """What stands in parentheses behind the name."""


def split_authors(text: str, value: Span) -> Iterator[Author]:
    """Yield the authors that the value of a field lists; what reads like no person's name is left out.

    >>> text = "Gu, Albert; Dao, Tri"
    >>> [a.name for a in split_authors(text, Span(0, len(text)))]
    ['Albert Gu', 'Tri Dao']
    >>> text = "Jeff Donahue^1,2^, [[xingyao-wang]] and Karen Simonyan (DeepMind)"
    >>> [a.name for a in split_authors(text, Span(0, len(text)))]
    ['Jeff Donahue', 'Xingyao Wang', 'Karen Simonyan']
    >>> for text in ("Gu, Albert and Dao, Tri", "Gu, A., & Dao, T."):
    ...     print([a.name for a in split_authors(text, Span(0, len(text)))])
    ['Albert Gu', 'Tri Dao']
    ['A. Gu', 'T. Dao']
    >>> [a.name for a in split_authors("Gu, Albert B.", Span(0, 13))]
    ['Albert B. Gu']
    """
    for part in _parts(text, value, _separator(value.of(text))):
        if author := _author(text, part):
            yield author


def _separator(written: str) -> re.Pattern[str]:
    """Return what parts the authors of a list: a comma may stand inside of names, `Gu, Albert; Dao, Tri`."""
    for separator in (_SEMICOLON, _AND):
        parts = [part for part in separator.split(written) if part.strip(_EDGES)]
        if (len(parts) > 1 or separator.search(written)) and all(map(_is_turned, parts)):
            return separator
    if _is_turned(written) and not any(map(_is_whole, written.split(","))):
        return _SEMICOLON  # one author: `Gu, Albert`
    first = _WITH_INITIALS.match(written.lstrip(_EDGES))
    return _BEHIND_INITIALS if first and not is_person(written.partition(",")[0]) else _SEPARATOR


def _is_whole(part: str) -> bool:
    """Tell whether a part of a list is a person's whole name; `Jack W.` is the first half of one."""
    return is_person(part) and not _ENDS_IN_INITIAL.search(part.strip(_EDGES))


def _is_turned(part: str) -> bool:
    """Tell whether a part of a list is one author with the last name first."""
    last, _, first = part.partition(",")
    halves = last.strip(_EDGES), first.strip(_EDGES)
    return "," in part and not set(",[](){}").intersection(first) and all(halves) and not all(map(is_person, halves))


def _parts(text: str, value: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    """Yield what stands between separators; those within marks, links and parentheses count for none."""
    closed = sorted(m.span() for pattern in _CLOSED for m in pattern.finditer(text, value.start, value.end))
    found = separator.finditer(text, value.start, value.end)
    yield from split_at(text, value, (m for m in found if not _is_inside(m, closed)), "")


def _is_inside(separator: re.Match[str], closed: list[tuple[int, int]]) -> bool:
    """Tell whether a separator stands inside one of the ranges, which are sorted."""
    before = bisect_left(closed, (separator.end(), 0))
    return before > 0 and closed[before - 1][1] >= separator.end()


def _author(text: str, part: Span) -> Author | None:
    if page := page_name(text, part):
        return _named(page, _of_slug(page.of(text).lstrip("@")))
    if link := _LINK.search(text, part.start, part.end):
        return _named(Span(*link.span("name")), link["name"])
    place = _AFFILIATION.search(text, part.start, part.end)
    end = place.start() if place else part.end
    mark = _MARKS.search(text, part.start + 1, end) if end > part.start + 1 else None
    span = strip_edges(text, part.start, mark.start() if mark else end, _EDGES)
    if span is None:
        return None
    found = _named(span, span.of(text))
    return Author(found.span, found.name, Span(*place.span("place")) if place else None) if found else None


def _of_slug(page: str) -> str:
    """Return the name that a page's name in lower case with hyphens stands for."""
    if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+){1,3}", page) and page.islower():
        return " ".join(word.capitalize() for word in page.split("-"))
    return page


def _named(span: Span, written: str) -> Author | None:
    name = tidy(written.replace("**", ""))
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        name = f"{first.strip()}{'.' if _ENDS_IN_INITIAL.search(first) else ''} {last.strip()}"
    return Author(span, name) if is_person(name) else None


def is_person(name: str) -> bool:
    """Tell whether a name reads like a person's: two to five words with capitals, or two to four Chinese characters.

    >>> [is_person(n) for n in ("Łukasz Kaiser", "Noam Shazeer", "Edward J. Hu", "Laurens van der Maaten", "张三")]
    [True, True, True, True, True]
    >>> [is_person(n) for n in ("DeepMind", "the authors", "BERT: Pre-training", "2017")]
    [False, False, False, False]
    """
    if is_chinese(name):
        return 2 <= len(name.replace("·", "")) <= 4 and all(is_chinese(c) or c == "·" for c in name)
    words = name.split()
    if not 2 <= len(words) <= 5 or any(c.isdigit() or c in ":/\\()[]{}<>|" for c in name):
        return False
    return all(w[0].isupper() or w.casefold() in _PARTICLES for w in words) and any(
        len(w.strip(".")) > 1 and not _INITIAL.fullmatch(w) for w in words
    )
