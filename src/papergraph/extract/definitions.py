"""Definitions of acronyms, both orders and both languages: 键值缓存（KV cache）, CORM (Cache Optimization with ...).

The short form must be made of letters of the long form, in order, each at the start of a word where there is a choice
(Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", 2003). A Chinese
long form cannot be checked by letters; there the brackets themselves are the definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import is_generic, word_set
from papergraph.model import Block, Span
from papergraph.text.folding import is_chinese

_BRACKET = re.compile(r"\s?[(（]\s*([^()（）\n]{2,60}?)\s*[)）]")
_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9+*-]{1,12}")
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9'’\- ]*$")
_CHINESE_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9\-]{2,12}$")
#: Words that end before a Chinese name begins; the looks around them keep 个人, 对比, 应用, 在线 whole.
_CHINESE_CUT = re.compile(
    r".*(?:称为|叫做|名为|提出了?|引入了?|介绍了?|使用了?|采用了?|利用了?|应用了?|运用了?|并(?![行发列])|通过|基于|融入|结合|以及|包括|例如|比如|等效于|相当于|"
    r"(?<=[一这那每两三四五六七八九十多几各整])个|(?:包含|包括|具有|拥有|由)(?!于)|(?<![应作通利使采信费常实专公效])用|对(?![比齐话抗数象称偶角])|在(?![线])|和(?![谐声])|"
    r"(?<![行作认成])为|(?<!但)是|即(?![时插])|(?<!参)与|(?<!以)及|将(?!来)|名(?![称字词])|如(?!果)|"
    r"的|了|或|含有|大量|之(?!间)|一种|该|这种|使(?!用)|而(?!言)|被|把|从|向(?!量))"
)
#: A Chinese name in quotes before a bracket with its English one: “混合头”（mixing head）.
_QUOTED_BEFORE = re.compile(r"[“「\"《]([^“”「」\"《》]{2,20})[”」\"》]\**$")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+-]*(?: [A-Za-z0-9+-]+){0,4}")
_NAME_CHARACTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9\-]")
_SEPARATE = re.compile(r"[,，;；]\s*")
_CALLED = re.compile(r"^简称为?|^即")
#: A short form right before a bracket, of so many characters, with a line break perhaps.
_SHORT_BEFORE, _LONGEST_SHORT = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9+*-]{1,14}$"), 16


@dataclass(frozen=True, slots=True)
class Definition:
    """A short and a long form that the note puts together."""

    short: Span
    long: Span


def definitions_of(reading: Reading) -> tuple[Definition, ...]:
    """Return the definitions in the readable text, in order."""
    return reading.once(_definitions_of, reading.document.path)


def definitions_in(reading: Reading, index: int) -> tuple[Definition, ...]:
    """Return the definitions in the block `index` whose two forms people can read."""
    return reading.once(_definitions_in, index)


def _definitions_of(reading: Reading, _note: str) -> tuple[Definition, ...]:
    return tuple(d for index, _ in reading.readable for d in definitions_in(reading, index))


def _definitions_in(reading: Reading, index: int) -> tuple[Definition, ...]:
    return tuple(_found(reading, index, reading.document.blocks[index]))


def _found(reading: Reading, index: int, block: Block) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(reading.text, block.span.start, block.span.end):
        if reading.is_hidden(index, *bracket.span(1)):
            continue  # most brackets hold the target of a link
        for definition in _define(reading, block.span.start, bracket):
            spans = (definition.short, definition.long)
            if all(reading.is_visible(index, s.start, s.end) for s in spans):
                yield definition


def _define(reading: Reading, floor: int, bracket: re.Match[str]) -> Iterator[Definition]:
    text = reading.text
    inner_start, inner = bracket.start(1), bracket[1]
    before = text[max(floor, bracket.start() - 90) : bracket.start()]
    pieces = [p for p in _SEPARATE.split(_CALLED.sub("", inner)) if p]
    if (quoted := _QUOTED_BEFORE.search(before)) and _LATIN_NAME.fullmatch(inner):
        begin = bracket.start() - len(before) + quoted.start(1)
        yield Definition(Span(inner_start, inner_start + len(inner)), Span(begin, begin + len(quoted[1])))
        return
    for piece in pieces:
        start = inner_start + inner.find(piece)
        piece_span = Span(start, start + len(piece))
        if _SHORT.fullmatch(piece) and (long := _long_before(piece, before, bracket.start())):
            yield Definition(piece_span, long)
        elif short := _SHORT_BEFORE.search(before, max(0, len(before) - _LONGEST_SHORT)):
            words = piece.strip()
            if spells(short[0], words) and len(words.split()) >= 2 and _is_term(words):
                begin = bracket.start() - (len(before) - short.start())
                yield Definition(Span(begin, begin + len(short[0])), piece_span)


def _long_before(short: str, before: str, end: int) -> Span | None:
    """Return the long form that ends right before a bracket with `short` in it."""
    if found := (None if is_generic(short) and short.casefold() != "kv" else _latin_before(short, before, end)):
        return found
    return None if is_generic(short) else _chinese_before(short, before, end)


def _latin_before(short: str, before: str, end: int) -> Span | None:
    latin = _LATIN_BEFORE.search(before)
    if latin and (words := latin[0].rstrip().split(" ")):
        most = min(len(short) + 5, 2 * len(short))
        for count in range(1, min(most, len(words)) + 1):
            candidate = " ".join(words[-count:])
            if len(candidate) > len(short) and spells(short, candidate) and _is_term(candidate):
                begin = (
                    end
                    - (len(before.rstrip()) - before.rstrip().rfind(candidate))
                    - (len(before) - len(before.rstrip()))
                )
                return Span(begin, begin + len(candidate))
    return None


def _chinese_before(short: str, before: str, end: int) -> Span | None:
    """Return the Chinese name right before the bracket, if a cut word or a mark shows where it begins."""
    chinese = _CHINESE_BEFORE.search(before)
    letters = sum(c.isalpha() for c in short)
    capitals = sum(c.isupper() for c in short)
    if not chinese or not is_chinese(chinese[0]) or capitals < 2 or 2 * capitals < letters or "-" in short:
        return None
    cut = _CHINESE_CUT.match(chinese[0])
    begin = chinese.start() + (cut.end() if cut else 0)
    bounded = cut or begin == 0 or not _NAME_CHARACTER.match(before[begin - 1])
    if bounded and len(before) - begin >= 3 and is_chinese(before[begin:]):
        return Span(end - (len(before) - begin), end)
    return None


def _is_term(words: str) -> bool:
    """Tell whether words may spell a name out: no venue, no number in them, and no `on` or `the` before them."""
    if not word_set("generic", "venue_words").isdisjoint(words.casefold().split()):
        return False
    return words.split(maxsplit=1)[0].casefold() not in word_set("generic", "function_words") and not re.search(
        r"(?<![A-Za-z-])\d", words
    )


def spells(short: str, long: str) -> bool:
    """Tell whether the letters of `short` occur in `long` in order, the first one at the start of its first word."""
    letters = [c for c in short.casefold() if c.isalnum()]
    folded = long.casefold()
    position = len(folded)
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        position = folded.rfind(letter, 0, position)
        while position >= 0 and first and position > 0 and folded[position - 1].isalnum():
            position = folded.rfind(letter, 0, position)
        if position < 0:
            return False
    return position == 0 and len(long.split()) <= len(letters) + 3 and long[0].isalpha()
