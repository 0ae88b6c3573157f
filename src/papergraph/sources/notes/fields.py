"""`Key: value` lines: `> **Institution:** X`, `**机构**：X`, `Authors: X`, `key:: value`, also with broken markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.errors import ConfigError
from papergraph.model import Block, Field, Span
from papergraph.ontology.identifiers import ARXIV, ARXIV_NUMBER, CITATION_KEY, DOI
from papergraph.resources import read_yaml
from papergraph.sources.notes.inline import is_left_by_tools, without_traces
from papergraph.sources.notes.links import identify

#: At the start of a line: a picture, markup, a short key, markup, one or two colons, markup. Keys hold no colon and
#: no sentence. Posts part them by a full-width bar: 作者｜李明.
#: Runs of blanks give nothing back, so that a long one is gone through a few times and not its own length times.
_PICTURE = r"(?:[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]++[ \t]*+)?+"
_FIELD = re.compile(
    rf"(?:[-*+]\s++)?{_PICTURE}(?P<open>[*_`]{{0,3}})[ \t]*+{_PICTURE}"
    r"(?P<key>[^\W_](?:[^:：\n*`|。，,\[\]()]|\(s\)){0,38}?"
    r"(?:[ \t]?\([^()\n:：]{1,40}\)|[ \t]?（[^（）\n:：]{1,40}）)?)[ \t]*+"
    r"(?P<close>[*_`]{0,3})[ \t]*+(?P<colon>::|[:：｜])(?P<after>[ \t]*+[*_`]{1,3})?[ \t]*+(?P<value>\S[^\r\n]*+)"
)
#: `【作者】李明`
_BRACKETED = re.compile(r"【(?P<key>[^【】\r\n]{1,20}+)】[ \t]*+[:：]?+[ \t]*+(?P<value>[^\s【][^\r\n]*+)")
#: A tag for a key, and tags behind the value: `#title A Title #read`.
_TAGGED = re.compile(
    r"#(?P<key>title|authors?|标题|作者)(?::|：)?[ \t]++(?P<value>[^\s#]\S*+(?:[ \t]++[^\s#]\S*+)*+)", re.IGNORECASE
)
_INLINE = re.compile(
    r"[\[(](?P<key>[^\W_][\w \-/]{0,30})::[ \t]*+(?P<value>(?:\[\[[^\[\]\r\n]{1,200}+\]\]|[^\[\]()\r\n])++)[\])]"
)
#: A line; in a table's cell HTML breaks the lines.
_LINE = re.compile(r"(?:<br\s*+/?>)?(?:(?!<br\s*+/?>)[^\r\n])++", re.IGNORECASE)
_PLAIN_LINE = re.compile(r"[^\r\n]+")
_MARKERS = re.compile(r"(?:<br\s*+/?>)?[ \t\u00a0\u3000]*+(?:>[ \t]?)*+[ \t]*+(?:<\w++>)?", re.IGNORECASE)
#: Between the words of a key.
_SEPARATORS = re.compile(r"[\s_-]+")
_NUMBER = re.compile(rf"(?:arxiv:)?({ARXIV_NUMBER}|[a-z-]{{1,20}}(?:\.[A-Z]{{2}})?/\d{{7}})(?:v\d+)?", re.IGNORECASE)
#: A key in two languages: `标题 (Title)`.
_IN_BRACKETS = re.compile(r"(?P<key>[^()（）]+?) ?[(（](?P<other>[^()（）]{2,})[)）]")
_CLOSING_TAG = re.compile(r"</\w+>")
#: Tags that only say how a text looks, as editors export them around keys and values.
_TYPE = re.compile(r"</?(?:font|span|strong|b|em|i|u|mark)\b[^<>\n]{0,300}>", re.IGNORECASE)
_LONGEST_TAG = 40


@cache
def field_meanings() -> dict[str, str]:
    """Return what each known key means, from data/patterns/fields.yaml.

    Raises:
        ConfigError: if the file gives one key two meanings.

    >>> field_meanings()["机构"]
    'institution'
    """
    meanings: dict[str, str] = {}
    table: dict[str, list[str]] = read_yaml("data/patterns/fields.yaml")
    for meaning, keys in table.items():
        for key in keys:
            if meanings.setdefault(str(key).casefold(), meaning) != meaning:
                raise ConfigError(f"data/patterns/fields.yaml: {key!r} means {meanings[key]} and {meaning}")
    return meanings


@cache
def meaning_of(key: str) -> str:
    """Return what a key means, with or without what data/patterns/field-keys.yaml lets stand around it; "" if unknown.

    >>> (
    ...     meaning_of("第一作者"),
    ...     meaning_of("arxiv-id"),
    ...     meaning_of("Author(s)"),
    ...     meaning_of("发表会议/期刊"),
    ...     meaning_of("标题 (Title)"),
    ...     meaning_of("colour"),
    ... )
    ('authors', 'arxiv', 'authors', 'venue', 'title', '')
    """
    plain = _SEPARATORS.sub(" ", key).strip().casefold()
    waiting, seen = [plain], {plain}
    for form in waiting:
        if meaning := field_meanings().get(form):
            return meaning
        shorter = [f for f in _shorter(form) if f and f not in seen]
        seen.update(shorter)
        waiting += shorter
    return ""


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table: dict[str, list[str]] = read_yaml("data/patterns/field-keys.yaml")
    before, after = ([str(word).casefold() for word in table[side]] for side in ("before", "after"))
    return tuple(sorted(before, key=len, reverse=True)), tuple(sorted(after, key=len, reverse=True))


def _shorter(key: str) -> Iterator[str]:
    """Yield a key without one of the words that may stand before or after it; English words end at a blank.

    Of a key that gives the same in two languages, each is yielded.
    """
    if both := _IN_BRACKETS.fullmatch(key):
        yield both["key"]
        yield both["other"].strip()
    before, after = _affixes()
    for word in before:
        if key.startswith(word) and (not word.isascii() or key[len(word) :].startswith(" ")):
            yield key[len(word) :].strip()
    for word in after:
        if key.endswith(word) and (not word.isalpha() or not word.isascii() or key[: -len(word)].endswith(" ")):
            yield key[: -len(word)].strip()


def find_fields(text: str, index: int, block: Block, line_of: dict[int, int]) -> Iterator[Field]:
    """Yield the fields in block number `index`; `line_of` maps the offset of each line start in the block to its line.

    A key counts if data/patterns/fields.yaml knows it, if it is bold, or if two colons follow it.
    """
    has_html = text.find("<", block.span.start, block.span.end) >= 0
    for line in (_LINE if has_html else _PLAIN_LINE).finditer(text, block.span.start, block.span.end):
        start = _MARKERS.match(text, line.start(), line.end())
        number = line_of.get(line.start(), block.line)
        begin = start.end() if start else line.start()
        shown, shift = (_shown(text[begin : line.end()]), begin) if has_html else ("", 0)
        match = (
            _FIELD.match(shown, len(shown) - len(shown.lstrip())) if shown else _FIELD.match(text, begin, line.end())
        )
        if match and (field := _field(match, text, shift, index, number)):
            yield field
        elif tagged := _TAGGED.match(text, begin, line.end()):
            yield _made(tagged["key"], tagged.span("value"), text, number, index)
        elif (bracketed := _BRACKETED.match(text, begin, line.end())) and meaning_of(bracketed["key"]):
            yield _made(bracketed["key"], bracketed.span("value"), text, number, index)
        if text.find("::", begin, line.end()) < 0:
            continue
        for inline in _INLINE.finditer(text, begin, line.end()):
            if inline.start() != begin or not match:
                yield _made(inline["key"], inline.span("value"), text, number, index)


def tagged_field(text: str, index: int, block: Block) -> Iterator[Field]:
    """Yield the field that a heading is whose key is a tag: `### #title A Title`."""
    if match := _TAGGED.match(text, block.span.start, block.span.end):
        yield _made(match["key"], match.span("value"), text, block.line, index)


def _shown(line: str) -> str:
    """Return a line with blanks for the tags that only say how it looks, so that every character keeps its place."""
    return _TYPE.sub(lambda tag: " " * len(tag[0]), line)


def _field(match: re.Match[str], text: str, shift: int, index: int, line: int) -> Field | None:
    """Return the field that matches in `text`, or in a part of it that begins at `shift`."""
    key = match["key"].strip().casefold()
    bold = len(match["open"]) >= 2 and (match["close"] or match["after"])
    told = match["colon"] == "::" or (bold and match["colon"] != "｜")
    if not told and not meaning_of(key):
        return None
    if match["value"].startswith("//") or is_left_by_tools(match["value"]):  # the colon of a URL; nothing filled in yet
        return None
    start, end = match.span("value")
    return _made(match["key"], (start + shift, end + shift), text, line, index)


def _made(key: str, value: tuple[int, int], text: str, line: int, index: int) -> Field:
    start, end = value
    end = max(start + 1, without_traces(text, start, _without_closing_tags(text, start, end)))
    while end > start + 1 and text[end - 1] in " \t\u00a0":
        end -= 1
    key = key.strip().casefold()
    return make_field(key, Span(start, end), text, line, index)


def _without_closing_tags(text: str, start: int, end: int) -> int:
    """Return where a value ends before the closing tags of HTML that end its line."""
    kept = last = end
    while last > start:
        if text[last - 1].isspace():
            last -= 1
            continue
        opening = text.rfind("</", max(start, last - _LONGEST_TAG), last)
        if opening < 0 or not _CLOSING_TAG.fullmatch(text, opening, last):
            break
        kept = last = opening
    while start < kept < end and text[kept - 1].isspace():
        kept -= 1
    return max(start + 1, kept)


def make_field(key: str, value: Span, text: str, line: int, block: int) -> Field:
    """Return a field with what its key means and the paper that its value names."""
    meaning = meaning_of(key)
    return Field(key, value, line, block, meaning, _identifier(meaning, value.of(text)))


def _identifier(meaning: str, written: str) -> str:
    """Return the identifier of the paper that a value names; the empty string for none."""
    if meaning == "citation key":
        key = written.strip(" @[]\"'")
        return CITATION_KEY.identifier(key) if key and not any(c.isspace() for c in key) else ""
    if meaning == "arxiv" and (number := _NUMBER.fullmatch(written)):
        return ARXIV.identifier(number[1])
    return identify(DOI.page + written if meaning == "doi" and written.startswith(DOI.start) else written)
