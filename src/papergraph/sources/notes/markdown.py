"""From the text of a note to its blocks: CommonMark with tables, forgiving about how people write.

The parser is pulldown-cmark (through pyromark), which gives the range of every event; see docs/decisions.
Forgiven: prose indented so far that CommonMark calls it code, quotes and lines that belong to the bullet above, a
paragraph over a row of dashes that CommonMark calls a heading, text among HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyromark

from papergraph.model import Block, BlockKind, Inline, InlineKind, Span
from papergraph.sources.notes.html_lines import shown_pieces
from papergraph.sources.notes.html_table import html_tables
from papergraph.sources.notes.indented import dedent_lists
from papergraph.sources.notes.inline import find_inlines, is_left_by_tools, without_properties
from papergraph.sources.notes.links import clean_url, identify
from papergraph.sources.notes.meant_heading import is_no_heading, meant_heading
from papergraph.sources.notes.references import split_references
from papergraph.sources.notes.sentences import split_sentences
from papergraph.text.tasks import TASK_STATES

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_MATH
)
#: Horizontal space that CommonMark does not count as indentation, but people see as such; replaced one for one.
_SPACES = (("\u00a0", " "), ("\u3000", " "), ("\r", "\n"), ("\x0c", " "))
_BLANK = " \t\r\n\u00a0\u3000\u2028\ufeff\u200b"
_INLINE_KINDS: dict[str, InlineKind] = {
    "Link": "link",
    "Image": "image",
    "Strong": "bold",
    "Emphasis": "emphasis",
    "Strikethrough": "strike",
}
#: Anchors on lines of their own, as Yuque writes them before headings: CommonMark takes what follows for HTML as well.
_ANCHOR_LINE = re.compile(r"(?m)^[ \t]{0,3}(?:<a (?:name|id)=[^<>\n]{1,100}></a>[ \t]*)+$")
#: No one nests lists or emphasis deeper; whoever follows the nesting would pay for its depth at every step.
_DEEPEST = 64
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
#: What outliners write before a task, in capitals, with its priority.
_TASK = re.compile(rf"(?:{'|'.join(TASK_STATES).upper()})[ \t]++(?:\[#[A-C]\][ \t]++)?(?=\S)")
#: A page's title as some exports write it.
_TITLE_LINE = re.compile(r"[ \t]*<title>[^<>\r\n]+</title>", re.IGNORECASE)


@dataclass(slots=True)
class _Leaf:
    """A block that is being read."""

    kind: BlockKind
    depth: int = 0
    start: int = -1
    end: int = -1
    inlines: list[Inline] = field(default_factory=list)
    row: int = -1
    column: int = -1
    implicit: bool = False


@dataclass(slots=True)
class _Container:
    """An open list item or block quote."""

    quote: bool
    items: int
    """How many list items are open, this one included."""
    quoted: bool
    """Whether a block quote is open, this one included."""
    above: int
    """The block of the item that this one stands in."""
    block: int = -1
    """The item's own block, once it has one."""

    @property
    def parent(self) -> int:
        """The block that what comes next hangs under."""
        return self.block if self.block >= 0 else self.above


_NOWHERE = _Container(quote=True, items=0, quoted=False, above=-1)


def parse_blocks(text: str, line_starts: Sequence[int], offset: int = 0) -> tuple[tuple[Block, ...], int]:
    r"""Return the blocks of `text` from `offset` on, in order; never fails, whatever the text.

    Also returned is where lists or emphasis first nest more than 64 deep, which is read as 64 deep; or -1.

    >>> [(b.kind, b.span.of("# A\n- b")) for b in parse_blocks("# A\n- b", (0, 4))[0]]
    [('heading', 'A'), ('item', 'b')]
    """
    reader = _Reader(text, line_starts)
    plain = text[offset:]
    for other, space in _SPACES:
        plain = plain.replace(other, space)
    plain = _ANCHOR_LINE.sub(lambda m: " " * len(m[0]), plain) if "<a " in plain else plain
    source = dedent_lists(plain)
    for event, start, end in _events(source.text):
        reader.take(event, source.original(start) + offset, source.original(end) + offset)
    return tuple(reader.blocks), reader.too_deep


