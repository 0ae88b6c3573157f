"""The block of YAML (`---`) or TOML (`+++`) at the top of a note, read as strings within tight limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import yaml

from papergraph.errors import NoteError
from papergraph.model import Field, Span
from papergraph.notes.fields import make_field

_FENCE = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_LIMIT = 64_000
#: A line of front matter that is read without YAML: a key with a value, or an element of a list.
_ENTRY = re.compile(r"^(?:(?P<key>[^\W_][\w -]{0,40}?)[ \t]*[:=]|[ \t]*-)[ \t]+(?P<value>\S[^\r\n]*)$", re.MULTILINE)
_DEEPEST = 20


def read_front_matter(text: str) -> tuple[tuple[Field, ...], int]:
    r"""Return the fields of the front matter and the offset where the note itself begins (0 where there is none).

    Every scalar is a string, as written. Lists give one field per element.

    Raises:
        NoteError: for front matter over 64 kB, invalid YAML or TOML, or YAML with aliases, merge keys or tags, which
            can blow up to any size.

    >>> fields, start = read_front_matter("---\ntags: [a, b]\n---\nHi")
    >>> [(f.key, f.meaning) for f in fields], start
    ([('tags', 'tags'), ('tags', 'tags')], 20)
    """
    body, start = _find_body(text)
    if body is None:
        return (), start
    if body.end - body.start > _LIMIT:
        raise NoteError(f"line 1: the front matter has more than {_LIMIT:,} characters; close it with --- earlier")
    reader = _toml if "+++" in text[: body.start] else _yaml
    return tuple(reader(text, body)), start


def read_lines(text: str) -> tuple[tuple[Field, ...], int]:
    r"""Return what the lines of front matter say that is no valid YAML, such as a title with a colon.

    >>> text = "---\ntitle: Mamba: Linear-Time Sequence Modeling\ntags: [x\n---\n"
    >>> [(f.key, f.value.of(text)) for f in read_lines(text)[0]]
    [('title', 'Mamba: Linear-Time Sequence Modeling'), ('tags', 'x')]
    """
    body, start = _find_body(text)
    if body is None:
        return (), start
    fields: list[Field] = []
    key = ""
    for match in _ENTRY.finditer(text, body.start, min(body.end, body.start + _LIMIT)):
        key = match["key"].casefold() if match["key"] else key
        value = strip_quotes(text, *match.span("value"))
        if value and key:
            fields.append(make_field(key, value, text, text.count("\n", 0, value.start) + 1, -1))
    return tuple(fields), start


def strip_quotes(text: str, start: int, end: int) -> Span | None:
    """Return a value without the quotes and brackets around it; None if nothing is left."""
    while start < end and text[start] in " \t\"'[":
        start += 1
    while end > start and text[end - 1] in " \t\r\"'],":
        end -= 1
    return Span(start, end) if start < end else None


def _find_body(text: str) -> tuple[Span | None, int]:
    """Return where the front matter stands between its fences, and where the note itself begins."""
    opening = _FENCE.match(text)
    if not opening:
        return None, 0
    closing = re.compile(rf"^(?:{re.escape(opening['fence'])}|\.\.\.)[ \t]*$", re.MULTILINE)
    end = closing.search(text.replace("\r", "\n"), opening.end())
    if not end:
        return None, 0
    return (Span(opening.end(), end.start()) if end.start() > opening.end() else None), end.end()


def _yaml(text: str, body: Span) -> Iterator[Field]:
    try:
        events = list(yaml.parse(body.of(text), Loader=yaml.BaseLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise NoteError(
            f"line {line}: the front matter is no valid YAML: {getattr(error, 'problem', error)}"
        ) from error
    except RecursionError as error:
        raise NoteError("line 1: the front matter is nested too deeply") from error
    key, depth, waiting = "", 0, True
    for event in events:
        _refuse_bombs(event, depth)
        if isinstance(event, yaml.CollectionStartEvent):
            depth, waiting = depth + 1, True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth, waiting = depth - 1, True
        elif isinstance(event, yaml.ScalarEvent) and depth == 1 and waiting:
            key, waiting = event.value.casefold(), False
        elif isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            waiting = depth == 1
            if field := _made(text, body, key, event.start_mark.index, event.end_mark.index):
                yield field


def _refuse_bombs(event: yaml.Event, depth: int) -> None:
    """Aliases and merge keys can blow up to any size, tags can ask for any object, nesting can exhaust the stack."""
    line = event.start_mark.line + 2 if event.start_mark else 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
        raise NoteError(f"line {line}: the front matter has aliases or tags; write the values out")
    if depth > _DEEPEST:
        raise NoteError(f"line {line}: the front matter is nested too deeply")


def _made(text: str, body: Span, key: str, start: int, end: int) -> Field | None:
    start, end = body.start + start, body.start + end
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    if start >= end or not key:
        return None
    return make_field(key, Span(start, end), text, text.count("\n", 0, start) + 1, -1)


def _toml(text: str, body: Span) -> Iterator[Field]:
    try:
        table = tomllib.loads(body.of(text).replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise NoteError(f"line 1: the front matter is no valid TOML: {error}") from error
    position = body.start
    for key, value in table.items():
        for item in value if isinstance(value, list) else [value]:
            start = text.find(str(item), position, body.end)
            if isinstance(item, str) and item and start >= 0:
                line = text.count("\n", 0, start) + 1
                yield make_field(key.casefold(), Span(start, start + len(item)), text, line, -1)
