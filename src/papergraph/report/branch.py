"""What every text of a lineage says of a branch: papers, years and institutions, and what is odd about it."""

from __future__ import annotations

from papergraph.insight.branches import Branch, Mark
from papergraph.insight.lineage import Lineage, Member


def describe_member(member: Member) -> str:
    """Return paper, year and institutions of a member on one line, as far as they are known."""
    parts: list[str] = []
    for work in member.works:
        title = "" if work.title.casefold() == member.label.casefold() else work.title
        parts.extend(p for p in (title, work.year, ", ".join(work.institutions)) if p)
    return " · ".join(dict.fromkeys(parts))


#: What is said of a branch that has nothing below it although more is known.
_REMARKS: dict[Mark, str] = {"": "", "cycle": "  (cycle, not followed)", "repeated": "  (see above)"}


#: What is said of a step that contradicts the years of the papers.
_REVERSED = {"downstream": "  (older than what it builds on)", "upstream": "  (newer than what builds on it)"}


def remark_of(lineage: Lineage, branch: Branch) -> str:
    """Return what is remarkable about a step at its place in the tree, with two spaces before it; often nothing."""
    return _REMARKS[branch.mark] + (_REVERSED[lineage.direction] if lineage.is_reversed(branch.step) else "")
