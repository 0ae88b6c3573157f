"""A lineage as a tree: the order, the depth and the marks that every picture of it shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from papergraph.insight.lineage import Lineage, Member, Step

#: Why nothing hangs below a branch that is more than a leaf: it leads back to where it comes from, or stands elsewhere.
Mark = Literal["", "cycle", "repeated", "later"]


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


def branches(lineage: Lineage, *, nearest: bool = False) -> Iterator[Branch]:
    """Yield every step of a lineage once, each below the one that leads to it; a chain may be as long as it likes.

    What leads on from a member hangs where that is met first, or with `nearest` where it is nearest to the start, so
    that the tree is no deeper than the lineage.
    """
    members = {member.iri: member for member in lineage.members}
    drawn = {lineage.start}
    waiting = _put(lineage, lineage.start, ())
    while waiting:
        step, last = waiting.pop()
        far = lineage.far_end(step)
        too_early = nearest and len(last) > members[far].depth
        yield Branch(step, members[far], last, _mark(step, drawn=far in drawn, too_early=too_early))
        if far not in drawn and not too_early:
            drawn.add(far)
            waiting += _put(lineage, far, last)


def _mark(step: Step, *, drawn: bool, too_early: bool) -> Mark:
    if step.cycle:
        return "cycle"
    return "repeated" if drawn else "later" if too_early else ""


def _put(lineage: Lineage, iri: str, above: tuple[bool, ...]) -> list[tuple[Step, tuple[bool, ...]]]:
    """Return the steps from a member, the last one first, since the end of the list is drawn next."""
    steps = lineage.next_steps(iri)
    return [(step, (*above, number == 0)) for number, step in enumerate(reversed(steps))]
