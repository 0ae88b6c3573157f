"""People: only where a note lists the authors of a paper in a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.organisation import is_organisation
from papergraph.extract.reading import strip_edges
from papergraph.extract.word_lists import GAP
from papergraph.model import Mention
from papergraph.text.folding import is_chinese

_SEPARATOR = re.compile(rf"{GAP}(?:[,，、;；|&]|\band\b|等人?|et al\.?)\s*+")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]+(?:\s+[\w.'’-]+){1,3}", re.UNICODE)


def recognise_person(context: Context) -> Iterator[Mention]:
    """Yield a Person for each author in a field such as `authors:`; institutions in such a field are not people."""
    reading = context.reading
    for field in reading.document.fields:
        if field.meaning != "authors":
            continue
        position = field.value.start
        for separator in (*_SEPARATOR.finditer(reading.text, field.value.start, field.value.end), None):
            end = separator.start() if separator else field.value.end
            span = strip_edges(reading.text, position, end, " \t*_`[]\"'.@")
            position = separator.end() if separator else end
            if span is None or any(e.type == "Institution" for e in reading.vocabulary.find(span.of(reading.text))):
                continue
            name = span.of(reading.text)
            if is_organisation(name):
                continue
            if _NAME.fullmatch(name) or (is_chinese(name) and 2 <= len(name) <= 4):
                yield reading.mention(span, "Person", "field-author")
