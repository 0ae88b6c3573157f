"""Inline markup that CommonMark does not know or leaves alone: tags, wikilinks, URLs, HTML, and what tools leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from papergraph.model import Inline, Span
from papergraph.ontology.identifiers import ARXIV
from papergraph.sources.notes.links import WRITTEN_ARXIV, clean_url, identify, without_marks

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。；、（）【】《》「」|]+", re.IGNORECASE)
_WIKILINK = re.compile(
    r"!?\[\[(?P<page>[^\[\]|#^\r\n]{1,200}+)(?:[#^][^\[\]|\r\n]*+)?(?:\|(?P<text>[^\[\]\r\n]++))?\]\](?!\()"
)
#: Before the name of a page: its folders, the topics that a tool puts before a dot, and emojis: `robots.vla.🦿 Zorb`.
_FOLDERS = re.compile(r"[^\[\]\r\n]*/(?=[^/\[\]\r\n]{3})")
_TOPICS = re.compile(r"(?:[a-z][a-z0-9-]{0,30}\.){1,5}(?=[A-Z\u4e00-\u9fff])")
_EMOJIS = re.compile(r"(?:[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\s*)+(?=\S)")
#: A tag starts with a letter after white space or an opening mark; nested tags use a slash.
_TAG = re.compile(r"(?:(?<=[\s(（，。；、:：])|^)#(?P<tag>[^\W\d_][\w\-/]*)")
#: An HTML tag or a character reference; both may stand in cells of tables, where Markdown has no line breaks.
_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>\r\n]{0,300})?/?>|&(?:nbsp|emsp|ensp|thinsp|amp|lt|gt|quot|#\d{2,5}|#[xX][\da-fA-F]{2,4});"
)
#: `#fff000` is a colour.
_COLOUR = re.compile(r"(?=[a-z]*+\d)(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})", re.IGNORECASE)
#: What tools leave in notes and nobody reads: fields of templates and block ids in braces, references to blocks in
#: double parentheses, attributes of blocks (`{: id="..."}`), commands of templates (`<% ... %>`).
_TRACE = re.compile(
    r"\{\{[^{}\r\n]{0,200}+\}\}|\{:[^{}\r\n]{0,500}+\}|<%[^%\r\n]{0,300}+%>"
    r"|!?\(\((?=[a-z]*+[\dA-Z_-])[\w-]{8,40}+\)\)"
)
_LONGEST_TRACE = 600
#: Each of them begins with one of these.
_TRACE_SIGNS = ("{{", "{:", "<%", "((")
#: Lines in which Logseq keeps what it knows of a block: whether it is folded, its id, its colour, its reviews.
_PROPERTY = re.compile(
    r"(?:^|(?<=[\r\n]))[ \t]*(?:collapsed|id|heading|background-color|icon|created-at|updated-at|"
    r"(?:card|query|hl|ls|logseq)[-.]\w[\w.-]{0,40}|template|template-including-parent|exclude-from-graph-view|"
    r"public|filters)::(?:[ \t][^\r\n]*+)?(?=[\r\n]|$)"
)


def is_left_by_tools(text: str) -> bool:
    """Tell whether `text` is nothing but what tools leave: fields of templates, references and attributes of blocks.

    >>> is_left_by_tools("#{{title}}"), is_left_by_tools("((64f0c3a1-5b7e))"), is_left_by_tools("H2O {: id='x'}")
    (True, True, False)
    """
    if not any(sign in text for sign in _TRACE_SIGNS):
        return False
    return _TRACE.search(text) is not None and not any(c.isalnum() for c in _TRACE.sub("", text))


def without_traces(text: str, start: int, end: int) -> int:
    """Return where a piece of text ends before what tools leave behind it."""
    while end > start and text[end - 1] in "})>":
        traces = list(_TRACE.finditer(text, max(start, end - _LONGEST_TRACE), end))
        if not traces or traces[-1].end() != end:
            break
        end = traces[-1].start()
        while end > start and text[end - 1].isspace():
            end -= 1
    return end


def without_properties(text: str, start: int, end: int) -> int:
    r"""Return where a block ends before the lines below it in which Logseq keeps what it knows of it.

    >>> text = "LoRA\n  collapsed:: true"
    >>> text[: without_properties(text, 0, len(text))].rstrip()
    'LoRA'
    """
    while (line := max(text.rfind("\n", start, end), text.rfind("\r", start, end))) >= 0:
        if not _PROPERTY.fullmatch(text, line + 1, end):
            break
        end = line
    return end


#: A reference of SiYuan to a block, with the text that it shows.
_BLOCK_TEXT = re.compile(r"\(\(\d{14}-\w{7}\s+[\"'](?P<text>[^\"'\r\n]{1,200})[\"']\)\)")
_ANCHOR = re.compile(
    r"<a\s[^<>\r\n]{0,300}?href\s?=\s?[\"'](?P<url>[^\"'<>\s]{1,2000})[\"'][^<>\r\n]{0,300}>"
    r"(?:\s|<[biu]>|<(?:strong|em|code|span)>)*(?P<text>[^<>\r\n]{1,600})(?:</\w{1,8}>|\s)*</a>",
    re.IGNORECASE,
)

_Finder = Callable[[str, Span], Iterator[Inline]]


def find_inlines(text: str, span: Span, known: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return `known` (links, code, emphasis) with the tags, wikilinks, bare URLs and HTML of `text` in `span`."""
    known = tuple(known)
    taken = [(i.span.start, i.span.end) for i in known if i.kind in {"link", "image", "code", "math", "url"}]
    found = list(known)
    for finder in _finders(span.of(text)):
        taken = _merged(taken)
        free = list(_free(finder(text, span), taken))
        found += free
        taken += ((i.span.start, i.span.end) for i in free)
    return tuple(sorted(found, key=lambda i: (i.span.start, -i.span.end)))


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _free(inlines: Iterator[Inline], taken: list[tuple[int, int]]) -> Iterator[Inline]:
    """Yield the inlines that overlap with none of the ranges `taken`; both come in order and without overlaps."""
    place = 0
    for inline in inlines:
        while place < len(taken) and taken[place][1] <= inline.span.start:
            place += 1
        if place == len(taken) or inline.span.end <= taken[place][0]:
            yield inline


