"""How the cost of extraction and resolution grows with a note: about as its length, whatever the note repeats."""

from __future__ import annotations

import time

import pytest

from papergraph.extract import extract
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.system.garbage import rare_collections
from papergraph.vocabulary import Vocabulary
from tests.extract.families import FAMILIES

#: Four times the characters may cost so many times as much: linear cost would be 4, quadratic 16.
MOST = 4 * 1.6
#: CPU seconds below which a measurement says little.
LEAST = 0.03
TRIES = 3
#: Families each of which would show another part of extraction that costs the square.
TELLING = [
    "blanks between cues",
    "a Chinese technique",
    "H2O",
    "known names in one line",
    "unknown names with commas",
    "one word in capitals",
    "every cue with names",
    "ambiguous names",
    "names in brackets",
    "links in a paragraph",
    "bold heads",
    "titles alone in an item",
    "headings",
    "a table of results",
    "titles of one paper",
]


def seconds(note: str, vocabulary: Vocabulary) -> float:
    """Return the CPU seconds that extraction and resolution of a note take once it is read."""
    document = parse_document(note, "long.md")
    with rare_collections():
        start = time.process_time()
        resolve([extract(document, vocabulary)], vocabulary)
        return time.process_time() - start


def growth(name: str, size: int, vocabulary: Vocabulary) -> float:
    """Return how many times more four times as long a note costs; the best of some tries, since machines are busy."""
    extract(parse_document("SnapKV improves on 清华.\n", "warm.md"), vocabulary)
    best = float("inf")
    for _ in range(TRIES):
        small, large = (seconds(FAMILIES[name](n), vocabulary) for n in (size, 4 * size))
        if max(small, large) < LEAST:
            return 0.0
        best = min(best, large / max(small, LEAST / 4))
        if best < MOST:
            break
    return best


@pytest.mark.slow
@pytest.mark.parametrize("name", TELLING)
def test_four_times_the_note_costs_about_four_times_as_much(name: str, vocabulary: Vocabulary) -> None:
    assert growth(name, 5_000, vocabulary) < MOST


@pytest.mark.slow
@pytest.mark.no_cover  # a tracer would be measured too
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_so_it_is_for_every_family_of_long_notes(name: str, vocabulary: Vocabulary) -> None:
    assert growth(name, 25_000, vocabulary) < MOST


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_families_have_about_the_size_that_is_asked_for(name: str) -> None:
    assert 4_000 <= len(FAMILIES[name](5_000)) <= 12_000
