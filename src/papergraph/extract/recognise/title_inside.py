"""New names inside a title: behind a question and before a colon, or at its start before a verb."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, is_name_shaped
from papergraph.extract.word_lists import is_generic, read_lists
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS

_BEHIND_QUESTION = re.compile(rf"[?？!]\s+(?P<name>{NAME_WORD.pattern})\s*[:：]\s+(?P<article>An?\s|The\s)?\S")
#: A word that is a name behind a question: in capitals, or where an article follows the colon.
_CAPITALS, _CAPITALISED = re.compile(r"[A-Z]{3,10}"), re.compile(r"[A-Z][a-z]{3,}")


def name_inside(reading: Reading, paper: Mention) -> Span | None:
    """Return the name in `Can It Count? ZorbBench: A Benchmark` or `ZorbNet Improves the Tracking of Herds`."""
    asked = _BEHIND_QUESTION.search(paper.surface)
    if asked and _is_name(asked["name"], described=bool(asked["article"])):
        match = asked
    else:
        acting = _before_verb().match(paper.surface)
        if acting is None or not is_name_shaped(acting["name"]) or not _is_own(reading, acting["name"], paper):
            return None
        match = acting
    return Span(paper.span.start + match.start("name"), paper.span.start + match.end("name"))


def _is_name(word: str, *, described: bool) -> bool:
    """Tell whether a word before a colon is a name: by its form, or any word where a description follows."""
    if is_generic(word):
        return False
    plain = described and _CAPITALISED.fullmatch(word) is not None
    return plain or _CAPITALS.fullmatch(word) is not None or is_name_shaped(word)


def _is_own(reading: Reading, name: str, paper: Mention) -> bool:
    """Tell whether nobody knows a name, or the vocabulary knows that it comes from this very paper."""
    known = list(reading.vocabulary.find(name))
    return not known or any(e.type in THINGS and e.source and e.source in paper.identifiers for e in known)


@cache
def _before_verb() -> re.Pattern[str]:
    verbs = "|".join(read_lists("introduced")["acts_en"])
    return re.compile(rf"[\s*]*(?P<name>{NAME_WORD.pattern})\s+(?i:{verbs})\b")
