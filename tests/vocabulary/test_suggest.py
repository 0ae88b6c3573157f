"""Which unknown names deserve an entry."""

from __future__ import annotations

from papergraph.extract import extract
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary
from papergraph.vocabulary.suggest import rows_of, suggest_entries

NOTE = "- ZorbKV: 先压缩，再量化\n- Zorb-KV 优于 SnapKV，ZorbKV (Zorbing Key Values) 也更快，一个 GPU 就够\n"


def test_frequent_unknown_names_are_suggested_with_their_spellings(vocabulary: Vocabulary) -> None:
    extractions = [extract(parse_document(NOTE, name), vocabulary) for name in ("b.md", "a.md")]
    (only,) = suggest_entries(extractions)
    assert (only.name, only.type, only.aliases) == ("ZorbKV", "Method", ("Zorbing Key Values",))
    assert (only.mentions, only.notes, only.note, only.line) == (8, 2, "a.md", 1)
    assert suggest_entries(extractions, least=9) == ()
    assert list(rows_of([only])) == [("name", "aliases", "type"), ("ZorbKV", "Zorbing Key Values", "Method")]


def test_what_the_vocabulary_knows_is_not_suggested(vocabulary: Vocabulary) -> None:
    assert suggest_entries([extract(parse_document("SnapKV SnapKV SnapKV", "a.md"), vocabulary)]) == ()
