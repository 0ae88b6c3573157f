"""What a form of the review page decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.errors import CorrectionError
from papergraph.pipeline.corrections.alike import Alike
from papergraph.pipeline.corrections.queue import Question, questions
from papergraph.serve.review_decisions import decided_of_claim, decided_of_pair, possible_predicates
from tests.pipeline.corrections.building import built


@pytest.fixture
def question(tmp_path: Path) -> Question:
    (found,) = questions(built(tmp_path, {"a.md": "SnapKV does not extend H2O.\n"}).graph)
    return found


def test_a_negated_claim_is_named_as_such(question: Question) -> None:
    decision, cells = decided_of_claim(question, {"do": "accept"})
    assert (decision, cells["predicate"]) == ("accept", "not extends")


@pytest.mark.parametrize(
    ("fields", "to"),
    [
        ({"to": "uses"}, "uses"),
        ({"to": "uses", "reverse": "1"}, "reverse uses"),
        ({"to": "extends", "reverse": "1"}, "reverse"),
        ({"reverse": "1"}, "reverse"),
    ],
)
def test_a_change_says_what_is_new(question: Question, fields: dict[str, str], to: str) -> None:
    assert decided_of_claim(question, {"do": "change", **fields})[1]["to"] == to


@pytest.mark.parametrize(
    "fields", [{}, {"do": "shout"}, {"do": "change", "to": "extends"}, {"do": "merge"}, {"do": "split", "name": " "}]
)
def test_a_form_that_does_not_say_enough_is_refused(question: Question, fields: dict[str, str]) -> None:
    with pytest.raises(CorrectionError):
        decided_of_claim(question, fields)
    with pytest.raises(CorrectionError):
        decided_of_pair(Alike(question.subject, question.object), fields)


def test_only_relations_that_suit_the_types_are_offered(question: Question) -> None:
    assert "extends" in possible_predicates(question.subject, question.object)
    assert not {"measuredOn", "authoredBy"} & set(possible_predicates(question.subject, question.object))
