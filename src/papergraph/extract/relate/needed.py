"""Words without which an expression matches nothing: to look for them is much cheaper than to try the expression."""

from __future__ import annotations

import re._constants as codes  # type: ignore[import-not-found]  # what `re` itself reads expressions with
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

#: What is a letter of ASCII to `re` where case is ignored, and not to `str.lower`.
_ALSO = {"\u017f": "s", "\u0131": "i", "\u0130": "i"}
#: Words of which one is needed, at most; more take as long to find as the expression.
_MOST = 24
_Words = frozenset[str]
_EMPTY: _Words = frozenset({""})


class _Part(NamedTuple):
    """What a part of an expression matches."""

    whole: _Words | None
    """All that it can match, as `lowered` makes it; None for too much to list."""
    needed: _Words | None
    """Words of which everything that it matches holds one; None where there are no such words."""


_ANYTHING = _Part(None, None)


def lowered(text: str) -> str:
    """Return a text in lower case, and each letter of ASCII for whatever `re` takes for it where case is ignored.

    >>> lowered("Ba\u017fed on \u212a")
    'based on k'
    """
    for other, letter in _ALSO.items():
        text = text.replace(other, letter)
    return text.lower()


@cache
def needed_words(expression: str) -> tuple[str, ...]:
    r"""Return words of which each match holds one once it is `lowered`; none where there are no such words.

    >>> needed_words(r"\b(?:builds?|built)\s+(?:up)?on\s+\w+"), needed_words(r"\d+ ?\w*")
    (('build', 'built'), ())
    """
    whole, needed = _sequence(parser.parse(expression))
    words = needed or (whole if whole and "" not in whole else ())
    # `builds` is found wherever `build` is.
    return tuple(sorted(word for word in words or () if not any(o != word and o in word for o in words or ())))


def _sequence(items: Iterable[Any]) -> _Part:
    run, is_whole, needed = _EMPTY, True, list[_Words]()
    for item in items:
        part = _item(*item)
        if part.whole is not None and len(run) * len(part.whole) <= _MOST:
            run = frozenset(before + after for before in run for after in part.whole)
            continue
        needed += [words for words in (run, part.needed or part.whole) if words and "" not in words]
        run, is_whole = _EMPTY, False
    if "" not in run:
        needed.append(run)
    few = [words for words in needed if len(words) <= _MOST]
    return _Part(run if is_whole else None, max(few, key=_worth, default=None))


def _worth(words: _Words) -> tuple[int, int]:
    """Return how rarely such words stand in a text, by the bytes of the shortest, and how few they are."""
    return min(len(word.encode()) for word in words), -len(words)


def _item(operation: Any, value: Any) -> _Part:
    if operation is codes.LITERAL:
        return _one_of([value])
    if operation in {codes.AT, codes.ASSERT, codes.ASSERT_NOT}:
        return _Part(_EMPTY, None)
    if operation is codes.IN and all(kind is codes.LITERAL for kind, _ in value):
        return _one_of([code for _, code in value])
    if operation is codes.SUBPATTERN:
        return _sequence(value[-1])
    if operation is codes.BRANCH:
        return _either([_sequence(branch) for branch in value[1]])
    if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        least, most, repeated = value
        part = _sequence(repeated)
        if least == 0:
            return _Part(part.whole | _EMPTY, None) if part.whole is not None and most == 1 else _ANYTHING
        return part if most == 1 else _Part(None, part.needed or _holding(part.whole))
    return _ANYTHING


def _one_of(characters: list[int]) -> _Part:
    """Return what one of some characters matches; letters with case outside of ASCII match too much to list."""
    letters = [chr(code) for code in characters]
    if any(not c.isascii() and c not in _ALSO and (c.lower() != c or c.upper() != c) for c in letters):
        return _ANYTHING
    return _Part(frozenset(map(lowered, letters)), None)


def _either(parts: list[_Part]) -> _Part:
    wholes = [part.whole for part in parts if part.whole is not None]
    needs = [part.needed or _holding(part.whole) for part in parts]
    whole = frozenset[str]().union(*wholes) if len(wholes) == len(parts) else None
    return _Part(whole, frozenset(word for words in needs if words for word in words) if all(needs) else None)


def _holding(words: _Words | None) -> _Words | None:
    return words if words and "" not in words else None
