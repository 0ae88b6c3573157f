"""How the cost of extraction and resolution grows with a note: about as its length, whatever the note repeats."""

from __future__ import annotations

import time

import pytest

from papergraph.extract import extract
from papergraph.model import Document
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.system.garbage import rare_collections
from papergraph.vocabulary import Vocabulary
from tests.extract.families import FAMILIES

#: Characters of the shorter note; the longer one has four times as many.
SIZE = 12_000
#: Four times the characters may cost so many times as much: linear cost would be 4, quadratic 16.
MOST = 4 * 1.6
#: CPU seconds below which a measurement says little.
LEAST = 0.03
TRIES = 5


def seconds(document: Document, vocabulary: Vocabulary) -> float:
    """Return the CPU seconds that extraction and resolution of a note take once it is read."""
    with rare_collections():
        start = time.process_time()
        resolve([extract(document, vocabulary)], vocabulary)
        return time.process_time() - start


def growth(name: str, size: int, vocabulary: Vocabulary) -> float:
    """Return how many times more four times as long a note costs; the best of some tries, since machines are busy."""
    extract(parse_document("SnapKV improves on 清华.\n", "warm.md"), vocabulary)
    small, large = (parse_document(FAMILIES[name](n), "long.md") for n in (size, 4 * size))
    best_small = best_large = float("inf")
    for _ in range(TRIES):
        best_large = min(best_large, seconds(large, vocabulary))
        if best_large < MOST * LEAST:
            return 0.0
        best_small = min(best_small, seconds(small, vocabulary))
        if best_large < MOST * max(best_small, LEAST):
            break
    return best_large / max(best_small, LEAST)


@pytest.mark.slow
@pytest.mark.no_cover  # a tracer would be measured too
@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_so_it_is_for_every_family_of_long_notes(name: str, vocabulary: Vocabulary) -> None:
    assert growth(name, SIZE, vocabulary) < MOST


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_families_have_about_the_size_that_is_asked_for(name: str) -> None:
    assert 4_000 <= len(FAMILIES[name](5_000)) <= 12_000
