"""The names and numbers in a question."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.question.names import Named, find_names
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)


def asked_with(word: str) -> bool:
    return word.lower() in {"what", "builds", "on", "which", "methods", "paper"}


def found(question: str) -> list[tuple[str, str, str]]:
    names = find_names(STORE, question, asked_with)
    return [(n.surface, n.kind, n.candidates[0].label if n.candidates else "") for n in names]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what builds on H2O?", ("H2O", "entity", "H2O")),
        ("what builds on h₂o", ("h₂o", "entity", "H2O")),
        ("what builds on heavy-hitter oracle", ("heavy-hitter oracle", "entity", "H2O")),
        ("重击者之后有什么", ("重击者", "entity", "H2O")),
        ("what builds on Keyfromer", ("Keyfromer", "entity", "Keyformer")),
        (
            "what is “An oracle of heavy hitters”",
            ("An oracle of heavy hitters", "entity", "An oracle of heavy hitters"),
        ),
        ("what runs in 24 GB", ("24", "memory", "")),
        ("what runs in 24G?", ("24", "memory", "")),
        ("methods of 2024", ("2024", "year", "")),
        ("2024年的方法", ("2024", "year", "")),
        ("从2024年起", ("2024", "year", "")),
        ("显存就24G,能跑什么", ("24", "memory", "")),
        ("what builds on FooBarNet", ("FooBarNet", "unknown", "")),
    ],
)
def test_a_name_or_a_number_is_found(question: str, name: tuple[str, str, str]) -> None:
    assert found(question) == [name]


def test_the_longest_name_is_taken() -> None:
    assert [surface for surface, _, _ in found("compare Squeezed Attention with Llama 2")] == [
        "Squeezed Attention",
        "Llama 2",
    ]


def test_words_with_which_questions_are_asked_are_no_names() -> None:
    assert found("which methods") == []


@given(st.text(max_size=120))
def test_names_stand_where_they_say(question: str) -> None:
    names: tuple[Named, ...] = find_names(STORE, question, asked_with)
    for named in names:
        assert named.surface in question[named.start : named.end]
    assert all(a.end <= b.start for a, b in pairwise(names))