def _finders(piece: str) -> Iterator[_Finder]:
    """Yield, in their order, the finders whose literal characters a text holds; most blocks hold none."""
    lowered = piece.lower()
    if "<a " in lowered:
        yield _anchors
    if "://" in piece or "www." in lowered:
        yield _urls
    if "rx" in lowered:  # not `arxiv`: case-blind expressions take a dotless i for an i
        yield _arxiv_numbers
    if "::" in piece:
        yield _properties
    if "{{" in piece or "{:" in piece or "((" in piece or "<%" in piece:
        yield _traces
    if "((" in piece:
        yield _block_texts
    if "[[" in piece:
        yield _wikilinks
    if "#" in piece:
        yield _tags
    if "<" in piece or "&" in piece:
        yield _html


def _anchors(text: str, span: Span) -> Iterator[Inline]:
    """Yield the links that are written in HTML."""
    for match in _ANCHOR.finditer(text, span.start, span.end):
        if match["text"].strip():
            place = Span(*match.span("text"))
            yield Inline("link", Span(*match.span()), place, clean_url(match["url"]), identify(match["url"]))


def _urls(text: str, span: Span) -> Iterator[Inline]:
    for match in _URL.finditer(text, span.start, span.end):
        url = without_marks(match[0], ".,;:!?)*_`]}'\"")
        if len(url) > 8:
            place = Span(match.start(), match.start() + len(url))
            yield Inline("url", place, place, clean_url(url), identify(url))


def _arxiv_numbers(text: str, span: Span) -> Iterator[Inline]:
    for match in WRITTEN_ARXIV.finditer(text, span.start, span.end):
        place = Span(*match.span())
        yield Inline("url", place, place, ARXIV.page + match[1], ARXIV.identifier(match[1]))


def _wikilinks(text: str, span: Span) -> Iterator[Inline]:
    for match in _WIKILINK.finditer(text, span.start, span.end):
        start, end = match.span("text") if match["text"] else _name_of_page(text, *match.span("page"))
        if text[match.start() - 1 : match.start()] == "#" and not match["text"]:
            yield Inline("tag", Span(match.start() - 1, match.end()), Span(start, end), match["page"].strip())
            continue
        yield Inline("wikilink", Span(*match.span()), Span(start, end), match["page"].strip())


def _name_of_page(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the name of a page begins and ends, without the folders and signs before it."""
    for pattern in (_FOLDERS, _TOPICS, _EMOJIS):
        if match := pattern.match(text, start, end):
            start = match.end()
    return start, end


def _block_texts(text: str, span: Span) -> Iterator[Inline]:
    for match in _BLOCK_TEXT.finditer(text, span.start, span.end):
        yield Inline("wikilink", Span(*match.span()), Span(*match.span("text")), match["text"].strip())


def _tags(text: str, span: Span) -> Iterator[Inline]:
    for match in _TAG.finditer(text, span.start, span.end):
        if _COLOUR.fullmatch(match["tag"]):
            continue
        yield Inline("tag", Span(match.start(), match.end()), Span(*match.span("tag")), match["tag"].rstrip("/-"))


def _traces(text: str, span: Span) -> Iterator[Inline]:
    for match in _TRACE.finditer(text, span.start, span.end):
        yield Inline("html", Span(*match.span()), None)


def _properties(text: str, span: Span) -> Iterator[Inline]:
    for match in _PROPERTY.finditer(text, span.start, span.end):
        yield Inline("html", Span(*match.span()), None)


def _html(text: str, span: Span) -> Iterator[Inline]:
    for match in _HTML.finditer(text, span.start, span.end):
        yield Inline("html", Span(*match.span()), None)
