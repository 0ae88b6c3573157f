"""Phrases that name a technique where their place makes them one: `it uses a load balancing loss`, **动作离散化**."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from papergraph.extract.context import Context
from papergraph.extract.phrases import Phrase, head_words, phrases_in
from papergraph.extract.phrases_zh import chinese_phrases_in
from papergraph.extract.reading import Reading
from papergraph.extract.recognise.page_title import is_spelled_out
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import read_lists, word_set
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold, is_chinese
from papergraph.text.traditional import in_simplified

_MARKS = frozenset({"bold", "emphasis", "code", "link", "wikilink"})
#: Behind the name at the head of an item.
_HEAD_END = re.compile(r"[*_`]*\s*(?:$|[:：(（,，.。;；=]|[-–—]+\s|\n)")
#: How often a note must say a phrase to mean a technique by it that other notes may not.
_OFTEN = 3
#: Spellings and numbers of one word.
_SPELLINGS = (
    (re.compile(r"(?<=[a-rt-z])s$"), ""),
    (re.compile("规范化"), "归一化"),
    (re.compile(r"\bconv\b"), "convolution"),
    (re.compile(r"\bnorm\b"), "normalization"),
    (re.compile(r"\bpool\b"), "pooling"),
)
#: Around a phrase that says what a name stands for, or what kind of a thing it is.
_DESCRIBED = re.compile(r",?\s*(?:which\s+(?:we|they)\s+)?(?:dubbed|called|named|termed|denoted)\b")
_DESCRIBES = re.compile(r"(?:\b(?:is|are|was|were)|[A-Za-z0-9],)\s+an?\s+(?:[a-z-]+\s+)?$")
_LETTERS = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*$")
#: Between the two languages of a name, of so many characters.
_GLOSS = 12
_BESIDE = re.compile(r"(?:机制|策略|方法|技术|機制)?[*_]*\s?[(（]?[*_]*\s?")
_LOOK = 40
_PAIR = 2
_LOSS = re.compile("损失(?:函数)?$")
#: Behind a Chinese name its English one, of two words or more, or in capitals.
_ENGLISH = re.compile(
    r"[*_]{0,2}\s?[(（][*_]{0,2}(?:[A-Za-z][A-Za-z-]{1,24}(?:[ -][A-Za-z-]{2,24}){1,4}|[A-Z]{2,6})[*_]{0,2}[)）,，]"
)
#: Right before what a title says that its work uses.
_BY = re.compile(r"\b(?:via|using|with|through|by|based on)\s+$", re.IGNORECASE)
#: Behind what a title says that its work uses, where no more of its name follows.
_MEANT = re.compile(r"\s*(?:[\])*_(（.,，]|$)|\s+(?:for|in|of|on|under|at|to|from)\b", re.IGNORECASE)
#: Right before what somebody uses or trains: `train a lookahead predictor`.
_APPLIED = re.compile(
    r"\b(?:use[sd]?|using|train(?:s|ed|ing)?|learn(?:s|ed|ing)?|employ(?:s|ed|ing)?|adopt(?:s|ed|ing)?|with|via|through"
    r"|appl(?:y|ies|ied|ying)|propos(?:es?|ed|ing)|introduc(?:es?|ed|ing))\s+(?:an?|another)\s+$",
    re.IGNORECASE,
)
#: Between the name of one technique and that of the next: `reward shaping, action selection`.
_JOINED = re.compile(r"s?[*_`]*\s?(?:,\s?(?:and\s|or\s)?|\sand\s|\sor\s|\+\s?|/)(?:an?\s)?[*_`]*")
#: Right before a Chinese phrase: a word that makes it what is used, or what is being named.
_LEAD = 14


@dataclass(frozen=True, slots=True)
class _Found:
    phrase: Phrase
    key: str
    words: tuple[str, ...]
    is_set_off: bool
    is_glossed: bool
    is_means: bool
    is_applied: bool


def recognise_technique(context: Context) -> Iterator[Mention]:
    """Yield phrases that are techniques by their head, and others that the note sets off or says often."""
    reading = context.reading
    found = _joined_by_ending(list(_glossed(reading, sorted(_find(context), key=lambda f: f.phrase.span))))
    often = Counter(f.key for f in found)
    set_off = {f.key for f in found if f.is_set_off}
    used = {f.key for f in found if _is_used(reading, f.phrase.span)}
    names: dict[str, str] = {}
    for one in found:
        case = _case(one, often[one.key], one.key in set_off, one.key in used)
        if case is not None:
            name = names.setdefault(one.key, one.phrase.span.of(reading.text))
            yield reading.mention(one.phrase.span, "Method", "technique", case, name=name)


def _case(one: _Found, often: int, is_set_off: bool, is_used: bool) -> str | None:
    if is_set_off and (one.phrase.head != "part" or often > 1):
        return "marked"
    if one.is_glossed or one.is_means or (one.phrase.head == "placed" and one.is_applied):
        return ""
    if one.phrase.head == "head" and (is_used or often > 1):
        return ""
    return "repeated" if one.phrase.head == "placed" and often >= _OFTEN else None


def _find(context: Context) -> Iterator[_Found]:
    reading = context.reading
    known = {m.span for m in context.mentions if m.type not in {"Paper", "Topic"}}
    known |= {Span(s.start, s.end + 1) for s in known if reading.text[s.end : s.end + 1] == "s"}
    named = _Named(context)
    heads = head_words().places(reading.text)
    for index, block in reading.readable:
        finders = (
            (phrases_in, chinese_phrases_in)
            if heads.any_in(block.span.start, block.span.end)
            else (chinese_phrases_in,)
        )
        for phrases in finders:
            for found in phrases(reading.text, block.span):
                phrase = named.without_maker(found)
                span = phrase.span
                if span in known or not reading.is_visible(index, span.start, span.end):
                    continue
                title = named.title_around(span)
                if named.is_name_alone(phrase) or _is_description(reading, span):
                    continue
                if title and not _BY.search(reading.text, max(title.start, span.start - _LOOK), span.start):
                    continue  # it describes the work, rather than names what that uses
                if reading.text.startswith("]]", span.end) and is_spelled_out(reading, span):
                    continue  # the name of a page, which begins with that of a thing
                surface = span.of(reading.text)
                glossed = _is_glossed(reading, block, span)
                is_means = title is not None and bool(_MEANT.match(reading.text, span.end, title.end))
                is_set_off, is_applied = _is_set_off(reading, block, span), named.is_applied(block, span)
                yield _Found(phrase, _key(surface), _words(surface), is_set_off, glossed, is_means, is_applied)


def _glossed(reading: Reading, found: list[_Found]) -> Iterator[_Found]:
    """Yield the phrases, with one key for a Chinese one and its English one beside it: 聚合扰动 (noisy pooling)."""
    same: dict[str, str] = {}
    for left, right in pairwise(found):
        start, end = left.phrase.span.end, right.phrase.span.start
        if start <= end <= start + _GLOSS and _BESIDE.fullmatch(reading.text, start, end):
            surfaces = [one.phrase.span.of(reading.text) for one in (left, right)]
            if is_chinese(surfaces[0]) != is_chinese(surfaces[1]):
                same.setdefault(right.key, same.get(left.key, left.key))
    for one in found:
        yield replace(one, key=same[one.key], words=()) if one.key in same else one


def _joined_by_ending(found: list[_Found]) -> list[_Found]:
    """Return the phrases with one key for those of which one ends with another: `coarse token compression`."""
    words = {f.key: f.words for f in found if f.words}
    short: dict[str, str] = {}
    by_words = {words[key]: key for key in sorted(words)}
    for key in sorted(words):
        endings = (words[key][n:] for n in range(1, len(words[key]) - 1))
        short[key] = next((by_words[e] for e in endings if e in by_words), key)
    return [f if short.get(f.key, f.key) == f.key else replace(f, key=short[f.key]) for f in found]


def _key(surface: str) -> str:
    """Return the same for the spellings and numbers of one phrase."""
    key = surface.casefold()
    for pattern, to in _SPELLINGS:
        key = pattern.sub(to, key)
    return fold(key)


def _words(surface: str) -> tuple[str, ...]:
    """Return the words of a phrase, of a Chinese one its characters."""
    return tuple(_key(w) for w in (surface if is_chinese(surface) else surface.split()))


class _Named:
    """What the rules before found, and where."""

    def __init__(self, context: Context) -> None:
        self._text = context.text
        self._ends = {m.span.start: m.span.end for m in context.mentions if m.type in THINGS}
        self._maker_ends = sorted(m.span.end for m in context.mentions if m.type == "Institution")
        self._makers = {m.span.start for m in context.mentions if m.type == "Institution"}
        self._known = {m.span.end: m.span.start for m in context.mentions if m.type in THINGS and m.vocabulary}
        self._titles = sorted((m.span.start, m.span.end) for m in context.papers)

    def is_name_alone(self, phrase: Phrase) -> bool:
        """Tell whether all that stands before a head is the name of a thing, as in `Adam optimizer`."""
        span = phrase.span
        first, _, rest = span.of(self._text).partition(" ")
        end = span.end if span.end in self._known else span.end - rest.endswith("s")
        if self._known.get(end) == span.end - len(rest) and first.casefold() in word_set("techniques", "applied"):
            return True
        surface = span.of(self._text)
        if surface[0].islower() and is_chinese(surface) and span.start < self._known.get(span.end, 0):
            return True  # `token-wise 交叉熵` is that cross-entropy
        last = surface.split()[-1]
        if last.casefold() in {"loss", "losses"}:
            return False
        if loss := _LOSS.search(last):
            stops = (span.end - len(loss[0]), span.end - len(loss[0]) - 1)
            return any(self._known.get(stop) == span.start for stop in stops)
        before = span.of(self._text)[: -len(last)].rstrip(" ")
        end = self._ends.get(span.start, 0)
        if span.start in self._makers:
            return True
        return bool(before) and (
            is_name_shaped(before) or bool(_LETTERS.match(before)) or end == span.start + len(before)
        )

    def without_maker(self, phrase: Phrase) -> Phrase:
        """Return a phrase without the end of an institution's name at its start: `Zebra Lab Stripe Pooling`."""
        number = bisect_right(self._maker_ends, phrase.span.start)
        if number == len(self._maker_ends) or self._maker_ends[number] >= phrase.span.end:
            return phrase
        rest = self._text[self._maker_ends[number] : phrase.span.end].lstrip()
        return replace(phrase, span=Span(phrase.span.end - len(rest), phrase.span.end)) if " " in rest else phrase

    def is_applied(self, block: Block, span: Span) -> bool:
        """Tell whether somebody uses what a phrase names, or names a known technique in the same breath."""
        if _says_when(span.of(self._text)):
            return False
        if _APPLIED.search(self._text, max(block.span.start, span.start - _LOOK), span.start):
            return True
        ends = (end for end in range(span.start - 1, max(block.span.start, span.start - _GLOSS), -1))
        return any(end in self._known and _JOINED.fullmatch(self._text, end, span.start) for end in ends)

    def title_around(self, span: Span) -> Span | None:
        """Return the title in which a phrase stands."""
        number = bisect_right(self._titles, (span.start, span.end)) - 1
        if number < 0 or not self._titles[number][0] <= span.start < self._titles[number][1]:
            return None
        return Span(*self._titles[number])


