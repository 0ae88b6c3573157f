"""Which entities may be one."""

from __future__ import annotations

import pytest

from papergraph.correction import Correction, Reference
from papergraph.model import Entity, EntityType, Graph
from papergraph.pipeline.corrections.alike import alike_entities


def graph(*named: tuple[EntityType, str], identifiers: tuple[str, ...] = ()) -> Graph:
    numbers = (*identifiers, *("" for _ in named))
    entities = [
        Entity(f"x:{n}", kind, name, identifiers=(number,) if number else ())
        for n, ((kind, name), number) in enumerate(zip(named, numbers, strict=False))
    ]
    return Graph(tuple(entities))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AdapterHub", "AdaptersHub"),
        ("PipeDream-Flush", "PipieDream-Flush"),
        ("proportional prioritization", "prorportional prioritization"),
        ("RLHF", "RLHF framework"),
        ("Zorb", "ZORB model"),
    ],
)
def test_a_letter_or_a_word_for_the_kind_makes_names_alike(one: str, other: str) -> None:
    found = alike_entities(graph(("Method", one), ("Model", other)))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("CIoU Loss", "DIoU Loss"), ("NVIDIA A100", "NVIDIA H100"), ("PixelCNN", "PixelRNN"), ("DPO", "PPO")),
        *(("Mistral", "Mixtral"), ("VideoLLaMA 2", "VideoLLaMA 3"), ("LongCache", "LongCache+")),
    ],
)
def test_capitals_digits_and_short_names_differ_by_right(one: str, other: str) -> None:
    assert alike_entities(graph(("Method", one), ("Method", other))) == ()


def test_other_kinds_other_identifiers_and_decided_pairs_are_left_out() -> None:
    names = "Learning to Forget", "Learning to Forgett"
    assert alike_entities(graph(("Method", names[0]), ("Topic", names[1]))) == ()
    papers = graph(("Paper", names[0]), ("Paper", names[1]), identifiers=("arXiv:2401.00001", "arXiv:2401.00002"))
    assert alike_entities(papers) == ()
    pair = graph(("Paper", names[0]), ("Paper", names[1]), identifiers=("arXiv:2401.00001",))
    assert len(alike_entities(pair)) == 1
    row = Correction("different", Reference(names[1], "Paper"), object=Reference(names[0], "Paper"))
    assert alike_entities(pair, [row]) == ()


def test_works_have_many_addresses() -> None:
    names: tuple[tuple[EntityType, str], ...] = ("Paper", "Learning to Forget"), ("Paper", "Learning to Forgett")
    assert len(alike_entities(graph(*names, identifiers=("https://a.org/b.pdf", "https://c.org/d.pdf")))) == 1
