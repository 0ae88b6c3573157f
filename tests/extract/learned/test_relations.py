"""What speaks for and against a relation of two things: pairs, their places and their features."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator

from papergraph.extract import RULES, Context, annotate
from papergraph.extract.learned.pairs import MOST_PLACES, pairs_of
from papergraph.extract.learned.relations import pair_features
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary
from tests.conftest import ROOT
from tests.extract.test_learned import NOTE


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
