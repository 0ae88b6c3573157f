"""What a model adds to the rules: what it may claim, of whom, with which sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.extract import extract
from papergraph.extract.learned.linear import BIAS, LinearModel, read_model
from papergraph.extract.score import learned
from papergraph.extract.score.learned import LABELS, Likelihood, label_of, read_likelihood
from papergraph.model import PREDICATES, Extraction
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary

SENTENCE = "The blocks see SnapKV first, LoRA later."
NOTE = f"# [ZorbNet: Sparse Zorbing of Long Sequences](https://arxiv.org/abs/2401.00001)\n\n{SENTENCE}\n"
Believe = Callable[[dict[str, dict[str, float]]], None]


@pytest.fixture
def believe(monkeypatch: pytest.MonkeyPatch) -> Believe:
    """Return what puts other weights in the place of the learned ones."""

    def put(weights: dict[str, dict[str, float]]) -> None:
        names = tuple(dict.fromkeys(name for row in weights.values() for name in row))
        monkeypatch.setattr(learned, "read_model", lambda _: LinearModel(names, weights))
        monkeypatch.setattr(learned, "read_likelihood", lambda: Likelihood(0.6, ((0.6, 0.4), (1.0, 0.8))))

    return put


def read(text: str) -> Extraction:
    return extract(parse_document(text, "note.md"), load_vocabulary())


def of_model(extraction: Extraction) -> list[tuple[str, str, str]]:
    names = [m.name for m in extraction.mentions]
    return sorted(
        (names[r.subject], r.predicate, names[r.object])
        for r in extraction.relations
        if r.extractor.startswith("learned-")
    )


def test_a_likely_relation_is_claimed_with_its_sentence_and_share(believe: Believe) -> None:
    believe({BIAS: {"builds": -9.0}, "b=first": {"builds": 18.0}})
    extraction = read(NOTE)
    assert of_model(extraction) == [("ZorbNet", "uses", "LoRA")]
    claim = next(r for r in extraction.relations if r.extractor == "learned-uses")
    assert claim.sentence == SENTENCE
    assert (claim.line, claim.tier, claim.inferred) == (3, "prose", True)
    assert claim.confidence == pytest.approx(0.8, abs=0.01)


def test_what_is_unlikely_is_not_claimed(believe: Believe) -> None:
    believe({BIAS: {"builds": -0.1}})
    assert of_model(read(NOTE)) == []


def test_the_verb_is_that_of_the_surest_predicate(believe: Believe) -> None:
    believe({BIAS: {"builds": 3.0, "uses": 0.1, "extends": 0.2}})
    assert {p for _, p, _ in of_model(read(NOTE))} == {"extends"}


def test_a_thing_is_claimed_of_one_work_alone(believe: Believe) -> None:
    believe({BIAS: {"builds": 9.0}})
    objects = [o for _, _, o in of_model(read(NOTE))]
    assert objects
    assert len(objects) == len(set(objects))


def test_every_label_is_one_of_the_model_and_every_predicate_has_one() -> None:
    model = read_model("relations")
    labels = {label for of_type in LABELS.values() for label in of_type}
    predicates = {p for of_type in LABELS.values() for told in of_type.values() if len(told) > 1 for p in told}
    assert labels | predicates == set(model.labels)
    assert all(label_of(p) == label for of_type in LABELS.values() for label, told in of_type.items() for p in told)
    assert {p for of_type in LABELS.values() for told in of_type.values() for p in told} <= set(PREDICATES)


def test_the_surer_the_model_the_oftener_it_is_right() -> None:
    least, points = read_likelihood()
    assert 0.5 <= least < 1
    assert list(points) == sorted(points)
    assert [share for _, share in points] == sorted(share for _, share in points)
