"""Where a title begins and ends on its line: behind marks, dates and venues, and before links, badges and venues."""

from __future__ import annotations

import re

from papergraph.extract.organisation import is_maker
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.recognise.title_edges import without_edges
from papergraph.extract.shapes import is_venue
from papergraph.extract.title_shapes import is_title
from papergraph.model import Span
from papergraph.text.folding import is_chinese

#: Before a title: list marks, a venue in brackets, a date, an emoji, `Survey:`, `Title:`.
_LEAD = re.compile(
    r"(?:\s|#[^\W\d][\w/-]{0,30}\s|`\d[^`\n]{1,20}`|</?[A-Za-z][^<>\n]*>|&\w+;|[*_>~]|\\?\[[^\[\]\n]{1,30}\\?\](?!\()|\[[^\[\]\n]{0,4}\]\(#[^()\s]{0,60}\)|[(（【][^()（）【】\n]{1,20}[)）】]|\d{1,4}[./年-]\d{1,2}(?:[./月-]\d{1,2}日?)?[\s,:：]|"
    r"(?:survey|title|paper|论文|標題|论文标题|论文题目|标题|题目)\s*[:：]|(?:论文|文献|論文|文獻)?(?:阅读|精读|笔记|解读|分享|速读|导读|閱讀|精讀|筆記|解讀|導讀){1,2}\s*[:：|｜]|[精细略重]?读\s(?=[A-Z])|"
    r"(?:paper|reading)[ ](?:notes?|reading|review|summary)\s*[:：]"
    r"|[^\w\s\"'“‘(（\[`$\\《]|\d{1,9}[.)、](?:\s|(?=[【《])))+",
    re.IGNORECASE,
)
#: After a title in one line with it: the end of its bold type, a badge.
_TITLE_END = re.compile(
    r"\*\*\s*(?=\S)|&nbsp;|&emsp;|!\[|</?[A-Za-z]|(?<=\S{8})\s+\\?\[(?=[A-Z0-9])|(?<=\w)\\?\[(?=[A-Za-z]{2,10}\s?['’]?\d{2,4}\\?\])|(?<=\w)[.。]\s+[*_](?=[A-Z])|(?<!\s)\s++[(（](?:from\b|by\b|来自|@|[A-Z]\w+['’]\d\d)"
)
#: Behind a title that is a heading, who wrote the work: `(Quill et al., ICLR 2024)`.
_CITED = re.compile(r"(?<!\s)\s++[(（][A-Z][\w'’-]{1,30}(?:\set\sal\b|\s?等人?[,，])")
_URL = re.compile(r"https?://|www\.")
#: A link without an address, a bracket that stays open, and a label.
_OPENED = re.compile(
    r"\]\(\s*\)|[\[(（【]\s*$|\[\[?(?:paper|pdf|code|arxiv|arXiv|link|project|github|website|slides)\]?"
)
#: Characters that no venue behind a title exceeds.
_LONGEST_TAIL = 100
_VENUE_TAIL = re.compile(
    r"[,，.]?\s*[(（\[]?(?:arXiv|[A-Z][A-Za-z]{2,}(?:PS|S|L|R)?)\s*(?:['’]\s?)?(?:19|20)?\d\d[)）\]]?[\s\[(（【]*$"
)
#: Behind a title and a comma, those who wrote it: `, Quill et al.`, `", A. Quill and Marsh et al.`
_AUTHOR = r"(?:[A-Z]\.\s?){0,3}(?:[A-ZÀ-Þ][\w'’-]{0,20}\.?\s){0,2}[A-ZÀ-Þ][\w'’-]+"
_AUTHORS_TAIL = re.compile(rf"[\"”]?[,，.]\s+{_AUTHOR}(?:(?:,|\s+and|\s+&)\s+{_AUTHOR}){{0,2}},?\s+et\s?al\b")
#: Tags behind a title: `# Retrieval-augmented generation #rag #survey`.
_TAGS = re.compile(r"(?:\s{1,9}#[^\W\d][\w/-]{0,60}){1,12}\s*$")


