"""What people put around a title in its line: a number, a venue, authors, a rating, what a note calls itself."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.shapes import is_venue
from papergraph.extract.short_names import leading_name, trailing_name
from papergraph.extract.title_shapes import is_clear_title, is_title
from papergraph.extract.word_lists import read_lists
from papergraph.model import Span
from papergraph.text.folding import is_chinese

_EDGES = ' \t*_~`|@,，:：–—-"“”《》'
_YEAR = r"(?:19|20)\d\d"
#: `Paper 12:`, `论文 3：`
_COUNTED = re.compile(r"(?:paper|论文|#)\s{0,2}#?\d{1,4}\s{0,2}(?:[:：.|]|[–—-]\s)\s*", re.IGNORECASE)
#: `Paper summary - `, `Review of the paper - `, `Notes on "`
_CALLED = re.compile(
    r"(?:(?:paper|reading|literature|article)\s)?(?:notes?|review|summary|reading|club|walkthrough|discussion|breakdown|of\sthe\s(?:day|week|month))"
    r"(?:\s(?:on|of|for)(?:\sthe|\sa)?(?:\s(?!-)\w{3,12})?(?=\s{0,2}[:：]|\s[–—|-]))?"
    r"(?:\s{0,2}[:：]|\s[–—|-]|(?:\s(?:on|of|for))?(?=\s[\"“*《]))\s*",
    re.IGNORECASE,
)
#: `Quill et al. 2020 - `, `Quill and Marsh (2020): `
_CITED = re.compile(
    rf"[A-ZÀ-Þ][\w'’-]{{1,30}}(?:\set\sal\.?|\s(?:and|&)\s[A-ZÀ-Þ][\w'’-]{{1,30}})?,?\s[(（\[]?{_YEAR}[a-z]?[)）\]]?"
    r"\s{0,2}[:：,–—|.-]\s{0,3}"
)
#: `CVPR2020: `, `2020 CVPR `, `CVPR'20 | `
_VENUE_FIRST = re.compile(
    rf"(?:(?P<venue>[A-Z][A-Za-z&]{{1,14}})[ '’‘-]{{0,2}}(?:19|20)?\d\d|{_YEAR}[ -](?P<venue2>[A-Z][A-Za-z&]{{1,14}}))"
    r"(?:\s?[:：|,–—-]\s?|\s)"
)
_VENUE_LAST = re.compile(
    r"(?P<gap>[\s,，.@|(（\[【–—-]{1,6})(?P<venue>[A-Z][A-Za-z&]{1,14})(?P<mark>[ '’‘]{0,3})(?:19|20)?\d\d"
    r"(?:[\s,/(（]{1,3}(?:oral|spotlight|poster|best paper|workshop|findings|highlight|award|(?:under )?review"
    r"|submission|submitted|accepted)[)）]?){0,2}[)）\]】]?$",
    re.IGNORECASE,
)
#: Stars, hearts and the like, also in brackets.
_RATING = re.compile(r"\s*[\[(（]?(?:[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f300-\U0001faff]\s?)+[\])）]?$")
#: `[Jan 2024]`, `(2024.03)`
_DATED = re.compile(
    rf"\s*[\[(（](?:(?:\d{{1,2}}\s)?[A-Z][a-z]{{2,8}}\.?\s?,?\s?{_YEAR}|{_YEAR}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?)[\])）]?$"
)
#: `, 2020, ICLR`
_YEAR_VENUE = re.compile(rf"[,，]\s?{_YEAR}[,，]\s?(?P<venue>[A-Z][A-Za-z&]{{1,14}})$")
_BY = re.compile(r",?\s+(?:by|from)\s+(?:[A-ZÀ-Þ][\w.'’-]*\s){1,3}et\sal\.?$")
_NOTE_LAST = re.compile(r"\s[–—|-]\s(?:(?:paper|reading)\s)?(?:notes?|summary|review)$", re.IGNORECASE)
_OPEN = re.compile(r"\s+[(（\[【][^()（）\[\]【】]{0,60}$")
#: Where a short name behind a title would begin.
_LAST_NAME = re.compile(r"(?:\s[-–—|]\s?|——|[|｜]\s?|\s?[\[【])[^\s\[\]【】]{2,30}$")
#: So much of a line may stand behind its title.
_LONGEST_TAIL = 80
_FEWEST_WORDS = 3


def without_edges(reading: Reading, span: Span) -> Span:
    """Return a title without what is told around it, as long as what is left may be one."""
    while (inner := _behind(reading, span) or _before(reading, span) or _named(reading, span)) is not None:
        span = inner
    return span


def _named(reading: Reading, span: Span) -> Span | None:
    """Return a title without the work's short name set before or behind it."""
    if name := leading_name(reading, span.start, span.end):
        return _title(reading, name.end(), span.end - (reading.text[span.end - 1] in ")）"))
    behind = _LAST_NAME.search(reading.text, max(span.start, span.end - _LONGEST_TAIL), span.end)
    if behind and trailing_name(reading, behind.start(), span.end):
        return _title(reading, span.start, behind.start())
    return None


def _behind(reading: Reading, span: Span) -> Span | None:
    """Return what follows a number, a note's name, authors with a year, or a venue."""
    for pattern in (_COUNTED, _CALLED, _CITED, _VENUE_FIRST):
        match = pattern.match(reading.text, span.start, span.end)
        if match is None or (
            pattern is _VENUE_FIRST and not is_venue(reading.vocabulary, match["venue"] or match["venue2"])
        ):
            continue
        inner = _title(reading, match.end(), span.end)
        if inner and (pattern is not _CALLED or is_clear_title(inner.of(reading.text))):
            return inner
    return None


def _before(reading: Reading, span: Span) -> Span | None:
    """Return what stands before a rating, a venue, authors, a note's name or a bracket that does not end."""
    start = max(span.start, span.end - _LONGEST_TAIL)
    for pattern in (_RATING, _DATED, _VENUE_LAST, _YEAR_VENUE, _BY, _NOTE_LAST, _note_words(), _OPEN):
        match = pattern.search(reading.text, start, span.end)
        if match is None or (pattern is _VENUE_LAST and not _tells_venue(reading, match)):
            continue
        inner = _title(reading, span.start, match.start())
        if inner and not (pattern is _note_words() and is_chinese(inner.of(reading.text))):
            return inner
    return None


def _tells_venue(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether a word and a year say where a work appeared: a known venue, or `  ZEBRACONF’21` set apart."""
    apart = match["gap"].strip() or len(match["gap"]) > 1
    return is_venue(reading.vocabulary, match["venue"]) or bool(
        apart and match["venue"].isupper() and match["mark"].strip()
    )


def _title(reading: Reading, start: int, end: int) -> Span | None:
    inner = strip_edges(reading.text, start, end, _EDGES)
    words = inner.of(reading.text).split() if inner else []
    return inner if inner and len(words) >= _FEWEST_WORDS and is_title(inner.of(reading.text)) else None


@cache
def _note_words() -> re.Pattern[str]:
    """Return what a note calls itself in Chinese; English words such as `notes` may end a title."""
    words = sorted((w for w in read_lists("titles")["note_words"] if is_chinese(w)), key=lambda w: (-len(w), w))
    apart = r"(?:\s|[–—|:：_]|(?<=[》\"”])){1,3}|(?<=[a-z])"
    return re.compile(rf"(?:{apart})(?:{'|'.join(map(re.escape, words))})$")
