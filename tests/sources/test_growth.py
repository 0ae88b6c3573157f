"""What a note costs grows with its length, not with its square."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from papergraph.errors import NoteError
from papergraph.sources import read_document
from papergraph.system.garbage import rare_collections
from tests.sources.families import FAMILIES

#: Four times the length may cost so much more; the square would be 16 times.
_MOST = 4 * 1.6
#: Seconds that are too short to be compared.
_NOTHING = 0.02
#: These take seconds at any length: a beam that narrows, cells that are made up until a bound is met.
_SECONDS = {"mojibake with lost bytes", "a table with short rows"}
_QUICK = [name for name in FAMILIES if name not in _SECONDS]


def cost(name: str, size: int) -> float:
    """CPU seconds of reading."""
    data = FAMILIES[name](size).encode()
    with rare_collections():
        start = time.process_time()
        with suppress(NoteError):
            read_document("a.md", data)
        return time.process_time() - start


def growth(name: str, size: int) -> float:
    """How many times more four times the length costs, at best of a few tries."""
    cost(name, 2000)  # dictionaries and expressions are loaded once
    best_small = best_large = float("inf")
    for _ in range(6):  # what else the machine does makes a try dearer, never cheaper
        best_large = min(best_large, cost(name, 4 * size))
        if best_large < _MOST * _NOTHING:
            return 0.0
        best_small = min(best_small, cost(name, size))
        if best_large < _MOST * max(best_small, _NOTHING):
            break
    return best_large / max(best_small, _NOTHING)


@pytest.mark.no_cover  # a tracer would be measured too
@pytest.mark.parametrize("name", _QUICK)
def test_reading_grows_with_length(name: str) -> None:
    assert growth(name, 4_000) < _MOST


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("name", FAMILIES)
def test_reading_of_long_notes_grows_with_length(name: str) -> None:
    assert growth(name, 20_000) < _MOST


@contextmanager
def few_calls(most: int) -> Iterator[None]:
    """Let Python nest only `most` calls deeper than here."""
    before, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame.f_back:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + most)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", _QUICK)
def test_no_note_makes_calls_nest(name: str) -> None:
    cost(name, 500)
    data = FAMILIES[name](3_000).encode()
    with few_calls(150), suppress(NoteError):
        read_document("a.md", data)
