"""Links whose text says where they lead instead of the title of what is there: `[paper](...)`, `[链接](...)`."""

from __future__ import annotations

import re

from papergraph.extract.reading import Reading
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.shapes import is_venue
from papergraph.extract.title_shapes import LONGEST_TITLE, is_title
from papergraph.model import Inline
from papergraph.vocabulary.link_labels import is_label

#: Before where something was published: `at WACV 2018`.
_AT = re.compile(r"(?:at|in)\s+")
#: The number of an identifier, or a citation's mere number: no title either.
_LABEL_NUMBER = re.compile(r"\d{4}\.\d{4,5}(?:v\d)?|arxiv[:\s]*\d{4}\.\d{4,5}(?:v\d)?|\d{1,3}", re.IGNORECASE)
#: A link may also say when or where: `[2 Aug 2023](...)`, `[ICLR 2017](...)`.
_LABEL_DATE = re.compile(
    r"(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d|"
    r"(?:19|20)\d\d(?:[-./]\d{1,2}){0,2}",
    re.IGNORECASE,
)
#: Marks around a label.
_EDGES = re.compile(r"^\W+|\W+$")
_LONGEST_REMARK = 4
#: Characters that no label exceeds.
_LONGEST_LABEL = 300


def is_link_label(reading: Reading, link: Inline) -> bool:
    """Tell whether a link's text says `paper`, `链接` or a number instead of a title."""
    if link.inner is None or link.kind == "url":
        return True
    if link.inner.of(reading.text).startswith(("![", "http://", "https://")):
        return True  # a badge, an address
    if link.inner.end - link.inner.start > _LONGEST_LABEL:
        return _is_bracketed(reading, link)
    text = _EDGES.sub("", link.inner.of(reading.text))
    if not text or _LABEL_NUMBER.fullmatch(text) or is_label(text):
        return True
    where = text[at.end() :] if (at := _AT.match(text)) else text
    return bool(_LABEL_DATE.fullmatch(text)) or is_venue(reading.vocabulary, where) or _is_bracketed(reading, link)


def _is_bracketed(reading: Reading, link: Inline) -> bool:
    """Tell whether a link's text is a remark in brackets of its own behind a title: `A title [[AI Open]](...)`."""
    inner = link.inner.of(reading.text) if link.inner else ""
    if not inner.startswith("[") or len(inner.split()) > _LONGEST_REMARK:
        return False
    line = reading.text.rfind("\n", max(0, link.span.start - LONGEST_TITLE), link.span.start) + 1
    line = line or max(0, link.span.start - LONGEST_TITLE)
    span = title_span(reading, line, link.span.start)
    return span is not None and is_title(span.of(reading.text))
