from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.rdf import digest_of, updated

LINES = st.sets(st.text(max_size=4), max_size=6)


@given(before=LINES, after=LINES)
def test_a_digest_that_is_updated_is_that_of_what_results(before: set[str], after: set[str]) -> None:
    assert updated(digest_of(before), before - after, after - before) == digest_of(after)
    assert (digest_of(before) == digest_of(after)) == (before == after)


def test_order_does_not_count_and_the_empty_set_has_a_digest() -> None:
    assert digest_of("abc") == digest_of("cab")
    assert digest_of(()) == "0" * 128
