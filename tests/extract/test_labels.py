"""Labels: what says what the names of a list are to the work of a note."""

from __future__ import annotations

import pytest

from papergraph.extract.labels import label_of
from papergraph.extract.reading import Reading
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

HEADED = "# Zorb\n\n## Builds on\n\n- LoRA\n  - which is old\n"
BOLD = "**Variants**\n\n- AdaLoRA\n- DoRA\n\nAnd so on.\n"
NESTED = "- Baselines\n\t- H2O\n- Notes\n\t- SnapKV\n"
INLINE = "**Used in**: [[Llama 2]]\n"
SENTENCE = "Many later models are based on this:\n[[Alpaca]]\n[[Vicuna]]\n"


@pytest.mark.parametrize(
    ("note", "meanings"),
    [
        (HEADED, ["", "", "extends", ""]),
        (BOLD, ["", "extended_by", "extended_by", ""]),
        (NESTED, ["", "comparedWith", "", ""]),
        (INLINE, ["used_by"]),
        (SENTENCE, ["extended_by"]),
        ("It builds on these:\n\n1. ResNet\n", ["", "extends"]),
        ("基于它的工作：\n\n- Alpaca\n", ["", "extended_by"]),
        ("Nobody has built on it:\n", [""]),
    ],
)
def test_what_labels_the_names_of_a_block(note: str, meanings: list[str], vocabulary: Vocabulary) -> None:
    reading = Reading(parse_document(note, "a.md"), vocabulary)
    labels = [label_of(reading, number) for number in range(len(reading.document.blocks))]
    assert [label.meaning if label else "" for label in labels] == meanings


def test_the_names_behind_a_label_start_behind_its_colon(vocabulary: Vocabulary) -> None:
    label = label_of(Reading(parse_document(INLINE, "a.md"), vocabulary), 0)
    assert label is not None
    assert INLINE[label.start :] == "[[Llama 2]]\n"
