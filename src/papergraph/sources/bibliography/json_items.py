"""The items of a JSON file with the places where they stand, which a plain parser does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from papergraph.model import Span

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n\ufeff"


class JsonError(ValueError):
    """The text is not JSON from here on."""

    def __init__(self, message: str, position: int) -> None:
        self.position = position
        super().__init__(message)


def read_items(text: str, name: str = "items") -> Iterator[tuple[Any, Span]]:
    """Yield the values of the outermost list, or of the list under `name` in the outermost object, in order.

    Raises:
        JsonError: where the text is no JSON any more; what stands before has been yielded.

    >>> text = '{"config": {}, "items": [{"a": 1}, 2]}'
    >>> [(value, span.of(text)) for value, span in read_items(text)]
    [({'a': 1}, '{"a": 1}'), (2, '2')]
    """
    position = _behind_space(text, 0)
    if text.startswith("[", position):
        yield from _list(text, position)
    elif text.startswith("{", position):
        yield from _member(text, position, name)
    else:
        raise JsonError("expected a list of items", position)


def read_member(text: str, name: str) -> Any:
    """Return the value under `name` in the outermost object of a text whose items could be read; None without one."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return whole.get(name) if isinstance(whole, dict) else None


def _list(text: str, start: int) -> Iterator[tuple[Any, Span]]:
    position = _behind_space(text, start + 1)
    while not text.startswith("]", position):
        value, end = _value(text, position)
        yield value, Span(position, end)
        position = _behind_space(text, end)
        if text.startswith(",", position):
            position = _behind_space(text, position + 1)
        elif not text.startswith("]", position):
            raise JsonError("expected a comma or the end of the list", position)


def _member(text: str, start: int, name: str) -> Iterator[tuple[Any, Span]]:
    position = _behind_space(text, start + 1)
    while not text.startswith("}", position):
        key, end = _value(text, position)
        position = _behind_space(text, end)
        if not isinstance(key, str) or not text.startswith(":", position):
            raise JsonError("expected a name and a colon", position)
        position = _behind_space(text, position + 1)
        if key == name and text.startswith("[", position):
            yield from _list(text, position)
            return
        _, end = _value(text, position)
        position = _behind_space(text, end)
        if text.startswith(",", position):
            position = _behind_space(text, position + 1)
        elif not text.startswith("}", position):
            raise JsonError("expected a comma or the end of the object", position)
    raise JsonError(f"no list of {name}", start)


def _value(text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise JsonError(error.msg, error.pos) from error
    except RecursionError as error:
        raise JsonError("nested too deeply", position) from error
    except ValueError as error:
        raise JsonError("a number has too many digits", position) from error


def _behind_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in _SPACE:
        position += 1
    return position
