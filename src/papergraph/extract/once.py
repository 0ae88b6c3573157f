"""Answers that are worked out once, however often they are asked for: without them long notes take quadratic time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

_Self = TypeVar("_Self", bound="Once")
_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


class Once:
    """Keeps what was worked out about itself."""

    @cached_property
    def _answers(self) -> dict[Any, dict[Any, Any]]:
        return defaultdict(dict)

    def once(self: _Self, work: Callable[[_Self, _Asked], _Answer], asked: _Asked) -> _Answer:
        """Return `work(self, asked)`, such as a test of the block with the number `asked`.

        >>> class Words(Once):
        ...     pass
        >>> Words().once(lambda words, n: n + 1, 2)
        3
        """
        kept: dict[_Asked, _Answer] = self._answers[work]
        if asked not in kept:
            kept[asked] = work(self, asked)
        return kept[asked]
