"""Whether an expression can be made to run for ever: by repeats in repeats, or by repeats that share a text.

Python's `re` tries every way in which repeats can share a text among them. One repeat costs the length of the text; two
that compete for the same characters cost its square; a repeat in a repeat may cost more than anybody can wait for.
"""

from __future__ import annotations

import re._constants as codes  # type: ignore[import-not-found]  # what `re` itself reads expressions with
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import chain
from typing import Any, NamedTuple

#: A repeat of at least so many times counts as one without bound; a group may be repeated a few times.
_WIDE, _FEW = 100, 9
_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
_ASSERTIONS = frozenset({codes.AT, codes.ASSERT, codes.ASSERT_NOT})
#: Characters of every kind that expressions tell apart.
_SAMPLE = frozenset(map(chr, range(32, 127))) | frozenset("\n\t，。、；：（）“”中é\ue000")
_KINDS: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    codes.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    codes.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    codes.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}

_Chars = frozenset[str]
#: What it takes to pass: for each thing on the way the alternatives, each a list of characters that must stand there.
_Needs = tuple[tuple[tuple[_Chars, ...], ...], ...]


class RiskyRepeatError(ValueError):
    """An expression whose repeats can take more than linear time; its text says why."""


class _Part(NamedTuple):
    """A part of an expression: the repeats in it, with what it takes to reach them from its ends, and to pass it."""

    leading: tuple[tuple[_Needs, _Chars], ...] = ()
    trailing: tuple[tuple[_Needs, _Chars], ...] = ()
    needs: _Needs = ()


def check_repeats(expression: str) -> None:
    r"""Refuse an expression whose repeats are nested or compete; white space counts as bounded, as sentences have it.

    Raises:
        RiskyRepeatError: for such an expression.

    >>> check_repeats(r"(?:[\w-]+\s+){0,5}x[^.;]*")
    >>> for risky in (r"(a+)+$", r".*.*x", r"(?:a|a)*b"):
    ...     try:
    ...         check_repeats(risky)
    ...     except RiskyRepeatError as error:
    ...         print(error)
    a repeat of what can be read in several ways
    two repeats that compete for the same text
    a repeat of what can be read in several ways
    """
    _sequence(parser.parse(expression), _WIDE)


def _sequence(items: Iterable[Any], least: int) -> _Part:
    """Read a sequence; repeats of at least `least` times may not compete in it."""
    return reduce(_joined, (_item(item, least) for item in items), _Part())


def _joined(left: _Part, right: _Part) -> _Part:
    for before, first in left.trailing:
        for after, second in right.leading:
            if _can_pass((*before, *after), first & second):
                raise RiskyRepeatError("two repeats that compete for the same text")
    leading = (*left.leading, *(((*left.needs, *needs), chars) for needs, chars in right.leading))
    trailing = (*right.trailing, *(((*needs, *right.needs), chars) for needs, chars in left.trailing))
    return _Part(leading, trailing, (*left.needs, *right.needs))


def _can_pass(needs: _Needs, shared: _Chars) -> bool:
    """Tell whether a text of nothing but the characters that two repeats share leads from the one to the other."""
    return bool(shared) and all(any(all(chars & shared for chars in way) for way in ways) for ways in needs)


def _item(item: tuple[Any, Any], least: int) -> _Part:
    code, value = item
    if code in _REPEATS:
        low, high, body = value
        return _repeat((low, high), body, least)
    if code in _ASSERTIONS:
        if code is not codes.AT:
            _sequence(value[1], _WIDE)
        return _Part()
    if code is codes.BRANCH:
        return _either([_sequence(way, least) for way in value[1]])
    if code in {codes.SUBPATTERN, codes.ATOMIC_GROUP}:
        return _sequence(value[-1] if code is codes.SUBPATTERN else value, least)
    chars = _chars(item)
    return _Part(needs=(((chars,),),))


def _either(ways: list[_Part]) -> _Part:
    # Of a choice within a choice any character will do: rather too strict than too lax.
    passing = tuple(tuple(frozenset(chain(*chain(*need))) for need in way.needs) for way in ways)
    leading = tuple(chain.from_iterable(way.leading for way in ways))
    trailing = tuple(chain.from_iterable(way.trailing for way in ways))
    return _Part(leading, trailing, (passing,))


def _repeat(times: tuple[int, int], body: Any, least: int) -> _Part:
    low, high = times
    items = [item for item in _plain(body) if item[0] not in _ASSERTIONS]
    single = _single(items)
    if single is not None:
        chars = frozenset() if all(c.isspace() for c in single) or high < least else single
        needs: _Needs = (((single,),),) if low else ()
        return _Part((((), chars),), (((), chars),), needs) if chars else _Part(needs=needs)
    if high == 1:
        inner = _sequence(body, least)
        return inner if low else inner._replace(needs=())
    if high > _FEW:
        _check_alternatives(items)
    # In a repeated group no two repeats may compete, however few times they go, within it and from turn to turn.
    inner = _sequence(body, 2)
    _joined(inner, inner)
    whole = _sequence(body, least)
    return whole if low else whole._replace(needs=())


def _check_alternatives(items: list[Any]) -> None:
    """Refuse the body of a long repeat unless each turn can be taken in one way only."""
    ways = items[0][1][1] if len(items) == 1 and items[0][0] is codes.BRANCH else [items]
    seen: set[str] = set()
    for way in map(list, ways):
        characters = [_single([item]) for item in way]
        if None in characters or not way:
            raise RiskyRepeatError("a repeat of what can be read in several ways")
        first = characters[0] or frozenset()
        if seen & first:
            raise RiskyRepeatError("a repeat of alternatives that begin alike")
        seen |= first


def _plain(body: Any) -> Iterator[Any]:
    """Yield the items of a body, those of groups in it too."""
    for item in body:
        if item[0] is codes.SUBPATTERN:
            yield from _plain(item[1][-1])
        else:
            yield item


def _single(items: list[Any]) -> _Chars | None:
    """Return the characters that one item stands for, if it is one that stands for a single character."""
    if len(items) == 1 and items[0][0] in {codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN}:
        return _chars(items[0])
    return None


def _chars(item: tuple[Any, Any]) -> _Chars:
    """Return the characters of the sample that an item matches, whatever their case; all of them for a reference."""
    code, value = item
    if code is codes.LITERAL:
        return frozenset({chr(value).lower(), chr(value).upper()})
    if code is codes.NOT_LITERAL:
        return _SAMPLE - {chr(value)}
    if code is not codes.IN:
        return _SAMPLE
    negated = value[0][0] is codes.NEGATE
    found = frozenset(chain.from_iterable(map(_members, value[1:] if negated else value)))
    return _SAMPLE - found if negated else found


def _members(member: tuple[Any, Any]) -> Iterator[str]:
    code, value = member
    if code is codes.LITERAL:
        yield from {chr(value).lower(), chr(value).upper()}
    elif code is codes.RANGE:
        yield from (
            c for c in _SAMPLE if any(value[0] <= ord(form) <= value[1] for form in (c, c.lower(), c.upper()[0]))
        )
    elif code is codes.CATEGORY:
        yield from filter(_KINDS[value], _SAMPLE)