def _events(source: str) -> Iterator[tuple[Any, int, int]]:
    """Yield the parser's events with offsets in characters instead of bytes."""
    source = source.encode("utf-8", "replace").decode()  # lone surrogates become one question mark each
    if source.isascii():
        for event, place in pyromark.events_with_range(source, options=_OPTIONS):
            yield event, place["start"], place["end"]
        return
    events = list(pyromark.events_with_range(source, options=_OPTIONS))
    data = source.encode()
    to_characters: dict[int, int] = {}
    last_byte = characters = 0
    for byte in sorted({place["start"] for _, place in events} | {place["end"] for _, place in events}):
        characters += len(data[last_byte:byte].decode("utf-8", "ignore"))
        to_characters[byte], last_byte = characters, byte
    yield from ((event, to_characters[place["start"]], to_characters[place["end"]]) for event, place in events)


class _Reader:
    """Follows the parser's events and keeps the blocks found so far."""

    def __init__(self, text: str, line_starts: Sequence[int]) -> None:
        self.text = text
        self.line_starts = line_starts
        self.blocks: list[Block] = []
        self.containers: list[_Container] = []
        self.headings: list[tuple[int, int]] = []
        self.leaf: _Leaf | None = None
        self.marks: list[tuple[InlineKind, int, str, list[int]]] = []
        self.table = self.row = self.column = -1
        self.last_item = -1
        self.code: list[int] = []
        self.too_deep = -1

    def take(self, event: Any, start: int, end: int) -> None:
        """Follow one event."""
        if isinstance(event, str):
            self._content(start, end, visible=event not in {"SoftBreak", "HardBreak", "Rule"})
            return
        ((name, value),) = event.items()
        if name in {"Start", "End"}:
            tag = value if isinstance(value, str) else next(iter(value))
            details = value[tag] if isinstance(value, dict) else None
            (self._open if name == "Start" else self._close)(tag, details, start, end)
        elif self.code and name in {"Text", "Html", "InlineHtml"}:
            self.code[1] = max(self.code[1], end)
        elif name != "TaskListMarker":
            kind: InlineKind | None = (
                "code" if name == "Code" else "math" if name in {"InlineMath", "DisplayMath"} else None
            )
            self._content(start, end, kind=kind)

    def _content(self, start: int, end: int, *, kind: InlineKind | None = None, visible: bool = True) -> None:
        if not visible:
            return
        if self.leaf is None:
            self._begin(_Leaf("item" if self._item() else "paragraph", implicit=True))
        leaf = self.leaf
        assert leaf is not None  # noqa: S101  for the type checker: _begin has just set it
        leaf.start = start if leaf.start < 0 else min(leaf.start, start)
        leaf.end = max(leaf.end, end)
        if self.marks:  # those further out know their whole content already: the markup inside it tells its range
            inner = self.marks[-1][-1]
            inner[0] = min(inner[0], start)
            inner[1] = max(inner[1], end)
        if kind:
            leaf.inlines.append(Inline(kind, Span(start, end), _inner(self.text, start, end)))

    def _open(self, tag: str, details: Any, start: int, end: int) -> None:
        if tag in _INLINE_KINDS:
            target = details.get("dest_url", "") if isinstance(details, dict) else ""
            self._content(start, end)
            self.marks.append((_INLINE_KINDS[tag], start, target, [end, start]))
            return
        self._finish_implicit()
        if tag in {"Item", "BlockQuote"}:
            self._enter(start, quote=tag == "BlockQuote")
        elif tag == "Paragraph":
            self._begin(_Leaf("item" if self._item() else "paragraph"))
        elif tag == "Heading":
            level = details["level"] if isinstance(details, dict) else details
            self._begin(_Leaf("heading", depth=int(str(level)[1:])))
        elif tag == "Table":
            self.table += 1
            self.row = -1
        elif tag in {"TableHead", "TableRow"}:
            self.row, self.column = self.row + 1, -1
        elif tag == "TableCell":
            self.column += 1
            self._begin(_Leaf("cell", row=self.row, column=self.column))
        elif tag in {"CodeBlock", "HtmlBlock"}:
            self.code = [start, start, int(tag == "HtmlBlock"), int(details == "Indented")]

    def _close(self, tag: str, _details: Any, start: int, end: int) -> None:
        if tag in _INLINE_KINDS:
            self._close_mark(start, end)
        elif tag in {"Item", "BlockQuote"}:
            self._finish_implicit()
            if self.containers:
                self.containers.pop()
        elif tag in {"CodeBlock", "HtmlBlock"}:
            self._finish_code(start, end)
        elif tag in {"Paragraph", "Heading", "TableCell"}:
            self._finish()

    def _close_mark(self, start: int, end: int) -> None:
        if not self.marks:
            return
        kind, _, target, (first, last) = self.marks.pop()
        if len(self.marks) >= _DEEPEST:
            self._note_depth(start)
            return
        inner = Span(first, last) if first < last else None
        url = clean_url(target) if kind in {"link", "image"} else ""
        if self.leaf is not None and start < end:
            identifier = identify(target) if kind == "link" else ""
            self.leaf.inlines.append(Inline(kind, Span(start, end), inner, url, identifier))

    def _enter(self, start: int, *, quote: bool) -> None:
        """Open a list item or block quote; items too deep become neighbours of the deepest one."""
        outer = self.containers[-1] if self.containers else _NOWHERE
        items, above = outer.items + (not quote), outer.parent
        if items > _DEEPEST:
            items = _DEEPEST
            above = self.blocks[above].parent if above >= 0 and self.blocks[above].depth == _DEEPEST else above
            self._note_depth(start)
        self.containers.append(_Container(quote, items, outer.quoted or quote, above))

    def _note_depth(self, start: int) -> None:
        self.too_deep = start if self.too_deep < 0 else self.too_deep

    def _item(self) -> bool:
        """Tell whether the next leaf is the own text of the innermost list item."""
        return bool(self.containers) and not self.containers[-1].quote and self.containers[-1].block < 0

    def _begin(self, leaf: _Leaf) -> None:
        self.leaf = leaf

    def _finish_implicit(self) -> None:
        if self.leaf is not None and self.leaf.implicit:
            self._finish()

    def _finish(self) -> None:
        leaf, self.leaf = self.leaf, None
        self.marks.clear()
        if leaf is None or leaf.start < 0:
            return
        span = _trimmed(self.text, leaf.start, without_properties(self.text, leaf.start, leaf.end))
        if span is None:
            return
        if leaf.kind == "heading" and is_no_heading(span.of(self.text), self.text, span.start):
            leaf.kind, leaf.depth = "paragraph", 0
        if leaf.kind == "paragraph" and (meant := meant_heading(self.text, span, opens=not self.blocks)):
            self._add(_Leaf("heading", depth=meant[0], inlines=leaf.inlines), meant[1])
            if (rest := _trimmed(self.text, meant[1].end, span.end)) is None:
                return
            span = rest
        references = split_references(self.text, span, leaf.inlines) if leaf.kind == "paragraph" else []
        if not references:
            self._add(leaf, span)
        for reference, inlines in references:
            if piece := _trimmed(self.text, reference.start, reference.end):
                self._enter(reference.start, quote=False)
                self._add(_Leaf("item", inlines=inlines), piece)
                self.containers.pop()

    def _add(self, leaf: _Leaf, span: Span) -> None:
        inside = self.containers[-1] if self.containers else _NOWHERE
        if leaf.kind in {"heading", "item", "paragraph"} and (task := _TASK.match(self.text, span.start, span.end)):
            span = Span(task.end(), span.end)
        if is_left_by_tools(span.of(self.text)):
            leaf.kind, leaf.depth = "html", 0
        parent, quoted = inside.parent, inside.quoted
        depth = leaf.depth if leaf.kind == "heading" else inside.items
        if leaf.kind == "heading":
            self.headings = [h for h in self.headings if h[0] < leaf.depth]
        elif leaf.kind == "paragraph" and (above := self._item_just_above(span, quoted=quoted)) >= 0:
            parent, depth = above, self.blocks[above].depth
        inlines = tuple(i for i in leaf.inlines if span.covers(i.span))
        sentences: tuple[Span, ...] = ()
        if leaf.kind not in {"code", "html"}:
            inlines = find_inlines(self.text, span, inlines)
            sentences = (leaf.kind != "heading" and split_sentences(self.text, span)) or (span,)
        block = Block(
            kind=leaf.kind,
            span=span,
            line=bisect_right(self.line_starts, span.start),
            depth=depth,
            headings=tuple(index for _, index in self.headings),
            parent=parent,
            quoted=quoted,
            table=self.table if leaf.kind == "cell" else -1,
            row=leaf.row,
            column=leaf.column,
            inlines=inlines,
            sentences=sentences,
        )
        self.blocks.append(block)
        index = len(self.blocks) - 1
        if leaf.kind == "heading":
            self.headings.append((leaf.depth, index))
        elif leaf.kind == "item":
            self.containers[-1].block = self.last_item = index

    def _item_just_above(self, span: Span, *, quoted: bool) -> int:
        """Return the item on the line directly above a quote, or above a line that was meant to go on with it."""
        if self.last_item < 0 or not quoted or not self.blocks:
            return -1
        previous = self.blocks[-1]
        if len(self.blocks) - 1 != self.last_item and previous.parent != self.last_item:
            return -1
        between = self.text[previous.span.end : span.start]
        lines = between.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self.last_item if all(line.strip(_BLANK + ">") or ">" in line for line in lines[1:-1]) else -1

    def _finish_code(self, start: int, end: int) -> None:
        is_html, is_indented = self.code[2:] if self.code else (0, 0)
        last = max(self.code[1] if self.code else end, end)
        self.code = []
        if is_html:
            self._read_html(start, last)
        elif is_indented:
            self._lines_of_indented(start, last)
        elif span := _trimmed(self.text, start, last):
            self._add(_Leaf("code"), span)

    def _lines_of_indented(self, start: int, end: int) -> None:
        """Read prose that is indented like code: each line is an item or a paragraph of its own."""
        for match in re.finditer(r"[^\r\n]+", self.text[start:end]):
            begin, stop = start + match.start(), start + match.end()
            marker = _ITEM.match(self.text, begin, stop)
            span = _trimmed(self.text, marker.end() if marker else begin, stop)
            if span is None:
                continue
            if marker:
                self._enter(begin, quote=False)
                self._add(_Leaf("item"), span)
                self.containers.pop()
            else:
                self._add(_Leaf("paragraph"), span)

    def _read_html(self, start: int, end: int) -> None:
        """Read tables cell by cell, and the rest line by line."""
        for table in html_tables(self.text, start, end):
            if table.start > start:
                self._lines_of_html(start, table.start)
            self.table += 1
            for cell in table.cells:
                self._add(_Leaf("cell", row=cell.row, column=cell.column), Span(cell.start, cell.end))
            start = table.end
        if start < end:
            self._lines_of_html(start, end)

    def _lines_of_html(self, start: int, end: int) -> None:
        """Keep the visible text among HTML as paragraphs, and comments and bare tags as HTML."""
        piece = self.text[start:end]
        shown = re.sub(r"<!--.*?(?:-->|$)", lambda m: re.sub(r"[^\r\n]", " ", m[0]), piece, flags=re.DOTALL)
        found = False
        for line in re.finditer(r"[^\r\n]+", shown):
            for first, last in shown_pieces(line[0]):
                span = _trimmed(self.text, start + line.start() + first, start + line.start() + last)
                if span is not None:
                    found = True
                    titled = _TITLE_LINE.match(line[0])
                    self._add(_Leaf("heading", depth=1) if titled else _Leaf("paragraph"), span)
        if not found and (span := _trimmed(self.text, start, end)):
            self._add(_Leaf("html"), span)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None


def _inner(text: str, start: int, end: int) -> Span | None:
    """Return the content of a code span or formula without its delimiters."""
    mark = text[start]
    while start < end and text[start] == mark and end - start > 1 and text[end - 1] == mark:
        start, end = start + 1, end - 1
    return _trimmed(text, start, end)
