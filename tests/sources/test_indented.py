"""Lists that are indented as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.sources import parse_document
from papergraph.sources.notes.indented import dedent_lists


@pytest.mark.parametrize("step", ["\t", "    "])
def test_a_list_below_a_heading_keeps_its_nesting(step: str) -> None:
    document = parse_document(f"## Kinds\n{step}- a\n{step}  more\n{step}{step}- **b**\n{step}- c\n\ntext\n", "a.md")
    texts = [(b.kind, b.parent, b.span.of(document.text).split("\n")[0]) for b in document.blocks]
    assert texts == [
        ("heading", -1, "Kinds"),
        ("item", -1, "a"),
        ("item", 1, "**b**"),
        ("item", -1, "c"),
        ("paragraph", -1, "text"),
    ]
    assert [i.kind for i in document.blocks[2].inlines] == ["bold"]


def test_what_logseq_keeps_of_a_block_is_no_text() -> None:
    document = parse_document("- LoRA\n  collapsed:: true\n  id:: 64f0c3a1-5b7e\n\t- QLoRA\n", "a.md")
    assert [b.span.of(document.text) for b in document.blocks] == ["LoRA", "QLoRA"]


def test_code_stays_where_it_is() -> None:
    text = "text\n\n    code()\n    more()\n\n- a\n\n      - b\n```\n    - c\n```\n"
    assert dedent_lists(text).text == text


@given(st.text(alphabet=" \t\n-*1.#`ab", max_size=60))
def test_every_character_left_knows_where_it_stood(text: str) -> None:
    found = dedent_lists(text)
    assert all(text[found.original(n)] == character for n, character in enumerate(found.text))