def without_tags(text: str, span: Span) -> Span:
    """Return a heading without the tags at its end.

    >>> text = "Sparse attention #kv #todo"
    >>> without_tags(text, Span(0, len(text))).of(text)
    'Sparse attention'
    """
    tags = _TAGS.search(text, span.start, span.end)
    return Span(span.start, tags.start()) if tags and tags.start() > span.start else span


#: Behind a title a venue and its year: `，ICLR 2023，IST Austria`.
_VENUE = re.compile(r"\s?[,，;；]\s?(?P<venue>[A-Za-z][A-Za-z&+/ .-]{1,40}?)[ '’‘]{0,2}(?:19|20)?\d\d(?!\d)")
#: The other way round, at the end: `, 2020, ICLR`.
_YEAR_VENUE = re.compile(r"\s?[,，;；(（]\s?(?:19|20)\d\d\s?[,，]?\s?(?P<venue>[A-Za-z][A-Za-z&+/ .-]{1,40}+)[)）]?$")
_QUOTED = re.compile(r"《([^《》\n]{12,250})》")
_MAKER = re.compile(r"\s?[,，;；]\s?(?P<maker>[^,，;；]{2,90})$")


def before_venue(reading: Reading, span: Span) -> Span:
    """Return what stands in a line before a known venue with its year, and before the institutions in front of it."""
    for match in _VENUE.finditer(reading.text, span.start, span.end):
        if match.start() > span.start and is_venue(reading.vocabulary, match["venue"]):
            end = match.start()
            while (maker := _MAKER.search(reading.text, span.start, end)) and _are_makers(reading, maker["maker"]):
                end = maker.start()
            return Span(span.start, end)
    behind = _YEAR_VENUE.search(reading.text, span.start, span.end)
    return Span(span.start, behind.start()) if behind and is_venue(reading.vocabulary, behind["venue"]) else span


def _are_makers(reading: Reading, clause: str) -> bool:
    return all(is_maker(reading.vocabulary, part.strip()) for part in re.split(r"[&/、]|\band\b|[和与]", clause))


def quoted_title(reading: Reading, place: Span) -> Span | None:
    """Return the only English title that a line sets apart in 《》: `# 《A Title of a Work》阅读笔记`."""
    found = [Span(*m.span(1)) for m in _QUOTED.finditer(reading.text, place.start, place.end)]
    titles = [s for s in found if is_title(s.of(reading.text)) and not is_chinese(s.of(reading.text))]
    return titles[0] if len(found) == len(titles) == 1 else None


def title_span(reading: Reading, start: int, end: int) -> Span | None:
    """Return the title between two offsets: without leading marks and venue, without trailing marks and labels."""
    lead = _LEAD.match(reading.text, start, end)
    begin = lead.end() if lead else start
    end = without_tags(reading.text, Span(begin, end)).end if begin < end else end
    if url := _URL.search(reading.text, begin, end):
        end = url.start()
    if tail := _VENUE_TAIL.search(reading.text, max(begin, end - _LONGEST_TAIL), end):
        end = tail.start()
    if begin < end:
        end = before_venue(reading, Span(begin, end)).end
    if authors := _AUTHORS_TAIL.search(reading.text, begin + 1, max(end, begin + 1)):
        end = authors.start()
    if opening := _TITLE_END.search(reading.text, begin, end):
        end = opening.start()
    is_heading = reading.document.blocks[max(0, reading.block_at(start))].kind == "heading"
    if is_heading and (cited := _CITED.search(reading.text, begin, end)):
        end = cited.start()
    if opening := _OPENED.search(reading.text, begin, end):
        end = opening.start()
    span = strip_edges(reading.text, begin, end, ' \t\r\n*_~`|@[](（:：,，;；-–—>《》"“”')
    return without_edges(reading, span) if span else None
