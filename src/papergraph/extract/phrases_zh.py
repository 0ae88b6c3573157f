"""Chinese phrases of the trade: 辅助损失, 可训练式位置编码, KV 缓存压缩.

Chinese does not part its words. A phrase is read from its head to the left, modifier by modifier, and counts only where
something shows that it begins there: punctuation, markup, or a word that stands outside of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from papergraph.extract.phrases import Head, Phrase, is_modifier
from papergraph.extract.word_lists import word_set
from papergraph.model import Span
from papergraph.text.folding import is_chinese
from papergraph.text.traditional import in_simplified

#: Modifiers that a phrase has at most, and characters of the longest of them.
_MOST, _LONGEST = 4, 6
#: Characters of the longest word that stands outside.
_LONGEST_EDGE = 3
#: Modifiers in Latin script and numbers: 4-bit, 8 位, INT4, L2, KV, top-1.
_LATIN = re.compile(
    r"(?<![A-Za-z0-9-])(?:\d{1,2}(?:-?bits?| ?位| ?比特)|(?:INT|FP|BF)\d{1,2}|[Ll][012]|Q?KV|top-[k\d]|"
    r"\d{1,3}[xX×]\d{1,3}|[1-4]D) ?$",
    re.IGNORECASE,
)
_LONGEST_LATIN = 10
#: A word before a loss: `hinge 损失`, `BCE损失`; before any other head one that modifies it: `ranking 采样`.
_LATIN_WORD = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z0-9]{0,12}+(?:-[a-z]{2,12})?(?= ?$)")
_LOSS, _LONGEST_WORD = "损失", 28
#: So much, or what, is lost.
_LOST = re.compile("损失(?:了| ?[0-9])")


def chinese_phrases_in(text: str, place: Span) -> Iterator[Phrase]:
    """Yield the phrases in a place, in order; none overlaps another.

    >>> text = "作者引入了辅助损失，并采用 top-1 路由。"
    >>> [p.span.of(text) for p in chinese_phrases_in(text, Span(0, len(text)))]
    ['辅助损失', 'top-1 路由']
    """
    if not is_chinese(text[place.start : place.end]):
        return
    plain = in_simplified(place.of(text))
    floor = 0
    for start, end, head in _heads_in(plain):
        if start < floor:
            continue
        begin = _begin(plain, start, floor)
        if start - begin < 2 - (plain[begin] in "软硬自") or not _opens(plain, begin, floor):
            continue
        if _is_within_word(plain, end) or plain[begin:end] in word_set("techniques", "generic_zh"):
            continue
        yield Phrase(Span(place.start + begin, place.start + end), head)
        floor = end


def _heads_in(plain: str) -> list[tuple[int, int, Head]]:
    """Return the heads with their kind: of those in a row the last that does more than call it a technique."""
    words, finder = _finder()
    found: list[tuple[int, int, Head]] = []
    for number, start, end in finder.find_matches_as_indexes(plain):
        word, kind = words[number]
        if found and found[-1][1] == start:
            if found[-1][2] == "head" and word in word_set("techniques", "carriers_zh"):
                continue
            found.pop()
        found.append((start, end, kind))
    return found


def _begin(plain: str, start: int, floor: int) -> int:
    """Return the first place where a name whose head starts at `start` may begin; `start` for none."""
    begins, last = {start}, {start}
    for _ in range(_MOST):
        last = {before for place in last for before in _before(plain, place, floor)} - begins
        begins |= last
    return next((b for b in sorted(begins) if b < start and _opens(plain, b, floor)), start)


def _before(plain: str, end: int, floor: int) -> Iterator[int]:
    """Yield where a modifier begins that ends at a place."""
    if latin := _LATIN.search(plain, max(floor, end - _LONGEST_LATIN), end):
        yield latin.start()
    word = _LATIN_WORD.search(plain, max(floor, end - _LONGEST_WORD), end)
    if word and (plain.startswith(_LOSS, end) or _modifies(word[0])):
        yield word.start()
    yield from (end - n for n in range(1, min(_LONGEST, end - floor) + 1) if plain[end - n : end] in _modifiers())


def _modifies(word: str) -> bool:
    """Tell whether an English word before a Chinese one modifies it: no name, no setting, and no part of a number."""
    return word.islower() and is_modifier(word) and word not in {"bit", "bits"} | word_set("techniques", "applied")


def _opens(plain: str, begin: int, floor: int) -> bool:
    """Tell whether something shows that a name may begin at a place."""
    before = plain[max(floor, begin - _LONGEST_EDGE) : begin]
    if not before or not (is_chinese(before[-1]) or before[-1].isalnum()):
        return not before.endswith("-")
    return any(before[-n:] in word_set("techniques", "edges_zh") for n in range(1, len(before) + 1))


def _is_within_word(plain: str, end: int) -> bool:
    """Tell whether a head goes on to another word, such as 编码 in 编码率."""
    return plain[end : end + 1] in word_set("techniques", "goes_on_zh") or bool(_LOST.match(plain, end - len(_LOSS)))


@cache
def _modifiers() -> frozenset[str]:
    return word_set("techniques", "modifiers_zh") | word_set("techniques", "heads_zh") - word_set(
        "techniques", "verbs_zh"
    )


@cache
def _finder() -> tuple[tuple[tuple[str, Head], ...], ahocorasick_rs.AhoCorasick]:
    """Return each head with its kind, and the automaton that finds the longest of them from the left."""
    kinds: tuple[tuple[str, Head], ...] = (("parts_zh", "part"), ("placed_zh", "placed"), ("heads_zh", "head"))
    words = tuple(sorted({word: kind for key, kind in kinds for word in word_set("techniques", key)}.items()))
    return words, ahocorasick_rs.AhoCorasick(
        [word for word, _ in words], matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST
    )
