"""Titles of papers inside running text: references in the style of a bibliography, and titles set apart after a cue.

`Yao L, Mao C. KG-BERT: BERT for Knowledge Graph Completion[J]. 2019.`, `Vaswani, A., et al. (2017). Attention is all
you need.`, `He, K., et al. "Deep residual learning for image recognition"`, `LoRA（论文：**LoRA: Low-Rank ...**）`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.title_shapes import is_title
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Block, Mention, Span
from papergraph.ontology.identifiers import ARXIV, ARXIV_NUMBER
from papergraph.text.folding import is_chinese

_AUTHOR = (
    r"(?:[A-ZÀ-Þ][\w'’-]{1,40}+,?[ ](?:[A-Z]\.?[ -]?){1,3}"
    r"|[A-ZÀ-Þ][\w'’-]{1,40}+(?:[ ][A-ZÀ-Þ][\w.'’-]{0,40}+){1,3}|(?:[A-Z]\.[ -]?){1,3}[A-ZÀ-Þ][\w'’-]{1,40}+)"
)
#: All but the last are read in one way only, so that a list of them cannot be read in thousands.
_AUTHORS = rf"(?>{_AUTHOR}(?:,?[ ]and|,?[ ]&|,|，|;)[ ]*+){{0,30}}{_AUTHOR}(?:,?[ ](?:et[ ]al|等)\.?,?)?"
#: `Quill, Ada, and Bo Marsh`: the first with the last name first.
_TURNED = (
    r"[A-ZÀ-Þ][\w'’-]{1,40}+,[ ][A-ZÀ-Þ][\w'’-]{1,40}+(?:[ ][A-Z]\b)?"
    rf"(?:,?[ ]et[ ]al|,[ ](?:and[ ])?{_AUTHORS})?"
)
#: What follows a title and its full stop: `In ...`, `arXiv`, a venue in capitals with its year.
_IN = r"(?:In\b|arXiv\b|CoRR\b|Proceedings\b|[A-Z][A-Za-z]{0,6}[A-Z]{2,6}[ ](?:19|20)\d\d\b)"
_KIND = r"\\?\[(?:J|C|M|D|R|N|A|OL|J/OL|C/OL|EB/OL)\\?\]"
_YEAR = r"[(（](?:19|20)\d\d[a-z]?[)）]"
#: A title with a full stop, in italics or not.
_SENTENCE = r"[*_]{0,2}(?P<title>[A-Z][^.?!\n]{12,250}?[?!]?)[*_]{0,2}\.(?=[\s*_]|$)"
#: Names in the style of Springer, each with its initials behind a comma: `Smith, J.A., van den Berg, K., et al.`
_SURNAME = r"(?:(?:van|von|den|der|de|di|da|la|le)[ ]){0,3}[A-ZÀ-Þ][\w'’-]{1,40}+,[ ](?:[A-Z]\.[ -]?){1,3}"
_SPRINGER = rf"(?:(?>(?:{_SURNAME},?\s+(?:and[ ])?){{1,30}})(?:{_SURNAME}|et[ ]al\.)|{_SURNAME}(?:,?[ ]et[ ]al\.)?)"
_INITIALS_END = re.compile(r",[ ](?:[A-Z]\.-?){1,3}(?:,?[ ]et[ ]al\.)?:\s")
_Style = tuple[re.Pattern[str], re.Pattern[str]]
#: What must stand in the text for the costly pattern after it to be tried, and the pattern.
_REFERENCES: tuple[_Style, ...] = (
    # GB/T 7714: authors. title[J]. venue, year
    (re.compile(_KIND), re.compile(rf"{_AUTHORS}[.．]\s*(?P<title>[^\[\]\n]{{12,250}}?)\s*{_KIND}")),
    # APA: authors (year). title.
    (
        re.compile(_YEAR),
        re.compile(rf"{_AUTHORS}[ ]?{_YEAR}[.,]?\s+{_SENTENCE}"),
    ),
    # Harvard: authors, year. title.
    (
        re.compile(r",[ ](?:19|20)\d\d[a-z]?\.[ ]"),
        re.compile(rf"{_AUTHORS},?[ ](?:19|20)\d\d[a-z]?\.[ ]{_SENTENCE}"),
    ),
    # MLA: authors. "title."
    (
        re.compile(r"[.,]\s*[\"“]"),
        re.compile(
            rf"(?:{_TURNED}|{_AUTHORS})(?:[.,]|(?<=\.))(?:[ ](?:19|20)\d\d\.)?\s*"
            r"[\"“](?P<title>[^\"“”\n]{12,250}?)[.,]?[\"”]"
        ),
    ),
    # "title" by authors
    (
        re.compile(r"[\"”],?[ ]by[ ]"),
        re.compile(rf"[\"“](?P<title>[^\"“”\n]{{12,250}}?)[,.]?[\"”],?[ ]by[ ]{_AUTHOR}"),
    ),
    # IEEE: authors. title. In venue, year
    (
        re.compile(rf"\.\s+{_IN}"),
        re.compile(rf"{_AUTHORS}(?:(?<=\.)|\.)\s+(?P<title>[A-Z][^.?!\n\[\]]{{12,250}}?[?!]?)\.\s+{_IN}"),
    ),
    # The same with the initials first and no quotes: A. Quill, and B. Marsh, title, in Venue, year
    (
        re.compile(r",\s+in\b"),
        re.compile(
            r"(?<![\w.])(?:(?:[A-Z]\.[ -]?){1,3}[A-ZÀ-Þ][\w'’-]{1,40}+,?[ ](?:et[ ]al\.,?[ ]|and[ ]|&[ ])?){1,30}+"
            r"(?P<title>[A-Z][^.?!\n\[\]\"“]{12,250}?),\s+in\b[ :]"
        ),
    ),
    # Springer: authors: title. In: venue (year), with the initials behind the names, and lines that break in it
    (
        _INITIALS_END,
        re.compile(
            rf"{_SPRINGER}:\s+(?P<title>[A-Z](?:[^.?!\n]|\n[ \t]*+(?=[A-Za-z(])){{12,250}}?)"
            rf"(?:[.?!]\s+[A-Z]|[ ]{_YEAR})"
        ),
    ),
)
_ARXIV = re.compile(rf"arxiv[^\n]{{0,20}}?({ARXIV_NUMBER})", re.IGNORECASE)


def recognise_cited(context: Context) -> Iterator[Mention]:
    """Yield a Paper for each reference, and for each title that a cue such as 论文 sets apart in bold or in quotes."""
    reading = context.reading
    styles = [style for style in _REFERENCES if style[0].search(reading.text)]
    for index, block in reading.readable:
        if block.kind == "heading":
            continue
        for span in (*_references(reading, block, styles), *_set_apart(reading, block)):
            identifiers = _identifiers(reading, index, span)
            yield reading.mention(span, "Paper", "title-cited", identifiers=identifiers)


def referred_title(reading: Reading, place: Span) -> Span | None:
    """Return the title in a reference that stands in `place`, without its authors and what follows it."""
    block = replace(reading.document.blocks[max(0, reading.block_at(place.start))], span=place)
    return next(_references(reading, block, _REFERENCES), None)


def _references(reading: Reading, block: Block, styles: Sequence[_Style]) -> Iterator[Span]:
    for sign, pattern in styles:
        if not sign.search(reading.text, block.span.start, block.span.end):
            continue
        for match in pattern.finditer(reading.text, block.span.start, block.span.end):
            span = strip_edges(reading.text, *match.span("title"))
            if span is not None and is_title(span.of(reading.text)) and not is_chinese(span.of(reading.text)):
                yield span


def _set_apart(reading: Reading, block: Block) -> Iterator[Span]:
    """Yield the titles in bold, in quotes or in 《》 that stand right after a cue."""
    apart = [i.inner for i in block.inlines if i.kind in {"bold", "emphasis"} and i.inner]
    apart += [Span(*m.span(1)) for m in _quoted().finditer(reading.text, block.span.start, block.span.end)]
    for span in sorted(set(apart)):
        before = reading.text[max(block.span.start, span.start - 24) : span.start]
        text = span.of(reading.text)
        told = _cue().search(before) or _cue_behind().match(reading.text, span.end)
        if told and len(text.split()) >= 4 and is_title(text) and not is_chinese(text):
            yield span


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(r"[《“\"]([^《》“”\"\n]{12,250})[》”\"]")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?:{word_pattern('titles', 'cues')})\s*(?:[:：是为]|\bis\b)?[\s*_《“\"]*$", re.IGNORECASE)


@cache
def _cue_behind() -> re.Pattern[str]:
    """Return what says behind a title in 《》 that it is one: 《A Title》这篇论文."""
    return re.compile(r"[》”\"]\s?(?:这篇|那篇|一文|该)\s?(?:论文|文章|paper)?")


def _identifiers(reading: Reading, index: int, span: Span) -> tuple[str, ...]:
    """Return the identifier that the same sentence or line gives after the title."""
    block, links = reading.document.blocks[index], reading.paper_links[index]
    end = reading.text.find("\n", span.end, block.span.end)
    end = block.span.end if end < 0 else end
    written = _ARXIV.search(reading.text, span.end, min(end, span.end + 80))
    if written:
        return (ARXIV.identifier(written[1]),)
    first = bisect_left(links, span.end, key=lambda i: i.span.start)
    linked = [i for i in links[first : first + 2] if i.span.start < end]
    return (linked[0].identifier,) if len(linked) == 1 else ()
