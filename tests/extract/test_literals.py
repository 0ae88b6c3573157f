"""Fixed words are found wherever they stand, and only where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract.literals import Literals

_WORDS = st.lists(st.text("ab中İ", min_size=1, max_size=3), min_size=1, max_size=4)


@given(_WORDS, st.text("abAB中İ ", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_a_word_that_is_there_is_never_denied(words: list[str], text: str, start: int, end: int) -> None:
    places = Literals(words).places(text)
    held = any(text[i:].lower().startswith(word.lower()) for word in words for i in range(start, min(end, len(text))))
    assert not held or (places and places.any_in(start, end))


@given(_WORDS, st.text("ab中 ", max_size=20))
def test_a_word_that_is_not_there_is_denied(words: list[str], text: str) -> None:
    assert bool(Literals(words, any_case=False).places(text)) == any(word in text for word in words)


def test_a_text_whose_letters_change_number_in_lower_case_may_hold_anything() -> None:
    places = Literals(["gpu"]).places("İ")
    assert places
    assert places.any_in(0, 1)
