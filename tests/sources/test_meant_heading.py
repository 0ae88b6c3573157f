"""Headings without a blank behind their marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.sources import parse_document


def blocks(text: str) -> list[tuple[str, int, str]]:
    return [(b.kind, b.depth, b.span.of(text)) for b in parse_document(text, "a.md").blocks]


def test_marks_right_before_a_word_open_a_heading_and_what_follows_is_a_paragraph() -> None:
    assert blocks("##Abstract\nZorb uses *LoRA*.\n\n###方法\n\nText.\n") == [
        ("heading", 2, "Abstract"),
        ("paragraph", 0, "Zorb uses *LoRA*."),
        ("heading", 3, "方法"),
        ("paragraph", 0, "Text."),
    ]


def test_a_single_mark_is_a_tag_unless_it_opens_the_note_and_a_line() -> None:
    assert blocks("#Finding Zebras by Night\n\n#tag with words\n")[0] == ("heading", 1, "Finding Zebras by Night")
    assert blocks("#Finding Zebras by Night\n\n#tag with words\n")[1][0] == "paragraph"
    assert blocks("#kv-cache #todo later\n")[0][0] == "paragraph"


@given(st.text(alphabet="#ab \n*-:", max_size=60))
def test_blocks_stand_in_order_whatever_the_text(text: str) -> None:
    starts = [b.span.start for b in parse_document(text, "a.md").blocks]
    assert starts == sorted(starts)
