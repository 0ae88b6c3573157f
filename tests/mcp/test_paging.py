from __future__ import annotations

import pytest

from papergraph.errors import QueryError
from papergraph.mcp.found import Found, Item, Quote
from papergraph.mcp.paging import MOST_CHARACTERS, cut


def items(number: int, size: int = 1) -> Found:
    return Found(tuple(Item(f"{n} {'x' * size}") for n in range(number)))


def test_pages_hold_every_item_once() -> None:
    found, cursor = items(45), ""
    seen: list[Item] = []
    while True:
        page = cut(found, "question", cursor, 20)
        assert page.start == len(seen)
        assert page.total == 45
        seen += page.found.items
        if not (cursor := page.next):
            break
    assert tuple(seen) == found.items


def test_a_page_is_bounded_in_size_and_never_empty() -> None:
    page = cut(items(50, 700), "q", "", 50)
    assert 10 < len(page.found.items) < 50
    assert sum(len(item.text) for item in page.found.items) <= MOST_CHARACTERS
    wide = Found((Item("", row={f"v{n}": "y" * 100_000 for n in range(500)}),) * 3)
    page = cut(wide, "q", "", 50)
    assert len(page.found.items) == 1
    assert sum(len(value) for value in page.found.items[0].row.values()) < 2 * MOST_CHARACTERS


def test_what_notes_write_is_one_line_without_control_characters() -> None:
    (item,) = cut(Found((Item("a\nb\x1b", quotes=(Quote("n\n.md", 1, "one\ntwo\u202e"),)),)), "q", "", 1).found.items
    assert item.text == "a b\\x1b"
    assert item.quotes == (Quote("n .md", 1, "one two\\u202e"),)


@pytest.mark.parametrize("cursor", ["x", "====", "é", "MA", "Li4u", "\ud800", "4pyT"])
def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    with pytest.raises(QueryError, match="ask without it"):
        cut(items(3), "question", cursor, 1)


def test_a_cursor_fits_its_question_only() -> None:
    cursor = cut(items(3), "question", "", 1).next
    assert cut(items(3), "question", cursor, 1).start == 1
    with pytest.raises(QueryError):
        cut(items(3), "another", cursor, 1)
