"""From text to blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import Block, Document
from papergraph.sources import parse_document


def parse(text: str) -> Document:
    return parse_document(text, "a.md")


def shown(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.depth, b.span.of(document.text)) for b in document.blocks]


def only(document: Document, kind: str) -> Block:
    return next(b for b in document.blocks if b.kind == kind)


def test_headings_know_those_above() -> None:
    document = parse("# A\n\n## B\n\ntext\n\n## C\n\nmore\n")
    texts = [[document.blocks[h].span.of(document.text) for h in b.headings] for b in document.blocks]
    assert texts == [[], ["A"], ["A", "B"], ["A"], ["A", "C"]]


def test_nesting_with_tabs_and_spaces_mixed() -> None:
    document = parse("- a\n  - b\n\t- c\n    \t- d\n- e\n")
    assert shown(document) == [("item", 1, "a"), ("item", 2, "b"), ("item", 3, "c"), ("item", 4, "d"), ("item", 1, "e")]
    assert [b.parent for b in document.blocks] == [-1, 0, 1, 2, -1]


@pytest.mark.parametrize("quote", ["- item\n> said", "- item\n  > said", "- top\n\t- item\n\t> said"])
def test_a_quote_belongs_to_the_bullet_above(quote: str) -> None:
    document = parse(quote)
    said = document.blocks[-1]
    assert (said.span.of(document.text), said.quoted) == ("said", True)
    assert document.blocks[said.parent].span.of(document.text) == "item"


def test_a_quote_after_a_blank_line_stands_alone() -> None:
    assert parse("- item\n\n\n> said").blocks[-1].parent == -1


def test_prose_indented_like_code_is_read() -> None:
    document = parse("text\n\n       深层缩进的一段。\n\n       - an item\n")
    assert ("paragraph", 0, "深层缩进的一段。") in shown(document)
    assert any(k == "item" and t == "an item" for k, _, t in shown(document))


def test_fenced_code_stays_code() -> None:
    assert [b.kind for b in parse("```\nH2O improves\n```\n").blocks] == ["code"]


def test_a_paragraph_over_dashes_is_no_heading() -> None:
    assert parse("这是一句话。\n---\n").blocks[0].kind == "paragraph"
    assert parse("Title\n---\n").blocks[0].kind == "heading"


def test_text_among_html_is_kept_and_comments_are_not() -> None:
    document = parse("<details>\n<summary>Notes</summary>\nH2O is here\n</details>\n\n<!-- secret -->\n")
    assert [t for k, _, t in shown(document) if k == "paragraph"] == ["Notes", "H2O is here"]
    assert only(document, "html").span.of(document.text) == "<!-- secret -->"


def test_tables_give_cells_with_row_and_column() -> None:
    document = parse("| a | b |\n|---|---|\n| 1 | **2** |\n")
    cells = [(b.row, b.column, b.span.of(document.text)) for b in document.blocks]
    assert cells == [(0, 0, "a"), (0, 1, "b"), (1, 0, "1"), (1, 1, "**2**")]


def test_links_know_text_target_and_paper() -> None:
    document = parse(
        "- X [[paper]](https://arxiv.org/pdf/2306.14048v2)[[repo]](https://github.com/a/b) www.abc.org/x。\n"
    )
    links = [(i.kind, i.inner.of(document.text) if i.inner else "", i.identifier) for i in document.blocks[0].inlines]
    assert links == [("link", "[paper]", "arXiv:2306.14048"), ("link", "[repo]", ""), ("url", "www.abc.org/x", "")]


def test_tags_wikilinks_and_emphasis() -> None:
    document = parse("**粗** #标签 and [[Page|alias]] `code` #a/b not#tag $x_1$\n")
    found = {(i.kind, i.target or (i.inner.of(document.text) if i.inner else "")) for i in document.blocks[0].inlines}
    assert {("bold", "粗"), ("tag", "标签"), ("tag", "a/b"), ("wikilink", "Page"), ("code", "code")} <= found
    assert not any(kind == "tag" and target == "tag" for kind, target in found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(end: str) -> None:
    document = parse(f"a{end}{end}- b\u2028c{end}- d{end}")
    assert [(b.line, b.kind) for b in document.blocks] == [(1, "paragraph"), (3, "item"), (4, "item")]


def test_deep_nesting_loses_nothing() -> None:
    text = "".join(f"{'  ' * n}- level{n}\n" for n in range(60))
    document = parse(text)
    assert [t for _, _, t in shown(document)] == [f"level{n}" for n in range(60)]


PIECES = st.sampled_from(
    [
        *(
            "# ",
            "- ",
            "\t- ",
            "> ",
            "\n",
            "\n\n",
            "    ",
            "**",
            "[",
            "](http://a.b)",
            "|",
            "```\n",
            "H2O",
            "缓存。",
            "#标签",
        ),
        *(
            "$",
            "<a>",
            "1. ",
            "---\n",
            "\r\n",
            "\u2028",
            "\u00a0",
            "&amp;",
            "`",
            "!",
            "[[",
            "]]",
            "😀",
            "x: y",
            "：",
            "~~",
            "\\",
        ),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_span_fits_its_text(text: str) -> None:
    if text.startswith(("---", "+++")):
        text = " " + text
    document = parse(text)
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(text)
        last = block.span.end
        assert block.line == document.line_of(block.span.start)
        assert all(block.span.covers(s) for s in (*block.sentences, *(i.span for i in block.inlines)))
        assert all(i.span.covers(i.inner) for i in block.inlines if i.inner)
    for field in document.fields:
        assert field.value.end <= len(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    if not text.startswith(("---", "+++", "\ufeff")):
        parse(text)


def test_a_sentence_keeps_the_end_of_its_last_tag() -> None:
    text = "> SnapKV is fast <kbd>ICML</kbd>\n"
    (block,) = parse_document(text, "a.md").blocks
    assert [s.of(text) for s in block.sentences] == ["SnapKV is fast <kbd>ICML</kbd>"]
