"""Bylines: clauses at a title or right below it that name nothing but institutions, such as `UIUC 和 Microsoft。`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from papergraph.extract.authors import is_person
from papergraph.extract.context import Context
from papergraph.extract.word_lists import read_lists, whole_words
from papergraph.model import Block, Span

#: So many letters of a clause may be neither names nor dates nor words of data/patterns/credits.yaml.
_FREE_LETTERS = 1
_DATE = re.compile(r"\d{2,4}(?:\s*[-/.年]\s*\d{1,2})?(?:\s*[-/.月]\s*\d{1,2})?\s*日?|\b[A-Z]{3}\w*['’]?\s*\d{2,4}\b")
_JOINT = re.compile(r"\s*(?:[、,，/&+]|和|与|及|以及|and|,\s*and|、?等)\s*")
#: A longer line credits nobody; nor does a name behind so many characters of its sentence.
_LONGEST_LINE, _LONGEST_LEAD, _LONGEST_JOINT = 2_000, 400, 60
#: How many sentences of a block may open with the maker of the work.
_SENTENCES = 3
_LETTER = re.compile(r"\w")
_SUBJECT_CLASS = re.compile(r"\b[a-z][a-z-]*\.$")
_LONGEST_ARCHIVE = 20
_LATIN = re.compile(r"[a-z]+")
#: A word that is part of no date and of no acronym with a year.
_PLAIN_WORD = re.compile(r"\b[a-z]{2,}\b")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
_LINE = re.compile(r"[^\r\n]+")
_CLAUSE = re.compile(r"[，,。；;：:()（）\[\]【】|]|[.](?=\s|$)|\s[-–—]+\s")
_STOP = re.compile(r"[。；;()（）]|[.](?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Clause:
    institutions: tuple[int, ...]
    bare: bool
    """It holds nothing but names of institutions and venues, dates, and words such as `arXiv`."""
    opens: bool
    """It stands first in its sentence."""
    person: bool
    """It is nothing but the name of a person."""


def find_bylines(context: Context, place: Span, own: int) -> Iterator[int]:
    """Yield the institutions that clauses of `place`, about the work `own`, name and say nothing else of.

    Such a clause counts where a line begins with it or ends with it, dates and venues aside, or where it is a
    sentence or bracket of its own: in `faster than Google, Meta, and CMU` nobody is credited.
    """
    if next(context.within(place, "Institution"), -1) < 0:
        return
    for line in _LINE.finditer(context.text, place.start, place.end):
        if line.end() - line.start() > _LONGEST_LINE:
            continue
        clauses = tuple(_clauses(context, Span(*line.span()), own))
        leading = next((n for n, c in enumerate(clauses) if not c.bare), len(clauses))
        trailing = next((n for n, c in enumerate(reversed(clauses)) if not c.bare), len(clauses))
        for number, clause in enumerate(clauses):
            at_edge = number < leading or number >= len(clauses) - trailing
            alone = clause.opens and (number + 1 == len(clauses) or clauses[number + 1].opens)
            behind_person = number > 0 and clauses[number - 1].person
            if clause.bare and (at_edge or alone or behind_person):
                yield from (i for i in clause.institutions if not _is_subject_class(context, i))


def _is_subject_class(context: Context, institution: int) -> bool:
    """Tell whether letters that also abbreviate an institution are the end of an arXiv class: `[cs.LG]`."""
    start = context.mentions[institution].span.start
    return _SUBJECT_CLASS.search(context.text, max(0, start - _LONGEST_ARCHIVE), start) is not None


def find_openers(context: Context, block: Block) -> Iterator[int]:
    """Yield the institutions with which sentences behind a title open: `微软和清华大学提出 ...`, `OPPO 自研的 ...`."""
    if next(context.within(block.span, "Institution"), -1) < 0:
        return
    title = max((context.mentions[i].span.end for i in context.within(block.span, "Paper")), default=block.span.start)
    for sentence in block.sentences[:_SENTENCES]:
        start = max(sentence.start, title)
        for index in context.within(sentence, "Institution"):
            mention = context.mentions[index]
            is_near = 0 <= mention.span.start - start <= _LONGEST_LEAD
            before = context.text[start : mention.span.start] if is_near else "x"
            if not _LETTER.search(_byline_words().sub(" ", _LINK_TARGET.sub(" ", before))):
                yield from joined(context, index)
            break


def joined(context: Context, first: int) -> Iterator[int]:
    """Yield an institution and those that a list joins to it: `CMU 和普林斯顿大学`."""
    yield first
    end = context.mentions[first].span.end
    block = context.document.blocks[max(0, context.block_of(first))]
    near = min(end + _LONGEST_LINE, block.span.end)
    for index in context.within(Span(end, max(end + 1, near)), "Institution"):
        start = context.mentions[index].span.start
        if start - end > _LONGEST_JOINT or not _JOINT.fullmatch(context.text, end, start):
            return
        yield index
        end = context.mentions[index].span.end


def _clauses(context: Context, line: Span, own: int) -> Iterator[_Clause]:
    """Cut a line at punctuation outside of names; links and titles of papers are left out."""
    text, kept = _without_names(context, line, own)
    start, opens = 0, True
    for end in [*_CLAUSE.finditer(text), None]:
        stop = end.start() if end else len(text)
        places = range(line.start + start, line.start + stop)
        named = tuple(i for i in kept if context.mentions[i].span.start in places)
        if text[start:stop].strip() or named:
            person = not named and is_person(text[start:stop].strip())
            yield _Clause(named, _is_bare(text[start:stop]), opens, person)
            opens = False
        if end:
            start, opens = end.end(), opens or bool(_STOP.match(text, end.start()))


def _without_names(context: Context, line: Span, own: int) -> tuple[str, tuple[int, ...]]:
    """Return the line with institutions, venues, links and the work's own names as spaces, and its institutions."""
    text = context.text[line.start : line.end]
    kept = []
    for index in context.within(line):
        mention = context.mentions[index]
        if mention.type not in {"Institution", "Paper", "Topic"} and not context.is_same(index, own):
            continue
        text = _blank(text, mention.span.start - line.start, mention.span.end - line.start)
        if mention.type == "Institution" and not context.in_title(index):
            kept.append(index)
    block = context.document.blocks[max(0, context.reading.block_at(line.start))]
    first = bisect_left(block.inlines, line.start, key=lambda i: i.span.start)
    last = bisect_left(block.inlines, line.end, key=lambda i: i.span.start)
    for inline in block.inlines[first:last]:
        if inline.kind in {"link", "url"} and line.covers(inline.span):
            text = _blank(text, inline.span.start - line.start, inline.span.end - line.start)
        elif inline.kind == "html" and line.covers(inline.span):
            # Where HTML breaks a line, a sentence ends.
            text = (
                text[: inline.span.start - line.start]
                + "。".ljust(inline.span.end - inline.span.start)
                + text[inline.span.end - line.start :]
            )
    venues = _venues(context.vocabulary.venue_names)
    return venues.sub(lambda m: " " * len(m[0]), text), tuple(kept)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _is_bare(clause: str) -> bool:
    if any(word not in _byline_parts() for word in _PLAIN_WORD.findall(clause)):
        return False  # it stays, whatever else goes: spares the costly expressions on prose
    rest = _byline_words().sub(" ", _DATE.sub(" ", clause))
    return len(_LETTER.findall(rest)) <= _FREE_LETTERS


@cache
def _venues(names: frozenset[str]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    # By their first letter: where no name can start, which is nearly everywhere, one look tells.
    by_letter = {n[0]: sorted((m[1:] for m in names if m[0] == n[0]), key=lambda n: (-len(n), n)) for n in names}
    letters = (
        rf"{re.escape(first)}(?:{'|'.join(map(re.escape, rests))})" for first, rests in sorted(by_letter.items())
    )
    starts = "".join(map(re.escape, sorted(by_letter)))
    return re.compile(rf"(?=[{starts}])(?<![\w/.])(?:{'|'.join(letters)})(?![a-z])")


@cache
def _byline_parts() -> frozenset[str]:
    """Return every run of letters in the words of bylines."""
    return frozenset(part for word in read_lists("credits")["byline"] for part in _LATIN.findall(word.casefold()))


@cache
def _byline_words() -> re.Pattern[str]:
    return re.compile(whole_words(read_lists("credits")["byline"]), re.IGNORECASE)
