"""A form that the note defines as something else is not what the vocabulary has it for."""

from __future__ import annotations

from papergraph.extract import extract
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary, VocabularyEntry

QUIETCACHE = VocabularyEntry(
    "method/quietcache", "Method", "Quietcache", aliases=("QC",), ambiguous=("QC",), context=("cache",)
)


def known(text: str) -> set[str]:
    return {m.vocabulary for m in extract(parse_document(text, "a.md"), Vocabulary((QUIETCACHE,))).mentions}


def test_an_ambiguous_form_means_what_words_near_it_settle() -> None:
    assert "method/quietcache" in known("We use QC for the cache.\n")


def test_a_note_that_defines_it_as_something_else_is_believed() -> None:
    assert known("QC (quality control) comes first. We use QC for the cache.\n") == {""}


def test_a_definition_by_its_own_words_changes_nothing() -> None:
    assert "method/quietcache" in known("QC (Quietcache Compact) is small. We use QC for the cache.\n")
