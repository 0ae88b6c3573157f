"""The block of YAML (`---`) or TOML (`+++`) at the top of a note, read as strings within tight limits."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from papergraph.errors import NoteError
from papergraph.model import Field, Span
from papergraph.sources.notes.fields import make_field
from papergraph.sources.notes.inline import is_left_by_tools
from papergraph.sources.notes.lines import find_lines

_FENCE = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_LIMIT = 64_000
#: Keys whose value in one line is a list, with blanks between its elements.
_TAGS = frozenset({"tag", "tags"})
#: A line of front matter that is read without YAML: a key with a value, or an element of a list.
_ENTRY = re.compile(
    r"^(?:(?P<key>[^\W_][\w -]{0,40}?)[ \t]*+[:=]|[ \t]*+-)[ \t]++(?P<value>\S[^\r\n]*+)$", re.MULTILINE
)
_DEEPEST = 20
#: Nesting before PyYAML meets it: its scanner looks far ahead there, for the square of the depth.
_NESTED = re.compile(rf"(?:[\[{{][ \t]*+){{{_DEEPEST + 1}}}")
#: A string of TOML; one that is never closed goes on to the end.
_TOML_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n]|\\.)*+"?|'
    r"'''(?:[^']|'(?!''))*+(?:'''|\Z)|'[^'\n]*+'?",
    re.DOTALL,
)
#: What tomllib takes too long for, or gives up on with a bare ValueError.
_TOML_BOMB = re.compile(rf"(?<![\w.])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_DEEPEST},}}|(?<!\w)[\d_]{{1000}}")
_TOML_PLACE = re.compile(r"\(at line (?P<line>\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class _Body:
    """Front matter between its fences, as a range of the note's text."""

    text: str
    start: int
    end: int
    line_starts: tuple[int, ...]

    @property
    def content(self) -> str:
        return self.text[self.start : self.end]

    def line(self, offset: int) -> int:
        """Return the 1-based line of the note at `offset`."""
        return bisect_right(self.line_starts, offset)

    def field(self, key: str, value: Span) -> Field:
        """Return a field of the front matter; a half of a surrogate pair in an escaped key becomes a question mark."""
        key = key.casefold().encode("utf-8", "replace").decode()
        return make_field(key, value, self.text, self.line(value.start), -1)


def read_front_matter(text: str) -> tuple[tuple[Field, ...], int]:
    r"""Return the fields of the front matter and the offset where the note itself begins (0 where there is none).

    Every scalar is a string, as written. Lists give one field per element.

    Raises:
        NoteError: for front matter over 64 kB, invalid YAML or TOML, nesting or keys of over 20 parts, and YAML with
            aliases, merge keys or tags, which can blow up to any size.

    >>> fields, start = read_front_matter("---\ntags: [a, b]\n---\nHi")
    >>> [(f.key, f.meaning) for f in fields], start
    ([('tags', 'tags'), ('tags', 'tags')], 20)
    """
    body, start = _find_body(text)
    if body is None:
        return (), start
    if body.end - body.start > _LIMIT:
        raise NoteError(f"line 1: the front matter has more than {_LIMIT:,} characters; close it earlier")
    reader = _toml if "+++" in text[: body.start] else _yaml
    return tuple(reader(body)), start


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
        key = match["key"] or key
        value = strip_quotes(text, *match.span("value"))
        if value and key and not is_left_by_tools(match["value"]):
            fields.append(body.field(key, value))
    return tuple(fields), start


def strip_quotes(text: str, start: int, end: int) -> Span | None:
    """Return a value without the quotes and brackets around it; None if nothing is left."""
    while start < end and text[start] in " \t\"'[":
        start += 1
    while end > start and text[end - 1] in " \t\r\"'],":
        end -= 1
    return Span(start, end) if start < end else None


def _find_body(text: str) -> tuple[_Body | None, int]:
    """Return the front matter, and where the note itself begins."""
    opening = _FENCE.match(text)
    if not opening:
        return None, 0
    closing = re.compile(rf"^(?:{re.escape(opening['fence'])}|\.\.\.)[ \t]*+$", re.MULTILINE)
    end = closing.search(text.replace("\r", "\n"), opening.end())
    if not end:
        return None, 0
    if end.start() == opening.end():
        return None, end.end()
    return _Body(text, opening.end(), end.start(), find_lines(text, end.start())), end.end()


