"""Organisations by the words in their names."""

from __future__ import annotations

from functools import cache

from papergraph.extract.word_lists import word_set
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary


def is_organisation(name: str) -> bool:
    """Tell whether a name that nobody listed is an organisation's by one of its words.

    >>> is_organisation("Great Bay University"), is_organisation("Ming-Yu Liu")
    (True, False)
    """
    words = word_set("generic", "organisation_words")
    parts = name.casefold().replace(".", " ").split()
    return not words.isdisjoint(parts) or name.endswith(_chinese_words())


@cache
def _chinese_words() -> tuple[str, ...]:
    return tuple(filter(is_chinese, word_set("generic", "organisation_words")))


def is_maker(vocabulary: Vocabulary, name: str) -> bool:
    """Tell whether what stands in a list of authors is one organisation, or several without a comma between them."""
    known = any(e.type == "Institution" and name in (e.name, *e.aliases) for e in vocabulary.find(name))
    if known or is_organisation(name):
        return True
    return all(any(e.type == "Institution" for e in vocabulary.find(word)) for word in name.split())
