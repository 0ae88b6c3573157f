"""What the parts of a note are for: its method, its experiments, other people's work, told from headings and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from papergraph.extract.literals import Literals
from papergraph.extract.word_lists import plain_heading, read_lists, whole_words
from papergraph.model import Block, Document, Span
from papergraph.text.folding import is_chinese

SectionRole = Literal[
    "method",
    "training_data",
    "experiments",
    "ablation",
    "comparison",
    "related",
    "background",
    "limits",
    "thoughts",
    "summary",
    "references",
    "",
]
#: What a section may be for; the empty one is that of sections that do not say.
SECTION_ROLES: tuple[SectionRole, ...] = get_args(SectionRole)

#: A longer heading is a sentence or a title that happens to hold one of the words.
_LONGEST = 60
#: A word that needs to stand nearly alone has so many others beside it at most: words, or Chinese characters.
_FEW_WORDS, _FEW_LETTERS, _FEWEST_LETTERS = 1, 4, 2
#: Characters of the label in front of the text of an item or paragraph.
_LONGEST_LABEL = 30
_LATIN = re.compile(r"[a-z0-9]+")
_LABEL = re.compile(r"[\s*_`>#]*([^:：\n]{1,40}?)[\s*_`]*[:：]")
_MARKS = " \t*_`#>"


class Part(NamedTuple):
    """What a block is for, and which block says so."""

    role: SectionRole
    told_by: int
    """Index of a heading, a bold line or an item; -1 where none says it."""


_NONE = Part("", -1)


def parts_of(document: Document) -> tuple[Part, ...]:
    """Return for each block what it is for, by its own label, else by what it hangs under, else by its headings."""
    text, parts = document.text, list[Part]()
    lines: dict[int, Part] = {}
    for number, block in enumerate(document.blocks):
        above = block.headings[-1] if block.headings else -1
        inherited = parts[above] if above >= 0 else _NONE
        if block.kind != "heading":
            inherited = parts[block.parent] if block.parent >= 0 else lines.get(above, inherited)
        label = _label(text, block)
        role = _told(label, is_heading=block.kind == "heading")
        part = Part(role, number) if role else inherited
        parts.append(part)
        if block.parent < 0 and is_heading_line(text, block):
            lines[above] = part if role else (parts[above] if above >= 0 else _NONE)
    return tuple(parts)


def _label(text: str, block: Block) -> str:
    """Return what a block calls itself: all of a heading or a short line, or what stands before its colon."""
    if block.kind == "heading":
        return block.span.of(text) if block.span.end - block.span.start <= _LONGEST else ""
    if block.kind not in {"item", "paragraph"}:
        return ""
    if block.span.end - block.span.start <= _LONGEST_LABEL:
        whole = block.span.of(text).strip(_MARKS)
        if block.kind == "item" or is_heading_line(text, block):
            return whole.rstrip(":：" + _MARKS) if len(whole) > 1 else ""
    label = _LABEL.match(text, block.span.start, block.span.end)
    if label:
        return label[1] if len(label[1]) <= _LONGEST_LABEL else ""
    return ""


def _leading_bold(block: Block) -> Iterator[Span]:
    for inline in block.inlines[:1]:
        if inline.kind == "bold" and inline.inner and inline.span.start == block.span.start:
            yield inline.inner


def is_heading_line(text: str, block: Block) -> bool:
    """Tell whether a paragraph does a heading's work: one short line, all of it bold or with a colon at its end."""
    if block.kind != "paragraph" or block.span.end - block.span.start > _LONGEST:
        return False
    line = block.span.of(text).strip()
    bold = next(_leading_bold(block), None)
    whole = bold is not None and not text[bold.end : block.span.end].strip(_MARKS + ":：")
    return "\n" not in line and (whole or line.rstrip(_MARKS).endswith((":", "：")))


def heading_role(heading: str) -> SectionRole:
    """Return what a section called `heading` is for.

    >>> heading_role("4.2 Experimental Setup"), heading_role("三、相关工作"), heading_role("LoRA")
    ('experiments', 'related', '')
    """
    return _told(heading, is_heading=True)


@lru_cache(maxsize=16_384)
def _told(label: str, *, is_heading: bool) -> SectionRole:
    """Return the role that the longest word of a label tells; short labels of a text must be hardly more than it."""
    plain = plain_heading(label)
    if not _finder().places(plain):
        return ""
    best: tuple[int, int] = (0, -1)
    role: SectionRole = ""
    for match in _words().finditer(plain):
        name, alone = _roles()[match[0]]
        size = (match.end() - match.start(), match.start())
        if size <= best:
            continue
        words, letters = _beside(plain, match)
        few = words <= _FEW_WORDS and letters <= _FEW_LETTERS
        bare = not words and letters <= _FEWEST_LETTERS
        if few if alone == is_heading else (is_heading or bare):
            best, role = size, name
    return role


def _beside(plain: str, match: re.Match[str]) -> tuple[int, int]:
    """Return how many Latin words and Chinese characters stand beside a word of a label."""
    rest = plain[: match.start()] + " " + plain[match.end() :]
    return len(_LATIN.findall(rest)), sum(is_chinese(c) for c in rest)


@cache
def _roles() -> dict[str, tuple[SectionRole, bool]]:
    """Return for each word the role that it tells, and whether it must stand nearly alone."""
    lists = read_lists("sections")
    found: dict[str, tuple[SectionRole, bool]] = {}
    for role in SECTION_ROLES:
        for key, alone in ((role, False), (f"{role}_alone", True)):
            for word in lists.get(key, ()) if role else ():
                found.setdefault(plain_heading(word), (role, alone))
    return found


@cache
def _finder() -> Literals:
    """Return the automaton that finds the words, inside of others too."""
    return Literals(_roles(), any_case=False)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(whole_words(_roles()))