def _says_when(phrase: str) -> bool:
    """Tell whether a phrase only says in which setting one does something, or what field that is: `online learning`."""
    words = phrase.casefold().split()
    is_setting = words[0] in word_set("techniques", "applied") and (len(words) == _PAIR or words[0].startswith("fixed"))
    return is_setting or words[-1] in word_set("techniques", "fields")


def _is_glossed(reading: Reading, block: Block, span: Span) -> bool:
    """Tell whether the English name stands in brackets behind a Chinese one that is no kind of model."""
    surface = span.of(reading.text)
    if not is_chinese(surface) or surface.endswith("模型"):
        return False
    return bool(_ENGLISH.match(reading.text, span.end, block.span.end))


def _is_used(reading: Reading, span: Span) -> bool:
    """Tell whether a phrase is English, or a loss by its English name, or follows a word that makes it what is used."""
    surface = span.of(reading.text)
    if not is_chinese(surface) or (surface[:2].isascii() and "损失" in surface):
        return True
    before = reading.text[max(0, span.start - _LEAD) : span.start]
    before = in_simplified(re.split(r"[，。；：\n]", before)[-1])
    return any(word in before for word in read_lists("techniques")["used_zh"]) or reading.text[
        span.end : span.end + 1
    ] in {"（", "("}


def _is_description(reading: Reading, span: Span) -> bool:
    """Tell whether a phrase says what a name is: `X is a masked loss`, `a sparse attention, dubbed X`."""
    if is_chinese(span.of(reading.text)):
        return False
    before = reading.text[max(0, span.start - 32) : span.start]
    return bool(_DESCRIBED.match(reading.text, span.end) or _DESCRIBES.search(before))


def _is_set_off(reading: Reading, block: Block, span: Span) -> bool:
    """Tell whether markup holds a phrase alone, or an item or heading is it or begins with it."""
    if any(i.inner == span and i.kind in _MARKS for i in block.inlines if i.span.start <= span.start):
        return True
    start = block.span.start
    if block.inlines and block.inlines[0].span.start == start and block.inlines[0].inner:
        start = block.inlines[0].inner.start
    if span.start != start or block.kind not in {"item", "heading"} or (block.kind == "heading" and block.depth == 1):
        return False
    return bool(_HEAD_END.match(reading.text, span.end, block.span.end))
