"""Sentences for prose: as the reader found them, in pieces where they are longer than any sentence."""

from __future__ import annotations

from papergraph.extract import annotate, extract
from papergraph.extract.context import Context
from papergraph.extract.registry import RULES
from papergraph.extract.relate.sentence import LONGEST, MOST_NAMES, sentences_of
from papergraph.model import Span
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary


def read(note: str, vocabulary: Vocabulary) -> list[tuple[Span, tuple[int, ...]]]:
    context = Context.of(annotate(parse_document(note, "a.md"), vocabulary), RULES)
    return [found for block in context.document.blocks for found in sentences_of(context, block, "Method")]


def test_a_sentence_of_usual_length_is_read_whole(vocabulary: Vocabulary) -> None:
    note = "SnapKV 在长文本上优于 LoRA，" + "而且很快，" * 100 + "Keyformer 更快。\n"
    ((span, named),) = read(note, vocabulary)
    assert span.of(note) == note.strip()
    assert len(named) == 3


def test_a_text_without_full_stops_is_read_in_pieces_that_lose_no_name(vocabulary: Vocabulary) -> None:
    note = "SnapKV 优于 LoRA，" + "很快，" * 200
    found = read(note * 20 + "\n", vocabulary)
    assert len(found) > 1
    assert all(span.end - span.start <= LONGEST for span, _ in found)
    assert sum(len(named) for _, named in found) == 40
    claims = [
        r for r in extract(parse_document(note * 20, "a.md"), vocabulary).relations if r.predicate == "outperforms"
    ]
    assert len({r.span for r in claims}) == len(claims) > 1


def test_no_piece_holds_more_names_than_there_are_marks_for(vocabulary: Vocabulary) -> None:
    found = read("SnapKV LoRA " * 3_500 + "\n", vocabulary)
    assert sum(len(named) for _, named in found) == 7_000
    assert all(len(named) <= MOST_NAMES for _, named in found)


def test_white_space_inside_of_a_sentence_changes_nothing_of_what_it_says(vocabulary: Vocabulary) -> None:
    note = f"SnapKV improves{' ' * 500}on{' ' * 500}LoRA.\n"
    extraction = extract(parse_document(note, "a.md"), vocabulary)
    (claim,) = [r for r in extraction.relations if r.predicate == "improvesOn"]
    assert claim.span.of(note) == note.strip()
    assert claim.sentence == "SnapKV improves on LoRA."
