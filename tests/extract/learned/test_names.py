"""Names that a model finds: which phrases it is asked about, what is said of them, and what it does with a note."""

from __future__ import annotations

from itertools import pairwise

import pytest

from papergraph.extract import RULES, Context
from papergraph.extract.annotation import Annotation
from papergraph.extract.learned.candidates import MOST_WORDS, chinese_chunks, english_chunks, places_in
from papergraph.extract.learned.linear import BIAS, LinearModel
from papergraph.extract.learned.name_form import Lexicon, form_features
from papergraph.extract.learned.names import Judge, judge_for, named_in, phrases_of
from papergraph.extract.reading import Reading
from papergraph.extract.recognise.gazetteer import recognise_gazetteer
from papergraph.extract.recognise.learned_name import LEAST, recognise_learned
from papergraph.extract.score.improbable import drop_improbable
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def context_of(text: str) -> Context:
    document = parse_document(text, "note.md")
    context = Context(Reading(document, VOCABULARY, RULES), Annotation(document, VOCABULARY))
    return context.with_found(tuple(recognise_gazetteer(context)))


def surfaces(text: str) -> set[str]:
    return {p.span.of(text) for p in places_in(context_of(text).reading)}


@pytest.mark.parametrize(
    ("run", "chunks"),
    [
        ("we use a stripe keeping loss", ["stripe keeping loss", "keeping loss"]),
        ("the zebra", ["zebra"]),
        ("dig Burrow", ["dig Burrow", "Burrow"]),
        ("quick dig method", ["quick dig method", "dig method", "quick dig"]),
    ],
)
def test_chunks_are_the_ends_of_what_stands_between_plain_words(run: str, chunks: list[str]) -> None:
    assert [run[start:end] for start, end in english_chunks(run)] == chunks


def test_no_chunk_has_more_words_than_a_name() -> None:
    run = "zebra stripe hoof mane tail burrow loss"
    assert max(len(run[start:end].split()) for start, end in english_chunks(run)) == MOST_WORDS


def test_a_chinese_phrase_ends_as_techniques_do_and_begins_behind_what_is_no_name() -> None:
    text = "作者采用条纹损失。"
    assert "条纹损失" in {text[start:end] for start, end, _ in chinese_chunks(text)}
    assert list(chinese_chunks("今天天气")) == []


def test_what_markup_holds_alone_is_a_candidate_and_what_nobody_sees_is_none() -> None:
    text = "See **hoof & mane mixing** at [zebra page](https://example.org/hidden-loss).\n"
    assert {"hoof & mane mixing", "zebra page"} <= surfaces(text)
    assert not any("hidden" in surface for surface in surfaces(text))


def test_where_a_name_is_known_no_phrase_is_proposed() -> None:
    found = {c.surface for c in phrases_of(context_of("We train it with LoRA and a stripe loss.\n"))}
    assert "stripe loss" in found
    assert not any("LoRA" in surface for surface in found)


def test_features_name_the_last_word_and_how_well_the_vocabulary_knows_it() -> None:
    assert "last=loss" in set(form_features("stripe loss"))
    lexicon = Lexicon.of(VOCABULARY)
    assert "known-end=30+" in set(lexicon.features("stripe loss"))
    assert "known-end=0" in set(lexicon.features("stripe qqzebra"))


def test_a_judge_adds_up_the_weights_of_words_and_places() -> None:
    judge = Judge(LinearModel(("name",), {BIAS: {"name": -1.0}, "last=loss": {"name": 2.0}}), VOCABULARY)
    assert judge.form("stripe loss") == pytest.approx(1.0)
    assert judge.partly("stripe loss", ["unheard"]) == pytest.approx(1.0)


def test_proposals_are_probable_and_none_overlaps_another() -> None:
    context = context_of(
        "# Zebra\n\nIt consists of a stripe encoder, a hoof discriminator and a **mane decoder**.\n" * 3
    )
    found = sorted(recognise_learned(context), key=lambda m: m.span)
    assert all(m.confidence >= LEAST and m.surface == m.span.of(context.text) for m in found)
    assert all(not left.span.overlaps(right.span) for left, right in pairwise(found))


def test_the_scorer_keeps_probable_names_and_their_order() -> None:
    context = context_of("We fine-tune BERT with LoRA on GLUE.\n")
    kept = list(drop_improbable(context))
    assert {"BERT", "LoRA"} <= {m.surface for m in kept}
    assert kept == [m for m in context.mentions if m in kept]
    judge = judge_for(VOCABULARY)
    assert all(judge.probability(c) > 0.5 for c in named_in(context) if {"BERT", "LoRA"} & set(c.names))
