"""A sentence as patterns see it: every name one mark, without markup, and with what its place in the note tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from papergraph.extract.context import Context, unseen
from papergraph.extract.relate.sentence_patterns import FIRST_MARK, LAST_MARK, MARK
from papergraph.extract.sections import SectionRole
from papergraph.extract.word_lists import word_set
from papergraph.model import Span
from papergraph.text.traditional import simplified

#: A first line with more characters announces nothing.
_LONGEST_LINE = 200
#: Markup whose inside is what people read.
_WRAPPERS = frozenset({"link", "wikilink", "bold", "emphasis", "strike", "code", "tag"})
_PRIVATE = re.compile(MARK)
#: White space in a row that patterns see at most: they allow some almost everywhere, and try every way to share it.
_MOST_BLANKS = 8
_BLANKS = re.compile(rf"\s{{{_MOST_BLANKS + 1},}}")
#: A half-width comma or semicolon between Chinese words parts clauses as a full-width one does.
_HALF_WIDTH = re.compile(r"[,;](?=\s?[\u4e00-\u9fff])")
#: The number of a point: `3、`, `（2）`, `④`.
_NUMBER = re.compile(r"^\s{0,8}(?:[(（]\d{1,2}[)）]|\d{1,2}\s?[、，)）．]|\d{1,2}\.(?=\D)|[①-⑳])\s{0,4}")
#: A bracket that refers to something else: `mean shift (see LaserNet)`.
_REFERRING = re.compile(
    r"[(（]\s*(?:cf\.?|see|as in|similar to|like|from|also|e\.g\.?|参见|参考|见)[^()（）]*[)）]", re.IGNORECASE
)
#: What commas set off between a subject and its verb, without a name in it: `the model, shown in figure 1, has`.
_INSERTED = re.compile(
    rf"\s?,\s?(?:(?:as\s)?(?:shown|depicted|illustrated|seen|described)\sin|except|see)\s[^,.;:{MARK[1:-1]}]{{0,40}},(?=\s)",
    re.IGNORECASE,
)
#: Between the maker of a work and its name: `NVIDIA FasterTransformer`, `Google's BERT`, 阿里的 Qwen.
_OWNS = re.compile(r"[ \t]?(?:['’]s[ \t]|的[ \t]?)?")
_PUNCTUATION = re.compile(r"[\W_]+")
#: What stands around a name and says nothing: quotes, the signs of a tag and of marked text.
_AROUND_NAME = re.compile(rf"[「『《“‘\"]({MARK})[」』》”’\"]|(?<![\w&])[#@]({MARK})")
#: The signs of marked text, and where a work is cited: `==H2O==`, `^^H2O^^`, `[12]`, `[Tang et al., 2024]`,
#: `~\cite{tang2024}`.
_TRACES = re.compile(
    rf"(?<![=!<>])==(?!=)|(?<!\^)\^\^(?!\^)|(?:~|\s)?\\cite[a-z]{{0,6}}\*?\{{[^{{}}\n]{{0,200}}\}}"
    rf"|(?<={MARK})\s?(?:\[\d{{1,3}}(?:[,–-]\s?\d{{1,3}}){{0,8}}\]|\[[A-Z][^\[\]\n]{{0,60}}\b(?:19|20)\d\d[a-z]?\]"
    r"|[(（][A-Z][^()（）\n]{0,60}\b(?:19|20)\d\d[a-z]?[)）])"
)
#: Each of them holds one of these.
_SIGNS = ("==", "^^", "\\cite", "[", "(", "（")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which every name is one mark, and what the note is about where it stands."""

    span: Span
    masked: str
    marks: tuple[int, ...]
    """The mention behind each mark."""
    about: int
    """Mention of the work that the sentence stands under; -1 for none."""
    paper: int
    """Mention of that work's paper; -1 for none."""
    cited: bool
    """Whether it stands in a section about other people's work."""
    role: SectionRole = ""
    """What its section or item is for."""

    def mention(self, mark: str) -> int:
        """Return the mention that a mark stands for."""
        return self.marks[ord(mark) - FIRST_MARK]

    def objects(self, match: re.Match[str]) -> list[int]:
        """Return the mentions that a pattern's match takes for objects; what a bracket behind one refers to is none."""
        return [self.mention(c) for c in _REFERRING.sub("", match["O"]) if FIRST_MARK <= ord(c) <= LAST_MARK]

    def place(self, mention: int, match: re.Match[str]) -> int:
        """Return where the mark of a pattern's object stands."""
        return self.masked.index(chr(FIRST_MARK + self.marks.index(mention)), match.start("O"))


