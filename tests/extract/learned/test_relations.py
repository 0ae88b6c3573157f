"""What a model adds to the rules: what it may claim, with which sentence, and what it leaves alone."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract import RULES, Context, annotate, extract
from papergraph.extract.learned.linear import BIAS, LinearModel, read_model
from papergraph.extract.learned.pairs import MOST_PLACES, pairs_of
from papergraph.extract.learned.relations import pair_features
from papergraph.extract.score import learned
from papergraph.extract.score.learned import LABELS, Likelihood, label_of, read_likelihood
from papergraph.model import PREDICATES, Extraction
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary
from tests.conftest import ROOT

NOTE = (
    "# [ZorbNet: Sparse Zorbing of Long Sequences](https://arxiv.org/abs/2401.00001)\n\n"
    "The blocks see SnapKV first, LoRA later.\n"
)
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
    assert claim.sentence == "The blocks see SnapKV first, LoRA later."
    assert (claim.line, claim.tier, claim.inferred) == (3, "prose", True)
    assert claim.confidence == pytest.approx(0.8, abs=0.01)


def test_what_is_unlikely_is_not_claimed(believe: Believe) -> None:
    believe({BIAS: {"builds": -0.1}})
    assert of_model(read(NOTE)) == []


def test_the_verb_is_that_of_the_surest_predicate(believe: Believe) -> None:
    believe({BIAS: {"builds": 3.0, "uses": 0.1, "extends": 0.2}})
    assert {p for _, p, _ in of_model(read(NOTE))} == {"extends"}


@pytest.mark.parametrize(
    "sentence",
    [
        "ZorbNet uses SnapKV.",
        "ZorbNet does not use SnapKV.",
        "The blocks do not see SnapKV.",
        "Do the blocks see SnapKV?",
        "解码器并不看 SnapKV。",
        "The blocks see stripes instead of SnapKV.",
        "Unlike SnapKV, the blocks see stripes.",
        "Most methods see SnapKV.",
        "The blocks are faster when seeing SnapKV.",
        "以往的方法看 SnapKV。",
        "SnapKV is slower here.",
    ],
)
def test_what_a_rule_claims_or_a_sentence_doubts_is_left_alone(believe: Believe, sentence: str) -> None:
    believe({BIAS: {"builds": 9.0}})
    assert of_model(read(NOTE.replace("The blocks see SnapKV first, LoRA later.", sentence))) == []


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


@given(st.dictionaries(st.sampled_from(["way=about", "kind=item", "b=uses", "unknown"]), st.floats(0, 3)))
def test_scores_are_probabilities_whatever_is_there(features: dict[str, float]) -> None:
    assert all(0 <= p <= 1 for p in read_model("relations").scores(features).values())


def contexts() -> Iterator[Context]:
    for text in (
        NOTE,
        NOTE + "\n- uses dropout\n" * 20,
        "Adam\n\n# BERT\n\nuses GELU",
        "| a | b |\n|--|--|\n| BERT | GELU |",
    ):
        yield Context.of(annotate(parse_document(text, "note.md"), load_vocabulary()), RULES)


def test_pairs_have_few_places_and_features_that_are_finite() -> None:
    for context in contexts():
        for (subject, obj), places in pairs_of(context).items():
            assert subject != obj
            assert 1 <= len(places) <= MOST_PLACES
            features = pair_features(context, places)
            assert list(features.items()) == list(pair_features(context, places).items())
            assert all(math.isfinite(value) and "\t" not in name for name, value in features.items())


def test_the_order_of_features_does_not_hang_on_the_hash_of_words() -> None:
    code = (
        "from tests.extract.learned.test_relations import contexts, pair_features, pairs_of\n"
        "print([list(pair_features(c, places)) for c in contexts() for places in pairs_of(c).values()])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
