"""What became of the proposals for a note, or for many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Drop = Literal[
    "unusable reply",
    "wrong form",
    "unknown type",
    "unknown relation",
    "general word",
    "name not in the text",
    "no heading, category or tag",
    "quote not in the text",
    "unknown name",
    "names not at the quote",
    "types do not fit",
    "relation to itself",
    "repeated",
]


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of proposals.

    >>> Account(proposed=3, grounded=1, new=1) + Account(proposed=1, dropped=(("repeated", 1),))
    Account(proposed=4, grounded=1, new=1, agreed=0, dropped=(('repeated', 1),), left_out_names=0, left_out_claims=0)
    """

    proposed: int = 0
    """Entities and relations that replies name."""
    grounded: int = 0
    """Those that the note proves."""
    new: int = 0
    """Those of them that no rule found."""
    agreed: int = 0
    """Those that rules found too."""
    dropped: tuple[tuple[Drop, int], ...] = ()
    """How many proposals were dropped, for each reason."""
    left_out_names: int = 0
    """Names of the rules that an attentive reader does not list."""
    left_out_claims: int = 0
    """Claims of the rules that go with them, or that such a reader does not make."""

    def __add__(self, other: Account) -> Account:
        """Return both together."""
        dropped = Counter(dict(self.dropped)) + Counter(dict(other.dropped))
        return Account(
            self.proposed + other.proposed,
            self.grounded + other.grounded,
            self.new + other.new,
            self.agreed + other.agreed,
            tuple(sorted(dropped.items())),
            self.left_out_names + other.left_out_names,
            self.left_out_claims + other.left_out_claims,
        )
