"""A note as rules read it: its document, which parts of the blocks are text for people, and the rules in force."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from papergraph.extract.once import Once
from papergraph.extract.rules import Role, Rule, Rules
from papergraph.extract.sections import Part, is_heading_line, parts_of
from papergraph.model import Block, Document, EntityType, Field, Inline, Mention, Span
from papergraph.text.folding import tidy
from papergraph.text.scripts import script_marks
from papergraph.vocabulary import Vocabulary

_READ = frozenset({"heading", "paragraph", "item", "cell"})

#: A wikilink; its group is the page without folders.
_PAGE = re.compile(r"\[\[(?:[^\[\]|#\r\n]*/)?([^\[\]|#/\r\n]++)[^\[\]\r\n]*+\]\]")

#: Papers that a heading must list to be a category, whatever it is called.
_SEVERAL = 3
#: Characters of a sub- or superscript with its marks.
_LONGEST_SCRIPT = 20


@dataclass(frozen=True)
class Reading(Once):
    """A document with its vocabulary, and what rules ask of its blocks and fields."""

    document: Document
    vocabulary: Vocabulary
    rules: Rules = field(default_factory=Rules)
    """Those in force, ours and those of third parties: they say how sure a name of a rule is."""

    @cached_property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    @cached_property
    def readable(self) -> tuple[tuple[int, Block], ...]:
        """The blocks that hold prose, names or titles, with their index."""
        return tuple((i, b) for i, b in enumerate(self.document.blocks) if b.kind in _READ)

    @cached_property
    def hidden(self) -> tuple[tuple[Span, ...], ...]:
        """For each block the parts that nobody reads, in order and apart: URLs, link targets, images, formulas."""
        return tuple(_apart(_hidden(self.text, b)) for b in self.document.blocks)

    @cached_property
    def paper_links(self) -> tuple[tuple[Inline, ...], ...]:
        """For each block its links that lead to papers, in order."""
        return tuple(paper_links(b) for b in self.document.blocks)

    @cached_property
    def children(self) -> dict[int, tuple[int, ...]]:
        """For each block the blocks that hang directly under it."""
        found: dict[int, list[int]] = {}
        for index, block in enumerate(self.document.blocks):
            found.setdefault(block.parent, []).append(index)
        return {parent: tuple(indices) for parent, indices in found.items()}

    @cached_property
    def rows(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """For each table and row its cells."""
        found: dict[tuple[int, int], list[int]] = {}
        for index, block in enumerate(self.document.blocks):
            if block.kind == "cell":
                found.setdefault((block.table, block.row), []).append(index)
        return {row: tuple(cells) for row, cells in found.items()}

    @cached_property
    def tables(self) -> dict[int, list[Block]]:
        """The cells of each table, both in order."""
        found: dict[int, list[Block]] = {}
        for block in self.document.blocks:
            if block.kind == "cell":
                found.setdefault(block.table, []).append(block)
        return dict(sorted(found.items()))

    @cached_property
    def column_heads(self) -> dict[tuple[int, int], int]:
        """For each table and column the cell in its header; a header may be empty, or shorter than its rows."""
        found: dict[tuple[int, int], int] = {}
        for index, block in enumerate(self.document.blocks):
            if block.kind == "cell" and block.row == 0:
                found.setdefault((block.table, block.column), index)
        return found

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The indices of the headings, in order."""
        return tuple(i for i, b in enumerate(self.document.blocks) if b.kind == "heading")

    @cached_property
    def levels(self) -> Counter[int]:
        """How many headings of each level the document has."""
        return Counter(self.document.blocks[i].depth for i in self.headings)

    @cached_property
    def section_ends(self) -> dict[int, int]:
        """For each heading the block after its section: the next heading of its level or above, or the end."""
        ends: dict[int, int] = {}
        open_headings: list[int] = []
        blocks = self.document.blocks
        for index, block in enumerate(blocks):
            if block.kind != "heading":
                continue
            while open_headings and blocks[open_headings[-1]].depth >= block.depth:
                ends[open_headings.pop()] = index
            open_headings.append(index)
        return {**ends, **dict.fromkeys(open_headings, len(blocks))}

    def section(self, heading: int) -> range:
        """Return the blocks under a heading, down to the next heading of its level or above."""
        return range(heading + 1, self.section_ends[heading])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """For each block what it is for, such as `experiments`, by headings and labels alone."""
        return parts_of(self.document)

    @cached_property
    def heading_lines(self) -> tuple[int, ...]:
        """For each block the bold line, or the paragraph with a colon at its end, that announces it; -1 for none.

        A paragraph behind a list is not of the list, and ends what stands under such a line.
        """
        found: list[int] = []
        headings: tuple[int, ...] = ()
        last, listed = -1, False
        for index, block in enumerate(self.document.blocks):
            outside = block.parent < 0 and block.kind != "item"
            if block.kind == "heading" or block.headings != headings or (outside and listed):
                last, headings, listed = -1, block.headings, False
            found.append(last if block.parent < 0 else -1)
            listed = listed or block.kind == "item"
            if outside and (is_heading_line(self.text, block) or block.span.of(self.text).endswith((":", "："))):
                last, listed = index, False
        return tuple(found)

    @cached_property
    def siblings(self) -> dict[int, tuple[int, ...]]:
        """For each heading the headings of its level under the same heading, itself among them."""
        groups: dict[tuple[int, tuple[int, ...]], list[int]] = {}
        for index in self.headings:
            block = self.document.blocks[index]
            groups.setdefault((block.depth, block.headings), []).append(index)
        rows = map(tuple, groups.values())
        return {i: row for row in rows for i in row}

    def block_at(self, offset: int) -> int:
        """Return the index of the last block that starts at or before `offset`; -1 for front matter."""
        return bisect_right(self._block_starts, offset) - 1

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.span.start for block in self.document.blocks)

    @cached_property
    def _fields_by_block(self) -> dict[int, tuple[Field, ...]]:
        found: dict[int, list[Field]] = {}
        for one in self.document.fields:
            found.setdefault(one.block, []).append(one)
        return {block: tuple(fields) for block, fields in found.items()}

    def below(self, index: int) -> Iterator[int]:
        """Yield every block that hangs under block `index`, in order."""
        waiting = list(reversed(self.children.get(index, ())))
        while waiting:
            child = waiting.pop()
            yield child
            waiting.extend(reversed(self.children.get(child, ())))

    def fields_of(self, index: int) -> tuple[Field, ...]:
        """Return the fields in block `index`; -1 means the front matter."""
        return self._fields_by_block.get(index, ())

    def is_visible(self, index: int, start: int, end: int) -> bool:
        """Tell whether the characters from `start` to `end` of block `index` are readable text."""
        starts, ends = self._hidden_places[index]
        last = bisect_left(starts, end) if starts else 0
        return last == 0 or ends[last - 1] <= start

    def is_hidden(self, index: int, start: int, end: int) -> bool:
        """Tell whether nobody reads any of the characters from `start` to `end` of block `index`: all of a URL."""
        starts, ends = self._hidden_places[index]
        last = bisect_right(starts, start) if starts else 0
        return last > 0 and ends[last - 1] >= end

    @cached_property
    def _hidden_places(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        return tuple((tuple(s.start for s in spans), tuple(s.end for s in spans)) for spans in self.hidden)

    def mention(
        self,
        span: Span,
        entity_type: EntityType,
        extractor: str,
        sure: float | str = "",
        *,
        name: str = "",
        vocabulary: str = "",
        identifiers: tuple[str, ...] = (),
    ) -> Mention:
        """Return a mention at `span`, named after its text unless a `name` is given.

        `sure` is a case of the rule that signs as `extractor`, or how sure it is of this mention, 0 to 1; without it
        the rule's own confidence holds.
        """
        surface = span.of(self.text)
        return Mention(
            span=span,
            surface=surface,
            line=self.document.line_of(span.start),
            type=entity_type,
            name=name or tidy(surface.replace("**", "") if entity_type == "Paper" else surface),
            extractor=extractor,
            confidence=self.rules.recognisers[extractor].sure(sure) if isinstance(sure, str) else sure,
            vocabulary=vocabulary,
            identifiers=identifiers,
        )

    def rule_of(self, mention: Mention) -> Rule:
        """Return the rule that found a mention."""
        return self.rules.recognisers[mention.extractor]

    def has_role(self, mention: Mention, role: Role) -> bool:
        """Tell whether the rule that found a mention gives it a role, such as `opens-entry`."""
        rule = self.rules.recognisers[mention.extractor]
        return role in rule.roles


def paper_links(block: Block) -> tuple[Inline, ...]:
    """Return the links of a block that lead to papers, in order."""
    return tuple(i for i in block.inlines if i.kind in {"link", "url"} and i.identifier)


def is_page_link(inline: Inline) -> bool:
    """Tell whether an inline leads to another note: a wikilink, or a link to a Markdown file beside this one."""
    target = inline.target.partition("#")[0].casefold()
    return inline.kind == "wikilink" or (
        inline.kind == "link" and "://" not in target and target.endswith((".md", ".markdown"))
    )


def article_links(block: Block) -> tuple[Inline, ...]:
    """Return the links of a block whose long text is the title of an article that is no known kind of paper."""
    return tuple(
        i
        for i in block.inlines
        if i.kind == "link"
        and not i.identifier
        and i.inner is not None
        and i.target.startswith("http")
        and not any(host in i.target for host in ("github.com", "huggingface.co", "twitter.com", "youtube.com"))
        and i.inner.end - i.inner.start >= 16
    )


def _hidden(text: str, block: Block) -> Iterator[Span]:
    for inline in block.inlines:
        if inline.kind in {"html", "math"} and _is_script(text, inline.span):
            continue
        if inline.kind in {"url", "math", "image", "html"}:
            yield inline.span
        elif inline.kind == "wikilink" and inline.inner is not None:
            if inline.span.start + 2 < inline.inner.start:  # `[[folder/page|text]]`
                yield Span(inline.span.start, inline.inner.start)
        elif inline.kind == "link":
            if inline.inner is None or is_attachment(text, inline):
                yield inline.span
            elif inline.inner.end < inline.span.end:
                yield Span(inline.inner.end, inline.span.end)


def is_attachment(text: str, link: Inline) -> bool:
    """Tell whether a link leads to a file of a work that a reference manager keeps: `[Quill_2020.pdf](zotero://...)`."""
    is_kept = link.target.casefold().startswith(("zotero:", "file:", "attachments:"))
    return is_kept and link.inner is not None and link.inner.of(text).casefold().endswith(".pdf")


def _is_script(text: str, span: Span) -> bool:
    """Tell whether a formula or tag does nothing but lower or raise a letter or two, which may be in a name."""
    start, end = max(0, span.start - _LONGEST_SCRIPT), span.end + _LONGEST_SCRIPT
    marks = list(script_marks(text, start, end)) if span.end - span.start <= _LONGEST_SCRIPT else []
    places = [*marks, *((before[0], after[1]) for before, after in pairwise(marks))]
    return (span.start, span.end) in places


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def strip_edges(
    text: str, start: int, end: int, characters: str = " \t\r\n*_`\"'“”「」[]()（）:：,，.。;；-–—>"
) -> Span | None:
    """Return the span without white space and stray markup at its ends; None if nothing is left."""
    while start < end and text[start] in characters:
        start += 1
    while end > start and text[end - 1] in characters:
        end -= 1
    return Span(start, end) if start < end else None


def split_at(text: str, value: Span, separators: Iterable[re.Match[str]], edges: str) -> Iterator[Span]:
    """Yield the parts of a list in one line, without the `edges` characters at their ends; empty parts are left out.

    >>> text = "H2O, [SnapKV]; "
    >>> [s.of(text) for s in split_at(text, Span(0, 15), re.finditer("[,;]", text), " []")]
    ['H2O', 'SnapKV']
    """
    position = value.start
    for start, end in (*(m.span() for m in separators), (value.end, value.end)):
        if part := strip_edges(text, position, start, edges):
            yield part
        position = end


def page_name(text: str, place: Span) -> Span | None:
    """Return the name of the page that the first wikilink in `place` leads to, without its folders; None for no link.

    >>> text = "by [[People/Ada Quill|Quill]]"
    >>> page_name(text, Span(0, len(text))).of(text)
    'Ada Quill'
    """
    link = _PAGE.search(text, place.start, place.end)
    return strip_edges(text, *link.span(1)) if link else None


def lists_papers(reading: Reading, heading: int) -> bool:
    """Tell whether items or cells below a heading link to several papers, so that the heading files them."""
    found: set[str] = set()
    for index in range(heading + 1, reading.section_ends[heading]):
        block = reading.document.blocks[index]
        if block.kind == "heading":
            break
        if block.kind in {"item", "cell"}:
            found.update(link.identifier for link in reading.paper_links[index])
        if len(found) >= _SEVERAL:
            return True
    return False
