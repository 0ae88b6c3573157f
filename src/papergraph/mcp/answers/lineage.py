"""A lineage, and the ways between two entities, as items: one for each step, one for each way."""

from __future__ import annotations

from papergraph.insight.between import Between, Way
from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Lineage
from papergraph.mcp.found import Item, quotes_of, short_id
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.between import steps_of
from papergraph.report.branch import describe_member, remark_of


def lineage_items(lineage: Lineage, base: str) -> tuple[Item, ...]:
    """Return one item for each step, in the order of the tree; `base` is that of the graph."""
    labels = {member.iri: member.label for member in lineage.members}
    return tuple(_step(lineage, branch, labels, base) for branch in branches(lineage))


def _step(lineage: Lineage, branch: Branch, labels: dict[str, str], base: str) -> Item:
    step = branch.step
    says = f"{labels[step.subject]} {relation_label(step.predicate, outgoing=True)} {labels[step.object]}"
    about = "" if branch.mark else describe_member(branch.member)
    text = f"{says}{remark_of(lineage, branch)}" + (f" | {about}" if about else "")
    ids = short_id(step.subject, base), short_id(step.object, base)
    evidence = step.evidence
    return Item(text, f"step {branch.depth}", ids, step.confidence, quotes_of(evidence), len(evidence))


def between_items(between: Between, base: str) -> tuple[Item, ...]:
    """Return one item for each way, the best first, with a sentence for each of its steps."""
    return tuple(_way(between, way, number, base) for number, way in enumerate(between.ways, 1))


def _way(between: Between, way: Way, number: int, base: str) -> Item:
    chain = "".join(f" {called} {label}" for called, label, _ in steps_of(between, way))
    quotes = tuple(quote for hop in way.hops for quote in quotes_of(hop.evidence, 1))
    return Item(
        f"{between.labels.get(between.one, between.one)}{chain}",
        f"way {number}",
        tuple(short_id(iri, base) for iri in way.entities),
        way.confidence,
        quotes,
        sum(len(hop.evidence) for hop in way.hops),
    )
