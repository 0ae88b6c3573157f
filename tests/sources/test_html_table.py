"""Tables that are written in HTML."""

from __future__ import annotations

from papergraph.sources import parse_document

NOTE = """Before <b>it</b>
<table>
<tr><th></th></tr>
<tr><th>Model</th><th>MMLU</th></tr>
<tr><td><b>ZorbNet</b></td><td>71</td>
<tr><td>LoRA<td>68
</table>
After
"""


def test_cells_of_html_are_cells() -> None:
    document = parse_document(NOTE, "a.md")
    cells = [(b.row, b.column, b.span.of(document.text)) for b in document.blocks if b.kind == "cell"]
    assert cells == [(0, 0, "Model"), (0, 1, "MMLU"), (1, 0, "ZorbNet"), (1, 1, "71"), (2, 0, "LoRA"), (2, 1, "68")]


def test_what_stands_around_a_table_is_read_too() -> None:
    document = parse_document(NOTE.replace("Before <b>it</b>\n", "<div>Before</div>\n"), "a.md")
    texts = [b.span.of(document.text) for b in document.blocks if b.kind == "paragraph"]
    assert texts == ["Before", "After"]


def test_a_table_without_an_end_is_read() -> None:
    document = parse_document("<table><tr><td>a", "a.md")
    assert [b.span.of(document.text) for b in document.blocks] == ["a"]
