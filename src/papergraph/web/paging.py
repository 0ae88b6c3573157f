"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
#: Rows on one page.
ROWS = 300


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list."""

    rows: Sequence[T]
    number: int
    """From 1."""
    pages: tuple[tuple[int, str], ...]
    """Number and address of each page; the address is empty for this one, and a list of one page has none."""


def sheet(rows: Sequence[T], number: int, address: Callable[[int], str], most: int = ROWS) -> Sheet[T]:
    """Return a page of a list, the nearest that there is to `number`."""
    last = page_count(len(rows), most)
    number = min(max(1, number), last)
    pages = tuple((n, "" if n == number else address(n)) for n in range(1, last + 1)) if last > 1 else ()
    return Sheet(rows[(number - 1) * most : number * most], number, pages)


def page_count(rows: int, most: int = ROWS) -> int:
    """Return how many pages so many rows take, at least one.

    >>> page_count(0), page_count(300), page_count(301)
    (1, 1, 2)
    """
    return max(1, -(-rows // most))


def numbered(address: str, page: int) -> str:
    """Return the address of a page of a list.

    >>> numbered("/venues", 1), numbered("/venues", 2)
    ('/venues', '/venues?page=2')
    """
    return address if page == 1 else f"{address}{'&' if '?' in address else '?'}page={page}"
