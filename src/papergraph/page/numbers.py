"""Texts by number, so that each stands in the page once."""

from __future__ import annotations


class Numbers:
    """Numbers texts in the order in which they come.

    >>> numbers = Numbers()
    >>> numbers["a.md"], numbers["b.md"], numbers["a.md"], numbers.values
    (0, 1, 0, ['a.md', 'b.md'])
    """

    def __init__(self) -> None:
        """Know no text yet."""
        self.values: list[str] = []
        self._known: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        """Return the number of a text."""
        if text not in self._known:
            self._known[text] = len(self.values)
            self.values.append(text)
        return self._known[text]
