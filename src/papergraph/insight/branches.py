"""A lineage as a tree: the order, the depth and the marks that every picture of it shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from papergraph.insight.lineage import Lineage, Member, Step

#: Why nothing hangs below a branch that is more than a leaf: it leads back to where it comes from, or stands above.
Mark = Literal["", "cycle", "repeated"]


@dataclass(frozen=True, slots=True)
class Branch:
    """One step of a lineage at its place in the tree."""

    step: Step
    member: Member
    """What the step leads to."""
    last: tuple[bool, ...]
    """For each level from the top down to this branch, whether it is the last among its siblings."""
    mark: Mark

    @property
    def depth(self) -> int:
        """How far below the start it is, from 1."""
        return len(self.last)


def branches(lineage: Lineage) -> Iterator[Branch]:
    """Yield every step of a lineage once, each below the one that leads to it; a chain may be as long as it likes."""
    members = {member.iri: member for member in lineage.members}
    drawn = {lineage.start}
    waiting = _put(lineage, lineage.start, ())
    while waiting:
        step, last = waiting.pop()
        far = lineage.far_end(step)
        yield Branch(step, members[far], last, "cycle" if step.cycle else "repeated" if far in drawn else "")
        if far not in drawn:
            drawn.add(far)
            waiting += _put(lineage, far, last)


def _put(lineage: Lineage, iri: str, above: tuple[bool, ...]) -> list[tuple[Step, tuple[bool, ...]]]:
    """Return the steps from a member, the last one first, since the end of the list is drawn next."""
    steps = lineage.next_steps(iri)
    return [(step, (*above, number == 0)) for number, step in enumerate(reversed(steps))]