def masked_sentence(context: Context, number: int, span: Span, named: tuple[int, ...]) -> Sentence:
    """Return the part `span` of block `number` with a mark for each of the mentions `named` that stand in it."""
    places = [(context.mentions[i].span.start - span.start, len(context.mentions[i].surface)) for i in named]
    markup = [(m.start - span.start, m.end - m.start) for m in unseen(context.document.blocks[number], span, _WRAPPERS)]
    unsaid = (*_leading_tags(context, number, span, named), *_makers(context, named))
    markup += [(s.start - span.start, s.end - s.start) for s in unsaid]
    masked = simplified(_BLANKS.sub(_fewer, mask(span.of(context.text), places, markup)))
    about, paper, cited, role = context.once(_surroundings, number)
    parted = _HALF_WIDTH.sub(lambda sign: chr(ord(sign[0]) + 0xFEE0), _bare(_NUMBER.sub("", masked)))
    return Sentence(span, _INSERTED.sub(" ", parted), named, about, paper, cited, role)


def _surroundings(context: Context, number: int) -> tuple[int, int, bool, SectionRole]:
    """Return what a block is about, that work's paper, whether it is on other people's work, and what it is for."""
    entry = context.entry_of(number)
    cited = _is_background(context, number)
    return context.about(number), entry.paper if entry else -1, cited, context.role_of(number)


def _fewer(blanks: re.Match[str]) -> str:
    return blanks[0][:_MOST_BLANKS]


def _leading_tags(context: Context, number: int, span: Span, named: tuple[int, ...]) -> Iterator[Span]:
    """Yield the tags with which a sentence begins and that name nothing in it: `#todo H2O beats ...`."""
    start = span.start
    inlines = context.document.blocks[number].inlines
    for inline in islice(inlines, bisect_left(inlines, start, key=lambda i: i.span.start), None):
        if inline.kind != "tag" or inline.span.start < start:
            return
        holds_name = any(inline.span.covers(context.mentions[i].span) for i in named)
        if inline.span.start >= span.end or holds_name or context.text[start : inline.span.start].strip():
            return
        yield inline.span
        start = inline.span.end


def _makers(context: Context, named: tuple[int, ...]) -> Iterator[Span]:
    """Yield the names of institutions before those of their works: in `beats Google's BERT` BERT is what is beaten."""
    for maker, work in pairwise(context.mentions[i] for i in named):
        owns = maker.type == "Institution" and work.type in {"Method", "Model"}
        if owns and _OWNS.fullmatch(context.text, maker.span.end, work.span.start):
            yield Span(maker.span.start, work.span.start)


def _bare(masked: str) -> str:
    """Return a masked sentence without what stands around names and says nothing.

    >>> name = chr(0xE000)
    >>> [_bare(t).count(name) + len(_bare(t)) for t in (f"「{name}」", f"#{name}", f"=={name}==", f"{name} [Li, 2024]")]
    [2, 2, 2, 2]
    """
    plain = _TRACES.sub("", masked) if any(sign in masked for sign in _SIGNS) else masked
    return _AROUND_NAME.sub(lambda name: name[1] or name[2], plain)


def mask(text: str, places: list[tuple[int, int]], markup: list[tuple[int, int]] | None = None) -> str:
    """Return `text` with each place (offset, length) as one private-use character, numbered from the first.

    Private-use characters of the text itself, such as bullets of a word processor, are no marks: each becomes U+FFFD.
    What `markup` lists (offset, length) is left out, and names in it as well.

    >>> mask("H2O beats Quest", [(0, 3), (10, 5)]) == chr(0xE000) + " beats " + chr(0xE001)
    True
    >>> mask("H2O beats **Quest**", [(0, 3), (12, 5)], [(10, 2), (17, 2)]) == chr(0xE000) + " beats " + chr(0xE001)
    True
    >>> mask(chr(0xF0B7) + " H2O", [(2, 3)]) == chr(0xFFFD) + " " + chr(0xE000)
    True
    """
    text = _PRIVATE.sub("\ufffd", text)
    marked = [(start, length, chr(FIRST_MARK + number)) for number, (start, length) in enumerate(places)]
    # A character reference is white space, or a sign that a blank replaces as well.
    dropped = [(start, length, " " if text[start : start + 1] == "&" else "") for start, length in markup or ()]
    pieces, position = [], 0
    for start, length, shown in sorted(marked + dropped, key=lambda p: (p[0], p[2])):
        if start < position:
            continue
        pieces += [text[position:start], shown]
        position = start + length
    return "".join([*pieces, text[position:]])


def _is_background(context: Context, number: int) -> bool:
    """Tell whether a block stands under a heading or bold item about other people's work."""
    blocks = context.document.blocks
    above = [*blocks[number].headings[-1:], number]
    while (parent := blocks[above[-1]].parent) >= 0:
        above.append(parent)
    return any(context.once(_opens_background, place) for place in above)


def _opens_background(context: Context, number: int) -> bool:
    """Tell whether the first line of a block announces other people's work."""
    span = context.document.blocks[number].span
    lines = context.text[span.start : min(span.end, span.start + _LONGEST_LINE)].splitlines()
    first = _PUNCTUATION.sub(" ", lines[0]).strip().casefold() if lines else ""
    return first in word_set("discourse", "background") and first not in {"背景", "background"}
