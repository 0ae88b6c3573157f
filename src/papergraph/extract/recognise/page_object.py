"""Pages that a sentence makes things: `is based on [[Unsuperpoint]]`, `inspired by [[Ray-Guided Sampling]]`."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.labels import meaning_of
from papergraph.extract.phrases import is_head
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped, is_venue
from papergraph.extract.word_lists import is_generic, is_task, is_template_heading, word_pattern, word_set
from papergraph.model import Block, Inline
from papergraph.ontology.kinds import THINGS

#: Characters before a link in which the words stand that make it a thing.
_REACH = 40
#: Words of a name, and letters of one that is a word.
_MOST_WORDS, _SHORTEST = 4, 4
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*\+?")
#: A year, or a day: `[[Quill 2021]]`, `[[May 5th]]`.
_WHEN = re.compile(r"(?:19|20)\d\d|\b\d{1,2}(?:st|nd|rd|th)\b|\bet al\b")


def is_object(reading: Reading, block: Block, link: Inline) -> bool:
    """Tell whether the words right before a link to a note make its page a thing."""
    if link.kind != "wikilink" or link.inner is None or block.kind == "heading":
        return False
    start = max(block.span.start, link.span.start - _REACH)
    return bool(_before().search(reading.text, start, link.span.start)) and may_be_thing(
        reading, link.inner.of(reading.text)
    )


def may_be_thing(reading: Reading, name: str) -> bool:
    """Tell whether a page may be called after a method: no date, person, field, task or part of a note."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(w) for w in words) or _WHEN.search(name):
        return False
    if is_generic(name) or is_task(name) or is_template_heading(name) or is_venue(reading.vocabulary, name):
        return False
    plain = word_set("techniques", "plain")
    if meaning_of(name) or not plain.isdisjoint(w.casefold() for w in words):
        return False
    if any(True for _ in reading.vocabulary.find(name)):
        return any(e.type in THINGS for e in reading.vocabulary.find(name))
    if len(words) == 1:
        return name[0].isupper() and len(name) >= _SHORTEST
    # Two capitalised words may be a person.
    return is_head(words[-1].casefold()) or any("-" in w or is_name_shaped(w) for w in words)


@cache
def _before() -> re.Pattern[str]:
    english, chinese = word_pattern("techniques", "page_objects_en"), word_pattern("techniques", "page_objects_zh")
    return re.compile(rf"(?:\b(?:{english})\s+(?:an?\s+|the\s+)?|(?:{chinese})了?\s*)[*_=`]*$", re.IGNORECASE)