def _yaml(body: _Body) -> Iterator[Field]:
    try:
        yield from _yaml_fields(body)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = body.line(body.start + (mark.index if mark else getattr(error, "position", 0)))
        reason = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise NoteError(f"line {line}: the front matter is not valid YAML: {reason}") from error
    except (ValueError, OverflowError) as error:  # an escape for a character that does not exist
        raise NoteError(f"line {body.line(body.start)}: the front matter is not valid YAML: {error}") from error


def _yaml_fields(body: _Body) -> Iterator[Field]:
    if nested := _NESTED.search(body.content):
        raise NoteError(f"line {body.line(body.start + nested.start())}: the front matter is nested too deeply")
    key, depth, waiting = "", 0, True
    for event in yaml.parse(body.content, Loader=yaml.BaseLoader):
        _refuse_bombs(event, depth, body)
        if isinstance(event, yaml.CollectionStartEvent):
            depth, waiting = depth + 1, True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth, waiting = depth - 1, True
        elif isinstance(event, yaml.ScalarEvent) and depth == 1 and waiting:
            key, waiting = event.value, False
        elif isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            waiting = depth == 1
            value = _scalar(body, event.start_mark.index, event.end_mark.index)
            if value and key:
                yield from _values(body, key, value, alone=depth == 1)


def _values(body: _Body, key: str, value: Span, *, alone: bool) -> Iterator[Field]:
    """Yield the field of a value, unless no template has filled it in; of tags in one line (`tags: a b`) one each."""
    written = value.of(body.text)
    if is_left_by_tools(written):
        return
    if alone and key.casefold() in _TAGS and "," not in written:
        for word in re.finditer(r"\S+", written):
            yield body.field(key, Span(value.start + word.start(), value.start + word.end()))
        return
    yield body.field(key, value)


def _refuse_bombs(event: yaml.Event, depth: int, body: _Body) -> None:
    """Aliases and merge keys can blow up to any size, tags can ask for any object, nesting can exhaust the stack."""
    line = body.line(body.start + event.start_mark.index) if event.start_mark else 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
        raise NoteError(f"line {line}: the front matter has aliases or tags; write the values out")
    if depth > _DEEPEST:
        raise NoteError(f"line {line}: the front matter is nested too deeply")


def _scalar(body: _Body, start: int, end: int) -> Span | None:
    text, start, end = body.text, body.start + start, body.start + end
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    return Span(start, end) if start < end else None


def _toml(body: _Body) -> Iterator[Field]:
    _refuse_toml_bombs(body)
    try:
        table = tomllib.loads(body.content.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        first = body.line(body.start)
        last = body.line(body.end - 1)
        line = first if not place else first - 1 + int(place["line"]) if place["line"] else last
        reason = _TOML_PLACE.sub("", str(error)).strip()
        raise NoteError(f"line {line}: the front matter is not valid TOML: {reason}") from error
    position = body.start
    for key, value in table.items():
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, str) or not item:
                continue
            start = body.text.find(item, position, body.end)
            if start >= 0:
                yield body.field(key, Span(start, start + len(item)))


def _refuse_toml_bombs(body: _Body) -> None:
    """Keys of many parts take tomllib the square of their number, nesting exhausts its stack."""
    bare = _TOML_STRING.sub(lambda m: "x" * len(m[0]), body.content.replace("\r", "\n"))
    depth = 0
    for mark in re.finditer(r"[\[\]{}]", bare):
        depth += 1 if mark[0] in "[{" else -1
        if depth > _DEEPEST:
            raise NoteError(f"line {body.line(body.start + mark.start())}: the front matter is nested too deeply")
    if bomb := _TOML_BOMB.search(bare):
        line = body.line(body.start + bomb.start())
        raise NoteError(f"line {line}: the front matter has a key or a number of too many parts; shorten it")
