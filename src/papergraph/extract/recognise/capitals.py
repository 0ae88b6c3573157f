"""Names in capitals that the company they keep tells: `PACS, VLCS and OfficeHome`, `with OHEM`, [CBN](cbn.md)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.labels import meaning_of
from papergraph.extract.reading import Reading, is_page_link
from papergraph.extract.recognise.page_object import is_object
from papergraph.extract.recognise.page_title import is_spelled_out, own_name
from papergraph.extract.shapes import NUMBER_FORMAT, guess_type, is_venue
from papergraph.extract.table_headers import holds_works
from papergraph.extract.word_lists import is_generic, is_task, is_template_heading, word_pattern, word_set
from papergraph.model import Block, Inline, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

_CAPITALS = re.compile(
    r"(?<![A-Za-z0-9@/#.\\$_{-])[A-Z][A-Z0-9]{2,7}(?:-[A-Z0-9]{1,4})?(?:(?![A-Za-z0-9_}-]|\.[A-Za-z])|(?=-based\b))"
)
#: In a Chinese sentence a capitalised word before 优于 and a known work: `Shampoo 优于 AdamW`.
_CAPITALISED = re.compile(
    r"(?<![A-Za-z0-9@/#.\\$_{-])(?<![A-Za-z] )[A-Z][a-z]{2,30}+[A-Za-z0-9]{0,30}+(?:-[A-Za-z0-9]{1,9}){0,2}"
    r"(?![A-Za-z0-9_}.-])"
)
#: Between two members of an enumeration.
_JOINT = r"[*_`\]]*\s*(?:[,，、/+&]|\band\b|\bor\b|和|与|及|或|vs\.?)\s*(?:and\s+)?[*_`\[]*"
_JOINT_BEFORE, _JOINT_AFTER = re.compile(rf"{_JOINT}$"), re.compile(_JOINT)
_LOOK = 24
#: Around a name that the note sets apart: `"CBHG" stacks`; behind one that something is made from: `TCN-based filter`.
_QUOTES = ('""', "“”", "''", "‘’", "「」")
_BASED = "-based"
#: How often a note must say a word in capitals to mean a name by it.
_OFTEN = 3
_ROUNDS = 3
#: Words of the name of a page that is no title.
_MOST_WORDS = 4
_PAGE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")


def recognise_capitals(context: Context) -> Iterator[Mention]:
    """Yield words in capitals that the vocabulary does not know, where what stands beside them makes them names."""
    reading = context.reading
    taken = sorted((m.span.start, m.span.end) for m in context.mentions if m.type not in {"Paper", "Topic"})
    found = [(index, span) for index, span in _capitals(reading) if not _is_taken(taken, span)]
    often = Counter(span.of(reading.text) for _, span in found)
    ends = {m.span.end for m in context.mentions if m.type in THINGS}
    starts = {m.span.start for m in context.mentions if m.type in THINGS}
    named = {name for name, times in often.items() if times >= _OFTEN}
    for _ in range(_ROUNDS):  # one that is told by its neighbour in a list tells the next
        named |= {s.of(reading.text) for i, s in found if _is_told(reading, Place(i, s, ends, starts))}
        told = [span for _, span in found if span.of(reading.text) in named]
        ends, starts = ends | {s.end for s in told}, starts | {s.start for s in told}
    known = {m.vocabulary for m in context.mentions}
    yield from filter(None, (_named(reading, span, known) for span in (*told, *_acting(reading, taken, starts))))
    yield from _pages(context)


def _is_taken(taken: list[tuple[int, int]], span: Span) -> bool:
    """Tell whether one of the mentions before, sorted by place, overlaps a span."""
    number = bisect_left(taken, (span.end, 0))
    return any(end > span.start for _, end in taken[max(0, number - 4) : number])


@dataclass(frozen=True, slots=True)
class Place:
    """A word in capitals, the block that holds it, and where the names found so far end and start."""

    block: int
    span: Span
    ends: set[int]
    starts: set[int]


def _named(reading: Reading, span: Span, told: set[str]) -> Mention | None:
    """Return the mention of a name: of what the note names elsewhere, if that (one of `told`) has the name as well."""
    name = span.of(reading.text)
    entries = [e for e in reading.vocabulary.find(name) if e.type != "Topic"]
    if entries and all(e.type in {"Institution", "Hardware"} for e in entries):
        return None
    known = next((e for e in entries if e.id in told and name in e.forms), None)
    if known:
        return reading.mention(span, known.type, "capitals", vocabulary=known.id)
    before, after = reading.text[max(0, span.start - _LOOK) : span.start], reading.text[span.end : span.end + _LOOK]
    return reading.mention(span, guess_type(name, before, after), "capitals")


def _capitals(reading: Reading) -> Iterator[tuple[int, Span]]:
    for index, block in reading.readable:
        if block.kind == "heading" and reading.document.blocks[index].depth == 1:
            continue
        for pattern in (_CAPITALS, NUMBER_FORMAT):
            for match in pattern.finditer(reading.text, block.span.start, block.span.end):
                is_name = not is_generic(match[0]) and not is_venue(reading.vocabulary, match[0])
                if is_name and reading.is_visible(index, match.start(), match.end()):
                    yield index, Span(*match.span())


def _is_told(reading: Reading, place: Place) -> bool:
    """Tell whether a word for its kind or what only works do follows, a word of using comes before, or names beside."""
    block, span = reading.document.blocks[place.block], place.span
    if NUMBER_FORMAT.fullmatch(span.of(reading.text)) or _kinds().match(reading.text, span.end):
        return True
    if _acts().match(reading.text, span.end, block.span.end) or reading.text.startswith(_BASED, span.end):
        return True
    if reading.text[span.start - 1 : span.start] + reading.text[span.end : span.end + 1] in _QUOTES:
        return True
    if block.kind == "cell" and _heads_row(reading, block, span):
        return True
    before = reading.text[max(block.span.start, span.start - _LOOK) : span.start]
    if _uses().search(before):
        return True
    joint = _JOINT_BEFORE.search(before)
    if joint and span.start - len(joint[0]) in place.ends:
        return True
    joint = _JOINT_AFTER.match(reading.text, span.end)
    return bool(joint) and joint.end() in place.starts  # type: ignore[union-attr]


def _heads_row(reading: Reading, cell: Block, span: Span) -> bool:
    """Tell whether a word is all of the first cell of its row, where the first column holds methods or models."""
    if cell.column > 0 or cell.row == 0 or cell.span.of(reading.text).strip(" *_`") != span.of(reading.text):
        return False
    head = reading.column_heads.get((cell.table, 0), -1)
    return head >= 0 and holds_works(reading.document.blocks[head].span.of(reading.text))


def _acting(reading: Reading, taken: list[tuple[int, int]], starts: set[int]) -> Iterator[Span]:
    """Yield the capitalised words that stand before a Chinese verb between works and the name of a known one."""
    for index, block in reading.readable:
        for match in _CAPITALISED.finditer(reading.text, block.span.start, block.span.end):
            verb = _between().match(reading.text, match.end(), block.span.end)
            if not verb or verb.end() not in starts or _is_taken(taken, Span(*match.span())):
                continue
            plain = is_generic(match[0]) or match[0].casefold() in word_set("discourse", "speaking_parts")
            if not plain and not is_venue(reading.vocabulary, match[0]) and reading.is_visible(index, *match.span()):
                yield Span(*match.span())


@cache
def _between() -> re.Pattern[str]:
    verbs = word_pattern("discourse", "between_works_zh")
    return re.compile(rf"[\s*_`=]{{0,6}}(?:全面|明显|显著|大幅|远|也|都|又)?(?:{verbs})了?[\s*_`=\[]{{0,6}}")


@cache
def _kinds() -> re.Pattern[str]:
    words = sorted(word_set("generic", "method") | word_set("generic", "dataset") | {"loss", "损失", "网络", "network"})
    return re.compile(rf"\s?(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![a-z])", re.IGNORECASE)


@cache
def _acts() -> re.Pattern[str]:
    en, zh = word_pattern("techniques", "acts_en"), word_pattern("techniques", "acts_zh")
    return re.compile(rf"[*_`]*\s?(?:(?:{en})\b|(?:{zh}))", re.IGNORECASE)


@cache
def _uses() -> re.Pattern[str]:
    en, zh = word_pattern("techniques", "used_en"), word_pattern("techniques", "used_zh")
    return re.compile(rf"(?:\b(?:{en})\s+|(?:{zh})了?\s*)[*_`]*$", re.IGNORECASE)


def _pages(context: Context) -> Iterator[Mention]:
    """Yield names that the author has declared by giving them a note of their own: [[LDM]], [Sticher](sticher.md)."""
    reading = context.reading
    for index, block in reading.readable:
        for inline in block.inlines:
            place = inline.inner
            if place is None or not is_page_link(inline):
                continue
            if inline.kind == "wikilink" and _is_longer_name(context, place):
                yield reading.mention(place, "Method", "capitals", "page")
                continue
            if next(context.within(place), -1) >= 0:
                continue
            if inline.kind == "wikilink" and is_spelled_out(reading, place) and (name := own_name(reading, place)):
                yield reading.mention(name, "Method", "capitals", "page")
                continue
            named = (_is_page_name, _is_own_page)
            is_name = any(tells(reading, block, inline, place) for tells in named) or is_object(reading, block, inline)
            if is_name and reading.is_visible(index, place.start, place.end):
                yield reading.mention(place, "Method", "capitals", "page")


def _is_longer_name(context: Context, place: Span) -> bool:
    """Tell whether the name of a page is that of a known work with a word or two before it: `[[Ray-Guided RANSAC]]`."""
    within = [context.mentions[i] for i in context.within(place)]
    if len(within) != 1 or within[0].type not in {"Method", "Model"} or within[0].span.end != place.end:
        return False
    before = context.text[place.start : within[0].span.start].split()
    named = within[0].surface[:1].isupper() and all(re.fullmatch(r"[A-Z][A-Za-z-]+", word) for word in before)
    plain = word_set("techniques", "plain") | word_set("techniques", "applied")
    return 1 <= len(before) <= 2 and named and plain.isdisjoint(w.casefold() for w in before)


def _is_own_page(reading: Reading, block: Block, inline: Inline, place: Span) -> bool:
    """Tell whether a link leads to a note that is named by its few words: `[Stack Dig Blast](stack_dig_blast.md)`."""
    name, page = place.of(reading.text), inline.target.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = name.split()
    if (
        inline.kind != "link"
        or block.kind == "heading"
        or not 2 <= len(words) <= _MOST_WORDS
        or fold(page) != fold(name)
    ):
        return False
    if is_task(name) or is_generic(name) or not any(w[0].isupper() for w in words) or is_template_heading(name):
        return False
    return word_set("techniques", "plain").isdisjoint(w.casefold() for w in words)


def _is_page_name(reading: Reading, block: Block, inline: Inline, place: Span) -> bool:
    name = place.of(reading.text)
    if not _PAGE.fullmatch(name) or len(name) < 3 or is_generic(name) or is_venue(reading.vocabulary, name):
        return False
    if name.casefold() in word_set("techniques", "plain") or block.kind == "heading" or meaning_of(name):
        return False
    if sum(c.isupper() for c in name) >= 2 or "-" in name or "_" in name:
        return True
    stem = inline.target.rsplit("/", 1)[-1].casefold()
    return inline.kind == "link" and name[0].isupper() and len(name) >= 5 and stem.startswith(name.casefold())
