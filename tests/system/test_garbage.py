"""The search for cycles is rare while notes are read, and as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from papergraph.system.garbage import rare_collections


@pytest.fixture(autouse=True)
def thresholds_of_their_own() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize("before", [(700, 10, 10), (10_000, 10, 10)])
def test_the_search_is_rare_inside_and_as_before_after(before: tuple[int, int, int]) -> None:
    gc.set_threshold(*before)
    with rare_collections():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


@pytest.mark.parametrize("chosen", [(0, 10, 10), (1_000_000, 10, 10)])
def test_a_caller_who_has_turned_it_off_or_rarer_keeps_that(chosen: tuple[int, int, int]) -> None:
    gc.set_threshold(*chosen)
    with rare_collections():
        assert gc.get_threshold() == chosen


def test_an_error_inside_restores_it_too() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(ZeroDivisionError), rare_collections():
        1 / 0  # noqa: B018  the error is what is wanted
    assert gc.get_threshold() == (700, 10, 10)
