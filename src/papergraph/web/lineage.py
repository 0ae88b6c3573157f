"""The parts of an entity's page that show lineages: a tree for each direction, and the works by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Direction, Lineage
from papergraph.ontology.terms import LINEAGE
from papergraph.web.panels import Panel, Row

#: What is said of a branch that leads to what stands elsewhere in the tree.
_REMARKS = {"repeated": "see_above", "later": "see_below"}


def lineage_panel(lineage: Lineage, address: Callable[[str], str], depth: int) -> Panel | None:
    """Return a lineage that was traced to this `depth` as a tree of rows, or nothing."""
    below: dict[int, list[Row]] = defaultdict(list)
    for branch in reversed(tuple(branches(lineage, nearest=True))):  # so that a row is made when those below it are
        children = tuple(reversed(below.pop(branch.depth + 1, [])))
        below[branch.depth].append(_branch_row(branch, address, children))
    key = "built_on_by" if lineage.direction == "downstream" else "builds_on"
    rows = tuple(reversed(below[1]))
    cut = len(lineage.steps) if lineage.truncated else 0
    return Panel(key, rows, _lineage_query(lineage.start, lineage.direction, depth), cut) if rows else None


def _branch_row(branch: Branch, address: Callable[[str], str], children: tuple[Row, ...]) -> Row:
    return Row(
        branch.member.label,
        address(branch.member.iri),
        branch.step.predicate,
        branch.step.confidence,
        denied=False,
        evidence=branch.step.evidence,
        children=children,
        year=next((w.year for w in branch.member.works if w.year), ""),
        remark=_REMARKS.get(branch.mark, branch.mark),
    )


def history(lineages: Sequence[Lineage], address: Callable[[str], str]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the members of lineages whose year is known, by year; nothing for fewer than two years."""
    years: dict[str, dict[str, Row]] = {}
    for lineage in lineages:
        for member in lineage.members:
            for year in sorted({w.year[:4] for w in member.works if w.year})[:1]:
                remark = "self" if member.iri == lineage.start else ""
                row = Row(member.label, address(member.iri), "", 1.0, denied=False, evidence=(), remark=remark)
                years.setdefault(year, {})[member.iri] = row
    if len(years) < 2:
        return ()
    return tuple((year, tuple(sorted(rows.values(), key=lambda r: r.label))) for year, rows in sorted(years.items()))


def _lineage_query(iri: str, direction: Direction, depth: int) -> str:
    step = "|".join(f"pg:{predicate}" for predicate in LINEAGE)
    path = "/".join([f"({step})", *[f"({step})?"] * (depth - 1)])
    pattern = f"?other {path} <{iri}>" if direction == "downstream" else f"<{iri}> {path} ?other"
    return f"SELECT DISTINCT ?other ?label {{\n  {pattern} .\n  ?other rdfs:label ?label\n}} ORDER BY ?label"
