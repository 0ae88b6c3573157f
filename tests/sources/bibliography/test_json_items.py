"""Items of JSON with their places."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.sources.bibliography.json_items import JsonError, read_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 0, 2]), st.booleans())
def test_every_item_is_found_where_it_stands(items: list[object], indent: int | None, within: bool) -> None:
    whole = {"version": [1], "items": items, "more": 1} if within else items
    text = json.dumps(whole, indent=indent)
    found = list(read_items(text))
    assert [value for value, _ in found] == items
    assert [json.loads(span.of(text)) for _, span in found] == items


@pytest.mark.parametrize("text", ["", "3", "[1 2]", "{", '{"a": 1}', '{"items" [', "[" * 100_000])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(JsonError):
        list(read_items(text))
