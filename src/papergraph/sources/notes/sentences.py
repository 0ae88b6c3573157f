"""Where the sentences of a block begin and end, in Chinese, English and a mixture of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from papergraph.model import Span

#: A mark that may end a sentence, with the quotes and brackets that close after it; or a line break of HTML;
#: or the line with which a callout begins.
_END = re.compile(
    r"(?=[。！？!?；.…<\[ \n])"  # where none of these stands, which is nearly everywhere, one look tells
    r"(?:(?:[。！？!?；]++|\.++|…++)[”’\"')）】」』]*+|<(?:br|/p|/div|/li|/td)\s*+/?>|(?<!\S)\[![\w-]{1,30}\][^\r\n]*+"
    # A line that its author ends: with two blanks, or before the next of several numbered points, `2、` or `④`.
    r"|(?<=\S)[ ]{2,8}(?=\r?\n)|\n(?=[ \t>]{0,16}(?:\d{1,2}\s?[、，）)．.](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])))",
    re.IGNORECASE,
)
#: Words before a full stop that do not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|approx|Fig|Figs|Eq|Eqs|Tab|Ref|Refs|No|Vol|Dr|Prof|Mr|Mrs|St|Inc|Ltd|"
    r"Co|pp?|w\.r\.t|a\.k\.a|al|[Ss]ec|fig|figs|eq|[Cc]h|[Cc]hap)|(?<![$>^~])\b[A-Z]|(?:^|\s)\d{1,2})$"
)
#: A first line that is bold from end to end, with text below: it is a heading, and no part of what follows.
_BOLD_LINE = re.compile(r"\*\*(?=\S)[^*\r\n]{1,200}\*\*(?:[ \t]*+[:：])?[ \t]*+[\r\n](?=\s*+\S)")
#: The `>` of a tag is no mark of a quote.
_TAG_END, _LONGEST_TAG = re.compile(r"</?[A-Za-z][^<>]*>$"), 300
#: A label that a link still closes: `Study](address)`, `Study]]`.
_LABEL_END = re.compile(r"[^\[\]\n]{0,300}\](?:[(\]]|\[)")
_LONGEST_LABEL = 300
_CLOSES = re.compile(r"[\]\n]")
#: A line of its own: a property, `hl-color:: yellow`, and one of several that open with a link to a note.
_PROPERTY = re.compile(r"^[ \t>]{0,64}[A-Za-z][\w-]{0,30}::(?=\s|$)[^\r\n]*", re.MULTILINE)
_LISTED = re.compile(r"^[ \t>]{0,64}(?:\*\*|==)?\[\[[^\[\]\r\n]{1,120}\]\][^\r\n]*", re.MULTILINE)
#: A line before it that goes on in the next.
_GOES_ON = re.compile(
    r"(?:[,，、(（–—-]|(?<![\w-])(?:an?|the|and|or|of|with|by|to|in|on|for|from|as|is|are|than|via|like|using|see))\s{0,4}$",
    re.IGNORECASE,
)
_LAST_WORDS = 12
_EDGE = " \t\r\n\u00a0\u2028\u2029\u3000>"


def split_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of `text` inside `span`, in order, trimmed.

    A line break ends only a first line in bold, a property, and a line that is one of several on other notes.

    >>> t = "H2O keeps 20% of the cache. 效果接近全量。It runs on v1.5 models, e.g. OPT."
    >>> [s.of(t) for s in split_sentences(t, Span(0, len(t)))]
    ['H2O keeps 20% of the cache.', '效果接近全量。', 'It runs on v1.5 models, e.g. OPT.']
    """
    starts = sorted({span.start, *_boundaries(text, span), *_own_lines(text, span), span.end})
    trimmed = (_trim(text, start, end) for start, end in pairwise(starts))
    return tuple(s for s in trimmed if s is not None)


def _boundaries(text: str, span: Span) -> Iterator[int]:
    heading = _BOLD_LINE.match(text, span.start, span.end)
    start = span.start
    if heading:
        start = heading.end()
        yield start
    for match in _END.finditer(text, start, span.end):
        end = match.end()
        mark = match[0][0]
        if mark in ".!?" and not _ends_here(text, match.start(), end, span.end, mark):
            continue
        if end < span.end:
            yield end


def _own_lines(text: str, span: Span) -> Iterator[int]:
    """Yield where the lines begin and end that state something for themselves."""
    lines = _PROPERTY.finditer(text, span.start, span.end) if text.find("::", span.start, span.end) >= 0 else ()
    links = _LISTED.finditer(text, span.start, span.end) if text.find("[[", span.start, span.end) >= 0 else ()
    listed = [m.span() for m in links if not _goes_on(text, span, m.start())]
    for start, end in (*(m.span() for m in lines), *(listed if len(listed) > 1 else ())):
        yield from (place for place in (start, end) if span.start < place < span.end)


def _goes_on(text: str, span: Span, line: int) -> bool:
    """Tell whether the line before one ends within a sentence."""
    return bool(_GOES_ON.search(text, max(span.start, line - _LAST_WORDS), line))


def _ends_here(text: str, start: int, end: int, limit: int, mark: str) -> bool:
    """Tell whether an ASCII mark ends a sentence: white space follows, and no abbreviation or list number precedes."""
    following = text[end : end + 1] if end < limit else " "
    if not following.isspace():
        return not following.isascii() and mark != "."
    if _is_in_label(text, start, end):
        return False
    return not (mark == "." and _ABBREVIATION.search(text[max(0, start - 12) : start]))


def _is_in_label(text: str, start: int, end: int) -> bool:
    """Tell whether a mark stands in the label of a link, as in `[Is It So? A Study](address)`."""
    before = max(0, start - _LONGEST_LABEL)
    opened = text.rfind("[", before, start)
    return opened >= 0 and not _CLOSES.search(text, opened, start) and bool(_LABEL_END.match(text, end))


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not _TAG_END.search(text, max(start, end - _LONGEST_TAG), end):
        end -= 1
    return Span(start, end) if start < end else None
