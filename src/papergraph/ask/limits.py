"""What one query may use."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

#: Rows are held in memory, about 1 kB each; two patterns that share no variable make millions.
MOST_ROWS = 250_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float = 10.0
    """From the moment that a worker gets it until its answer is written; infinity for no limit."""
    megabytes: int = 1024
    """Memory beyond that of the open store, in 10^6 bytes."""
    rows: int = 100_000
    """Rows, or triples, of the answer; 0 for as many as bytes and memory hold, in CSV and TSV."""
    answer_bytes: int = 50_000_000
    """Size of the written answer."""


#: Default limits for a user's own queries; the length of an answer has 32 bits.
OWN_LIMITS = Limits(seconds=60.0, megabytes=4096, rows=MOST_ROWS, answer_bytes=4_000_000_000)


def own_limits(*, seconds: float | None = None, megabytes: int | None = None, rows: int | None = None) -> Limits:
    """Return `OWN_LIMITS` with what is given in place of its own values; 0 `seconds` are no limit of time.

    >>> own_limits(seconds=5).megabytes, own_limits(seconds=0).seconds
    (4096, inf)
    """
    return replace(
        OWN_LIMITS,
        seconds=OWN_LIMITS.seconds if seconds is None else seconds or math.inf,
        megabytes=OWN_LIMITS.megabytes if megabytes is None else megabytes,
        rows=OWN_LIMITS.rows if rows is None else rows,
    )
