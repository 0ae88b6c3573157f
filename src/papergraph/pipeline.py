"""From notes to a stored graph: the stages in their order, and the only module that knows every one of them."""

from __future__ import annotations

from collections.abc import Callable

#: Called with the note at hand, its number from 1, and how many there are.
Progress = Callable[[str, int, int], None]
