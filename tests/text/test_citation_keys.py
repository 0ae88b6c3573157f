"""Which words behind an `@` are citation keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.text.citation_keys import find_keys, keys_of_note

KNOWN = {"berg2023", "berg2023zorb", "li:quux", "王2024"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@berg2023]", ["berg2023"]),
        ("[@berg2023; @berg2023zorb, p. 3]", ["berg2023", "berg2023zorb"]),
        ("[-@berg2023] and (@li:quux)", ["berg2023", "li:quux"]),
        ("@berg2023 says so. @berg2023.", ["berg2023", "berg2023"]),
        ("[[@berg2023]] [[@berg2023|Zorb]] [[@berg2023#^b1]]", ["berg2023"] * 3),
        ("@berg2023提出了，见@王2024。", ["berg2023", "王2024"]),
        ("me@berg2023.org a.b@berg2023 @berg2023.org", []),
        ("npm i @berg2023/zorb https://x.org/@berg2023", []),
        ("@berg20231 @berg @li @someone", []),
    ],
)
def test_known_keys_are_found_and_nothing_else(text: str, keys: list[str]) -> None:
    found = list(find_keys(text, KNOWN))
    assert [key for key, _ in found] == keys
    assert all(span.of(text) == f"@{key}" for key, span in found)


def test_links_and_names_of_notes_count() -> None:
    assert keys_of_note("a/@berg2023.md", "", KNOWN) == {"berg2023"}
    assert keys_of_note("a/x.md", "[[papers/berg2023|Zorb]] [[other]]", KNOWN) == {"berg2023"}
    assert keys_of_note("a/x.md", "[[berg2023", set()) == frozenset()


@given(st.text("@[]|-. /a1\nberg2023", max_size=60))
def test_any_text_is_searched(text: str) -> None:
    assert all(span.of(text) == f"@{key}" for key, span in find_keys(text, KNOWN))
