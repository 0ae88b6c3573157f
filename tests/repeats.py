"""How often tests of chance try: `PAPERGRAPH_REPEATS=10 make slow` tries ten times as often."""

from __future__ import annotations

import os

_TIMES = float(os.environ.get("PAPERGRAPH_REPEATS", "1"))


def repeats(number: int) -> int:
    """Return how often to try what is tried `number` times in everyday runs."""
    return max(1, round(number * _TIMES))
